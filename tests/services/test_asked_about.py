"""The day on which one asks how a promise goes leads to home, a calendar and the printed plan."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from tests.conftest import Clock, MadeVault
from tests.documents.papers import read_back, squeezed
from tests.people import DAY, Family, running_meeting, signed_case, wrote
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.follow_up import Why
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services import follow_up
from trygga_desktop.services.due_calendar import ComposeDueCalendar, compose_due_calendar
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.follow_up import FollowUpQuestion, Span, read_follow_up
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

ASKED_ON = DAY + timedelta(days=9)
DUE_ON = DAY + timedelta(days=30)


def change(vault: OpenVault, family: Family, promised: UUID, **fields: Any) -> None:
    """Tell of a promise that it is under way, or more."""
    given = {"state": CommitmentState.DOING, **fields}
    command = ChangeCommitment(case_id=family.case_id, commitment_id=promised, **given)
    change_commitment(command, vault=vault)


def asked_about(vault: OpenVault) -> tuple[Family, UUID]:
    """Return a case in which the school promised something that is to be asked about."""
    family = signed_case(vault)
    promised = wrote(
        vault,
        running_meeting(vault, family),
        "Ringa BUP",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=family.school,
        due_on=DUE_ON,
    ).id
    change(vault, family, promised, new_follow_up=ASKED_ON)
    return family, promised


def reminded(vault: OpenVault) -> list[date]:
    """Return since when home tells that one is to ask."""
    found = [one.reminder for one in read_reminders(vault=vault).value]
    return [one.on for one in found if one.kind is ReminderKind.FOLLOW_UP_DUE]


def listed(vault: OpenVault, span: Span, **asked: Any) -> list[tuple[date, Why]]:
    """Return the days that stand in the list over all cases."""
    found = read_follow_up(FollowUpQuestion(span=span, **asked), vault=vault).value
    return [(one.on, one.why) for one in found.rows]


def entries(vault: OpenVault) -> list[tuple[date, str]]:
    """Return what a calendar is given."""
    command = ComposeDueCalendar(question=FollowUpQuestion())
    content = compose_due_calendar(command, vault=vault).value.content
    return [
        (one.decoded("dtstart"), str(one["summary"]))
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_whoever_cannot_open_the_case_is_not_told_to_ask(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    asked_about(vault)
    vault.close()
    clock.move(days=20)
    colleague = made.open("pn")
    assert read_reminders(vault=colleague).value == ()
    assert listed(colleague, Span.OVERDUE) == []
    assert set(read_follow_up(FollowUpQuestion(), vault=colleague).value.counts.values()) == {0}
    colleague.close()


def test_home_tells_to_ask_from_the_day_on_until_somebody_tells_how_it_goes(
    vault: OpenVault, clock: Clock
) -> None:
    family, promised = asked_about(vault)
    clock.move(days=8)
    assert reminded(vault) == []
    clock.move(days=1)
    assert reminded(vault) == [ASKED_ON]
    clock.move(days=9)
    assert reminded(vault) == [ASKED_ON]
    change(vault, family, promised)
    assert reminded(vault) == []
    change(vault, family, promised, new_follow_up=DAY + timedelta(days=20))
    clock.move(days=2)
    assert reminded(vault) == [DAY + timedelta(days=20)]


def test_the_day_of_asking_has_a_place_of_its_own_in_the_list_over_all_cases(
    vault: OpenVault, clock: Clock
) -> None:
    family, promised = asked_about(vault)
    ask, due = (ASKED_ON, Why.ASK), (DUE_ON, Why.DUE)
    assert [listed(vault, one) for one in Span] == [[], [], [ask], [due], []]
    clock.move(days=9)
    assert [listed(vault, one) for one in Span] == [[], [ask], [], [due], []]
    clock.move(days=10)
    assert [listed(vault, one) for one in Span] == [[ask], [], [due], [], []]
    found = read_follow_up(FollowUpQuestion(), vault=vault).value
    assert list(found.counts.values()) == [1, 0, 1, 0, 0]
    assert listed(vault, Span.OVERDUE, organisation_id=family.school) == [ask]
    assert listed(vault, Span.OVERDUE, responsible="lind") == [ask]
    assert listed(vault, Span.OVERDUE, is_family=True) == []
    # What is told on that day or later answers, and another day can be agreed on.
    change(vault, family, promised, new_follow_up=DUE_ON)
    assert [listed(vault, one) for one in Span] == [
        [],
        [],
        [(DUE_ON, Why.ASK), (DUE_ON, Why.DUE)],
        [],
        [],
    ]


def test_the_days_of_one_promise_come_in_parts_and_none_is_left_out(
    vault: OpenVault, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    family, promised = asked_about(vault)
    change(vault, family, promised, new_follow_up=DUE_ON)
    clock.move(days=40)
    monkeypatch.setattr(follow_up, "MOST_ROWS", 1)
    found: list[tuple[date, Why]] = []
    after = None
    while after is not None or not found:
        part = read_follow_up(FollowUpQuestion(after=after), vault=vault).value
        found += [(one.on, one.why) for one in part.rows]
        after = part.more
    assert found == [(DUE_ON, Why.ASK), (DUE_ON, Why.DUE)]


@pytest.mark.parametrize(
    ("state", "reason"), [(CommitmentState.DONE, ""), (CommitmentState.NOT_POSSIBLE, "queue")]
)
def test_nobody_is_told_to_ask_about_what_has_ended(
    vault: OpenVault, clock: Clock, state: CommitmentState, reason: str
) -> None:
    family, promised = asked_about(vault)
    change(vault, family, promised, state=state, reason=reason)
    clock.move(days=20)
    assert reminded(vault) == []
    assert listed(vault, Span.OVERDUE) == []


def test_a_calendar_has_the_day_on_which_one_asks_beside_the_last_day(
    vault: OpenVault, clock: Clock
) -> None:
    asked_about(vault)
    due = (DUE_ON, "Trygga: åtagande att göra")
    assert entries(vault) == [(ASKED_ON, "Trygga: fråga hur det går"), due]
    clock.move(days=10)
    assert entries(vault) == [due]


def test_the_printed_plan_tells_when_a_promise_is_followed_up(vault: OpenVault) -> None:
    family, _ = asked_about(vault)
    command = ComposePlan(case_id=family.case_id, paper=PlanPaper.PLAN)
    page = read_back(compose_plan(command, vault=vault).value.pdf)
    assert squeezed(f"Följs upp {ASKED_ON.day}") in page
