"""A client of an insider's own making: the raw file, the vault key and one user's private keys.

It follows none of the program's rules and tries every key it can reach on every value.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey, Place
from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.key_slots import Secrets
from trygga_desktop.crypto.keyring import KeptPlace
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.statements import key_context, membership_context
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.principals import Principal, PrincipalKind
from trygga_desktop.storage.anchor import Anchor
from trygga_desktop.storage.engine import FileKey
from trygga_desktop.storage.pages import Pages

OF_EVERYONE = ("account", "setting", "organisation", "contact")
OF_CASES = (
    "case",
    "person",
    "guarded",
    "item",
    "party",
    "consent_event",
    "meeting",
    "commitment",
    "protocol",
    "protocol_file",
    "scan",
    "signature",
    "excerpt",
    "excerpt_file",
    "handover",
    "approval",
)

# What takes a vault back to before protocols were sealed.
WITHOUT_SEALING = (
    *(f"DROP TRIGGER compartment_refuses_{change}" for change in ("insert", "update", "delete")),
    *(f"DROP TABLE {table}" for table in ("excerpt_file", "excerpt", "handover", "approval")),
    "DROP TABLE exchange",
    "DROP TABLE rating",
    "DROP TABLE plan",
    "DROP INDEX ix_commitment_due_on",
    "DROP INDEX ix_commitment_ask_on",
    "ALTER TABLE commitment DROP COLUMN ask_on",
    *(
        f"DROP TRIGGER {table}_sealed_refuses_{change}"
        for table in ("item", "meeting", "commitment")
        for change in ("insert", "update", "delete")
    ),
    "DROP TABLE signature",
    "DROP TABLE scan",
    "DROP TABLE protocol_file",
    "DROP TABLE protocol",
    "DROP INDEX ix_item_meeting_id",
    "ALTER TABLE item DROP COLUMN meeting_id",
)


class _Connection(sqlcipher.Connection):  # type: ignore[misc]  # the driver has no types
    """Makes the anchor say of whatever is written that it is what should be there.

    Its key comes from the vault key, which every account holder has.
    """

    anchor: Anchor
    pages: Pages

    def execute(self, statement: str, *values: Any) -> Any:
        done = super().execute(statement, *values)
        told = self.anchor.read()
        if not statement.startswith(("SELECT", "PRAGMA")) and told is not None and told.content:
            self.anchor.reset(replace(told, content=self.pages.content()))
        return done


def connect(path: Path, key: FileKey) -> Any:
    """Open the file as any program could that knows the vault key."""
    connection = sqlcipher.connect(str(path), isolation_level=None, factory=_Connection)
    connection.anchor = Anchor(path.with_name("anchor"), derive_subkey(key.key, "anchor"))
    connection.pages = Pages(path)
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
            for table in (*OF_CASES, *OF_EVERYONE, "draft")
            for row_id, places, ciphertext in _values(database, table, key.salt)
            if any(_opens(one, ciphertext, place) for one in keys for place in places)
        }
    finally:
        database.close()


def read_all(path: Path, key: FileKey, secrets: Secrets) -> dict[tuple[str, UUID], str]:
    """Return what stands in every record of cases that these private keys can reach."""
    database = connect(path, key)
    try:
        exchange = _principals(database, secrets, key.salt)
        keys = list(_compartment_keys(database, exchange, key.salt))
        keys += [one.own_key() for one in exchange.values()]
        found = {}
        for table in (*OF_CASES, "plan"):
            for row_id, places, ciphertext in _values(database, table, key.salt):
                for one, place in product(keys, places):
                    with suppress(TamperedError):
                        told = from_canonical(one.take_out(ciphertext, place.to_bytes()))
                        found[table, row_id] = repr(told)
        return found
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


def _compartments(database: Any) -> dict[str, Compartment]:
    rows = database.execute("SELECT id, kind, case_id, user_id FROM compartment").fetchall()
    return {
        row_id: Compartment(
            id=UUID(row_id),
            kind=CompartmentKind(kind),
            case_id=case_id and UUID(case_id),
            user_id=user_id and UUID(user_id),
        )
        for row_id, kind, case_id, user_id in rows
    }


def _compartment_keys(
    database: Any, exchange: dict[UUID, ExchangeKey], vault_id: bytes
) -> Iterator[EnvelopeKey]:
    compartments = _compartments(database)
    wrapped = database.execute('SELECT compartment_id, generation, wrapped FROM "grant"').fetchall()
    for row_id, generation, data in wrapped:
        compartment = replace(compartments[row_id], generation=generation)
        for own in exchange.values():
            with suppress(TamperedError):
                yield EnvelopeKey(own.unwrap(data, key_context(compartment, vault_id)))
    kept = database.execute(
        "SELECT kept.user_id, kept.compartment_id, kept.generation, commitment, ciphertext"
        " FROM kept JOIN generation ON generation.compartment_id = kept.compartment_id"
        " AND generation.generation = kept.generation"
    ).fetchall()
    for user_id, row_id, generation, commitment, data in kept:
        compartment = replace(compartments[row_id], generation=generation)
        place = kept_place(compartment, commitment).to_bytes(UUID(user_id))
        for own in exchange.values():
            with suppress(TamperedError):
                yield EnvelopeKey(own.own_key().take_out(data, place))


def kept_place(compartment: Compartment, commitment: bytes) -> KeptPlace:
    """Return where a user keeps this key."""
    return KeptPlace(
        compartment=compartment.id,
        kind=compartment.kind,
        case_id=compartment.case_id,
        user_id=compartment.user_id,
        generation=compartment.generation,
        commitment=commitment,
    )


def _values(
    database: Any, table: str, vault_id: bytes
) -> Iterator[tuple[UUID, list[Place], bytes]]:
    compartments = _compartments(database).values()
    vault = UUID(bytes=vault_id)
    owners = {(one.id, one.case_id or one.user_id or vault) for one in compartments}
    owners |= {(one.id, vault) for one in compartments}
    cursor = database.execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in cursor.description]
    for row in (dict(zip(names, values, strict=True)) for values in cursor.fetchall()):
        places = [
            Place(
                vault_id=vault_id,
                owner=owner,
                compartment=compartment,
                generation=row["generation"],
                table=table,
                row=UUID(row["id"]),
                row_version=row["row_version"],
                clear=_clear(table, row),
            )
            for compartment, owner in owners
        ]
        yield UUID(row["id"]), places, row["ciphertext"]


def _clear(  # noqa: C901, PLR0911  one for each table
    table: str, row: dict[str, Any]
) -> bytes:
    """Return how the program spells what stands in the clear beside the contents of a row."""
    if table == "case":
        subject = UUID(row["subject_id"]).bytes
        return b"%s %s %d" % (row["phase"].encode(), subject, row["sequence"])
    if table == "item" and row["meeting_id"] is not None:
        return b"%d %s" % (row["sequence"], UUID(row["meeting_id"]).bytes)
    if table in {"item", "draft", "consent_event"}:
        return b"%d" % row["sequence"]
    if table == "protocol":
        return to_canonical([str(UUID(row["meeting_id"])), row["sequence"]])
    if table in {"scan", "signature"}:
        return to_canonical([str(UUID(row["paper_id"])), row["sequence"]])
    if table == "protocol_file":
        return to_canonical([str(UUID(row["protocol_id"])), row["revision"]])
    if table in {"excerpt", "excerpt_file", "handover", "approval"}:
        belongs_to = {"excerpt": "protocol_id", "excerpt_file": "excerpt_id"}
        place = UUID(row[belongs_to.get(table, "meeting_id")])
        return to_canonical([str(place), row.get("sequence", 1)])
    if table == "meeting":
        return to_canonical({"starts_at": f"{datetime.fromisoformat(row['starts_at'])}+00:00"})
    if table == "plan":
        return to_canonical({"number": row["number"]})
    if table == "commitment":
        return to_canonical({name: row[name] for name in ("due_on", "state", "ask_on")})
    return b""


def _opens(key: EnvelopeKey, ciphertext: bytes, place: Place) -> bool:
    try:
        from_canonical(key.take_out(ciphertext, place.to_bytes()))
    except TamperedError:
        return False
    return True
