"""Tells whether tables still hold what they held when they were read before.

Three things together tell of every change, whoever made it:

    by                                     it shows in
    another program, another connection    `PRAGMA data_version`, which SQLite asks of the file
    a statement of ours                    the table that it writes, counted as it is executed
    anything else on this connection       its `total_changes`, which then is another one

It is what SQLite itself goes by when it takes a page from its cache and not from the file. Within
a transaction nobody else can write: the lock is taken at its beginning. A statement writes the
table that it names and no other: no trigger and no reference between tables writes on its own.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Engine, event

_PLACE = "trygga writes"
# So many of the last writes into a table it is known of whose rows they were.
_MOST_KNOWN = 500


class _Writes:
    """Knows when a connection last wrote into each table; each write has a number of its own."""

    def __init__(self, total: int) -> None:
        self.number = 0
        self._total = total
        self._into: dict[str, deque[tuple[int, UUID | None]]] = defaultdict(
            lambda: deque([(0, None)], maxlen=_MOST_KNOWN)
        )
        self._into_any = 0

    def take_note(self, table: str | None, total: int) -> None:
        """Note what was written into a table; without one it can have been into any."""
        if total == self._total:
            return
        self._total = total
        self.number += 1
        if table is None:
            self._into_any = self.number
        else:
            self._into[table].append((self.number, None))

    def last_into(self, tables: Collection[str]) -> int:
        """Return the number of the last write into any of these."""
        return max(self._into_any, *(self._into[one][-1][0] for one in tables))

    @contextmanager
    def of(self, owner: UUID, table: str) -> Iterator[None]:
        """Note of whose rows the one statement in this block writes."""
        next_one = self.number + 1
        yield
        if self.number == next_one and self._into[table][-1][0] == next_one:
            self._into[table][-1] = next_one, owner

    def owners_since(self, table: str, number: int) -> frozenset[UUID] | None:
        """Return of whom rows were written after a write, None where not all of it is known."""
        if self._into_any > number:
            return None
        owners: set[UUID] = set()
        for written, owner in reversed(self._into[table]):
            if written <= number:
                return frozenset(owners)
            if owner is None:
                return None
            owners.add(owner)
        return None


class Stamp(NamedTuple):
    """What tables are told by: they hold the same as long as it is equal."""

    writes: _Writes
    version: int
    last: int


def watch(engine: Engine) -> None:
    """Have the connections of an engine count what they write."""

    @event.listens_for(engine, "before_cursor_execute")
    def _before(connection: Connection, *_: object) -> None:
        # What was written past us since the last statement.
        _note(connection, None)

    @event.listens_for(engine, "after_cursor_execute")
    def _after(
        connection: Connection, _c: object, _s: object, _p: object, context: Any, _m: object
    ) -> None:
        _note(connection, _written_by(context))


def _note(connection: Connection, table: str | None) -> None:
    total = _driver(connection).total_changes
    writes = connection.info.get(_PLACE)
    if writes is None:
        connection.info[_PLACE] = _Writes(total)
    else:
        writes.take_note(table, total)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _written_by(context: Any) -> str | None:
    """Return the table that a statement writes, None where that is not known."""
    if context.compiled is None or not (context.isinsert or context.isupdate or context.isdelete):
        return None
    name: str = context.compiled.statement.table.name
    return name


class Changes:
    """Answers for the length of one transaction, and nothing once that has ended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._transaction = connection.get_transaction()
        _note(connection, None)
        self._writes: _Writes = connection.info[_PLACE]
        self._began = self._writes.number
        self._version: int | None = None

    def stamp(self, tables: Collection[str]) -> Stamp | None:
        """Return what these tables are told by, None once this transaction has written into them.

        What is written can still be taken back, and then is what nobody has ever stored. Once it is
        stored somebody else may write before anything else is read.
        """
        _note(self._connection, None)
        last = self._writes.last_into(tables)
        if last > self._began or self._connection.get_transaction() is not self._transaction:
            return None
        if self._version is None:
            found = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
            self._version = int(found)
        return Stamp(self._writes, self._version, last)

    def writing(self, table: str, owner: UUID) -> AbstractContextManager[None]:
        """Note that the one statement in a block writes rows of this owner alone."""
        return self._writes.of(owner, table)

    def since(self, before: Stamp, tables: Collection[str], table: str) -> frozenset[UUID] | None:
        """Return of whom rows of one table were written since the stamp that these tables had.

        None where that is not known, or where anything else of them was written.
        """
        now = self.stamp(tables)
        if now is None or now[:2] != before[:2]:
            return None
        if self._writes.last_into([one for one in tables if one != table]) > before.last:
            return None
        return self._writes.owners_since(table, before.last)
