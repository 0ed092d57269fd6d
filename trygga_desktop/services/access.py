"""Use cases before a vault is open: look at it, make it, unlock it, recover it.

They ask for no permission, because nobody is signed in yet; each writes its audit entry.
"""

import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID, uuid4

from filelock import FileLock, Timeout

from trygga_desktop.crypto.envelope import new_key
from trygga_desktop.crypto.kdf import SALT_BYTES, derive_subkey
from trygga_desktop.crypto.key_slots import (
    KeySlots,
    Secrets,
    Slot,
    fold_login,
    make_slot,
    open_slot,
)
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.recovery import (
    RecoveryKeys,
    RecoverySlot,
    format_recovery_code,
    make_recovery_slot,
    new_recovery_code,
    open_recovery_slot,
    parse_recovery_code,
)
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import ROSTER_ACTIONS, Action, Mark
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedKeysError,
    DiskFullError,
    FolderCopiedBackError,
    InvalidInputError,
    OlderThanConfirmedError,
    TamperedError,
    VaultExistsError,
    VaultInUseError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from trygga_desktop.domain.passphrase import find_flaw
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster
from trygga_desktop.services.granting import grant, new_compartment
from trygga_desktop.services.vault import (
    Environment,
    Notice,
    NoticeKind,
    OpenVault,
    recall_seen,
    remember_seen,
)
from trygga_desktop.storage.anchor import Anchor, Standing
from trygga_desktop.storage.attempts import (
    Attempt,
    add_attempt,
    clear_attempts,
    read_attempts,
    seconds_to_wait,
)
from trygga_desktop.storage.engine import FileKey, create_file, open_engine
from trygga_desktop.storage.files import read_start, sync_folder, told_plainly
from trygga_desktop.storage.folder import SUFFIX, VaultFolder
from trygga_desktop.storage.migrate import upgrade
from trygga_desktop.storage.places import refuse_network_place
from trygga_desktop.storage.stores.accounts import Account
from trygga_desktop.storage.work import Confirmed, UnitOfWork

_MOST_LOGIN = 32
_MOST_NAME = 200
_MOST_LOCK_TEXT = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSeen:
    """What anyone can see of a vault from outside."""

    folder: Path
    name: str
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedVault:
    """The random parts of a vault that does not exist yet; the code is for paper only."""

    vault_id: bytes
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateVault:
    """What the first user entered. `folder` is the vault's own, ending in `.trygga`."""

    folder: Path
    municipality: str
    login: str
    name: str
    passphrase: str = field(repr=False)
    prepared: PreparedVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """Who wants in. `accept_older` goes on with a file that lacks saves nobody can bring back."""

    folder: Path
    login: str
    passphrase: str = field(repr=False)
    accept_older: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover:
    """What stands on the paper, who is to get in again, and with which passphrase."""

    folder: Path
    code: str = field(repr=False)
    login: str
    passphrase: str = field(repr=False)
    accept_older: bool = False


def look(folder: Path) -> VaultSeen:
    """Return what anyone can see of a vault.

    No file is created or changed. Raise NotAVaultError, NetworkPlaceError, NewerVaultError,
    DamagedKeysError or DamagedVaultError.
    """
    refuse_network_place(folder)
    vault_folder = VaultFolder(folder)
    key_slots, _ = vault_folder.read_keys()
    logins = sorted({*key_slots.slots, *key_slots.damaged})
    return VaultSeen(folder=folder, name=vault_folder.name, logins=tuple(logins))


def prepare_vault() -> PreparedVault:
    """Return the random parts of a new vault; nothing is on disk yet."""
    vault_id = os.urandom(SALT_BYTES)
    return PreparedVault(
        vault_id=vault_id, recovery_code=format_recovery_code(new_recovery_code(), vault_id)
    )


def check_place(folder: Path) -> None:
    """Raise if no vault can be made in this folder, before anything is made.

    That is VaultExistsError, NetworkPlaceError, CannotWriteError, or InvalidInputError for a name
    that does not end as vaults do.
    """
    if folder.suffix != SUFFIX:
        raise InvalidInputError(field="folder", flaw="ending")
    refuse_network_place(folder)
    if folder.exists():
        raise VaultExistsError
    if not os.access(folder.parent, os.W_OK | os.X_OK):
        raise CannotWriteError


def create_vault(command: CreateVault, *, environment: Environment) -> None:
    """Make a vault whose first user is administrator and coordinator.

    It is made beside its place and moved there whole. Raise VaultExistsError, NetworkPlaceError,
    WeakPassphraseError, InvalidInputError, DiskFullError or CannotWriteError; then there is
    nothing where the vault was to be.
    """
    folder = command.folder
    check_place(folder)
    _check_names(command)
    _check_passphrase(command.passphrase, (command.municipality, command.name, command.login))
    half_made = folder.with_name(f".{folder.name}-{uuid4().hex[:8]}")
    try:
        with told_plainly():
            half_made.mkdir(mode=0o700)
            _fill(VaultFolder(half_made), command, environment)
            half_made.rename(folder)
            sync_folder(folder.parent)
    except BaseException:
        shutil.rmtree(half_made, ignore_errors=True)
        raise


def unlock(command: Unlock, *, environment: Environment) -> OpenVault:
    """Open a vault with a passphrase, and log it.

    Raise WrongPassphraseError with the seconds to wait, or what `look` raises, VaultInUseError,
    CannotWriteError (reading could not be logged), OlderThanConfirmedError or
    FolderCopiedBackError unless `accept_older`.
    """
    refuse_network_place(command.folder)
    folder = VaultFolder(command.folder)
    key_slots, is_mended = folder.read_keys()
    slot, secrets = _open_own_slot(folder, key_slots, command, environment)
    vault = _open_files(folder, secrets, key_slots.vault_id, environment, login=slot.login)
    try:
        _take_up(vault, slot, accept_older=command.accept_older)
        _tell(vault, slot, is_mended=is_mended)
    except BaseException:
        # Whatever was wrong: a refused vault is left as it was found.
        vault.engine.dispose()
        vault.lock.release()
        raise
    return vault


def check_recovery_code(folder: Path, code: str) -> None:
    """Raise WrongRecoveryCodeError, DamagedKeysError or TamperedError if the code opens nothing."""
    _recovered(VaultFolder(folder), code)


def recover(command: Recover, *, environment: Environment) -> None:
    """Give a user new keys, a new passphrase and everything the lost ones could open.

    The database and any copy of the slots are needed. Old copies of the folder still open with
    the old passphrase. Raise InvalidInputError for a sign-in name that nobody has.
    """
    refuse_network_place(command.folder)
    folder = VaultFolder(command.folder)
    key_slots, recovery_keys, secrets = _recovered(folder, command.code)
    vault = _open_files(folder, secrets, key_slots.vault_id, environment)
    with ExitStack() as stack:
        stack.callback(vault.lock.release)
        stack.callback(vault.engine.dispose)
        fresh = _renew_user(vault, command, recovery=recovery_keys.signing.public)
        folder.write_keys(
            key_slots.with_slot(
                make_slot(
                    command.login,
                    command.passphrase,
                    fresh,
                    vault_id=key_slots.vault_id,
                    cost=environment.cost(),
                    policy=environment.kdf,
                )
            )
        )
        vault.empty_log()


def _check_names(command: CreateVault) -> None:
    for name, value, most in (
        ("municipality", command.municipality, _MOST_NAME),
        ("name", command.name, _MOST_NAME),
        ("login", command.login, _MOST_LOGIN),
    ):
        if not value.strip() or len(value) > most:
            raise InvalidInputError(field=name, flaw="length")


def _check_passphrase(passphrase: str, context: tuple[str, ...]) -> None:
    flaw = find_flaw(passphrase, context=context)
    if flaw is not None:
        raise WeakPassphraseError(flaw)


def _fill(folder: VaultFolder, command: CreateVault, environment: Environment) -> None:
    vault_id = command.prepared.vault_id
    code = parse_recovery_code(command.prepared.recovery_code, vault_id)
    recovery = RecoveryKeys(code, vault_id)
    signing = SigningKey.generate()
    secrets = Secrets(
        principal=uuid4(),
        vault_key=new_key(),
        exchange_key=ExchangeKey.generate().private,
        signing_key=signing.private,
        registrar=signing.public,
        recovery=recovery.signing.public,
    )
    create_file(folder.database, FileKey(key=secrets.vault_key, salt=vault_id))
    vault = _open_files(folder, secrets, vault_id, environment)
    try:
        _found(vault, command, secrets, recovery)
        vault.empty_log()
    finally:
        vault.engine.dispose()
        vault.lock.release()
    slot = make_slot(
        command.login,
        command.passphrase,
        secrets,
        vault_id=vault_id,
        cost=environment.cost(),
        policy=environment.kdf,
    )
    folder.write_keys(
        KeySlots(
            vault_id=vault_id,
            recovery=make_recovery_slot(
                recovery,
                vault_id=vault_id,
                vault_key=secrets.vault_key,
                registrar=secrets.registrar,
            ),
            slots={slot.login: slot},
        )
    )
    clear_attempts(folder.attempts)


def _found(
    vault: OpenVault, command: CreateVault, secrets: Secrets, recovery: RecoveryKeys
) -> None:
    """Write the first roster, the group of everyone, and the vault's own compartment."""
    me = Principal(
        id=secrets.principal,
        kind=PrincipalKind.USER,
        exchange_public=ExchangeKey(secrets.exchange_key).public,
        verify_public=SigningKey(secrets.signing_key).public,
        roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
    )
    recovery_principal = Principal(
        id=uuid4(),
        kind=PrincipalKind.RECOVERY,
        exchange_public=recovery.exchange.public,
        verify_public=recovery.signing.public,
    )
    group_key = ExchangeKey.generate()
    everyone = Principal(id=uuid4(), kind=PrincipalKind.GROUP, exchange_public=group_key.public)
    roster = Roster(
        version=1,
        previous=vault.trust.digest,
        principals={one.id: one for one in (me, recovery_principal, everyone)},
        members={everyone.id: frozenset({me.id, recovery_principal.id})},
        signed_by=me.id,
    )
    with vault.work() as work:
        work.audit.begin()
        signed = work.replace_roster(roster)
        for member in (me, recovery_principal):
            work.rosters.admit(everyone, group_key, member)
        vault.keyring.learn(everyone.id, group_key)
        new_compartment(work, CompartmentKind.VAULT, holders=[everyone.id])
        add_account(work, Account(id=me.id, login=fold_login(command.login), name=command.name))
        work.accounts.set_municipality(command.municipality)
        work.commit_anew(Action.VAULT_CREATED, me.id, digest=signed.digest)


def add_account(work: UnitOfWork, account: Account) -> None:
    """Store a new user's names, and the compartment for that user's drafts."""
    work.accounts.add(account)
    new_compartment(work, CompartmentKind.DRAFTS, holders=[account.id], user_id=account.id)


def _open_own_slot(
    folder: VaultFolder, key_slots: KeySlots, command: Unlock, environment: Environment
) -> tuple[Slot, Secrets]:
    now = environment.now()
    wait = seconds_to_wait(read_attempts(folder.attempts), now)
    if wait:
        raise WrongPassphraseError(wait)
    slot: Slot | None = None
    try:
        slot = key_slots.find(command.login)
        secrets = open_slot(
            slot, command.passphrase, vault_id=key_slots.vault_id, policy=environment.kdf
        )
    except WrongPassphraseError:
        add_attempt(folder.attempts, Attempt(now, slot.principal if slot else None))
        wait = seconds_to_wait(read_attempts(folder.attempts), now)
        raise WrongPassphraseError(wait) from None
    return slot, secrets


def _open_files(
    folder: VaultFolder,
    secrets: Secrets,
    vault_id: bytes,
    environment: Environment,
    *,
    login: str = "",
) -> OpenVault:
    file_key = FileKey(key=secrets.vault_key, salt=vault_id)
    lock = _take_lock(folder, environment, login)
    try:
        upgrade(folder.database, file_key, environment.scripts)
        engine = open_engine(folder.database, file_key)
    except BaseException:
        lock.release()
        raise
    mark_key = derive_subkey(secrets.vault_key, "anchor")
    return OpenVault(
        folder=folder,
        file_key=file_key,
        keyring=Keyring(
            secrets.principal,
            ExchangeKey(secrets.exchange_key),
            SigningKey(secrets.signing_key),
        ),
        trust=Trust(vault_id=vault_id, registrar=secrets.registrar, recovery=secrets.recovery),
        engine=engine,
        confirmed=Confirmed(
            here=Anchor(folder.anchor, mark_key),
            machine=Anchor(_machine_mark(environment, vault_id), mark_key),
        ),
        lock=lock,
        environment=environment,
    )


def _take_lock(folder: VaultFolder, environment: Environment, login: str) -> FileLock:
    lock = FileLock(folder.lock, timeout=0)
    with told_plainly():
        try:
            lock.acquire()
        except Timeout:
            text = read_start(folder.lock, _MOST_LOCK_TEXT).decode("utf-8", "replace")
            machine, _, holder = text.partition("\n")
            raise VaultInUseError(machine=machine.strip(), login=holder.strip()) from None
    # Only so that the next one knows where: the lock holds without it.
    with suppress(OSError):
        folder.lock.write_text(f"{environment.machine}\n{login}\n", encoding="utf-8")
    return lock


def _machine_mark(environment: Environment, vault_id: bytes) -> Path:
    with suppress(OSError):
        environment.state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return environment.state_folder / f"{vault_id.hex()}.mark"


def _take_up(vault: OpenVault, slot: Slot, *, accept_older: bool) -> None:
    """Judge the file, believe its roster, and log that the vault is open."""
    with vault.work() as work:
        is_older = _refuse_older(vault, work, slot, accept_older=accept_older)
        _follow_roster(work)
        me = work.roster.active(vault.keyring.principal)
        if me is None:
            raise WrongPassphraseError
        if is_older:
            work.audit.mark_restored(work.audit.newest().sequence + 1)
            work.commit_anew(Action.OLDER_FILE_ACCEPTED, me.id)
        else:
            work.believe()
            work.commit(Action.VAULT_UNLOCKED, me.id)
    vault.login = slot.login


def _follow_roster(work: UnitOfWork) -> None:
    """Believe the roster, if it is the newest that the audit log knows of.

    The chain of signatures alone would not show that the last versions were taken away.
    """
    work.rosters.follow()
    newest = work.audit.newest_of(ROSTER_ACTIONS)
    if newest is None or newest.digest != work.trust.digest:
        raise TamperedError


def _refuse_older(vault: OpenVault, work: UnitOfWork, slot: Slot, *, accept_older: bool) -> bool:
    try:
        seen = recall_seen(slot, vault.keyring.own, vault.trust.vault_id)
    except TamperedError:
        seen = Mark(0, b"")
    here, outside, missing = work.judge(seen)
    if here is Standing.WHOLE and outside is Standing.WHOLE:
        return False
    if accept_older:
        return True
    if here is Standing.WHOLE:
        raise FolderCopiedBackError(missing)
    raise OlderThanConfirmedError(missing)


def _tell(vault: OpenVault, slot: Slot, *, is_mended: bool) -> None:
    """Log failed unlocks, mend the key slots, and note what the user must be told."""
    notices = []
    failed = [
        one
        for one in read_attempts(vault.folder.attempts)
        if one.principal in {None, slot.principal}
    ]
    everything = read_attempts(vault.folder.attempts)
    for attempt in everything:
        with vault.work() as work:
            work.commit(Action.UNLOCKS_FAILED, attempt.principal or UUID(int=0))
    if failed:
        notices.append(Notice(kind=NoticeKind.FAILED_UNLOCKS, count=len(failed)))
    clear_attempts(vault.folder.attempts)
    mark = vault.confirmed.mark
    if mark is not None:
        with suppress(DiskFullError, CannotWriteError):
            vault.confirmed.machine.reset(mark)
    with vault.work() as work:
        mine = [one for one in work.accounts.all() if one.id == vault.keyring.principal]
        vault.my_name = mine[0].name if mine else slot.login
        vault.municipality = work.accounts.municipality()
        restored = work.audit.restored_at()
    if mark is not None and restored and restored + len(everything) >= mark.sequence:
        notices.append(Notice(kind=NoticeKind.OLDER_ACCEPTED))
    if is_mended:
        notices.append(Notice(kind=NoticeKind.REPAIRED_FROM_COPY))
    vault.notices = tuple(notices)
    vault.saved_at = vault.environment.now()
    remember_seen(vault)


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


def _renew_user(vault: OpenVault, command: Recover, *, recovery: bytes) -> Secrets:
    exchange, signing = ExchangeKey.generate(), SigningKey.generate()
    with vault.work() as work:
        _become_recovery(vault, work)
    with vault.work() as work:
        work.rosters.follow()
        here, outside, missing = work.judge(None)
        is_older = not (here is Standing.WHOLE and outside is Standing.WHOLE)
        if is_older and not command.accept_older:
            raise OlderThanConfirmedError(missing)
        user_id = _user_called(work, command)
        old = work.roster.principals[user_id]
        renewed = replace(
            old,
            exchange_public=exchange.public,
            verify_public=signing.public,
            generation=old.generation + 1,
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
            group = work.roster.principals[group_id]
            work.rosters.admit(group, vault.keyring.exchange(group_id), renewed)
        held = work.compartments.held_by(user_id)
        grant(work, {one: work.compartments.key(one) for one in held}, [renewed])
        if is_older:
            work.audit.mark_restored(work.audit.newest().sequence + 1)
            work.commit_anew(Action.ACCESS_RECOVERED, user_id, digest=signed.digest)
        else:
            work.believe()
            work.commit(Action.ACCESS_RECOVERED, user_id, digest=signed.digest)
    return Secrets(
        principal=user_id,
        vault_key=vault.file_key.key,
        exchange_key=exchange.private,
        signing_key=signing.private,
        registrar=vault.trust.registrar,
        recovery=recovery,
    )


def _become_recovery(vault: OpenVault, work: UnitOfWork) -> None:
    """Take the recovery principal's place: only the roster knows its id."""
    nobody = vault.keyring
    _follow_roster(work)
    recovery = work.roster.recovery
    vault.keyring = Keyring(recovery.id, nobody.exchange(nobody.principal), nobody.signing)


def _user_called(work: UnitOfWork, command: Recover) -> UUID:
    login = fold_login(command.login)
    accounts = [one for one in work.accounts.all() if one.login == login]
    active = [one for one in accounts if work.roster.active(one.id)]
    if not active:
        raise InvalidInputError(field="login", flaw="unknown")
    context = (work.accounts.municipality(), active[0].name, login)
    _check_passphrase(command.passphrase, context)
    return active[0].id
