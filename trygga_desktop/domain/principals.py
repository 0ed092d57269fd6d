"""Principals: whoever a key can be granted to, and the signed list that vouches for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.permissions import Permission, Role, allows


class PrincipalKind(StrEnum):
    """What stands behind a key pair."""

    USER = "user"
    GROUP = "group"
    RECOVERY = "recovery"


class Status(StrEnum):
    """Whether a principal may still be granted anything."""

    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The public half of a principal: raw X25519 and Ed25519 keys of 32 bytes each.

    A group never signs, so its `verify_public` is empty. `generation` counts the key pairs of a
    group. Nobody's name stands here: names are records of the `vault` compartment, and `account`
    is the digest of a user's, so that no two can be exchanged. Of the group that holds the vault's
    seal it is the digest of that seal.
    """

    id: UUID
    kind: PrincipalKind
    exchange_public: bytes
    verify_public: bytes = b""
    roles: frozenset[Role] = frozenset()
    status: Status = Status.ACTIVE
    generation: int = 1
    account: bytes = b""

    def may(self, permission: Permission) -> bool:
        """Return whether this is an active user whose roles carry the permission."""
        return self.status is Status.ACTIVE and allows(self.roles, permission)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everyone a vault knows, with roles and memberships, signed as one list.

    Each version names the digest of the one before it. Replaying one old row is therefore as
    impossible as forging one: only the whole list could be put back, and the signed audit log and
    every slot remember which version came last.
    """

    version: int
    previous: bytes
    principals: Mapping[UUID, Principal]
    members: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    signed_by: UUID

    def active(self, principal_id: UUID) -> Principal | None:
        """Return the principal if it may still be granted anything."""
        principal = self.principals.get(principal_id)
        return principal if principal and principal.status is Status.ACTIVE else None

    def groups_of(self, principal_id: UUID) -> frozenset[UUID]:
        """Return the groups this principal belongs to."""
        return frozenset(group for group, who in self.members.items() if principal_id in who)

    @property
    def recovery(self) -> Principal:
        """Return the recovery principal in force."""
        return next(
            one
            for one in self.principals.values()
            if one.kind is PrincipalKind.RECOVERY and one.status is Status.ACTIVE
        )
