"""One whole copy of the key slots is enough, and writing them never destroys what was there."""

import json
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.costs import CHEAP, CHEAP_POLICY
from trygga_desktop.crypto.key_slots import (
    MOST_LOGIN,
    DamagedItem,
    KeySlots,
    Secrets,
    Slot,
    encode_key_slots,
    make_slot,
    open_slot,
)
from trygga_desktop.crypto.recovery import RecoveryKeys, make_recovery_slot
from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedKeysError,
    DamagedSlotError,
    DamagedVaultError,
    NewerVaultError,
    WrongPassphraseError,
)
from trygga_desktop.storage.engine import PAGE_BYTES
from trygga_desktop.storage.folder import VaultFolder

VAULT_ID = bytes(range(16))
NAMES = ("keys.json", "keys.bak")


def secrets_of(number: int) -> Secrets:
    return Secrets(
        principal=UUID(int=number),
        vault_key=bytes(32),
        exchange_key=bytes([number] * 32),
        signing_key=bytes(32),
        registrar=bytes(32),
        recovery=bytes(32),
    )


def slot_for(login: str, number: int) -> Slot:
    return make_slot(
        login,
        f"lösenord {number}",
        secrets_of(number),
        vault_id=VAULT_ID,
        cost=CHEAP,
        policy=CHEAP_POLICY,
    )


USERS = {"ke": 7, "no": 8, "pn": 9}
SLOTS = KeySlots(
    vault_id=VAULT_ID,
    recovery=make_recovery_slot(
        RecoveryKeys(bytes(25), VAULT_ID),
        vault_id=VAULT_ID,
        vault_key=bytes(32),
        registrar=bytes(32),
    ),
    slots={login: slot_for(login, number) for login, number in USERS.items()},
)
DATA = encode_key_slots(SLOTS)


def lay_out(folder: VaultFolder) -> VaultFolder:
    """Put whole copies of the slots and the beginning of a database into the folder."""
    folder.path.mkdir(exist_ok=True)
    folder.database.write_bytes(VAULT_ID.ljust(PAGE_BYTES, b"\0"))
    for name in NAMES:
        (folder.path / name).write_bytes(DATA)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return lay_out(VaultFolder(tmp_path / "Exempelstad.trygga"))


def copies(folder: VaultFolder) -> tuple[bytes, ...]:
    return tuple((folder.path / name).read_bytes() for name in NAMES)


def open_as(folder: VaultFolder, login: str) -> Secrets:
    slots, _ = folder.read_keys()
    return open_slot(
        slots.find(login),
        f"lösenord {USERS[login]}",
        vault_id=slots.vault_id,
        policy=CHEAP_POLICY,
    )


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    outer = json.loads(DATA)
    change(outer)
    return json.dumps(outer).encode()


def claims(version: object) -> bytes:
    return changed(lambda outer: outer.update(format=version))


def in_slot(at: int, **fields: object) -> bytes:
    return changed(lambda outer: outer["slots"][at].update(fields))


def nested(depth: int) -> DamagedItem:
    return DamagedItem(text=b"[" * depth + b"]" * depth, login=None, principal=None)


@pytest.mark.parametrize(
    "slots",
    [
        replace(SLOTS, slots={"k" * 65: replace(SLOTS.slots["ke"], login="k" * (MOST_LOGIN + 1))}),
        replace(SLOTS, slots={"KE": replace(SLOTS.slots["ke"], login="KE")}),
        replace(SLOTS, slots={"ke": SLOTS.slots["no"]}),
        replace(SLOTS, slots={**SLOTS.slots, "xx": replace(SLOTS.slots["ke"], login="xx")}),
        replace(SLOTS, slots={"ke": replace(SLOTS.slots["ke"], salt=b"short")}),
        replace(
            SLOTS,
            slots={
                f"k{number}": replace(
                    SLOTS.slots["ke"], login=f"k{number}", principal=UUID(int=number)
                )
                for number in range(1001)
            },
        ),
        replace(SLOTS, slots={"ke": replace(SLOTS.slots["ke"], ciphertext=bytes(2**20))}),
        replace(SLOTS, damaged_items=(nested(100_000),)),
    ],
)
def test_slots_that_would_not_be_read_back_are_never_written(
    folder: VaultFolder, slots: KeySlots
) -> None:
    with pytest.raises(DamagedKeysError):
        folder.write_keys(slots)
    assert copies(folder) == (DATA, DATA)
    assert {path.name for path in folder.path.iterdir()} == {*NAMES, "vault.db"}


@pytest.mark.parametrize("name", NAMES)
def test_slots_that_could_not_be_written_twice_count_for_nothing(
    folder: VaultFolder, name: str
) -> None:
    (folder.path / name).unlink()
    (folder.path / name).mkdir()

    with pytest.raises(CannotWriteError):
        folder.write_keys(SLOTS.with_slot(slot_for("ke2", 7)))

    slots, is_mended = folder.read_keys()
    assert slots == SLOTS
    assert is_mended


def test_a_first_copy_that_cannot_be_written_twice_is_told(folder: VaultFolder) -> None:
    for name in NAMES:
        (folder.path / name).unlink()
    (folder.path / "keys.json").mkdir()
    with pytest.raises(CannotWriteError):
        folder.write_keys(SLOTS)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ((claims(2), claims(2)), NewerVaultError),
        ((claims(2), b""), NewerVaultError),
        ((b"", claims(2)), NewerVaultError),
        ((b"", b"{"), DamagedKeysError),
        ((claims(0), claims(0)), DamagedKeysError),
        ((claims(-1), claims(2.0)), DamagedKeysError),
        ((changed(lambda outer: outer.update(vault=bytes(16).hex())), b""), DamagedVaultError),
        (
            (claims(2), changed(lambda outer: outer.update(vault=bytes(16).hex()))),
            DamagedVaultError,
        ),
    ],
)
def test_two_copies_that_are_no_use_are_told_for_what_they_are(
    folder: VaultFolder, data: tuple[bytes, bytes], error: type[Exception]
) -> None:
    for name, copy in zip(NAMES, data, strict=True):
        (folder.path / name).write_bytes(copy)
    with pytest.raises(error):
        folder.read_keys()
    assert copies(folder) == data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("version", [2, 9, 0, -1, True, 1.0, 2.5, "2", None])
def test_one_copy_that_claims_another_format_is_mended_by_the_whole_one(
    folder: VaultFolder, name: str, version: object
) -> None:
    (folder.path / name).write_bytes(claims(version))

    slots, is_mended = folder.read_keys()
    folder.write_keys(slots)

    assert is_mended
    first, second = copies(folder)
    assert first == second == encode_key_slots(replace(SLOTS, writes=1))
    assert folder.read_keys() == (SLOTS, False)


@pytest.mark.parametrize("name", NAMES)
def test_any_flipped_bit_in_one_copy_is_mended_by_the_other(folder: VaultFolder, name: str) -> None:
    # One user is enough for every kind of byte there is.
    alone = replace(SLOTS, slots={"ke": SLOTS.slots["ke"]})
    folder.write_keys(alone)
    whole = encode_key_slots(alone)
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << at % 8
        (folder.path / name).write_bytes(damaged)
        assert folder.read_keys()[0] == alone, at


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_after_one_changed_byte_in_one_copy_every_passphrase_still_opens(
    folder: VaultFolder, data: st.DataObject
) -> None:
    lay_out(folder)
    damaged = bytearray(DATA)
    damaged[data.draw(st.integers(0, len(DATA) - 1))] ^= data.draw(st.integers(1, 255))
    (folder.path / data.draw(st.sampled_from(NAMES))).write_bytes(damaged)

    for login, number in USERS.items():
        assert open_as(folder, login) == secrets_of(number)
    folder.write_keys(folder.read_keys()[0])
    assert folder.read_keys() == (SLOTS, False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_changed_byte_in_both_copies_never_passes_for_a_wrong_passphrase(
    folder: VaultFolder, data: st.DataObject
) -> None:
    lay_out(folder)
    damaged = bytearray(DATA)
    damaged[data.draw(st.integers(0, len(DATA) - 1))] ^= data.draw(st.integers(1, 255))
    for name in NAMES:
        (folder.path / name).write_bytes(damaged)

    open_ones = []
    for login, number in USERS.items():
        try:
            assert open_as(folder, login) == secrets_of(number)
            open_ones.append(login)
        except DamagedSlotError:
            continue
        except (DamagedKeysError, DamagedVaultError, NewerVaultError):
            # Then nobody gets in: what tells the copy from another file was hit.
            assert not open_ones
            return
    # One byte lies in one user's slot at most.
    assert len(open_ones) >= len(USERS) - 1


@pytest.mark.parametrize("name", NAMES)
def test_damaged_letters_of_a_name_in_one_copy_lose_nobody(folder: VaultFolder, name: str) -> None:
    for login in ("kd", "no", "ke\0"):
        (folder.path / name).write_bytes(in_slot(0, login=login))
        assert open_as(folder, "ke") == secrets_of(7)
        assert folder.read_keys() == (SLOTS, True)


def test_damage_to_different_users_in_the_two_copies_loses_nobody(folder: VaultFolder) -> None:
    (folder.path / "keys.json").write_bytes(in_slot(0, salt=bytes(16).hex()))
    (folder.path / "keys.bak").write_bytes(in_slot(1, login="kf"))

    folder.write_keys(folder.read_keys()[0])

    assert folder.read_keys() == (SLOTS, False)


def test_a_slot_damaged_in_both_copies_outlives_every_write_until_it_is_mended(
    folder: VaultFolder,
) -> None:
    for name in NAMES:
        (folder.path / name).write_bytes(in_slot(0, login="kd", salt=bytes(16).hex()))

    for _ in range(3):
        slots, is_mended = folder.read_keys()
        assert not is_mended
        folder.write_keys(slots.with_slot(replace(slots.slots["no"], seen=os.urandom(8))))

    for login in ("ke", "kd"):
        with pytest.raises(DamagedSlotError):
            folder.read_keys()[0].find(login)
    (folder.path / "keys.json").write_bytes(DATA)
    assert open_as(folder, "ke") == secrets_of(7)
    folder.write_keys(folder.read_keys()[0])
    assert folder.read_keys()[0].damaged_items == ()


def test_a_recovery_slot_damaged_in_both_copies_outlives_a_write(folder: VaultFolder) -> None:
    damaged = changed(lambda outer: outer["recovery"].update(wrapped="00"))
    for name in NAMES:
        (folder.path / name).write_bytes(damaged)

    slots, _ = folder.read_keys()
    folder.write_keys(slots)

    assert slots.recovery is None
    assert json.loads(copies(folder)[0])["recovery"] == json.loads(damaged)["recovery"]
    (folder.path / "keys.json").write_bytes(DATA)
    assert folder.read_keys() == (SLOTS, True)


@pytest.mark.parametrize(
    "fresh",
    [
        SLOTS.with_slot(replace(SLOTS.slots["ke"], seen=b"further")),
        SLOTS.with_slot(slot_for("xx", 10)),
        SLOTS.with_slot(slot_for("ke2", 7)),
    ],
)
@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_crash_before_between_or_after_the_two_writes_leaves_the_old_or_the_new(
    folder: VaultFolder, fresh: KeySlots, written: int
) -> None:
    for name in ("keys.bak", "keys.json")[:written]:
        (folder.path / name).write_bytes(encode_key_slots(fresh))

    slots, is_mended = folder.read_keys()

    assert slots == (fresh if written else SLOTS)
    assert is_mended == (written == 1)
    folder.write_keys(slots)
    assert folder.read_keys() == (slots, False)


@pytest.mark.parametrize("name", NAMES)
def test_one_copy_that_was_put_back_as_it_was_before_counts_for_nothing(
    folder: VaultFolder, name: str
) -> None:
    folder.write_keys(SLOTS)
    former = (folder.path / name).read_bytes()
    newer = SLOTS.with_slot(replace(SLOTS.slots["ke"], seen=b"further"))
    folder.write_keys(replace(newer, writes=folder.read_keys()[0].writes))
    (folder.path / name).write_bytes(former)

    assert folder.read_keys() == (newer, True)


@pytest.mark.parametrize("writes", [-1, True, 1.5, "9", None, 2**40, [3]])
def test_a_copy_that_says_nonsense_of_its_age_comes_last(
    folder: VaultFolder, writes: object
) -> None:
    newer = SLOTS.with_slot(replace(SLOTS.slots["ke"], seen=b"further"))
    folder.write_keys(newer)
    outer = json.loads(DATA) | {"writes": writes}
    (folder.path / "keys.bak").write_text(json.dumps(outer))

    assert folder.read_keys() == (newer, True)


def test_copies_from_before_writes_were_counted_are_read(folder: VaultFolder) -> None:
    outer = json.loads(DATA)
    del outer["writes"]
    for name in NAMES:
        (folder.path / name).write_text(json.dumps(outer))

    assert folder.read_keys() == (SLOTS, False)


def test_a_wrong_passphrase_is_still_told_as_one(folder: VaultFolder) -> None:
    slots, _ = folder.read_keys()
    with pytest.raises(WrongPassphraseError):
        slots.find("xx")
    with pytest.raises(WrongPassphraseError):
        open_slot(slots.find("ke"), "fel", vault_id=VAULT_ID, policy=CHEAP_POLICY)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nobody_else_on_the_machine_may_read_the_copies(folder: VaultFolder) -> None:
    folder.write_keys(SLOTS)
    modes = [stat.S_IMODE((folder.path / name).stat().st_mode) for name in NAMES]
    assert modes == [0o600, 0o600]


def test_both_copies_are_the_same_and_leave_nothing_beside_them(folder: VaultFolder) -> None:
    fresh = SLOTS.with_slot(slot_for("xx", 10))

    folder.write_keys(fresh)

    written = encode_key_slots(replace(fresh, writes=1))
    assert copies(folder) == (written, written)
    assert folder.read_keys() == (fresh, False)
    assert {path.name for path in folder.path.iterdir()} == {*NAMES, "vault.db"}
