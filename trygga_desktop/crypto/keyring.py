"""The keys in use: our own, those of our groups, and compartment keys as they are needed.

It alone unwraps grants. It lives from unlock until the process ends: nothing in Python can wipe
memory, only the end of a process gives it back.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey, Statement
from trygga_desktop.domain.errors import NoAccessError, TamperedError


class CompartmentKey(EnvelopeKey):
    """A compartment's key of one generation."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        super().__init__(key)
        self._key = key

    def commitment(self, context: Statement) -> bytes:
        """Return 32 bytes that fit this key alone and tell nothing of it."""
        return hmac.digest(self._key, b"commit" + to_canonical(context), sha256)

    def proof(self, next_commitment: bytes) -> bytes:
        """Return what shows that whoever made the next key held this one."""
        return hmac.digest(self._key, b"follow" + next_commitment, sha256)

    def wrap_to(self, public: bytes, context: Statement) -> bytes:
        """Return the key, wrapped to a principal's public key."""
        return wrap(self._key, public, context)

    def kept_under(self, own: EnvelopeKey, context: bytes) -> bytes:
        """Return the key, kept under a holder's own key."""
        return own.keep(self._key, context)


class Keyring:
    """Opens what was granted to us or to our groups, and nothing else."""

    def __init__(self, principal: UUID, exchange: ExchangeKey, signing: SigningKey) -> None:
        self.principal = principal
        self.signing = signing
        self._exchange: dict[UUID, ExchangeKey] = {}
        self._own: dict[UUID, EnvelopeKey] = {}
        # By commitment: a key that is replaced, or rolled back, is never taken for its successor.
        self._opened: dict[bytes, CompartmentKey] = {}
        self.learn(principal, exchange)

    @property
    def holders(self) -> frozenset[UUID]:
        """Ourselves and our groups."""
        return frozenset(self._own)

    @property
    def own(self) -> EnvelopeKey:
        """Return our own symmetric key: for drafts, and for what we have seen of the vault."""
        return self._own[self.principal]

    def learn(self, principal: UUID, exchange: ExchangeKey) -> None:
        """Take up the private key of a group, or our own."""
        self._exchange[principal] = exchange
        self._own[principal] = exchange.own_key()

    def exchange(self, principal: UUID) -> ExchangeKey:
        """Return the private key of a principal that we are or belong to."""
        try:
            return self._exchange[principal]
        except KeyError:
            raise NoAccessError from None

    def unwrap(
        self, holder: UUID, wrapped: bytes, context: Statement, *, commitment: bytes
    ) -> CompartmentKey:
        """Return the key of a grant, or raise TamperedError if it is not the committed one."""
        key = CompartmentKey(self.exchange(holder).unwrap(wrapped, context))
        if not hmac.compare_digest(key.commitment(context), commitment):
            raise TamperedError
        return key

    def keep(
        self,
        holder: UUID,
        key: CompartmentKey,
        compartment: UUID,
        generation: int,
        *,
        commitment: bytes,
    ) -> bytes | None:
        """Return a compartment's key under the holder's own, if we hold that one."""
        own = self._own.get(holder)
        if own is None:
            return None
        return key.kept_under(own, kept_context(holder, compartment, generation, commitment))

    def open_kept(
        self, holder: UUID, kept: bytes, compartment: UUID, generation: int, *, commitment: bytes
    ) -> CompartmentKey:
        """Return a key that was kept for one of our principals, or raise TamperedError."""
        key = self._opened.get(commitment)
        if key is None:
            context = kept_context(holder, compartment, generation, commitment)
            key = CompartmentKey(self._own[holder].take_out(kept, context))
            self._opened[commitment] = key
        return key


def kept_context(holder: UUID, compartment: UUID, generation: int, commitment: bytes) -> bytes:
    """Return what a key is bound to while its holder keeps it."""
    return b"".join((holder.bytes, compartment.bytes, generation.to_bytes(8, "big"), commitment))
