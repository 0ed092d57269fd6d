"""Spells values as what JSON can hold, and reads them back.

msgspec does it by the types of the fields: strict about them, quick, and with no code per value.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def spell(value: object) -> dict[str, Any]:
    """Return the fields of a frozen dataclass; sets come in one fixed order."""
    spelled: dict[str, Any] = msgspec.to_builtins(value, order="deterministic")
    return spelled


def reader(kind: type[T]) -> Callable[[Mapping[str, Any]], T]:
    """Return what reads a value of this type; it raises ValueError for anything else."""
    return partial(msgspec.convert, type=kind)


def row_bytes(lies: tuple[object, ...]) -> bytes:
    """Return bytes by which a row as it lies in the file is told from every other one."""
    return msgspec.msgpack.encode(lies)
