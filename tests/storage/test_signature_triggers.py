"""The database itself lets nothing change who signed; a case without keys can be erased."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from tests.storage.test_sealing_triggers import KEY, ROWS
from trygga_desktop.paths import shipped
from trygga_desktop.storage.engine import create_file, open_engine
from trygga_desktop.storage.migrate import upgrade

SIGNED = [
    """INSERT INTO scan VALUES ('paper', 'p', 1, 1, x'', 'c', 'first', 1)""",
    """INSERT INTO signature VALUES ('of one', 'p', 1, 1, x'', 'c', 'first', 1)""",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a sealed protocol that somebody signed."""
    path = tmp_path_factory.mktemp("signed") / "vault.db"
    create_file(path, KEY)
    upgrade(path, KEY, shipped("migrations"))
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in (*ROWS, *SIGNED):
            connection.exec_driver_sql(row)
    engine.dispose()
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    opened = open_engine(path, KEY)
    yield opened
    opened.dispose()


def test_what_was_recorded_of_protocols_before_belongs_to_the_same_papers(
    tmp_path: Path,
) -> None:
    scripts, path = tmp_path / "migrations", tmp_path / "vault.db"
    shutil.copytree(shipped("migrations"), scripts)
    (scripts / "versions" / "0011_signed_papers.py").unlink()
    create_file(path, KEY)
    upgrade(path, KEY, scripts)
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for row in (*ROWS, *(one.replace("'c', ", "") for one in SIGNED)):
            connection.exec_driver_sql(row)
    engine.dispose()

    upgrade(path, KEY, shipped("migrations"))

    engine = open_engine(path, KEY)
    with engine.connect() as connection:
        for table, row_id in (("scan", "paper"), ("signature", "of one")):
            kept = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert kept == [(row_id, "p", 1, 1, b"", "c", "first", 1)]
    engine.dispose()


@pytest.mark.parametrize("table", ["scan", "signature"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {0} SET ciphertext = x'01'",
        "UPDATE {0} SET sequence = 2",
        "UPDATE {0} SET rowid = 9",
        "DELETE FROM {0}",
        "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
        "INSERT OR REPLACE INTO {0} VALUES ('new', 'p', 1, 1, x'', 'c', 'first', 1)",
        (
            "INSERT OR REPLACE INTO {0} (rowid, id, compartment_id, generation, row_version,"
            " ciphertext, case_id, paper_id, sequence) SELECT rowid, 'free', 'p', 1, 1, x'', 'c',"
            " 'first', 9 FROM {0}"
        ),
    ],
)
def test_nothing_changes_or_takes_away_what_was_recorded(
    engine: Engine, table: str, statement: str
) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError, match="never changes"):
        connection.exec_driver_sql(statement.format(table))


@pytest.mark.parametrize("table", ["scan", "signature"])
def test_more_is_added_and_a_case_without_keys_is_erased(engine: Engine, table: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(
            f"INSERT INTO {table} VALUES ('next', 'p', 1, 1, x'', 'c', 'first', 2)"
        )
        for gone in ('"grant"', "kept"):
            connection.exec_driver_sql(f"DELETE FROM {gone}")
        connection.exec_driver_sql(f"DELETE FROM {table}")

        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
        connection.rollback()
