"""Who may do what: the whole matrix, written by hand beside the program's own table."""

from itertools import combinations
from uuid import UUID

import pytest

from trygga_desktop.domain.permissions import Permission, Role, allows
from trygga_desktop.domain.principals import Principal, PrincipalKind, Status

USE, ACCOUNTS = Permission.USE_VAULT, Permission.MANAGE_ACCOUNTS
RULES = Permission.MANAGE_RULES
OPEN, WORK, GRANT = Permission.OPEN_CASE, Permission.WORK_IN_CASE, Permission.GRANT_ACCESS
SEAL = Permission.SEAL_PROTOCOL

MATRIX: dict[Role, set[Permission]] = {
    Role.ADMINISTRATOR: {USE, ACCOUNTS, RULES},
    Role.COORDINATOR: {USE, OPEN, WORK, GRANT, SEAL},
    Role.SOCIAL_WORKER: {USE, OPEN, WORK, SEAL},
    Role.AUDITOR: {USE},
}
# `reads_cases` of the catalogue's account roles.
READS_CASES = {Role.COORDINATOR, Role.SOCIAL_WORKER}
REACHES_CASES = {OPEN, WORK, GRANT, SEAL}


def user(*roles: Role, status: Status = Status.ACTIVE) -> Principal:
    return Principal(
        id=UUID(int=1),
        kind=PrincipalKind.USER,
        exchange_public=bytes(32),
        verify_public=bytes(32),
        roles=frozenset(roles),
        status=status,
    )


def test_the_matrix_is_whole() -> None:
    assert set(MATRIX) == set(Role)
    assert set().union(*MATRIX.values()) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_matrix_says_and_nothing_else(
    role: Role, permission: Permission
) -> None:
    assert allows({role}, permission) is (permission in MATRIX[role])
    assert user(role).may(permission) is (permission in MATRIX[role])


@pytest.mark.parametrize("permission", Permission)
def test_whoever_has_no_role_may_nothing(permission: Permission) -> None:
    assert not allows((), permission)
    assert not user().may(permission)


@pytest.mark.parametrize("permission", Permission)
def test_whoever_was_retired_may_nothing_whatever_the_roles(permission: Permission) -> None:
    assert not user(*Role, status=Status.RETIRED).may(permission)


@pytest.mark.parametrize("permission", sorted(REACHES_CASES))
@pytest.mark.parametrize("role", sorted(set(Role) - READS_CASES))
def test_a_role_that_reads_no_cases_does_not_reach_them(role: Role, permission: Permission) -> None:
    assert not user(role).may(permission)


def test_an_administrator_who_is_auditor_too_does_not_reach_cases() -> None:
    both = user(Role.ADMINISTRATOR, Role.AUDITOR)
    assert [one for one in sorted(REACHES_CASES) if both.may(one)] == []


@pytest.mark.parametrize("roles", list(combinations(Role, 2)))
def test_two_roles_carry_what_each_of_them_carries(roles: tuple[Role, Role]) -> None:
    carried = {one for one in Permission if user(*roles).may(one)}
    assert carried == MATRIX[roles[0]] | MATRIX[roles[1]]
