"""A meeting in parts: who was in the room through each of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant, Presence
from trygga_desktop.domain.meeting import PresenceChange as Change
from trygga_desktop.domain.receipts import Stretch, stretches_of

BEGAN = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
ENDED = BEGAN + timedelta(hours=1)
ANNA, BO, CLARA = (UUID(int=n) for n in (1, 2, 3))
_EARLY = BEGAN - timedelta(minutes=5)


def after(minutes: int) -> datetime:
    return BEGAN + timedelta(minutes=minutes)


def somebody(participant: UUID, *changes: Change) -> Participant:
    return Participant(id=participant, name="X", functions=frozenset(), changes=changes)


def meeting(*participants: Participant) -> Meeting:
    return Meeting(
        id=UUID(int=9),
        case_id=UUID(int=8),
        number=1,
        template="sspf",
        starts_at=BEGAN,
        minutes=60,
        state=MeetingState.HELD,
        began_at=BEGAN,
        ended_at=ENDED,
        participants=participants,
    )


THROUGHOUT = somebody(ANNA, Change(presence=Presence.HERE, at=_EARLY))


def test_a_meeting_that_has_not_begun_has_no_parts() -> None:
    planned = replace(meeting(THROUGHOUT), began_at=None, ended_at=None)

    assert stretches_of(planned, until=ENDED) == ()


def test_whoever_never_came_is_in_no_part() -> None:
    absent = somebody(BO, Change(presence=Presence.ABSENT, at=_EARLY))

    (whole,) = stretches_of(meeting(THROUGHOUT, absent, somebody(CLARA)), until=ENDED)

    assert whole == Stretch(since=BEGAN, until=ENDED, participants=frozenset({ANNA}))


def test_a_new_part_begins_whenever_somebody_comes_or_goes() -> None:
    late = somebody(
        BO,
        Change(presence=Presence.REMOTE, at=after(10)),
        Change(presence=Presence.OUTSIDE, at=after(20)),
    )

    found = stretches_of(meeting(THROUGHOUT, late), until=ENDED)

    assert [(one.since, set(one.participants)) for one in found] == [
        (BEGAN, {ANNA}),
        (after(10), {ANNA, BO}),
        (after(20), {ANNA}),
    ]
    assert found[-1].until == ENDED


def test_who_leaves_after_the_end_was_there_to_the_end() -> None:
    change = Change(presence=Presence.GONE, at=after(61))
    stayed = replace(THROUGHOUT, changes=(*THROUGHOUT.changes, change))

    (whole,) = stretches_of(meeting(stayed), until=ENDED)

    assert whole.participants == {ANNA}


def test_a_cut_within_the_meeting_parts_it_and_one_outside_does_not() -> None:
    found = stretches_of(meeting(THROUGHOUT), until=ENDED, cuts=[_EARLY, after(30), after(90)])

    assert [one.since for one in found] == [BEGAN, after(30)]


def test_a_running_meeting_reaches_to_the_moment_of_the_question() -> None:
    running = replace(meeting(THROUGHOUT), state=MeetingState.RUNNING, ended_at=None)

    (whole,) = stretches_of(running, until=after(15))

    assert whole.until == after(15)
