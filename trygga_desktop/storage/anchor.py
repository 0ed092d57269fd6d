"""The anchor: how far the vault had come, kept beside the file that may be rolled back.

Two slots are written in turn, so that a torn write leaves the other one whole. The same form is
used once more outside the folder, on each machine, so that a whole folder copied back shows.
"""

import errno
import hmac
import os
import struct
from collections.abc import Callable
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path

from trygga_desktop.domain.audit import Mark
from trygga_desktop.storage.files import told_plainly, write_durably

# One disk sector each, so that damage to one does not reach the other.
_SLOT_BYTES = 4096
_BODY = struct.Struct(">8sQ32s")
_MAC_BYTES = 32
_MAGIC = b"TRYGGA-1"


class Standing(Enum):
    """How the file compares with what was once confirmed."""

    WHOLE = auto()
    OLDER = auto()
    REWRITTEN = auto()
    UNKNOWN = auto()


def judge(
    confirmed: Mark | None, present: Mark, head_at: Callable[[int], bytes | None]
) -> Standing:
    """Compare the file with a mark that was confirmed.

    A file that is ahead is whole: a crash came between the save and its confirmation.
    `head_at` returns the newest link of the file's chain up to a sequence.
    """
    if confirmed is None:
        return Standing.UNKNOWN
    if present.sequence < confirmed.sequence:
        return Standing.OLDER
    if head_at(confirmed.sequence) == confirmed.head:
        return Standing.WHOLE
    return Standing.REWRITTEN


class Anchor:
    """One file with the newest confirmed mark, under a key that only the vault's users have."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def advance(self, mark: Mark) -> None:
        """Confirm a save. It is durable when this returns.

        Raise DiskFullError or CannotWriteError if it could not be written.
        """
        first, second = self._slots()
        newest_is_first = first is not None and (second is None or first.sequence > second.sequence)
        with told_plainly(), self._path.open("r+b", buffering=0) as file:
            file.seek(_SLOT_BYTES if newest_is_first else 0)
            if file.write(self._encode(mark)) != _SLOT_BYTES:
                raise OSError(errno.ENOSPC, "written in part")
            os.fsync(file.fileno())

    def reset(self, mark: Mark) -> None:
        """Forget what was confirmed before: for a new vault, or when someone has decided so."""
        write_durably(self._path, self._encode(mark) + bytes(_SLOT_BYTES))

    def read(self) -> Mark | None:
        """Return the newest whole slot."""
        whole = [mark for mark in self._slots() if mark is not None]
        return max(whole, key=lambda mark: mark.sequence, default=None)

    def _slots(self) -> tuple[Mark | None, Mark | None]:
        try:
            with self._path.open("rb") as file:
                data = file.read(2 * _SLOT_BYTES)
        except OSError:
            return None, None
        return self._decode(data[:_SLOT_BYTES]), self._decode(data[_SLOT_BYTES:])

    def _encode(self, mark: Mark) -> bytes:
        body = _BODY.pack(_MAGIC, mark.sequence, mark.head)
        return (body + self._mac(body)).ljust(_SLOT_BYTES, b"\0")

    def _decode(self, slot: bytes) -> Mark | None:
        body, mac = slot[: _BODY.size], slot[_BODY.size : _BODY.size + _MAC_BYTES]
        if len(body) < _BODY.size or not hmac.compare_digest(mac, self._mac(body)):
            return None
        _, sequence, head = _BODY.unpack(body)
        return Mark(sequence, head)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, sha256)
