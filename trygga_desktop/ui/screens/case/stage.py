"""State of the form in which a case comes into another stage of its programme. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import Typed, codes_of, one_of, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.lanes import ChangeStage, RecordContact
    from trygga_desktop.services.overview import CaseOverview

MOST_WORDS = 2_000
"""The longest reason in characters."""


class StageMissing(StrEnum):
    """What keeps a case from coming into another stage."""

    STAGE = "stage"
    WORDS = "words"
    LENGTH = "length"


class StageForm(QObject):
    """Which stage comes next, and why. It is closed until somebody asks for it."""

    changed = Signal()
    replaced = Signal()
    moved = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a change of stage stands on
        self,
        case_id: UUID,
        *,
        change_stage: Callable[[ChangeStage], Done[None]],
        record_contact: Callable[[RecordContact], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_open = False
        self.is_working = False
        self.stage: str | None = None
        self.words = ""
        self.trouble: Trouble | None = None
        self.overview: CaseOverview | None = None
        self._case_id = case_id
        self._change_stage = change_stage
        self._record_contact = record_contact
        self._runner = runner
        place = Place(kind=DraftKind.STAGE, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the stages that the case may come into."""
        return () if self.overview is None else self.overview.stage_ways

    @property
    def may_record_contact(self) -> bool:
        """Return whether nobody has met the young person yet, in a case that goes by hours."""
        clock = None if self.overview is None else self.overview.clock
        return clock is not None and clock.met_at is None and not self.is_working

    @property
    def missing(self) -> StageMissing | None:
        """Return the first thing that is not there yet, in reading order."""
        if self.stage is None:
            return StageMissing.STAGE
        if not self.words.strip():
            return StageMissing.WORDS
        return StageMissing.LENGTH if len(self.words) > MOST_WORDS else None

    @property
    def may_go_on(self) -> bool:
        """Return whether everything is there."""
        return self.is_open and self.missing is None and not self.is_working

    def offer(self, overview: CaseOverview | None) -> None:
        """Take the stages that may follow. What was chosen goes where the case is there already."""
        self.overview = overview
        if self.stage is not None and self.stage not in self.ways:
            self.stage = None
            self.replaced.emit()
        if not self.ways:
            self.is_open = False
        self.changed.emit()

    def open(self) -> None:
        """Show the form, with what an earlier visit left in it."""
        self.is_open = bool(self.ways)
        if len(self.ways) == 1:
            self.stage = self.ways[0]
        self.changed.emit()
        if self.is_open:
            self.drafts.look_for_earlier()

    def close(self) -> None:
        """Put the form away; the words in it go into the bin."""
        if self.is_working:
            return
        self.drafts.throw_away()
        self._clear()
        self.changed.emit()

    def choose(self, stage: str | None) -> None:
        """Choose the stage that comes next."""
        self.stage = stage
        self._keep()
        self.changed.emit()

    def type_words(self, text: str) -> None:
        """Take the reason."""
        if text != self.words:
            self.words = text
            self._keep()
            self.changed.emit()

    def leave(self) -> None:
        """Store the words at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def go_on(self) -> None:
        """Have the case come into the stage."""
        if not self.may_go_on or self.stage is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.lanes import ChangeStage  # noqa: PLC0415

        command = ChangeStage(case_id=self._case_id, stage=self.stage, words=self.words.strip())
        self.is_working, self.trouble = True, None
        self.changed.emit()
        change = self._change_stage
        self.drafts.put_to_use(self, lambda: change(command), self._moved, self._refused)

    def record_contact(self) -> None:
        """Record that somebody was in touch with the young person now."""
        if not self.may_record_contact:
            return
        # Imported here: as above.
        from trygga_desktop.services.lanes import RecordContact  # noqa: PLC0415

        command = RecordContact(case_id=self._case_id)
        self.is_working, self.trouble = True, None
        self.changed.emit()
        record = self._record_contact
        self._runner.run(self, lambda: record(command), self._recorded, self._refused)

    def _moved(self, done: Done[None]) -> None:
        self.is_working = False
        self._clear()
        self.changed.emit()
        self.moved.emit(done.changes)

    def _recorded(self, done: Done[None]) -> None:
        self.is_working = False
        self.changed.emit()
        self.moved.emit(done.changes)

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()

    def _keep(self) -> None:
        typed = Typed(texts={"words": self.words}, chosen={"stage": codes_of(self.stage or None)})
        # What is chosen says little without any words.
        self.drafts.keep(write_typed(typed) if self.words.strip() else "")

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self.words = typed.texts.get("words", "")
        stage = one_of(typed.chosen, "stage")
        self.stage = stage if stage in self.ways else self.stage
        self.replaced.emit()
        self.changed.emit()

    def _clear(self) -> None:
        self.is_open = False
        self.stage, self.words = None, ""
        self.trouble = None
        self.replaced.emit()
