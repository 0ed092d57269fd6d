"""The keys in use: our own, those of our groups, and compartment keys as they are needed.

It alone unwraps grants. It lives from unlock until the process ends: nothing in Python can wipe
memory, only the end of a process gives it back.
"""

import hmac
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.envelope import EnvelopeKey
from trygga_desktop.crypto.kdf import derive_subkey
from trygga_desktop.crypto.principals import ExchangeKey, wrap
from trygga_desktop.crypto.signing import SigningKey, Statement
from trygga_desktop.domain.errors import NoAccessError, TamperedError

_NOBODY = bytes(16)


class KeptPlace(NamedTuple):
    """Which key of which compartment is kept; the compartment's own row could be changed."""

    compartment: UUID
    kind: str
    case_id: UUID | None
    user_id: UUID | None
    generation: int
    commitment: bytes

    def to_bytes(self, holder: UUID) -> bytes:
        """Return what the key is bound to while this holder keeps it."""
        return b"".join(
            (
                b"trygga-kept-1",
                holder.bytes,
                self.compartment.bytes,
                _NOBODY if self.case_id is None else self.case_id.bytes,
                _NOBODY if self.user_id is None else self.user_id.bytes,
                self.generation.to_bytes(8, "big"),
                self.commitment,
                self.kind.encode(),
            )
        )


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

    def proof_of_grant(self, statement: Statement) -> bytes:
        """Return what shows that whoever granted this key held it."""
        return hmac.digest(self._key, b"grant" + to_canonical(statement), sha256)

    def tie(self, value: Statement, purpose: str) -> bytes:
        """Return 32 bytes for the log, which tell nobody who lacks the key what they stand for."""
        key = derive_subkey(self._key, f"tie {purpose}")
        return hmac.digest(key, to_canonical(value), sha256)

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
        # For keys that we have accepted, and for what we have seen of the vault.
        self.own = exchange.own_key()
        self._exchange: dict[UUID, ExchangeKey] = {}
        # By place, commitment included: no key is ever taken for another one's.
        self._opened: dict[bytes, CompartmentKey] = {}
        self.learn(principal, exchange)

    @property
    def holders(self) -> frozenset[UUID]:
        """Ourselves and our groups."""
        return frozenset(self._exchange)

    def learn(self, principal: UUID, exchange: ExchangeKey) -> None:
        """Take up the private key of a group, or our own."""
        self._exchange[principal] = exchange

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

    def keep(self, key: CompartmentKey, place: KeptPlace) -> bytes:
        """Return a compartment's key as we keep it: under our own, which no colleague has."""
        return key.kept_under(self.own, place.to_bytes(self.principal))

    def open_kept(self, kept: bytes, place: KeptPlace) -> CompartmentKey:
        """Return a key that we kept, or raise TamperedError if it was not we, or not here."""
        context = place.to_bytes(self.principal)
        key = self._opened.get(context)
        if key is None:
            key = CompartmentKey(self.own.take_out(kept, context))
            self._opened[context] = key
        return key
