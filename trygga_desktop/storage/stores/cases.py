"""Reads and writes cases and the people in them; encryption happens here and only here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, insert, select

from trygga_desktop.crypto.envelope import Place
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.domain.case import Case, Phase
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.domain.people import Person, from_plain, to_plain
from trygga_desktop.storage.records.cases import CaseRecord, GuardedRecord, PersonRecord
from trygga_desktop.storage.records.compartments import CompartmentRecord
from trygga_desktop.storage.stores.compartments import Compartments, Keys

_CASE = CompartmentRecord.__table__.alias("case_compartment")


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

    def __init__(
        self,
        connection: Connection,
        compartments: Compartments,
        left_out: set[UUID],
        *,
        vault_id: bytes,
    ) -> None:
        self._connection = connection
        self._compartments = compartments
        self._left_out = left_out
        self._vault_id = vault_id

    def add(
        self,
        opened: OpenedCase,
        compartment: Compartment,
        key: CompartmentKey,
        *,
        guarded_commitment: bytes,
        sequence: int,
    ) -> None:
        """Store a new case and its young person under the key of its `case` compartment.

        `guarded_commitment` ties the guarded part to the case, so that no one can slip another
        one in before it is first used.
        """
        case, key_of = opened.case, (compartment.id, compartment.generation)
        value = {
            "case_number": case.case_number,
            "registry_number": case.registry_number,
            "opened_on": case.opened_on.isoformat(),
            "guarded": guarded_commitment.hex(),
        }
        place = self._place(CaseRecord, case.id, case_id=case.id, key_of=key_of)
        self._connection.execute(
            insert(CaseRecord).values(
                id=case.id,
                phase=case.phase,
                subject_id=opened.subject_id,
                sequence=sequence,
                generation=compartment.generation,
                row_version=case.row_version,
                ciphertext=key.encrypt(value, place),
            )
        )
        self._add_person(PersonRecord, opened.subject_id, opened.subject, compartment, key)

    def add_guarded(
        self, person_id: UUID, person: Person, compartment: Compartment, key: CompartmentKey
    ) -> None:
        """Store what only named people may know, under the key of the `guarded` compartment."""
        self._add_person(GuardedRecord, person_id, person, compartment, key)

    def all(self) -> list[OpenedCase]:
        """Return every case that we can open, in the order in which they were made."""
        keys = self._compartments.keys_of_kind(CompartmentKind.CASE)
        rows = self._connection.execute(self._select().order_by(CaseRecord.sequence))
        return list(self._opened(rows, keys))

    def find(self, case_id: UUID) -> OpenedCase:
        """Return one case, or raise NoAccessError; TamperedError if it was changed."""
        keys = self._compartments.keys_of(case_id)
        rows = self._connection.execute(self._select().where(CaseRecord.id == case_id)).all()
        found = list(self._opened(rows, keys))
        if found:
            return found[0]
        raise TamperedError if case_id in self._left_out else NoAccessError

    def guarded(self, case_id: UUID, person_id: UUID) -> Person | None:
        """Return what is guarded of a person, or nothing if it was not granted to us."""
        compartment = self._compartments.find(case_id, CompartmentKind.GUARDED)
        row = self._connection.execute(
            select(*GuardedRecord.__table__.columns).where(
                GuardedRecord.id == person_id, GuardedRecord.case_id == case_id
            )
        ).one_or_none()
        if compartment is None or row is None:
            self._left_out.add(person_id)
            return None
        key = self._compartments.keys_of(case_id).get((compartment.id, row.generation))
        if key is None:
            return None
        try:
            return self._guarded(row, compartment.id, key)
        except (TamperedError, ValueError):
            self._left_out.add(person_id)
            return None

    def guarded_commitment(self, case_id: UUID) -> bytes:
        """Return what the case says of the key of its guarded part, or raise as `find` does."""
        keys = self._compartments.keys_of(case_id)
        row = self._connection.execute(self._select().where(CaseRecord.id == case_id)).one_or_none()
        if row is None or (row.compartment, row.generation) not in keys:
            raise NoAccessError
        return bytes.fromhex(self._value(row, keys[row.compartment, row.generation])["guarded"])

    def _select(self) -> Select[Any]:
        return (
            select(
                CaseRecord.id,
                CaseRecord.phase,
                CaseRecord.subject_id,
                CaseRecord.generation,
                CaseRecord.row_version,
                CaseRecord.ciphertext,
                _CASE.c.id.label("compartment"),
                PersonRecord.case_id.label("case_of_subject"),
                PersonRecord.generation.label("subject_generation"),
                PersonRecord.row_version.label("subject_version"),
                PersonRecord.ciphertext.label("subject"),
            )
            .join(
                _CASE,
                (_CASE.c.case_id == CaseRecord.id) & (_CASE.c.kind == CompartmentKind.CASE),
            )
            .join(PersonRecord, PersonRecord.id == CaseRecord.subject_id)
        )

    def _opened(self, rows: Iterable[Any], keys: Keys) -> Iterable[OpenedCase]:
        for row in rows:
            key = keys.get((row.compartment, row.generation))
            subject_key = keys.get((row.compartment, row.subject_generation))
            if key is None or subject_key is None:
                if row.compartment in self._left_out:
                    self._left_out.add(row.id)
                continue
            try:
                yield self._open(row, key, subject_key)
            except (TamperedError, ValueError, KeyError, TypeError):
                self._left_out.add(row.id)

    def _open(self, row: Any, key: CompartmentKey, subject_key: CompartmentKey) -> OpenedCase:
        value = self._value(row, key)
        place = self._place(
            PersonRecord,
            row.subject_id,
            case_id=row.id,
            key_of=(row.compartment, row.subject_generation),
            row_version=row.subject_version,
        )
        return OpenedCase(
            case=Case(
                id=row.id,
                phase=Phase(row.phase),
                case_number=value["case_number"],
                registry_number=value["registry_number"],
                opened_on=date.fromisoformat(value["opened_on"]),
                row_version=row.row_version,
            ),
            subject_id=row.subject_id,
            subject=from_plain(subject_key.decrypt(row.subject, place)),
        )

    def _value(self, row: Any, key: CompartmentKey) -> dict[str, Any]:
        place = self._place(
            CaseRecord,
            row.id,
            case_id=row.id,
            key_of=(row.compartment, row.generation),
            row_version=row.row_version,
        )
        return key.decrypt(row.ciphertext, place)

    def _add_person(
        self,
        record: type[PersonRecord] | type[GuardedRecord],
        person_id: UUID,
        person: Person,
        compartment: Compartment,
        key: CompartmentKey,
    ) -> None:
        case_id = _case_of(compartment)
        key_of = (compartment.id, compartment.generation)
        place = self._place(record, person_id, case_id=case_id, key_of=key_of)
        self._connection.execute(
            insert(record).values(
                id=person_id,
                case_id=case_id,
                generation=compartment.generation,
                row_version=1,
                ciphertext=key.encrypt(to_plain(person), place),
            )
        )

    def _guarded(self, row: Any, compartment: UUID, key: CompartmentKey) -> Person:
        place = self._place(
            GuardedRecord,
            row.id,
            case_id=row.case_id,
            key_of=(compartment, row.generation),
            row_version=row.row_version,
        )
        return from_plain(key.decrypt(row.ciphertext, place))

    def _place(
        self,
        record: type[CaseRecord] | type[PersonRecord] | type[GuardedRecord],
        row: UUID,
        *,
        case_id: UUID,
        key_of: tuple[UUID, int],
        row_version: int = 1,
    ) -> Place:
        """Return where a row belongs; `key_of` is the compartment and generation of its key."""
        compartment, generation = key_of
        return Place(
            vault_id=self._vault_id,
            owner=case_id,
            compartment=compartment,
            generation=generation,
            table=record.__tablename__,
            row=row,
            row_version=row_version,
        )


def _case_of(compartment: Compartment) -> UUID:
    if compartment.case_id is None:
        raise ValueError("not a compartment of a case")
    return compartment.case_id
