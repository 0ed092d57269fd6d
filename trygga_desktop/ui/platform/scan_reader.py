"""The process that reads a scan: bytes in, what was seen on each page out, and then it ends."""

from typing import BinaryIO

from trygga_desktop.domain.scanning import (
    MOST_BYTES,
    PageLook,
    ScanError,
    ScanFlaw,
    ScanKind,
)
from trygga_desktop.ui.platform.looking import grey_bytes, look_at
from trygga_desktop.ui.platform.scan_lines import (
    ReadPage,
    pack,
    write_end,
    write_flaw,
    write_page,
)
from trygga_desktop.ui.platform.scan_pages import pages_of


def read_scan(source: BinaryIO, kind: ScanKind, into: BinaryIO) -> None:
    """Say of each page in `source` what is seen on it, as soon as it is seen."""
    data = source.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        into.write(write_flaw(ScanFlaw.TOO_LARGE))
        return
    try:
        for place, (count, image) in enumerate(pages_of(data, kind), start=1):
            seen = look_at(image, place)
            shown = seen.picture
            picture = pack(shown.width(), shown.height(), grey_bytes(shown))
            into.write(write_page(ReadPage(seen.page, picture, count)))
            into.flush()
    except ScanError as error:
        into.write(write_flaw(error.flaw))
    else:
        into.write(write_end())
    into.flush()


def looks_of(pdf: bytes) -> tuple[PageLook, ...]:
    """Return how each page of a stored protocol looks. Raise ScanError if it cannot be drawn."""
    images = (image for _, image in pages_of(pdf, ScanKind.PDF))
    return tuple(look_at(one, at).page.looks[0] for at, one in enumerate(images, start=1))
