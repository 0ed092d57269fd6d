"""Pictures for tests, written here point by point."""

import struct
import zlib


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a part of a PNG."""
    told = kind + content
    return struct.pack(">I", len(content)) + told + struct.pack(">I", zlib.crc32(told))


def png_of(*chunks: bytes) -> bytes:
    """Return a PNG of these parts."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def header(width: int = 30, height: int = 40, form: tuple[int, ...] = (8, 2, 0, 0, 0)) -> bytes:
    """Return the header of a PNG."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, *form))


def rows(width: int = 30, height: int = 40) -> bytes:
    """Return the points: the upper half blue, the lower half yellow."""
    blue, yellow = b"\x0a\x3a\x8c", b"\xf2\xc2\x1a"
    return b"".join(
        b"\0" + (blue if row < height // 2 else yellow) * width for row in range(height)
    )


def plain_picture(width: int = 30, height: int = 40) -> bytes:
    """Return a small picture in the form of those on paper."""
    points = chunk(b"IDAT", zlib.compress(rows(width, height)))
    return png_of(header(width, height), points, chunk(b"IEND", b""))
