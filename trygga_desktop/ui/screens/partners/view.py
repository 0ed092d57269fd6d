"""Whose packets count, one's own keys above, and at the right the file that is certified."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from trygga_desktop.services.partners import Fingerprint, KnownPartner, PartnerList
from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.paper_words import save_message
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.partners.panel import CertifyPanel
from trygga_desktop.ui.screens.partners.view_model import PartnersViewModel
from trygga_desktop.ui.screens.partners.words import file_flaw_text, known_text
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.row_button import RowButton
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.ways import ask_for_file, message_banner, replace_banner

_SIDE = 420
_NARROW = 900


class PartnersView(QWidget):
    """Ctrl+O chooses a file of keys, Ctrl+S saves one's own, Alt+left goes back."""

    def __init__(self, model: PartnersViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._banners = QVBoxLayout()
        self._shown_banners: list[QWidget] = []
        self._told: tuple[object, ...] | None = None
        self._main, self._side = QWidget(), QWidget()
        self._main_column, self._side_column = QVBoxLayout(self._main), QVBoxLayout(self._side)
        for inside in (self._main_column, self._side_column):
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(Space.L)
        self._cards: list[QWidget] = []
        self._panel: QWidget | None = None
        self._first: Button | None = None
        self._shown_cards: object = self
        self._shown_panel: object = self
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        line = _("What is prepared elsewhere travels as packets between those who know each other.")
        column.addWidget(PageHeader(look, _("Packets and keys"), line=line))
        column.addLayout(self._banners)
        main, side = self._main, self._side
        column.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        column.addStretch(1)
        model.changed.connect(self._show)
        model.opened.connect(self._begin)
        self._show()
        self.commands = (
            Command(_("Choose a file of keys"), ("Ctrl+O",), self._ask_for_file),
            Command(_("Save my keys…"), ("Ctrl+S",), self._save),
            Command(_("Certify the keys"), ("Ctrl+Return", "Ctrl+Enter"), model.certify),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the form, the first button, or the way back."""
        if isinstance(self._panel, CertifyPanel):
            return self._panel.first_focus
        return self._first or self._back

    @Slot()
    def _begin(self) -> None:
        if isinstance(self._panel, CertifyPanel):
            self._panel.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            # In a low window not all of it fits, and the field with the focus must. Not before the
            # page has made room for it.
            for one in (self._panel, self._panel.first_focus):
                QTimer.singleShot(0, one, partial(bring_into_view, one))

    @Slot()
    def _show(self) -> None:
        model = self._model
        shown = (model.found, model.state, model.asks_to_retire)
        if shown != self._shown_cards:
            self._shown_cards = shown
            self._show_cards()
        if (model.form, model.found is None) != self._shown_panel:
            self._shown_panel = (model.form, model.found is None)
            self._show_panel()
        self._show_banners()
        parts = [*self._shown_banners, *self._cards]
        keep_tab_order(self._back, *stops_in(*parts, *([self._panel] if self._panel else [])))

    def _show_cards(self) -> None:
        focus = focus_in(self)
        had_focus = focus is not None and self._main.isAncestorOf(focus)
        name = "" if focus is None else focus.objectName()
        take_out(*self._cards)
        self._first = None
        found = self._model.found
        self._cards = self._instead() if found is None else [self._mine(found), self._known(found)]
        for one in self._cards:
            self._main_column.addWidget(one)
            one.show()
        if had_focus:
            again = [one for one in stops_in(*self._cards) if one.objectName() == name]
            asks = [one for one in stops_in(*self._cards) if one.objectName() == "keep partner"]
            (next(iter([*asks, *again]), None) or self.first_focus).setFocus()

    def _mine(self, found: PartnerList) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("My own keys"))
        line = _(
            "Save them as a file and hand it to the administrator of the other vault. Read these "
            "words aloud to them, over the phone or face to face."
        )
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        card.body.addWidget(self._fingerprint(found.mine))
        if self._model.may_hand_out:
            save = Button(look, _("Save my keys…"), icon="download")
            save.setObjectName("save my keys")
            save.setToolTip("Ctrl+S")
            save.clicked.connect(self._save)
            card.body.addWidget(Flow([save]))
            self._first = save
        return card

    def _fingerprint(self, told: Fingerprint) -> QWidget:
        look = self._look
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(look, told.words, style=TextStyle.SUBTITLE))
        text2 = look.theme.tokens.text2
        column.addWidget(PlainLabel(look, told.digits, style=TextStyle.SECONDARY, colour=text2))
        return part

    def _known(self, found: PartnerList) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("Whose keys count"), note=look.language.number(len(found.partners)))
        if not found.partners:
            title = _("Nobody yet")
            text = _("A packet comes from, or goes to, somebody whose keys were certified here.")
            card.body.addWidget(EmptyState(look, icon="key-round", title=title, text=text))
        rows: list[RowButton] = []
        for place, one in enumerate(found.partners):
            if place:
                card.body.addWidget(Divider(look))
            card.body.addWidget(self._row(one, rows))
        for button in rows:
            button.neighbours = rows
        return card

    def _row(self, one: KnownPartner, rows: list[RowButton]) -> QWidget:
        model, look = self._model, self._look
        _ = look.language.gettext
        name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
        where = make_visible(one.municipality, lines=False, longest=LONGEST_NAME)
        button = None
        if model.may_certify and not one.retired and model.asks_to_retire != one.id:
            button = RowButton(look, _("Take back"), small=True)
            button.setObjectName(f"retire {one.id}")
            button.setAccessibleName(f"{button.text()}: {name}")
            button.clicked.connect(partial(model.ask_to_retire, one.id))
            rows.append(button)
        icon = "user-round-x" if one.retired else "user-round"
        row = IconRow(
            look,
            icon=icon,
            title=f"{name}, {where}",
            line=known_text(one, look.language),
            button=button,
        )
        if model.asks_to_retire != one.id:
            return row
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(row)
        keep = Button(look, _("Not now"))
        keep.setObjectName("keep partner")
        keep.clicked.connect(partial(model.ask_to_retire, None))
        retire = Button(look, _("Take back"), ButtonKind.DANGER)
        retire.setObjectName("retire partner")
        retire.clicked.connect(model.retire)
        text = _(
            "Nothing is sent to them and nothing of theirs is taken in from now on. What was sent "
            "before stays with them."
        )
        column.addWidget(banner(look, text, tone=Tone.WARN, title=_("Shall their keys not count?")))
        column.addWidget(Flow([keep, retire]))
        return part

    def _show_panel(self) -> None:
        model = self._model
        focus = focus_in(self)
        had_focus = (
            self._panel is not None and focus is not None and self._panel.isAncestorOf(focus)
        )
        if self._panel is not None:
            take_out(self._panel)
        self._panel = None
        if model.form is not None and model.found is not None:
            self._panel = CertifyPanel(model, self._look, model.form, model.found.organisations)
        elif model.found is not None:
            self._panel = self._about()
        if self._panel is not None:
            self._side_column.addWidget(self._panel)
            self._panel.show()
        if had_focus:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("Certify somebody's keys"))
        for icon, title, line in (
            (
                "ear",
                _("Compare aloud"),
                _("Call them on a number that you know. They read six words, and you write them."),
            ),
            (
                "building-2",
                _("For whom they speak"),
                _("What may be told to that organisation may be sent to them, and nothing else."),
            ),
            (
                "history",
                _("It can be taken back"),
                _("The log says who certified whom, and when."),
            ),
        ):
            card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
        if self._model.may_certify:
            choose = Button(look, _("Choose a file of keys…"), icon="folder-open")
            choose.setObjectName("choose keys")
            choose.setToolTip("Ctrl+O")
            choose.clicked.connect(self._ask_for_file)
            choose.across()
            card.body.addWidget(choose)
        else:
            text2 = look.theme.tokens.text2
            line = _("An administrator of this vault does it.")
            card.body.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        return card

    def _instead(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is PagesState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return [card]
        if model.state is PagesState.SLOW:
            slow = Card(look)
            text = _("The keys are being read.")
            slow.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            return [slow]
        return []

    def _show_banners(self) -> None:
        model = self._model
        trouble = None if model.state is PagesState.FAILED else model.trouble
        told = (model.file_flaw, model.save_flaw, model.to_replace, trouble, model.told)
        if told == self._told:
            return
        is_first, self._told = self._told is None, told
        take_out(*self._shown_banners)
        self._shown_banners = self._build_banners()
        for one in self._shown_banners:
            self._banners.addWidget(one)
            one.show()
            if not is_first:
                come_forward(one)

    def _build_banners(self) -> list[QWidget]:
        model, look = self._model, self._look
        language = look.language
        _ = language.gettext
        if model.file_flaw:
            title = _("The file is not taken")
            text = file_flaw_text(model.file_flaw, language)
            return [banner(look, text, tone=Tone.WARN, title=title, icon="file-x")]
        if model.to_replace is not None:
            file = model.to_replace
            return [
                replace_banner(look, file, other_name=self._choose_again, replace=model.replace)
            ]
        if model.save_flaw is not None:
            return [message_banner(look, save_message(model.save_flaw, language))]
        if model.trouble is not None and model.state is not PagesState.FAILED:
            return [trouble_banner(look, model.trouble)]
        if model.told is None:
            return []
        title = _("Saved {time}").format(time=language.time(model.told.at))
        text = _("The file holds no secret. It counts once the words have been read aloud.")
        return [banner(look, text, tone=Tone.OK, title=title, icon="circle-check")]

    @Slot()
    def _ask_for_file(self) -> None:
        if not self._model.may_certify:
            return
        _ = self._look.language.gettext
        dialog = QFileDialog(self, _("Choose a file of keys"))
        dialog.setObjectName("choose keys")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_("Keys (*.trygga-keys)"))
        dialog.fileSelected.connect(self._look_into)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    @Slot(str)
    def _look_into(self, file: str) -> None:
        self._model.choose(Path(file))

    @Slot()
    def _choose_again(self) -> None:
        self._model.keep()
        self._save()

    @Slot()
    def _save(self) -> None:
        if not self._model.may_hand_out:
            return
        _ = self._look.language.gettext
        ask_for_file(
            self,
            title=_("Save my keys"),
            file_name="nycklar.trygga-keys",
            chosen=self._save_as,
            suffix="trygga-keys",
            kinds=_("Keys (*.trygga-keys)"),
        )

    @Slot(str)
    def _save_as(self, file: str) -> None:
        self._model.save_to(Path(file))
