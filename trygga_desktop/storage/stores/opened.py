"""What rows came to when they were opened, so that no list over all cases opens them twice.

Opening is a function of the row as it lies there and of the key. So whatever is found here is what
opening it anew would give: a row of which a single byte is another one is opened and judged again.
Which keys are ours is asked of the file each time, and without them nothing is found.

What all rows of some tables came to together is kept beside them, for as long as nothing at all is
written into those tables by anybody (`changes.py`), those of our keys among them.
"""

from collections.abc import Callable, Collection, Hashable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Dialect, type_coerce
from sqlalchemy.types import NullType

from trygga_desktop.crypto.keyring import CompartmentKey
from trygga_desktop.storage.changes import Changes, Stamp

T = TypeVar("T")

KeyPlace: TypeAlias = tuple[UUID, int]
"""A compartment and a generation of it."""

_MOST = 40_000
"""So many rows are remembered for sure, and at most twice as many. Each takes about 2 KiB."""

_MOST_GLANCED = 120_000
"""Of so many it is remembered by a digest what one part of them is, in some 300 bytes each."""

_MOST_WHOLE = 16
"""So many answers that took whole tables are kept: each list asks for two or three."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a row came to: its case, the keys that it took, each with its place, and the value."""

    case_id: Any
    keys: tuple[tuple[KeyPlace, CompartmentKey], ...]
    value: Any

    def opens_with(self, keys: Mapping[KeyPlace, CompartmentKey]) -> bool:
        """Tell whether these keys, which are ours now, are those that it took."""
        return all(keys.get(place) is key for place, key in self.keys)


class Opened:
    """Remembers rows by all that lies in them, while a vault is unlocked and in memory only.

    What was not asked for lately goes once there is too much of it.
    """

    def __init__(self, most: int = _MOST, *, most_glanced: int = _MOST_GLANCED) -> None:
        self._rows = _Lately(most)
        self._glanced = _Lately(most_glanced)
        self._whole: dict[Hashable, tuple[Stamp, Any]] = {}

    def __len__(self) -> int:
        """Return how many rows are remembered."""
        return len(self._rows)

    def find(self, table: str, lies: tuple[Any, ...]) -> Known | None:
        """Return what a row came to that lay there just like this, or None."""
        return self._rows.find((table, *lies))

    def keep(self, table: str, lies: tuple[Any, ...], known: Known) -> None:
        """Remember what a row came to, once it was opened and judged."""
        self._rows.keep((table, *lies), known)

    def glance(self, digest: bytes) -> Known | None:
        """Return what was looked at in a row whose digest over all that lies in it is this one."""
        return self._glanced.find(digest)

    def keep_glance(self, digest: bytes, known: Known) -> None:
        """Remember what was looked at in a row, once it was opened and judged."""
        self._glanced.keep(digest, known)

    def whole(self, name: Hashable, stamp: Stamp) -> Any | None:
        """Return what was kept under a name while its tables had this stamp, or None."""
        known = self._whole.get(name)
        if known is None or known[0] != stamp:
            return None
        # What is asked for again goes last.
        self._whole[name] = self._whole.pop(name)
        return known[1]

    def stamp_of(self, name: Hashable) -> Stamp | None:
        """Return the stamp that its tables had when what has this name was kept."""
        known = self._whole.get(name)
        return None if known is None else known[0]

    def keep_whole(self, name: Hashable, stamp: Stamp, value: object) -> None:
        """Keep what tables came to, in place of what they came to before."""
        self._whole.pop(name, None)
        while len(self._whole) >= _MOST_WHOLE:
            del self._whole[next(iter(self._whole))]
        self._whole[name] = stamp, value

    def forget(self) -> None:
        """Let go of everything: the vault is locked."""
        self._rows.forget()
        self._glanced.forget()
        self._whole.clear()


class _Lately:
    """What was kept or found last; so much for sure, and at most twice as much."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lately: dict[Hashable, Known] = {}
        self._before: dict[Hashable, Known] = {}

    def __len__(self) -> int:
        return len(self._lately.keys() | self._before.keys())

    def find(self, name: Hashable) -> Known | None:
        found = self._lately.get(name)
        if found is None:
            found = self._before.get(name)
            if found is not None:
                self.keep(name, found)
        return found

    def keep(self, name: Hashable, known: Known) -> None:
        if len(self._lately) >= self._most:
            self._before, self._lately = self._lately, {}
        self._lately[name] = known

    def forget(self) -> None:
        self._lately.clear()
        self._before.clear()


class WholeTables:
    """Keeps what whole tables came to, and hands it out while nobody has written into them.

    What had to leave a row out is not kept: it is looked at anew, and told anew, each time.
    """

    def __init__(self, changes: Changes, opened: Opened, left_out: set[UUID]) -> None:
        self._changes = changes
        self._opened = opened
        self._left_out = left_out

    def kept(self, name: Hashable, tables: Collection[str]) -> Any | None:
        """Return what was kept under a name, or None where it would have to be found anew."""
        stamp = self._changes.stamp(tables)
        return None if stamp is None else self._opened.whole(name, stamp)

    def kept_but_for(
        self, name: Hashable, tables: Collection[str], table: str
    ) -> tuple[Any, frozenset[UUID]] | None:
        """Return what was kept under a name, and whose rows of one table are others since then.

        None where it would have to be found anew.
        """
        stamp = self._opened.stamp_of(name)
        if stamp is None:
            return None
        owners = self._changes.since(stamp, tables, table)
        return None if owners is None else (self._opened.whole(name, stamp), owners)

    def writing(self, table: str, owner: UUID) -> AbstractContextManager[None]:
        """Note that the one statement in a block writes rows of this owner alone."""
        return self._changes.writing(table, owner)

    def of(self, name: Hashable, tables: Collection[str], find: Callable[[], T]) -> T:
        """Return what `find` returns: it must go by these tables and by the name alone.

        Nobody changes what is handed out. Nothing is kept where anything at all was left out so
        far: it may have had a say in this.
        """
        known: T | None = self.kept(name, tables)
        if known is not None:
            return known
        found = find()
        stamp = self._changes.stamp(tables)
        if stamp is not None and not self._left_out:
            self._opened.keep_whole(name, stamp, found)
        return found


class Lying:
    """The columns of rows as they lie in the file, by their names, and what reads them.

    To read the ids of a row takes longer than to find what it came to.
    """

    def __init__(self, columns: Mapping[str, ColumnElement[Any]]) -> None:
        self._columns = dict(columns)
        self._readers: list[Callable[[Any], Any] | None] | None = None
        self.columns: list[ColumnElement[Any]] = [
            type_coerce(one, NullType()).label(name) for name, one in columns.items()
        ]

    def read(self, lies: tuple[Any, ...], dialect: Dialect) -> Any:
        """Return the row with its values under their names, as it is selected otherwise."""
        if self._readers is None:
            # Only now: a reference takes its type from its table once that is known.
            types = [one.type.dialect_impl(dialect) for one in self._columns.values()]
            self._readers = [one.result_processor(dialect, None) for one in types]
        told = zip(self._columns, self._readers, lies, strict=True)
        return SimpleNamespace(
            **{name: one if read is None else read(one) for name, read, one in told}
        )
