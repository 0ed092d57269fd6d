"""Use cases for less protection of a person: one asks for it, and another confirms or refuses."""

from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, NoRightError
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.person_changes import (
    asked_to_lower,
    find_lowering_flaw,
    lowered,
    new_lowering,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.details import CHANGED, check_version, known_person, put_person
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AskToLower:
    """The kind of protection that a person who was read as this `version` is to have, and why."""

    case_id: UUID
    person_id: UUID
    version: str
    to: Protection
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLowering:
    """What is answered to what was asked of a person who was read as this `version`."""

    case_id: UUID
    person_id: UUID
    version: str


@use_case(Permission.WORK_IN_CASE)
def ask_to_lower(command: AskToLower, *, vault: OpenVault) -> Done[None]:
    """Store that we ask for less protection of a person; nothing of it changes by that.

    Raise InvalidInputError for a kind that is no less, without a reason, and where it was asked
    already; NoAccessError where the guarded part was not granted to us; ConflictError if the person
    was changed since they were read.
    """
    with vault.work() as work:
        standing, known = _find(work, vault, command.case_id, command.person_id, command.version)
        flaw = find_lowering_flaw(known, command.to, command.why)
        if flaw is not None:
            raise InvalidInputError(field=flaw[0], flaw=flaw[1])
        asked = new_lowering(
            asked_by=vault.keyring.principal, asked_at=work.at, to=command.to, why=command.why
        )
        put_person(work, standing, command.person_id, known, asked_to_lower(known, asked))
        work.commit(Action.LOWERING_ASKED, command.case_id)
    return Done(None, Changes(parties=True))


@use_case(Permission.WORK_IN_CASE)
def drop_lowering(command: AnswerLowering, *, vault: OpenVault) -> Done[None]:
    """Store that less protection is not asked for any more: taken back, or refused by another.

    Raise as `ask_to_lower`, and InvalidInputError where nothing was asked.
    """
    with vault.work() as work:
        standing, known = _find(work, vault, command.case_id, command.person_id, command.version)
        _check_asked(known)
        put_person(work, standing, command.person_id, known, replace(known, lowering=None))
        work.commit(Action.LOWERING_DROPPED, command.case_id)
    return Done(None, Changes(parties=True))


@use_case(Permission.WORK_IN_CASE)
def lower_protection(command: AnswerLowering, *, vault: OpenVault) -> Done[None]:
    """Store the lower protection that somebody else asked for.

    Raise as `drop_lowering`, and NoRightError for whoever asked for it: it takes two.
    """
    with vault.work() as work:
        standing, known = _find(work, vault, command.case_id, command.person_id, command.version)
        _check_asked(known)
        if known.lowering is not None and known.lowering.asked_by == vault.keyring.principal:
            raise NoRightError
        put_person(work, standing, command.person_id, known, lowered(known, on=standing.on))
        work.commit(Action.PROTECTION_LOWERED, command.case_id)
    return Done(None, CHANGED)


def _find(
    work: UnitOfWork, vault: OpenVault, case_id: UUID, person_id: UUID, version: str
) -> tuple[Standing, Person]:
    standing = stand(work, vault, work.cases.find(case_id))
    known = known_person(work, standing, person_id)
    check_version(work, case_id, person_id, version)
    return standing, known


def _check_asked(known: Person) -> None:
    if known.lowering is None:
        raise InvalidInputError(field="protection", flaw="not_asked")
