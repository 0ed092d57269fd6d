"""A meeting with 500 items: opened, written into, and read as a matrix and a protocol."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from tests.bench.clockwork import Figure, median
from tests.conftest import make_template
from tests.people import ELIAS
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent import Answer, Cell, Direction
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.services.cases import NewPerson, OpenCase, open_case
from trygga_desktop.services.consents import (
    RecordConsent,
    SignerAnswer,
    read_consents,
    record_consent,
)
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.meetings import (
    Invitation,
    PlanMeeting,
    SetPresence,
    begin_meeting,
    invite,
    plan_meeting,
    set_presence,
)
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.parties import AddRelative, add_relative
from trygga_desktop.services.protocols import ComposeProtocol, compose_protocol
from trygga_desktop.services.questions import read_questions
from trygga_desktop.services.rooms import read_hidden, read_meeting
from trygga_desktop.services.vault import OpenVault

_ITEMS = 500
_PEOPLE = 200
_TEXT = "Det som sades på mötet, med några ord till. " * 13
_SARA = NewPerson(given_name="Sara", family_name="Demosson", birth_date=PartialDate(1981, 3, 22))


def figures(place: Path) -> Iterator[Figure]:
    """Yield the rows of the table."""
    vault = make_template(place).open()
    case_id, meeting_id = _meeting(vault)
    room = read_meeting(meeting_id, vault=vault).value
    agenda = [one.id for one in room.agenda]
    for number in range(_ITEMS):
        write_entry(_entry(meeting_id, agenda[number % len(agenda)]), vault=vault)
    yield Figure(
        f"open a meeting with {_ITEMS} items, decided for its room",
        median(lambda: read_meeting(meeting_id, vault=vault), times=9),
    )
    yield Figure(
        f"what that meeting keeps from its room, of {_ITEMS} items",
        median(lambda: read_hidden(meeting_id, vault=vault), times=9),
    )
    yield Figure(
        f"what may be told to whom in that case, of {_ITEMS} items",
        median(lambda: read_questions(case_id, vault=vault), times=9),
    )
    yield Figure(
        "write one more item into it",
        median(lambda: write_entry(_entry(meeting_id, agenda[0]), vault=vault), times=9),
    )
    yield Figure(
        "the consent matrix of a case, with the history behind it",
        median(lambda: read_consents(case_id, vault=vault), times=9),
    )
    yield Figure(
        f"a case with a meeting of {_ITEMS} items at a glance",
        median(lambda: read_overview(case_id, vault=vault), times=9),
    )
    yield Figure(
        f"the protocol of that meeting, {_ITEMS} items",
        median(
            lambda: compose_protocol(ComposeProtocol(meeting_id=meeting_id), vault=vault), times=3
        ),
    )
    _crowd(vault, meeting_id)
    yield Figure(
        f"open it with {_PEOPLE} people at its table",
        median(lambda: read_meeting(meeting_id, vault=vault), times=5),
    )
    vault.close()


def _crowd(vault: OpenVault, meeting_id: UUID) -> None:
    """Let so many people in that the table has `_PEOPLE`."""
    observer = frozenset({Function.OBSERVER})
    seated = len(read_meeting(meeting_id, vault=vault).value.seats)
    for number in range(seated, _PEOPLE):
        invite(meeting_id, Invitation(name=f"Gäst {number}", functions=observer), vault=vault)
    for seat in read_meeting(meeting_id, vault=vault).value.seats[seated:]:
        there = SetPresence(meeting_id=meeting_id, participant_id=seat.id, presence=Presence.HERE)
        set_presence(there, vault=vault)


def _entry(meeting_id: UUID, agenda_id: UUID) -> WriteEntry:
    return WriteEntry(
        meeting_id=meeting_id, agenda_id=agenda_id, kind=EntryKind.STATEMENT, text=_TEXT
    )


def _meeting(vault: OpenVault) -> tuple[UUID, UUID]:
    """Return a case and a running meeting of its family, under a consent of all who must sign."""
    case_id = open_case(OpenCase(person=ELIAS, programme="sspf"), vault=vault).value
    sara = AddRelative(case_id=case_id, role=PartyRole.GUARDIAN, person=_SARA, custody=Custody.SOLE)
    sara_id = add_relative(sara, vault=vault).value
    # The ways of the programme for a case that was never spoken of without the name.
    for phase in (Phase.PAUSED, Phase.INFORMATION_AND_CONSENT):
        change_phase(ChangePhase(case_id=case_id, phase=phase), vault=vault)
    view = read_consents(case_id, vault=vault).value
    subject = view.people[0].party.id
    cells = frozenset(
        Cell(organisation_id=view.controller_id, category=one.code, direction=direction)
        for one in view.categories
        for direction in Direction
    )
    paper = RecordConsent(
        case_id=case_id,
        signed_on=view.on,
        valid_from=view.on,
        valid_to=view.on + timedelta(days=180),
        answers=tuple(
            SignerAnswer(signer=one, answer=Answer.GIVEN, cells=cells) for one in (subject, sara_id)
        ),
    )
    record_consent(paper, vault=vault)
    plan = PlanMeeting(
        case_id=case_id,
        template="follow_up",
        starts_at=vault.environment.now(),
        invited=(
            Invitation(functions=frozenset({Function.SUBJECT_PERSON}), party_id=subject),
            Invitation(functions=frozenset({Function.GUARDIAN}), party_id=sara_id),
        ),
    )
    meeting_id = plan_meeting(plan, vault=vault).value
    for seat in read_meeting(meeting_id, vault=vault).value.seats:
        there = SetPresence(meeting_id=meeting_id, participant_id=seat.id, presence=Presence.HERE)
        set_presence(there, vault=vault)
    begin_meeting(meeting_id, vault=vault)
    return case_id, meeting_id
