"""What whoever leads a meeting has at hand: who sees how much, who else may come, own notes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.invitation import USUAL_FUNCTIONS, find_covered, find_decided
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.meeting import AgendaState, Function, Meeting, MeetingState
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.audience import ShownItem, show_alone
from trygga_desktop.services.changes import Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.rooms import (
    HiddenFromRoom,
    MeetingRoom,
    Seat,
    ShownAgendaItem,
    ShownEntry,
    at_the_table,
    find_hidden,
    show_meeting,
)
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSight:
    """An item of the agenda, as its leader knows it, and how much under it the room sees."""

    id: UUID
    code: str
    title: str
    state: AgendaState
    seen: int
    noted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSight:
    """Somebody of the meeting, and how much of what the meeting deals with they may see.

    `sees` is None of who is not in the room: what they would see is decided when they come.
    """

    seat: Seat
    sees: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the case who was not invited, or with no place in it a guest by name.

    `is_covered` tells whether the consents of today let them have anything, or whether none is
    asked for as no name is said; `is_decided` whether a decision on another legal ground does.
    """

    party_id: UUID | None
    name: str
    organisation: str
    functions: frozenset[Function]
    is_covered: bool
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """What is hidden from the room, and all that stands around that; for the leader's own eyes.

    `count` is how much the meeting deals with, `shown` what of it the room sees. `notes` are the
    working notes of whoever leads, which only they can open, the newest first. `carried` are the
    commitments of earlier meetings, and `promised` those of this one. `today` is the day that the
    vault goes by, whatever the computer's clock says. Once it is over nobody more comes to it.
    Where it `goes_by_hours` something can be due at an hour.
    """

    hidden: HiddenFromRoom
    is_running: bool
    seats: tuple[SeatSight, ...]
    agenda: tuple[ItemSight, ...]
    shown: tuple[ShownEntry, ...]
    count: int
    candidates: tuple[Candidate, ...]
    notes: tuple[ShownItem, ...]
    carried: tuple[ShownEntry, ...]
    promised: tuple[ShownEntry, ...]
    catalogue: Catalogue
    today: date
    may_invite: bool
    goes_by_hours: bool = False


@use_case(Permission.WORK_IN_CASE)
def read_leading(meeting_id: UUID, *, vault: OpenVault) -> Done[Leading]:
    """Return what whoever leads a meeting has at hand, for their own window alone."""
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        room = show_meeting(work, vault, standing, meeting, at_the_table(standing, meeting))
        alone = show_meeting(work, vault, standing, meeting, None)
        hidden = find_hidden(work, vault, standing, meeting)
        shown = (*room.carried, *(entry for item in room.agenda for entry in item.entries))
        seen = {one.id: len(one.entries) + len(one.proposals) for one in room.agenda}
        count = len(shown) + sum(len(one.proposals) for one in room.agenda)
        found = Leading(
            hidden=hidden,
            is_running=meeting.state is MeetingState.RUNNING,
            seats=_seats(meeting, alone, hidden, count),
            agenda=tuple(_sight(one, seen) for one in alone.agenda),
            shown=shown,
            count=count + len(hidden.hidden),
            candidates=_candidates(vault, standing, meeting),
            notes=_notes(work, vault, standing),
            carried=alone.carried,
            promised=tuple(
                entry
                for item in alone.agenda
                for entry in item.entries
                if entry.commitment is not None
            ),
            catalogue=standing.catalogue,
            today=work.today,
            may_invite=meeting.state in {MeetingState.PLANNED, MeetingState.RUNNING},
            goes_by_hours=standing.goes_by_hours,
        )
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(found)


def observer_of(name: str) -> Candidate:
    """Return somebody who listens and has no place in the case: no consent names them."""
    return Candidate(
        party_id=None,
        name=name,
        organisation="",
        functions=frozenset({Function.OBSERVER}),
        is_covered=False,
        is_decided=False,
    )


def _seats(
    meeting: Meeting, alone: MeetingRoom, hidden: HiddenFromRoom, shown: int
) -> tuple[SeatSight, ...]:
    kept_from = Counter(
        seat.id for one in hidden.hidden for seat, _ in one.against if not one.rests
    )
    at_rest = sum(one.rests for one in hidden.hidden)
    count = shown + len(hidden.hidden)
    is_held = meeting.state is MeetingState.HELD
    here = {one.id for one in (meeting.attended if is_held else meeting.room)}
    return tuple(
        SeatSight(seat=one, sees=count - at_rest - kept_from[one.id] if one.id in here else None)
        for one in alone.seats
    )


def _notes(work: UnitOfWork, vault: OpenVault, standing: Standing) -> tuple[ShownItem, ...]:
    items = work.items.of_case(standing.opened.case.id)
    notes = [one for one in items if one.part is Part.NOTES]
    return show_alone(notes, vault=vault, given=standing.given).items[::-1]


def _sight(item: ShownAgendaItem, seen: Mapping[UUID, int]) -> ItemSight:
    return ItemSight(
        id=item.id,
        code=item.code,
        title=item.title,
        state=item.state,
        seen=seen.get(item.id, 0),
        noted=len(item.entries) + len(item.proposals),
    )


def _candidates(vault: OpenVault, standing: Standing, meeting: Meeting) -> tuple[Candidate, ...]:
    invited = {one.party_id for one in meeting.participants}
    is_apart = as_spoken_of(standing, meeting).is_without_names
    # Without the name nothing is told for which a consent would have to cover anybody.
    consented = standing.given.organisations if is_apart else find_covered(standing.given)
    covered = {*consented, standing.given.controller_id}
    decided = find_decided(standing.given)

    def candidate(one: ShownParty) -> Candidate:
        organisation = one.party.organisation_id
        return Candidate(
            party_id=one.party.id,
            name=one.name,
            organisation=one.organisation,
            functions=frozenset({USUAL_FUNCTIONS[one.party.role]}),
            is_covered=organisation in covered
            if one.party.role is PartyRole.PROFESSIONAL
            # No consent is about telling a relative: the room would see next to nothing.
            else one.party.role is not PartyRole.RELATIVE or one.is_signer,
            is_decided=not decided.isdisjoint({one.party.id, organisation}),
        )

    return tuple(
        candidate(one)
        for one in people_of(vault, standing)
        if one.party.id not in invited
        and one.party.holds_on(standing.on)
        and not (is_apart and one.party.organisation_id is None)
        and not any(bar.reason is Reason.GUARDIAN_BARRED for bar in one.bars)
    )
