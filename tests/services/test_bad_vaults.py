"""What is no vault, a hostile one or a newer one is refused, and refusing changes no file."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import MadeVault
from tests.hostile import connect, forge
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import (
    CutShortError,
    DamagedKeysError,
    DamagedSlotError,
    DamagedVaultError,
    EmptyDatabaseError,
    ForeignDatabaseError,
    MissingDatabaseError,
    MixedPagesError,
    NewerVaultError,
    NoFolderError,
    NotAVaultError,
    OlderThanConfirmedError,
    TamperedError,
    UnreadableError,
    WrongPassphraseError,
)
from trygga_desktop.services.access import look
from trygga_desktop.services.drafts import StoreDraft, store_draft
from trygga_desktop.services.vault import NoticeKind

Damage = Callable[[MadeVault], None]


def remove_folder(made: MadeVault) -> None:
    for path in made.folder.iterdir():
        path.unlink()


def remove_database(made: MadeVault) -> None:
    (made.folder / "vault.db").unlink()


def empty_database(made: MadeVault) -> None:
    (made.folder / "vault.db").write_bytes(b"")


def plain_database(made: MadeVault) -> None:
    (made.folder / "vault.db").unlink()
    plain = sqlite3.connect(made.folder / "vault.db")
    plain.executescript("CREATE TABLE told (words TEXT); INSERT INTO told VALUES ('x')")
    plain.close()


def other_vault_s_database(made: MadeVault) -> None:
    data = (made.folder / "vault.db").read_bytes()
    (made.folder / "vault.db").write_bytes(bytes(16) + data[16:])


def noise_with_the_right_beginning(made: MadeVault) -> None:
    data = (made.folder / "vault.db").read_bytes()
    (made.folder / "vault.db").write_bytes(data[:16] + b"\x5a" * (len(data) - 16))


def less_than_a_page(made: MadeVault) -> None:
    cut(made, 4095)


def without_the_last_page(made: MadeVault) -> None:
    cut(made, (made.folder / "vault.db").stat().st_size - 4096)


def half_a_page_less(made: MadeVault) -> None:
    cut(made, (made.folder / "vault.db").stat().st_size - 2048)


def cut(made: MadeVault, size: int) -> None:
    data = (made.folder / "vault.db").read_bytes()
    (made.folder / "vault.db").write_bytes(data[:size])


def an_earlier_database(made: MadeVault) -> None:
    earlier = (made.folder / "vault.db").read_bytes()
    made.open().close()
    (made.folder / "vault.db").write_bytes(earlier)


def some_pages_of_earlier(made: MadeVault) -> None:
    """Take a note back as it was, and leave the log as it is."""
    database = made.folder / "vault.db"
    vault = made.open()
    draft = StoreDraft(id=uuid4(), kind=DraftKind.NOTE, text="först")
    store_draft(draft, vault=vault)
    vault.empty_log()
    earlier = database.read_bytes()
    with vault.work() as work:
        page = work._connection.exec_driver_sql(  # noqa: SLF001  where it lies on the disk
            "SELECT rootpage FROM sqlite_master WHERE name = 'draft'"
        ).scalar_one()
    store_draft(replace(draft, text="sedan"), vault=vault)
    vault.close()
    data = bytearray(database.read_bytes())
    start = (page - 1) * 4096
    assert data[start : start + 4096] != earlier[start : start + 4096]
    data[start : start + 4096] = earlier[start : start + 4096]
    database.write_bytes(data)


def newer_database(made: MadeVault) -> None:
    forge(
        made.folder / "vault.db",
        made.file_key,
        "UPDATE alembic_version SET version_num = '9999'",
    )


def keys(change: Callable[[dict[str, object]], object]) -> Damage:
    def damage(made: MadeVault) -> None:
        outer = json.loads((made.folder / "keys.json").read_bytes())
        change(outer)
        for name in ("keys.json", "keys.bak"):
            (made.folder / name).write_text(json.dumps(outer))

    return damage


def raw_keys(data: bytes) -> Damage:
    def damage(made: MadeVault) -> None:
        for name in ("keys.json", "keys.bak"):
            (made.folder / name).write_bytes(data)

    return damage


def slots(outer: dict[str, object]) -> list[dict[str, object]]:
    found = outer["slots"]
    assert isinstance(found, list)
    return found


def change_every_slot(**fields: object) -> Damage:
    def change(outer: dict[str, object]) -> None:
        for slot in slots(outer):
            slot.update(fields)

    return keys(change)


REFUSED: list[tuple[Damage, type[Exception]]] = [
    (remove_folder, NotAVaultError),
    (remove_database, MissingDatabaseError),
    (empty_database, EmptyDatabaseError),
    (less_than_a_page, EmptyDatabaseError),
    (plain_database, ForeignDatabaseError),
    (other_vault_s_database, ForeignDatabaseError),
    (noise_with_the_right_beginning, DamagedVaultError),
    (without_the_last_page, CutShortError),
    (half_a_page_less, CutShortError),
    (some_pages_of_earlier, MixedPagesError),
    (an_earlier_database, OlderThanConfirmedError),
    (newer_database, NewerVaultError),
    (keys(lambda outer: outer.update(format=2)), NewerVaultError),
    (keys(lambda outer: outer.update(vault=bytes(16).hex())), ForeignDatabaseError),
    (keys(lambda outer: outer.update(slots=slots(outer) * 2)), DamagedKeysError),
    (keys(lambda outer: outer.pop("slots")), DamagedKeysError),
    (change_every_slot(memory_kib=2**40), DamagedSlotError),
    (change_every_slot(memory_kib=None), DamagedSlotError),
    (change_every_slot(salt="00"), DamagedSlotError),
    (raw_keys(b""), DamagedKeysError),
    (raw_keys(b"[" * 1_000_000), DamagedKeysError),
    (raw_keys(b'{"a":' * 100_000), DamagedKeysError),
    (raw_keys(b" " * 5_000_000), DamagedKeysError),
]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("damage", "error"), REFUSED)
def test_it_is_refused_for_what_it_is_and_left_as_it_was(
    made: MadeVault, damage: Damage, error: type[Exception]
) -> None:
    damage(made)
    (made.folder / "writer.lock").unlink(missing_ok=True)
    before = files(made.folder)

    with pytest.raises(error) as caught:
        made.open()

    assert caught.type is error
    assert files(made.folder) == before


@pytest.mark.skipif(os.name != "posix", reason="needs a file that no one can open")
@pytest.mark.parametrize("names", [("keys.json", "keys.bak"), ("vault.db",)])
def test_what_the_system_does_not_let_be_read_is_not_told_as_damaged_or_missing(
    made: MadeVault, names: tuple[str, ...]
) -> None:
    before = {name: (made.folder / name).read_bytes() for name in names}
    for name in names:
        (made.folder / name).unlink()
        # To open it fails with another error than that it is not there.
        os.mknod(made.folder / name, stat.S_IFSOCK | 0o600)

    for attempt in (lambda: look(made.folder), made.open):
        with pytest.raises(UnreadableError):
            attempt()

    for name in names:
        (made.folder / name).unlink()
        (made.folder / name).write_bytes(before[name])
    made.open().close()


def test_a_folder_that_holds_nothing_of_a_vault_is_told_from_one_that_is_gone(
    tmp_path: Path,
) -> None:
    (tmp_path / "empty.trygga").mkdir()
    with pytest.raises(NotAVaultError) as caught:
        look(tmp_path / "empty.trygga")
    assert caught.type is NotAVaultError
    with pytest.raises(NoFolderError):
        look(tmp_path / "gone.trygga")


def test_a_folder_that_is_not_there_is_not_made(made: MadeVault, tmp_path: Path) -> None:
    elsewhere = MadeVault(
        folder=tmp_path / "none.trygga",
        state_folder=made.state_folder,
        code=made.code,
        vault_id=made.vault_id,
        clock=made.clock,
    )
    with pytest.raises(NotAVaultError):
        elsewhere.open()
    assert not elsewhere.folder.exists()


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE roster SET signature = randomblob(64) WHERE version = 1",
        "UPDATE roster SET body = replace(CAST(body AS TEXT), 'social_worker', 'coordinator')",
        "DELETE FROM roster WHERE version = (SELECT max(version) FROM roster)",
        "DELETE FROM roster",
        "UPDATE membership SET wrapped = randomblob(80)",
        "DELETE FROM membership",
    ],
)
def test_a_replaced_key_role_or_membership_lets_nobody_in(made: MadeVault, forgery: str) -> None:
    database = connect(made.folder / "vault.db", made.file_key)
    for table in ("audit", "roster"):
        database.execute(f"DROP TRIGGER {table}_refuses_update")
        database.execute(f"DROP TRIGGER {table}_refuses_delete")
    database.execute(forgery)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()

    for login in ("ke", "at"):
        with pytest.raises((TamperedError, WrongPassphraseError)):
            made.open(login)


def test_a_public_key_put_into_the_roster_is_refused(made: MadeVault) -> None:
    database = connect(made.folder / "vault.db", made.file_key)
    for change in ("update", "delete"):
        database.execute(f"DROP TRIGGER roster_refuses_{change}")
    version, body = database.execute(
        "SELECT version, body FROM roster ORDER BY version DESC LIMIT 1"
    ).fetchone()
    outer = json.loads(body)
    for principal in outer["principals"]:
        principal["exchange"] = bytes([9] * 32).hex()
    database.execute(
        "UPDATE roster SET body = ? WHERE version = ?", (json.dumps(outer).encode(), version)
    )
    database.close()
    with pytest.raises(TamperedError):
        made.open()


def test_how_many_pages_are_damaged_is_told(made: MadeVault) -> None:
    database = made.folder / "vault.db"
    data = bytearray(database.read_bytes())
    for page in (1, 3):
        data[page * 4096 - 100] ^= 1
    database.write_bytes(data)

    with pytest.raises(DamagedVaultError) as caught:
        made.open()
    assert caught.value.places == 2


def test_parts_of_earlier_are_told_also_beside_an_anchor_of_earlier(made: MadeVault) -> None:
    anchor = (made.folder / "anchor").read_bytes()
    some_pages_of_earlier(made)
    (made.folder / "anchor").write_bytes(anchor)

    with pytest.raises(MixedPagesError):
        made.open()


def test_parts_of_earlier_are_gone_on_with_only_on_purpose(made: MadeVault) -> None:
    some_pages_of_earlier(made)

    vault = made.open(accept_older=True)

    assert [notice.kind for notice in vault.notices] == [NoticeKind.OLDER_ACCEPTED]
    vault.close()
    made.open().close()
