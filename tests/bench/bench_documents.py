"""Paper: a protocol of four pages and one of 250, beside reportlab drawing as many lines.

Both as they are kept: tagged, archived, with their record inside, sealed; and verified again.
"""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from tests.bench.clockwork import Figure, median
from tests.documents.papers import FULL, MADE, SWEDISH, printed, with_items
from tests.documents.sealed import make_key, print_for
from trygga_desktop.documents.blocks import Paragraph
from trygga_desktop.documents.pdf.fonts import Face, typeface
from trygga_desktop.documents.pdf.seal import seal
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.protocol import ProtocolContent, StatementEntry, compose

_SENTENCE = "Det som sades på mötet, med några ord till från socialförvaltningen. "
_LONG = _SENTENCE * (200_000 // len(_SENTENCE))
_LINES = 50
_WIDTH = 90
_MEMORY = """
from tests.bench import bench_documents
bench_documents.seal_long()
print(open("/proc/self/status").read())
"""


def figures() -> Iterator[Figure]:
    """Yield the rows of the table."""
    short, long = _short(), _long()
    # What is imported and loaded once is not what is measured.
    few, many = _pages(printed(compose(short, SWEDISH))), _pages(print_long())
    yield Figure(
        f"protocol of {few} pages",
        median(lambda: printed(compose(short, SWEDISH)), times=7),
        "bare lines",
        median(lambda: _bare(few), times=7),
    )
    yield Figure(
        f"protocol of {many} pages",
        median(lambda: printed(compose(long, SWEDISH)), times=3),
        "bare lines",
        median(lambda: _bare(many), times=3),
    )
    yield Figure(
        "paragraph of 200 kB",
        median(lambda: printed([Paragraph(text=_LONG)]), times=3),
    )
    yield from _sealed_figures(short, long, few, many)


def _sealed_figures(
    short: ProtocolContent, long: ProtocolContent, few: int, many: int
) -> Iterator[Figure]:
    key = make_key("Exempelstads kommun")

    def kept(content: ProtocolContent) -> bytes:
        return seal(print_for(key, content), key, at=MADE)

    small, large = kept(short), kept(long)
    yield Figure(f"the same {few} pages sealed", median(lambda: kept(short), times=7))
    yield Figure(f"the same {many} pages sealed", median(lambda: kept(long), times=3))
    yield Figure(
        f"verify {few} pages, printed again",
        median(lambda: verify(small), times=7),
        "not printed again",
        median(lambda: verify(small, compares=False), times=7),
    )
    yield Figure(
        f"verify {many} pages, printed again",
        median(lambda: verify(large), times=3),
        "not printed again",
        median(lambda: verify(large, compares=False), times=3),
    )
    yield Figure("start of a process that verifies", median(_start, times=5))


def _start() -> None:
    command = [sys.executable, "-c", "import trygga_desktop.documents.pdf.verify"]
    subprocess.run(command, check=True)  # noqa: S603  our own interpreter


def most_memory() -> str:
    """Return what a process took at most that printed and sealed the long protocol alone."""
    if not sys.platform.startswith("linux"):
        return "not measured on this system"
    done = subprocess.run(  # noqa: S603  ours
        [sys.executable, "-c", _MEMORY],
        check=True,
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )
    most = re.search(r"VmHWM:\s*(\d+) kB", done.stdout)
    return f"{int(most[1]) // 1024} MiB" if most else "not measured on this system"


def print_long() -> bytes:
    """Return a protocol of more than 250 pages."""
    return printed(compose(_long(), SWEDISH))


def seal_long() -> bytes:
    """Return the same, sealed."""
    key = make_key("Exempelstads kommun")
    return seal(print_for(key, _long()), key, at=MADE)


def _short() -> ProtocolContent:
    return replace(with_items(6), participants=FULL.participants * 3)


def _long() -> ProtocolContent:
    content = with_items(360)
    said = StatementEntry(source="Exempelgymnasiet", text=_SENTENCE * 24)
    items = tuple(replace(item, entries=(said, *item.entries)) for item in content.items)
    return replace(content, items=items)


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def _bare(pages: int) -> None:
    font = typeface(Face.REGULAR).first
    canvas = Canvas(io.BytesIO(), pageCompression=1)
    for _ in range(pages):
        canvas.setFont(font, 10)
        for line in range(_LINES):
            canvas.drawString(70, 780 - 14 * line, _LONG[:_WIDTH])
        canvas.showPage()
    canvas.save()
