"""The use case that changes a meeting that is booked: when, where, who comes, in what order."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trygga_desktop.domain.agenda import keeps_ends
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import AgendaItem, Meeting, MeetingState, Participant, moved
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import (
    Invitation,
    check_minutes,
    check_places,
    check_text,
    find_meeting,
    participants_of,
)
from trygga_desktop.services.parties import people_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBooking:
    """A booked meeting as it is to be from now on; `starts_at` is aware.

    `invited` are all who are to come: whoever was invited and is not among them is not any more.
    `order` are the codes of all the items that came from the template in another order; empty
    leaves them as they are.
    """

    meeting_id: UUID
    starts_at: datetime
    minutes: int
    invited: tuple[Invitation, ...]
    place: str = ""
    order: tuple[str, ...] = ()


@use_case(Permission.WORK_IN_CASE)
def change_booking(command: ChangeBooking, *, vault: OpenVault) -> Done[None]:
    """Store when and where a meeting is to be and who comes; what was prepared for it stays.

    Whoever was invited before keeps their place, with the word they sent; at another time it is the
    word about the time before, and they are expected until they are asked anew. What somebody wrote
    on the agenda keeps its place between the template's items.

    Raise InvalidInputError with the field and its flaw for whatever cannot be booked either, and
    for a meeting that has begun, was held or was called off.
    """
    check_text("place", command.place)
    check_minutes(command.minutes)
    if command.starts_at.tzinfo is None:
        raise InvalidInputError(field="starts_at", flaw="zone")
    if not command.invited:
        raise InvalidInputError(field="invited", flaw="missing")
    if any(one.beside is not None for one in command.invited):
        raise InvalidInputError(field="beside", flaw="unknown")
    with vault.work() as work:
        meeting, version = find_meeting(work, command.meeting_id)
        if meeting.state is not MeetingState.PLANNED:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        check_places(standing, command.invited, meeting)
        people = {one.party.id: one for one in people_of(vault, standing)}
        coming = _those_who_come(meeting, participants_of(command.invited, people, meeting.agenda))
        changed = replace(
            meeting,
            starts_at=command.starts_at,
            minutes=command.minutes,
            place=command.place.strip(),
            agenda=_in_order(meeting, command.order, standing),
            participants=tuple(
                moved(one, before=meeting.starts_at, after=command.starts_at, at=work.at)
                for one in coming
            ),
        )
        work.meetings.replace(meeting.case_id, changed, row_version=version)
        work.commit(Action.MEETING_CHANGED, meeting.id)
    return Done(None, Changes(meetings=True))


def _in_order(meeting: Meeting, order: Sequence[str], standing: Standing) -> tuple[AgendaItem, ...]:
    """Return the agenda where what somebody wrote stays at its place among the items."""
    if not order:
        return meeting.agenda
    coded = {one.code: one for one in meeting.agenda if one.code}
    known = [one for one in standing.catalogue.templates if one.code == meeting.template]
    first = max((one.first_items for one in known), default=0)
    last = max((one.last_items for one in known), default=0)
    if not keeps_ends([*coded], order, first=first, last=last):
        raise InvalidInputError(field="agenda", flaw="order")
    following = iter(order)
    return tuple(coded[next(following)] if one.code else one for one in meeting.agenda)


def _those_who_come(meeting: Meeting, asked: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return who comes: first whoever was invited before, as they were, and then who is new."""
    # Two guests may have one name, and each keeps one place.
    wanted = defaultdict[object, deque[Participant]](deque)
    for one in asked:
        wanted[_who(one)].append(one)
    staying = tuple(
        replace(before, functions=one.functions, title=one.title, called_to=one.called_to)
        for before in meeting.participants
        if wanted[_who(before)]
        for one in (wanted[_who(before)].popleft(),)
    )
    return (*staying, *(one for places in wanted.values() for one in places))


def _who(one: Participant) -> object:
    """Return what somebody is known by: a place in the case, or a guest's name and capacity."""
    return one.party_id or (one.name, one.functions)
