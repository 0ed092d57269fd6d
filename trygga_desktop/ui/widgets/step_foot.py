"""The foot of one step of a task: back, what is still to be done, and on to the next step."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel

_NARROW = 480


class StepFoot(QWidget):
    """A disabled button never stands alone: the line to its left says what is missing."""

    def __init__(
        self, look: Look, next_text: str, *, next_icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._next_text = next_text
        _ = look.language.gettext
        self.back = Button(look, _("Back"), icon="arrow-left")
        self.back.setObjectName("back")
        self.next = Button(look, next_text, ButtonKind.PRIMARY, icon=next_icon)
        self.next.setObjectName("next")
        text2 = look.theme.tokens.text2
        self._missing = PlainLabel(look, style=TextStyle.MEDIUM, colour=text2)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    @property
    def first_focus(self) -> QWidget:
        """Return the next step, or the way back while that cannot be taken."""
        return self.next if self.next.isEnabled() else self.back

    def follow(self, *, may_go_on: bool, missing: str, working: str = "") -> None:
        """Say what is missing while one may not go on, or what is going on.

        While something is going on the button stays enabled, because it would lose the focus;
        whoever is told of a click then lets it pass.
        """
        self.next.setEnabled(may_go_on or bool(working))
        self.next.show_text(working or self._next_text)
        self.back.setEnabled(not working)
        line = "" if may_go_on or working else missing
        self._missing.show_text(line)
        self._missing.setVisible(bool(line))
        self.next.setAccessibleDescription(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line above the buttons where there is no room between them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self.back, self._missing, self.next):
            self._grid.removeWidget(part)
        right = Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        if narrow:
            self._missing.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
            self._grid.addWidget(self._missing, 0, 0, 1, 3)
        else:
            self._missing.setAlignment(right | middle)
            self._grid.addWidget(self._missing, 1, 1, middle)
        self._grid.addWidget(self.back, 1, 0, middle)
        self._grid.addWidget(self.next, 1, 2, middle)
