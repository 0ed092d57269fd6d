"""What the review asks for, as far as the room can tell it. No widgets."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.items import ItemKind, Lack
from trygga_desktop.domain.meeting import AgendaState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trygga_desktop.services.rooms import (
        MeetingRoom,
        Seat,
        ShownAgendaItem,
        ShownEntry,
    )

_BEHIND = re.compile(r" \((?P<told>[^()]*)\)\Z")


class Missing(StrEnum):
    """What an item was to note, by the catalogue's code. Of the rest the room cannot tell."""

    OWN_WORDS = "own_words"
    STATEMENT = "statement"
    ACTIONS = "actions"


def nearly_actions(room: MeetingRoom) -> tuple[tuple[ShownAgendaItem, ShownEntry], ...]:
    """Return the actions that were kept as notes, each with the item that it stands under."""
    return tuple(
        (item, entry)
        for item in room.agenda
        for entry in item.entries
        if entry.item.lacks is not None
    )


def missing_in(room: MeetingRoom) -> tuple[tuple[ShownAgendaItem, Missing], ...]:
    """Return what the items that were gone through lack, as far as the room sees."""
    known = (one for one in room.catalogue.templates if one.code == room.template)
    template = next(known, None)
    wanted = {} if template is None else {one.code: one.must_note for one in template.items}
    return tuple(
        (item, lack)
        for item in room.agenda
        if item.state is not AgendaState.COMING and not item.is_private
        for lack in _lacks(room, item, wanted.get(item.code, ()))
    )


def _lacks(room: MeetingRoom, item: ShownAgendaItem, wanted: tuple[str, ...]) -> Iterator[Missing]:
    kinds = {one.item.kind for one in item.entries}
    # Where no name is said nobody's own words are asked for.
    is_heard = Missing.OWN_WORDS in wanted and not room.is_without_names
    if is_heard and not any(
        one.item.category == VOICE and one.item.said_by == room.subject_id for one in item.entries
    ):
        yield Missing.OWN_WORDS
    if Missing.STATEMENT in wanted and not kinds:
        yield Missing.STATEMENT
    if Missing.ACTIONS in wanted and Missing.STATEMENT not in wanted:
        every = {one.item.kind for each in room.agenda for one in each.entries}
        if ItemKind.ACTION not in every:
            yield Missing.ACTIONS


def words_behind(entry: ShownEntry, seats: tuple[Seat, ...]) -> tuple[str, Seat | None, str]:
    """Return the words of a note that was nearly an action, and who or which day was said of it.

    Brackets that hold neither are part of the words.
    """
    text, lacks = entry.item.text, entry.item.lacks
    found = _BEHIND.search(text)
    if found is None:
        return text, None, ""
    told, words = found["told"], text[: found.start()]
    if lacks is Lack.DAY:
        seat = next((one for one in seats if one.name == told), None)
        return (text, None, "") if seat is None else (words, seat, "")
    try:
        date.fromisoformat(told[:10])
    except ValueError:
        return text, None, ""
    return words, None, told
