"""What rows came to when they were opened, so that no list over all cases opens them twice.

Opening is a function of the row as it lies there and of the key. So whatever is found here is what
opening it anew would give: a row of which a single byte is another one is opened and judged again.
Which keys are ours is asked of the file each time, and without them nothing is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Dialect, type_coerce
from sqlalchemy.types import NullType

from trygga_desktop.crypto.keyring import CompartmentKey

KeyPlace: TypeAlias = tuple[UUID, int]
"""A compartment and a generation of it."""

_MOST = 40_000
"""So many rows are remembered for sure, and at most twice as many. Each takes about 2 KiB."""


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

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lately: dict[tuple[Any, ...], Known] = {}
        self._before: dict[tuple[Any, ...], Known] = {}

    def __len__(self) -> int:
        """Return how many rows are remembered."""
        return len(self._lately.keys() | self._before.keys())

    def find(self, table: str, lies: tuple[Any, ...]) -> Known | None:
        """Return what a row came to that lay there just like this, or None."""
        name = (table, *lies)
        found = self._lately.get(name)
        if found is None:
            found = self._before.get(name)
            if found is not None:
                self._put(name, found)
        return found

    def keep(self, table: str, lies: tuple[Any, ...], known: Known) -> None:
        """Remember what a row came to, once it was opened and judged."""
        self._put((table, *lies), known)

    def _put(self, name: tuple[Any, ...], known: Known) -> None:
        if len(self._lately) >= self._most:
            self._before, self._lately = self._lately, {}
        self._lately[name] = known


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
