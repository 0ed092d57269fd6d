"""Somebody with the file and a program of their own, who keeps rows and puts them back."""

from typing import Any
from uuid import UUID

from tests.conftest import MadeVault
from tests.hostile import connect
from tests.insider import without_triggers
from trygga_desktop.domain.audit import Entry
from trygga_desktop.services.vault import OpenVault

Kept = list[tuple[Any, ...]]


def keep(made: MadeVault, table: str, row_id: UUID) -> Kept:
    """Return a row as it is now."""
    database = connect(made.folder / "vault.db", made.file_key)
    try:
        kept: Kept = database.execute(
            f'SELECT * FROM "{table}" WHERE id = ?', (row_id.hex,)
        ).fetchall()
        return kept
    finally:
        database.close()


def put_back(made: MadeVault, table: str, rows: Kept) -> None:
    """Put rows back as they were, in place of what is there now."""
    database = connect(made.folder / "vault.db", made.file_key)
    try:
        for row in rows:
            places = ", ".join("?" * len(row))
            database.execute(f'INSERT OR REPLACE INTO "{table}" VALUES ({places})', row)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        database.close()


def take_away(made: MadeVault, table: str, *row_ids: UUID) -> None:
    """Delete rows, whatever guards them."""
    without_triggers(made, *(f"DELETE FROM {table} WHERE id = '{one.hex}'" for one in row_ids))


def count(made: MadeVault, table: str) -> int:
    """Return how many rows there are."""
    database = connect(made.folder / "vault.db", made.file_key)
    try:
        ((found,),) = database.execute(f'SELECT count(*) FROM "{table}"').fetchall()
        return int(found)
    finally:
        database.close()


def last_entry(vault: OpenVault) -> Entry:
    """Return what the log says last."""
    with vault.work() as work:
        *_, newest = work.audit.entries()
    return newest
