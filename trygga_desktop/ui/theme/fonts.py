"""The bundled typeface and its styles. No font size is written anywhere else."""

from enum import Enum
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

FAMILY = "Inter"
_FILES = ("Regular", "Medium", "SemiBold", "Bold")
_TABULAR = QFont.Tag("tnum")


class _Type(NamedTuple):
    pixels: int
    weight: QFont.Weight
    tabular: bool = False


class TextStyle(Enum):
    """What a text is for, and thereby how large and heavy it is at 100 %."""

    CAPTION = _Type(12, QFont.Weight.Normal)
    CAPTION_STRONG = _Type(12, QFont.Weight.DemiBold)
    SECONDARY = _Type(13, QFont.Weight.Normal)
    LABEL = _Type(13, QFont.Weight.DemiBold)
    BODY = _Type(14, QFont.Weight.Normal)
    MEDIUM = _Type(14, QFont.Weight.Medium)
    STRONG = _Type(14, QFont.Weight.DemiBold)
    LARGE = _Type(15, QFont.Weight.Normal)
    LEAD = _Type(16, QFont.Weight.Normal)
    SUBTITLE = _Type(16, QFont.Weight.DemiBold)
    SUBTITLE_LARGE = _Type(18, QFont.Weight.DemiBold)
    TITLE = _Type(20, QFont.Weight.DemiBold)
    PROMISE = _Type(24, QFont.Weight.DemiBold)
    DISPLAY = _Type(28, QFont.Weight.DemiBold)
    HERO = _Type(32, QFont.Weight.Bold)
    MARK = _Type(26, QFont.Weight.Bold)
    CODE = _Type(20, QFont.Weight.DemiBold, tabular=True)

    def font(self, scale: float) -> QFont:
        """Return the font at this text scale."""
        style = self.value
        font = QFont(FAMILY)
        font.setPixelSize(round(style.pixels * scale))
        font.setWeight(style.weight)
        # Hinting to whole pixels spaces Inter unevenly at 100 %.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if style.tabular:
            font.setFeature(_TABULAR, 1)
        return font


def room_above(font: QFont) -> int:
    """Return how many pixels a text needs above its first line.

    The rings and dots of Inter's capitals stand above the height that the font itself claims.
    """
    return _room_above(font.family(), font.pixelSize(), font.weight())


@lru_cache(maxsize=64)
def _room_above(family: str, pixels: int, weight: QFont.Weight) -> int:
    font = QFont(family)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    metrics = QFontMetricsF(font)
    # Letters stand on a whole pixel, wherever the line itself begins.
    over = -metrics.tightBoundingRect("ÅÄÖÉ").top() - round(metrics.ascent())
    return 1 + max(0, ceil(over))


def load_fonts(folder: Path) -> None:
    """Make the bundled typeface known to Qt; call once, after the application exists."""
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(folder / f"Inter-{name}.ttf"))
