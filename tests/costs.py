"""Keys that cost tests nothing; only what is passed in makes them so."""

import functools
from datetime import UTC, datetime

from trygga_desktop.crypto.kdf import KdfParameters, KdfPolicy
from trygga_desktop.crypto.seals import SealMaterial, make_seal

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
CHEAP_POLICY = KdfPolicy(
    floor=CHEAP, ceiling=KdfParameters(memory_kib=1024 * 1024, passes=4, lanes=4)
)


def prepared_seal(owner: str, made_at: datetime) -> SealMaterial:  # noqa: ARG001  not this one's
    """Return a real seal, the same each time: drawing its key takes as long as a hundred tests."""
    return _prepared()


@functools.cache
def _prepared() -> SealMaterial:
    return make_seal("Exempelstad", datetime(2026, 11, 26, 6, 0, tzinfo=UTC))
