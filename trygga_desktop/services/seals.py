"""Use cases for the seal of a vault: make it, and tell whose it is.

Its private key lies with a group. Those belong to it who may seal, and those who manage accounts:
they hand it on to whoever gets a role that may.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.seals import SealMaterial
from trygga_desktop.documents.fingerprint import fingerprint_of, in_words
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import NoSealError, TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.seals import sealers_of
from trygga_desktop.storage.work import UnitOfWork

_KEEPS = (Permission.SEAL_PROTOCOL, Permission.MANAGE_ACCOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealOfVault:
    """The seal in force: its fingerprint in 64 hex digits and in words, and which one it is."""

    fingerprint: str
    words: str
    number: int


@use_case(Permission.MANAGE_ACCOUNTS)
def make_seal(*, vault: OpenVault) -> Done[SealOfVault]:
    """Make a new seal, and give its key to those who may use it.

    A vault has one from the start; one from before there were any gets its first. What was sealed
    stays sealed by the seal of its time. It takes up to some seconds.
    """
    with vault.work() as work:
        owner = work.accounts.municipality(work.trust)
        material = vault.environment.new_seal(owner, work.at)
        laid_down = lay_down_seal(work, material)
        work.commit(Action.SEAL_MADE, vault.keyring.principal, digest=laid_down.digest)
    vault.keyring.learn(laid_down.group.id, laid_down.key)
    fingerprint = fingerprint_of(laid_down.certificate)
    vault.seal = fingerprint
    told = SealOfVault(
        fingerprint=fingerprint, words=in_words(fingerprint), number=laid_down.group.generation
    )
    return Done(told, Changes(settings=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidDown:
    """A seal that is about to be stored: what the roster then is, and the key of the group."""

    group: Principal
    key: ExchangeKey = field(repr=False)
    certificate: bytes
    digest: bytes


def fingerprint_in_force(work: UnitOfWork) -> str:
    """Return the fingerprint of the seal in force; nothing where there is none, or it was changed.

    It stands on every protocol that is sealed by it, and is no secret.
    """
    with suppress(NoSealError, TamperedError):
        return fingerprint_of(work.seals.newest(work.trust).certificate)
    return ""


def lay_down_seal(work: UnitOfWork, material: SealMaterial) -> LaidDown:
    """Store a new seal under a new key of its group; whoever commits learns that key."""
    trust, roster = work.trust, work.roster
    group_id = sealers_of(trust.vault_id)
    before = roster.principals.get(group_id)
    key = ExchangeKey.generate()
    group = Principal(
        id=group_id,
        kind=PrincipalKind.GROUP,
        exchange_public=key.public,
        generation=1 if before is None else before.generation + 1,
    )
    seal = work.seals.lock_away(material, group)
    group = replace(group, account=seal.digest)
    members = [one for one in roster.principals.values() if _keeps(one)]
    members.append(roster.recovery)
    signed = work.replace_roster(
        replace(
            roster,
            version=roster.version + 1,
            previous=trust.digest,
            principals={**roster.principals, group.id: group},
            members={**roster.members, group.id: frozenset(one.id for one in members)},
            signed_by=work.keyring.principal,
        )
    )
    for member in members:
        work.rosters.admit(group, key, member)
    work.seals.add(seal)
    return LaidDown(group=group, key=key, certificate=seal.certificate, digest=signed.digest)


def members_with(roster: Roster, user: Principal, vault_id: bytes) -> dict[UUID, frozenset[UUID]]:
    """Return who belongs to which group once a user is as given."""
    members = dict(roster.members)
    group_id = sealers_of(vault_id)
    if group_id in members:
        others = members[group_id] - {user.id}
        members[group_id] = others | {user.id} if _keeps(user) else others
    return members


def admit_sealer(work: UnitOfWork, user: Principal) -> None:
    """Hand the key of the group on to a user whose roles say so.

    Whoever was not given it cannot: then a new seal is made.
    """
    group = work.roster.active(sealers_of(work.trust.vault_id))
    if group is not None and group.id in work.keyring.holders and _keeps(user):
        work.rosters.admit(group, work.keyring.exchange(group.id), user)


def _keeps(principal: Principal) -> bool:
    return any(principal.may(one) for one in _KEEPS)
