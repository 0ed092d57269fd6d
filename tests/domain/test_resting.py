"""What was promised rests while no consent covers it, is never late then, and wakes afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.chains import YES, signed, taken_back
from tests.domain.facts import BOARD, GUARDIAN, POLICE, SCHOOL, SECOND, SUBJECT
from tests.domain.test_circumstances import facts
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.domain.consent_events import Happening
from trygga_desktop.domain.resting import Resting

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)
PROMISED = FIRST + timedelta(days=10)
SIGNERS = (SUBJECT, GUARDIAN, SECOND)
FAMILY = None


def cells(*organisations: UUID) -> frozenset[Cell]:
    return frozenset(
        Cell(organisation_id=one, category="plan", direction=direction)
        for one in (BOARD, *organisations)
        for direction in Direction
    )


def all_sign(first: date, last: date, *organisations: UUID) -> list[Happening]:
    yes = replace(YES, programme="sspf", cells=cells(*organisations))
    return [replace(signed(first, last, yes=yes), signer=one) for one in SIGNERS]


def promise(organisation_id: UUID | None, **fields: object) -> Commitment:
    made = Commitment(
        id=UUID(int=700),
        case_id=UUID(int=1),
        responsible="Maria Lind",
        organisation_id=organisation_id,
        due_on=PROMISED,
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # one field of each type


def rests(
    happenings: Sequence[Happening],
    organisation_id: UUID | None,
    on: date,
    *,
    promised_on: date = PROMISED,
) -> bool:
    resting = Resting(facts(happenings))
    return resting.rests(promise(organisation_id), promised_on=promised_on, on=on)


@pytest.mark.parametrize("whose", [SCHOOL, POLICE, BOARD, FAMILY])
def test_nothing_rests_while_a_consent_covers_it(whose: UUID | None) -> None:
    assert not rests(all_sign(FIRST, LAST, SCHOOL, POLICE), whose, LAST)


@pytest.mark.parametrize("whose", [SCHOOL, BOARD, FAMILY])
def test_nothing_rests_that_no_consent_ever_covered(whose: UUID | None) -> None:
    assert not rests([], whose, LAST)
    assert not rests(all_sign(FIRST, LAST, POLICE), SCHOOL, LAST)


@pytest.mark.parametrize("whose", [SCHOOL, BOARD, FAMILY])
def test_what_one_withdraws_whole_rests_from_that_day(whose: UUID | None) -> None:
    day = PROMISED + timedelta(days=5)
    happenings = [*all_sign(FIRST, LAST, SCHOOL), taken_back(day, signer=SECOND)]

    assert not rests(happenings, whose, day - timedelta(days=1))
    assert rests(happenings, whose, day)
    assert rests(happenings, whose, LAST)


def test_of_an_agency_that_is_taken_back_alone_only_its_own_rests() -> None:
    day = PROMISED + timedelta(days=5)
    taken = taken_back(day, POLICE, signer=SECOND)
    happenings = [*all_sign(FIRST, LAST, SCHOOL, POLICE), taken]

    found = {whose: rests(happenings, whose, day) for whose in (SCHOOL, POLICE, BOARD, FAMILY)}

    assert found == {SCHOOL: False, POLICE: True, BOARD: False, FAMILY: False}


def test_what_rests_when_a_consent_runs_out_wakes_when_the_next_begins() -> None:
    out, anew = PROMISED + timedelta(days=20), PROMISED + timedelta(days=23)
    happenings = [
        *all_sign(FIRST, out, SCHOOL, POLICE),
        *all_sign(anew, LAST, SCHOOL),
    ]
    days = [out, out + timedelta(days=1), anew - timedelta(days=1), anew]

    assert [rests(happenings, SCHOOL, day) for day in days] == [False, True, True, False]
    assert [rests(happenings, FAMILY, day) for day in days] == [False, True, True, False]
    # Whom the new one leaves out waits on.
    assert [rests(happenings, POLICE, day) for day in days] == [False, True, True, True]


def test_what_is_promised_while_nothing_covers_it_rests_on_something_else() -> None:
    out = FIRST + timedelta(days=5)
    happenings = all_sign(FIRST, out, SCHOOL)

    assert not rests(happenings, SCHOOL, LAST, promised_on=out + timedelta(days=2))


def test_what_was_promised_at_the_meeting_at_which_it_was_taken_back_rests() -> None:
    happenings = [*all_sign(FIRST, LAST, SCHOOL), taken_back(PROMISED, signer=SECOND)]

    assert rests(happenings, SCHOOL, PROMISED)


def test_what_is_over_does_not_rest() -> None:
    happenings = [*all_sign(FIRST, LAST, SCHOOL), taken_back(PROMISED, signer=SECOND)]
    done = CommitmentChange(state=CommitmentState.DONE, on=PROMISED)
    resting = Resting(facts(happenings))

    assert not resting.rests(promise(SCHOOL, changes=(done,)), promised_on=PROMISED, on=LAST)


def test_one_of_which_nobody_knows_when_it_was_promised_stays_as_it_is() -> None:
    happenings = [*all_sign(FIRST, LAST, SCHOOL), taken_back(PROMISED, signer=SECOND)]
    made = promise(SCHOOL)

    assert Resting(facts(happenings)).as_they_stand([made], {}, LAST) == [made]


DAYS = st.integers(0, (LAST - FIRST).days).map(lambda days: FIRST + timedelta(days=days))
STRETCHES = st.lists(st.tuples(DAYS, DAYS), max_size=3)


@given(
    stretches=STRETCHES,
    taken=st.lists(DAYS, max_size=2),
    whose=st.sampled_from([SCHOOL, POLICE, BOARD, FAMILY]),
    day=DAYS,
)
def test_nothing_is_lost_late_or_closed_by_resting_and_a_new_consent_wakes_it(
    stretches: list[tuple[date, date]], taken: list[date], whose: UUID | None, day: date
) -> None:
    happenings: list[Happening] = []
    for one, other in sorted((min(pair), max(pair)) for pair in stretches):
        happenings += all_sign(one, other, SCHOOL, POLICE)
    happenings += [taken_back(one, signer=SECOND) for one in sorted(taken)]
    made = [promise(whose), promise(POLICE, id=UUID(int=701))]
    promised = {one.id: PROMISED for one in made}

    found = Resting(facts(happenings)).as_they_stand(made, promised, day)

    assert [one.id for one in found] == [one.id for one in made]
    assert all(one.state.is_open for one in found)
    assert not any(one.is_resting and one.is_late_on(LAST) for one in found)
    # What is shown so is what is stored, but for that it rests.
    assert [replace(one, changes=()) for one in found] == made
    again = [*happenings, *all_sign(LAST + timedelta(days=1), date(2027, 2, 1), SCHOOL, POLICE)]
    later = Resting(facts(again)).as_they_stand(made, promised, LAST + timedelta(days=2))
    assert later == made
