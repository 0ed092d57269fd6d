"""What was answered of a line says something of what it says now alone, and agreed means agreed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.people import DAY, STARTS_AT, Family, begun, planned_meeting, room_of
from tests.services.packet_desk import Side, another_vault, certify, outgoing
from tests.services.test_plan_agreeing import (
    agreement,
    flaw_of,
    goal,
    goals,
    kept,
    plan,
    promise,
    ready,
)
from tests.services.test_plan_papers import words_of
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.plan import (
    LineKind,
    PlanLine,
    PlanStage,
    PlanVersion,
    Term,
    goals_agreed_on,
)
from trygga_desktop.services.agreed_plans import compose_agreed_plan
from trygga_desktop.services.audience import text_of
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms
from trygga_desktop.services.entries import MarkItem, mark_item
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.plan_versions import digest_of_version
from trygga_desktop.services.plan_views import PlanView
from trygga_desktop.services.plans import BringPlan, agree_plan, bring_plan
from trygga_desktop.services.protocols import ComposeProtocol, ProtocolAudience
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.plain import reader, spell
from trygga_desktop.ui.screens.plan.editing import line_of


def exclude(vault: OpenVault, family: Family) -> UUID:
    """Have an exclusion asked for about what is planned, and return its id."""
    asked = NewExclusion(
        asked_by=family.sara, words="Pappas sjukdom", categories=frozenset({"plan"})
    )
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(asked,)), vault=vault)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(family.case_id))
        return next(one.id for one in standing.state.exclusions)


def aim(words: str = "Bli ledare", **fields: object) -> PlanLine:
    """Return a goal with how one knows that it is reached."""
    return replace(goal(words, sign="Leder en grupp", term=Term.LONG), **fields)  # type: ignore[arg-type]  # fields of its own


def agreed(
    vault: OpenVault, family: Family, meeting_id: UUID, *lines: PlanLine, tries: bool = True
) -> PlanView:
    """Have a meeting agree on lines of which it was answered that they touch nothing."""
    ids = [one.id for one in lines]
    view = kept(vault, family, *lines, tried=frozenset(ids if tries else ()))
    agree_plan(agreement(family, meeting_id, view, *ids), vault=vault)
    return plan(vault, family)


def rewritten(
    vault: OpenVault, family: Family, how: Callable[[PlanLine], PlanLine], **fields: object
) -> PlanView:
    """Keep the plan with each of its lines written over."""
    lines = [how(line_of(one)) for one in plan(vault, family).lines]
    return kept(vault, family, *lines, **fields)


def of(view: PlanView, line_id: UUID) -> ShownPlanLine:
    """Return one line."""
    return next(one for one in view.lines if one.id == line_id)


def pages_for_the_room(vault: OpenVault, meeting_id: UUID) -> str:
    """Return what everyone who was there signs, in words."""
    asked = ComposeProtocol(meeting_id=meeting_id, audience=ProtocolAudience.ROOM, language="sv")
    return words_of(compose_agreed_plan(asked, vault=vault).value.pdf)


def my_plan(vault: OpenVault, family: Family) -> str:
    """Return what the young person is handed, in words."""
    asked = ComposePlan(case_id=family.case_id, paper=PlanPaper.MY_PLAN)
    return words_of(compose_plan(asked, vault=vault).value.pdf)


def test_what_the_young_person_does_is_not_written_over_what_was_agreed_on(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    exclude(vault, family)
    line, more = promise(family, own_part="Kommer i tid"), promise(family, "Ringa hem")
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)
    touching = "Pratar med pappa om sjukdomen"

    view = rewritten(vault, family, lambda one: replace(one, own_part=touching))

    first, beside = view.lines
    assert (first.id, first.own_part, first.must_be_tried) == (line.id, "Kommer i tid", False)
    assert (beside.own_part, beside.clashes_with) == (touching, line.id)
    assert (beside.must_be_tried, beside.may_be_raised) == (True, False)
    assert "Pratar med pappa" not in my_plan(vault, family)
    view = kept(vault, family, *map(line_of, view.lines), more, tried=frozenset({more.id}))
    agree_plan(agreement(family, meeting_id, view, more.id), vault=vault)
    pages = pages_for_the_room(vault, meeting_id)
    assert "Kommer i tid" in pages
    assert "Pratar med pappa" not in pages


def test_by_what_else_a_goal_is_known_is_asked_about_and_agreed_on_anew(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    exclude(vault, family)
    line, more = aim(), promise(family)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)

    view = rewritten(vault, family, lambda one: replace(one, sign="Pappa är frisk"))

    shown = of(view, line.id)
    assert (shown.must_be_tried, shown.may_be_raised, shown.is_proposed) == (True, False, True)
    assert line.id not in view.agreeable
    command = agreement(family, meeting_id, view, line.id)
    assert flaw_of(lambda: agree_plan(command, vault=vault)) == ("agreed", "kept_back")
    view = kept(vault, family, *map(line_of, view.lines), more, tried=frozenset({more.id}))
    agree_plan(agreement(family, meeting_id, view, more.id), vault=vault)
    pages = pages_for_the_room(vault, meeting_id)
    assert "Leder en grupp" in pages
    assert "Pappa är frisk" not in pages

    view = rewritten(vault, family, lambda one: one, tried=frozenset({line.id}))
    assert view.agreeable == {line.id}
    agree_plan(agreement(family, meeting_id, view, line.id), vault=vault)
    assert not of(plan(vault, family), line.id).is_proposed
    assert "Pappa är frisk" in pages_for_the_room(vault, meeting_id)
    # One protocol names a goal once in the same words.
    assert goals(vault, meeting_id) == ["Bli ledare"]


def test_what_may_be_raised_is_what_a_meeting_takes(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    exclude(vault, family)
    line = aim()
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    again = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=14))

    def take(view: PlanView, *tried: UUID) -> object:
        command = BringPlan(
            case_id=family.case_id,
            meeting_id=again,
            based_on=view.number,
            lines=tuple(map(line_of, view.lines)),
            tried=frozenset(tried),
        )
        return bring_plan(command, vault=vault)

    view = rewritten(vault, family, lambda one: replace(one, sign="Pappa är frisk"))
    assert (of(view, line.id).must_be_tried, of(view, line.id).may_be_raised) == (True, False)
    assert flaw_of(lambda: take(view)) == ("plan", "kept_back")

    take(view, line.id)
    assert of(plan(vault, family), line.id).may_be_raised


def test_an_answer_about_the_words_of_a_goal_opens_nothing_else_that_it_says(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    line, bare, act = aim(), goal("Sova"), promise(family, own_part="Kommer i tid")
    lines = (line, bare, act)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, *lines, tries=False)
    about = exclude(vault, family)
    for one in lines:
        answer = MarkItem(
            case_id=family.case_id,
            item_id=one.id,
            about_id=about,
            answer=Marking.DOES_NOT_TOUCH,
        )
        mark_item(answer, vault=vault)

    view = plan(vault, family)
    assert [of(view, one.id).must_be_tried for one in lines] == [True, False, True]
    pages = pages_for_the_room(vault, meeting_id)
    assert "Leder en grupp" not in pages
    assert "Kommer i tid" not in pages
    assert "Sova" in pages

    view = rewritten(vault, family, lambda one: one, tried=frozenset({line.id, act.id}))
    assert [one.must_be_tried for one in view.lines] == [False, False, False]
    pages = pages_for_the_room(vault, meeting_id)
    assert "Leder en grupp" in pages
    assert "Kommer i tid" in pages


def test_a_goal_that_was_said_to_touch_something_in_its_latest_words_is_closed(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    about = exclude(vault, family)
    line = goal("Bli ledare")
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)
    view = agreed(vault, family, meeting_id, replace(line, words="Leda en grupp"))
    assert of(view, line.id).closed_to == {family.police}
    with vault.work() as work:
        (later,) = [one for one in work.items.of_case(family.case_id) if one.follows == line.id]
    answer = MarkItem(
        case_id=family.case_id, item_id=later.id, about_id=about, answer=Marking.TOUCHES
    )
    mark_item(answer, vault=vault)

    assert of(plan(vault, family), line.id).closed_to == {family.school, family.police}
    assert "Leda en grupp" not in pages_for_the_room(vault, meeting_id)


def test_a_goal_that_was_said_to_touch_something_leaves_in_no_packet(made: MadeVault) -> None:
    here, there = made.open(), another_vault(made).open()
    family, meeting_id = ready(here)
    side = Side(here, family, certify(here, there, family.school))
    about = exclude(here, family)
    line = goal("Bli ledare")
    begun(here, meeting_id)
    agreed(here, family, meeting_id, line)
    assert [one.may_leave for one in outgoing(side, None).parts] == [True]

    answer = MarkItem(
        case_id=family.case_id, item_id=line.id, about_id=about, answer=Marking.TOUCHES
    )
    mark_item(answer, vault=here)

    assert [one.may_leave for one in outgoing(side, None).parts] == [False]
    here.close()
    there.close()


def test_a_goal_stands_as_it_was_agreed_on_until_other_words_are(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line, more = aim(), promise(family)
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)
    view = rewritten(
        vault, family, lambda one: replace(one, words="Leda en grupp", term=Term.SHORT)
    )

    assert "Bli ledare" in my_plan(vault, family)
    assert "Leda en grupp" not in my_plan(vault, family)
    view = kept(vault, family, *map(line_of, view.lines), more)
    agree_plan(agreement(family, meeting_id, view, more.id), vault=vault)
    pages = pages_for_the_room(vault, meeting_id)
    assert "Bli ledare" in pages
    assert "Leda en grupp" not in pages


def test_an_agreed_promise_keeps_its_answers_however_often_the_plan_is_kept(
    vault: OpenVault,
) -> None:
    family, meeting_id = ready(vault)
    exclude(vault, family)
    line = promise(family, own_part="Kommer i tid")
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line)
    for _ in range(2):
        view = rewritten(vault, family, lambda one: one)
        (shown,) = view.lines
        assert (shown.must_be_tried, shown.closed_to) == (False, frozenset({family.police}))


@pytest.mark.parametrize("noted", [None, frozenset[UUID]()])
def test_a_version_of_an_older_program_is_read_as_it_was_meant(
    noted: frozenset[UUID] | None,
) -> None:
    line = aim()
    version = PlanVersion(
        id=line.id,
        case_id=line.id,
        number=1,
        stage=PlanStage.AGREED,
        made_at=STARTS_AT,
        made_by=line.id,
        lines=(line,),
        salt="salt",
        agreed=noted,
    )

    found = goals_agreed_on([version], {line.id: frozenset({line.words})})

    assert dict(found) == ({line.id: line} if noted is None else {})
    spelled = spell(version)
    if noted is None:
        del spelled["agreed"]
    for each in spelled["lines"]:
        del each["due_at"], each["new_due_at"]
    assert digest_of_version(version) == sha256(to_canonical(["trygga-plan-1", spelled])).digest()


@pytest.mark.parametrize(
    ("noted", "digest"),
    [
        (None, "ee3196d09311bfda23816751b467807ca1b693441b8a378edca978320183bfbf"),
        (
            frozenset({UUID(int=1)}),
            "e1ea0288a71288dbc9b76642ae7a037149ade1d8e138b8dc8b1b2447fae4e0a6",
        ),
    ],
)
def test_a_version_without_hours_is_tied_to_the_log_as_before_there_were_any(
    noted: frozenset[UUID] | None, digest: str
) -> None:
    action = PlanLine(
        id=UUID(int=1),
        kind=LineKind.ACTION,
        words="Ringa",
        area="school",
        responsible="Maria Lind",
        organisation_id=UUID(int=2),
        due_on=date(2026, 12, 4),
        follow_up_on=date(2026, 12, 3),
        new_due=date(2026, 12, 5),
    )
    version = PlanVersion(
        id=UUID(int=3),
        case_id=UUID(int=4),
        number=2,
        stage=PlanStage.CHANGED,
        made_at=datetime(2026, 11, 26, 8, tzinfo=UTC),
        made_by=UUID(int=5),
        lines=(action, PlanLine(id=UUID(int=6), kind=LineKind.GOAL, words="Sova")),
        salt="00",
        based_on=1,
        agreed=noted,
    )

    assert digest_of_version(version).hex() == digest

    by_hours = (
        replace(action, due_at=due_at, new_due_at=new_due_at)
        for due_at in (None, time(9), time(10))
        for new_due_at in (None, time(9))
    )
    assert len({digest_of_version(replace(version, lines=(one,))) for one in by_hours}) == 6


def test_a_version_that_was_stored_before_there_were_hours_is_read_back() -> None:
    line = aim()
    spelled = spell(replace(line, kind=LineKind.ACTION))
    older = {name: one for name, one in spelled.items() if name not in {"due_at", "new_due_at"}}
    assert reader(PlanLine)(older) == replace(line, kind=LineKind.ACTION)
    timed = replace(line, kind=LineKind.ACTION, due_on=date(2026, 12, 4), due_at=time(14, 30))
    assert reader(PlanLine)(spell(timed)) == timed


def test_a_goal_that_is_not_taken_to_a_meeting_is_not_told_at_its_review(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    line, more = goal("Hemligt mål"), goal("Öppet mål")
    begun(vault, meeting_id)
    agreed(vault, family, meeting_id, line, more)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    again = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=14))
    view = plan(vault, family)
    bring = BringPlan(
        case_id=family.case_id,
        meeting_id=again,
        based_on=view.number,
        lines=tuple(map(line_of, view.lines)),
        without=frozenset({line.id}),
    )
    bring_plan(bring, vault=vault)
    begun(vault, again)

    assert [text_of(one) for one in room_of(vault, again).goals] == ["Öppet mål"]
