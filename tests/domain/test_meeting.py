"""A meeting knows who is in its room, who was, how far it has come and who does what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import CASE, GUARDIAN, SCHOOL
from trygga_desktop.domain.meeting import (
    IN_THE_ROOM,
    AgendaItem,
    AgendaState,
    Function,
    Meeting,
    MeetingState,
    Participant,
    Presence,
    PresenceChange,
    RoleFlaw,
    find_role_flaws,
)

AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
CHAIR, SECRETARY = frozenset({Function.CHAIR}), frozenset({Function.SECRETARY})
GUEST = frozenset({Function.OBSERVER})


def somebody(
    number: int, *presences: Presence, functions: frozenset[Function] = GUEST
) -> Participant:
    """Return somebody who was here and there, one after the other."""
    return Participant(
        id=UUID(int=number),
        name=f"Nr {number}",
        functions=functions,
        changes=tuple(PresenceChange(presence=one, at=AT) for one in presences),
    )


def meeting(*participants: Participant, agenda: tuple[AgendaItem, ...] = ()) -> Meeting:
    """Return a meeting of these."""
    return Meeting(
        id=UUID(int=71),
        case_id=CASE,
        number=1,
        template="sssp",
        starts_at=AT,
        minutes=60,
        participants=participants,
        agenda=agenda,
    )


def agenda_item(number: int, state: AgendaState) -> AgendaItem:
    """Return an item of the agenda."""
    return AgendaItem(
        id=UUID(int=number), code="", title="", category="plan", minutes=5, state=state
    )


def test_nobody_sits_at_the_table_in_two_capacities() -> None:
    parent = replace(somebody(1), person_id=GUARDIAN)

    with pytest.raises(ValueError, match="two capacities"):
        replace(parent, organisation_id=SCHOOL)
    assert replace(parent, person_id=None, organisation_id=SCHOOL).organisation_id == SCHOOL


def test_whoever_has_not_come_is_expected_and_sees_nothing() -> None:
    expected = somebody(1)

    assert expected.presence is Presence.EXPECTED
    assert not expected.is_in_the_room
    assert not expected.was_in_the_room


@pytest.mark.parametrize(
    ("presences", "is_there", "was_there"),
    [
        ((Presence.EXPECTED,), False, False),
        ((Presence.HERE,), True, True),
        ((Presence.REMOTE,), True, True),
        ((Presence.OUTSIDE,), False, False),
        ((Presence.GONE,), False, False),
        ((Presence.ABSENT,), False, False),
        ((Presence.HERE, Presence.OUTSIDE), False, True),
        ((Presence.REMOTE, Presence.GONE), False, True),
        ((Presence.HERE, Presence.OUTSIDE, Presence.REMOTE), True, True),
        ((Presence.ABSENT, Presence.HERE), True, True),
    ],
)
def test_only_who_is_here_or_remote_is_in_the_room(
    presences: tuple[Presence, ...], *, is_there: bool, was_there: bool
) -> None:
    one = somebody(1, *presences)

    assert one.presence is presences[-1]
    assert one.is_in_the_room is is_there
    assert one.was_in_the_room is was_there
    assert meeting(one).room == ((one,) if is_there else ())
    assert meeting(one).attended == ((one,) if was_there else ())


@pytest.mark.parametrize(
    ("presences", "came", "left", "remote"),
    [
        ((), None, None, False),
        ((Presence.ABSENT, Presence.GONE), None, None, False),
        ((Presence.EXPECTED, Presence.HERE), 1, None, False),
        ((Presence.REMOTE, Presence.GONE), 0, 1, True),
        ((Presence.HERE, Presence.GONE, Presence.REMOTE), 0, None, True),
        ((Presence.OUTSIDE, Presence.HERE, Presence.OUTSIDE, Presence.GONE), 1, 3, False),
    ],
)
def test_when_somebody_came_and_left_and_whether_from_elsewhere_is_in_what_they_did(
    presences: tuple[Presence, ...], came: int | None, left: int | None, *, remote: bool
) -> None:
    times = [AT + timedelta(minutes=minute) for minute in range(len(presences))]
    changes = [
        PresenceChange(presence=one, at=at) for one, at in zip(presences, times, strict=True)
    ]
    one = replace(somebody(1), changes=tuple(changes))

    assert one.came_at == (None if came is None else times[came])
    assert one.left_at == (None if left is None else times[left])
    assert one.was_remote is remote


@pytest.mark.parametrize("state", MeetingState)
def test_a_meeting_that_was_held_or_called_off_is_over(state: MeetingState) -> None:
    found = replace(meeting(), state=state)

    assert found.is_over is (state in {MeetingState.HELD, MeetingState.CANCELLED})


def test_a_meeting_begins_when_it_began_or_is_to_begin() -> None:
    began = AT + timedelta(minutes=7)

    assert meeting().begins == AT
    assert replace(meeting(), began_at=began).begins == began


@given(st.lists(st.lists(st.sampled_from(Presence), max_size=3), max_size=4))
def test_everyone_in_the_room_attends(everyone: list[list[Presence]]) -> None:
    held = meeting(*(somebody(number, *each) for number, each in enumerate(everyone)))

    assert set(held.room) <= set(held.attended) <= set(held.participants)
    assert all(one.presence in IN_THE_ROOM for one in held.room)


def test_the_meeting_has_come_to_one_item_or_to_none() -> None:
    done, now = agenda_item(1, AgendaState.DONE), agenda_item(2, AgendaState.NOW)
    coming = agenda_item(3, AgendaState.COMING)

    assert meeting(agenda=(done, now, coming)).current == now
    assert meeting(agenda=(done, coming)).current is None
    assert meeting().current is None


def test_the_first_who_does_it_is_found_by_what_they_do() -> None:
    first, second = somebody(1, functions=CHAIR), somebody(2, functions=CHAIR | SECRETARY)

    assert meeting(first, second).with_function(Function.CHAIR) == first
    assert meeting(first, second).with_function(Function.SECRETARY) == second
    assert meeting(first, second).with_function(Function.INTERPRETER) is None


@pytest.mark.parametrize(
    ("functions", "flaws"),
    [
        ([], (RoleFlaw.NOBODY_INVITED,)),
        ([GUEST], (RoleFlaw.NO_CHAIR, RoleFlaw.NO_SECRETARY)),
        ([CHAIR], (RoleFlaw.NO_SECRETARY,)),
        ([SECRETARY], (RoleFlaw.NO_CHAIR,)),
        ([CHAIR | SECRETARY], (RoleFlaw.CHAIR_IS_SECRETARY,)),
        ([CHAIR | SECRETARY, CHAIR], (RoleFlaw.CHAIR_IS_SECRETARY,)),
        ([CHAIR, SECRETARY], ()),
        ([CHAIR, SECRETARY, GUEST], ()),
    ],
)
def test_what_is_odd_about_who_does_what_is_pointed_out(
    functions: list[frozenset[Function]], flaws: tuple[RoleFlaw, ...]
) -> None:
    everyone = [somebody(number, functions=each) for number, each in enumerate(functions)]

    assert find_role_flaws(everyone) == flaws
