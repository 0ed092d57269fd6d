"""Open the encrypted database. No other module knows that it is SQLCipher."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedVaultError,
    DiskFullError,
    EmptyDatabaseError,
    ForeignDatabaseError,
    MissingDatabaseError,
    VaultInUseError,
)
from trygga_desktop.storage.changes import watch
from trygga_desktop.storage.files import refused_plainly

PAGE_BYTES = 4096
SALT_BYTES = 16
_PLAIN_HEADER = b"SQLite format 3\0"
_KEY_BYTES = 32

# What each setting must answer when it is asked back: a typing error here fails silently.
_PRAGMAS: Mapping[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "fullfsync": ("ON", 1),
    "checkpoint_fullfsync": ("ON", 1),
    "temp_store": ("MEMORY", 2),
    "secure_delete": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    # What is not confirmed yet must not reach the file: the log is emptied by us, after that.
    "wal_autocheckpoint": ("0", 0),
    "busy_timeout": ("5000", 5000),
    "cache_size": ("-65536", -65536),
}

# What SQLite means by its codes; the longer ones begin with these.
_MEANINGS: Mapping[str, type[Exception]] = {
    "SQLITE_FULL": DiskFullError,
    "SQLITE_IOERR": CannotWriteError,
    "SQLITE_READONLY": CannotWriteError,
    "SQLITE_CANTOPEN": CannotWriteError,
    "SQLITE_BUSY": VaultInUseError,
    "SQLITE_CORRUPT": DamagedVaultError,
    "SQLITE_NOTADB": DamagedVaultError,
}

# Copying a database gives its errors no code, only these words (sqlite3_errstr).
_CODES_OF_WORDS: Mapping[str, str] = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKey:
    """The raw key of the file, and the salt that is also its first bytes and the vault's id."""

    key: bytes = field(repr=False)
    salt: bytes

    def __post_init__(self) -> None:
        # SQLCipher would take a key of another length for a passphrase, without a word.
        if len(self.key) != _KEY_BYTES or len(self.salt) != SALT_BYTES:
            raise ValueError("key or salt of wrong length")


def create_file(path: Path, key: FileKey) -> None:
    """Make an empty encrypted database where there is none."""
    path.touch(mode=0o600, exist_ok=False)
    with told_plainly():
        _connect(path, key, foreign_keys=True).close()


def open_engine(
    path: Path, key: FileKey, *, foreign_keys: bool = True, read_only: bool = False
) -> Engine:
    """Return an engine on an existing file, or raise DamagedVaultError if it is not whole.

    Where it may only read, it leaves file and log as they are, a damaged log too.
    """
    refuse_what_would_open_empty(path)

    def connect() -> Any:
        return _connect(path, key, foreign_keys=foreign_keys, read_only=read_only)

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
    )

    # The driver's own BEGIN comes too late for DDL, and a late lock cannot wait its turn.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    watch(engine)
    try:
        with told_plainly():
            engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the database says of a full, closed or damaged file into errors of ours."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        told = error.orig if isinstance(error, DBAPIError) else error
        words = _CODES_OF_WORDS.get(str(told), "")
        code: str = getattr(told, "sqlite_errorname", words)
        for beginning, meaning in _MEANINGS.items():
            if code.startswith(beginning):
                raise meaning from error
        raise


def checkpoint(engine: Engine) -> bool:
    """Move everything from the write-ahead log into the file: a damaged log loses saves unseen.

    Return whether all of it went: somebody who reads holds it up.
    """
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        is_held_up, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return not is_held_up


def refuse_what_would_open_empty(path: Path) -> bytes:
    """Return the first page of a file, or raise for one that SQLCipher opens without complaint.

    That is MissingDatabaseError, EmptyDatabaseError, ForeignDatabaseError for an unencrypted one,
    or UnreadableError for one that is there and cannot be read.
    """
    try:
        with refused_plainly(), path.open("rb") as file:
            page = file.read(PAGE_BYTES)
    except OSError as error:
        raise MissingDatabaseError from error
    if len(page) < PAGE_BYTES:
        raise EmptyDatabaseError
    if page.startswith(_PLAIN_HEADER):
        raise ForeignDatabaseError
    return page


def _connect(path: Path, key: FileKey, *, foreign_keys: bool, read_only: bool = False) -> Any:
    uri = f"file:{quote(str(path.absolute()))}?mode={'ro' if read_only else 'rw'}"
    connection = sqlcipher.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    try:
        _refuse_plain_sqlite(connection)
        # It would write its troubles to stderr, which a window does not have.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.key.hex()}{key.salt.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _set(connection, "foreign_keys", ("ON", 1) if foreign_keys else ("OFF", 0))
        for name, setting in _PRAGMAS.items():
            _set(connection, name, setting)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_plain_sqlite(connection: Any) -> None:
    """Raise for ordinary SQLite, which ignores `PRAGMA key` and would write in the clear."""
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise RuntimeError("this SQLite does not encrypt")


def _set(connection: Any, name: str, setting: tuple[str, object]) -> None:
    value, answer = setting
    connection.execute(f"PRAGMA {name} = {value}")
    if connection.execute(f"PRAGMA {name}").fetchone() != (answer,):
        raise RuntimeError(f"{name} is not {value}")
