"""The texts of the legal grounds in a list, and beside it the form for the one that is chosen."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.catalogues import GroundText, GroundTexts
from trygga_desktop.ui.ground_words import confirmed_text, unverified_pill
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.ground_texts.panel import ConfirmPanel
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel, TextsState
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.form_parts import stops_in
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import bring_into_view
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.row_button import RowButton
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 420
_NARROW = 900


class GroundTextsView(QWidget):
    """Arrow keys go through the list, Ctrl+Enter confirms, Alt+left goes back."""

    def __init__(
        self, model: GroundTextsViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("Back"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._banners = QVBoxLayout()
        self._shown_banners: list[QWidget] = []
        self._main, self._side = QWidget(), QWidget()
        self._main_column, self._side_column = QVBoxLayout(self._main), QVBoxLayout(self._side)
        for inside in (self._main_column, self._side_column):
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(Space.L)
        self._list: QWidget | None = None
        self._panel: QWidget | None = None
        self._rows: dict[str, RowButton] = {}
        self._shown_list: object = self
        self._shown_panel: object = self
        self._told: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        line = _("A text is marked until somebody who knows the law has read and confirmed it.")
        column.addWidget(PageHeader(look, _("Legal grounds"), line=line))
        column.addLayout(self._banners)
        main, side = self._main, self._side
        column.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        column.addStretch(1)
        model.changed.connect(self._show)
        model.opened.connect(self._begin)
        self._show()
        self.commands = (
            Command(_("Confirm the text"), ("Ctrl+Return", "Ctrl+Enter"), model.confirm),
            Command(_("Back"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the form, the first text that waits, or the way back."""
        if isinstance(self._panel, ConfirmPanel):
            return self._panel.first_focus
        return next(iter(self._rows.values()), self._back)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._keep_order()

    @Slot()
    def _begin(self) -> None:
        if isinstance(self._panel, ConfirmPanel):
            self._panel.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
            # In a low window not all of it fits, and the field with the focus must. Not before the
            # page has made room for it.
            for one in (self._panel, self._panel.first_focus):
                QTimer.singleShot(0, one, partial(bring_into_view, one))

    @Slot()
    def _show(self) -> None:
        model = self._model
        if (model.found, model.state) != self._shown_list:
            self._shown_list = (model.found, model.state)
            self._show_list()
        if (model.form, model.found) != self._shown_panel:
            self._shown_panel = (model.form, model.found)
            self._show_panel()
        self._show_banners()
        self._keep_order()

    def _show_list(self) -> None:
        focus = focus_in(self)
        had_focus = self._list is not None and focus is not None and self._list.isAncestorOf(focus)
        name = "" if focus is None else focus.objectName()
        if self._list is not None:
            take_out(self._list)
        self._rows = {}
        found = self._model.found
        self._list = self._instead() if found is None else self._texts(found)
        if self._list is not None:
            self._main_column.addWidget(self._list)
            self._list.show()
        if had_focus:
            code = name.removeprefix("confirm ")
            # From what has just been confirmed one goes on to the next text that waits.
            again = None if code == self._model.confirmed else self._rows.get(code)
            (again or self.first_focus).setFocus(Qt.FocusReason.OtherFocusReason)

    def _texts(self, found: GroundTexts) -> QWidget:
        look = self._look
        _ = look.language.gettext
        waiting = [one for one in found.texts if not one.ground.is_verified]
        rest = [one for one in found.texts if one.ground.is_verified]
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        for title, texts in ((_("Wait for a lawyer"), waiting), (_("Read or confirmed"), rest)):
            if texts:
                column.addWidget(self._card(title, texts))
        buttons = tuple(self._rows.values())
        for one in buttons:
            one.neighbours = buttons
        return inside

    def _card(self, title: str, texts: list[GroundText]) -> Card:
        look = self._look
        card = Card(look, title, note=look.language.number(len(texts)))
        for place, one in enumerate(texts):
            if place:
                card.body.addWidget(Divider(look))
            card.body.addWidget(self._row(one))
        return card

    def _row(self, text: GroundText) -> QWidget:
        look, language = self._look, self._look.language
        _ = language.gettext
        ground = text.ground
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(2)
        title = ground.title.in_language(language.code)
        words.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
        text2 = look.theme.tokens.text2
        lines = [ground.provision, confirmed_text(ground, language)]
        for line in filter(None, lines):
            words.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        inside.addLayout(words, 1)
        if not ground.is_verified:
            inside.addWidget(unverified_pill(look), 0, Qt.AlignmentFlag.AlignVCenter)
        if ground.unverified:
            button = RowButton(
                look, _("Confirm anew") if ground.is_confirmed else _("Confirm"), small=True
            )
            button.setObjectName(f"confirm {ground.code}")
            button.setAccessibleName(f"{button.text()}: {title}")
            button.clicked.connect(partial(self._model.open, ground.code))
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
            self._rows[ground.code] = button
        return row

    def _instead(self) -> Card | None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is TextsState.FAILED and model.trouble is not None:
            card = problem_card(look, explain(model.trouble, look.language))
            again = Button(look, _("Try again"), icon="refresh-cw")
            again.setObjectName("try again")
            again.clicked.connect(model.load)
            card.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
            return card
        if model.state is TextsState.SLOW:
            slow = Card(look)
            text = _("The texts are being read.")
            slow.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            return slow
        return None

    def _show_panel(self) -> None:
        model = self._model
        focus = focus_in(self)
        had_focus = (
            self._panel is not None and focus is not None and self._panel.isAncestorOf(focus)
        )
        if self._panel is not None:
            take_out(self._panel)
        text = model.chosen
        if model.form is not None and text is not None:
            self._panel = ConfirmPanel(model, self._look, text, model.form)
        else:
            self._panel = None if model.found is None else self._about()
        if self._panel is not None:
            self._side_column.addWidget(self._panel)
            self._panel.show()
        if had_focus:
            self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self) -> Card:
        look = self._look
        _ = look.language.gettext
        card = Card(look, _("What it means to confirm"))
        for icon, title, line in (
            (
                "scale",
                _("Somebody has read the law itself"),
                _("With name, day and where it stands. Trygga quotes no law and reads none."),
            ),
            (
                "history",
                _("Nothing is overwritten"),
                _("The rules get a new version. What stood there before is kept."),
            ),
        ):
            card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
        return card

    def _show_banners(self) -> None:
        model = self._model
        trouble = None if model.state is TextsState.FAILED else model.trouble
        told = (trouble, model.confirmed)
        if told == self._told:
            return
        self._told = told
        take_out(*self._shown_banners)
        self._shown_banners = []
        if trouble is not None:
            self._shown_banners.append(trouble_banner(self._look, trouble))
        if model.confirmed:
            text = self._look.language.gettext("The text is confirmed, and its mark is gone.")
            self._shown_banners.append(banner(self._look, text, tone=Tone.OK))
        for one in self._shown_banners:
            self._banners.addWidget(one)
            one.show()
            come_forward(one, focus=False)

    def _keep_order(self) -> None:
        parts = [one for one in (self._list, self._panel) if one is not None]
        keep_tab_order(self._back, *stops_in(*parts))
