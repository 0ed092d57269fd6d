"""Small drawings beside headings, our own. They say nothing that does not stand beside them."""

from math import cos, pi, sin

from trygga_desktop.documents.blocks import Drawing
from trygga_desktop.documents.pdf.shapes import Point, Shape, line, ring, sized
from trygga_desktop.documents.pdf.styles import ACCENT

_GRID = 24.0
_PEN = 1.7


def drawing(which: Drawing, size: float) -> tuple[Shape, ...]:
    """Return the shapes of a drawing in a square of that size."""
    return tuple(sized(one, size / _GRID) for one in _SHAPES[which])


def _pen(*points: Point) -> Shape:
    return line(points, ACCENT, _PEN)


def _curve(*steps: tuple[float, ...], is_closed: bool = False) -> Shape:
    return Shape(steps=steps, stroke=ACCENT, thickness=_PEN, is_closed=is_closed)


def _ring(x: float, y: float, radius: float) -> Shape:
    return ring((x, y), radius, stroke=ACCENT, thickness=_PEN)


def _dot(x: float, y: float, radius: float) -> Shape:
    return ring((x, y), radius, fill=ACCENT)


def _star() -> Shape:
    points = []
    for at in range(10):
        far = 10.0 if at % 2 == 0 else 4.3
        angle = at * pi / 5 - pi / 2
        points.append((12 + far * cos(angle), 12.8 + far * sin(angle)))
    return Shape(steps=tuple(points), stroke=ACCENT, thickness=_PEN, is_closed=True)


def _shoulders(left: float, right: float, top: float, bottom: float) -> Shape:
    return _curve(
        (left, bottom),
        (left, top, left + (right - left) * 0.2, top, (left + right) / 2, top),
        (right - (right - left) * 0.2, top, right, top, right, bottom),
    )


def _frame(left: float, top: float, right: float, bottom: float, round_by: float) -> Shape:
    r = round_by
    return _curve(
        (left + r, top),
        (right - r, top),
        (right, top, right, top, right, top + r),
        (right, bottom - r),
        (right, bottom, right, bottom, right - r, bottom),
        (left + r, bottom),
        (left, bottom, left, bottom, left, bottom - r),
        (left, top + r),
        (left, top, left, top, left + r, top),
        is_closed=True,
    )


_SHAPES: dict[Drawing, tuple[Shape, ...]] = {
    Drawing.TARGET: (_ring(12, 12, 10), _ring(12, 12, 5.6), _dot(12, 12, 2)),
    Drawing.STAR: (_star(),),
    Drawing.PERSON: (_ring(12, 7, 4.4), _shoulders(4, 20, 14.5, 22)),
    Drawing.PEOPLE: (
        _ring(8.6, 8, 3.7),
        _shoulders(2, 15.2, 14.5, 21.5),
        _curve((15.4, 4.6), (19, 4.6, 19, 11.4, 15.4, 11.4)),
        _curve((18, 14.8), (21, 15.4, 22, 17, 22, 21.5)),
    ),
    Drawing.FIGURES: (
        _pen((3, 3), (3, 21), (21.5, 21)),
        _pen((6.8, 16), (11, 11.5), (15, 13.5), (20.5, 6.5)),
        _dot(20.5, 6.5, 1.7),
    ),
    Drawing.CALENDAR: (
        _frame(3, 4.5, 21, 21.5, 2.5),
        _pen((3, 10), (21, 10)),
        _pen((8, 2.2), (8, 6.6)),
        _pen((16, 2.2), (16, 6.6)),
    ),
    Drawing.SPEECH: (
        _curve(
            (5, 3.5),
            (19, 3.5),
            (21.5, 3.5, 21.5, 3.5, 21.5, 6),
            (21.5, 14),
            (21.5, 16.5, 21.5, 16.5, 19, 16.5),
            (10.5, 16.5),
            (5.5, 21),
            (5.5, 16.5),
            (5, 16.5),
            (2.5, 16.5, 2.5, 16.5, 2.5, 14),
            (2.5, 6),
            (2.5, 3.5, 2.5, 3.5, 5, 3.5),
            is_closed=True,
        ),
        _pen((7, 8.2), (17, 8.2)),
        _pen((7, 12), (13.5, 12)),
    ),
}
