"""The one form of a picture that stands on paper: small, without anything but its points.

What people choose is drawn anew in this form, and nothing else is stored or printed. So no other
reader of pictures ever meets what somebody chose.
"""

import struct
import zlib
from dataclasses import dataclass, field
from typing import Final

LARGEST_EDGE: Final = 300
"""Points: at the size of a coat of arms in the head of a page this is sharper than print."""

MOST_BYTES: Final = 400_000
"""More than this form can need for that many points."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LENGTH = struct.Struct(">I")
_HEADER = struct.Struct(">IIBBBBB")
_PLAIN = (8, 2, 0, 0, 0)
_COLOURS = 3
_FILTERS = 5


class PictureError(ValueError):
    """The bytes are no picture in this form."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Points of 8 bits in red, green and blue, each row behind its filter, all compressed."""

    width: int
    height: int
    packed: bytes = field(repr=False)


def write_picture(points: bytes, *, width: int, height: int) -> bytes:
    """Return the points, three bytes each and row after row, as a PNG in this form.

    Raise PictureError where there are more or fewer of them, or too many.
    """
    row = _COLOURS * width
    if len(points) != row * height:
        raise PictureError("There are more or fewer points than the picture is large.")
    rows = b"".join(b"\0" + points[at : at + row] for at in range(0, len(points), row))
    parts = (
        (b"IHDR", _HEADER.pack(width, height, *_PLAIN)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    png = _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)
    read_picture(png)
    return png


def read_picture(data: bytes) -> Picture:
    """Return a picture from a PNG of header, points and end alone; raise PictureError otherwise.

    Every row was unpacked and counted, and nothing lies behind the last one.
    """
    if len(data) > MOST_BYTES or not data.startswith(_SIGNATURE):
        raise PictureError("This is no picture in the form of those on paper.")
    chunks = _chunks(data[len(_SIGNATURE) :])
    kinds = [kind for kind, _ in chunks]
    if len(kinds) < 3 or kinds != [b"IHDR", *[b"IDAT"] * (len(kinds) - 2), b"IEND"]:  # noqa: PLR2004  one of each
        raise PictureError("A picture has points, and nothing beside them.")
    header, end = chunks[0][1], chunks[-1][1]
    if len(header) != _HEADER.size or end:
        raise PictureError("The header of a picture has one length, and its end has none.")
    width, height, *form = _HEADER.unpack(header)
    if tuple(form) != _PLAIN or not 0 < width <= LARGEST_EDGE or not 0 < height <= LARGEST_EDGE:
        raise PictureError("A picture on paper is small and has plain colours.")
    packed = b"".join(content for _, content in chunks[1:-1])
    _check_rows(packed, width, height)
    return Picture(width, height, packed)


def _chunk(kind: bytes, content: bytes) -> bytes:
    told = kind + content
    return _LENGTH.pack(len(content)) + told + _LENGTH.pack(zlib.crc32(told))


def _chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 0
    while at < len(data):
        if len(data) - at < 3 * _LENGTH.size:
            raise PictureError("The picture ends before its end.")
        (length,) = _LENGTH.unpack_from(data, at)
        end = at + 2 * _LENGTH.size + length
        told = data[at + _LENGTH.size : end]
        if len(data) - end < _LENGTH.size or _LENGTH.unpack_from(data, end)[0] != zlib.crc32(told):
            raise PictureError("A part of the picture is not as it was written.")
        found.append((told[: _LENGTH.size], told[_LENGTH.size :]))
        at = end + _LENGTH.size
    return found


def _check_rows(packed: bytes, width: int, height: int) -> None:
    row = 1 + _COLOURS * width
    unpacking = zlib.decompressobj()
    try:
        rows = unpacking.decompress(packed, height * row + 1)
    except zlib.error as error:
        raise PictureError("The points of the picture cannot be unpacked.") from error
    if len(rows) != height * row or not unpacking.eof or unpacking.unused_data:
        raise PictureError("The picture has more or fewer points than it says.")
    if any(one >= _FILTERS for one in rows[::row]):
        raise PictureError("A row of the picture is behind no filter that there is.")
