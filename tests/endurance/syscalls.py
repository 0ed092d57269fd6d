"""Calls of the operating system that fail when they are told to, in Python and in SQLite.

SQLite lets its calls be replaced for this very purpose (`xSetSystemCall`), all but those that wait
for the disk: they fail one step above, where SQLite asks for them (`xSync`). Python's are replaced
where the program looks them up. Only what lies under one folder is touched.
"""

import ctypes
import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlcipher3 import _sqlite3


class Fault(Enum):
    """What goes wrong at one call: an error, part of a write, or a disk full from there on."""

    NO_SPACE = errno.ENOSPC
    BAD_DISK = errno.EIO
    NO_RIGHT = errno.EACCES
    SHORT = 0
    FULL = -1


class Faults:
    """Counts the calls, and lets the one with the number `at` fail."""

    def __init__(self, fault: Fault, at: int) -> None:
        self._fault = fault
        self._at = at
        self._is_full = False
        self.count = 0
        self.struck = ""

    def meet(self, call: str, *, is_write: bool = False) -> int:
        """Return the number of the error that this call meets, 0 for none.

        -1 says that it writes a part only; the write that follows it finds no room.
        """
        if self._is_full and is_write:
            self._is_full = self._fault is Fault.FULL
            return errno.ENOSPC
        if self._fault in {Fault.SHORT, Fault.FULL} and not is_write:
            return 0
        self.count += 1
        if self.count != self._at:
            return 0
        self.struck = call
        self._is_full = self._fault in {Fault.FULL, Fault.SHORT}
        if self._fault is Fault.FULL:
            return errno.ENOSPC
        return -1 if self._fault is Fault.SHORT else self._fault.value


@contextmanager
def failing(faults: Faults, place: Path) -> Iterator[None]:
    """Let the calls fail for the length of a block."""
    with ExitStack() as stack:
        for target, name, replacement in _of_python(faults, str(place)):
            stack.enter_context(patch.object(target, name, replacement))
        stack.enter_context(_of_sqlite(faults))
        stack.callback(setattr, _WAITS, "faults", None)
        _WAITS.faults = faults
        yield


@contextmanager
def waits_watched() -> Iterator[None]:
    """Open SQLite's files so that their waiting for the disk can fail, for the length of a block.

    It is longer than that of `failing`: the files of a vault are opened before something is saved.
    """
    found = _vfs()
    vfs = found.contents
    real = vfs.methods[0]
    replacement = _OPEN_FILE(_WAITS.opener(_OPEN_FILE(real)))
    vfs.methods[0] = ctypes.cast(replacement, ctypes.c_void_p).value
    try:
        yield
    finally:
        vfs.methods[0] = real


def _of_python(faults: Faults, place: str) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    """Yield what is put in place of a call: where it is looked up, its name, and the other."""
    for name in ("open", "fsync", "replace", "rename", "mkdir", "fchmod"):
        yield os, name, _failing_call(name, getattr(os, name), faults, place)
    yield io, "open", _failing_open(faults, place)


def _failing_call(
    name: str, real: Callable[..., Any], faults: Faults, place: str
) -> Callable[..., Any]:
    def call(what: Any, *rest: Any, **options: Any) -> Any:
        if _concerns(what, place):
            _raise(faults.meet(name))
        return real(what, *rest, **options)

    return call


def _failing_open(faults: Faults, place: str) -> Callable[..., Any]:
    real = io.open

    class Raw(io.FileIO):
        def write(self, data: Any) -> int:
            number = faults.meet("write", is_write=True)
            _raise(max(number, 0))
            return super().write(bytes(data)[: len(data) // 2] if number else data)

    def call(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **options: Any) -> Any:
        if not _concerns(file, place) or not set(mode) & set("wa+x"):
            return real(file, mode, buffering, *rest, **options)
        if not isinstance(file, int):
            _raise(faults.meet("open"))
        raw = Raw(file, mode.replace("b", "").replace("t", ""))
        if not buffering:
            return raw
        buffered = io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *rest, **options)

    return call


def _concerns(what: object, place: str) -> bool:
    path = Path(f"/proc/self/fd/{what}").readlink() if isinstance(what, int) else what
    return str(path).startswith(place)


def _raise(number: int) -> None:
    if number:
        raise OSError(number, os.strerror(number))


_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_int, use_errno=True)
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int64,
    use_errno=True,
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
_UNLINK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
_CALLS: dict[str, Any] = {
    "open": _OPEN,
    "pwrite": _WRITE,
    "pwrite64": _WRITE,
    "ftruncate": _TRUNCATE,
    "unlink": _UNLINK,
}
_PLACE_OF_LENGTH = 2


_GET = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)
_SET = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)


class _Vfs(ctypes.Structure):
    """What SQLite knows of an operating system: sqlite3.h, `struct sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("most_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        (
            "set_call",
            ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p),
        ),
        ("get_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


def _vfs() -> Any:
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library.sqlite3_vfs_find(None)


class _Methods(ctypes.Structure):
    """What SQLite does with a file: sqlite3.h, `struct sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("before", ctypes.c_void_p * 4),
        ("sync", ctypes.c_void_p),
        ("after", ctypes.c_void_p * 13),
    )


class _File(ctypes.Structure):
    _fields_ = (("methods", ctypes.POINTER(_Methods)),)


_OPEN_FILE = ctypes.CFUNCTYPE(
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.POINTER(_File),
    ctypes.c_int,
    ctypes.c_void_p,
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_FAILED_TO_WAIT = 10 | 4 << 8


class _Waits:
    """Tables of methods whose waiting can fail; a file keeps its own for as long as it is open."""

    def __init__(self) -> None:
        self.faults: Faults | None = None
        self._tables: dict[int, tuple[_Methods, Any]] = {}

    def opener(self, real: Any) -> Callable[..., int]:
        def call(vfs: Any, name: Any, file: Any, flags: int, told: Any) -> int:
            done: int = real(vfs, name, file, flags, told)
            if not done and file.contents.methods:
                file.contents.methods = ctypes.pointer(self._table(file.contents.methods))
            return done

        return call

    def _table(self, own: Any) -> _Methods:
        address = ctypes.addressof(own.contents)
        if address not in self._tables:
            table = _Methods.from_buffer_copy(own.contents)
            waiting = _SYNC(self._waiting(_SYNC(table.sync)))
            table.sync = ctypes.cast(waiting, ctypes.c_void_p).value
            self._tables[address] = (table, waiting)
        return self._tables[address][0]

    def _waiting(self, real: Any) -> Callable[[Any, int], int]:
        def call(file: Any, flags: int) -> int:
            if self.faults is not None and self.faults.meet("sqlite fsync"):
                return _FAILED_TO_WAIT
            done: int = real(file, flags)
            return done

        return call


_WAITS = _Waits()


@contextmanager
def _of_sqlite(faults: Faults) -> Iterator[None]:
    found = _vfs()
    vfs = found.contents
    kept = []
    for name, kind in _CALLS.items():
        address = vfs.get_call(found, name.encode())
        if address:
            replacement = kind(_guarded(name, kind(address), faults))
            kept.append(replacement)
            vfs.set_call(found, name.encode(), ctypes.cast(replacement, ctypes.c_void_p))
    try:
        yield
    finally:
        for name in _CALLS:
            vfs.set_call(found, name.encode(), None)
        kept.clear()


def _guarded(name: str, real: Any, faults: Faults) -> Callable[..., int]:
    is_write = name.startswith("pwrite")

    def call(*values: Any) -> int:
        number = faults.meet(f"sqlite {name}", is_write=is_write)
        if number > 0:
            ctypes.set_errno(number)
            return -1
        if number:
            values = (*values[:_PLACE_OF_LENGTH], values[_PLACE_OF_LENGTH] // 2, values[-1])
        done: int = real(*values)
        return done

    return call
