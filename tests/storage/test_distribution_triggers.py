"""The database itself lets nothing change what was given out, or was said before sealing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.storage.test_sealing_triggers import KEY, ROWS
from trygga_desktop.paths import shipped
from trygga_desktop.storage.engine import create_file, open_engine
from trygga_desktop.storage.migrate import upgrade

GIVEN = [
    "INSERT INTO excerpt VALUES ('e', 'p', 1, 1, x'', 'c', 'first', 1)",
    "INSERT INTO excerpt_file VALUES ('bytes of e', 'p', 1, 1, x'', 'e')",
    "INSERT INTO handover VALUES ('h', 'p', 1, 1, x'', 'c', 'sealed', 1)",
    "INSERT INTO approval VALUES ('a', 'p', 1, 1, x'', 'c', 'open', 1)",
]
TABLES = ("excerpt", "excerpt_file", "handover", "approval")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one row in each of the tables."""
    path = tmp_path_factory.mktemp("given") / "vault.db"
    create_file(path, KEY)
    upgrade(path, KEY, shipped("migrations"))
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in (*ROWS, *GIVEN):
            connection.exec_driver_sql(row)
    engine.dispose()
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    opened = open_engine(path, KEY)
    yield opened
    opened.dispose()


REFUSED = [
    *(f"UPDATE {table} SET ciphertext = x'01'" for table in TABLES),
    *(f"DELETE FROM {table}" for table in TABLES),
    *(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}" for table in TABLES),
    *(f"UPDATE OR REPLACE {table} SET id = 'other'" for table in TABLES),
    "INSERT OR REPLACE INTO excerpt VALUES ('other', 'p', 1, 1, x'', 'c', 'first', 1)",
    "INSERT OR REPLACE INTO excerpt_file VALUES ('other', 'p', 1, 1, x'', 'e')",
    "INSERT OR REPLACE INTO handover VALUES ('other', 'p', 1, 1, x'', 'c', 'open', 1)",
    "INSERT OR REPLACE INTO approval VALUES ('other', 'p', 1, 1, x'', 'c', 'open', 1)",
    "INSERT INTO approval VALUES ('late', 'p', 1, 1, x'', 'c', 'sealed', 9)",
    (
        "INSERT OR REPLACE INTO handover (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, meeting_id, sequence) SELECT rowid, 'other', 'p', 1, 1, x'', 'c',"
        " 'open', 9 FROM handover"
    ),
]


@pytest.mark.parametrize("statement", REFUSED)
def test_no_statement_changes_what_was_given_or_said(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        with pytest.raises(IntegrityError, match="never changes"):
            connection.exec_driver_sql(statement)
        connection.rollback()


def test_more_is_added_behind_what_there_is(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in (
            "INSERT INTO excerpt VALUES ('f', 'p', 1, 1, x'', 'c', 'first', 2)",
            "INSERT INTO handover VALUES ('i', 'p', 1, 1, x'', 'c', 'sealed', 2)",
            "INSERT INTO approval VALUES ('b', 'p', 1, 1, x'', 'c', 'open', 2)",
        ):
            assert connection.exec_driver_sql(row).rowcount == 1
        connection.rollback()


def test_what_nobody_can_read_any_more_may_go(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql("DELETE FROM kept")
        connection.exec_driver_sql('DELETE FROM "grant"')
        for table in ("excerpt_file", "excerpt", "handover", "approval"):
            assert connection.exec_driver_sql(f"DELETE FROM {table}").rowcount == 1
        connection.rollback()
