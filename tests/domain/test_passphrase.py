"""What is guessed first is refused with its reason; everything else of some length is fine."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.passphrase import (
    MINIMUM,
    PassphraseFlaw,
    compose,
    find_flaw,
    read_words,
)
from trygga_desktop.paths import shipped

CONTEXT = ("Exempelstad", "Karin Ek", "ke")
LIST = (shipped("resources") / "passphrase" / "words-sv.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("passphrase", "flaw"),
    [
        ("", PassphraseFlaw.TOO_SHORT),
        ("fjorton tecken", PassphraseFlaw.TOO_SHORT),
        ("a" * 15, PassphraseFlaw.REPEATS),
        ("a " * 20, PassphraseFlaw.REPEATS),
        ("abcabcabcabcabc", PassphraseFlaw.REPEATS),
        ("AbCaBcAbCaBcAbC", PassphraseFlaw.REPEATS),
        ("hejsan hejsan hejsan", PassphraseFlaw.REPEATS),
        ("hemma-hos-hemma-hos", PassphraseFlaw.REPEATS),
        ("................", PassphraseFlaw.REPEATS),
        ("123456789012345", PassphraseFlaw.SEQUENCE),
        ("987654321098765", PassphraseFlaw.SEQUENCE),
        ("abcdefghijklmno", PassphraseFlaw.SEQUENCE),
        ("qwertyuiopåasdfg", PassphraseFlaw.SEQUENCE),
        ("äölkjhgfdsa 1234", PassphraseFlaw.SEQUENCE),
        ("Exempelstad 2026!", PassphraseFlaw.CONTEXT_WORD),
        ("karin exempelstad", PassphraseFlaw.CONTEXT_WORD),
        ("Trygga Trygga 2026", PassphraseFlaw.CONTEXT_WORD),
        ("trygga karin 112233", PassphraseFlaw.CONTEXT_WORD),
        ("lösenord lösenord1", PassphraseFlaw.COMMON),
        ("Sommar-2026-Höst-77", PassphraseFlaw.COMMON),
        ("välkommen123456", PassphraseFlaw.COMMON),
    ],
)
def test_what_is_guessed_first_is_refused_with_its_reason(
    passphrase: str, flaw: PassphraseFlaw
) -> None:
    assert find_flaw(passphrase, context=CONTEXT) is flaw


@pytest.mark.parametrize(
    "passphrase",
    [
        "kastanj vinge torsdag glänta paraply måne",
        "min hund åt upp tre blå stolar",
        "i exempelstad bor det elva tysta grävlingar",
        "sommar i kolonilotten med bror",
        "x" * 3 + "korsord på köksbordet",
        "\ud800 lite udda tecken här",
        "пятнадцать букв и больше",
    ],
)
def test_no_rule_of_composition_stands_in_the_way(passphrase: str) -> None:
    assert find_flaw(passphrase, context=CONTEXT) is None


def test_length_is_counted_in_characters_however_they_are_typed() -> None:
    composed = "åäö gräs blåbär"
    assert len(composed) == MINIMUM
    decomposed = unicodedata.normalize("NFD", composed)
    assert find_flaw(decomposed, context=()) is find_flaw(composed, context=())
    assert find_flaw(decomposed[:-1], context=()) is None or len(decomposed) > len(composed)
    assert find_flaw(composed[:-1], context=()) is PassphraseFlaw.TOO_SHORT


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_has_an_answer(passphrase: str, context: list[str]) -> None:
    flaw = find_flaw(passphrase, context=context)
    assert flaw is None or flaw in PassphraseFlaw


def test_a_list_with_doubles_or_too_few_words_is_refused() -> None:
    with pytest.raises(ValueError, match="list"):
        read_words("ett\ntvå\n")
    with pytest.raises(ValueError, match="list"):
        read_words(LIST + LIST.splitlines()[0])


def test_the_list_that_is_shipped_is_as_long_as_promised() -> None:
    words = read_words(LIST)
    assert len(words) == 7776
    assert len({word[:6] for word in words}) == 7776


def test_six_words_are_drawn_from_the_whole_list_and_never_refused() -> None:
    words = read_words(LIST)
    drawn: list[int] = []

    def choose(bound: int) -> int:
        drawn.append(bound)
        return (len(drawn) * 1297) % bound

    passphrase = compose(words, choose)

    assert len(passphrase) == 6
    assert drawn == [7776] * 6
    assert find_flaw(" ".join(passphrase), context=CONTEXT) is None


@given(st.lists(st.integers(0, 7775), min_size=6, max_size=6, unique=True))
def test_what_the_program_offers_the_program_accepts(numbers: list[int]) -> None:
    words = read_words(LIST)
    places = iter(numbers)
    passphrase = " ".join(compose(words, lambda _: next(places)))
    assert find_flaw(passphrase, context=CONTEXT) is None
