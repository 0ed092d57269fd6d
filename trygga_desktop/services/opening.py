"""Takes the lock of a vault and opens its files, for whoever then makes, unlocks or recovers it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.key_slots import (
    Secrets,
)
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import Mark, Seen
from trygga_desktop.domain.errors import (
    DamagedVaultError,
    MixedPagesError,
    OlderThanConfirmedError,
    TamperedError,
    VaultInUseError,
    WeakPassphraseError,
)
from trygga_desktop.domain.passphrase import find_flaw
from trygga_desktop.services.vault import (
    Environment,
    OpenVault,
)
from trygga_desktop.storage.anchor import Anchor
from trygga_desktop.storage.confirmed import Confirmed
from trygga_desktop.storage.diagnosis import refuse_damaged, told_exactly
from trygga_desktop.storage.engine import FileKey, open_engine
from trygga_desktop.storage.files import read_start, told_plainly
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.migrate import is_behind, upgrade
from trygga_desktop.storage.pages import Pages
from trygga_desktop.storage.work import UnitOfWork

_MOST_LOCK_TEXT = 400


@contextmanager
def opening(
    folder: VaultFolder,
    secrets: Secrets,
    vault_id: bytes,
    environment: Environment,
) -> Iterator[OpenVault]:
    """Take the lock and open the database; an error within lets go of both.

    A vault that is refused is left as it was found: where there is a log, it can only be read
    before `bring_up_to_date`. Raise what DamagedVaultError stands for, told as exactly as the file
    allows.
    """
    was_there = folder.lock.exists()
    lock = take_lock(folder)
    with ExitStack() as stack:
        stack.callback(let_go, lock, folder, was_there=was_there)
        key = FileKey(key=secrets.vault_key, salt=vault_id)
        confirmed = _confirmed(folder, key, environment)
        try:
            refuse_damaged(folder.database, key, confirmed)
            # SQLite throws a damaged log away when it closes a file that it may write.
            engine = open_engine(folder.database, key, read_only=confirmed.pages.has_log)
            vault = OpenVault(
                folder=folder,
                file_key=key,
                keyring=Keyring(
                    secrets.principal,
                    ExchangeKey(secrets.exchange_key),
                    SigningKey(secrets.signing_key),
                ),
                trust=Trust(
                    vault_id=vault_id, registrar=secrets.registrar, recovery=secrets.recovery
                ),
                engine=engine,
                confirmed=confirmed,
                lock=lock,
                environment=environment,
            )
            stack.callback(_close_file, vault)
            is_behind(engine, environment.scripts)
            yield vault
        except (DamagedVaultError, MixedPagesError) as error:
            raise told_exactly(error, key, confirmed) from error
        stack.pop_all()


def tell_nobody() -> None:
    """Say nothing of what takes long: nobody is there who waits for it."""


def bring_up_to_date(vault: OpenVault, *, tell: Callable[[], None] = tell_nobody) -> None:
    """Make a file that was judged writable, and run the migrations that it lacks.

    `tell` is called before that, where it lacks any. Raise DiskFullError or CannotWriteError and
    leave the schema as it was, or VaultInUseError if another program reads the file.
    """
    if vault.confirmed.pages.has_log:
        vault.engine.dispose()
        vault.engine = open_engine(vault.folder.database, vault.file_key)
        # What a crash left behind in it must not be taken for what is written now.
        vault.empty_log()
        if vault.confirmed.pages.is_log_torn:
            raise VaultInUseError
    scripts = vault.environment.scripts
    if is_behind(vault.engine, scripts):
        tell()
        # After them its pages are others.
        vault.confirmed.forget_pages()
        upgrade(vault.folder.database, vault.file_key, scripts)


def lacks_confirmed(work: UnitOfWork, seen: Mark | None, *, accept: bool) -> bool:
    """Return whether the file lacks what was confirmed, which somebody has to accept.

    Raise the OlderThanConfirmedError that says what it lacks where nobody did. `seen` is what its
    user remembers.
    """
    try:
        work.check(seen)
    except OlderThanConfirmedError:
        if not accept:
            raise
        return True
    return False


def believe(work: UnitOfWork, seen: Seen | None) -> None:
    """Follow the roster and walk through the log, up to what lies there now.

    Neither alone shows that the newest was taken away or something put in its place. Of a log that
    the user has walked before, only the newest part is walked again; `services/checking.py` walks
    it whole.
    """
    work.rosters.follow()
    if seen is not None and work.trust.digest_of(seen.roster_version) != seen.roster_digest:
        raise TamperedError
    work.audit.verify(work.trust, seen=seen if seen is not None and seen.ties else None)


def check_passphrase(passphrase: str, context: tuple[str, ...]) -> None:
    """Raise WeakPassphraseError if it can be guessed by who knows this of its user."""
    flaw = find_flaw(passphrase, context=context)
    if flaw is not None:
        raise WeakPassphraseError(flaw)


def take_lock(folder: VaultFolder) -> FileLock:
    """Hold the vault's lock, which one at a time can, or raise VaultInUseError."""
    # Taken on one thread and let go of on another: each would count its own, and never let go.
    lock = FileLock(folder.lock, timeout=0, mode=0o600, thread_local=False)
    with told_plainly():
        try:
            lock.acquire()
        except Timeout:
            text = read_start(folder.lock, _MOST_LOCK_TEXT).decode("utf-8", "replace")
            machine, _, holder = text.partition("\n")
            raise VaultInUseError(machine=machine.strip(), login=holder.strip()) from None
    return lock


def let_go(lock: BaseFileLock, folder: VaultFolder, *, was_there: bool) -> None:
    """Let go of the lock, and leave no file behind where there was none."""
    if not was_there and sys.platform != "win32":
        # While it is held: of a file that somebody else holds by then, a third could make another
        # and hold that too. Who has opened this one sees that it has no name left, and is refused.
        # Windows removes no file that is open; there an empty one stays.
        with suppress(OSError):
            folder.lock.unlink(missing_ok=True)
    lock.release()


def _confirmed(folder: VaultFolder, key: FileKey, environment: Environment) -> Confirmed:
    mark_key = derive_subkey(key.key, "anchor")
    return Confirmed(
        here=Anchor(folder.anchor, mark_key),
        machine=Anchor(_machine_mark(environment, key.salt), mark_key),
        pages=Pages(folder.database),
    )


def _close_file(vault: OpenVault) -> None:
    # Not the engine of the beginning: it may have been replaced by one that writes.
    vault.engine.dispose()


def _machine_mark(environment: Environment, vault_id: bytes) -> Path:
    with suppress(OSError):
        environment.state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return environment.state_folder / f"{vault_id.hex()}.mark"
