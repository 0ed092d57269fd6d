"""State of the commitments of all cases: which are asked about, and those that were found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.follow_up import FollowUpList, FollowUpQuestion, FollowUpRow

PATIENCE = 400
"""Milliseconds after which a list that is still being read is told to be."""

AFTER_LAST_KEY = 300
"""Milliseconds after the last key of a name at which the list is narrowed."""


class FollowUpState(StrEnum):
    """What stands where the list is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Span(StrEnum):
    """Which last days are asked about, by the codes of the use case."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for; `is_family` is what the young person and the family promised."""

    span: Span = Span.OVERDUE
    organisation_id: UUID | None = None
    is_family: bool = False
    responsible: str = ""


class FollowUpViewModel(QObject):
    """Reads the commitments in parts, those that are due first."""

    changed = Signal()
    case_chosen = Signal(UUID)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        read_follow_up: Callable[[FollowUpQuestion], Done[FollowUpList]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = FollowUpState.LOADING
        self.asked = Asked()
        self.found: FollowUpList | None = None
        self.rows: tuple[FollowUpRow, ...] = ()
        self.trouble: Trouble | None = None
        self._read_follow_up = read_follow_up
        self._runner = runner
        self._patience = self._timer(PATIENCE, self.lose_patience)
        self._typing = self._timer(AFTER_LAST_KEY, self.load)

    def _timer(self, after: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(act)
        return timer

    @property
    def has_more(self) -> bool:
        """Return whether there are more than are shown."""
        return self.found is not None and self.found.more is not None

    def count(self, span: Span) -> int:
        """Return how many there are in a span."""
        counts = {} if self.found is None else self.found.counts
        return next((count for one, count in counts.items() if one.value == span.value), 0)

    @Slot()
    def load(self) -> None:
        """Read the first of them."""
        if self.state is not FollowUpState.READY:
            self._enter(FollowUpState.LOADING)
        self._ask(more=False)

    @Slot()
    def load_more(self) -> None:
        """Read more of them, behind those that are shown."""
        if self.has_more:
            self._ask(more=True)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        told = (changes.items, changes.meetings, changes.cases, changes.parties)
        if any(told) and source is not self:
            self.load()

    def choose(self, **fields: object) -> None:
        """Ask for something else."""
        asked = replace(self.asked, **fields)  # type: ignore[arg-type]  # each is of its field's type
        if asked != self.asked:
            self.asked = asked
            self.load()

    def type_name(self, name: str) -> None:
        """Ask for what somebody promised, by a part of the name."""
        self.asked = replace(self.asked, responsible=name)
        self._typing.start()

    def open(self, place: int) -> None:
        """Go to the case of a row."""
        if 0 <= place < len(self.rows):
            self.case_chosen.emit(self.rows[place].row.id)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the list is still being read."""
        if self.state is FollowUpState.LOADING:
            self._enter(FollowUpState.SLOW)

    def _ask(self, *, more: bool) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.follow_up import FollowUpQuestion  # noqa: PLC0415
        from trygga_desktop.services.follow_up import Span as Asking  # noqa: PLC0415

        self._patience.start()
        asked = self.asked
        after = self.found.more if more and self.found is not None else None
        question = FollowUpQuestion(
            span=Asking(asked.span.value),
            organisation_id=asked.organisation_id,
            is_family=asked.is_family,
            responsible=asked.responsible,
            after=after,
        )
        read = self._read_follow_up

        def loaded(done: Done[FollowUpList]) -> None:
            # Something else may have been asked for meanwhile; that is on the way. More is put
            # behind what it was asked for behind, and that once.
            fits = not more or (self.found is not None and self.found.more == after)
            if asked == self.asked and fits:
                self._patience.stop()
                earlier = self.rows if more else ()
                self.found, self.rows = done.value, (*earlier, *done.value.rows)
                self._enter(FollowUpState.READY)

        self._runner.run(self, lambda: read(question), loaded, self._fail)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.found, self.rows = None, ()
        self._enter(FollowUpState.FAILED)

    def _enter(self, state: FollowUpState) -> None:
        self.state = state
        self.changed.emit()
