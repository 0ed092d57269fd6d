"""Each kind of block as strips. What belongs together stays together; nothing is too long.

With the strips come the tags: each function adds to the structure what its block is.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Charts,
    Decision,
    Groups,
    Heading,
    KeyValue,
    KeyValues,
    LargeText,
    OwnWords,
    PageFrame,
    Paragraph,
    Seal,
    SignatureLine,
    SignatureLines,
    Statement,
    Table,
    Title,
)
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.charts import charts
from trygga_desktop.documents.pdf.large import large_text
from trygga_desktop.documents.pdf.lines import Typesetter
from trygga_desktop.documents.pdf.stacking import (
    WHOLE,
    Cell,
    boxed,
    inside,
    kept,
    lined,
    padded,
    running,
    set_lines,
    side_by_side,
    spaced,
)
from trygga_desktop.documents.pdf.strips import Box, FieldMark, PictureMark, RuleMark, Strip
from trygga_desktop.documents.pdf.structure import Element, Role, Scope, Structure
from trygga_desktop.documents.pdf.styles import MM, TEXT_WIDTH, TextStyle
from trygga_desktop.documents.pdf.text import label
from trygga_desktop.domain.picture import Picture

SEAL_FIELD = "Seal"
"""The name of the field that the seal goes into."""

_CELL_PADDING = 5.5
_CELL_ABOVE, _CELL_BELOW = 4.6, 4.8
_KEY_WIDTH = 0.155
_BESIDE = 12.0
_BOX_INDENT = 10.5
_GROUPS_BESIDE = 4
_NUMBER_WIDTH = 30.0
_PEN = 34.0
_ARMS_WIDTH, _ARMS_HEIGHT = 32 * MM, 20 * MM
_SIGNED_WIDTH, _BESIDE_WIDTH = 0.58, 0.37
# So many sign on one page. A longer row fills its pages, and is divided between any two of them.
_TOGETHER = 5


def strips_of(  # noqa: C901, PLR0911, PLR0912  one line for each kind of block
    block: Block, setter: Typesetter, tags: Structure
) -> list[Strip]:
    """Return the strips of a block in the width of the page's text; add it to the structure."""
    match block:
        case PageFrame():
            return []
        case Title():
            return _title(block, setter, tags)
        case Heading():
            return _heading(block, setter, tags)
        case Paragraph():
            found = running(block.text, setter, tags.here, gap=4)
            return _leading(found) if block.leads else found
        case KeyValues():
            return _key_values(block.pairs, setter, tags.here)
        case Table():
            return _table(block, setter, tags.here)
        case Statement():
            return _statement(block, setter, tags.here)
        case OwnWords():
            found = _own_words(block, setter, tags.here)
            return _leading(found) if block.leads else found
        case Decision():
            return _decision(block, setter, tags)
        case Bullets():
            return _bullets(block, setter, tags.here)
        case Charts():
            return charts(block, setter, tags.here)
        case LargeText():
            return large_text(block, setter, tags)
        case Groups():
            return _groups(block, setter, tags.here)
        case SignatureLines():
            return _signature_lines(block, setter, tags.here)
        case Seal():
            return _seal(block, setter, tags.here)


def _leading(strips: list[Strip]) -> list[Strip]:
    """Hold the last of these on the page of what comes next."""
    return [*strips[:-1], *(replace(one, keep=True) for one in strips[-1:])]


def _title(block: Title, setter: Typesetter, tags: Structure) -> list[Strip]:
    arms = None if block.arms is None else _arms(block.arms)
    width = TEXT_WIDTH if arms is None else arms.x - _BESIDE
    found = lined(block.organisation, setter, styles.ORGANISATION, tags.here, 0, width)
    kind = lined(block.kind.upper(), setter, styles.KIND, tags.here, 0, width)
    found += spaced(kind, 8 if found else 0)
    title = setter.lines(block.text, styles.TITLE, width)
    if title:
        found += spaced(set_lines(title, styles.TITLE, tags.add_title(), 0, width), 3)
    found += spaced(lined(block.subtitle, setter, styles.SUBTITLE, tags.here, 0, width), 1)
    if arms is not None:
        found = _beside_arms(found, arms)
    rule = RuleMark(0, 0, TEXT_WIDTH, 1.4, styles.ACCENT)
    return [*kept(found, last=True), Strip(height=1.4, marks=(rule,), gap=10)]


def _arms(picture: Picture) -> PictureMark:
    """Return the picture at the right edge, as large as its place allows and in its own shape."""
    share = min(_ARMS_WIDTH / picture.width, _ARMS_HEIGHT / picture.height)
    width, height = picture.width * share, picture.height * share
    return PictureMark(TEXT_WIDTH - width, 0, width, height, picture)


def _beside_arms(strips: list[Strip], arms: PictureMark) -> list[Strip]:
    """Hang the picture beside strips that are at least as high as it is."""
    first, *rest = strips or [Strip(height=0)]
    found = [replace(first, marks=(arms, *first.marks)), *rest]
    missing = arms.height - sum(strip.gap + strip.height for strip in found) + first.gap
    return [*found, Strip(height=missing)] if missing > 0 else found


def _heading(block: Heading, setter: Typesetter, tags: Structure) -> list[Strip]:
    text = f"{block.number}  {block.text}" if block.number else block.text
    lines = setter.lines(text, styles.HEADING, TEXT_WIDTH)
    if not lines:
        return []
    found = set_lines(lines, styles.HEADING, tags.open_section())
    first, *others = spaced(kept(found, last=True), 17)
    return [replace(first, outline=label(text)), *others]


def _key_values(given: Sequence[KeyValue], setter: Typesetter, parent: Element) -> list[Strip]:
    pairs = [pair for pair in given if pair.value.strip()]
    if not pairs:
        return []
    table = parent.add(Role.TABLE)
    half = (TEXT_WIDTH + _BESIDE) / 2
    found: list[Strip] = []
    for left, right in zip_longest(pairs[::2], pairs[1::2]):
        cells = _key_value(left, setter, table, 0)
        if right is not None:
            cells += _key_value(right, setter, table, half)
        found += spaced(kept(side_by_side(cells, styles.VALUE)), 2)
    return spaced(kept(found) if len(found) <= WHOLE else found, 8)


def _key_value(pair: KeyValue, setter: Typesetter, table: Element, x: float) -> list[Cell]:
    key = TEXT_WIDTH * _KEY_WIDTH
    width = (TEXT_WIDTH - _BESIDE) / 2 - key
    row = table.add(Role.ROW)
    label = setter.lines(pair.label, styles.KEY, key - 6)
    value = setter.lines(pair.value, styles.VALUE, width)
    return [
        Cell(x, label, styles.KEY, row.add(Role.HEADER, scope=Scope.ROW)),
        Cell(x + key, value, styles.VALUE, row.add(Role.CELL)),
    ]


def _table(block: Table, setter: Typesetter, parent: Element) -> list[Strip]:
    if not block.rows:
        return []
    table = parent.add(Role.TABLE)
    share = TEXT_WIDTH / sum(column.width for column in block.columns)
    places: list[tuple[float, float]] = []
    x = 0.0
    for column in block.columns:
        places.append((x + _CELL_PADDING, column.width * share - 2 * _CELL_PADDING))
        x += column.width * share
    titles = [column.title for column in block.columns]
    head = [
        replace(strip, keep=True, box=_HEADER_BOX)
        for strip in _row(titles, places, setter, styles.COLUMN, table)
    ]
    found = spaced(head, 6)
    returning = tuple(head)
    # The rest of a divided row has no room of its own above it.
    above_rest = (*returning, Strip(height=_CELL_ABOVE * setter.air))
    for number, row in enumerate(block.rows, start=1):
        first, *rest = _row(row, places, setter, styles.CELL, table)
        strips = [replace(first, head=returning)]
        strips += [replace(strip, head=above_rest) for strip in rest]
        if number == len(block.rows) - 1:
            # The last row does not stand alone under a head that returns for it.
            strips[-1] = replace(strips[-1], keep=True)
        found += strips
    return [*found, Strip(height=3)]


_HEADER_BOX = Box(0, TEXT_WIDTH, fill=styles.HEADER_FILL)


def _row(
    texts: Sequence[str],
    places: Sequence[tuple[float, float]],
    setter: Typesetter,
    style: TextStyle,
    table: Element,
) -> list[Strip]:
    is_head = style is styles.COLUMN
    row = table.add(Role.ROW)
    cells = [
        Cell(
            x,
            setter.lines(text, style, width),
            style,
            row.add(Role.HEADER, scope=Scope.COLUMN) if is_head else row.add(Role.CELL),
        )
        for text, (x, width) in zip(texts, places, strict=True)
    ]
    found = padded(
        side_by_side(cells, style) or [Strip(height=style.leading)],
        _CELL_ABOVE * setter.air,
        _CELL_BELOW * setter.air,
    )
    thickness, colour = (1.2, styles.ACCENT) if is_head else (0.5, styles.HAIRLINE)
    rule = RuleMark(0, found[-1].height - thickness, TEXT_WIDTH, thickness, colour)
    found[-1] = replace(found[-1], marks=(*found[-1].marks, rule))
    return kept(found)


def _statement(block: Statement, setter: Typesetter, parent: Element) -> list[Strip]:
    above = kept(lined(block.source, setter, styles.LABEL, parent), last=True)
    return spaced([*above, *running(block.text, setter, parent)], 7)


def _own_words(block: OwnWords, setter: Typesetter, parent: Element) -> list[Strip]:
    width = TEXT_WIDTH - _BOX_INDENT
    label = lined(block.label, setter, styles.OWN_WORDS, parent, _BOX_INDENT, width)
    quote = Element(role=Role.QUOTE)
    text = running(block.text, setter, quote, _BOX_INDENT, width)
    if text:
        parent.kids.append(quote)
    box = Box(0, TEXT_WIDTH, bar=styles.ACCENT)
    return spaced(boxed([*kept(label, last=True), *text], box, 1, 2), 8)


def _decision(block: Decision, setter: Typesetter, tags: Structure) -> list[Strip]:
    x, width = _BOX_INDENT, TEXT_WIDTH - 2 * _BOX_INDENT
    section, heading = tags.add_subsection()
    found = kept(_decision_label(block, setter, section, heading), last=True)
    found += running(block.text, setter, section, x, width)
    for objection in block.objections:
        label = lined(objection.label, setter, styles.OBJECTION, section, x, width)
        said = running(objection.text, setter, section, x, width)
        if found:
            # Who does not agree is read together with what was decided.
            found[-1] = replace(found[-1], keep=True)
        found += inside([*kept(label, last=bool(said)), *said], 5)
    box = Box(0, TEXT_WIDTH, fill=styles.DECIDED_FILL, bar=styles.DECIDED)
    return spaced(boxed(found, box, 6, 7), 8)


def _decision_label(
    block: Decision, setter: Typesetter, section: Element, heading: Element
) -> list[Strip]:
    """Return the label with the agency beside it, or under it where that is too long."""
    x, width = _BOX_INDENT, TEXT_WIDTH - 2 * _BOX_INDENT
    label = setter.lines(block.label.upper(), styles.DECISION, width)
    beside = width - _BESIDE - (label[0].width if label else 0)
    agency = setter.lines(block.agency, styles.AGENCY, beside)
    if len(label) == 1 and len(agency) == 1:
        cells = [
            Cell(x, label, styles.DECISION, heading),
            Cell(
                x + label[0].width + _BESIDE,
                agency,
                styles.AGENCY,
                section.add(Role.PARAGRAPH),
            ),
        ]
        return side_by_side(cells, styles.AGENCY)
    found = set_lines(label, styles.DECISION, heading, x, width)
    return [*found, *lined(block.agency, setter, styles.AGENCY, section, x, width)]


def _bullets(block: Bullets, setter: Typesetter, parent: Element) -> list[Strip]:
    listed = Element(role=Role.LIST)
    found = [strip for item in block.items for strip in _bullet(item, setter, listed)]
    if found:
        parent.kids.append(listed)
    return found


def _bullet(item: str, setter: Typesetter, listed: Element) -> list[Strip]:
    one = Element(role=Role.LIST_ITEM)
    label = one.add(Role.LABEL)
    body = one.add(Role.LIST_BODY)
    found = running(item, setter, body, _BOX_INDENT, TEXT_WIDTH - _BOX_INDENT, gap=3)
    if not found:
        return []
    listed.kids.append(one)
    accented = replace(styles.BODY, colour=styles.ACCENT)
    (dot,) = set_lines(setter.lines("•", accented, _BOX_INDENT), accented, label, 1.5)
    return [replace(found[0], marks=(*dot.marks, *found[0].marks)), *found[1:]]


def _groups(block: Groups, setter: Typesetter, parent: Element) -> list[Strip]:
    """Return the groups in rows of a few. They are read from left to right, as a list."""
    listed = Element(role=Role.LIST, is_numbered=True)
    width = TEXT_WIDTH / _GROUPS_BESIDE
    found: list[Strip] = []
    for start in range(0, len(block.items), _GROUPS_BESIDE):
        cells: list[Cell] = []
        for place, text in enumerate(block.items[start : start + _GROUPS_BESIDE]):
            number = setter.lines(str(start + place + 1), styles.GROUP_NUMBER, _NUMBER_WIDTH)
            group = setter.lines(text, styles.GROUP, width - _NUMBER_WIDTH)
            one = listed.add(Role.LIST_ITEM)
            x = place * width
            cells += [
                Cell(x + _BOX_INDENT, number, styles.GROUP_NUMBER, one.add(Role.LABEL)),
                Cell(x + _NUMBER_WIDTH, group, styles.GROUP, one.add(Role.LIST_BODY)),
            ]
        found += side_by_side(cells, styles.GROUP)
    if found:
        parent.kids.append(listed)
    box = Box(0, TEXT_WIDTH, fill=styles.HEADER_FILL)
    return kept(spaced(boxed(found, box, 6, 6), 6), whole=len(found))


def _seal(block: Seal, setter: Typesetter, parent: Element) -> list[Strip]:
    found = running(block.text, setter, parent, gap=4)
    found += _key_values(block.pairs, setter, parent)
    form = parent.add(Role.FORM, alternative=block.field)
    mark = FieldMark(0, 0, 0, 0, block.field, form, SEAL_FIELD)
    together = [*found, Strip(height=0, marks=(mark,))]
    return kept(together, whole=len(together))


def _signature_lines(block: SignatureLines, setter: Typesetter, parent: Element) -> list[Strip]:
    """Return one block for each who signs. None is divided, and none stands alone if it can be."""
    found: list[Strip] = []
    are_together = len(block.lines) <= _TOGETHER
    for number, line in enumerate(block.lines, start=1):
        stays = are_together and number != len(block.lines)
        *above, last = kept(_signature(line, block, setter, parent.add(Role.GROUP)), last=stays)
        found += [*above, replace(last, escorts=not stays)]
    return found


def _signature(
    line: SignatureLine, block: SignatureLines, setter: Typesetter, group: Element
) -> list[Strip]:
    width, other = TEXT_WIDTH * _SIGNED_WIDTH, TEXT_WIDTH * _BESIDE_WIDTH
    place = TEXT_WIDTH - other
    role = setter.lines(line.role, styles.ROLE, width)
    beside = setter.lines(block.beside, styles.NAME, other)
    marks: tuple[RuleMark | FieldMark, ...] = (
        RuleMark(0, _PEN, width, 0.8, styles.INK),
        RuleMark(place, _PEN, other, 0.8, styles.INK),
    )
    cells = [Cell(0, role, styles.ROLE, group.add(Role.PARAGRAPH))] if role else []
    names = lined(line.name, setter, styles.NAME, group, 0, width)
    if beside:
        cells.append(Cell(place, beside, styles.NAME, group.add(Role.PARAGRAPH)))
    if block.field:
        told = label(f"{block.field} {line.role} {line.name}")
        form = group.add(Role.FORM, alternative=told)
        marks += (FieldMark(0, 2, width, _PEN - 4, told, form),)
    return [
        Strip(height=_PEN + 3, marks=marks, gap=6),
        *side_by_side(cells, styles.ROLE),
        *names,
    ]
