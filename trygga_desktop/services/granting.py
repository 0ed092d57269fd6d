"""Make the keys of compartments and give them to principals, within one unit of work."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.crypto.statements import key_context, make_generation, sign_grant
from trygga_desktop.domain.compartments import Compartment, CompartmentKind, Generation, Grant
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.principals import Principal
from trygga_desktop.storage.work import UnitOfWork


def new_compartment(
    work: UnitOfWork,
    kind: CompartmentKind,
    *,
    holders: Collection[UUID],
    case_id: UUID | None = None,
    user_id: UUID | None = None,
) -> tuple[Generation, CompartmentKey]:
    """Store a compartment with a fresh key, granted to its holders and to recovery."""
    compartment = Compartment(id=uuid4(), kind=kind, case_id=case_id, user_id=user_id)
    work.compartments.add(compartment)
    return _new_generation(work, compartment, holders, previous=None)


def next_generation(
    work: UnitOfWork, compartment: Compartment, *, holders: Collection[UUID]
) -> tuple[Generation, CompartmentKey]:
    """Store a fresh key for everything that is written from now on.

    What was written before is not encrypted anew: whoever held the old key may have copied it.
    """
    previous = work.compartments.key(compartment)
    renewed = replace(compartment, generation=compartment.generation + 1)
    return _new_generation(work, renewed, holders, previous=previous)


def grant(
    work: UnitOfWork,
    keys: Mapping[Compartment, CompartmentKey],
    principals: Collection[Principal],
) -> None:
    """Wrap keys to principals, signed by us."""
    vault_id = work.trust.vault_id
    grants = []
    for compartment, key in keys.items():
        context = key_context(compartment, vault_id)
        for principal in principals:
            unsigned = Grant(
                compartment=compartment,
                principal_id=principal.id,
                granted_by=work.keyring.principal,
                wrapped=key.wrap_to(principal.exchange_public, context),
            )
            signed = sign_grant(unsigned, key, vault_id=vault_id, signing=work.keyring.signing)
            grants.append((signed, key))
    work.compartments.put_grants(grants)


def _new_generation(
    work: UnitOfWork,
    compartment: Compartment,
    holders: Collection[UUID],
    *,
    previous: CompartmentKey | None,
) -> tuple[Generation, CompartmentKey]:
    key = CompartmentKey(new_key())
    generation = make_generation(
        compartment,
        key,
        vault_id=work.trust.vault_id,
        maker=work.keyring.principal,
        signing=work.keyring.signing,
        previous=previous,
    )
    work.compartments.add_generation(generation)
    roster = work.roster
    principals = {roster.recovery.id: roster.recovery}
    for holder in holders:
        principal = roster.active(holder)
        if principal is None:
            raise NoAccessError
        principals[holder] = principal
    grant(work, {compartment: key}, principals.values())
    return generation, key
