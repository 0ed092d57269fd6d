"""Under which item a text stands, and what kind of information it is taken to be. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.ui.screens.meeting.half_written import Kind

if TYPE_CHECKING:
    from uuid import UUID

    from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem

PLAN = "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """The item that a text was begun under, and what it was taken to be there."""

    item_id: UUID
    category: str


def item_of(room: MeetingRoom | None, item_id: UUID | None) -> ShownAgendaItem | None:
    """Return an item of the agenda by its id."""
    agenda = () if room is None else room.agenda
    return next((one for one in agenda if one.id == item_id), None)


def category_of(item: ShownAgendaItem | None) -> str:
    """Return what is told under an item: the room learns no more of a private one by it."""
    return PLAN if item is None or item.is_private else item.category


def fitting(kind: Kind, category: str) -> str:
    """Return the category for this sort: what others decide is not in the young person's words."""
    is_theirs = category == VOICE and kind in {Kind.DECISION, Kind.ACTION}
    return PLAN if is_theirs else category
