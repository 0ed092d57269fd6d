"""Run slow work off the GUI thread and bring the answer back to it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

T = TypeVar("T")

LONGEST_WAIT = 1_500
"""Milliseconds: work that hangs must not keep a vault open on screen or in memory."""


class TaskRunner(Protocol):
    """Runs `work`, then calls one of the two callbacks on the GUI thread.

    Neither is called if `owner` was destroyed meanwhile, as when its screen was closed.
    """

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Start the work."""


class InlineRunner:
    """Runs the work at once: for tests and pictures, which then never wait."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do the work and call back before returning."""
        try:
            result = work()
        except Exception as error:
            if isValid(owner):
                failed(error)
        else:
            if isValid(owner):
                done(result)


class NotingRunner:
    """Has another runner do the work, and says of each failure that it has happened."""

    def __init__(self, runner: TaskRunner, note: Callable[[Exception], None]) -> None:
        self._runner = runner
        self._note = note

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Pass the work on."""

        def noted(error: Exception) -> None:
            self._note(error)
            failed(error)

        self._runner.run(owner, work, done, noted)


class ThreadRunner(QObject):
    """Runs all work on one thread, so that the tasks of a vault keep their order."""

    _ready = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="task")
        self._last: Future[None] | None = None
        self._ready.connect(self._call_back, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Queue the work behind what is already running."""

        def task() -> None:
            try:
                result = work()
            except Exception as error:
                caught = error
                self._ready.emit(owner, lambda: failed(caught))
            else:
                self._ready.emit(owner, lambda: done(result))

        self._last = self._pool.submit(task)

    def shut_down(self, patience: float | None = None) -> bool:
        """Finish what is queued, waiting at most so many seconds; return whether it is finished.

        Call before the last reference goes away. Python itself would wait for work that hangs.
        """
        self._pool.shutdown(wait=False)
        queued = [] if self._last is None else [self._last]
        return not wait(queued, timeout=patience).not_done

    def _call_back(self, owner: QObject, callback: Callable[[], None]) -> None:
        if isValid(owner):
            callback()
