"""Use case for the meeting by name that goes on where a conversation without names ended."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import (
    AgendaItem,
    AgendaState,
    Meeting,
    MeetingState,
    Participant,
    find_unfinished,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@use_case(Permission.WORK_IN_CASE)
def plan_by_name(meeting_id: UUID, *, vault: OpenVault) -> Done[UUID]:
    """Store a meeting for now that goes on, by name, with what was left open; return its id.

    Those are invited whom the gate names and whose board it is: the name may be told to nobody else
    on that ground. On the agenda stand the items that the conversation did not come to an end of,
    after those that begin every meeting. What each may see there is decided as at any meeting.

    Raise InvalidInputError with the field and its flaw: a meeting that had names, or has not ended,
    a case that is still spoken of without the name, a meeting that goes on already, and nobody left
    to invite.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        _check(meeting, standing, work)
        participants = tuple(_invited(meeting, standing))
        if not participants:
            raise InvalidInputError(field="invited", flaw="missing")
        agenda = tuple(_agenda(meeting, standing))
        known = [one for one, _ in work.meetings.of_case(meeting.case_id)]
        named = Meeting(
            id=uuid4(),
            case_id=meeting.case_id,
            number=1 + max(one.number for one in known),
            template=meeting.template,
            starts_at=work.at,
            minutes=max(1, sum(one.minutes for one in agenda)),
            place=meeting.place,
            participants=participants,
            agenda=agenda,
        )
        work.meetings.add(meeting.case_id, named)
        work.commit(Action.MEETING_PLANNED, named.id)
    return Done(named.id, Changes(meetings=True))


def _check(meeting: Meeting, standing: Standing, work: UnitOfWork) -> None:
    if meeting.pseudonym is None:
        raise InvalidInputError(field="meeting", flaw="named")
    if meeting.state is not MeetingState.HELD:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
    if standing.is_without_names:
        raise InvalidInputError(field="phase", flaw="unnamed")
    for one, _ in work.meetings.of_case(meeting.case_id):
        is_later = one.number > meeting.number and one.starts_at >= meeting.begins
        if is_later and one.pseudonym is None and not one.is_over and one.starts_at <= work.at:
            raise InvalidInputError(field="meeting", flaw="taken")


def _invited(meeting: Meeting, standing: Standing) -> Iterator[Participant]:
    gate = next((one.gate for one in reversed(standing.opened.case.steps) if one.gate), None)
    told = {standing.given.controller_id} | (frozenset() if gate is None else gate.recipients)
    for one in meeting.participants:
        party = standing.parties.get(one.party_id) if one.party_id is not None else None
        if party is not None and party[0].holds_on(standing.on) and one.organisation_id in told:
            # They confirm the duty of confidentiality anew: now they hear whom it is about.
            yield replace(
                one,
                id=uuid4(),
                changes=(),
                confirmed_at=None,
                confirmed_version="",
                apology="",
                called_to=None,
            )


def _agenda(meeting: Meeting, standing: Standing) -> Iterator[AgendaItem]:
    template = next((x for x in standing.catalogue.templates if x.code == meeting.template), None)
    first = () if template is None else template.items[: template.first_items]
    begins = {one.code for one in first}
    unfinished = find_unfinished(meeting)
    for one in meeting.agenda:
        if one.code in begins or one in unfinished:
            yield replace(
                one,
                id=uuid4(),
                state=AgendaState.COMING,
                began_at=None,
                ended_at=None,
                came_at=None,
                used_seconds=0,
                confirmed=frozenset(),
            )
