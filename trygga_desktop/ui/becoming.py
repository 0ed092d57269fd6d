"""State of what is told in more words of a commitment: a reason, another day, what came instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.plan import LONGEST_LINE, Until
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day, read_until
from trygga_desktop.ui.typed import Chosen, code_in, codes_of, id_in, one_of

if TYPE_CHECKING:
    from trygga_desktop.domain.catalogue import Catalogue
    from trygga_desktop.domain.outcomes import StatusReason
    from trygga_desktop.services.entries import ChangeCommitment


class BecameField(StrEnum):
    """What is told, in reading order; the values are those that the use case names."""

    REASON = "reason"
    SUCCESSOR = "successor"
    NEW_DUE = "new_due"
    HAPPENED_ON = "happened_on"
    TOLD_BY = "told_by"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A commitment to tell of, or that another became; `hour` is that of its last day, if any."""

    id: UUID
    words: str
    who: str
    due: date
    state: CommitmentState
    hour: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What can be told of, and by whom: places in the case with their names.

    Where it `goes_by_hours` another last day can have an hour.
    """

    promised: tuple[Promised, ...]
    people: tuple[tuple[UUID, str], ...]
    catalogue: Catalogue
    today: date
    goes_by_hours: bool = False


STATES = tuple(one for one in CommitmentState if one is not CommitmentState.FROZEN)
"""What a person can say; what rests for a consent nobody says."""

_STATE = "state"


class BecameForm(TextForm):
    """What became of one commitment: each state asks for what belongs to it."""

    def __init__(
        self, about: Promised, told: Told, *, evidence: str = "", parent: QObject | None = None
    ) -> None:
        super().__init__({BecameField.EVIDENCE: evidence}, parent)
        self.about = about
        self.told = told
        known = about.state in STATES
        self.state: CommitmentState = about.state if known else CommitmentState.NOT_STARTED
        self.reason = ""
        self.successor: UUID | None = None
        self.told_by: UUID | None = None
        self._as_it_stands = replace(self.typed(), texts={BecameField.EVIDENCE: ""})

    @property
    def successors(self) -> tuple[Promised, ...]:
        """Return the open commitments that it can have become."""
        return tuple(
            one for one in self.told.promised if one.id != self.about.id and one.state.is_open
        )

    @property
    def reasons(self) -> tuple[StatusReason, ...]:
        """Return the reasons that fit: of its own kind, or for being late, any but a change."""
        catalogue = self.told.catalogue
        if catalogue.status(self.state).needs_reason:
            return catalogue.reasons_for(self.state)
        late = (CommitmentState.NOT_POSSIBLE, CommitmentState.NOT_DONE)
        return tuple(reason for one in late for reason in catalogue.reasons_for(one))

    @property
    def asks(self) -> frozenset[BecameField]:
        """Return what is asked of this state."""
        asked = {BecameField.REASON, BecameField.TOLD_BY, BecameField.EVIDENCE}
        if self.state.is_open:
            return frozenset({*asked, BecameField.NEW_DUE})
        if self.state is CommitmentState.CHANGED:
            asked.add(BecameField.SUCCESSOR)
        return frozenset({*asked, BecameField.HAPPENED_ON})

    @property
    def needs_reason(self) -> bool:
        """Tell whether there must be a reason: for another day, too."""
        is_moved = self.state.is_open and bool(self.tidy(BecameField.NEW_DUE))
        return is_moved or self.told.catalogue.status(self.state).needs_reason

    @property
    def missing(self) -> tuple[BecameField, ...]:
        """Return what keeps it from being noted, in reading order."""
        wrong: set[str] = {one for one in BecameField if self.day_flaw(one) is not None}
        wrong |= set(self.refused)
        if self.needs_reason and not self.reason:
            wrong.add(BecameField.REASON)
        if self.successor is None:
            wrong.add(BecameField.SUCCESSOR)
        if len(self.tidy(BecameField.EVIDENCE)) > LONGEST_LINE:
            wrong.add(BecameField.EVIDENCE)
        return tuple(one for one in BecameField if one in wrong and one in self.asks)

    @property
    def may_send(self) -> bool:
        """Return whether there is something to note, and nothing missing."""
        return super().may_send and self.typed() != self._as_it_stands

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        if field not in {BecameField.NEW_DUE, BecameField.HAPPENED_ON} or not self.tidy(field):
            return None
        found = self.until(field)
        if isinstance(found, DayFlaw):
            return found
        day, _ = found
        is_ahead = field == BecameField.HAPPENED_ON and day > self.told.today
        return DayFlaw.IN_THE_FUTURE if is_ahead else None

    def until(self, field: str) -> tuple[date, time | None] | DayFlaw:
        """Return the day that stands in a field, and its hour where it can have one."""
        if field == BecameField.NEW_DUE and self.told.goes_by_hours:
            return read_until(self.tidy(field))
        day = read_day(self.tidy(field))
        return day if isinstance(day, DayFlaw) else (day, None)

    def choose_state(self, state: object) -> None:
        """Say how it stands; a reason of another state goes."""
        self.state = CommitmentState(str(state))
        if self.reason not in {one.code for one in self.reasons}:
            self.reason = ""
        self.replaced.emit()
        self.changed.emit()

    def choose_reason(self, code: object) -> None:
        """Say why."""
        self.reason = str(code or "")
        self._choose(BecameField.REASON)

    def choose_successor(self, commitment_id: object) -> None:
        """Say what came in its place."""
        self.successor = commitment_id if isinstance(commitment_id, UUID) else None
        self._choose(BecameField.SUCCESSOR)

    def choose_teller(self, party_id: object) -> None:
        """Say who told it."""
        self.told_by = party_id if isinstance(party_id, UUID) else None
        self._choose(BecameField.TOLD_BY)

    def chosen(self) -> Chosen:
        """Return what is chosen beside the texts."""
        return {
            _STATE: (self.state,),
            BecameField.REASON: codes_of(self.reason or None),
            BecameField.SUCCESSOR: codes_of(self.successor),
            BecameField.TOLD_BY: codes_of(self.told_by),
        }

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as there still is such a choice."""
        state = code_in(chosen, _STATE, CommitmentState, self.state)
        self.state = state if state in STATES else self.state
        reason = one_of(chosen, BecameField.REASON)
        self.reason = reason if reason in {one.code for one in self.reasons} else ""
        successor = id_in(chosen, BecameField.SUCCESSOR)
        self.successor = successor if successor in {one.id for one in self.successors} else None
        teller = id_in(chosen, BecameField.TOLD_BY)
        self.told_by = teller if teller in dict(self.told.people) else None

    def command(self, case_id: UUID) -> ChangeCommitment | None:
        """Return what is noted, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.entries import ChangeCommitment  # noqa: PLC0415

        if not self.may_send:
            return None
        asks = self.asks
        new_due, new_due_at = self._until(BecameField.NEW_DUE)
        happened_on, _ = self._until(BecameField.HAPPENED_ON)
        return ChangeCommitment(
            case_id=case_id,
            commitment_id=self.about.id,
            state=self.state,
            reason=self.reason,
            new_due=new_due,
            new_due_at=new_due_at,
            successor_id=self.successor if BecameField.SUCCESSOR in asks else None,
            evidence=self.tidy(BecameField.EVIDENCE),
            happened_on=happened_on,
            told_by=self.told_by,
        )

    def _choose(self, field: BecameField) -> None:
        self.refused.pop(field, None)
        self.changed.emit()

    def _until(self, field: BecameField) -> Until:
        """Return the day in a field that is asked for, and its hour."""
        found = self.until(field)
        return (None, None) if isinstance(found, DayFlaw) or field not in self.asks else found


class Becoming(QObject):
    """Opens the form for one commitment of a case, and notes what it says.

    `changed` follows when another form stands there or none, `made` when something was noted.
    `told` is what can be told of; until it was read nothing opens, and what was `wanted` does then.
    `noted` is the commitment of which something was noted last.
    """

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a form stands on
        self,
        case_id: UUID,
        *,
        change_commitment: Callable[[ChangeCommitment], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        wanted: UUID | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form: BecameForm | None = None
        self.told: Told | None = None
        self.noted: UUID | None = None
        self._wanted = wanted
        self._case_id = case_id
        self._change = change_commitment
        self._drafts = drafts
        self._runner = runner
        self._now = now

    def offer(self, told: Told | None) -> None:
        """Take what was read; a form about what is not there any more goes."""
        self.told = told
        if told is None:
            return
        there = {one.id for one in told.promised}
        if self.form is not None:
            if self.form.about.id in there:
                self.form.told = told
            else:
                self._put_away()
        if self._wanted in there:
            self.open(self._wanted)
        self._wanted = None

    def open(self, commitment_id: UUID, *, evidence: str = "") -> None:
        """Ask what became of one, with what an earlier visit left."""
        promised = () if self.told is None else self.told.promised
        about = next((one for one in promised if one.id == commitment_id), None)
        if about is None or self.told is None:
            return
        if self.form is not None:
            if self.form.about.id == commitment_id or self.form.is_working:
                return
            self.leave()
        self.form = BecameForm(about, self.told, evidence=evidence, parent=self)
        place = Place(kind=DraftKind.BECAME, subject_id=commitment_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)
        self.changed.emit()

    def close(self) -> None:
        """Leave it as it is; what was typed goes into the bin."""
        form = self.form
        if form is None or form.is_working:
            return
        if form.drafts is not None:
            form.drafts.throw_away()
        self._put_away()

    def send(self) -> None:
        """Note it."""
        form = self.form
        command = None if form is None else form.command(self._case_id)
        if form is None or command is None:
            return
        form.begin()
        change = self._change
        form.put_to_use(self._runner, self, lambda: change(command), self._noted, self._refused)

    def leave(self) -> None:
        """Store what is typed at once."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def _put_away(self) -> None:
        self.form = None
        self.changed.emit()

    def _noted(self, done: Done[None]) -> None:
        self.noted = None if self.form is None else self.form.about.id
        self._put_away()
        self.made.emit(done.changes)

    def _refused(self, error: Exception) -> None:
        form = self.form
        if form is None:
            return
        # The hour stands in the field of its day.
        fields = {str(one): one for one in BecameField} | {"new_due_at": BecameField.NEW_DUE}
        if isinstance(error, InvalidInputError) and error.field in fields:
            form.refuse(fields[error.field], error.flaw)
            return
        trouble = read_error(error)
        form.fail(trouble)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
