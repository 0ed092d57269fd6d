"""Charts that we draw ourselves: a line over a soft fill, and bars with an edge. No sum, no mean.

Each is a picture for whoever sees it; the same figures stand beside it in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.painting import draw_text, smooth

_LOWEST, _HIGHEST = 1, 10
_LINE = 2.5
_DOT = 4.5
_EDGE = 4
_TICK = 6
_APART = 6
# How high one action is where there are few or many, and how low and high the highest bar is.
_ONE, _LOW, _HIGH = 16, 150, 300
_BELOW = 8


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on a day, told in words below it; None where nothing was said.

    `share` is how far the day lies from the first one, of all the time that is drawn.
    """

    day: str
    value: int | None
    share: float


class LineChart(QLabel):
    """One area of life over time, on a scale from 1 to 10 that is the same for all.

    `ticks` below the line are days on which something was done, by their share of the time. To a
    screen reader it is a label, which says what `told` says.
    """

    def __init__(  # noqa: PLR0913  what a chart is made of
        self,
        look: Look,
        points: Sequence[Point],
        *,
        tone: Tone,
        ticks: Sequence[float] = (),
        told: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._points = tuple(points)
        self._tone = tone
        self._ticks = tuple(ticks)
        self.setAccessibleName(told)
        self.setMinimumHeight(look.theme.px(150))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Ask for a picture that is wider than high."""
        px = self._look.theme.px
        return QSize(px(220), px(170))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the scale, the line over its fill, and the last figure in bold."""
        painter = QPainter(self)
        smooth(painter)
        theme = self._look.theme
        tokens = theme.tokens
        ink, soft = tokens.tint(self._tone)
        small = theme.font(TextStyle.CAPTION)
        line = QFontMetrics(small).lineSpacing()
        left = QFontMetrics(small).horizontalAdvance("10") + 8
        plot = QRectF(left, line, self.width() - left - 16, self.height() - 2 * line - 10 - _TICK)
        for value in (_LOWEST, (_LOWEST + _HIGHEST) // 2, _HIGHEST):
            y = self._y(value, plot)
            painter.setPen(QPen(QColor(tokens.border)))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            place = QRectF(0, y - line / 2, left - 6, line)
            right = Qt.AlignmentFlag.AlignRight
            draw_text(painter, place, str(value), font=small, colour=tokens.text2, align=right)
        self._draw_days(painter, plot, line)
        painter.setPen(QPen(QColor(ink), 2))
        for share in self._ticks:
            x = self._x(share, plot)
            top = plot.bottom() + 3
            painter.drawLine(QPointF(x, top), QPointF(x, top + _TICK))
        for run in self._runs(plot):
            # On black the soft fill is black too, and would hide the lines of the scale.
            self._draw_run(painter, run, plot, ink, "" if tokens.outlined else soft)
        self._draw_last(painter, plot, ink, line)

    def _draw_days(self, painter: QPainter, plot: QRectF, line: int) -> None:
        small = self._look.theme.font(TextStyle.CAPTION)
        colour = self._look.theme.tokens.text2
        metrics = QFontMetrics(small)
        last = len(self._points) - 1
        centre = Qt.AlignmentFlag.AlignHCenter
        places = []
        for point in self._points:
            width = metrics.horizontalAdvance(point.day) + 4
            middle = self._x(point.share, plot)
            start = min(max(0.0, middle - width / 2), self.width() - width)
            places.append(QRectF(start, plot.bottom() + 6 + _TICK, width, line))
        free = 0.0
        for place, (point, box) in enumerate(zip(self._points, places, strict=True)):
            # The last one always has its day, and no other may come too close to it.
            is_apart = box.left() >= free and box.right() + _APART <= places[last].left()
            if place == last or is_apart:
                draw_text(painter, box, point.day, font=small, colour=colour, align=centre)
                free = box.right() + _APART

    def _runs(self, plot: QRectF) -> list[list[QPointF]]:
        """Return the points that a line joins: one that was left out parts them."""
        runs: list[list[QPointF]] = [[]]
        for point in self._points:
            if point.value is None:
                runs.append([])
            else:
                runs[-1].append(QPointF(self._x(point.share, plot), self._y(point.value, plot)))
        return [one for one in runs if one]

    @staticmethod
    def _draw_run(
        painter: QPainter, run: Sequence[QPointF], plot: QRectF, ink: str, soft: str
    ) -> None:
        ends = [QPointF(run[-1].x(), plot.bottom()), QPointF(run[0].x(), plot.bottom())]
        if soft:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(soft))
            painter.drawPolygon(QPolygonF([*run, *ends]))
        painter.setPen(QPen(QColor(ink), _LINE))
        painter.drawPolyline(QPolygonF(list(run)))

    def _draw_last(self, painter: QPainter, plot: QRectF, ink: str, line: int) -> None:
        tokens = self._look.theme.tokens
        told = [place for place, one in enumerate(self._points) if one.value is not None]
        for place in told:
            value = self._points[place].value or _LOWEST
            at = QPointF(self._x(self._points[place].share, plot), self._y(value, plot))
            painter.setPen(QPen(QColor(ink), 2))
            painter.setBrush(QColor(ink if place == told[-1] else tokens.surface))
            painter.drawEllipse(at, _DOT, _DOT)
            if place == told[-1]:
                box = QRectF(at.x() - 24, at.y() - line - 8, 48, line)
                strong = self._look.theme.font(TextStyle.STRONG)
                centre = Qt.AlignmentFlag.AlignHCenter
                draw_text(painter, box, str(value), font=strong, colour=ink, align=centre)

    @staticmethod
    def _x(share: float, plot: QRectF) -> float:
        return plot.left() + _DOT + share * (plot.width() - 2 * _DOT)

    @staticmethod
    def _y(value: int, plot: QRectF) -> float:
        share = (value - _LOWEST) / (_HIGHEST - _LOWEST)
        return plot.bottom() - share * plot.height()


@dataclass(frozen=True, slots=True)
class Stack:
    """What stood how at one time, which `label` names: counts by their tones, from below."""

    label: str
    counts: tuple[tuple[Tone, int], ...]

    @property
    def height(self) -> int:
        """Return how many there are."""
        return sum(count for _, count in self.counts)


class StackChart(QWidget):
    """Bars of actions, one for each meeting: a soft fill with an edge, and the count in it.

    Where several stand below each other all have the same `places`, and the `highest` of them all:
    each is as high as its own bars, and one action is as high everywhere. A count that has no room
    in its bar is left out: in words it stands beside the picture.
    """

    def __init__(
        self,
        look: Look,
        stacks: Sequence[Stack],
        *,
        places: int,
        highest: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._stacks = tuple(stacks)
        self._places = places
        theme = look.theme
        low, wanted, high = theme.px(_LOW), highest * theme.px(_ONE), theme.px(_HIGH)
        self._unit = max(low, min(wanted, high)) / max(1, highest)
        own = max((one.height for one in stacks), default=0)
        line = QFontMetrics(theme.font(TextStyle.CAPTION)).lineSpacing()
        self.setFixedHeight(ceil(own * self._unit) + line + _BELOW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the bars on one line."""
        painter = QPainter(self)
        smooth(painter)
        theme = self._look.theme
        tokens = theme.tokens
        small = theme.font(TextStyle.CAPTION)
        strong = theme.font(TextStyle.CAPTION_STRONG)
        line = QFontMetrics(small).lineSpacing()
        digits = QFontMetrics(strong).capHeight() + 2
        room = self.height() - line - _BELOW
        width = self.width() / max(1, self._places)
        bar = min(width * 0.6, theme.px(44))
        centre = Qt.AlignmentFlag.AlignHCenter
        for place, stack in enumerate(self._stacks):
            left = place * width + (width - bar) / 2
            bottom = float(room)
            for tone, count in stack.counts:
                if not count:
                    continue
                ink, soft = tokens.tint(tone)
                box = QRectF(left, bottom - count * self._unit, bar, count * self._unit - 2)
                painter.fillRect(box, QColor(soft))
                painter.fillRect(QRectF(left, box.top(), _EDGE, box.height()), QColor(ink))
                if box.height() >= digits:
                    draw_text(painter, box, str(count), font=strong, colour=ink, align=centre)
                bottom = box.top()
            below = QRectF(place * width, room + 6, width, line)
            draw_text(painter, below, stack.label, font=small, colour=tokens.text2, align=centre)
