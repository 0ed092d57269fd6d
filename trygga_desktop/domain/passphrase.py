"""Passphrases: six drawn words are offered first; of own ones only what is guessed is refused.

There are no rules of composition (NIST SP 800-63B-4, OWASP ASVS 5.0 6.2): length counts, and that
something worth guessing is left beside what is tried first: what anyone knows of the user, common
words, runs along the alphabet or a keyboard, and the same thing once more.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum

MINIMUM = 15
"""The fewest characters of an own passphrase, counted after NFC."""

WORDS = 6
"""How many words are drawn: six of 7,776 are 77.5 bits."""

_LIST_LENGTH = 7776
# No answer depends on what comes later; so the longest text is answered at once.
_MOST_READ = 256
_FEWEST_LEFT = 10
# Of one character no more count: a few letters in any order are soon tried.
_MOST_OF_ONE = 2
_SHORTEST_CONTEXT = 3
# A shorter word may end in s without it being a genitive.
_SHORTEST_GENITIVE = 5
_RUN = 4
_PROGRAM = "trygga"
_GENERIC = frozenset(
    ("kommun", "kommuns", "kommunen", "stad", "stads", "staden", "region", "regionen", "enhet",
     "enheten", "nämnd", "nämnden", "förvaltning", "förvaltningen", "och", "för", "the", "and")
)  # fmt: skip
_COMMON = (
    "lösenord", "losenord", "password", "passphrase", "lösenfras", "hemligt", "hemlighet",
    "välkommen", "valkommen", "welcome", "sommar", "vinter", "höst", "vår", "kommun",
    "socialtjänsten", "socialtjansten", "socialtjänst", "socialtjanst", "administratör",
    "administrator", "admin",
)  # fmt: skip
_ROWS = (
    "0123456789",
    "1234567890",
    "abcdefghijklmnopqrstuvwxyzåäö",
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
)
_LINES = tuple(line for row in _ROWS for line in (row, row[::-1]))
_REPEATED = re.compile(r"(\w+?)\1+")
# A piece that comes again later; the upper bound only keeps the search short.
_AGAIN = re.compile(r"(\w{4,12})(?=.*\1)")


class PassphraseFlaw(StrEnum):
    """Why a passphrase is refused."""

    TOO_SHORT = "too_short"
    REPEATS = "repeats"
    SEQUENCE = "sequence"
    CONTEXT_WORD = "context_word"
    COMMON = "common"


_Taken = Counter[PassphraseFlaw]


def find_flaw(passphrase: str, *, context: Iterable[str]) -> PassphraseFlaw | None:
    """Return why the passphrase is refused, or nothing.

    `context` is what anyone knows of the user: the municipality, the name, the sign-in name. The
    program's own name is always part of it. The reason is that for which most was left out.
    """
    text = _normal(passphrase[:_MOST_READ])
    if len(text) < MINIMUM:
        return PassphraseFlaw.TOO_SHORT
    plain = text.casefold()
    # Without the spaces and signs that would hide a pattern.
    compact = "".join(one for one in plain if one.isalnum())
    left, taken = _without_words(compact, _context_words(context))
    has_words = bool(taken)
    left = _without_sequences(_without_repeats(left, taken), taken)
    if has_words:
        # Digits and signs beside a word are a year or an ornament.
        counted = [one for one in left if one.isalpha()]
    else:
        counted = [*left, *{one for one in plain if not one.isalnum() and not one.isspace()}]
    worth = sum(min(count, _MOST_OF_ONE) for count in Counter(counted).values())
    return None if worth >= _FEWEST_LEFT else taken.most_common(1)[0][0]


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


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _context_words(context: Iterable[str]) -> set[str]:
    """Return what may stand for a phrase: its words, all of them in one, and without a genitive."""
    words = {_PROGRAM}
    for phrase in context:
        parts = re.findall(r"[^\W\d_]+", _normal(phrase).casefold())
        words.update(parts, ["".join(parts)])
    words |= {
        word.removesuffix("s") for word in words - _GENERIC if len(word) >= _SHORTEST_GENITIVE
    }
    return {word for word in words - _GENERIC if len(word) >= _SHORTEST_CONTEXT}


def _without_words(text: str, context: Iterable[str]) -> tuple[str, _Taken]:
    flaws = dict.fromkeys(_COMMON, PassphraseFlaw.COMMON)
    flaws |= dict.fromkeys(context, PassphraseFlaw.CONTEXT_WORD)
    longest_first = sorted(flaws, key=len, reverse=True)
    taken = _Taken()

    def leave_out(found: re.Match[str]) -> str:
        taken[flaws[found[0]]] += len(found[0])
        return " "

    return re.sub("|".join(map(re.escape, longest_first)), leave_out, text), taken


def _without_repeats(text: str, taken: _Taken) -> str:
    """Return the text with what stands several times standing once."""
    once = _AGAIN.sub("", _REPEATED.sub(r"\1", text))
    taken[PassphraseFlaw.REPEATS] += len(text) - len(once)
    return once


def _without_sequences(text: str, taken: _Taken) -> str:
    left = []
    for run in _runs(text):
        if len(run) < _RUN:
            left.append(run)
        else:
            taken[PassphraseFlaw.SEQUENCE] += len(run)
    return "".join(left).replace(" ", "")


def _runs(text: str) -> Iterator[str]:
    """Yield the text in pieces, each as long as it runs along a row, forwards or backwards."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and any(text[at : end + 1] in line for line in _LINES):
            end += 1
        yield text[at:end]
        at = end
