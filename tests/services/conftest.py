"""Two vaults whose users have certified each other, copied for each test."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import MadeVault
from tests.services.packet_desk import Side, another_vault, two_sides


@pytest.fixture(scope="module")
def made_sides(
    template: MadeVault, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[MadeVault, Side], tuple[MadeVault, Side]]:
    """Two closed vaults with a case each, made once."""
    here = template.copy_to(tmp_path_factory.mktemp("sides"))
    there = another_vault(here)
    vaults = here.open(), there.open()
    sides = two_sides(*vaults)
    for vault in vaults:
        vault.close()
    return (here, sides[0]), (there, sides[1])


@pytest.fixture
def sides(
    made_sides: tuple[tuple[MadeVault, Side], tuple[MadeVault, Side]], tmp_path: Path
) -> Iterator[tuple[Side, Side]]:
    """Two vaults with a case each, whose users know each other."""
    opened = [
        replace(side, vault=made.copy_to(tmp_path / str(number)).open())
        for number, (made, side) in enumerate(made_sides)
    ]
    yield opened[0], opened[1]
    for side in opened:
        side.vault.close()
