"""Reads and writes cases and the people in them; encryption happens here and only here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Connection,
    Select,
    column,
    exists,
    false,
    func,
    insert,
    select,
    update,
)

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.case import Case
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import ConflictError, NoAccessError, TamperedError
from trygga_desktop.domain.people import Person, from_plain, to_plain
from trygga_desktop.storage.records.cases import CaseRecord, GuardedRecord, PersonRecord
from trygga_desktop.storage.records.compartments import (
    CompartmentRecord,
    GrantRecord,
    KeptRecord,
)
from trygga_desktop.storage.stores.compartments import KEY_TABLES, Compartments, Keys
from trygga_desktop.storage.stores.envelopes import ODD_VALUES, Cells, Envelopes, cells_of
from trygga_desktop.storage.stores.opened import Known, Lying, Opened, WholeTables
from trygga_desktop.storage.stores.plain import reader, spell

_TABLES = KEY_TABLES | {CaseRecord.__tablename__, PersonRecord.__tablename__}

# So many are asked for in one statement.
_AT_ONCE = 500

_Record = type[CaseRecord] | type[PersonRecord] | type[GuardedRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case and the young person it is about, as its `case` compartment tells."""

    case: Case
    subject_id: UUID
    subject: Person


class Cases:
    """Knows only the cases whose `case` compartment our keyring opens.

    A row that is not what its author left is left out, and its id is added to `left_out`.
    """

    def __init__(  # noqa: PLR0913  all but three are keywords
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        *,
        vault_id: bytes,
        opened: Opened,
        whole: WholeTables,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._whole = whole
        self._vault_id = vault_id
        self._known = opened
        self._ahead: dict[UUID, list[tuple[Any, ...]]] = {}

    def add(
        self,
        opened: OpenedCase,
        compartment: Compartment,
        key: CompartmentKey,
        *,
        sequence: int,
    ) -> None:
        """Store a new case and its young person under the key of its `case` compartment."""
        case = opened.case
        columns = self._envelopes(CaseRecord).close(
            case.id,
            _value(case),
            owner=case.id,
            compartment=compartment,
            key=key,
            clear=_clear(case.phase, opened.subject_id, sequence),
            row_version=case.row_version,
        )
        self._connection.execute(
            insert(CaseRecord).values(
                phase=case.phase, subject_id=opened.subject_id, sequence=sequence, **columns
            )
        )
        self._add_person(PersonRecord, opened.subject_id, opened.subject, compartment, key)

    def replace(self, opened: OpenedCase, compartment: Compartment, key: CompartmentKey) -> None:
        """Store what a case itself says in place of what was read as its `row_version`.

        Raise ConflictError if that is no longer there.
        """
        case = opened.case
        sequence = self._connection.scalar(
            select(CaseRecord.sequence).where(
                CaseRecord.id == case.id, CaseRecord.row_version == case.row_version
            )
        )
        if sequence is None:
            raise ConflictError
        columns = self._envelopes(CaseRecord).close(
            case.id,
            _value(case),
            owner=case.id,
            compartment=compartment,
            key=key,
            clear=_clear(case.phase, opened.subject_id, sequence),
            row_version=case.row_version + 1,
        )
        self._connection.execute(
            update(CaseRecord).where(CaseRecord.id == case.id).values(phase=case.phase, **columns)
        )

    def add_person(
        self, person_id: UUID, person: Person, compartment: Compartment, key: CompartmentKey
    ) -> None:
        """Store somebody else of a case under the key of its `case` compartment."""
        self._add_person(PersonRecord, person_id, person, compartment, key)

    def rename_person(
        self, person_id: UUID, person: Person, compartment: Compartment, key: CompartmentKey
    ) -> None:
        """Store who somebody of a case is in place of what their row said.

        The compartment tells which row it is: that of the `case` part or of the `guarded` one.
        Raise ConflictError if there is none.
        """
        is_guarded = compartment.kind is CompartmentKind.GUARDED
        record: type[PersonRecord | GuardedRecord]
        record = GuardedRecord if is_guarded else PersonRecord
        case_id = _case_of(compartment)
        is_it = (record.id == person_id) & (record.case_id == case_id)
        version = self._connection.scalar(select(record.row_version).where(is_it))
        if version is None:
            raise ConflictError
        columns = self._envelopes(record).close(
            person_id,
            to_plain(person),
            owner=case_id,
            compartment=compartment,
            key=key,
            row_version=version + 1,
        )
        self._connection.execute(update(record).where(is_it).values(**columns))

    def person_version(self, case_id: UUID, person_id: UUID) -> str:
        """Return which state of somebody of a case lies there; another change makes another one.

        It is empty for somebody who is not of the case, and opens nothing.
        """
        states = [
            self._connection.scalar(
                select(record.row_version).where(record.id == person_id, record.case_id == case_id)
            )
            for record in (PersonRecord, GuardedRecord)
        ]
        return "" if states[0] is None else f"{states[0]}-{states[1] or 0}"

    def people(self, case_id: UUID) -> dict[UUID, Person]:
        """Return everyone of a case by their ids, as its `case` compartment tells."""
        parts = {one.id: one.kind for one in self._compartments.of_case(case_id)}
        keys = self._compartments.keys_of(case_id)
        rows = self._ahead.pop(case_id, None)
        if rows is None:
            wanted = select(*_PERSON.columns).where(PersonRecord.case_id == case_id)
            rows = [tuple(row) for row in self._connection.execute(wanted)]
        found: dict[UUID, Person] = {}
        for lies in rows:
            known = self._known.find(PersonRecord.__tablename__, lies)
            if known is not None and known.opens_with(keys):
                (((part, _), _),) = known.keys
                if parts.get(part) is CompartmentKind.CASE:
                    person_id, person = known.value
                    found[person_id] = person
                    continue
            row = _PERSON.read(lies, self._connection.dialect)
            place = row.compartment_id, row.generation
            key = keys.get(place)
            try:
                if key is None or parts.get(row.compartment_id) is not CompartmentKind.CASE:
                    raise TamperedError
                person = self._envelopes(PersonRecord).open(
                    cells_of(row), from_plain, owner=case_id, key=key
                )
            except ODD_VALUES:
                self._left_out.add(row.id)
            else:
                found[row.id] = person
                opened = Known(case_id, ((place, key),), (row.id, person))
                self._known.keep(PersonRecord.__tablename__, lies, opened)
        return found

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once who belongs to these cases: each is then asked for without."""
        self._ahead = {case_id: [] for case_id in case_ids}
        found = select(*_PERSON.columns, PersonRecord.case_id)
        for *lies, case_id in self._connection.execute(
            found.where(PersonRecord.case_id.in_(case_ids))
        ):
            self._ahead[case_id].append(tuple(lies))

    def add_guarded(
        self, person_id: UUID, person: Person, compartment: Compartment, key: CompartmentKey
    ) -> None:
        """Store what only named people may know, under the key of the `guarded` compartment."""
        self._add_person(GuardedRecord, person_id, person, compartment, key)

    def all(self) -> list[OpenedCase]:
        """Return every case that we can open, in the order in which they were made."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        name = "cases", self._compartments.whose(CompartmentKind.CASE)
        return list(self._whole.of(name, _TABLES, lambda: self._all(keys)))

    def _all(self, keys: Keys) -> list[OpenedCase]:
        rows = self._connection.execute(_SELECT.order_by(CaseRecord.sequence))
        opened = list(self._opened(rows, keys))
        missing = keys.cases - {one.case.id for one in opened}
        self._left_out.update(case_id for case_id in missing if case_id is not None)
        return opened

    def some(self, case_ids: Collection[UUID]) -> list[OpenedCase]:
        """Return those of these cases that we can open, in no order."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        wanted, found = sorted(case_ids), []
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._connection.execute(_SELECT.where(CaseRecord.id.in_(part)))
            found += list(self._opened(rows, keys))
        return found

    def count_all(self) -> int:
        """Return how many cases lie in the vault, those that we cannot open too."""
        return self._connection.scalar(select(func.count()).select_from(CaseRecord)) or 0

    def left(self) -> frozenset[UUID]:
        """Return the cases of which there is a row, or a key that anyone holds.

        A case that was erased whole is none of these.
        """
        part = CompartmentRecord
        held = select(part.case_id).where(
            part.case_id.is_not(None),
            exists().where(GrantRecord.compartment_id == part.id)
            | exists().where(KeptRecord.compartment_id == part.id),
        )
        there = self._connection.scalars(select(CaseRecord.id))
        return frozenset(there).union(self._connection.scalars(held))

    def find(self, case_id: UUID) -> OpenedCase:
        """Return one case, or raise NoAccessError; TamperedError if it was changed."""
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(_SELECT.where(CaseRecord.id == case_id)).all()
        found = list(self._opened(rows, keys))
        if found:
            return found[0]
        is_ours = case_id in keys.cases or case_id in self._left_out
        raise TamperedError if is_ours else NoAccessError

    def has_guarded(self, case_id: UUID, person_id: UUID) -> bool:
        """Tell whether somebody of a case has a row in its guarded part."""
        is_it = (GuardedRecord.id == person_id) & (GuardedRecord.case_id == case_id)
        return bool(self._connection.scalar(select(exists().where(is_it))))

    def guarded(self, case_id: UUID, person_id: UUID) -> Person | None:
        """Return what is guarded of a person, or nothing if it was not granted to us."""
        parts = {one.id: one.kind for one in self._compartments.of_case(case_id)}
        row = self._connection.execute(
            select(*GuardedRecord.__table__.columns).where(
                GuardedRecord.id == person_id, GuardedRecord.case_id == case_id
            )
        ).one_or_none()
        if row is None or parts.get(row.compartment_id) is not CompartmentKind.GUARDED:
            self._left_out.add(person_id)
            return None
        key = self._compartments.keys_of(case_id).get((row.compartment_id, row.generation))
        if key is None:
            return None
        try:
            return self._envelopes(GuardedRecord).open(
                cells_of(row), from_plain, owner=case_id, key=key
            )
        except TamperedError:
            self._left_out.add(person_id)
            return None

    def _opened(self, rows: Iterable[Any], keys: Keys) -> Iterable[OpenedCase]:
        for found in rows:
            lies = tuple(found)
            known = self._known.find(CaseRecord.__tablename__, lies)
            if known is not None and known.opens_with(keys):
                yield known.value
                continue
            row = _LYING.read(lies, self._connection.dialect)
            key = keys.get((row.compartment_id, row.generation))
            subject_key = keys.get((row.compartment_id, row.subject_generation))
            if key is None or subject_key is None:
                # Whoever's it is: nobody can open it where it lies now.
                if not row.is_in_place or row.compartment_id in self._left_out:
                    self._left_out.add(row.id)
                continue
            try:
                if not row.is_in_place:
                    raise TamperedError
                opened = self._open(row, key, subject_key)
            except ODD_VALUES:
                self._left_out.add(row.id)
            else:
                took = (
                    ((row.compartment_id, row.generation), key),
                    ((row.compartment_id, row.subject_generation), subject_key),
                )
                self._known.keep(CaseRecord.__tablename__, lies, Known(row.id, took, opened))
                yield opened

    def _open(self, row: Any, key: CompartmentKey, subject_key: CompartmentKey) -> OpenedCase:
        cells = Cells(
            row.subject_id,
            row.compartment_id,
            row.subject_generation,
            row.subject_version,
            row.subject,
        )
        return OpenedCase(
            case=self._envelopes(CaseRecord).open(
                cells_of(row),
                partial(_case, row),
                owner=row.id,
                key=key,
                clear=_clear(row.phase, row.subject_id, row.sequence),
            ),
            subject_id=row.subject_id,
            subject=self._envelopes(PersonRecord).open(
                cells, from_plain, owner=row.id, key=subject_key
            ),
        )

    def _add_person(
        self,
        record: type[PersonRecord] | type[GuardedRecord],
        person_id: UUID,
        person: Person,
        compartment: Compartment,
        key: CompartmentKey,
    ) -> None:
        case_id = _case_of(compartment)
        columns = self._envelopes(record).close(
            person_id, to_plain(person), owner=case_id, compartment=compartment, key=key
        )
        self._connection.execute(insert(record).values(case_id=case_id, **columns))

    def _envelopes(self, record: _Record) -> Envelopes:
        return Envelopes(self._vault_id, record.__tablename__)


_PERSON = Lying({one.name: one for one in PersonRecord.__table__.columns})
_LYING = Lying(
    {
        **{one.name: one for one in CaseRecord.__table__.columns},
        "subject_generation": PersonRecord.__table__.c.generation,
        "subject_version": PersonRecord.__table__.c.row_version,
        "subject": PersonRecord.__table__.c.ciphertext,
        "is_in_place": column("is_in_place", Boolean()),
    }
)


def _select() -> Select[Any]:
    """Return cases, each with its person and whether both lie under a key of that case."""
    is_own = (
        (CompartmentRecord.id == CaseRecord.compartment_id)
        & (CompartmentRecord.case_id == CaseRecord.id)
        & (CompartmentRecord.kind == CompartmentKind.CASE)
    )
    is_together = PersonRecord.compartment_id == CompartmentRecord.id
    return (
        select(*_LYING.columns[:-1], func.coalesce(is_together, false()).label("is_in_place"))
        .outerjoin(CompartmentRecord, is_own)
        .outerjoin(PersonRecord, PersonRecord.id == CaseRecord.subject_id)
    )


# Put together once: a list over cases asks for one case after the other.
_SELECT = _select()


# The case's own columns, which its ciphertext is bound to, and what lies in it as bytes.
_BESIDE = ("id", "phase", "row_version", "consent_head")


def _value(case: Case) -> dict[str, Any]:
    spelled = {name: part for name, part in spell(case).items() if name not in _BESIDE}
    return {**spelled, "consent_head": case.consent_head.hex()}


def _case(row: Any, value: dict[str, Any]) -> Case:
    """Return a case. One from before there were meetings has no more than numbers and a day."""
    head = bytes.fromhex(value.get("consent_head", ""))
    beside = {"id": str(row.id), "phase": row.phase, "row_version": row.row_version}
    return replace(_read_case({**value, **beside, "consent_head": ""}), consent_head=head)


_read_case = reader(Case)


def _clear(phase: str, subject_id: UUID, sequence: int) -> bytes:
    return b"%s %s %d" % (phase.encode(), subject_id.bytes, sequence)


def _case_of(compartment: Compartment) -> UUID:
    if compartment.case_id is None:
        raise ValueError("not a compartment of a case")
    return compartment.case_id
