"""What a withdrawal means: what has stopped, for whom, and what becomes of the case."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import (
    DAY,
    STARTS_AT,
    Family,
    case_with_family,
    cells,
    paper,
    planned_meeting,
    running_meeting,
    signed_case,
    wrote,
)
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.withdrawal import Consequence
from trygga_desktop.services.consents import (
    SignerAnswer,
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import cancel_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import Withdrawal, read_withdrawal

NEXT_WEEK = STARTS_AT + timedelta(days=7)


def meaning(vault: OpenVault, family: Family) -> Withdrawal:
    return read_withdrawal(family.case_id, vault=vault).value


def take_back(
    vault: OpenVault, family: Family, *organisations: UUID, signer: UUID | None = None
) -> None:
    """Let Sara, or another, take back what concerns these, or everything."""
    command = WithdrawConsent(
        case_id=family.case_id,
        signer=signer or family.sara,
        on=DAY,
        organisations=frozenset(organisations) or None,
    )
    withdraw_consent(command, vault=vault)


def promise(vault: OpenVault, meeting_id: UUID, text: str, **fields: Any) -> UUID:
    """Write down that somebody promised something, until next week."""
    command: dict[str, Any] = {"kind": EntryKind.ACTION, "due_on": NEXT_WEEK.date(), **fields}
    return wrote(vault, meeting_id, text, **command).id


def test_who_was_not_granted_the_case_is_told_nothing(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    take_back(vault, family)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        read_withdrawal(family.case_id, vault=vault)
    vault.close()


def test_without_a_withdrawal_nothing_is_stopped_and_no_letter_written(vault: OpenVault) -> None:
    family = signed_case(vault)

    found = meaning(vault, family)

    assert (found.stops, found.letters, found.commitments) == ((), (), ())
    assert found.consequence is Consequence.GOES_ON


def test_everything_taken_back_is_told_with_who_when_and_that_the_case_pauses(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    clock.move(hours=2)
    moment = clock.at
    take_back(vault, family)

    found = meaning(vault, family)

    (stop,) = found.stops
    assert (stop.signer, stop.on, stop.is_whole) == (family.sara, DAY, True)
    assert abs(stop.recorded_at - moment) < timedelta(seconds=1)
    assert stop.organisations == {family.board, family.school}
    assert found.consequence is Consequence.PAUSED
    assert found.still_given == {family.subject, family.johan}


def with_police(vault: OpenVault) -> Family:
    """Open a case whose consent is open between the board, the school and the police."""
    family = case_with_family(vault)
    allowed = cells((family.board, family.school, family.police))
    answers = tuple(replace(one, cells=allowed) for one in paper(family).answers)
    record_consent(paper(family, answers=answers), vault=vault)
    return family


def test_who_took_back_everything_bit_by_bit_is_not_told_to_say_yes_still(
    vault: OpenVault,
) -> None:
    family = with_police(vault)
    take_back(vault, family, family.police)
    assert family.sara in meaning(vault, family).still_given
    take_back(vault, family, family.school)

    found = meaning(vault, family)

    assert [one.is_whole for one in found.stops] == [True]
    assert found.still_given == {family.subject, family.johan}
    assert {one.organisation_id for one in found.letters} == {family.school, family.police}


def test_a_withdrawal_that_a_no_follows_is_told_still(vault: OpenVault) -> None:
    family = signed_case(vault)
    take_back(vault, family)
    refused = SignerAnswer(signer=family.sara, answer=Answer.REFUSED)
    record_consent(paper(family, answers=(refused,)), vault=vault)

    found = meaning(vault, family)

    assert [(one.signer, one.is_whole) for one in found.stops] == [(family.sara, True)]
    assert {one.organisation_id for one in found.letters} == {family.school}


def test_a_part_taken_back_stops_that_organisation_and_the_case_goes_on(vault: OpenVault) -> None:
    family = with_police(vault)
    take_back(vault, family, family.school)

    found = meaning(vault, family)

    (stop,) = found.stops
    assert (set(stop.organisations), stop.is_whole) == ({family.school}, False)
    assert found.consequence is Consequence.GOES_ON


def test_what_was_given_anew_is_stopped_no_more(vault: OpenVault) -> None:
    family = signed_case(vault)
    take_back(vault, family)
    record_consent(paper(family), vault=vault)

    assert meaning(vault, family).stops == ()


def test_a_case_that_was_closed_since_tells_that_it_shares_nothing(vault: OpenVault) -> None:
    family = signed_case(vault)
    take_back(vault, family)
    closing = ChangePhase(case_id=family.case_id, phase=Phase.CLOSED, reason="consent_withdrawn")
    change_phase(closing, vault=vault)

    found = meaning(vault, family)

    assert found.consequence is Consequence.SHARES_NOTHING
    assert [stop.signer for stop in found.stops] == [family.sara]


def test_no_meeting_is_told_at_which_everyone_is_covered(vault: OpenVault) -> None:
    family = signed_case(vault)
    planned_meeting(vault, family, starts_at=NEXT_WEEK)

    assert meaning(vault, family).meetings == ()


def test_planned_meetings_name_who_is_covered_no_more_and_why(vault: OpenVault) -> None:
    family = signed_case(vault)
    everyone = (*family.signers, family.karin, family.maria, family.peter)
    planned = planned_meeting(vault, family, *everyone, starts_at=NEXT_WEEK)
    cancelled = planned_meeting(vault, family, *everyone, starts_at=NEXT_WEEK)
    cancel_meeting(cancelled, vault=vault)
    take_back(vault, family, family.school)

    (found,) = meaning(vault, family).meetings

    assert (found.id, found.number, found.starts_at, found.state) == (
        planned,
        1,
        NEXT_WEEK,
        MeetingState.PLANNED,
    )
    assert {(one.name, one.organisation, one.reason) for one in found.seats} == {
        ("Maria Lind", "Ekbackens skola", Reason.WITHDRAWN_PART),
        ("Peter Falk", "Lokalpolisen Exempelstad", Reason.RECIPIENT_NOT_COVERED),
    }


def test_a_meeting_that_runs_is_told_too_and_one_that_is_over_is_not(vault: OpenVault) -> None:
    family = signed_case(vault)
    running = running_meeting(vault, family)
    take_back(vault, family)

    (found,) = meaning(vault, family).meetings

    assert (found.id, found.state) == (running, MeetingState.RUNNING)
    assert [(one.name, one.reason) for one in found.seats] == [("Maria Lind", Reason.WITHDRAWN)]


def test_open_commitments_of_organisations_that_are_covered_no_more_are_told(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    promise(vault, meeting_id, "Ringer", responsible="Maria Lind", organisation_id=family.school)
    done = promise(
        vault, meeting_id, "Skriver", responsible="Maria Lind", organisation_id=family.school
    )
    promise(vault, meeting_id, "Bokar", responsible="Karin Ek", organisation_id=family.board)
    promise(vault, meeting_id, "Tränar", responsible="Elias Demosson")
    finished = ChangeCommitment(
        case_id=family.case_id, commitment_id=done, state=CommitmentState.DONE
    )
    change_commitment(finished, vault=vault)
    assert meaning(vault, family).commitments == ()
    take_back(vault, family, family.school)

    (found,) = meaning(vault, family).commitments

    assert found.item.text == "Ringer"
    assert found.commitment is not None
    assert (found.commitment.responsible, found.commitment.organisation) == (
        "Maria Lind",
        "Ekbackens skola",
    )


def test_two_who_take_back_at_two_times_are_both_told(vault: OpenVault, clock: Clock) -> None:
    family = with_police(vault)
    take_back(vault, family, family.school)
    clock.move(hours=1)
    take_back(vault, family, signer=family.johan)

    found = meaning(vault, family).stops

    assert [(one.signer, one.is_whole) for one in found] == [
        (family.sara, False),
        (family.johan, True),
    ]
    assert found[0].recorded_at < found[1].recorded_at
