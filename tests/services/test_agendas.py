"""The agenda of a meeting that goes on: more time for an item, and another order."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.people import item_of, planned_meeting, room_of, running_meeting, signed_case
from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.agendas import (
    LONGEST_ITEM,
    ConfirmNoted,
    GiveMoreTime,
    MoveAgendaItem,
    confirm_noted,
    give_more_time,
    move_agenda_item,
)
from trygga_desktop.services.meetings import EndMeeting, cancel_meeting, end_meeting
from trygga_desktop.services.vault import OpenVault


def refused(do: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        do()
    return caught.value.field, caught.value.flaw


def order(vault: OpenVault, meeting_id: UUID) -> list[str]:
    return [one.code for one in room_of(vault, meeting_id).agenda]


def moved(vault: OpenVault, meeting_id: UUID, code: str, by: int) -> None:
    agenda_id = item_of(vault, meeting_id, code)
    command = MoveAgendaItem(meeting_id=meeting_id, agenda_id=agenda_id, by=by)
    move_agenda_item(command, vault=vault)


@pytest.mark.parametrize("minutes", [0, -5, LONGEST_ITEM])
def test_no_item_takes_less_time_or_all_day(vault: OpenVault, minutes: int) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    item = item_of(vault, meeting_id, "welcome")
    command = GiveMoreTime(meeting_id=meeting_id, agenda_id=item, minutes=minutes)

    assert refused(lambda: give_more_time(command, vault=vault)) == ("minutes", "length")


def test_an_item_that_is_none_of_the_meeting_is_neither_moved_nor_longer(vault: OpenVault) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    more = GiveMoreTime(meeting_id=meeting_id, agenda_id=uuid4())
    move = MoveAgendaItem(meeting_id=meeting_id, agenda_id=uuid4(), by=1)

    assert refused(lambda: give_more_time(more, vault=vault)) == ("agenda", "unknown")
    assert refused(lambda: move_agenda_item(move, vault=vault)) == ("agenda", "unknown")


def test_what_is_over_stays_as_it_was(vault: OpenVault) -> None:
    family = signed_case(vault)
    held = running_meeting(vault, family)
    last = room_of(vault, held).agenda[-1].id
    end_meeting(EndMeeting(meeting_id=held), vault=vault)
    called_off = planned_meeting(vault, family)
    cancel_meeting(called_off, vault=vault)

    more = GiveMoreTime(meeting_id=held, agenda_id=last)
    move = MoveAgendaItem(
        meeting_id=called_off, agenda_id=room_of(vault, called_off).agenda[3].id, by=1
    )

    assert refused(lambda: give_more_time(more, vault=vault)) == ("meeting", "held")
    assert refused(lambda: move_agenda_item(move, vault=vault)) == ("meeting", "cancelled")


@pytest.mark.parametrize(("place", "by"), [(0, 1), (1, 1), (1, -1), (2, -1), (3, -3)])
def test_nobody_comes_before_the_young_person(vault: OpenVault, place: int, by: int) -> None:
    meeting_id = planned_meeting(vault, signed_case(vault))
    agenda = room_of(vault, meeting_id).agenda
    assert agenda[1].category == VOICE
    command = MoveAgendaItem(meeting_id=meeting_id, agenda_id=agenda[place].id, by=by)

    assert refused(lambda: move_agenda_item(command, vault=vault)) == ("agenda", "order")
    assert room_of(vault, meeting_id).agenda == agenda


@pytest.mark.parametrize("by", [0, 99, -99])
def test_no_item_leaves_the_agenda(vault: OpenVault, by: int) -> None:
    meeting_id = planned_meeting(vault, signed_case(vault))
    item = room_of(vault, meeting_id).agenda[3].id
    command = MoveAgendaItem(meeting_id=meeting_id, agenda_id=item, by=by)

    assert refused(lambda: move_agenda_item(command, vault=vault)) == ("agenda", "order")


def test_what_has_begun_is_not_moved_and_nothing_comes_before_it(vault: OpenVault) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))

    assert refused(lambda: moved(vault, meeting_id, "welcome", 2)) == ("agenda", "order")


def test_five_minutes_more_are_five_minutes_more(vault: OpenVault) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    before = {one.id: one.minutes for one in room_of(vault, meeting_id).agenda}
    item = item_of(vault, meeting_id, "welcome")

    give_more_time(GiveMoreTime(meeting_id=meeting_id, agenda_id=item), vault=vault)

    after = {one.id: one.minutes for one in room_of(vault, meeting_id).agenda}
    assert after == {**before, item: before[item] + 5}


def test_an_item_comes_earlier_or_later(vault: OpenVault) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    codes = order(vault, meeting_id)

    moved(vault, meeting_id, codes[3], 1)
    assert order(vault, meeting_id) == [*codes[:3], codes[4], codes[3], *codes[5:]]
    moved(vault, meeting_id, codes[3], -1)
    assert order(vault, meeting_id) == codes


@pytest.mark.parametrize(
    ("item", "code", "expected"),
    [
        ("commitments", "disagreement", ("agenda", "coming")),
        ("", "disagreement", ("agenda", "unknown")),
        ("welcome", "circus", ("code", "unknown")),
    ],
)
def test_nothing_is_confirmed_of_what_was_not_come_to_or_is_not_asked(
    vault: OpenVault, item: str, code: str, expected: tuple[str, str]
) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    agenda_id = item_of(vault, meeting_id, item) if item else uuid4()
    command = ConfirmNoted(meeting_id=meeting_id, agenda_id=agenda_id, code=code)

    assert refused(lambda: confirm_noted(command, vault=vault)) == expected
    assert all(one.confirmed == frozenset() for one in room_of(vault, meeting_id).agenda)


def test_what_was_confirmed_stands_until_it_is_taken_back_and_stays_once_it_is_over(
    vault: OpenVault,
) -> None:
    meeting_id = running_meeting(vault, signed_case(vault))
    item = item_of(vault, meeting_id, "welcome")
    command = ConfirmNoted(meeting_id=meeting_id, agenda_id=item, code="distribution")

    confirm_noted(command, vault=vault)
    confirm_noted(replace(command, code="plain_summary"), vault=vault)
    confirm_noted(replace(command, is_confirmed=False), vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    kept = {one.id: one.confirmed for one in room_of(vault, meeting_id).agenda}
    assert kept[item] == frozenset({"plain_summary"})
    assert refused(lambda: confirm_noted(command, vault=vault)) == ("meeting", "held")
