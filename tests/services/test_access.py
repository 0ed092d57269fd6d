"""A vault is made, opened, locked and recovered; nobody gets in who should not."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.conftest import LOGIN, PASSPHRASES, Clock, MadeVault, environment
from tests.costs import prepared_vault
from tests.people import opened_case
from trygga_desktop.crypto.key_slots import decode_key_slots, encode_key_slots
from trygga_desktop.domain.audit import Action, failed_at
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedKeysError,
    FolderCopiedBackError,
    InvalidInputError,
    MissingAnchorError,
    NetworkPlaceError,
    NewerVaultError,
    NotAVaultError,
    OlderThanConfirmedError,
    VaultExistsError,
    VaultInUseError,
    WeakPassphraseError,
    Witness,
    WrongPassphraseError,
    WrongRecoveryCodeError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import Unlock, look, unlock
from trygga_desktop.services.case_files import WriteNote, read_case, write_note
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.drafts import StoreDraft, read_drafts, store_draft
from trygga_desktop.services.founding import CreateVault, create_vault
from trygga_desktop.services.recovery import Recover, check_recovery_code, recover
from trygga_desktop.services.vault import NoticeKind, OpenVault
from trygga_desktop.storage.folder import VaultFolder

NEW = "ny rad utan mönster, bara ord"
WRONG = "fel fras"


def actions(vault: OpenVault) -> list[Action]:
    with vault.work() as work:
        return [entry.action for entry in work.audit.entries()]


def command(folder: Path, **changes: object) -> CreateVault:
    whole = CreateVault(
        folder=folder,
        municipality="Exempelstad",
        login="ke",
        name="Karin Ek",
        passphrase=PASSPHRASES["ke"],
        prepared=prepared_vault(),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # fields of the command


NOW = datetime(2026, 11, 26, 6, 51, tzinfo=UTC)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lose_anchor(made: MadeVault) -> None:
    """Have neither the folder nor this machine remember how far the vault had come."""
    (made.folder / "anchor").unlink()
    for path in made.state_folder.iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"passphrase": "kort"}, WeakPassphraseError),
        ({"passphrase": "a" * 30}, WeakPassphraseError),
        ({"passphrase": "Karin Ek Exempelstad"}, WeakPassphraseError),
        ({"name": " "}, InvalidInputError),
        ({"name": "x" * 201}, InvalidInputError),
        ({"login": ""}, InvalidInputError),
        ({"login": "x" * 65}, InvalidInputError),
        ({"login": "k\0e"}, InvalidInputError),
        ({"municipality": ""}, InvalidInputError),
    ],
)
def test_what_a_vault_cannot_be_made_of_is_refused_and_leaves_nothing(
    tmp_path: Path, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        create_vault(
            command(tmp_path / "X.trygga", **changes),
            environment=environment(Clock(), tmp_path / "state"),
        )
    assert [path for path in tmp_path.iterdir() if path.name != "state"] == []


def test_a_place_that_is_taken_or_unsafe_is_refused_and_left(tmp_path: Path) -> None:
    surroundings = environment(Clock(), tmp_path / "state")
    (tmp_path / "X.trygga").mkdir()
    (tmp_path / "Dropbox").mkdir()
    for folder, error in (
        (tmp_path / "X.trygga", VaultExistsError),
        (tmp_path / "Dropbox" / "X.trygga", NetworkPlaceError),
        (tmp_path / "X", InvalidInputError),
    ):
        with pytest.raises(error):
            create_vault(command(folder), environment=surroundings)
    assert list((tmp_path / "X.trygga").iterdir()) == []
    assert list((tmp_path / "Dropbox").iterdir()) == []


def test_looking_at_a_vault_tells_sign_in_names_and_changes_nothing(made: MadeVault) -> None:
    before = files(made.folder)
    seen = look(made.folder)
    assert seen.name == "Exempelstad"
    assert seen.logins == ("at", "ke", "pn")
    assert files(made.folder) == before
    with pytest.raises(NotAVaultError):
        look(made.folder / "none")


def test_a_wrong_passphrase_changes_no_record_and_makes_the_next_try_wait(
    made: MadeVault, clock: Clock
) -> None:
    wrong = Unlock(folder=made.folder, login=LOGIN, passphrase=WRONG)
    database = (made.folder / "vault.db").read_bytes()
    waits = []
    for _ in range(4):
        with pytest.raises(WrongPassphraseError) as caught:
            unlock(wrong, environment=made.environment)
        waits.append(caught.value.wait_seconds)
        clock.move(seconds=caught.value.wait_seconds)
    assert waits == [1, 2, 4, 8]
    assert (made.folder / "vault.db").read_bytes() == database


def test_while_one_waits_not_even_the_right_passphrase_is_tried(
    made: MadeVault, clock: Clock
) -> None:
    with pytest.raises(WrongPassphraseError):
        unlock(
            Unlock(folder=made.folder, login="nobody", passphrase=WRONG),
            environment=made.environment,
        )
    with pytest.raises(WrongPassphraseError) as caught:
        made.open()
    assert caught.value.wait_seconds == 1
    clock.move(seconds=1)
    made.open().close()


def test_failed_unlocks_are_told_and_logged_once(made: MadeVault, clock: Clock) -> None:
    for login in ("ke", "ke", "pn", "nobody"):
        with pytest.raises(WrongPassphraseError):
            unlock(
                Unlock(folder=made.folder, login=login, passphrase=WRONG),
                environment=made.environment,
            )
        clock.move(seconds=60)

    first = made.open()
    told = [(notice.kind, notice.count) for notice in first.notices]
    logged = actions(first).count(Action.UNLOCKS_FAILED)
    first.close()
    second = made.open()

    assert told == [(NoticeKind.FAILED_UNLOCKS, 3)]
    # One entry for each who was tried.
    assert logged == 3
    assert second.notices == ()
    assert actions(second).count(Action.UNLOCKS_FAILED) == 3
    second.close()
    # Somebody tried a colleague's name: that one is told too, whoever came first.
    theirs = made.open("pn")
    assert [(one.kind, one.count) for one in theirs.notices] == [(NoticeKind.FAILED_UNLOCKS, 2)]
    theirs.close()


def test_each_failed_unlock_is_told_and_logged_with_its_own_time(
    made: MadeVault, clock: Clock
) -> None:
    night = [clock.at.replace(microsecond=0) + timedelta(seconds=40 * each) for each in range(150)]
    for _ in night:
        with pytest.raises(WrongPassphraseError):
            unlock(
                Unlock(folder=made.folder, login="ke", passphrase=WRONG),
                environment=made.environment,
            )
        clock.move(seconds=40)
    clock.move(hours=7)

    vault = made.open()

    (notice,) = vault.notices
    assert (notice.kind, notice.count) == (NoticeKind.FAILED_UNLOCKS, 150)
    assert notice.at == night[-1]
    with vault.work() as work:
        entries = [one for one in work.audit.entries() if one.action is Action.UNLOCKS_FAILED]
    assert failed_at(entries) == night
    vault.close()


def test_a_file_of_failed_unlocks_that_names_strangers_leaves_one_entry(
    made: MadeVault, clock: Clock
) -> None:
    """Anyone who can write the folder can put in it whatever they like."""
    at = clock.at.replace(microsecond=0)
    seconds = int(at.timestamp()).to_bytes(8, "big")
    records = [seconds + UUID(int=stranger).bytes for stranger in range(100, 500)]
    (made.folder / "attempts").write_bytes(b"".join(records))
    clock.move(hours=1)

    vault = made.open()

    with vault.work() as work:
        logged = [one for one in work.audit.entries() if one.action is Action.UNLOCKS_FAILED]
    assert len(logged) == 1
    assert failed_at(logged) == [at] * 400
    assert [(one.kind, one.count) for one in vault.notices] == [(NoticeKind.FAILED_UNLOCKS, 400)]
    vault.close()


def test_a_wrong_recovery_code_is_told_and_logged_as_that(made: MadeVault, clock: Clock) -> None:
    before = clock.at.replace(microsecond=0)
    with pytest.raises(WrongRecoveryCodeError):
        check_recovery_code(made.folder, prepared_vault().recovery_code, now=clock())
    with pytest.raises(WrongRecoveryCodeError):
        check_recovery_code(made.folder, "  ", now=clock())
    clock.move(hours=3)

    for login in ("ke", "pn"):
        vault = made.open(login)
        assert [(one.kind, one.count, one.at) for one in vault.notices] == [
            (NoticeKind.RECOVERY_TRIED, 1, before)
        ]
        vault.close()
    again = made.open()
    assert again.notices == ()
    with again.work() as work:
        recovery = work.roster.recovery.id
        logged = [one for one in work.audit.entries() if one.action is Action.UNLOCKS_FAILED]
    assert [one.subject_id for one in logged] == [recovery]
    again.close()


@pytest.mark.parametrize("seconds", [0, 59])
def test_a_clock_that_was_put_right_is_no_jump(made: MadeVault, clock: Clock, seconds: int) -> None:
    clock.move(seconds=-seconds)

    vault = made.open()

    assert Action.CLOCK_JUMPED not in actions(vault)
    vault.close()


def test_a_clock_set_back_while_the_vault_was_closed_is_logged_before_anything_else(
    made: MadeVault, clock: Clock
) -> None:
    clock.move(days=-365)

    vault = made.open()

    assert actions(vault)[-2:] == [Action.CLOCK_JUMPED, Action.VAULT_UNLOCKED]
    vault.close()
    clock.move(days=365)
    again = made.open()
    assert actions(again).count(Action.CLOCK_JUMPED) == 1
    again.close()


def test_a_clock_that_was_wrong_once_is_told_with_the_day_that_is_gone_on_from(
    made: MadeVault, clock: Clock
) -> None:
    clock.move(days=3650)
    made.open().close()
    ahead = clock.at
    clock.move(days=-3650)

    vault = made.open()

    assert [(one.kind, one.at) for one in vault.notices] == [(NoticeKind.CLOCK_BEHIND, ahead)]
    assert list_cases(vault=vault).value.goes_on_from == ahead.date()
    with vault.work() as work:
        assert work.today == ahead.date()
    vault.close()


@pytest.mark.parametrize("seconds", [0, 59, 3_600])
def test_a_clock_that_is_behind_on_the_same_day_changes_no_day(
    made: MadeVault, clock: Clock, seconds: int
) -> None:
    clock.move(hours=3)
    made.open().close()
    clock.move(seconds=-seconds)

    vault = made.open()

    assert vault.notices == ()
    assert list_cases(vault=vault).value.goes_on_from is None
    vault.close()


def test_a_vault_is_opened_by_one_at_a_time_and_says_where(made: MadeVault) -> None:
    vault = made.open()
    with pytest.raises(VaultInUseError) as caught:
        made.open("pn")
    assert (caught.value.machine, caught.value.login) == ("SOC-014", "ke")
    vault.close()
    made.open("pn").close()


def test_a_lock_that_nobody_holds_is_taken_over(made: MadeVault) -> None:
    (made.folder / "writer.lock").write_text("SOC-001\nxx\n")
    made.open().close()


def test_each_user_has_their_own_roles_and_name(made: MadeVault) -> None:
    for login, name, roles in (
        ("ke", "Karin Ek", {Role.ADMINISTRATOR, Role.COORDINATOR}),
        ("pn", "Petra Nyman", {Role.SOCIAL_WORKER}),
        ("at", "Anders Tun", {Role.AUDITOR}),
    ):
        vault = made.open(login)
        assert (vault.me.login, vault.me.name) == (login, name)
        assert vault.me.roles == roles
        assert (vault.municipality, vault.name) == ("Exempelstad", "Exempelstad")
        vault.close()


def test_the_sign_in_name_may_be_typed_in_capitals(made: MadeVault) -> None:
    vault = unlock(
        Unlock(folder=made.folder, login=" KE ", passphrase=PASSPHRASES["ke"]),
        environment=made.environment,
    )
    assert vault.me.login == "ke"
    vault.close()


def test_opening_and_locking_are_logged(vault: OpenVault, made: MadeVault) -> None:
    vault.close()
    again = made.open()
    assert actions(again)[-3:] == [
        Action.VAULT_UNLOCKED,
        Action.VAULT_LOCKED,
        Action.VAULT_UNLOCKED,
    ]
    again.close()


def test_a_file_older_than_its_anchor_is_told_and_not_written_to(made: MadeVault) -> None:
    older = (made.folder / "vault.db").read_bytes()
    vault = made.open()
    opened_case(vault)
    vault.close()
    (made.folder / "vault.db").write_bytes(older)
    before = files(made.folder)

    with pytest.raises(OlderThanConfirmedError) as caught:
        made.open()

    assert type(caught.value) is OlderThanConfirmedError
    assert caught.value.missing == 3
    assert files(made.folder) == before | {
        "writer.lock": (made.folder / "writer.lock").read_bytes()
    }


def test_a_whole_folder_copied_back_is_told_apart(made: MadeVault, tmp_path: Path) -> None:
    older = made.copy_to(tmp_path / "copy")
    vault = made.open()
    opened_case(vault)
    vault.close()
    # The folder is the old one; this machine still remembers the newer.
    back = replace(older, state_folder=made.state_folder)

    with pytest.raises(FolderCopiedBackError) as caught:
        back.open()
    assert (caught.value.missing, caught.value.witness) == (3, Witness.MACHINE)


def test_another_machine_is_told_by_what_the_user_has_seen(made: MadeVault, tmp_path: Path) -> None:
    database = (made.folder / "vault.db").read_bytes()
    anchor = (made.folder / "anchor").read_bytes()
    vault = made.open()
    opened_case(vault)
    vault.close()
    (made.folder / "vault.db").write_bytes(database)
    (made.folder / "anchor").write_bytes(anchor)

    with pytest.raises(FolderCopiedBackError) as caught:
        replace(made, state_folder=tmp_path / "elsewhere").open()
    assert (caught.value.missing, caught.value.witness) == (3, Witness.USER)


def test_going_on_with_an_older_file_is_logged_and_told(made: MadeVault) -> None:
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()
    (made.folder / "vault.db").write_bytes(older)

    vault = made.open(accept_older=True)
    assert [notice.kind for notice in vault.notices] == [NoticeKind.OLDER_ACCEPTED]
    assert actions(vault)[-2:] == [Action.OLDER_FILE_ACCEPTED, Action.VAULT_UNLOCKED]
    opened_case(vault)
    vault.close()
    again = made.open()
    assert again.notices == ()
    again.close()


def test_an_anchor_that_nobody_remembers_is_told_and_not_made_silently(made: MadeVault) -> None:
    lose_anchor(made)
    with pytest.raises(MissingAnchorError):
        made.open()
    assert not (made.folder / "anchor").exists()
    made.open(accept_older=True).close()
    made.open().close()


@pytest.mark.parametrize("data", [None, b"", bytes(8192), b"x" * 5000])
def test_a_lost_anchor_is_mended_from_what_this_machine_remembers(
    made: MadeVault, data: bytes | None
) -> None:
    (made.folder / "anchor").unlink()
    if data is not None:
        (made.folder / "anchor").write_bytes(data)

    vault = made.open()

    assert [notice.kind for notice in vault.notices] == [NoticeKind.ANCHOR_REPAIRED]
    vault.close()
    elsewhere = replace(made, state_folder=made.state_folder / "other")
    again = elsewhere.open()
    assert again.notices == ()
    again.close()


def test_what_this_machine_remembers_of_long_ago_mends_no_anchor(
    made: MadeVault, tmp_path: Path
) -> None:
    elsewhere = replace(made, state_folder=tmp_path / "elsewhere")
    for _ in range(2):
        elsewhere.open().close()
    (made.folder / "anchor").unlink()

    with pytest.raises(MissingAnchorError):
        made.open()


@pytest.mark.parametrize("name", ["keys.json", "keys.bak"])
@pytest.mark.parametrize("data", [b"", b"{}", None])
def test_one_lost_copy_of_the_slots_is_mended_from_the_other(
    made: MadeVault, name: str, data: bytes | None
) -> None:
    path = made.folder / name
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)

    vault = made.open()

    assert [notice.kind for notice in vault.notices] == [NoticeKind.REPAIRED_FROM_COPY]
    vault.close()
    assert path.read_bytes() == (made.folder / "keys.json").read_bytes()
    again = made.open()
    assert again.notices == ()
    again.close()


def test_a_wrong_code_recovers_nothing(made: MadeVault) -> None:
    other = prepared_vault().recovery_code
    before = files(made.folder)
    for code in ("", other, made.code[:-1], made.code[:-1] + "?"):
        with pytest.raises(WrongRecoveryCodeError):
            check_recovery_code(made.folder, code, now=NOW)
        with pytest.raises(WrongRecoveryCodeError):
            recover(
                Recover(folder=made.folder, code=code, login="ke", passphrase=NEW),
                environment=made.environment,
            )
    after = files(made.folder)
    # That it was tried is written down, and nothing else.
    assert {**after, "attempts": b""} == {**before, "attempts": b""}


def test_a_name_that_nobody_has_and_a_weak_passphrase_recover_nothing(made: MadeVault) -> None:
    whole = Recover(folder=made.folder, code=made.code, login="ke", passphrase=NEW)
    keys = (made.folder / "keys.json").read_bytes()
    with pytest.raises(InvalidInputError):
        recover(replace(whole, login="xx"), environment=made.environment)
    with pytest.raises(WeakPassphraseError):
        recover(replace(whole, passphrase=WRONG), environment=made.environment)
    assert (made.folder / "keys.json").read_bytes() == keys
    made.open().close()


def test_without_slots_the_code_says_that_they_are_missing(made: MadeVault) -> None:
    for name in ("keys.json", "keys.bak"):
        (made.folder / name).write_bytes(b"")
    with pytest.raises(DamagedKeysError):
        check_recovery_code(made.folder, made.code, now=NOW)


def test_the_code_gives_a_user_everything_back(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    write_note(WriteNote(case_id=case_id, text="bara min"), vault=vault)
    draft = StoreDraft(id=case_id, kind=DraftKind.NOTE, text="halvfärdig")
    store_draft(draft, vault=vault)
    vault.close()
    check_recovery_code(made.folder, made.code.lower(), now=NOW)

    recover(
        Recover(folder=made.folder, code=made.code, login="ke", passphrase=NEW),
        environment=made.environment,
    )

    with pytest.raises(WrongPassphraseError):
        made.open()
    clock.move(minutes=1)
    again = unlock(
        Unlock(folder=made.folder, login="ke", passphrase=NEW), environment=made.environment
    )
    assert [note.text for note in read_case(case_id, vault=again).value.notes] == ["bara min"]
    assert [one.text for one in read_drafts(vault=again).value] == ["halvfärdig"]
    assert Action.ACCESS_RECOVERED in actions(again)
    again.close()
    made.open("pn").close()


def test_after_recovery_what_colleagues_were_granted_still_opens(made: MadeVault) -> None:
    recover(
        Recover(folder=made.folder, code=made.code, login="pn", passphrase=NEW),
        environment=made.environment,
    )
    vault = made.open()
    opened_case(vault)
    assert len(list_cases(vault=vault).value.rows) == 1
    vault.close()


def test_recovery_of_an_older_file_is_refused_unless_accepted(made: MadeVault) -> None:
    lose_anchor(made)
    whole = Recover(folder=made.folder, code=made.code, login="ke", passphrase=NEW)
    with pytest.raises(OlderThanConfirmedError):
        recover(whole, environment=made.environment)

    recover(replace(whole, accept_older=True), environment=made.environment)

    vault = unlock(
        Unlock(folder=made.folder, login="ke", passphrase=NEW), environment=made.environment
    )
    vault.close()


def test_a_slot_that_forgot_what_its_user_has_seen_opens_only_on_purpose(
    made: MadeVault,
) -> None:
    """Somebody emptied it, so as to put an older folder back on another machine."""
    made.open().close()
    for name in ("keys.json", "keys.bak"):
        path = made.folder / name
        slots = decode_key_slots(path.read_bytes())
        emptied = {login: replace(slot, seen=b"") for login, slot in slots.slots.items()}
        path.write_bytes(encode_key_slots(replace(slots, slots=emptied)))
    before = files(made.folder)

    with pytest.raises(FolderCopiedBackError):
        made.open()

    assert files(made.folder) == before
    made.open(accept_older=True).close()
    made.open().close()


def test_every_new_slot_says_what_its_user_has_seen(made: MadeVault) -> None:
    slots, _ = VaultFolder(made.folder).read_keys()
    assert all(slot.seen for slot in slots.slots.values())


def test_a_refused_older_file_keeps_its_schema(made: MadeVault, tmp_path: Path) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(shipped("migrations"), scripts)
    (scripts / "versions" / "9999_added.py").write_text(
        "from alembic import op\nrevision, down_revision = '9999', '0011'\n"
        "def upgrade():\n op.execute('CREATE TABLE more (x)')\n",
        encoding="utf-8",
    )
    surroundings = replace(made.environment, scripts=scripts)
    anchor = (made.folder / "anchor").read_bytes()
    lose_anchor(made)
    before = files(made.folder)
    command = Unlock(folder=made.folder, login="ke", passphrase=PASSPHRASES["ke"])

    with pytest.raises(OlderThanConfirmedError):
        unlock(command, environment=surroundings)
    assert files(made.folder) == before

    (made.folder / "anchor").write_bytes(anchor)
    unlock(command, environment=surroundings).close()
    assert (made.folder / "vault.db.before-0011").exists()
    with pytest.raises(NewerVaultError):
        made.open()


@pytest.mark.parametrize("lock", [None, b"", b"SOC-001\nxx\n"])
def test_a_refused_attempt_leaves_the_lock_as_it_was(made: MadeVault, lock: bytes | None) -> None:
    (made.folder / "writer.lock").unlink(missing_ok=True)
    if lock is not None:
        (made.folder / "writer.lock").write_bytes(lock)
    lose_anchor(made)
    before = files(made.folder)
    with pytest.raises(OlderThanConfirmedError):
        made.open()
    assert files(made.folder) == before


def test_the_files_of_a_vault_are_its_user_s_alone(made: MadeVault) -> None:
    vault = made.open()
    write_note(WriteNote(case_id=opened_case(vault), text="x"), vault=vault)
    modes = {path.name: path.stat().st_mode & 0o077 for path in made.folder.iterdir()}
    vault.close()
    assert "vault.db-wal" in modes
    assert set(modes.values()) == {0}


def test_recovery_that_could_not_write_the_slots_is_done_again(
    made: MadeVault, clock: Clock
) -> None:
    command = Recover(folder=made.folder, code=made.code, login="ke", passphrase=NEW)
    copy = made.folder / "keys.bak"
    kept = copy.read_bytes()
    copy.unlink()
    copy.mkdir()
    with pytest.raises(CannotWriteError):
        recover(command, environment=made.environment)
    copy.rmdir()
    copy.write_bytes(kept)

    # The old keys are no longer those of the roster.
    with pytest.raises(WrongPassphraseError):
        made.open()
    clock.move(minutes=1)
    assert recover(command, environment=made.environment) == 0
    unlock(
        Unlock(folder=made.folder, login="ke", passphrase=NEW), environment=made.environment
    ).close()


def test_after_going_on_with_an_older_file_sharing_stays_closed(made: MadeVault) -> None:
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()
    (made.folder / "vault.db").write_bytes(older)
    vault = made.open(accept_older=True)
    with vault.work() as work:
        restored_at = work.restored_at
    vault.close()
    vault = made.open()
    with vault.work() as work:
        assert work.restored_at == restored_at > 0
    vault.close()
