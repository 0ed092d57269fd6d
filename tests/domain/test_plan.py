"""Laws of plans: what desk and meeting write is combined, compared, and never lost."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.follow_up import DueState, days_old, due_state, times_carried
from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.plan import (
    Difference,
    LineKind,
    OwnRating,
    PlanLine,
    combine,
    compare,
    find_line_flaw,
    latest_ratings,
    promise_the_same,
    put_back,
    stands_as_agreed,
)

DAY = date(2026, 11, 26)
WORDS = st.sampled_from(["bli ledare", "sova", "ringa", "skriva"])


def line(number: int, words: str = "x") -> PlanLine:
    return PlanLine(id=UUID(int=number), kind=LineKind.GOAL, words=words)


@st.composite
def changed(draw: st.DrawFn, base: Sequence[PlanLine], first_new: int) -> tuple[PlanLine, ...]:
    """Return lines after somebody took some away, wrote over some, and added some."""
    kept = [one for one in base if draw(st.booleans())]
    written = [replace(one, words=draw(WORDS)) if draw(st.booleans()) else one for one in kept]
    new = [line(first_new + place, draw(WORDS)) for place in range(draw(st.integers(0, 3)))]
    return tuple(draw(st.permutations([*written, *new])))


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[PlanLine, ...], ...]:
    base = tuple(line(place, draw(WORDS)) for place in range(draw(st.integers(0, 5))))
    return base, draw(changed(base, 100)), draw(changed(base, 200))


@given(histories())
def test_nothing_that_was_written_on_either_side_is_lost(
    history: tuple[tuple[PlanLine, ...], ...],
) -> None:
    base, desk, newest = history
    joined = combine(base, desk, newest, new_id=uuid4)
    before = {one.id: one for one in base}
    said = {(one.id, one.words) for one in joined}
    said |= {(one.clashes_with, one.words) for one in joined if one.clashes_with is not None}
    for one in (*desk, *newest):
        is_written = before.get(one.id) is None or before[one.id] != one
        assert not is_written or (one.id, one.words) in said


@given(histories())
def test_a_combined_plan_names_no_line_twice(history: tuple[tuple[PlanLine, ...], ...]) -> None:
    base, desk, newest = history
    ids = [one.id for one in combine(base, desk, newest, new_id=uuid4)]
    assert len(set(ids)) == len(ids)


@given(histories())
def test_where_one_side_did_nothing_the_other_side_is_the_plan(
    history: tuple[tuple[PlanLine, ...], ...],
) -> None:
    base, desk, _ = history
    assert combine(base, desk, base, new_id=uuid4) == desk
    assert set(combine(base, base, desk, new_id=uuid4)) == set(desk)


@given(histories())
def test_what_is_put_back_is_there_and_the_rest_stays(
    history: tuple[tuple[PlanLine, ...], ...],
) -> None:
    base, desk, _ = history
    unseen = frozenset(one.id for one in base)
    found = put_back(desk, base, unseen)
    assert {one.id for one in found} == unseen | {one.id for one in desk}
    assert [one for one in found if one in desk] == list(desk)


@given(histories())
def test_each_line_of_both_versions_stands_once_in_a_comparison(
    history: tuple[tuple[PlanLine, ...], ...],
) -> None:
    before, after, _ = history
    rows = compare(before, after, alike=lambda one, other: one == other)
    assert [one.after for one in rows if one.after is not None] == list(after)
    assert {one.before.id for one in rows if one.before is not None} == {one.id for one in before}
    for row in rows:
        assert (row.difference is Difference.NEW) is (row.before is None)
        assert (row.difference is Difference.REMOVED) is (row.after is None)
        assert (row.difference is Difference.SAME) is (row.before == row.after)


@pytest.mark.parametrize(
    ("responsible", "due", "lack"),
    [(" ", DAY, Lack.RESPONSIBLE), ("Maria", None, Lack.DAY), ("Maria", DAY, None)],
)
def test_an_action_says_what_it_lacks(responsible: str, due: date | None, lack: Lack) -> None:
    action = replace(line(1), kind=LineKind.ACTION, responsible=responsible, due_on=due)
    assert action.lack is lack
    assert replace(action, kind=LineKind.NOTE).lack is None


def rating(on: date, school: int, minute: int) -> OwnRating:
    return OwnRating(
        id=uuid4(),
        case_id=UUID(int=1),
        on=on,
        said_by=UUID(int=2),
        values={"school": school},
        recorded_at=datetime(2026, 11, 26, 8, minute, tzinfo=UTC),
    )


HOUR = time(14, 30)
ACTION = replace(line(1, "ringa"), kind=LineKind.ACTION, due_on=DAY)


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"due_on": None, "due_at": HOUR}, ("due_at", "missing")),
        ({"new_due_at": HOUR}, ("new_due_at", "missing")),
        ({"kind": LineKind.GOAL, "due_at": HOUR}, ("due_at", "order")),
        ({"kind": LineKind.INSTRUMENT, "due_at": HOUR}, ("due_at", "order")),
        ({"kind": LineKind.STATE, "new_due": DAY, "new_due_at": HOUR}, ("new_due_at", "order")),
        ({"due_at": HOUR}, None),
        ({"due_at": HOUR, "new_due": DAY, "new_due_at": time(9)}, None),
        ({"kind": LineKind.NOTE, "due_at": HOUR}, None),
    ],
)
def test_an_hour_is_of_the_last_day_of_something_that_is_to_be_done(
    fields: dict[str, Any], flaw: tuple[str, str] | None
) -> None:
    assert find_line_flaw(replace(ACTION, **fields), frozenset()) == flaw


def test_at_another_hour_of_the_same_day_another_thing_is_promised() -> None:
    at_hour = replace(ACTION, due_at=HOUR)
    assert not promise_the_same(ACTION, at_hour)
    assert not promise_the_same(at_hour, replace(at_hour, due_at=time(9)))
    assert promise_the_same(at_hour, replace(ACTION, due_at=HOUR))


def test_a_day_that_is_proposed_has_its_own_hour_and_not_that_of_the_day_before_it() -> None:
    later = DAY + timedelta(days=1)
    agreed = replace(ACTION, due_at=HOUR)
    assert agreed.until == (DAY, HOUR)
    assert replace(agreed, new_due=later).until == (later, None)
    assert replace(agreed, new_due=DAY, new_due_at=time(9)).until == (DAY, time(9))


def test_what_was_written_at_two_desks_with_other_hours_stands_there_twice() -> None:
    desk, newest = (replace(ACTION, due_at=time(hour)) for hour in (9, 16))
    found = combine((ACTION,), (desk,), (newest,), new_id=lambda: UUID(int=9))
    assert [(one.due_at, one.clashes_with) for one in found] == [
        (time(16), None),
        (time(9), ACTION.id),
    ]


@pytest.mark.parametrize(
    ("kind", "changed", "stands"),
    [
        (LineKind.ACTION, {}, True),
        (LineKind.ACTION, {"area": "school", "goal_id": UUID(int=9)}, True),
        (LineKind.ACTION, {"words": "y"}, False),
        (LineKind.ACTION, {"due_on": DAY + timedelta(days=1)}, False),
        (LineKind.ACTION, {"new_due": DAY}, False),
        (LineKind.ACTION, {"new_follow_up": DAY}, False),
        (LineKind.GOAL, {"new_due": DAY}, True),
        (LineKind.GOAL, {"sign": "y"}, False),
        (LineKind.NOTE, {}, False),
    ],
)
def test_a_line_stands_as_it_was_agreed_on_while_it_says_the_same_and_proposes_nothing(
    kind: LineKind, changed: dict[str, Any], *, stands: bool
) -> None:
    agreed = replace(line(1), kind=kind, responsible="Maria Lind", due_on=DAY)

    assert stands_as_agreed(replace(agreed, **changed), agreed) is stands


def test_of_one_day_the_rating_that_was_recorded_last_counts() -> None:
    first, again = rating(DAY, 3, 1), rating(DAY, 4, 2)
    earlier = rating(DAY - timedelta(days=30), 2, 3)
    assert latest_ratings([again, earlier, first]) == (earlier, again)


@pytest.mark.parametrize("figure", [0, 11, -1])
def test_a_rating_off_the_scale_is_none(figure: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 10"):
        rating(DAY, figure, 1)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, DueState.OVERDUE),
        (0, DueState.DUE),
        (1, DueState.COMING),
        (14, DueState.COMING),
        (15, DueState.LATER),
    ],
)
def test_a_last_day_lies_behind_or_ahead(days: int, state: DueState) -> None:
    assert due_state(DAY + timedelta(days=days), DAY) is state


def test_a_commitment_is_counted_at_each_meeting_at_which_it_still_was_to_be_done() -> None:
    done = CommitmentChange(state=CommitmentState.DONE, on=DAY + timedelta(days=20))
    commitment = Commitment(
        id=UUID(int=1),
        case_id=UUID(int=2),
        responsible="Maria",
        organisation_id=None,
        due_on=DAY,
        changes=(done,),
    )
    met_on = [DAY + timedelta(days=days) for days in (0, 10, 20, 30)]
    assert times_carried(commitment, DAY, met_on) == 2
    assert days_old(DAY, DAY + timedelta(days=3)) == 3
    assert days_old(DAY, DAY - timedelta(days=3)) == 0
