"""The square at the foot of a page that scanners read: a QR code, drawn as rectangles."""

from collections.abc import Iterator
from itertools import groupby

from trygga_desktop.documents.pdf.styles import SQUARE


def square_of(payload: str, x: float, y: float) -> str:
    """Return what draws the code, its lower left corner at a place: a part of a page's content.

    A seventh of it may be unreadable. Nothing to say leaves its place empty.
    """
    if not payload:
        # What ends a path and draws nothing.
        return "n"
    # It brings much of reportlab along, which nobody needs who only looks at a page.
    from reportlab.graphics.barcode.qrencoder import (  # noqa: PLC0415
        QRCode,
        QRErrorCorrectLevel,
    )

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(payload)
    code.make()
    size = SQUARE / len(code.modules)
    return "\n".join([*_rectangles(code.modules, x, y, size), "f"])


def _rectangles(modules: list[list[bool]], x: float, y: float, size: float) -> Iterator[str]:
    """Yield a rectangle for each run of dark modules of a row."""
    for at, row in enumerate(reversed(modules)):
        column = 0
        for is_dark, same in groupby(row):
            width = len(list(same))
            if is_dark:
                left, bottom = x + column * size, y + at * size
                # A hair higher than the row: no seam between rows on any printer.
                height = size * 1.02
                yield f"{left:.3f} {bottom:.3f} {width * size:.3f} {height:.3f} re"
            column += width
