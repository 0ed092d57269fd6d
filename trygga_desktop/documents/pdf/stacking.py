"""Strips put together: lines of a text, rows of cells, boxes, and what stays with what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.lines import Line, Typesetter
from trygga_desktop.documents.pdf.strips import (
    Box,
    FieldMark,
    Mark,
    PictureMark,
    Row,
    RuleMark,
    ShapeMark,
    Strip,
    TextMark,
)
from trygga_desktop.documents.pdf.structure import Element, Role
from trygga_desktop.documents.pdf.styles import TEXT_WIDTH, TextStyle

WHOLE = 12
"""A row or a box of up to so many lines is not divided between pages."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of several lines that stands beside others, and what it is part of."""

    x: float
    lines: Sequence[Line]
    style: TextStyle
    element: Element


def running(  # noqa: PLR0913  the place of a text and what it is
    text: str,
    setter: Typesetter,
    parent: Element,
    x: float = 0,
    width: float = TEXT_WIDTH,
    *,
    gap: float = 0,
    role: Role = Role.PARAGRAPH,
    style: TextStyle = styles.BODY,
) -> list[Strip]:
    """Return running text: no line of a paragraph stands alone on a page."""
    found: list[Strip] = []
    paragraph: list[Line] = []
    for line in [*setter.lines(text, style, width), None]:
        if line is not None and line.segments:
            paragraph.append(line)
        elif paragraph:
            strips = set_lines(paragraph, style, parent.add(role), x, width)
            found += inside(kept(strips, whole=3), 6 if found else 0)
            paragraph = []
    return spaced(found, gap)


def lined(  # noqa: PLR0913, PLR0917  the place of a text and what it is
    text: str,
    setter: Typesetter,
    style: TextStyle,
    parent: Element,
    x: float = 0,
    width: float = TEXT_WIDTH,
) -> list[Strip]:
    """Return a text as one paragraph of the parent; an empty one is no part of it."""
    found = setter.lines(text, style, width)
    return set_lines(found, style, parent.add(Role.PARAGRAPH), x, width) if found else []


def set_lines(
    lines: Iterable[Line],
    style: TextStyle,
    element: Element,
    x: float = 0,
    width: float = TEXT_WIDTH,
) -> list[Strip]:
    """Return lines of one element at the left edge, or at the right one if they run that way."""
    drawn = [line for line in lines if line.segments]
    return [
        Strip(
            height=style.leading,
            marks=(
                TextMark(
                    x=x + (width - line.width if line.runs_left else 0),
                    base=style.base,
                    line=line,
                    style=style,
                    element=part,
                ),
            ),
        )
        for line, part in zip(drawn, _parts(drawn, element), strict=True)
    ]


def side_by_side(cells: Sequence[Cell], style: TextStyle) -> list[Strip]:
    """Return strips with a line of each cell, all standing on one base."""
    row = Row()
    parted = [
        list(zip(cell.lines, _parts(cell.lines, cell.element), strict=True)) for cell in cells
    ]
    return [
        Strip(
            height=style.leading,
            marks=tuple(
                TextMark(
                    x=cell.x,
                    base=style.base,
                    line=told[0],
                    style=cell.style,
                    element=told[1],
                    column=column,
                )
                for column, (cell, told) in enumerate(zip(cells, lines, strict=True))
                if told is not None and told[0].segments
            ),
            row=row,
        )
        for lines in zip_longest(*parted)
    ]


def _parts(lines: Sequence[Line], element: Element) -> list[Element]:
    """Return what each line is part of: the element, or a piece of text of its own in it.

    Where one line is read otherwise than it is drawn, each of them is a piece.
    """
    if not any(line.spoken for line in lines):
        return [element] * len(lines)
    return [element.add_text(line.told) for line in lines]


def kept(strips: Iterable[Strip], *, last: bool = False, whole: int = WHOLE) -> list[Strip]:
    """Keep few strips together, of more the first two and the last two; with `last` all go on."""
    found = list(strips)
    end = len(found) - 1
    return [
        replace(strip, keep=last if at == end else end < whole or at in {0, end - 1})
        for at, strip in enumerate(found)
    ]


def spaced(strips: Sequence[Strip], gap: float) -> list[Strip]:
    """Leave room above, which a page may swallow."""
    return [replace(strip, gap=gap) if at == 0 else strip for at, strip in enumerate(strips)]


def inside(strips: Sequence[Strip], gap: float) -> list[Strip]:
    """Leave room above inside a box, as part of the strip itself."""
    return [_lowered(strip, gap) if at == 0 else strip for at, strip in enumerate(strips)]


def padded(strips: Sequence[Strip], above: float, below: float) -> list[Strip]:
    """Leave room above and below as parts of the first and the last strip."""
    found = inside(strips, above)
    return [*found[:-1], replace(found[-1], height=found[-1].height + below)]


def boxed(strips: Sequence[Strip], box: Box, above: float, below: float) -> list[Strip]:
    """Put strips into a box; a short one is not divided."""
    if not strips:
        return []
    found = [replace(strip, box=box) for strip in padded(strips, above, below)]
    return kept(found) if len(found) <= WHOLE else found


def _lowered(strip: Strip, by: float) -> Strip:
    return replace(
        strip,
        height=strip.height + by,
        marks=tuple(_lowered_mark(mark, by) for mark in strip.marks),
    )


def _lowered_mark(mark: Mark, by: float) -> Mark:
    match mark:
        case TextMark():
            return replace(mark, base=mark.base + by)
        case RuleMark() | FieldMark() | PictureMark() | ShapeMark():
            return replace(mark, y=mark.y + by)
