"""Finds what is due over all cases, from what stands beside the ciphertexts alone."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, case, func, select, tuple_

from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.storage.records.cases import CaseRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord
from trygga_desktop.storage.stores.case_rows import CaseRows
from trygga_desktop.storage.stores.compartments import Compartments

# What rests waits for a consent: nobody can do anything about it now.
_WAITING = frozenset({CommitmentState.FROZEN})
_OPEN = sorted(one.value for one in CommitmentState if one.is_open and one not in _WAITING)


class Due:
    """Knows what is to be done in every case that our keyring opens and that is not over."""

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        commitments: CaseRows[Commitment],
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._commitments = commitments

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


def _still_to_do() -> list[ColumnElement[bool]]:
    over = select(CaseRecord.id).where(CaseRecord.phase.in_(sorted(OVER)))
    return [CommitmentRecord.state.in_(_OPEN), CommitmentRecord.case_id.not_in(over)]
