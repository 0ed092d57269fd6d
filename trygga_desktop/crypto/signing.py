"""Sign statements, and check who signed them."""

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.errors import TamperedError

# A statement opens with its kind and format, so that none passes as another.
Statement = tuple[object, ...]


class SigningKey:
    """A user's or recovery's Ed25519 key."""

    __slots__ = ("_key", "private", "public")

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)
        self.private = private
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "SigningKey":
        """Return a fresh key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, statement: Statement) -> bytes:
        """Return the 64 bytes that only this key makes of this statement."""
        return self._key.sign(to_canonical(statement))


def verify(publics: Iterable[bytes], signature: bytes, statement: Statement) -> None:
    """Raise TamperedError unless the owner of one of these keys signed exactly this."""
    data = to_canonical(statement)
    for public in publics:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
        except (InvalidSignature, ValueError, TypeError):
            continue
        return
    raise TamperedError
