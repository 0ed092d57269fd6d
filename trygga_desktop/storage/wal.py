"""The write-ahead log of the database: which pages it holds, and whether it is whole.

SQLite takes a damaged log for a shorter one and says nothing. Read by its own rules
(https://www.sqlite.org/fileformat2.html#the_write_ahead_log), it tells how much it would leave out.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from trygga_desktop.storage.engine import PAGE_BYTES

# The last bit of the first number says in which order the sums take their bytes.
_MAGIC = 0x377F0682
_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_SUMMED_OF_HEADER = 24
_SUMMED_OF_FRAME = 8
_FRAME_BYTES = _FRAME.size + PAGE_BYTES
# Where SQLCipher keeps what it authenticates a page with, after 16 bytes of nonce.
MARK_AT = PAGE_BYTES - 64
MARK_BYTES = 16
_MASK = 0xFFFFFFFF


class Frame(NamedTuple):
    """One page as a transaction left it; `size` is that of the whole file, at the last of them."""

    page: int
    size: int
    mark: bytes


@dataclass(frozen=True, slots=True)
class Log:
    """What SQLite would take of a log.

    `frames` end with a whole transaction. `salts` mark every frame of this log. `is_torn` says
    that more was begun in it: by a crash that came during a save, or by damage.
    """

    is_there: bool = False
    salts: bytes = b""
    frames: tuple[Frame, ...] = ()
    is_torn: bool = False


def log_of(database: Path) -> Path:
    """Return where the log of a database lies."""
    return database.with_name(f"{database.name}-wal")


def read_log(path: Path) -> Log:
    """Return what a log holds, checked sum by sum; that of a missing or empty one is nothing."""
    try:
        with path.open("rb") as file:
            return _read(file)
    except OSError:
        return Log()


def read_added(path: Path, salts: bytes, known: int) -> Log | None:
    """Return what was added to a log of which so many frames are known, or nothing if it is new.

    Without the sums: for whoever has just written to it.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER.size)
            found = header[16:24]
            if len(header) < _HEADER.size or (salts and salts != found):
                return None
            file.seek(known * _FRAME_BYTES, os.SEEK_CUR)
            return Log(is_there=True, salts=found, frames=_whole(_frames(file, found)))
    except OSError:
        return None


def _read(file: BinaryIO) -> Log:
    header = file.read(_HEADER.size)
    if not header:
        return Log()
    if len(header) < _HEADER.size:
        return Log(is_there=True, is_torn=True)
    magic, _, page_bytes, *_, first, second = _HEADER.unpack(header)
    order = ">" if magic & 1 else "<"
    sums = _sums(header[:_SUMMED_OF_HEADER], order, (0, 0))
    if magic & ~1 != _MAGIC or page_bytes != PAGE_BYTES or sums != (first, second):
        return Log(is_there=True, is_torn=True)
    salts, frames = header[16:24], []
    while len(data := file.read(_FRAME_BYTES)) == _FRAME_BYTES:
        page, size, _, _, first, second = _FRAME.unpack_from(data)
        sums = _sums(data[:_SUMMED_OF_FRAME] + data[_FRAME.size :], order, sums)
        if data[8:16] != salts or not page or sums != (first, second):
            break
        frames.append(_frame(page, size, data))
    whole = _whole(frames)
    # What a former use of the file left behind has other salts.
    is_torn = len(whole) < len(frames) or _holds_more(file, data, salts)
    return Log(is_there=True, salts=salts, frames=whole, is_torn=is_torn)


def _holds_more(file: BinaryIO, data: bytes, salts: bytes) -> bool:
    """Return whether this frame or a later one says that it is of this log."""
    while data:
        if data[8:16] == salts:
            return True
        data = file.read(_FRAME_BYTES)
    return False


def _frames(file: BinaryIO, salts: bytes) -> Iterator[Frame]:
    while len(data := file.read(_FRAME_BYTES)) == _FRAME_BYTES and data[8:16] == salts:
        page, size, *_ = _FRAME.unpack_from(data)
        yield _frame(page, size, data)


def _frame(page: int, size: int, data: bytes) -> Frame:
    start = _FRAME.size + MARK_AT
    return Frame(page, size, data[start : start + MARK_BYTES])


def _whole(frames: Iterable[Frame]) -> tuple[Frame, ...]:
    """Return the frames up to the last that ends a transaction."""
    taken = list(frames)
    while taken and not taken[-1].size:
        taken.pop()
    return tuple(taken)


def _sums(data: bytes, order: str, start: tuple[int, int]) -> tuple[int, int]:
    first, second = start
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for even, odd in zip(words, words, strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
