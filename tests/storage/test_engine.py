"""The file is encrypted, set as we want it, and never opened when it is not whole."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedVaultError,
    DiskFullError,
    VaultInUseError,
)
from trygga_desktop.storage.engine import (
    PAGE_BYTES,
    FileKey,
    create_file,
    open_engine,
    told_plainly,
)

KEY = FileKey(key=bytes(range(32)), salt=bytes(range(16)))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "vault.db"
    create_file(path, KEY)
    engine = open_engine(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE told (words TEXT)")
        connection.exec_driver_sql("INSERT INTO told VALUES ('Elias Demosson')")
    engine.dispose()
    return path


def settings(engine: Engine) -> dict[str, object]:
    names = (
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "temp_store",
        "secure_delete",
        "trusted_schema",
        "cell_size_check",
        "recursive_triggers",
    )
    with engine.connect() as connection:
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33), bytes(64)])
def test_a_key_of_another_length_is_never_taken_for_a_passphrase(key: bytes) -> None:
    with pytest.raises(ValueError, match="length"):
        FileKey(key=key, salt=bytes(16))
    with pytest.raises(ValueError, match="length"):
        FileKey(key=bytes(32), salt=key)


def test_another_key_opens_nothing(database: Path) -> None:
    with pytest.raises(DamagedVaultError):
        open_engine(database, FileKey(key=bytes(32), salt=KEY.salt))


@pytest.mark.parametrize("size", [0, 1, 100, PAGE_BYTES - 1])
def test_a_file_without_a_whole_page_is_refused_and_left(database: Path, size: int) -> None:
    database.write_bytes(database.read_bytes()[:size])
    with pytest.raises(DamagedVaultError):
        open_engine(database, KEY)
    assert database.stat().st_size == size


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(DamagedVaultError):
        open_engine(tmp_path / "vault.db", KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_plain_database_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    plain = sqlite3.connect(path)
    plain.executescript("CREATE TABLE told (words TEXT); INSERT INTO told VALUES ('x')")
    plain.close()
    before = path.read_bytes()

    with pytest.raises(DamagedVaultError):
        open_engine(path, KEY)

    assert path.read_bytes() == before


def test_a_file_that_is_there_is_not_made_anew(database: Path) -> None:
    with pytest.raises(FileExistsError):
        create_file(database, KEY)


def test_nothing_in_the_file_can_be_read_without_the_key(database: Path) -> None:
    data = database.read_bytes()
    assert data.startswith(KEY.salt)
    assert b"Demosson" not in data
    assert b"SQLite" not in data


def test_every_setting_is_in_force(database: Path) -> None:
    engine = open_engine(database, KEY)
    assert settings(engine) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "recursive_triggers": 1,
    }
    engine.dispose()


def test_migrations_can_open_it_without_foreign_keys(database: Path) -> None:
    engine = open_engine(database, KEY, foreign_keys=False)
    assert settings(engine)["foreign_keys"] == 0
    engine.dispose()


def test_a_change_of_tables_is_rolled_back_with_its_transaction(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE half (x)")
        connection.rollback()
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    engine.dispose()
    assert names == ["told"]


def test_values_do_not_show_in_an_error(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.connect() as connection, pytest.raises(DatabaseError) as caught:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Elias"})
    engine.dispose()
    assert "Elias" not in str(caught.value)


def test_a_full_file_is_told_as_a_full_disk(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError), told_plainly():
            connection.exec_driver_sql("INSERT INTO told VALUES (zeroblob(100000))")
    engine.dispose()


def test_damage_inside_the_file_is_told_as_damage(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.begin() as connection:
        for _ in range(50):
            connection.exec_driver_sql("INSERT INTO told VALUES (hex(randomblob(2000)))")
    engine.dispose()
    data = bytearray(database.read_bytes())
    data[10 * PAGE_BYTES + 50] ^= 1
    database.write_bytes(data)

    engine = open_engine(database, KEY)
    with engine.connect() as connection, pytest.raises(DamagedVaultError), told_plainly():
        connection.exec_driver_sql("SELECT sum(length(words)) FROM told").scalar_one()
    engine.dispose()


def test_a_second_writer_is_told_that_the_vault_is_in_use(database: Path) -> None:
    first, second = open_engine(database, KEY), open_engine(database, KEY)
    with second.connect() as waiting:
        waiting.exec_driver_sql("PRAGMA busy_timeout = 1")
    with first.begin(), pytest.raises(VaultInUseError), told_plainly(), second.begin():
        pass
    for engine in (first, second):
        engine.dispose()


def test_a_database_that_may_not_be_written_is_told_plainly(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
        with pytest.raises(CannotWriteError), told_plainly():
            connection.exec_driver_sql("INSERT INTO told VALUES ('x')")
        connection.exec_driver_sql("PRAGMA query_only = OFF")
    engine.dispose()
