"""What covers the whole screen and says nothing of what is below: the curtain, and the break."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.brand import Mark
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark

_CLOCK = 150
_CLOCK_AT_LEAST = 72
_SECOND = 1_000
_LIFTS = QKeySequence("F9")
_ENDS_BREAK = QKeySequence("Ctrl+B")


class _Cover(QWidget):
    """While it has the focus no key does anything, but for those that lift it and the lock."""

    def __init__(
        self, ground: str, lifts: Sequence[QKeySequence], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._ground = ground
        self._lifts = lifts

    def event(self, event: QEvent) -> bool:
        """Take every key before it becomes a shortcut of the window; the lock comes before this."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(QKeySequence(event.keyCombination()) not in self._lifts)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do nothing, and let nobody else do anything either."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground over everything."""
        QPainter(self).fillRect(self.rect(), QColor(self._ground))


class Curtain(_Cover):
    """No number, no clock, and nothing to be hit by mistake."""

    def __init__(self, room: RoomLook, parent: QWidget | None = None) -> None:
        look = room.nav
        super().__init__(look.theme.tokens.nav, [_LIFTS], parent)
        self.setObjectName("curtain")
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


class BreakCover(_Cover):
    """The clock, and when the meeting goes on. Times are aware."""

    def __init__(
        self,
        room: RoomLook,
        *,
        now: Callable[[], datetime],
        until: datetime,
        parent: QWidget | None = None,
    ) -> None:
        look = room.near
        tokens = look.theme.tokens
        super().__init__(tokens.bg, [_LIFTS, _ENDS_BREAK], parent)
        self.setObjectName("break")
        self._language = look.language
        self._now = now
        _ = look.language.gettext
        self.setAccessibleName(_("Break"))
        middle = Qt.AlignmentFlag.AlignHCenter
        title = PlainLabel(look, _("Break"), style=TextStyle.HERO)
        self._clock = PlainLabel(look, style=TextStyle.HERO, colour=tokens.accent)
        font = QFont(self._clock.font())
        font.setPixelSize(max(room.px(_CLOCK), look.theme.px(_CLOCK_AT_LEAST)))
        font.setFeature(QFont.Tag("tnum"), 1)
        self._clock.setFont(font)
        text = _("We go on at {time}").format(time=look.language.time(until))
        line = PlainLabel(room.far, text, style=TextStyle.LEAD, colour=tokens.text2)
        column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(IconMark(look, "pause", colour=tokens.accent, size=42), 0, middle)
        for label in (title, self._clock, line):
            label.setAlignment(middle)
            column.addWidget(label)
        column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Show what time it is."""
        self._clock.show_text(self._language.time(self._now()))
