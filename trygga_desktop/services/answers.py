"""Use cases for what agencies wrote on their sheets by hand, typed back in.

Each answer becomes an item under the item of the agenda that it belongs to, told by its agency. Who
sees it at the meeting is decided like anything else: by whose it is and of which category.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Noted, Part
from trygga_desktop.domain.meeting import AgendaItem, Meeting, MeetingState, Participant
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import check_text, check_told, origin_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem, ShownEntry, show_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

MOST_ANSWERS = 200
"""More than any sheet has lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands on one line. An empty category is that of the item it belongs to."""

    agenda_id: UUID
    words: str
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswers:
    """What an agency wrote on its sheet, line by line, without those that are empty."""

    meeting_id: UUID
    organisation_id: UUID
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySheet:
    """The sheet of one agency: the items that it is called to, and what was typed in of it."""

    organisation_id: UUID
    name: str
    kind: str
    agenda: tuple[ShownAgendaItem, ...]
    typed: tuple[ShownEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSheets:
    """The sheets of a meeting, for the operator alone."""

    case_id: UUID
    case_number: str
    number: int
    sheets: tuple[AgencySheet, ...]
    categories: tuple[Category, ...]
    is_sealed: bool


@use_case(Permission.WORK_IN_CASE)
def read_answers(meeting_id: UUID, *, vault: OpenVault) -> Done[MeetingSheets]:
    """Return which agencies have a sheet, and what was typed in of each, for the operator alone.

    Raise InvalidInputError for a meeting that is called off.
    """
    with vault.work() as work:
        meeting = _find(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        room = show_meeting(work, vault, standing, meeting, None)
        found = MeetingSheets(
            case_id=meeting.case_id,
            case_number=room.case_number,
            number=meeting.number,
            sheets=tuple(_sheets(meeting, room)),
            categories=tuple(one for one in room.categories if one.code != VOICE),
            is_sealed=room.is_sealed,
        )
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def record_answers(command: RecordAnswers, *, vault: OpenVault) -> Done[None]:
    """Store what an agency wrote on its sheet.

    Raise InvalidInputError with the field and its flaw: no answer or more than a sheet has lines,
    one that says nothing or is too long, an agency that is not invited, an item that it is not
    called to or that is the young person's own, a category that is not known, a meeting that is
    called off. Raise SealedMeetingError for one whose protocol is sealed.
    """
    if not 0 < len(command.answers) <= MOST_ANSWERS:
        raise InvalidInputError(field="answers", flaw="length" if command.answers else "missing")
    for one in command.answers:
        check_text(one.words)
    with vault.work() as work:
        meeting = _find(work, command.meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        called = _called_to(meeting, command.organisation_id)
        if not called:
            raise InvalidInputError(field="organisation", flaw="unknown")
        compartment = work.compartments.of_file(meeting.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        for one in command.answers:
            item = _item(one, command.organisation_id, meeting, standing, called, work)
            work.items.add(item, compartment, key, sequence=work.sequence)
        work.commit(Action.ENTRY_WRITTEN, meeting.id)
    return Done(None, Changes(items=True, meetings=True))


def _find(work: UnitOfWork, meeting_id: UUID) -> Meeting:
    meeting, _ = find_meeting(work, meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    return meeting


def _sheets(meeting: Meeting, room: MeetingRoom) -> Iterator[AgencySheet]:
    seats = {one.id: one for one in room.seats}
    seen: set[UUID] = set()
    for one in meeting.participants:
        organisation = one.organisation_id
        if organisation is None or organisation in seen:
            continue
        seen.add(organisation)
        called = _called_to(meeting, organisation)
        yield AgencySheet(
            organisation_id=organisation,
            name=seats[one.id].organisation,
            kind=seats[one.id].kind,
            agenda=tuple(each for each in room.agenda if each.id in called),
            typed=tuple(_told_by(organisation, room)),
        )


def _told_by(organisation_id: UUID, room: MeetingRoom) -> Iterator[ShownEntry]:
    """Yield what was noted at the meeting as told by an agency."""
    for item in room.agenda:
        for entry in item.entries:
            is_theirs = entry.item.origin_id == organisation_id and entry.item.said_by is None
            if is_theirs and entry.item.kind is ItemKind.STATEMENT:
                yield entry


def _called_to(meeting: Meeting, organisation_id: UUID) -> dict[UUID, AgendaItem]:
    """Return the items that an agency is called to; the young person's own is nobody else's."""
    of_agency = [one for one in meeting.participants if one.organisation_id == organisation_id]
    return {
        one.id: one
        for one in meeting.agenda
        if one.category != VOICE and any(_is_called(each, one.id) for each in of_agency)
    }


def _is_called(participant: Participant, agenda_id: UUID) -> bool:
    return participant.called_to is None or agenda_id in participant.called_to


def _item(  # noqa: PLR0913, PLR0917  what an item is made of
    answer: Answer,
    organisation_id: UUID,
    meeting: Meeting,
    standing: Standing,
    called: dict[UUID, AgendaItem],
    work: UnitOfWork,
) -> Item:
    if answer.agenda_id not in called:
        raise InvalidInputError(field="agenda", flaw="unknown")
    category = answer.category or called[answer.agenda_id].category
    if category == VOICE:
        # Own words are somebody's of the family.
        raise InvalidInputError(field="category", flaw="unknown")
    check_told(standing, category, organisation_id, None, ())
    return Item(
        id=uuid4(),
        case_id=meeting.case_id,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=work.keyring.principal,
        origin_id=origin_of(standing, category, organisation_id, None),
        category=category,
        about=frozenset({standing.opened.subject_id}),
        reporter_ids=frozenset(),
        known_on=work.today,
        text=answer.words,
        # Written on paper, and not said in everyone's presence.
        at_table=False,
        noted=Noted(meeting_id=meeting.id, agenda_id=answer.agenda_id),
    )
