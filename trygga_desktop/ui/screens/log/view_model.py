"""State of the log of a case: whose lines, of which kind, how far back."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.audit import ActionKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.logs import CaseLog, LogLine, LogQuestion

PATIENCE = 400
"""Milliseconds after which a log that is still being read is told to be."""


class LogState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"


class LogViewModel(QObject):
    """Reads the newest lines first, and earlier ones when they are asked for.

    It shows nothing while a second screen is there, and reads nothing either: every reading is a
    line of its own. What it was asked meanwhile is read once the screen has gone.
    """

    changed = Signal()
    left = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        case_id: UUID,
        *,
        read_log: Callable[[LogQuestion], Done[CaseLog]],
        screen_count: Callable[[], int],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.case_number = ""
        self.lines: tuple[LogLine, ...] = ()
        self.actors: tuple[tuple[UUID, str], ...] = ()
        self.has_more = False
        self.actor_id: UUID | None = None
        self.kind: ActionKind | None = None
        self.trouble: Trouble | None = None
        self.is_reading = False
        self._case_id = case_id
        self._read_log = read_log
        self._screen_count = screen_count
        self._runner = runner
        self._asked: LogQuestion | None = None
        self._is_read = False
        self._is_put_off = False
        self._is_slow = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def state(self) -> LogState:
        """Return what stands on the page. A choice that could not be read leaves it ready."""
        if self._screen_count() > 1:
            return LogState.MORE_SCREENS
        if self._is_read:
            return LogState.READY
        if self.trouble is not None:
            return LogState.FAILED
        return LogState.SLOW if self._is_slow else LogState.LOADING

    @property
    def is_narrowed(self) -> bool:
        """Return whether only some lines are asked for."""
        return self.actor_id is not None or self.kind is not None

    @property
    def broken_count(self) -> int:
        """Return how many of the lines are not what was written."""
        return sum(not one.holds for one in self.lines)

    @Slot()
    def load(self) -> None:
        """Read the newest lines of those that are asked for."""
        self._ask(before=None)

    @Slot()
    def try_again(self) -> None:
        """Read once more what could not be read."""
        self._ask(before=None if self._asked is None else self._asked.before)

    @Slot()
    def show_earlier(self) -> None:
        """Read the lines before those that are shown."""
        if self.has_more and not self.is_reading:
            self._ask(before=self.lines[-1].sequence)

    def choose_actor(self, actor_id: UUID | None) -> None:
        """Show what one user did, or what everyone did."""
        if actor_id != self.actor_id:
            self.actor_id = actor_id
            self.load()

    def choose_kind(self, kind: ActionKind | None) -> None:
        """Show what is of one kind, or everything."""
        if kind is not self.kind:
            self.kind = kind
            self.load()

    def show_all(self) -> None:
        """Show what everyone did, of every kind."""
        if self.is_narrowed:
            self.actor_id = self.kind = None
            self.load()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something was done meanwhile that may be a line of this log."""
        in_case = changes.cases or changes.items or changes.parties
        if (in_case or changes.consents or changes.meetings) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the log is still being read, if nothing stands there yet."""
        if self.state is LogState.LOADING:
            self._is_slow = True
            self.changed.emit()

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        if self._is_put_off and self._screen_count() <= 1:
            self.load()
        else:
            self.changed.emit()

    @Slot()
    def go_back(self) -> None:
        """Go back to the case."""
        self.left.emit()

    def _ask(self, *, before: int | None) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.logs import LogQuestion  # noqa: PLC0415

        self._is_put_off = self._screen_count() > 1
        if self._is_put_off:
            self.changed.emit()
            return
        question = LogQuestion(
            case_id=self._case_id, actor_id=self.actor_id, kind=self.kind, before=before
        )
        self._asked, self.is_reading, self.trouble = question, True, None
        self._patience.start()
        self.changed.emit()
        read = self._read_log
        self._runner.run(
            self,
            lambda: read(question),
            partial(self._take, question),
            partial(self._fail, question),
        )

    def _take(self, question: LogQuestion, done: Done[CaseLog]) -> None:
        if question is not self._asked:
            # Something else was chosen while this was read.
            return
        log = done.value
        self._settle()
        self._is_read = True
        self.lines = log.lines if question.before is None else (*self.lines, *log.lines)
        self.case_number, self.actors, self.has_more = (
            log.row.case_number,
            log.actors,
            log.has_more,
        )
        self.changed.emit()

    def _fail(self, question: LogQuestion, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        if question is not self._asked:
            return
        self._settle()
        self.trouble = trouble
        if question.before is None or trouble.kind is ProblemKind.NO_RIGHT:
            # What can no longer be read must not stay on the screen.
            self.lines, self.has_more = (), False
        if trouble.kind is ProblemKind.NO_RIGHT:
            self.case_number, self.actors, self._is_read = "", (), False
        self.changed.emit()

    def _settle(self) -> None:
        self._patience.stop()
        self.is_reading = self._is_slow = False
