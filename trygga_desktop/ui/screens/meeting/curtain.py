"""The curtain: it covers the whole screen, and says nothing of what is below."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.brand import Mark
from trygga_desktop.ui.widgets.labels import PlainLabel

_LIFTS = Qt.Key.Key_F9


class Curtain(QWidget):
    """No number, no clock, and nothing to be hit by mistake.

    While it has the focus no key does anything, but for the one that lifts it and the lock.
    """

    def __init__(self, room: RoomLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = room.nav
        self.setObjectName("curtain")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = look.theme.tokens.nav
        _ = look.language.gettext
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(Mark(look, size=64), 0, middle)
        column.addSpacing(Space.XL)
        title = PlainLabel(look, _("Break"), style=TextStyle.HERO)
        told = _("The screen is covered.")
        self.setAccessibleName(told)
        line = PlainLabel(room.nav, told, style=TextStyle.SUBTITLE_LARGE)
        line.set_colour(look.theme.tokens.nav_text)
        for label in (title, line):
            label.setAlignment(middle)
            column.addWidget(label)
        column.addStretch(1)

    def event(self, event: QEvent) -> bool:
        """Take every key before it becomes a shortcut of the window; the lock comes before this."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() != _LIFTS)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do nothing, and let nobody else do anything either."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground over everything."""
        QPainter(self).fillRect(self.rect(), QColor(self._ground))
