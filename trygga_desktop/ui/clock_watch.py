"""Notices that the clock of this computer was put forward or back, and has it logged."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.trouble import ProblemKind, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from trygga_desktop.services.changes import Done

T = TypeVar("T")

MAY_DIFFER = 60
"""Seconds that a clock may be put right by without a word."""

_EVERY = 10_000
"""Milliseconds between two looks at the clock."""


class ClockWatch(QObject):
    """Compares the time of the computer with a count of seconds that nobody can set.

    `now` returns an aware time; `count` goes on while the computer sleeps, where the system has
    such a one. Where it stands still meanwhile, as on macOS, a sleep is logged as a jump. What
    cannot be logged is tried again; `failed` tells of that after which the vault must be closed.
    """

    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        count: Callable[[], float],
        log_jump: Callable[[], Done[None]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._count = count
        self._log_jump = log_jump
        self._runner = runner
        self._ahead = self._measure()
        self._is_logging = False
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Log it if the clock has gone more or less than the count since it was last logged."""
        ahead = self._measure()
        if self._is_over or self._is_logging or abs(ahead - self._ahead) <= MAY_DIFFER:
            return
        self._is_logging = True

        def logged(_: Done[None]) -> None:
            self._is_logging = False
            self._ahead = ahead

        self._runner.run(self, self._log_jump, logged, self._not_logged)

    def stop(self) -> None:
        """Look no more: the vault is being closed."""
        self._is_over = True
        self._timer.stop()

    def before(self, runner: TaskRunner) -> TaskRunner:
        """Return a runner that looks at the clock first: a jump is logged before what follows it.

        Both must do their work one after the other, on the same thread.
        """
        return _WatchedRunner(runner, self.look)

    def _not_logged(self, error: Exception) -> None:
        self._is_logging = False
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def _measure(self) -> float:
        return self._now().timestamp() - self._count()


class _WatchedRunner:
    """Has another runner do the work, once the clock has been looked at."""

    def __init__(self, runner: TaskRunner, look: Callable[[], None]) -> None:
        self._runner = runner
        self._look = look

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Pass the work on, behind the entry of a jump if there was one."""
        self._look()
        self._runner.run(owner, work, done, failed)
