"""What was written of how the work ended, as the door lets it through to the operator, alone.

Of each time that it ended before it began again as well: what was written of one end is no answer
of the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.closing import ClosedRound, ClosingReview, Ending, GoalOutcome
from trygga_desktop.domain.plan import LineKind, PlanVersion
from trygga_desktop.services.later_looks import ShownLook, told_look
from trygga_desktop.services.own_records import told_alone
from trygga_desktop.services.plan_listeners import Organisation
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedGoal:
    """A goal of the plan in force, and what became of it if that is written."""

    line: ShownPlanLine
    outcome: GoalOutcome | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedCommitment:
    """A commitment that got its answer at the end; `handed_to` is the name of an organisation."""

    line: ShownPlanLine
    ending: Ending
    words: str
    handed_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRound:
    """How the work ended on a day, before it began again. `reviewed_on` is when it was written.

    `goals` are those of which somebody said what became of them.
    """

    ended_on: date
    reviewed_on: date | None
    goals: tuple[ReviewedGoal, ...]
    own_words: Mapping[str, str]
    ended: tuple[EndedCommitment, ...]
    looks: tuple[ShownLook, ...]


def tell_goals(
    vault: OpenVault,
    standing: Standing,
    teller: Teller,
    version: PlanVersion | None,
    review: ClosingReview | None,
) -> tuple[ReviewedGoal, ...]:
    """Return the goals of a version of the plan, and what a review says became of them."""
    told = {} if review is None else {one.goal_id: one for one in review.goals}
    lines = [one for one in teller.lines_of(version) if one.kind is LineKind.GOAL]
    return tuple(
        ReviewedGoal(
            line=line,
            outcome=told[line.id].outcome if line.id in told else None,
            evidence=told_alone(vault, standing, told[line.id].evidence, on=review.on)
            if review is not None and line.id in told
            else "",
        )
        for line in lines
    )


def tell_endings(
    vault: OpenVault, standing: Standing, teller: Teller, review: ClosingReview | None
) -> tuple[EndedCommitment, ...]:
    """Return the commitments that got their answer with a review."""
    if review is None:
        return ()
    told = {one.commitment_id: one for one in review.endings}
    names = {one.id: one.name for one in organisations_of(standing)}
    return tuple(
        EndedCommitment(
            line=line,
            ending=told[line.id].ending,
            words=told_alone(vault, standing, told[line.id].words, on=review.on),
            handed_to=names.get(told[line.id].handed_to or UUID(int=0), ""),
        )
        for line in teller.promised(told)
    )


def tell_words(
    vault: OpenVault, standing: Standing, review: ClosingReview | None
) -> Mapping[str, str]:
    """Return what the young person said with a review, by areas of life."""
    if review is None:
        return {}
    return {
        one.area: told_alone(vault, standing, one.words, on=review.on, is_own=True)
        for one in review.own_words
    }


def tell_rounds(
    work: UnitOfWork, vault: OpenVault, standing: Standing, teller: Teller
) -> tuple[ToldRound, ...]:
    """Return each time that the work ended before it began again, the first one first."""
    rounds = standing.opened.case.rounds
    if not rounds:
        return ()
    versions = {one.number: one for one in versions_of(work, standing.opened.case.id)}

    def tell(one: ClosedRound) -> ToldRound:
        review = one.review
        version = None if review is None else versions.get(review.plan_number)
        goals = tell_goals(vault, standing, teller, version, review)
        return ToldRound(
            ended_on=one.ended_on,
            reviewed_on=None if review is None else review.on,
            goals=tuple(goal for goal in goals if goal.outcome is not None),
            own_words=tell_words(vault, standing, review),
            ended=tell_endings(vault, standing, teller, review),
            looks=tuple(told_look(vault, standing, each) for each in one.looks),
        )

    return tuple(map(tell, rounds))


def organisations_of(standing: Standing) -> tuple[Organisation, ...]:
    """Return the organisations of a case and the board, by their names."""
    known = {*standing.given.organisations, standing.given.controller_id}
    found = [
        Organisation(id=one.id, name=one.name_on(standing.on), kind=one.kind)
        for one in standing.directory.organisations
        if one.id in known
    ]
    return tuple(sorted(found, key=lambda one: one.name))
