"""A last day is typed with an hour behind it where a case goes by hours."""

from datetime import date, time

import pytest

from trygga_desktop.i18n import load_language
from trygga_desktop.ui.due_words import due_short
from trygga_desktop.ui.screens.meeting.days import UnreadableError, read_due
from trygga_desktop.ui.text_form import DayFlaw, read_until

TODAY = date(2026, 11, 26)
DAY = date(2026, 12, 4)


@pytest.mark.parametrize("text", ["4/12 25:00", "4/12 14:60", "14:30", "kl 14:30", "1/2/3 14:30"])
def test_what_is_no_day_or_no_hour_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_due(text, TODAY)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", (None, None)),
        ("4/12", (DAY, None)),
        ("4/12 14:30", (DAY, time(14, 30))),
        (" 2026-12-04  kl. 9.05 ", (DAY, time(9, 5))),
        ("4.12 kl 14:30", (DAY, time(14, 30))),
    ],
)
def test_a_day_is_read_with_its_hour_or_without(
    text: str, read: tuple[date | None, time | None]
) -> None:
    assert read_due(text, TODAY) == read


@pytest.mark.parametrize(
    "text", ["2026-12-04 25:00", "2026-12-04 14", "14:30", "4/12 14:30", "2026-02-30 14:30"]
)
def test_at_the_desk_no_day_or_no_hour_is_taken_for_one_either(text: str) -> None:
    assert isinstance(read_until(text), DayFlaw)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-12-04", (DAY, None)),
        ("2026-12-04 14:30", (DAY, time(14, 30))),
        (" 2026-12-04  kl. 9.05 ", (DAY, time(9, 5))),
    ],
)
def test_at_the_desk_a_day_is_read_with_its_hour_or_without(
    text: str, read: tuple[date, time | None]
) -> None:
    assert read_until(text) == read


def test_an_hour_stands_behind_its_day() -> None:
    swedish = load_language("sv")
    assert due_short(DAY, time(14, 30), swedish) == "fre 4 dec 14:30"
    assert due_short(DAY, None, swedish) == "fre 4 dec"
