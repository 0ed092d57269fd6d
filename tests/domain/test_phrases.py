"""A list of phrases is read line by line; what cannot be read is told by its line."""

import pytest

from trygga_desktop.domain.phrases import (
    LONGEST_SHORT,
    LONGEST_WORDS,
    MOST_PHRASES,
    Phrase,
    PhraseFlaw,
    read_phrases,
)
from trygga_desktop.ui.phrases import given_phrases


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        ("nästa möte", PhraseFlaw.NO_SIGN),
        ("= Vi ses", PhraseFlaw.NO_SHORT),
        ("nm =  ", PhraseFlaw.NO_WORDS),
        ("n m = Vi ses", PhraseFlaw.SPACE),
        ("x" * (LONGEST_SHORT + 1) + " = Vi ses", PhraseFlaw.TOO_LONG),
        ("nm = " + "x" * (LONGEST_WORDS + 1), PhraseFlaw.TOO_LONG),
        ("HEJ = Vi ses", PhraseFlaw.TWICE),
    ],
)
def test_what_is_no_phrase_is_told_by_its_line_and_the_rest_goes_on(
    line: str, flaw: PhraseFlaw
) -> None:
    read = read_phrases(f"hej = Hej igen\n\n{line}\nslut = Tack för i dag")
    assert read.flaws == ((3, flaw),)
    assert [one.short for one in read.known] == ["hej", "slut"]


def test_too_many_are_told_and_the_first_are_kept() -> None:
    read = read_phrases("\n".join(f"s{number} = x" for number in range(MOST_PHRASES + 2)))
    assert len(read.known) == MOST_PHRASES
    assert [flaw for _, flaw in read.flaws] == [PhraseFlaw.TOO_MANY, PhraseFlaw.TOO_MANY]


def test_words_may_hold_an_equals_sign_and_letters_may_be_large() -> None:
    read = read_phrases("Å1 = a = b")
    assert read.find("å1") == Phrase("Å1", "a = b")
    assert read.find("å") is None
    assert read.beginning_with("å") == (Phrase("Å1", "a = b"),)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_phrases_that_come_with_the_program_can_all_be_read(language: str) -> None:
    read = read_phrases(given_phrases(language))
    assert read.flaws == ()
    assert len(read.known) >= 5
