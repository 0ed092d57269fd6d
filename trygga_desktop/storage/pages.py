"""The pages of the database as they lie on disk: one digest of all, and which are damaged.

SQLCipher authenticates each page by itself, so that an old page put back over a new one of the
same number is as good to it. The digest over what it authenticates them with tells.
"""

import hmac
from dataclasses import dataclass
from hashlib import pbkdf2_hmac, sha256
from pathlib import Path

from trygga_desktop.storage.engine import PAGE_BYTES, SALT_BYTES, FileKey
from trygga_desktop.storage.wal import MARK_AT, MARK_BYTES, Log, log_of, read_added, read_log

# Pages whose marks are digested together: what a save touches is digested anew, not all.
_GROUP = 256
_READ_AT_ONCE = 256
# How SQLCipher 4 comes from the file's key to the one it authenticates pages with.
_SALT_MASK = 0x3A
_KEY_ROUNDS = 2
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Content:
    """Every page of a database, in one digest; `count` says how many there are."""

    count: int
    digest: bytes


class Pages:
    """The pages of a database as a reader finds them: those in its log before those in its file.

    Only whoever holds the lock may ask. Everything is read at the first question; after that,
    what was added to the log.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._log_path = log_of(database)
        self._marks = bytearray()
        self._groups: list[bytes] = []
        self._changed: set[int] = set()
        self._salts = b""
        self._is_read = False
        self._in_log: set[int] = set()
        self.frames = 0
        """How many pages the log holds, each as often as it was written."""
        self.has_log = False
        """Whether there was anything in the log when it was first read."""
        self.is_log_torn = False
        """Whether more was begun in the log than SQLite takes of it."""

    def content(self) -> Content:
        """Return the digest of all pages as of the newest transaction."""
        if not self._is_read:
            self._read()
        else:
            self._follow()
        for number in sorted(self._changed):
            start = number * _GROUP * MARK_BYTES
            digest = sha256(self._marks[start : start + _GROUP * MARK_BYTES]).digest()
            self._groups[number : number + 1] = [digest]
        self._changed.clear()
        count = len(self._marks) // MARK_BYTES
        return Content(count, sha256(count.to_bytes(8, "big") + b"".join(self._groups)).digest())

    def log_was_emptied(self) -> None:
        """Take note that everything is in the file now, and the log begins anew."""
        self._salts, self.frames = b"", 0
        self.is_log_torn = False
        self._in_log.clear()

    def find_damaged(self, key: FileKey) -> list[int]:
        """Return the pages that a reader would find damaged, those aside that lie in the log."""
        return [page for page in find_damaged(self._database, key) if page not in self._in_log]

    @property
    def ends_within_a_page(self) -> bool:
        """Return whether only part of the last page is in the file."""
        return bool(self._database.stat().st_size % PAGE_BYTES)

    def lacks_some(self, expected: int) -> bool:
        """Return whether there are fewer pages than expected, or some in the midst are missing."""
        marks = [self._marks[at : at + MARK_BYTES] for at in range(0, len(self._marks), MARK_BYTES)]
        return len(marks) < expected or bytes(MARK_BYTES) in marks

    def _read(self) -> None:
        self._marks = _marks_of(self._database)
        log = read_log(self._log_path)
        self.has_log, self.is_log_torn = log.is_there, log.is_torn
        self._salts, self.frames = log.salts, 0
        self._groups.clear()
        self._in_log.clear()
        self._changed = set(range(self._group_count()))
        self._take(log)
        self._is_read = True

    def _follow(self) -> None:
        if self.is_log_torn:
            # What follows was not written since, and nothing may be before it is emptied.
            return
        added = read_added(self._log_path, self._salts, self.frames)
        if added is None and (self._salts or self.frames):
            # Somebody else has moved the log into the file.
            self._read()
        elif added is not None:
            self._salts = added.salts
            self._take(added)

    def _take(self, log: Log) -> None:
        for frame in log.frames:
            end = frame.page * MARK_BYTES
            if len(self._marks) < end:
                self._changed |= set(range(self._group_count(), -(-frame.page // _GROUP)))
                self._marks.extend(bytes(end - len(self._marks)))
            self._marks[end - MARK_BYTES : end] = frame.mark
            self._changed.add((frame.page - 1) // _GROUP)
            self._in_log.add(frame.page)
        self.frames += len(log.frames)
        if log.frames:
            self._resize(log.frames[-1].size)

    def _resize(self, count: int) -> None:
        missing = count * MARK_BYTES - len(self._marks)
        if missing:
            first = min(count, len(self._marks) // MARK_BYTES) // _GROUP
            self._marks.extend(bytes(max(0, missing)))
            del self._marks[count * MARK_BYTES :]
            self._changed |= set(range(first, self._group_count()))
        del self._groups[self._group_count() :]
        self._changed = {number for number in self._changed if number < self._group_count()}

    def _group_count(self) -> int:
        return -(-len(self._marks) // (_GROUP * MARK_BYTES))


def find_damaged(database: Path, key: FileKey) -> list[int]:
    """Return the numbers of the pages in the file that are not what was written with this key."""
    mask = bytes(byte ^ _SALT_MASK for byte in key.salt)
    own = pbkdf2_hmac("sha512", key.key, mask, _KEY_ROUNDS, _KEY_BYTES)
    damaged = []
    with database.open("rb") as file:
        number = 1
        while len(page := file.read(PAGE_BYTES)) == PAGE_BYTES:
            # The first bytes of the first page are the salt.
            start = SALT_BYTES if number == 1 else 0
            told = page[start:MARK_AT] + number.to_bytes(4, "little")
            if not hmac.compare_digest(hmac.digest(own, told, "sha512"), page[MARK_AT:]):
                damaged.append(number)
            number += 1
    return damaged


def _marks_of(database: Path) -> bytearray:
    marks = bytearray()
    with database.open("rb") as file:
        while data := file.read(_READ_AT_ONCE * PAGE_BYTES):
            end = len(data) - len(data) % PAGE_BYTES
            marks += b"".join(
                [data[at : at + MARK_BYTES] for at in range(MARK_AT, end, PAGE_BYTES)]
            )
    return marks
