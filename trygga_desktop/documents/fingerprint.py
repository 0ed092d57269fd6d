"""The fingerprint of a seal as people compare it: in groups of digits, or in words."""

import functools
import re
from hashlib import sha256

from trygga_desktop.domain.passphrase import read_words
from trygga_desktop.paths import shipped

WORDS = 6
"""How many words a fingerprint is told in: 77 of its 256 bits."""

_GROUP = 4
# Fewer digits than words tell would be no comparison.
_FEWEST_DIGITS = 20


def fingerprint_of(certificate: bytes) -> str:
    """Return the fingerprint of a certificate in DER: 64 lower-case hex digits."""
    return sha256(certificate).hexdigest()


def in_groups(fingerprint: str, digits: int | None = None) -> str:
    """Return the digits, or the first of them, in groups of four."""
    told = fingerprint[:digits]
    return " ".join(told[at : at + _GROUP] for at in range(0, len(told), _GROUP))


def in_words(fingerprint: str) -> str:
    """Return the fingerprint as words of the list that passphrases are drawn from."""
    words = _words()
    number = int(fingerprint, 16)
    found = []
    for _ in range(WORDS):
        number, at = divmod(number, len(words))
        found.append(words[at])
    return " ".join(found)


def is_same(fingerprint: str, told: str) -> bool:
    """Return whether somebody told this fingerprint: its words, or at least 20 of its digits."""
    spoken = " ".join(told.casefold().split())
    if spoken == in_words(fingerprint):
        return True
    digits = re.sub("[-: ]", "", spoken)
    return len(digits) >= _FEWEST_DIGITS and fingerprint.startswith(digits)


def is_beginning(fingerprint: str, told: str) -> bool:
    """Return whether what was told is right as far as it goes, and too little to compare by."""
    spoken = " ".join(told.casefold().split())
    digits = re.sub("[-: ]", "", spoken)
    is_right = fingerprint.startswith(digits) or f"{in_words(fingerprint)} ".startswith(
        f"{spoken} "
    )
    return bool(digits) and is_right and not is_same(fingerprint, told)


@functools.cache
def _words() -> tuple[str, ...]:
    path = shipped("resources") / "passphrase" / "words-sv.txt"
    return tuple(read_words(path.read_text(encoding="utf-8")))
