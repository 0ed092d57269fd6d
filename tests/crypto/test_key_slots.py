"""A slot opens for its passphrase; what is damaged or hostile is refused in bounded work."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.costs import CHEAP, CHEAP_POLICY
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.kdf import KdfParameters
from trygga_desktop.crypto.key_slots import (
    MOST_BYTES,
    MOST_LOGIN,
    KeySlots,
    Secrets,
    Slot,
    check_login,
    decode_key_slots,
    encode_key_slots,
    fold_login,
    make_slot,
    open_slot,
)
from trygga_desktop.crypto.recovery import RecoveryKeys, make_recovery_slot
from trygga_desktop.domain.errors import (
    DamagedKeysError,
    DamagedSlotError,
    InvalidInputError,
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
OTHER = slot_for("no", principal=8)
BOTH = SLOTS.with_slot(OTHER)


def checksummed(slot: dict[str, Any]) -> dict[str, Any]:
    """Return a slot as a careful forger would leave it."""
    fields = {name: value for name, value in slot.items() if name != "checksum"}
    return fields | {"checksum": sha256(to_canonical(fields)).hexdigest()}


def changed(change: Callable[[dict[str, Any]], Any], slots: KeySlots = SLOTS) -> bytes:
    outer = json.loads(encode_key_slots(slots))
    change(outer)
    return json.dumps(outer).encode()


def with_changed_slot(**fields: Any) -> KeySlots:
    """Return a copy of both slots in which those fields of the first one were damaged."""
    return decode_key_slots(changed(lambda outer: outer["slots"][0].update(fields), BOTH))


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
        changed(lambda outer: outer.update(format=1.0)),
        changed(lambda outer: outer.update(format=2.0)),
        changed(lambda outer: outer.update(format=0)),
        changed(lambda outer: outer.update(format=-2)),
        changed(lambda outer: outer.update(format=None)),
        changed(lambda outer: outer.update(slots={"ke": 1})),
        changed(lambda outer: outer.update(slots=outer["slots"] * 2)),
        changed(lambda outer: outer.update(slots=outer["slots"] * 1001)),
        changed(
            lambda outer: outer["slots"].append(checksummed(outer["slots"][0] | {"login": "no"}))
        ),
        changed(
            lambda outer: outer["slots"].append(
                checksummed(outer["slots"][0] | {"principal": UUID(int=8).hex})
            )
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
        {"login": ""},
        {"login": None},
        {"login": ["ke"]},
        {"login": "KE"},
        {"login": " ke"},
        {"login": "ke\0"},
        {"login": "k" * 65},
    ],
)
def test_a_slot_of_wrong_types_is_damaged_by_itself(change: dict[str, Any]) -> None:
    data = changed(
        lambda outer: outer["slots"].append(checksummed(outer["slots"].pop(0) | change)), BOTH
    )
    with pytest.raises(DamagedSlotError):
        opened(data)
    assert decode_key_slots(data).find("no") == OTHER


@pytest.mark.parametrize("item", [5, None, "ke", [], {}, {"login": "ke"}, float("nan")])
def test_what_is_hardly_a_slot_any_more_leaves_the_others_and_is_kept(item: Any) -> None:
    data = changed(lambda outer: outer.update(slots=[item, outer["slots"][1]]), BOTH)

    slots = decode_key_slots(data)

    assert slots.find("no") == OTHER
    with pytest.raises(DamagedSlotError):
        slots.find("ke")
    assert json.dumps(json.loads(encode_key_slots(slots))["slots"][-1]) == json.dumps(item)
    assert decode_key_slots(encode_key_slots(slots)) == slots


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


@pytest.mark.parametrize(
    "login",
    ["", " \t ", "k" * (MOST_LOGIN + 1), "ŉ" * 33, "ke\0", "k\u200be", "k\u2028e", "\ud800"],
)
def test_a_name_that_slots_cannot_hold_gets_no_slot(login: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        slot_for(login)
    assert refused.value.field == "login"


def test_a_name_that_grows_when_it_is_folded_is_measured_afterwards() -> None:
    with pytest.raises(InvalidInputError) as refused:
        slot_for("ŉ" * (MOST_LOGIN // 2 + 1))
    assert refused.value.flaw == "length"
    for login in ("ŉ" * (MOST_LOGIN // 2), "ΐ" * 32, "k" * MOST_LOGIN):
        slots = SLOTS.with_slot(slot_for(login))
        assert decode_key_slots(encode_key_slots(slots)) == slots


@given(st.text(max_size=MOST_LOGIN + 2))
def test_whatever_name_a_slot_may_have_is_read_back_and_found(login: str) -> None:
    name = fold_login(login)
    try:
        check_login(name)
    except InvalidInputError:
        assume(False)
    slots = replace(SLOTS, slots={name: replace(SLOT, login=name)})

    assert decode_key_slots(encode_key_slots(slots)).find(login).login == name


def test_a_name_is_the_same_however_a_keyboard_spells_its_letters() -> None:
    composed = unicodedata.normalize("NFC", "Åö")
    decomposed = unicodedata.normalize("NFD", composed)
    slots = SLOTS.with_slot(slot_for(composed))

    assert composed != decomposed
    assert slots.find(f" {decomposed} ") == slots.find(composed.lower())


def test_another_user_s_name_is_not_taken_over() -> None:
    with pytest.raises(InvalidInputError) as refused:
        SLOTS.with_slot(slot_for("KE", principal=8))
    assert (refused.value.field, refused.value.flaw) == ("login", "taken")
    with pytest.raises(InvalidInputError):
        BOTH.with_slot(slot_for("no"))
    assert BOTH.with_slot(slot_for("ke")).find("no") == OTHER


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
        # It looks like another vault's; the folder compares that with the database.
        assert decode_key_slots(bytes(damaged)).vault_id != VAULT_ID
        return
    assert secrets == SECRETS


def test_damage_to_one_slot_leaves_the_others() -> None:
    slots = with_changed_slot(salt=bytes(16).hex())

    assert slots.damaged == {"ke"}
    assert slots.find("no").principal == UUID(int=8)
    with pytest.raises(DamagedSlotError):
        slots.find("ke")


def test_a_slot_with_a_damaged_name_is_not_told_to_be_a_wrong_passphrase() -> None:
    slots = with_changed_slot(login="kd")

    assert slots.damaged == {"kd"}
    for login in ("ke", "kd"):
        with pytest.raises(DamagedSlotError):
            slots.find(login)


def test_a_damaged_name_that_became_another_user_s_does_not_lock_that_one_out() -> None:
    slots = with_changed_slot(login="no")

    assert slots.find("no") == OTHER
    assert slots.damaged == frozenset()
    with pytest.raises(DamagedSlotError):
        slots.find("ke")
    # Nor does writing that one's slot erase what is left of the other.
    again = slots.with_slot(OTHER)
    assert again.mended_by(BOTH).find("ke") == SLOT
    assert decode_key_slots(encode_key_slots(again)) == again
    with pytest.raises(DamagedSlotError):
        again.find("ke")


def test_what_is_damaged_is_written_as_it_was_found() -> None:
    def damage(outer: dict[str, Any]) -> None:
        outer["slots"][0].update(salt=bytes(16).hex(), passes=1.5)
        outer["recovery"]["wrapped"] = ""

    found = json.loads(changed(damage, BOTH))
    slots = decode_key_slots(json.dumps(found).encode())

    written = json.loads(encode_key_slots(slots))

    assert slots.recovery is None
    assert written["slots"] == [found["slots"][1], found["slots"][0]]
    assert written["recovery"] == found["recovery"]
    assert decode_key_slots(encode_key_slots(slots)) == slots


def test_a_recovery_slot_that_is_not_there_is_not_made_up() -> None:
    slots = decode_key_slots(changed(lambda outer: outer.pop("recovery")))

    assert slots.recovery is None
    assert "recovery" not in json.loads(encode_key_slots(slots))
    assert slots.mended_by(SLOTS) == SLOTS


def test_a_damaged_slot_is_mended_from_the_other_copy() -> None:
    outer = json.loads(encode_key_slots(SLOTS))
    outer["slots"][0]["salt"] = bytes(16).hex()
    outer["recovery"]["wrapped"] = ""
    damaged = decode_key_slots(json.dumps(outer).encode())

    assert damaged.recovery is None
    for mended in (damaged.mended_by(SLOTS), SLOTS.mended_by(damaged)):
        assert mended == SLOTS
        assert encode_key_slots(mended) == encode_key_slots(SLOTS)
    assert damaged.mended_by(replace(SLOTS, vault_id=bytes(16))) == damaged
    assert damaged.with_slot(SLOT).damaged_items == ()


@pytest.mark.parametrize(
    "change",
    [
        {"login": "kd"},
        {"login": "no"},
        {"login": "ke\0"},
        {"principal": UUID(int=9).hex},
        {"principal": "no id"},
        {"checksum": ""},
    ],
)
def test_a_slot_is_mended_whichever_part_of_it_was_damaged(change: dict[str, Any]) -> None:
    damaged = with_changed_slot(**change)
    for mended in (damaged.mended_by(BOTH), BOTH.mended_by(damaged)):
        assert mended == BOTH


def test_a_slot_that_one_copy_lacks_is_taken_from_the_other() -> None:
    for mended in (SLOTS.mended_by(BOTH), BOTH.mended_by(SLOTS)):
        assert mended == BOTH


def test_two_copies_with_different_damage_mend_each_other() -> None:
    first = with_changed_slot(salt=bytes(16).hex())
    second = decode_key_slots(
        changed(lambda outer: outer["slots"][1].update(ciphertext="00"), BOTH)
    )
    for mended in (first.mended_by(second), second.mended_by(first)):
        assert mended == BOTH


def test_a_slot_damaged_in_both_copies_is_kept_in_both_its_states() -> None:
    first, second = with_changed_slot(salt=bytes(16).hex()), with_changed_slot(ciphertext="00")

    mended = first.mended_by(second)

    assert set(mended.damaged_items) == {*first.damaged_items, *second.damaged_items}
    assert first.mended_by(first) == first
    with pytest.raises(DamagedSlotError):
        mended.find("ke")
    assert mended.mended_by(BOTH) == BOTH
    assert mended.with_slot(SLOT) == BOTH


def test_of_two_whole_slots_of_one_user_the_first_copy_s_stays() -> None:
    fresh = SLOTS.with_slot(slot_for("ke2"))
    assert fresh.mended_by(BOTH) == fresh.with_slot(OTHER)
    assert BOTH.mended_by(fresh) == BOTH


def test_a_name_that_one_copy_gave_to_somebody_else_has_one_owner() -> None:
    former = replace(SLOTS, slots={"ke": slot_for("ke", principal=8)})
    assert SLOTS.mended_by(former) == SLOTS


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
