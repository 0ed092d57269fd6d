"""When what was promised rests: the consent that it rested on has stopped.

Nobody writes that down. It follows from the consents on the day, so that it begins when one runs
out at midnight and ends when one covers it again, in every place that asks. A commitment rests

    of                     when, on the day
    an agency              it is not covered, and was since the promise
    the board, the family  nobody else is covered, and somebody was since the promise

What was promised while no consent covered it rested on something else, and goes on. The day before
the promise counts with it: a consent may be taken back at the meeting at which it was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from trygga_desktop.domain.circumstances import Derived, Facts, derive
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.withdrawal import find_covered, first_day_of


class Resting:
    """Answers for one case which commitments rest on a day; what it has found it keeps."""

    def __init__(self, facts: Facts, derived: Derived | None = None) -> None:
        """Take what is known of the case, and what it comes to on the day that is asked first."""
        self._facts = facts
        self._derived = derived
        self._covered: dict[date, frozenset[UUID]] = {}

    def rests(self, commitment: Commitment, *, promised_on: date, on: date) -> bool:
        """Tell whether an open commitment rests on a day; what is over does not."""
        if not self.can_rest(commitment, on=on):
            return False
        first = promised_on - timedelta(days=1)
        return any(self._is_covered(commitment, day) for day in self._days(first, on))

    def can_rest(self, commitment: Commitment, *, on: date) -> bool:
        """Tell whether it rests on a day if it was covered when it was promised."""
        return commitment.state.is_open and not self._is_covered(commitment, on)

    def as_they_stand(
        self, commitments: Iterable[Commitment], promised: Mapping[UUID, date], on: date
    ) -> list[Commitment]:
        """Return commitments with those that rest on a day as such, in their order.

        It is for showing alone, and is never stored. One of which nobody knows since when it was
        promised stays as it is.
        """
        return [
            _resting(one, on)
            if one.id in promised and self.rests(one, promised_on=promised[one.id], on=on)
            else one
            for one in commitments
        ]

    def _is_covered(self, commitment: Commitment, day: date) -> bool:
        controller = self._facts.controller_id
        others = self._covered_on(day) - {controller}
        organisation = commitment.organisation_id
        return bool(others) if organisation in {None, controller} else organisation in others

    def _covered_on(self, day: date) -> frozenset[UUID]:
        if day not in self._covered:
            known = self._derived
            if known is None or known.given.on != day:
                known = derive(self._facts, day)
            self._covered[day] = find_covered(known.given)
        return self._covered[day]

    def _days(self, first: date, last: date) -> list[date]:
        """Return a day of each stretch in which the same is covered: where one can begin."""
        begins = {first_day_of(one) for one in self._facts.events}
        begins |= {one.since for one in self._facts.parties}
        begins |= {one.until for one in self._facts.parties if one.until is not None}
        return sorted({first} | {day for day in begins if first < day < last})


def _resting(commitment: Commitment, on: date) -> Commitment:
    rests = CommitmentChange(state=CommitmentState.FROZEN, on=on)
    return replace(commitment, changes=(*commitment.changes, rests))
