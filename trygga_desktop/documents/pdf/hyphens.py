"""Where a long word may be divided at the end of a line."""

import re

import pyphen

_FEWEST = 4  # letters on either side: "planering-en" reads badly
_SHORTEST, _LONGEST = 10, 60
_WORD = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Finds the places in the words of one language; remembers them until it is thrown away."""

    def __init__(self, language: str) -> None:
        known = pyphen.language_fallback(language)
        # The patterns are read once for the whole program; what is found in them is ours to forget.
        self._pyphen = pyphen.Pyphen(lang=known, left=_FEWEST, right=_FEWEST) if known else None
        self._found: dict[str, tuple[int, ...]] = {}

    def points(self, word: str) -> tuple[int, ...]:
        """Return after how many characters the word may be divided, in order."""
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = tuple(
                match.start() + point
                for match in _WORD.finditer(word)
                for point in self._points(match.group())
            )
        return found

    def _points(self, word: str) -> list[int]:
        if self._pyphen is None or not _SHORTEST <= len(word) <= _LONGEST:
            return []
        if word.isupper() or len(word.lower()) != len(word):
            return []
        # A point that would change the spelling, as in "till-låta", is none for us: what is
        # written stays what it is.
        return [int(point) for point in self._pyphen.positions(word) if not point.data]

    def forget(self) -> None:
        """Let go of every word that was asked about."""
        self._found.clear()
        if self._pyphen is not None:
            self._pyphen.hd.cache.clear()
