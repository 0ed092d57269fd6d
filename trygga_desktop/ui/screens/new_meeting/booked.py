"""A meeting that is booked, as the form holds it while it is being changed. No widgets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.agenda import Template
from trygga_desktop.domain.meeting import Function, Meeting, MeetingState, Participant, moved
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.screens.new_meeting.form import (
    GUESTS,
    ROLES,
    Guest,
    MeetingField,
    MeetingForm,
)
from trygga_desktop.ui.screens.new_meeting.people import GUARDED, Invitee
from trygga_desktop.ui.screens.new_meeting.when import day_text, time_text

if TYPE_CHECKING:
    from trygga_desktop.services.rebooking import ChangeBooking


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """Which booked meeting is being changed, and what stores the change."""

    meeting_id: UUID
    change_booking: Callable[[ChangeBooking], Done[None]]


def find_booked(meetings: Iterable[Meeting], meeting_id: UUID) -> Meeting | None:
    """Return the meeting while it is booked, or None once it has begun or was called off."""
    return next(
        (one for one in meetings if one.id == meeting_id and one.state is MeetingState.PLANNED),
        None,
    )


def as_booked(template: Template, meeting: Meeting) -> Template | None:
    """Return a template with what the meeting has of it, as long as it is there; None for nothing.

    What came with a packet need not have all of it, and at the table an item can be given longer.
    """
    minutes = {one.code: one.minutes for one in meeting.agenda if one.code}
    items = tuple(
        replace(one, minutes=minutes[one.code]) for one in template.items if one.code in minutes
    )
    return replace(template, items=items) if items else None


def form_of(meeting: Meeting, invitees: Iterable[Invitee], *, is_protected: bool) -> MeetingForm:
    """Return the form as the meeting is booked. The place of somebody protected is not written.

    Whoever comes because of a decision on another ground was decided about when it was booked.
    """
    begins = meeting.starts_at.astimezone(STOCKHOLM)
    there = {one.shown.party.id: one for one in invitees}
    # Whoever has no place on that day has it again if the meeting comes before they left.
    invited = {one.party_id: one for one in meeting.participants if one.party_id is not None}
    of_the_case = {party_id: one for party_id, one in invited.items() if party_id in there}
    codes = {one.id: one.code for one in meeting.agenda if one.code}
    return MeetingForm(
        template=meeting.template,
        texts={
            MeetingField.DAY: day_text(begins.date()),
            MeetingField.TIME: time_text(begins.time()),
            MeetingField.MINUTES: str(meeting.minutes),
            MeetingField.PLACE: "" if is_protected else meeting.place,
        },
        roles={
            function: party_id
            for function in ROLES
            for party_id, one in of_the_case.items()
            if function in one.functions
        },
        present=frozenset(invited),
        guests=tuple(
            Guest(function, one.name, _part_of(one, codes))
            for one in meeting.participants
            if one.party_id is None
            for function in GUESTS
            if function in one.functions
        ),
        parts={
            party_id: part
            for party_id, one in invited.items()
            if (part := _part_of(one, codes)) is not None
        },
        decided=frozenset(
            party_id
            for party_id in of_the_case
            if there[party_id].is_decided and there[party_id].doubt in GUARDED
        ),
        order=tuple(codes.values()),
    )


def _part_of(one: Participant, codes: Mapping[UUID, str]) -> frozenset[str] | None:
    """Return to which items somebody is called, by their codes; None is the whole meeting."""
    if one.called_to is None:
        return None
    return frozenset(codes[item] for item in one.called_to if item in codes)


def without_a_place(meeting: Meeting, invitees: Iterable[Invitee]) -> tuple[Participant, ...]:
    """Return who was invited and has no place in the case any more on the day of the meeting."""
    there = {one.shown.party.id for one in invitees}
    return tuple(
        one
        for one in meeting.participants
        if one.party_id is not None and one.party_id not in there
    )


def to_ask_anew(
    meeting: Meeting, starts_at: datetime, present: frozenset[UUID], guests: Collection[str]
) -> tuple[Participant, ...]:
    """Return who is to come still, and has said that they do not come at another time than then.

    `present` are those of the case who are called, `guests` the names of everyone else who is.
    """
    return tuple(
        one
        for one in meeting.participants
        if (one.name in guests if one.party_id is None else one.party_id in present)
        for after in (moved(one, before=meeting.starts_at, after=starts_at, at=starts_at),)
        if after.said_about is not None
    )


def functions_of(invitee: Invitee, meeting: Meeting | None) -> frozenset[Function]:
    """Return what somebody does at the table besides the roles that the form gives, if anything."""
    for one in () if meeting is None else meeting.participants:
        if one.party_id == invitee.shown.party.id:
            return one.functions - frozenset(ROLES)
    return invitee.functions
