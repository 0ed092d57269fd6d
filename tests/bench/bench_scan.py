"""A scan of ten pages at 300 dots per inch: read by its process, and matched with the protocol."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from tests.bench.clockwork import Figure
from tests.documents.papers import FIVE_HUNDRED, FULL, recorded
from tests.endurance.paper import Sheet, as_pdf, draw, expected_of, scan
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.protocol import AgendaItem, StatementEntry
from trygga_desktop.domain.matching import match
from trygga_desktop.ui.platform.scan_lines import Listener
from trygga_desktop.ui.platform.scan_reader import looks_of

_PAGES = 10
_COMMAND = [sys.executable, "-m", "trygga_desktop", "read-scan", "pdf"]


def figures() -> Iterator[Figure]:
    """Yield the rows of the table."""
    record = recorded(replace(FULL, items=tuple(_items())))
    pages = draw(issue(record))[:_PAGES]
    sheet = Sheet(dots=300, degrees=1.2, is_upside_down=False, stretch=1.002, noise=6, grey=245)
    scanned = as_pdf([scan(page, sheet) for page in pages])
    started = time.perf_counter()
    said = subprocess.run(_COMMAND, input=scanned, capture_output=True, check=True)  # noqa: S603  ourselves
    read = [one.page for one in Listener().hear(said.stdout)]
    yield Figure(f"read {len(read)} pages scanned at 300 dpi", time.perf_counter() - started)
    expected = expected_of(record)
    started = time.perf_counter()
    looks_of(issue(record))
    found = match(read, expected)
    yield Figure(
        f"match them with a protocol of {len(expected.looks)} pages", time.perf_counter() - started
    )
    if [one.page for one in found.pages] != list(range(1, len(read) + 1)):
        raise AssertionError("The pages were not told apart.")


def _items() -> Iterator[AgendaItem]:
    for number in range(20):
        texts = FIVE_HUNDRED[number * 20 : number * 20 + 20]
        entries = tuple(
            StatementEntry(text=" ".join(texts[at : at + 5]), source="Skolan")
            for at in range(0, len(texts), 2)
        )
        yield AgendaItem(number=str(number + 1), title=f"Punkt {number + 1}", entries=entries)
