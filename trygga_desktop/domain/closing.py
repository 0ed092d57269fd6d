"""How the work of a case ends: what became of its goals and commitments, and how it is later."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import PlanStage, PlanVersion

LONGEST_WORDS = 10_000
"""The longest text in characters that a review has in one place."""


class GoalOutcome(StrEnum):
    """What became of a goal."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"
    NO_LONGER_RELEVANT = "no_longer_relevant"


class Ending(StrEnum):
    """What became of a commitment that was open when the work ended."""

    DONE = "done"
    NOT_POSSIBLE = "not_possible"
    NOT_DONE = "not_done"
    HANDED_OVER = "handed_over"

    @property
    def state(self) -> CommitmentState:
        """Return how far the commitment has come with it. What is handed over goes on elsewhere."""
        return _STATES[self]


_STATES = {
    Ending.DONE: CommitmentState.DONE,
    Ending.NOT_POSSIBLE: CommitmentState.NOT_POSSIBLE,
    Ending.NOT_DONE: CommitmentState.NOT_DONE,
    Ending.HANDED_OVER: CommitmentState.CHANGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalReview:
    """What became of a goal, and how one knows."""

    goal_id: UUID
    outcome: GoalOutcome
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWords:
    """What the young person says of how it went in an area, in their own words."""

    area: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentEnding:
    """What became of a commitment; `handed_to` is the organisation that goes on with it.

    `reason` is a code of `action_status.toml`, where the state that follows asks for one.
    """

    commitment_id: UUID
    ending: Ending
    reason: str = ""
    words: str = ""
    handed_to: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReview:
    """How the work ended. `plan_number` is the version of the plan whose goals these are."""

    on: date
    written_by: UUID
    plan_number: int
    goals: tuple[GoalReview, ...] = ()
    own_words: tuple[AreaWords, ...] = ()
    endings: tuple[CommitmentEnding, ...] = ()

    def after(self, earlier: Self | None) -> Self:
        """Return it with what an earlier one says and this one does not: nothing is forgotten."""
        if earlier is None:
            return self
        goals = {one.goal_id for one in self.goals}
        areas = {one.area for one in self.own_words}
        endings = {one.commitment_id for one in self.endings}
        before = [one for one in earlier.own_words if one.area not in areas]
        return replace(
            self,
            goals=(*(one for one in earlier.goals if one.goal_id not in goals), *self.goals),
            own_words=(*before, *self.own_words),
            endings=(
                *(one for one in earlier.endings if one.commitment_id not in endings),
                *self.endings,
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterLook:
    """What was found on the day `on`, for the day `due_on` on which it was to be asked about."""

    due_on: date
    on: date
    noted_by: UUID
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedRound:
    """How the work ended on a day, and what was found after it, before the work began again."""

    ended_on: date
    review: ClosingReview | None = None
    looks: tuple[LaterLook, ...] = ()


def plan_in_force(newest_first: Iterable[PlanVersion]) -> PlanVersion | None:
    """Return the version that a meeting agreed on last; the newest where none ever did.

    The versions come from the newest back; no more of them are asked for than it takes.
    """
    newest: PlanVersion | None = None
    for version in newest_first:
        if version.stage is not PlanStage.PREPARED:
            return version
        newest = newest or version
    return newest


def unanswered_goals(review: ClosingReview | None, goals: Collection[UUID]) -> frozenset[UUID]:
    """Return the goals of which nobody has said what became of them."""
    answered = set() if review is None else {one.goal_id for one in review.goals}
    return frozenset(goals) - answered
