"""Passphrases: six drawn words are offered first; of own ones only what is guessed is refused.

There are no rules of composition (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2): length counts, and that
the text is not one of those that are tried first.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

MINIMUM = 15
"""The fewest characters of an own passphrase, counted after NFC."""

WORDS = 6
"""How many words are drawn: six of 7,776 are 77.5 bits."""

_LIST_LENGTH = 7776
_FEWEST_DIFFERENT = 5
# What is left beside words that anyone would try must still be worth guessing.
_FEWEST_BESIDE = 10
_SHORTEST_CONTEXT = 3
_RUN = 4
_PROGRAM = "trygga"
_COMMON = (
    "lösenord", "losenord", "password", "passphrase", "lösenfras", "hemligt", "hemlighet",
    "välkommen", "valkommen", "welcome", "sommar", "vinter", "höst", "vår", "kommun",
    "socialtjänst", "socialtjansten", "administratör", "administrator", "admin", "qwerty",
)  # fmt: skip
_ROWS = (
    "0123456789",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
)


class PassphraseFlaw(StrEnum):
    """Why a passphrase is refused."""

    TOO_SHORT = "too_short"
    REPEATS = "repeats"
    SEQUENCE = "sequence"
    CONTEXT_WORD = "context_word"
    COMMON = "common"


def find_flaw(passphrase: str, *, context: Iterable[str]) -> PassphraseFlaw | None:
    """Return why the passphrase is refused, or nothing.

    `context` is what anyone knows of the user: the municipality, the name, the sign-in name. The
    program's own name is always part of it.
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < MINIMUM:
        return PassphraseFlaw.TOO_SHORT
    plain = text.casefold()
    if _repeats(plain):
        return PassphraseFlaw.REPEATS
    if _is_sequence(plain):
        return PassphraseFlaw.SEQUENCE
    if _is_little_beside(plain, _context_words(context)):
        return PassphraseFlaw.CONTEXT_WORD
    if _is_little_beside(plain, _COMMON):
        return PassphraseFlaw.COMMON
    return None


def compose(
    words: Sequence[str], choose: Callable[[int], int], *, count: int = WORDS
) -> tuple[str, ...]:
    """Return so many words; `choose(n)` draws a number from 0 to n-1 that nobody can foresee."""
    return tuple(words[choose(len(words))] for _ in range(count))


def read_words(text: str) -> tuple[str, ...]:
    """Return the words of a list, one a line.

    Raise ValueError if there are doubles, or too few for the strength that is promised.
    """
    words = tuple(line.strip() for line in text.splitlines() if line.strip())
    if len(words) < _LIST_LENGTH or len(set(words)) != len(words):
        raise ValueError("the list of words is not what it should be")
    return words


def _repeats(text: str) -> bool:
    """Return whether the text is one short piece over and over, or has hardly any letters."""
    compact = _compact(text)
    if len(set(compact)) < _FEWEST_DIFFERENT:
        return True
    longest = len(compact) // 2
    return any(_is_made_of(compact, compact[:length]) for length in range(1, longest + 1))


def _is_made_of(text: str, piece: str) -> bool:
    times = len(text) // len(piece) + 1
    return (piece * times).startswith(text)


def _is_sequence(text: str) -> bool:
    """Return whether the text is nothing but runs along the alphabet, the digits or a keyboard."""
    left = _compact(text)
    while left:
        length = _run_length(left)
        if length < _RUN:
            return False
        left = left[length:]
    return True


def _run_length(text: str) -> int:
    """Return how many characters at the beginning run along one row, forwards or backwards."""
    longest = 0
    for row in _ROWS:
        for line in (row * 2, row[::-1] * 2):
            length = 0
            while length < len(text) and text[: length + 1] in line:
                length += 1
            longest = max(longest, length)
    return longest


def _is_little_beside(text: str, words: Iterable[str]) -> bool:
    """Return whether one of the words stands in the text, and too little beside all of them."""
    left = text
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return left != text and len([one for one in left if one.isalpha()]) < _FEWEST_BESIDE


def _context_words(context: Iterable[str]) -> set[str]:
    words = {_PROGRAM}
    for phrase in context:
        words.update(unicodedata.normalize("NFC", phrase).casefold().split())
    return {word for word in words if len(word) >= _SHORTEST_CONTEXT}


def _compact(text: str) -> str:
    """Return the text without the spaces and punctuation that would hide a pattern."""
    return "".join(character for character in text if character.isalnum()) or text
