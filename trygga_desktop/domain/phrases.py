"""Short forms of somebody's own, and the words that each of them stands for."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_SHORT = 20
"""The longest short form in characters."""

LONGEST_WORDS = 2_000
"""The most that one short form stands for, in characters."""

MOST_PHRASES = 300
"""The most phrases that somebody has."""

_SIGN = "="


class PhraseFlaw(StrEnum):
    """What is wrong with a line of the list."""

    NO_SIGN = "no_sign"
    NO_SHORT = "no_short"
    NO_WORDS = "no_words"
    SPACE = "space"
    TOO_LONG = "too_long"
    TWICE = "twice"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is typed, and what it stands for."""

    short: str
    words: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list as it was read: its phrases, and the lines that are none, counted from 1."""

    known: tuple[Phrase, ...] = ()
    flaws: tuple[tuple[int, PhraseFlaw], ...] = ()

    def find(self, short: str) -> Phrase | None:
        """Return what a short form stands for; it does not matter how large its letters are."""
        wanted = short.casefold()
        return next((one for one in self.known if one.short.casefold() == wanted), None)

    def beginning_with(self, start: str) -> tuple[Phrase, ...]:
        """Return the phrases whose short form begins like this, as they stand in the list."""
        wanted = start.casefold()
        return tuple(one for one in self.known if one.short.casefold().startswith(wanted))


def read_phrases(text: str) -> Phrases:
    """Return the phrases of a list: in each line a short form, an equals sign and the words."""
    known: dict[str, Phrase] = {}
    flaws = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        short, sign, words = (one.strip() for one in line.partition(_SIGN))
        flaw = _flaw(short, sign, words, known)
        if flaw is None:
            known[short.casefold()] = Phrase(short, words)
        else:
            flaws.append((number, flaw))
    return Phrases(tuple(known.values()), tuple(flaws))


def _flaw(short: str, sign: str, words: str, known: dict[str, Phrase]) -> PhraseFlaw | None:
    checks = (
        (not sign, PhraseFlaw.NO_SIGN),
        (not short, PhraseFlaw.NO_SHORT),
        (len(short.split()) > 1, PhraseFlaw.SPACE),
        (not words, PhraseFlaw.NO_WORDS),
        (len(short) > LONGEST_SHORT or len(words) > LONGEST_WORDS, PhraseFlaw.TOO_LONG),
        (short.casefold() in known, PhraseFlaw.TWICE),
        (len(known) >= MOST_PHRASES, PhraseFlaw.TOO_MANY),
    )
    return next((flaw for is_wrong, flaw in checks if is_wrong), None)
