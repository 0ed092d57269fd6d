"""Use cases of whoever has the recovery code: try it, and get a user in again.

They ask for no permission, because nobody is signed in; recovery writes its audit entry.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from trygga_desktop.crypto.key_slots import (
    KeySlots,
    Secrets,
    fold_login,
    make_slot,
)
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.recovery import (
    RecoveryKeys,
    RecoverySlot,
    open_recovery_slot,
    parse_recovery_code,
)
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    InvalidInputError,
    NotConfirmedError,
    WrongRecoveryCodeError,
)
from trygga_desktop.services.granting import grant
from trygga_desktop.services.opening import (
    believe,
    bring_up_to_date,
    check_passphrase,
    lacks_confirmed,
    opening,
)
from trygga_desktop.services.vault import (
    Environment,
    OpenVault,
    present,
    with_seen,
)
from trygga_desktop.storage.attempts import RECOVERY, Attempt, add_attempt
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.places import refuse_network_place
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover:
    """What stands on the paper, who is to get in again, and with which passphrase."""

    folder: Path
    code: str = field(repr=False)
    login: str
    passphrase: str = field(repr=False)
    accept_older: bool = False


def check_recovery_code(folder: Path, code: str, *, now: datetime) -> None:
    """Raise WrongRecoveryCodeError, DamagedKeysError or TamperedError if the code opens nothing.

    A wrong one is written down, and told at the next unlock.
    """
    with _writing_down(VaultFolder(folder), code, now):
        _recovered(VaultFolder(folder), code)


def recover(command: Recover, *, environment: Environment) -> int:
    """Give a user new keys, a new passphrase and everything the lost ones could open.

    Return how many parts of the vault could not be given back, because what lies there is not
    whole. The database and any copy of the slots are needed. Old copies of the folder still open
    with the old passphrase. Raise InvalidInputError for a sign-in name that nobody has. When the
    slots cannot be written at the end, neither passphrase opens: then recovery is done again.
    """
    refuse_network_place(command.folder)
    folder = VaultFolder(command.folder)
    with _writing_down(folder, command.code, environment.now()):
        return _recover(command, folder, environment)


@contextmanager
def _writing_down(folder: VaultFolder, code: str, now: datetime) -> Iterator[None]:
    """Write down that a wrong code was tried; a field that was left empty is none."""
    try:
        yield
    except WrongRecoveryCodeError:
        if code.strip():
            add_attempt(folder.attempts, Attempt(now, RECOVERY))
        raise


def _recover(command: Recover, folder: VaultFolder, environment: Environment) -> int:
    key_slots, recovery_keys, secrets = _recovered(folder, command.code)
    with opening(folder, secrets, key_slots.vault_id, environment) as vault:
        # Read again: until the lock was ours somebody could have changed a passphrase.
        key_slots, _ = folder.read_keys()
        fresh, left_out = _renew_user(vault, command, recovery=recovery_keys.signing.public)
        slot = make_slot(
            command.login,
            command.passphrase,
            fresh,
            vault_id=key_slots.vault_id,
            cost=environment.cost(),
            policy=environment.kdf,
        )
        own = ExchangeKey(fresh.exchange_key).own_key()
        slot = with_seen(slot, own, key_slots.vault_id, present(vault))
        folder.write_keys(key_slots.with_slot(slot))
        if vault.confirmed.is_broken:
            raise NotConfirmedError
        vault.empty_log()
        vault.engine.dispose()
        vault.lock.release()
    return left_out


def _recovered(folder: VaultFolder, code: str) -> tuple[KeySlots, RecoveryKeys, Secrets]:
    key_slots, _ = folder.read_keys()
    keys = RecoveryKeys(parse_recovery_code(code, key_slots.vault_id), key_slots.vault_id)
    slot: RecoverySlot | None = key_slots.recovery
    if slot is None:
        raise DamagedKeysError
    recovered = open_recovery_slot(slot, keys, vault_id=key_slots.vault_id)
    secrets = Secrets(
        # Not known before the roster is read; nothing is written under it.
        principal=UUID(int=0),
        vault_key=recovered.vault_key,
        exchange_key=keys.exchange.private,
        signing_key=keys.signing.private,
        registrar=recovered.registrar,
        recovery=keys.signing.public,
    )
    return key_slots, keys, secrets


def _renew_user(vault: OpenVault, command: Recover, *, recovery: bytes) -> tuple[Secrets, int]:
    exchange, signing = ExchangeKey.generate(), SigningKey.generate()
    with vault.work() as work:
        # A recovery code remembers nothing.
        is_older = lacks_confirmed(work, None, accept=command.accept_older)
    bring_up_to_date(vault)
    with vault.work() as work:
        _become_recovery(vault, work)
    with vault.work() as work:
        user_id = _user_called(work, command)
        renewed = replace(
            work.roster.principals[user_id],
            exchange_public=exchange.public,
            verify_public=signing.public,
            generation=work.roster.principals[user_id].generation + 1,
        )
        signed = work.replace_roster(
            replace(
                work.roster,
                version=work.roster.version + 1,
                previous=vault.trust.digest,
                principals={**work.roster.principals, user_id: renewed},
                signed_by=vault.keyring.principal,
            )
        )
        for group_id in work.roster.groups_of(user_id):
            if group_id not in vault.keyring.holders:
                work.left_out.add(group_id)
                continue
            group = work.roster.principals[group_id]
            work.rosters.admit(group, vault.keyring.exchange(group_id), renewed)
        grant(work, work.compartments.held_by(user_id), [renewed])
        left_out = len(work.left_out)
        # Stored though not confirmed: the slots must follow, or no passphrase opens any more.
        with suppress(NotConfirmedError):
            if is_older:
                work.commit_anew(Action.OLDER_FILE_RECOVERED, user_id, digest=signed.digest)
            else:
                work.believe()
                work.commit(Action.ACCESS_RECOVERED, user_id, digest=signed.digest)
    return (
        Secrets(
            principal=user_id,
            vault_key=vault.file_key.key,
            exchange_key=exchange.private,
            signing_key=signing.private,
            registrar=vault.trust.registrar,
            recovery=recovery,
        ),
        left_out,
    )


def _become_recovery(vault: OpenVault, work: UnitOfWork) -> None:
    """Take the recovery principal's place: only the roster knows its id."""
    nobody = vault.keyring
    believe(work, None)
    recovery = work.roster.recovery
    if recovery.verify_public != nobody.signing.public:
        # The code is of a sheet that a newer one has replaced.
        raise WrongRecoveryCodeError
    vault.keyring = Keyring(recovery.id, nobody.exchange(nobody.principal), nobody.signing)
    work.rosters.learn_groups(vault.keyring)


def _user_called(work: UnitOfWork, command: Recover) -> UUID:
    login = fold_login(command.login)
    accounts = [one for one in work.accounts.all(work.roster) if one.login == login]
    active = [one for one in accounts if work.roster.active(one.id)]
    if not active:
        raise InvalidInputError(field="login", flaw="unknown")
    context = (work.accounts.municipality(work.trust), active[0].name, login)
    check_passphrase(command.passphrase, context)
    return active[0].id
