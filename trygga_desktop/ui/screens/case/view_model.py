"""State of one case at a glance, and of the note being written about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.phrases import Phrases
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.case.phase import PhaseForm
from trygga_desktop.ui.screens.case.stage import StageForm
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.services.audience import ShownItem
    from trygga_desktop.services.case_files import CaseFile, WriteNote
    from trygga_desktop.services.lanes import ChangeStage, RecordContact
    from trygga_desktop.services.overview import CaseOverview, ChangePhase

PATIENCE = 400
"""Milliseconds after which a case that is still being opened is told to be."""

REVEALED_FOR = 30_000
"""Milliseconds for which protected details stay on the screen."""

NOTES_AT_FIRST = 3
"""More would push what stands below them off the page."""

NOTES_AT_A_TIME = 20
"""More would be slow to read for a screen reader, and to lay out."""


class CaseState(StrEnum):
    """What stands where the case is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class CaseViewModel(QObject):
    """Reads a case, hides protected details again, and keeps a note until it is added.

    `note_replaced` follows when the note holds something else than what was typed into it.
    `tab_chosen` carries a `CaseTab`, `meeting_chosen` the id of a meeting. `resume` is where
    something was being typed when the page was left.
    """

    changed = Signal()
    note_replaced = Signal()
    left = Signal()
    tab_chosen = Signal(object)
    plan_wanted = Signal()
    consultation_wanted = Signal()
    log_wanted = Signal()
    closing_wanted = Signal()
    details_wanted = Signal(object)
    agreement_wanted = Signal()
    meeting_chosen = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of a case
        self,
        case_id: UUID,
        *,
        read_case: Callable[[UUID], Done[CaseFile]],
        read_overview: Callable[[UUID], Done[CaseOverview]],
        write_note: Callable[[WriteNote], Done[UUID]],
        change_phase: Callable[[ChangePhase], Done[None]],
        change_stage: Callable[[ChangeStage], Done[None]],
        record_contact: Callable[[RecordContact], Done[None]],
        drafts: DraftUses,
        screen_count: Callable[[], int],
        runner: TaskRunner,
        now: Callable[[], datetime],
        resume: Place | None = None,
        phrases: Callable[[], Phrases] = Phrases,
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.phrases = phrases
        self.state = CaseState.LOADING
        self.file: CaseFile | None = None
        self.overview: CaseOverview | None = None
        self.note = ""
        self.trouble: Trouble | None = None
        self.is_adding = False
        self.is_revealed = False
        place = Place(kind=DraftKind.NOTE, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, new_id=new_id, parent=self)
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self.phase = PhaseForm(
            case_id,
            change_phase=change_phase,
            drafts=drafts,
            runner=runner,
            now=now,
            parent=self,
        )
        self.phase.moved.connect(self._take_change)
        self.phase.failed.connect(self.failed)
        self.stage = StageForm(
            case_id,
            change_stage=change_stage,
            record_contact=record_contact,
            drafts=drafts,
            runner=runner,
            now=now,
            parent=self,
        )
        self.stage.moved.connect(self._take_change)
        self.stage.failed.connect(self.failed)
        self._case_id = case_id
        self._read_case = read_case
        self._read_overview = read_overview
        self._write_note = write_note
        self._screen_count = screen_count
        self._runner = runner
        self._now = now
        self._resume = resume
        self._notes_wanted = NOTES_AT_FIRST
        self._patience = _timer(self, PATIENCE, self.lose_patience)
        self._reveal_time = _timer(self, REVEALED_FOR, self.hide_details)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def may_reveal(self) -> bool:
        """Return whether protected details may be shown: nobody else can look on."""
        return self._screen_count() <= 1

    @property
    def may_add(self) -> bool:
        """Return whether there is a note to add."""
        return bool(self.note.strip()) and not self.is_adding and self.file is not None

    @property
    def may_plan(self) -> bool:
        """Return whether the card offers to plan a meeting: none is, and the case goes on."""
        overview = self.overview
        if overview is None or overview.next_meeting is not None:
            return False
        return overview.step.phase is not Phase.CLOSED

    @property
    def notes(self) -> tuple[ShownItem, ...]:
        """Return the notes to show, the newest first."""
        if self.file is None:
            return ()
        return self.file.notes[::-1][: self._notes_wanted]

    @property
    def has_older_notes(self) -> bool:
        """Return whether there are more notes than are shown."""
        return self.file is not None and len(self.file.notes) > self._notes_wanted

    @Slot()
    def load(self) -> None:
        """Read the case, and bring back the note an earlier visit left."""
        self._read()
        self.drafts.look_for_earlier()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something a case shows."""
        shown = (
            changes.cases,
            changes.items,
            changes.parties,
            changes.consents,
            changes.meetings,
            changes.directory,
        )
        if any(shown) and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the case is still being opened, if nothing stands there yet."""
        if self.state is CaseState.LOADING:
            self._enter(CaseState.SLOW)

    def type_note(self, text: str) -> None:
        """Take what stands in the note."""
        if text == self.note:
            return
        self.note = text
        self.drafts.keep(text if text.strip() else "")
        self.changed.emit()

    @property
    def is_sending(self) -> bool:
        """Return whether a note, a phase or a stage is on its way."""
        return self.is_adding or self.phase.is_working or self.stage.is_working

    def add_note(self) -> None:
        """Add the note to those of this case."""
        if not self.may_add:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.case_files import WriteNote  # noqa: PLC0415

        command = WriteNote(case_id=self._case_id, text=self.note.strip())
        self.is_adding, self.trouble = True, None
        self.changed.emit()
        write = self._write_note
        self.drafts.put_to_use(self, lambda: write(command), self._note_added, self._note_refused)

    def show_older_notes(self) -> None:
        """Show some more notes."""
        self._notes_wanted += NOTES_AT_A_TIME
        self.changed.emit()

    def reveal_details(self) -> None:
        """Show what is protected for a short time."""
        if self.may_reveal:
            self.is_revealed = True
            self._reveal_time.start()
            self.changed.emit()

    @Slot()
    def hide_details(self) -> None:
        """Hide what is protected."""
        self._reveal_time.stop()
        if self.is_revealed:
            self.is_revealed = False
            self.changed.emit()

    def screens_changed(self) -> None:
        """Hide what is protected when a screen comes or goes."""
        self.hide_details()
        self.changed.emit()

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()
        self.phase.leave()
        self.stage.leave()

    def go_back(self) -> None:
        """Go back to the cases."""
        self.leave()
        self.left.emit()

    def go_to_tab(self, tab: CaseTab) -> None:
        """Go to another page of the case."""
        self.leave()
        self.tab_chosen.emit(tab)

    def want_plan(self) -> None:
        """Go and plan a meeting, where none is."""
        if self.may_plan:
            self.leave()
            self.plan_wanted.emit()

    def want_log(self) -> None:
        """Go and see who did what in the case."""
        if self.file is not None:
            self.leave()
            self.log_wanted.emit()

    def want_details(self) -> None:
        """Go to who the young person is: names, number, protection."""
        overview = self.overview
        people = () if overview is None else overview.people
        subject = [one for one in people if one.party.role is PartyRole.SUBJECT_PERSON]
        if subject:
            self.leave()
            self.details_wanted.emit(subject[0].party.id)

    def want_closing(self) -> None:
        """Go and write how the work ends, or see how it did."""
        if self.file is not None:
            self.leave()
            self.closing_wanted.emit()

    def want_agreement(self) -> None:
        """Go to the agreement with the young person, where the programme makes one."""
        if self.makes_agreement:
            self.leave()
            self.agreement_wanted.emit()

    @property
    def makes_agreement(self) -> bool:
        """Return whether the programme makes an agreement with the young person."""
        programme = None if self.overview is None else self.overview.programme
        return programme is not None and programme.agreement_with_person

    def open_meeting(self) -> None:
        """Go to the next meeting, if there is one."""
        if self.overview is not None and self.overview.next_meeting is not None:
            self.leave()
            self.meeting_chosen.emit(self.overview.next_meeting.id)

    def _read(self) -> None:
        if self.state is not CaseState.READY:
            self._enter(CaseState.LOADING)
        self._patience.start()
        read, look, case_id = self._read_case, self._read_overview, self._case_id
        self._runner.run(self, lambda: (read(case_id), look(case_id)), self._loaded, self._fail)

    def _loaded(self, both: tuple[Done[CaseFile], Done[CaseOverview]]) -> None:
        self._patience.stop()
        file, overview = both
        self.file, self.overview = file.value, overview.value
        self._enter(CaseState.READY)
        self.phase.offer(self.overview)
        if self._resume is not None and self._resume.kind is DraftKind.PHASE:
            self._resume = None
            self.phase.open()
        self.stage.offer(self.overview)
        if self._resume is not None and self._resume.kind is DraftKind.STAGE:
            self._resume = None
            self.stage.open()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # A case that can no longer be read must not stay on the screen.
        self.file = self.overview = None
        self.phase.offer(None)
        self.stage.offer(None)
        self._enter(CaseState.FAILED)

    def _take_change(self, changes: Changes) -> None:
        self.made.emit(changes)
        self._read()

    def _note_added(self, done: Done[UUID]) -> None:
        self.is_adding = False
        self.note = ""
        self.note_replaced.emit()
        self.changed.emit()
        self.made.emit(done.changes)
        self._read()

    def _note_refused(self, error: Exception) -> None:
        self.is_adding = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _take_draft(self, text: str) -> None:
        self.note = text
        self.note_replaced.emit()
        self.changed.emit()

    def _enter(self, state: CaseState) -> None:
        self.state = state
        self.changed.emit()


def _timer(owner: QObject, milliseconds: int, then: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
