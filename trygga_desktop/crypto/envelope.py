"""Encrypt records so that they open only with their key, and only in their own place."""

import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trygga_desktop.crypto.canonical import from_canonical, to_canonical
from trygga_desktop.domain.errors import TamperedError

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_START = len(_FORMAT) + _NONCE_BYTES
KEY_BYTES = 32


class Place(NamedTuple):
    """Where a ciphertext belongs. `owner` is the case, or whoever else the record is of.

    `clear` spells whatever of the record stands beside it in the clear, so that it cannot be
    changed alone.
    """

    vault_id: bytes
    owner: UUID
    compartment: UUID
    generation: int
    table: str
    row: UUID
    row_version: int
    clear: bytes = b""

    def to_bytes(self) -> bytes:
        """Return the associated data, of which all parts but the last have a fixed length.

        Raise OverflowError for a generation or version that no row of ours has.
        """
        return b"".join(
            (
                _FORMAT,
                self.vault_id,
                self.owner.bytes,
                self.compartment.bytes,
                self.generation.to_bytes(8, "big"),
                self.row.bytes,
                self.row_version.to_bytes(8, "big"),
                sha256(self.clear).digest(),
                self.table.encode(),
            )
        )


class EnvelopeKey:
    """A symmetric key that encrypts records, or keeps other keys."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, value: Mapping[str, object], place: Place) -> bytes:
        """Return the record as it may lie in the file."""
        return self.keep(to_canonical(value), place.to_bytes())

    def decrypt(self, ciphertext: bytes, place: Place) -> dict[str, Any]:
        """Return the record; raise TamperedError if it was changed or moved here."""
        value: dict[str, Any] = from_canonical(self.take_out(ciphertext, place.to_bytes()))
        return value

    def keep(self, data: bytes, context: bytes) -> bytes:
        """Return raw bytes, usually another key, encrypted for one context."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORMAT + nonce + self._cipher.encrypt(nonce, data, context)

    def take_out(self, ciphertext: bytes, context: bytes) -> bytes:
        """Return what was kept; raise TamperedError if it was changed or kept elsewhere."""
        try:
            # What lies in a file may be of any type.
            form, nonce = ciphertext[: len(_FORMAT)], ciphertext[len(_FORMAT) : _START]
            text = self._cipher.decrypt(nonce, ciphertext[_START:], context)
        except (InvalidTag, ValueError, TypeError):
            raise TamperedError from None
        if form != _FORMAT:
            raise TamperedError
        return text


def new_key() -> bytes:
    """Return 32 fresh random bytes."""
    return os.urandom(KEY_BYTES)
