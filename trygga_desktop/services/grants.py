"""Use cases for who may open which case. Reading is enforced by the keys that move here."""

from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.granting import grant, next_generation
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.seals import sealers_of


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

    Raise NoAccessError if we cannot open it ourselves, TamperedError if its keys are not those
    that the log knows of, and InvalidInputError for an unknown user, for one whose role is not to
    work in cases, alone or in a group, and for a group that would get the guarded part: that is
    for named people.
    """
    kinds = {CompartmentKind.CASE}
    if command.guarded:
        kinds.add(CompartmentKind.GUARDED)
    with vault.work() as work:
        principal = _receiver(work.roster, command)
        if principal.id in {work.trust.everyone.id, sealers_of(work.trust.vault_id)}:
            # Whoever is added to the vault later would read it, or whoever gets another role.
            raise InvalidInputError(field="principal", flaw="everyone")
        work.cases.find(command.case_id)
        parts = work.compartments.of_file(command.case_id)
        keys = {
            generation: work.compartments.key(generation)
            for kind in sorted(kinds)
            for generation in work.compartments.generations(parts[kind])
        }
        grant(work, keys, [principal])
        work.commit(Action.CASE_GRANTED, command.case_id)
    return Done(None, Changes(accounts=True))


@use_case(Permission.GRANT_ACCESS)
def revoke_case(command: RevokeCase, *, vault: OpenVault) -> Done[None]:
    """Give a case new keys that this holder does not get.

    What was written before stays readable for them: they may have copied it, and the program
    says so. Raise InvalidInputError for who was granted nothing, for oneself and for recovery, and
    for who would still open the case through a group.
    """
    with vault.work() as work:
        _check_may_lose(work.roster, command, me=vault.keyring.principal)
        work.cases.find(command.case_id)
        is_holder = False
        for compartment in work.compartments.of_file(command.case_id).values():
            key = work.compartments.key(compartment)
            holders = work.compartments.holders(compartment, key)
            if holders & work.roster.groups_of(command.principal_id):
                raise InvalidInputError(field="principal", flaw="through_group")
            if command.principal_id not in holders:
                continue
            is_holder = True
            stay = [one for one in holders - {command.principal_id} if work.roster.active(one)]
            next_generation(work, compartment, holders=stay)
        if not is_holder:
            raise InvalidInputError(field="principal", flaw="no_holder")
        digest = work.compartments.digest(command.case_id)
        work.commit(Action.CASE_REVOKED, command.case_id, digest=digest)
    vault.empty_log()
    return Done(None, Changes(accounts=True))


def _receiver(roster: Roster, command: GrantCase) -> Principal:
    principal = roster.active(command.principal_id)
    if principal is None or principal.kind is PrincipalKind.RECOVERY:
        raise InvalidInputError(field="principal", flaw="unknown")
    is_group = principal.kind is PrincipalKind.GROUP
    if is_group and command.guarded:
        raise InvalidInputError(field="principal", flaw="group")
    readers = roster.members[principal.id] if is_group else {principal.id}
    for reader in map(roster.active, readers - {roster.recovery.id}):
        if reader is not None and not reader.may(Permission.WORK_IN_CASE):
            raise InvalidInputError(field="principal", flaw="role")
    return principal


def _check_may_lose(roster: Roster, command: RevokeCase, *, me: UUID) -> None:
    if command.principal_id == me:
        raise InvalidInputError(field="principal", flaw="oneself")
    if command.principal_id == roster.recovery.id:
        raise InvalidInputError(field="principal", flaw="recovery")
