"""Text from people, made ready to stand on a page. Nothing gets there past this.

No text is read as markup anywhere here: it is drawn letter for letter. What cannot be seen or
drawn, a control character or an emoji, stands there as its code, such as [U+202E]: whoever signs
a page must see all that it holds.
"""

import functools
import re
import unicodedata

from trygga_desktop.documents.pdf.fonts import HYPHEN, Face, typeface

JOINERS = "\u200c\u200d"
"""What joins or parts letters and is drawn by no font. Persian needs it."""

_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# A longer run of marks on one letter is no text; sorting it would take for ever.
_MOST_MARKS = 30
_LONGEST_LABEL = 300


def visible(text: str, face: Face = Face.REGULAR) -> str:
    """Return the text as it can be drawn: composed, and with codes for what cannot be seen.

    Each kind of line break becomes a newline, each kind of space a space.
    """
    return _compose(_BREAKS.sub("\n", text)).translate(_shown(face))


def label(text: str) -> str:
    """Return the text in one line, cut short: what readers list beside the pages.

    PDF/A allows no string of more than 32,767 bytes.
    """
    line = " ".join(visible(text[: 2 * _LONGEST_LABEL]).split())
    return line if len(line) <= _LONGEST_LABEL else line[: _LONGEST_LABEL - 1] + "…"


class _Shown(dict[int, int | str]):
    """What is drawn for each character of a text, found out when it is first asked for."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._drawn = typeface(face).homes.keys() - {HYPHEN} | {*JOINERS, "\n"}

    def __missing__(self, code: int) -> int | str:
        """Return the character itself, a space for any sort of space, or its code in brackets."""
        shown = self[code] = self._show(chr(code))
        return shown

    def _show(self, character: str) -> int | str:
        if character in self._drawn:
            return ord(character)
        if unicodedata.category(character) == "Zs" or character == "\t":
            return " "
        return f"[U+{ord(character):04X}]"


@functools.cache
def _shown(face: Face) -> _Shown:
    return _Shown(face)


def _compose(text: str) -> str:
    """Return the text with each letter and its marks as one character where there is such."""
    if text.isascii():
        return text
    marks = 0
    cuts = [0]
    for at, character in enumerate(text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MOST_MARKS:
            cuts.append(at)
            marks = 0
    parts = (text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))
    return "".join(unicodedata.normalize("NFC", part) for part in parts)
