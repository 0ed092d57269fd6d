"""Takes the lock of a vault and opens its files, for whoever then makes, unlocks or recovers it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout
from sqlalchemy import Engine

from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.key_slots import (
    Secrets,
)
from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import Seen
from trygga_desktop.domain.errors import (
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
from trygga_desktop.storage.engine import FileKey, open_engine
from trygga_desktop.storage.files import read_start, told_plainly
from trygga_desktop.storage.folder import VaultFolder
from trygga_desktop.storage.migrate import is_behind
from trygga_desktop.storage.work import Confirmed, UnitOfWork

_MOST_LOCK_TEXT = 400


@contextmanager
def opening(
    folder: VaultFolder, secrets: Secrets, vault_id: bytes, environment: Environment
) -> Iterator[OpenVault]:
    """Take the lock and open the database; an error within lets go of both.

    A vault that is refused is left as it was found.
    """
    was_there = folder.lock.exists()
    lock = _take_lock(folder)
    with ExitStack() as stack:
        stack.callback(_let_go, lock, folder, was_there=was_there)
        engine = open_engine(folder.database, FileKey(key=secrets.vault_key, salt=vault_id))
        stack.callback(engine.dispose)
        is_behind(engine, environment.scripts)
        yield _opened(folder, secrets, vault_id, environment, engine=engine, lock=lock)
        stack.pop_all()


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


def _opened(  # noqa: PLR0913  all of it is what an open vault is
    folder: VaultFolder,
    secrets: Secrets,
    vault_id: bytes,
    environment: Environment,
    *,
    engine: Engine,
    lock: FileLock,
) -> OpenVault:
    mark_key = derive_subkey(secrets.vault_key, "anchor")
    return OpenVault(
        folder=folder,
        file_key=FileKey(key=secrets.vault_key, salt=vault_id),
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


def _let_go(lock: BaseFileLock, folder: VaultFolder, *, was_there: bool) -> None:
    # Let go of first: Windows removes no file that is open.
    lock.release()
    if not was_there:
        with suppress(OSError):
            folder.lock.unlink(missing_ok=True)


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


def _machine_mark(environment: Environment, vault_id: bytes) -> Path:
    with suppress(OSError):
        environment.state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return environment.state_folder / f"{vault_id.hex()}.mark"
