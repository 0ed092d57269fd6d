"""Use case for an action that a meeting kept as a note, because nobody said who does it or when.

It is completed while the protocol can still change. What is sealed lacks it for good.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, SealedMeetingError
from trygga_desktop.domain.items import Item, Lack, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.unfinished import complete, split_note
from trygga_desktop.services.audience import ShownItem, show_alone, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import check_hour, origin_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedAction:
    """An action that was kept as a note: its words, and what was said of it at the meeting."""

    id: UUID
    words: str
    lack: Lack
    responsible: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """The actions of a meeting that lack something, and who of the case can do them."""

    actions: tuple[UnfinishedAction, ...] = ()
    people: tuple[ShownParty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteAction:
    """Who does an action that was kept as a note, by their place in the case, and until when."""

    meeting_id: UUID
    item_id: UUID
    party_id: UUID
    due_on: date
    due_at: time | None = None


@use_case(Permission.WORK_IN_CASE)
def complete_action(command: CompleteAction, *, vault: OpenVault) -> Done[None]:
    """Make a note of a meeting the action that it nearly was, with who does it and until when.

    Raise NoAccessError for a note that is not there or not ours to open, SealedMeetingError once
    the protocol is sealed. Raise InvalidInputError for a meeting that was not begun, for a note
    that lacks nothing, for somebody who has no place in the case today, and for an hour in a case
    that does not go by hours.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, command.meeting_id)
        if meeting.state not in {MeetingState.RUNNING, MeetingState.HELD}:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        if meeting.id in work.protocols.sealed_meetings(meeting.case_id):
            raise SealedMeetingError
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        item = _find(work, meeting, command.item_id)
        if item.lacks is None:
            raise InvalidInputError(field="item", flaw="order")
        check_hour(standing, command.due_on, command.due_at, "due_at")
        who = _find_person(vault, standing, command.party_id)
        organisation_id = who.party.organisation_id
        known = _names(people_of(vault, standing), meeting)
        origin_id = origin_of(standing, item.category, organisation_id, None)
        completed = complete(item, names=known, origin_id=origin_id)
        compartment = work.compartments.of_file(meeting.case_id)[CompartmentKind.CASE]
        work.items.replace(completed, compartment, work.compartments.key(compartment))
        commitment = Commitment(
            id=item.id,
            case_id=meeting.case_id,
            responsible=who.name,
            organisation_id=organisation_id,
            due_on=command.due_on,
            due_at=command.due_at,
            party_id=who.party.id,
        )
        work.commitments.add(meeting.case_id, commitment)
        work.commit(Action.ACTION_COMPLETED, item.id)
    return Done(None, Changes(items=True, meetings=True))


def unfinished_of(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> Unfinished:
    """Return the actions of a meeting that lack something, for the operator alone."""
    items = [
        one
        for one in work.items.of_case(meeting.case_id)
        if one.lacks is not None and _is_of(one, meeting)
    ]
    no_day = {one.id for one in items if one.lacks is Lack.DAY}
    people = tuple(one for one in people_of(vault, standing) if one.party.holds_on(standing.on))
    known = _names(people, meeting)
    shown = show_alone(items, vault=vault, given=standing.given).items
    return Unfinished(
        actions=tuple(
            _action(one, Lack.DAY if one.id in no_day else Lack.RESPONSIBLE, known) for one in shown
        ),
        people=people if shown else (),
    )


def _find(work: UnitOfWork, meeting: Meeting, item_id: UUID) -> Item:
    items = {one.id: one for one in work.items.of_case(meeting.case_id)}
    item = items.get(item_id)
    if item is None or not _is_of(item, meeting):
        raise NoAccessError
    return item


def _is_of(item: Item, meeting: Meeting) -> bool:
    is_noted = item.noted is not None and item.noted.meeting_id == meeting.id
    return is_noted and item.part is Part.CASE


def _find_person(vault: OpenVault, standing: Standing, party_id: UUID) -> ShownParty:
    for one in people_of(vault, standing):
        if one.party.id == party_id and one.party.holds_on(standing.on):
            return one
    raise InvalidInputError(field="party_id", flaw="unknown")


def _names(people: Iterable[ShownParty], meeting: Meeting) -> frozenset[str]:
    return frozenset({one.name for one in people} | {one.name for one in meeting.participants})


def _action(item: ShownItem, lack: Lack, known: frozenset[str]) -> UnfinishedAction:
    words, told = split_note(text_of(item), known)
    is_day = lack is Lack.RESPONSIBLE
    return UnfinishedAction(
        id=item.id,
        words=words,
        lack=lack,
        responsible="" if is_day else told,
        due=told[:10] if is_day else "",
    )
