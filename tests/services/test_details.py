"""The details of a person of a case: who may read and change them, and what protection does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.hostile import read_all
from tests.people import (
    DAY,
    ELIAS,
    JOHAN,
    SARA,
    STARTS_AT,
    VIKTOR,
    Family,
    case_with_family,
    number,
    opened_case,
    planned_meeting,
    relative,
    running_meeting,
    signed_case,
    wrote,
)
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Intake, Phase
from trygga_desktop.domain.errors import (
    ConflictError,
    InvalidInputError,
    NoAccessError,
    NoRightError,
    TryggaError,
)
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.domain.person_changes import NumberChange, PersonChange
from trygga_desktop.domain.pseudonym import AgeBand
from trygga_desktop.services.case_files import RecordStatement, record_statement
from trygga_desktop.services.cases import NewPerson, OpenCase, list_cases, open_case
from trygga_desktop.services.consultations import BeginConsultation, begin_consultation
from trygga_desktop.services.details import (
    ChangeDetails,
    PersonDetails,
    change_details,
    protect_person,
    read_details,
    show_details,
)
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.lowering import (
    AnswerLowering,
    AskToLower,
    ask_to_lower,
    drop_lowering,
    lower_protection,
)
from trygga_desktop.services.meetings import EndMeeting, end_meeting, read_meetings
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.sealed_files import read_sealed
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.vault import OpenVault

ALI = NewPerson(
    given_name="Ali",
    family_name="Exempel",
    birth_date=PartialDate(1998, 1, 26),
    number=number("19980186-2393"),
)
PERSONAL = number("19950808-2394")
OTHER = number("19770519-2396")
MARKED = PersonChange(protection=Protection.SECRECY_MARKING, alias="NORD-7")


def subject_of(vault: OpenVault, case_id: UUID) -> UUID:
    return read_people(case_id, vault=vault).value.subject_id


def read(vault: OpenVault, case_id: UUID, person_id: UUID) -> PersonDetails:
    return read_details(case_id, person_id, vault=vault).value


def command(
    vault: OpenVault, case_id: UUID, person_id: UUID, change: PersonChange
) -> ChangeDetails:
    version = read(vault, case_id, person_id).version
    return ChangeDetails(case_id=case_id, person_id=person_id, version=version, change=change)


def change(vault: OpenVault, case_id: UUID, person_id: UUID, **fields: Any) -> None:
    change_details(command(vault, case_id, person_id, PersonChange(**fields)), vault=vault)


def protect(
    vault: OpenVault, case_id: UUID, person_id: UUID, to: PersonChange = MARKED, **fields: Any
) -> None:
    protect_person(command(vault, case_id, person_id, replace(to, **fields)), vault=vault)


def asked(vault: OpenVault, case_id: UUID, person_id: UUID, **fields: Any) -> AskToLower:
    version = read(vault, case_id, person_id).version
    to_none = AskToLower(
        case_id=case_id,
        person_id=person_id,
        version=version,
        to=Protection.NONE,
        why="Skatteverket har tagit bort markeringen.",
    )
    return replace(to_none, **fields)


def answer(vault: OpenVault, case_id: UUID, person_id: UUID) -> AnswerLowering:
    version = read(vault, case_id, person_id).version
    return AnswerLowering(case_id=case_id, person_id=person_id, version=version)


def refused(act: Callable[..., object], what: object, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act(what, vault=vault)
    return caught.value.field, caught.value.flaw


def as_petra(made: MadeVault, case_id: UUID, *, guarded: bool) -> OpenVault:
    """Grant the case to a colleague, and open the vault as her. It must not be open."""
    vault = made.open()
    command = GrantCase(case_id=case_id, principal_id=made.secrets("pn").principal, guarded=guarded)
    grant_case(command, vault=vault)
    vault.close()
    return made.open("pn")


def log(vault: OpenVault) -> list[Action]:
    with vault.work() as work:
        return [one.action for one in work.audit.entries()]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"given_name": "", "family_name": " "}, ("given_name", "missing")),
        ({"family_name": "x" * 201}, ("family_name", "length")),
        ({"protection": Protection.SECRECY_MARKING}, ("protection", "raised")),
        ({"number_change": NumberChange.REPLACED}, ("number", "missing")),
        ({}, ("person", "same")),
        ({"given_name": "Elias"}, ("person", "same")),
    ],
)
def test_what_cannot_be_stored_of_a_person_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    wrong = command(vault, case_id, subject, PersonChange(**fields))
    assert refused(change_details, wrong, vault) == expected
    assert read(vault, case_id, subject).name == "Elias Demosson"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"alias": " "}, ("alias", "missing")),
        ({"alias": None}, ("alias", "missing")),
        ({"protection": Protection.NONE}, ("protection", "lower")),
        ({"protection": None}, ("protection", "lower")),
        ({"since": DAY + timedelta(days=1)}, ("since", "future")),
        ({"protection": Protection.FICTITIOUS_IDENTITY}, ("given_name", "former")),
        (
            {
                "protection": Protection.FICTITIOUS_IDENTITY,
                "given_name": "Nils",
                "family_name": "Ny",
                "number": ELIAS.number,
                "number_change": NumberChange.REPLACED,
            },
            ("number", "former"),
        ),
    ],
)
def test_protection_that_would_protect_nobody_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    wrong = command(vault, case_id, subject, replace(MARKED, **fields))
    assert refused(protect_person, wrong, vault) == expected
    assert read(vault, case_id, subject).protection is Protection.NONE


def test_nobody_of_the_case_has_no_details(vault: OpenVault) -> None:
    family = case_with_family(vault)
    for stranger in (uuid4(), family.maria):
        with pytest.raises(InvalidInputError):
            read(vault, family.case_id, stranger)
        with pytest.raises(InvalidInputError):
            show_details(family.case_id, stranger, vault=vault)
        wrong = ChangeDetails(case_id=family.case_id, person_id=stranger, version="", change=MARKED)
        assert refused(protect_person, wrong, vault) == ("person", "unknown")


def test_a_case_that_was_not_granted_tells_nothing_and_takes_nothing(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    wanted = command(vault, case_id, subject, MARKED)
    vault.close()
    petra = made.open("pn")
    for act in (change_details, protect_person):
        with pytest.raises(NoAccessError):
            act(wanted, vault=petra)
    with pytest.raises(NoAccessError):
        read(petra, case_id, subject)
    petra.close()


def test_without_the_guarded_part_nobody_changes_protects_or_sees_a_protected_person(
    made: MadeVault,
) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    sara = relative(vault, case_id, SARA, custody=Custody.JOINT)
    protect(vault, case_id, subject)
    vault.close()

    petra = as_petra(made, case_id, guarded=False)
    found = read(petra, case_id, subject)
    assert (found.name, found.is_open, found.details) == ("NORD-7", False, None)
    acts: list[Callable[[], object]] = [
        lambda: show_details(case_id, subject, vault=petra),
        lambda: change(petra, case_id, subject, alias="SYD-1"),
        lambda: ask_to_lower(asked(petra, case_id, subject), vault=petra),
        lambda: drop_lowering(answer(petra, case_id, subject), vault=petra),
        lambda: lower_protection(answer(petra, case_id, subject), vault=petra),
        lambda: protect(petra, case_id, sara, alias="VÄST-2"),
    ]
    for act in acts:
        with pytest.raises(NoAccessError):
            act()
    # Of somebody who is not protected, the case's own part is enough.
    assert not read(petra, case_id, sara).is_open
    change(petra, case_id, sara, family_name="Provsson")
    assert read(petra, case_id, sara).name == "Sara Provsson"
    petra.close()
    # What lies in the guarded part of her is older than that, and is not what comes back.
    vault = made.open()
    protect(vault, case_id, sara, alias="VÄST-2")
    assert show_details(case_id, sara, vault=vault).value.family_name == "Provsson"
    vault.close()


def test_whoever_was_changed_in_between_is_not_written_over(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    late = command(vault, case_id, subject, PersonChange(given_name="Eli"))
    change(vault, case_id, subject, family_name="Provsson")
    for act, what in ((change_details, late), (protect_person, replace(late, change=MARKED))):
        with pytest.raises(ConflictError):
            act(what, vault=vault)
    assert read(vault, case_id, subject).name == "Elias Provsson"
    protect(vault, case_id, subject)
    late_question = replace(asked(vault, case_id, subject), version=late.version)
    with pytest.raises(ConflictError):
        ask_to_lower(late_question, vault=vault)


def test_in_a_case_without_names_the_name_comes_through_the_gate_alone(vault: OpenVault) -> None:
    begun = BeginConsultation(alias="Ekorren", age_band=AgeBand.FROM_15, programme="sspf")
    case_id = begin_consultation(begun, vault=vault).value
    subject = subject_of(vault, case_id)
    assert read(vault, case_id, subject).is_nameless
    named = command(vault, case_id, subject, PersonChange(given_name="Elias"))
    assert refused(change_details, named, vault) == ("given_name", "gate")
    change(vault, case_id, subject, alias="Igelkotten")
    assert read(vault, case_id, subject).name == "Igelkotten"


def test_names_and_birth_date_are_corrected_wherever_lists_say_them(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    change(
        vault,
        family.case_id,
        family.subject,
        given_name=" Elías ",
        birth_date=PartialDate(2009, 5, 15),
    )
    assert list_cases(vault=vault).value.rows[0].title == "Elías Demosson"
    names = {one.name for one in read_meeting(meeting_id, vault=vault).value.seats}
    assert "Elías Demosson" in names
    assert "Elias Demosson" not in names
    found = read(vault, family.case_id, family.subject).details
    assert found is not None
    assert found.born == "2009-05-15"
    assert log(vault)[-2:] == [Action.MEETING_READ, Action.DETAILS_READ]
    assert Action.DETAILS_CHANGED in log(vault)


def test_a_new_number_keeps_the_old_one_and_a_corrected_one_does_not(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    ali = relative(vault, case_id, ALI)
    change(vault, case_id, ali, number=PERSONAL, number_change=NumberChange.REPLACED)
    found = read(vault, case_id, ali).details
    assert found is not None
    assert found.numbers == ("19950808-2394", "19980186-2393")
    change(vault, case_id, ali, number=OTHER, number_change=NumberChange.CORRECTED)
    found = read(vault, case_id, ali).details
    assert found is not None
    assert found.numbers == ("19770519-2396", "19980186-2393")
    change(vault, case_id, ali, number_change=NumberChange.CORRECTED)
    found = read(vault, case_id, ali).details
    assert found is not None
    assert found.numbers == ("19980186-2393",)


def test_a_protected_person_is_known_by_the_alias_at_once(vault: OpenVault) -> None:
    family = signed_case(vault)
    protect(vault, family.case_id, family.subject, since=date(2026, 11, 20))
    (row,) = list_cases(vault=vault).value.rows
    assert (row.title, row.protected, row.age) == ("NORD-7", True, None)
    found = read(vault, family.case_id, family.subject)
    assert (found.name, found.details, found.since) == ("NORD-7", None, date(2026, 11, 20))
    assert found.readers == ("Karin Ek",)
    assert "Elias" not in repr(found)
    shown = show_details(family.case_id, family.subject, vault=vault).value
    assert (shown.given_name, shown.family_name) == ("Elias", "Demosson")
    assert shown.numbers == ("20090514-2394",)
    assert log(vault)[-1] is Action.DETAILS_SHOWN
    # The guardians are still asked: the age comes from the guarded part.
    people = read_people(family.case_id, vault=vault).value.people
    assert sum(one.is_signer for one in people) == 3


def test_protection_is_raised_again_with_its_own_day(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    subject = subject_of(vault, case_id)
    protect(vault, case_id, subject, since=date(2026, 1, 20))
    protect(
        vault,
        case_id,
        subject,
        PersonChange(protection=Protection.PROTECTED_REGISTRATION, since=date(2026, 3, 9)),
    )
    found = read(vault, case_id, subject)
    assert found.protection is Protection.PROTECTED_REGISTRATION
    assert (found.since, found.alias) == (date(2026, 3, 9), "NORD-7")
    assert refused(protect_person, command(vault, case_id, subject, MARKED), vault) == (
        "protection",
        "lower",
    )


def test_a_new_identity_keeps_nothing_of_the_old(vault: OpenVault) -> None:
    case_id = opened_case(vault, VIKTOR)
    subject = subject_of(vault, case_id)
    protect(
        vault,
        case_id,
        subject,
        PersonChange(
            protection=Protection.FICTITIOUS_IDENTITY,
            alias="ÖST-1",
            given_name="Nils",
            family_name="Ny",
            number=PERSONAL,
            number_change=NumberChange.REPLACED,
        ),
    )
    shown = show_details(case_id, subject, vault=vault).value
    assert (shown.given_name, shown.numbers) == ("Nils", ("19950808-2394",))
    assert list_cases(vault=vault).value.rows[0].title == "ÖST-1"


def planted_everywhere(vault: OpenVault) -> tuple[Family, UUID, UUID]:
    """Say a name wherever a case can say one; return a meeting that is sealed and one to come."""
    name = "Elias Demosson"
    family = signed_case(vault)
    held = running_meeting(vault, family)
    wrote(vault, held, f"{name} har varit i skolan.")
    end_meeting(EndMeeting(meeting_id=held), vault=vault)
    seal_protocol(to_seal(vault, held), vault=vault)
    record_statement(
        RecordStatement(
            case_id=family.case_id,
            origin_id=None,
            category="schooling",
            about=frozenset(),
            text=f"{name}s skola (20090514-2394, 090514-2394) har ringt Demosson, Elias.",
        ),
        vault=vault,
    )
    draft = running_meeting(vault, family)
    wrote(vault, draft, f"Skolan ringer {name}.")
    wrote(
        vault,
        draft,
        "Gå till boxningen",
        kind=EntryKind.ACTION,
        responsible=name,
        due_on=DAY,
    )
    end_meeting(EndMeeting(meeting_id=draft), vault=vault)
    planned_meeting(
        vault, family, place=f"Hemma hos {name}", starts_at=STARTS_AT + timedelta(days=7)
    )
    return family, held, draft


def test_whoever_lacks_the_guarded_part_finds_the_name_in_nothing_but_what_is_sealed(
    made: MadeVault,
) -> None:
    vault = made.open()
    family, held, draft = planted_everywhere(vault)
    protect(vault, family.case_id, family.subject)
    found = read(vault, family.case_id, family.subject)
    assert found.places is not None
    # Sara has the family name too: hers is told to stand there, and left.
    assert (found.places.texts, found.places.sealed) == (1, 1)
    vault.close()
    petra = as_petra(made, family.case_id, guarded=False)
    petra.close()

    told = read_all(made.folder / "vault.db", made.file_key, made.secrets("pn"))
    assert len(told) > 20
    sealed = {
        (table, row_id)
        for (table, row_id), text in told.items()
        if "Elias" in text or "090514" in text
    }
    tables = {table for table, _ in sealed}
    assert tables <= {"meeting", "item", "protocol", "protocol_file"}
    assert {row_id for table, row_id in sealed if table == "meeting"} == {held}
    (item,) = [told["item", row_id] for table, row_id in sealed if table == "item"]
    assert "har varit i skolan" in item

    petra = made.open("pn")
    screens = [
        read_people(family.case_id, vault=petra).value,
        read_meetings(family.case_id, vault=petra).value.meetings,
        read_meeting(draft, vault=petra).value,
        # What was sealed is not told again by the name either.
        read_meeting(held, vault=petra).value.seats,
        read_overview(family.case_id, vault=petra).value,
        read_plan(family.case_id, vault=petra).value,
        list_cases(vault=petra).value,
        read(petra, family.case_id, family.subject),
    ]
    (upcoming,) = [
        one.id
        for one in read_meetings(family.case_id, vault=petra).value.meetings
        if one.starts_at > STARTS_AT
    ]
    screens.append(read_meeting(upcoming, vault=petra).value)
    for screen in screens:
        assert "Elias" not in repr(screen)
        assert "090514" not in repr(screen)
    petra.close()


def test_what_is_sealed_stays_as_it_is(vault: OpenVault) -> None:
    family, _, _ = planted_everywhere(vault)
    with vault.work() as work:
        (protocol,) = work.protocols.of_case(family.case_id)
    before = read_sealed(protocol.id, vault=vault).value
    protect(vault, family.case_id, family.subject)
    assert read_sealed(protocol.id, vault=vault).value.pdf == before.pdf


def test_one_name_alone_is_told_to_stand_in_texts_and_left_there(vault: OpenVault) -> None:
    opened = OpenCase(person=ELIAS, intake=Intake(why="Elias Demosson och Elias bror hotades."))
    case_id = open_case(opened, vault=vault).value
    subject = subject_of(vault, case_id)
    protect(vault, case_id, subject)
    with vault.work() as work:
        assert work.cases.find(case_id).case.intake.why == "NORD-7 och Elias bror hotades."
    places = read(vault, case_id, subject).places
    assert places is not None
    assert (places.texts, places.sealed, places.tied) == (1, 0, 0)


def test_a_relative_who_was_never_in_the_guarded_part_gets_into_it(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()
    petra = as_petra(made, case_id, guarded=False)
    johan = relative(petra, case_id, JOHAN, role=PartyRole.RELATIVE)
    petra.close()
    vault = made.open()
    protect(vault, case_id, johan, alias="SYD-1")
    assert read(vault, case_id, johan).name == "SYD-1"
    assert show_details(case_id, johan, vault=vault).value.given_name == "Johan"
    vault.close()


def test_less_protection_is_asked_for_with_a_reason_and_once(vault: OpenVault) -> None:
    case_id = opened_case(vault, VIKTOR)
    subject = subject_of(vault, case_id)
    wrong: list[tuple[dict[str, Any], tuple[str, str]]] = [
        ({"why": "  "}, ("why", "missing")),
        ({"why": "x" * 2001}, ("why", "length")),
        ({"to": Protection.PROTECTED_REGISTRATION}, ("protection", "order")),
        ({"to": Protection.FICTITIOUS_IDENTITY}, ("protection", "order")),
    ]
    for fields, expected in wrong:
        question = replace(asked(vault, case_id, subject), **fields)
        assert refused(ask_to_lower, question, vault) == expected
    for act in (drop_lowering, lower_protection):
        flaw = refused(act, answer(vault, case_id, subject), vault)
        assert flaw == ("protection", "not_asked")
    ask_to_lower(asked(vault, case_id, subject), vault=vault)
    assert refused(ask_to_lower, asked(vault, case_id, subject), vault) == ("protection", "asked")
    found = read(vault, case_id, subject)
    assert found.protection is Protection.PROTECTED_REGISTRATION
    assert found.lowering is not None
    assert (found.lowering.asked_by, found.lowering.is_mine) == ("Karin Ek", True)


def test_whoever_asked_cannot_confirm_and_another_can(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault, VIKTOR)
    subject = subject_of(vault, case_id)
    ask_to_lower(asked(vault, case_id, subject), vault=vault)
    with pytest.raises(NoRightError):
        lower_protection(answer(vault, case_id, subject), vault=vault)
    vault.close()
    # An auditor works in no case, whatever was granted.
    auditor = made.open("at")
    for act in (lower_protection, drop_lowering):
        with pytest.raises(NoRightError):
            act(AnswerLowering(case_id=case_id, person_id=subject, version=""), vault=auditor)
    auditor.close()

    petra = as_petra(made, case_id, guarded=True)
    lowering = read(petra, case_id, subject).lowering
    assert lowering is not None
    assert not lowering.is_mine
    assert lowering.why == "Skatteverket har tagit bort markeringen."
    lower_protection(answer(petra, case_id, subject), vault=petra)
    found = read(petra, case_id, subject)
    assert (found.name, found.protection, found.lowering) == (
        "Viktor Testman",
        Protection.NONE,
        None,
    )
    assert log(petra)[-2] is Action.PROTECTION_LOWERED
    petra.close()


def test_what_was_asked_is_taken_back_refused_and_outdone_by_more(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault, VIKTOR)
    subject = subject_of(vault, case_id)
    ask_to_lower(asked(vault, case_id, subject), vault=vault)
    drop_lowering(answer(vault, case_id, subject), vault=vault)
    assert read(vault, case_id, subject).lowering is None
    ask_to_lower(asked(vault, case_id, subject), vault=vault)
    vault.close()
    petra = as_petra(made, case_id, guarded=True)
    drop_lowering(answer(petra, case_id, subject), vault=petra)
    assert read(petra, case_id, subject).protection is Protection.PROTECTED_REGISTRATION
    ask_to_lower(asked(petra, case_id, subject), vault=petra)
    protect(
        petra,
        case_id,
        subject,
        PersonChange(
            protection=Protection.FICTITIOUS_IDENTITY, given_name="Nils", family_name="Ny"
        ),
    )
    assert read(petra, case_id, subject).lowering is None
    petra.close()


def test_a_case_that_has_ended_still_lets_its_people_be_protected(vault: OpenVault) -> None:
    family = case_with_family(vault)
    change_phase(
        ChangePhase(case_id=family.case_id, phase=Phase.DECLINED, words="De vill inte."),
        vault=vault,
    )
    protect(vault, family.case_id, family.sara, alias="VÄST-2")
    assert read(vault, family.case_id, family.sara).name == "VÄST-2"


def test_an_erased_case_has_nobody(vault: OpenVault) -> None:
    with pytest.raises(TryggaError):
        read(vault, uuid4(), uuid4())
