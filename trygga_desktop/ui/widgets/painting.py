"""Shapes that several widgets draw alike: boxes, rings, discs."""

from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen


def smooth(painter: QPainter) -> None:
    """Draw slanted and round edges without steps."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)


def draw_box(  # noqa: PLR0913  a shape has this many sides
    painter: QPainter,
    box: QRectF,
    *,
    radius: float,
    fill: str = "",
    edge: str = "",
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """Draw a rounded box whose edge lies wholly inside `box`."""
    if edge:
        pen = QPen(QColor(edge), width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        half = width / 2
        box = box.adjusted(half, half, -half, -half)
        radius = max(0.0, radius - half)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)


def draw_text(  # noqa: PLR0913  what a line of text is made of
    painter: QPainter,
    box: QRectF,
    text: str,
    *,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Draw one line of text in the middle of the height of the box, with … where it has no room.

    Nothing of a letter is cut off: some stand higher than the line, and the box with it.
    """
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, ceil(box.width()))
    flags = Qt.AlignmentFlag.AlignVCenter | align
    whole = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(flags.value | whole.value), shown)
