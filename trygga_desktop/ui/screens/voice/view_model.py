"""State of the preparation with the young person: what they said, and whether it is recorded."""

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
from trygga_desktop.ui.screens.voice.form import VoiceField, VoiceForm
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.voices import MeetingVoice, RecordVoice

PATIENCE = 400
"""Milliseconds after which a meeting that is still being read is told to be."""


class VoiceState(StrEnum):
    """What stands where the form is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class VoiceViewModel(QObject):
    """Reads what was said before, keeps what is typed, and records it when asked to.

    `form` is None before the meeting was read.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        case_id: UUID,
        meeting_id: UUID,
        *,
        read_voice: Callable[[UUID], Done[MeetingVoice]],
        record_voice: Callable[[RecordVoice], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = VoiceState.LOADING
        self.found: MeetingVoice | None = None
        self.form: VoiceForm | None = None
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._meeting_id = meeting_id
        self._read = read_voice
        self._record = record_voice
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @Slot()
    def load(self) -> None:
        """Read the meeting."""
        self._patience.start()
        read, meeting_id = self._read, self._meeting_id
        self._runner.run(self, lambda: read(meeting_id).value, self._take, self._fail)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the meeting is still being read, if nothing stands there yet."""
        if self.state is VoiceState.LOADING:
            self.state = VoiceState.SLOW
            self.changed.emit()

    def record(self) -> None:
        """Record what was said, and go back to the meetings."""
        form = self.form
        if form is None or not form.may_send:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.voices import RecordVoice  # noqa: PLC0415

        command = RecordVoice(
            meeting_id=self._meeting_id,
            words=form.text_in(VoiceField.WORDS),
            told_by=form.told_by,
            teller=form.text_in(VoiceField.TELLER),
            not_raised=form.text_in(VoiceField.NOT_RAISED),
            unraised=form.unraised,
            letter=form.text_in(VoiceField.LETTER),
        )
        # Until it is answered the draft is the only place where the text is safe.
        self.leave()
        form.begin()
        record = self._record
        self._runner.run(self, lambda: record(command), self._recorded, self._refused)

    def cancel(self) -> None:
        """Go back to the meetings; what was typed goes into the bin."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.throw_away()
        self.left.emit()

    def go_back(self) -> None:
        """Go back to the meetings; what was typed stays where it is."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def _take(self, found: MeetingVoice) -> None:
        self._patience.stop()
        self.found, self.state, self.trouble = found, VoiceState.READY, None
        self.form = VoiceForm(found.told)
        self.form.setParent(self)
        place = Place(kind=DraftKind.VOICE, subject_id=self._meeting_id, case_id=self._case_id)
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        self.form.keep_with(drafts)
        self.form.keep_within(one.id for one in found.agenda)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.state = VoiceState.FAILED
        self.changed.emit()

    def _recorded(self, done: Done[None]) -> None:
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.discard()
        self.made.emit(done.changes)
        self.left.emit()

    def _refused(self, error: Exception) -> None:
        form = self.form
        if form is None:
            return
        if isinstance(error, InvalidInputError) and error.field in set(VoiceField):
            form.refuse(error.field, error.flaw)
            return
        if not self._told_elsewhere(error) and self.trouble is not None:
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
