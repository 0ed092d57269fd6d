"""A passphrase becomes a key, within bounds that nobody can push."""

import unicodedata

import pytest

from tests.costs import CHEAP, CHEAP_POLICY
from trygga_desktop.crypto.kdf import (
    POLICY,
    KdfParameters,
    KdfPolicy,
    calibrate,
    derive_key,
    derive_subkey,
)
from trygga_desktop.domain.errors import DamagedSlotError

SALT = bytes(range(16))


@pytest.mark.parametrize(
    "cost",
    [
        KdfParameters(memory_kib=8, passes=3, lanes=4),
        KdfParameters(memory_kib=64 * 1024 - 1, passes=3, lanes=4),
        KdfParameters(memory_kib=2**31, passes=3, lanes=4),
        KdfParameters(memory_kib=64 * 1024, passes=2, lanes=4),
        KdfParameters(memory_kib=64 * 1024, passes=2**31, lanes=4),
        KdfParameters(memory_kib=64 * 1024, passes=3, lanes=1),
        KdfParameters(memory_kib=64 * 1024, passes=3, lanes=2**24),
        KdfParameters(memory_kib=512 * 1024 + 1, passes=3, lanes=4),
        KdfParameters(memory_kib=64 * 1024, passes=4, lanes=4),
        KdfParameters(memory_kib=64 * 1024, passes=3, lanes=5),
        KdfParameters(memory_kib=-1, passes=-1, lanes=-1),
    ],
)
def test_a_cost_outside_the_bounds_is_refused_before_any_work(cost: KdfParameters) -> None:
    with pytest.raises(DamagedSlotError):
        derive_key("sex ord", SALT, cost, POLICY)


def test_the_floor_of_the_program_is_the_second_choice_of_rfc_9106() -> None:
    assert POLICY.floor == KdfParameters(memory_kib=64 * 1024, passes=3, lanes=4)
    assert len(derive_key("sex ord", SALT, POLICY.floor, POLICY)) == 32


def test_two_keyboards_that_spell_a_letter_differently_open_the_same_slot() -> None:
    composed = unicodedata.normalize("NFC", "blå önskan är ett åskväder")
    decomposed = unicodedata.normalize("NFD", composed)

    keys = {derive_key(text, SALT, CHEAP, CHEAP_POLICY) for text in (composed, decomposed)}

    assert composed != decomposed
    assert len(keys) == 1


@pytest.mark.parametrize("other", ["sex  ord", "Sex ord", "sex ord ", "sex ord\0", "\ud800"])
def test_every_character_of_a_passphrase_counts(other: str) -> None:
    key = derive_key("sex ord", SALT, CHEAP, CHEAP_POLICY)
    assert derive_key(other, SALT, CHEAP, CHEAP_POLICY) != key


def test_a_passphrase_is_never_cut_short() -> None:
    long = "å" * 100_000
    key = derive_key(long, SALT, CHEAP, CHEAP_POLICY)
    assert derive_key(long + "a", SALT, CHEAP, CHEAP_POLICY) != key


def test_keys_for_different_purposes_have_nothing_in_common() -> None:
    root = bytes(32)
    keys = {derive_subkey(root, "anchor"), derive_subkey(root, "own")}
    salted = derive_subkey(root, "anchor", salt=SALT)
    assert len({root, salted, *keys}) == 4


def test_calibration_never_ends_outside_the_bounds() -> None:
    policy = KdfPolicy(floor=CHEAP, ceiling=KdfParameters(memory_kib=200, passes=1, lanes=1))

    cost = calibrate(policy, at_most_kib=1024 * 1024, seconds=1.0, clock=lambda: 0.0)

    assert cost.memory_kib == 128
    assert policy.admits(cost)


def test_calibration_stops_before_the_time_is_used_up() -> None:
    ticks = iter([0.0, 0.1, 0.0, 0.3, 0.0, 0.6])

    cost = calibrate(CHEAP_POLICY, at_most_kib=1024 * 1024, seconds=1.0, clock=lambda: next(ticks))

    assert cost.memory_kib == 4 * CHEAP_POLICY.floor.memory_kib


def test_calibration_stops_at_the_memory_a_machine_can_give() -> None:
    cost = calibrate(CHEAP_POLICY, at_most_kib=300, seconds=1.0, clock=lambda: 0.0)
    assert cost.memory_kib == 256
