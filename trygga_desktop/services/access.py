"""Use cases before a vault is open: look at it, unlock it.

They ask for no permission, because nobody is signed in yet; each writes its audit entry.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from trygga_desktop.crypto.key_slots import (
    KeySlots,
    Secrets,
    Slot,
    open_slot,
)
from trygga_desktop.domain.audit import Action, Mark, Seen, failed_at, pack_times
from trygga_desktop.domain.errors import TamperedError, WrongPassphraseError
from trygga_desktop.services.catalogues import has_its_rules
from trygga_desktop.services.opening import (
    believe,
    bring_up_to_date,
    lacks_confirmed,
    opening,
    tell_nobody,
)
from trygga_desktop.services.seals import fingerprint_in_force
from trygga_desktop.services.vault import (
    Environment,
    Notice,
    NoticeKind,
    OpenVault,
    recall_seen,
    remember_seen,
)
from trygga_desktop.storage.attempts import (
    RECOVERY,
    Attempt,
    add_attempt,
    clear_attempts,
    read_attempts,
    seconds_to_wait,
)
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.places import refuse_network_place
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSeen:
    """What anyone can see of a vault from outside."""

    folder: Path
    name: str
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlock:
    """Who wants in. `accept_older` goes on with a file that lacks saves nobody can bring back."""

    folder: Path
    login: str
    passphrase: str = field(repr=False)
    accept_older: bool = False


def look(folder: Path) -> VaultSeen:
    """Return what anyone can see of a vault.

    No file is created or changed. Raise NotAVaultError, NetworkPlaceError, NewerVaultError,
    DamagedKeysError, or what DamagedVaultError stands for.
    """
    refuse_network_place(folder)
    vault_folder = VaultFolder(folder)
    key_slots, _ = vault_folder.read_keys()
    logins = sorted({*key_slots.slots, *key_slots.damaged})
    return VaultSeen(folder=folder, name=vault_folder.name, logins=tuple(logins))


def unlock(
    command: Unlock, *, environment: Environment, tell: Callable[[], None] = tell_nobody
) -> OpenVault:
    """Open a vault with a passphrase, and log it.

    `tell` is called, on the thread that does it, before the file is brought up to date where that
    can take long. Raise WrongPassphraseError with the seconds to wait, or what `look` raises,
    VaultInUseError, CannotWriteError (reading could not be logged), and what
    OlderThanConfirmedError stands for unless `accept_older`.
    """
    refuse_network_place(command.folder)
    folder = VaultFolder(command.folder)
    key_slots, is_mended = folder.read_keys()
    slot, secrets = try_passphrase(
        folder, key_slots, command.login, command.passphrase, environment=environment
    )
    with opening(folder, secrets, key_slots.vault_id, environment) as vault:
        vault.login = slot.login
        seen = _take_up(vault, slot, accept_older=command.accept_older, tell=tell)
        _tell(vault, slot, key_slots, is_mended=is_mended, seen=seen)
        _sign_lock(vault)
    return vault


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


def _sign_lock(vault: OpenVault) -> None:
    """Write down who has the vault open, for the next who tries: the lock holds without it."""
    with suppress(OSError):
        text = f"{vault.environment.machine}\n{vault.login}\n"
        vault.folder.lock.write_text(text, encoding="utf-8")


def _take_up(
    vault: OpenVault, slot: Slot, *, accept_older: bool, tell: Callable[[], None]
) -> Seen | None:
    """Judge the file, believe its roster and its log, and log that the vault is open.

    Return what the user had seen of it before, or nothing where that does not count any more.
    """
    seen = _recall(vault, slot)
    with vault.work() as work:
        # A user whose slot does not say what they have seen is told as if they had seen more.
        mark = Mark(0, b"") if seen is None else seen.mark
        is_older = lacks_confirmed(work, mark, accept=accept_older)
    # Only now: a file that is refused keeps its schema.
    bring_up_to_date(vault, tell=tell)
    known = None if is_older else seen
    with vault.work() as work:
        believe(work, known)
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
    _log_clock(vault)
    with vault.work() as work:
        if work.commitments.is_lacking:
            tell()
        work.commitments.complete()
        work.commit(Action.VAULT_UNLOCKED, me.id)
    return known


def _log_attempts(vault: OpenVault) -> None:
    """Log who was tried, with the time of each attempt, before anything else is done."""
    attempts = read_attempts(vault.folder.attempts)
    with vault.work() as work:
        roster = work.roster
    times: dict[UUID, list[datetime]] = {}
    for attempt in attempts:
        tried = roster.recovery.id if attempt.principal == RECOVERY else attempt.principal
        # The file has no signature: it can be damaged, and then it names nobody.
        known = tried if tried in roster.principals else None
        times.setdefault(known or _NOBODY, []).append(attempt.at)
    for subject, failed in times.items():
        with vault.work() as work:
            work.commit(Action.UNLOCKS_FAILED, subject, digest=pack_times(failed))
    if times:
        # A file that could not be read just now is told of another time.
        clear_attempts(vault.folder.attempts)


def _log_clock(vault: OpenVault) -> None:
    """Log that the clock was set back since the last entry, whose time is gone on from."""
    with vault.work() as work:
        if work.was_clock_set_back:
            work.commit(Action.CLOCK_JUMPED, vault.keyring.principal)


def _recall(vault: OpenVault, slot: Slot) -> Seen | None:
    try:
        return recall_seen(slot, vault.keyring.own, vault.trust.vault_id)
    except (TamperedError, ValueError, TypeError):
        return None


def _tell(
    vault: OpenVault, slot: Slot, key_slots: KeySlots, *, is_mended: bool, seen: Seen | None
) -> None:
    """Mend the key slots, and note what the user must be told."""
    vault.confirmed.remember_here()
    with vault.work() as work:
        mine = [one for one in work.accounts.all(work.roster) if one.id == slot.principal]
        vault.my_name = mine[0].name if mine else slot.login
        vault.municipality = work.accounts.municipality(work.trust)
        vault.arms = work.accounts.arms()
        vault.seal = fingerprint_in_force(work)
        failed, by_code = _failed(work, slot.principal)
        has_rules = has_its_rules(vault, work)
        is_behind, at = work.goes_on_from is not None, work.at
    kinds = {
        NoticeKind.FAILED_UNLOCKS: len(failed),
        NoticeKind.RECOVERY_TRIED: len(by_code),
        NoticeKind.OLDER_ACCEPTED: seen is None,
        NoticeKind.REPAIRED_FROM_COPY: is_mended,
        NoticeKind.ANCHOR_REPAIRED: vault.confirmed.is_mended,
        NoticeKind.SLOTS_DAMAGED: len(key_slots.damaged_items),
        NoticeKind.RECOVERY_DAMAGED: key_slots.recovery is None,
        NoticeKind.RULES_CHANGED: not has_rules,
        NoticeKind.CLOCK_BEHIND: is_behind,
    }
    latest = {
        NoticeKind.FAILED_UNLOCKS: failed,
        NoticeKind.RECOVERY_TRIED: by_code,
        NoticeKind.CLOCK_BEHIND: [at],
    }
    vault.notices = tuple(
        Notice(kind=kind, count=int(count), at=max(latest.get(kind, ()), default=None))
        for kind, count in kinds.items()
        if count
    )
    vault.saved_at = vault.environment.now()
    remember_seen(vault)


def _failed(work: UnitOfWork, user_id: UUID) -> tuple[list[datetime], list[datetime]]:
    """Return when somebody failed to unlock as this user since that user's last unlock.

    Beside it, when a recovery code was tried in that time.
    """
    unlocked = {Action.VAULT_UNLOCKED}
    now = work.audit.newest_sequence(unlocked, by=user_id)
    before = work.audit.newest_sequence(unlocked, by=user_id, before=now)
    recovery = work.roster.recovery.id
    found = work.audit.entries_of({Action.UNLOCKS_FAILED}, {user_id, _NOBODY, recovery})
    entries = [one for one in found if one.sequence > before]
    by_code = [one for one in entries if one.subject_id == recovery]
    by_name = [one for one in entries if one.subject_id != recovery]
    return failed_at(by_name), failed_at(by_code)
