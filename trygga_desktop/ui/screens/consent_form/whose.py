"""Whose ticks one sees: a card for each who must sign, and one for what all agree on."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_ICON = 20
_HEIGHT = 44
_GAP = 6
_LEAST = 170


class WhoseCard(QRadioButton):
    """A name, and a line on how this signer differs. Arrow keys move between the cards."""

    def __init__(self, look: Look, title: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._title = make_visible(title, lines=False, longest=LONGEST_NAME)
        self._line = ""
        self._icon = icon
        self.setObjectName(f"whose {self._title}")
        self.setAccessibleName(self._title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_line(self, line: str) -> None:
        """Say how this signer differs."""
        if line != self._line:
            self._line = line
            name = f"{self._title}: {line}" if line else self._title
            self.setAccessibleName(name)
            self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for the name."""
        theme = self._theme
        words = QFontMetrics(theme.font(TextStyle.STRONG)).horizontalAdvance(self._title)
        width = words + theme.px(_ICON) + 2 * Space.M + Space.M
        return QSize(width, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Be content with less: the words end in … then."""
        return QSize(self._theme.px(120), self._theme.px(_HEIGHT))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the card."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the card."""
        painter = QPainter(self)
        smooth(painter)
        theme = self._theme
        tokens, box = theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        fill = tokens.accent_soft if chosen else tokens.surface
        if not chosen and self.underMouse():
            fill = tokens.surface2
        edge, width = (tokens.accent, 2.0) if chosen else (tokens.border, 1.0)
        draw_box(painter, box, radius=Radius.BOX, fill=fill, edge=edge, width=width)
        if self.hasFocus():
            ring = box.adjusted(3, 3, -3, -3)
            draw_box(painter, ring, radius=Radius.BOX - 2, edge=tokens.focus, width=2)
        size = theme.px(_ICON)
        at = QRectF(Space.M, (box.height() - size) / 2, size, size)
        theme.paint_icon(painter, self._icon, tokens.accent, at)
        left = at.right() + Space.M
        room = QRectF(left, 0, box.width() - left - Space.S, box.height())
        strong, small = theme.font(TextStyle.STRONG), theme.font(TextStyle.CAPTION)
        if not self._line:
            draw_text(painter, room, self._title, font=strong, colour=tokens.text)
            return
        half = box.height() / 2
        above = QRectF(room.left(), 3, room.width(), half - 2)
        below = QRectF(room.left(), half - 1, room.width(), half - 3)
        draw_text(painter, above, self._title, font=strong, colour=tokens.text)
        draw_text(painter, below, self._line, font=small, colour=tokens.text2)


class WhoseCards(QWidget):
    """The cards below each other in a narrow column, beside each other across the page."""

    def __init__(self, look: Look, cards: Sequence[WhoseCard]) -> None:
        super().__init__()
        self._look = look
        self._cards = tuple(cards)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._arrange(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns as there is room for."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        self._arrange(max(1, min(len(self._cards), int(width // _LEAST))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for card in self._cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, *divmod(place, columns))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
