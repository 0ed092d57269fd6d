"""The anchor: what was confirmed of the vault, kept beside the file that may be rolled back.

Two slots are written in turn, so that a torn write leaves the other one whole. The same form is
used once more outside the folder, on each machine, so that a whole folder copied back shows.
"""

import errno
import hmac
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from pathlib import Path

from trygga_desktop.domain.audit import Mark
from trygga_desktop.storage.files import told_plainly, write_durably
from trygga_desktop.storage.pages import Content

# One disk sector each, so that damage to one does not reach the other.
_SLOT_BYTES = 4096
_MAC_BYTES = 32
_BODY = struct.Struct(">8sQ32sQI32s")
_MAGIC = b"TRYGGA-2"
# Of vaults from before the pages were told of.
_FORMER_BODY = struct.Struct(">8sQ32s")
_FORMER_MAGIC = b"TRYGGA-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What was confirmed: how far the vault had come, and what its database then held.

    `filed` is how far the file itself had come when its log was last emptied, 0 where that is not
    known. `content` is missing where the pages are about to be rebuilt.
    """

    mark: Mark
    filed: int = 0
    content: Content | None = None


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
    """One file with the newest confirmation, under a key that only the vault's users have."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def advance(self, confirmation: Confirmation) -> None:
        """Confirm a save. It is durable when this returns.

        Raise DiskFullError or CannotWriteError if it could not be written.
        """
        first, second = self._slots()
        newest_is_first = first is not None and (
            second is None or first.mark.sequence > second.mark.sequence
        )
        with told_plainly(), self._path.open("r+b", buffering=0) as file:
            file.seek(_SLOT_BYTES if newest_is_first else 0)
            if file.write(self._encode(confirmation)) != _SLOT_BYTES:
                raise OSError(errno.ENOSPC, "written in part")
            os.fsync(file.fileno())

    def reset(self, confirmation: Confirmation) -> None:
        """Write both slots, whatever was confirmed before.

        For a new vault, for one whose file somebody has decided to go on with, and wherever
        nothing was saved since.
        """
        write_durably(self._path, self._encode(confirmation) * 2)

    def read(self) -> Confirmation | None:
        """Return what the newest whole slot says."""
        whole = [one for one in self._slots() if one is not None]
        return max(whole, key=lambda one: one.mark.sequence, default=None)

    def _slots(self) -> tuple[Confirmation | None, Confirmation | None]:
        try:
            with self._path.open("rb") as file:
                data = file.read(2 * _SLOT_BYTES)
        except OSError:
            return None, None
        return self._decode(data[:_SLOT_BYTES]), self._decode(data[_SLOT_BYTES:])

    def _encode(self, confirmation: Confirmation) -> bytes:
        mark, content = confirmation.mark, confirmation.content or Content(0, b"")
        body = _BODY.pack(
            _MAGIC, mark.sequence, mark.head, confirmation.filed, content.count, content.digest
        )
        return (body + self._mac(body)).ljust(_SLOT_BYTES, b"\0")

    def _decode(self, slot: bytes) -> Confirmation | None:
        if slot.startswith(_FORMER_MAGIC) and self._is_ours(slot, _FORMER_BODY.size):
            _, sequence, head = _FORMER_BODY.unpack_from(slot)
            return Confirmation(mark=Mark(sequence, head))
        if not self._is_ours(slot, _BODY.size):
            return None
        _, sequence, head, filed, count, digest = _BODY.unpack_from(slot)
        content = Content(count, digest) if count else None
        return Confirmation(mark=Mark(sequence, head), filed=filed, content=content)

    def _is_ours(self, slot: bytes, length: int) -> bool:
        mac = slot[length : length + _MAC_BYTES]
        return len(slot) > length and hmac.compare_digest(mac, self._mac(slot[:length]))

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, sha256)
