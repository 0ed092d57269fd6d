"""Writes a document where a person wants to have it: whole, durable and for its owner alone."""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO})
_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700
_NONCE = 8
_OURS = re.compile(r"\.trygga-([0-9a-f]{16})[0-9a-f]{16}\.new", re.ASCII)
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
    the new one `replaces` it. What a program that was ended meanwhile left in the folder goes.
    """
    fresh = path.with_name(_name_of(os.urandom(_NONCE)))
    try:
        if not replaces and os.path.lexists(path):
            raise NotSavedError(SaveFlaw.TAKEN)
        sweep(path.parent)
        try:
            _write_fresh(fresh, data, then=lambda: fresh.replace(path))
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise NotSavedError(_flaw(error)) from error
    # The file is there and whole; some systems have no way to make its name durable.
    with suppress(OSError):
        _sync_folder(path.parent)


def save_in_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Make a folder with these files in it: all of them, or no folder.

    Raise NotSavedError where there is such a folder, or one of the files could not be written.
    """
    written: list[Path] = []
    try:
        folder.mkdir(mode=_OWNER_ONLY_FOLDER)
    except FileExistsError as error:
        raise NotSavedError(SaveFlaw.TAKEN) from error
    except OSError as error:
        raise NotSavedError(_flaw(error)) from error
    try:
        for name, data in files:
            written.append(folder / name)
            save_durably(folder / name, data)
    except BaseException:
        for one in written:
            with suppress(OSError):
                one.unlink(missing_ok=True)
        with suppress(OSError):
            folder.rmdir()
        raise


def sweep(folder: Path) -> None:
    """Remove what was half-written here when the program was ended in the middle of saving.

    No other file goes: the name proves that it is one of ours, and what another process is writing
    this moment is held by it. What cannot be removed stays.
    """
    with suppress(OSError):
        left = [one for one in os.scandir(folder) if _is_ours(one.name)]
        for one in left:
            with suppress(OSError):
                if one.is_file(follow_symlinks=False) and _is_let_go(folder / one.name):
                    (folder / one.name).unlink()


def _name_of(nonce: bytes) -> str:
    """Return a name that nobody gives a file by chance: its second half follows from the first."""
    proof = sha256(b"trygga half-written 1" + nonce).digest()[:_NONCE]
    return f".trygga-{nonce.hex()}{proof.hex()}.new"


def _is_ours(name: str) -> bool:
    found = _OURS.fullmatch(name)
    return found is not None and name == _name_of(bytes.fromhex(found[1]))


def _is_let_go(path: Path) -> bool:
    """Return whether nobody is writing a file. Windows removes none that is open."""
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415  Windows has none

    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Held, or on a disk that cannot tell.
        return False
    finally:
        os.close(descriptor)
    return True


def _hold(descriptor: int) -> None:
    """Tell other processes that this file is being written; it is let go when it is closed."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415  as above

        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _write_fresh(path: Path, data: bytes, *, then: Callable[[], object]) -> None:
    with os.fdopen(os.open(path, _FRESH, _OWNER_ONLY), "wb") as file:
        _hold(file.fileno())
        if sys.platform != "win32":
            # A stick that knows no owners refuses this, and the document is wanted there all the
            # same.
            with suppress(PermissionError):
                os.fchmod(file.fileno(), _OWNER_ONLY)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        if sys.platform != "win32":
            # While it is still held.
            then()
    if sys.platform == "win32":
        then()


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
