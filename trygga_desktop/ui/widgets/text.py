"""Text from people, made harmless to look at: nothing invisible, nothing endless."""

import unicodedata

LONGEST = 4_000
"""What a label shows of one text. Longer texts belong in a text field, which scrolls."""

_JOINERS = frozenset("\u200c\u200d")


def make_visible(text: str, *, lines: bool = True, longest: int = LONGEST) -> str:
    """Return the text with each invisible character shown as its code, such as [U+202E].

    Such characters can turn text around or hide part of it. Joiners inside words stay: Persian and
    emoji need them. Without `lines`, line breaks become spaces.
    """
    shown = "".join(_show(character, lines=lines) for character in text[:longest])
    return shown + "…" if len(text) > longest else shown


def _show(character: str, *, lines: bool) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    if character == "\n":
        return "\n" if lines else " "
    if unicodedata.category(character) == "Zs" or character == "\t":
        return " "
    return f"[U+{ord(character):04X}]"
