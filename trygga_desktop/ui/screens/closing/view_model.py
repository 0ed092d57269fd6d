"""State of the end of the work: what is written of it, and asking again after it. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.closing.form import LOOK, ClosingForm, LookForm
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import TextForm

if TYPE_CHECKING:
    from trygga_desktop.services.closing import ClosingView, KeepClosing
    from trygga_desktop.services.later_looks import NoteLaterLook

PATIENCE = 400
"""Milliseconds after which a case that is still being read is told to be."""


class ClosingState(StrEnum):
    """What stands where the page is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class ClosingViewModel(QObject):
    """Reads how the work ends, keeps what is typed, and stores it when asked to.

    `form` is there while something can be written of the end, `look` on a day on which somebody
    asks again; never both. `is_kept` tells that what stands there was just stored.
    """

    changed = Signal()
    left = Signal()
    papers_wanted = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the page
        self,
        case_id: UUID,
        *,
        read_closing: Callable[[UUID], Done[ClosingView]],
        keep_closing: Callable[[KeepClosing], Done[None]],
        note_look: Callable[[NoteLaterLook], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ClosingState.LOADING
        self.found: ClosingView | None = None
        self.form: ClosingForm | None = None
        self.look: LookForm | None = None
        self.is_kept = False
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._read = read_closing
        self._keep_closing = keep_closing
        self._note_look = note_look
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def is_sending(self) -> bool:
        """Return whether what was written is on its way."""
        written = self._written()
        return written is not None and written.is_working

    @Slot()
    def load(self) -> None:
        """Read how the work ends."""
        self._patience.start()
        read, case_id = self._read, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._take, self._fail)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the case is still being read, if nothing stands there yet."""
        if self.state is ClosingState.LOADING:
            self.state = ClosingState.SLOW
            self.changed.emit()

    def keep(self) -> None:
        """Store what is written: of the end, or of how it is on a day after it."""
        form, look = self.form, self.look
        if form is not None and form.may_send:
            command, keep = form.command(self._case_id), self._keep_closing
            self._send(form, lambda: keep(command))
        elif look is not None and look.may_send:
            noted, note = look.command(self._case_id), self._note_look
            self._send(look, lambda: note(noted))

    def throw_away(self) -> None:
        """Put what is typed into the bin, and go back to the case."""
        written = self._written()
        if written is not None and written.is_working:
            return
        if written is not None and written.drafts is not None:
            written.drafts.throw_away()
        self.left.emit()

    def go_back(self) -> None:
        """Go back to the case; what was typed stays where it is."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        written = self._written()
        if written is not None and written.drafts is not None:
            written.drafts.store_now()

    def _written(self) -> TextForm | None:
        return self.look if self.form is None else self.form

    def _send(self, form: TextForm, work: Callable[[], Done[None]]) -> None:
        self.is_kept, self.trouble = False, None
        form.begin()
        self.changed.emit()
        form.put_to_use(self._runner, self, work, self._stored, self._refused)

    def _take(self, found: ClosingView) -> None:
        self._patience.stop()
        self.found, self.state, self.trouble = found, ClosingState.READY, None
        self.form = self.look = None
        if found.may_review:
            self.form = ClosingForm(found, self)
            self._keep_with(self.form, DraftKind.CLOSING)
        elif found.step.phase is Phase.LONG_TERM_FOLLOW_UP and not found.bars:
            still = [one for one in found.looks if one.noted_on is None and not one.is_passed]
            waiting = still[0].due_on if still else None
            if waiting is not None and waiting <= found.today:
                self.look = LookForm(waiting, self)
                self._keep_with(self.look, DraftKind.LATER_LOOK)
        self.changed.emit()

    def _keep_with(self, form: TextForm, kind: DraftKind) -> None:
        place = Place(kind=kind, subject_id=self._case_id, case_id=self._case_id)
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        form.keep_with(drafts)

    def _stored(self, done: Done[None]) -> None:
        self.is_kept = True
        self.made.emit(done.changes)
        self.load()

    def _refused(self, error: Exception) -> None:
        form = self._written()
        if form is None:
            return
        if isinstance(error, InvalidInputError) and error.field == "words":
            fields = [LOOK] if form is self.look else list(form.texts)
            form.refuse(max(fields, key=lambda one: len(form.text_in(one)), default=""), error.flaw)
        elif not self._told_elsewhere(error) and self.trouble is not None:
            form.fail(self.trouble)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.state = ClosingState.FAILED
        self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            written = self._written()
            if written is not None:
                written.is_working = False
            self.failed.emit(self.trouble)
            return True
        return False
