"""Finds what is due over all cases, from what stands beside the ciphertexts alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import merge
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, or_, select, tuple_

from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.follow_up import Stop, Why
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.storage.records.cases import CaseRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord, MeetingRecord
from trygga_desktop.storage.stores.case_rows import NEVER, CaseRows
from trygga_desktop.storage.stores.compartments import Compartments

# What rests waits for a consent: nobody can do anything about it now.
_WAITING = frozenset({CommitmentState.FROZEN})
# So many cases are asked for by their ids.
_FEW = 500
_OPEN = sorted(one.value for one in CommitmentState if one.is_open and one not in _WAITING)
_COLUMNS = {Why.DUE: CommitmentRecord.due_on, Why.ASK: CommitmentRecord.ask_on}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """A day of an open commitment: the last one, or that on which one asks how it goes."""

    case_id: UUID
    commitment: Commitment
    on: date
    why: Why

    @property
    def stop(self) -> Stop:
        """Return where it stands in a list."""
        return Stop(self.on, self.commitment.id, self.why)


class Due:
    """Knows what is to be done in every case that our keyring opens and that is not over.

    A row from before the day of asking stood beside the ciphertext is opened whenever that day is
    asked for: there are such until whoever opens its case has unlocked the vault.
    """

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        commitments: CaseRows[Commitment],
        meetings: CaseRows[Meeting],
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._commitments = commitments
        self._meetings = meetings

    def days(
        self,
        first: date,
        last: date,
        *,
        after: Stop | None = None,
        within: Collection[UUID] | None = None,
    ) -> Iterator[DueDay]:
        """Yield each day of an open commitment that lies between two days, in their order.

        With `after`, only what stands behind that one; with `within`, only that of these cases.
        """
        where: list[ColumnElement[bool]] = []
        if within is not None and len(within) <= _FEW:
            where = [CommitmentRecord.case_id.in_(sorted(within))]
        found = merge(
            *(self._in_order(why, first, last, after, where) for why in Why),
            self._from_before(first, last, after),
            key=lambda one: one.stop,
        )
        yield from (one for one in found if within is None or one.case_id in within)

    def counts(self, days: Collection[tuple[date, date]]) -> tuple[int, ...]:
        """Return how many days of open commitments lie within each of these pairs of days."""
        row = CommitmentRecord
        # Not among the conditions: there SQLite would look up one case after the other.
        ours = self._compartments.opened_cases(CompartmentKind.CASE)
        cases = select(row.case_id).distinct().subquery()
        others = self._connection.scalar(select(exists().where(cases.c.case_id.not_in(ours))))
        # Asked once of each case where all are ours: asked of each row it takes most of the time.
        how_many = (
            func.count(case((row.case_id.in_(ours), row.case_id))) if others else func.count()
        )
        by_day: dict[date, int] = defaultdict(int)
        for why in Why:
            day = _COLUMNS[why]
            counted = self._connection.execute(
                select(day, how_many).where(*_still_to_do(), *_is_a_day(why)).group_by(day)
            )
            for on, count in counted:
                if on is not None:
                    by_day[on] += count
        for one in self._from_before(date.min, NEVER, None):
            by_day[one.on] += 1
        return tuple(
            sum(count for day, count in by_day.items() if first <= day <= last)
            for first, last in days
        )

    def waiting(self, until: date) -> Mapping[UUID, Mapping[Why, date]]:
        """Return for each case the first day of each kind that has come by a day."""
        row = CommitmentRecord
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        found: dict[UUID, dict[Why, date]] = defaultdict(dict)
        for why in Why:
            day = _COLUMNS[why]
            rows = self._connection.execute(
                select(row.case_id, func.min(day))
                .where(*_still_to_do(), day <= until)
                .group_by(row.case_id)
            )
            for case_id, first in rows:
                if case_id in keys.cases and first is not None:
                    found[case_id][why] = first
        for one in self._from_before(date.min, until, None):
            of_case = found[one.case_id]
            of_case[one.why] = min(one.on, of_case.get(one.why, one.on))
        return found

    def waiting_in(self, case_id: UUID, until: date) -> Iterator[DueDay]:
        """Yield the days of the open commitments of a case that have come by a day."""
        for one, _ in self._commitments.of_case(case_id):
            if one.state.is_open and one.state not in _WAITING:
                yield from _days_of(case_id, one, date.min, until)

    def _in_order(
        self,
        why: Why,
        first: date,
        last: date,
        after: Stop | None,
        within: Collection[ColumnElement[bool]],
    ) -> Iterator[DueDay]:
        day, row = _COLUMNS[why], CommitmentRecord
        where = [*_still_to_do(), *_is_a_day(why), day >= first, day <= last, *within]
        if after is not None:
            behind, here = tuple_(day, row.id), (after.on, after.id)
            where.append(behind >= here if why > after.why else behind > here)
        order: list[ColumnElement[Any]] = [day.expression, row.id.expression]
        for case_id, one in self._commitments.over_cases(*where, order_by=order):
            on = one.due if why is Why.DUE else one.ask_on
            if on is not None:
                yield DueDay(case_id=case_id, commitment=one, on=on, why=why)

    def _from_before(self, first: date, last: date, after: Stop | None) -> Iterator[DueDay]:
        """Yield in their order the days of asking that do not stand beside the ciphertext yet."""
        row = CommitmentRecord
        lacking = [*_still_to_do(), row.ask_on.is_(None)]
        if not self._connection.scalar(select(exists().where(*lacking))):
            return
        # Those of other people's cases lack it until these have unlocked, and can be very many.
        is_ours = row.case_id.in_(self._compartments.opened_cases(CompartmentKind.CASE))
        found = self._commitments.over_cases(
            *lacking, case((is_ours, 1), else_=0) == 1, order_by=[row.id.expression]
        )
        days = [
            day
            for case_id, one in found
            for day in _days_of(case_id, one, first, last)
            if day.why is Why.ASK and (after is None or day.stop > after)
        ]
        yield from sorted(days, key=lambda one: one.stop)

    def raisable(self, today: date) -> Iterator[tuple[UUID, Commitment]]:
        """Yield the open ones that can be late by now, or were at a meeting, each with its case.

        A case without any meeting, whose head nobody has changed since it was opened, has none: it
        never came into the acute lane. What was never changed is not late before its last day.
        """
        row = CommitmentRecord
        can_be = or_(row.due_on <= today, row.row_version > 1)
        yield from self._commitments.over_cases(
            *_still_to_do(),
            row.case_id.in_(_moved_on()),
            can_be,
            order_by=[row.case_id.expression],
            is_whole=True,
        )

    def meetings(self, case_ids: Collection[UUID]) -> Iterator[tuple[UUID, Meeting]]:
        """Yield the meetings of these cases, each with its case."""
        row = MeetingRecord
        wanted = frozenset(case_ids)
        found = self._meetings.over_cases(
            row.case_id.in_(wanted if len(wanted) <= _FEW else _moved_on()),
            order_by=[row.case_id.expression],
            is_whole=True,
        )
        yield from (one for one in found if one[0] in wanted)


def _moved_on() -> Select[UUID]:
    """Return the statement that finds the cases in which more was done than opening them."""
    met = select(MeetingRecord.case_id)
    return select(CaseRecord.id).where(or_(CaseRecord.row_version > 1, CaseRecord.id.in_(met)))


def _still_to_do() -> list[ColumnElement[bool]]:
    over = select(CaseRecord.id).where(CaseRecord.phase.in_(sorted(OVER)))
    return [CommitmentRecord.state.in_(_OPEN), CommitmentRecord.case_id.not_in(over)]


def _is_a_day(why: Why) -> list[ColumnElement[bool]]:
    """Return what a day fulfils that somebody has to think of."""
    return [CommitmentRecord.ask_on < NEVER] if why is Why.ASK else []


def _days_of(case_id: UUID, one: Commitment, first: date, last: date) -> Iterator[DueDay]:
    for why, on in ((Why.DUE, one.due), (Why.ASK, one.ask_on)):
        if on is not None and first <= on <= last:
            yield DueDay(case_id=case_id, commitment=one, on=on, why=why)
