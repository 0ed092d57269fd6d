"""How a page looks: measures in points, colours, and the styles of its texts."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, HexColor

from trygga_desktop.documents.pdf.fonts import Face

MM: Final = 72 / 25.4

PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 24 * MM
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - 20 * MM
TOP_OF_FIRST: Final = 17 * MM
TOP: Final = 24 * MM
HEAD: Final = 13.5 * MM
FOOT: Final = 12 * MM
"""From the edge of the paper to the base of the last line at the foot."""

SQUARE: Final = 15 * MM
"""How large the code to scan is: it is read from a copy of the paper too."""

INK = HexColor(0x1B2326)
PAPER = HexColor(0xFFFFFF)
ACCENT = HexColor(0x17495A)
MUTED = HexColor(0x55636A)
HAIRLINE = HexColor(0xC5CED2)
HEADER_FILL = HexColor(0xECF2F5)
DECIDED = HexColor(0x2A6B3C)
DECIDED_FILL = HexColor(0xF1F6F0)
OBJECTED = HexColor(0x8A4B0F)

# Capitals of the typeface reach up to two thirds of its size.
_CAPITALS = 0.66


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """How a text is set. Only running text is hyphenated where it need not be."""

    face: Face = Face.REGULAR
    size: float
    leading: float
    colour: Color = INK
    is_hyphenated: bool = False

    @property
    def base(self) -> float:
        """Return how far below the top of a line its letters stand."""
        return (self.leading + _CAPITALS * self.size) / 2


ORGANISATION = TextStyle(size=9.5, leading=13, colour=MUTED)
KIND = TextStyle(face=Face.BOLD, size=9.5, leading=13, colour=DECIDED)
TITLE = TextStyle(face=Face.BOLD, size=23, leading=27, colour=ACCENT)
SUBTITLE = TextStyle(size=13, leading=17, colour=MUTED)
HEADING = TextStyle(face=Face.BOLD, size=13.5, leading=18, colour=ACCENT)
BODY = TextStyle(size=10.2, leading=14.2, is_hyphenated=True)
LARGE = TextStyle(size=12.6, leading=17)
LARGE_STRONG = TextStyle(face=Face.SEMIBOLD, size=12.6, leading=17)
LARGE_HEADING = TextStyle(face=Face.BOLD, size=15.5, leading=20, colour=ACCENT)
CHART = TextStyle(size=8, leading=10, colour=MUTED)
CHART_NAME = TextStyle(face=Face.SEMIBOLD, size=9.8, leading=13)
LABEL = TextStyle(face=Face.SEMIBOLD, size=9.2, leading=13, colour=MUTED)
KEY = TextStyle(face=Face.SEMIBOLD, size=8.8, leading=13.6, colour=MUTED)
VALUE = TextStyle(size=9.8, leading=13.6)
CELL = TextStyle(size=9.5, leading=12.4)
COLUMN = TextStyle(face=Face.SEMIBOLD, size=8.8, leading=12.4, colour=ACCENT)
DECISION = TextStyle(face=Face.BOLD, size=8.8, leading=13, colour=DECIDED)
AGENCY = TextStyle(face=Face.SEMIBOLD, size=9.5, leading=13)
OBJECTION = TextStyle(face=Face.SEMIBOLD, size=9.2, leading=13, colour=OBJECTED)
OWN_WORDS = TextStyle(face=Face.SEMIBOLD, size=9.2, leading=13, colour=ACCENT)
GROUP_NUMBER = TextStyle(size=9.5, leading=34, colour=MUTED)
GROUP = TextStyle(face=Face.BOLD, size=21, leading=34)
ROLE = TextStyle(face=Face.SEMIBOLD, size=9.5, leading=12.4)
NAME = TextStyle(size=8.8, leading=11.6, colour=MUTED)
RUNNING = TextStyle(size=8.4, leading=11, colour=MUTED)
CODE = TextStyle(size=7.5, leading=10, colour=MUTED)
PAGE_NUMBER = TextStyle(face=Face.SEMIBOLD, size=8.8, leading=11)
