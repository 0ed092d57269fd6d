"""A few choices side by side of which one holds: radio buttons in one frame."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.text import make_visible

_PADDING = 14
_GAP = 6


class Segment(NamedTuple):
    """One choice: what comes back when it is chosen, its words, and an icon if it has one."""

    value: object
    text: str
    icon: str = ""


class Segments(QWidget):
    """One stop for Tab; arrow keys move between the choices. `chosen` carries the value."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        segments: Sequence[Segment],
        *,
        current: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: dict[object, _SegmentButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        # Not -1, which means the default and tears them apart.
        row.setSpacing(0)
        last = len(segments) - 1
        for place, segment in enumerate(segments):
            button = _SegmentButton(look, segment, first=place == 0, last=place == last)
            button.setAccessibleName(f"{name}: {button.text()}" if name else button.text())
            button.setObjectName(f"segment {name} {segment.value}")
            button.toggled.connect(self._tell)
            self._buttons[segment.value] = button
            row.addWidget(button)
        self.choose(current)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> object:
        """Return the value that is chosen, or None while there is none."""
        return next((value for value, one in self._buttons.items() if one.isChecked()), None)

    def choose(self, value: object) -> None:
        """Choose without saying so. A value that is not there chooses none."""
        for one in self._buttons.values():
            one.blockSignals(True)
            one.setAutoExclusive(False)
            one.setChecked(False)
        for known, one in self._buttons.items():
            one.setAutoExclusive(True)
            one.setChecked(known == value)
            one.blockSignals(False)
            one.update()

    def focus_current(self) -> None:
        """Put the focus on what is chosen, or on the first."""
        button = next((one for one in self._buttons.values() if one.isChecked()), None)
        (button or next(iter(self._buttons.values()))).setFocus()

    def _tell(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        if checked:
            self.chosen.emit(self.current)


class _SegmentButton(QRadioButton):
    def __init__(self, look: Look, segment: Segment, *, first: bool, last: bool) -> None:
        super().__init__(make_visible(segment.text, lines=False, longest=80))
        self._theme = look.theme
        self._icon = segment.icon
        self._first = first
        self._last = last
        self.setFont(look.theme.font(TextStyle.MEDIUM))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off, chosen or not."""
        theme = self._theme
        words = QFontMetrics(theme.font(TextStyle.STRONG)).horizontalAdvance(self.text())
        icon = theme.px(16) + _GAP if self._icon else 0
        return QSize(words + icon + 2 * _PADDING, theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the same: half a choice is none."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw one part of the frame, with round corners where the frame ends."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        fill = tokens.accent_soft if chosen else tokens.surface
        if not chosen and self.underMouse():
            fill = tokens.surface2
        clip = QPainterPath()
        clip.addRect(box)
        painter.setClipPath(clip)
        # What lies outside is cut off, and with it the round corners inside the frame.
        left = 0 if self._first else -2 * Radius.CONTROL
        right = 0 if self._last else 2 * Radius.CONTROL
        edge = tokens.accent if chosen else tokens.strong
        draw_box(
            painter,
            box.adjusted(left, 0, right, 0),
            radius=Radius.CONTROL,
            fill=fill,
            edge=edge,
            width=2 if chosen and tokens.outlined else 1,
        )
        if not self._first:
            line = QRectF(0, 0, 1, box.height())
            painter.fillRect(line, edge)
        if self.hasFocus():
            ring = box.adjusted(2, 2, -2, -2)
            draw_box(painter, ring, radius=4, edge=tokens.focus, width=2)
        self._draw_words(painter, box, chosen=chosen)

    def _draw_words(self, painter: QPainter, box: QRectF, *, chosen: bool) -> None:
        theme = self._theme
        on = self.isEnabled()
        ink = theme.tokens.accent if chosen else theme.tokens.text if on else theme.tokens.mute
        font = theme.font(TextStyle.STRONG if chosen else TextStyle.MEDIUM)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        size = theme.px(16) if self._icon else 0
        gap = _GAP if self._icon else 0
        left = (box.width() - words - size - gap) / 2
        if self._icon:
            at = QRectF(left, (box.height() - size) / 2, size, size)
            theme.paint_icon(painter, self._icon, ink, at)
        rest = QRectF(left + size + gap, 0, words + 2, box.height())
        draw_text(painter, rest, self.text(), font=font, colour=ink)
