"""A file for support: what happened when, as codes and counts. It names nobody and nothing."""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from trygga_desktop.ui.problems import ProblemKind

LARGEST = 1_000_000
"""Bytes of one file, before the next is begun."""

MOST_FILES = 5

_OWNER_ONLY = 0o600


class Event(StrEnum):
    """What is worth a line."""

    STARTED = "started"
    UNLOCKED = "unlocked"
    LOCKED = "locked"
    CLOSED = "closed"
    PROBLEM = "problem"


class EventLog:
    """Appends a line for each event: time in UTC, event, code, how often since the start.

    Nothing but an `Event` and a `ProblemKind` can come in, so that no text ever does. A file that
    cannot be written stops nobody.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._counts: Counter[tuple[Event, str]] = Counter()

    def note(self, event: Event, code: ProblemKind | None = None) -> None:
        """Write down that this has happened."""
        what = (Event(event), "" if code is None else ProblemKind(code).value)
        self._counts[what] += 1
        moment = self._now().astimezone(UTC).isoformat(timespec="seconds")
        line = f"{moment} {what[0]} {what[1] or '-'} {self._counts[what]}\n"
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._turn_over(len(line))
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with os.fdopen(os.open(self._path, flags, _OWNER_ONLY), "ab") as file:
                file.write(line.encode("ascii"))

    def _turn_over(self, more: int) -> None:
        """Begin a new file once this one is full; the oldest goes."""
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:
            return
        if size + more <= LARGEST:
            return
        for number in range(MOST_FILES - 1, 0, -1):
            older = self._numbered(number - 1)
            if older.exists():
                older.replace(self._numbered(number))

    def _numbered(self, number: int) -> Path:
        return self._path if not number else self._path.with_suffix(f".{number}.log")
