"""A case: about one young person, in one phase at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from trygga_desktop.domain.agreement import Agreement
from trygga_desktop.domain.closing import ClosedRound, ClosingReview, LaterLook
from trygga_desktop.domain.gate import Gate
from trygga_desktop.domain.reasons import Reason


class Phase(StrEnum):
    """How far a case has come. Codes are those of `programmes.toml`, table `phase`."""

    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    INFORMATION_AND_CONSENT = "information_and_consent"
    MAPPING = "mapping"
    PLAN_MEETING = "plan_meeting"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    LONG_TERM_FOLLOW_UP = "long_term_follow_up"
    PAUSED = "paused"
    DECLINED = "declined"
    BELOW_THRESHOLD = "below_threshold"
    CLOSED = "closed"


ENDS = frozenset({Phase.LONG_TERM_FOLLOW_UP, Phase.CLOSED})
"""The phases with which the work has ended."""

WORKING = frozenset(
    {Phase.REFERRAL, Phase.ASSESSMENT, Phase.MAPPING, Phase.PLAN_MEETING, Phase.FOLLOW_UP}
)
"""The phases with which work goes on that had ended. Beside them a case only rests, or ends."""

# What a phase says of itself when it lets nothing be shared.
_SAYS_NO = {Phase.CLOSED: Reason.CASE_CLOSED, Phase.PAUSED: Reason.CASE_PAUSED}


# What follows the conversation without names: everybody concerned knows whom it is about.
_NAMED = frozenset(
    {
        Phase.INFORMATION_AND_CONSENT,
        Phase.MAPPING,
        Phase.PLAN_MEETING,
        Phase.FOLLOW_UP,
        Phase.CLOSING,
        Phase.LONG_TERM_FOLLOW_UP,
    }
)


class Cause(StrEnum):
    """Why a case came into a phase: somebody decided it, or it follows from the consents."""

    DECIDED = "decided"
    FOLLOWS_CONSENT = "follows_consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStep:
    """When a case came into a phase, and the words that go with it.

    `reason` is the code of a closing reason, where the phase needs one. `gate` is why the case is
    spoken of by name from then on, where it was spoken of without before. `left_open` is why goals
    or commitments were left without an answer when it was closed.
    """

    phase: Phase
    on: date
    cause: Cause = Cause.DECIDED
    reason: str = ""
    words: str = ""
    gate: Gate | None = None
    left_open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStep:
    """When a case came into a stage of its programme, who put it there, `by`, and why.

    `met_at` is when somebody first was in touch with the young person in it. Times are aware, UTC.
    """

    stage: str
    at: datetime
    by: UUID
    words: str
    met_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How a case began: which organisation raised it, why, and the first assessment."""

    raised_by: UUID | None = None
    raised_on: date | None = None
    why: str = ""
    assessment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is stored of a case itself; `opened_on` is a day in Europe/Stockholm.

    `steps` are the phases that it has been in, the present one last. `consent_head` is the newest
    link of its chain of consent events, empty before the first; `consent_count` how many there are.
    `responsible` is the user who is responsible, `deputy` that user's stand-in. `stages` are those
    of its programme that it has been in, the present one last. `review` is how the work ended,
    `looks` what was found after it, and `rounds` the same of each time that it ended before it
    began again. `agreements` are those with the young person in order.
    `earlier_id` is a case about the same person that was closed by then; it says nothing to
    whoever that case was not granted to.
    """

    id: UUID
    phase: Phase
    case_number: str
    registry_number: str
    opened_on: date
    row_version: int = 1
    programme: str = ""
    intake: Intake = Intake()
    steps: tuple[PhaseStep, ...] = ()
    responsible: UUID | None = None
    deputy: UUID | None = None
    consent_head: bytes = b""
    consent_count: int = 0
    stages: tuple[StageStep, ...] = ()
    review: ClosingReview | None = None
    looks: tuple[LaterLook, ...] = ()
    rounds: tuple[ClosedRound, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    earlier_id: UUID | None = None

    @property
    def stage(self) -> StageStep | None:
        """Return the stage that it is in, None where it never was in one."""
        return self.stages[-1] if self.stages else None

    def come_into(self, step: PhaseStep) -> Self:
        """Return it in another phase.

        Where work begins again that had ended, what was written of that end is of an earlier round.
        """
        came = replace(self, phase=step.phase, steps=(*self.steps, step))
        ended_on: date | None = None
        for one in self.steps:
            if one.phase in WORKING:
                ended_on = None
            elif one.phase in ENDS:
                ended_on = one.on
        is_written = self.review is not None or bool(self.looks)
        if ended_on is None or step.phase not in WORKING or not is_written:
            return came
        ended = ClosedRound(ended_on=ended_on, review=self.review, looks=self.looks)
        return replace(came, review=None, looks=(), rounds=(*self.rounds, ended))

    def steps_on(self, day: date) -> tuple[PhaseStep, ...]:
        """Return the phases that the case had been in by a day, that day's last step last."""
        first = PhaseStep(phase=Phase.REFERRAL, on=self.opened_on)
        return tuple(step for step in self.steps if step.on <= day) or (first,)

    def phase_on(self, day: date) -> PhaseStep:
        """Return the phase that the case was in on a day, after that day's last step."""
        return self.steps_on(day)[-1]


def says_the_name(phase: Phase) -> bool:
    """Tell whether a case in this phase is spoken of by name."""
    return phase in _NAMED


def is_without_names(steps: Iterable[PhaseStep]) -> bool:
    """Tell whether a case that has gone through these steps is spoken of without the name.

    That begins with the assessment and ends with a phase of the named case. A pause, a case that is
    closed or below the threshold, and a case that is raised again are as they were before.
    """
    without = False
    for step in steps:
        if step.phase is Phase.ASSESSMENT:
            without = True
        elif says_the_name(step.phase):
            without = False
    return without


def phase_reason(phase: Phase) -> Reason:
    """Return the reason that a phase gives in which nothing is shared."""
    return _SAYS_NO.get(phase, Reason.PHASE_NOT_OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of the case list, for the operator's own window.

    `title` is the name, or the alias where the person is protected; then `age` is not told.
    `programme` is the code of one of the catalogue, or empty.
    """

    id: UUID
    case_number: str
    title: str
    protected: bool
    age: int | None
    phase: Phase
    opened_on: date
    programme: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """The cases this user can open, and how many more did not verify and were left out.

    `goes_on_from` is the day that is taken for today where the computer's clock says an earlier
    one than the log.
    """

    rows: tuple[CaseRow, ...]
    left_out: int = 0
    goes_on_from: date | None = None
