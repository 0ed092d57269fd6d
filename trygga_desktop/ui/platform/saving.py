"""Writes a document where a person wants to have it: whole, durable and for its owner alone."""

import errno
import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO})
_OWNER_ONLY = 0o600
# A file that is there already, and a link that leads elsewhere, are refused.
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class SaveFlaw(StrEnum):
    """Why a document could not be saved where it was to be."""

    TAKEN = "taken"
    NO_ROOM = "no_room"
    NO_RIGHT = "no_right"
    GONE = "gone"
    OTHER = "other"


class NotSavedError(Exception):
    """Nothing was written. What was there before is as it was."""

    def __init__(self, flaw: SaveFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def save_durably(path: Path, data: bytes, *, replaces: bool = False) -> None:
    """Write the file, and return only when it would survive a power cut.

    Raise NotSavedError and leave nothing half-written. A file that is there already is kept unless
    the new one `replaces` it.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        if not replaces and os.path.lexists(path):
            raise NotSavedError(SaveFlaw.TAKEN)
        try:
            # What a crash left may be open to others, or a link.
            fresh.unlink(missing_ok=True)
            _write_fresh(fresh, data)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotSavedError(_flaw(error)) from error
    # The file is there and whole; some systems have no way to make its name durable.
    with suppress(OSError):
        _sync_folder(path.parent)


def _write_fresh(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _FRESH, _OWNER_ONLY), "wb") as file:
        if sys.platform != "win32":
            # A stick that knows no owners refuses this, and the document is wanted there all the
            # same.
            with suppress(PermissionError):
                os.fchmod(file.fileno(), _OWNER_ONLY)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flaw(error: OSError) -> SaveFlaw:
    for codes, flaw in (
        (_NO_ROOM, SaveFlaw.NO_ROOM),
        (_NO_RIGHT, SaveFlaw.NO_RIGHT),
        (_GONE, SaveFlaw.GONE),
    ):
        if error.errno in codes:
            return flaw
    return SaveFlaw.OTHER
