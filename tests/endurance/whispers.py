"""Texts that can be found anywhere again, and when the room of a meeting must not meet them.

The rules here are written apart from the sharing decision and say less: what they forbid is a leak.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from tests.people import Family
from trygga_desktop.domain.meeting import Function, Participant

_FOUND = re.compile(r"KAN\d{5}")


class Rule(StrEnum):
    """When a text is kept from the room."""

    NEVER = "never"
    """Of another case, of one writer, guarded, or the words of a limit: no room ever sees it."""
    COVERED = "covered"
    """The board and the school may tell it to each other, and nobody else."""
    OF_SCHOOL = "of school"
    """No consent covers it: it stays with the school."""
    OF_POLICE = "of police"
    """No consent covers it: it stays with the police."""
    SAID = "said"
    """Somebody of the family said it here: the room of that moment heard it."""
    TYPED = "typed"
    """Never added: only those see it who were there when it was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Who is in the room, and whether somebody who must sign has taken back their consent."""

    people: tuple[Participant, ...]
    is_withdrawn: bool

    @property
    def agencies(self) -> frozenset[UUID]:
        """Return the organisations that hear and see what the room does."""
        return frozenset(one.organisation_id for one in self.people if one.organisation_id)

    @property
    def is_closed(self) -> bool:
        """Tell whether nothing may be shown: nobody is there, or somebody is not bound."""
        unbound = any(one.person_id is None and one.confirmed_at is None for one in self.people)
        looks_on = any(Function.OBSERVER in one.functions for one in self.people)
        return not self.people or unbound or looks_on


@dataclass(slots=True)
class Canaries:
    """What was planted, and which of it was met where it may be.

    `typed` is what was typed in front of everyone who is there: they have seen it.
    """

    family: Family
    rules: dict[str, Rule] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    _opened_again: int | None = None

    def open_again(self) -> None:
        """Note that everybody has signed again: what is planted from now on may be met."""
        if self._opened_again is None:
            self._opened_again = len(self.rules)

    @property
    def met_again(self) -> int:
        """Return how much was met that was planted after everybody had signed again."""
        if self._opened_again is None:
            return 0
        later = list(self.rules)[self._opened_again :]
        return sum(one in self.met and self.rules[one] is Rule.COVERED for one in later)

    def plant(self, rule: Rule) -> str:
        """Return a new text of this rule."""
        canary = f"KAN{len(self.rules) + 10_000}"
        self.rules[canary] = rule
        return canary

    def type(self, rule: Rule = Rule.TYPED) -> str:
        """Return a new text that is typed now, in front of those who are in the room."""
        canary = self.plant(rule)
        self.typed.add(canary)
        return canary

    def show_again(self, text: str) -> None:
        """Note that somebody has this stand there again, in front of those who are there now."""
        self.typed.update(_FOUND.findall(text))

    def leaked(self, text: str, room: Room) -> Iterator[str]:
        """Yield each canary in a text that this room must not meet."""
        for canary in self.rules.keys() & _FOUND.findall(text):
            if canary not in self.typed and self._is_kept_from(canary, room):
                yield canary
            else:
                self.met.add(canary)

    def met_of(self, rules: Collection[Rule]) -> int:
        """Return how many of these rules were met where they may be."""
        return sum(self.rules.get(one) in rules for one in self.met)

    def _is_kept_from(self, canary: str, room: Room) -> bool:
        family, agencies = self.family, room.agencies
        match self.rules[canary]:
            case Rule.NEVER | Rule.TYPED:
                return True
            case Rule.SAID:
                return room.is_closed
            case Rule.COVERED:
                both = {family.board, family.school} <= agencies
                return room.is_closed or family.police in agencies or (room.is_withdrawn and both)
            case Rule.OF_SCHOOL:
                return room.is_closed or not agencies <= {family.school}
            case Rule.OF_POLICE:
                return room.is_closed or not agencies <= {family.police}
