"""Finds what is due over all cases, from what stands beside the ciphertexts alone."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    case,
    exists,
    func,
    or_,
    select,
    tuple_,
    type_coerce,
)

from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.follow_up import Stop, Why
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.storage.base import NOBODY
from trygga_desktop.storage.records.cases import CaseRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord, MeetingRecord
from trygga_desktop.storage.stores.case_rows import NEVER, CaseRows
from trygga_desktop.storage.stores.compartments import KEY_TABLES, Compartments
from trygga_desktop.storage.stores.opened import WholeTables

# What rests waits for a consent: nobody can do anything about it now.
_WAITING = frozenset({CommitmentState.FROZEN})
# So many cases are asked for by their ids.
_FEW = 500
_OPEN = sorted(one.value for one in CommitmentState if one.is_open and one not in _WAITING)
# So many days are gone through one by one before all of them are looked through at once, and so
# many rows that were found are opened together: a page, and as many as any list takes.
_WALKED = 1_000
_PAGE, _MOST_TOGETHER = 31, 500
_COMMITMENTS = frozenset({CommitmentRecord.__tablename__})
_SEEN = _COMMITMENTS | KEY_TABLES
_IN_ORDER = itemgetter(0, 1, 2)
_CASES = frozenset({CaseRecord.__tablename__})
_MEETINGS = frozenset({MeetingRecord.__tablename__})
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


class Promised(NamedTuple):
    """Who promised something, as it is stored; `organisation_id` is None for the family."""

    responsible: str
    organisation_id: UUID | None


class _Seen(NamedTuple):
    """A day of a commitment that was looked at, spelled as in the file. Nothing else is kept of it.

    `promised` is None where the row is not what its author left.
    """

    on: str
    id: str
    why: str
    case_id: str
    promised: Promised | None


class Due:
    """Knows what is to be done in every case that our keyring opens and that is not over.

    A row from before the day of asking stood beside the ciphertext is opened whenever that day is
    asked for: there are such until whoever opens its case has unlocked the vault.
    """

    def __init__(  # noqa: PLR0913, PLR0917  the stores that it asks, and what is known of them
        self,
        connection: Connection,
        compartments: Compartments,
        commitments: CaseRows[Commitment],
        meetings: CaseRows[Meeting],
        left_out: set[UUID],
        whole: WholeTables,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._commitments = commitments
        self._meetings = meetings
        self._left_out = left_out
        self._whole = whole

    def days(
        self,
        first: date,
        last: date,
        *,
        after: Stop | None = None,
        within: Collection[UUID] | None = None,
        asked: Callable[[Promised], bool] | None = None,
    ) -> Iterator[DueDay]:
        """Yield each day of an open commitment that lies between two days, in their order.

        With `after`, only what stands behind that one; with `within`, only that of these cases;
        with `asked`, only what was promised by whom that is true of. Then all of them are looked
        through at once where not enough of them are found soon: who it was lies in the ciphertext.
        """
        if asked is None:
            yield from self._walk(first, last, after, within)
            return
        if self._seen_before(first, last) is None:
            walked = self._walk(first, last, after, within)
            for one in islice(walked, _WALKED):
                after = one.stop
                if asked(promised_of(one.commitment)):
                    yield one
            if next(walked, None) is None:
                return
        found = merge(
            self._look_up(first, last, after, within, asked),
            (
                one
                for one in self._from_before(first, last, after)
                if asked(promised_of(one.commitment)) and (within is None or one.case_id in within)
            ),
            key=lambda one: one.stop,
        )
        yield from found

    def _walk(
        self, first: date, last: date, after: Stop | None, within: Collection[UUID] | None
    ) -> Iterator[DueDay]:
        where: list[ColumnElement[bool]] = []
        if within is not None and len(within) <= _FEW:
            where = [CommitmentRecord.case_id.in_(sorted(within))]
        found = merge(
            *(self._in_order(why, first, last, after, where) for why in Why),
            self._from_before(first, last, after),
            key=lambda one: one.stop,
        )
        yield from (one for one in found if within is None or one.case_id in within)

    def _look_up(
        self,
        first: date,
        last: date,
        after: Stop | None,
        within: Collection[UUID] | None,
        asked: Callable[[Promised], bool],
    ) -> Iterator[DueDay]:
        """Yield the days of whom `asked` is true; each is opened anew before it is told."""
        seen = self._seen(first, last)
        over = self._over()
        behind = None if after is None else (after.on.isoformat(), after.id.hex, after.why.value)
        cases = None if within is None else {one.hex for one in within}
        is_asked = cache(asked)
        wanted: list[_Seen] = []
        for one in seen:
            if (behind is not None and one[:3] <= behind) or one.case_id in over:
                continue
            if cases is not None and one.case_id not in cases:
                continue
            if one.promised is None:
                self._left_out.add(_id_of(one.id))
            elif is_asked(one.promised):
                wanted.append(one)
        start, many = 0, _PAGE
        while start < len(wanted):
            some = wanted[start : start + many]
            start, many = start + many, _MOST_TOGETHER
            yield from self._opened_anew(some)

    def _opened_anew(self, some: Sequence[_Seen]) -> Iterator[DueDay]:
        row = CommitmentRecord
        ids = {UUID(one.id) for one in some}
        found = {
            one.id.hex: (case_id, one)
            for case_id, one in self._commitments.over_cases(
                row.id.in_(sorted(ids)), order_by=[row.id.expression]
            )
        }
        for seen in some:
            if seen.id in found:
                case_id, one = found[seen.id]
                on = date.fromisoformat(seen.on)
                yield DueDay(case_id=case_id, commitment=one, on=on, why=Why(seen.why))

    def _seen(self, first: date, last: date) -> Sequence[_Seen]:
        """Return each day of an open commitment between two days, in the order of days.

        It is kept; of the cases in which we wrote since then it is looked at anew.
        """
        known = self._seen_before(first, last)
        if known is None:
            return self._whole.of(
                self._name_of_seen(first, last), _SEEN, lambda: self._look_through(first, last)
            )
        before, cases = known
        if not cases:
            return before

        def with_those_anew() -> list[_Seen]:
            spelled = {one.hex for one in cases}
            anew = self._look_through(first, last, CommitmentRecord.case_id.in_(sorted(cases)))
            return sorted(
                [*(one for one in before if one.case_id not in spelled), *anew], key=_IN_ORDER
            )

        return self._whole.of(self._name_of_seen(first, last), _SEEN, with_those_anew)

    def _seen_before(
        self, first: date, last: date
    ) -> tuple[Sequence[_Seen], frozenset[UUID]] | None:
        """Return what was seen before, and in which cases we wrote since then."""
        known = self._whole.kept_but_for(
            self._name_of_seen(first, last), _SEEN, CommitmentRecord.__tablename__
        )
        if known is None:
            return None
        return known

    def _look_through(self, first: date, last: date, *where: ColumnElement[bool]) -> list[_Seen]:
        row = CommitmentRecord
        begins, ends, never = first.isoformat(), last.isoformat(), NEVER.isoformat()
        is_due = row.due_on.between(first, last)
        is_asked_about = row.ask_on.between(first, last) & (row.ask_on < NEVER)
        rows = self._commitments.glanced(
            # Very many: SQLite shall go through the table, and not look up each of them in it.
            case((row.state.in_(_OPEN) & or_(is_due, is_asked_about), 1), else_=0) == 1,
            *where,
            part_of=promised_of,
            beside=("id", "case_id", "due_on", "ask_on"),
        )
        due, ask = Why.DUE.value, Why.ASK.value
        found: list[_Seen] = []
        # One of each day and case, not as many as there are rows.
        same: dict[object, str] = {}
        for (row_id, of_case, due_on, ask_on), promised in rows:
            case_id = same.setdefault(of_case, str(of_case))
            for why, on in ((due, due_on), (ask, None if ask_on == never else ask_on)):
                # Whatever is of another type does not lie between any days.
                if isinstance(on, str) and begins <= on <= ends:
                    day = same.setdefault(on, on)
                    found.append(_Seen(day, str(row_id), why, case_id, promised))
        return sorted(found, key=_IN_ORDER)

    def _name_of_seen(self, first: date, last: date) -> tuple[object, ...]:
        return "seen", first, last, self._compartments.whose(CompartmentKind.CASE)

    def _over(self) -> frozenset[str]:
        """Return the cases that are over, as the file spells their ids."""
        found = select(CaseRecord.id).where(CaseRecord.phase.in_(sorted(OVER)))
        return self._whole.of(
            "over", _CASES, lambda: frozenset(one.hex for one in self._connection.scalars(found))
        )

    def counts(self, days: Collection[tuple[date, date]]) -> tuple[int, ...]:
        """Return how many days of open commitments lie within each of these pairs of days."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        counted = self._whole.of(
            ("counts", self._compartments.whose(CompartmentKind.CASE)),
            _COMMITMENTS | _CASES | KEY_TABLES,
            lambda: self._by_day(keys.cases),
        )
        by_day = counted | {}
        for one in self._from_before(date.min, NEVER, None):
            by_day[one.on] = by_day.get(one.on, 0) + 1
        return tuple(
            sum(count for day, count in by_day.items() if first <= day <= last)
            for first, last in days
        )

    def _by_day(self, ours: Collection[UUID | None]) -> dict[date, int]:
        """Return how many days of open commitments of these cases fall on each day."""
        row = CommitmentRecord
        # As the file spells them: to read ten thousand ids takes longer than to count.
        cases = self._connection.scalars(select(type_coerce(row.case_id, String)).distinct())
        counts: ColumnElement[int] = func.count()
        if not {one.hex for one in ours if one is not None}.issuperset(cases):
            # Asked for of each row it takes most of the time.
            is_ours = row.case_id.in_(self._compartments.opened_cases(CompartmentKind.CASE))
            counts = func.count(case((is_ours, row.case_id)))
        by_day: dict[date, int] = defaultdict(int)
        for why in Why:
            day = _COLUMNS[why]
            counted = self._connection.execute(
                select(day, counts).where(*_still_to_do(), *_is_a_day(why)).group_by(day)
            )
            for on, count in counted:
                if on is not None:
                    by_day[on] += count
        return dict(by_day)

    def waiting(self, until: date) -> Mapping[UUID, Mapping[Why, date]]:
        """Return for each case the first day of each kind that has come by a day."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        waiting = self._whole.of(
            ("waiting", until, self._compartments.whose(CompartmentKind.CASE)),
            _COMMITMENTS | _CASES | KEY_TABLES,
            lambda: self._waiting(until, keys.cases),
        )
        lacking = list(self._from_before(date.min, until, None))
        if not lacking:
            return waiting
        found = {case_id: {**first} for case_id, first in waiting.items()}
        for one in lacking:
            of_case = found.setdefault(one.case_id, {})
            of_case[one.why] = min(one.on, of_case.get(one.why, one.on))
        return found

    def _waiting(self, until: date, ours: Collection[UUID | None]) -> dict[UUID, dict[Why, date]]:
        row = CommitmentRecord
        # As the file spells them: to read ten thousand ids takes longer than to find them.
        cases = {one.hex: one for one in ours if one is not None}
        found: dict[UUID, dict[Why, date]] = defaultdict(dict)
        for why in Why:
            day = _COLUMNS[why]
            rows = self._connection.execute(
                select(type_coerce(row.case_id, String), func.min(day))
                .where(*_still_to_do(), day <= until)
                .group_by(row.case_id)
            )
            for spelled, first in rows:
                case_id = cases.get(spelled)
                if case_id is not None and first is not None:
                    found[case_id][why] = first
        return dict(found)

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

    def raisable(self, today: date) -> Mapping[UUID, Sequence[Commitment]]:
        """Return by their cases the open ones that can be late by now, or were at a meeting.

        A case without any meeting, whose head nobody has changed since it was opened, has none: it
        never came into the acute lane. What was never changed is not late before its last day.
        """
        return self._whole.of(
            ("raisable", today, self._compartments.whose(CompartmentKind.CASE)),
            _COMMITMENTS | _CASES | _MEETINGS | KEY_TABLES,
            lambda: self._raisable(today),
        )

    def _raisable(self, today: date) -> dict[UUID, list[Commitment]]:
        row = CommitmentRecord
        can_be = or_(row.due_on <= today, row.row_version > 1)
        found: dict[UUID, list[Commitment]] = defaultdict(list)
        for case_id, one in self._commitments.over_cases(
            *_still_to_do(),
            row.case_id.in_(_moved_on()),
            can_be,
            order_by=[row.case_id.expression],
            is_whole=True,
        ):
            found[case_id].append(one)
        return dict(found)

    def meetings(self, case_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Meeting]]:
        """Return the meetings of these cases by their cases; one without any is missing."""
        wanted = frozenset(case_ids)
        return self._whole.of(
            ("meetings", wanted, self._compartments.whose(CompartmentKind.CASE)),
            _CASES | _MEETINGS | KEY_TABLES,
            lambda: self._meetings_of(wanted),
        )

    def _meetings_of(self, wanted: frozenset[UUID]) -> dict[UUID, list[Meeting]]:
        row = MeetingRecord
        found: dict[UUID, list[Meeting]] = defaultdict(list)
        for case_id, one in self._meetings.over_cases(
            row.case_id.in_(wanted if len(wanted) <= _FEW else _moved_on()),
            order_by=[row.case_id.expression],
            is_whole=True,
        ):
            if case_id in wanted:
                found[case_id].append(one)
        return dict(found)


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


def _id_of(spelled: str) -> UUID:
    """Return an id as it is read from a row; what is none is nobody's."""
    try:
        return UUID(spelled)
    except ValueError:
        return NOBODY


def promised_of(one: Commitment) -> Promised:
    """Return who promised it."""
    return Promised(one.responsible, one.organisation_id)


def _days_of(case_id: UUID, one: Commitment, first: date, last: date) -> Iterator[DueDay]:
    for why, on in ((Why.DUE, one.due), (Why.ASK, one.ask_on)):
        if on is not None and first <= on <= last:
            yield DueDay(case_id=case_id, commitment=one, on=on, why=why)
