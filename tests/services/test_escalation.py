"""What is late is found by the rule of its programme, told without names, and raised once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    VIKTOR,
    acute_case,
    arrive,
    case_with_family,
    paper,
    planned_meeting,
    room_of,
    running_meeting,
    wrote,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.escalation import EscalationRule
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.programme import Decider
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.escalation import (
    ComposeRaised,
    RaiseCommitments,
    compose_raised,
    raise_commitments,
)
from trygga_desktop.services.follow_up import (
    FollowUpList,
    FollowUpQuestion,
    Span,
    read_follow_up,
)
from trygga_desktop.services.lanes import ChangeStage, change_stage
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.meetings import (
    EndMeeting,
    Invitation,
    PlanMeeting,
    begin_meeting,
    end_meeting,
    plan_meeting,
)
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

WORDS = "Boka ett samtal med studievägledaren"


def listed(vault: OpenVault, **fields: Any) -> FollowUpList:
    return read_follow_up(FollowUpQuestion(span=Span.TO_RAISE, **fields), vault=vault).value


def pages(vault: OpenVault, to: Decider, *ids: UUID, **fields: Any) -> str:
    """Return the text of the list of these, without its spaces."""
    command = ComposeRaised(to=to, commitment_ids=frozenset(ids), **fields)
    return squeezed(read_back(compose_raised(command, vault=vault).value.pdf))


def raise_all(vault: OpenVault, *ids: UUID) -> int:
    return raise_commitments(RaiseCommitments(commitment_ids=frozenset(ids)), vault=vault).value


def hold(made: MadeVault, vault: OpenVault, family: Any, *, days: int) -> None:
    """Hold another meeting so many days later."""
    made.clock.move(days=days)
    meeting_id = planned_meeting(vault, family, starts_at=made.clock.at)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)


def late_twice(made: MadeVault, vault: OpenVault) -> tuple[Any, UUID]:
    """Return a case with a promise of the school that was late at two meetings in a row."""
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = running_meeting(vault, family)
    promised = wrote(
        vault,
        meeting_id,
        WORDS,
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=family.school,
        due_on=DAY + timedelta(days=3),
    ).id
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    hold(made, vault, family, days=7)
    assert listed(vault).rows == ()
    hold(made, vault, family, days=7)
    return family, promised


def test_whoever_cannot_open_a_case_is_told_of_nothing_to_raise(made: MadeVault) -> None:
    vault = made.open()
    _, promised = late_twice(made, vault)
    vault.close()
    colleague = made.open("pn")
    found = listed(colleague)
    assert (found.rows, found.counts[Span.TO_RAISE]) == ((), 0)
    with pytest.raises(InvalidInputError, match="commitment"):
        raise_all(colleague, promised)
    with pytest.raises(InvalidInputError, match="commitment"):
        pages(colleague, Decider.STEERING_GROUP, promised)
    colleague.close()


def test_what_was_late_at_two_meetings_in_a_row_stands_on_the_list_and_at_home(
    made: MadeVault,
) -> None:
    vault = made.open()
    family, promised = late_twice(made, vault)
    found = listed(vault)
    assert [one.id for one in found.rows] == [promised]
    assert found.counts[Span.TO_RAISE] == 1
    told = found.rows[0].to_raise
    assert told is not None
    assert (told.rule, told.times) == (EscalationRule.MEETINGS, 2)
    reminded = [
        one.reminder
        for one in read_reminders(vault=vault).value
        if one.reminder.kind is ReminderKind.TO_RAISE
    ]
    assert [(one.count, one.to) for one in reminded] == [(1, "steering_group")]
    assert listed(vault, organisation_id=family.police).rows == ()
    vault.close()


def test_what_was_raised_leaves_the_list_and_says_when_and_to_whom(made: MadeVault) -> None:
    vault = made.open()
    family, promised = late_twice(made, vault)

    assert raise_all(vault, promised) == 1

    assert listed(vault).rows == ()
    (row,) = read_follow_up(FollowUpQuestion(), vault=vault).value.rows
    assert row.raised is not None
    assert (row.raised.to, row.raised.by) == ("steering_group", vault.keyring.principal)
    with pytest.raises(InvalidInputError, match="commitment"):
        raise_all(vault, promised)
    with vault.work() as work:
        (done,) = [one for one in work.audit.entries() if one.action is Action.COMMITMENT_RAISED]
    log = read_log(LogQuestion(case_id=family.case_id), vault=vault).value
    assert done.sequence in {line.sequence for line in log.lines}
    vault.close()


def test_all_are_raised_or_none(made: MadeVault) -> None:
    vault = made.open()
    _, promised = late_twice(made, vault)
    with pytest.raises(InvalidInputError, match="commitment"):
        raise_all(vault, promised, UUID(int=7))
    with pytest.raises(InvalidInputError, match="commitment"):
        raise_all(vault)
    command = RaiseCommitments(commitment_ids=frozenset({promised}), words="x" * 2_001)
    with pytest.raises(InvalidInputError, match="words"):
        raise_commitments(command, vault=vault)
    assert [one.id for one in listed(vault).rows] == [promised]
    vault.close()


def test_what_is_done_meanwhile_leaves_the_list(made: MadeVault) -> None:
    vault = made.open()
    family, promised = late_twice(made, vault)
    done = ChangeCommitment(
        case_id=family.case_id, commitment_id=promised, state=CommitmentState.DONE
    )
    change_commitment(done, vault=vault)
    assert listed(vault).counts[Span.TO_RAISE] == 0
    vault.close()


def test_in_the_acute_stage_what_is_late_is_raised_with_the_manager_within_hours(
    vault: OpenVault,
) -> None:
    case = acute_case(vault)
    (row,) = listed(vault).rows
    assert row.id == case.late_id
    told = row.to_raise
    assert told is not None
    assert told.rule is EscalationRule.HOURS
    assert told.by == told.late_from + timedelta(hours=24)
    raise_all(vault, case.late_id)
    assert listed(vault).rows == ()


def test_outside_the_acute_stage_one_meeting_is_enough_for_the_manager(made: MadeVault) -> None:
    vault = made.open()
    case = acute_case(vault)
    raise_all(vault, case.late_id)
    promised = wrote(
        vault,
        case.meeting_id,
        WORDS,
        kind=EntryKind.ACTION,
        under="welcome",
        responsible="Maria Lind",
        organisation_id=case.school,
        due_on=DAY + timedelta(days=3),
    ).id
    end_meeting(EndMeeting(meeting_id=case.meeting_id), vault=vault)
    calm = ChangeStage(case_id=case.case_id, stage="stabilising", words="Lugnt nu.")
    change_stage(calm, vault=vault)
    made.clock.move(days=5)
    assert listed(vault).rows == ()

    planned = PlanMeeting(
        case_id=case.case_id,
        template="leavers_follow_up",
        starts_at=made.clock.at,
        invited=(Invitation(party_id=case.karin, functions=frozenset({Function.CHAIR})),),
    )
    meeting_id = plan_meeting(planned, vault=vault).value
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    found = {one.id: one.to_raise for one in listed(vault).rows}
    told = found[promised]
    assert told is not None
    assert (told.rule, told.times, told.by) == (EscalationRule.MEETINGS, 1, None)
    vault.close()


def test_the_steering_group_reads_agencies_and_counts_and_nothing_of_any_case(
    made: MadeVault,
) -> None:
    vault = made.open()
    family, promised = late_twice(made, vault)
    number = listed(vault).rows[0].row.case_number
    for of in (None, family.school):
        text = pages(vault, Decider.STEERING_GROUP, promised, organisation_id=of)
        assert squeezed("Ekbackens skola") in text
        assert squeezed("styrgruppens lista") in text
        for told in ("Elias", "Maria Lind", WORDS, number):
            assert squeezed(told) not in text
    vault.close()


def test_a_manager_reads_which_case_of_their_agency_and_no_person_in_it(vault: OpenVault) -> None:
    case = acute_case(vault)
    number = listed(vault).rows[0].row.case_number
    late = case.late_id
    text = pages(vault, Decider.MANAGER, late, organisation_id=case.school)
    assert squeezed(number) in text
    for told in (VIKTOR.family_name, VIKTOR.alias, "Maria Lind", "Ringa bostadsbolaget"):
        assert squeezed(told) not in text
    of_all = pages(vault, Decider.MANAGER, late)
    assert squeezed(number) not in of_all
    with pytest.raises(InvalidInputError, match="commitment"):
        pages(vault, Decider.MANAGER, late, organisation_id=UUID(int=5))


def test_the_list_tells_what_was_shown_and_nothing_besides(made: MadeVault) -> None:
    vault = made.open()
    _, promised = late_twice(made, vault)
    for ids in ((), (UUID(int=7),), (promised, UUID(int=7))):
        with pytest.raises(InvalidInputError, match="commitment"):
            pages(vault, Decider.STEERING_GROUP, *ids)
    with pytest.raises(InvalidInputError, match="commitment"):
        pages(vault, Decider.MANAGER, promised)
    text = pages(vault, Decider.STEERING_GROUP, promised, is_own=True, is_part=True)
    assert squeezed("Bara ärenden som den som gjorde listan ansvarar för.") in text
    raise_all(vault, promised)
    with pytest.raises(InvalidInputError, match="commitment"):
        pages(vault, Decider.STEERING_GROUP, promised)
    vault.close()
