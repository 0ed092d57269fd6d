"""The question that is asked before somebody is called whom no consent covers, or to a part only.

No widgets: what can be answered, what was answered so far, and whether that is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from trygga_desktop.ui.screens.new_meeting.form import Guest
from trygga_desktop.ui.screens.new_meeting.people import GUARDED, Doubt, Invitee


class Way(StrEnum):
    """What can be done about somebody."""

    LEAVE_OUT = "leave_out"
    CONSENT = "consent"
    ITEMS = "items"
    GROUND = "ground"
    WHOLE = "whole"


LEADING_ON = frozenset({Way.CONSENT, Way.GROUND})
"""What is done on another page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The question about one person, and how far it is answered. `items` are codes.

    A guest is at a `place` in the list of guests; None is one who does not stand there yet.
    """

    one: Invitee | Guest
    way: Way
    items: frozenset[str] = frozenset()
    place: int | None = None

    @property
    def guest(self) -> Guest | None:
        """Return the guest it is about, if it is one."""
        return self.one if isinstance(self.one, Guest) else None

    @property
    def party_id(self) -> UUID | None:
        """Return whom of the case it is about."""
        return None if isinstance(self.one, Guest) else self.one.shown.party.id

    @property
    def doubt(self) -> Doubt | None:
        """Return why they are not invited by themselves."""
        return Doubt.NOT_COVERED if isinstance(self.one, Guest) else self.one.doubt

    @property
    def ends(self) -> date | None:
        """Return until when the consent covers them, where it ends too early."""
        return None if isinstance(self.one, Guest) else self.one.ends

    @property
    def is_decided(self) -> bool:
        """Tell of a decision on another legal ground to tell them something."""
        return not isinstance(self.one, Guest) and self.one.is_decided

    @property
    def stops(self) -> bool:
        """Tell whether no consent covers them."""
        return self.doubt in GUARDED

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


def ask_about(one: Invitee, items: frozenset[str] | None) -> Guard:
    """Return the question about somebody who comes to these items, or is not to come so far."""
    if items:
        return Guard(one=one, way=Way.ITEMS, items=items)
    return Guard(one=one, way=Way.CONSENT if one.doubt in GUARDED else Way.WHOLE)


def ask_about_guest(guest: Guest, place: int | None) -> Guard:
    """Return the question about somebody invited by name whom no consent names."""
    items = guest.items or frozenset()
    return Guard(one=guest, way=Way.ITEMS if items else Way.CONSENT, items=items, place=place)


def ranges(numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Return whole numbers as runs without a gap, each by its first and its last."""
    runs: list[tuple[int, int]] = []
    for one in sorted(set(numbers)):
        if runs and runs[-1][1] == one - 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return tuple(runs)


def places_of(items: frozenset[str], order: Sequence[str]) -> tuple[int, ...]:
    """Return at which places of the agenda these items stand, counted from 1."""
    return tuple(place for place, code in enumerate(order, start=1) if code in items)
