"""Small drawings beside words: icons, round discs, pills, key caps."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import Theme
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible


class IconMark(QWidget):
    """An icon in one colour. It is decoration: the words beside it say the same."""

    def __init__(
        self,
        look: Look,
        icon: str,
        *,
        colour: str = "",
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._icon = icon
        self._colour = colour or look.theme.tokens.text2
        edge = look.theme.px(size)
        self.setFixedSize(edge, edge)

    def show_icon(self, icon: str, colour: str) -> None:
        """Show another icon or colour."""
        self._icon, self._colour = icon, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the icon."""
        painter = QPainter(self)
        smooth(painter)
        self._theme.paint_icon(painter, self._icon, self._colour, QRectF(self.rect()))


class Disc(QWidget):
    """A round ground with an icon. It is decoration: the words beside it say the same."""

    def __init__(
        self,
        look: Look,
        *,
        icon: str,
        tone: Tone = Tone.ACCENT,
        size: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._icon = icon
        self._tone = tone
        edge = look.theme.px(size)
        self.setFixedSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the disc and what is on it."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect())
        ink = _draw_round(painter, box, self._theme, self._tone)
        inset = box.width() * (1 - 0.52) / 2
        inner = box.adjusted(inset, inset, -inset, -inset)
        self._theme.paint_icon(painter, self._icon, ink, inner)


class Initials(QLabel):
    """A round ground with the initials of somebody, who is named to a screen reader."""

    def __init__(
        self,
        look: Look,
        initials: str,
        *,
        name: str,
        size: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._initials = make_visible(initials, lines=False, longest=3)
        edge = look.theme.px(size)
        self.setFixedSize(edge, edge)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the disc and the letters on it."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect())
        ink = _draw_round(painter, box, self._theme, Tone.ACCENT)
        font = self._theme.font(TextStyle.STRONG)
        # Three wide letters get smaller rather than lost.
        room = box.width() * 0.84 / max(1, QFontMetrics(font).horizontalAdvance(self._initials))
        font.setPixelSize(round(min(box.width() * 0.38, font.pixelSize() * room)))
        middle = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, box, self._initials, font=font, colour=ink, align=middle)


def _draw_round(painter: QPainter, box: QRectF, theme: Theme, tone: Tone) -> str:
    """Draw the ground, and return the colour of what stands on it."""
    ink, soft = theme.tokens.tint(tone)
    edge = ink if theme.tokens.outlined else ""
    draw_box(painter, box, radius=box.width() / 2, fill=soft, edge=edge)
    return ink


class Pill(QLabel):
    """A status: icon and word in a tint. A label to a screen reader, never clickable."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        tone: Tone,
        icon: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._icon = icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.theme.font(TextStyle.LABEL))
        self.setText(make_visible(text, lines=False, longest=80))
        self.setAccessibleName(self.text())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        return pill_size(self._look, self.text(), self.font())

    def minimumSizeHint(self) -> QSize:
        """Return the same: half a status is none."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the pill."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect())
        draw_pill(painter, box, self._look, self.text(), tone=self._tone, icon=self._icon)


def pill_size(look: Look, text: str, font: QFont) -> QSize:
    """Return the size of a pill with this word, for widgets and for rows of a table."""
    words = QFontMetrics(font).horizontalAdvance(text)
    theme = look.theme
    return QSize(words + theme.px(16) + 6 + 22, theme.px(26))


def draw_pill(  # noqa: PLR0913  what a pill is made of
    painter: QPainter, box: QRectF, look: Look, text: str, *, tone: Tone, icon: str
) -> None:
    """Draw a pill into the box."""
    theme = look.theme
    ink, soft = theme.tokens.tint(tone)
    edge = ink if theme.tokens.outlined else ""
    draw_box(painter, box, radius=box.height() / 2, fill=soft, edge=edge)
    size = theme.px(16)
    at = QRectF(box.left() + 10, box.center().y() - size / 2, size, size)
    theme.paint_icon(painter, icon, ink, at)
    words = box.adjusted(10 + size + 6, 0, -4, 0)
    draw_text(painter, words, text, font=theme.font(TextStyle.LABEL), colour=ink)
