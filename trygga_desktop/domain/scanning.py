"""What is known of the pages of a scan before they are compared with those of a protocol."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MOST_BYTES = 50 * 1024 * 1024
"""A larger scan is not taken."""

ROWS, COLUMNS = 297, 70
"""Into how many cells a page is divided to compare it: a cell is 1 mm high and 3 mm wide."""

_PAYLOAD = re.compile("TRYGGA1:([0-9A-F]{32}):([0-9A-F]{64})")


class ScanKind(StrEnum):
    """What a scan can be."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


class ScanFlaw(StrEnum):
    """Why a scan is not taken."""

    NO_FILE = "no_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    OTHER_FORM = "other_form"
    MISNAMED = "misnamed"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"
    BROKE_OFF = "broke_off"


class ScanError(ValueError):
    """A scan is not taken."""

    def __init__(self, flaw: ScanFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


_STARTS = ((b"%PDF-", ScanKind.PDF), (b"\xff\xd8\xff", ScanKind.JPEG))
_PNG = b"\x89PNG\r\n\x1a\n"
_NAMES = {
    "pdf": ScanKind.PDF,
    "jpg": ScanKind.JPEG,
    "jpeg": ScanKind.JPEG,
    "png": ScanKind.PNG,
}


def kind_of(data: bytes, name: str) -> ScanKind:
    """Return what a file is by its first bytes.

    Raise ScanError for one that is empty, too large, of no such kind, or of another kind than its
    name says: what lies about itself is not opened.
    """
    if not data:
        raise ScanError(ScanFlaw.EMPTY)
    if len(data) > MOST_BYTES:
        raise ScanError(ScanFlaw.TOO_LARGE)
    found = ScanKind.PNG if data.startswith(_PNG) else None
    for start, kind in _STARTS:
        if data.startswith(start):
            found = kind
    said = _NAMES.get(name.rpartition(".")[2].casefold())
    if found is None:
        raise ScanError(ScanFlaw.OTHER_FORM if said is None else ScanFlaw.MISNAMED)
    if said not in {None, found}:
        raise ScanError(ScanFlaw.MISNAMED)
    return found


@dataclass(frozen=True, slots=True)
class Payload:
    """What the square on a page says: which protocol, and the hash of its record in hex digits."""

    protocol_id: UUID
    record_hash: str


def read_payload(text: str) -> Payload | None:
    """Return what a square says; None where it is none of ours."""
    found = _PAYLOAD.fullmatch(text)
    if found is None:
        return None
    return Payload(UUID(hex=found[1]), found[2].lower())


@dataclass(frozen=True, slots=True)
class PageLook:
    """How dark a page is in each of its cells, row by row from its top left corner: 0 to 255."""

    ink: bytes

    def __post_init__(self) -> None:
        """Refuse what is no look of a whole page."""
        if len(self.ink) != ROWS * COLUMNS:
            raise ValueError("A page has another number of cells.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedPage:
    """One page of a scan: its place from 1, what its squares say, and how it may look.

    Without a square it is not known where its top is, and there is a look for each way. `is_coarse`
    tells that it has too few points for a square to be read on a worse page.
    """

    place: int
    payloads: tuple[Payload, ...]
    looks: tuple[PageLook, ...]
    is_blank: bool = False
    is_coarse: bool = False
