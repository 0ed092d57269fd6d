"""Tells what is wrong with a database before, or after, SQLite has stumbled over it."""

from contextlib import suppress
from pathlib import Path

from trygga_desktop.domain.errors import (
    CutShortError,
    DamagedVaultError,
    MixedPagesError,
)
from trygga_desktop.storage.confirmed import Confirmed
from trygga_desktop.storage.engine import FileKey, refuse_what_would_open_empty
from trygga_desktop.storage.files import told_plainly


def refuse_damaged(database: Path, key: FileKey, confirmed: Confirmed) -> None:
    """Raise for a file that SQLite would open without a word of what it lacks.

    That is MissingDatabaseError, EmptyDatabaseError, ForeignDatabaseError, or DamagedVaultError
    after a crash.
    """
    refuse_what_would_open_empty(database)
    with told_plainly():
        confirmed.pages.content()
        # Where nothing was cut off, each page is checked when it is read.
        damaged = confirmed.pages.find_damaged(key) if confirmed.pages.frames else []
    if damaged:
        raise DamagedVaultError(len(damaged))


def told_exactly(
    error: DamagedVaultError | MixedPagesError, key: FileKey, confirmed: Confirmed
) -> DamagedVaultError | MixedPagesError:
    """Return what the file's pages say, each for itself, of what SQLite could not read."""
    if type(error) not in {DamagedVaultError, MixedPagesError}:
        return error
    with suppress(OSError):
        places = len(confirmed.pages.find_damaged(key))
        if places:
            return DamagedVaultError(places)
        last = confirmed.last()
        expected = last.content.count if last is not None and last.content is not None else 0
        # SQLite itself takes part of a page for a whole one.
        is_sure = isinstance(error, DamagedVaultError) or confirmed.pages.ends_within_a_page
        if is_sure and confirmed.pages.lacks_some(expected):
            return CutShortError()
    return error
