"""Use cases for the end of the work: what became of each goal and of each open commitment.

No commitment is silently dropped: each that is open gets an answer, or whoever closes the case says
in words why some have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import ENDS, Case, CaseRow, Phase, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.closing import (
    LONGEST_WORDS,
    AreaWords,
    ClosingReview,
    CommitmentEnding,
    Ending,
    GoalReview,
    plan_in_force,
    unanswered_goals,
)
from trygga_desktop.domain.commitments import CommitmentChange
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.long_term import LongTermBar, find_bars
from trygga_desktop.domain.outcomes import ClosingReason
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind, PlanVersion
from trygga_desktop.domain.programme import Programme
from trygga_desktop.services.audience import show_case_rows, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.closing_rounds import (
    EndedCommitment,
    ReviewedGoal,
    ToldRound,
    organisations_of,
    tell_endings,
    tell_goals,
    tell_rounds,
    tell_words,
)
from trygga_desktop.services.entries import ChangeCommitment, check_state
from trygga_desktop.services.later_looks import (
    ShownLook,
    find_reason,
    looks_of,
    reason_of,
)
from trygga_desktop.services.own_records import (
    digest_of_closing,
    is_closing_as_logged,
    put_into_case,
    told_alone,
)
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.plan_listeners import Organisation
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.ratings import progress_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.newest_plans import newest_first
from trygga_desktop.storage.work import UnitOfWork

_OTHER_RESPONSIBLE = "other_responsible"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepClosing:
    """How the work ends, as far as it is written. `plan_number` is the version it was written on.

    Goals and commitments that are not named here have no answer yet. `own_words` are by areas of
    life, in the young person's own words.
    """

    case_id: UUID
    plan_number: int
    goals: tuple[GoalReview, ...] = ()
    own_words: tuple[AreaWords, ...] = ()
    endings: tuple[CommitmentEnding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingView:
    """How the work of a case ends, for the operator alone.

    `last_ratings` are the young person's own last figures by areas, each with its day. `unseen`
    counts open commitments that we may not see ourselves. `bars` are what stands against asking
    again after the end, `looks` the days of that once it has begun. `rounds` tell of each time that
    the work ended before it began again. `may_review` is missing where nothing can be written any
    more. `is_complete` is missing where something was put back.
    """

    row: CaseRow
    subject_name: str
    programme: Programme | None
    step: PhaseStep
    reason: ClosingReason | None
    plan_number: int
    goals: tuple[ReviewedGoal, ...]
    own_words: Mapping[str, str]
    last_ratings: Mapping[str, tuple[date, int]]
    open_commitments: tuple[ShownPlanLine, ...]
    ended: tuple[EndedCommitment, ...]
    organisations: tuple[Organisation, ...]
    bars: tuple[LongTermBar, ...]
    looks: tuple[ShownLook, ...]
    catalogue: Catalogue
    today: date
    reviewed_on: date | None = None
    rounds: tuple[ToldRound, ...] = ()
    unseen: int = 0
    may_review: bool = True
    is_complete: bool = True
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_closing(case_id: UUID, *, vault: OpenVault) -> Done[ClosingView]:
    """Return how the work of a case ends; the reading is in the audit log before anyone sees it."""
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        view = closing_of(work, vault, standing)
        work.commit(Action.CLOSING_READ, case_id)
    return Done(view)


@use_case(Permission.WORK_IN_CASE)
def keep_closing(command: KeepClosing, *, vault: OpenVault) -> Done[None]:
    """Store what became of goals and commitments; a commitment that is answered is open no more.

    What became of a commitment stands from then on. Raise InvalidInputError with the field and its
    flaw: a case whose work has ended or that is spoken of without the name, a goal that the plan in
    force does not have, a commitment that is not open, a reason or an organisation that is not
    known, a text that is too long; ConflictError where another version of the plan is in force.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_review(work, standing, command)
        _end_commitments(work, standing, command.endings)
        case = standing.opened.case
        review = ClosingReview(
            on=work.today,
            written_by=vault.keyring.principal,
            plan_number=command.plan_number,
            goals=tuple(replace(one, evidence=one.evidence.strip()) for one in command.goals),
            own_words=command.own_words,
            endings=command.endings,
        )
        changed = replace(case, review=review.after(case.review))
        put_into_case(work, standing, changed)
        work.commit(Action.CLOSING_REVIEWED, case.id, digest=digest_of_closing(changed))
    return Done(None, Changes(cases=True, items=True, meetings=True))


def closing_of(work: UnitOfWork, vault: OpenVault, standing: Standing) -> ClosingView:
    """Return how the work of a case ends, for the operator alone."""
    case = standing.opened.case
    (row,) = show_case_rows(
        [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
    )
    version = plan_in_force(newest_first(work.plans, case.id))
    teller = Teller(work, vault, standing)
    waiting = [one.id for one in teller.commitments.values() if one.state.is_open]
    open_ones = teller.promised(waiting)
    review = case.review
    return ClosingView(
        row=row,
        subject_name=text_of(name_of(vault, standing, standing.opened.subject_id)),
        programme=standing.programme,
        step=_shown_step(vault, standing),
        reason=reason_of(standing),
        plan_number=0 if version is None else version.number,
        goals=tell_goals(vault, standing, teller, version, review),
        own_words=tell_words(vault, standing, review),
        last_ratings=_last_ratings(work, vault, standing),
        open_commitments=open_ones,
        ended=tell_endings(vault, standing, teller, review),
        organisations=organisations_of(standing),
        bars=find_bars(standing.programme, reason_of(standing), standing.given),
        looks=looks_of(vault, standing),
        rounds=tell_rounds(work, vault, standing, teller),
        catalogue=standing.catalogue,
        today=standing.on,
        reviewed_on=None if review is None else review.on,
        unseen=len(waiting) - len(open_ones),
        may_review=find_review_flaw(standing) is None,
        is_complete=is_closing_as_logged(work, case),
        left_out=len(work.left_out),
    )


def check_end(work: UnitOfWork, standing: Standing, step: PhaseStep) -> PhaseStep:
    """Return a step with which the work ends, as it is stored; another step is as it was.

    Raise InvalidInputError with the field `long_term` and what stands against asking again, and
    with `left_open` where a goal or an open commitment has no answer and nobody says why: also
    after asking again, for something may have been promised since. Once the work has ended, the
    case keeps the reason that was given for that.
    """
    case = standing.opened.case
    if step.phase not in ENDS:
        return replace(step, left_open="")
    if step.phase is Phase.LONG_TERM_FOLLOW_UP:
        bars = find_bars(standing.programme, find_reason(standing, step.reason), standing.given)
        if bars:
            raise InvalidInputError(field="long_term", flaw=bars[0].value)
    if case.phase is Phase.LONG_TERM_FOLLOW_UP:
        step = replace(step, reason=step.reason or standing.step.reason)
    if not step.left_open.strip() and count_unanswered(work, case):
        raise InvalidInputError(field="left_open", flaw="missing")
    return replace(step, left_open=step.left_open.strip())


def count_unanswered(work: UnitOfWork, case: Case) -> int:
    """Return how many goals and open commitments of a case have no answer yet."""
    waiting = sum(one.state.is_open for one, _ in work.commitments.of_case(case.id))
    version = plan_in_force(newest_first(work.plans, case.id))
    return waiting + len(unanswered_goals(case.review, _goal_ids(version)))


def find_review_flaw(standing: Standing) -> str | None:
    """Return why nothing can be written of how the work ends, or None."""
    if standing.is_without_names:
        return "gate"
    return "closed" if standing.step.phase in ENDS | {Phase.BELOW_THRESHOLD} else None


def _goal_ids(version: PlanVersion | None) -> frozenset[UUID]:
    lines = () if version is None else version.lines
    return frozenset(one.id for one in lines if one.kind is LineKind.GOAL)


def _check_review(work: UnitOfWork, standing: Standing, command: KeepClosing) -> None:
    flaw = find_review_flaw(standing)
    if flaw is not None:
        raise InvalidInputError(field="phase", flaw=flaw)
    version = plan_in_force(newest_first(work.plans, command.case_id))
    if command.plan_number != (0 if version is None else version.number):
        raise ConflictError
    goals = [one.goal_id for one in command.goals]
    if len(set(goals)) != len(goals) or not _goal_ids(version) >= set(goals):
        raise InvalidInputError(field="goal", flaw="unknown")
    areas = [one.area for one in command.own_words]
    known = {one.code for one in standing.catalogue.life_areas} | {""}
    if len(set(areas)) != len(areas) or not known >= set(areas):
        raise InvalidInputError(field="area", flaw="unknown")
    texts = [one.evidence for one in command.goals]
    texts += [one.words for one in command.own_words]
    texts += [one.words for one in command.endings]
    if any(len(one) > LONGEST_WORDS for one in texts):
        raise InvalidInputError(field="words", flaw="length")


def _end_commitments(
    work: UnitOfWork, standing: Standing, endings: tuple[CommitmentEnding, ...]
) -> None:
    """Store what became of commitments, as anything else that becomes of them."""
    case_id = standing.opened.case.id
    rows = {one.id: (one, version) for one, version in work.commitments.of_case(case_id)}
    known = {*standing.given.organisations, standing.given.controller_id}
    for one in endings:
        commitment, version = rows.pop(one.commitment_id, (None, 0))
        if commitment is None or not commitment.state.is_open:
            raise InvalidInputError(field="commitment", flaw="unknown")
        is_handed = one.ending is Ending.HANDED_OVER
        is_told = one.handed_to in known if is_handed else one.handed_to is None
        if not is_told:
            raise InvalidInputError(field="handed_to", flaw="unknown")
        reason = _OTHER_RESPONSIBLE if is_handed else one.reason
        told = ChangeCommitment(
            case_id=case_id, commitment_id=commitment.id, state=one.ending.state, reason=reason
        )
        check_state(told, standing.catalogue)
        change = CommitmentChange(
            state=told.state, on=work.today, reason=reason, evidence=one.words.strip()
        )
        changed = replace(commitment, changes=(*commitment.changes, change))
        work.commitments.replace(case_id, changed, row_version=version)


def _shown_step(vault: OpenVault, standing: Standing) -> PhaseStep:
    step = standing.step
    return replace(
        step,
        words=told_alone(vault, standing, step.words, on=step.on),
        left_open=told_alone(vault, standing, step.left_open, on=step.on),
    )


def _last_ratings(
    work: UnitOfWork, vault: OpenVault, standing: Standing
) -> dict[str, tuple[date, int]]:
    found: dict[str, tuple[date, int]] = {}
    for one in progress_of(work, vault, standing).ratings:
        found |= {area: (one.on, value) for area, value in one.values.items()}
    return found
