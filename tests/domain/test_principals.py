"""Whoever has left keeps their place in the list, and can be granted nothing any more."""

from dataclasses import replace
from uuid import UUID

import pytest

from trygga_desktop.domain.permissions import Permission, Role
from trygga_desktop.domain.principals import Principal, PrincipalKind, Roster, Status

KARIN = Principal(
    id=UUID(int=1),
    kind=PrincipalKind.USER,
    exchange_public=b"",
    roles=frozenset({Role.COORDINATOR}),
)
LEFT = replace(KARIN, id=UUID(int=2), status=Status.RETIRED)
EVERYONE = Principal(id=UUID(int=3), kind=PrincipalKind.GROUP, exchange_public=b"")
SHEET = Principal(id=UUID(int=4), kind=PrincipalKind.RECOVERY, exchange_public=b"")
OLD_SHEET = replace(SHEET, id=UUID(int=5), status=Status.RETIRED)
ROSTER = Roster(
    version=1,
    previous=b"",
    principals={one.id: one for one in (KARIN, LEFT, EVERYONE, OLD_SHEET, SHEET)},
    members={EVERYONE.id: frozenset({KARIN.id})},
    signed_by=KARIN.id,
)


@pytest.mark.parametrize(
    ("principal", "permission", "may"),
    [
        (KARIN, Permission.WORK_IN_CASE, True),
        (KARIN, Permission.MANAGE_ACCOUNTS, False),
        (LEFT, Permission.WORK_IN_CASE, False),
        (EVERYONE, Permission.USE_VAULT, False),
    ],
)
def test_only_who_is_active_may_what_their_roles_carry(
    principal: Principal, permission: Permission, *, may: bool
) -> None:
    assert principal.may(permission) is may


def test_only_who_is_active_can_be_granted_anything() -> None:
    assert ROSTER.active(KARIN.id) == KARIN
    assert ROSTER.active(LEFT.id) is None
    assert ROSTER.active(UUID(int=9)) is None


def test_groups_are_found_by_who_belongs_to_them() -> None:
    assert ROSTER.groups_of(KARIN.id) == {EVERYONE.id}
    assert ROSTER.groups_of(LEFT.id) == set()


def test_the_recovery_in_force_is_the_one_that_was_not_replaced() -> None:
    assert ROSTER.recovery == SHEET
