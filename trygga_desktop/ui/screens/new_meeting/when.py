"""Day and time as they are typed, and what moment they are in Stockholm. No widgets."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from trygga_desktop.i18n import STOCKHOLM

MOST_MINUTES = 24 * 60
_DAY = re.compile(r"([0-9]{4})-?([0-9]{1,2})-?([0-9]{1,2})")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
_MINUTES = re.compile(r"[0-9]{1,4}")


class ClockKind(StrEnum):
    """How often a time of day comes on a day: clocks go forward in spring, back in autumn."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day on a day. `at` is aware; the first of two, and the next where there is none."""

    at: datetime
    kind: ClockKind


def read_day(text: str) -> date | None:
    """Return the day that is typed as 2026-11-26 or 20261126, or None."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """Return the time that is typed as 15:00, 15.00, 1500 or 15, or None."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def read_minutes(text: str) -> int | None:
    """Return how long, in minutes, or None."""
    if _MINUTES.fullmatch(text.strip()) is None:
        return None
    minutes = int(text)
    return minutes if 0 < minutes <= MOST_MINUTES else None


def moment_of(day: date, at: time) -> Moment:
    """Return what moment it is when clocks in Stockholm show that time on that day."""
    local = datetime.combine(day, at, tzinfo=STOCKHOLM)
    again = local.astimezone(UTC).astimezone(STOCKHOLM)
    if again.replace(tzinfo=None) != local.replace(tzinfo=None):
        return Moment(again, ClockKind.NEVER)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        return Moment(local, ClockKind.TWICE)
    return Moment(local, ClockKind.ONCE)


def day_text(day: date) -> str:
    """Return a day as it is written into a field."""
    return day.isoformat()


def time_text(at: time) -> str:
    """Return a time as it is written into a field."""
    return f"{at:%H:%M}"


def step_day(text: str, days: int, *, today: date) -> str:
    """Return the day so many days on, as written into a field; from today where there is none."""
    day = read_day(text)
    if day is None:
        return day_text(today)
    try:
        return day_text(day + timedelta(days=days))
    except OverflowError:
        return text


def step_time(text: str, minutes: int) -> str:
    """Return the time so many minutes on, within the day; noon where there is none."""
    at = read_time(text)
    if at is None:
        return time_text(time(12, 0))
    total = (at.hour * 60 + at.minute + minutes) % MOST_MINUTES
    return time_text(time(total // 60, total % 60))


def step_minutes(text: str, minutes: int) -> str:
    """Return the length so many minutes longer."""
    length = read_minutes(text)
    if length is None:
        return "60"
    return str(min(MOST_MINUTES, max(abs(minutes), length + minutes)))
