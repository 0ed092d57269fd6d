"""State of a consultation: what was told without names, the two forms, and what tells too much."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.grounds import Mode
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.recognising import Telling, find_telling
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.onlookers import Onlookers, OwnEyes, is_never_mirrored
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.consultation.form import Field, GateForm, TellForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from trygga_desktop.domain.grounds import LegalGround
    from trygga_desktop.services.consultations import Consultation, TellWithoutNames
    from trygga_desktop.services.gates import PassGate
    from trygga_desktop.services.meetings import EndMeeting
    from trygga_desktop.ui.tasks import TaskRunner
    from trygga_desktop.ui.text_form import TextForm

One = TypeVar("One")

PATIENCE = 400
"""Milliseconds after which a case that is still being read is told to be."""


class ConsultationState(StrEnum):
    """What stands where the consultation is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"
    ASKING = "asking"


class ConsultationViewModel(QObject):
    """Reads the case, keeps what is typed, tells it without names, and passes the gate.

    It shows nothing while others may look on, and reads nothing where the only screen may be
    mirrored, before a person has said that nobody else sees it. `is_naming` shows the gate
    instead of what is told. `told_now` follows when something has been told. `left` leads back,
    `named_wanted` names the meeting by name that one goes on with.
    """

    changed = Signal()
    told_now = Signal()
    left = Signal()
    named_wanted = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the page
        self,
        case_id: UUID,
        *,
        read_consultation: Callable[[UUID], Done[Consultation]],
        tell_without_names: Callable[[TellWithoutNames], Done[UUID]],
        pass_gate: Callable[[PassGate], Done[None]],
        end_meeting: Callable[[EndMeeting], Done[None]],
        plan_by_name: Callable[[UUID], Done[UUID]],
        drafts: DraftUses,
        screen_count: Callable[[], int],
        runner: TaskRunner,
        now: Callable[[], datetime],
        is_naming: bool = False,
        may_be_mirrored: Callable[[], bool] = is_never_mirrored,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = ConsultationState.LOADING
        self.found: Consultation | None = None
        self.telling: TellForm | None = None
        self.gate: GateForm | None = None
        self.is_naming = is_naming
        self.trouble: Trouble | None = None
        self._kept: Trouble | None = None
        self._case_id = case_id
        self._read_consultation = read_consultation
        self._tell = tell_without_names
        self._pass = pass_gate
        self._end_meeting = end_meeting
        self._plan_by_name = plan_by_name
        self._is_going_on = False
        self._drafts = drafts
        self._eyes = OwnEyes(screen_count=screen_count, may_be_mirrored=may_be_mirrored)
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def state(self) -> ConsultationState:
        """Return what stands where the consultation is."""
        match self._eyes.onlookers:
            case Onlookers.SOMEBODY:
                return ConsultationState.MORE_SCREENS
            case Onlookers.PERHAPS:
                return ConsultationState.ASKING
            case _:
                return self._state

    @property
    def asks_who_looks_on(self) -> bool:
        """Tell whether a person has yet to say who sees the screen."""
        return self._eyes.lacks_answer

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """Return what in the text may point somebody out: a warning, and nothing more."""
        if self.found is None or self.telling is None:
            return ()
        return find_telling(self.telling.text_in(Field.TEXT), self.found.known)

    @property
    def is_sending(self) -> bool:
        """Return whether one of the forms is on its way."""
        return any(one is not None and one.is_working for one in (self.telling, self.gate))

    @Slot()
    def load(self) -> None:
        """Read the case, unless somebody else may look on."""
        self._read()

    def nobody_looks_on(self) -> None:
        """Take the answer that nobody else sees the screen, and show the case."""
        if self.state is ConsultationState.ASKING:
            self._eyes.nobody_looks_on()
            self._read()
            self.changed.emit()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if somebody else changed what is shown."""
        shown = (changes.cases, changes.items, changes.parties, changes.consents, changes.meetings)
        if any(shown) and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read, if nothing stands there yet."""
        if self._state is ConsultationState.LOADING:
            self._enter(ConsultationState.SLOW)

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes; when it has gone it may be mirrored."""
        self._eyes.screens_changed()
        self.changed.emit()

    def go_to_gate(self, ground: LegalGround | None = None) -> None:
        """Show the gate, with a ground chosen if there is one."""
        if self.gate is not None and ground is not None:
            self.gate.choose_ground(ground)
        self.leave()
        self.is_naming = True
        self.changed.emit()

    def go_by_consent(self) -> None:
        """Show the gate for a name that may be told by consent."""
        grounds = () if self.found is None else self.found.grounds
        self.go_to_gate(next((one for one in grounds if one.mode is Mode.CONSENT), None))

    def go_by_law(self) -> None:
        """Show the gate for a name that may be told on another ground, still to be chosen."""
        if self.gate is not None and self.gate.ground is not None:
            is_consent = self.gate.ground.mode is Mode.CONSENT
            self.gate.choose_ground(None if is_consent else self.gate.ground)
        self.go_to_gate()

    def tell(self) -> None:
        """Tell what stands there to everyone around the table."""
        form = self.telling
        if self.state is not ConsultationState.READY:
            return
        if form is None or form.trial is None or form.origin is None or not form.may_send:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consultations import TellWithoutNames  # noqa: PLC0415
        from trygga_desktop.services.entries import EntryKind  # noqa: PLC0415  as above

        command = TellWithoutNames(
            case_id=self._case_id,
            origin_id=form.origin,
            category=form.category,
            text=form.tidy(Field.TEXT),
            answers=form.answers(form.trial),
            decided_by=form.tidy(Field.DECIDED_BY),
            motive=form.tidy(Field.MOTIVE),
            kind=EntryKind.DECISION if form.is_decision else EntryKind.STATEMENT,
        )
        tell = self._tell
        self._send(form, lambda: tell(command), self._told)

    def pass_gate(self) -> None:
        """Record why the case goes by name from now on."""
        form = self.gate
        if self.state is not ConsultationState.READY:
            return
        if form is None or form.ground is None or form.day is None or not form.may_send:
            return
        from trygga_desktop.services.cases import NewPerson  # noqa: PLC0415  as above
        from trygga_desktop.services.gates import PassGate  # noqa: PLC0415  as above

        person = NewPerson(
            given_name=form.tidy(Field.GIVEN_NAME),
            family_name=form.tidy(Field.FAMILY_NAME),
            birth_date=form.born,
        )
        command = PassGate(
            case_id=self._case_id,
            own_agency=form.tidy(Field.OWN_AGENCY),
            threshold=form.threshold,
            recipients=form.recipients,
            ground=form.ground.code,
            answers=form.answers(form.ground),
            decided_by=form.tidy(Field.DECIDED_BY),
            motive=form.tidy(Field.MOTIVE),
            on=form.day,
            person=person if form.needs_name else None,
        )
        pass_gate = self._pass
        self._send(form, lambda: pass_gate(command), self._passed)

    @property
    def may_go_on(self) -> bool:
        """Return whether a meeting by name can go on where the conversation ended, or is to end."""
        found = self.found
        is_known = found is not None and found.goes_on_from is not None
        return is_known and not self._is_going_on and self.state is ConsultationState.READY

    def go_on_by_name(self) -> None:
        """End the conversation if it still goes on, and go to a meeting by name."""
        found = self.found
        if found is None or found.goes_on_from is None or not self.may_go_on:
            return
        from trygga_desktop.services.meetings import EndMeeting  # noqa: PLC0415  as above

        meeting_id, ends = found.goes_on_from, found.still_without_names
        end, plan = self._end_meeting, self._plan_by_name

        def work() -> Done[UUID]:
            if ends:
                end(EndMeeting(meeting_id=meeting_id))
            return plan(meeting_id)

        self.leave()
        self._is_going_on, self.trouble = True, None
        self.changed.emit()
        self._runner.run(self, work, self._goes_on, self._not_gone_on)

    def _goes_on(self, done: Done[UUID]) -> None:
        self._is_going_on = False
        self.made.emit(done.changes)
        self.named_wanted.emit(done.value)

    def _not_gone_on(self, error: Exception) -> None:
        self._is_going_on = False
        if not self._told_elsewhere(error):
            # The conversation may have ended for all that.
            self.made.emit(Changes(meetings=True))
            self._kept = self.trouble
            self._read()

    def go_back(self) -> None:
        """Go from the gate to the conversation, and from there back; what is typed stays."""
        self.leave()
        if self.is_naming:
            self.is_naming = False
            self.changed.emit()
        else:
            self.left.emit()

    def leave(self) -> None:
        """Store what is typed at once: the page is left, or the vault is being locked."""
        for form in (self.telling, self.gate):
            if form is not None and form.drafts is not None:
                form.drafts.store_now()

    def _send(
        self, form: TextForm, work: Callable[[], Done[One]], then: Callable[[Done[One]], None]
    ) -> None:
        self.trouble = None
        form.begin()
        self.changed.emit()
        form.put_to_use(self._runner, self, work, then, self._refused)

    def _told(self, done: Done[UUID]) -> None:
        # A new form: nothing of what was told is left to be told once more.
        self.telling = self._new_telling()
        self.made.emit(done.changes)
        self._read()
        self.told_now.emit()

    def _passed(self, done: Done[None]) -> None:
        self.is_naming = False
        self.made.emit(done.changes)
        meeting = None if self.found is None else self.found.meeting
        if meeting is not None and meeting.state is MeetingState.RUNNING:
            # The table goes on without names; how one goes on by name stands here.
            self._read()
        else:
            self.left.emit()

    def _read(self) -> None:
        if self.state is ConsultationState.ASKING:
            return
        if self._state is not ConsultationState.READY:
            self._enter(ConsultationState.LOADING)
        self._patience.start()
        read, case_id = self._read_consultation, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._take, self._fail)

    def _take(self, found: Consultation) -> None:
        self._patience.stop()
        self.found, self.trouble, self._kept = found, self._kept, None
        if self.telling is None or self.gate is None:
            self.telling = self._new_telling()
            self.gate = GateForm(needs_name=not found.has_name, today=found.today)
            self.gate.setParent(self)
            grounds = {one.code: one for one in found.grounds}
            self.gate.find_ground = grounds.get
            self._keep(self.gate, DraftKind.GATE)
        if not found.is_without_names:
            self.is_naming = False
        self._enter(ConsultationState.READY)

    def _new_telling(self) -> TellForm:
        form = TellForm(None if self.found is None else self.found.trial)
        form.setParent(self)
        self._keep(form, DraftKind.TELLING)
        return form

    def _keep(self, form: TextForm, kind: DraftKind) -> None:
        place = Place(kind=kind, subject_id=self._case_id, case_id=self._case_id)
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        form.keep_with(drafts)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # What can no longer be read must not stay on the screen.
        self.found = None
        self._enter(ConsultationState.FAILED)

    def _refused(self, error: Exception) -> None:
        form: TextForm | None = self.gate if self.is_naming else self.telling
        if form is None:
            return
        if isinstance(error, InvalidInputError):
            form.refuse(error.field, error.flaw)
            self.changed.emit()
            return
        if not self._told_elsewhere(error) and self.trouble is not None:
            form.fail(self.trouble)
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: ConsultationState) -> None:
        self._state = state
        self.changed.emit()
