"""Buttons: one filled per screen, the others outlined, bare or as links."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Tokens
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

_RING = 2
_GAP = 8
_BARE = 4
"""The room beside words without an edge: that of the ring."""


class ButtonKind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    LINK = "link"
    DANGER = "danger"


class _Ink(NamedTuple):
    text: str
    fill: str = ""
    edge: str = ""
    hover: str = ""


class Button(QPushButton):
    """A push button with an icon before its words. Enter presses it as Space does."""

    def __init__(  # noqa: PLR0913  all but two have a default
        self,
        look: Look,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        *,
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = look.theme
        self._kind = kind
        self._icon = icon
        self._small = small
        self._starts_column = False
        self.setFont(look.theme.font(_style(kind)))
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def kind(self) -> ButtonKind:
        """Return how much it asks for attention now."""
        return self._kind

    @property
    def is_bare(self) -> bool:
        """Return whether it has no edge, only words."""
        return self._kind in {ButtonKind.GHOST, ButtonKind.LINK}

    def show_text(self, text: str) -> None:
        """Say something else, as while the work goes on."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def become(self, kind: ButtonKind) -> None:
        """Ask for more or less attention than before, as when something else comes first."""
        if kind is not self._kind:
            self._kind = kind
            self.setFont(self._theme.font(_style(kind)))
            self.updateGeometry()
            self.update()

    def across(self) -> None:
        """Take the whole width of the column."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def start_column(self) -> None:
        """Begin where the texts above and below do, as what has no edge should."""
        self._starts_column = True
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        padding = self._left() + self._padding()
        width = self.fontMetrics().horizontalAdvance(self.text()) + padding + 2
        if self._icon:
            width += self._icon_size() + (_GAP if self.text() else 0)
        height = self._theme.px(30 if self._small else 36)
        return QSize(max(width, height), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words on a button are never cut off."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter as well."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the button and, outside its fill, the ring of the focus."""
        painter = QPainter(self)
        smooth(painter)
        ink = self._ink()
        box = QRectF(self.rect())
        fill = ink.hover if self.underMouse() and self.isEnabled() else ink.fill
        if self.hasFocus():
            focus = self._theme.tokens.focus
            draw_box(painter, box, radius=Radius.CONTROL, edge=focus, width=_RING)
            # A gap in the colour of the ground: the ring alone would not stand out from the fill.
            inset = _RING * 2 if ink.fill and not ink.edge else _RING
            box = box.adjusted(inset, inset, -inset, -inset)
            edge = ""
        else:
            edge = ink.edge
        # Where colours are few, a broken edge says that the button cannot be pressed.
        dashed = self._theme.tokens.outlined and not self.isEnabled()
        draw_box(painter, box, radius=Radius.CONTROL - 1, fill=fill, edge=edge, dashed=dashed)
        self._draw_words(painter, ink.text)

    def _draw_words(self, painter: QPainter, colour: str) -> None:
        size = self._icon_size() if self._icon else 0
        gap = _GAP if self._icon and self.text() else 0
        words = self.fontMetrics().horizontalAdvance(self.text())
        left = max(float(_RING), (self.width() - size - gap - words) / 2)
        if self._kind is ButtonKind.LINK or self._starts_column:
            left = float(self._left())
        if self._icon:
            box = QRectF(left, (self.height() - size) / 2, size, size)
            self._theme.paint_icon(painter, self._icon, colour, box)
        rest = QRectF(left + size + gap, 0, words + 2, self.height())
        font = QFont(self.font())
        draw_text(painter, rest, self.text(), font=font, colour=colour)

    def _ink(self) -> _Ink:
        tokens = self._theme.tokens
        if not self.isEnabled():
            grey = _Ink(tokens.mute, tokens.surface2, tokens.border)
            return _Ink(tokens.mute) if self.is_bare else grey
        return _inks(tokens)[self._kind]

    def _icon_size(self) -> int:
        return self._theme.px(16 if self._small else 18)

    def _left(self) -> int:
        return _BARE if self._starts_column else self._padding()

    def _padding(self) -> int:
        if self._kind is ButtonKind.LINK:
            return _BARE
        return 10 if self._small else 15


def _style(kind: ButtonKind) -> TextStyle:
    if kind in {ButtonKind.PRIMARY, ButtonKind.LINK}:
        return TextStyle.STRONG
    return TextStyle.MEDIUM


def _inks(tokens: Tokens) -> Mapping[ButtonKind, _Ink]:
    quiet = tokens.surface2
    return {
        ButtonKind.PRIMARY: _Ink(tokens.on_accent, tokens.accent, hover=tokens.accent_hover),
        ButtonKind.SECONDARY: _Ink(tokens.text, tokens.surface, tokens.strong, quiet),
        ButtonKind.GHOST: _Ink(tokens.text, hover=quiet),
        ButtonKind.LINK: _Ink(tokens.accent, hover=quiet),
        ButtonKind.DANGER: _Ink(tokens.bad, tokens.surface, tokens.bad, tokens.bad_soft),
    }
