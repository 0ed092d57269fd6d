"""Finds what is due over all cases, from what stands beside the ciphertexts alone."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select, tuple_

from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.storage.records.cases import CaseRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord, MeetingRecord
from trygga_desktop.storage.stores.case_rows import CaseRows
from trygga_desktop.storage.stores.compartments import Compartments

# What rests waits for a consent: nobody can do anything about it now.
_WAITING = frozenset({CommitmentState.FROZEN})
# So many cases are asked for by their ids.
_FEW = 500
_OPEN = sorted(one.value for one in CommitmentState if one.is_open and one not in _WAITING)


class Due:
    """Knows what is to be done in every case that our keyring opens and that is not over."""

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

    def between(
        self, first: date, last: date, *, after: tuple[date, UUID] | None = None
    ) -> Iterator[tuple[UUID, Commitment]]:
        """Yield the open ones whose last day lies between two days, each with its case.

        They come in the order of their last days; with `after`, only those behind this one.
        """
        row = CommitmentRecord
        where = [*_still_to_do(), row.due_on >= first, row.due_on <= last]
        if after is not None:
            where.append(tuple_(row.due_on, row.id) > after)
        order: list[ColumnElement[Any]] = [row.due_on.expression, row.id.expression]
        yield from self._commitments.over_cases(*where, order_by=order)

    def counts(self, days: Collection[tuple[date, date]]) -> tuple[int, ...]:
        """Return how many open ones have their last day within each of these pairs of days."""
        row = CommitmentRecord
        # Not among the conditions: there SQLite would look up one case after the other.
        is_ours = row.case_id.in_(self._compartments.opened_cases(CompartmentKind.CASE))
        by_day = self._connection.execute(
            select(row.due_on, func.count(case((is_ours, row.case_id))))
            .where(*_still_to_do())
            .group_by(row.due_on)
        ).all()
        return tuple(
            sum(count for day, count in by_day if first <= day <= last) for first, last in days
        )

    def raisable(self, today: date) -> Iterator[tuple[UUID, Commitment]]:
        """Yield the open ones that can be late by now, or were at a meeting, each with its case.

        A case without any meeting, whose head nobody has changed since it was opened, has none: it
        never came into the acute lane. What was never changed is not late before its last day.
        """
        row = CommitmentRecord
        can_be = or_(row.due_on <= today, row.row_version > 1)
        yield from self._commitments.over_cases(
            *_still_to_do(), row.case_id.in_(_moved_on()), can_be, order_by=[row.case_id.expression]
        )

    def meetings(self, case_ids: Collection[UUID]) -> Iterator[tuple[UUID, Meeting]]:
        """Yield the meetings of these cases, each with its case."""
        row = MeetingRecord
        wanted = frozenset(case_ids)
        found = self._meetings.over_cases(
            row.case_id.in_(wanted if len(wanted) <= _FEW else _moved_on()),
            order_by=[row.case_id.expression],
        )
        yield from (one for one in found if one[0] in wanted)

    def earliest(self, until: date) -> dict[UUID, date]:
        """Return for each case the first last day of what is still to be done, up to a day."""
        row = CommitmentRecord
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        rows = self._connection.execute(
            select(row.case_id, func.min(row.due_on))
            .where(*_still_to_do(), row.due_on <= until)
            .group_by(row.case_id)
        )
        return {case_id: due for case_id, due in rows if case_id in keys.cases}


def _moved_on() -> Select[UUID]:
    """Return the statement that finds the cases in which more was done than opening them."""
    met = select(MeetingRecord.case_id)
    return select(CaseRecord.id).where(or_(CaseRecord.row_version > 1, CaseRecord.id.in_(met)))


def _still_to_do() -> list[ColumnElement[bool]]:
    over = select(CaseRecord.id).where(CaseRecord.phase.in_(sorted(OVER)))
    return [CommitmentRecord.state.in_(_OPEN), CommitmentRecord.case_id.not_in(over)]
