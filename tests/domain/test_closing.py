"""What became of goals and commitments is kept, and the plan that counts is the one agreed on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from trygga_desktop.domain.case import Case, Phase, PhaseStep
from trygga_desktop.domain.closing import (
    AreaWords,
    ClosingReview,
    CommitmentEnding,
    Ending,
    GoalOutcome,
    GoalReview,
    plan_in_force,
    unanswered_goals,
)
from trygga_desktop.domain.plan import PlanStage, PlanVersion

ME, GOAL, OTHER, PROMISE = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
DAY = date(2026, 11, 26)


def version(number: int, stage: PlanStage) -> PlanVersion:
    """Return a version of a plan."""
    return PlanVersion(
        id=UUID(int=number),
        case_id=ME,
        number=number,
        stage=stage,
        made_at=datetime(2026, 11, 26, tzinfo=UTC),
        made_by=ME,
        lines=(),
        salt="",
    )


def goal(goal_id: UUID, outcome: GoalOutcome = GoalOutcome.REACHED) -> GoalReview:
    """Return what became of a goal."""
    return GoalReview(goal_id=goal_id, outcome=outcome)


def test_no_state_of_an_ending_is_an_open_one() -> None:
    assert not any(one.state.is_open for one in Ending)


def test_what_an_earlier_review_says_is_not_lost_with_the_next() -> None:
    first = ClosingReview(
        on=DAY,
        written_by=ME,
        plan_number=1,
        goals=(goal(GOAL), goal(OTHER)),
        own_words=(AreaWords(area="school", words="Bra"), AreaWords(area="", words="Tack")),
        endings=(CommitmentEnding(commitment_id=PROMISE, ending=Ending.DONE),),
    )
    second = ClosingReview(
        on=DAY,
        written_by=ME,
        plan_number=1,
        goals=(goal(GOAL, GoalOutcome.PARTLY),),
        own_words=(AreaWords(area="school", words=""),),
    )
    found = second.after(first)
    assert {one.goal_id: one.outcome for one in found.goals} == {
        GOAL: GoalOutcome.PARTLY,
        OTHER: GoalOutcome.REACHED,
    }
    assert {one.area: one.words for one in found.own_words} == {"school": "", "": "Tack"}
    assert found.endings == first.endings
    assert second.after(None) == second


def test_a_goal_is_unanswered_until_a_review_says_what_became_of_it() -> None:
    review = ClosingReview(on=DAY, written_by=ME, plan_number=1, goals=(goal(GOAL),))
    assert unanswered_goals(None, {GOAL}) == {GOAL}
    assert unanswered_goals(review, {GOAL, OTHER}) == {OTHER}


@pytest.mark.parametrize(
    ("stages", "number"),
    [
        ((), None),
        ((PlanStage.PREPARED, PlanStage.PREPARED), 2),
        ((PlanStage.AGREED, PlanStage.PREPARED), 1),
        ((PlanStage.AGREED, PlanStage.CHANGED, PlanStage.PREPARED), 2),
    ],
)
def test_the_plan_in_force_is_the_one_that_a_meeting_agreed_on_last(
    stages: tuple[PlanStage, ...], number: int | None
) -> None:
    versions = [version(at, one) for at, one in enumerate(stages, start=1)]
    found = plan_in_force(reversed(versions))
    assert (None if found is None else found.number) == number


def test_no_older_version_is_asked_for_than_the_one_in_force() -> None:
    asked: list[int] = []

    def newest_first() -> Iterator[PlanVersion]:
        for number, stage in (
            (3, PlanStage.PREPARED),
            (2, PlanStage.AGREED),
            (1, PlanStage.AGREED),
        ):
            asked.append(number)
            yield version(number, stage)

    assert plan_in_force(newest_first()) == version(2, PlanStage.AGREED)
    assert asked == [3, 2]


def gone(*phases: Phase, **fields: Any) -> Case:
    """Return a case that has gone through these phases, one a day."""
    begun = Case(
        id=uuid4(),
        phase=phases[0],
        case_number="A",
        registry_number="",
        opened_on=DAY,
        steps=(PhaseStep(phase=phases[0], on=DAY),),
        **fields,
    )
    for days, phase in enumerate(phases[1:], start=1):
        begun = begun.come_into(PhaseStep(phase=phase, on=DAY + timedelta(days=days)))
    return begun


@pytest.mark.parametrize(
    ("phases", "rounds"),
    [
        # The work rested, and ended once.
        ((Phase.CLOSING, Phase.PAUSED, Phase.FOLLOW_UP, Phase.CLOSED), []),
        ((Phase.LONG_TERM_FOLLOW_UP, Phase.PAUSED, Phase.CLOSING, Phase.CLOSED), []),
        # It began again, at once or after a pause, and once for each end.
        ((Phase.CLOSED, Phase.REFERRAL, Phase.ASSESSMENT), [0]),
        ((Phase.LONG_TERM_FOLLOW_UP, Phase.PAUSED, Phase.MAPPING, Phase.PLAN_MEETING), [0]),
        ((Phase.LONG_TERM_FOLLOW_UP, Phase.CLOSED, Phase.REFERRAL), [1]),
    ],
)
def test_what_is_written_of_an_end_goes_to_its_round_when_work_begins_again(
    phases: tuple[Phase, ...], rounds: list[int]
) -> None:
    review = ClosingReview(on=DAY, written_by=uuid4(), plan_number=1)
    case = gone(*phases, review=review)
    assert [one.ended_on for one in case.rounds] == [DAY + timedelta(days=one) for one in rounds]
    kept = [*(one.review for one in case.rounds), case.review]
    assert [one for one in kept if one is not None] == [review]
    assert (case.review is None) == bool(rounds)


def test_an_end_of_which_nothing_was_written_leaves_no_round() -> None:
    assert gone(Phase.CLOSED, Phase.REFERRAL).rounds == ()
