"""The database itself lets nothing change a version of a plan or a rating; erasing a case may."""

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
    """INSERT INTO generation VALUES ('p', 1, 'u', x'', x'', x'')""",
    """INSERT INTO "grant" VALUES ('p', 1, 'u', 'u', x'', x'', x'')""",
    """INSERT INTO kept VALUES ('p', 1, 'u', x'')""",
    """INSERT INTO plan VALUES ('first', 'p', 1, 1, x'', 'c', 1)""",
    """INSERT INTO plan VALUES ('second', 'p', 1, 1, x'', 'c', 2)""",
    """INSERT INTO rating VALUES ('said', 'p', 1, 1, x'', 'c')""",
]
REFUSED = [
    "UPDATE plan SET ciphertext = x'01' WHERE id = 'first'",
    "UPDATE plan SET number = 3 WHERE id = 'second'",
    "DELETE FROM plan WHERE id = 'second'",
    "INSERT OR REPLACE INTO plan VALUES ('first', 'p', 1, 1, x'01', 'c', 3)",
    "INSERT OR REPLACE INTO plan VALUES ('other', 'p', 1, 1, x'01', 'c', 2)",
    (
        "INSERT OR REPLACE INTO plan (rowid, id, compartment_id, generation, row_version,"
        " ciphertext, case_id, number) SELECT rowid, 'free', 'p', 1, 1, x'', 'c', 9"
        " FROM plan WHERE id = 'first'"
    ),
    "UPDATE rating SET ciphertext = x'01'",
    "DELETE FROM rating",
    "INSERT OR REPLACE INTO rating VALUES ('said', 'p', 1, 1, x'01', 'c')",
]
KEYS = ['DELETE FROM "grant"', "DELETE FROM kept"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a plan in two versions, and a rating."""
    path = tmp_path_factory.mktemp("plans") / "vault.db"
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


@pytest.mark.parametrize("change", REFUSED)
def test_nothing_changes_what_was_kept(engine: Engine, change: str) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError, match="never change"):
        connection.exec_driver_sql(change)


def test_once_nobody_has_the_keys_the_rows_of_a_case_may_go(engine: Engine) -> None:
    with engine.connect() as connection:
        for change in (*KEYS, "DELETE FROM plan", "DELETE FROM rating"):
            connection.exec_driver_sql(change)
        left = connection.exec_driver_sql("SELECT count(*) FROM plan").scalar()
        connection.rollback()
    assert left == 0
