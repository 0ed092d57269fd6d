"""A meeting as an entry for somebody's own calendar. It names nobody, as such calendars are shared.

The form is that of RFC 5545.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from trygga_desktop.documents.pdf.text import label

_MAKER = "-//Trygga//Trygga//EN"


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
