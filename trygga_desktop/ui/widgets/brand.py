"""The mark of the program: people around a table."""

from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import LIGHT
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import smooth

_SEATS = (-pi / 2, pi / 6, pi * 5 / 6)


def draw_mark(painter: QPainter, box: QRectF, *, table: str, people: str) -> None:
    """Draw the mark: a round table with three people."""
    smooth(painter)
    middle = QPointF(box.center().x(), box.top() + box.height() * 0.56)
    unit = box.width() / 40
    painter.setPen(QPen(QColor(table), 4.4 * unit))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(middle, 10.6 * unit, 10.6 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(people))
    for angle in _SEATS:
        seat = middle + QPointF(cos(angle), sin(angle)) * (17.2 * unit)
        painter.drawEllipse(seat, 4.7 * unit, 4.7 * unit)


def window_icon() -> QIcon:
    """Return the mark for title bars and task bars."""
    icon = QIcon()
    for edge in (16, 32, 48, 128):
        pixmap = QPixmap(edge, edge)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        box = QRectF(0, 0, edge, edge)
        draw_mark(painter, box, table=LIGHT.accent, people=LIGHT.accent)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class Mark(QWidget):
    """The mark alone, for the dark rail and panel."""

    def __init__(self, look: Look, *, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        edge = look.theme.px(size)
        self.setFixedSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the mark."""
        painter = QPainter(self)
        tokens = self._tokens
        box = QRectF(self.rect())
        draw_mark(painter, box, table=tokens.nav_mark, people=tokens.nav_strong)


class Brand(QWidget):
    """The mark and the name of the program."""

    def __init__(self, look: Look, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Mark(look, size=44))
        colour = look.theme.tokens.nav_strong
        name = PlainLabel(look, "Trygga", style=TextStyle.MARK, colour=colour)
        row.addWidget(name, 1, Qt.AlignmentFlag.AlignVCenter)
