"""Copy an open vault's database into another encrypted file, checked before it counts."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from trygga_desktop.domain.errors import DamagedVaultError
from trygga_desktop.storage import files
from trygga_desktop.storage.engine import (
    FileKey,
    checkpoint,
    create_file,
    open_engine,
    told_plainly,
)


def snapshot(engine: Engine, key: FileKey, target: Path) -> None:
    """Copy the open database to a new encrypted file, and check every page of the copy.

    Raise DiskFullError or CannotWriteError, or DamagedVaultError for a copy that is not whole.
    """
    with files.told_plainly():
        target.unlink(missing_ok=True)
        create_file(target, key)
    copy = open_engine(target, key)
    try:
        with told_plainly():
            source, destination = engine.raw_connection(), copy.raw_connection()
            try:
                taken: Any = source.driver_connection
                taken.backup(destination.driver_connection)
            finally:
                source.close()
                destination.close()
            check_pages(copy)
            checkpoint(copy)
    finally:
        copy.dispose()


def check_pages(engine: Engine) -> None:
    """Raise DamagedVaultError unless every page is what was written and every table is whole."""
    connection = engine.raw_connection()
    try:
        cursor: Any = connection.cursor()
        damage = cursor.execute("PRAGMA cipher_integrity_check").fetchall()
        # It finds nothing in a file that was cut to one page, so both checks are needed.
        if damage or cursor.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise DamagedVaultError
    finally:
        connection.close()
