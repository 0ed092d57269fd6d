"""What every use case has in common: it asks for a permission before it does anything."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from trygga_desktop.domain.errors import NoRightError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Done
from trygga_desktop.services.vault import OpenVault

P = ParamSpec("P")
T = TypeVar("T")


def use_case(
    permission: Permission,
) -> Callable[[Callable[P, Done[T]]], Callable[P, Done[T]]]:
    """Make a function a use case: one transaction, one audit entry, one `Done`.

    It takes the open vault as the keyword `vault` and raises NoRightError before anything else
    if none of the user's roles carries the permission.
    """

    def make(function: Callable[P, Done[T]]) -> Callable[P, Done[T]]:
        @wraps(function)
        def ask_first(*args: P.args, **kwargs: P.kwargs) -> Done[T]:
            vault: Any = kwargs["vault"]
            _require(vault, permission)
            return function(*args, **kwargs)

        setattr(ask_first, PERMISSION, permission)
        return ask_first

    return make


# By this mark the tests find every use case there is.
PERMISSION = "asks_permission"


def _require(vault: OpenVault, permission: Permission) -> None:
    if not vault.may(permission):
        raise NoRightError
