"""A file of keys is read as its owner wrote it, or not at all."""

from dataclasses import replace
from random import Random

import pytest

from tests.packets import Side
from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.key_files import (
    fingerprint_of_keys,
    read_key_file,
    read_keys,
    spell_keys,
    write_key_file,
)
from trygga_desktop.crypto.principals import ExchangeKey
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.partners import MOST_BYTES

SARA = Side("Sara Lind", 2)


def flaw_of(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(InvalidInputError) as caught:
        read_key_file(data)
    assert caught.value.field == "file"
    return caught.value.flaw


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b"7", b"[" * 4000, b"\xff", b'{"a":' * 700]
)
def test_what_is_no_file_of_keys_is_refused(data: bytes) -> None:
    assert flaw_of(data) == "unreadable"


def test_a_long_file_is_refused_unread() -> None:
    assert flaw_of(bytes(MOST_BYTES + 1)) == "length"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "Sara\nLind", "Sara\u202eLind"])
def test_a_name_that_nobody_can_read_aloud_is_refused(name: str) -> None:
    for keys in (replace(SARA.keys, name=name), replace(SARA.keys, municipality=name)):
        assert flaw_of(write_key_file(keys, SARA.signing)) == "unreadable"


def test_keys_under_another_name_are_refused() -> None:
    plain = from_canonical(write_key_file(SARA.keys, SARA.signing))

    assert flaw_of(to_canonical({**plain, "name": "Ulf Ask"})) == "changed"


def test_an_exchanged_key_is_refused() -> None:
    plain = from_canonical(write_key_file(SARA.keys, SARA.signing))
    other = ExchangeKey.generate().public.hex()

    assert flaw_of(to_canonical({**plain, "exchange": other})) == "changed"


def test_a_key_that_nothing_can_be_encrypted_to_is_refused() -> None:
    keys = replace(SARA.keys, exchange_public=bytes(32))

    assert flaw_of(write_key_file(keys, SARA.signing)) == "changed"


@pytest.mark.parametrize("key", ["exchange", "verify", "vault"])
def test_a_key_or_a_vault_that_is_too_short_is_refused(key: str) -> None:
    plain = from_canonical(write_key_file(SARA.keys, SARA.signing))

    assert flaw_of(to_canonical({**plain, key: str(plain[key])[:-2]})) == "unreadable"


def test_a_file_of_keys_that_is_changed_anywhere_is_refused() -> None:
    made = write_key_file(SARA.keys, SARA.signing)
    chosen = Random(1)  # noqa: S311  a repeatable test, no secret
    for _ in range(300):
        at = chosen.randrange(len(made))
        changed = made[:at] + bytes([made[at] ^ 1 << chosen.randrange(8)]) + made[at + 1 :]
        assert flaw_of(changed) in {"unreadable", "changed"}


def test_the_keys_come_back_as_they_were_written() -> None:
    made = write_key_file(SARA.keys, SARA.signing)

    assert len(made) < MOST_BYTES
    assert read_key_file(made) == SARA.keys == read_keys(spell_keys(SARA.keys))


def test_everything_that_is_certified_is_in_the_fingerprint() -> None:
    ulf = Side("Ulf Ask", 3).keys
    others = [
        replace(SARA.keys, name=ulf.name),
        replace(SARA.keys, municipality="Nystad"),
        replace(SARA.keys, address=ulf.address),
        replace(SARA.keys, exchange_public=ulf.exchange_public),
        replace(SARA.keys, verify_public=ulf.verify_public),
    ]

    assert len({fingerprint_of_keys(one) for one in [SARA.keys, *others]}) == 6
