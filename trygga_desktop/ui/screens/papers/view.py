"""The papers before a meeting: chips for which one, its pages, and the ways out at the right."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.paper_words import missed_message, save_message, told_message
from trygga_desktop.ui.screens.papers.side import Side
from trygga_desktop.ui.screens.papers.view_model import Form, PapersViewModel, Target
from trygga_desktop.ui.screens.papers.words import ICONS, meaning, target_words
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.chips import Chip, Chips
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import ask_for_file, message_banner, replace_banner

_SIDE = 366
_NARROW = 820


class PapersView(QWidget):
    """Focus starts in the chips. Dialogs of the system are opened here, and block nothing."""

    def __init__(
        self,
        model: PapersViewModel,
        look: Look,
        parent: QWidget | None = None,
        *,
        ask_printer: Callable[..., QDialog | None] | None = None,
    ) -> None:
        # Imported here: whoever never opens a paper does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import ask_for_printer  # noqa: PLC0415
        from trygga_desktop.ui.widgets.pages_place import PagesPlace  # noqa: PLC0415

        super().__init__(parent)
        self._model = model
        self._look = look
        self._ask_printer = ask_printer or ask_for_printer
        _ = look.language.gettext
        self._back = Button(look, _("The meetings"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._header: QWidget | None = None
        self._chips = Chips(look, _("Which paper"))
        self._chips.chosen.connect(self._choose)
        self._targets: tuple[Target, ...] = ()
        self._banners = QVBoxLayout()
        self._banners.setSpacing(Space.S)
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] = ()
        self._pages = PagesPlace(look, model.load)
        self._side = Side(model, look)
        self._side.print.clicked.connect(self._print)
        self._side.save.clicked.connect(self._save)
        self._side.calendar.clicked.connect(self._save_for_calendar)
        self._titled: object = None
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Print the paper"), ("Ctrl+P",), self._print),
            Command(_("Save as PDF"), ("Ctrl+S",), self._save),
            Command(_("Save for the calendar…"), ("Ctrl+Shift+S",), self._save_for_calendar),
            Command(_("Back to the meetings"), ("Alt+Left",), model.go_back),
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
        main, side = self._pages, self._side
        self._body = TwoColumns(
            self._look, main, side, fixed=side, width=_SIDE, narrow=_NARROW, first_fills=True
        )
        column.addWidget(self._body, 1)

    @Slot()
    def _show(self) -> None:
        self._show_title()
        self._show_chips()
        self._show_banners()
        self._show_pages()
        keep_tab_order(
            self._back,
            [self._chips],
            self._shown_banners,
            [self._pages.card],
            self._pages.instead,
            [self._side],
        )

    def _show_title(self) -> None:
        found, look = self._model.found, self._look
        _ = look.language.gettext
        titled = None if found is None else (found.number, found.case_number, found.has_begun)
        if self._header is not None and titled == self._titled:
            return
        self._titled = titled
        if self._header is not None:
            take_out(self._header)
        title, crumbs = _("Summons and sheets"), [_("Meetings")]
        if found is not None:
            title = _("Summons and sheets, meeting {number}")
            if found.has_begun:
                title = _("Actions to take along, meeting {number}")
            title = title.format(number=found.number)
            crumbs.insert(0, make_visible(found.case_number, lines=False))
        self._header = PageHeader(look, title, crumbs=crumbs)
        self._top.addWidget(self._header)

    def _show_chips(self) -> None:
        model, look = self._model, self._look
        if model.targets != self._targets:
            self._targets = model.targets
            had_focus = any(chip.hasFocus() for chip in self._chips.chips)
            self._chips.clear()
            for one in self._targets:
                words = target_words(model, one, look.language)
                self._chips.add(Chip(look, words, icon=ICONS[one.kind]))
            self._check()
            if had_focus:
                self.first_focus.setFocus()
        self._check()

    def _check(self) -> None:
        if self._model.target in self._targets:
            self._chips.check(self._targets.index(self._model.target))

    @Slot(int)
    def _choose(self, place: int) -> None:
        self._model.choose(self._targets[place])
        # While a paper is on its way out no other is chosen.
        self._check()

    def _show_pages(self) -> None:
        model = self._model
        is_none_chosen = model.state is PagesState.READY and model.target is None
        nothing = meaning(model, self._look.language) if is_none_chosen else None
        self._pages.show_pages(model.composed, model.state, model.trouble, nothing=nothing)
        self._side.setVisible(model.state is not PagesState.FAILED and not is_none_chosen)

    def _show_banners(self) -> None:
        model = self._model
        failed = model.state is PagesState.FAILED
        told = (
            model.to_replace,
            model.print_flaw,
            model.save_flaw,
            None if failed else model.trouble,
            model.told,
            model.found is not None and model.found.is_protected,
        )
        if told == self._told:
            return
        is_first = not self._told
        self._told = told
        lost = self._holds_focus()
        take_out(*self._shown_banners)
        self._shown_banners = self._build_banners(failed=failed)
        for one in self._shown_banners:
            self._banners.addWidget(one)
        has_news = any(told[:-1])
        if has_news and not is_first:
            come_forward(self._shown_banners[0])
        elif lost:
            self.first_focus.setFocus()

    def _build_banners(self, *, failed: bool) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        banners: list[QWidget] = []
        if model.to_replace is not None:
            banners.append(self._ask_to_replace(model.to_replace))
        elif model.print_flaw is not None:
            message = missed_message(model.print_flaw, language)
            banners.append(message_banner(self._look, message, self._save_instead()))
        elif model.save_flaw is not None:
            message = save_message(model.save_flaw, language)
            banners.append(message_banner(self._look, message, self._save_elsewhere()))
        elif model.trouble is not None and not failed:
            banners.append(trouble_banner(look, model.trouble))
        elif model.told is not None:
            banners.append(message_banner(self._look, told_message(model.told, language)))
        if model.found is not None and model.found.is_protected:
            text = language.gettext("The meeting place is neither shown nor printed.")
            banners.append(banner(look, text, tone=Tone.INFO, icon="map-pin-off"))
        return banners

    def _holds_focus(self) -> bool:
        focus = focus_in(self)
        return focus is not None and any(one.isAncestorOf(focus) for one in self._shown_banners)

    def _save_instead(self) -> Button:
        button = Button(self._look, self._look.language.gettext("Save as PDF"), icon="download")
        button.setObjectName("save instead")
        button.clicked.connect(self._save)
        return button

    def _save_elsewhere(self) -> Button:
        if self._model.form is Form.PDF:
            return self._save_instead()
        _ = self._look.language.gettext
        button = Button(self._look, _("Save for the calendar…"), icon="calendar")
        button.setObjectName("save elsewhere")
        button.clicked.connect(self._save_for_calendar)
        return button

    def _ask_to_replace(self, file: Path) -> QWidget:
        return replace_banner(
            self._look, file, other_name=self._choose_again, replace=self._model.replace
        )

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._ask_where(self._model.form)

    @Slot()
    def _print(self) -> None:
        model = self._model
        if not model.may_leave:
            return
        title = self._look.language.gettext("Print the paper")
        dialog = self._ask_printer(self, title, self._pages.page_count, model.print_on)
        if dialog is None:
            model.tell_no_printer()

    @Slot()
    def _save(self) -> None:
        self._ask_where(Form.PDF)

    @Slot()
    def _save_for_calendar(self) -> None:
        self._ask_where(Form.CALENDAR)

    def _ask_where(self, form: Form) -> None:
        model = self._model
        if not model.may_leave or form not in model.forms:
            return
        _ = self._look.language.gettext
        is_pdf = form is Form.PDF
        ask_for_file(
            self,
            title=_("Save as PDF") if is_pdf else _("Save for the calendar"),
            file_name=model.file_name(form),
            chosen=self._save_as if is_pdf else self._save_calendar_as,
            suffix=form.value,
            kinds="PDF (*.pdf)" if is_pdf else _("Calendar (*.ics)"),
        )

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))

    @Slot(str)
    def _save_calendar_as(self, file: str) -> None:
        self._model.save_to(Path(file), form=Form.CALENDAR)
