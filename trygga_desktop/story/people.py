"""Opens the invented cases, with their people and the organisations that take part."""

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from trygga_desktop.domain.case import Intake, Phase, says_the_name
from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.grounds import ConditionKind, Mode
from trygga_desktop.domain.identity_number import Valid, read_number
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.services.audience import controller_of
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import NewPerson, OpenCase, open_case
from trygga_desktop.services.consultations import (
    BeginConsultation,
    Consultation,
    TellWithoutNames,
    begin_consultation,
    read_consultation,
    tell_without_names,
)
from trygga_desktop.services.contacts import (
    SaveContact,
    SaveOrganisation,
    save_contact,
    save_organisation,
)
from trygga_desktop.services.details import ChangeDetails, protect_person, read_details
from trygga_desktop.services.gates import PassGate, pass_gate
from trygga_desktop.services.lanes import (
    ChangeStage,
    RecordContact,
    change_stage,
    record_contact,
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
from trygga_desktop.story.tables import Stage, Table, ToldCase


class People:
    """Opens cases and puts people into them."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._vault = stage.vault
        self._organisations: dict[tuple[str, str], UUID] = {}
        self._contacts: dict[tuple[str, UUID], UUID] = {}

    def open(self, case: Table) -> None:
        """Open a case on the day it was raised, with everyone who is named in it."""
        referral = next(one for one in case["event"] if one["kind"] == "referral")
        organisations = {
            one["code"]: self._organisation(one) for one in case.get("organisation", ())
        }
        talks = [one["text"] for one in case["event"] if one["kind"] == "consultation"]
        subject = next(one for one in case["person"] if one["code"] == case["subject"])
        case_id = open_case(
            OpenCase(
                person=self._person(case, subject),
                case_number=case["number"],
                programme=case["programme"],
                intake=Intake(
                    raised_by=organisations[referral["by"]],
                    raised_on=referral["date"],
                    why=referral["text"],
                    assessment=" ".join(talks),
                ),
            ),
            vault=self._vault,
        ).value
        for text in case.get("note", ()):
            write_note(WriteNote(case_id=case_id, text=text), vault=self._vault)
        subject_id = read_people(case_id, vault=self._vault).value.subject_id
        told = ToldCase(id=case_id, subject=subject_id, organisations=organisations)
        told.people[subject["code"]] = told.places[subject["code"]] = subject_id
        self._stage.cases[case["code"]] = told
        for person in case["person"]:
            if person is not subject:
                self._relative(told, case, person, referral["date"])
        for staff in case["staff"]:
            self._professional(told, staff)
        self._link_accounts(told)

    def go_on(self, case: Table, event: Table) -> None:
        """Go on to the next phase, by name from where the name is said."""
        told = self._stage.cases[case["code"]]
        found = read_consultation(told.id, vault=self._vault).value
        if found.is_without_names and says_the_name(Phase(event["phase"])):
            self.name(case, event, found)
        else:
            self.change_phase(case, event)

    def protect(self, case: Table, event: Table) -> None:
        """Give people a protected identity, or raise its kind."""
        told = self._stage.cases[case["code"]]
        for person in people_named(case, event["who"]):
            person_id = told.people[person["code"]]
            read = read_details(told.id, person_id, vault=self._vault).value
            change = PersonChange(
                protection=Protection(event["degree"]),
                alias=alias_of(person),
                since=event["date"],
            )
            command = ChangeDetails(
                case_id=told.id, person_id=person_id, version=read.version, change=change
            )
            protect_person(command, vault=self._vault)

    def change_phase(self, case: Table, event: Table) -> None:
        """Go on to the next phase, and say why."""
        command = ChangePhase(
            case_id=self._stage.cases[case["code"]].id,
            phase=Phase(event["phase"]),
            reason=event.get("reason", "") if event["kind"] == "case_closed" else "",
            words=event.get("text", ""),
            left_open=event.get("left_open", ""),
        )
        change_phase(command, vault=self._vault)

    def change_stage(self, case: Table, stage: str, words: str) -> None:
        """Put a case into another stage of its programme, and say why."""
        case_id = self._stage.cases[case["code"]].id
        change_stage(ChangeStage(case_id=case_id, stage=stage, words=words), vault=self._vault)

    def meet(self, case: Table) -> None:
        """Tell that somebody has now been in touch with the young person."""
        case_id = self._stage.cases[case["code"]].id
        record_contact(RecordContact(case_id=case_id), vault=self._vault)

    def name(self, case: Table, event: Table, found: Consultation) -> None:
        """Go on by name with everyone who is concerned, as the family has consented to."""
        told = self._stage.cases[case["code"]]
        family = [one["code"] for one in case["person"]]
        asked = event.get("with") or family
        talks = [one["text"] for one in case["event"] if one["kind"] == "consultation"]
        consent = next(one for one in found.grounds if one.mode is Mode.CONSENT)
        command = PassGate(
            case_id=told.id,
            own_agency=next(one["text"] for one in case["event"] if one["kind"] == "referral"),
            threshold=frozenset(Threshold),
            recipients=frozenset(told.organisations.values()),
            ground=consent.code,
            answers=tuple(
                GroundAnswer(condition=one.code, holds=True) for one in consent.conditions
            ),
            decided_by=", ".join(one["name"] for one in case["person"] if one["code"] in asked),
            motive=event.get("text") or " ".join(talks),
            on=event["date"],
        )
        pass_gate(command, vault=self._vault)

    def consult(self, case: Table, consulted: Table) -> ToldCase:
        """Begin a consultation without names, with the professionals of a case at its table."""
        known = self._stage.cases[case["code"]]
        contacts = {
            one.party.id: one.party.contact_id
            for one in read_people(known.id, vault=self._vault).value.people
        }
        command = BeginConsultation(
            alias=consulted["alias"],
            age_band=AgeBand(consulted["age_band"]),
            programme=case["programme"],
            case_number=consulted["number"],
            intake=Intake(why=consulted["why"]),
        )
        case_id = begin_consultation(command, vault=self._vault).value
        subject_id = read_people(case_id, vault=self._vault).value.subject_id
        told = ToldCase(id=case_id, subject=subject_id, organisations=known.organisations)
        for code in consulted["staff"]:
            contact_id = contacts[known.places[code]]
            if contact_id is not None:
                place = AddProfessional(case_id=case_id, contact_id=contact_id)
                told.places[code] = add_professional(place, vault=self._vault).value
        self._link_accounts(told)
        return told

    def tell_without_names(self, told: ToldCase, one: Table) -> None:
        """Tell something around the table, as somebody found that nobody is recognised by it."""
        found = read_consultation(told.id, vault=self._vault).value
        conditions = () if found.trial is None else found.trial.conditions
        command = TellWithoutNames(
            case_id=told.id,
            origin_id=told.organisations[one["origin"]],
            category=one["category"],
            text=one["text"],
            answers=tuple(
                GroundAnswer(condition=each.code, holds=True)
                if each.kind is ConditionKind.YES_NO
                else GroundAnswer(condition=each.code, words=one["few"])
                for each in conditions
            ),
            decided_by=one["decided_by"],
            motive=one["motive"],
        )
        tell_without_names(command, vault=self._vault)

    def _organisation(self, told: Table) -> UUID:
        key = (told["kind"], told["name"])
        if key not in self._organisations:
            is_ours = told["name"] == self._stage.timeline["host_organisation"]
            command = SaveOrganisation(
                kind=told["kind"],
                name=told["name"],
                id=controller_of(self._vault) if is_ours else None,
            )
            self._organisations[key] = save_organisation(command, vault=self._vault).value
        return self._organisations[key]

    def _relative(self, told: ToldCase, case: Table, person: Table, since: date) -> None:
        is_guardian = person["role"] == "guardian"
        command = AddRelative(
            case_id=told.id,
            role=PartyRole(person["role"]),
            person=self._person(case, person),
            custody=Custody(person.get("custody", "none")) if is_guardian else Custody.NONE,
            relation=person.get("relation", ""),
            since=since,
        )
        added = add_relative(command, vault=self._vault).value
        told.people[person["code"]] = told.places[person["code"]] = added

    def _link_accounts(self, told: ToldCase) -> None:
        """Say of the board's people which account each signs in with, as their coordinator does."""
        found = read_people(told.id, vault=self._vault).value
        accounts = {one.name: one.id for one in found.accounts}
        for one in found.people:
            if one.name in accounts and one.party.organisation_id == found.board_id:
                link = Link(account_id=accounts[one.name])
                command = ChangeParty(case_id=told.id, party_id=one.party.id, link=link)
                change_party(command, vault=self._vault)

    def _professional(self, told: ToldCase, staff: Table) -> None:
        organisation = told.organisations[staff["organisation"]]
        key = (staff["name"], organisation)
        if key not in self._contacts:
            command = SaveContact(
                name=staff["name"], organisation_id=organisation, title=staff["title"]
            )
            self._contacts[key] = save_contact(command, vault=self._vault).value
        place = AddProfessional(case_id=told.id, contact_id=self._contacts[key])
        told.places[staff["code"]] = add_professional(place, vault=self._vault).value

    def _person(self, case: Table, person: Table) -> NewPerson:
        given_name, family_name = person["name"].split(" ", 1)
        born = person["birth_date"]
        reading = read_number(person["identity_number"], on=self._stage.clock.at.date())
        is_protected = is_protected_from_the_start(case, person)
        return NewPerson(
            given_name=given_name,
            family_name=family_name,
            alias=alias_of(person) if is_protected else "",
            birth_date=PartialDate(born.year, born.month, born.day),
            number=reading.number if isinstance(reading, Valid) else None,
            protection=Protection.PROTECTED_REGISTRATION if is_protected else Protection.NONE,
        )

    def map(self, case: Table) -> None:
        """Tell the statements of the mapping."""
        told = self._stage.cases[case["code"]]
        for one in case.get("mapping", ()):
            speaker = told.people.get(one["origin"])
            command = RecordStatement(
                case_id=told.id,
                origin_id=None if speaker is not None else told.organisations[one["origin"]],
                category=one["category"],
                about=frozenset({told.subject}),
                text=one["text"],
                area=one["area"],
                is_strength=one["strength"],
                said_by=speaker,
            )
            record_statement(command, vault=self._vault)


def alias_of(person: Table) -> str:
    """Return what somebody is called who is protected: by the relation, where there is no alias."""
    return str(person.get("alias") or person.get("relation", ""))


def people_named(case: Table, codes: Collection[str]) -> Iterator[Table]:
    """Yield these people of a case, as they stand in it."""
    yield from (one for one in case["person"] if one["code"] in codes)


def protected_since(case: Table, person: Table) -> date | None:
    """Return from which day on somebody's identity is protected, None where it never is.

    Whoever is protected and no event says so was from the start.
    """
    if not person.get("protected", False):
        return None
    flags = [one for one in case["event"] if one["kind"] == "protection_flag"]
    days = [one["date"] for one in flags if person["code"] in one["who"]]
    return min(days, default=date.min)


def is_protected_from_the_start(case: Table, person: Table) -> bool:
    """Tell whether somebody's identity was protected when the case was opened."""
    return protected_since(case, person) == date.min
