"""Days and times as they are typed: 2026-12-04 or 4/12, and 15:00 or 15."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from trygga_desktop.domain.meeting import NextMeeting
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.text_form import split_hour
from trygga_desktop.ui.typed import Typed

_WHOLE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)


class UnreadableError(ValueError):
    """What was typed is no day or no time, or a day that has passed."""


@dataclass(slots=True)
class NextForm:
    """When to meet again, as it is typed."""

    day: str = ""
    time: str = ""
    place: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        return not (self.day.strip() or self.time.strip() or self.place.strip())

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        return Typed(texts={"day": self.day, "time": self.time, "place": self.place})

    def take(self, typed: Typed) -> None:
        """Take what a draft holds."""
        self.day, self.time = typed.texts.get("day", ""), typed.texts.get("time", "")
        self.place = typed.texts.get("place", "")


def read_day(text: str, today: date) -> date | None:
    """Return the day that was typed, or None where nothing was.

    A day without a year is the next such day. Raise UnreadableError for anything else.
    """
    typed = text.strip()
    if not typed:
        return None
    try:
        if whole := _WHOLE.fullmatch(typed):
            found = date(int(whole[1]), int(whole[2]), int(whole[3]))
        elif short := _SHORT.fullmatch(typed):
            found = _next(int(short[1]), int(short[2]), today)
        else:
            raise UnreadableError
    except ValueError:
        raise UnreadableError from None
    if found < today:
        raise UnreadableError
    return found


def read_due(text: str, today: date) -> tuple[date | None, time | None]:
    """Return the last day that was typed and its hour, each None where it was not.

    Raise UnreadableError for what is neither, and for an hour without its day.
    """
    try:
        told, hour = split_hour(text)
    except ValueError:
        raise UnreadableError from None
    return read_day(told, today), hour


def read_next(form: NextForm, today: date) -> NextMeeting | None:
    """Return when those present meet again, or None where nothing was typed.

    Raise UnreadableError if there is a place or a time without a day, or a day without a time.
    """
    if form.is_empty:
        return None
    day = read_day(form.day, today)
    typed = _TIME.fullmatch(form.time.strip())
    if day is None or typed is None:
        raise UnreadableError
    try:
        clock = time(int(typed[1]), int(typed[2] or 0))
    except ValueError:
        raise UnreadableError from None
    starts_at = datetime.combine(day, clock, tzinfo=STOCKHOLM)
    return NextMeeting(starts_at=starts_at.astimezone(UTC), place=form.place.strip())


def _next(day: int, month: int, today: date) -> date:
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise UnreadableError
