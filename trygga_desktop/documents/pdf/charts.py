"""Figures over time: small charts, each told in words to whoever hears the page."""

from collections.abc import Sequence
from itertools import zip_longest

from trygga_desktop.documents.blocks import Chart, Charts
from trygga_desktop.documents.pdf import styles
from trygga_desktop.documents.pdf.lines import Typesetter
from trygga_desktop.documents.pdf.shapes import Point, Shape, line, ring
from trygga_desktop.documents.pdf.stacking import Cell, kept, side_by_side, spaced
from trygga_desktop.documents.pdf.strips import Mark, ShapeMark, Strip, TextMark
from trygga_desktop.documents.pdf.structure import Element, Role
from trygga_desktop.documents.pdf.styles import TEXT_WIDTH

_BETWEEN = 22.0
_WIDTH = (TEXT_WIDTH - _BETWEEN) / 2
_SCALE = 16.0
_TOP, _PLOT = 9.0, 74.0
_BELOW, _TICK = 3.0, 5.5
_DAYS = 13.0
_HEIGHT = _TOP + _PLOT + _BELOW + _TICK + _DAYS
_DOT = 2.6
_APART = 7.0


def charts(block: Charts, setter: Typesetter, parent: Element) -> list[Strip]:
    """Return the strips of charts, two beside each other; add each to the structure."""
    found: list[Strip] = []
    for left, right in zip_longest(block.charts[::2], block.charts[1::2]):
        names: list[Cell] = []
        marks: list[Mark] = []
        for chart, x in ((left, 0.0), (right, _WIDTH + _BETWEEN)):
            if chart is None:
                continue
            group = parent.add(Role.GROUP)
            said = setter.lines(chart.name, styles.CHART_NAME, _WIDTH)
            names.append(Cell(x, said, styles.CHART_NAME, group.add(Role.PARAGRAPH)))
            figure = group.add(Role.FIGURE, alternative=chart.told)
            marks += _drawn(chart, block, setter, figure, x)
        above = kept(side_by_side(names, styles.CHART_NAME), last=True)
        found += spaced([*above, Strip(height=_HEIGHT, marks=tuple(marks))], 9)
    return found


def _drawn(
    chart: Chart, block: Charts, setter: Typesetter, figure: Element, x: float
) -> list[Mark]:
    """Return the scale, the line with its points, the ticks below it, and what stands beside."""
    width = _WIDTH - _SCALE - 2 * _DOT

    def across(share: float) -> float:
        return _SCALE + _DOT + share * width

    def down(value: int) -> float:
        return _TOP + _PLOT * (block.highest - value) / (block.highest - block.lowest)

    middle = (block.lowest + block.highest) // 2
    shapes = [
        line([(_SCALE, down(one)), (_WIDTH, down(one))], styles.HAIRLINE, 0.5)
        for one in (block.lowest, middle, block.highest)
    ]
    for run in _runs([(across(share), value) for share, value in chart.points]):
        shapes += _line([(at, down(value)) for at, value in run])
    below = _TOP + _PLOT + _BELOW
    shapes += [
        line([(across(one), below), (across(one), below + _TICK)], styles.DECIDED, 1.6)
        for one in chart.ticks
    ]
    marks: list[Mark] = [
        ShapeMark(x=x, y=0, shapes=tuple(shapes), element=figure, width=_WIDTH, height=_HEIGHT)
    ]
    for one in (block.lowest, middle, block.highest):
        marks += _text(str(one), setter, figure, x, down(one) + styles.CHART.size * 0.33)
    marks += _days(block.days, setter, figure, [x + across(share) for share, _ in block.days], x)
    return marks


def _runs(points: Sequence[tuple[float, int | None]]) -> list[list[tuple[float, int]]]:
    """Return the points that a line joins: one that was left out parts them."""
    runs: list[list[tuple[float, int]]] = [[]]
    for at, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((at, value))
    return [one for one in runs if one]


def _line(points: Sequence[Point]) -> list[Shape]:
    dots = [
        ring(one, _DOT, stroke=styles.ACCENT, fill=styles.PAPER, thickness=1.3)
        for one in points[:-1]
    ]
    joined = [line(points, styles.ACCENT, 1.5)] if len(points) > 1 else []
    return [*joined, *dots, ring(points[-1], _DOT, fill=styles.ACCENT)]


def _days(
    days: Sequence[tuple[float, str]],
    setter: Typesetter,
    figure: Element,
    places: Sequence[float],
    left: float,
) -> list[Mark]:
    """Return the days below a chart that have room: the first, the last, and others between."""
    base = _HEIGHT - 2.5
    lines = [setter.one_line(text, styles.CHART, _WIDTH) for _, text in days]
    starts = [
        min(max(left, place - one.width / 2), left + _WIDTH - one.width)
        for place, one in zip(places, lines, strict=True)
    ]
    last = len(days) - 1
    shown: list[Mark] = []
    free = left
    for at, (start, one) in enumerate(zip(starts, lines, strict=True)):
        is_last = at == last
        reaches_last = start + one.width + _APART > starts[last]
        if (start >= free and not reaches_last) or is_last:
            shown.append(TextMark(x=start, base=base, line=one, style=styles.CHART, element=figure))
            free = start + one.width + _APART
    return shown


def _text(text: str, setter: Typesetter, figure: Element, x: float, base: float) -> list[Mark]:
    one = setter.one_line(text, styles.CHART, _SCALE)
    at = x + _SCALE - 4 - one.width
    return [TextMark(x=at, base=base, line=one, style=styles.CHART, element=figure)]
