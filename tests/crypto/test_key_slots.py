"""A slot opens for its passphrase; what is damaged or hostile is refused in bounded work."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costs import CHEAP, CHEAP_POLICY
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.kdf import KdfParameters
from trygga_desktop.crypto.key_slots import (
    MOST_BYTES,
    KeySlots,
    Secrets,
    Slot,
    decode_key_slots,
    encode_key_slots,
    make_slot,
    open_slot,
)
from trygga_desktop.crypto.recovery import RecoveryKeys, make_recovery_slot
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    DamagedSlotError,
    NewerVaultError,
    WrongPassphraseError,
)

VAULT_ID = bytes(range(16))
SECRETS = Secrets(
    principal=UUID(int=7),
    vault_key=bytes([1] * 32),
    exchange_key=bytes([2] * 32),
    signing_key=bytes([3] * 32),
    registrar=bytes([4] * 32),
    recovery=bytes([5] * 32),
)
PASSPHRASE = "sex ord som ingen annan väljer"  # noqa: S105  a test vault's


def slot_for(login: str = "ke", *, principal: int = 7) -> Slot:
    return make_slot(
        login,
        PASSPHRASE,
        replace(SECRETS, principal=UUID(int=principal)),
        vault_id=VAULT_ID,
        cost=CHEAP,
        policy=CHEAP_POLICY,
    )


SLOT = slot_for()
RECOVERY = make_recovery_slot(
    RecoveryKeys(bytes(25), VAULT_ID),
    vault_id=VAULT_ID,
    vault_key=bytes(32),
    registrar=bytes(32),
)
SLOTS = KeySlots(vault_id=VAULT_ID, recovery=RECOVERY, slots={"ke": SLOT})


def checksummed(slot: dict[str, Any]) -> dict[str, Any]:
    """Return a slot as a careful forger would leave it."""
    fields = {name: value for name, value in slot.items() if name != "checksum"}
    return fields | {"checksum": sha256(to_canonical(fields)).hexdigest()}


def changed(change: Callable[[dict[str, Any]], Any]) -> bytes:
    outer = json.loads(encode_key_slots(SLOTS))
    change(outer)
    return json.dumps(outer).encode()


def opened(data: bytes, login: str = "ke", passphrase: str = PASSPHRASE) -> Secrets:
    slots = decode_key_slots(data)
    return open_slot(slots.find(login), passphrase, vault_id=slots.vault_id, policy=CHEAP_POLICY)


def test_a_wrong_passphrase_opens_nothing() -> None:
    with pytest.raises(WrongPassphraseError):
        opened(encode_key_slots(SLOTS), passphrase=PASSPHRASE + ".")


def test_an_unknown_name_looks_like_a_wrong_passphrase() -> None:
    with pytest.raises(WrongPassphraseError):
        opened(encode_key_slots(SLOTS), login="xx")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format":1,"format":1}',
        b" " * (MOST_BYTES + 1),
        changed(lambda outer: outer.pop("vault")),
        changed(lambda outer: outer.update(vault="00")),
        changed(lambda outer: outer.update(vault=5)),
        changed(lambda outer: outer.update(format="1")),
        changed(lambda outer: outer.update(format=True)),
        changed(lambda outer: outer.update(slots={"ke": 1})),
        changed(lambda outer: outer.update(slots=[5])),
        changed(lambda outer: outer.update(slots=[{}])),
        changed(lambda outer: outer["slots"][0].update(login="")),
        changed(lambda outer: outer["slots"][0].update(login=["ke"])),
        changed(lambda outer: outer["slots"][0].update(login="k" * 65)),
        changed(lambda outer: outer.update(slots=outer["slots"] * 2)),
        changed(lambda outer: outer.update(slots=outer["slots"] * 1001)),
        changed(
            lambda outer: outer["slots"].append(checksummed(outer["slots"][0] | {"login": "no"}))
        ),
    ],
)
def test_a_file_that_was_not_ours_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedKeysError):
        decode_key_slots(data)


def test_a_later_format_is_told_apart_from_damage() -> None:
    with pytest.raises(NewerVaultError):
        decode_key_slots(changed(lambda outer: outer.update(format=2)))


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": None},
        {"memory_kib": "64"},
        {"memory_kib": 64.0},
        {"lanes": True},
        {"salt": "00"},
        {"salt": 5},
        {"salt": "zz" * 16},
        {"principal": "no id"},
        {"principal": 5},
        {"ciphertext": None},
        {"seen": []},
    ],
)
def test_a_slot_of_wrong_types_is_damaged_by_itself(change: dict[str, Any]) -> None:
    data = changed(lambda outer: outer.update(slots=[checksummed(outer["slots"][0] | change)]))
    with pytest.raises(DamagedSlotError):
        opened(data)


@pytest.mark.parametrize(
    "change",
    [
        {"memory_kib": 8},
        {"memory_kib": 2**40},
        {"passes": 0},
        {"passes": 10**9},
        {"lanes": 10**6},
    ],
)
def test_a_slot_that_asks_for_too_little_or_too_much_work_is_refused(
    change: dict[str, Any],
) -> None:
    data = changed(lambda outer: outer.update(slots=[checksummed(outer["slots"][0] | change)]))
    with pytest.raises(DamagedSlotError):
        opened(data)


@pytest.mark.parametrize(
    "change",
    [
        {"principal": UUID(int=8).hex},
        {"login": "no"},
        {"memory_kib": 128},
        {"salt": bytes(16).hex()},
        {"ciphertext": ""},
        {"ciphertext": SLOT.ciphertext[:-1].hex()},
    ],
)
def test_a_slot_whose_header_was_forged_does_not_open(change: dict[str, Any]) -> None:
    data = changed(lambda outer: outer.update(slots=[checksummed(outer["slots"][0] | change)]))
    with pytest.raises(WrongPassphraseError):
        opened(data, login=change.get("login", "ke"))


def test_a_slot_of_another_vault_does_not_open() -> None:
    data = changed(lambda outer: outer.update(vault=bytes(16).hex()))
    with pytest.raises(WrongPassphraseError):
        opened(data)


@given(st.data())
def test_one_changed_byte_never_passes_for_a_wrong_passphrase(data: st.DataObject) -> None:
    damaged = bytearray(encode_key_slots(SLOTS))
    at = data.draw(st.integers(0, len(damaged) - 1))
    damaged[at] ^= data.draw(st.integers(1, 255))
    try:
        secrets = opened(bytes(damaged))
    except (DamagedKeysError, DamagedSlotError, NewerVaultError):
        return
    except WrongPassphraseError:
        # Only where the damage hit what tells the slots and vaults apart.
        assert decode_key_slots(bytes(damaged)) != SLOTS
        return
    assert secrets == SECRETS


def test_damage_to_one_slot_leaves_the_others() -> None:
    both = SLOTS.with_slot(slot_for("no", principal=8))
    outer = json.loads(encode_key_slots(both))
    outer["slots"][0]["salt"] = bytes(16).hex()

    slots = decode_key_slots(json.dumps(outer).encode())

    assert slots.damaged == {"ke"}
    assert slots.find("no").principal == UUID(int=8)
    with pytest.raises(DamagedSlotError):
        slots.find("ke")


def test_a_damaged_slot_is_mended_from_the_other_copy() -> None:
    outer = json.loads(encode_key_slots(SLOTS))
    outer["slots"][0]["salt"] = bytes(16).hex()
    outer["recovery"]["wrapped"] = ""
    damaged = decode_key_slots(json.dumps(outer).encode())

    assert damaged.recovery is None
    assert damaged.mended_by(SLOTS) == SLOTS
    assert damaged.mended_by(replace(SLOTS, vault_id=bytes(16))) == damaged
    assert damaged.with_slot(SLOT).damaged == frozenset()
    assert b"recovery" not in encode_key_slots(damaged)


def test_a_new_passphrase_takes_the_place_of_the_old() -> None:
    slots = SLOTS.with_slot(slot_for("ke2"))
    assert list(slots.slots) == ["ke2"]


def test_the_passphrase_opens_the_slot_after_a_round_trip() -> None:
    data = encode_key_slots(SLOTS)

    assert decode_key_slots(data) == SLOTS
    assert opened(data, login=" KE ") == SECRETS


def test_secrets_do_not_show_in_a_traceback() -> None:
    assert "\\x01" not in repr(SECRETS)


def test_no_two_slots_share_a_salt() -> None:
    assert slot_for().salt != slot_for().salt
    assert SLOT.cost == KdfParameters(memory_kib=64, passes=1, lanes=1)
