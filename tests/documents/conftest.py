"""What the tests of sealed files share."""

import pytest

from tests.documents.sealed import SealedFile, make_sealed_file


@pytest.fixture(scope="session")
def file() -> SealedFile:
    """Return a protocol that was sealed and signed: drawing its keys takes a while."""
    return make_sealed_file()
