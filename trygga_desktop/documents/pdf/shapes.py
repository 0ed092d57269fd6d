"""Shapes of lines and curves, by points to the right of and below the corner they hang from."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.lib.colors import Color

Point = tuple[float, float]

# How far the handles of a curve lie from its ends where four of them make a circle.
_ROUND = 0.5523


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A path. Its first step is where it begins; one of two numbers is a line, of six a curve."""

    steps: tuple[tuple[float, ...], ...]
    stroke: Color | None = None
    fill: Color | None = None
    thickness: float = 1.0
    is_closed: bool = False


def line(points: Iterable[Point], colour: Color, thickness: float) -> Shape:
    """Return a line from point to point."""
    return Shape(steps=tuple(points), stroke=colour, thickness=thickness)


def ring(
    middle: Point,
    radius: float,
    *,
    stroke: Color | None = None,
    fill: Color | None = None,
    thickness: float = 1.0,
) -> Shape:
    """Return a circle."""
    (x, y), r, h = middle, radius, radius * _ROUND
    return Shape(
        steps=(
            (x - r, y),
            (x - r, y - h, x - h, y - r, x, y - r),
            (x + h, y - r, x + r, y - h, x + r, y),
            (x + r, y + h, x + h, y + r, x, y + r),
            (x - h, y + r, x - r, y + h, x - r, y),
        ),
        stroke=stroke,
        fill=fill,
        thickness=thickness,
        is_closed=True,
    )


def sized(shape: Shape, by: float) -> Shape:
    """Return a shape larger or smaller; its lines stay as thick as they look beside the rest."""
    steps = tuple(tuple(one * by for one in step) for step in shape.steps)
    return Shape(
        steps=steps,
        stroke=shape.stroke,
        fill=shape.fill,
        thickness=shape.thickness * by,
        is_closed=shape.is_closed,
    )
