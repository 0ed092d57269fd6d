"""What is guessed first is refused with its reason; everything else of some length is fine."""

import re
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
        ("Exempelstad socialtjänst", PassphraseFlaw.COMMON),
        ("123456789012345x", PassphraseFlaw.SEQUENCE),
        ("12345678901234a", PassphraseFlaw.SEQUENCE),
        ("abcdefghijklmnopx", PassphraseFlaw.SEQUENCE),
        ("qwertyuiopasdfgh1", PassphraseFlaw.SEQUENCE),
        ("1234-qwer-asdf-zxcv", PassphraseFlaw.SEQUENCE),
        ("aaaaaaaaaaaabcde", PassphraseFlaw.REPEATS),
        ("111111111111112345", PassphraseFlaw.REPEATS),
        ("aaaabbbbccccddddeeee", PassphraseFlaw.REPEATS),
        ("aabbccddeeffgghh", PassphraseFlaw.REPEATS),
        ("abababababababcde", PassphraseFlaw.REPEATS),
        ("hejsan hejsan hejsan1", PassphraseFlaw.REPEATS),
        ("hejsan1hejsan2hejsan3", PassphraseFlaw.REPEATS),
        ("abacadbacdabdcabd", PassphraseFlaw.REPEATS),
        ("               ", PassphraseFlaw.REPEATS),
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
        "483920174650291",
        "k8$Zp!2w#Qm^7L@",
        "!#%&/()=?*^_-:;",
        "abc xyz 123 qwe asd",
        "kvinab exempelstad cdöst",
    ],
)
def test_no_rule_of_composition_stands_in_the_way(passphrase: str) -> None:
    assert find_flaw(passphrase, context=CONTEXT) is None


@pytest.mark.parametrize(
    ("passphrase", "context"),
    [
        ("göteborg göteborg1", "Göteborgs Stad"),
        ("göteborgs stad 2026", "Göteborgs Stad"),
        ("stockholm stockholm 1", "Stockholms stad"),
        ("annakarin ek 1978", "Anna-Karin Ek"),
        ("anna-karin 19780512", "Anna-Karin Ek"),
        ("karin.ek 19780512", "karin.ek@exempelstad.example"),
        ("Åsa-2026-1999-4711", "A\u030asa"),
        ("lund-2026-1999-4711", "Lunds kommun"),
        ("bo-ek-2026-1999", "Bo Ek"),
        ("vårgårda 2026 4711", "Vårgårda kommun"),
    ],
)
def test_what_anyone_knows_of_the_user_is_refused_however_it_is_written(
    passphrase: str, context: str
) -> None:
    assert find_flaw(passphrase, context=[context]) is PassphraseFlaw.CONTEXT_WORD


@pytest.mark.parametrize(
    ("passphrase", "context"),
    [
        ("bo-2026-1999-4711", "Bo"),  # so short a word stands anywhere
        ("ana-2026-1999-4711", "Anas"),  # not a genitive
        ("staden-2026-1999-4711", "Socialtjänsten i staden"),
    ],
)
def test_what_says_nothing_of_the_user_is_no_reason(passphrase: str, context: str) -> None:
    assert find_flaw(passphrase, context=[context]) is None


@pytest.mark.parametrize(
    ("nine_left", "flaw"),
    [
        ("exempelstad kvinglöst", PassphraseFlaw.CONTEXT_WORD),
        ("lösenord kvinglöst", PassphraseFlaw.COMMON),
        ("1234567 kvinglöst", PassphraseFlaw.SEQUENCE),
        ("kkkkkkkkkkk vinglöst", PassphraseFlaw.REPEATS),
        ("kvinglöst kvinglöst", PassphraseFlaw.REPEATS),
    ],
)
def test_ten_characters_beside_what_is_guessed_are_enough_and_nine_are_not(
    nine_left: str, flaw: PassphraseFlaw
) -> None:
    assert find_flaw(nine_left, context=CONTEXT) is flaw
    assert find_flaw(f"{nine_left}m", context=CONTEXT) is None


def test_a_piece_that_comes_again_is_one_of_four_characters_or_more() -> None:
    assert find_flaw("hejs1hejs2hejs3hejs4", context=()) is PassphraseFlaw.REPEATS
    assert find_flaw("hej1hej2hej3hej4", context=()) is None


def test_digits_and_signs_beside_a_word_do_not_count() -> None:
    assert find_flaw("exempelstad kvinglöst 4827!", context=CONTEXT) is PassphraseFlaw.CONTEXT_WORD


def test_a_run_is_one_from_four_characters_on() -> None:
    assert find_flaw("abc-xyz-123-qwe", context=()) is None
    assert find_flaw("abcd-wxyz-1234", context=()) is PassphraseFlaw.TOO_SHORT
    assert find_flaw("abcd-wxyz-1234-", context=()) is PassphraseFlaw.SEQUENCE


def test_length_is_counted_in_characters_however_they_are_typed() -> None:
    fifteen = "åäö gräs blåbär"
    fourteen = fifteen[:-1]
    assert len(fifteen) == MINIMUM == 15

    assert find_flaw(fourteen, context=()) is PassphraseFlaw.TOO_SHORT
    assert len(unicodedata.normalize("NFD", fourteen)) > MINIMUM
    decomposed = unicodedata.normalize("NFD", fourteen)
    assert find_flaw(decomposed, context=()) is PassphraseFlaw.TOO_SHORT
    assert find_flaw(fifteen, context=()) is None
    assert find_flaw(unicodedata.normalize("NFD", fifteen), context=()) is None


def test_only_the_beginning_of_a_very_long_text_counts() -> None:
    assert find_flaw("a" * 247 + "kvinglöst", context=()) is None
    assert find_flaw("a" * 248 + "kvinglöst", context=()) is PassphraseFlaw.REPEATS


@pytest.mark.parametrize("piece", ["a", "ab", "a1b2", "\u0327\u0301", "qwerty asd ", "ett två "])
def test_a_very_long_text_is_answered_at_once(piece: str) -> None:
    assert find_flaw(piece * (1_000_000 // len(piece)), context=CONTEXT) in {
        None,
        PassphraseFlaw.REPEATS,
    }


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


def test_each_word_of_the_list_is_a_few_plain_letters_and_stands_in_order() -> None:
    words = read_words(LIST)
    assert [word for word in words if not re.fullmatch("[a-zåäö]{4,9}", word)] == []
    assert list(words) == sorted(words)


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


@given(st.lists(st.sampled_from(LIST.split()), min_size=6, max_size=6, unique=True))
def test_what_the_program_offers_the_program_accepts(words: list[str]) -> None:
    assert find_flaw(" ".join(words), context=CONTEXT) is None


@given(
    st.lists(st.sampled_from(LIST.split()), min_size=6, max_size=6, unique=True),
    st.lists(st.sampled_from(LIST.split()), max_size=3),
)
def test_drawn_words_are_refused_only_where_they_are_the_users_own(
    words: list[str], context: list[str]
) -> None:
    assert find_flaw(" ".join(words), context=context) in {None, PassphraseFlaw.CONTEXT_WORD}
