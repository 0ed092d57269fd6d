"""What holds in a case on a day, and that what is not known shares nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import (
    CATEGORIES,
    DAY,
    ELIAS,
    JOHAN,
    SARA,
    VIKTOR,
    Family,
    case_with_family,
    cells,
    opened_case,
    organisation,
    paper,
    professional,
    relative,
    room_of,
    running_meeting,
    signed_case,
    texts_in,
    wrote,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent import Answer, OwnInformation
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import PartialDate
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation, Stage
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import (
    ChangeTerms,
    RecordBar,
    SignerAnswer,
    WithdrawConsent,
    change_terms,
    record_bar,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.contacts import SaveOrganisation, save_organisation
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.meetings import Invitation, PlanMeeting, plan_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.parties import ChangeParty, change_party
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault

TOLD = "Elias har varit i skolan varje dag."


def standing(vault: OpenVault, case_id: UUID, on: date | None = None) -> Standing:
    with vault.work() as work:
        return stand(work, vault, work.cases.find(case_id), on=on)


def told(vault: OpenVault, family: Family) -> UUID:
    """Begin a meeting of the board and the school, at which the school tells something."""
    meeting_id = running_meeting(vault, family, family.karin, family.maria)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    return meeting_id


def reasons(vault: OpenVault, meeting_id: UUID) -> set[Reason]:
    """Return everything that stands against what was told; nothing of it is in the room."""
    assert texts_in(room_of(vault, meeting_id)) == []
    (entry,) = read_hidden(meeting_id, vault=vault).value.hidden
    return {reason for _, decision in entry.against for reason in (decision.reason, *decision.also)}


def test_without_a_programme_nobody_can_consent_and_nothing_is_shared(vault: OpenVault) -> None:
    case_id = opened_case(vault)
    school = organisation(vault, "school", "Ekbackens skola")
    board = UUID(bytes=vault.trust.vault_id)
    relative(vault, case_id, SARA, custody=Custody.SOLE)
    maria = professional(vault, case_id, school, "Maria Lind")
    found = standing(vault, case_id)
    assert found.programme is None
    assert found.required.signs == frozenset()
    assert found.given.closed_by is Reason.PHASE_NOT_OPEN
    assert found.given.organisations == {school}
    assert board == found.given.controller_id
    assert maria in found.parties


@pytest.mark.parametrize(
    "born", [None, PartialDate(2008), PartialDate(2030, 1, 1)], ids=["none", "year", "unborn"]
)
def test_without_a_known_age_nothing_is_shared(vault: OpenVault, born: PartialDate | None) -> None:
    person = replace(ELIAS, birth_date=born, number=None)
    family = signed_case(vault, person)
    meeting_id = told(vault, family)
    assert reasons(vault, meeting_id) == {Reason.UNKNOWN_AGE, Reason.NO_SIGNER}


def test_without_a_guardian_nobody_has_allowed_anything_for_a_minor(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    for guardian in (family.sara, family.johan):
        change_party(ChangeParty(case_id=family.case_id, party_id=guardian, until=DAY), vault=vault)
    assert reasons(vault, meeting_id) == {Reason.NO_SIGNER}


@pytest.mark.parametrize(
    ("phase", "reason"),
    [
        (Phase.PAUSED, Reason.CASE_PAUSED),
        (Phase.DECLINED, Reason.PHASE_NOT_OPEN),
        (Phase.CLOSED, Reason.CASE_CLOSED),
    ],
)
def test_in_a_phase_that_is_closed_nothing_is_shared(
    vault: OpenVault, phase: Phase, reason: Reason
) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    change_phase(
        ChangePhase(case_id=family.case_id, phase=phase, reason="goals_reached"), vault=vault
    )
    assert reasons(vault, meeting_id) == {reason}


def test_before_the_name_may_be_told_nothing_is_shared(vault: OpenVault) -> None:
    case_id = opened_case(vault, programme="sspf")
    assert standing(vault, case_id).given.stage is Stage.NAMED
    assert standing(vault, case_id).given.closed_by is Reason.PHASE_NOT_OPEN
    change_phase(ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT), vault=vault)
    assert standing(vault, case_id).given.stage is Stage.ANONYMOUS


def test_a_guardian_whose_custody_ended_neither_signs_nor_sees(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, family.sara, family.johan)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]

    end = DAY + timedelta(days=1)
    change_party(ChangeParty(case_id=family.case_id, party_id=family.johan, until=end), vault=vault)
    # The last day is whole.
    assert standing(vault, family.case_id).required.signs == set(family.signers)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]

    clock.move(days=1)
    assert standing(vault, family.case_id).required.signs == {family.subject, family.sara}
    assert family.johan not in standing(vault, family.case_id).given.guardians
    assert Reason.RECIPIENT_NOT_COVERED in reasons(vault, meeting_id)
    # On the day before it is still as it was.
    assert family.johan in standing(vault, family.case_id, DAY).given.guardians


def test_a_new_guardian_s_signature_is_missed_from_their_first_day(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    new = replace(JOHAN, given_name="Eva")
    since = DAY + timedelta(days=3)
    relative(vault, family.case_id, new, custody=Custody.JOINT, since=since)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    clock.move(days=3)
    assert reasons(vault, meeting_id) == {Reason.SIGNER_ADDED}


def test_a_barred_guardian_hides_what_is_in_the_bar_s_scope(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, family.johan, family.maria)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    wrote(vault, meeting_id, "fritid", under="now_leisure", organisation_id=family.school)
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.CHILD_LIMITED,
        against=family.johan,
        on=DAY,
        scope=BarScope.THESE,
        categories=frozenset({"schooling"}),
        words="Elias vill inte",
    )
    record_bar(bar, vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == ["fritid"]

    everything = replace(
        bar, reason=Reason.GUARDIAN_BARRED, scope=BarScope.ALL_BUT_THESE, categories=frozenset()
    )
    record_bar(everything, vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_a_bar_that_begins_later_keeps_nothing_back_before(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.PROTECTION_LIMIT,
        against=family.school,
        on=DAY + timedelta(days=1),
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Hot",
    )
    record_bar(bar, vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    clock.move(days=1)
    assert reasons(vault, meeting_id) >= {Reason.PROTECTION_LIMIT}


def test_an_agency_is_called_as_it_was_on_each_day(vault: OpenVault) -> None:
    family = signed_case(vault)
    save_organisation(
        SaveOrganisation(
            id=family.school, kind="school", name="Nya Ekbacken", since=DAY + timedelta(days=7)
        ),
        vault=vault,
    )
    names = {}
    for day in (DAY, DAY + timedelta(days=6), DAY + timedelta(days=7)):
        school = standing(vault, family.case_id, day).directory.organisation(family.school)
        assert school is not None
        names[day] = school.name_on(day)
    assert list(names.values()) == ["Ekbackens skola", "Ekbackens skola", "Nya Ekbacken"]


def test_the_board_has_a_name_before_anybody_gave_it_one(vault: OpenVault) -> None:
    family = signed_case(vault)
    board = standing(vault, family.case_id).directory.organisation(family.board)
    assert board is not None
    assert board.name == "Exempelstad"


def test_what_stands_on_a_day_is_what_had_happened_by_then(vault: OpenVault, clock: Clock) -> None:
    family = case_with_family(vault)
    clock.move(days=10)
    later = DAY + timedelta(days=10)
    record_consent(paper(family, signed_on=later, valid_from=later), vault=vault)
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.MAPPING), vault=vault)

    before, after = standing(vault, family.case_id, DAY), standing(vault, family.case_id)

    assert (before.step.phase, after.step.phase) == (
        Phase.INFORMATION_AND_CONSENT,
        Phase.MAPPING,
    )
    assert (len(before.given.consents), len(after.given.consents)) == (0, 3)
    assert after.given.chain is ChainStanding.HOLDS
    assert after.given.confirmation is Confirmation.CONFIRMED
    assert set(CATEGORIES) <= after.given.categories


def test_a_clock_that_was_set_back_brings_no_consent_to_life_again(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    record_consent(paper(family, valid_to=DAY + timedelta(days=5)), vault=vault)
    meeting_id = told(vault, family)
    clock.move(days=6)
    assert texts_in(room_of(vault, meeting_id)) == []
    clock.move(days=-6)
    assert reasons(vault, meeting_id) == {Reason.EXPIRED}


def test_the_day_is_that_of_stockholm(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    record_consent(paper(family, valid_to=date(2027, 3, 31)), vault=vault)
    meeting_id = told(vault, family)
    clock.at = datetime.fromisoformat("2027-03-31T21:59:00+00:00")
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    clock.at = datetime.fromisoformat("2027-03-31T22:01:00+00:00")
    assert reasons(vault, meeting_id) == {Reason.EXPIRED}


def test_who_may_not_know_a_protected_person_s_birth_date_shares_nothing(
    made: MadeVault,
) -> None:
    """A colleague without the guarded part does not know who must sign."""
    petra = made.secrets("pn").principal
    vault = made.open()
    family = signed_case(vault, VIKTOR)
    meeting_id = told(vault, family)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    grant_case(GrantCase(case_id=family.case_id, principal_id=petra), vault=vault)
    vault.close()

    vault = made.open("pn")
    assert reasons(vault, meeting_id) == {Reason.UNKNOWN_AGE, Reason.NO_SIGNER}
    assert standing(vault, family.case_id).given.subject_age is None
    vault.close()


def test_where_all_concerned_must_be_covered_one_left_out_closes_everything(
    vault: OpenVault,
) -> None:
    person = NewPerson(
        given_name="Adam", family_name="Provberg", birth_date=PartialDate(1999, 1, 1)
    )
    case_id = opened_case(vault, person, programme="leavers")
    board = UUID(bytes=vault.trust.vault_id)
    police = organisation(vault, "police", "Lokalpolisen")
    health = organisation(vault, "health_care", "Vårdcentralen")
    places = [
        professional(vault, case_id, one, name)
        for one, name in ((board, "Karin Ek"), (police, "Peter Falk"))
    ]
    change_phase(ChangePhase(case_id=case_id, phase=Phase.INFORMATION_AND_CONSENT), vault=vault)
    subject = standing(vault, case_id).opened.subject_id
    family = Family(
        case_id=case_id,
        subject=subject,
        sara=subject,
        johan=subject,
        karin=places[0],
        maria=places[0],
        peter=places[1],
        board=board,
        school=board,
        police=police,
    )
    answer = SignerAnswer(
        signer=subject,
        answer=Answer.GIVEN,
        cells=cells((board, police)),
        own_information=OwnInformation.NONE,
    )
    record_consent(paper(family, answers=(answer,)), vault=vault)
    meeting_id = running_meeting(vault, family, *places)
    wrote(vault, meeting_id, TOLD, organisation_id=police)
    # Nobody has said yet who is concerned, so that nobody knows whether anyone is left out.
    assert reasons(vault, meeting_id) == {Reason.PROGRAMME_NEEDS_ALL}
    everyone = frozenset({police, health})
    change_terms(ChangeTerms(case_id=case_id, on=DAY, concerned=everyone), vault=vault)
    assert reasons(vault, meeting_id) == {Reason.PROGRAMME_NEEDS_ALL}

    all_of_them = replace(answer, cells=cells((board, police, health)))
    record_consent(paper(family, answers=(all_of_them,)), vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]
    # Who is not concerned any more leaves the list first, then the consent.
    change_terms(ChangeTerms(case_id=case_id, on=DAY, concerned=frozenset({police})), vault=vault)
    withdraw_consent(
        WithdrawConsent(case_id=case_id, signer=subject, on=DAY, organisations=frozenset({health})),
        vault=vault,
    )
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_a_programme_that_two_agencies_lead_needs_a_consent_that_covers_both(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault, programme="sig")
    record_consent(paper(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.board)
    assert Reason.PROGRAMME_NEEDS_ALL in reasons(vault, meeting_id)

    both = cells((family.board, family.school, family.police))
    answers = tuple(replace(one, cells=both) for one in paper(family).answers)
    record_consent(paper(family, answers=answers), vault=vault)
    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_a_relative_has_no_part_in_what_is_shared(vault: OpenVault) -> None:
    family = signed_case(vault)
    aunt = relative(vault, family.case_id, replace(SARA, given_name="Rut"), role=PartyRole.RELATIVE)
    found = standing(vault, family.case_id)
    assert aunt not in found.given.guardians
    assert aunt not in found.required.signs
    command = PlanMeeting(
        case_id=family.case_id,
        template="sspf_family",
        starts_at=datetime.fromisoformat("2026-11-26T15:00:00+01:00"),
        invited=(Invitation(party_id=aunt, functions=frozenset()),),
    )
    assert plan_meeting(command, vault=vault).changes.meetings
