"""Text from people, made harmless to look at: nothing invisible, nothing endless."""

import unicodedata

LONGEST = 4_000
"""What a label shows of one text. Longer texts belong in a text field, which scrolls."""

LONGEST_NAME = 200
"""What a row shows of a name. No real one comes near it."""

_JOINERS = frozenset("\u200c\u200d")
# Letters and signs by their class, yet nothing is drawn: fillers, joiners, the empty braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

_UNUSUAL = _BLANKS | _JOINERS


def make_visible(text: str, *, lines: bool = True, longest: int = LONGEST) -> str:
    """Return the text with each invisible character shown as its code, such as [U+202E].

    Such characters can turn text around or hide part of it. Joiners inside words stay: Persian and
    emoji need them. Without `lines`, line breaks become spaces.
    """
    if text.isprintable() and len(text) <= longest and _UNUSUAL.isdisjoint(text):
        return text
    shown = "".join(_show(character, lines=lines) for character in text[:longest])
    return shown + "…" if len(text) > longest else shown


def isolate(shown: str) -> str:
    """Return a text, made visible before, so that it turns nothing around it when drawn.

    Without this, the age after an Arabic name would stand before it.
    """
    return f"\u2068{shown}\u2069"


def _show(character: str, *, lines: bool) -> str:
    if character in _JOINERS or (character.isprintable() and character not in _BLANKS):
        return character
    if character == "\n":
        return "\n" if lines else " "
    if unicodedata.category(character) == "Zs" or character == "\t":
        return " "
    return f"[U+{ord(character):04X}]"
