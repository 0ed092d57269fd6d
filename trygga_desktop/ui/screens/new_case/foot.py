"""The foot of the form: what is missing, where the draft is, and the ways out."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from trygga_desktop.ui.draft_keeper import DraftState, sign_text
from trygga_desktop.ui.person_typing.hints import missing_text
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
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

    def __init__(self, model: NewCaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._missing = self._build_missing()
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
        for part in (self._missing, self._sign, self._ways):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._missing, 0, 0)
        self._grid.addWidget(self._sign, 1, 0)
        if narrow:
            self._grid.addWidget(self._ways, 2, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self._ways, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def _build_missing(self) -> QWidget:
        _ = self._look.language.gettext
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._missing_icon = IconMark(self._look, "circle-dashed")
        self._missing_text = PlainLabel(self._look, style=TextStyle.MEDIUM)
        self._go = Button(self._look, _("Go there"), ButtonKind.LINK)
        self._go.setObjectName("go there")
        self._go.clicked.connect(self.going_there)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._missing_icon, 0, middle)
        row.addWidget(self._missing_text, 0, middle)
        row.addWidget(self._go, 0, middle)
        row.addStretch(1)
        return line

    def _build_ways(self) -> QWidget:
        _ = self._look.language.gettext
        model = self._model
        ways = QWidget()
        row = QHBoxLayout(ways)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._discard = Button(self._look, _("Discard"), ButtonKind.GHOST)
        self._discard.setObjectName("discard")
        self._discard.clicked.connect(self._ask)
        cancel = Button(self._look, _("Cancel"), ButtonKind.GHOST)
        cancel.setObjectName("cancel")
        cancel.clicked.connect(model.cancel)
        self._open = Button(self._look, _("Open the case"), ButtonKind.PRIMARY, icon="check")
        self._open.setObjectName("open the case")
        self._open.clicked.connect(model.open)
        for button in (self._discard, cancel, self._open):
            row.addWidget(button)
        return ways

    @Slot()
    def _ask(self) -> None:
        self._model.ask_to_discard(asks=True)

    @Slot()
    def _show(self) -> None:
        model, tokens = self._model, self._look.theme.tokens
        language = self._look.language
        missing = model.missing
        # Disabled while it works, it would lose the focus to what stands beside it.
        self._open.setEnabled(model.may_open or model.is_working)
        self._go.setVisible(bool(missing))
        if model.is_working:
            text, icon, colour = language.gettext("The case is being opened."), "hourglass", ""
        elif missing:
            first = missing_text(missing[0], model, language)
            text = language.ngettext(
                "One thing left: {first}", "{count} things left. First: {first}", len(missing)
            ).format(count=len(missing), first=first)
            icon, colour = "circle-alert", tokens.warn
        else:
            text, icon, colour = language.gettext("Everything is there."), "circle-check", tokens.ok
        self._missing_text.show_text(text)
        self._missing_icon.show_icon(icon, colour or tokens.text2)
        self._discard.setVisible(model.drafts.state is not DraftState.NONE)
        saved = language.gettext("Draft saved {time}. No case is open yet.")
        sign = sign_text(model.drafts, language, saved=saved)
        self._sign.show_sign(sign, waiting=model.drafts.state is DraftState.WAITING)
        self._sign.setVisible(bool(sign))
