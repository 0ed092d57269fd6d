"""The phases of a case are those of the catalogue, and it is in one of them on each day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from trygga_desktop.domain.case import (
    Case,
    Cause,
    Phase,
    PhaseStep,
    is_without_names,
    phase_reason,
    says_the_name,
)
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


NAMED = (
    Phase.INFORMATION_AND_CONSENT,
    Phase.MAPPING,
    Phase.PLAN_MEETING,
    Phase.FOLLOW_UP,
    Phase.CLOSING,
    Phase.LONG_TERM_FOLLOW_UP,
)


def without(*phases: Phase) -> bool:
    """Return whether a case that has gone through these is spoken of without the name."""
    return is_without_names(PhaseStep(phase=one, on=OPENED) for one in phases)


@pytest.mark.parametrize("phase", [one for one in Phase if one not in NAMED])
def test_nothing_but_a_phase_of_the_named_case_ends_the_conversation_without_names(
    phase: Phase,
) -> None:
    assert without(Phase.REFERRAL, Phase.ASSESSMENT, phase)
    assert not says_the_name(phase)


@pytest.mark.parametrize("phase", NAMED)
def test_a_phase_of_the_named_case_ends_it_and_a_pause_of_that_says_the_name_still(
    phase: Phase,
) -> None:
    assert says_the_name(phase)
    assert not without(Phase.ASSESSMENT, phase)
    assert not without(Phase.ASSESSMENT, phase, Phase.PAUSED)
    assert without(Phase.ASSESSMENT, phase, Phase.CLOSED, Phase.REFERRAL, Phase.ASSESSMENT)


def test_a_case_that_never_was_in_the_assessment_goes_by_name() -> None:
    assert not without()
    assert not without(Phase.REFERRAL, Phase.PAUSED)


def test_the_steps_by_a_day_are_those_that_had_happened_the_first_if_none_had() -> None:
    assert CASE.steps_on(date.min) == (PhaseStep(phase=Phase.REFERRAL, on=OPENED),)
    assert CASE.steps_on(MAPPED) == CASE.steps[:1]
    assert CASE.steps_on(PAUSED) == CASE.steps
