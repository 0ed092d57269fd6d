"""Write small files so that a crash leaves the old one or the new one, and read them back."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from trygga_desktop.domain.errors import CannotWriteError, DiskFullError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OWNER_ONLY = 0o600
# A file that is there already, and a link that leads elsewhere, are refused.
_FRESH = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what the operating system says of a full or closed disk into errors of ours."""
    try:
        yield
    except OSError as error:
        raise plain_error(error) from error


def plain_error(error: OSError) -> Exception:
    """Return the error of ours that says the same."""
    return DiskFullError() if error.errno in _NO_ROOM else CannotWriteError()


def write_durably(path: Path, data: bytes) -> None:
    """Replace the file, and return only when the new one would survive a power cut.

    Only its owner may read it. Raise DiskFullError or CannotWriteError and leave the old one as
    it was.
    """
    fresh = path.with_name(f"{path.name}.new")
    with told_plainly():
        try:
            # What a crash left may be open to others, or a link.
            fresh.unlink(missing_ok=True)
            _write_fresh(fresh, data)
            fresh.replace(path)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def _write_fresh(path: Path, data: bytes) -> None:
    # The buffered file goes on where the system takes only a part at a time.
    with os.fdopen(os.open(path, _FRESH, _OWNER_ONLY), "wb") as file:
        if sys.platform != "win32":
            # A umask can take rights from the mode above, so that even its owner cannot read it.
            os.fchmod(file.fileno(), _OWNER_ONLY)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file's name durable. Windows has no call for it and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_start(path: Path, most: int) -> bytes:
    """Return at most so many bytes of a file, or nothing where there is none to read."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""
