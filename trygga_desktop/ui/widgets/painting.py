"""Shapes that several widgets draw alike: boxes, rings, discs."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen


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
    """Draw one line of text, vertically in the middle of the box."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | align | Qt.TextFlag.TextSingleLine
    painter.drawText(box, int(flags.value), text)
