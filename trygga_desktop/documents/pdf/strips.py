"""The strips a document is cut into, each one line high, and how they fill the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color

from trygga_desktop.documents.pdf.lines import Line
from trygga_desktop.documents.pdf.shapes import Shape
from trygga_desktop.documents.pdf.structure import Element
from trygga_desktop.documents.pdf.styles import TextStyle
from trygga_desktop.domain.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """A line of text: how far from the left edge, and its base below the top of the strip.

    `element` is what it is part of, and `column` says which cell of a row it belongs to.
    """

    x: float
    base: float
    line: Line
    style: TextStyle
    element: Element
    column: int = 0


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A horizontal line."""

    x: float
    y: float
    width: float
    thickness: float
    colour: Color


@dataclass(frozen=True, slots=True)
class FieldMark:
    """An empty field for a signature, without ink. `told` is what readers say of it.

    One without a name gets a number as its name.
    """

    x: float
    y: float
    width: float
    height: float
    told: str
    element: Element
    name: str = ""


@dataclass(frozen=True, slots=True)
class PictureMark:
    """A picture that says nothing which does not stand beside it in words."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeMark:
    """Shapes that hang from a corner. Without an `element` they say nothing of their own.

    With one they are a figure that takes so much room, with all that is drawn of it. `column` is
    the one of a text's: what belongs to one cell of a row is drawn together.
    """

    x: float
    y: float
    shapes: tuple[Shape, ...]
    element: Element | None = None
    width: float = 0
    height: float = 0
    column: int = 0


Mark = TextMark | RuleMark | FieldMark | PictureMark | ShapeMark


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """What lies behind strips that follow each other: a colour, a bar at the left edge, or both.

    It is drawn once for all of them on a page, so that no seams show. Two boxes that look alike
    are still two.
    """

    x: float
    width: float
    fill: Color | None = None
    bar: Color | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What strips side by side are the lines of: whoever reads the page takes cell after cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What is never divided: one line of a text, of all cells of a row, of a box.

    `gap` is the room above it, which the top of a page swallows. `keep` holds it on the page of the
    strip after it. Where the strip after one that `escorts` begins a page, all that is kept with
    the one goes along, if the page that it leaves stays full enough. `head` returns above it where
    it begins a page. `outline` is the title under which readers find it in the table of contents
    beside the page.
    """

    height: float
    marks: tuple[Mark, ...] = ()
    gap: float = 0
    keep: bool = False
    escorts: bool = False
    box: Box | None = None
    row: Row | None = None
    head: tuple["Strip", ...] = ()
    outline: str = ""


# No page is left with more than a quarter of white for the sake of company on the next one.
_FULL = 0.75


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip and how far its top lies below the top of the page's text.

    One that returns, such as the head of a table, was already read on an earlier page.
    """

    top: float
    strip: Strip
    returns: bool = False


def fill_pages(strips: Sequence[Strip], *, first: float, other: float) -> list[list[Placed]]:
    """Put strips on pages with so much room on the first and on each other one.

    What is to be kept together comes on one page if any page has the room for it.
    """
    pages: list[list[Placed]] = [[]]
    used, room = 0.0, first
    before: _Before | None = None
    for group in _groups(strips):
        tall = sum(strip.gap + strip.height for strip in group)
        # A group that no page can hold starts where it is and is divided between any strips.
        if used and used + tall > room and _head_height(group[0]) + tall <= other:
            company: list[Placed] = []
            if before is not None and before.tall + tall <= other and before.used >= _FULL * room:
                company = pages[-1][before.at :]
                del pages[-1][before.at :]
            pages.append([])
            used, room = 0.0, other
            for placed in company:
                top = used + (placed.strip.gap if used else 0)
                pages[-1].append(Placed(top, placed.strip))
                used = top + placed.strip.height
        page, at, begins = len(pages), len(pages[-1]), used
        for strip in group:
            if used and used + strip.gap + strip.height > room:
                pages.append([])
                used, room = 0.0, other
            if not used:
                for head in strip.head if len(pages) > 1 else ():
                    pages[-1].append(Placed(used, head, returns=True))
                    used += head.height
            top = used + (strip.gap if used else 0)
            pages[-1].append(Placed(top, strip))
            used = top + strip.height
        is_whole = page == len(pages) and group[-1].escorts
        before = _Before(at, begins, used - begins) if is_whole else None
    return pages


@dataclass(frozen=True, slots=True)
class _Before:
    """Where on its page a group began that goes along with the next, and how tall it is."""

    at: int
    used: float
    tall: float


def _groups(strips: Sequence[Strip]) -> Iterator[list[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group


def _head_height(strip: Strip) -> float:
    return sum(head.height for head in strip.head)
