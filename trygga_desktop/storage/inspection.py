"""Asks the database itself whether its pages, its tables and its references are whole."""

from dataclasses import dataclass

from sqlalchemy import Engine

from trygga_desktop.storage.engine import told_plainly
from trygga_desktop.storage.schema import DIGESTS, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """How many flaws were found, by what SQLCipher and SQLite say of them.

    `pages` fail their own check, `tables` are faults of structure, `references` point to nothing.
    `is_ours` tells whether tables, indexes and triggers are those that our migrations make.
    """

    pages: int
    tables: int
    references: int
    is_ours: bool


def inspect_file(engine: Engine) -> Inspection:
    """Look at every page and every row; DamagedVaultError where that ends before the end."""
    with told_plainly(), engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").all()
        tables = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        references = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        found = digest(connection)
    return Inspection(
        pages=len(pages),
        tables=sum(told != "ok" for told in tables),
        references=len(references),
        is_ours=any(found in known for known in DIGESTS.values()),
    )
