"""What a use case answers, and what it changed, so that open screens know when to reload."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One flag per kind of data."""

    accounts: bool = False
    cases: bool = False
    items: bool = False
    settings: bool = False
    drafts: bool = False
    parties: bool = False
    consents: bool = False
    meetings: bool = False
    directory: bool = False
    partners: bool = False


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The answer of a use case. `left_out` counts what did not verify, where the value does not."""

    value: T
    changes: Changes = Changes()
    left_out: int = 0
