"""Each kind of block as strips. What belongs together stays together; nothing is too long."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Decision,
    Heading,
    KeyValues,
    OwnWords,
    PageFrame,
    Paragraph,
    SignatureLine,
    SignatureLines,
    Statement,
    Table,
    Title,
)
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.lines import Line, Typesetter
from trygga_desktop.documents.pdf.strips import Box, Row, RuleMark, Strip, TextMark
from trygga_desktop.documents.pdf.styles import TEXT_WIDTH, TextStyle
from trygga_desktop.documents.pdf.text import visible

# A row or a box of up to so many lines is not divided between pages.
_WHOLE = 12
_CELL_PADDING = 5.5
_CELL_ABOVE, _CELL_BELOW = 4.6, 4.8
_KEY_WIDTH = 0.155
_BESIDE = 12.0
_BOX_INDENT = 10.5
_PEN = 34.0
_SIGNED_WIDTH, _BESIDE_WIDTH = 0.58, 0.37
# Longer rows of people who sign are divided between any two of them.
_SIGNERS = 5


def strips_of(  # noqa: C901, PLR0911  one line for each kind of block
    block: Block, setter: Typesetter
) -> list[Strip]:
    """Return the strips of a block in the width of the page's text."""
    match block:
        case PageFrame():
            return []
        case Title():
            return _title(block, setter)
        case Heading():
            return _heading(block, setter)
        case Paragraph():
            return _running(block.text, setter, gap=4)
        case KeyValues():
            return _key_values(block, setter)
        case Table():
            return _table(block, setter)
        case Statement():
            return _labelled(block.source, block.text, setter, styles.LABEL)
        case OwnWords():
            return _own_words(block, setter)
        case Decision():
            return _decision(block, setter)
        case Bullets():
            return [strip for item in block.items for strip in _bullet(item, setter)]
        case SignatureLines():
            return _signature_lines(block, setter)


def _title(block: Title, setter: Typesetter) -> list[Strip]:
    found = _lines(block.organisation, setter, styles.ORGANISATION)
    found += _spaced(_lines(block.kind.upper(), setter, styles.KIND), 8 if found else 0)
    found += _spaced(_lines(block.text, setter, styles.TITLE), 3)
    found += _spaced(_lines(block.subtitle, setter, styles.SUBTITLE), 1)
    rule = RuleMark(0, 0, TEXT_WIDTH, 1.4, styles.ACCENT)
    return [*_kept(found, last=True), Strip(height=1.4, marks=(rule,), gap=10)]


def _heading(block: Heading, setter: Typesetter) -> list[Strip]:
    text = f"{block.number}  {block.text}" if block.number else block.text
    found = _spaced(_kept(_lines(text, setter, styles.HEADING), last=True), 17)
    if not found:
        return []
    outline = " ".join(visible(text, styles.HEADING.face).split())
    return [replace(found[0], outline=outline), *found[1:]]


def _key_values(block: KeyValues, setter: Typesetter) -> list[Strip]:
    pairs = [pair for pair in block.pairs if pair.value.strip()]
    key = TEXT_WIDTH * _KEY_WIDTH
    half = (TEXT_WIDTH + _BESIDE) / 2
    found: list[Strip] = []
    for left, right in zip_longest(pairs[::2], pairs[1::2]):
        cells = []
        for pair, x in ((left, 0.0), (right, half)):
            if pair is not None:
                room = half - _BESIDE
                cells.append((x, setter.lines(pair.label, styles.KEY, key - 6), styles.KEY))
                value = setter.lines(pair.value, styles.VALUE, room - key)
                cells.append((x + key, value, styles.VALUE))
        found += _spaced(_side_by_side(cells, styles.VALUE), 2)
    return _spaced(found, 8)


def _table(block: Table, setter: Typesetter) -> list[Strip]:
    if not block.rows:
        return []
    share = TEXT_WIDTH / sum(column.width for column in block.columns)
    places: list[tuple[float, float]] = []
    x = 0.0
    for column in block.columns:
        places.append((x + _CELL_PADDING, column.width * share - 2 * _CELL_PADDING))
        x += column.width * share
    titles = [column.title for column in block.columns]
    head = [
        replace(strip, keep=True, box=_HEADER_BOX)
        for strip in _row(titles, places, setter, styles.COLUMN)
    ]
    found = _spaced(head, 6)
    returning = tuple(head)
    # The rest of a divided row has no room of its own above it.
    above_rest = (*returning, Strip(height=_CELL_ABOVE))
    for row in block.rows:
        first, *rest = _row(row, places, setter, styles.CELL)
        found.append(replace(first, head=returning))
        found += [replace(strip, head=above_rest) for strip in rest]
    return [*found, Strip(height=3)]


_HEADER_BOX = Box(0, TEXT_WIDTH, fill=styles.HEADER_FILL)


def _row(
    texts: Sequence[str],
    places: Sequence[tuple[float, float]],
    setter: Typesetter,
    style: TextStyle,
) -> list[Strip]:
    cells = [
        (x, setter.lines(text, style, width), style)
        for text, (x, width) in zip(texts, places, strict=True)
    ]
    found = _padded(
        _side_by_side(cells, style) or [Strip(height=style.leading)], _CELL_ABOVE, _CELL_BELOW
    )
    is_head = style is styles.COLUMN
    thickness, colour = (1.2, styles.ACCENT) if is_head else (0.5, styles.HAIRLINE)
    rule = RuleMark(0, found[-1].height - thickness, TEXT_WIDTH, thickness, colour)
    found[-1] = replace(found[-1], marks=(*found[-1].marks, rule))
    return _kept(found)


def _side_by_side(
    cells: Sequence[tuple[float, Sequence[Line], TextStyle]], style: TextStyle
) -> list[Strip]:
    """Return strips with a line of each cell, all standing on one base."""
    row = Row()
    return [
        Strip(
            height=style.leading,
            marks=tuple(
                TextMark(x, style.base, line, cell_style, column)
                for column, ((x, _, cell_style), line) in enumerate(zip(cells, lines, strict=True))
                if line is not None and line.segments
            ),
            row=row,
        )
        for lines in zip_longest(*(lines for _, lines, _ in cells))
    ]


def _labelled(label: str, text: str, setter: Typesetter, style: TextStyle) -> list[Strip]:
    above = _kept(_lines(label, setter, style), last=True)
    return _spaced([*above, *_running(text, setter)], 7)


def _own_words(block: OwnWords, setter: Typesetter) -> list[Strip]:
    width = TEXT_WIDTH - _BOX_INDENT
    label = _kept(_lines(block.label, setter, styles.OWN_WORDS, _BOX_INDENT, width), last=True)
    text = _running(block.text, setter, _BOX_INDENT, width)
    box = Box(0, TEXT_WIDTH, bar=styles.ACCENT)
    return _spaced(_boxed([*label, *text], box, 1, 2), 8)


def _decision(block: Decision, setter: Typesetter) -> list[Strip]:
    x, width = _BOX_INDENT, TEXT_WIDTH - 2 * _BOX_INDENT
    found = _kept(_decision_label(block, setter, x, width), last=True)
    found += _running(block.text, setter, x, width)
    for objection in block.objections:
        said = _running(objection.text, setter, x, width)
        label = _lines(objection.label, setter, styles.OBJECTION, x, width)
        if found:
            # Who does not agree is read together with what was decided.
            found[-1] = replace(found[-1], keep=True)
        found += _inside([*_kept(label, last=bool(said)), *said], 5)
    box = Box(0, TEXT_WIDTH, fill=styles.DECIDED_FILL, bar=styles.DECIDED)
    return _spaced(_boxed(found, box, 6, 7), 8)


def _decision_label(block: Decision, setter: Typesetter, x: float, width: float) -> list[Strip]:
    """Return the label with the agency beside it, or under it where that is too long."""
    label = setter.lines(block.label.upper(), styles.DECISION, width)
    beside = width - _BESIDE - (label[0].width if label else 0)
    agency = setter.lines(block.agency, styles.AGENCY, beside)
    if len(label) == 1 and len(agency) == 1:
        cells = [
            (x, label, styles.DECISION),
            (x + label[0].width + _BESIDE, agency, styles.AGENCY),
        ]
        return _side_by_side(cells, styles.AGENCY)
    found = _lines(block.label.upper(), setter, styles.DECISION, x, width)
    return [*found, *_lines(block.agency, setter, styles.AGENCY, x, width)]


def _bullet(item: str, setter: Typesetter) -> list[Strip]:
    found = _running(item, setter, _BOX_INDENT, TEXT_WIDTH - _BOX_INDENT, gap=3)
    if found:
        (dot,) = setter.lines("•", styles.BODY, _BOX_INDENT)
        mark = _text(
            1.5, styles.BODY.base, dot, replace(styles.BODY, colour=styles.ACCENT), _BOX_INDENT
        )
        found[0] = replace(found[0], marks=(mark, *found[0].marks))
    return found


def _signature_lines(block: SignatureLines, setter: Typesetter) -> list[Strip]:
    found: list[Strip] = []
    for number, line in enumerate(block.lines, start=1):
        signer = _kept(_signature(line, block.beside, setter), last=number != len(block.lines))
        if number % _SIGNERS == 0:
            signer[-1] = replace(signer[-1], keep=False)
        found += signer
    return found


def _signature(line: SignatureLine, beside: str, setter: Typesetter) -> list[Strip]:
    width, other = TEXT_WIDTH * _SIGNED_WIDTH, TEXT_WIDTH * _BESIDE_WIDTH
    place = TEXT_WIDTH - other
    rules = (
        RuleMark(0, _PEN, width, 0.8, styles.INK),
        RuleMark(place, _PEN, other, 0.8, styles.INK),
    )
    role = setter.lines(line.role, styles.ROLE, width)
    cells = [
        (0.0, role, styles.ROLE),
        (place, setter.lines(beside, styles.NAME, other), styles.NAME),
    ]
    under = _side_by_side(cells, styles.ROLE)
    return [
        Strip(height=_PEN + 3, marks=rules, gap=6),
        *under,
        *_lines(line.name, setter, styles.NAME, 0, width),
    ]


def _running(
    text: str, setter: Typesetter, x: float = 0, width: float = TEXT_WIDTH, *, gap: float = 0
) -> list[Strip]:
    """Return running text: no line of a paragraph stands alone on a page."""
    style = styles.BODY
    found: list[Strip] = []
    paragraph: list[Strip] = []
    for line in [*setter.lines(text, style, width), None]:
        if line is not None and line.segments:
            mark = _text(x, style.base, line, style, width)
            paragraph.append(Strip(height=style.leading, marks=(mark,)))
        elif paragraph:
            found += _inside(_kept(paragraph, whole=3), 6 if found else 0)
            paragraph = []
    return _spaced(found, gap)


def _lines(
    text: str, setter: Typesetter, style: TextStyle, x: float = 0, width: float = TEXT_WIDTH
) -> list[Strip]:
    return [
        Strip(height=style.leading, marks=(_text(x, style.base, line, style, width),))
        for line in setter.lines(text, style, width)
        if line.segments
    ]


def _text(x: float, base: float, line: Line, style: TextStyle, width: float) -> TextMark:
    """Place a line at the left edge, or at the right one if it runs that way."""
    indent = width - line.width if line.runs_left else 0
    return TextMark(x + indent, base, line, style)


def _kept(strips: Iterable[Strip], *, last: bool = False, whole: int = _WHOLE) -> list[Strip]:
    """Keep few strips together, of more the first two and the last two; with `last` all go on."""
    found = list(strips)
    end = len(found) - 1
    return [
        replace(strip, keep=last if at == end else end < whole or at in {0, end - 1})
        for at, strip in enumerate(found)
    ]


def _spaced(strips: Sequence[Strip], gap: float) -> list[Strip]:
    """Leave room above, which a page may swallow."""
    return [replace(strip, gap=gap) if at == 0 else strip for at, strip in enumerate(strips)]


def _inside(strips: Sequence[Strip], gap: float) -> list[Strip]:
    """Leave room above inside a box, as part of the strip itself."""
    return [_lowered(strip, gap) if at == 0 else strip for at, strip in enumerate(strips)]


def _padded(strips: Sequence[Strip], above: float, below: float) -> list[Strip]:
    found = _inside(strips, above)
    return [*found[:-1], replace(found[-1], height=found[-1].height + below)]


def _boxed(strips: Sequence[Strip], box: Box, above: float, below: float) -> list[Strip]:
    """Put strips into a box; a short one is not divided."""
    if not strips:
        return []
    found = [replace(strip, box=box) for strip in _padded(strips, above, below)]
    return _kept(found) if len(found) <= _WHOLE else found


def _lowered(strip: Strip, by: float) -> Strip:
    marks = tuple(
        replace(mark, base=mark.base + by)
        if isinstance(mark, TextMark)
        else replace(mark, y=mark.y + by)
        for mark in strip.marks
    )
    return replace(strip, height=strip.height + by, marks=marks)
