"""State of the progress: the young person's own figures, and those that are being entered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.plan_progress.kept_figures import KeptFigures
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.ratings import CaseProgress, RecordRating

PATIENCE = 400
"""Milliseconds after which a progress that is still being read is told to be."""


class ProgressState(StrEnum):
    """What stands where the figures are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class PlanProgressViewModel(QObject):
    """Reads how it went, and records what the young person says at a meeting.

    `entered` are the figures that are being entered, by codes of areas; those left out stay out.
    They are kept as a draft until they are recorded; where it `goes_on` they come back at once.
    """

    changed = Signal()
    left = Signal()
    papers_wanted = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page stands on
        self,
        case_id: UUID,
        *,
        read_progress: Callable[[UUID], Done[CaseProgress]],
        record_rating: Callable[[RecordRating], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        goes_on: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ProgressState.LOADING
        self.progress: CaseProgress | None = None
        self.as_table = False
        self.is_entering = False
        self.entered: dict[str, int | None] = {}
        self.meeting_id: UUID | None = None
        self.is_working = False
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._read_progress = read_progress
        self._record_rating = record_rating
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._goes_on = goes_on
        self._keeper: DraftKeeper | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that there are figures of, in the order of the catalogue."""
        if self.progress is None:
            return ()
        rated = {code for one in self.progress.ratings for code in one.values}
        known = [one.code for one in self.progress.catalogue.life_areas]
        return tuple(one for one in known if one in rated)

    @property
    def standing(self) -> Mapping[str, int]:
        """Return what was recorded already of the day that is entered, by areas."""
        progress = self.progress
        if progress is None:
            return {}
        days = {one: day for one, _, day in progress.meetings}
        day = progress.today if self.meeting_id is None else days.get(self.meeting_id)
        return next((one.values for one in progress.ratings if one.on == day), {})

    @property
    def figures(self) -> Mapping[str, int]:
        """Return what stands in the form: what was recorded of that day, with what is entered."""
        both = {**self.standing, **self.entered}
        return {area: figure for area, figure in both.items() if figure is not None}

    @property
    def to_record(self) -> tuple[Mapping[str, int], frozenset[str]]:
        """Return the figures that are other than those of that day, and what is taken back."""
        standing, figures = self.standing, self.figures
        new = {area: one for area, one in figures.items() if standing.get(area) != one}
        return new, frozenset(standing.keys() - figures.keys())

    @Slot()
    def load(self) -> None:
        """Read how it went."""
        if self.state is not ProgressState.READY:
            self._enter(ProgressState.LOADING)
        self._patience.start()
        read, case_id = self._read_progress, self._case_id
        self._runner.run(self, lambda: read(case_id), self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        if (changes.items or changes.meetings) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read."""
        if self.state is ProgressState.LOADING:
            self._enter(ProgressState.SLOW)

    def show_as_table(self, *, as_table: bool) -> None:
        """Show the figures as a table alone, or drawn."""
        self.as_table = as_table
        self.changed.emit()

    @Slot()
    def begin(self) -> None:
        """Begin to enter figures, those of the last meeting."""
        meetings = () if self.progress is None else self.progress.meetings
        self.meeting_id = meetings[-1][0] if meetings else None
        self.entered, self.is_entering, self.trouble = {}, True, None
        self._begin_to_keep()
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        """Enter nothing; what was entered lies in the bin."""
        if self._keeper is not None:
            self._keeper.throw_away()
            self._let_go()
        self.is_entering, self.trouble = False, None
        self.changed.emit()

    def choose_meeting(self, meeting_id: UUID | None) -> None:
        """Say at which meeting it was said; None is today."""
        self.meeting_id = meeting_id
        self._keep()
        self.changed.emit()

    def rate(self, area: str, figure: int | None) -> None:
        """Take a figure, or leave the area out."""
        self.entered[area] = figure
        self._keep()
        self.changed.emit()

    @Slot()
    def record(self) -> None:
        """Record what the young person said."""
        values, taken_back = self.to_record
        if not (values or taken_back) or self.is_working:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.ratings import RecordRating  # noqa: PLC0415

        command = RecordRating(
            case_id=self._case_id,
            values=values,
            meeting_id=self.meeting_id,
            taken_back=taken_back,
        )
        record = self._record_rating
        self.is_working, self.trouble = True, None
        self.changed.emit()
        if self._keeper is None:
            self._runner.run(self, lambda: record(command), self._recorded, self._refused)
        else:
            self._keeper.put_to_use(self, lambda: record(command), self._recorded, self._refused)

    @property
    def is_sending(self) -> bool:
        """Return whether what was entered is on its way."""
        return self.is_working

    def go_back(self) -> None:
        """Go back to the plan."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store what is entered at once: the screen is left, or the vault is being locked."""
        if self._keeper is not None:
            self._keeper.store_now()

    def _begin_to_keep(self) -> None:
        self.leave()
        self._let_go()
        place = Place(kind=DraftKind.RATING, subject_id=self._case_id, case_id=self._case_id)
        self._keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now, parent=self)
        self._keeper.failed.connect(self.failed)
        self._keeper.found.connect(self._bring_back)
        self._keeper.look_for_earlier()

    def _keep(self) -> None:
        if self._keeper is not None:
            figures = KeptFigures(entered=self.entered, meeting_id=self.meeting_id)
            self._keeper.keep(figures.as_text() if self.entered else "")

    def _let_go(self) -> None:
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None

    @Slot(str)
    def _bring_back(self, text: str) -> None:
        figures = KeptFigures.from_text(text)
        if figures is None or self.progress is None or not self.is_entering:
            return
        meetings = {one for one, *_ in self.progress.meetings}
        areas = {one.code for one in self.progress.catalogue.life_areas}
        self.entered = {one: figure for one, figure in figures.entered.items() if one in areas}
        self.meeting_id = figures.meeting_id if figures.meeting_id in meetings else None
        self.changed.emit()

    def _recorded(self, done: Done[UUID]) -> None:
        self.is_working = self.is_entering = False
        self._let_go()
        self.entered = {}
        self.made.emit(done.changes)
        self.load()

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _loaded(self, done: Done[CaseProgress]) -> None:
        self._patience.stop()
        self.progress = done.value
        self._enter(ProgressState.READY)
        if self._goes_on:
            self._goes_on = False
            self.begin()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.progress = None
        self._enter(ProgressState.FAILED)

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: ProgressState) -> None:
        self.state = state
        self.changed.emit()
