"""The catalogue that ships with the program, for tests to read and to spoil."""

import tomllib
from copy import deepcopy
from typing import Any

from tests.house.source import ROOT
from trygga_desktop.domain.catalogue import FILES, Catalogue, CatalogueError, read_catalogue

FOLDER = ROOT / "resources" / "catalogue"
Tables = dict[str, Any]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


TABLES: Tables = {name: _read(name) for name in FILES}
CATALOGUE: Catalogue = read_catalogue(TABLES)


def shipped_tables() -> Tables:
    """Return the tables of the shipped files, to be changed at will."""
    return deepcopy(TABLES)


def row(tables: Tables, file: str, table: str, code: str) -> dict[str, Any]:
    """Return one row by its code."""
    found: dict[str, Any] = next(one for one in tables[file][table] if one["code"] == code)
    return found


def error_of(tables: object) -> CatalogueError | None:
    """Return what is wrong with these tables, or None."""
    try:
        read_catalogue(tables)  # type: ignore[arg-type]  # anything at all may be handed in
    except CatalogueError as error:
        return error
    return None
