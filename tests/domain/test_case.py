"""The phases of a case are those of the catalogue, and it is in one of them on each day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from trygga_desktop.domain.case import Case, Cause, Phase, PhaseStep, phase_reason
from trygga_desktop.domain.reasons import Reason

# The codes of `programmes.toml`, table `phase`, in its order. They are stored: none is renamed.
CODES = [
    "referral",
    "assessment",
    "information_and_consent",
    "mapping",
    "plan_meeting",
    "follow_up",
    "closing",
    "long_term_follow_up",
    "paused",
    "declined",
    "below_threshold",
    "closed",
]


def test_a_case_is_in_one_of_the_catalogues_phases_and_in_no_other() -> None:
    assert [phase.value for phase in Phase] == CODES


OPENED = date(2026, 2, 2)
MAPPED, PAUSED = date(2026, 3, 3), date(2026, 9, 9)
CASE = Case(
    id=UUID(int=41),
    phase=Phase.PAUSED,
    case_number="",
    registry_number="",
    opened_on=OPENED,
    steps=(
        PhaseStep(phase=Phase.MAPPING, on=MAPPED),
        PhaseStep(phase=Phase.PLAN_MEETING, on=PAUSED),
        PhaseStep(phase=Phase.PAUSED, on=PAUSED, cause=Cause.FOLLOWS_CONSENT),
    ),
)


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date.min, Phase.REFERRAL),
        (OPENED, Phase.REFERRAL),
        (MAPPED - timedelta(days=1), Phase.REFERRAL),
        (MAPPED, Phase.MAPPING),
        (PAUSED - timedelta(days=1), Phase.MAPPING),
        (PAUSED, Phase.PAUSED),
        (date.max, Phase.PAUSED),
    ],
)
def test_a_case_was_on_each_day_in_the_phase_of_its_last_step_until_then(
    day: date, phase: Phase
) -> None:
    assert CASE.phase_on(day).phase is phase


def test_a_case_without_steps_was_referred_when_it_was_opened() -> None:
    first = replace(CASE, steps=()).phase_on(MAPPED)

    assert first == PhaseStep(phase=Phase.REFERRAL, on=OPENED, cause=Cause.DECIDED)


def test_a_step_says_whether_it_was_decided_or_follows_from_the_consents() -> None:
    assert CASE.phase_on(PAUSED).cause is Cause.FOLLOWS_CONSENT
    assert CASE.phase_on(MAPPED).cause is Cause.DECIDED


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_in_which_nothing_is_shared_says_which_it_is(phase: Phase) -> None:
    of_its_own = {Phase.CLOSED: Reason.CASE_CLOSED, Phase.PAUSED: Reason.CASE_PAUSED}

    assert phase_reason(phase) is of_its_own.get(phase, Reason.PHASE_NOT_OPEN)
    assert not phase_reason(phase).allows
