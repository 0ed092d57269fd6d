"""The steps of the form side by side: done, now, coming. It leads nowhere by itself."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.labels import ElidedLabel
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

_DISC = 24
_HEIGHT = 44
_LINE = 56


class StepsBar(ElidedLabel):
    """A label to a screen reader: which step it is, of how many."""

    def __init__(self, look: Look, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self._look = look
        self._names = tuple(names)
        self._current = 0
        self.setFixedHeight(look.theme.px(_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, current: int) -> None:
        """Show that this step is at hand."""
        _ = self._look.language.gettext
        self._current = current
        self.show_text(
            _("Step {number} of {count}: {name}").format(
                number=current + 1, count=len(self._names), name=self._names[current]
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of all steps."""
        return QSize(self._width_of(self._names, _LINE), self._look.theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Be content with the step at hand."""
        return QSize(self._look.theme.px(160), self._look.theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the steps with lines between, or the one at hand where there is no room."""
        painter = QPainter(self)
        smooth(painter)
        theme = self._look.theme
        tokens = theme.tokens
        box = QRectF(self.rect())
        draw_box(painter, box, radius=Radius.CARD, fill=tokens.surface, edge=tokens.border)
        line = self._line()
        if not line:
            font = theme.font(TextStyle.STRONG)
            words = box.adjusted(Space.L, 0, -Space.L, 0)
            draw_text(painter, words, self.text(), font=font, colour=tokens.text)
            return
        left = float(Space.L)
        for place, name in enumerate(self._names):
            left = self._draw_step(painter, left, place, name)
            if place < len(self._names) - 1:
                at = QRectF(left + Space.S, box.center().y() - 1, line - 2 * Space.S, 2)
                done = place < self._current
                painter.fillRect(at, tokens.ok if done else tokens.border)
                left += line

    def _draw_step(self, painter: QPainter, left: float, place: int, name: str) -> float:
        theme = self._look.theme
        tokens = theme.tokens
        size = theme.px(_DISC)
        disc = QRectF(left, (self.height() - size) / 2, size, size)
        middle = Qt.AlignmentFlag.AlignHCenter
        strong = theme.font(TextStyle.LABEL)
        number = str(place + 1)
        radius = size / 2
        if place < self._current:
            edge = tokens.ok if tokens.outlined else ""
            draw_box(painter, disc, radius=radius, fill=tokens.ok_soft, edge=edge)
            tick = disc.adjusted(size * 0.22, size * 0.22, -size * 0.22, -size * 0.22)
            theme.paint_icon(painter, "check", tokens.ok, tick)
        elif place == self._current:
            draw_box(painter, disc, radius=radius, fill=tokens.accent)
            draw_text(painter, disc, number, font=strong, colour=tokens.on_accent, align=middle)
        else:
            draw_box(painter, disc, radius=radius, edge=tokens.strong)
            draw_text(painter, disc, number, font=strong, colour=tokens.text2, align=middle)
        font = theme.font(TextStyle.STRONG)
        words = QFontMetrics(font).horizontalAdvance(name)
        room = QRectF(disc.right() + Space.S, 0, words + 2, self.height())
        ink = tokens.text2 if place > self._current else tokens.text
        draw_text(painter, room, name, font=font, colour=ink)
        return room.right()

    def _line(self) -> int:
        """Return how long the lines between are; none where the steps have no room."""
        if self.width() >= self._width_of(self._names, _LINE):
            return self._look.theme.px(_LINE)
        short = 3 * Space.S
        return short if self.width() >= self._width_of(self._names, short) else 0

    def _width_of(self, names: Sequence[str], line: int) -> int:
        theme = self._look.theme
        metrics = QFontMetrics(theme.font(TextStyle.STRONG))
        words = sum(metrics.horizontalAdvance(name) + 2 for name in names)
        discs = (theme.px(_DISC) + Space.S) * len(names)
        return words + discs + theme.px(line) * (len(names) - 1) + 2 * Space.L
