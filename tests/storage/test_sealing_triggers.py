"""The database itself lets nothing change what is sealed; a case without keys can be erased."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from trygga_desktop.paths import shipped
from trygga_desktop.storage.engine import FileKey, create_file, open_engine
from trygga_desktop.storage.migrate import upgrade

KEY = FileKey(key=bytes(range(32)), salt=bytes(range(16)))
ROWS = [
    """INSERT INTO "case" VALUES ('c', 'p', 1, 1, x'', 'opened', 's', 1)""",
    """INSERT INTO person VALUES ('s', 'p', 1, 1, x'', 'c')""",
    """INSERT INTO compartment VALUES ('p', 'case', 'c', NULL)""",
    """INSERT INTO compartment VALUES ('g', 'guarded', 'c', NULL)""",
    """INSERT INTO generation VALUES ('p', 1, 'u', x'', x'', x'')""",
    """INSERT INTO generation VALUES ('g', 1, 'u', x'', x'', x'')""",
    """INSERT INTO "grant" VALUES ('p', 1, 'u', 'u', x'', x'', x'')""",
    """INSERT INTO kept VALUES ('p', 1, 'u', x'')""",
    """INSERT INTO meeting VALUES ('sealed', 'p', 1, 1, x'', 'c', '2026-11-26 14:00:00.000000')""",
    """INSERT INTO meeting VALUES ('open', 'p', 1, 1, x'', 'c', '2026-11-26 14:00:00.000000')""",
    """INSERT INTO item VALUES ('of sealed', 'p', 1, 1, x'', 'c', 1, 'sealed')""",
    """INSERT INTO item VALUES ('told', 'p', 1, 1, x'', 'c', 2, 'sealed')""",
    """INSERT INTO item VALUES ('of open', 'p', 1, 1, x'', 'c', 3, 'open')""",
    """INSERT INTO item VALUES ('of none', 'p', 1, 1, x'', 'c', 4, NULL)""",
    "INSERT INTO commitment VALUES ('of sealed', 'p', 1, 1, x'', 'c', '2026-12-01', 'open', NULL)",
    "INSERT INTO commitment VALUES ('of open', 'p', 1, 1, x'', 'c', '2026-12-01', 'open', NULL)",
    """INSERT INTO protocol VALUES ('first', 'p', 1, 1, x'', 'c', 'sealed', 1)""",
    """INSERT INTO protocol_file VALUES ('bytes', 'p', 1, 1, x'', 'first', 1)""",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a case of which one meeting is sealed and another is not."""
    path = tmp_path_factory.mktemp("sealed") / "vault.db"
    create_file(path, KEY)
    upgrade(path, KEY, shipped("migrations"))
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in ROWS:
            connection.exec_driver_sql(row)
    engine.dispose()
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    opened = open_engine(path, KEY)
    yield opened
    opened.dispose()


REFUSED = [
    "INSERT INTO item VALUES ('late', 'p', 1, 1, x'', 'c', 9, 'sealed')",
    "INSERT OR REPLACE INTO item VALUES ('of sealed', 'p', 1, 2, x'', 'c', 1, NULL)",
    "INSERT OR REPLACE INTO item VALUES ('of none', 'p', 1, 2, x'', 'c', 4, 'sealed')",
    "UPDATE item SET ciphertext = x'01' WHERE id = 'of sealed'",
    "UPDATE item SET meeting_id = NULL WHERE id = 'of sealed'",
    "UPDATE item SET meeting_id = 'sealed' WHERE id = 'of open'",
    "DELETE FROM item WHERE id = 'told'",
    "UPDATE OR REPLACE item SET id = 'of sealed' WHERE id = 'of none'",
    (
        "UPDATE OR REPLACE item SET rowid = (SELECT rowid FROM item WHERE id = 'told')"
        " WHERE id = 'of none'"
    ),
    (
        "INSERT OR REPLACE INTO item (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, sequence) SELECT rowid, 'free', 'p', 1, 1, x'', 'c', 9"
        " FROM item WHERE id = 'told'"
    ),
    "INSERT OR REPLACE INTO meeting SELECT * FROM meeting WHERE id = 'sealed'",
    "UPDATE meeting SET ciphertext = x'01' WHERE id = 'sealed'",
    "UPDATE meeting SET starts_at = '2027-01-01 14:00:00.000000' WHERE id = 'sealed'",
    "UPDATE meeting SET id = 'sealed' WHERE id = 'open'",
    "DELETE FROM meeting WHERE id = 'sealed'",
    "UPDATE OR REPLACE meeting SET id = 'sealed' WHERE id = 'open'",
    (
        "UPDATE OR REPLACE meeting SET rowid = (SELECT rowid FROM meeting WHERE id = 'sealed')"
        " WHERE id = 'open'"
    ),
    (
        "INSERT OR REPLACE INTO meeting (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, starts_at) SELECT rowid, 'free', 'p', 1, 1, x'', 'c', starts_at"
        " FROM meeting WHERE id = 'sealed'"
    ),
    "INSERT INTO commitment VALUES ('told', 'p', 1, 1, x'', 'c', '2026-12-01', 'open', NULL)",
    "INSERT OR REPLACE INTO commitment SELECT * FROM commitment WHERE id = 'of sealed'",
    "UPDATE commitment SET id = 'told' WHERE id = 'of sealed'",
    "UPDATE commitment SET id = 'told' WHERE id = 'of open'",
    "DELETE FROM commitment WHERE id = 'of sealed'",
    "UPDATE OR REPLACE commitment SET id = 'of sealed' WHERE id = 'of open'",
    (
        "UPDATE OR REPLACE commitment SET rowid = (SELECT rowid FROM commitment"
        " WHERE id = 'of sealed') WHERE id = 'of open'"
    ),
    (
        "INSERT OR REPLACE INTO commitment (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, due_on, state) SELECT rowid, 'of none', 'p', 1, 1, x'', 'c', due_on,"
        " 'open' FROM commitment WHERE id = 'of sealed'"
    ),
    "INSERT OR REPLACE INTO protocol SELECT * FROM protocol",
    "INSERT OR REPLACE INTO protocol VALUES ('other', 'p', 1, 1, x'', 'c', 'open', 1)",
    "UPDATE protocol SET ciphertext = x'01'",
    "UPDATE protocol SET meeting_id = 'open'",
    "DELETE FROM protocol",
    (
        "INSERT OR REPLACE INTO protocol (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, meeting_id, sequence) SELECT rowid, 'other', 'p', 1, 1, x'', 'c',"
        " 'open', 9 FROM protocol"
    ),
    "INSERT OR REPLACE INTO protocol_file SELECT * FROM protocol_file",
    "INSERT OR REPLACE INTO protocol_file VALUES ('other', 'p', 1, 1, x'', 'first', 1)",
    "UPDATE protocol_file SET ciphertext = x'01'",
    "UPDATE protocol_file SET revision = 2",
    "DELETE FROM protocol_file",
    (
        "INSERT OR REPLACE INTO protocol_file (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, protocol_id, revision) SELECT rowid, 'other', 'p', 1, 1, x'', 'first', 9"
        " FROM protocol_file"
    ),
]


@pytest.mark.parametrize("replaces", ["ON", "OFF"])
@pytest.mark.parametrize("statement", REFUSED)
def test_no_statement_changes_what_is_sealed(engine: Engine, statement: str, replaces: str) -> None:
    """Nor where the client has told the database to let a replaced row go unnoticed."""
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA recursive_triggers = {replaces}")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        with pytest.raises(IntegrityError, match="what is sealed never changes"):
            connection.exec_driver_sql(statement)
        connection.rollback()
        connection.exec_driver_sql("PRAGMA recursive_triggers = ON")


ALLOWED = [
    "INSERT INTO item VALUES ('late', 'p', 1, 1, x'', 'c', 9, 'open')",
    "INSERT INTO item VALUES ('late', 'p', 1, 1, x'', 'c', 9, NULL)",
    "UPDATE item SET ciphertext = x'01' WHERE id IN ('of open', 'of none')",
    "DELETE FROM item WHERE id = 'of none'",
    "UPDATE meeting SET ciphertext = x'01' WHERE id = 'open'",
    "DELETE FROM meeting WHERE id = 'open'",
    "INSERT INTO commitment VALUES ('of none', 'p', 1, 1, x'', 'c', '2026-12-01', 'open', NULL)",
    "UPDATE commitment SET state = 'done', ciphertext = x'01', row_version = 2",
    "INSERT INTO protocol VALUES ('second', 'p', 1, 1, x'', 'c', 'sealed', 2)",
    "INSERT INTO protocol_file VALUES ('signed', 'p', 1, 1, x'', 'first', 2)",
]


@pytest.mark.parametrize("statement", ALLOWED)
def test_what_is_not_sealed_and_what_comes_later_is_written_as_before(
    engine: Engine, statement: str
) -> None:
    with engine.connect() as connection:
        assert connection.exec_driver_sql(statement).rowcount > 0
        connection.rollback()


ERASING = ["protocol_file", "protocol", "commitment", "item", "meeting"]
NO_GRANTS = 'DELETE FROM "grant"'
NOTHING_KEPT = "DELETE FROM kept"


@pytest.mark.parametrize("table", ERASING)
@pytest.mark.parametrize("destroyed", [[], [NO_GRANTS], [NOTHING_KEPT]])
def test_rows_go_while_somebody_holds_a_key_of_the_case_from_no_table(
    engine: Engine, table: str, destroyed: list[str]
) -> None:
    with engine.connect() as connection:
        for one in destroyed:
            connection.exec_driver_sql(one)
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        with pytest.raises(IntegrityError, match="what is sealed never changes"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        connection.rollback()


def test_a_case_whose_keys_are_destroyed_can_be_erased_row_by_row(engine: Engine) -> None:
    with engine.connect() as connection:
        for statement in (NO_GRANTS, NOTHING_KEPT, *(f"DELETE FROM {one}" for one in ERASING)):
            connection.exec_driver_sql(statement)
        left = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {one}").scalar_one()
            for one in ERASING
        ]
        assert left == [0] * len(ERASING)
        connection.rollback()
