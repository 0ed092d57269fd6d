"""Fixtures of the stores: two cases whose rows a test may change underhand."""

from collections.abc import Iterator

import pytest

from tests.conftest import MadeVault
from tests.storage.shelf import Shelf, shelf_in


@pytest.fixture
def shelf(made: MadeVault) -> Iterator[Shelf]:
    """Two cases in a vault of this test's own, opened by its coordinator."""
    opened = shelf_in(made)
    yield opened
    opened.vault.close()
