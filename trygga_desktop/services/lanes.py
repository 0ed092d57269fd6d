"""Use cases for the stage of a case: into the acute lane, out of it, and the first contact."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Case, StageStep
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.lane import ORDINARY, next_stages
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStage:
    """A case comes into another stage of its programme, and why.

    A programme without stages has the acute one alone; the empty stage is out of it again.
    """

    case_id: UUID
    stage: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """Somebody was in touch with the young person; without `met_at` that was now. It is aware."""

    case_id: UUID
    met_at: datetime | None = None


@use_case(Permission.WORK_IN_CASE)
def change_stage(command: ChangeStage, *, vault: OpenVault) -> Done[None]:
    """Store that a case has come into another stage: from now on hours are counted, or no more.

    Raise InvalidInputError for a stage that it is in already or that its programme does not have,
    for no reason or a very long one, and in a case that is over.
    """
    words = command.words.strip()
    if not words:
        raise InvalidInputError(field="words", flaw="missing")
    if len(words) > _MOST_WORDS:
        raise InvalidInputError(field="words", flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if command.stage not in stage_ways(standing):
            raise InvalidInputError(field="stage", flaw="order")
        case = standing.opened.case
        step = StageStep(stage=command.stage, at=work.at, by=vault.keyring.principal, words=words)
        _store(work, standing, replace(case, stages=(*case.stages, step)))
        work.commit(Action.STAGE_CHANGED, case.id)
    return Done(None, Changes(cases=True))


@use_case(Permission.WORK_IN_CASE)
def record_contact(command: RecordContact, *, vault: OpenVault) -> Done[None]:
    """Store when somebody first was in touch with the young person in the acute stage.

    Raise InvalidInputError for a case that is not in it, for a second time, and for a moment that
    has not come, that lies before the stage, or has no zone.
    """
    if command.met_at is not None and command.met_at.tzinfo is None:
        raise InvalidInputError(field="met_at", flaw="zone")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        case = standing.opened.case
        step = case.stage
        if step is None or not standing.goes_by_hours:
            raise InvalidInputError(field="stage", flaw="order")
        if step.met_at is not None:
            raise InvalidInputError(field="met_at", flaw="taken")
        met_at = command.met_at or work.at
        if not step.at <= met_at <= work.at:
            raise InvalidInputError(field="met_at", flaw="order")
        met = replace(step, met_at=met_at)
        _store(work, standing, replace(case, stages=(*case.stages[:-1], met)))
        work.commit(Action.CONTACT_RECORDED, case.id)
    return Done(None, Changes(cases=True))


def stage_ways(standing: Standing) -> tuple[str, ...]:
    """Return the stages that a case may come into: none where it is over."""
    if standing.programme is None or standing.step.phase in OVER:
        return ()
    return next_stages(standing.programme, stage_of(standing.opened.case))


def stage_of(case: Case) -> str:
    """Return the code of the stage that a case is in."""
    return ORDINARY if case.stage is None else case.stage.stage


def _store(work: UnitOfWork, standing: Standing, case: Case) -> None:
    compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    work.cases.replace(replace(standing.opened, case=case), compartment, key)
