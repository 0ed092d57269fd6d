"""Excerpts: chips for whom, the whole protocol beside the excerpt, and at the right why and how."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.paper_words import missed_message, save_message, told_message
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.excerpts.chosen_copy import Listing
from trygga_desktop.ui.screens.excerpts.copies import CopyTableModel
from trygga_desktop.ui.screens.excerpts.copy_side import CopySide
from trygga_desktop.ui.screens.excerpts.side import GiveSide
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel, Exit
from trygga_desktop.ui.screens.excerpts.words import (
    ICONS,
    chip_words,
    count_words,
    not_whole_message,
    nothing_words,
    protected_message,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.data_table import DataTable
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import (
    ask_for_file,
    confirm_banner,
    message_banner,
    replace_banner,
)

_SIDE = 310
_NARROW = 860
_MOST_ROWS = 12


class ExcerptsView(QWidget):
    """Focus starts in the chips. Dialogs of the system are opened here, and block nothing."""

    def __init__(
        self,
        model: ExcerptsViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        # Imported here: whoever never opens an excerpt does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415
        from trygga_desktop.ui.screens.excerpts.given import GivenPages  # noqa: PLC0415
        from trygga_desktop.ui.screens.excerpts.pair import Pair  # noqa: PLC0415

        super().__init__(parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        _ = look.language.gettext
        self._back = Button(look, _("The protocol"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the protocol")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._header: QWidget | None = None
        self._titled: object = ()
        self._chips = Chips(look, _("For whom the excerpt is"))
        self._chips.chosen.connect(self._choose)
        self._targets: list[UUID | None] = []
        self._listed: object = None
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] = ()
        self._pair = Pair(look, model.load)
        words = ReasonWords(model.reasons_toml, look.language)
        self._give = GiveSide(model, look, words)
        self._given = GivenPages(model, look, words)
        self._give.print.clicked.connect(self._print)
        self._give.save.clicked.connect(self._save)
        self._copies = CopyTableModel(look.language, self)
        self._table = DataTable(look, _("Who has which copy"))
        self._table.setObjectName("copies")
        self._table.show_model(self._copies)
        self._table.selectionModel().currentRowChanged.connect(self._choose_copy)
        self._copy_side = CopySide(model, look)
        self._copy_side.export.clicked.connect(self._export)
        self._copy_side.left_behind.connect(self._go_to_list)
        self._shown_copies: object = None
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Print the excerpt"), ("Ctrl+P",), self._print),
            Command(_("Save as a file"), ("Ctrl+S",), self._save),
            Command(_("Save in a folder…"), ("Ctrl+Shift+S",), self._export),
            Command(_("Who has which copy"), ("Ctrl+Shift+E",), model.show_list),
            Command(_("Note a copy that was given…"), ("Ctrl+Shift+N",), model.begin_giving),
            Command(_("Signatures…"), ("Ctrl+Shift+I",), model.go_to_signatures),
            Command(_("Back to the protocol"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the chosen chip, or the way back while there is none."""
        for chip in self._chips.chips:
            if chip.isChecked() and self._model.state is not PagesState.FAILED:
                return chip
        return self._back

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._chips)
        column.addLayout(self._banners)
        # One of the two is there at a time: what is hidden asks for no room.
        self._pages = TwoColumns(
            self._look,
            self._pair,
            self._give,
            fixed=self._give,
            width=_SIDE,
            narrow=_NARROW,
            first_fills=True,
        )
        self._list = TwoColumns(
            self._look,
            self._build_list(),
            self._copy_side,
            fixed=self._copy_side,
            width=_SIDE,
            narrow=_NARROW,
        )
        column.addWidget(self._pages, 1)
        column.addWidget(self._list, 1)
        column.addWidget(self._given, 1)

    def _build_list(self) -> QWidget:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("Who has which copy"), rows_to_edge=True)
        self._empty = EmptyState(
            look,
            icon="folder-open",
            title=_("Nobody has been given anything yet"),
            text=_("What you print or save here is listed, with who got it and how."),
        )
        self._none_due = EmptyState(
            look,
            icon="circle-check",
            title=_("Nothing needs to come back"),
            text=_("Nobody has more than they may have, and nothing was asked back."),
        )
        self._listing = Segments(
            look,
            _("Which copies"),
            [
                Segment(Listing.ALL, _("All"), "list-checks"),
                Segment(Listing.DUE, _("Should come back"), "undo-2"),
            ],
        )
        self._listing.chosen.connect(self._model.choose_listing)
        inset = QHBoxLayout()
        # Rows go to the edge of the card; this stands under its title.
        inset.setContentsMargins(Space.L, 0, Space.L, Space.S)
        inset.addWidget(self._listing)
        inset.addStretch(1)
        card.body.addLayout(inset)
        card.body.addWidget(self._table)
        card.body.addWidget(self._empty)
        card.body.addWidget(self._none_due)
        return card

    @Slot()
    def _show(self) -> None:
        model = self._model
        self._show_title()
        self._show_chips()
        self._show_banners()
        self._show_pages()
        self._show_copies()
        self._pages.setVisible(not model.shows_list)
        self._show_list()
        keep_tab_order(
            self._back,
            [self._chips],
            self._shown_banners,
            [self._pair.whole.card, self._pair.excerpt.card],
            self._pair.excerpt.instead,
            [self._give],
            [self._listing],
            self._table,
            [self._copy_side],
            [self._given.pages.card],
            self._given.pages.instead,
            [self._given.side],
        )

    def _show_list(self) -> None:
        """Show the list, or what was given instead; the focus stays with the copy it is about."""
        model = self._model
        sees, saw = model.seen is not None, self._given.isVisibleTo(self)
        self._given.setVisible(sees)
        self._list.setVisible(model.shows_list and not sees)
        if sees and not saw:
            self._given.back.setFocus()
        elif saw and not sees and model.shows_list:
            self._table.setFocus()

    def _show_title(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        desk, composed = model.desk, model.composed
        count = None if composed is None else composed.count_left_out
        due = 0 if model.distribution is None else len(model.distribution.recall_list)
        titled = (None if desk is None else desk.case_number, count, model.shows_list, due)
        if self._header is not None and titled == self._titled:
            return
        self._titled = titled
        if self._header is not None:
            take_out(self._header)
        crumbs = [_("Meetings")]
        if desk is not None:
            crumbs.insert(0, make_visible(desk.case_number, lines=False))
            crumbs.append(_("Protocol, meeting {number}").format(number=desk.meeting_number))
        pills = []
        if model.shows_list:
            if due:
                words = look.language.ngettext(
                    "{count} copy should come back", "{count} copies should come back", due
                ).format(count=look.language.number(due))
                pills.append(Pill(look, words, tone=Tone.WARN, icon="undo-2"))
        elif count is not None:
            pills.append(
                Pill(look, count_words(count, look.language), tone=Tone.MUTE, icon="eye-off")
            )
        self._header = PageHeader(look, _("Excerpts"), crumbs=crumbs, pills=tuple(pills))
        self._top.addWidget(self._header)

    def _show_chips(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        listed = model.recipients
        if listed != self._listed:
            self._listed = listed
            had_focus = any(chip.hasFocus() for chip in self._chips.chips)
            self._chips.clear()
            self._targets = [*(one.id for one in listed), None]
            for one in listed:
                words = chip_words(one, listed, look.language)
                self._chips.add(Chip(look, words, icon=ICONS[one.preset]))
            self._chips.add(Chip(look, _("Who has what"), icon="list-checks"))
            self._check()
            if had_focus:
                self.first_focus.setFocus()
        self._check()

    def _check(self) -> None:
        wanted = None if self._model.shows_list else self._model.chosen_id
        if wanted in self._targets:
            place = self._targets.index(wanted)
            had_focus = any(chip.hasFocus() for chip in self._chips.chips)
            self._chips.check(place)
            if had_focus:
                # A key may have chosen another one than that which has the focus.
                self._chips.chips[place].setFocus()

    @Slot(int)
    def _choose(self, place: int) -> None:
        target = self._targets[place]
        if target is None:
            self._model.show_list()
        else:
            self._model.choose(target)
        # While an excerpt is on its way out nobody else is chosen.
        self._check()

    def _show_pages(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        recipient, composed = model.recipient, model.composed
        title = copy = ""
        if recipient is not None:
            name = make_visible(recipient.name, lines=False)
            title = _("Excerpt for {recipient}").format(recipient=name)
        nothing = None
        if composed is not None and composed.is_for_them:
            copy = _("copy {number}").format(number=composed.copy)
        elif composed is not None:
            one = composed.recipient
            is_bound = one.has_confirmed or model.is_reminded
            nothing = nothing_words(one, look.language, is_bound=is_bound)
            composed = None
        source = None if model.desk is None else model.desk.source
        is_sealed = source is None or source.is_sealed
        self._pair.show_pages(
            source,
            composed,
            whole_title=_("The whole protocol")
            if is_sealed
            else _("The whole protocol, not sealed"),
            title=title,
            copy=copy,
            state=model.state,
            trouble=model.unread,
            nothing=nothing,
        )
        self._give.setVisible(model.state is not PagesState.FAILED)

    def _show_copies(self) -> None:
        model = self._model
        copies, has_any, is_read = model.listed, bool(model.copies), model.distribution is not None
        self._listing.choose(model.listing)
        is_whole = model.distribution is not None and model.distribution.is_whole
        if (copies, has_any, is_read, is_whole) == self._shown_copies:
            return
        self._shown_copies = (copies, has_any, is_read, is_whole)
        self._listing.setVisible(has_any)
        chosen = self._model.copy_id
        self._copies.show_copies(copies)
        row = self._copies.row_of(chosen)
        if row is not None:
            self._table.setCurrentIndex(self._copies.index(row, 0))
        self._table.setFixedHeight(self._table.height_of_rows(_MOST_ROWS))
        self._table.setVisible(bool(copies))
        # What could not be read is not empty.
        self._empty.setVisible(is_read and not has_any)
        # In a list that is not whole the line that is missing may be the one that is due.
        self._none_due.setVisible(has_any and not copies and is_whole)

    @Slot(QModelIndex)
    def _choose_copy(self, index: QModelIndex) -> None:
        self._model.choose_copy(self._copies.copy_at(index.row()))

    def _show_banners(self) -> None:
        model = self._model
        is_whole = model.distribution is None or model.distribution.is_whole
        came = (
            model.to_replace,
            model.to_confirm,
            model.print_flaw,
            model.save_flaw,
            model.trouble,
            model.told,
        )
        told = (*came, is_whole, *self._unread())
        if told == self._told:
            return
        is_first = not self._told
        self._told = told
        focus = focus_in(self)
        lost = focus is not None and any(one.isAncestorOf(focus) for one in self._shown_banners)
        take_out(*self._shown_banners)
        self._shown_banners = [*self._build_banners(), *map(self._unread_banner, self._unread())]
        if not is_whole:
            self._shown_banners.append(
                message_banner(self._look, not_whole_message(self._look.language))
            )
        for one in self._shown_banners:
            self._banners.addWidget(one)
        if any(came) and not is_first:
            come_forward(self._shown_banners[0])
        elif lost:
            self.first_focus.setFocus()

    def _unread(self) -> tuple[Trouble, ...]:
        """Return what stands above the list: why it, or the pages beside it, could not be read."""
        model = self._model
        if not model.shows_list or model.seen is not None:
            return ()
        # One trouble can be that of both.
        return tuple(dict.fromkeys(filter(None, (model.unlisted, model.unread))))

    def _unread_banner(self, trouble: Trouble) -> QWidget:
        again = Button(self._look, self._look.language.gettext("Try again"), icon="refresh-cw")
        again.setObjectName("try again")
        again.clicked.connect(self._model.load)
        return trouble_banner(self._look, trouble, buttons=(again,))

    def _build_banners(self) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        if model.to_replace is not None:
            return [
                replace_banner(
                    look, model.to_replace, other_name=self._choose_again, replace=model.replace
                )
            ]
        if model.to_confirm is not None:
            return [self._confirm_banner(model.to_confirm)]
        if model.trouble is not None:
            return [trouble_banner(look, model.trouble)]
        message = None
        if model.print_flaw is not None:
            message = missed_message(model.print_flaw, language)
        elif model.save_flaw is not None:
            message = save_message(model.save_flaw, language)
        elif model.told is not None:
            message = told_message(model.told, language)
        return [] if message is None else [message_banner(look, message)]

    def _confirm_banner(self, way_out: Exit) -> QWidget:
        model, language = self._model, self._look.language
        _ = language.gettext
        texts = {
            Exit.PRINT: _("Print it all the same"),
            Exit.SAVE: _("Save it all the same"),
            Exit.EXPORT: _("Save it all the same"),
        }
        desk = model.desk
        return confirm_banner(
            self._look,
            protected_message("" if desk is None else desk.called, language),
            text=texts[way_out],
            to_type=model.to_type,
            keep=model.keep,
            confirm=partial(self._go_on, way_out),
        )

    def _go_on(self, way_out: Exit, typed: str) -> None:
        self._model.confirm(typed)
        match way_out:
            case Exit.PRINT:
                self._print()
            case Exit.SAVE:
                self._save()
            case Exit.EXPORT:
                self._export()

    @Slot()
    def _go_to_list(self) -> None:
        """Go where the focus can stay once nothing is written down any more."""
        if self._model.shows_list:
            (self._table if self._model.listed else self._copy_side.note).setFocus()

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _print(self) -> None:
        model = self._model
        if not model.may_leave or model.shows_list or model.must_confirm(Exit.PRINT):
            return
        title = self._look.language.gettext("Print the excerpt")
        pages = self._pair.excerpt.page_count
        dialog = self._ask_printer(self, title, pages, model.print_on)
        if dialog is None:
            model.tell_no_printer()
        else:
            dialog.rejected.connect(model.take_back_confirmation)

    @Slot()
    def _save(self) -> None:
        model = self._model
        if not model.may_leave or model.shows_list or model.must_confirm(Exit.SAVE):
            return
        composed = model.composed
        if composed is not None:
            dialog = ask_for_file(
                self,
                title=self._look.language.gettext("Save as a file"),
                file_name=composed.file_name,
                chosen=self._save_as,
            )
            dialog.rejected.connect(model.take_back_confirmation)

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))

    @Slot()
    def _export(self) -> None:
        model = self._model
        if not model.to_export or model.must_confirm(Exit.EXPORT):
            return
        dialog = QFileDialog(self, self._look.language.gettext("Save in a folder"))
        dialog.setObjectName("save in a folder")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._export_to)
        dialog.rejected.connect(model.take_back_confirmation)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _export_to(self, folder: str) -> None:
        self._model.export_to(Path(folder))
