"""Whom consents and decisions let come to a meeting, and until when."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.domain.facts import (
    ATTENDANCE,
    DAY,
    GIVEN,
    GUARDIANS_YES,
    NO,
    POLICE,
    SCHOOL,
    YES,
    signed,
)
from trygga_desktop.domain.ground_use import GroundUse, UsedGround
from trygga_desktop.domain.invitation import find_covered, find_decided
from trygga_desktop.domain.reasons import Reason

USE = GroundUse(
    id=UUID(int=71),
    ground="police_prevention",
    giver=SCHOOL,
    category="attendance",
    items=frozenset({ATTENDANCE.id}),
    recipients=frozenset({POLICE}),
    answers=(),
    decided_by="Eva Lund",
    motive="To prevent a crime.",
    until=DAY,
)


def test_nobody_is_covered_before_everyone_has_signed() -> None:
    assert find_covered(signed(YES, None)) == {}
    assert find_covered(signed(NO)) == {}
    assert find_covered(replace(GIVEN, required=frozenset())) == {}


def test_whoever_gives_only_and_whose_consent_has_ended_is_not_covered() -> None:
    assert SCHOOL not in find_covered(GIVEN)
    assert find_covered(replace(GIVEN, on=YES.valid_to + timedelta(days=1))) == {}


def test_the_cover_ends_with_the_consent_that_ends_first() -> None:
    sooner = replace(GUARDIANS_YES, valid_to=date(2026, 12, 31))

    assert find_covered(GIVEN) == {POLICE: YES.valid_to}
    assert find_covered(signed(YES, sooner)) == {POLICE: date(2026, 12, 31)}


@pytest.mark.parametrize(
    "ground",
    [
        UsedGround(use=USE, flaw=Reason.GROUND_EXPIRED),
        UsedGround(use=USE, names_nobody=True),
        UsedGround(use=replace(USE, until=DAY - timedelta(days=1))),
    ],
)
def test_a_decision_that_opens_nothing_to_them_calls_nobody(ground: UsedGround) -> None:
    assert find_decided(replace(GIVEN, grounds=(ground,))) == frozenset()


def test_a_decision_that_holds_to_the_end_of_today_calls_whom_it_names() -> None:
    assert find_decided(replace(GIVEN, grounds=(UsedGround(use=USE),))) == {POLICE}
