"""Reads and writes compartments and grants, and opens what our keyring can open."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, exists, func, insert, select

from trygga_desktop.crypto.keyring import CompartmentKey, KeptPlace, Keyring
from trygga_desktop.crypto.statements import (
    Trust,
    check_generation,
    check_grant,
    digest_keys,
    key_context,
)
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
from trygga_desktop.storage.stores.envelopes import ODD_VALUES
from trygga_desktop.storage.stores.opened import Known, Lying, Opened, WholeTables

_KeyOfFile: TypeAlias = tuple[UUID, str, int, bytes]

KEY_TABLES = frozenset(
    one.__tablename__ for one in (CompartmentRecord, GenerationRecord, GrantRecord, KeptRecord)
)
"""Which keys are ours goes by what lies in these: whoever is granted one, or loses it."""


class Keys(dict[tuple[UUID, int], CompartmentKey]):
    """Keys by compartment and generation.

    `cases` are those of which we once accepted a key, whether it is among these or not: what
    cannot be opened of them any more is missing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.cases: set[UUID | None] = set()


class Compartments:
    """The compartments of cases and of the vault, and who holds their keys.

    Everyone who can open the vault can write rows here. So a key counts only once it has been
    accepted: its maker and its granter signed it, it follows the key before it, and for a case the
    audit log knows of it. One that is forged is left out, and its compartment is added to
    `left_out` so that it can be told; the rest goes on.

    What was read is kept until something is written here: every store of a transaction asks for the
    same keys.
    """

    def __init__(  # noqa: PLR0913, PLR0917  what is read, by whom, and what is known of it
        self,
        connection: Connection,
        keyring: Keyring,
        trust: Trust,
        left_out: set[UUID],
        opened: Opened,
        whole: WholeTables,
    ) -> None:
        self._connection = connection
        self._known = opened
        self._whole = whole
        self._keyring = keyring
        self._trust = trust
        self._left_out = left_out
        self._read: dict[UUID | None, list[Compartment]] = {}
        self._opened: dict[UUID | None, Keys] = {}
        self._opened_of_kind: dict[CompartmentKind, Keys] = {}
        self._as_logged: set[UUID] = set()

    def add(self, compartment: Compartment) -> None:
        """Store a new compartment; its first key is added apart."""
        self._forget()
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
        self._forget()
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
        self._forget()
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
                    "proof": grant.proof,
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
        if case_id not in self._read:
            self._read[case_id] = self._read_case(case_id)
        return list(self._read[case_id])

    def _read_case(self, case_id: UUID | None) -> list[Compartment]:
        return self._parts(CompartmentRecord.case_id == case_id)

    def _parts(self, where: ColumnElement[bool]) -> list[Compartment]:
        newest = func.max(GenerationRecord.generation)
        statement = (
            select(*CompartmentRecord.__table__.columns, newest.label("newest"))
            .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
            .where(where)
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
        if case_id not in self._as_logged:
            if not self.is_as_logged(case_id):
                raise TamperedError
            self._as_logged.add(case_id)
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

    def digest(self, case_id: UUID) -> bytes:
        """Return the digest of the keys of a case's file, for the entry that says how they came."""
        return digest_keys(self._keys_of_file(case_id))

    def is_as_logged(self, case_id: UUID | None) -> bool:
        """Return whether the keys of a case's file are those that the audit log knows of.

        Each entry about them must fit what was there at its time: the two first keys when the
        case was opened, and with each renewal at most one more of each.
        """
        if case_id is None:
            return False
        try:
            rows = self._keys_of_file(case_id)
            newest = {row[1]: max(one[2] for one in rows if one[1] == row[1]) for row in rows}
            reached = {(1, 1)}
            first, *renewed = self._trust.case_keys(case_id)
            if digest_keys(_up_to(rows, (1, 1))) != first:
                return False
            for told in renewed:
                reached = {
                    after
                    for before in reached
                    for after in _renewals(before)
                    if digest_keys(_up_to(rows, after)) == told
                }
            kinds = (CompartmentKind.CASE, CompartmentKind.GUARDED)
            return tuple(newest[kind] for kind in kinds) in reached
        except ODD_VALUES:
            return False

    def _keys_of_file(self, case_id: UUID) -> list[_KeyOfFile]:
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
        return [(*row,) for row in self._connection.execute(statement)]

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
        keys = self.keys_of(compartment.case_id)
        try:
            return keys[compartment.id, compartment.generation]
        except KeyError:
            raise NoAccessError from None

    def keys_of(self, case_id: UUID | None) -> Keys:
        """Return every key of a case's compartments that we can open."""
        if case_id not in self._opened:
            self._opened[case_id] = self._keys(CompartmentRecord.case_id == case_id)
        return self._opened[case_id]

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once the compartments of these cases, and their keys."""
        for case_id in case_ids:
            self._read[case_id], self._opened[case_id] = [], Keys()
        is_one_of = CompartmentRecord.case_id.in_(case_ids)
        places = {}
        for one in self._parts(is_one_of):
            if one.case_id is not None:
                self._read[one.case_id].append(one)
                places[one.id] = one.case_id
        found = self._keys(is_one_of)
        for held in found.cases:
            self._opened[held].cases.add(held)
        for place, key in found.items():
            if place[0] in places:
                self._opened[places[place[0]]][place] = key

    def _forget(self) -> None:
        self._read.clear()
        self._opened.clear()
        self._opened_of_kind.clear()
        self._as_logged.clear()

    def keys_of_kind(self, kind: CompartmentKind) -> Keys:
        """Return every key that we can open of one kind of compartment, over all cases.

        Compartments that we once opened and that are gone are left out and told.
        """
        if kind not in self._opened_of_kind:
            keys = self._whole.of(self.whose(kind), KEY_TABLES, lambda: self._keys_of_kind(kind))
            self._opened_of_kind[kind] = keys
        return self._opened_of_kind[kind]

    def at_hand(self, kind: CompartmentKind) -> Keys | None:
        """Return what `keys_of_kind` does if that need not be read, or else None."""
        known = self._opened_of_kind.get(kind)
        return self._whole.kept(self.whose(kind), KEY_TABLES) if known is None else known

    def places(self, kind: CompartmentKind) -> Mapping[UUID, UUID | None]:
        """Return of which case each compartment of one kind is, whether it opens to us or not."""
        part = CompartmentRecord
        return self._whole.of(
            ("places", kind),
            KEY_TABLES,
            lambda: {
                one.id: one.case_id
                for one in self._connection.execute(
                    select(part.id, part.case_id).where(part.kind == kind)
                )
            },
        )

    def whose(self, kind: CompartmentKind) -> tuple[object, ...]:
        """Return the name under which is kept what goes by our keys of this kind."""
        return "keys", kind, self._keyring.principal, self._keyring.holders

    def _keys_of_kind(self, kind: CompartmentKind) -> Keys:
        gone = (
            select(KeptRecord.compartment_id)
            .outerjoin(CompartmentRecord, CompartmentRecord.id == KeptRecord.compartment_id)
            .where(KeptRecord.user_id == self._keyring.principal, CompartmentRecord.id.is_(None))
        )
        self._left_out.update(self._connection.scalars(gone))
        return self._keys(CompartmentRecord.kind == kind, over_all=True)

    def opened_cases(self, kind: CompartmentKind) -> Select[UUID | None]:
        """Return the statement that finds the cases of which we accepted a key of this kind.

        They are those of `keys_of_kind`, for what is only counted: only what waits is opened.
        """
        waiting = (
            select(CompartmentRecord.case_id)
            .distinct()
            .join(GrantRecord, GrantRecord.compartment_id == CompartmentRecord.id)
            .where(
                CompartmentRecord.kind == kind,
                GrantRecord.principal_id.in_(self._keyring.holders),
                ~_is_kept_by(self._keyring.principal),
            )
        )
        for case_id in self._connection.scalars(waiting).all():
            self.keys_of(case_id)
        return (
            select(CompartmentRecord.case_id)
            .join(KeptRecord, KeptRecord.compartment_id == CompartmentRecord.id)
            .where(KeptRecord.user_id == self._keyring.principal, CompartmentRecord.kind == kind)
        )

    def held_by(self, principal_id: UUID) -> dict[Compartment, CompartmentKey]:
        """Return what was granted to a principal itself and we can open too.

        What was not meant for us, or not granted by who held it, is left out and told.
        """
        statement = (
            select(CompartmentRecord.id)
            .distinct()
            .join(GrantRecord, GrantRecord.compartment_id == CompartmentRecord.id)
            .where(GrantRecord.principal_id == principal_id)
        )
        keys = self._keys(CompartmentRecord.id.in_(statement))
        held = {}
        for row in self._connection.execute(
            _GRANTS.where(GrantRecord.principal_id == principal_id)
        ):
            key = keys.get((row.id, row.generation))
            if key is None or not self._was_granted(row, key):
                self._left_out.add(row.id)
                continue
            held[_compartment(row, row.generation)] = key
        return held

    def holders(self, compartment: Compartment, key: CompartmentKey) -> frozenset[UUID]:
        """Return the principals that a generation was granted to by who held its key.

        Others who only say so are left out: they would get the next key too.
        """
        is_it = (CompartmentRecord.id == compartment.id) & (
            GrantRecord.generation == compartment.generation
        )
        rows = self._connection.execute(_GRANTS.where(is_it)).all()
        holders = frozenset(row.principal_id for row in rows if self._was_granted(row, key))
        if len(holders) < len(rows):
            self._left_out.add(compartment.id)
        return holders

    def readers(self, compartment: Compartment, key: CompartmentKey) -> frozenset[UUID]:
        """Return the same principals, for a question that a forged grant is to leave unanswered.

        It opens nothing to anybody: nothing is told of it, and nothing waits until it is gone.
        """
        is_it = (CompartmentRecord.id == compartment.id) & (
            GrantRecord.generation == compartment.generation
        )
        rows = self._connection.execute(_GRANTS.where(is_it)).all()
        return frozenset(row.principal_id for row in rows if self._was_granted(row, key))

    def _was_granted(self, row: Any, key: CompartmentKey) -> bool:
        try:
            compartment = _compartment(row, row.generation)
            check_grant(_grant(row, compartment), key, self._trust, maker=row.made_by)
        except ODD_VALUES:
            return False
        is_another_s = compartment.user_id not in {None, row.principal_id}
        return not is_another_s or self._trust.is_recovery(row.principal_id)

    def _keys(self, where: ColumnElement[bool], *, over_all: bool = False) -> Keys:
        """Return the keys that we have accepted, and accept those that wait for it."""
        keys, is_spoiled = Keys(), False
        me, holders = self._keyring.principal, self._keyring.holders
        kept, kept_by_me = _KEPT.where(where), f"{KeptRecord.__tablename__} {me}"
        # Asked for in SQL within one case, this would have SQLite walk through all that we keep.
        for found in self._connection.execute(
            kept.where(KeptRecord.user_id == me) if over_all else kept
        ):
            lies = tuple(found)
            known = self._known.find(kept_by_me, lies)
            if known is None:
                row = _LYING.read(lies, self._connection.dialect)
                if row.holder != me:
                    continue
                keys.cases.add(row.case_id)
                try:
                    key = self._keyring.open_kept(row.kept, _place_of(row))
                except ODD_VALUES:
                    is_spoiled = True
                    continue
                known = Known(row.case_id, (((row.id, row.generation), key),), None)
                self._known.keep(kept_by_me, lies, known)
            keys.cases.add(known.case_id)
            keys.update(known.keys)
        granted = _GRANTED.where(where)
        if over_all:
            granted = granted.where(GrantRecord.principal_id.in_(holders))
            if not is_spoiled:
                granted = granted.where(~_is_kept_by(me))
        waiting = [
            (compartment, generation, holder)
            for compartment, generation, holder in self._connection.execute(granted)
            if holder in holders and (compartment, generation) not in keys
        ]
        # Each key after the first is checked against the one before it.
        for compartment, generation, holder in sorted(waiting, key=_by_generation):
            if (compartment, generation) not in keys:
                self._accept(compartment, generation, holder, keys)
        return keys

    def _accept(self, compartment_id: UUID, generation: int, holder: UUID, keys: Keys) -> None:
        """Check a grant, take up its key and keep it; or leave it out."""
        row = self._connection.execute(
            _GRANTS.where(
                GrantRecord.compartment_id == compartment_id,
                GrantRecord.generation == generation,
                GrantRecord.principal_id == holder,
            )
        ).first()
        try:
            compartment = _compartment(row, generation)
            key = self._checked_key(row, compartment, keys.get((compartment_id, generation - 1)))
            self._keep(key, _place_of(row))
        except ODD_VALUES:
            self._left_out.add(compartment_id)
        else:
            keys[compartment_id, generation] = key
            keys.cases.add(compartment.case_id)

    def _checked_key(
        self, row: Any, compartment: Compartment, previous: CompartmentKey | None
    ) -> CompartmentKey:
        generation = Generation(
            compartment=compartment,
            made_by=row.made_by,
            commitment=row.commitment,
            proof=row.made_proof,
            signature=row.made_signature,
        )
        check_generation(generation, self._trust)
        if compartment.generation > 1 and (
            previous is None or previous.proof(row.commitment) != row.made_proof
        ):
            raise TamperedError
        if compartment.kind in FILE_KINDS and not self.is_as_logged(compartment.case_id):
            raise TamperedError
        context = key_context(compartment, self._trust.vault_id)
        key = self._keyring.unwrap(
            row.principal_id, row.wrapped, context, commitment=row.commitment
        )
        check_grant(_grant(row, compartment), key, self._trust, maker=row.made_by)
        return key

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


_GRANTS = (
    select(
        *CompartmentRecord.__table__.columns,
        GenerationRecord.generation,
        GenerationRecord.made_by,
        GenerationRecord.commitment,
        GenerationRecord.proof.label("made_proof"),
        GenerationRecord.signature.label("made_signature"),
        GrantRecord.principal_id,
        GrantRecord.granted_by,
        GrantRecord.wrapped,
        GrantRecord.proof,
        GrantRecord.signature,
    )
    .join(GenerationRecord, GenerationRecord.compartment_id == CompartmentRecord.id)
    .join(
        GrantRecord,
        (GrantRecord.compartment_id == GenerationRecord.compartment_id)
        & (GrantRecord.generation == GenerationRecord.generation),
    )
)
_GRANTED = select(
    GrantRecord.compartment_id, GrantRecord.generation, GrantRecord.principal_id
).join(CompartmentRecord, CompartmentRecord.id == GrantRecord.compartment_id)
_LYING = Lying(
    {
        **{one.name: one for one in CompartmentRecord.__table__.columns},
        "generation": KeptRecord.__table__.c.generation,
        "holder": KeptRecord.__table__.c.user_id,
        "kept": KeptRecord.__table__.c.ciphertext,
        "commitment": GenerationRecord.__table__.c.commitment,
    }
)
_KEPT = (
    select(*_LYING.columns)
    .join(KeptRecord, KeptRecord.compartment_id == CompartmentRecord.id)
    .outerjoin(
        GenerationRecord,
        (GenerationRecord.compartment_id == KeptRecord.compartment_id)
        & (GenerationRecord.generation == KeptRecord.generation),
    )
)


def _is_kept_by(user_id: UUID) -> ColumnElement[bool]:
    return exists().where(
        KeptRecord.compartment_id == GrantRecord.compartment_id,
        KeptRecord.generation == GrantRecord.generation,
        KeptRecord.user_id == user_id,
    )


def _grant(row: Any, compartment: Compartment) -> Grant:
    return Grant(
        compartment=compartment,
        principal_id=row.principal_id,
        granted_by=row.granted_by,
        wrapped=row.wrapped,
        proof=row.proof,
        signature=row.signature,
    )


def _by_generation(waiting: tuple[UUID, Any, UUID]) -> int:
    """Return what to sort by; what is no number comes first, and is left out when it is met."""
    return waiting[1] if isinstance(waiting[1], int) else 0


def _up_to(rows: list[_KeyOfFile], newest: tuple[int, int]) -> list[_KeyOfFile]:
    """Return the keys that a case had when its two parts had come to these generations."""
    most = dict(zip((CompartmentKind.CASE, CompartmentKind.GUARDED), newest, strict=True))
    return [row for row in rows if row[2] <= most[CompartmentKind(row[1])]]


def _renewals(before: tuple[int, int]) -> list[tuple[int, int]]:
    case, guarded = before
    return [(case + 1, guarded), (case, guarded + 1), (case + 1, guarded + 1)]


def _place_of(row: Any) -> KeptPlace:
    return KeptPlace(
        compartment=row.id,
        kind=row.kind,
        case_id=row.case_id,
        user_id=row.user_id,
        generation=row.generation,
        commitment=row.commitment,
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
