"""Reads and writes compartments and grants, and opens what our keyring can open."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from trygga_desktop.crypto.keyring import CompartmentKey, KeptPlace, Keyring
from trygga_desktop.crypto.statements import (
    Trust,
    check_generation,
    check_grant,
    digest_keys,
    key_context,
)
from trygga_desktop.domain.audit import CASE_KEY_ACTIONS, Action
from trygga_desktop.domain.compartments import (
    FILE_KINDS,
    Compartment,
    CompartmentKind,
    Generation,
    Grant,
)
from trygga_desktop.domain.errors import NoAccessError, TamperedError
from trygga_desktop.storage.records.compartments import (
    CompartmentRecord,
    GenerationRecord,
    GrantRecord,
    KeptRecord,
)
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.envelopes import ODD_VALUES

# A compartment's keys by compartment and generation.
Keys: TypeAlias = Mapping[tuple[UUID, int], CompartmentKey]

_IS_GRANT_OF = (GrantRecord.compartment_id == GenerationRecord.compartment_id) & (
    GrantRecord.generation == GenerationRecord.generation
)
_IS_KEPT_OF = (KeptRecord.compartment_id == GenerationRecord.compartment_id) & (
    KeptRecord.generation == GenerationRecord.generation
)


class Compartments:
    """The compartments of cases and of the vault, and who holds their keys.

    Everyone who can open the vault can write rows here. So a key counts only once it has been
    accepted: its maker and its granter signed it, it follows the key before it, and for a case the
    audit log knows of it. One that is forged is left out, and its compartment is added to
    `left_out` so that it can be told; the rest goes on.
    """

    def __init__(
        self,
        connection: Connection,
        keyring: Keyring,
        trust: Trust,
        audit: Audit,
        left_out: set[UUID],
    ) -> None:
        self._connection = connection
        self._keyring = keyring
        self._trust = trust
        self._audit = audit
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

        Those that we can use are accepted with it: we made them.
        """
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
                }
            )
            if grant.principal_id in self._keyring.holders:
                context = key_context(compartment, self._trust.vault_id)
                self._keep(key, _kept_place(compartment, key.commitment(context)))
        # An empty list would be taken for one row of defaults.
        if rows:
            self._connection.execute(insert(GrantRecord).prefix_with("OR REPLACE"), rows)

    def of_case(self, case_id: UUID | None) -> list[Compartment]:
        """Return the compartments that lie here for a case, or for the vault itself.

        Each comes in its newest generation, whether that can be believed or not.
        """
        newest = func.max(GenerationRecord.generation)
        statement = (
            select(*CompartmentRecord.__table__.columns, newest.label("newest"))
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .where(CompartmentRecord.case_id == case_id)
            .group_by(CompartmentRecord.id)
        )
        found = []
        for row in self._connection.execute(statement):
            try:
                found.append(_compartment(row, row.newest))
            except TamperedError:
                self._left_out.add(row.id)
        return found

    def of_file(self, case_id: UUID) -> dict[CompartmentKind, Compartment]:
        """Return the two compartments of a case's file, in the generation to write under.

        Raise TamperedError if their keys are not those that the audit log knows of: somebody has
        put some there, or taken some away, so as to read what is written next.
        """
        if not self.is_as_logged(case_id):
            raise TamperedError
        return {one.kind: one for one in self.of_case(case_id) if one.kind in FILE_KINDS}

    def own(
        self, kind: CompartmentKind, *, case_id: UUID | None = None, user_id: UUID | None = None
    ) -> Compartment | None:
        """Return a compartment outside the files of cases, in the newest generation accepted."""
        keys = self.keys_of(case_id)
        for compartment in sorted(self.of_case(case_id), key=lambda one: one.id):
            if (compartment.kind, compartment.user_id) != (kind, user_id):
                continue
            accepted = [generation for of, generation in keys if of == compartment.id]
            if accepted:
                return replace(compartment, generation=max(accepted))
        return None

    def digest(self, case_id: UUID, *, first_only: bool = False) -> bytes:
        """Return the digest of the keys of a case's file, for the entry that says how they came.

        `first_only` leaves out what later generations brought.
        """
        statement = (
            select(
                CompartmentRecord.id,
                CompartmentRecord.kind,
                GenerationRecord.generation,
                GenerationRecord.commitment,
            )
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .where(CompartmentRecord.case_id == case_id, CompartmentRecord.kind.in_(FILE_KINDS))
        )
        if first_only:
            statement = statement.where(GenerationRecord.generation == 1)
        return digest_keys((*row,) for row in self._connection.execute(statement))

    def is_as_logged(self, case_id: UUID | None) -> bool:
        """Return whether the keys of a case's file are those that the audit log knows of.

        A case is opened once, with the compartments that it keeps; whatever came later must be a
        renewal of their keys.
        """
        if case_id is None:
            return False
        try:
            opened, *renewed = self._audit.about(case_id, CASE_KEY_ACTIONS)
            is_opened_once = opened.action is Action.CASE_OPENED and all(
                one.action is not Action.CASE_OPENED for one in renewed
            )
            return (
                is_opened_once
                and opened.digest == self.digest(case_id, first_only=True)
                and [opened, *renewed][-1].digest == self.digest(case_id)
            )
        except ODD_VALUES:
            return False

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

    def key(self, compartment: Compartment) -> CompartmentKey:
        """Return the key of a compartment's generation, or raise NoAccessError."""
        keys = self._keys(GrantRecord.compartment_id == compartment.id)
        try:
            return keys[compartment.id, compartment.generation]
        except KeyError:
            raise NoAccessError from None

    def keys_of(self, case_id: UUID | None) -> Keys:
        """Return every key of a case's compartments that we can open."""
        return self._keys(CompartmentRecord.case_id == case_id)

    def keys_of_kind(self, kind: CompartmentKind) -> Keys:
        """Return every key that we can open of one kind of compartment, over all cases."""
        is_ours = GrantRecord.principal_id.in_(self._keyring.holders)
        return self._keys((CompartmentRecord.kind == kind) & is_ours)

    def held_by(self, principal_id: UUID) -> dict[Compartment, CompartmentKey]:
        """Return what was granted to a principal itself and we can open too.

        What was not meant for us, or is not whole, is left out and told.
        """
        is_theirs = select(GrantRecord.compartment_id).where(
            GrantRecord.principal_id == principal_id
        )
        keys = self._keys(GrantRecord.compartment_id.in_(is_theirs))
        statement = (
            select(*CompartmentRecord.__table__.columns, GrantRecord.generation)
            .join(GrantRecord, GrantRecord.compartment_id == CompartmentRecord.id)
            .where(GrantRecord.principal_id == principal_id)
        )
        held = {}
        for row in self._connection.execute(statement):
            key = keys.get((row.id, row.generation))
            if key is None:
                self._left_out.add(row.id)
                continue
            held[_compartment(row, row.generation)] = key
        return held

    def holders(self, compartment: Compartment) -> frozenset[UUID]:
        """Return the principals that this generation of a compartment is granted to."""
        statement = select(GrantRecord.principal_id).where(
            GrantRecord.compartment_id == compartment.id,
            GrantRecord.generation == compartment.generation,
        )
        return frozenset(self._connection.scalars(statement))

    def _keys(self, where: ColumnElement[bool]) -> dict[tuple[UUID, int], CompartmentKey]:
        """Return the keys that we have accepted, and accept those that wait for it."""
        keys: dict[tuple[UUID, int], CompartmentKey] = {}
        open_kept, holders = self._keyring.open_kept, self._keyring.holders
        waiting = []
        for row in self._connection.execute(self._granted().where(where)):
            # Asked for in SQL, this would have SQLite walk through every grant that we hold.
            if row.principal_id not in holders or (row.id, row.generation) in keys:
                continue
            try:
                place = KeptPlace(
                    compartment=row.id,
                    kind=row.kind,
                    case_id=row.case_id,
                    user_id=row.user_id,
                    generation=row.generation,
                    commitment=row.commitment,
                )
                keys[row.id, row.generation] = open_kept(row.kept, place)
            except ODD_VALUES:
                waiting.append((row.id, row.generation, row.principal_id))
        # Each key after the first is checked against the one before it.
        for compartment_id, generation, holder in sorted(waiting, key=lambda one: one[1]):
            if (compartment_id, generation) not in keys:
                self._accept(compartment_id, generation, holder, keys)
        return keys

    def _granted(self) -> Select[Any]:
        is_ours = KeptRecord.user_id == self._keyring.principal
        return (
            select(
                *CompartmentRecord.__table__.columns,
                GenerationRecord.generation,
                GenerationRecord.commitment,
                GrantRecord.principal_id,
                KeptRecord.ciphertext.label("kept"),
            )
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .join(GrantRecord, _IS_GRANT_OF)
            .outerjoin(KeptRecord, _IS_KEPT_OF & is_ours)
        )

    def _accept(
        self,
        compartment_id: UUID,
        generation: int,
        holder: UUID,
        keys: dict[tuple[UUID, int], CompartmentKey],
    ) -> None:
        """Check a grant, take up its key and keep it; or leave it out."""
        row = self._connection.execute(
            select(
                *CompartmentRecord.__table__.columns,
                GenerationRecord.generation,
                GenerationRecord.made_by,
                GenerationRecord.commitment,
                GenerationRecord.proof,
                GenerationRecord.signature.label("made_signature"),
                GrantRecord.granted_by,
                GrantRecord.wrapped,
                GrantRecord.signature.label("granted_signature"),
            )
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .join(GrantRecord, _IS_GRANT_OF)
            .where(
                GrantRecord.compartment_id == compartment_id,
                GrantRecord.generation == generation,
                GrantRecord.principal_id == holder,
            )
        ).one()
        try:
            compartment = _compartment(row, row.generation)
            previous = keys.get((compartment_id, generation - 1))
            key = self._checked_key(row, compartment, holder, previous)
            self._keep(key, _kept_place(compartment, row.commitment))
        except ODD_VALUES:
            self._left_out.add(compartment_id)
        else:
            keys[compartment_id, generation] = key

    def _checked_key(
        self, row: Any, compartment: Compartment, holder: UUID, previous: CompartmentKey | None
    ) -> CompartmentKey:
        generation = Generation(
            compartment=compartment,
            made_by=row.made_by,
            commitment=row.commitment,
            proof=row.proof,
            signature=row.made_signature,
        )
        check_generation(generation, self._trust)
        grant = Grant(
            compartment=compartment,
            principal_id=holder,
            granted_by=row.granted_by,
            wrapped=row.wrapped,
            signature=row.granted_signature,
        )
        check_grant(grant, self._trust, maker=row.made_by)
        if compartment.generation > 1 and (
            previous is None or previous.proof(row.commitment) != row.proof
        ):
            raise TamperedError
        if compartment.kind in FILE_KINDS and not self.is_as_logged(compartment.case_id):
            raise TamperedError
        context = key_context(compartment, self._trust.vault_id)
        return self._keyring.unwrap(holder, row.wrapped, context, commitment=row.commitment)

    def _keep(self, key: CompartmentKey, place: KeptPlace) -> None:
        self._connection.execute(
            insert(KeptRecord)
            .prefix_with("OR REPLACE")
            .values(
                user_id=self._keyring.principal,
                compartment_id=place.compartment,
                generation=place.generation,
                ciphertext=self._keyring.keep(key, place),
            )
        )


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


def _kept_place(compartment: Compartment, commitment: bytes) -> KeptPlace:
    return KeptPlace(
        compartment=compartment.id,
        kind=compartment.kind,
        case_id=compartment.case_id,
        user_id=compartment.user_id,
        generation=compartment.generation,
        commitment=commitment,
    )
