"""Who may do what in the program: account roles and the table of their permissions.

Reading is enforced by keys whatever stands here; these rules bind the program, not the file.
Roles are those of `roles.toml`, table `account_role`.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a user of the program is there for. One person may hold several roles."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    SOCIAL_WORKER = "social_worker"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """Something a use case asks leave for."""

    USE_VAULT = "use_vault"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_RULES = "manage_rules"
    OPEN_CASE = "open_case"
    WORK_IN_CASE = "work_in_case"
    GRANT_ACCESS = "grant_access"
    SEAL_PROTOCOL = "seal_protocol"


_TABLE: Mapping[Permission, frozenset[Role]] = {
    Permission.USE_VAULT: frozenset(Role),
    Permission.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_RULES: frozenset({Role.ADMINISTRATOR}),
    Permission.OPEN_CASE: frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER}),
    Permission.WORK_IN_CASE: frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER}),
    Permission.GRANT_ACCESS: frozenset({Role.COORDINATOR}),
    Permission.SEAL_PROTOCOL: frozenset({Role.COORDINATOR, Role.SOCIAL_WORKER}),
}


def allows(roles: Iterable[Role], permission: Permission) -> bool:
    """Return whether one of these roles carries the permission."""
    return not _TABLE[permission].isdisjoint(roles)
