"""The recovery code on paper opens its own vault, and a typing error is noticed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.recovery import (
    RecoveryKeys,
    format_recovery_code,
    make_recovery_slot,
    new_recovery_code,
    open_recovery_slot,
    parse_recovery_code,
)
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.errors import TamperedError, WrongRecoveryCodeError

VAULT_ID = bytes(range(16))
OTHER_ID = bytes(16)
CODE = bytes(range(25))
TEXT = format_recovery_code(CODE, VAULT_ID)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.integers(0, 47), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(at: int, character: str) -> None:
    plain = TEXT.replace("-", "")
    typed = plain[:at] + character + plain[at + 1 :]
    if typed != plain:
        with pytest.raises(WrongRecoveryCodeError):
            parse_recovery_code(typed, VAULT_ID)


@pytest.mark.parametrize("typed", ["", TEXT[:-1], TEXT + "A", "Ö" * 48, "U" * 48, "\0" * 48])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(WrongRecoveryCodeError):
        parse_recovery_code(typed, VAULT_ID)


def test_a_code_of_another_vault_is_refused() -> None:
    with pytest.raises(WrongRecoveryCodeError):
        parse_recovery_code(TEXT, OTHER_ID)


@given(st.binary(min_size=25, max_size=25))
def test_every_code_is_read_back(code: bytes) -> None:
    text = format_recovery_code(code, VAULT_ID)
    assert len(text.split("-")) == 12
    assert parse_recovery_code(text, VAULT_ID) == code


def test_hyphens_spaces_small_letters_and_letters_like_digits_do_not_matter() -> None:
    typed = TEXT.replace("-", "  \n").lower().replace("0", "o").replace("1", "l")
    assert parse_recovery_code(typed, VAULT_ID) == CODE


def test_two_codes_are_never_the_same() -> None:
    assert new_recovery_code() != new_recovery_code()
    assert len(new_recovery_code()) == 25


def test_another_sheet_s_code_does_not_open_the_slot() -> None:
    slot = make_recovery_slot(
        RecoveryKeys(CODE, VAULT_ID), vault_id=VAULT_ID, vault_key=bytes(32), registrar=bytes(32)
    )
    with pytest.raises(WrongRecoveryCodeError):
        open_recovery_slot(slot, RecoveryKeys(bytes(25), VAULT_ID), vault_id=VAULT_ID)


def test_a_slot_with_another_registrar_in_it_is_refused() -> None:
    keys = RecoveryKeys(CODE, VAULT_ID)
    slot = make_recovery_slot(keys, vault_id=VAULT_ID, vault_key=bytes(32), registrar=bytes(32))
    stranger = SigningKey.generate()
    wrapped = wrap(
        bytes(32) + stranger.public,
        keys.exchange.public,
        ("trygga-recovery-slot-1", VAULT_ID.hex()),
    )
    for forged in (
        replace(slot, wrapped=wrapped),
        replace(slot, signature=bytes(64)),
        replace(slot, exchange_public=ExchangeKey.generate().public),
    ):
        with pytest.raises(TamperedError):
            open_recovery_slot(forged, keys, vault_id=VAULT_ID)


def test_a_slot_that_holds_something_else_is_refused() -> None:
    keys = RecoveryKeys(CODE, VAULT_ID)
    slot = make_recovery_slot(keys, vault_id=VAULT_ID, vault_key=bytes(8), registrar=bytes(8))
    with pytest.raises(TamperedError):
        open_recovery_slot(slot, keys, vault_id=VAULT_ID)


def test_the_code_opens_the_slot() -> None:
    keys = RecoveryKeys(CODE, VAULT_ID)
    slot = make_recovery_slot(
        keys, vault_id=VAULT_ID, vault_key=bytes([1] * 32), registrar=bytes([2] * 32)
    )

    recovered = open_recovery_slot(slot, RecoveryKeys(CODE, VAULT_ID), vault_id=VAULT_ID)

    assert recovered.vault_key == bytes([1] * 32)
    assert recovered.registrar == bytes([2] * 32)
    assert "0101" not in repr(recovered)
