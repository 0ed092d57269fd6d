"""The typefaces on paper: which font draws a character, and how wide it is.

Source Sans draws what it has. What it lacks of Latin, Greek and Cyrillic comes from Noto Sans,
Arabic and Hebrew from its siblings. A character that none of them has is nobody's here, and the
text shows it as its code.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from trygga_desktop.paths import shipped

GLYPHS = 0xE000
"""Where the glyphs of a shaped script lie as characters: this and the glyph's own number."""

HYPHEN = "\u00ad"
"""What ends a line inside a word: drawn as a hyphen, and known to readers as none of the word."""

NO_BREAK_SPACE = "\u00a0"

# Letters and signs by their class, yet nothing is drawn: fillers, joiners, the empty braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LAST = 0xFFFD  # reportlab writes no wider character that a reader could read back
_OURS = range(GLYPHS, 0xF900)


class Face(Enum):
    """A weight, with the fonts that draw it, the first that has a character before the others."""

    REGULAR = ("SourceSansPro-Regular", "NotoSans-Regular")
    SEMIBOLD = ("SourceSansPro-Semibold", "NotoSans-Bold")
    BOLD = ("SourceSansPro-Bold", "NotoSans-Bold")


SHAPED = ("NotoSansArabic-Regular", "NotoSansHebrew-Regular")
"""The fonts of scripts whose letters depend on their neighbours, the same in every weight."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """Where to find each character of a weight, and its width in thousandths of the size."""

    first: str
    own: frozenset[str]
    homes: Mapping[str, str]
    widths: Mapping[str, float]


@functools.cache
def typeface(face: Face) -> Typeface:
    """Return the weight, with its fonts loaded."""
    homes: dict[str, str] = {}
    widths: dict[str, float] = {}
    for name in (*face.value, *SHAPED):
        for character, width in _load(name).items():
            homes.setdefault(character, name)
            widths.setdefault(character, width)
    first = face.value[0]
    homes[HYPHEN], widths[HYPHEN] = first, widths["-"]
    # reportlab draws this one as a space.
    homes[NO_BREAK_SPACE], widths[NO_BREAK_SPACE] = first, widths[" "]
    own = frozenset(character for character, home in homes.items() if home == first)
    return Typeface(first, own, homes, widths)


def path_of(name: str) -> Path:
    """Return where the file of a font lies."""
    return shipped("resources") / "fonts" / f"{name}.ttf"


@functools.cache
def _load(name: str) -> Mapping[str, float]:
    """Make a font known to reportlab; return the width of every character it draws."""
    font = TTFont(name, str(path_of(name)), shapable=False)
    pdfmetrics.registerFont(font)
    face = font.face
    widths = {
        chr(code): float(face.charWidths[code])
        for code in face.charToGlyph
        if code <= _LAST and code not in _OURS and chr(code).isprintable()
        if chr(code) not in _BLANKS
    }
    if name in SHAPED:
        # Always the same number for the same glyph: the bytes must not depend on earlier pages.
        for glyph, (advance, _) in enumerate(face.hmetrics):
            face.charToGlyph[GLYPHS + glyph] = glyph
            face.charWidths[GLYPHS + glyph] = 1000 * advance / face.unitsPerEm
    return widths
