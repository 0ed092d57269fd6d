"""A whole case goes once its keys are destroyed, and not a row of it before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from tests.conftest import MadeVault
from tests.hostile import connect
from tests.people import DAY, ELIAS, opened_case, signed_case
from tests.services.examples.row import scan_of
from tests.services.sealing_desk import held_meeting, sealed_of
from tests.services.test_approvals import approved
from tests.services.test_checking import checked
from tests.services.test_excerpts import given
from tests.services.test_plans import kept, line
from trygga_desktop.domain.excerpts import Way
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.approvals import approve_draft
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.distribution import RecordCopy, record_copy
from trygga_desktop.services.ratings import RecordRating, record_rating
from trygga_desktop.services.signatures import keep_scan
from trygga_desktop.storage.schema import metadata

# What belongs to a case, in an order in which nothing is left pointing at what is gone.
BY_PROTOCOL = ("protocol_file",)
BY_CASE = (
    "scan",
    "signature",
    "handover",
    "approval",
    "excerpt",
    "protocol",
    "commitment",
    "item",
    "meeting",
    "consent_event",
    "plan",
    "rating",
    "exchange",
    "party",
    "guarded",
    "person",
)
WAYS = {
    "excerpt_file": "excerpt_id IN (SELECT id FROM excerpt WHERE case_id = :case)",
    **dict.fromkeys(BY_PROTOCOL, "protocol_id IN (SELECT id FROM protocol WHERE case_id = :case)"),
    **dict.fromkeys(BY_CASE, "case_id = :case"),
}
OF_ITS_PARTS = "compartment_id IN (SELECT id FROM compartment WHERE case_id = :case)"


@pytest.fixture
def case(made: MadeVault) -> str:
    """A case that was signed and sealed, with something in each table, beside another case."""
    vault = made.open()
    opened_case(vault)
    family = signed_case(vault, ELIAS)
    kept(vault, family, line("Gå i skolan"))
    record_rating(RecordRating(case_id=family.case_id, values={"school": 3}), vault=vault)
    write_note(WriteNote(case_id=family.case_id, text="En anteckning."), vault=vault)
    held = held_meeting(vault, family)
    approve_draft(approved(vault, held.meeting_id), vault=vault)
    protocol_id = sealed_of(vault, held, ProtocolKind.ROOM).protocol.id
    sealed_of(vault, held, ProtocolKind.FULL)
    keep_scan(scan_of(protocol_id, 1), vault=vault)
    given(vault, held, family.school)
    copy = RecordCopy(protocol_id=protocol_id, to="Sara Demosson", way=Way.BY_HAND, on=DAY)
    record_copy(copy, vault=vault)
    vault.close()
    with opened(made) as database:
        database.execute(
            "INSERT INTO exchange SELECT id, compartment_id, generation, 1, x'', case_id FROM party"
            " LIMIT 1"
        )
    return family.case_id.hex


@contextmanager
def opened(made: MadeVault) -> Iterator[Any]:
    """Open the file as any program could, foreign keys on and all triggers in place."""
    database = connect(made.folder / "vault.db", made.file_key)
    database.execute("PRAGMA foreign_keys = ON")
    yield database
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def erase(database: Any, case: str) -> dict[str, int]:
    """Destroy the keys of a case, then take away its rows; return how many of each table."""
    gone = {}
    database.execute("BEGIN")
    for table in ("grant", "kept"):
        statement = f'DELETE FROM "{table}" WHERE {OF_ITS_PARTS}'
        gone[table] = database.execute(statement, {"case": case}).rowcount
    for table, where in WAYS.items():
        statement = f'DELETE FROM "{table}" WHERE {where}'
        gone[table] = database.execute(statement, {"case": case}).rowcount
    for statement in (
        f"DELETE FROM generation WHERE {OF_ITS_PARTS}",
        "DELETE FROM compartment WHERE case_id = :case",
        'DELETE FROM "case" WHERE id = :case',
    ):
        assert database.execute(statement, {"case": case}).rowcount > 0
    database.execute("COMMIT")
    return gone


def belongs_to_a_case(name: str) -> bool:
    """Tell whether a table points at a case, or at what points at one."""
    table = metadata.tables[name]
    parents = {key.column.table.name for key in table.foreign_keys} - {name, "generation"}
    return "case" in parents or any(
        parent != "compartment" and belongs_to_a_case(parent) for parent in parents
    )


def test_every_table_of_a_case_is_one_that_is_erased() -> None:
    found = {name for name in metadata.tables if name != "case" and belongs_to_a_case(name)}
    assert found - {"compartment"} == set(WAYS)


def test_a_signed_and_sealed_case_is_erased_whole_and_another_one_stays(
    made: MadeVault, case: str
) -> None:
    with opened(made) as database:
        gone = erase(database, case)
    assert [table for table, count in gone.items() if count == 0] == []

    report = checked(made)
    assert report.flaws == ()
    assert report.cases == 1


def test_while_any_key_is_left_nothing_that_is_final_goes(made: MadeVault, case: str) -> None:
    assert case
    with opened(made) as database:
        for table in ("grant", "kept"):
            database.execute("BEGIN")
            database.execute(f'DELETE FROM "{table}"')
            for final in ("consent_event", "protocol_file", "scan", "signature", "excerpt_file"):
                with pytest.raises(IntegrityError, match="never change"):
                    database.execute(f"DELETE FROM {final}")
            database.execute("ROLLBACK")


REFUSED = (
    "UPDATE compartment SET case_id = NULL",
    "UPDATE OR REPLACE compartment SET case_id = NULL",
    "UPDATE compartment SET id = 'other'",
    "UPDATE compartment SET rowid = rowid + 100",
    (
        "UPDATE OR REPLACE compartment SET id = (SELECT id FROM compartment"
        " WHERE kind = 'guarded' LIMIT 1) WHERE kind = 'vault'"
    ),
    "INSERT OR REPLACE INTO compartment SELECT id, kind, NULL, user_id FROM compartment",
    "REPLACE INTO compartment (rowid, id, kind) SELECT rowid, 'o', 'case' FROM compartment",
    "DELETE FROM compartment",
    "UPDATE consent_event SET ciphertext = x'00'",
    "INSERT OR REPLACE INTO consent_event SELECT * FROM consent_event",
)


def test_no_statement_takes_the_keys_of_a_case_from_it_or_replaces_a_consent(
    made: MadeVault, case: str
) -> None:
    assert case
    with opened(made) as database:
        for enforced in ("ON", "OFF"):
            database.execute(f"PRAGMA foreign_keys = {enforced}")
            for statement in REFUSED:
                database.execute("BEGIN")
                with pytest.raises(IntegrityError, match="never change"):
                    database.execute(statement)
                database.execute("ROLLBACK")
