"""Who has to do with a case on which day, and who has custody."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import DAY, GUARDIAN, OTHER_GUARDIAN, POLICE, SCHOOL, SUBJECT
from trygga_desktop.domain.parties import (
    Custody,
    Party,
    PartyRole,
    guardians_on,
    organisations_of,
)

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
PARENT = Party(id=GUARDIAN, role=PartyRole.GUARDIAN, since=BEFORE, custody=Custody.JOINT)
TEACHER = Party(
    id=UUID(int=51),
    role=PartyRole.PROFESSIONAL,
    since=BEFORE,
    contact_id=UUID(int=61),
    organisation_id=SCHOOL,
)
DAYS = st.dates()


@pytest.mark.parametrize(
    "changes",
    [
        {"role": PartyRole.GUARDIAN},
        {"organisation_id": None},
        {"contact_id": None},
        {"organisation_id": None, "contact_id": None},
    ],
)
def test_a_professional_speaks_for_an_organisation_and_stands_in_the_directory(
    changes: Mapping[str, Any],
) -> None:
    with pytest.raises(ValueError, match=r"neither|directory"):
        replace(TEACHER, **changes)


@pytest.mark.parametrize("role", [one for one in PartyRole if one is not PartyRole.PROFESSIONAL])
@pytest.mark.parametrize("changes", [{"organisation_id": SCHOOL}, {"contact_id": UUID(int=61)}])
def test_whoever_is_family_has_a_second_place_for_their_work(
    role: PartyRole, changes: Mapping[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"neither|directory"):
        replace(PARENT, role=role, **changes)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (BEFORE, None, True),
        (DAY, None, True),
        (AFTER, None, False),
        (BEFORE, AFTER, True),
        (BEFORE, DAY, False),
        (DAY, DAY, False),
        (AFTER, BEFORE, False),
    ],
)
def test_the_first_day_counts_and_the_day_of_leaving_does_not(
    since: date, until: date | None, *, holds: bool
) -> None:
    assert replace(PARENT, since=since, until=until).holds_on(DAY) is holds


@pytest.mark.parametrize(
    ("party", "has_custody"),
    [
        (PARENT, True),
        (replace(PARENT, custody=Custody.SOLE), True),
        (replace(PARENT, role=PartyRole.APPOINTED_GUARDIAN), True),
        (replace(PARENT, custody=Custody.NONE), False),
        (replace(PARENT, until=DAY), False),
        (replace(PARENT, since=AFTER), False),
        (replace(PARENT, role=PartyRole.RELATIVE), False),
        (replace(PARENT, role=PartyRole.SUBJECT_PERSON), False),
        (TEACHER, False),
        (replace(TEACHER, custody=Custody.SOLE), False),
    ],
)
def test_only_a_guardian_with_a_part_of_the_custody_has_it(
    party: Party, *, has_custody: bool
) -> None:
    assert party.has_custody_on(DAY) is has_custody
    assert guardians_on([party], DAY) == ({party.id} if has_custody else set())


def test_everyone_with_custody_that_day_is_a_guardian() -> None:
    other = replace(PARENT, id=OTHER_GUARDIAN, since=AFTER)

    assert guardians_on([PARENT, other, TEACHER], DAY) == {GUARDIAN}
    assert guardians_on([PARENT, other, TEACHER], AFTER) == {GUARDIAN, OTHER_GUARDIAN}
    assert guardians_on([], DAY) == set()


@given(DAYS, st.none() | DAYS, DAYS)
def test_nobody_has_custody_on_a_day_without_a_place(
    since: date, until: date | None, day: date
) -> None:
    party = replace(PARENT, since=since, until=until)

    assert party.has_custody_on(day) is party.holds_on(day)
    assert not replace(party, custody=Custody.NONE).has_custody_on(day)


def test_an_organisation_has_a_place_also_when_its_professional_has_left() -> None:
    left = replace(TEACHER, id=UUID(int=52), organisation_id=POLICE, until=BEFORE)
    subject = Party(id=SUBJECT, role=PartyRole.SUBJECT_PERSON, since=BEFORE)

    assert organisations_of([TEACHER, left, PARENT, subject]) == {SCHOOL, POLICE}
    assert organisations_of([PARENT]) == set()
