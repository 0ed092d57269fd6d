"""What of earlier meetings a meeting begins with: what is still to be done, and what became of it.

What is open comes up at every meeting. What has ended is told once more, at the first meeting after
it was told, so that nobody who was promised something is left without hearing how it went.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.follow_up import days_old, times_carried
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.storage.work import UnitOfWork


def carried_into(
    work: UnitOfWork,
    meeting: Meeting,
    items: Iterable[Item],
    commitments: Mapping[UUID, Commitment],
) -> list[Item]:
    """Return the promises of earlier meetings, and of packets, that this one begins with.

    They are those that were still to be done on its day, and those that ended since the meeting
    before. One that has not begun comes after all that have, on the day it is planned for or today.
    """
    begins = meeting.began_at or max(meeting.starts_at, work.at)
    day = _day(begins)
    known = [one for one, _ in work.meetings.of_case(meeting.case_id) if one.id != meeting.id]
    earlier = {one.id: one for one in known if one.begins < begins}
    held = [one for one in earlier.values() if one.began_at is not None]
    before = max(held, key=lambda one: one.begins, default=None)
    found = []
    for one in items:
        promised = commitments.get(one.id)
        if promised is None:
            continue
        made_at = _made_at(one, promised, earlier)
        # What is written up later was not on the table of a meeting that was over.
        if made_at is None or made_at > begins or one.known_on > day:
            continue
        heard_on = _heard_on(one, made_at, before)
        if promised.was_open_on(day) or promised.has_ended_since(heard_on):
            found.append(one)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How many days ago a promise was made, and at how many meetings after that it came up."""

    days: int
    times: int


def ages_at(
    work: UnitOfWork,
    meeting: Meeting,
    items: Iterable[Item],
    commitments: Mapping[UUID, Commitment],
    day: date,
) -> dict[UUID, Age]:
    """Return how old promises are on a day, and how often they came up before this meeting."""
    known = [one for one, _ in work.meetings.of_case(meeting.case_id) if one.id != meeting.id]
    met_on = [
        _day(one.begins)
        for one in known
        if one.began_at is not None and one.begins < meeting.begins
    ]
    return {
        one.id: Age(
            days=days_old(one.known_on, day),
            times=times_carried(commitments[one.id], one.known_on, met_on),
        )
        for one in items
    }


def _made_at(item: Item, promised: Commitment, earlier: Mapping[UUID, Meeting]) -> datetime | None:
    """Return when something was promised, or came with a packet; None is at no earlier meeting."""
    if item.noted is not None:
        meeting = earlier.get(item.noted.meeting_id)
        return None if meeting is None else meeting.begins
    return promised.came_at or datetime.combine(item.known_on, time.min, STOCKHOLM)


def _heard_on(item: Item, made_at: datetime, before: Meeting | None) -> date | None:
    """Return the day of the meeting before, where what had become of it could be told there.

    At the meeting that it was made at it is told as a promise, not as a result.
    """
    if before is None or made_at >= before.begins:
        return None
    day = _day(before.begins)
    return day if item.known_on <= day else None


def _day(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()
