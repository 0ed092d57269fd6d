"""State of a comparison: which two versions, and whether only what differs is shown."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.plan import Compared, Difference, compare
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.plan_teller import ShownPlanLine
    from trygga_desktop.services.plan_views import PlanPair

PATIENCE = 400
"""Milliseconds after which versions that are still being read are told to be."""


class CompareState(StrEnum):
    """What stands where the versions are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class PlanCompareViewModel(QObject):
    """Reads two versions and says how each line stands in them."""

    changed = Signal()
    left = Signal()
    papers_wanted = Signal(int, int)
    failed = Signal(Trouble)

    def __init__(
        self,
        case_id: UUID,
        *,
        read_versions: Callable[[UUID, int, int], Done[PlanPair]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = CompareState.LOADING
        self.pair: PlanPair | None = None
        self.rows: tuple[Compared[ShownPlanLine], ...] = ()
        self.only_changes = False
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._read_versions = read_versions
        self._runner = runner
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def shown(self) -> tuple[Compared[ShownPlanLine], ...]:
        """Return the rows to show."""
        if not self.only_changes:
            return self.rows
        return tuple(
            one
            for one in self.rows
            if one.difference is not Difference.SAME or self.is_agreed(one.after)
        )

    def is_agreed(self, line: ShownPlanLine | None) -> bool:
        """Tell whether a meeting agreed on a line between the two versions."""
        return line is not None and self.pair is not None and line.id in self.pair.agreed

    @property
    def agreed_count(self) -> int:
        """Return how many lines were agreed on between the two versions."""
        return sum(self.is_agreed(one.after) for one in self.rows)

    def count(self, difference: Difference) -> int:
        """Return how many lines stand like that."""
        return sum(one.difference is difference for one in self.rows)

    @Slot()
    def load(self) -> None:
        """Read the newest version and the one before it."""
        self.choose(0, 0)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed the plan."""
        if (changes.items or changes.meetings) and source is not self and self.pair is not None:
            self.choose(*self.pair.numbers)

    def choose(self, before: int, after: int) -> None:
        """Compare these two versions, by their numbers."""
        if self.state is not CompareState.READY:
            self._enter(CompareState.LOADING)
        self._patience.start()
        read, case_id = self._read_versions, self._case_id
        self._runner.run(self, lambda: read(case_id, before, after), self._loaded, self._fail)

    def show_only_changes(self, *, only: bool) -> None:
        """Show only what differs, or all of it."""
        self.only_changes = only
        self.changed.emit()

    @Slot()
    def print(self) -> None:
        """Show the comparison as pages."""
        if self.pair is not None:
            self.papers_wanted.emit(*self.pair.numbers)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the versions are still being read."""
        if self.state is CompareState.LOADING:
            self._enter(CompareState.SLOW)

    def go_back(self) -> None:
        """Go back to the plan."""
        self.left.emit()

    def _loaded(self, done: Done[PlanPair]) -> None:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.plan_comparison import (  # noqa: PLC0415
            in_reading_order,
            say_the_same,
        )

        self._patience.stop()
        self.pair = done.value
        self.rows = compare(
            in_reading_order(done.value.before, done.value.catalogue),
            in_reading_order(done.value.after, done.value.catalogue),
            alike=say_the_same,
        )
        self.trouble = None
        self._enter(CompareState.READY)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.pair, self.rows = None, ()
        self._enter(CompareState.FAILED)

    def _enter(self, state: CompareState) -> None:
        self.state = state
        self.changed.emit()
