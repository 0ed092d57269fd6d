"""Commitments: who promised to do something, until when, and how it went."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Self
from uuid import UUID


class CommitmentState(StrEnum):
    """How far a commitment has come. Codes are those of `action_status.toml`."""

    NOT_STARTED = "not_started"
    DOING = "doing"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_DONE = "not_done"
    CHANGED = "changed"
    FROZEN = "frozen"

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self in _OPEN


_OPEN = frozenset({CommitmentState.NOT_STARTED, CommitmentState.DOING, CommitmentState.FROZEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentChange:
    """What became of a commitment on a day; `reason` is a code of `action_status.toml`.

    `successor_id` is the commitment that came in its place. `evidence` is how one knows, in words
    for the operator alone; `new_follow_up` is another day on which it is asked about. `new_due_at`
    is the hour of `new_due`, where one was agreed on. `on` is when it was told; `happened_on` is
    the earlier day on which it came to that, where somebody said so, and `told_by` the place in the
    case of whoever did.
    """

    state: CommitmentState
    on: date
    reason: str = ""
    new_due: date | None = None
    successor_id: UUID | None = None
    evidence: str = ""
    new_follow_up: date | None = None
    new_due_at: time | None = None
    happened_on: date | None = None
    told_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """That somebody, `by`, raised a commitment that was late; `to` is a code of the programme's.

    `at` is aware, in UTC; `words` are for the operator alone.
    """

    at: datetime
    to: str
    by: UUID
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What an action of a meeting promises, beside its words.

    `id` is that of the item whose words it has. `responsible` is who does it, and `party_id` their
    place in the case where it is known. `organisation_id` is whom they speak for; None is a person
    of the family. `due_on` is the last day, `follow_up_on` the day on which one asks how it goes.
    `due_at` is the hour of the last day, where it goes by hours. `raised` tells when it was raised.
    `came_at` is when it came with a packet, aware and in UTC; None is what was promised here.
    """

    id: UUID
    case_id: UUID
    responsible: str
    organisation_id: UUID | None
    due_on: date
    party_id: UUID | None = None
    changes: tuple[CommitmentChange, ...] = ()
    follow_up_on: date | None = None
    due_at: time | None = None
    raised: tuple[Raised, ...] = ()
    came_at: datetime | None = None

    @property
    def state(self) -> CommitmentState:
        """Return how far it has come."""
        return self.changes[-1].state if self.changes else CommitmentState.NOT_STARTED

    @property
    def is_resting(self) -> bool:
        """Tell whether it waits for a consent."""
        return self.state is CommitmentState.FROZEN

    @property
    def due(self) -> date:
        """Return the last day as it was last agreed."""
        moved = [one.new_due for one in self.changes if one.new_due is not None]
        return moved[-1] if moved else self.due_on

    @property
    def hour(self) -> time | None:
        """Return the hour of the last day, None where it has the whole of it."""
        moved = [one for one in self.changes if one.new_due is not None]
        return moved[-1].new_due_at if moved else self.due_at

    @property
    def days(self) -> tuple[tuple[date, time | None], ...]:
        """Return each last day that was agreed on so far and its hour, in the order of that."""
        moved = ((one.new_due, one.new_due_at) for one in self.changes)
        later = ((day, hour) for day, hour in moved if day is not None)
        return ((self.due_on, self.due_at), *later)

    def hour_on(self, day: date | None) -> time | None:
        """Return the hour that was agreed on for a last day, whether that is the last one or not.

        What was agreed on last for a day holds.
        """
        hours = [hour for due, hour in self.days if due == day]
        return hours[-1] if hours else None

    def late_from(self, zone: tzinfo) -> datetime:
        """Return the moment from which it is late: its hour, or else when its last day is over."""
        if self.hour is not None:
            return datetime.combine(self.due, self.hour, zone)
        if self.due == date.max:
            return datetime.combine(self.due, time.max, zone)
        return datetime.combine(self.due + timedelta(days=1), time.min, zone)

    @property
    def follow_up(self) -> date | None:
        """Return the day on which one asks how it goes, as it was last agreed."""
        moved = [one.new_follow_up for one in self.changes if one.new_follow_up is not None]
        return moved[-1] if moved else self.follow_up_on

    @property
    def ask_on(self) -> date | None:
        """Return the day on which one asks how it goes, None where nobody has to ask any more.

        Whatever was told on that day or later has answered.
        """
        day = self.follow_up
        if day is None or not self.state.is_open or any(one.on >= day for one in self.changes):
            return None
        return day

    @property
    def evidence(self) -> str:
        """Return what was last noted on how one knows."""
        noted = [one.evidence for one in self.changes if one.evidence]
        return noted[-1] if noted else ""

    @property
    def ended_on(self) -> date | None:
        """Return the day on which there was nothing to do any more, None while there is."""
        if not self.changes or self.state.is_open:
            return None
        return self.changes[-1].happened_on or self.changes[-1].on

    def as_of(self, day: date) -> Self:
        """Return it as it was when that day was over."""
        return replace(self, changes=tuple(one for one in self.changes if one.on <= day))

    def is_late_on(self, day: date) -> bool:
        """Tell whether the last day has passed with something to do that does not rest."""
        return self.state.is_open and not self.is_resting and self.due < day

    def waits_for_word_on(self, day: date) -> bool:
        """Tell whether the day on which one asks has come, and nothing was told since it came."""
        return self.ask_on is not None and self.ask_on <= day and not self.is_resting

    def was_open_on(self, day: date) -> bool:
        """Tell whether it was still to be done on a day, before that day's changes."""
        before = [one for one in self.changes if one.on < day]
        return not before or before[-1].state.is_open

    def has_ended_since(self, met_on: date | None) -> bool:
        """Tell whether how it ended was told after the meeting of a day; None is since it was made.

        What was told on that day was heard there if it still was to be done when the day began.
        """
        if not self.changes or self.state.is_open:
            return False
        heard: list[CommitmentChange] = []
        if met_on is not None:
            is_heard = self.was_open_on(met_on)
            heard = [one for one in self.changes if one.on < met_on + timedelta(days=is_heard)]
        last = self.changes[-1]
        return not heard or (heard[-1].state, heard[-1].reason) != (last.state, last.reason)
