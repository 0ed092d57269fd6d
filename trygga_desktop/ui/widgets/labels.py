"""Labels: the only way that text from people gets onto a screen."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle, room_above
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.painting import draw_text
from trygga_desktop.ui.widgets.text import make_visible

_MEASURE = 76
"""The widest line a label asks for by itself, in average characters: beyond it, reading tires."""

_ROOM_BELOW = 1
_MOST_WIDTHS = 8
_LONGEST_SHORT = 400
_LINE_END = "\u2028"


class PlainLabel(QLabel):
    """Text as it is, never markup: wrapped, and characters that cannot be seen are marked.

    It draws itself, because a plain `QLabel` cuts off a word that is longer than a line.
    """

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        style: TextStyle = TextStyle.BODY,
        colour: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drop = 0.0
        self._laid: dict[int, tuple[QTextLayout, QSize]] = {}
        self._laid_of: object = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.theme.font(style))
        self.set_colour(colour or look.theme.tokens.text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show this text instead."""
        told = make_visible(text)
        if told == self.text():
            # Whatever else stands on the page would be laid out anew for nothing.
            return
        # Nor is what stood here before kept for drawing.
        self._laid.clear()
        self._laid_of = None
        self.setText(told)
        self.setAccessibleName(told)
        self.updateGeometry()

    def set_colour(self, colour: str) -> None:
        """Draw the text in this colour, one of the tokens."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.setPalette(palette)

    def begin_beside(self, other: QFont) -> None:
        """Stand with the first line on that of a text in a larger font beside it."""
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._drop = max(0.0, _first_baseline(other) - _first_baseline(self.font()))
        self.updateGeometry()

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:  # noqa: N802  Qt's name
        """Stand elsewhere in the space there is."""
        self._laid_of = None
        super().setAlignment(alignment)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text when wrapped to that width."""
        return ceil(self._lay_out(width)[1].height())

    def sizeHint(self) -> QSize:
        """Ask for one line, or for lines of a comfortable length."""
        widest = self.fontMetrics().averageCharWidth() * _MEASURE
        size = self._lay_out(widest)[1]
        return QSize(ceil(size.width()) + 1, ceil(size.height()))

    def minimumSizeHint(self) -> QSize:
        """Be content with a narrow column: a few words of one line each."""
        narrow = self.fontMetrics().averageCharWidth() * 12
        return QSize(min(narrow, self.sizeHint().width()), _line_height(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the wrapped lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout, size = self._lay_out(self.width())
        top = 0.0
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top = max(0.0, (self.height() - size.height()) / 2)
        layout.draw(painter, QPointF(0, top))

    def _lay_out(self, width: int) -> tuple[QTextLayout, QSize]:
        """Return the lines at that width; a page asks for them many times before it stands."""
        of = (self.text(), self.font(), self._drop)
        if of != self._laid_of or len(self._laid) > _MOST_WIDTHS:
            self._laid_of = of
            self._laid.clear()
        if width not in self._laid:
            self._laid[width] = self._lay_out_anew(width)
        return self._laid[width]

    def _lay_out_anew(self, width: int) -> tuple[QTextLayout, QSize]:
        layout = self._broken(self._text_for(width), width)
        lines = [layout.lineAt(place) for place in range(layout.lineCount())]
        height = room_above(layout.font()) + self._drop + sum(one.height() for one in lines)
        widest = max((one.naturalTextWidth() for one in lines), default=0.0)
        return layout, QSize(ceil(widest), ceil(height) + _ROOM_BELOW)

    def _broken(self, text: str, width: int) -> QTextLayout:
        """Return a text in lines of that width."""
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        font = self._font_for(width)
        layout = QTextLayout(text.replace("\n", _LINE_END), font)
        layout.setTextOption(option)
        layout.beginLayout()
        height = room_above(font) + self._drop
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout

    def _text_for(self, width: int) -> str:  # noqa: ARG002  a label of few lines asks for it
        return self.text()

    def _font_for(self, width: int) -> QFont:  # noqa: ARG002  a label that grows asks for it
        return self.font()


class GrowingLabel(PlainLabel):
    """A title as large as one line has room for: up to `most` times the size of its style."""

    def __init__(
        self,
        look: Look,
        *,
        style: TextStyle,
        most: float,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, style=style, parent=parent)
        self._most = most

    def _font_for(self, width: int) -> QFont:
        font = QFont(self.font())
        least = font.pixelSize()
        advance = QFontMetricsF(font).horizontalAdvance(self.text())
        if advance:
            # A hair less than all: the parts of a pixel of each letter do not grow alike.
            room = floor(0.99 * least * width / advance)
            font.setPixelSize(max(least, min(round(least * self._most), room)))
        return font


class ShortLabel(PlainLabel):
    """Text of a few lines at most; the last ends in … where there is no room for all of it."""

    def __init__(
        self,
        look: Look,
        *,
        rows: int,
        style: TextStyle = TextStyle.BODY,
        parent: QWidget | None = None,
    ) -> None:
        self._rows = rows
        super().__init__(look, style=style, parent=parent)

    def show_text(self, text: str) -> None:
        """Show this text instead, without the ends of its lines."""
        super().show_text(make_visible(text, lines=False, longest=_LONGEST_SHORT))

    def _text_for(self, width: int) -> str:
        """Return what has room: whole lines, and the beginning of the rest in the last."""
        text = self.text()
        layout = self._broken(text, width)
        if layout.lineCount() <= self._rows:
            return text
        begins = layout.lineAt(self._rows - 1).textStart()
        # Qt counts as UTF-16 does.
        units = text.encode("utf-16-le", "surrogatepass")
        before, rest = (
            part.decode("utf-16-le", "surrogatepass")
            for part in (units[: 2 * begins], units[2 * begins :])
        )
        # The sign of more to come must not be broken onto a line of its own.
        room = max(1, width - 1)
        metrics = QFontMetrics(self.font())
        return before + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room)


class ElidedLabel(QLabel):
    """One line of text that ends in … where there is no room for all of it."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        *,
        style: TextStyle = TextStyle.BODY,
        colour: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.theme.font(style))
        palette = self.palette()
        ink = QColor(colour or look.theme.tokens.text)
        palette.setColor(QPalette.ColorRole.WindowText, ink)
        self.setPalette(palette)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show this text instead."""
        self.setText(make_visible(text, lines=False, longest=400))
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for room for all of the text."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, _line_height(self.font()))

    def minimumSizeHint(self) -> QSize:
        """Be content with a few characters."""
        few = self.fontMetrics().averageCharWidth() * 8
        return QSize(min(few, self.sizeHint().width()), _line_height(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw what fits."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0, room_above(self.font()), 0, -_ROOM_BELOW)
        ink = self.palette().color(self.foregroundRole()).name()
        draw_text(painter, box, self.text(), font=self.font(), colour=ink)


def _first_baseline(font: QFont) -> float:
    return room_above(font) + QFontMetricsF(font).ascent()


def _line_height(font: QFont) -> int:
    return room_above(font) + ceil(QFontMetricsF(font).height()) + _ROOM_BELOW
