"""Print blocks: the only way from a document's values to the bytes of its pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from trygga_desktop.documents.blocks import Block, PageFrame
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.canvas import PageCanvas
from trygga_desktop.documents.pdf.hyphens import Hyphens
from trygga_desktop.documents.pdf.layout import strips_of
from trygga_desktop.documents.pdf.lines import Typesetter
from trygga_desktop.documents.pdf.page import Furniture, draw_page, furnish
from trygga_desktop.documents.pdf.standards import Attachment, Standard
from trygga_desktop.documents.pdf.strips import Placed, fill_pages
from trygga_desktop.documents.pdf.structure import Structure
from trygga_desktop.documents.pdf.styles import TEXT_WIDTH
from trygga_desktop.documents.pdf.text import label
from trygga_desktop.i18n import Language

_WHITE = 0.45
"""A last page that holds less than this share of what it could is worth doing without."""

_LESS_AIR = (0.85, 0.7, 0.6)
"""How much of the usual room around texts is left where a page is saved by it: no less is read."""

_FEW = 8
"""Of more pages nobody misses one, and laying them out anew would take long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a file says of itself beside its blocks.

    `title` is what readers show above the window: it must name nobody. `made_at` is the moment the
    record was made, and knows its zone; the file carries it instead of the time of day.
    """

    title: str
    language: Language
    made_at: datetime
    standard: Standard = Standard.WORKING
    attachments: tuple[Attachment, ...] = ()


def render(blocks: Sequence[Block], paper: Paper) -> bytes:
    """Return the blocks as a PDF, the same bytes each time for the same arguments."""
    hyphens = Hyphens(paper.language.locale)
    try:
        return _render(blocks, hyphens, paper)
    finally:
        # No word of a protocol is left in the memory of the hyphenation.
        hyphens.forget()


def _render(blocks: Sequence[Block], hyphens: Hyphens, paper: Paper) -> bytes:
    _ = paper.language.gettext
    setter = Typesetter(hyphens)
    frames = [block for block in blocks if isinstance(block, PageFrame)]
    furniture = furnish(frames[-1] if frames else PageFrame(), setter)
    pages, tags = _laid_out(blocks, setter, furniture)
    if 1 < len(pages) <= _FEW and _is_mostly_white(pages[-1], furniture):
        for air in _LESS_AIR:
            tighter, its_tags = _laid_out(blocks, Typesetter(hyphens, air=air), furniture)
            if len(tighter) < len(pages):
                pages, tags = tighter, its_tags
                break
    canvas = PageCanvas(
        title=label(paper.title),
        language=paper.language.locale.replace("_", "-"),
        made_at=paper.made_at,
        standard=paper.standard,
        attachments=paper.attachments,
    )
    for page in range(1, len(pages) + 1):
        text = _("Page {page} of {pages}").format(page=page, pages=len(pages))
        number = setter.one_line(text, styles.PAGE_NUMBER, TEXT_WIDTH)
        draw_page(canvas, pages, furniture, page=page, number=number)
    return canvas.finish(tags.document)


def _laid_out(
    blocks: Sequence[Block], setter: Typesetter, furniture: Furniture
) -> tuple[list[list[Placed]], Structure]:
    """Return the pages, and the structure of what stands on them."""
    tags = Structure()
    strips = [
        replace(strip, gap=strip.gap * setter.air)
        for block in blocks
        for strip in strips_of(block, setter, tags)
    ]
    first, other = furniture.room(first=True), furniture.room(first=False)
    return fill_pages(strips, first=first, other=other), tags


def _is_mostly_white(page: Sequence[Placed], furniture: Furniture) -> bool:
    last = page[-1]
    return last.top + last.strip.height < _WHITE * furniture.room(first=False)
