"""The foot of the form: where it is kept, what is missing, out of it, and recording it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from trygga_desktop.ui.draft_keeper import DraftState, sign_text
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.grounds.words import missing_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.saved_sign import SavedSign

_NARROW = 620


class Foot(QWidget):
    """A disabled button never stands alone: the line to its left says what is missing."""

    def __init__(self, model: GroundsViewModel, look: Look) -> None:
        super().__init__()
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._missing = PlainLabel(look, style=TextStyle.MEDIUM, colour=look.theme.tokens.text2)
        self._missing.setObjectName("missing")
        self._sign = SavedSign(look)
        self.back = Button(look, _("To the list"), ButtonKind.GHOST)
        self.back.setObjectName("to the list")
        self.back.clicked.connect(model.stop)
        self._record = Button(look, _("Record the decision"), ButtonKind.PRIMARY, icon="check")
        self._record.setObjectName("record")
        self._record.setToolTip("Ctrl+Enter")
        self._record.clicked.connect(model.record)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.back)
        row.addWidget(self._record)
        self._buttons = buttons
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line above the buttons where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        line = ""
        if model.missing is not None and not model.is_working:
            line = missing_text(model.missing, language)
        self._missing.show_text(line)
        self._missing.setVisible(bool(line))
        is_on = model.may_send or model.is_working
        # A disabled button must not take the focus from whoever pressed it with the keyboard.
        if self._record.hasFocus() and not is_on:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._record.setEnabled(is_on)
        self._record.show_text(_("Saving…") if model.is_working else _("Record the decision"))
        self._record.setAccessibleDescription(line)
        self.back.setEnabled(not model.is_working)
        saved = _("Draft saved {time}. Nothing holds yet.")
        self._sign.show_sign(
            sign_text(model.drafts, language, saved=saved),
            waiting=model.drafts.state is DraftState.WAITING,
        )

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self._missing, self._sign, self._buttons):
            self._grid.removeWidget(part)
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        self._grid.addWidget(self._missing, 0, 0, middle)
        if narrow:
            self._grid.addWidget(self._sign, 1, 0, middle)
            self._grid.addWidget(self._buttons, 2, 0, right)
        else:
            self._grid.addWidget(self._buttons, 0, 1, right | middle)
            self._grid.addWidget(self._sign, 1, 0, 1, 2, right)
