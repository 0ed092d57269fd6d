"""What a withdrawal stops: since when, for whom, and what becomes of the case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.chains import BEGUN, ENDS, NO, YES, chain, signed, standing, taken_back
from tests.domain.facts import (
    BOARD,
    DAY,
    GIVE_CELL,
    GIVEN,
    GUARDIAN,
    POLICE,
    SCHOOL,
    STRANGER,
    SUBJECT,
)
from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.domain.consent_events import Happening
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.domain.withdrawal import (
    Consequence,
    Stop,
    find_consequence,
    find_stops,
    find_uncovered,
)

A_DAY = timedelta(days=1)
BEFORE = DAY - A_DAY
PARENT = replace(YES, signer=GUARDIAN)
SIGNED = (YES, PARENT)


def stops(*happenings: Happening, day: date = DAY) -> tuple[Stop, ...]:
    """Return what of these is taken back on a day."""
    return find_stops(chain(happenings), standing(happenings, day))


def told(found: Sequence[Stop]) -> list[tuple[UUID, date, frozenset[UUID], bool]]:
    """Return who took back what, since when, and whether that was everything."""
    return [(one.signer, one.on, one.organisations, one.is_whole) for one in found]


def test_a_consent_that_stands_stops_nothing() -> None:
    assert stops(*SIGNED) == ()


def test_a_refusal_is_no_withdrawal() -> None:
    assert stops(NO, PARENT) == ()


def test_a_no_after_a_withdrawal_does_not_undo_the_stop() -> None:
    refused = replace(NO, on=DAY, valid_from=DAY)

    found = stops(*SIGNED, taken_back(BEFORE), refused)

    assert told(found) == [(SUBJECT, BEFORE, frozenset({SCHOOL, POLICE}), True)]


def test_a_no_after_a_yes_takes_it_back() -> None:
    refused = replace(NO, on=BEFORE, valid_from=BEFORE)

    found = stops(*SIGNED, refused)

    assert told(found) == [(SUBJECT, BEFORE, frozenset({SCHOOL, POLICE}), True)]


def test_a_no_from_the_very_day_of_the_yes_takes_it_back_too() -> None:
    assert [one.is_whole for one in stops(*SIGNED, NO)] == [True]


def test_a_yes_to_fewer_takes_back_the_others_and_leaves_what_was_taken_back_before() -> None:
    fewer = frozenset(one for one in YES.cells if one.organisation_id == SCHOOL)
    again = replace(signed(BEFORE), cells=fewer)

    for happened in ((*SIGNED, again), (*SIGNED, taken_back(BEFORE, POLICE), again)):
        assert told(stops(*happened)) == [(SUBJECT, BEFORE, frozenset({POLICE}), False)]


def test_a_new_yes_that_has_not_begun_gives_nothing_back_yet() -> None:
    coming = replace(YES, on=DAY, valid_from=DAY + A_DAY)

    assert [one.on for one in stops(*SIGNED, taken_back(BEFORE), coming)] == [BEFORE]


def test_a_yes_to_fewer_after_the_first_had_ended_takes_nothing_back() -> None:
    fewer = frozenset(one for one in YES.cells if one.organisation_id == SCHOOL)

    assert stops(signed(BEGUN, BEFORE), PARENT, replace(signed(DAY), cells=fewer)) == ()


def test_who_leaves_nothing_but_the_controller_took_back_everything() -> None:
    own = Cell(organisation_id=GIVEN.controller_id, category="plan", direction=Direction.GIVE)
    wide = replace(YES, cells=YES.cells | {own})

    (found,) = stops(wide, PARENT, taken_back(BEFORE - A_DAY, POLICE), taken_back(BEFORE, SCHOOL))

    assert found.is_whole
    assert len(found.steps) == 2


def test_what_somebody_takes_back_whose_consent_is_not_needed_stops_nothing() -> None:
    other = replace(YES, signer=STRANGER)

    assert stops(*SIGNED, other, taken_back(BEFORE, signer=STRANGER)) == ()


def test_what_is_taken_back_tomorrow_stops_nothing_today() -> None:
    assert stops(*SIGNED, taken_back(DAY + A_DAY)) == ()


def test_what_was_given_again_is_no_longer_taken_back() -> None:
    again = signed(DAY)

    assert stops(*SIGNED, taken_back(BEFORE), again) == ()
    assert stops(*SIGNED, taken_back(BEFORE, POLICE), again) == ()


def test_a_consent_that_ended_before_was_not_taken_back() -> None:
    ended = signed(BEGUN, BEFORE)

    assert stops(ended, PARENT, taken_back(DAY)) == ()


def test_one_who_takes_back_everything_stops_it_for_all_that_were_covered() -> None:
    found = stops(*SIGNED, taken_back(BEFORE))

    assert told(found) == [(SUBJECT, BEFORE, frozenset({SCHOOL, POLICE}), True)]


def test_one_part_stops_for_those_organisations_and_leaves_the_rest() -> None:
    (found,) = stops(*SIGNED, taken_back(BEFORE, POLICE))

    assert told([found]) == [(SUBJECT, BEFORE, frozenset({POLICE}), False)]
    assert found.rest == {SCHOOL}


def test_two_parts_at_two_times_are_two_stops_with_their_own_days() -> None:
    more = frozenset({Cell(organisation_id=STRANGER, category="plan", direction=Direction.GIVE)})
    wide = replace(YES, cells=YES.cells | more)
    earlier = BEFORE - A_DAY

    found = stops(wide, PARENT, taken_back(earlier, POLICE), taken_back(BEFORE, SCHOOL))

    assert told(found) == [
        (SUBJECT, earlier, frozenset({POLICE}), False),
        (SUBJECT, BEFORE, frozenset({SCHOOL}), False),
    ]


def test_part_after_part_until_nothing_is_left_is_everything() -> None:
    found = stops(*SIGNED, taken_back(BEFORE - A_DAY, POLICE), taken_back(BEFORE, SCHOOL))

    assert told(found) == [(SUBJECT, BEFORE, frozenset({SCHOOL, POLICE}), True)]


def test_everything_after_a_part_names_the_part_too() -> None:
    found = stops(*SIGNED, taken_back(BEFORE - A_DAY, POLICE), taken_back(BEFORE))

    assert told(found) == [(SUBJECT, BEFORE, frozenset({SCHOOL, POLICE}), True)]


def test_two_who_take_back_are_told_in_the_order_of_recording() -> None:
    found = stops(*SIGNED, taken_back(BEFORE, signer=GUARDIAN), taken_back(BEFORE - A_DAY))

    assert [one.signer for one in found] == [GUARDIAN, SUBJECT]


def test_a_withdrawal_dated_before_the_paper_stops_it_too() -> None:
    found = stops(*SIGNED, taken_back(BEGUN - A_DAY))

    assert [one.is_whole for one in found] == [True]


def test_taking_back_a_second_time_does_not_move_the_moment() -> None:
    events = [
        replace(one, recorded_at=datetime(2026, 11, 20, tzinfo=UTC) + place * A_DAY)
        for place, one in enumerate(chain([*SIGNED, taken_back(BEFORE), taken_back(BEFORE)]))
    ]

    (found,) = find_stops(events, standing([one.what for one in events]))

    assert found.recorded_at == datetime(2026, 11, 22, tzinfo=UTC)


def test_withdrawn_renewed_and_withdrawn_on_one_day_stopped_the_last_time() -> None:
    happened = (*SIGNED, taken_back(DAY), signed(DAY), taken_back(DAY))

    (found,) = stops(*happened)

    assert found.event_id == chain(happened)[-1].id


@pytest.mark.parametrize(
    ("phase", "cause", "consequence"),
    [
        (Phase.CLOSED, Cause.DECIDED, Consequence.SHARES_NOTHING),
        (Phase.PAUSED, Cause.DECIDED, Consequence.SHARES_NOTHING),
        (Phase.PAUSED, Cause.FOLLOWS_CONSENT, Consequence.PAUSED),
        (Phase.FOLLOW_UP, Cause.DECIDED, Consequence.GOES_ON),
    ],
)
def test_what_becomes_of_the_case_follows_from_its_phase(
    phase: Phase, cause: Cause, consequence: Consequence
) -> None:
    step = PhaseStep(phase=phase, on=DAY, cause=cause)

    assert find_consequence(step, rules=CATALOGUE.phases) is consequence


def test_whoever_may_be_told_something_is_covered() -> None:
    assert find_uncovered({POLICE, BOARD}, standing(SIGNED)) == {}


def test_nobody_is_covered_while_one_signer_says_no() -> None:
    found = find_uncovered({POLICE, BOARD}, standing((NO, PARENT)))

    assert found == {POLICE: Reason.REFUSED}


def test_an_organisation_that_was_taken_back_is_told_apart_from_one_that_never_was_covered() -> (
    None
):
    given = standing((*SIGNED, taken_back(BEFORE, POLICE)))

    assert find_uncovered({POLICE, STRANGER}, given) == {
        POLICE: Reason.WITHDRAWN_PART,
        STRANGER: Reason.RECIPIENT_NOT_COVERED,
    }


def test_everything_taken_back_covers_nobody() -> None:
    given = standing((*SIGNED, taken_back(BEFORE)))

    assert find_uncovered({POLICE}, given) == {POLICE: Reason.WITHDRAWN}


def test_whoever_may_only_tell_is_not_covered() -> None:
    just_give = replace(YES, cells=frozenset({GIVE_CELL}))
    given = standing((just_give, replace(just_give, signer=GUARDIAN)))

    assert find_uncovered({SCHOOL}, given) == {SCHOOL: Reason.CATEGORY_NOT_COVERED}


def test_a_chain_that_is_broken_or_not_confirmed_covers_nobody() -> None:
    broken = replace(standing(SIGNED), chain=ChainStanding.BROKEN)
    unconfirmed = replace(standing(SIGNED), confirmation=Confirmation.UNCONFIRMED)

    assert find_uncovered({POLICE}, broken) == {POLICE: Reason.CHAIN_BROKEN}
    assert find_uncovered({POLICE}, unconfirmed) == {POLICE: Reason.RESTORED_UNCONFIRMED}


def test_an_ended_consent_covers_nobody() -> None:
    given = replace(GIVEN, on=ENDS + A_DAY)

    assert find_uncovered({POLICE}, given) == {POLICE: Reason.EXPIRED}
