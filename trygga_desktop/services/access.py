"""Use cases before a vault is open: look at it, make it, unlock it, recover it.

They ask for no permission, because nobody is signed in yet; each writes its audit entry.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
    check_login,
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
from trygga_desktop.domain.audit import Action, Mark, Seen
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
    WrongRecoveryCodeError,
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
    present,
    recall_seen,
    remember_seen,
    with_seen,
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
from trygga_desktop.storage.migrate import is_behind, upgrade
from trygga_desktop.storage.places import refuse_network_place
from trygga_desktop.storage.stores.accounts import Account, new_account
from trygga_desktop.storage.work import Confirmed, UnitOfWork

_MOST_NAME = 200
_MOST_LOCK_TEXT = 400
_NOBODY = UUID(int=0)


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
    slot, secrets = try_passphrase(
        folder, key_slots, command.login, command.passphrase, environment=environment
    )
    with _refusing(_open_files(folder, secrets, key_slots.vault_id, environment)) as vault:
        vault.login = slot.login
        seen = _take_up(vault, slot, accept_older=command.accept_older)
        _tell(vault, slot, key_slots, is_mended=is_mended, seen=seen)
        _sign_lock(vault)
    return vault


def check_recovery_code(folder: Path, code: str) -> None:
    """Raise WrongRecoveryCodeError, DamagedKeysError or TamperedError if the code opens nothing."""
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
    key_slots, recovery_keys, secrets = _recovered(folder, command.code)
    with _refusing(_open_files(folder, secrets, key_slots.vault_id, environment)) as vault:
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
        vault.empty_log()
        vault.engine.dispose()
        vault.lock.release()
    return left_out


def _check_names(command: CreateVault) -> None:
    for name, value, most in (
        ("municipality", command.municipality, _MOST_NAME),
        ("name", command.name, _MOST_NAME),
    ):
        if not value.strip() or len(value) > most:
            raise InvalidInputError(field=name, flaw="length")
    check_login(fold_login(command.login))


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
    file_key = FileKey(key=secrets.vault_key, salt=vault_id)
    create_file(folder.database, file_key)
    upgrade(folder.database, file_key, environment.scripts)
    with _refusing(_open_files(folder, secrets, vault_id, environment)) as vault:
        _found(vault, command, secrets, recovery)
        vault.empty_log()
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
                slots={slot.login: with_seen(slot, vault.keyring.own, vault_id, present(vault))},
            )
        )
        vault.engine.dispose()
        vault.lock.release()
    clear_attempts(folder.attempts)


def _found(
    vault: OpenVault, command: CreateVault, secrets: Secrets, recovery: RecoveryKeys
) -> None:
    """Write the first roster, the group of everyone, and the vault's own compartment."""
    account = new_account(
        secrets.principal, login=fold_login(command.login), name=command.name.strip()
    )
    me = Principal(
        id=secrets.principal,
        kind=PrincipalKind.USER,
        exchange_public=ExchangeKey(secrets.exchange_key).public,
        verify_public=SigningKey(secrets.signing_key).public,
        roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
        account=account.digest,
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
        add_account(work, account)
        work.accounts.set_municipality(command.municipality.strip())
        work.commit_anew(Action.VAULT_CREATED, me.id, digest=signed.digest)


def add_account(work: UnitOfWork, account: Account) -> None:
    """Store a new user's names, and the compartment for that user's drafts."""
    work.accounts.add(account)
    new_compartment(work, CompartmentKind.DRAFTS, holders=[account.id], user_id=account.id)


def try_passphrase(
    folder: VaultFolder,
    key_slots: KeySlots,
    login: str,
    passphrase: str,
    *,
    environment: Environment,
) -> tuple[Slot, Secrets]:
    """Return a user's slot and what is in it, or raise WrongPassphraseError with the wait.

    Each failure is written down, and makes the next try wait longer.
    """
    now = environment.now()
    wait = seconds_to_wait(read_attempts(folder.attempts), now)
    if wait:
        raise WrongPassphraseError(wait)
    slot: Slot | None = None
    try:
        slot = key_slots.find(login)
        secrets = open_slot(slot, passphrase, vault_id=key_slots.vault_id, policy=environment.kdf)
    except WrongPassphraseError:
        add_attempt(folder.attempts, Attempt(now, slot.principal if slot else None))
        wait = seconds_to_wait(read_attempts(folder.attempts), now)
        raise WrongPassphraseError(wait) from None
    return slot, secrets


def _open_files(
    folder: VaultFolder, secrets: Secrets, vault_id: bytes, environment: Environment
) -> OpenVault:
    """Take the lock and open the database; whatever is wrong, nothing is left behind."""
    file_key = FileKey(key=secrets.vault_key, salt=vault_id)
    was_there = folder.lock.exists()
    lock = _take_lock(folder)
    try:
        engine = open_engine(folder.database, file_key)
        try:
            is_behind(engine, environment.scripts)
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        if not was_there:
            folder.lock.unlink(missing_ok=True)
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


@contextmanager
def _refusing(vault: OpenVault) -> Iterator[OpenVault]:
    """Let go of the vault's files when something is wrong: it is left as it was found."""
    was_signed = bool(read_start(vault.folder.lock, 1))
    try:
        yield vault
    except BaseException:
        vault.engine.dispose()
        if not was_signed:
            vault.folder.lock.unlink(missing_ok=True)
        vault.lock.release()
        raise


def _take_lock(folder: VaultFolder) -> FileLock:
    lock = FileLock(folder.lock, timeout=0, mode=0o600)
    with told_plainly():
        try:
            lock.acquire()
        except Timeout:
            text = read_start(folder.lock, _MOST_LOCK_TEXT).decode("utf-8", "replace")
            machine, _, holder = text.partition("\n")
            raise VaultInUseError(machine=machine.strip(), login=holder.strip()) from None
    return lock


def _sign_lock(vault: OpenVault) -> None:
    """Write down who has the vault open, for the next who tries: the lock holds without it."""
    with suppress(OSError):
        text = f"{vault.environment.machine}\n{vault.login}\n"
        vault.folder.lock.write_text(text, encoding="utf-8")


def _machine_mark(environment: Environment, vault_id: bytes) -> Path:
    with suppress(OSError):
        environment.state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return environment.state_folder / f"{vault_id.hex()}.mark"


def _take_up(vault: OpenVault, slot: Slot, *, accept_older: bool) -> Seen | None:
    """Judge the file, believe its roster and its log, and log that the vault is open.

    Return what the user had seen of it before, or nothing where that does not count any more.
    """
    seen = _recall(vault, slot)
    with vault.work() as work:
        is_older = _is_older(work, None if seen is None else seen.mark, accept=accept_older)
    # Only now: a file that is refused keeps its schema.
    upgrade(vault.folder.database, vault.file_key, vault.environment.scripts)
    known = None if is_older else seen
    with vault.work() as work:
        _believe(work, known)
        me = work.roster.active(vault.keyring.principal)
        if me is None or me.verify_public != vault.keyring.signing.public:
            # The slot is of somebody who left, or from before new keys were given.
            raise WrongPassphraseError
        work.rosters.learn_groups(vault.keyring)
        if is_older:
            work.commit_anew(Action.OLDER_FILE_ACCEPTED, me.id)
        else:
            work.believe()
    _log_attempts(vault)
    with vault.work() as work:
        work.commit(Action.VAULT_UNLOCKED, me.id)
    return known


def _log_attempts(vault: OpenVault) -> None:
    for attempt in read_attempts(vault.folder.attempts):
        with vault.work() as work:
            work.commit(Action.UNLOCKS_FAILED, attempt.principal or _NOBODY)
    clear_attempts(vault.folder.attempts)


def _recall(vault: OpenVault, slot: Slot) -> Seen | None:
    try:
        return recall_seen(slot, vault.keyring.own, vault.trust.vault_id)
    except (TamperedError, ValueError, TypeError):
        return None


def _is_older(work: UnitOfWork, seen: Mark | None, *, accept: bool) -> bool:
    """Return whether the file lacks what was confirmed, which somebody has to accept.

    Raise OlderThanConfirmedError or FolderCopiedBackError where nobody did. A user whose slot
    does not say what they have seen is told as if they had seen more.
    """
    here, outside, missing = work.judge(seen or Mark(0, b""))
    if here is Standing.WHOLE and outside is Standing.WHOLE:
        return False
    if accept:
        return True
    if here is Standing.WHOLE:
        raise FolderCopiedBackError(missing)
    raise OlderThanConfirmedError(missing)


def _believe(work: UnitOfWork, seen: Seen | None) -> None:
    """Follow the roster and walk through the log, up to what lies there now.

    Neither alone shows that the newest was taken away or something put in its place. The
    signatures are checked of what came since the user was last here.
    """
    work.rosters.follow()
    if seen is not None and work.trust.digest_of(seen.roster_version) != seen.roster_digest:
        raise TamperedError
    work.audit.verify(work.trust, signed_after=0 if seen is None else seen.mark.sequence)


def _tell(
    vault: OpenVault, slot: Slot, key_slots: KeySlots, *, is_mended: bool, seen: Seen | None
) -> None:
    """Mend the key slots, and note what the user must be told."""
    mark = vault.confirmed.mark
    if mark is not None:
        with suppress(DiskFullError, CannotWriteError):
            vault.confirmed.machine.reset(mark)
    with vault.work() as work:
        mine = [one for one in work.accounts.all(work.roster) if one.id == slot.principal]
        vault.my_name = mine[0].name if mine else slot.login
        vault.municipality = work.accounts.municipality()
        failed = _count_failed(work, slot.principal)
    kinds = {
        NoticeKind.FAILED_UNLOCKS: failed,
        NoticeKind.OLDER_ACCEPTED: seen is None,
        NoticeKind.REPAIRED_FROM_COPY: is_mended,
        NoticeKind.SLOTS_DAMAGED: len(key_slots.damaged_items),
        NoticeKind.RECOVERY_DAMAGED: key_slots.recovery is None,
    }
    vault.notices = tuple(
        Notice(kind=kind, count=int(count)) for kind, count in kinds.items() if count
    )
    vault.saved_at = vault.environment.now()
    remember_seen(vault)


def _count_failed(work: UnitOfWork, user_id: UUID) -> int:
    """Return how often somebody failed to unlock as this user since that user's last unlock."""
    unlocked = {Action.VAULT_UNLOCKED}
    now = work.audit.newest_sequence(unlocked, by=user_id)
    before = work.audit.newest_sequence(unlocked, by=user_id, before=now)
    return work.audit.count(Action.UNLOCKS_FAILED, {user_id, _NOBODY}, after=before)


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
        is_older = _is_older_than_anchors(work, accept=command.accept_older)
    upgrade(vault.folder.database, vault.file_key, vault.environment.scripts)
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
            group = work.roster.principals[group_id]
            work.rosters.admit(group, vault.keyring.exchange(group_id), renewed)
        grant(work, work.compartments.held_by(user_id), [renewed])
        left_out = len(work.left_out)
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


def _is_older_than_anchors(work: UnitOfWork, *, accept: bool) -> bool:
    """Return whether the file lacks what was confirmed; a recovery code remembers nothing."""
    here, outside, missing = work.judge(None)
    is_older = not (here is Standing.WHOLE and outside is Standing.WHOLE)
    if is_older and not accept:
        raise OlderThanConfirmedError(missing)
    return is_older


def _become_recovery(vault: OpenVault, work: UnitOfWork) -> None:
    """Take the recovery principal's place: only the roster knows its id."""
    nobody = vault.keyring
    _believe(work, None)
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
    context = (work.accounts.municipality(), active[0].name, login)
    _check_passphrase(command.passphrase, context)
    return active[0].id
