"""Meetings and last days as entries for somebody's own calendar. They name nobody: it is shared.

The form is that of RFC 5545.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from trygga_desktop.documents.pdf.text import label
from trygga_desktop.i18n import STOCKHOLM

_MAKER = "-//Trygga//Trygga//EN"
_AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Everything that an entry says; there is no field for anybody, nor for what it is about.

    `meeting_id` is random, and lets a calendar put a later entry in place of an earlier one. The
    times are aware. `place` is empty where it is not written.
    """

    meeting_id: UUID
    made_at: datetime
    begins_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""


def write(appointment: Appointment) -> bytes:
    """Return the entry as a file in UTF-8, marked private. The same values give the same bytes.

    The times are in UTC, so that no calendar has to know when clocks change in Sweden.
    """
    # Imported here: few papers are saved for a calendar, and no other waits for this.
    from icalendar import CLASS, Calendar, Event  # noqa: PLC0415

    event = Event.new(
        uid=appointment.meeting_id,
        stamp=appointment.made_at.astimezone(UTC),
        start=appointment.begins_at.astimezone(UTC),
        end=appointment.ends_at.astimezone(UTC),
        summary=label(appointment.summary),
        # As it is printed: calendars do not all bear control characters.
        location=label(appointment.place) or None,
        classification=CLASS.PRIVATE,
    )
    calendar = Calendar.new(prodid=_MAKER, uid=appointment.meeting_id, subcomponents=[event])
    content: bytes = calendar.to_ical()
    return content


@dataclass(frozen=True, slots=True, kw_only=True)
class DueEntry:
    """That something is due on a day, at an hour where it has one; there is no field for what.

    `id` is random, and lets a calendar put a later entry in place of an earlier one.
    """

    id: UUID
    on: date
    summary: str
    hour: time | None = None


def write_due(entries: Sequence[DueEntry], *, made_at: datetime, file_id: UUID) -> bytes:
    """Return the entries as one file, marked private and as taking up no time.

    What has an hour ends at it. The same values give the same bytes.
    """
    # Imported here, as above.
    from icalendar import CLASS, Calendar, Event  # noqa: PLC0415

    events = []
    for one in entries:
        end: date = one.on
        start: date = one.on
        if one.hour is not None:
            end = datetime.combine(one.on, one.hour, STOCKHOLM).astimezone(UTC)
            start = end - _AN_HOUR
        elif one.on < date.max:
            end = one.on + timedelta(days=1)
        event = Event.new(
            uid=one.id,
            stamp=made_at.astimezone(UTC),
            start=start,
            end=end,
            summary=label(one.summary),
            classification=CLASS.PRIVATE,
        )
        event.add("transp", "TRANSPARENT")
        events.append(event)
    calendar = Calendar.new(prodid=_MAKER, uid=file_id, subcomponents=events)
    content: bytes = calendar.to_ical()
    return content
