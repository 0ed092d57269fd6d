"""Writes the audit chain, and checks it."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, or_, select, union_all, update

from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.signing import verify
from trygga_desktop.crypto.statements import Trust
from trygga_desktop.domain.audit import TYING_ACTIONS, Action, Entry, Mark, Seen
from trygga_desktop.domain.errors import LogTamperedError, TamperedError
from trygga_desktop.storage.records.audit import AuditRecord, ProgressRecord
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.records.distribution import ExcerptRecord
from trygga_desktop.storage.records.meetings import CommitmentRecord, MeetingRecord
from trygga_desktop.storage.records.protocols import ProtocolRecord
from trygga_desktop.storage.records.signatures import ScanRecord
from trygga_desktop.storage.stores.envelopes import ODD_VALUES
from trygga_desktop.storage.stores.links import LAST_YEAR, START, entry_statement, link_after
from trygga_desktop.storage.stores.walk import Walk

_ROW = 1
# More transactions than any vault comes to; the database can count no further than twice this.
_MOST_SEQUENCE = 2**62
_COLUMNS = AuditRecord.__table__.columns
# Asked for once of each subject: how a case stands takes its consents, places and phases from it.
_TIED = (
    select(AuditRecord.action, AuditRecord.digest)
    .where(
        AuditRecord.subject_id == bindparam("subject_id"),
        AuditRecord.action.in_(sorted(TYING_ACTIONS)),
    )
    .order_by(AuditRecord.sequence)
)

# What the entries that lay down a list of cases are about; whoever is shown the same cases later
# leaves entries about that list, which are short.
_LISTS = UUID(int=2)
_ID_BYTES = 16
# So many lists does a log page look for: a database takes a bounded number of values at once.
_MOST_LISTS = 10_000
# One that was laid down before so many others is laid down once more.
_MOST_COMPARED = 50


class Audit:
    """A chain of entries, each signed by who did it and with the hash of all before it."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring
        self._newest_time: datetime | None = None
        self._knows_time = False
        self._tied: dict[UUID, list[tuple[str, bytes]]] = {}
        self._newest_of: dict[frozenset[Action], int] = {}

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
        if not self._knows_time:
            newest = select(AuditRecord.at).order_by(AuditRecord.sequence.desc()).limit(1)
            self._newest_time = self._connection.scalar(newest)
            self._knows_time = True
        return self._newest_time

    def append(
        self, newest: Mark, action: Action, subject_id: UUID, at: datetime, *, digest: bytes
    ) -> Entry:
        """Add an entry after the newest link, and return it."""
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
        if at.year > LAST_YEAR:
            raise TamperedError
        self._knows_time = False
        self._tied.clear()
        self._newest_of.clear()
        link = link_after(newest.head, entry)
        signature = self._keyring.signing.sign(entry_statement(link))
        self._connection.execute(
            insert(AuditRecord).values(
                sequence=entry.sequence,
                at=at,
                actor_id=entry.actor_id,
                action=action,
                subject_id=subject_id,
                digest=digest,
                hash=link,
                signature=signature,
            )
        )
        return replace(entry, hash=link, signature=signature)

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
        if by is None and before is None:
            wanted = frozenset(actions)
            if wanted not in self._newest_of:
                self._newest_of[wanted] = self._newest_sequence(wanted)
            return self._newest_of[wanted]
        return self._newest_sequence(actions, by=by, before=before)

    def _newest_sequence(
        self, actions: Collection[Action], *, by: UUID | None = None, before: int | None = None
    ) -> int:
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

    def count_all(self) -> int:
        """Return how many entries there are."""
        return self._connection.scalar(select(func.count()).select_from(AuditRecord)) or 0

    def digests(self, actions: Collection[Action], subject_id: UUID) -> list[bytes]:
        """Return what the entries of these actions on one subject are tied to, oldest first.

        Raise ValueError for an action whose older entries an unlock does not look at.
        """
        if not TYING_ACTIONS.issuperset(actions):
            raise ValueError("What is read back from the log must be tied.")
        if subject_id not in self._tied:
            rows = self._connection.execute(_TIED, {"subject_id": subject_id})
            self._tied[subject_id] = [(action, digest) for action, digest in rows]
        return [digest for action, digest in self._tied[subject_id] if action in actions]

    def read_ahead(self, subjects: Collection[UUID]) -> None:
        """Read at once what the entries on these are tied to: each is then asked for without."""
        self._tied |= {one: [] for one in subjects}
        is_one_of = AuditRecord.subject_id.in_(subjects)
        is_tied = AuditRecord.action.in_(sorted(TYING_ACTIONS))
        for subject_id, action, digest in self._connection.execute(
            select(AuditRecord.subject_id, AuditRecord.action, AuditRecord.digest)
            .where(is_one_of, is_tied)
            .order_by(AuditRecord.sequence)
        ):
            self._tied[subject_id].append((action, digest))

    def of_case(
        self,
        case_id: UUID,
        *,
        actor_id: UUID | None,
        actions: Collection[Action] | None,
        before: int | None,
        most: int,
    ) -> list[Entry]:
        """Return the newest entries about a case, or about what lies in it, the newest first.

        Those by which it was shown in a list belong to them.
        Only what this actor did, only these actions, and only what came before a sequence, where
        that is given. An entry that cannot be read is left out: whole checks tell of it.
        """
        inside = union_all(
            # The versions of an agreement lie in the record of the case; a scan names its paper.
            select(ScanRecord.paper_id).where(ScanRecord.case_id == case_id),
            *(
                select(record.id).where(record.case_id == case_id)
                for record in (
                    ItemRecord,
                    MeetingRecord,
                    CommitmentRecord,
                    ProtocolRecord,
                    ExcerptRecord,
                )
            ),
        )
        lists = self._lists_with(case_id)
        about = or_(
            AuditRecord.subject_id == case_id,
            AuditRecord.subject_id.in_(inside),
            AuditRecord.sequence.in_([laid_down for laid_down, _ in lists]),
            AuditRecord.subject_id.in_([list_id for _, list_id in lists]),
        )
        statement = select(*_COLUMNS).where(about)
        if actor_id is not None:
            statement = statement.where(AuditRecord.actor_id == actor_id)
        if actions is not None:
            statement = statement.where(AuditRecord.action.in_(actions))
        if before is not None:
            statement = statement.where(AuditRecord.sequence < before)
        newest_first = statement.order_by(AuditRecord.sequence.desc()).limit(most)
        return list(_readable(self._connection.execute(newest_first)))

    def list_of(self, cases: Collection[UUID]) -> tuple[UUID, bytes]:
        """Return what an entry is about, and carries, of which these cases were shown together.

        Their ids stand in the first entry of such a list, and are those of rows that anyone with
        the vault's key finds anyway.
        """
        ids = b"".join(sorted(one.bytes for one in cases))
        name = sha256(b"trygga cases shown 1" + ids).digest()[:_ID_BYTES]
        newest_first = (
            select(AuditRecord.digest == name + ids)
            .where(AuditRecord.subject_id == _LISTS)
            .order_by(AuditRecord.sequence.desc())
            .limit(_MOST_COMPARED)
        )
        if any(is_same for (is_same,) in self._connection.execute(newest_first)):
            return UUID(bytes=name), b""
        return _LISTS, name + ids

    def _lists_with(self, case_id: UUID) -> list[tuple[int, UUID]]:
        """Return the lists that showed a case, the newest first, with where each was laid down."""
        statement = (
            select(AuditRecord.sequence, func.substr(AuditRecord.digest, 1, _ID_BYTES))
            .where(
                AuditRecord.subject_id == _LISTS,
                func.instr(AuditRecord.digest, case_id.bytes) > 0,
            )
            .order_by(AuditRecord.sequence.desc())
            .limit(_MOST_LISTS)
        )
        found = self._connection.execute(statement)
        return [(row[0], UUID(bytes=row[1])) for row in found if len(row[1]) == _ID_BYTES]

    def holds(self, entry: Entry, trust: Trust) -> bool:
        """Return whether an entry fits the one before it and is signed by who it names."""
        if link_after(self.head_at(entry.sequence - 1), entry) != entry.hash:
            return False
        try:
            verify(trust.keys_of(entry.actor_id), entry.signature, entry_statement(entry.hash))
        except ODD_VALUES:
            return False
        return True

    def entries_of(self, actions: Collection[Action], subjects: Collection[UUID]) -> list[Entry]:
        """Return the entries of these actions on one of the subjects, oldest first.

        One that cannot be read is left out.
        """
        statement = (
            select(*_COLUMNS)
            .where(AuditRecord.action.in_(actions), AuditRecord.subject_id.in_(subjects))
            .order_by(AuditRecord.sequence)
        )
        return list(_readable(self._connection.execute(statement)))

    def entries_by(self, actions: Collection[Action]) -> list[Entry]:
        """Return the entries of these actions on anything, oldest first."""
        statement = (
            select(*_COLUMNS).where(AuditRecord.action.in_(actions)).order_by(AuditRecord.sequence)
        )
        return list(_readable(self._connection.execute(statement)))

    def entries(self) -> Iterator[Entry]:
        """Yield the chain from its start."""
        for row in self._connection.execute(select(*_COLUMNS).order_by(AuditRecord.sequence)):
            yield _entry(row)

    def verify(
        self, trust: Trust, *, seen: Seen | None = None, each_signature: bool = False
    ) -> Mark:
        """Return the end of the chain; what it says of keys is taken up into `trust`, once.

        `seen` is what a user remembers of the chain, which is then walked from there on, and a
        good way before it. Otherwise it is walked from its start. Of entries that one actor made
        in a row the last signature vouches for all; `each_signature` checks the newest one by one.
        Raise LogTamperedError at the first link that does not hold; TamperedError if something
        was signed by nobody of this vault at that time, if a version of the roster was laid down
        at another place, or by somebody else, than the log says, or if the chain does not end
        where the vault says that it has come to.
        """
        walk = Walk(self._connection, trust, each_signature=each_signature)
        try:
            end = walk.from_start() if seen is None else walk.from_seen(seen)
        except TamperedError:
            raise
        except ODD_VALUES:
            raise TamperedError from None
        newest = self.newest()
        if newest.head != end.head or newest.sequence < end.sequence:
            raise LogTamperedError(end.sequence + 1)
        return end


def _readable(rows: Iterable[Any]) -> Iterator[Entry]:
    for row in rows:
        with suppress(*ODD_VALUES):
            yield _entry(row)


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
