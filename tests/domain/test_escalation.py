"""What is late at meetings in a row, or for hours in the acute stage, is to be raised."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.facts import DAY
from tests.domain.test_commitments import became, promised
from trygga_desktop.domain.commitments import Commitment, CommitmentState, Raised
from trygga_desktop.domain.escalation import (
    EscalationRule,
    ToRaise,
    find_to_raise,
    times_late_in_a_row,
)
from trygga_desktop.i18n import STOCKHOLM

SSPF = CATALOGUE.programme("sspf").escalation
LEAVERS = CATALOGUE.programme("leavers").escalation
NOON = time(12, 0)
WHO = UUID(int=1)


def at(days: int, hour: time = NOON) -> datetime:
    return datetime.combine(DAY + timedelta(days=days), hour, STOCKHOLM)


def raised(days: int, hour: time = NOON) -> Raised:
    return Raised(at=at(days, hour), to="steering_group", by=WHO)


def found(
    commitment: Commitment, *met: int, now: datetime | None = None, acute: bool = False
) -> ToRaise | None:
    return find_to_raise(
        commitment,
        LEAVERS if acute else SSPF,
        met_at=[at(one) for one in met],
        is_acute=acute,
        now=now or at(30),
        zone=STOCKHOLM,
    )


@pytest.mark.parametrize(
    "commitment",
    [
        promised(became(CommitmentState.DONE, DAY + timedelta(days=9))),
        promised(became(CommitmentState.NOT_DONE, DAY + timedelta(days=9))),
        promised(became(CommitmentState.FROZEN, DAY + timedelta(days=9))),
    ],
)
@pytest.mark.parametrize("acute", [False, True])
def test_what_is_over_or_waits_for_a_consent_is_never_raised(
    commitment: Commitment, acute: bool
) -> None:
    assert found(commitment, 1, 2, 3, acute=acute) is None


@pytest.mark.parametrize("met", [(), (-3, -1), (0,), (1,), (-2, 1)])
def test_what_was_late_at_fewer_meetings_is_not_raised(met: tuple[int, ...]) -> None:
    assert found(promised(), *met) is None


def test_what_was_late_at_as_many_meetings_in_a_row_is_raised() -> None:
    told = found(promised(), -2, 1, 8)
    assert told == ToRaise(
        rule=EscalationRule.MEETINGS, times=2, late_from=at(1, time.min), by=None
    )


def test_another_last_day_does_not_undo_that_it_was_late_at_the_meeting_that_agreed_on_it() -> None:
    moved = promised(
        became(CommitmentState.DOING, DAY + timedelta(days=1), DAY + timedelta(days=5)),
        became(CommitmentState.DOING, DAY + timedelta(days=8), DAY + timedelta(days=60)),
    )
    told = found(moved, 1, 8)
    assert told is not None
    assert told.times == 2
    # A meeting at which it was in time stands between.
    assert found(moved, 1, 4, 8) is None


def test_a_meeting_that_is_still_to_come_does_not_count() -> None:
    assert found(promised(), 1, 8, now=at(5)) is None


def test_what_was_raised_waits_for_as_many_meetings_more() -> None:
    told = replace(promised(), raised=(raised(8, time(18, 0)),))
    assert found(told, 1, 8) is None
    assert found(told, 1, 8, 15) is None
    assert found(told, 1, 8, 15, 22) is not None


def test_in_the_acute_stage_it_is_to_be_raised_within_the_hours_from_when_it_became_late() -> None:
    late = at(1, time.min)
    assert found(promised(), acute=True, now=late - timedelta(seconds=1)) is None
    told = found(promised(), acute=True, now=late)
    assert told == ToRaise(
        rule=EscalationRule.HOURS, times=0, late_from=late, by=late + timedelta(hours=24)
    )


@pytest.mark.parametrize(
    ("due_on", "until"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 25, 11, 0, tzinfo=STOCKHOLM)),
        (date(2026, 3, 28), datetime(2026, 3, 29, 13, 0, tzinfo=STOCKHOLM)),
    ],
)
def test_hours_are_hours_also_when_the_clocks_change(due_on: date, until: datetime) -> None:
    at_noon = replace(promised(), due_on=due_on, due_at=NOON)
    told = found(at_noon, now=until, acute=True)
    assert told is not None
    assert told.by == until
    assert told.by is not None
    assert told.by.astimezone(UTC) - told.late_from.astimezone(UTC) == timedelta(hours=24)


def test_with_an_hour_it_is_late_from_that_hour_on() -> None:
    by_hour = replace(promised(), due_at=time(14, 30))
    assert found(by_hour, acute=True, now=at(0, time(14, 29))) is None
    told = found(by_hour, acute=True, now=at(0, time(14, 30)))
    assert told is not None
    assert told.by == at(1, time(14, 30))


def test_what_was_raised_in_the_acute_stage_is_raised_again_only_once_it_is_late_anew() -> None:
    told = replace(promised(), raised=(raised(2),))
    assert found(told, acute=True, now=at(9)) is None
    moved = replace(
        told,
        changes=(became(CommitmentState.DOING, DAY + timedelta(days=3), DAY + timedelta(days=5)),),
    )
    assert found(moved, acute=True, now=at(5)) is None
    assert found(moved, acute=True, now=at(6)) is not None


def test_the_last_day_of_the_calendar_has_an_end() -> None:
    assert promised(due_on=date.max).late_from(STOCKHOLM).date() == date.max


def test_what_the_family_promised_is_never_raised() -> None:
    assert found(replace(promised(), organisation_id=None), 1, 8, acute=True) is None
    assert found(replace(promised(), organisation_id=None), 1, 8) is None


DAYS = st.integers(min_value=-40, max_value=40)


@given(met=st.sets(DAYS, max_size=8), earlier=DAYS)
def test_it_never_was_late_at_more_meetings_than_were_held_after_its_last_day(
    met: set[int], earlier: int
) -> None:
    after = [one for one in met if one > 0]
    times = times_late_in_a_row(promised(), [at(one) for one in met], STOCKHOLM)
    assert times == len(after)
    # One more meeting before it was late changes nothing.
    more = [at(one) for one in {*met, -abs(earlier)}]
    assert times_late_in_a_row(promised(), more, STOCKHOLM) == times


@given(met=st.sets(DAYS, max_size=8), now=DAYS, acute=st.booleans())
def test_raising_it_always_takes_it_off_the_list(met: set[int], now: int, acute: bool) -> None:
    moment = at(now, time(18, 0))
    told = replace(promised(), raised=(Raised(at=moment, to="manager", by=WHO),))
    assert found(told, *met, now=moment, acute=acute) is None
