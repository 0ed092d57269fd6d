"""Protocols and excerpts that go the way of paper: printed, signed, scanned badly, and read again.

Nothing is scanned: pages are drawn, written on, turned, stretched, made noisy and stained as paper
and its scanner do it, and put into a file of the kinds that come back.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO
from itertools import islice
from uuid import UUID

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PySide6.QtGui import QImage

from tests.documents.papers import FIVE_HUNDRED, FULL, recorded
from trygga_desktop.documents.excerpt import Excerpt, Promise
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.protocol import AgendaItem, ProtocolContent, StatementEntry
from trygga_desktop.documents.record import ProtocolRecord, hash_of, write_record
from trygga_desktop.domain.matching import Answer, Expected, Fit, ScanFound, match
from trygga_desktop.domain.scanning import Payload, ScanKind, ScannedPage
from trygga_desktop.ui.platform.looking import grey_bytes, look_at
from trygga_desktop.ui.platform.scan_lines import Listener
from trygga_desktop.ui.platform.scan_pages import pages_of
from trygga_desktop.ui.platform.scan_reader import looks_of

OTHER_VAULT = UUID("0b9ad4a4-7e55-4d4e-9d0e-2f0c6f1f5a10")
OTHER_PAPER = UUID("9c7a1b1e-3b0f-4b7e-8b60-5a3a9a1c0d2e")
# So often it is an excerpt that is signed, and the other paper is a protocol.
_EXCERPTS = 3
# So often the file goes through the process that reads scans, and not only through its code.
_EACH = 10


class Trouble(StrEnum):
    """What is wrong with the paper, or with how it was scanned."""

    NONE = "none"
    STAIN = "stain"
    COARSE = "coarse"
    MISSING = "missing"
    DOUBLED = "doubled"
    OTHER_VERSION = "other version"
    OTHER_PAPER = "other paper"
    OTHER_VAULT = "other vault"
    FOREIGN_TEXT = "foreign text"


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one protocol; `wrong` names what was not noticed, or noticed in vain."""

    number: int
    met: Counter[str]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one sheet lies on the glass, and how sharp it is scanned."""

    dots: int
    degrees: float
    is_upside_down: bool
    stretch: float
    noise: float
    grey: int


def go_by_paper(*, count: int, seed: int) -> Iterator[Round]:
    """Yield what became of each of so many protocols."""
    for number in range(count):
        chosen = random.Random(f"{seed} {number}")  # noqa: S311  nothing secret is drawn
        yield _go(number, chosen)


def _go(number: int, chosen: random.Random) -> Round:
    is_excerpt = number % _EXCERPTS == 1
    content = _as_excerpt(_content(chosen)) if is_excerpt else _content(chosen)
    record = replace(recorded(content), salt=chosen.randbytes(16))
    pages = draw(issue(record))
    expected = expected_of(record)
    dots = chosen.choice((150, 150, 200, 300))
    sheets = [_sheet(chosen, dots) for _ in pages]
    papers = [scan(_signed(page, chosen), one) for page, one in zip(pages, sheets, strict=True)]
    if number % _EACH:
        seen = [seen_on(one, at) for at, one in enumerate(papers, start=1)]
    else:
        seen = _through_process(as_pdf(papers))
    found = {Trouble.NONE: match(seen, expected)}
    lost = chosen.randrange(len(pages))
    found[Trouble.MISSING] = match(_numbered([*seen[:lost], *seen[lost + 1 :]]), expected)
    found[Trouble.DOUBLED] = match(_numbered([*seen, seen[lost]]), expected)
    for trouble, other in _others(record, chosen):
        page = scan(_page(issue(other), lost), sheets[lost])
        mixed = [*seen[:lost], seen_on(page, lost + 1), *seen[lost + 1 :]]
        found[trouble] = match(mixed, expected)
    stained = list(seen)
    stained[lost] = seen_on(scan(_stain(pages[lost], chosen), sheets[lost]), lost + 1)
    found[Trouble.STAIN] = match(stained, expected)
    coarse = replace(sheets[lost], dots=100)
    read = seen_on(scan(pages[lost], coarse), lost + 1)
    found[Trouble.COARSE] = match([*seen[:lost], read, *seen[lost + 1 :]], expected)
    pasted = _pasted(pages, chosen, lost)
    read = seen_on(scan(pasted, sheets[lost]), lost + 1)
    found[Trouble.FOREIGN_TEXT] = match([*seen[:lost], read, *seen[lost + 1 :]], expected)
    typed = match(stained, expected, {lost + 1: Answer(is_code_typed=True)})
    met = _met(found, typed, lost)
    met["excerpts" if is_excerpt else "protocols"] += 1
    return Round(number, met, tuple(_judged(found, typed, lost, expected)))


def _judged(
    found: dict[Trouble, ScanFound], typed: ScanFound, lost: int, expected: Expected
) -> Iterator[str]:
    """Yield whatever is not as it should be."""
    whole = found[Trouble.NONE]
    right = tuple(range(1, len(expected.looks) + 1))
    if not whole.is_complete or tuple(one.page for one in whole.pages) != right:
        yield f"a good scan was not taken: {whole}"
    if found[Trouble.MISSING].missing != (lost + 1,):
        yield f"a missing page was not noticed: {found[Trouble.MISSING]}"
    if found[Trouble.DOUBLED].doubled != (lost + 1,):
        yield f"a doubled page was not noticed: {found[Trouble.DOUBLED]}"
    for trouble, fit in (
        (Trouble.OTHER_VERSION, Fit.OTHER_VERSION),
        (Trouble.OTHER_PAPER, Fit.OTHER_PAPER),
        (Trouble.OTHER_VAULT, Fit.OTHER_VAULT),
    ):
        if found[trouble].pages[lost].fit is not fit or found[trouble].is_complete:
            yield f"{trouble} was not noticed: {found[trouble]}"
    if found[Trouble.FOREIGN_TEXT].is_complete:
        yield f"foreign text under the right code was taken: {found[Trouble.FOREIGN_TEXT]}"
    stained = found[Trouble.STAIN]
    if stained.pages[lost].fit not in {Fit.NO_CODE, Fit.FITS}:
        yield f"a stain made another page of it: {stained}"
    for told, one in (("stained", typed), ("coarse", found[Trouble.COARSE])):
        if one.pages[lost].page not in {None, lost + 1}:
            yield f"a {told} page was taken for another: {one}"


def _met(found: dict[Trouble, ScanFound], typed: ScanFound, lost: int) -> Counter[str]:
    met = Counter({"pages": len(found[Trouble.NONE].pages)})
    met["codes under a stain"] += found[Trouble.STAIN].pages[lost].fit is Fit.NO_CODE
    met["found again by the typed code alone"] += typed.pages[lost].fit is Fit.FITS
    met["codes not read at 100 dpi"] += found[Trouble.COARSE].pages[lost].fit is not Fit.FITS
    return met


def expected_of(record: ProtocolRecord) -> Expected:
    """Return what should come back of a protocol."""
    payload = Payload(record.protocol_id, hash_of(write_record(record)))
    return Expected(payload=payload, looks=looks_of(issue(record)), others=frozenset({OTHER_PAPER}))


def draw(pdf: bytes) -> list[Image.Image]:
    """Return the pages as a printer with 300 dots per inch draws them."""
    return [_image(one) for _, one in pages_of(pdf, ScanKind.PDF)]


def _page(pdf: bytes, at: int) -> Image.Image:
    """Return one page as it is drawn."""
    return next(_image(one) for _, one in islice(pages_of(pdf, ScanKind.PDF), at, None))


def scan(page: Image.Image, sheet: Sheet) -> Image.Image:
    """Return a page as a scanner sees it."""
    size = (round(8.27 * sheet.dots), round(11.69 * sheet.dots * sheet.stretch))
    seen = page.resize(size, Image.Resampling.LANCZOS)
    degrees = sheet.degrees + (180 if sheet.is_upside_down else 0)
    seen = seen.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    seen = seen.filter(ImageFilter.GaussianBlur(0.4))
    paper = Image.new("L", seen.size, sheet.grey)
    noise = Image.effect_noise(seen.size, sheet.noise)
    return ImageChops.add(ImageChops.multiply(seen, paper), noise, offset=-128)


def as_pdf(papers: Sequence[Image.Image]) -> bytes:
    """Return scanned pages as the file that a scanner makes of them."""
    into = BytesIO()
    papers[0].save(into, "PDF", save_all=True, append_images=papers[1:], quality=60)
    return into.getvalue()


def seen_on(paper: Image.Image, place: int) -> ScannedPage:
    """Return what is seen on one page of a scan."""
    grey = QImage(
        paper.tobytes(), paper.width, paper.height, paper.width, QImage.Format.Format_Grayscale8
    )
    return look_at(grey, place).page


def _through_process(pdf: bytes) -> list[ScannedPage]:
    command = [sys.executable, "-m", "trygga_desktop", "read-scan", "pdf"]
    said = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603  ourselves
    return [one.page for one in Listener().hear(said.stdout)]


def _content(chosen: random.Random) -> ProtocolContent:
    """Return a protocol of two to five pages, each with its own text."""
    items = tuple(
        AgendaItem(
            number=str(at + 1),
            title=chosen.choice(FIVE_HUNDRED)[:60],
            entries=tuple(
                StatementEntry(text=" ".join(chosen.sample(FIVE_HUNDRED, 4)), source="Skolan")
                for _ in range(chosen.randrange(1, 5))
            ),
        )
        for at in range(chosen.randrange(2, 6))
    )
    return replace(FULL, items=(*FULL.items, *items), meeting_number=chosen.randrange(1, 20))


def _as_excerpt(content: ProtocolContent) -> ProtocolContent:
    """Return what one recipient has of it, with a line that they sign."""
    promise = Promise(text="Ringa vårdnadshavaren före fredag", person="Maria Lind")
    excerpt = Excerpt(recipient="Maria Lind", host="Socialnämnden", copy=1, promises=(promise,))
    return replace(content, excerpt=excerpt, signers=content.signers[-1:])


def _others(
    record: ProtocolRecord, chosen: random.Random
) -> Iterator[tuple[Trouble, ProtocolRecord]]:
    salt = chosen.randbytes(16)
    yield Trouble.OTHER_VERSION, replace(record, salt=salt)
    is_excerpt = record.content.excerpt is not None
    content = replace(record.content, excerpt=None) if is_excerpt else _as_excerpt(record.content)
    other = replace(record, salt=salt, protocol_id=OTHER_PAPER, content=content)
    yield Trouble.OTHER_PAPER, other
    yield Trouble.OTHER_VAULT, replace(record, salt=salt, protocol_id=OTHER_VAULT)


def _sheet(chosen: random.Random, dots: int) -> Sheet:
    return Sheet(
        dots=dots,
        degrees=chosen.uniform(-2.5, 2.5),
        is_upside_down=chosen.random() < 0.3,
        stretch=chosen.uniform(0.994, 1.006),
        noise=chosen.uniform(2, 18),
        grey=chosen.randrange(225, 256),
    )


def _signed(page: Image.Image, chosen: random.Random) -> Image.Image:
    """Return a page with what a pen leaves on it."""
    written = page.copy()
    pen = ImageDraw.Draw(written)
    for _ in range(chosen.randrange(3)):
        x, y = chosen.randrange(300, 1_200), chosen.randrange(600, 2_900)
        points = [(x, y)]
        for _ in range(24):
            x, y = x + chosen.randrange(5, 40), y + chosen.randrange(-45, 46)
            points.append((x, y))
        pen.line(points, fill=40, width=5, joint="curve")
    return written


def _stain(page: Image.Image, chosen: random.Random) -> Image.Image:
    """Return a page with coffee over its code."""
    spilt = page.copy()
    x, y, wide = 370 + chosen.randrange(-20, 21), 3_285 + chosen.randrange(-20, 21), 70
    ImageDraw.Draw(spilt).ellipse((x - wide, y - wide, x + wide, y + wide), fill=90)
    return spilt


def _pasted(pages: Sequence[Image.Image], chosen: random.Random, lost: int) -> Image.Image:
    """Return a page of a protocol that says something else, under the code of this one."""
    content = replace(_content(chosen), participants=(), carried=(), consents=())
    page = _page(issue(replace(recorded(content), salt=chosen.randbytes(16))), max(lost, 1) - 1)
    foot = (0, 3_150, page.width, page.height)
    page.paste(pages[lost].crop(foot), foot[:2])
    return page


def _numbered(seen: Sequence[ScannedPage]) -> list[ScannedPage]:
    return [replace(one, place=at) for at, one in enumerate(seen, start=1)]


def _image(drawn: QImage) -> Image.Image:
    return Image.frombytes("L", (drawn.width(), drawn.height()), grey_bytes(drawn))
