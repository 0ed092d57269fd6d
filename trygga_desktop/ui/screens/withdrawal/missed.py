"""Letters that the log tells of and that did not leave: it is written before they do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

if TYPE_CHECKING:
    from trygga_desktop.services.letters import Letter


class _Missed(NamedTuple):
    """What the letter said, when one like it last had left, and when this one failed to."""

    words: tuple[object, ...]
    before: datetime | None
    at: datetime


@dataclass(slots=True)
class MissedLetters:
    """Letters that did not leave in one way, on paper or as a file, since the page was opened."""

    _missed: dict[UUID, _Missed] = field(default_factory=dict)

    def miss(self, letters: Iterable[tuple[Letter, datetime | None]], *, at: datetime) -> None:
        """Note that these did not leave, each with when it last had; `at` is aware."""
        for letter, before in letters:
            self._missed[letter.organisation_id] = _Missed(words_of(letter), before, at)

    def has_left(self, organisation_id: UUID) -> None:
        """Forget what was noted of a letter: it has left now."""
        self._missed.pop(organisation_id, None)

    def left_at(self, letter: Letter, logged: datetime | None) -> datetime | None:
        """Return when a letter last left, where the log tells of this time.

        A letter that says something else, or that was logged later, is none of these.
        """
        missed = self._missed.get(letter.organisation_id)
        if missed is None or logged is None or logged > missed.at:
            return logged
        return missed.before if missed.words == words_of(letter) else logged


def words_of(letter: Letter) -> tuple[object, ...]:
    """Return what a letter says, whatever became of it."""
    return (
        letter.organisation_id,
        letter.organisation,
        letter.opening,
        letter.requests,
        letter.ending,
    )
