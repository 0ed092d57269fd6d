"""Promise two: what was confirmed is never lost unnoticed, and never half there."""

import os
import resource
import shutil
import signal
import stat
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import LOGIN, PASSPHRASES, Clock, MadeVault, environment
from tests.costs import prepared_vault
from tests.endurance.kills import kill_while_saving
from tests.people import (
    arrive,
    item_of,
    opened_case,
    planned_meeting,
    room_of,
    signed_case,
)
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedLogError,
    DiskFullError,
    MissingLogError,
    NotConfirmedError,
    OlderThanConfirmedError,
    TryggaError,
)
from trygga_desktop.services.accounts import ChangePassphrase, change_passphrase
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.meetings import EndMeeting, begin_meeting, end_meeting, go_to_item

KILLS = 20
NOBODY = 65534


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a vault's folder, without what says who is there at the moment."""
    passing = {"writer.lock", "vault.db-shm"}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in passing}


def copy_while_open(made: MadeVault, place: Path, *, notes: int) -> MadeVault:
    """Return a copy of the vault as it lies on disk after so many confirmed notes."""
    vault = made.open()
    case_id = opened_case(vault)
    for number in range(notes):
        write_note(WriteNote(case_id=case_id, text=str(number)), vault=vault)
    copy = made.copy_to(place)
    vault.close()
    return copy


def test_a_lost_write_ahead_log_is_told(made: MadeVault, tmp_path: Path) -> None:
    copy = copy_while_open(made, tmp_path / "copy", notes=10)
    (copy.folder / "vault.db-wal").unlink()
    with pytest.raises(MissingLogError) as caught:
        copy.open()
    assert caught.value.missing == 12


def test_a_damaged_write_ahead_log_is_told(made: MadeVault, tmp_path: Path) -> None:
    copy = copy_while_open(made, tmp_path / "copy", notes=10)
    log = copy.folder / "vault.db-wal"
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)
    before = files(copy.folder)
    with pytest.raises(DamagedLogError) as caught:
        copy.open()
    assert 0 < caught.value.missing < 12
    # What can still be read of it is not thrown away.
    assert files(copy.folder) == before
    copy.open(accept_older=True).close()
    copy.open().close()


def test_a_save_that_a_crash_cut_off_is_no_damage(made: MadeVault, tmp_path: Path) -> None:
    copy = copy_while_open(made, tmp_path / "copy", notes=3)
    log = copy.folder / "vault.db-wal"
    whole = log.read_bytes()
    # A page of the next save, begun and not ended.
    log.write_bytes(whole + whole[32:4000])
    copy.open().close()


def test_a_long_log_is_moved_into_the_file_after_the_save_is_confirmed(made: MadeVault) -> None:
    vault = made.open()
    draft = StoreDraft(id=uuid4(), kind=DraftKind.NOTE, text="x" * 1_900_000)
    for _ in range(3):
        store_draft(draft, vault=vault)
    assert (made.folder / "vault.db-wal").stat().st_size < 4_000_000
    copy = made.copy_to(made.folder.parent / "copy")
    vault.close()
    copy.open().close()


def test_at_each_step_of_a_meeting_everything_is_moved_into_the_file(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    log = made.folder / "vault.db-wal"
    steps = (
        lambda: begin_meeting(meeting_id, vault=vault),
        lambda: go_to_item(meeting_id, item_of(vault, meeting_id, "now_school"), vault=vault),
        lambda: end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault),
    )
    for step in steps:
        assert log.stat().st_size > 0

        step()

        assert log.stat().st_size == 0
        room_of(vault, meeting_id)
    vault.close()
    made.open().close()


def test_what_was_moved_into_the_file_is_safe_from_a_lost_log(
    made: MadeVault, tmp_path: Path
) -> None:
    vault = made.open()
    write_note(WriteNote(case_id=opened_case(vault), text="x"), vault=vault)
    vault.tidy()
    copy = made.copy_to(tmp_path / "copy")
    vault.close()
    (copy.folder / "vault.db-wal").unlink()

    copy.open().close()


def test_an_empty_log_is_not_emptied_again(made: MadeVault) -> None:
    vault = made.open()
    write_note(WriteNote(case_id=opened_case(vault), text="x"), vault=vault)
    vault.tidy()
    before = files(made.folder)

    vault.tidy()

    assert files(made.folder) == before
    vault.close()


def test_a_log_that_somebody_reads_stays_where_it_is(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    reader = vault.engine.raw_connection()
    reader.cursor().execute("BEGIN").execute("SELECT * FROM audit").fetchone()
    write_note(WriteNote(case_id=case_id, text="x"), vault=vault)

    vault.tidy()

    assert (made.folder / "vault.db-wal").stat().st_size > 0
    reader.close()
    vault.close()
    made.open().close()


def test_a_write_ahead_log_of_earlier_is_told(made: MadeVault, tmp_path: Path) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    early = (made.folder / "vault.db-wal").read_bytes()
    write_note(WriteNote(case_id=case_id, text="sedan"), vault=vault)
    copy = made.copy_to(tmp_path / "copy")
    vault.close()
    (copy.folder / "vault.db-wal").write_bytes(early)
    with pytest.raises(MissingLogError):
        copy.open()


def test_nothing_is_written_on_top_of_a_file_that_another_program_moved_on(
    made: MadeVault,
) -> None:
    vault = made.open()
    with vault.work() as work:
        newest = work.audit.newest()
        work.audit.advance(type(newest)(newest.sequence + 5, newest.head))
        work._connection.commit()  # noqa: SLF001  another program's doing
    with pytest.raises(OlderThanConfirmedError):
        opened_case(vault)
    vault.close()


def test_a_change_without_its_confirmation_is_told_and_found_at_the_next_unlock(
    made: MadeVault,
) -> None:
    vault = made.open()
    anchor = (made.folder / "anchor").read_bytes()
    (made.folder / "anchor").unlink()
    with pytest.raises(NotConfirmedError):
        opened_case(vault)
    vault.close()
    (made.folder / "anchor").write_bytes(anchor)

    again = made.open()
    assert len(list_cases(vault=again).value.rows) == 1
    again.close()


def test_no_confirmed_note_is_lost_when_the_program_is_killed(made: MadeVault) -> None:
    outcomes = list(kill_while_saving(made, count=KILLS, seed=4711))
    assert len(outcomes) == KILLS
    assert sum(one.confirmed for one in outcomes) > 0
    assert [one for one in outcomes if one.lost or not one.is_chain_whole] == []


def _with_small_files(made: MadeVault, limit: int, answer: int) -> None:
    """In a process whose files cannot grow: try to save, and report what was said."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    vault = made.open()
    case_id = opened_case(vault)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        write_note(WriteNote(case_id=case_id, text="x" * 1_900_000), vault=vault)
    except (DiskFullError, CannotWriteError):
        os.write(answer, b"told")
    os._exit(0)


@pytest.mark.skipif(os.name != "posix", reason="limits of file sizes are POSIX's")
def test_a_file_that_cannot_grow_is_told_and_leaves_the_old_state(made: MadeVault) -> None:
    ours, theirs = os.pipe()
    context = get_context("fork")
    child = context.Process(target=_with_small_files, args=(made, 1_000_000, theirs))
    child.start()
    os.close(theirs)
    child.join()

    assert os.read(ours, 4) == b"told"
    os.close(ours)
    vault = made.open()
    (row,) = list_cases(vault=vault).value.rows
    assert read_case(row.id, vault=vault).value.notes == ()
    write_note(WriteNote(case_id=row.id, text="igen"), vault=vault)
    vault.close()


def _create_with_small_files(place: Path, limit: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        create_vault(
            CreateVault(
                folder=place / "Ny.trygga",
                municipality="Exempelstad",
                login=LOGIN,
                name="Karin Ek",
                passphrase=PASSPHRASES[LOGIN],
                prepared=prepared_vault(),
            ),
            environment=environment(Clock(), place / "state"),
        )
    except TryggaError:
        os._exit(3)
    os._exit(0)


@pytest.mark.skipif(os.name != "posix", reason="limits of file sizes are POSIX's")
@pytest.mark.parametrize("limit", [0, 100, 5_000, 20_000, 60_000, 100_000])
def test_a_vault_is_made_whole_or_not_at_all(tmp_path: Path, limit: int) -> None:
    child = get_context("fork").Process(target=_create_with_small_files, args=(tmp_path, limit))
    child.start()
    child.join()
    left = {path.name for path in tmp_path.iterdir()} - {"state"}
    assert (child.exitcode, left) in [(3, set()), (0, {"Ny.trygga"})]


def _open_as_nobody(made: MadeVault, answer: int) -> None:
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    try:
        made.open()
    except CannotWriteError:
        os.write(answer, b"told")
    os._exit(0)


@pytest.mark.skipif(
    os.name != "posix" or os.getuid() != 0, reason="only root can become somebody without rights"
)
def test_a_folder_that_cannot_be_written_is_not_opened(made: MadeVault) -> None:
    for path in (*made.folder.parents, made.folder, made.state_folder):
        if path.stat().st_uid == os.getuid() and not path.stat().st_mode & stat.S_ISVTX:
            path.chmod(path.stat().st_mode | 0o055)
    for path in made.folder.iterdir():
        path.chmod(0o644)
    before = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    ours, theirs = os.pipe()
    child = get_context("fork").Process(target=_open_as_nobody, args=(made, theirs))
    child.start()
    os.close(theirs)
    child.join()

    assert os.read(ours, 4) == b"told"
    os.close(ours)
    assert {path.name: path.read_bytes() for path in made.folder.iterdir()} == before


def test_slots_that_cannot_be_written_leave_the_old_passphrase(made: MadeVault) -> None:
    vault = made.open()
    shutil.move(made.folder / "keys.bak", made.folder / "aside")
    (made.folder / "keys.bak").mkdir()
    with pytest.raises(CannotWriteError):
        change_passphrase(
            ChangePassphrase(old=PASSPHRASES[LOGIN], new=PASSPHRASES["at"]), vault=vault
        )
    (made.folder / "keys.bak").rmdir()
    shutil.move(made.folder / "aside", made.folder / "keys.bak")
    vault.close()
    made.open().close()
