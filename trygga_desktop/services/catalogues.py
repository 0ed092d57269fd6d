"""The rule data of a vault: copied into it when it is made, and changed there."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import (
    FILES,
    Catalogue,
    CatalogueError,
    Flaw,
    from_plain,
    read_catalogue,
    to_plain,
)
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.services.vault import OpenVault, Rules
from trygga_desktop.storage.work import UnitOfWork


def load_catalogue(folder: Path) -> tuple[Catalogue, dict[str, dict[str, object]]]:
    """Return the rule data of a folder, and its tables as values that JSON can hold.

    Raise CatalogueError, which names the file and the entry, for what is missing or wrong.
    """
    paths = {name: folder / f"{name}.toml" for name in FILES}
    tables = {name: _table(name, path) for name, path in paths.items() if path.is_file()}
    catalogue = read_catalogue(tables)
    return catalogue, to_plain(catalogue)


def catalogue_of(vault: OpenVault, work: UnitOfWork) -> Catalogue:
    """Return the rule data of the vault; that which ships with the program before it has its own.

    It is read once between unlock and lock. What ships also takes the place of rules that somebody
    changed who may not: the own file stays readable, and `has_its_rules` tells that nothing is
    shared by them.
    """
    return _rules(vault, work).catalogue


def has_its_rules(vault: OpenVault, work: UnitOfWork) -> bool:
    """Tell whether the rules are those that were laid down: they say whose consent is needed."""
    if vault.rules is not None:
        return vault.rules.hold
    # They are read when they are first needed, which is not yet so at the unlock.
    _, hold = _laid_down(vault, work)
    return hold


def _rules(vault: OpenVault, work: UnitOfWork) -> Rules:
    if vault.rules is None:
        tables, hold = _laid_down(vault, work)
        catalogue = (
            load_catalogue(vault.environment.catalogue)[0] if tables is None else from_plain(tables)
        )
        vault.rules = Rules(catalogue=catalogue, hold=hold)
    return vault.rules


def _laid_down(vault: OpenVault, work: UnitOfWork) -> tuple[Mapping[str, Any] | None, bool]:
    """Return the vault's own rules, if it has any to go by, and whether nobody changed them."""
    logged = work.audit.digests({Action.CATALOGUE_CHANGED}, UUID(bytes=vault.trust.vault_id))
    try:
        return work.accounts.catalogue(vault.trust, logged), True
    except TamperedError:
        return None, False


def _table(name: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        # No TOML, or no UTF-8.
        raise CatalogueError(file=name, flaw=Flaw.WRONG_FORM) from None
