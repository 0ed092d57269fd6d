"""What the review asks for, as far as the room can tell it. No widgets."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.items import ItemKind, Lack
from trygga_desktop.domain.meeting import AgendaState, Presence
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.ui.screens.meeting.room import proposals_in, unconfirmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trygga_desktop.services.audience import ShownItem
    from trygga_desktop.services.rooms import (
        MeetingRoom,
        Seat,
        ShownAgendaItem,
        ShownEntry,
    )

_BEHIND = re.compile(r" \((?P<told>[^()]*)\)\Z")


class Missing(StrEnum):
    """What an item was to note, by the catalogue's code."""

    ATTENDANCE = "attendance"
    ACKNOWLEDGEMENTS = "acknowledgements"
    OWN_WORDS = "own_words"
    HOW_CONVEYED = "how_conveyed"
    ACTION_STATUS = "action_status"
    STATEMENT = "statement"
    GOAL = "goal"
    ACTIONS = "actions"
    NEXT_MEETING = "next_meeting"
    WHO_TELLS = "who_tells"
    CONCERNED_AGENCIES = "concerned_agencies"
    CONSENT_REQUEST = "consent_request"
    WHO_ANSWERS = "who_answers"
    OVERALL_RESPONSIBLE = "overall_responsible"
    HANDOVER = "handover"
    OUTCOME = "outcome"
    CLOSING_REASON = "closing_reason"
    CONTACT_AFTER = "contact_after"
    LONG_TERM_CONSENT = "long_term_consent"


BY_A_NOTE = (
    Missing.WHO_TELLS,
    Missing.CONCERNED_AGENCIES,
    Missing.CONSENT_REQUEST,
    Missing.WHO_ANSWERS,
    Missing.OVERALL_RESPONSIBLE,
    Missing.HANDOVER,
    Missing.OUTCOME,
    Missing.CLOSING_REASON,
    Missing.CONTACT_AFTER,
    Missing.LONG_TERM_CONSENT,
)
"""What is written in words of one's own: of an item under which nothing stands it is missing."""


class Asked(StrEnum):
    """What only whoever leads can tell was done, by the catalogue's code: they are asked."""

    # That nobody disagrees, or wants to rate, is an answer.
    DISAGREEMENT = "disagreement"
    RATING = "rating"
    # Which of the two it is, and whether a place can be found by it, stands in the words.
    FACT_OR_ASSESSMENT = "fact_or_assessment"
    NO_PLACE = "no_place"
    # It is read from this page, and said aloud.
    PLAIN_SUMMARY = "plain_summary"
    DISTRIBUTION = "distribution"


NOT_TOLD = frozenset(
    {
        # The program notes it, and says nothing of consents here.
        "consent_check",
        # A question about it before everyone would tell that there is something to be asked about.
        "wish_not_raised",
    }
)
"""Codes of the catalogue about which nothing is said before a room."""


def nearly_actions(room: MeetingRoom) -> tuple[tuple[ShownAgendaItem, ShownEntry], ...]:
    """Return the actions that were kept as notes, each with the item that it stands under."""
    return tuple(
        (item, entry)
        for item in room.agenda
        for entry in item.entries
        if entry.item.lacks is not None
    )


def missing_in(room: MeetingRoom, *, has_next: bool) -> tuple[tuple[ShownAgendaItem, Missing], ...]:
    """Return what the items that were gone through lack, as far as the room sees.

    `has_next` tells whether it is typed already when to meet again.
    """
    return tuple(
        (item, lack)
        for item, wanted in _gone_through(room)
        for lack in _lacks(room, item, wanted)
        if lack is not Missing.NEXT_MEETING or not has_next
    )


def asked_in(room: MeetingRoom) -> tuple[tuple[ShownAgendaItem, Asked], ...]:
    """Return what whoever leads is to confirm of the items that were gone through."""
    return tuple(
        (item, asked)
        for item, wanted in _gone_through(room)
        for asked in Asked
        if asked in wanted and not _is_answered(room, item, asked)
    )


def _is_answered(room: MeetingRoom, item: ShownAgendaItem, asked: Asked) -> bool:
    """Tell whether what the room sees answers it, so that nobody need confirm it."""
    match asked:
        case Asked.DISAGREEMENT:
            return any(entry.dissents for each in room.agenda for entry in each.entries)
        case Asked.RATING:
            return room.is_rated or room.is_without_names
        case Asked.FACT_OR_ASSESSMENT | Asked.NO_PLACE:
            # Without a word there is nothing to look through.
            return not item.entries
        case Asked.PLAIN_SUMMARY | Asked.DISTRIBUTION:
            return False
        case _:
            assert_never(asked)


def standing_goals(room: MeetingRoom) -> tuple[ShownItem, ...]:
    """Return the goals of the plan, as far as the room sees, that answer what an item asks for."""
    is_asked = any(Missing.GOAL in wanted for _, wanted in _gone_through(room))
    return room.goals if is_asked and not _agreed_on_a_goal(room) else ()


def _gone_through(room: MeetingRoom) -> Iterator[tuple[ShownAgendaItem, tuple[str, ...]]]:
    """Yield the items that were gone through, each with what it is to note."""
    known = (one for one in room.catalogue.templates if one.code == room.template)
    template = next(known, None)
    wanted = {} if template is None else {one.code: one.must_note for one in template.items}
    for item in room.agenda:
        if item.state is not AgendaState.COMING and not item.is_private:
            yield item, wanted.get(item.code, ())


def _lacks(room: MeetingRoom, item: ShownAgendaItem, wanted: tuple[str, ...]) -> Iterator[Missing]:
    yield from (one for one in _of_people(room) if one in wanted)
    own = [
        one
        for one in item.entries
        if one.item.category == VOICE and one.item.said_by == room.subject_id
    ]
    # Where no name is said nobody's own words are asked for.
    if Missing.OWN_WORDS in wanted and not own and not room.is_without_names:
        yield Missing.OWN_WORDS
    if Missing.HOW_CONVEYED in wanted and own and len(own) == len(item.entries):
        yield Missing.HOW_CONVEYED
    told = [one.commitment.state for one in room.carried if one.commitment is not None]
    if Missing.ACTION_STATUS in wanted and CommitmentState.NOT_STARTED in told:
        yield Missing.ACTION_STATUS
    if not item.entries and Missing.STATEMENT in wanted:
        yield Missing.STATEMENT
    elif not item.entries:
        yield from (one for one in BY_A_NOTE if one in wanted)
    every = _kinds_in(room)
    if Missing.GOAL in wanted and not room.goals and not _agreed_on_a_goal(room):
        yield Missing.GOAL
    asks_actions = Missing.ACTIONS in wanted and Missing.STATEMENT not in wanted
    if asks_actions and ItemKind.ACTION not in every:
        yield Missing.ACTIONS
    if Missing.NEXT_MEETING in wanted and room.next_meeting is None:
        yield Missing.NEXT_MEETING


def _agreed_on_a_goal(room: MeetingRoom) -> bool:
    """Tell whether the meeting agreed on a goal, or is to decide on one by another row."""
    waits = {one.kind for one in proposals_in(room)}
    return ItemKind.PLAN_LINE in _kinds_in(room) or LineKind.GOAL in waits


def _kinds_in(room: MeetingRoom) -> frozenset[ItemKind]:
    return frozenset(one.item.kind for each in room.agenda for one in each.entries)


def _of_people(room: MeetingRoom) -> Iterator[Missing]:
    if any(one.presence is Presence.EXPECTED for one in room.seats):
        yield Missing.ATTENDANCE
    if unconfirmed(room):
        yield Missing.ACKNOWLEDGEMENTS


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
