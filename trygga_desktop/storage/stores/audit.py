"""Writes the audit chain, and checks it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import Action, Entry, Mark
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.storage.records.audit import AuditRecord, ProgressRecord

START = Mark(0, bytes(32))
_FORMAT = "trygga-audit-1"
_ROW = 1
_COLUMNS = AuditRecord.__table__.columns
_PROGRESS = select(ProgressRecord.sequence, ProgressRecord.head, ProgressRecord.restored_at)


class Audit:
    """A chain of entries, each with the hash of all before it, and how far the vault has come."""

    def __init__(self, connection: Connection, actor_id: UUID) -> None:
        self._connection = connection
        self._actor_id = actor_id

    def begin(self) -> None:
        """Lay the first stone of a new vault."""
        self._connection.execute(
            insert(ProgressRecord).values(
                id=_ROW, sequence=START.sequence, head=START.head, restored_at=0
            )
        )

    def newest(self) -> Mark:
        """Return how far the file says that the vault has come."""
        row = self._connection.execute(_PROGRESS).one()
        return Mark(row.sequence, row.head)

    def restored_at(self) -> int:
        """Return the sequence at which somebody went on with an older file, or 0."""
        restored_at: int = self._connection.execute(_PROGRESS).one().restored_at
        return restored_at

    def append(
        self, newest: Mark, action: Action, subject_id: UUID, at: datetime, *, digest: bytes
    ) -> Mark:
        """Add an entry after the newest link; return how far the vault has now come."""
        entry = Entry(
            sequence=newest.sequence + 1,
            at=at,
            actor_id=self._actor_id,
            action=action,
            subject_id=subject_id,
            digest=digest,
            hash=b"",
        )
        link = _link(newest.head, entry)
        self._connection.execute(
            insert(AuditRecord).values(
                sequence=entry.sequence,
                at=at,
                actor_id=self._actor_id,
                action=action,
                subject_id=subject_id,
                digest=digest,
                hash=link,
            )
        )
        return Mark(entry.sequence, link)

    def advance(self, mark: Mark) -> None:
        """Write down how far the vault has come."""
        self._connection.execute(
            update(ProgressRecord).values(sequence=mark.sequence, head=mark.head)
        )

    def mark_restored(self, sequence: int) -> None:
        """Write down that somebody went on with an older file."""
        self._connection.execute(update(ProgressRecord).values(restored_at=sequence))

    def head_at(self, sequence: int) -> bytes:
        """Return the newest link up to a sequence."""
        statement = (
            select(AuditRecord.hash)
            .where(AuditRecord.sequence <= sequence)
            .order_by(AuditRecord.sequence.desc())
            .limit(1)
        )
        return self._connection.scalar(statement) or START.head

    def newest_of(self, actions: Collection[Action]) -> Entry | None:
        """Return the newest entry of these actions; raise TamperedError if it was changed."""
        row = self._connection.execute(
            select(*_COLUMNS)
            .where(AuditRecord.action.in_(actions))
            .order_by(AuditRecord.sequence.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        entry = _entry(row)
        if entry.hash != _link(self.head_at(entry.sequence - 1), entry):
            raise TamperedError
        return entry

    def entries(self) -> Iterator[Entry]:
        """Yield the chain from its start."""
        for row in self._connection.execute(select(*_COLUMNS).order_by(AuditRecord.sequence)):
            yield _entry(row)

    def verify(self) -> Mark:
        """Return the end of the chain.

        Raise TamperedError at the first link that does not hold, or if the chain does not end
        where the vault says that it has come to.
        """
        end = START
        for entry in self.entries():
            link = _link(end.head, entry)
            if entry.sequence <= end.sequence or entry.hash != link:
                raise TamperedError
            end = Mark(entry.sequence, entry.hash)
        newest = self.newest()
        if newest.head != end.head or newest.sequence < end.sequence:
            raise TamperedError
        return end


def _entry(row: Any) -> Entry:
    return Entry(
        sequence=row.sequence,
        at=row.at,
        actor_id=row.actor_id,
        action=Action(row.action),
        subject_id=row.subject_id,
        digest=row.digest,
        hash=row.hash,
    )


def _link(previous: bytes, entry: Entry) -> bytes:
    """Return the hash of an entry's own fields and of all before it."""
    fields = (
        _FORMAT,
        previous.hex(),
        entry.sequence,
        entry.at.isoformat(),
        str(entry.actor_id),
        entry.action,
        str(entry.subject_id),
        entry.digest.hex(),
    )
    return sha256(to_canonical(fields)).digest()
