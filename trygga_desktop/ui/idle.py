"""Notices that nobody uses the program: it warns, covers a meeting, and has the vault locked."""

from collections.abc import Callable
from enum import StrEnum
from math import ceil

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QInputEvent, QInputMethodEvent, QSinglePointEvent

from trygga_desktop.ui.lock_times import LockTimes

WARN_FOR = 60
"""Seconds before a lock in which it is warned of, at most: half of a shorter time is quiet."""

REST_AFTER = 20
"""Seconds without use after which what is put off can be done without anybody waiting for it."""

_MINUTE = 60
_EVERY = 1_000
"""Milliseconds between two looks at the clock."""

_USE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class Pace(StrEnum):
    """What is going on, which decides how long nobody need do anything."""

    DESK = "desk"
    MEETING = "meeting"
    BREAK = "break"


class IdleWatch(QObject):
    """Filters the events of the application for signs of use.

    `clock` counts seconds and goes on while the computer sleeps; `pace` tells what is going on.
    `warned` carries the seconds until the lock, each second; `calmed` takes a warning back.
    `rested` comes once in every pause of `REST_AFTER` seconds.
    """

    warned = Signal(int)
    calmed = Signal()
    curtain_wanted = Signal()
    rested = Signal()
    lock_wanted = Signal()

    def __init__(
        self,
        times: LockTimes,
        *,
        clock: Callable[[], float],
        pace: Callable[[], Pace],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._times = times
        self._clock = clock
        self._pace = pace
        self._used_at = clock()
        self._is_warning = False
        self._is_covered = False
        self._is_resting = False
        self._mouse: QPointF | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt's signature
        """Note that somebody is there, and let everything pass."""
        # Every event of the program comes by, and asking for its type takes longer than this.
        if not isinstance(event, QInputEvent | QInputMethodEvent):
            return False
        kind = event.type()
        if kind in _USE or (kind is QEvent.Type.MouseMove and self._has_moved(event)):
            self.note_use()
        return False

    def note_use(self) -> None:
        """Begin to count anew: somebody is there."""
        self._used_at = self._clock()
        self._is_covered = False
        self._is_resting = False
        if self._is_warning:
            self._is_warning = False
            self.calmed.emit()

    @Slot()
    def look(self) -> None:
        """Compare the time with what is allowed."""
        idle, pace = self._clock() - self._used_at, self._pace()
        allowed = self._minutes(pace) * _MINUTE
        left = allowed - idle
        if left <= 0:
            self._timer.stop()
            self.lock_wanted.emit()
            return
        if idle >= REST_AFTER and not self._is_resting:
            self._is_resting = True
            self.rested.emit()
        is_late = idle >= self._times.meeting_curtain * _MINUTE
        if pace is Pace.MEETING and is_late and not self._is_covered:
            self._is_covered = True
            self.curtain_wanted.emit()
        if left <= min(WARN_FOR, allowed / 2):
            self._is_warning = True
            self.warned.emit(ceil(left))

    def _minutes(self, pace: Pace) -> int:
        match pace:
            case Pace.DESK:
                return self._times.idle
            case Pace.MEETING:
                return self._times.meeting
            case Pace.BREAK:
                return self._times.meeting_break

    def _has_moved(self, event: QEvent) -> bool:
        """Tell whether the mouse really went somewhere: a window that moves under it is no hand."""
        if not isinstance(event, QSinglePointEvent):
            return False
        before, self._mouse = self._mouse, event.globalPosition()
        return before is not None and before != self._mouse
