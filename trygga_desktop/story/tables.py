"""The timeline as it is written, what it became in a vault, and what telling it stands on."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.vault import OpenVault

Table = Mapping[str, Any]

_MORNING = time(8, 0)


class Clock(Protocol):
    """A time that is set."""

    at: datetime


@dataclass(slots=True, kw_only=True)
class ToldCase:
    """What the invented people, meetings and items of one case are in the vault."""

    id: UUID
    subject: UUID
    people: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, UUID] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)
    meetings: dict[str, UUID] = field(default_factory=dict)
    items: dict[str, UUID] = field(default_factory=dict)
    terms: dict[str, UUID] = field(default_factory=dict)


def read_timeline(path: Path) -> Table:
    """Return the invented cases of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(slots=True, kw_only=True)
class Stage:
    """The vault that is told to, the clock that is set, and what has been told so far."""

    timeline: Table
    vault: OpenVault
    clock: Clock
    cases: dict[str, ToldCase] = field(default_factory=dict)


def at_time(day: date, clock: str = "") -> datetime:
    """Return a time of day in Stockholm, in the morning if none is given."""
    at = time.fromisoformat(clock) if clock else _MORNING
    return datetime.combine(day, at, STOCKHOLM)
