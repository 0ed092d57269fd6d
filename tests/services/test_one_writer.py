"""One at a time has a vault open, wherever it lies, and whoever ends leaves nothing in the way."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import PASSPHRASES, MadeVault
from tests.people import opened_case
from trygga_desktop.domain.errors import (
    CannotWriteError,
    NetworkPlaceError,
    NotAVaultError,
    UnsafePlace,
    VaultInUseError,
)
from trygga_desktop.services.access import Unlock, look, unlock
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.opening import let_go, take_lock
from trygga_desktop.storage.folder import VaultFolder


def _hold(made: MadeVault, told: Connection) -> None:
    """Have the vault open until killed."""
    vault = made.open("pn")
    told.send(vault.login)
    signal.pause()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX kills so")
def test_another_program_is_refused_by_name_and_takes_over_at_once_when_the_holder_is_killed(
    made: MadeVault,
) -> None:
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    holder = context.Process(target=_hold, args=(made, theirs))
    holder.start()
    ours.recv()

    with pytest.raises(VaultInUseError) as caught:
        made.open()
    assert (caught.value.machine, caught.value.login) == ("SOC-014", "pn")

    holder.kill()
    holder.join()
    vault = made.open()
    assert (made.folder / "writer.lock").read_text() == "SOC-014\nke\n"
    vault.close()


def test_nothing_but_machine_and_sign_in_name_can_be_read_in_the_lock(made: MadeVault) -> None:
    vault = made.open()
    opened_case(vault)
    assert (made.folder / "writer.lock").read_bytes() == b"SOC-014\nke\n"
    vault.close()


def test_a_vault_can_be_closed_by_another_thread_than_the_one_that_opened_it(
    made: MadeVault,
) -> None:
    vault = made.open()

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(vault.close).result()

    assert not vault.lock.is_locked
    made.open("pn").close()


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"x" * 5000, b"\n\n\n"])
def test_a_damaged_lock_still_refuses_the_second(made: MadeVault, text: bytes) -> None:
    vault = made.open()
    (made.folder / "writer.lock").write_bytes(text)
    with pytest.raises(VaultInUseError) as caught:
        made.open("pn")
    assert len(caught.value.machine + caught.value.login) <= 400
    vault.close()
    made.open().close()


def test_a_lock_that_cannot_be_taken_is_told(made: MadeVault) -> None:
    (made.folder / "writer.lock").unlink(missing_ok=True)
    (made.folder / "writer.lock").mkdir()
    with pytest.raises(CannotWriteError):
        made.open()


class LetGoSlowly(FileLock):
    """Has somebody else take the lock in the moment in which it is let go of."""

    def hand_over(self, folder: VaultFolder) -> None:
        """Say whose lock it is that the next one takes."""
        self.folder = folder
        self.next: FileLock | None = None

    def release(self, force: bool = False) -> None:  # noqa: FBT002  as in the lock
        """Let go, and have the next one take it before anything else is done."""
        super().release(force)
        self.next = self.next or take_lock(self.folder)


def test_whoever_takes_the_lock_while_it_is_let_go_of_is_the_only_one(tmp_path: Path) -> None:
    folder = VaultFolder(tmp_path)
    first = LetGoSlowly(folder.lock, timeout=0, thread_local=False)
    first.hand_over(folder)
    first.acquire()

    let_go(first, folder, was_there=False)

    assert first.next is not None
    assert first.next.is_locked
    with pytest.raises(VaultInUseError):
        take_lock(folder)
    first.next.release()


@pytest.mark.parametrize("there", ["Nytt namn.trygga", "djupare/ned/Exempelstad.trygga"])
def test_a_vault_that_was_renamed_or_moved_while_closed_opens_as_it_was(
    made: MadeVault, tmp_path: Path, there: str
) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    made.folder.rename(tmp_path / there)

    with pytest.raises(NotAVaultError):
        made.open()
    vault = replace(made, folder=tmp_path / there).open()
    assert [row.id for row in list_cases(vault=vault).value.rows] == [case_id]
    assert vault.notices == ()
    vault.close()


def test_a_vault_that_was_moved_into_a_synced_folder_is_refused_and_left(
    made: MadeVault, tmp_path: Path
) -> None:
    (tmp_path / "OneDrive - Exempelstad").mkdir()
    there = tmp_path / "OneDrive - Exempelstad" / made.folder.name
    made.folder.rename(there)
    before = {path.name: path.read_bytes() for path in there.iterdir()}
    command = Unlock(folder=there, login="ke", passphrase=PASSPHRASES["ke"])

    for attempt in (
        lambda: look(there),
        lambda: unlock(command, environment=made.environment),
    ):
        with pytest.raises(NetworkPlaceError) as caught:
            attempt()
        assert caught.value.place is UnsafePlace.SYNCED
    assert {path.name: path.read_bytes() for path in there.iterdir()} == before
