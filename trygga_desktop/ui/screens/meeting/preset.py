"""Under which item a text stands, and what its information is taken to be. No widgets."""

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


def origin_of(item: ShownAgendaItem | None) -> UUID | None:
    """Return whose information an item is: the room learns no more of a private one by it."""
    return None if item is None or item.is_private else item.origin_id


def fitting(kind: Kind, category: str, *, said_by: UUID | None) -> str:
    """Return the category for this sort: own words are those of somebody of the family alone.

    What an agency says, decides or promises where the young person is heard tells of the plan.
    """
    return category if category != VOICE or may_be_own(kind, said_by=said_by) else PLAN


def may_be_own(kind: Kind, *, said_by: UUID | None) -> bool:
    """Tell whether this sort can be in the young person's own words: somebody must say them."""
    return kind is Kind.OWN_WORDS or said_by is not None
