"""What the process that reads a scan says of it, page by page: a line, and behind it the points.

Nothing of the scan itself comes through but grey points: whoever shows a page reads no format that
a stranger wrote.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from trygga_desktop.domain.scanning import (
    COLUMNS,
    ROWS,
    PageLook,
    Payload,
    ScanError,
    ScanFlaw,
    ScannedPage,
)

_LOOK = ROWS * COLUMNS
_LONGEST_LINE = 8_192
_MOST_POINTS = 4_000_000
_MOST_LOOKS = 4


@dataclass(frozen=True, slots=True)
class PagePicture:
    """The grey points of a page, row by row, as they are kept: packed."""

    width: int
    height: int
    packed: bytes

    def points(self) -> bytes:
        """Return the points; raise ValueError if there are more or fewer than a picture has."""
        wanted = self.width * self.height
        unpacking = zlib.decompressobj()
        try:
            found = unpacking.decompress(self.packed, wanted + 1)
        except zlib.error as error:
            raise ValueError("This is no picture.") from error
        if len(found) != wanted or not unpacking.eof:
            raise ValueError("A picture has another number of points.")
        return found


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One page that was read, of so many, with its picture."""

    page: ScannedPage
    picture: PagePicture
    count: int


def pack(width: int, height: int, points: bytes) -> PagePicture:
    """Return the picture of these points."""
    return PagePicture(width, height, zlib.compress(points, 1))


def write_page(read: ReadPage) -> bytes:
    """Return what is said of one page."""
    page, picture = read.page, read.picture
    line = {
        "place": page.place,
        "count": read.count,
        "payloads": [[one.protocol_id.hex, one.record_hash] for one in page.payloads],
        "looks": len(page.looks),
        "blank": page.is_blank,
        "coarse": page.is_coarse,
        "width": picture.width,
        "height": picture.height,
        "packed": len(picture.packed),
    }
    looks = b"".join(one.ink for one in page.looks)
    return _line(line) + looks + picture.packed


def write_end() -> bytes:
    """Return what is said behind the last page."""
    return _line({"end": True})


def write_flaw(flaw: ScanFlaw) -> bytes:
    """Return why the scan is not read, or not to its end."""
    return _line({"flaw": flaw.value})


class Listener:
    """Takes what is said as it comes. `is_done` tells that the last page was there."""

    def __init__(self) -> None:
        self.is_done = False
        self._held = bytearray()
        self._next = 1

    def hear(self, said: bytes) -> Iterator[ReadPage]:
        """Yield each page that is whole by now.

        Raise ScanError with the flaw that is told, or BROKE_OFF for what no such process says.
        """
        self._held += said
        while not self.is_done:
            end = self._held.find(b"\n", 0, _LONGEST_LINE)
            if end < 0:
                if len(self._held) > _LONGEST_LINE:
                    raise ScanError(ScanFlaw.BROKE_OFF)
                return
            try:
                read = self._take(bytes(self._held[:end]), end + 1)
            except ScanError:
                raise
            except (ValueError, TypeError, LookupError, RecursionError) as error:
                raise ScanError(ScanFlaw.BROKE_OFF) from error
            if read is None:
                return
            yield read

    def _take(self, line: bytes, start: int) -> ReadPage | None:
        told = json.loads(line)
        if "flaw" in told:
            raise ScanError(ScanFlaw(told["flaw"]))
        if "end" in told:
            self.is_done = True
            return None
        looks, packed = _count(told["looks"], _MOST_LOOKS), _count(told["packed"], 2 * _MOST_POINTS)
        middle = start + looks * _LOOK
        if len(self._held) < middle + packed:
            return None
        ink = bytes(self._held[start:middle])
        size = _count(told["width"], _MOST_POINTS), _count(told["height"], _MOST_POINTS)
        if size[0] * size[1] > _MOST_POINTS or told["place"] != self._next:
            raise ValueError("No page is like that.")
        page = ScannedPage(
            place=self._next,
            payloads=tuple(Payload(UUID(hex=one), str(other)) for one, other in told["payloads"]),
            looks=tuple(PageLook(ink[at : at + _LOOK]) for at in range(0, len(ink), _LOOK)),
            is_blank=told["blank"] is True,
            is_coarse=told["coarse"] is True,
        )
        picture = PagePicture(*size, bytes(self._held[middle : middle + packed]))
        picture.points()
        del self._held[: middle + packed]
        self._next += 1
        return ReadPage(page, picture, max(_count(told["count"], 10_000), page.place))


def _count(told: object, most: int) -> int:
    if type(told) is not int or not 0 <= told <= most:
        raise ValueError("No number is like that.")
    return told


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode("ascii") + b"\n"
