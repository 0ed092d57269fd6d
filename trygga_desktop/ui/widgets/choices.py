"""Choices: cards of which one is chosen, and rows that each lead somewhere."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible

_NARROW = 520
_DISC = 38
_MARK = 20


class ChoiceCard(QRadioButton):
    """One of several cards: a disc with an icon, and words. A radio button to all else.

    Cards with the same parent exclude each other; arrow keys move between them.
    """

    def __init__(self, look: Look, title: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._title = make_visible(title, lines=False, longest=120)
        self._icon = icon
        self.setAccessibleName(self._title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        theme = self._theme
        title = QFontMetrics(theme.font(TextStyle.STRONG)).horizontalAdvance(self._title)
        width = title + theme.px(_DISC) + theme.px(_MARK) + 2 * Space.L + Space.M + Space.S
        return QSize(width + 2, theme.px(64))

    def minimumSizeHint(self) -> QSize:
        """Be content with less: the words end in … then."""
        return QSize(self._theme.px(140), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the card."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the card."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        fill = tokens.accent_soft if chosen else tokens.surface
        if not chosen and self.underMouse():
            fill = tokens.surface2
        edge, width = (tokens.accent, 2.0) if chosen else (tokens.strong, 1.0)
        draw_box(painter, box, radius=Radius.BOX, fill=fill, edge=edge, width=width)
        if self.hasFocus():
            inner = box.adjusted(3, 3, -3, -3)
            draw_box(painter, inner, radius=Radius.BOX - 2, edge=tokens.focus, width=2)
        left = self._draw_disc(painter, box)
        mark = self._theme.px(_MARK)
        at = QRectF(box.right() - mark - Space.L, box.center().y() - mark / 2, mark, mark)
        icon = "circle-check" if chosen else "circle"
        self._theme.paint_icon(painter, icon, tokens.accent if chosen else tokens.strong, at)
        words = QRectF(left, 0, at.left() - left - Space.S, box.height())
        font = self._theme.font(TextStyle.STRONG)
        draw_text(painter, words, self._title, font=font, colour=tokens.text)

    def _draw_disc(self, painter: QPainter, box: QRectF) -> float:
        tokens = self._theme.tokens
        size = self._theme.px(_DISC)
        disc = QRectF(box.left() + Space.L, box.center().y() - size / 2, size, size)
        ground = tokens.surface if self.isChecked() else tokens.accent_soft
        edge = tokens.accent if tokens.outlined else ""
        draw_box(painter, disc, radius=size / 2, fill=ground, edge=edge)
        inset = size * 0.24
        inner = disc.adjusted(inset, inset, -inset, -inset)
        self._theme.paint_icon(painter, self._icon, tokens.accent, inner)
        return disc.right() + Space.M


class ActionRow(QWidget):
    """A row that leads somewhere: disc, title, line and a button. A click anywhere presses it."""

    chosen = Signal()

    def __init__(  # noqa: PLR0913  what a row is made of
        self,
        look: Look,
        *,
        icon: str,
        title: str,
        line: str,
        button: str,
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        tokens = look.theme.tokens
        kind = ButtonKind.PRIMARY if primary else ButtonKind.SECONDARY
        self.button = Button(look, button, kind)
        self.button.setMinimumWidth(look.theme.px(138))
        self.button.setAccessibleDescription(f"{title}. {line}")
        self.button.clicked.connect(self.chosen)
        self._disc = Disc(look, icon=icon, tone=Tone.ACCENT, size=52)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(PlainLabel(look, title, style=TextStyle.SUBTITLE_LARGE))
        words.addWidget(PlainLabel(look, line, colour=tokens.text2))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 19, 20, 19)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(Space.M)
        self._grid.setColumnStretch(1, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the button when the row itself is clicked."""
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() == Qt.MouseButton.LeftButton:
            self.button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the card."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._look.theme.tokens
        box = QRectF(self.rect())
        draw_box(painter, box, radius=Radius.CARD, fill=tokens.surface, edge=tokens.border)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        middle = Qt.AlignmentFlag.AlignVCenter
        for part in (self._disc, self._words, self.button):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._disc, 0, 0, Qt.AlignmentFlag.AlignTop if narrow else middle)
        self._grid.addWidget(self._words, 0, 1, Qt.AlignmentFlag(0) if narrow else middle)
        if narrow:
            self._grid.addWidget(self.button, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self.button, 0, 2, middle)
