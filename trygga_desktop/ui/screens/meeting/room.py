"""What a meeting shows right now: asked of what the door let through, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import IN_THE_ROOM, AgendaState, Presence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from trygga_desktop.services.plan_proposals import ShownProposal
    from trygga_desktop.services.rooms import (
        Choice,
        MeetingRoom,
        Seat,
        ShownAgendaItem,
        ShownEntry,
    )

SINCE_LAST = "since_last"
"""The code of the item under which earlier commitments are gone through."""

_LONGEST_CALL = 24


def current_item(room: MeetingRoom) -> ShownAgendaItem | None:
    """Return the item that the meeting has come to."""
    return next((one for one in room.agenda if one.state is AgendaState.NOW), None)


def place_of(room: MeetingRoom, item: ShownAgendaItem) -> int:
    """Return which item of the agenda this is, the first being 1."""
    return 1 + next(place for place, one in enumerate(room.agenda) if one.id == item.id)


def beside(room: MeetingRoom, step: int) -> ShownAgendaItem | None:
    """Return the item so many steps from the one that the meeting has come to."""
    item = current_item(room)
    if item is None:
        return None
    place = place_of(room, item) - 1 + step
    return room.agenda[place] if 0 <= place < len(room.agenda) else None


def is_voice(item: ShownAgendaItem) -> bool:
    """Tell whether the young person is heard under this item."""
    return item.category == VOICE and not item.is_private


def shows_carried(room: MeetingRoom, item: ShownAgendaItem) -> bool:
    """Tell whether earlier commitments stand beside what is noted under this item."""
    if is_voice(item):
        return False
    return bool(room.carried) or item.code == SINCE_LAST


def newest_own_words(room: MeetingRoom) -> ShownEntry | None:
    """Return what the young person said last."""
    found = [
        entry
        for item in room.agenda
        for entry in item.entries
        if entry.item.category == VOICE and entry.item.said_by == room.subject_id
    ]
    order = {one: place for place, one in enumerate(room.in_order)}
    found.sort(key=lambda one: order.get(one.item.id, -1))
    return found[-1] if found else None


def decisions_of(item: ShownAgendaItem | None) -> list[ShownEntry]:
    """Return the decisions under an item, the newest first."""
    entries = () if item is None else item.entries
    return [one for one in reversed(entries) if one.item.kind is ItemKind.DECISION]


def proposals_in(room: MeetingRoom) -> tuple[ShownProposal, ...]:
    """Return what was prepared at the desk and waits to be agreed on."""
    return tuple(one for item in room.agenda for one in item.proposals)


def proposal_of(room: MeetingRoom, line_id: UUID | None) -> ShownProposal | None:
    """Return what waits to be agreed on by the id of its line."""
    return next((one for one in proposals_in(room) if one.id == line_id), None)


def seat_of(proposal: ShownProposal, seats: Iterable[Seat]) -> Seat | None:
    """Return the seat of whoever is to do it, if only one at the table is called so."""
    found = [
        one
        for one in seats
        if one.name == proposal.responsible and one.organisation_id == proposal.organisation_id
    ]
    return found[0] if len(found) == 1 else None


def is_here(seat: Seat) -> bool:
    """Tell whether somebody hears and sees what the room does."""
    return seat.presence in IN_THE_ROOM


def must_still_confirm(seat: Seat) -> bool:
    """Tell whether somebody has yet to confirm the duty of confidentiality."""
    return seat.must_confirm and not seat.has_confirmed


def unconfirmed(room: MeetingRoom) -> list[Seat]:
    """Return who is in the room and has not confirmed."""
    return [one for one in room.seats if is_here(one) and must_still_confirm(one)]


def still_expected(room: MeetingRoom) -> list[Seat]:
    """Return who was invited and of whom nothing is known yet."""
    return [one for one in room.seats if one.presence is Presence.EXPECTED]


def speakers_at(room: MeetingRoom) -> tuple[Choice, ...]:
    """Return the young person, and those of the family who have a seat."""
    at_table = {one.party_id for one in room.seats}
    return tuple(
        one
        for one in room.speakers
        if one.id in at_table or (one.id == room.subject_id and room.subject_name)
    )


def first_name(name: str) -> str:
    """Return what somebody is called at the table; empty where that cannot be told."""
    first = name.split(maxsplit=1)[0] if name.strip() else ""
    return first if len(first) <= _LONGEST_CALL else ""


def emptied(room: MeetingRoom) -> MeetingRoom:
    """Return the meeting without all that depends on who is in the room.

    It stands there from the moment that somebody comes until everything has been decided anew.
    """
    agenda = tuple(
        replace(
            one,
            entries=(),
            proposals=(),
            title=one.title if one.code else "",
            is_private=not one.code,
            origin_id=None,
        )
        for one in room.agenda
    )
    return replace(
        room,
        agenda=agenda,
        carried=(),
        goals=(),
        is_rated=False,
        subject_name="",
        in_order=(),
    )


def told_in(room: MeetingRoom) -> frozenset[tuple[object, ...]]:
    """Return all that a meeting tells which depends on who is there: words, and whose they are."""
    entries = [*room.carried, *(entry for item in room.agenda for entry in item.entries)]
    entries += [dissent for one in entries for dissent in one.dissents]
    told: list[tuple[object, ...]] = [(room.subject_name,)] if room.subject_name else []
    told += [(one.id, one.title) for one in room.agenda if one.title]
    told += [(one.item.id, one.item.text, one.who) for one in entries]
    told += [
        (one.item.id, one.commitment.responsible, one.commitment.organisation)
        for one in entries
        if one.commitment is not None
    ]
    told += [(one.item.id, one.item.text, one.responsible) for one in proposals_in(room)]
    told += [(one.id, one.text) for one in room.goals]
    told += [("rated",)] if room.is_rated else []
    return frozenset(told)
