"""Use cases for who may open which case. Reading is enforced by the keys that move here."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import Compartment, CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.granting import grant, next_generation
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCase:
    """Who shall be able to open a case; the guarded part only on purpose."""

    case_id: UUID
    principal_id: UUID
    guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeCase:
    """Who shall not be able to read what is written in a case from now on."""

    case_id: UUID
    principal_id: UUID


@use_case(Permission.GRANT_ACCESS)
def grant_case(command: GrantCase, *, vault: OpenVault) -> Done[None]:
    """Let someone open a case: everything in it so far, and what comes.

    Raise NoAccessError if we cannot open it ourselves, InvalidInputError for an unknown user.
    """
    kinds = {CompartmentKind.CASE}
    if command.guarded:
        kinds.add(CompartmentKind.GUARDED)
    with vault.work() as work:
        principal = work.roster.active(command.principal_id)
        if principal is None:
            raise InvalidInputError(field="principal", flaw="unknown")
        work.cases.find(command.case_id)
        newest = {
            one.id: one for one in work.compartments.of_case(command.case_id) if one.kind in kinds
        }
        generations = [
            generation
            for one in newest.values()
            for generation in work.compartments.generations(one)
        ]
        if command.guarded:
            _check_guarded(work, command.case_id, generations)
        grant(work, {one: work.compartments.key(one) for one in generations}, [principal])
        work.commit(Action.CASE_GRANTED, command.case_id)
    return Done(None, Changes(accounts=True))


@use_case(Permission.GRANT_ACCESS)
def revoke_case(command: RevokeCase, *, vault: OpenVault) -> Done[None]:
    """Give a case new keys that this holder does not get.

    What was written before stays readable for them: they may have copied it, and the program
    says so. Raise InvalidInputError for who was granted nothing, and for oneself.
    """
    if command.principal_id == vault.keyring.principal:
        raise InvalidInputError(field="principal", flaw="oneself")
    with vault.work() as work:
        work.cases.find(command.case_id)
        is_holder = False
        for compartment in work.compartments.of_case(command.case_id):
            holders = work.compartments.holders(compartment)
            if compartment.kind is CompartmentKind.NOTES or command.principal_id not in holders:
                continue
            is_holder = True
            stay = [one for one in holders - {command.principal_id} if work.roster.active(one)]
            next_generation(work, compartment, holders=stay)
        if not is_holder:
            raise InvalidInputError(field="principal", flaw="no_holder")
        work.commit(Action.CASE_REVOKED, command.case_id)
    vault.empty_log()
    return Done(None, Changes(accounts=True))


def _check_guarded(work: UnitOfWork, case_id: UUID, generations: Iterable[Compartment]) -> None:
    """Raise TamperedError unless the guarded part is the one that the case was made with."""
    first = [
        work.compartments.commitment(one)
        for one in generations
        if one.kind is CompartmentKind.GUARDED and one.generation == 1
    ]
    if first != [work.cases.guarded_commitment(case_id)]:
        raise TamperedError
