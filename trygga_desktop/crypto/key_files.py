"""The small file in which a user hands out their public keys to another vault.

Whoever holds the private keys has signed it, which proves no more than that: who that is, both
sides settle by comparing the fingerprint aloud.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.crypto.principals import wrap
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.partners import (
    KEY_BYTES,
    MOST_BYTES,
    MOST_NAME,
    Address,
    PublicKeys,
)

_FORMAT = "trygga-keys-1"
_VAULT_BYTES = 16
_FIELDS = frozenset(
    {"format", "vault", "user", "name", "municipality", "exchange", "verify", "signature"}
)


def write_key_file(keys: PublicKeys, signing: SigningKey) -> bytes:
    """Return the file of one's own keys."""
    return to_canonical({**spell_keys(keys), "signature": signing.sign(_statement(keys)).hex()})


def read_key_file(data: bytes) -> PublicKeys:
    """Return the keys; raise InvalidInputError (field `file`) for anything but such a file.

    The flaw is `length`, `unreadable` for what is no such file, or `changed`.
    """
    if len(data) > MOST_BYTES:
        raise InvalidInputError(field="file", flaw="length")
    try:
        plain = from_canonical(data)
        keys, signature = _read(plain), bytes.fromhex(plain["signature"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InvalidInputError(field="file", flaw="unreadable") from None
    try:
        verify([keys.verify_public], signature, _statement(keys))
        # A point that nothing can be encrypted to would be found out only when a packet is made.
        wrap(b"", keys.exchange_public, _statement(keys))
    except TamperedError:
        raise InvalidInputError(field="file", flaw="changed") from None
    return keys


def fingerprint_of_keys(keys: PublicKeys) -> str:
    """Return 64 hex digits that stand for the keys, the names, the user and the vault."""
    return sha256(to_canonical(["trygga-keys-fingerprint-1", spell_keys(keys)])).hexdigest()


def spell_keys(keys: PublicKeys) -> dict[str, object]:
    """Return the keys as values that JSON can hold."""
    return {
        "format": _FORMAT,
        "vault": keys.address.vault_id.hex(),
        "user": str(keys.address.user_id),
        "name": keys.name,
        "municipality": keys.municipality,
        "exchange": keys.exchange_public.hex(),
        "verify": keys.verify_public.hex(),
    }


def read_keys(plain: Mapping[str, Any]) -> PublicKeys:
    """Return the keys that `spell_keys` described; anything else raises ValueError or KeyError."""
    return _read({**plain, "signature": ""})


def _read(plain: Mapping[str, Any]) -> PublicKeys:
    if set(plain) != _FIELDS or plain["format"] != _FORMAT:
        raise ValueError("This is no file of keys.")
    keys = PublicKeys(
        address=Address(
            vault_id=bytes.fromhex(plain["vault"]),
            user_id=UUID(plain["user"]),
        ),
        name=_name(plain["name"]),
        municipality=_name(plain["municipality"]),
        exchange_public=bytes.fromhex(plain["exchange"]),
        verify_public=bytes.fromhex(plain["verify"]),
    )
    lengths = (len(keys.exchange_public), len(keys.verify_public), len(keys.address.vault_id))
    if lengths != (KEY_BYTES, KEY_BYTES, _VAULT_BYTES):
        raise ValueError("A key in a file of keys is none.")
    # One spelling only, so that what is compared aloud stands for one file.
    signature = bytes.fromhex(plain["signature"]).hex()
    if {**spell_keys(keys), "signature": signature} != dict(plain):
        raise ValueError("A file of keys is not written as they are.")
    return keys


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > MOST_NAME:
        raise ValueError("A name in a file of keys is none.")
    if not value.isprintable():
        raise ValueError("A name in a file of keys holds what nobody reads aloud.")
    return value


def _statement(keys: PublicKeys) -> Statement:
    return (_FORMAT, sha256(to_canonical(spell_keys(keys))).hexdigest())
