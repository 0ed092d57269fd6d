"""Chips of which one is chosen, side by side and on further lines where they have no room."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.removal import take_out

_PADDING = 16
_ICON = 18
_GAP = 8


class Chip(QRadioButton):
    """One choice: an icon and a word. A radio button to all else; arrow keys go on."""

    def __init__(self, look: Look, text: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._words = text
        self._icon = icon
        self.setFont(look.theme.font(TextStyle.MEDIUM))
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Say something else, as when there are more of what it stands for."""
        if text != self._words:
            self._words = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        words = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(words + self._theme.px(_ICON) + _GAP + 2 * _PADDING + 2, self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Be content with a few letters: a very long name ends in … then."""
        return QSize(min(self._theme.px(120), self.sizeHint().width()), self._theme.px(36))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on the chip."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the chip."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        fill = tokens.accent_soft if chosen else tokens.surface
        if not chosen and self.underMouse():
            fill = tokens.surface2
        edge, width = (tokens.accent, 2.0) if chosen else (tokens.strong, 1.0)
        radius = box.height() / 2
        draw_box(painter, box, radius=radius, fill=fill, edge=edge, width=width)
        if self.hasFocus():
            inner = box.adjusted(3, 3, -3, -3)
            draw_box(painter, inner, radius=radius - 3, edge=tokens.focus, width=2)
        size = self._theme.px(_ICON)
        ink = tokens.accent if chosen else tokens.text
        at = QRectF(_PADDING, (box.height() - size) / 2, size, size)
        self._theme.paint_icon(painter, "check" if chosen else self._icon, ink, at)
        words = box.adjusted(_PADDING + size + _GAP, 0, -_PADDING + 2, 0)
        draw_text(painter, words, self._words, font=self.font(), colour=ink)


class Chips(QWidget):
    """Chips in lines. `chosen` tells which one, by its place."""

    chosen = Signal(int)

    def __init__(self, look: Look, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self._chips: list[Chip] = []
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> list[Chip]:
        """Return all of them, in order."""
        return self._chips

    def add(self, chip: Chip) -> None:
        """Put one more at the end."""
        chip.setParent(self)
        chip.setObjectName(f"for {len(self._chips)}")
        self._group.addButton(chip, len(self._chips))
        self._chips.append(chip)
        chip.show()
        self._place(self.width())
        self.updateGeometry()

    def clear(self) -> None:
        """Take all of them out."""
        for chip in self._chips:
            self._group.removeButton(chip)
        take_out(*self._chips)
        self._chips = []

    def check(self, place: int) -> None:
        """Show that this one is chosen, without telling anyone."""
        self._chips[place].setChecked(True)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at that width."""
        return self._place(width, moves=False)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        hints = [chip.sizeHint() for chip in self._chips]
        width = sum(one.width() for one in hints) + Space.S * max(0, len(hints) - 1)
        return QSize(width, max((one.height() for one in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        """Be content with one chip on each line."""
        hints = [chip.minimumSizeHint() for chip in self._chips]
        return QSize(
            max((one.width() for one in hints), default=0),
            max((one.height() for one in hints), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lines out anew."""
        super().resizeEvent(event)
        self._place(event.size().width())

    def _place(self, width: int, *, moves: bool = True) -> int:
        x = y = line = 0
        for chip in self._chips:
            hint = chip.sizeHint()
            wide = min(hint.width(), max(width, chip.minimumSizeHint().width()))
            if x and x + wide > width:
                x, y, line = 0, y + line + Space.S, 0
            if moves:
                chip.setGeometry(x, y, wide, hint.height())
            x += wide + Space.S
            line = max(line, hint.height())
        return y + line

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.chosen.emit(place)
