"""The foot of a person's details: what is missing, where the draft is, and the ways out."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from trygga_desktop.ui.draft_keeper import DraftState, sign_text
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.details.words import foot_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.saved_sign import SavedSign

_NARROW = 860


class Foot(QWidget):
    """A disabled button never stands alone: the line to its left says why."""

    going_there = Signal()

    def __init__(self, model: DetailsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._line = self._build_line()
        self._sign = SavedSign(look)
        self._ways = self._build_ways()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the line where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._line, self._sign, self._ways):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._line, 0, 0)
        self._grid.addWidget(self._sign, 1, 0)
        if narrow:
            self._grid.addWidget(self._ways, 2, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self._ways, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _build_line(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._icon = IconMark(self._look, "circle-dashed")
        self._text = PlainLabel(self._look, style=TextStyle.MEDIUM)
        self._go = Button(self._look, self._look.language.gettext("Go there"), ButtonKind.LINK)
        self._go.setObjectName("go there")
        self._go.clicked.connect(self.going_there)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._icon, 0, middle)
        row.addWidget(self._text, 0, middle)
        row.addWidget(self._go, 0, middle)
        row.addStretch(1)
        return line

    def _build_ways(self) -> QWidget:
        _ = self._look.language.gettext
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._discard = Button(self._look, _("Discard"), ButtonKind.GHOST)
        self._discard.setObjectName("discard")
        self._discard.clicked.connect(partial(self._model.ask_to_discard, asks=True))
        self._store = Button(self._look, _("Store the change"), ButtonKind.PRIMARY, icon="check")
        self._store.setObjectName("store the change")
        self._store.clicked.connect(self._model.send)
        for button in (self._discard, self._store):
            row.addWidget(button)
        return ways

    @Slot()
    def _show(self) -> None:
        model, tokens, language = self._model, self._look.theme.tokens, self._look.language
        missing = [one for one in model.missing if one is not FormField.WHY]
        # Disabled while it works, it would lose the focus to what stands beside it.
        self._store.setEnabled(model.may_send or model.is_working)
        is_raised = model.is_raised
        self._store.show_text(
            language.gettext("Protect") if is_raised else language.gettext("Store the change")
        )
        self._go.setVisible(bool(missing))
        self._text.show_text(foot_text(model, language))
        if model.is_working:
            self._icon.show_icon("hourglass", tokens.text2)
        elif missing:
            self._icon.show_icon("circle-alert", tokens.warn)
        elif model.is_new:
            self._icon.show_icon("circle-check", tokens.ok)
        else:
            self._icon.show_icon("circle-dashed", tokens.text2)
        self._discard.setVisible(model.drafts.state is not DraftState.NONE)
        saved = language.gettext("Draft saved {time}. Nothing of it holds yet.")
        sign = sign_text(model.drafts, language, saved=saved)
        self._sign.show_sign(sign, waiting=model.drafts.state is DraftState.WAITING)
        self._sign.setVisible(bool(sign))
