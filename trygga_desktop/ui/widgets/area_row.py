"""One area of life in a list of them: an icon, its name, and how much stands in it."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

_HEIGHT = 46
_ICON = 20
_ANY = "circle-dot"
# A catalogue is changed in its vault and may name drawings that are not shipped.
_ICONS = frozenset(
    {
        "briefcase",
        "heart",
        "heart-handshake",
        "house",
        "leaf",
        "message-circle",
        "receipt",
        "school",
        "shield",
        "users",
    }
)


def drawn_icon(name: str) -> str:
    """Return the icon of an area of this name, a general one where there is none to draw."""
    return name if name in _ICONS else _ANY


class AreaRow(QRadioButton):
    """An icon, a name, and below it how much stands there. A radio button to all else."""

    def __init__(self, look: Look, name: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._name = name
        self._icon = icon
        self._count = self._warning = ""
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: str, warning: str = "") -> None:
        """Say how much stands in the area, or instead what is to be thought of there."""
        self._count, self._warning = count, warning
        told = (self._name, count, warning)
        self.setAccessibleName(", ".join(one for one in told if one))
        self.setToolTip(warning)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        words = QFontMetrics(self._theme.font(TextStyle.MEDIUM)).horizontalAdvance(self._name)
        width = words + self._theme.px(_ICON) + 3 * Space.M + 2
        return QSize(width, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a name that ends in dots is none."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the row."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the row."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        fill = tokens.accent_soft if self.isChecked() else ""
        if not self.isChecked() and self.underMouse():
            fill = tokens.surface2
        edge = tokens.accent if self.isChecked() and tokens.outlined else ""
        draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=edge)
        if self.hasFocus():
            draw_box(painter, box, radius=Radius.CONTROL, edge=tokens.focus, width=2)
        size = self._theme.px(_ICON)
        at = QRectF(Space.M, box.center().y() - size / 2, size, size)
        ink = tokens.accent if self.isChecked() else tokens.text2
        self._theme.paint_icon(painter, self._icon, ink, at)
        left = at.right() + Space.M
        half = box.height() / 2
        words = QRectF(left, 3, box.width() - left - Space.XS, half - 1)
        style = TextStyle.STRONG if self.isChecked() else TextStyle.MEDIUM
        font = self._theme.font(style)
        draw_text(painter, words, self._name, font=font, colour=tokens.text)
        below = QRectF(left, half, box.width() - left - Space.XS, half - 4)
        quiet = self._theme.font(TextStyle.CAPTION)
        told, ink = (self._warning, tokens.warn) if self._warning else (self._count, tokens.text2)
        draw_text(painter, below, told, font=quiet, colour=ink)
