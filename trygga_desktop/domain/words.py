"""Texts of the catalogue in several languages, and how sure a legal text is."""

from dataclasses import dataclass
from enum import StrEnum

FIRST_LANGUAGE = "sv"
"""The language that no text is without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One text by language code. It is never without Swedish."""

    texts: tuple[tuple[str, str], ...]

    def in_language(self, code: str) -> str:
        """Return the text in that language, in Swedish where it has not been translated."""
        by_language = dict(self.texts)
        return by_language.get(code, by_language[FIRST_LANGUAGE])


class Mark(StrEnum):
    """Where a legal text or a proposal comes from, and so how sure it is."""

    READ_IN_SOURCE = "S"
    READ_IN_STATUTE = "L"
    KNOWN_WELL = "G hi"
    KNOWN = "G med"
    KNOWN_VAGUELY = "G lo"
    NOBODY_KNOWS = "open"
    OWN_CHOICE = "own"

    @property
    def is_verified(self) -> bool:
        """Tell whether it was read; whatever was not is for a lawyer to check."""
        return self in _VERIFIED


_VERIFIED = frozenset({Mark.READ_IN_SOURCE, Mark.READ_IN_STATUTE})
