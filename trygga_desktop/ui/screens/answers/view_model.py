"""State of the sheets that are typed in: whose is shown, what stands on it, what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.answers.form import AnswersForm
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.answers import MeetingSheets, RecordAnswers

PATIENCE = 400
"""Milliseconds after which a meeting that is still being read is told to be."""


class AnswersState(StrEnum):
    """What stands where the sheets are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class AnswersViewModel(QObject):
    """Reads the sheets, keeps what is typed, and records one sheet at a time.

    `form` is None before the meeting was read. `recorded` names the agency whose sheet was last
    recorded.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the sheets
        self,
        case_id: UUID,
        meeting_id: UUID,
        *,
        read_answers: Callable[[UUID], Done[MeetingSheets]],
        record_answers: Callable[[RecordAnswers], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = AnswersState.LOADING
        self.found: MeetingSheets | None = None
        self.form: AnswersForm | None = None
        self.recorded = ""
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._meeting_id = meeting_id
        self._read = read_answers
        self._record = record_answers
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def is_sealed(self) -> bool:
        """Return whether nothing can be written at the meeting any more."""
        return self.found is not None and self.found.is_sealed

    @Slot()
    def load(self) -> None:
        """Read the meeting."""
        self._patience.start()
        read, meeting_id = self._read, self._meeting_id
        self._runner.run(self, lambda: read(meeting_id).value, self._take, self._fail)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the meeting is still being read, if nothing stands there yet."""
        if self.state is AnswersState.LOADING:
            self.state = AnswersState.SLOW
            self.changed.emit()

    def choose(self, organisation_id: UUID) -> None:
        """Show the sheet of another agency."""
        if self.form is not None and not self.form.is_working:
            self.recorded, self.trouble = "", None
            self.form.choose_sheet(organisation_id)
            self.changed.emit()

    def record(self) -> None:
        """Record the sheet that is shown; what is typed of the others stays a draft."""
        form = self.form
        if form is None or form.drafts is None or not form.may_send or self.is_sealed:
            return
        command, record = form.command(self._meeting_id), self._record
        self.recorded, self.trouble = "", None
        # First: what is kept once the draft is put to use would be another one.
        form.begin()
        work = form.drafts.used_by(lambda: record(command), rest=form.rest())
        self._runner.run(self, work, self._recorded, self._refused)

    def go_back(self) -> None:
        """Go back to the meetings; what was typed stays where it is."""
        self.leave()
        self.left.emit()

    def throw_away(self) -> None:
        """Put what is typed of all sheets into the bin, and go back to the meetings."""
        if self.form is not None and self.form.is_working:
            return
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.throw_away()
        self.left.emit()

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def _take(self, found: MeetingSheets) -> None:
        self._patience.stop()
        self.found, self.state, self.trouble = found, AnswersState.READY, None
        self.form = AnswersForm(found, self)
        place = Place(kind=DraftKind.ANSWERS, subject_id=self._meeting_id, case_id=self._case_id)
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        # What is brought back may be of another sheet.
        self.form.replaced.connect(self.changed)
        self.form.keep_with(drafts)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.state = AnswersState.FAILED
        self.changed.emit()

    def _recorded(self, done: Done[None]) -> None:
        form = self.form
        if form is not None and form.drafts is not None:
            form.drafts.used()
            self.recorded = "" if form.sheet is None else form.sheet.name
            form.empty_sheet()
        self.changed.emit()
        self.made.emit(done.changes)
        read, meeting_id = self._read, self._meeting_id
        self._runner.run(self, lambda: read(meeting_id).value, self._take_again, self._fail)

    def _take_again(self, found: MeetingSheets) -> None:
        """Show what is recorded by now; what is being typed stays."""
        self.found = found
        if self.form is not None:
            self.form.follow(found)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        form = self.form
        if form is None or form.drafts is None:
            return
        form.drafts.not_used()
        if isinstance(error, InvalidInputError) and error.field == "text":
            form.refuse_sheet(error.flaw)
        elif not self._told_elsewhere(error) and self.trouble is not None:
            form.fail(self.trouble)
        self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            if self.form is not None:
                self.form.is_working = False
            self.failed.emit(self.trouble)
            return True
        return False
