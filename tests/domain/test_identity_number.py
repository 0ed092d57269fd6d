"""Identity numbers are read as people write them, and a wrong one is told why."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import (
    AskCentury,
    IdentityNumber,
    Incomplete,
    Invalid,
    NumberFlaw,
    NumberKind,
    Valid,
    is_test_number,
    read_number,
)
from trygga_desktop.paths import shipped

DAY = date(2026, 11, 26)
PERSONAL = (shipped("resources") / "demo" / "test-personnummer.txt").read_text().split()
COORDINATION = (shipped("resources") / "demo" / "test-samordningsnummer.txt").read_text().split()


def read(text: str) -> IdentityNumber:
    reading = read_number(text, on=DAY)
    assert isinstance(reading, Valid)
    return reading.number


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("200905142395", NumberFlaw.WRONG_CONTROL_DIGIT),
        ("200913142394", NumberFlaw.NO_SUCH_MONTH),
        ("200900142394", NumberFlaw.NO_SUCH_MONTH),
        ("200902302397", NumberFlaw.NO_SUCH_DAY),
        ("200905922399", NumberFlaw.NO_SUCH_DAY),
        ("200905002390", NumberFlaw.NO_SUCH_DAY),
        ("200600922388", NumberFlaw.NO_SUCH_DAY),
        ("200905140000", NumberFlaw.BIRTH_NUMBER_ZERO),
        ("202905142390", NumberFlaw.IN_THE_FUTURE),
        ("09O514-2394", NumberFlaw.CONTAINS_LETTER),
        ("090514-O394", NumberFlaw.CONTAINS_LETTER),
        ("٠٩٠٥١٤٢٣٩٤", NumberFlaw.CONTAINS_LETTER),
        ("²⁰⁰⁹⁰⁵¹⁴²³⁹⁴", NumberFlaw.CONTAINS_LETTER),
        ("20090514\0239", NumberFlaw.CONTAINS_LETTER),
        ("20090514-T39O", NumberFlaw.CONTAINS_LETTER),
        ("2009O514--2394", NumberFlaw.CONTAINS_LETTER),
        ("1" * 10_000, NumberFlaw.WRONG_LENGTH),
        ("09051423940", NumberFlaw.WRONG_LENGTH),
        ("2009051423940", NumberFlaw.WRONG_LENGTH),
        ("170905142394", NumberFlaw.NO_SUCH_CENTURY),
        ("210905142394", NumberFlaw.NO_SUCH_CENTURY),
        ("21090514-2394", NumberFlaw.NO_SUCH_CENTURY),
        ("0905142-394-", NumberFlaw.WRONG_SIGN),
        ("2009-05-14-2394", NumberFlaw.WRONG_SIGN),
        ("20090514--2394", NumberFlaw.WRONG_SIGN),
        ("20090514-+2394", NumberFlaw.WRONG_SIGN),
        ("-200905142394", NumberFlaw.WRONG_SIGN),
        ("200905142394-", NumberFlaw.WRONG_SIGN),
        ("0905142394+", NumberFlaw.WRONG_SIGN),
        ("0905-142394", NumberFlaw.WRONG_SIGN),
        ("0905142-394", NumberFlaw.WRONG_SIGN),
        ("200905-142394", NumberFlaw.WRONG_SIGN),
        ("090514-23945", NumberFlaw.WRONG_SIGN),
        ("20090514-23945", NumberFlaw.WRONG_SIGN),
        ("2009-", NumberFlaw.WRONG_SIGN),
        ("20090514+2394", NumberFlaw.WRONG_SIGN),
        ("20261127T394", NumberFlaw.IN_THE_FUTURE),
        ("20271126-T394", NumberFlaw.IN_THE_FUTURE),
        ("090514-2395", NumberFlaw.WRONG_CONTROL_DIGIT),
        ("640883-3224", NumberFlaw.WRONG_CONTROL_DIGIT),
        ("091314-2394", NumberFlaw.NO_SUCH_MONTH),
    ],
)
def test_a_wrong_number_is_told_why(text: str, flaw: NumberFlaw) -> None:
    assert read_number(text, on=DAY) == Invalid(flaw)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("", 0),
        ("2", 1),
        ("090514-", 6),
        ("090514-239", 9),
        ("20090514-", 8),
        ("20090514-23", 10),
        ("20090514-239", 11),
        ("19260123+924", 11),
        ("090514239", 9),
        (" 09 05 ", 4),
    ],
)
def test_a_number_is_not_called_wrong_while_it_is_typed(text: str, digits: int) -> None:
    assert read_number(text, on=DAY) == Incomplete(digits)


@pytest.mark.parametrize("text", ["121212-1212", "0905142394", "1212121212"])
def test_the_century_is_asked_for_where_two_are_possible(text: str) -> None:
    reading = read_number(text, on=DAY)
    assert isinstance(reading, AskCentury)
    assert [number.digits[:2] for number in reading.choices] == ["20", "19"]


@pytest.mark.parametrize(
    ("text", "year", "is_asked"),
    [
        ("121212-1212", 2026, True),
        ("121212-1212", 2027, False),
        ("1212121212", 2032, True),
        ("1212121212", 2033, False),
    ],
)
def test_the_century_is_asked_for_up_to_fourteen_and_up_to_a_hundred_and_twenty(
    text: str, year: int, *, is_asked: bool
) -> None:
    reading = read_number(text, on=date(year, 12, 31))

    assert isinstance(reading, AskCentury) is is_asked


def test_a_sign_that_fits_no_century_is_asked_about_rather_than_believed() -> None:
    # 1981 with "+" is nobody yet; whoever wrote it meant something.
    reading = read_number("810322+2389", on=DAY)
    assert isinstance(reading, AskCentury)
    assert [number.digits for number in reading.choices] == ["198103222389"]


@pytest.mark.parametrize(
    ("text", "digits", "kind"),
    [
        ("200905142394", "200905142394", NumberKind.PERSONAL),
        ("20090514-2394", "200905142394", NumberKind.PERSONAL),
        ("090514-2394", "200905142394", NumberKind.PERSONAL),
        (" 2009 0514 - 2394 ", "200905142394", NumberKind.PERSONAL),
        ("198103222389", "198103222389", NumberKind.PERSONAL),
        ("180905142394", "180905142394", NumberKind.PERSONAL),
        ("18090514+2394", "180905142394", NumberKind.PERSONAL),
        ("18090514-2394", "180905142394", NumberKind.PERSONAL),
        ("191212121212", "191212121212", NumberKind.PERSONAL),
        ("121212+1212", "191212121212", NumberKind.PERSONAL),
        ("190905142394", "190905142394", NumberKind.PERSONAL),
        ("196408233234", "196408233234", NumberKind.PERSONAL),
        ("199801862393", "199801862393", NumberKind.COORDINATION),
        ("200600852388", "200600852388", NumberKind.COORDINATION),
        ("20090514-T394", "20090514T394", NumberKind.INTERIM),
        ("090514-t394", "20090514T394", NumberKind.INTERIM),
        ("20261126-T394", "20261126T394", NumberKind.INTERIM),
    ],
)
def test_a_right_number_is_read_however_it_is_written(
    text: str, digits: str, kind: NumberKind
) -> None:
    number = read(text)
    assert (number.digits, number.kind) == (digits, kind)


@pytest.mark.parametrize("dash", "\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_every_dash_counts_as_a_hyphen(dash: str) -> None:
    assert read(f"20090514{dash}2394").digits == "200905142394"
    assert read(f"090514 {dash} 2394").digits == "200905142394"


def test_the_twelve_interim_letters_are_read_and_no_others() -> None:
    numbers = {letter: f"20090514-{letter}394" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"}

    right = {
        letter
        for letter, number in numbers.items()
        if isinstance(read_number(number, on=DAY), Valid)
    }

    assert right == set("TRSUWXJKLMNP")


@pytest.mark.parametrize(
    ("text", "day", "is_read"),
    [
        ("260123+9243", date(2025, 12, 31), False),
        ("260123-9243", date(2025, 12, 31), True),
        ("260123+9243", date(2026, 1, 1), True),
        ("260123-9243", date(2026, 1, 1), False),
        ("19260123+9243", date(2025, 12, 31), False),
        ("19260123-9243", date(2025, 12, 31), True),
        ("19260123+9243", date(2026, 1, 1), True),
        ("19260123-9243", date(2026, 1, 1), True),
    ],
)
def test_a_plus_belongs_to_who_turns_a_hundred_that_year(
    text: str, day: date, *, is_read: bool
) -> None:
    assert isinstance(read_number(text, on=day), Valid) is is_read


@pytest.mark.parametrize("digits", [*PERSONAL, *COORDINATION])
def test_every_published_test_number_is_right(digits: str) -> None:
    number = read(digits)
    assert read(number.formatted) == number
    assert is_test_number(number, frozenset(PERSONAL) | frozenset(COORDINATION))


def test_the_pattern_of_a_test_number_is_no_proof() -> None:
    assert not is_test_number(read("20090514-2394"), frozenset())


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("200905142394", PartialDate(2009, 5, 14)),
        ("199801862393", PartialDate(1998, 1, 26)),
        ("200600852388", PartialDate(2006)),
        ("198106912382", PartialDate(1981, 6)),
    ],
)
def test_the_unknown_parts_of_a_birth_date_stay_unknown(text: str, born: PartialDate) -> None:
    assert read(text).birth_date == born


@given(st.sampled_from(PERSONAL), st.integers(2, 11), st.integers(1, 9))
def test_one_wrong_digit_never_gives_a_right_number(digits: str, at: int, by: int) -> None:
    wrong = str((int(digits[at]) + by) % 10)
    assert isinstance(read_number(digits[:at] + wrong + digits[at + 1 :], on=DAY), Invalid)


@given(st.text(max_size=60), st.dates())
def test_any_text_on_any_day_has_an_answer(text: str, day: date) -> None:
    reading = read_number(text, on=day)
    assert isinstance(reading, Incomplete | Valid | AskCentury | Invalid)


@given(st.text("0123456789-+ TO", max_size=14), st.dates())
def test_what_almost_is_a_number_has_an_answer_too(text: str, day: date) -> None:
    reading = read_number(text, on=day)
    assert isinstance(reading, Incomplete | Valid | AskCentury | Invalid)
