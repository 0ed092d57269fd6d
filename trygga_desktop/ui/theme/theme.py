"""A theme at a text size: what widgets ask for their colours, fonts and measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.icons import IconStore
from trygga_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

SMALLEST_TEXT = 0.9
LARGEST_TEXT = 2.0
TEXT_STEP = 0.1


class ThemeName(StrEnum):
    """What a person chooses in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "hc"


TOKENS: Mapping[ThemeName, Tokens] = {
    ThemeName.LIGHT: LIGHT,
    ThemeName.DARK: DARK,
    ThemeName.HIGH_CONTRAST: HIGH_CONTRAST,
}
"""The themes that are our own; `SYSTEM` is resolved when the program starts and at each change."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours, fonts and icons at one text scale. A change of either makes a new theme."""

    tokens: Tokens
    icons: IconStore
    scale: float = 1.0

    def px(self, pixels: float) -> int:
        """Return a measure that grows with the text, such as the height of a control."""
        return round(pixels * self.scale)

    def font(self, style: TextStyle) -> QFont:
        """Return the font of the style at this text scale."""
        return style.font(self.scale)

    def paint_icon(self, painter: QPainter, name: str, colour: str, box: QRectF) -> None:
        """Draw an icon in the colour into the box."""
        self.icons.paint(painter, name, colour, box)

    def icon(self, name: str, colour: str, size: int) -> QIcon:
        """Return the icon for places that Qt draws itself, such as menus; `size` as at 100 %."""
        icon = QIcon()
        for ratio in (1.0, 1.25, 1.5, 2.0):
            edge = round(self.px(size) * ratio)
            pixmap = QPixmap(QSize(edge, edge))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.icons.paint(painter, name, colour, QRectF(0, 0, edge, edge))
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            icon.addPixmap(pixmap)
        return icon


def keep_text_scale(scale: float) -> float:
    """Return the nearest text scale that the program offers."""
    rounded = round(scale / TEXT_STEP) * TEXT_STEP
    return round(min(LARGEST_TEXT, max(SMALLEST_TEXT, rounded)), 2)


def tokens_from_system(palette: QPalette) -> Tokens:
    """Return tokens in the colours of a system that asks for high contrast.

    People who set their own contrast colours must get exactly those, so every token is one of the
    five that such a scheme defines.
    """
    role = QPalette.ColorRole
    ground, text = palette.color(role.Window).name(), palette.color(role.WindowText).name()
    chosen = palette.color(role.Highlight).name()
    on_chosen = palette.color(role.HighlightedText).name()
    link = palette.color(role.Link).name()
    inks = dict.fromkeys(
        ("border", "strong", "text", "text2", "focus", "ok", "warn", "bad", "info", "mute"), text
    )
    grounds = dict.fromkeys(
        (
            *("bg", "surface", "surface2", "accent_soft", "ok_soft", "warn_soft", "bad_soft"),
            *("info_soft", "mute_soft", "nav", "nav_selected"),
        ),
        ground,
    )
    return Tokens(
        dark=QColor(ground).lightness() < QColor(text).lightness(),
        outlined=True,
        accent=chosen,
        accent_hover=chosen,
        on_accent=on_chosen,
        nav_text=text,
        nav_mark=link,
        nav_strong=text,
        nav_focus=text,
        **inks,
        **grounds,
    )
