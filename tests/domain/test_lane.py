"""In the acute lane it goes by hours, from the moment at which a case came into it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.facts import CASE, ITEM
from trygga_desktop.domain.case import StageStep
from trygga_desktop.domain.lane import (
    ACUTE,
    ORDINARY,
    is_acute,
    lane_clock,
    next_stages,
    proposed_template,
)
from trygga_desktop.domain.meeting import Meeting, MeetingState

NOW = datetime(2026, 1, 12, 14, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEAVERS, SIG, SSPF = (CATALOGUE.programme(one) for one in ("leavers", "sig", "sspf"))


def step(stage: str = ACUTE, met_at: datetime | None = None) -> StageStep:
    return StageStep(stage=stage, at=NOW, by=UUID(int=1), words="Hot", met_at=met_at)


def meeting(began_at: datetime | None, state: MeetingState = MeetingState.HELD) -> Meeting:
    return Meeting(
        id=ITEM,
        case_id=CASE,
        number=1,
        template="leavers_acute",
        starts_at=NOW,
        minutes=45,
        state=state,
        began_at=began_at,
    )


@pytest.mark.parametrize("stage", [ORDINARY, ACUTE, "stabilising", "independence"])
def test_a_programme_without_hours_is_never_acute(stage: str) -> None:
    assert not is_acute(SSPF, stage)
    assert not is_acute(None, stage)
    assert lane_clock(SSPF, step(stage), []) is None
    assert lane_clock(None, step(stage), []) is None


def test_no_hours_run_before_a_case_was_put_there_or_after_it_was_taken_out() -> None:
    assert lane_clock(LEAVERS, None, []) is None
    assert lane_clock(LEAVERS, step("stabilising"), []) is None
    assert lane_clock(SIG, step(ORDINARY), []) is None


@pytest.mark.parametrize(("programme", "hours"), [(LEAVERS, 24), (SIG, 48)])
def test_the_hours_of_the_programme_run_from_when_the_case_was_put_there(
    programme: object, hours: int
) -> None:
    clock = lane_clock(programme, step(), [])  # type: ignore[arg-type]  # a programme
    assert clock is not None
    assert clock.until == NOW + hours * HOUR
    assert clock.left(NOW + HOUR) == (hours - 1) * HOUR
    assert clock.left(NOW + (hours + 1) * HOUR) == -HOUR
    assert clock.met_at is None


def test_a_meeting_counts_from_when_it_began_and_only_since_the_case_is_acute() -> None:
    before, after = meeting(NOW - HOUR), meeting(NOW + 3 * HOUR)
    planned, off = meeting(None), meeting(NOW + HOUR, MeetingState.CANCELLED)
    for meetings, met_at in (
        ([before, planned, off], None),
        ([before, after], NOW + 3 * HOUR),
    ):
        clock = lane_clock(LEAVERS, step(), meetings)
        assert clock is not None
        assert clock.met_at == met_at


def test_whatever_came_first_counts_a_contact_or_a_meeting() -> None:
    clock = lane_clock(LEAVERS, step(met_at=NOW + HOUR), [meeting(NOW + 3 * HOUR)])
    assert clock is not None
    assert clock.met_at == NOW + HOUR


@pytest.mark.parametrize(
    ("programme", "stage", "ways"),
    [
        (LEAVERS, ORDINARY, (ACUTE, "stabilising", "independence")),
        (LEAVERS, ACUTE, ("stabilising", "independence")),
        # Nobody goes one way only: what was stable can become acute once more.
        (LEAVERS, "independence", (ACUTE, "stabilising")),
        (SIG, ORDINARY, (ACUTE,)),
        (SIG, ACUTE, (ORDINARY,)),
        (SSPF, ORDINARY, ()),
    ],
)
def test_a_case_may_come_into_any_other_stage_of_its_programme(
    programme: object, stage: str, ways: tuple[str, ...]
) -> None:
    assert next_stages(programme, stage) == ways  # type: ignore[arg-type]  # a programme


@pytest.mark.parametrize(
    ("programme", "stage", "template"),
    [
        (LEAVERS, ORDINARY, "leavers_acute"),
        (LEAVERS, ACUTE, "leavers_acute"),
        (LEAVERS, "stabilising", "leavers_follow_up"),
        (SIG, ACUTE, "sig"),
        (SSPF, ORDINARY, "sspf_family"),
    ],
)
def test_the_acute_meeting_is_proposed_in_the_acute_stage(
    programme: object, stage: str, template: str
) -> None:
    assert proposed_template(programme, stage) == template  # type: ignore[arg-type]  # a programme
