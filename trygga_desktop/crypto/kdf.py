"""Turn a passphrase into a key, slowly enough for a thief and quickly enough for its owner."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from trygga_desktop.domain.errors import DamagedSlotError

KEY_BYTES = 32
SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfParameters:
    """The cost of one Argon2id run (RFC 9106): memory in KiB, passes over it, lanes."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KdfPolicy:
    """Which costs a slot may ask for. Outside these bounds it is refused before any work."""

    floor: KdfParameters
    ceiling: KdfParameters

    def admits(self, cost: KdfParameters) -> bool:
        """Return whether every part of the cost lies within the bounds."""
        low, high = self.floor, self.ceiling
        return (
            low.memory_kib <= cost.memory_kib <= high.memory_kib
            and low.passes <= cost.passes <= high.passes
            and low.lanes <= cost.lanes <= high.lanes
        )


# The second choice of RFC 9106 as floor. No slot of ours was ever dearer than the ceiling, so
# whatever asks for more is damaged or forged, and would cost an office computer its memory.
POLICY = KdfPolicy(
    floor=KdfParameters(memory_kib=64 * 1024, passes=3, lanes=4),
    ceiling=KdfParameters(memory_kib=512 * 1024, passes=3, lanes=4),
)


def derive_key(passphrase: str, salt: bytes, cost: KdfParameters, policy: KdfPolicy) -> bytes:
    """Return the 32 bytes this passphrase stands for.

    Raise DamagedSlotError for a cost outside the policy: no slot of ours asks for it.
    """
    if not policy.admits(cost):
        raise DamagedSlotError
    argon = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    # Two keyboards may spell the same letter with different code points.
    return argon.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))


def derive_subkey(key: bytes, purpose: str, *, salt: bytes | None = None) -> bytes:
    """Return a key for one purpose only; `key` must be random, not a passphrase."""
    info = f"trygga {purpose} 1".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(key)


def calibrate(
    policy: KdfPolicy, *, at_most_kib: int, seconds: float, clock: Callable[[], float]
) -> KdfParameters:
    """Return the highest cost from the floor up that takes at most about so many seconds.

    `clock` returns seconds and is read before and after each trial; memory doubles each time.
    """
    cost = policy.floor
    while 2 * cost.memory_kib <= min(at_most_kib, policy.ceiling.memory_kib):
        started = clock()
        derive_key("calibration", bytes(SALT_BYTES), cost, policy)
        if 2 * (clock() - started) > seconds:
            break
        cost = replace(cost, memory_kib=2 * cost.memory_kib)
    return cost
