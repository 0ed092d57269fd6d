"""Write small files so that a crash leaves the old one or the new one, and read them back."""

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from trygga_desktop.domain.errors import CannotWriteError, DiskFullError, UnreadableError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# Nothing that could be read lies there, now or later.
_NOTHING_THERE = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}
)
_OWNER_ONLY = 0o600
# More than any file that is replaced in this way.
_MOST_FORMER = 8 * 1024 * 1024
# A file that is there already, and a link that leads elsewhere, are refused.
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


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
    fresh = _fresh(path)
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


@contextmanager
def replaced(paths: Sequence[Path], data: bytes) -> Iterator[None]:
    """Replace files, one after the other, for as long as nothing goes wrong in the block.

    Whatever needs room is written before the first is replaced. So an error, also one of the
    block, leaves all of them as they were, even on a disk that is full by then. Raise DiskFullError
    or CannotWriteError.
    """
    formers = {path: path.with_name(f"{path.name}.former") for path in paths}
    try:
        with told_plainly():
            for path, former in formers.items():
                _prepare(path, former, data)
            try:
                for path in paths:
                    _fresh(path).replace(path)
                sync_folder(paths[0].parent)
                yield
            except BaseException:
                for path, former in formers.items():
                    _put_back(path, former)
                raise
    finally:
        for path, former in formers.items():
            for left in (_fresh(path), former):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _prepare(path: Path, former: Path, data: bytes) -> None:
    for copy, content in ((former, read_start(path, _MOST_FORMER)), (_fresh(path), data)):
        # What a crash left may be open to others, or a link.
        copy.unlink(missing_ok=True)
        if content:
            _write_fresh(copy, content)


def _put_back(path: Path, former: Path) -> None:
    with suppress(OSError):
        if former.exists():
            former.replace(path)
        sync_folder(path.parent)


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


def _write_fresh(path: Path, data: bytes) -> None:
    # The buffered file goes on where the system takes only a part at a time.
    with os.fdopen(os.open(path, _CREATE, _OWNER_ONLY), "wb") as file:
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


def is_there(path: Path) -> bool:
    """Return whether something lies there; raise UnreadableError where the system cannot say."""
    with refused_plainly():
        try:
            path.stat()
        except OSError as error:
            if error.errno not in _NOTHING_THERE:
                raise
            return False
    return True


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Turn what the system says of a file that it does not let us read into UnreadableError.

    That there is no such file is left as it is.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NOTHING_THERE:
            raise
        raise UnreadableError from error


def read_start(path: Path, most: int) -> bytes:
    """Return at most so many bytes of a file, or nothing where there is none to read."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError:
        return b""
