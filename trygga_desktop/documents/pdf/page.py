"""One page: its strips, with the running head above and the foot below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from trygga_desktop.documents.blocks import Control, PageFrame
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.canvas import Artifact, PageCanvas
from trygga_desktop.documents.pdf.lines import Line, Typesetter
from trygga_desktop.documents.pdf.shaping import Segment
from trygga_desktop.documents.pdf.square import square_of
from trygga_desktop.documents.pdf.strips import (
    Box,
    FieldMark,
    Mark,
    PictureMark,
    Placed,
    RuleMark,
    ShapeMark,
    TextMark,
)
from trygga_desktop.documents.pdf.structure import Element
from trygga_desktop.documents.pdf.styles import (
    LEFT,
    MM,
    PAGE_HEIGHT,
    TEXT_WIDTH,
    TextStyle,
)

_NUMBER_WIDTH = 34 * MM
_BESIDE_SQUARE = styles.SQUARE + 10
_MOST_FOOT_LINES = 4
_BAR = 2.6
# What of a box goes on with the next page shows no edge close to its letters.
_OVERHANG = 3.0


@dataclass(frozen=True, slots=True)
class FootLine:
    """A line at the foot with its style."""

    line: Line
    style: TextStyle


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page of a document shares, broken into lines once."""

    head_left: Line
    head_right: Line
    foot: tuple[FootLine, ...]
    square: str = ""

    @property
    def foot_height(self) -> float:
        """Return how far the rule above the foot stands from the edge of the paper."""
        lines = sum(one.style.leading for one in self.foot) or styles.RUNNING.leading
        return styles.FOOT + max(lines + 3, styles.SQUARE + 2 if self.square else 0)

    def room(self, *, first: bool) -> float:
        """Return the height that a page has for its text."""
        top = styles.TOP_OF_FIRST if first else styles.TOP
        return PAGE_HEIGHT - top - self.foot_height - 5 * MM


def furnish(frame: PageFrame, setter: Typesetter) -> Furniture:
    """Return the frame of a document ready to draw. What is too long for it is cut short."""
    right = setter.one_line(frame.head_right, styles.RUNNING, TEXT_WIDTH / 2)
    left_width = TEXT_WIDTH - right.width - 12
    control = frame.control
    width = TEXT_WIDTH - _NUMBER_WIDTH - (_BESIDE_SQUARE if control else 0)
    foot = setter.lines(frame.foot[:2_000], styles.RUNNING, width)
    said = [FootLine(line, styles.RUNNING) for line in foot if line.segments]
    return Furniture(
        head_left=setter.one_line(frame.head_left, styles.RUNNING, left_width),
        head_right=right,
        foot=(
            *(() if control is None else _control_lines(control, setter)),
            *said[:_MOST_FOOT_LINES],
        ),
        square="" if control is None else square_of(control.payload, LEFT, styles.FOOT - 2),
    )


def _control_lines(control: Control, setter: Typesetter) -> tuple[FootLine, ...]:
    width = TEXT_WIDTH - _BESIDE_SQUARE
    code = setter.one_line(
        f"{control.label} {control.code}", styles.PAGE_NUMBER, width - _NUMBER_WIDTH
    )
    return (
        FootLine(code, styles.PAGE_NUMBER),
        *(FootLine(setter.one_line(one, styles.CODE, width), styles.CODE) for one in control.lines),
    )


def draw_page(
    canvas: PageCanvas,
    pages: Sequence[Sequence[Placed]],
    furniture: Furniture,
    *,
    page: int,
    number: Line,
) -> None:
    """Draw a page, counted from 1, and finish it. `number` is the text that says which it is."""
    top = PAGE_HEIGHT - (styles.TOP_OF_FIRST if page == 1 else styles.TOP)
    placed = pages[page - 1]
    before = pages[page - 2][-1].strip.box if page > 1 else None
    after = pages[page][0].strip.box if page < len(pages) else None
    with canvas.artifact():
        _draw_boxes(canvas, placed, top, before, after)
    if page > 1:
        with canvas.artifact(Artifact.PAGINATION):
            _draw_head(canvas, furniture)
    for _, same in groupby(placed, lambda one: one.strip.row):
        _draw_strips(canvas, list(same), top, page)
    with canvas.artifact(Artifact.PAGINATION):
        _draw_foot(canvas, furniture, number)
    canvas.end_page()


def _draw_boxes(
    canvas: PageCanvas,
    placed: Sequence[Placed],
    top: float,
    before: Box | None,
    after: Box | None,
) -> None:
    """Draw what lies behind the text, each box once for all its strips here.

    `before` and `after` are the boxes at the end of the last page and at the start of the next.
    """
    for box, strips in groupby(placed, lambda one: one.strip.box):
        if box is None:
            continue
        inside = list(strips)
        start, end = inside[0].top, inside[-1].top + inside[-1].strip.height
        if box is before and inside[0] is placed[0]:
            start -= _OVERHANG
        if box is after and inside[-1] is placed[-1]:
            end += _OVERHANG
        _draw_box(canvas, box, top - end, end - start)


def _draw_box(canvas: PageCanvas, box: Box, y: float, height: float) -> None:
    if box.fill is not None:
        canvas.setFillColor(box.fill)
        canvas.rect(LEFT + box.x, y, box.width, height, stroke=0, fill=1)
    if box.bar is not None:
        canvas.setFillColor(box.bar)
        canvas.rect(LEFT + box.x, y, _BAR, height, stroke=0, fill=1)


def _draw_strips(canvas: PageCanvas, placed: Sequence[Placed], top: float, page: int) -> None:
    """Draw strips of one row, or of none: in the order in which they are read."""
    for one in placed:
        if one.strip.outline:
            key = f"{page}-{one.top:.1f}"
            canvas.bookmarkHorizontalAbsolute(key, top - one.top)
            canvas.addOutlineEntry(one.strip.outline, key, level=0)
    marks = [(mark, top - one.top) for one in placed for mark in one.strip.marks]
    if placed[0].strip.row is not None:
        marks.sort(key=lambda drawn: _column(drawn[0]))
    if placed[0].returns:
        with canvas.artifact(Artifact.PAGINATION):
            for mark, y in marks:
                _draw_mark(canvas, mark, y)
        return
    for element, part in groupby(marks, lambda drawn: _element(drawn[0])):
        with canvas.artifact() if element is None else canvas.content(element):
            for mark, y in part:
                _draw_mark(canvas, mark, y)


def _column(mark: Mark) -> int:
    return mark.column if isinstance(mark, (TextMark, ShapeMark)) else -1


def _element(mark: Mark) -> Element | None:
    """Return what a mark is part of, None for what is only drawn."""
    return mark.element if isinstance(mark, (TextMark, ShapeMark)) else None


def _draw_mark(canvas: PageCanvas, mark: Mark, y: float) -> None:
    match mark:
        case PictureMark():
            at = y - mark.y - mark.height
            canvas.draw_picture(mark.picture, LEFT + mark.x, at, mark.width, mark.height)
        case RuleMark():
            canvas.setFillColor(mark.colour)
            at = y - mark.y - mark.thickness
            canvas.rect(LEFT + mark.x, at, mark.width, mark.thickness, stroke=0, fill=1)
        case ShapeMark():
            if mark.element is not None:
                left, at = LEFT + mark.x, y - mark.y
                mark.element.bounds = (left, at - mark.height, left + mark.width, at)
            for shape in mark.shapes:
                canvas.draw_shape(shape, LEFT + mark.x, y - mark.y)
        case TextMark():
            _draw_line(canvas, mark.line, LEFT + mark.x, y - mark.base, mark.style)
        case FieldMark():
            canvas.add_field(mark, LEFT + mark.x, y - mark.y - mark.height)


def _draw_line(canvas: PageCanvas, line: Line, x: float, y: float, style: TextStyle) -> None:
    canvas.setFillColor(style.colour)
    if not line.spoken:
        _draw_segments(canvas, line, x, y, style)
        return
    with canvas.standing_for(line.told):
        _draw_segments(canvas, line, x, y, style)


def _draw_segments(canvas: PageCanvas, line: Line, x: float, y: float, style: TextStyle) -> None:
    for at, segment in enumerate(line.segments, start=1):
        if segment.glyphs:
            _draw_glyphs(canvas, segment, x, y, style.size)
        else:
            canvas.setFont(segment.font, style.size)
            is_last = at == len(line.segments)
            # The end of a line parts words for the eye; whoever listens needs the space.
            space = " " if is_last and line.ends_word else ""
            canvas.drawString(x, y, segment.text + space)
        x += segment.width * style.size / 1000


def _draw_glyphs(canvas: PageCanvas, segment: Segment, x: float, y: float, size: float) -> None:
    canvas.setFont(segment.font, size)
    for glyph in segment.glyphs:
        canvas.drawString(x + glyph.x * size / 1000, y + glyph.y * size / 1000, glyph.characters)
        x += glyph.advance * size / 1000


def _draw_head(canvas: PageCanvas, furniture: Furniture) -> None:
    y = PAGE_HEIGHT - styles.HEAD
    _draw_line(canvas, furniture.head_left, LEFT, y, styles.RUNNING)
    right = LEFT + TEXT_WIDTH - furniture.head_right.width
    _draw_line(canvas, furniture.head_right, right, y, styles.RUNNING)
    _draw_mark(canvas, RuleMark(0, 0, TEXT_WIDTH, 0.5, styles.HAIRLINE), y - 6)


def _draw_foot(canvas: PageCanvas, furniture: Furniture, number: Line) -> None:
    y = furniture.foot_height
    _draw_mark(canvas, RuleMark(0, 0, TEXT_WIDTH, 0.5, styles.HAIRLINE), y)
    x = LEFT
    if furniture.square:
        canvas.draw_square(furniture.square)
        x += _BESIDE_SQUARE
    base = y - styles.RUNNING.leading
    _draw_line(canvas, number, LEFT + TEXT_WIDTH - number.width, base, styles.PAGE_NUMBER)
    for one in furniture.foot:
        y -= one.style.leading
        _draw_line(canvas, one.line, x, y, one.style)
