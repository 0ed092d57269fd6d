"""The vault: start, unlock, lists and records, each beside something without a vault."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.bench.clockwork import Figure, median
from tests.conftest import Clock, MadeVault, make_template
from tests.people import ELIAS, opened_case
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey, Place, new_key
from trygga_desktop.crypto.kdf import POLICY, derive_key
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Case, Phase
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.pages import Pages
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.stores.links import spell_tie

_NOTES = 50
_TEXT = "Det som sades på mötet, med några ord till. " * 13
_LIST = """
SELECT "case".id, phase, "case".ciphertext, person.ciphertext FROM "case"
JOIN person ON person.id = subject_id ORDER BY sequence
"""
_ONE = """
SELECT "case".ciphertext, person.ciphertext FROM "case" JOIN person ON person.id = subject_id
WHERE "case".id = ?
"""
_ITEMS = "SELECT ciphertext FROM item WHERE case_id = ? ORDER BY sequence"


def figures(place: Path, *, cases: int) -> Iterator[Figure]:
    """Yield the rows of the table, over a vault with so many cases."""
    made = make_template(place)
    empty = _size(made)
    vault = made.open()
    ids = fill(vault, cases)
    for _ in range(_NOTES):
        write_note(WriteNote(case_id=ids[0], text=_TEXT), vault=vault)
    vault.close()
    plain = _plain_copy(made, place / "plain.db")

    yield Figure(
        "Argon2id at the floor, 64 MiB t3 p4",
        median(lambda: derive_key("x", bytes(16), POLICY.floor, POLICY), times=3),
    )
    yield Figure(f"unlock {cases} cases, without the key derivation", _unlock(made))
    vault = made.open()
    yield Figure(
        f"list {cases} cases with names, first time",
        median(lambda: list_cases(vault=vault), times=1),
        "plain SQLite",
        median(lambda: plain.execute(_LIST).fetchall(), times=3),
    )
    yield Figure(
        f"list {cases} cases with names, again",
        median(lambda: list_cases(vault=vault), times=3),
        "plain SQLite",
        median(lambda: plain.execute(_LIST).fetchall(), times=3),
    )
    yield Figure(
        f"open one case with {_NOTES} notes, logged first",
        median(lambda: read_case(ids[0], vault=vault), times=30),
        "plain SQLite, same queries and one commit",
        median(lambda: _read_plain(plain, ids[0]), times=30),
    )
    yield Figure(
        "write one note: encrypt, log, commit, confirm",
        median(lambda: write_note(WriteNote(case_id=ids[1], text=_TEXT), vault=vault), times=50),
        "plain SQLite commit",
        median(lambda: _commit_plain(plain), times=50),
    )
    yield Figure(
        "one commit: log entry, signature, both anchors",
        median(lambda: _commit(vault), times=50),
        "plain SQLite commit",
        median(lambda: _commit_plain(plain), times=50),
    )
    yield Figure(
        f"look at every page of the file of {cases} cases, at unlock",
        median(lambda: Pages(made.folder / "vault.db").content(), times=5),
        "reading the file",
        median((made.folder / "vault.db").read_bytes, times=5),
    )
    draft = StoreDraft(id=uuid4(), kind=DraftKind.NOTE, text=_TEXT)
    yield Figure(
        "store one draft",
        median(lambda: store_draft(draft, vault=vault), times=50),
    )
    vault.close()
    yield from _records()
    print(f"the file grows by {(_size(made) - empty) / cases / 1024:.1f} KiB a case")


def fill(vault: OpenVault, cases: int, *, programme: str = "") -> list[UUID]:
    """Make cases in a few transactions: the table measures use, not filling.

    Each has its own entry in the log, as if they had been opened one by one.
    """
    ids = [opened_case(vault, ELIAS), opened_case(vault, ELIAS)]
    me = vault.keyring.principal
    person = ELIAS.to_person()
    while len(ids) < cases:
        with vault.work() as work:
            mark = work.audit.newest()
            for _ in range(min(1000, cases - len(ids))):
                case_id, subject_id = uuid4(), uuid4()
                made, key = new_compartment(
                    work, CompartmentKind.CASE, holders=[me], case_id=case_id
                )
                guarded, guarded_key = new_compartment(
                    work, CompartmentKind.GUARDED, holders=[me], case_id=case_id
                )
                case = Case(
                    id=case_id,
                    phase=Phase.MAPPING,
                    case_number=f"B-{len(ids)}",
                    registry_number="",
                    opened_on=Clock()().date(),
                    programme=programme,
                )
                work.cases.add(
                    OpenedCase(case=case, subject_id=subject_id, subject=person),
                    made.compartment,
                    key,
                    sequence=mark.sequence + 1,
                )
                work.cases.add_guarded(subject_id, person, guarded.compartment, guarded_key)
                digest = work.compartments.digest(case_id)
                entry = work.audit.append(mark, Action.CASE_OPENED, case_id, work.at, digest=digest)
                mark = entry.mark
                work.trust.tie(spell_tie(entry))
                work.audit.advance(mark)
                ids.append(case_id)
            work.commit_anew(Action.CASES_LISTED, me)
    return ids


def _unlock(made: MadeVault) -> float:
    # The tests' key derivation costs next to nothing, so what is left is the unlock itself.
    def unlock() -> None:
        vault = made.open()
        vault.engine.dispose()
        vault.lock.release()

    return median(unlock, times=5)


def _plain_copy(made: MadeVault, target: Path) -> sqlite3.Connection:
    """Return the same rows in an ordinary database: encrypted values, no encrypted pages."""
    vault = made.open()
    with vault.work() as work:
        source = work._connection  # noqa: SLF001  read as it lies there
        plain = sqlite3.connect(target, isolation_level=None)
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        for table in ("case", "person", "item"):
            rows = source.exec_driver_sql(f'SELECT * FROM "{table}"')
            names = ", ".join(rows.keys())
            plain.execute(f'CREATE TABLE "{table}" ({names})')
            marks = ", ".join("?" for _ in rows.keys())  # noqa: SIM118  a result, not a mapping
            plain.executemany(
                f'INSERT INTO "{table}" VALUES ({marks})', [tuple(row) for row in rows]
            )
            plain.execute(f'CREATE INDEX ix_{table} ON "{table}" (id)')
    plain.execute("CREATE INDEX ix_item_case ON item (case_id)")
    plain.execute("CREATE TABLE log (line)")
    vault.close()
    return plain


def _read_plain(plain: sqlite3.Connection, case_id: UUID) -> None:
    plain.execute(_ONE, (case_id.hex,)).fetchall()
    plain.execute(_ITEMS, (case_id.hex,)).fetchall()
    _commit_plain(plain)


def _commit(vault: OpenVault) -> None:
    with vault.work() as work:
        work.commit(Action.CASES_LISTED, vault.keyring.principal)


def _commit_plain(plain: sqlite3.Connection) -> None:
    plain.execute("INSERT INTO log VALUES (?)", (os.urandom(100),))


def _records() -> Iterator[Figure]:
    raw = new_key()
    key, cipher, nonce = EnvelopeKey(raw), AESGCM(raw), os.urandom(12)
    place = Place(
        vault_id=bytes(16),
        owner=uuid4(),
        compartment=uuid4(),
        generation=1,
        table="item",
        row=uuid4(),
        row_version=1,
    )
    value = {"text": _TEXT}
    data, context = to_canonical(value), place.to_bytes()
    ciphertext, raw_ciphertext = key.encrypt(value, place), cipher.encrypt(nonce, data, context)
    yield Figure(
        f"encrypt a record of {len(_TEXT)} characters",
        median(lambda: key.encrypt(value, place), times=20_000),
        "raw AES-GCM",
        median(lambda: cipher.encrypt(nonce, data, context), times=20_000),
    )
    yield Figure(
        f"decrypt a record of {len(_TEXT)} characters",
        median(lambda: key.decrypt(ciphertext, place), times=20_000),
        "raw AES-GCM",
        median(lambda: cipher.decrypt(nonce, raw_ciphertext, context), times=20_000),
    )


def _size(made: MadeVault) -> int:
    return (made.folder / "vault.db").stat().st_size
