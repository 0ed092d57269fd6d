"""The end of the work: each goal and each open commitment gets its answer, or a reason in words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.documents.papers import read_back, squeezed
from tests.people import (
    DAY,
    Family,
    arrive,
    case_with_family,
    gate,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.closing import (
    LONGEST_WORDS,
    AreaWords,
    CommitmentEnding,
    Ending,
    GoalOutcome,
    GoalReview,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.closing import ClosingView, KeepClosing, keep_closing, read_closing
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.meetings import begin_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import AgreePlan, KeepPlan, agree_plan, keep_plan
from trygga_desktop.services.ratings import RecordRating, record_rating
from trygga_desktop.services.vault import OpenVault

NOBODY = UUID(int=77)


class Ended:
    """A case with a goal that was agreed on and two commitments that are open."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.family: Family = case_with_family(vault)
        self.case_id = self.family.case_id
        record_consent(paper(self.family), vault=vault)
        meeting_id = planned_meeting(vault, self.family)
        goal = PlanLine(id=uuid4(), kind=LineKind.GOAL, words="Gå i skolan", area="school")
        self.goal = goal.id
        keep_plan(KeepPlan(case_id=self.case_id, based_on=0, lines=(goal,)), vault=vault)
        for seat in room_of(vault, meeting_id).seats:
            arrive(vault, meeting_id, seat)
        begin_meeting(meeting_id, vault=vault)
        self.first, self.second = (
            wrote(
                vault,
                meeting_id,
                text,
                kind=EntryKind.ACTION,
                responsible="Maria Lind",
                organisation_id=self.family.school,
                category="plan",
                due_on=DAY + timedelta(days=7),
            ).id
            for text in ("Ringa", "Skriva")
        )
        agreed = AgreePlan(
            case_id=self.case_id,
            meeting_id=meeting_id,
            basis=read_plan(self.case_id, vault=vault).value.basis,
            agreed=frozenset({self.goal}),
        )
        agree_plan(agreed, vault=vault)
        for phase in (Phase.PLAN_MEETING, Phase.CLOSING):
            change_phase(ChangePhase(case_id=self.case_id, phase=phase), vault=vault)

    @property
    def view(self) -> ClosingView:
        """Return how the work ends, as it is written by now."""
        return read_closing(self.case_id, vault=self.vault).value

    def command(self, **changes: Any) -> KeepClosing:
        """Return that the goal was reached, and both commitments have their answers."""
        command = KeepClosing(
            case_id=self.case_id,
            plan_number=2,
            goals=(
                GoalReview(goal_id=self.goal, outcome=GoalOutcome.REACHED, evidence="Närvaro 92 %"),
            ),
            own_words=(AreaWords(area="school", words="Det är roligare nu."),),
            endings=(
                CommitmentEnding(commitment_id=self.first, ending=Ending.DONE, words="Sagt"),
                CommitmentEnding(
                    commitment_id=self.second,
                    ending=Ending.HANDED_OVER,
                    handed_to=self.family.board,
                ),
            ),
        )
        return replace(command, **changes)

    def close(self, **changes: Any) -> None:
        """Close the case with the goals reached."""
        command = ChangePhase(case_id=self.case_id, phase=Phase.CLOSED, reason="goals_reached")
        change_phase(replace(command, **changes), vault=self.vault)


def test_a_case_is_not_closed_while_something_has_no_answer_and_nobody_says_why(
    vault: OpenVault,
) -> None:
    ending = Ended(vault)
    for left_open in ("", "  \n"):
        with pytest.raises(InvalidInputError) as refused:
            ending.close(left_open=left_open)
        assert (refused.value.field, refused.value.flaw) == ("left_open", "missing")
    with pytest.raises(InvalidInputError):
        ending.close(left_open="x" * 2_001)
    # A goal without an answer is enough.
    keep_closing(ending.command(goals=()), vault=vault)
    with pytest.raises(InvalidInputError):
        ending.close()
    assert read_overview(ending.case_id, vault=vault).value.row.phase is Phase.CLOSING
    ending.close(left_open="Eleven har flyttat utomlands.")
    closed = read_overview(ending.case_id, vault=vault).value
    assert (closed.row.phase, closed.step.left_open) == (
        Phase.CLOSED,
        "Eleven har flyttat utomlands.",
    )


FLAWS: dict[str, tuple[dict[str, Any], str]] = {
    "a goal of no plan": (
        {"goals": (GoalReview(goal_id=NOBODY, outcome=GoalOutcome.REACHED),)},
        "goal",
    ),
    "an area that is none": ({"own_words": (AreaWords(area="nowhere", words="x"),)}, "area"),
    "an area twice": ({"own_words": (AreaWords(area="", words="x"),) * 2}, "area"),
    "too many words": (
        {"own_words": (AreaWords(area="", words="x" * (LONGEST_WORDS + 1)),)},
        "words",
    ),
    "no commitment": (
        {"endings": (CommitmentEnding(commitment_id=NOBODY, ending=Ending.DONE),)},
        "commitment",
    ),
}


def test_what_cannot_be_kept_is_refused_and_changes_nothing(vault: OpenVault) -> None:
    ending = Ended(vault)
    first = CommitmentEnding(commitment_id=ending.first, ending=Ending.DONE)
    flaws = dict(FLAWS)
    for name, one, field in (
        ("twice", (first, first), "commitment"),
        ("no reason", (replace(first, ending=Ending.NOT_DONE),), "reason"),
        ("odd reason", (replace(first, ending=Ending.NOT_DONE, reason="queue"),), "reason"),
        ("to nobody", (replace(first, ending=Ending.HANDED_OVER),), "handed_to"),
        ("to a stranger", (replace(first, ending=Ending.HANDED_OVER, handed_to=NOBODY),), "h"),
        ("not handed", (replace(first, handed_to=ending.family.board),), "handed_to"),
        ("not handed, to a stranger", (replace(first, handed_to=NOBODY),), "handed_to"),
    ):
        flaws[name] = ({"endings": one}, "handed_to" if field == "h" else field)
    for changes, field in flaws.values():
        with pytest.raises(InvalidInputError) as refused:
            keep_closing(ending.command(**changes), vault=vault)
        assert refused.value.field == field
    with pytest.raises(ConflictError):
        keep_closing(ending.command(plan_number=1), vault=vault)
    view = ending.view
    assert view.reviewed_on is None
    assert {one.id for one in view.open_commitments} == {ending.first, ending.second}


def test_nothing_is_written_of_the_end_once_the_work_has_ended(vault: OpenVault) -> None:
    ending = Ended(vault)
    ending.close(left_open="Flyttat.")
    with pytest.raises(InvalidInputError) as refused:
        keep_closing(ending.command(), vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("phase", "closed")
    assert not ending.view.may_review


def test_every_goal_stands_with_its_area_the_own_figure_and_what_became_of_it(
    vault: OpenVault,
) -> None:
    ending = Ended(vault)
    for days, value in ((30, 3), (0, 8)):
        rating = RecordRating(
            case_id=ending.case_id, values={"school": value}, on=DAY - timedelta(days=days)
        )
        record_rating(rating, vault=vault)
    assert [(one.outcome, one.evidence) for one in ending.view.goals] == [(None, "")]
    keep_closing(ending.command(), vault=vault)

    view = ending.view

    (goal,) = view.goals
    assert (goal.line.item.text, goal.line.item.area) == ("Gå i skolan", "school")
    assert (goal.outcome, goal.evidence) == (GoalOutcome.REACHED, "Närvaro 92 %")
    assert view.own_words == {"school": "Det är roligare nu."}
    assert view.last_ratings == {"school": (DAY, 8)}
    assert view.is_complete


def test_a_commitment_that_got_its_answer_is_open_no_more_and_stays_in_sight(
    vault: OpenVault,
) -> None:
    ending = Ended(vault)
    keep_closing(ending.command(), vault=vault)

    view = ending.view

    assert view.open_commitments == ()
    told = {one.line.id: (one.ending, one.words, one.handed_to) for one in view.ended}
    assert told[ending.first] == (Ending.DONE, "Sagt", "")
    assert told[ending.second][:2] == (Ending.HANDED_OVER, "")
    assert told[ending.second][2]
    with vault.work() as work:
        states = {one.id: one.state for one, _ in work.commitments.of_case(ending.case_id)}
    assert states == {ending.first: CommitmentState.DONE, ending.second: CommitmentState.CHANGED}
    assert read_overview(ending.case_id, vault=vault).value.unanswered == 0
    ending.close()


def test_what_was_written_first_stays_when_more_is_written(vault: OpenVault) -> None:
    ending = Ended(vault)
    command = ending.command()
    keep_closing(replace(command, endings=command.endings[:1]), vault=vault)
    keep_closing(replace(command, goals=(), own_words=(), endings=command.endings[1:]), vault=vault)
    view = ending.view
    assert [one.outcome for one in view.goals] == [GoalOutcome.REACHED]
    assert {one.line.id for one in view.ended} == {ending.first, ending.second}


def test_an_older_record_of_the_end_that_was_put_back_is_noticed(vault: OpenVault) -> None:
    ending = Ended(vault)
    command = ending.command()
    with vault.work() as work:
        before = work.cases.find(ending.case_id)
    keep_closing(command, vault=vault)
    with vault.work() as work:
        now = work.cases.find(ending.case_id)
        parts = work.compartments.of_file(ending.case_id)
        case_part = next(one for kind, one in parts.items() if kind.value == "case")
        older = replace(before.case, row_version=now.case.row_version)
        work.cases.replace(replace(before, case=older), case_part, work.compartments.key(case_part))
        work.commit(Action.CASE_READ, ending.case_id)
    assert not ending.view.is_complete


def test_the_plan_that_the_desk_prepares_is_not_the_one_that_is_looked_back_on(
    vault: OpenVault,
) -> None:
    ending = Ended(vault)
    lines = read_plan(ending.case_id, vault=vault).value
    other = PlanLine(id=uuid4(), kind=LineKind.GOAL, words="Något nytt", area="leisure")
    kept = KeepPlan(case_id=ending.case_id, based_on=lines.number, lines=(other,))
    keep_plan(kept, vault=vault)
    assert [one.line.id for one in ending.view.goals] == [ending.goal]


def test_its_page_is_made_for_the_boards_own_file(vault: OpenVault) -> None:
    ending = Ended(vault)
    keep_closing(ending.command(), vault=vault)
    command = ComposePlan(case_id=ending.case_id, paper=PlanPaper.CLOSING)
    made = compose_plan(command, vault=vault).value
    assert made.pdf.startswith(b"%PDF")
    assert made.file_name == "avslut-2026-11-26.pdf"
    assert compose_plan(command, vault=vault).value.pdf == made.pdf


def reopened(ending: Ended) -> None:
    """Raise a case again that was closed, and bring it to its last phase."""
    for phase in (Phase.REFERRAL, Phase.ASSESSMENT):
        change_phase(ChangePhase(case_id=ending.case_id, phase=phase), vault=ending.vault)
    pass_gate(gate(ending.case_id, ending.family.board), vault=ending.vault)
    for phase in (Phase.PLAN_MEETING, Phase.CLOSING):
        change_phase(ChangePhase(case_id=ending.case_id, phase=phase), vault=ending.vault)


def test_a_second_end_has_a_review_of_its_own_and_the_first_stays_beside_it(
    vault: OpenVault,
) -> None:
    ending = Ended(vault)
    keep_closing(ending.command(), vault=vault)
    ending.close()
    reopened(ending)

    view = ending.view
    assert ([one.outcome for one in view.goals], view.own_words, view.ended) == ([None], {}, ())
    assert (view.reviewed_on, view.is_complete) == (None, True)
    # What was answered the first time is no answer of the second.
    with pytest.raises(InvalidInputError, match="left_open"):
        ending.close()
    second = ending.command(
        goals=(GoalReview(goal_id=ending.goal, outcome=GoalOutcome.PARTLY, evidence="Halva"),),
        own_words=(),
        endings=(),
    )
    keep_closing(second, vault=vault)
    ending.close()

    view = ending.view
    assert [one.outcome for one in view.goals] == [GoalOutcome.PARTLY]
    (first,) = view.rounds
    assert [(one.outcome, one.evidence) for one in first.goals] == [
        (GoalOutcome.REACHED, "Närvaro 92 %")
    ]
    assert first.own_words == {"school": "Det är roligare nu."}
    assert {one.line.id for one in first.ended} == {ending.first, ending.second}
    assert view.is_complete
    command = ComposePlan(case_id=ending.case_id, paper=PlanPaper.CLOSING)
    text = squeezed(read_back(compose_plan(command, vault=vault).value.pdf))
    assert squeezed("innan det togs upp igen") in text
    assert text.index("Halva") < text.index(squeezed("Närvaro 92 %"))


def test_a_case_that_only_rested_before_it_was_closed_has_one_end(vault: OpenVault) -> None:
    ending = Ended(vault)
    keep_closing(ending.command(), vault=vault)
    for phase in (Phase.PAUSED, Phase.CLOSING):
        change_phase(ChangePhase(case_id=ending.case_id, phase=phase), vault=vault)
    assert [one.outcome for one in ending.view.goals] == [GoalOutcome.REACHED]
    for phase in (Phase.PAUSED, Phase.FOLLOW_UP, Phase.CLOSING):
        change_phase(ChangePhase(case_id=ending.case_id, phase=phase), vault=vault)
    assert [one.outcome for one in ending.view.goals] == [GoalOutcome.REACHED]
    assert ending.view.rounds == ()
