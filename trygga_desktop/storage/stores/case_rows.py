"""Reads and writes the rows of one table that lie in the `case` compartments of cases."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import ConflictError, SealedMeetingError, TamperedError
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.packets import Exchange
from trygga_desktop.domain.parties import Party
from trygga_desktop.domain.plan import OwnRating, PlanVersion
from trygga_desktop.storage.base import NOBODY
from trygga_desktop.storage.records.compartments import CompartmentRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord, MeetingRecord, PartyRecord
from trygga_desktop.storage.records.packets import ExchangeRecord
from trygga_desktop.storage.records.plans import PlanRecord, RatingRecord
from trygga_desktop.storage.stores.compartments import Compartments, Keys
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Envelopes, cells_of
from trygga_desktop.storage.stores.finality import is_of_sealed, is_sealed
from trygga_desktop.storage.stores.opened import KeyPlace, Known, Lying, Opened, WholeTables
from trygga_desktop.storage.stores.plain import reader, row_bytes, spell

_Record = (
    type[PartyRecord]
    | type[MeetingRecord]
    | type[CommitmentRecord]
    | type[PlanRecord]
    | type[RatingRecord]
    | type[ExchangeRecord]
)


_FEW = 100
"""Of so many cases the keys are asked for one by one."""

_AT_ONCE = 1_000
"""So many rows from before a column was added are spelled anew at once."""

NEVER = date.max
"""Stands beside a commitment that nobody asks about: no column is NULL in a row of ours."""


class Kept(Protocol):
    """A value that is stored whole, under its own id."""

    @property
    def id(self) -> UUID:
        """Return the id of its row."""


T = TypeVar("T", bound=Kept)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table of values that belong to cases.

    `clear_of` returns the columns that stand beside the ciphertext; they are bound to it. Those in
    `added` are NULL in rows from before there were any; then the rest alone is bound to it.
    `is_final` tells by an id whether a sealed meeting keeps it from changing, and `may_follow`
    what may come after a value even then.
    """

    record: _Record
    kind: type[T]
    clear_of: Callable[[T], Mapping[str, Any]]
    is_final: Callable[[Connection, UUID], bool] = lambda _, __: False
    may_follow: Callable[[T, T], bool] = lambda _, __: False
    added: frozenset[str] = frozenset()


@cache
def _lying(record: _Record) -> Lying:
    """Return what reads the rows of a table, put together once: each transaction asks for it."""
    return Lying({one.name: one for one in record.__table__.columns})


@cache
def _beside(record: _Record) -> tuple[str, ...]:
    """Return the columns of a table that are in the clear and bound to its ciphertexts."""
    always = {"id", "compartment_id", "generation", "row_version", "ciphertext", "case_id"}
    return tuple(one.name for one in record.__table__.columns if one.name not in always)


def _tells_on(before: Commitment, after: Commitment) -> bool:
    """Return whether nothing but what became of a commitment, or its raising, was added."""
    told = after.changes[: len(before.changes)] == before.changes
    raised = after.raised[: len(before.raised)] == before.raised
    same = replace(after, changes=before.changes, raised=before.raised) == before
    return told and raised and same


PARTIES: Table[Party] = Table(PartyRecord, Party, lambda _: {})
MEETINGS: Table[Meeting] = Table(
    MeetingRecord,
    Meeting,
    lambda meeting: {"starts_at": meeting.starts_at.astimezone(UTC)},
    is_sealed,
)
COMMITMENTS: Table[Commitment] = Table(
    CommitmentRecord,
    Commitment,
    lambda one: {"due_on": one.due, "state": one.state.value, "ask_on": one.ask_on or NEVER},
    is_of_sealed,
    _tells_on,
    frozenset({"ask_on"}),
)
EXCHANGES: Table[Exchange] = Table(ExchangeRecord, Exchange, lambda _: {})

PLANS: Table[PlanVersion] = Table(PlanRecord, PlanVersion, lambda one: {"number": one.number})
RATINGS: Table[OwnRating] = Table(RatingRecord, OwnRating, lambda _: {})


class _Glance:
    """Judges once what many rows of a case share: the key that they took, and whose that is."""

    def __init__(self, keys: Keys, places: Mapping[UUID, UUID | None]) -> None:
        self.keys = keys
        self._places = places
        self._known: dict[tuple[Any, ...], Known] = {}
        self._holds: dict[int, tuple[Known, bool]] = {}

    def shared(self, case_id: UUID, place: KeyPlace, key: CompartmentKey, part: object) -> Known:
        """Return what is remembered of a row, one for all that have the same."""
        name = case_id, place, part
        if name not in self._known:
            self._known[name] = Known(case_id, ((place, key),), part)
        return self._known[name]

    def holds(self, known: Known) -> bool:
        """Tell whether its key is ours now, and of the case in which the row lies."""
        judged = self._holds.get(id(known))
        if judged is None:
            is_in_place = self._places.get(known.keys[0][0][0]) == known.case_id
            # It is held on to: another one must not come to have its number.
            judged = self._holds[id(known)] = known, is_in_place and known.opens_with(self.keys)
        return judged[1]


class CaseRows(Generic[T]):
    """Knows only the rows of cases that our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`. What was
    read is kept until something is written here: a use case asks for it in several places.
    """

    def __init__(  # noqa: PLR0913  all but four are keywords
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        table: Table[T],
        *,
        vault_id: bytes,
        opened: Opened,
        whole: WholeTables,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._table = table
        self._record = table.record
        self._read = reader(table.kind)
        self._clear_of = table.clear_of
        self._beside = _beside(table.record)
        self._envelopes = Envelopes(vault_id, table.record.__tablename__)
        self._known = opened
        self._whole = whole
        self._lying = _lying(table.record)
        self._values: dict[UUID, list[tuple[T, int]]] = {}
        self._ahead: dict[UUID, list[tuple[Any, ...]]] = {}

    def add(self, case_id: UUID, value: T) -> None:
        """Store a new value in the case.

        Raise NoAccessError where we cannot open it, TamperedError where others could read along,
        SealedMeetingError where it belongs to a sealed meeting.
        """
        if self._table.is_final(self._connection, value.id):
            raise SealedMeetingError
        self._values.clear()
        columns = self._columns(case_id, value, 1)
        with self._whole.writing(self._record.__tablename__, case_id):
            self._connection.execute(insert(self._record).values(case_id=case_id, **columns))

    def replace(self, case_id: UUID, value: T, *, row_version: int) -> None:
        """Store a value in place of the one that was read as `row_version`.

        Raise ConflictError if there is none such any more, SealedMeetingError where a sealed
        meeting keeps it as it is.
        """
        self._refuse_final(case_id, value)
        self._values.clear()
        columns = self._columns(case_id, value, row_version + 1)
        is_it = (
            (self._record.id == value.id)
            & (self._record.case_id == case_id)
            & (self._record.row_version == row_version)
        )
        with self._whole.writing(self._record.__tablename__, case_id):
            changed = self._connection.execute(update(self._record).where(is_it).values(**columns))
        if changed.rowcount != 1:
            raise ConflictError

    def of_case(self, case_id: UUID) -> list[tuple[T, int]]:
        """Return each value of a case with the version of its row, in order of their ids."""
        if case_id not in self._values:
            self._values[case_id] = self._read_case(case_id)
        return list(self._values[case_id])

    def _read_case(self, case_id: UUID) -> list[tuple[T, int]]:
        parts = {
            one.id: one
            for one in self._compartments.of_case(case_id)
            if one.kind is CompartmentKind.CASE
        }
        keys = self._compartments.keys_of(case_id)
        rows = self._ahead.pop(case_id, None)
        if rows is None:
            found = select(*self._lying.columns).where(self._record.case_id == case_id)
            ordered = found.order_by(self._record.id)
            rows = [tuple(row) for row in self._connection.execute(ordered)]
        return list(self._of_rows(case_id, rows, parts, keys))

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once what lies in these cases: each is then asked for without. Write no more."""
        self._values.clear()
        self._ahead = {case_id: [] for case_id in case_ids}
        found = select(*self._lying.columns, self._record.case_id)
        wanted = found.where(self._record.case_id.in_(case_ids)).order_by(self._record.id)
        for *lies, case_id in self._connection.execute(wanted):
            self._ahead[case_id].append(tuple(lies))

    def _of_rows(
        self,
        case_id: UUID,
        rows: Iterable[tuple[Any, ...]],
        parts: Mapping[UUID, Compartment],
        keys: Keys,
    ) -> Iterator[tuple[T, int]]:
        for lies in rows:
            known = self._known.find(self._record.__tablename__, lies)
            if known is not None and known.opens_with(keys) and known.keys[0][0][0] in parts:
                yield known.value
                continue
            row = self._lying.read(lies, self._connection.dialect)
            key = keys.get((row.compartment_id, row.generation))
            try:
                if row.compartment_id not in parts:
                    raise TamperedError
                yield self._opened(case_id, row, key, lies), row.row_version
            except ODD_VALUES:
                self._left_out.add(row.id)

    def over_cases(
        self,
        *where: ColumnElement[bool],
        order_by: Sequence[ColumnElement[Any]],
        is_whole: bool = False,
    ) -> Iterator[tuple[UUID, T]]:
        """Yield the values of all cases that we can open, each with its case, in this order.

        They are read one by one: whoever has enough stops asking. Who has not (`is_whole`) has the
        keys of all cases read at once.
        """
        part, asked = CompartmentRecord, set()
        all_keys = self._compartments.at_hand(CompartmentKind.CASE)
        is_in_place = func.coalesce(part.case_id == self._record.case_id, false())
        rows = self._connection.execute(
            select(*self._lying.columns, is_in_place)
            .outerjoin(
                part,
                (part.id == self._record.compartment_id) & (part.kind == CompartmentKind.CASE),
            )
            .where(*where)
            .order_by(*order_by)
        )
        for *columns, is_there in rows:
            lies = tuple(columns)
            known = self._known.find(self._record.__tablename__, lies)
            row: Any = None
            if known is None:
                row = self._lying.read(lies, self._connection.dialect)
            case_id = row.case_id if known is None else known.case_id
            asked.add(case_id)
            # Whoever has enough soon does not wait for the keys of ten thousand cases.
            keys = all_keys
            if keys is None:
                if len(asked) > _FEW or is_whole:
                    keys = all_keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
                else:
                    keys = self._compartments.keys_of(case_id)
            if known is not None and is_there and known.opens_with(keys):
                yield case_id, known.value[0]
                continue
            row = row or self._lying.read(lies, self._connection.dialect)
            key = keys.get((row.compartment_id, row.generation))
            if key is None and case_id not in keys.cases:
                continue
            try:
                if not is_there:
                    raise TamperedError
                yield case_id, self._opened(case_id, row, key, lies)
            except ODD_VALUES:
                self._left_out.add(row.id)

    def glanced(
        self, *where: ColumnElement[bool], part_of: Callable[[T], V], beside: Sequence[str]
    ) -> Iterator[tuple[tuple[Any, ...], V | None]]:
        """Yield of very many rows, in no order, what stands beside each and one part of its value.

        Of each no more than that part is remembered. It is None where a row of a case that we can
        open is not what its author left: whoever tells of that row leaves it out.
        """
        table = self._record.__tablename__.encode()
        names = [one.name for one in self._record.__table__.columns]
        told = itemgetter(*(names.index(name) for name in beside))
        glance = _Glance(
            self._compartments.keys_of_kind(CompartmentKind.CASE),
            self._compartments.places(CompartmentKind.CASE),
        )
        rows = self._connection.execute(select(*self._lying.columns).where(*where))
        for some in rows.partitions(_AT_ONCE):
            for columns in some:
                lies = tuple(columns)
                digest = sha256(table + row_bytes(lies)).digest()
                known = self._known.glance(digest)
                if known is None or not glance.holds(known):
                    row = self._lying.read(lies, self._connection.dialect)
                    key = glance.keys.get((row.compartment_id, row.generation))
                    if key is None and row.case_id not in glance.keys.cases:
                        continue
                    known = self._glanced(row, lies, key, part_of, glance)
                    if known is None:
                        yield told(lies), None
                        continue
                    self._known.keep_glance(digest, known)
                yield told(lies), known.value

    def _glanced(
        self,
        row: Any,
        lies: tuple[Any, ...],
        key: CompartmentKey | None,
        part_of: Callable[[T], V],
        glance: "_Glance",
    ) -> Known | None:
        try:
            if key is None:
                raise TamperedError
            part = part_of(self._judged(row.case_id, row, key))
            # By these it is looked up: spelled otherwise it would not be found.
            if {row.id.hex, row.case_id.hex} - {*lies}:
                raise TamperedError
        except ODD_VALUES:
            return None
        known = glance.shared(row.case_id, (row.compartment_id, row.generation), key, part)
        return known if glance.holds(known) else None

    @property
    def is_lacking(self) -> bool:
        """Tell whether `complete` has anything to do: of many rows it takes long."""
        return bool(self._connection.scalar(select(exists().where(*self._lacking()))))

    def complete(self) -> int:
        """Fill in what rows from before a column was added lack, and return how many did.

        Nothing else of them changes, not their key and not their version. What cannot be read
        stays as it is, and is left out and told whenever it is asked for.
        """
        record, done = self._record, 0
        lacking, after = self._lacking(), NOBODY
        while self._table.added:
            rows = self._connection.execute(
                select(*record.__table__.columns)
                .where(*lacking, record.id > after)
                .order_by(record.id)
                .limit(_AT_ONCE)
            ).all()
            if not rows:
                break
            after = rows[-1].id
            found = [one for one in map(self._completed, rows) if one is not None]
            if found:
                self._connection.execute(update(record).where(record.id == bindparam("of")), found)
            done += len(found)
        self._values.clear()
        return done

    def _lacking(self) -> list[ColumnElement[bool]]:
        """Return what the rows of our cases fulfil that are from before a column was added."""
        record = self._record
        lacks = [record.__table__.c[name].is_(None) for name in sorted(self._table.added)]
        ours = self._compartments.opened_cases(CompartmentKind.CASE)
        return [or_(false(), *lacks), record.case_id.in_(ours)]

    def _completed(self, row: Any) -> dict[str, Any] | None:
        """Return what is to be written into a row that lacks a column, or None."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        key = keys.get((row.compartment_id, row.generation))
        if key is None:
            return None
        try:
            value = self._judged(row.case_id, row, key)
        except ODD_VALUES:
            return None
        clear = self._clear_of(value)
        compartment = Compartment(
            id=row.compartment_id,
            kind=CompartmentKind.CASE,
            case_id=row.case_id,
            user_id=None,
            generation=row.generation,
        )
        columns = self._envelopes.close(
            value.id,
            spell(value),
            owner=row.case_id,
            compartment=compartment,
            key=key,
            clear=_spell_clear(clear),
            row_version=row.row_version,
        )
        added = {name: clear[name] for name in self._table.added}
        return {"of": value.id, "ciphertext": columns["ciphertext"], **added}

    def case_of(self, row_id: UUID) -> UUID | None:
        """Return the case that a row says it belongs to, or None if there is no such row."""
        found: UUID | None = self._connection.scalar(
            select(self._record.case_id).where(self._record.id == row_id)
        )
        return found

    def _refuse_final(self, case_id: UUID, value: T) -> None:
        if not self._table.is_final(self._connection, value.id):
            return
        before = [one for one, _ in self.of_case(case_id) if one.id == value.id]
        if not any(self._table.may_follow(one, value) for one in before):
            raise SealedMeetingError

    def _opened(
        self, case_id: UUID, row: Any, key: CompartmentKey | None, lies: tuple[Any, ...]
    ) -> T:
        if key is None:
            raise TamperedError
        value = self._judged(case_id, row, key)
        place = (row.compartment_id, row.generation)
        known = Known(case_id, ((place, key),), (value, row.row_version))
        self._known.keep(self._record.__tablename__, lies, known)
        return value

    def _judged(self, case_id: UUID, row: Any, key: CompartmentKey) -> T:
        clear = self._clear(row)
        value = self._envelopes.open(
            cells_of(row), self._read, owner=case_id, key=key, clear=_spell_clear(clear)
        )
        should_be = self._clear_of(value)
        if value.id != row.id or {**should_be, **clear} != should_be:
            raise TamperedError
        return value

    def _clear(self, row: Any) -> dict[str, Any]:
        found = {name: getattr(row, name) for name in self._beside}
        return {
            name: value
            for name, value in found.items()
            if value is not None or name not in self._table.added
        }

    def _columns(self, case_id: UUID, value: T, row_version: int) -> dict[str, Any]:
        compartment = self._compartments.of_file(case_id)[CompartmentKind.CASE]
        clear = self._clear_of(value)
        columns = self._envelopes.close(
            value.id,
            spell(value),
            owner=case_id,
            compartment=compartment,
            key=self._compartments.key(compartment),
            clear=_spell_clear(clear),
            row_version=row_version,
        )
        return {**columns, **clear}


def _spell_clear(clear: Mapping[str, Any]) -> bytes:
    return to_canonical({name: str(value) for name, value in clear.items()}) if clear else b""
