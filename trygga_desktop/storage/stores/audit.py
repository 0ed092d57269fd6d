"""Writes the audit chain, and checks it."""

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.signing import Statement, verify
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import CASE_KEY_ACTIONS, ROSTER_ACTIONS, Action, Entry, Mark
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.storage.records.audit import AuditRecord, ProgressRecord
from trygga_desktop.storage.stores.envelopes import ODD_VALUES

START = Mark(0, bytes(32))
_FORMAT = b"trygga-audit-1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ROW = 1
# More transactions than any vault comes to; the database can count no further than twice this.
_MOST_SEQUENCE = 2**62
# No clock of ours says so: a later day would end every consent and could never be taken back.
_LAST_YEAR = 2200
_COLUMNS = AuditRecord.__table__.columns


class Audit:
    """A chain of entries, each signed by who did it and with the hash of all before it."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def begin(self) -> None:
        """Lay the first stone of a new vault."""
        self._connection.execute(
            insert(ProgressRecord).values(id=_ROW, sequence=START.sequence, head=START.head)
        )

    def newest(self) -> Mark:
        """Return how far the file says that the vault has come.

        Raise TamperedError if it says nothing of it, or more than one thing.
        """
        rows = self._connection.execute(select(ProgressRecord.sequence, ProgressRecord.head)).all()
        if len(rows) != 1 or not isinstance(rows[0].sequence, int):
            raise TamperedError
        if not 0 <= rows[0].sequence < _MOST_SEQUENCE:
            raise TamperedError
        return Mark(rows[0].sequence, rows[0].head)

    def newest_time(self) -> datetime | None:
        """Return the time of the newest entry, or nothing in a new vault."""
        newest = select(AuditRecord.at).order_by(AuditRecord.sequence.desc()).limit(1)
        return self._connection.scalar(newest)

    def append(
        self, newest: Mark, action: Action, subject_id: UUID, at: datetime, *, digest: bytes
    ) -> Mark:
        """Add an entry after the newest link; return how far the vault has now come."""
        entry = Entry(
            sequence=newest.sequence + 1,
            at=at,
            actor_id=self._keyring.principal,
            action=action,
            subject_id=subject_id,
            digest=digest,
            hash=b"",
            signature=b"",
        )
        if at.year > _LAST_YEAR:
            raise TamperedError
        link = _link(newest.head, entry)
        self._connection.execute(
            insert(AuditRecord).values(
                sequence=entry.sequence,
                at=at,
                actor_id=entry.actor_id,
                action=action,
                subject_id=subject_id,
                digest=digest,
                hash=link,
                signature=self._keyring.signing.sign(_statement(link)),
            )
        )
        return Mark(entry.sequence, link)

    def advance(self, mark: Mark) -> None:
        """Write down how far the vault has come."""
        self._connection.execute(
            update(ProgressRecord).values(sequence=mark.sequence, head=mark.head)
        )

    def head_at(self, sequence: int) -> bytes:
        """Return the newest link up to a sequence."""
        statement = (
            select(AuditRecord.hash)
            .where(AuditRecord.sequence <= sequence)
            .order_by(AuditRecord.sequence.desc())
            .limit(1)
        )
        return self._connection.scalar(statement) or START.head

    def newest_sequence(
        self, actions: Collection[Action], *, by: UUID | None = None, before: int | None = None
    ) -> int:
        """Return where the newest entry of these actions stands, 0 if there is none."""
        statement = select(func.max(AuditRecord.sequence)).where(AuditRecord.action.in_(actions))
        if by is not None:
            statement = statement.where(AuditRecord.actor_id == by)
        if before is not None:
            statement = statement.where(AuditRecord.sequence < before)
        return self._connection.scalar(statement) or 0

    def count(self, action: Action, subjects: Collection[UUID], *, after: int) -> int:
        """Return how often this was done to one of the subjects after a sequence."""
        statement = select(func.count()).where(
            AuditRecord.action == action,
            AuditRecord.subject_id.in_(subjects),
            AuditRecord.sequence > after,
        )
        return self._connection.scalar(statement) or 0

    def digests(self, actions: Collection[Action], subject_id: UUID) -> list[bytes]:
        """Return what the entries of these actions on one subject are tied to, oldest first."""
        statement = (
            select(AuditRecord.digest)
            .where(AuditRecord.action.in_(actions), AuditRecord.subject_id == subject_id)
            .order_by(AuditRecord.sequence)
        )
        return list(self._connection.scalars(statement))

    def entries_of(self, actions: Collection[Action], subjects: Collection[UUID]) -> list[Entry]:
        """Return the entries of these actions on one of the subjects, oldest first."""
        statement = (
            select(*_COLUMNS)
            .where(AuditRecord.action.in_(actions), AuditRecord.subject_id.in_(subjects))
            .order_by(AuditRecord.sequence)
        )
        return [_entry(row) for row in self._connection.execute(statement)]

    def entries(self) -> Iterator[Entry]:
        """Yield the chain from its start."""
        for row in self._connection.execute(select(*_COLUMNS).order_by(AuditRecord.sequence)):
            yield _entry(row)

    def verify(self, trust: Trust, *, signed_after: int = 0) -> Mark:
        """Return the end of the chain.

        Raise TamperedError at the first link that does not hold; if an entry after `signed_after`
        was not signed by someone of this vault at that time; if a version of the roster was laid
        down at another place, or by somebody else, than the log says; or if the chain does not
        end where the vault says that it has come to.
        """
        try:
            end = self._walk(trust, signed_after)
        except ODD_VALUES:
            raise TamperedError from None
        newest = self.newest()
        if newest.head != end.head or newest.sequence < end.sequence:
            raise TamperedError
        return end

    def _walk(self, trust: Trust, signed_after: int) -> Mark:
        end, version = START, 0
        for entry in self.entries():
            if entry.sequence <= end.sequence or entry.hash != _link(end.head, entry):
                raise TamperedError
            if entry.sequence > signed_after:
                keys = trust.keys_at(version, entry.actor_id)
                verify(keys, entry.signature, _statement(entry.hash))
            if entry.at.year > _LAST_YEAR:
                raise TamperedError
            right = CASE_KEY_ACTIONS.get(entry.action)
            # Of someone without the right it says nothing: anyone may write to the log.
            if right is not None and trust.could_at(version, entry.actor_id, right):
                _note_case_keys(trust, entry)
            if entry.action in ROSTER_ACTIONS:
                version += 1
                laid_down = (trust.digest_of(version), trust.signer_of(version))
                if (entry.digest, entry.actor_id) != laid_down:
                    raise TamperedError
            end = Mark(entry.sequence, entry.hash)
        if version != trust.version:
            raise TamperedError
        return end


def _note_case_keys(trust: Trust, entry: Entry) -> None:
    is_first = entry.action is Action.CASE_OPENED
    trust.note_case_keys(entry.subject_id, entry.digest, is_first=is_first)


def _entry(row: Any) -> Entry:
    return Entry(
        sequence=row.sequence,
        at=row.at,
        actor_id=row.actor_id,
        action=Action(row.action),
        subject_id=row.subject_id,
        digest=row.digest,
        hash=row.hash,
        signature=row.signature,
    )


def _link(previous: bytes, entry: Entry) -> bytes:
    """Return the hash of an entry's own fields and of all before it.

    Made of bytes, not of canonical JSON: the whole chain is walked at each unlock.
    """
    action = entry.action.encode()
    fields = (
        _FORMAT,
        previous,
        entry.sequence.to_bytes(8, "big"),
        ((entry.at - _EPOCH) // _MICROSECOND).to_bytes(8, "big", signed=True),
        entry.actor_id.bytes,
        entry.subject_id.bytes,
        len(action).to_bytes(1, "big"),
        action,
        entry.digest,
    )
    return sha256(b"".join(fields)).digest()


def _statement(link: bytes) -> Statement:
    return ("trygga-audit-entry-1", link.hex())
