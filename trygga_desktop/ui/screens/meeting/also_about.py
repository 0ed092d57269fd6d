"""Who else an entry is about, as far as it can be said beside a screen that everyone sees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.ui.screens.meeting.room import speakers_at

if TYPE_CHECKING:
    from trygga_desktop.services.rooms import Choice, MeetingRoom


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoAbout:
    """Whom an entry is about beside the young person.

    `people` stay chosen when their seat goes: what is about them is no less so, though nobody at
    the table is told their name any longer. `has_unnamed` is somebody who is not at the table, whom
    the room is never told.
    """

    people: frozenset[UUID] = frozenset()
    has_unnamed: bool = False

    def is_about_unnamed(self, room: MeetingRoom | None) -> bool:
        """Tell whether it is about somebody who cannot be named to this room."""
        return self.has_unnamed or bool(self.people - _ids(room))

    def named_to(self, room: MeetingRoom | None) -> tuple[Choice, ...]:
        """Return those of them whom the room knows."""
        return tuple(one for one in named_at(room) if one.id in self.people)

    def turned(self, chosen: UUID | None, room: MeetingRoom | None) -> AlsoAbout:
        """Return it with one more, or one less; None is whoever is not at the table."""
        if chosen is not None:
            return replace(self, people=self.people ^ {chosen})
        if self.is_about_unnamed(room):
            return AlsoAbout(people=self.people & _ids(room))
        return replace(self, has_unnamed=True)


NOBODY_ELSE = AlsoAbout()


def named_at(room: MeetingRoom | None) -> tuple[Choice, ...]:
    """Return who of the family sits at the table by name, beside the young person."""
    if room is None or room.is_without_names:
        return ()
    at_table = {one.party_id for one in room.seats if one.name}
    return tuple(
        one for one in speakers_at(room) if one.id in at_table and one.id != room.subject_id
    )


def _ids(room: MeetingRoom | None) -> frozenset[UUID]:
    return frozenset(one.id for one in named_at(room))
