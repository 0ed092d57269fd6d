"""A client of an insider's own making: the raw file, the vault key and one user's private keys.

It follows none of the program's rules and tries every key it can reach on every value.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from trygga_desktop.crypto.canonical import from_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey, Place
from trygga_desktop.crypto.key_slots import Secrets
from trygga_desktop.crypto.keyring import kept_context
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.statements import key_context, membership_context
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.principals import Principal, PrincipalKind
from trygga_desktop.storage.engine import FileKey

_ENCRYPTED = ("case", "person", "guarded", "item", "draft", "account", "setting")


def connect(path: Path, key: FileKey) -> Any:
    """Open the file as any program could that knows the vault key."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def forge(path: Path, key: FileKey, *statements: str) -> None:
    """Run statements, parted by semicolons, on the file behind the program's back."""
    database = connect(path, key)
    try:
        for statement in ";".join(statements).split(";"):
            database.execute(statement)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def open_all(path: Path, key: FileKey, secrets: Secrets) -> set[tuple[str, UUID]]:
    """Return the table and id of every record that these private keys can reach."""
    database = connect(path, key)
    try:
        exchange = _principals(database, secrets, key.salt)
        keys = list(_compartment_keys(database, exchange, key.salt))
        # Whatever is symmetric and ours is tried on everything too.
        keys += [one.own_key() for one in exchange.values()]
        return {
            (table, row_id)
            for table in _ENCRYPTED
            for row_id, places, ciphertext in _values(database, table, key.salt)
            if any(_opens(one, ciphertext, place) for one in keys for place in places)
        }
    finally:
        database.close()


def _principals(database: Any, secrets: Secrets, vault_id: bytes) -> dict[UUID, ExchangeKey]:
    found = {secrets.principal: ExchangeKey(secrets.exchange_key)}
    rows = database.execute("SELECT group_id, generation, wrapped FROM membership").fetchall()
    for group_id, generation, wrapped in rows:
        group = Principal(
            id=UUID(group_id),
            kind=PrincipalKind.GROUP,
            exchange_public=b"",
            generation=generation,
        )
        context = membership_context(group, secrets.principal, vault_id)
        with suppress(TamperedError):
            private = found[secrets.principal].unwrap(wrapped, context)
            found[group.id] = ExchangeKey(private)
    return found


def _compartment_keys(
    database: Any, exchange: dict[UUID, ExchangeKey], vault_id: bytes
) -> Iterator[EnvelopeKey]:
    rows = database.execute(
        "SELECT compartment.id, kind, case_id, user_id, generation.generation, commitment,"
        " principal_id, wrapped, kept FROM compartment"
        " JOIN generation ON generation.compartment_id = compartment.id"
        ' JOIN "grant" ON "grant".compartment_id = compartment.id'
        ' AND "grant".generation = generation.generation'
    ).fetchall()
    for row_id, kind, case_id, user_id, generation, commitment, holder, wrapped, kept in rows:
        compartment = Compartment(
            id=UUID(row_id),
            kind=CompartmentKind(kind),
            case_id=case_id and UUID(case_id),
            user_id=user_id and UUID(user_id),
            generation=generation,
        )
        for own in exchange.values():
            with suppress(TamperedError):
                yield EnvelopeKey(own.unwrap(wrapped, key_context(compartment, vault_id)))
            with suppress(TamperedError):
                context = kept_context(UUID(holder), compartment.id, generation, commitment)
                yield EnvelopeKey(own.own_key().take_out(kept or b"", context))


def _values(
    database: Any, table: str, vault_id: bytes
) -> Iterator[tuple[UUID, list[Place], bytes]]:
    compartments = [
        (UUID(row_id), UUID(owner or user or vault_id.hex()))
        for row_id, owner, user in database.execute(
            "SELECT id, case_id, user_id FROM compartment"
        ).fetchall()
    ]
    owners = [*compartments, *((one, UUID(bytes=vault_id)) for one, _ in compartments)]
    rows = database.execute(
        f'SELECT id, generation, row_version, ciphertext FROM "{table}"'
    ).fetchall()
    for row_id, generation, row_version, ciphertext in rows:
        places = [
            Place(
                vault_id=vault_id,
                owner=owner,
                compartment=compartment,
                generation=generation,
                table=table,
                row=UUID(row_id),
                row_version=row_version,
            )
            for compartment, owner in owners
        ]
        yield UUID(row_id), places, ciphertext


def _opens(key: EnvelopeKey, ciphertext: bytes, place: Place) -> bool:
    try:
        from_canonical(key.take_out(ciphertext, place.to_bytes()))
    except TamperedError:
        return False
    return True
