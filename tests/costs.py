"""A key derivation that costs tests nothing; only what is passed in makes it so."""

from trygga_desktop.crypto.kdf import KdfParameters, KdfPolicy

CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
CHEAP_POLICY = KdfPolicy(
    floor=CHEAP, ceiling=KdfParameters(memory_kib=1024 * 1024, passes=4, lanes=4)
)
