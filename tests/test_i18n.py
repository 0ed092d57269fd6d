"""The language of the program: texts, dates, numbers, order."""

import re
from datetime import UTC, date, datetime

import pytest

from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.paths import shipped

DAY = date(2026, 11, 26)


@pytest.mark.parametrize("code", ["", "xx", "../sv"])
def test_an_unknown_language_becomes_swedish(code: str) -> None:
    assert load_language(code).code == "sv"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_can_be_loaded(code: str) -> None:
    assert load_language(code).code == code


def test_swedish_speaks_swedish() -> None:
    assert load_language("sv").gettext("Welcome") == "Välkommen"


def test_english_needs_no_catalogue() -> None:
    assert load_language("en").gettext("Welcome") == "Welcome"


def test_a_coat_of_arms_is_nowhere_called_a_weapon() -> None:
    catalogue = shipped("resources") / "i18n" / "sv" / "LC_MESSAGES" / "trygga.po"

    said = catalogue.read_text(encoding="utf-8").casefold()

    assert "kommunvapnet" in said
    assert not re.findall(r"\bvap(?:en|net)\b.*", said)


@pytest.mark.parametrize(("count", "word"), [(0, "sekunder"), (1, "sekund"), (2, "sekunder")])
def test_plurals_follow_the_count(count: int, word: str) -> None:
    one, many = "You can try again in {count} second.", "You can try again in {count} seconds."

    text = load_language("sv").ngettext(one, many, count)

    assert text.split()[-1] == f"{word}."


@pytest.mark.parametrize(
    ("code", "long", "weekday"),
    [
        ("sv", "26 november 2026", "torsdag 26 november 2026"),
        ("en", "26 November 2026", "Thursday 26 November 2026"),
    ],
)
def test_dates_are_written_as_people_write_them(code: str, long: str, weekday: str) -> None:
    language = load_language(code)

    assert language.date_long(DAY) == long
    assert language.weekday_date(DAY) == weekday


@pytest.mark.parametrize(
    ("code", "days"),
    [
        ("sv", ["tor 26 nov", "mån 14 sep", "tis 5 maj", "lör 28 feb"]),
        ("en", ["Thu 26 Nov", "Mon 14 Sept", "Tue 5 May", "Sat 28 Feb"]),
    ],
)
def test_short_dates_have_no_full_stops(code: str, days: list[str]) -> None:
    language = load_language(code)
    dates = [DAY, date(2026, 9, 14), date(2026, 5, 5), date(2026, 2, 28)]

    assert [language.date_short(one) for one in dates] == days


@pytest.mark.parametrize(("code", "days"), [("sv", "26 nov 2025"), ("en", "26 Nov 2025")])
def test_a_day_of_another_year_says_which_where_a_list_goes_back_for_years(
    code: str, days: str
) -> None:
    language = load_language(code)

    assert language.date_near(DAY.replace(year=2025), DAY) == days
    assert language.date_near(DAY, DAY) == language.date_short(DAY)


def test_a_short_moment_is_that_of_stockholm() -> None:
    language = load_language("sv")

    assert language.date_time(datetime(2026, 11, 26, 14, 0, tzinfo=UTC)) == "tor 26 nov 15:00"
    assert language.date_time(datetime(2026, 11, 26, 23, 30, tzinfo=UTC)) == "fre 27 nov 00:30"


def test_times_are_those_of_stockholm() -> None:
    language = load_language("sv")

    assert language.time(datetime(2026, 11, 26, 6, 51, tzinfo=UTC)) == "07:51"
    assert language.time(datetime(2026, 7, 1, 6, 51, tzinfo=UTC)) == "08:51"


def test_thousands_stand_apart() -> None:
    assert load_language("sv").number(10_000) == "10\u00a0000"


def test_lists_end_in_and() -> None:
    assert load_language("sv").list_words(["skola", "polis", "fritid"]) == "skola, polis och fritid"
    assert load_language("en").list_words(["school", "police"]) == "school and police"


def test_swedish_letters_follow_z() -> None:
    names = ["Ögren", "Vik", "Åberg", "Zeb", "Ärlig", "Wall", "adam", "Bo"]

    ordered = sorted(names, key=load_language("sv").sort_key)

    assert ordered == ["adam", "Bo", "Vik", "Wall", "Zeb", "Åberg", "Ärlig", "Ögren"]


def test_letters_in_two_parts_sort_like_those_in_one() -> None:
    language = load_language("sv")

    assert language.sort_key("A\u030aberg")[0] == language.sort_key("Åberg")[0]


def test_accents_of_other_languages_are_not_letters_of_their_own() -> None:
    names = ["Müller", "Myller", "Idén", "Iden", "Linnéa"]

    ordered = sorted(names, key=load_language("sv").sort_key)

    assert ordered == ["Iden", "Idén", "Linnéa", "Myller", "Müller"]


def test_numbers_in_texts_count_as_numbers() -> None:
    cases = ["DEMO-10", "DEMO-9", "demo-1"]

    assert sorted(cases, key=load_language("sv").sort_key) == ["demo-1", "DEMO-9", "DEMO-10"]


def test_digits_of_other_scripts_break_nothing() -> None:
    cases = ["fall ²", "fall ٣", "fall 1", ""]

    assert len(sorted(cases, key=load_language("sv").sort_key)) == len(cases)
