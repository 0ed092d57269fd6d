"""The exact form of a file that was sealed and signed: one revision behind the other, no gap.

Nothing here reads PDF as such. Whoever finds a byte that belongs to no revision refuses the file,
and so does whoever meets a form that this program and those that sign after it do not write.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

MOST_BYTES: Final = 64 * 1024 * 1024
"""A larger file is not read: a protocol of 250 pages has three million bytes."""

_MOST_REVISIONS = 100
# Five hundred items take 15,000 objects and 50,000 references from one to another. Whatever reads a
# file as PDF takes seconds for a million of either.
_MOST_OBJECTS = 200_000
_MOST_REFERENCES = 400_000
_BYTES_OF_ENTRY = 20
_REFERENCE = re.compile(rb"\d \d{1,5} R")
_HEADER = re.compile(rb"%PDF-1\.[4-7]\r?\n")
_END = re.compile(rb"startxref\r?\n(\d{1,10})\r?\n%%EOF(?:\r?\n)?\Z")
# From the word to the end of its revision there is only a dictionary and these lines.
_LONGEST_TRAILER = 4_096
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,10})(?!\d)")
_HEX = re.compile(rb"(?:[0-9a-f]{2})*")


class Flaw(StrEnum):
    """Why a file is not even looked at as a sealed one."""

    TOO_LARGE = "too_large"
    NO_PDF = "no_pdf"
    ENCRYPTED = "encrypted"
    FOREIGN = "foreign"


class ContainerError(Exception):
    """The file has not the form of one that was sealed here."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Container:
    """A file in this form, and where each of its revisions ends."""

    data: bytes
    ends: tuple[int, ...]


def read_container(data: bytes) -> Container:
    """Return the revisions of a file. Raise ContainerError for any other form.

    So it does for a file of so many objects that no protocol has them.
    """
    if len(data) > MOST_BYTES:
        raise ContainerError(Flaw.TOO_LARGE)
    if not data.startswith(b"%PDF-"):
        raise ContainerError(Flaw.NO_PDF)
    if not _HEADER.match(data):
        raise ContainerError(Flaw.FOREIGN)
    ends: list[int] = []
    end: int | None = len(data)
    room = _MOST_OBJECTS * _BYTES_OF_ENTRY
    while end is not None:
        if len(ends) == _MOST_REVISIONS:
            raise ContainerError(Flaw.FOREIGN)
        ends.append(end)
        table, end = _table_before(data, end)
        room -= table
        if room < 0:
            raise ContainerError(Flaw.FOREIGN)
    if sum(1 for _ in islice(_REFERENCE.finditer(data), _MOST_REFERENCES)) == _MOST_REFERENCES:
        raise ContainerError(Flaw.FOREIGN)
    return Container(data, tuple(reversed(ends)))


def envelope_of(container: Container, byte_range: list[int], end: int) -> bytes:
    """Return the signature that lies in the gap of a range which goes to `end`.

    The gap is lower-case hex in brackets, the signature in DER, then zeros alone. Raise
    ContainerError otherwise.
    """
    if len(byte_range) != 4:  # noqa: PLR2004  start and length of two stretches
        raise ContainerError(Flaw.FOREIGN)
    start, opens, closes, length = byte_range
    if start != 0 or not 0 < opens < closes < end or closes + length != end:
        raise ContainerError(Flaw.FOREIGN)
    gap = container.data[opens:closes]
    if gap[:1] != b"<" or gap[-1:] != b">" or not _HEX.fullmatch(gap[1:-1]):
        raise ContainerError(Flaw.FOREIGN)
    filled = bytes.fromhex(gap[1:-1].decode("ascii"))
    used = _length_of(filled)
    if used is None or used > len(filled) or filled[used:].strip(b"\0"):
        raise ContainerError(Flaw.FOREIGN)
    return filled[:used]


def _table_before(data: bytes, end: int) -> tuple[int, int | None]:
    """Return how long the table of the revision that ends here is, and where the one before ends.

    Before the first one there is none.
    """
    told = _END.search(data, max(0, end - 64), end)
    if told is None:
        raise ContainerError(_foreign(data))
    at = int(told[1])
    trailer = data.rfind(b"trailer", max(0, end - _LONGEST_TRAILER), end)
    # A table in the clear, as everyone can read it: no stream has to be unpacked to follow it.
    if not at < trailer or data[at : at + 5].rstrip(b"\r\n") != b"xref":
        raise ContainerError(_foreign(data))
    written = data[trailer : told.start()]
    if b"/Encrypt" in written:
        raise ContainerError(Flaw.ENCRYPTED)
    # A name spelled with its numbers could hide one of those that count.
    if b"#" in written or b"/XRefStm" in written:
        raise ContainerError(Flaw.FOREIGN)
    previous = _PREVIOUS.findall(written)
    if not previous and b"/Prev" not in written:
        return trailer - at, None
    before = _revision_end(data, int(previous[0]), at) if len(previous) == 1 else None
    if before is None:
        raise ContainerError(Flaw.FOREIGN)
    return trailer - at, before


def _revision_end(data: bytes, at: int, before: int) -> int | None:
    """Return the end of the revision whose table lies at a place, None where there is none."""
    line = b"startxref"
    found = data.find(line, at, before)
    end = data.find(b"%%EOF", found, before) + len(b"%%EOF") if found >= 0 else 0
    if not at < end:
        return None
    for newline in (b"\r\n", b"\n"):
        if data.startswith(newline, end):
            end += len(newline)
            break
    told = _END.search(data, max(0, end - 64), end)
    return end if told is not None and int(told[1]) == at else None


def _foreign(data: bytes) -> Flaw:
    return Flaw.ENCRYPTED if b"/Encrypt" in data else Flaw.FOREIGN


def _length_of(der: bytes) -> int | None:
    """Return how many bytes the first value of DER takes, None where it is no sequence."""
    if len(der) < 2 or der[0] != 0x30:  # noqa: PLR2004  tag and length
        return None
    if der[1] < 0x80:  # noqa: PLR2004  a length of one byte
        return 2 + der[1]
    count = der[1] & 0x7F
    return 2 + count + int.from_bytes(der[2 : 2 + count], "big") if 0 < count <= 4 else None  # noqa: PLR2004  4 GiB
