"""Failed unlocks: counted while the vault is locked, told and logged when it is next opened.

The delay only stops a person at the keyboard; whoever copies the file is stopped by the cost of
the passphrase alone. So nothing is ever wiped and nobody is locked out.
"""

import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from trygga_desktop.domain.errors import CannotWriteError, DiskFullError
from trygga_desktop.storage.files import read_start, write_durably

# Whole seconds since 1970 and the principal tried: no word that was typed is kept, since a
# passphrase is sometimes typed into the wrong field.
_RECORD = struct.Struct(">q16s")
# More than a program that never rests can make in a fortnight, at the longest wait.
_MOST = 50_000
_LONGEST_WAIT = 30
_UNKNOWN = UUID(int=0)

RECOVERY = UUID(int=1)
"""Stands for whoever tried a recovery code: no principal has this id."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One failed unlock; `principal` is missing when the sign-in name was nobody's.

    For a recovery code it is RECOVERY.
    """

    at: datetime
    principal: UUID | None


def read_attempts(path: Path) -> list[Attempt]:
    """Return the failed unlocks, oldest first; a torn or foreign file has none to tell."""
    data = read_start(path, _MOST * _RECORD.size)
    whole = len(data) - len(data) % _RECORD.size
    attempts = []
    for seconds, principal in _RECORD.iter_unpack(data[:whole]):
        with suppress(ValueError, OverflowError, OSError):
            at = datetime.fromtimestamp(seconds, UTC)
            known = UUID(bytes=principal)
            attempts.append(Attempt(at, None if known == _UNKNOWN else known))
    return attempts


def add_attempt(path: Path, attempt: Attempt) -> None:
    """Write down a failed unlock. Where that is impossible, unlocking will be too."""
    records = [*read_attempts(path), attempt][-_MOST:]
    data = b"".join(
        _RECORD.pack(int(one.at.timestamp()), (one.principal or _UNKNOWN).bytes) for one in records
    )
    with suppress(DiskFullError, CannotWriteError):
        write_durably(path, data)


def clear_attempts(path: Path) -> None:
    """Forget the failed unlocks, once they stand in the audit log."""
    with suppress(DiskFullError, CannotWriteError):
        write_durably(path, b"")


def seconds_to_wait(attempts: list[Attempt], now: datetime) -> int:
    """Return how long the next try must wait: 1, 2, 4 seconds and so on, 30 at the most.

    A recovery code is too long to be guessed, and makes nobody with a passphrase wait.
    What lies ahead of now makes nobody wait: the clock was set back, or the file is damaged, and
    that wait would never end.
    """
    attempts = [one for one in attempts if one.principal != RECOVERY]
    if not attempts or attempts[-1].at > now:
        return 0
    pause: int = min(_LONGEST_WAIT, 2 ** min(len(attempts) - 1, _LONGEST_WAIT))
    left = attempts[-1].at + timedelta(seconds=pause) - now
    return max(0, -(-left // timedelta(seconds=1)))
