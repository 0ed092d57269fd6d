"""Commands for tests: fictional people with the tax agency's published test numbers.

A case has its people, a signed consent and a meeting here, all made through the use cases.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.identity_number import IdentityNumber, Valid, read_number
from trygga_desktop.domain.lane import ACUTE
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.cases import NewPerson, OpenCase, open_case
from trygga_desktop.services.consents import RecordConsent, SignerAnswer, record_consent
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.entries import EntryKind, WriteEntry, Written, write_entry
from trygga_desktop.services.gates import PassGate, pass_gate
from trygga_desktop.services.lanes import ChangeStage, change_stage
from trygga_desktop.services.meetings import (
    ConfirmDuty,
    Invitation,
    PlanMeeting,
    SetPresence,
    begin_meeting,
    confirm_duty,
    plan_meeting,
    set_presence,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.parties import (
    AddProfessional,
    AddRelative,
    ChangeParty,
    Link,
    add_professional,
    add_relative,
    change_party,
    read_people,
)
from trygga_desktop.services.rooms import MeetingRoom, Seat, read_meeting
from trygga_desktop.services.vault import OpenVault

DAY = date(2026, 11, 26)
LAST_DAY = date(2027, 4, 26)
STARTS_AT = datetime(2026, 11, 26, 15, 0, tzinfo=STOCKHOLM)
CATEGORIES = ("contact", "schooling", "leisure", "network", "plan", "own_words")


def number(text: str) -> IdentityNumber:
    """Return a number that is known to be right."""
    reading = read_number(text, on=DAY)
    if not isinstance(reading, Valid):
        raise TypeError(reading)
    return reading.number


ELIAS = NewPerson(
    given_name="Elias",
    family_name="Demosson",
    birth_date=PartialDate(2009, 5, 14),
    number=number("20090514-2394"),
)
MAJA = NewPerson(
    given_name="Maja",
    family_name="Provberg",
    birth_date=PartialDate(2012, 9, 3),
    number=number("20120903-2380"),
)
VIKTOR = NewPerson(
    given_name="Viktor",
    family_name="Testman",
    alias="NORD-7",
    birth_date=PartialDate(1999, 2, 18),
    number=number("19990218-2394"),
    protection=Protection.PROTECTED_REGISTRATION,
)
SARA = NewPerson(given_name="Sara", family_name="Demosson", birth_date=PartialDate(1984, 3, 1))
JOHAN = NewPerson(given_name="Johan", family_name="Demosson", birth_date=PartialDate(1981))


def opened_case(
    vault: OpenVault, person: NewPerson = ELIAS, case_number: str = "", programme: str = ""
) -> UUID:
    """Open a case as whoever has the vault open."""
    command = OpenCase(person=person, case_number=case_number, programme=programme)
    return open_case(command, vault=vault).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A case in a phase in which agencies may share, with its people.

    The young person and both guardians are persons; Karin speaks for the board, Maria for the
    school and Peter for the police, and theirs are the ids of their places.
    """

    case_id: UUID
    subject: UUID
    sara: UUID
    johan: UUID
    karin: UUID
    maria: UUID
    peter: UUID
    board: UUID
    school: UUID
    police: UUID

    @property
    def signers(self) -> tuple[UUID, UUID, UUID]:
        """Return who must sign while the young person is 15 to 17."""
        return self.subject, self.sara, self.johan


def case_with_family(
    vault: OpenVault, person: NewPerson = ELIAS, programme: str = "sspf"
) -> Family:
    """Open a case with both guardians and three agencies, ready for consent."""
    case_id = opened_case(vault, person, programme=programme)
    board = UUID(bytes=vault.trust.vault_id)
    school = organisation(vault, "school", "Ekbackens skola")
    police = organisation(vault, "police", "Lokalpolisen Exempelstad")
    family = Family(
        case_id=case_id,
        subject=read_people(case_id, vault=vault).value.subject_id,
        sara=relative(vault, case_id, SARA, custody=Custody.JOINT),
        johan=relative(vault, case_id, JOHAN, custody=Custody.JOINT),
        karin=professional(vault, case_id, board, "Karin Ek", "samordnare"),
        maria=professional(vault, case_id, school, "Maria Lind", "rektor"),
        peter=professional(vault, case_id, police, "Peter Falk", "kommunpolis"),
        board=board,
        school=school,
        police=police,
    )
    linked(vault, case_id, family.karin)
    change_phase(ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT), vault=vault)
    pass_gate(gate(case_id, board), vault=vault)
    return family


def gate(case_id: UUID, *recipients: UUID, **changes: Any) -> PassGate:
    """Return the four filters, answered, by which these go on to the named case with consent."""
    command = PassGate(
        case_id=case_id,
        own_agency="Elevhälsan har prövat i ett halvår.",
        threshold=frozenset(Threshold),
        recipients=frozenset(recipients),
        ground="consent",
        answers=tuple(GroundAnswer(condition=one, holds=True) for one in ("who", "covers", "date")),
        decided_by="Sara Demosson, vårdnadshavare",
        motive="Familjen vill ha hjälp.",
        on=DAY,
    )
    return replace(command, **changes)


def organisation(vault: OpenVault, kind: str, name: str) -> UUID:
    """Save an organisation, or return the one that has this name."""
    with vault.work() as work:
        known = {one.name: one.id for one in work.directory.all().organisations}
    return (
        known.get(name)
        or save_organisation(SaveOrganisation(kind=kind, name=name), vault=vault).value
    )


def professional(
    vault: OpenVault, case_id: UUID, organisation_id: UUID, name: str, title: str = ""
) -> UUID:
    """Save somebody in the directory and give them a place in the case."""
    command = SaveContact(name=name, organisation_id=organisation_id, title=title)
    contact_id = save_contact(command, vault=vault).value
    place = AddProfessional(case_id=case_id, contact_id=contact_id)
    return add_professional(place, vault=vault).value


def linked(vault: OpenVault, case_id: UUID, party_id: UUID, name: str = "Karin Ek") -> UUID:
    """Say that somebody of the board has the account of this name, or ours; return its id."""
    found = read_people(case_id, vault=vault).value
    account_id = next((one.id for one in found.accounts if one.name == name), vault.me.id)
    link = Link(account_id=account_id)
    change_party(ChangeParty(case_id=case_id, party_id=party_id, link=link), vault=vault)
    return account_id


def relative(vault: OpenVault, case_id: UUID, person: NewPerson = SARA, **fields: Any) -> UUID:
    """Give somebody of the family a place in the case: with custody a guardian's, if not said."""
    role = PartyRole.GUARDIAN if "custody" in fields else PartyRole.RELATIVE
    command = AddRelative(case_id=case_id, role=role, person=person)
    return add_relative(replace(command, **fields), vault=vault).value


def cells(
    organisations: Iterable[UUID],
    categories: Iterable[str] = CATEGORIES,
    directions: Iterable[Direction] = tuple(Direction),
) -> frozenset[Cell]:
    """Return every cell of these organisations, categories and directions."""
    categories, directions = tuple(categories), tuple(directions)
    return frozenset(
        Cell(organisation_id=one, category=category, direction=direction)
        for one in organisations
        for category in categories
        for direction in directions
    )


def paper(family: Family, **changes: Any) -> RecordConsent:
    """Return a paper that everyone signed today, open between the board and the school."""
    allowed = cells((family.board, family.school))
    answers = tuple(
        SignerAnswer(
            signer=one,
            answer=Answer.GIVEN,
            cells=allowed,
            own_information=OwnInformation.AGENCIES,
        )
        for one in family.signers
    )
    command = RecordConsent(
        case_id=family.case_id,
        signed_on=DAY,
        valid_from=DAY,
        valid_to=LAST_DAY,
        answers=answers,
    )
    return replace(command, **changes)


def signed_case(
    vault: OpenVault, person: NewPerson = ELIAS, *, valid_to: date = LAST_DAY
) -> Family:
    """Open a case whose consent is open between the board and the school."""
    family = case_with_family(vault, person)
    record_consent(paper(family, valid_to=valid_to), vault=vault)
    return family


def planned_meeting(
    vault: OpenVault,
    family: Family,
    *party_ids: UUID,
    guests: Iterable[Invitation] = (),
    **changes: Any,
) -> UUID:
    """Plan a meeting with these of the case; with the family, the board and the school if none."""
    invited = party_ids or (*family.signers, family.karin, family.maria)
    chair = {family.karin: frozenset({Function.CHAIR})}
    functions = {family.subject: Function.SUBJECT_PERSON}
    functions |= dict.fromkeys((family.sara, family.johan), Function.GUARDIAN)
    command = PlanMeeting(
        case_id=family.case_id,
        template="sspf_family",
        starts_at=STARTS_AT,
        place="Stadshuset, rum 3",
        invited=(
            *(
                Invitation(
                    party_id=one,
                    functions=chair.get(one)
                    or frozenset({functions.get(one, Function.AGENCY_REPRESENTATIVE)}),
                )
                for one in invited
            ),
            *guests,
        ),
    )
    return plan_meeting(replace(command, **changes), vault=vault).value


def running_meeting(
    vault: OpenVault, family: Family, *party_ids: UUID, guests: Iterable[Invitation] = ()
) -> UUID:
    """Begin such a meeting, with everyone there and everyone bound."""
    meeting_id = planned_meeting(vault, family, *party_ids, guests=guests)
    begun(vault, meeting_id)
    return meeting_id


def begun(vault: OpenVault, meeting_id: UUID) -> None:
    """Have everyone there and bound, and begin."""
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)


def arrive(
    vault: OpenVault, meeting_id: UUID, seat: Seat, presence: Presence = Presence.HERE
) -> None:
    """Let somebody come, and confirm their duty if they have one."""
    command = SetPresence(meeting_id=meeting_id, participant_id=seat.id, presence=presence)
    set_presence(command, vault=vault)
    if seat.must_confirm:
        confirmed = ConfirmDuty(meeting_id=meeting_id, participant_ids=frozenset({seat.id}))
        confirm_duty(confirmed, vault=vault)


def move(vault: OpenVault, meeting_id: UUID, seat: Seat, presence: Presence) -> None:
    """Note where somebody is now."""
    command = SetPresence(meeting_id=meeting_id, participant_id=seat.id, presence=presence)
    set_presence(command, vault=vault)


def room_of(vault: OpenVault, meeting_id: UUID) -> MeetingRoom:
    """Return a meeting as its room sees it."""
    return read_meeting(meeting_id, vault=vault).value


def seat_of(vault: OpenVault, meeting_id: UUID, name: str) -> Seat:
    """Return somebody's seat by the first word of their name."""
    seats = room_of(vault, meeting_id).seats
    return next(one for one in seats if one.name.split()[0] == name)


def item_of(vault: OpenVault, meeting_id: UUID, code: str) -> UUID:
    """Return an item of the agenda by its code in the template."""
    return next(one.id for one in room_of(vault, meeting_id).agenda if one.code == code)


def wrote(
    vault: OpenVault,
    meeting_id: UUID,
    text: str,
    *,
    kind: EntryKind = EntryKind.STATEMENT,
    under: str = "now_school",
    **fields: Any,
) -> Written:
    """Write something down at a meeting."""
    command = WriteEntry(
        meeting_id=meeting_id,
        agenda_id=item_of(vault, meeting_id, under),
        kind=kind,
        text=text,
        **fields,
    )
    return write_entry(command, vault=vault).value


@dataclass(frozen=True, slots=True, kw_only=True)
class AcuteCase:
    """A case of the leavers' programme in the acute stage, with a meeting that is running.

    The school promised there what was due the day before; Karin and Maria are at the table.
    """

    case_id: UUID
    school: UUID
    karin: UUID
    maria: UUID
    meeting_id: UUID
    late_id: UUID


def leavers_case(vault: OpenVault, person: NewPerson = VIKTOR) -> UUID:
    """Open a case of the leavers' programme that is spoken of by name."""
    case_id = opened_case(vault, person, programme="leavers")
    command = ChangePhase(case_id=case_id, phase=Phase.INFORMATION_AND_CONSENT)
    change_phase(command, vault=vault)
    return case_id


def acute_case(vault: OpenVault, person: NewPerson = VIKTOR) -> AcuteCase:
    """Open such a case, put it into the acute stage and begin its meeting."""
    case_id = leavers_case(vault, person)
    change_stage(ChangeStage(case_id=case_id, stage=ACUTE, words="Hotad i går."), vault=vault)
    school = organisation(vault, "school", "Ekbackens skola")
    board = UUID(bytes=vault.trust.vault_id)
    karin = professional(vault, case_id, board, "Karin Ek", "samordnare")
    maria = professional(vault, case_id, school, "Maria Lind", "rektor")
    command = PlanMeeting(
        case_id=case_id,
        template="leavers_acute",
        starts_at=STARTS_AT,
        invited=(
            Invitation(party_id=karin, functions=frozenset({Function.CHAIR})),
            Invitation(party_id=maria, functions=frozenset({Function.AGENCY_REPRESENTATIVE})),
        ),
    )
    meeting_id = plan_meeting(command, vault=vault).value
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    late = wrote(
        vault,
        meeting_id,
        "Ringa bostadsbolaget",
        kind=EntryKind.ACTION,
        under="welcome",
        responsible="Maria Lind",
        organisation_id=school,
        due_on=DAY - timedelta(days=1),
    )
    return AcuteCase(
        case_id=case_id,
        school=school,
        karin=karin,
        maria=maria,
        meeting_id=meeting_id,
        late_id=late.id,
    )


def make_due_at(vault: OpenVault, case_id: UUID, commitment_id: UUID, hour: time) -> None:
    """Let what was promised be due at an hour, as in the acute stage."""
    with vault.work() as work:
        (found,) = [one for one in work.commitments.of_case(case_id) if one[0].id == commitment_id]
        commitment, version = found
        changed = replace(commitment, due_at=hour)
        work.commitments.replace(case_id, changed, row_version=version)
        work.commit(Action.COMMITMENT_CHANGED, case_id)


def texts_in(room: MeetingRoom) -> list[str]:
    """Return the words of everything that a room sees, in the order of the agenda."""
    return [
        words
        for item in room.agenda
        for entry in item.entries
        for words in (entry.item.text, *(one.item.text for one in entry.dissents))
    ]
