"""The agenda of a meeting that is being planned: when each item begins, and who is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from trygga_desktop.domain.agenda import (
    Template,
    TemplateItem,
    begin_after,
    count_passages,
    order_by_presence,
)
from trygga_desktop.ui.screens.new_meeting.form import Guest
from trygga_desktop.ui.screens.new_meeting.people import Invitee

Parts = Mapping[UUID, frozenset[str]]
"""Who of the case comes to some items only, and to which, by their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedItem:
    """One item at its place; `begins_at` is aware, None where the meeting has no time yet."""

    place: int
    item: TemplateItem
    begins_at: datetime | None
    without: tuple[Invitee, ...]
    without_guests: tuple[Guest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A template in the order that was chosen, with those who come. No `order` means its own.

    `carried` are the minutes of what comes along by itself, which is put before the last item.
    """

    template: Template
    order: Sequence[str]
    invited: tuple[Invitee, ...]
    parts: Parts
    guests: tuple[Guest, ...] = ()
    carried: int = 0
    starts_at: datetime | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the items in order, by their codes."""
        known = {one.code for one in self.template.items}
        if set(self.order) == known:
            return tuple(self.order)
        return tuple(one.code for one in self.template.items)

    @property
    def items(self) -> tuple[PlannedItem, ...]:
        """Return the items in order, each with its time and with who is not there for it."""
        by_code = {one.code: one for one in self.template.items}
        items = [by_code[code] for code in self.codes]
        *begins, last = begin_after(one.minutes for one in items)
        begins.append(last + self.carried)
        return tuple(
            PlannedItem(
                place=place,
                item=item,
                begins_at=self._at(minutes),
                without=tuple(one for one in self.invited if not self._is_there(one, item.code)),
                without_guests=tuple(
                    one
                    for one in self.guests
                    if one.items is not None and item.code not in one.items
                ),
            )
            for place, (item, minutes) in enumerate(zip(items, begins, strict=True), start=1)
        )

    @property
    def passages(self) -> int:
        """Return how often somebody leaves or joins between two items."""
        return count_passages(self._there(self.codes))

    @property
    def better(self) -> tuple[str, ...]:
        """Return the codes in an order where people leave and join less, empty if none is.

        It begins and ends as the template does, and is the nearest such order to the template's.
        """
        codes = tuple(one.code for one in self.template.items)
        order = order_by_presence(
            self._there(codes), first=self.template.first_items, last=self.template.last_items
        )
        found = tuple(codes[place] for place in order)
        return found if self.passages_in(found) < self.passages else ()

    def passages_in(self, codes: Sequence[str]) -> int:
        """Return how often somebody would leave or join in another order."""
        return count_passages(self._there(codes))

    def time_of(self, items: frozenset[str]) -> tuple[datetime, datetime] | None:
        """Return when the first of these begins and the last ends, where that is known."""
        chosen = [one for one in self.items if one.item.code in items]
        if not chosen or chosen[0].begins_at is None or chosen[-1].begins_at is None:
            return None
        last = chosen[-1]
        return chosen[0].begins_at, chosen[-1].begins_at + timedelta(minutes=last.item.minutes)

    def _at(self, minutes: int) -> datetime | None:
        # Counted in UTC: the clocks may be put forward or back meanwhile.
        starts = self.starts_at
        return None if starts is None else starts.astimezone(UTC) + timedelta(minutes=minutes)

    def _is_there(self, one: Invitee, code: str) -> bool:
        items = self.parts.get(one.shown.party.id)
        return items is None or code in items

    def _there(self, codes: Sequence[str]) -> list[frozenset[UUID | int]]:
        """Return who is there for each item; a guest by their place among the guests."""
        return [
            frozenset(
                [
                    *(one.shown.party.id for one in self.invited if self._is_there(one, code)),
                    *(
                        place
                        for place, one in enumerate(self.guests)
                        if one.items is None or code in one.items
                    ),
                ]
            )
            for code in codes
        ]
