"""Users of other vaults, with whom packets are exchanged, and who vouched for their keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

MOST_NAME = 200
"""The longest name or municipality in characters that a file of keys may hold."""

MOST_BYTES = 4096
"""The longest file that is read as one of keys."""

KEY_BYTES = 32
"""How long a public key is, of either kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One user of one vault: what a packet comes from, and what it is for."""

    vault_id: bytes
    user_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKeys:
    """What a user of a vault hands out: who they are there, and their raw public keys.

    The names are those that the vault told. Nobody vouches for them before both sides have
    compared the fingerprint aloud.
    """

    address: Address
    name: str
    municipality: str
    exchange_public: bytes
    verify_public: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Somebody whose keys an administrator has certified, and for whom they speak.

    `organisation_id` is an organisation of our own directory: what may be told to it may be sent.
    `version` counts what was laid down about them; `at` is aware, in UTC. Whoever is `retired` is
    sent nothing, and nothing of theirs is taken in.
    """

    keys: PublicKeys
    organisation_id: UUID
    certified_by: UUID
    at: datetime
    version: int = 1
    retired: bool = False

    @property
    def id(self) -> UUID:
        """Return the id that is the same in every version."""
        return id_of(self.keys.address)


def id_of(address: Address) -> UUID:
    """Return the id of a user of another vault, which is the same wherever it is worked out."""
    return uuid5(UUID(bytes=address.vault_id), f"packets {address.user_id}")
