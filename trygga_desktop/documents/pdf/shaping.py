"""Letters that take their form from their neighbours: Arabic, Persian, Hebrew with points."""

import functools
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz
from bidi.mirror import MIRRORED

from trygga_desktop.documents.pdf.fonts import GLYPHS, SHAPED, Typeface, path_of


@dataclass(frozen=True, slots=True)
class Glyph:
    """Drawn forms as characters of their font, where they stand and how far they move on.

    All in thousandths of the size of the text.
    """

    characters: str
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line in one font. Where it is shaped, `text` is what the glyphs stand for."""

    font: str
    text: str
    width: float
    glyphs: tuple[Glyph, ...] = ()


def shape(text: str, face: Typeface) -> list[Segment]:
    """Return a run that goes from right to left as segments, the leftmost first."""
    segments = []
    for font, same in groupby(text, lambda character: _home(character, face)):
        part = "".join(same)
        glyphs = _shaped(font, part) if font in SHAPED else _turned(part, face)
        segments.append(Segment(font, part, sum(glyph.advance for glyph in glyphs), glyphs))
    return segments[::-1]


def _home(character: str, face: Typeface) -> str:
    # Joiners are in no font's list: they are drawn by no glyph and stay with the script they serve.
    return face.homes.get(character, SHAPED[0])


def _turned(text: str, face: Typeface) -> tuple[Glyph, ...]:
    """Signs and spaces of a font without letters of this direction: turned, brackets mirrored."""
    turned = (MIRRORED.get(character, character) for character in reversed(text))
    return tuple(Glyph(character, 0, 0, face.widths.get(character, 0)) for character in turned)


def _shaped(font: str, text: str) -> tuple[Glyph, ...]:
    drawn, scale = _font(font)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    uharfbuzz.shape(drawn, buffer)
    glyphs: list[Glyph] = []
    is_whole = False
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyph = Glyph(
            chr(GLYPHS + info.codepoint),
            place.x_offset * scale,
            place.y_offset * scale,
            place.x_advance * scale,
        )
        is_moved = bool(glyph.x or glyph.y)
        own_advance = drawn.get_glyph_h_advance(info.codepoint)
        if is_whole and not is_moved:
            # The one before moves on by its own width: both can be drawn at once.
            last = glyphs.pop()
            together = last.characters + glyph.characters
            glyph = Glyph(together, last.x, last.y, last.advance + glyph.advance)
        is_whole = not is_moved and place.x_advance == own_advance
        glyphs.append(glyph)
    return tuple(glyphs)


@functools.cache
def _font(name: str) -> tuple[uharfbuzz.Font, float]:
    face = uharfbuzz.Face(path_of(name).read_bytes())
    return uharfbuzz.Font(face), 1000 / face.upem
