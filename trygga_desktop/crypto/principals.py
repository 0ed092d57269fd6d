"""Key pairs of users, groups and recovery, and keys wrapped to them (HPKE, RFC 9180)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.signing import Statement
from trygga_desktop.domain.errors import TamperedError

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class ExchangeKey:
    """The private half of a principal's X25519 pair."""

    __slots__ = ("_key", "private", "public")

    def __init__(self, private: bytes) -> None:
        self._key = X25519PrivateKey.from_private_bytes(private)
        self.private = private
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "ExchangeKey":
        """Return a fresh key."""
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    def unwrap(self, wrapped: bytes, context: Statement) -> bytes:
        """Return what was wrapped to us for this context, or raise TamperedError."""
        try:
            return _SUITE.decrypt(wrapped, self._key, to_canonical(context))
        except (InvalidTag, ValueError, TypeError):
            raise TamperedError from None

    def own_key(self) -> EnvelopeKey:
        """Return the symmetric key under which this principal keeps what it has accepted."""
        return EnvelopeKey(derive_subkey(self.private, "own"))


def wrap(secret: bytes, public: bytes, context: Statement) -> bytes:
    """Wrap a secret to a principal.

    Anyone can do this, so whoever receives it must check a signature or a commitment too.
    """
    try:
        receiver = X25519PublicKey.from_public_bytes(public)
        return _SUITE.encrypt(secret, receiver, to_canonical(context))
    except ValueError:
        # A point of low order, or no point at all: nobody's key.
        raise TamperedError from None
