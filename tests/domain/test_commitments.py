"""What was promised is open until somebody says how it went."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import CASE, DAY, ITEM, SCHOOL
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
OPEN = {CommitmentState.NOT_STARTED, CommitmentState.DOING, CommitmentState.FROZEN}


def promised(*changes: CommitmentChange, due_on: date = DAY) -> Commitment:
    """Return a commitment to which this happened."""
    return Commitment(
        id=ITEM,
        case_id=CASE,
        responsible="Lena Ek",
        organisation_id=SCHOOL,
        due_on=due_on,
        changes=changes,
    )


def became(state: CommitmentState, on: date = DAY, new_due: date | None = None) -> CommitmentChange:
    """Return that it came so far on a day."""
    return CommitmentChange(state=state, on=on, new_due=new_due)


# The codes of `action_status.toml`. They are stored: none is renamed.
def test_a_commitment_is_in_one_of_the_catalogues_states() -> None:
    assert [one.value for one in CommitmentState] == [
        "not_started",
        "doing",
        "done",
        "not_possible",
        "not_done",
        "changed",
        "frozen",
    ]


@pytest.mark.parametrize("state", CommitmentState)
def test_what_is_done_or_given_up_is_not_open(state: CommitmentState) -> None:
    assert state.is_open is (state in OPEN)
    assert promised(became(state)).state is state


def test_what_nobody_has_spoken_of_is_not_started_and_due_as_promised() -> None:
    assert promised().state is CommitmentState.NOT_STARTED
    assert promised().due == DAY


def test_the_day_last_agreed_counts() -> None:
    doing = CommitmentState.DOING
    moved = promised(became(doing, new_due=AFTER), became(doing), due_on=BEFORE)

    assert moved.due == AFTER
    assert promised(*moved.changes, became(doing, new_due=BEFORE)).due == BEFORE


@pytest.mark.parametrize("state", CommitmentState)
@pytest.mark.parametrize(("due", "has_passed"), [(BEFORE, True), (DAY, False), (AFTER, False)])
def test_only_what_is_open_after_its_last_day_is_late(
    state: CommitmentState, due: date, *, has_passed: bool
) -> None:
    late = promised(became(state), due_on=due).is_late_on(DAY)

    # What rests waits for a consent, and is nobody's omission.
    assert late is (has_passed and state in OPEN - {CommitmentState.FROZEN})


def test_a_day_that_was_moved_is_not_late_before_the_new_one() -> None:
    moved = promised(became(CommitmentState.DOING, new_due=AFTER), due_on=BEFORE)

    assert not moved.is_late_on(DAY)
    assert moved.is_late_on(AFTER + timedelta(days=1))


@pytest.mark.parametrize(
    ("changes", "was_open"),
    [
        ((), True),
        ((became(CommitmentState.DONE, DAY),), True),
        ((became(CommitmentState.DONE, AFTER),), True),
        ((became(CommitmentState.DONE, BEFORE),), False),
        ((became(CommitmentState.DOING, BEFORE),), True),
        ((became(CommitmentState.DONE, BEFORE), became(CommitmentState.DOING, BEFORE)), True),
        ((became(CommitmentState.FROZEN, BEFORE), became(CommitmentState.DONE, DAY)), True),
    ],
)
def test_what_was_open_on_a_day_was_so_before_what_happened_that_day(
    changes: tuple[CommitmentChange, ...], *, was_open: bool
) -> None:
    assert promised(*changes).was_open_on(DAY) is was_open


def test_as_of_a_day_it_is_as_that_day_left_it() -> None:
    doing, done = CommitmentState.DOING, CommitmentState.DONE
    moved = promised(became(doing, BEFORE), became(doing, DAY, AFTER), became(done, AFTER))

    told = [moved.as_of(one) for one in (BEFORE - timedelta(days=1), BEFORE, DAY, AFTER)]

    assert [one.state for one in told] == [CommitmentState.NOT_STARTED, doing, doing, done]
    assert [one.due for one in told] == [DAY, DAY, AFTER, AFTER]
    assert told[-1] == moved


@given(st.sampled_from(CommitmentState), st.dates(), st.dates())
def test_what_is_not_open_any_more_is_never_late(
    state: CommitmentState, due: date, day: date
) -> None:
    one = promised(became(state), due_on=due)

    assert not one.is_late_on(day) or (one.state.is_open and one.due < day)


def test_a_commitment_of_the_family_is_of_no_organisation() -> None:
    own = Commitment(
        id=UUID(int=9), case_id=CASE, responsible="Mamma", organisation_id=None, due_on=DAY
    )

    assert own.organisation_id is None
    assert own.is_late_on(AFTER)


DONE, NOT_DONE = CommitmentState.DONE, CommitmentState.NOT_DONE


@pytest.mark.parametrize(
    ("changes", "is_news"),
    [
        ((), False),
        ((became(CommitmentState.DOING, AFTER),), False),
        ((became(DONE, AFTER),), True),
        # It was on the table of the meeting of that day.
        ((became(DONE, DAY),), False),
        ((became(DONE, BEFORE),), False),
        ((became(DONE, BEFORE), became(NOT_DONE, DAY)), True),
        ((became(DONE, DAY), became(NOT_DONE, AFTER)), True),
        # That somebody says the same once more is no news.
        ((became(DONE, DAY), became(DONE, AFTER)), False),
        ((became(DONE, AFTER), became(CommitmentState.DOING, AFTER)), False),
    ],
)
def test_how_it_ended_is_news_after_a_meeting_that_could_not_hear_it(
    changes: tuple[CommitmentChange, ...], *, is_news: bool
) -> None:
    assert promised(*changes).has_ended_since(DAY) is is_news


def test_of_what_no_meeting_heard_any_end_is_news() -> None:
    assert promised(became(DONE, BEFORE)).has_ended_since(None)
    assert not promised().has_ended_since(None)


@pytest.mark.parametrize(
    ("changes", "waits"),
    [
        ((), True),
        ((became(CommitmentState.DOING, BEFORE),), True),
        ((became(CommitmentState.DOING, DAY),), False),
        ((became(CommitmentState.FROZEN, BEFORE),), False),
        ((became(DONE, BEFORE),), False),
    ],
)
def test_it_is_asked_about_from_its_day_until_somebody_tells_of_it(
    changes: tuple[CommitmentChange, ...], *, waits: bool
) -> None:
    asked = replace(promised(*changes, due_on=AFTER), follow_up_on=DAY)
    assert asked.waits_for_word_on(DAY) is waits
    assert not asked.waits_for_word_on(BEFORE)
    assert not promised(*changes).waits_for_word_on(DAY)
