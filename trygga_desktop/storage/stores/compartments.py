"""Reads and writes compartments and grants, and opens what our keyring can open."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from trygga_desktop.crypto.keyring import CompartmentKey, Keyring
from trygga_desktop.crypto.statements import Trust, check_generation, check_grant, key_context
from trygga_desktop.domain.compartments import Compartment, CompartmentKind, Generation, Grant
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.storage.records.compartments import (
    CompartmentRecord,
    GenerationRecord,
    GrantRecord,
)

# A compartment's keys by compartment and generation.
Keys: TypeAlias = Mapping[tuple[UUID, int], CompartmentKey]

_IS_GRANT_OF = (GrantRecord.compartment_id == GenerationRecord.compartment_id) & (
    GrantRecord.generation == GenerationRecord.generation
)
_GENERATION = GenerationRecord.__table__.columns
_COMPARTMENT = CompartmentRecord.__table__.columns
_GRANT = GrantRecord.__table__.columns


class Compartments:
    """The compartments of cases and of the vault, and who holds their keys.

    A grant is checked no later than at its first use. One that is forged is left out, and its
    compartment is added to `left_out` so that it can be told; the rest goes on.
    """

    def __init__(
        self, connection: Connection, keyring: Keyring, trust: Trust, left_out: set[UUID]
    ) -> None:
        self._connection = connection
        self._keyring = keyring
        self._trust = trust
        self._left_out = left_out

    def add(self, compartment: Compartment) -> None:
        """Store a new compartment; its first key is added apart."""
        self._connection.execute(
            insert(CompartmentRecord).values(
                id=compartment.id,
                kind=compartment.kind,
                case_id=compartment.case_id,
                user_id=compartment.user_id,
            )
        )

    def add_generation(self, generation: Generation) -> None:
        """Store the commitment to a new key."""
        self._connection.execute(
            insert(GenerationRecord).values(
                compartment_id=generation.compartment.id,
                generation=generation.compartment.generation,
                made_by=generation.made_by,
                commitment=generation.commitment,
                proof=generation.proof,
                signature=generation.signature,
            )
        )

    def put_grants(self, grants: Iterable[tuple[Grant, CompartmentKey]]) -> None:
        """Store grants, in place of former ones of the same key to the same principal.

        Those to our own principals are kept at once for quick use.
        """
        vault_id = self._trust.vault_id
        rows = []
        for grant, key in grants:
            compartment = grant.compartment
            rows.append(
                {
                    "compartment_id": compartment.id,
                    "generation": compartment.generation,
                    "principal_id": grant.principal_id,
                    "granted_by": grant.granted_by,
                    "wrapped": grant.wrapped,
                    "signature": grant.signature,
                    "kept": self._keyring.keep(
                        grant.principal_id,
                        key,
                        compartment.id,
                        compartment.generation,
                        commitment=key.commitment(key_context(compartment, vault_id)),
                    ),
                }
            )
        # An empty list would be taken for one row of defaults.
        if rows:
            self._connection.execute(insert(GrantRecord).prefix_with("OR REPLACE"), rows)

    def find(
        self, case_id: UUID | None, kind: CompartmentKind, *, user_id: UUID | None = None
    ) -> Compartment | None:
        """Return a compartment in its newest generation, whether we can open it or not."""
        for compartment in self.of_case(case_id):
            if compartment.kind is kind and compartment.user_id == user_id:
                return compartment
        return None

    def of_case(self, case_id: UUID | None) -> list[Compartment]:
        """Return the compartments of a case, or those of the vault itself."""
        newest = func.max(GenerationRecord.generation)
        statement = (
            select(*_COMPARTMENT, newest.label("newest"))
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .where(CompartmentRecord.case_id == case_id)
            .group_by(CompartmentRecord.id)
        )
        return [_compartment(row, row.newest) for row in self._connection.execute(statement)]

    def generations(self, compartment: Compartment) -> list[Compartment]:
        """Return a compartment in every generation it had, oldest first."""
        statement = (
            select(GenerationRecord.generation)
            .where(GenerationRecord.compartment_id == compartment.id)
            .order_by(GenerationRecord.generation)
        )
        return [
            replace(compartment, generation=generation)
            for generation in self._connection.scalars(statement)
        ]

    def commitment(self, compartment: Compartment) -> bytes | None:
        """Return the commitment to the key of one generation, if there is such a key."""
        return self._connection.scalar(
            select(GenerationRecord.commitment).where(
                GenerationRecord.compartment_id == compartment.id,
                GenerationRecord.generation == compartment.generation,
            )
        )

    def key(self, compartment: Compartment) -> CompartmentKey:
        """Return the key of a compartment's generation, or raise NoAccessError."""
        keys = self._keys(GrantRecord.compartment_id == compartment.id)
        try:
            return keys[compartment.id, compartment.generation]
        except KeyError:
            raise NoAccessError from None

    def keys_of(self, case_id: UUID | None) -> Keys:
        """Return every key of a case's compartments that we can open."""
        of_case = select(CompartmentRecord.id).where(CompartmentRecord.case_id == case_id)
        return self._keys(GrantRecord.compartment_id.in_(of_case))

    def keys_of_kind(self, kind: CompartmentKind) -> Keys:
        """Return every key that we can open of one kind of compartment, over all cases."""
        of_kind = select(CompartmentRecord.id).where(CompartmentRecord.kind == kind)
        is_ours = GrantRecord.principal_id.in_(self._keyring.holders)
        return self._keys(GrantRecord.compartment_id.in_(of_kind) & is_ours)

    def held_by(self, principal_id: UUID) -> list[Compartment]:
        """Return what was granted to a principal itself, each generation by itself."""
        statement = (
            select(*_COMPARTMENT, GrantRecord.generation.label("newest"))
            .join(GrantRecord, GrantRecord.compartment_id == CompartmentRecord.id)
            .where(GrantRecord.principal_id == principal_id)
        )
        return [_compartment(row, row.newest) for row in self._connection.execute(statement)]

    def holders(self, compartment: Compartment) -> frozenset[UUID]:
        """Return the principals that this generation of a compartment is granted to."""
        statement = select(GrantRecord.principal_id).where(
            GrantRecord.compartment_id == compartment.id,
            GrantRecord.generation == compartment.generation,
        )
        return frozenset(self._connection.scalars(statement))

    def _keys(self, where: ColumnElement[bool]) -> dict[tuple[UUID, int], CompartmentKey]:
        keys: dict[tuple[UUID, int], CompartmentKey] = {}
        statement = (
            select(
                GrantRecord.compartment_id,
                GrantRecord.generation,
                GrantRecord.principal_id,
                GrantRecord.kept,
                GenerationRecord.commitment,
            )
            .join(GenerationRecord, _IS_GRANT_OF)
            .where(where)
        )
        open_kept, holders = self._keyring.open_kept, self._keyring.holders
        waiting = []
        for compartment, generation, holder, kept, commitment in self._connection.execute(
            statement
        ):
            # Asked for in SQL, this would have SQLite walk through every grant that we hold.
            if holder not in holders:
                continue
            place = (compartment, generation)
            if kept is None:
                waiting.append((*place, holder))
                continue
            try:
                keys[place] = open_kept(holder, kept, *place, commitment=commitment)
            except TamperedError:
                waiting.append((*place, holder))
        # Each key after the first is checked against the one before it.
        for compartment, generation, holder in sorted(waiting, key=lambda one: one[1]):
            if (compartment, generation) not in keys:
                self._accept(compartment, generation, holder, keys)
        return keys

    def _accept(
        self,
        compartment_id: UUID,
        generation: int,
        holder: UUID,
        keys: dict[tuple[UUID, int], CompartmentKey],
    ) -> None:
        """Check a grant, take up its key and keep it; or leave it out."""
        row = self._connection.execute(
            select(*_COMPARTMENT, *_GENERATION[1:], *_GRANT[2:])
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .join(GrantRecord, _IS_GRANT_OF)
            .where(
                GrantRecord.compartment_id == compartment_id,
                GrantRecord.generation == generation,
                GrantRecord.principal_id == holder,
            )
        ).one()
        try:
            key = self._checked_key(row, keys.get((compartment_id, generation - 1)))
        except TamperedError:
            self._left_out.add(compartment_id)
            return
        kept = self._keyring.keep(
            holder, key, compartment_id, generation, commitment=row.commitment
        )
        self._connection.execute(
            update(GrantRecord)
            .where(
                GrantRecord.compartment_id == compartment_id,
                GrantRecord.generation == generation,
                GrantRecord.principal_id == holder,
            )
            .values(kept=kept)
        )
        keys[compartment_id, generation] = key

    def _checked_key(self, row: Any, previous: CompartmentKey | None) -> CompartmentKey:
        compartment = _compartment(row, row.generation)
        check_generation(
            Generation(
                compartment=compartment,
                made_by=row.made_by,
                commitment=row.commitment,
                proof=row.proof,
                signature=row[_SIGNATURE_OF_GENERATION],
            ),
            self._trust,
        )
        grant = Grant(
            compartment=compartment,
            principal_id=row.principal_id,
            granted_by=row.granted_by,
            wrapped=row.wrapped,
            signature=row[_SIGNATURE_OF_GRANT],
        )
        check_grant(grant, self._trust, maker=row.made_by)
        if compartment.generation > 1 and (
            previous is None or previous.proof(row.commitment) != row.proof
        ):
            raise TamperedError
        context = key_context(compartment, self._trust.vault_id)
        return self._keyring.unwrap(
            grant.principal_id, grant.wrapped, context, commitment=row.commitment
        )


# Both tables have a column of this name, so it is found by its place in the row.
_SIGNATURE_OF_GENERATION = len(_COMPARTMENT) + len(_GENERATION) - 2
_SIGNATURE_OF_GRANT = len(_COMPARTMENT) + len(_GENERATION) - 1 + len(_GRANT) - 2 - 2


def _compartment(row: Any, generation: int) -> Compartment:
    try:
        kind = CompartmentKind(row.kind)
    except ValueError:
        raise TamperedError from None
    return Compartment(
        id=row.id,
        kind=kind,
        case_id=row.case_id,
        user_id=row.user_id,
        generation=generation,
    )
