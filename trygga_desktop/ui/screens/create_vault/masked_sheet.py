"""A small picture of the recovery sheet, with every group of the code hidden."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import LIGHT, Radius
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible

_WIDTH, _HEIGHT = 250, 250
_EDGE = 20
_COLUMNS, _ROWS = 3, 4
_HIDDEN = "• • • •"


class MaskedSheet(QLabel):
    """Paper is white in every theme. A screen reader is told what it shows."""

    def __init__(self, look: Look, *, organisation: str, name: str) -> None:
        super().__init__()
        _ = look.language.gettext
        self._look = look
        self._kind = _("Recovery sheet").upper()
        self._organisation = make_visible(organisation, lines=False, longest=200)
        self._name = make_visible(name, lines=False, longest=200)
        self.setAccessibleName(_("The recovery sheet. The code on it is hidden here."))
        self.setFixedSize(look.theme.px(_WIDTH), look.theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the paper and what stands on it."""
        painter = QPainter(self)
        smooth(painter)
        theme, paper = self._look.theme, LIGHT
        edge = self._look.theme.tokens.border
        draw_box(painter, QRectF(self.rect()), radius=Radius.CONTROL, fill=paper.surface, edge=edge)
        inner = QRectF(self.rect()).adjusted(*(theme.px(at) for at in (_EDGE, 0, -_EDGE, 0)))
        for text, style, colour, top, height in (
            (self._kind, TextStyle.CAPTION, paper.ok, 16, 18),
            (self._name, TextStyle.SUBTITLE, paper.accent, 36, 24),
            (self._organisation, TextStyle.CAPTION, paper.text2, 58, 18),
        ):
            box = QRectF(inner.left(), theme.px(top), inner.width(), theme.px(height))
            draw_text(painter, box, text, font=theme.font(style), colour=colour)
        rule = QRectF(inner.left(), theme.px(82), inner.width(), 2)
        painter.fillRect(rule, QColor(paper.accent))
        self._draw_groups(painter, inner)

    def _draw_groups(self, painter: QPainter, inner: QRectF) -> None:
        theme, paper = self._look.theme, LIGHT
        gap = theme.px(6)
        width = (inner.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        height = theme.px(30)
        for number in range(_COLUMNS * _ROWS):
            x = inner.left() + number % _COLUMNS * (width + gap)
            y = theme.px(94) + number // _COLUMNS * (height + gap)
            box = QRectF(x, y, width, height)
            draw_box(painter, box, radius=4, fill=paper.surface2, edge="")
            font = theme.font(TextStyle.CAPTION)
            text = f"{number + 1}  {_HIDDEN}"
            draw_text(painter, box.adjusted(6, 0, -2, 0), text, font=font, colour=paper.text2)
