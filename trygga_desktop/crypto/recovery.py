"""The recovery code: 200 random bits on paper, from which the recovery keys are made."""

import hmac
import os
from dataclasses import dataclass, field
from hashlib import sha256

from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey, Statement, verify
from trygga_desktop.domain.errors import TamperedError, WrongRecoveryCodeError

_CODE_BYTES = 25
_CHECKSUM_BYTES = 5
_GROUP = 4
_BITS = 5
_CHARACTERS = (_CODE_BYTES + _CHECKSUM_BYTES) * 8 // _BITS
_KEY_BYTES = 32
# Crockford's alphabet leaves out the letters that are misread from paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot:
    """What the recovery code opens: public keys, and the vault key wrapped to them.

    It is signed by the recovery key itself, so that nobody else can put another in its place.
    """

    exchange_public: bytes
    verify_public: bytes
    wrapped: bytes
    signature: bytes


class RecoveryKeys:
    """The private keys that a code and a vault's id stand for."""

    __slots__ = ("exchange", "signing")

    def __init__(self, code: bytes, vault_id: bytes) -> None:
        self.exchange = ExchangeKey(derive_subkey(code, "recovery exchange", salt=vault_id))
        self.signing = SigningKey(derive_subkey(code, "recovery signing", salt=vault_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What lay in the recovery slot."""

    vault_key: bytes = field(repr=False)
    registrar: bytes


def new_recovery_code() -> bytes:
    """Return a fresh random code."""
    return os.urandom(_CODE_BYTES)


def format_recovery_code(code: bytes, vault_id: bytes) -> str:
    """Return the code as people see it: twelve groups of four characters."""
    number = int.from_bytes(code + _checksum(code, vault_id), "big")
    places = reversed(range(_CHARACTERS))
    text = "".join(_ALPHABET[number >> _BITS * place & 31] for place in places)
    return "-".join(text[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def parse_recovery_code(text: str, vault_id: bytes) -> bytes:
    """Return the code that was typed.

    Raise WrongRecoveryCodeError if it is mistyped or of another vault. Letters that look like
    digits are taken for them; spaces and hyphens do not count.
    """
    typed = "".join(text.split()).replace("-", "").upper().translate(_READ_AS)
    if len(typed) != _CHARACTERS or not set(typed) <= set(_ALPHABET):
        raise WrongRecoveryCodeError
    number = 0
    for character in typed:
        number = number << _BITS | _ALPHABET.index(character)
    data = number.to_bytes(_CODE_BYTES + _CHECKSUM_BYTES, "big")
    code, checksum = data[:_CODE_BYTES], data[_CODE_BYTES:]
    if not hmac.compare_digest(checksum, _checksum(code, vault_id)):
        raise WrongRecoveryCodeError
    return code


def make_recovery_slot(
    keys: RecoveryKeys, *, vault_id: bytes, vault_key: bytes, registrar: bytes
) -> RecoverySlot:
    """Return a slot that these recovery keys open; `registrar` is the public key to believe."""
    wrapped = wrap(vault_key + registrar, keys.exchange.public, _context(vault_id))
    statement = _statement(vault_id, keys.exchange.public, keys.signing.public, wrapped)
    return RecoverySlot(
        exchange_public=keys.exchange.public,
        verify_public=keys.signing.public,
        wrapped=wrapped,
        signature=keys.signing.sign(statement),
    )


def open_recovery_slot(slot: RecoverySlot, keys: RecoveryKeys, *, vault_id: bytes) -> Recovered:
    """Return what the slot holds.

    Raise WrongRecoveryCodeError if the code is of another recovery sheet, TamperedError if the
    slot is not the one that was made with this code.
    """
    if slot.verify_public != keys.signing.public:
        raise WrongRecoveryCodeError
    statement = _statement(vault_id, slot.exchange_public, slot.verify_public, slot.wrapped)
    verify([keys.signing.public], slot.signature, statement)
    data = keys.exchange.unwrap(slot.wrapped, _context(vault_id))
    if len(data) != 2 * _KEY_BYTES:
        raise TamperedError
    return Recovered(vault_key=data[:_KEY_BYTES], registrar=data[_KEY_BYTES:])


def _context(vault_id: bytes) -> Statement:
    return ("trygga-recovery-slot-1", vault_id.hex())


def _statement(
    vault_id: bytes, exchange_public: bytes, verify_public: bytes, wrapped: bytes
) -> Statement:
    return (
        *_context(vault_id),
        exchange_public.hex(),
        verify_public.hex(),
        wrapped.hex(),
    )


def _checksum(code: bytes, vault_id: bytes) -> bytes:
    return sha256(b"trygga recovery 1" + vault_id + code).digest()[:_CHECKSUM_BYTES]
