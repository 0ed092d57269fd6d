"""The record that lies inside a file of ours, found without reading the file as PDF.

It is for bytes that are known to be ours, by their digest. Whether a file that somebody brings is
what was sealed is for `pdf/verify.py`.
"""

import re
import zlib
from typing import Final

from trygga_desktop.documents.record import ProtocolRecord, RecordError, read_record

MOST_BYTES: Final = 64 * 1024 * 1024
"""A longer record is not unpacked: one of 250 pages has a million bytes."""

# As `pdf/standards.py` writes it: an object that begins a line, with its stream behind it.
_FILE = re.compile(
    rb"\nendobj\n\d{1,10} 0 obj\n<</Type /EmbeddedFile [^\r\n]{1,400}/Length \d{1,10}>>\nstream\n"
)


def record_inside(pdf: bytes) -> ProtocolRecord | None:
    """Return the record that the pages of a file were made from, None where there is none."""
    for found in _FILE.finditer(pdf):
        unpacking = zlib.decompressobj()
        try:
            data = unpacking.decompress(memoryview(pdf)[found.end() :], MOST_BYTES)
            if unpacking.eof:
                return read_record(data)
        except (zlib.error, RecordError):
            continue
    return None
