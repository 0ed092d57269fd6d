"""What rests for want of a consent rests in every place that tells of it, and wakes in all."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import Clock
from tests.people import (
    DAY,
    Family,
    arrive,
    paper,
    planned_meeting,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services.consents import (
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.due_calendar import ComposeDueCalendar, compose_due_calendar
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.follow_up import FollowUpQuestion, Span, read_follow_up
from trygga_desktop.services.leading import read_leading
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.overview import read_overview
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import read_withdrawal

RESTS, OPEN = CommitmentState.FROZEN, CommitmentState.NOT_STARTED


@pytest.fixture
def family(vault: OpenVault) -> Family:
    return signed_case(vault)


@pytest.fixture
def promised(vault: OpenVault, family: Family) -> UUID:
    """A commitment of the school's, due on the day after the meeting."""
    meeting_id = running_meeting(vault, family)
    found = wrote(
        vault,
        meeting_id,
        "Ringa BUP",
        kind=EntryKind.ACTION,
        organisation_id=family.school,
        responsible="Maria Lind",
        due_on=DAY + timedelta(days=1),
    ).id
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return found


def take_back(vault: OpenVault, family: Family, on: timedelta) -> None:
    command = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY + on)
    withdraw_consent(command, vault=vault)


def states(vault: OpenVault, family: Family) -> set[CommitmentState]:
    """Return what the pages of the operator say of it, each by its own way."""
    overview = read_overview(family.case_id, vault=vault).value
    plan = read_plan(family.case_id, vault=vault).value
    late = read_follow_up(FollowUpQuestion(span=Span.OVERDUE), vault=vault).value
    found = {one.commitment.state for one in overview.commitments if one.commitment is not None}
    found |= {one.progress.state for one in plan.lines if one.progress is not None}
    found |= {one.progress.state for one in late.rows}
    assert len(overview.commitments) == len(plan.lines) == len(late.rows) == 1
    return found


def late_reminders(vault: OpenVault) -> list[ReminderKind]:
    wanted = {ReminderKind.COMMITMENT_LATE, ReminderKind.TO_RAISE}
    found = (one.reminder.kind for one in read_reminders(vault=vault).value)
    return [one for one in found if one in wanted]


@pytest.mark.usefixtures("promised")
def test_what_rests_is_told_alike_everywhere_and_wakes_with_a_new_consent(
    vault: OpenVault, family: Family, clock: Clock
) -> None:
    clock.move(days=3)
    assert states(vault, family) == {OPEN}
    assert late_reminders(vault) == [ReminderKind.COMMITMENT_LATE]

    take_back(vault, family, timedelta(days=3))

    assert states(vault, family) == {RESTS}
    assert late_reminders(vault) == []
    (row,) = read_follow_up(FollowUpQuestion(span=Span.OVERDUE), vault=vault).value.rows
    assert not row.progress.is_late
    stopped = read_withdrawal(family.case_id, vault=vault).value
    assert [one.item.text for one in stopped.commitments] == ["Ringa BUP"]

    clock.move(days=2)
    day = DAY + timedelta(days=5)
    record_consent(paper(family, signed_on=day, valid_from=day), vault=vault)

    assert states(vault, family) == {OPEN}
    assert late_reminders(vault) == [ReminderKind.COMMITMENT_LATE]


def test_what_rests_is_not_on_the_table_and_stands_on_the_leader_s_page(
    vault: OpenVault, family: Family, promised: UUID, clock: Clock
) -> None:
    clock.move(days=3)
    take_back(vault, family, timedelta(days=3))
    clock.move(days=4)
    meeting_id = planned_meeting(vault, family)

    assert read_meeting(meeting_id, vault=vault).value.carried == ()
    (entry,) = read_leading(meeting_id, vault=vault).value.carried
    assert entry.item.id == promised
    assert entry.commitment is not None
    assert entry.commitment.state is RESTS
    arrive(vault, meeting_id, seat_of(vault, meeting_id, "Maria"))
    (hidden,) = read_leading(meeting_id, vault=vault).value.hidden.hidden
    assert (hidden.entry.item.id, hidden.rests) == (promised, True)
    # It is the school's own: nothing else keeps it from them.
    assert hidden.against == ()


@pytest.mark.usefixtures("promised")
def test_nobody_is_reminded_by_a_calendar_of_what_rests(
    vault: OpenVault, family: Family, clock: Clock
) -> None:
    clock.move(days=1)
    take_back(vault, family, timedelta(days=1))

    with pytest.raises(InvalidInputError) as refused:
        compose_due_calendar(ComposeDueCalendar(question=FollowUpQuestion()), vault=vault)

    assert (refused.value.field, refused.value.flaw) == ("commitment", "missing")


def test_what_rests_can_be_told_to_be_done_and_rests_no_more(
    vault: OpenVault, family: Family, promised: UUID, clock: Clock
) -> None:
    clock.move(days=3)
    take_back(vault, family, timedelta(days=3))
    done = ChangeCommitment(
        case_id=family.case_id, commitment_id=promised, state=CommitmentState.DONE
    )

    change_commitment(done, vault=vault)

    assert read_overview(family.case_id, vault=vault).value.commitments == ()
    with vault.work() as work:
        ((kept, _),) = work.commitments.of_case(family.case_id)
    # That it rested stands nowhere: it follows from the consents.
    assert [one.state for one in kept.changes] == [CommitmentState.DONE]


def test_no_meeting_at_which_it_rested_counts_against_anybody(
    vault: OpenVault, family: Family, promised: UUID, clock: Clock
) -> None:
    def meet() -> None:
        end_meeting(EndMeeting(meeting_id=running_meeting(vault, family)), vault=vault)

    def to_raise() -> list[UUID]:
        asked = FollowUpQuestion(span=Span.TO_RAISE)
        return [one.id for one in read_follow_up(asked, vault=vault).value.rows]

    clock.move(days=7)
    take_back(vault, family, timedelta(days=7))
    for _ in range(3):
        meet()
        clock.move(days=7)
    assert to_raise() == []
    day = DAY + timedelta(days=28)
    record_consent(paper(family, signed_on=day, valid_from=day), vault=vault)
    assert to_raise() == []

    for _ in range(3):
        meet()
        clock.move(days=7)

    assert to_raise() == [promised]
