"""Whom one wants to have in a meeting that goes on, and what is asked of whom no consent covers.

No widgets: what can be answered, what was answered so far, and whether that is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trygga_desktop.services.leading import Candidate


class Way(StrEnum):
    """What can be done about somebody."""

    WHOLE = "whole"
    LEAVE_OUT = "leave_out"
    CONSENT = "consent"
    ITEMS = "items"
    GROUND = "ground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question about one person, and how far it is answered. `items` are codes."""

    one: Candidate
    way: Way
    items: frozenset[str] = frozenset()

    @property
    def stops(self) -> bool:
        """Tell whether no consent covers them."""
        return not self.one.is_covered

    @property
    def ways(self) -> tuple[Way, ...]:
        """Return what can be answered, in order."""
        if self.stops:
            return (Way.LEAVE_OUT, Way.CONSENT, Way.ITEMS, Way.GROUND)
        return (Way.WHOLE, Way.ITEMS)

    @property
    def is_answered(self) -> bool:
        """Tell whether the answer is enough to go on with."""
        return self.way is not Way.ITEMS or bool(self.items)

    @property
    def invites(self) -> bool:
        """Tell whether the answer has them come to this meeting."""
        return self.way in {Way.WHOLE, Way.ITEMS} or (
            self.way is Way.GROUND and self.one.is_decided
        )


def ask_about(one: Candidate) -> Asked:
    """Return the question about somebody as it begins."""
    return Asked(one=one, way=Way.WHOLE if one.is_covered else Way.CONSENT)
