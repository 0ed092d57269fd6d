"""A birth date may be known in part; ages and birthdays follow from what is known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.dates import PartialDate, months_after

DAY = date(2026, 11, 26)
BORN = st.dates(date(1900, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    "parts",
    [(2009, 13, 1), (2009, 2, 30), (2009, 0, 1), (2009, 4, 31), (1799, 1, 1), (2009, None, 5)],
)
def test_a_date_that_does_not_exist_is_refused(parts: tuple[int, int | None, int]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(*parts)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        (PartialDate(2027, 1, 1), None),
        (PartialDate(2026), None),
        (PartialDate(2008), None),
        (PartialDate(2008, 11), None),
        (PartialDate(2008, 12), 17),
        (PartialDate(2008, 10), 18),
        (PartialDate(2009, 5, 14), 17),
        (PartialDate(2008, 11, 26), 18),
        (PartialDate(2008, 11, 27), 17),
        (PartialDate(2008, 2, 29), 18),
    ],
)
def test_an_age_is_told_only_where_it_is_certain(born: PartialDate, age: int | None) -> None:
    assert born.age_on(DAY) == age


def test_a_birthday_is_told_only_where_it_is_known() -> None:
    assert PartialDate(2009, 5).turns(18) is None
    assert PartialDate(2009, 5, 14).turns(18) == date(2027, 5, 14)


# Not verified: the act (1930:173) 1 § points to 28 February; see `PartialDate.turns`.
def test_who_is_born_on_leap_day_turns_eighteen_on_the_first_of_march() -> None:
    born = PartialDate(2008, 2, 29)
    assert born.turns(18) == date(2026, 3, 1)
    assert born.turns(20) == date(2028, 2, 29)
    assert born.age_on(date(2026, 2, 28)) == 17
    assert born.age_on(date(2026, 3, 1)) == 18


@given(BORN, st.dates(date(2026, 1, 1), date(2090, 1, 1)), st.integers(0, 400))
def test_nobody_grows_younger(born: date, day: date, later: int) -> None:
    known = PartialDate(born.year, born.month, born.day)
    then = date.fromordinal(day.toordinal() + later)
    first, second = known.age_on(day), known.age_on(then)
    assert first is not None
    assert second is not None
    assert first <= second


@given(BORN, st.integers(1, 110))
def test_an_age_is_reached_on_its_birthday_and_not_a_day_before(born: date, age: int) -> None:
    known = PartialDate(born.year, born.month, born.day)
    birthday = known.turns(age)
    assert birthday is not None
    assert known.age_on(birthday) == age
    assert known.age_on(date.fromordinal(birthday.toordinal() - 1)) == age - 1


def test_the_known_parts_are_written_as_dates_are() -> None:
    assert [str(PartialDate(*parts)) for parts in [(2009,), (2009, 5), (2009, 5, 4)]] == [
        "2009",
        "2009-05",
        "2009-05-04",
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 4, 28), 6, date(2026, 10, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 26), 0, date(2026, 11, 26)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date.max, 0, date.max),
        (date.max, 1, date.max),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 12, 1), 1, date.max),
        (date(9999, 1, 1), 10**9, date.max),
        (date.min, 0, date.min),
        (date(1, 1, 31), -1, date.min),
        (date(2026, 1, 1), -(10**9), date.min),
    ],
)
def test_a_period_of_months_ends_on_the_same_day_or_the_months_last(
    day: date, months: int, later: date
) -> None:
    assert months_after(day, months) == later


@given(st.dates(), st.dates(), st.integers(-200, 200), st.integers(0, 200))
def test_more_months_and_a_later_day_never_end_earlier(
    day: date, other: date, months: int, more: int
) -> None:
    first, second = sorted([day, other])

    assert months_after(first, months) <= months_after(second, months)
    assert months_after(day, months) <= months_after(day, months + more)


@given(st.dates(date(1800, 1, 1)), st.integers(0, 9000), st.dates())
def test_an_age_beyond_the_calendar_is_reached_on_no_day(born: date, age: int, day: date) -> None:
    known = PartialDate(born.year, born.month, born.day)

    assert (known.turns(age) is None) is (born.year + age > 9999)
    assert (known.age_on(day) is None) is (day < born)
