"""Large letters for whoever reads little: a heading with a drawing, texts, and figures."""

from dataclasses import replace

from trygga_desktop.documents.blocks import LargeText, Trend
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.drawings import drawing
from trygga_desktop.documents.pdf.lines import Typesetter
from trygga_desktop.documents.pdf.shapes import Shape, line, ring
from trygga_desktop.documents.pdf.stacking import (
    Cell,
    kept,
    running,
    set_lines,
    side_by_side,
    spaced,
)
from trygga_desktop.documents.pdf.strips import ShapeMark, Strip
from trygga_desktop.documents.pdf.structure import Element, Role, Scope, Structure
from trygga_desktop.documents.pdf.styles import TEXT_WIDTH
from trygga_desktop.documents.pdf.text import label

_BESIDE_DRAWING = 34.0
_DRAWING = 20.0
_BULLET = 13.0
_NAME, _WORDS = 0.46, 0.27
_TICK, _KNOB = 2.5, 4.2


def large_text(block: LargeText, setter: Typesetter, tags: Structure) -> list[Strip]:
    """Return the strips of a block in large letters; add it to the structure."""
    x = _BESIDE_DRAWING if block.drawing is not None else 0.0
    width = TEXT_WIDTH - x
    head = _head(block, setter, tags, x)
    found: list[Strip] = []
    for text in block.texts:
        found += _running(text, setter, tags.here, x, width)
    found += _items(block.items, setter, tags.here, x)
    if block.trends:
        table = tags.here.add(Role.TABLE)
        for trend in block.trends:
            found += _trend(trend, setter, table, x)
    return [*head, *found]


def _head(block: LargeText, setter: Typesetter, tags: Structure, x: float) -> list[Strip]:
    lines = setter.lines(block.title, styles.LARGE_HEADING, TEXT_WIDTH - x)
    if not lines:
        return []
    found = set_lines(lines, styles.LARGE_HEADING, tags.open_section(), x, TEXT_WIDTH - x)
    first, *others = spaced(kept(found, last=True), 13)
    if block.drawing is not None:
        shapes = drawing(block.drawing, _DRAWING)
        first = replace(first, marks=(ShapeMark(x=0, y=0, shapes=shapes), *first.marks))
    return [replace(first, outline=label(block.title)), *others]


def _running(text: str, setter: Typesetter, parent: Element, x: float, width: float) -> list[Strip]:
    return running(text, setter, parent, x, width, gap=2, style=styles.LARGE)


def _items(items: tuple[str, ...], setter: Typesetter, parent: Element, x: float) -> list[Strip]:
    listed = Element(role=Role.LIST)
    found: list[Strip] = []
    for item in items:
        one = Element(role=Role.LIST_ITEM)
        mark = one.add(Role.LABEL)
        body = one.add(Role.LIST_BODY)
        inner = x + _BULLET
        first, *rest = _running(item, setter, body, inner, TEXT_WIDTH - inner) or [Strip(height=0)]
        if not first.marks:
            continue
        listed.kids.append(one)
        accented = replace(styles.LARGE, colour=styles.ACCENT)
        (dot,) = set_lines(setter.lines("•", accented, _BULLET), accented, mark, x)
        found += [replace(first, marks=(*dot.marks, *first.marks)), *rest]
    if found:
        parent.kids.append(listed)
    return found


def _trend(trend: Trend, setter: Typesetter, table: Element, x: float) -> list[Strip]:
    """Return a name, its figures in words, and beside them where they lie on the scale."""
    row = table.add(Role.ROW)
    name, words = (TEXT_WIDTH - x) * _NAME, (TEXT_WIDTH - x) * _WORDS
    left = x + name + words
    said = setter.lines(trend.name, styles.LARGE_STRONG, name - 8)
    told = setter.lines(trend.words, styles.LARGE, words - 8)
    cells = [
        Cell(x, said, styles.LARGE_STRONG, row.add(Role.HEADER, scope=Scope.ROW)),
        Cell(x + name, told, styles.LARGE, row.add(Role.CELL)),
    ]
    first, *rest = side_by_side(cells, styles.LARGE)
    shapes = _scale(trend, TEXT_WIDTH - left, styles.LARGE.leading / 2 + 1)
    drawn = ShapeMark(x=left, y=0, shapes=shapes, column=len(cells))
    return spaced(kept([replace(first, marks=(*first.marks, drawn)), *rest]), 2)


def _scale(trend: Trend, width: float, middle: float) -> tuple[Shape, ...]:
    """Return a scale with a tick for each figure, the first one hollow and the last one full."""
    step = (width - 2 * _KNOB) / (trend.scale - 1)

    def place(figure: int) -> float:
        return _KNOB + step * (figure - 1)

    first, last = place(trend.first), place(trend.last)
    return (
        line([(_KNOB, middle), (width - _KNOB, middle)], styles.HAIRLINE, 1),
        *(
            line([(place(one), middle - _TICK), (place(one), middle + _TICK)], styles.HAIRLINE, 1)
            for one in range(1, trend.scale + 1)
        ),
        line([(first, middle), (last, middle)], styles.ACCENT, 2),
        ring((first, middle), _KNOB - 1, stroke=styles.ACCENT, fill=styles.PAPER, thickness=1.6),
        ring((last, middle), _KNOB, fill=styles.ACCENT),
    )
