"""Walks along the audit chain and sees that every link holds.

It reads the rows as they lie there: a chain of a million entries is walked whole in seconds, and
what is spelled otherwise than we spell it is found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from trygga_desktop.crypto.signing import verify
from trygga_desktop.crypto.statements import Trust, fold
from trygga_desktop.domain.audit import (
    CASE_KEY_ACTIONS,
    ROSTER_ACTIONS,
    TYING_ACTIONS,
    Action,
    Mark,
    Seen,
)
from trygga_desktop.domain.errors import LogTamperedError, TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.storage.stores.envelopes import ODD_VALUES
from trygga_desktop.storage.stores.links import LAST_YEAR, START, entry_statement, link, spell

_WALKED_AGAIN = 5_000
"""So many entries before what a user remembers are walked once more at each unlock: what was done
to the newest of them is then found at once, and it takes about 20 ms."""

_SIGNED_EACH = 50_000
"""Of so many of the newest entries each signature can be checked; it takes 5 s, which is all that
a whole check of a million entries may spend on them."""

_SELECT = (
    "SELECT sequence, at, actor_id, subject_id, action, digest, hash, signature FROM audit"
    " WHERE sequence > ? AND sequence <= ?"
)
_TYING = " AND action IN ({})".format(", ".join(f"'{one}'" for one in sorted(TYING_ACTIONS)))
_BY_SEQUENCE = " ORDER BY sequence"
_NTH_NEWEST = "SELECT sequence, hash FROM audit WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1"
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  the column has no time zone, and means UTC
_MICROSECOND = timedelta(microseconds=1)
_ACTIONS = {one.value: one for one in Action}
_LAST = 2**62


@dataclass(frozen=True, slots=True)
class _Row:
    """One entry as it lies there. `fields` are its own, spelled out."""

    sequence: int
    actor: bytes
    subject: bytes
    action: Action
    digest: bytes
    hash: bytes
    signature: bytes
    fields: bytes


class Walk:
    """One walk, which takes what the log says of keys and rosters up into a trust."""

    def __init__(self, connection: Connection, trust: Trust, *, each_signature: bool) -> None:
        self._connection = connection
        self._trust = trust
        self._each_signature = each_signature
        self._version = 0

    def from_start(self) -> Mark:
        """Walk the whole chain, and return its end."""
        end = self._go(START)
        return self._arrive(end)

    def from_seen(self, seen: Seen) -> Mark:
        """Walk on from what a user remembers, and a good way before it; return the end.

        What is read back from the log, however old, must be just what they had found it to say;
        otherwise the whole chain is walked, which finds what is wrong with it.
        """
        found = list(self._rows(0, seen.mark.sequence, where=_TYING))
        if fold([one.fields + one.hash for one in found]) != seen.ties:
            return self.from_start()
        for row in found:
            self._tie(row)
        start = self._nth_before(seen.mark.sequence)
        end = START if start is None else start
        for row in self._rows(end.sequence, seen.mark.sequence):
            end = _follow(end, row)
        if end.head != seen.mark.head:
            raise LogTamperedError(end.sequence)
        return self._arrive(self._go(end))

    def _arrive(self, end: Mark) -> Mark:
        if self._version != self._trust.version:
            raise TamperedError
        return end

    def _nth_before(self, sequence: int) -> Mark | None:
        row = self._connection.exec_driver_sql(
            f"{_NTH_NEWEST} OFFSET {_WALKED_AGAIN}", (sequence,)
        ).first()
        return None if row is None else Mark(row[0], row[1])

    def _go(self, end: Mark) -> Mark:
        """Walk to the end of the chain. Whoever signs an entry vouches for all before it."""
        unchecked: _Row | None = None
        each_after = self._each_after()
        for row in self._rows(end.sequence, _LAST):
            end = _follow(end, row)
            if unchecked is not None and unchecked.actor != row.actor:
                self._check_signature(unchecked)
            unchecked = row
            if row.action in ROSTER_ACTIONS or row.sequence > each_after:
                self._check_signature(row)
                unchecked = None
            if row.action in TYING_ACTIONS:
                self._tie(row)
        if unchecked is not None:
            self._check_signature(unchecked)
        return end

    def _each_after(self) -> int:
        """Return the sequence after which each signature is checked."""
        if not self._each_signature:
            return _LAST
        row = self._connection.exec_driver_sql(
            f"{_NTH_NEWEST} OFFSET {_SIGNED_EACH}", (_LAST,)
        ).first()
        return 0 if row is None else int(row[0])

    def _check_signature(self, row: _Row) -> None:
        keys = self._trust.keys_at(self._version, UUID(bytes=row.actor))
        try:
            verify(keys, row.signature, entry_statement(row.hash))
        except TamperedError:
            raise LogTamperedError(row.sequence) from None

    def _tie(self, row: _Row) -> None:
        trust, actor = self._trust, UUID(bytes=row.actor)
        right = CASE_KEY_ACTIONS.get(row.action)
        # Of someone without the right it says nothing: anyone may write to the log.
        if right is not None and trust.could_at(self._version, actor, right):
            is_first = row.action is Action.CASE_OPENED
            trust.note_case_keys(UUID(bytes=row.subject), row.digest, is_first=is_first)
        if row.action is Action.CATALOGUE_CHANGED and trust.could_at(
            self._version, actor, Permission.MANAGE_RULES
        ):
            trust.note_rules(row.digest)
        if row.action in ROSTER_ACTIONS:
            self._version += 1
            laid_down = (trust.digest_of(self._version), trust.signer_of(self._version))
            if (row.digest, actor) != laid_down:
                raise LogTamperedError(row.sequence)
        trust.tie(row.fields + row.hash)

    def _rows(self, after: int, until: int, *, where: str = "") -> Iterator[_Row]:
        found = self._connection.exec_driver_sql(_SELECT + where + _BY_SEQUENCE, (after, until))
        for raw in found:
            yield _read(raw)


def _follow(end: Mark, row: _Row) -> Mark:
    """Return the next end of the chain, or raise LogTamperedError."""
    if link(end.head, row.fields) != row.hash:
        raise LogTamperedError(row.sequence)
    return Mark(row.sequence, row.hash)


def _read(raw: Any) -> _Row:
    sequence, at, actor_id, subject_id, action, digest, link_there, signature = raw
    try:
        time = datetime.fromisoformat(at)
        actor, subject = bytes.fromhex(actor_id), bytes.fromhex(subject_id)
        spelled = (time.isoformat(" ", "microseconds"), actor.hex(), subject.hex())
        if spelled != (at, actor_id, subject_id) or time.year > LAST_YEAR:
            raise LogTamperedError(sequence)
        return _Row(
            sequence=sequence,
            actor=actor,
            subject=subject,
            action=_ACTIONS[action],
            digest=digest,
            hash=link_there,
            signature=signature,
            fields=spell(
                sequence, (time - _EPOCH) // _MICROSECOND, actor, subject, action.encode(), digest
            ),
        )
    except ODD_VALUES:
        raise LogTamperedError(sequence) from None
