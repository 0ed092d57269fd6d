"""An entry for a calendar, read back: when and where, and nothing of anybody."""

import subprocess
import sys
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from icalendar import Calendar, Event

from tests.documents.papers import HOSTILE
from trygga_desktop.documents.calendar import Appointment, write
from trygga_desktop.documents.pdf.text import label
from trygga_desktop.i18n import STOCKHOLM

MEETING = UUID("6f1c2a52-9d0b-4f5e-8a3c-51d7c3a9be10")
MADE = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
STARTS = datetime(2026, 11, 26, 15, 0, tzinfo=STOCKHOLM)
ENTRY = Appointment(
    meeting_id=MEETING,
    made_at=MADE,
    begins_at=STARTS,
    ends_at=STARTS + timedelta(minutes=55),
    summary="Kallelse till samverkansmöte",
    place="Rum Björken",
)


def read(appointment: Appointment) -> Event:
    """Return the one entry of the file."""
    (event,) = Calendar.from_ical(write(appointment)).events
    return event


def test_an_entry_has_no_field_for_anybody_nor_for_what_it_is_about() -> None:
    assert {one.name for one in fields(Appointment)} == {
        *("meeting_id", "made_at", "begins_at", "ends_at", "summary", "place"),
    }


def test_nobody_is_asked_to_answer_and_nothing_else_is_written() -> None:
    calendar = Calendar.from_ical(write(ENTRY))

    assert set(calendar) == {"VERSION", "PRODID", "UID"}
    assert [one.name for one in calendar.subcomponents] == ["VEVENT"]
    assert set(read(ENTRY)) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "CLASS"),
    }


def test_a_place_that_is_not_written_has_no_line() -> None:
    assert b"LOCATION" not in write(replace(ENTRY, place=""))
    assert b"LOCATION" not in write(replace(ENTRY, place=" \n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_the_text_of_its_line(text: str) -> None:
    event = read(replace(ENTRY, place=text))

    assert set(event) - {"LOCATION"} == set(read(replace(ENTRY, place="")))
    assert event.get("LOCATION", "") == label(text)


def test_a_place_cannot_bring_lines_of_its_own() -> None:
    event = read(replace(ENTRY, place="Rum\r\nATTENDEE:mailto:a@example.com\nEND:VEVENT"))

    assert "ATTENDEE" not in event
    assert event["LOCATION"] == "Rum ATTENDEE:mailto:a@example.com END:VEVENT"


def test_an_entry_says_when_and_where_and_is_private() -> None:
    event = read(ENTRY)

    assert (event.start, event.end) == (ENTRY.begins_at, ENTRY.ends_at)
    assert event.stamp == MADE
    assert event.uid == str(MEETING)
    assert (event["SUMMARY"], event["LOCATION"]) == (ENTRY.summary, ENTRY.place)
    assert event["CLASS"] == "PRIVATE"


@pytest.mark.parametrize(
    ("begins", "written"),
    [
        (datetime(2026, 3, 29, 1, 30, tzinfo=STOCKHOLM), b"DTSTART:20260329T003000Z"),
        (datetime(2026, 3, 29, 15, 0, tzinfo=STOCKHOLM), b"DTSTART:20260329T130000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM), b"DTSTART:20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=STOCKHOLM), b"DTSTART:20261025T013000Z"),
        (datetime(2026, 10, 25, 15, 0, tzinfo=STOCKHOLM), b"DTSTART:20261025T140000Z"),
    ],
)
def test_the_hour_is_right_on_days_when_clocks_change(begins: datetime, written: bytes) -> None:
    ends = begins.astimezone(UTC) + timedelta(minutes=55)

    content = write(replace(ENTRY, begins_at=begins, ends_at=ends))

    assert written in content.splitlines()
    (event,) = Calendar.from_ical(content).events
    assert event.end - event.start == timedelta(minutes=55)


def test_the_same_values_give_the_same_bytes() -> None:
    assert write(ENTRY) == write(replace(ENTRY))


def test_the_library_is_read_only_when_an_entry_is_written() -> None:
    code = "import sys, trygga_desktop.services.papers; sys.exit('icalendar' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603  our own module

    assert ended.returncode == 0
