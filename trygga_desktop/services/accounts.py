"""Use cases for who may open the vault, with which roles, and with which passphrase."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from trygga_desktop.crypto.key_slots import KeySlots, Secrets, fold_login, make_slot
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NotConfirmedError,
    WeakPassphraseError,
)
from trygga_desktop.domain.passphrase import find_flaw
from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster
from trygga_desktop.services.access import try_passphrase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.seals import admit_sealer, members_with
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault, present, with_seen
from trygga_desktop.storage.stores.accounts import new_account
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """What the administrator entered; the passphrase is for the first unlock."""

    login: str
    name: str
    roles: frozenset[Role]
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassphrase:
    """The passphrase that opens the slot now, and the one that shall."""

    old: str = field(repr=False)
    new: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGroup:
    """Who shall share one key: whatever is granted to the group, each member can open."""

    members: frozenset[UUID]


@use_case(Permission.MANAGE_ACCOUNTS)
def add_user(command: AddUser, *, vault: OpenVault) -> Done[UUID]:
    """Give someone keys and a slot; they can open the vault but no case yet.

    Raise InvalidInputError for a sign-in name that is taken, WeakPassphraseError.
    """
    login = fold_login(command.login)
    key_slots, _ = vault.folder.read_keys()
    if not login or login in key_slots.damaged or _is_somebody(vault, key_slots, login):
        raise InvalidInputError(field="login", flaw="taken")
    _check_passphrase(vault, command.passphrase, command.name, login)
    exchange, signing = ExchangeKey.generate(), SigningKey.generate()
    account = new_account(uuid4(), login=login, name=command.name.strip())
    user = Principal(
        id=account.id,
        kind=PrincipalKind.USER,
        exchange_public=exchange.public,
        verify_public=signing.public,
        roles=command.roles,
        account=account.digest,
    )
    secrets = Secrets(
        principal=user.id,
        vault_key=vault.file_key.key,
        exchange_key=exchange.private,
        signing_key=signing.private,
        registrar=vault.trust.registrar,
        recovery=vault.trust.roster.recovery.verify_public,
    )
    slot = make_slot(
        login,
        command.passphrase,
        secrets,
        vault_id=key_slots.vault_id,
        cost=vault.environment.cost(),
        policy=vault.environment.kdf,
    )
    slot = with_seen(slot, exchange.own_key(), key_slots.vault_id, present(vault))
    with vault.work() as work:
        if login in {one.login for one in work.accounts.all(work.roster)}:
            raise InvalidInputError(field="login", flaw="taken")
        everyone = work.trust.everyone
        members = members_with(work.roster, user, vault.trust.vault_id)
        members[everyone.id] = members[everyone.id] | {user.id}
        digest = _replace_roster(work, principals=[user], members=members)
        work.rosters.admit(everyone, vault.keyring.exchange(everyone.id), user)
        admit_sealer(work, user)
        work.accounts.add(account)
        _with_slots(
            vault,
            _without(key_slots, login).with_slot(slot),
            lambda: work.commit(Action.USER_ADDED, user.id, digest=digest),
        )
    return Done(user.id, Changes(accounts=True))


@use_case(Permission.MANAGE_ACCOUNTS)
def change_roles(user_id: UUID, roles: frozenset[Role], *, vault: OpenVault) -> Done[None]:
    """Give a user these roles instead; they count from the next thing that user does.

    The key of the seal goes with the roles that may use it. Whoever had it may have copied it: once
    somebody has lost it, a new seal is made (`make_seal`). Raise InvalidInputError for an unknown
    user and for the last administrator.
    """
    with vault.work() as work:
        user = replace(_user(work.roster, user_id), roles=roles)
        members = members_with(work.roster, user, vault.trust.vault_id)
        digest = _replace_roster(work, principals=[user], members=members)
        admit_sealer(work, user)
        work.commit(Action.ROLES_CHANGED, user_id, digest=digest)
    return Done(None, Changes(accounts=True))


@use_case(Permission.MANAGE_ACCOUNTS)
def add_group(command: AddGroup, *, vault: OpenVault) -> Done[UUID]:
    """Make a group whose members share one key; recovery always belongs to it."""
    key = ExchangeKey.generate()
    group = Principal(id=uuid4(), kind=PrincipalKind.GROUP, exchange_public=key.public)
    with vault.work() as work:
        members = {*command.members, work.roster.recovery.id}
        principals = [work.roster.active(member) for member in members]
        for member in principals:
            if member is None or member.kind is PrincipalKind.GROUP:
                raise InvalidInputError(field="members", flaw="unknown")
            work.rosters.admit(group, key, member)
        digest = _replace_roster(
            work,
            principals=[group],
            members={**work.roster.members, group.id: frozenset(members)},
        )
        work.commit(Action.GROUP_ADDED, group.id, digest=digest)
    if vault.keyring.principal in command.members:
        vault.keyring.learn(group.id, key)
    return Done(group.id, Changes(accounts=True))


@use_case(Permission.USE_VAULT)
def change_passphrase(command: ChangePassphrase, *, vault: OpenVault) -> Done[None]:
    """Put the user's own secrets under a new passphrase.

    Old copies of the folder still open with the old one. Raise WrongPassphraseError for the old
    one, with the wait as at the unlock, and WeakPassphraseError for the new one.
    """
    key_slots, _ = vault.folder.read_keys()
    vault_id = key_slots.vault_id
    policy = vault.environment.kdf
    _, secrets = try_passphrase(
        vault.folder, key_slots, vault.login, command.old, environment=vault.environment
    )
    _check_passphrase(vault, command.new, vault.my_name, vault.login)
    slot = make_slot(
        vault.login,
        command.new,
        secrets,
        vault_id=vault_id,
        cost=vault.environment.cost(),
        policy=policy,
    )
    slot = with_seen(slot, vault.keyring.own, vault_id, present(vault))
    with vault.work() as work:
        _with_slots(
            vault,
            key_slots.with_slot(slot),
            lambda: work.commit(Action.PASSPHRASE_CHANGED, vault.keyring.principal),
        )
    return Done(None)


def _with_slots(vault: OpenVault, fresh: KeySlots, commit: Callable[[], None]) -> None:
    """Write new slots and commit; a commit that fails leaves the former slots.

    One that is stored and not confirmed has not failed: the new slots belong to it.
    """
    with vault.folder.changed_keys(fresh):
        not_confirmed = None
        try:
            commit()
        except NotConfirmedError as error:
            not_confirmed = error
    if not_confirmed is not None:
        raise not_confirmed


def _is_somebody(vault: OpenVault, key_slots: KeySlots, login: str) -> bool:
    """Return whether the sign-in name is that of a user the vault knows, active or not."""
    slot = key_slots.slots.get(login)
    return slot is not None and slot.principal in vault.trust.roster.principals


def _without(key_slots: KeySlots, login: str) -> KeySlots:
    """Return the slots without one that was written for a user who was then not added."""
    others = {name: slot for name, slot in key_slots.slots.items() if name != login}
    return replace(key_slots, slots=others)


def _replace_roster(
    work: UnitOfWork,
    *,
    principals: list[Principal],
    members: dict[UUID, frozenset[UUID]] | None = None,
) -> bytes:
    roster = work.roster
    fresh = replace(
        roster,
        version=roster.version + 1,
        previous=work.trust.digest,
        principals={**roster.principals, **{one.id: one for one in principals}},
        members=roster.members if members is None else members,
        signed_by=work.keyring.principal,
    )
    if not any(one.may(Permission.MANAGE_ACCOUNTS) for one in fresh.principals.values()):
        raise InvalidInputError(field="roles", flaw="last_administrator")
    return work.replace_roster(fresh).digest


def _user(roster: Roster, user_id: UUID) -> Principal:
    user = roster.active(user_id)
    if user is None or user.kind is not PrincipalKind.USER:
        raise InvalidInputError(field="user", flaw="unknown")
    return user


def _check_passphrase(vault: OpenVault, passphrase: str, name: str, login: str) -> None:
    flaw = find_flaw(passphrase, context=(vault.municipality, name, login))
    if flaw is not None:
        raise WeakPassphraseError(flaw)
