"""What was answered, taken back, excluded, barred and asked comes to one state on each day."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.chains import (
    BEGUN,
    ENDS,
    NO,
    YES,
    chain,
    consents_on,
    in_force,
    signed,
    taken_back,
)
from tests.domain.facts import (
    DAY,
    GIVE_CELL,
    GUARDIAN,
    OTHER_GUARDIAN,
    POLICE,
    RECEIVE_CELL,
    SCHOOL,
    SECOND,
    STRANGER,
    SUBJECT,
)
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent import Answer, OwnInformation, has_one_answer_each
from trygga_desktop.domain.consent_events import (
    Barred,
    Circumstance,
    Compared,
    Concerned,
    ConsentState,
    Excepted,
    Excluded,
    Given,
    Happening,
    Lifted,
    Limited,
    Opinion,
    View,
    Way,
    Withdrawn,
    state_on,
)
from trygga_desktop.domain.reasons import Reason

A_DAY = timedelta(days=1)
BEFORE, AFTER = DAY - A_DAY, DAY + A_DAY
JUST_GIVE = frozenset({GIVE_CELL})
TERM, OTHER_TERM = UUID(int=91), UUID(int=92)
EXCLUDED = Excluded(
    id=TERM, on=BEFORE, categories=frozenset({"health"}), words="skolk", asked_by=SUBJECT
)
LIMITED = Limited(id=TERM, on=BEFORE, cell=RECEIVE_CELL, words="bara tider", asked_by=GUARDIAN)
BARRED = Barred(
    on=BEFORE,
    bar=Bar(
        id=TERM,
        reason=Reason.CHILD_LIMITED,
        against=GUARDIAN,
        scope=BarScope.THESE,
        categories=frozenset({"health"}),
    ),
    words="Elias vill det",
)
HOLDING = [EXCLUDED, LIMITED, BARRED]
OPINION = Opinion(person=SUBJECT, on=BEFORE, view=View.DISAGREES, words="vill inte")


def on(day: date, *happenings: Happening) -> ConsentState:
    """Return what these come to on a day."""
    return state_on(chain(happenings), day)


def terms(state: ConsentState) -> int:
    """Return how many exclusions, limits and bars hold."""
    return len(state.exclusions) + len(state.limits) + len(state.bars)


# An answer, and the one after it.


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": BEGUN - A_DAY},
        {"answer": Answer.REFUSED},
        {"answer": Answer.REFUSED, "cells": frozenset(), "long_term": True},
    ],
)
def test_an_answer_that_ends_before_it_begins_or_a_no_that_opens_is_refused(
    changes: Mapping[str, Any],
) -> None:
    with pytest.raises(ValueError, match=r"ends before|has cells"):
        replace(YES, **changes)


def test_nothing_that_happened_is_nothing() -> None:
    assert on(DAY) == ConsentState()


@pytest.mark.parametrize(
    ("day", "holds"),
    [(BEGUN - A_DAY, False), (BEGUN, True), (DAY, True), (ENDS, True), (ENDS + A_DAY, False)],
)
def test_an_answer_holds_from_its_first_day_to_its_last(day: date, *, holds: bool) -> None:
    assert (in_force(day, YES) is not None) is holds


def test_an_answer_keeps_what_was_ticked() -> None:
    ticked = replace(YES, own_information=OwnInformation.AGENCIES)
    found = in_force(DAY, ticked)

    assert found is not None
    assert (found.cells, found.own_information) == (YES.cells, OwnInformation.AGENCIES)
    assert found.id == chain([ticked])[0].id


def test_a_paper_is_not_known_before_it_was_signed() -> None:
    late = replace(YES, on=DAY)

    assert consents_on(BEFORE, late) == ()
    assert in_force(DAY, late) is not None


def test_a_later_answer_ends_the_earlier_from_its_own_first_day() -> None:
    newer = replace(signed(DAY), cells=frozenset({GIVE_CELL}))
    told = consents_on(AFTER, YES, newer)

    assert [(one.valid_from, one.valid_to) for one in told] == [(BEGUN, BEFORE), (DAY, ENDS)]
    assert told[1].cells == {GIVE_CELL}


def test_two_answers_never_share_a_day() -> None:
    told = consents_on(DAY, signed(BEGUN, DAY), signed(DAY))

    assert [(one.valid_from, one.valid_to) for one in told] == [(BEGUN, BEFORE), (DAY, ENDS)]


def test_an_answer_for_days_to_come_leaves_the_earlier_until_then() -> None:
    coming = replace(YES, on=BEFORE, valid_from=AFTER, cells=frozenset())

    for day, cells in ((DAY, YES.cells), (AFTER, frozenset())):
        found = in_force(day, YES, coming)
        assert found is not None
        assert found.cells == cells


def test_an_answer_that_begins_after_the_earlier_has_ended_leaves_it_whole() -> None:
    told = consents_on(DAY, signed(BEGUN, BEFORE - A_DAY), signed(DAY))

    assert [(one.valid_from, one.valid_to) for one in told] == [
        (BEGUN, BEFORE - A_DAY),
        (DAY, ENDS),
    ]
    assert in_force(BEFORE, signed(BEGUN, BEFORE - A_DAY), signed(DAY)) is None


def test_what_a_paper_does_not_say_is_not_made_up() -> None:
    bare = Given(
        signer=SUBJECT,
        answer=Answer.GIVEN,
        on=BEGUN,
        valid_from=BEGUN,
        valid_to=ENDS,
        cells=frozenset(),
        own_information=OwnInformation.NONE,
        way=Way.PAPER,
    )

    assert (bare.programme, bare.facts_since, bare.capacity) == ("", None, None)
    assert bare.long_term is False
    unsaid = Circumstance()
    assert {getattr(unsaid, one.name) for one in fields(unsaid)} == {""}


def test_the_tick_for_asking_after_the_end_is_that_of_the_answer_in_force() -> None:
    ticked = replace(YES, long_term=True)
    assert [one.long_term for one in consents_on(DAY, ticked)] == [True]
    assert [one.long_term for one in consents_on(DAY, ticked, YES)] == [False]


def test_of_two_answers_of_one_day_the_later_recorded_holds() -> None:
    narrow = replace(YES, cells=frozenset({GIVE_CELL}))

    assert [one.cells for one in consents_on(DAY, YES, narrow)] == [narrow.cells]
    assert [one.cells for one in consents_on(DAY, narrow, YES)] == [YES.cells]
    refused = in_force(DAY, YES, NO)
    assert refused is not None
    assert refused.answer is Answer.REFUSED


def test_a_shorter_answer_leaves_nothing_of_the_longer_behind_it() -> None:
    assert in_force(AFTER, YES, signed(BEFORE, DAY)) is None


def test_an_answer_that_reaches_further_back_takes_the_place_of_the_earlier() -> None:
    reaching = replace(YES, on=DAY, valid_from=BEGUN - A_DAY)

    assert len(consents_on(DAY, YES, reaching)) == 1


def test_an_answer_says_nothing_of_anyone_elses() -> None:
    parents = replace(signed(DAY), signer=GUARDIAN)

    assert len(consents_on(DAY, YES, parents)) == 2
    assert in_force(DAY, YES, parents) is not None
    assert in_force(DAY, YES, parents, signer=GUARDIAN) is not None
    assert in_force(DAY, YES, parents, signer=SECOND) is None


# Taking back.


@pytest.mark.parametrize(
    ("day", "holds"), [(BEFORE, True), (DAY, False), (AFTER, False), (ENDS, False)]
)
def test_what_is_taken_back_holds_until_the_day_before(day: date, *, holds: bool) -> None:
    assert (in_force(day, YES, taken_back(DAY)) is not None) is holds


@pytest.mark.parametrize(
    ("happenings", "holds"),
    [
        ([YES, taken_back(DAY), signed(DAY)], True),
        ([YES, signed(DAY), taken_back(DAY)], False),
        ([signed(DAY), YES, taken_back(DAY)], False),
        ([YES, taken_back(BEFORE), signed(DAY)], True),
        ([YES, taken_back(DAY), taken_back(DAY), signed(DAY)], True),
        ([YES, taken_back(DAY), signed(DAY), taken_back(DAY)], False),
    ],
)
def test_within_a_day_the_order_of_recording_decides(
    happenings: list[Happening], *, holds: bool
) -> None:
    assert (in_force(DAY, *happenings) is not None) is holds


@pytest.mark.parametrize(
    "before",
    [
        [],
        [replace(NO, on=BEGUN, valid_from=BEGUN)],
        [signed(BEGUN, BEFORE - A_DAY)],
        [replace(signed(BEGUN), signer=GUARDIAN)],
    ],
)
def test_a_withdrawal_dated_before_what_it_takes_back_takes_it_back_all_the_same(
    before: list[Happening],
) -> None:
    paper = signed(DAY)

    for organisation in ((), (SCHOOL, POLICE)):
        recorded = [*before, paper, taken_back(BEFORE, *organisation)]
        found = in_force(DAY, *recorded)
        assert found is None or found.cells == set()
        assert in_force(ENDS, *recorded) == found


def test_a_withdrawal_recorded_before_the_paper_leaves_it_standing() -> None:
    assert in_force(DAY, taken_back(BEFORE), signed(DAY)) is not None
    assert in_force(DAY, taken_back(DAY), signed(DAY)) is not None


def test_a_withdrawal_takes_back_no_paper_recorded_after_it() -> None:
    told = consents_on(AFTER, taken_back(BEFORE), signed(DAY), signed(AFTER))

    assert [one.withdrawn_on for one in told] == [None, None]


@pytest.mark.parametrize(
    "first", [YES, signed(BEFORE), signed(BEFORE, BEFORE), replace(YES, valid_from=AFTER)]
)
def test_a_withdrawal_that_had_something_to_take_back_leaves_a_later_paper(first: Given) -> None:
    recorded = (first, signed(DAY), taken_back(BEFORE))

    assert in_force(BEFORE, *recorded) is None
    assert in_force(DAY, *recorded) is not None


def test_a_withdrawal_dated_wrong_takes_back_every_paper_recorded_before_it() -> None:
    recorded = (signed(DAY), signed(AFTER), taken_back(BEFORE), signed(AFTER + A_DAY))

    assert in_force(DAY, *recorded) is None
    assert in_force(AFTER, *recorded) is None
    assert in_force(AFTER + A_DAY, *recorded) is not None


def test_a_withdrawal_dated_wrong_takes_back_no_paper_signed_after_those_before_it() -> None:
    coming = replace(YES, on=DAY, valid_from=AFTER + A_DAY)

    assert in_force(AFTER + A_DAY, coming, taken_back(BEFORE)) is None
    assert in_force(AFTER + A_DAY, coming, taken_back(BEFORE), signed(AFTER)) is not None


def test_what_is_yet_to_begin_can_be_taken_back() -> None:
    coming = replace(YES, on=BEFORE, valid_from=AFTER)

    assert in_force(AFTER, coming, taken_back(DAY)) is None
    assert consents_on(DAY, coming, taken_back(DAY))[0].is_withdrawn_on(DAY)


@pytest.mark.parametrize(
    "happenings",
    [
        [YES, taken_back(DAY, signer=GUARDIAN)],
        [YES, taken_back(AFTER)],
        [YES, taken_back(DAY, STRANGER)],
        [NO, taken_back(DAY)],
        [NO, taken_back(DAY, SCHOOL)],
    ],
)
def test_taking_back_changes_nothing_of_others_of_other_days_or_of_a_no(
    happenings: list[Happening],
) -> None:
    found = in_force(DAY, *happenings)

    assert found is not None
    assert found.cells == getattr(happenings[0], "cells", None)


def test_what_was_taken_back_twice_was_taken_back_the_first_time() -> None:
    (only,) = consents_on(
        AFTER, YES, taken_back(BEFORE), taken_back(DAY), taken_back(AFTER, SCHOOL)
    )

    assert (only.withdrawn_on, only.cells) == (BEFORE, YES.cells)


def test_what_holds_for_one_last_day_can_be_taken_back_on_it() -> None:
    assert in_force(DAY, signed(BEGUN, DAY), taken_back(DAY)) is None
    narrowed = in_force(DAY, signed(BEGUN, DAY), taken_back(DAY, POLICE))
    assert narrowed is not None
    assert narrowed.cells == JUST_GIVE


def test_what_has_run_out_is_not_taken_back() -> None:
    over = signed(BEGUN, BEFORE)

    assert not consents_on(DAY, over, taken_back(DAY))[0].is_withdrawn_on(DAY)
    assert len(consents_on(DAY, over, taken_back(DAY, SCHOOL))) == 1


def test_what_is_taken_back_for_some_holds_for_the_others() -> None:
    earlier, later = consents_on(DAY, YES, taken_back(DAY, POLICE))

    assert (earlier.valid_to, earlier.cells, earlier.taken_back) == (BEFORE, YES.cells, frozenset())
    assert (later.valid_from, later.cells, later.taken_back) == (
        DAY,
        JUST_GIVE,
        frozenset({POLICE}),
    )


def test_only_who_was_covered_is_told_to_be_covered_no_longer() -> None:
    found = in_force(DAY, YES, taken_back(DAY, POLICE, STRANGER))

    assert found is not None
    assert found.taken_back == {POLICE}


def test_what_was_taken_back_bit_by_bit_is_not_an_empty_paper() -> None:
    found = in_force(DAY, YES, taken_back(BEFORE, POLICE), taken_back(DAY, SCHOOL))

    assert found is not None
    assert found.cells == set()
    assert found.taken_back == {POLICE, SCHOOL}


def test_taking_back_part_on_the_first_day_leaves_nothing_before() -> None:
    (only,) = consents_on(DAY, signed(DAY), taken_back(DAY, POLICE))

    assert (only.valid_from, only.cells) == (DAY, JUST_GIVE)


def test_taking_back_part_of_what_is_yet_to_begin_takes_it_from_its_first_day() -> None:
    (only,) = consents_on(DAY, replace(YES, on=BEFORE, valid_from=AFTER), taken_back(DAY, POLICE))

    assert (only.valid_from, only.cells) == (AFTER, JUST_GIVE)


@pytest.mark.parametrize(
    "happenings",
    [
        [YES, taken_back(BEFORE, POLICE), taken_back(DAY)],
        [YES, taken_back(DAY, POLICE), taken_back(DAY)],
        [YES, taken_back(DAY), taken_back(DAY, POLICE)],
        [YES, taken_back(BEFORE), taken_back(DAY, POLICE)],
    ],
)
def test_part_and_whole_come_to_nothing(happenings: list[Happening]) -> None:
    assert in_force(DAY, *happenings) is None


def test_a_renewal_after_taking_back_part_is_whole_again() -> None:
    recorded = (YES, taken_back(BEFORE, POLICE), signed(DAY))
    narrow, whole = in_force(BEFORE, *recorded), in_force(DAY, *recorded)

    assert narrow is not None
    assert whole is not None
    assert (narrow.cells, narrow.taken_back) == (JUST_GIVE, frozenset({POLICE}))
    assert (whole.cells, whole.taken_back) == (YES.cells, frozenset())


def test_taking_back_part_keeps_the_tick_about_oneself() -> None:
    ticked = replace(YES, own_information=OwnInformation.AGENCIES_AND_FAMILY)
    found = in_force(DAY, ticked, taken_back(DAY, POLICE))

    assert found is not None
    assert found.own_information is OwnInformation.AGENCIES_AND_FAMILY


# Exclusions, limits and bars.


@pytest.mark.parametrize("term", HOLDING)
@pytest.mark.parametrize(
    ("day", "holds"), [(BEFORE - A_DAY, 0), (BEFORE, 1), (DAY, 1), (date.max, 1)]
)
def test_a_term_holds_from_its_day_on(term: Happening, day: date, holds: int) -> None:
    assert terms(on(day, term)) == holds


@pytest.mark.parametrize("term", HOLDING)
@pytest.mark.parametrize(
    ("lifted", "holds"),
    [
        (Lifted(what=TERM, on=DAY), 0),
        (Lifted(what=TERM, on=BEFORE), 0),
        (Lifted(what=TERM, on=AFTER), 1),
        (Lifted(what=OTHER_TERM, on=DAY), 1),
        # What is dated before the term itself lifts nothing: in doubt it holds.
        (Lifted(what=TERM, on=BEFORE - A_DAY), 1),
    ],
)
def test_a_term_holds_until_it_is_lifted(term: Happening, lifted: Lifted, holds: int) -> None:
    assert terms(on(DAY, term, lifted)) == holds


@pytest.mark.parametrize("term", [EXCLUDED, LIMITED, BARRED])
def test_what_is_said_anew_after_it_was_lifted_holds_anew(
    term: Excluded | Limited | Barred,
) -> None:
    lifted = Lifted(what=TERM, on=BEFORE)

    assert terms(on(DAY, term, lifted, replace(term, on=DAY))) == 1
    assert terms(on(DAY, lifted, term)) == 1


def test_a_bar_said_twice_under_one_id_takes_nothing_away() -> None:
    narrower = replace(BARRED, bar=replace(BARRED.bar, categories=frozenset()))

    assert on(DAY, BARRED, narrower).bars == (BARRED.bar, narrower.bar)


def test_each_answer_asks_what_the_exclusions_and_limits_ask() -> None:
    both = replace(EXCLUDED, id=OTHER_TERM, categories=frozenset({"family", "health"}))
    parents = replace(YES, signer=GUARDIAN)

    for one in consents_on(DAY, YES, LIMITED, parents, both):
        assert [(asked.id, asked.category) for asked in one.exclusions] == [
            (OTHER_TERM, "family"),
            (OTHER_TERM, "health"),
        ]
        assert [(asked.id, asked.cell) for asked in one.limits] == [(TERM, RECEIVE_CELL)]


def test_what_was_lifted_is_not_asked_any_more() -> None:
    found = in_force(DAY, YES, EXCLUDED, LIMITED, Lifted(what=TERM, on=DAY))

    assert found is not None
    assert (found.exclusions, found.limits) == ((), ())


# Opinions, who is concerned, and comparisons.


@pytest.mark.parametrize(
    ("opinions", "asked", "unweighed"),
    [
        ([], set(), set()),
        ([OPINION], {SUBJECT}, {SUBJECT}),
        ([replace(OPINION, weighed=" \n")], {SUBJECT}, {SUBJECT}),
        ([replace(OPINION, weighed="sagt och vägt")], {SUBJECT}, set()),
        ([replace(OPINION, view=View.AGREES)], {SUBJECT}, set()),
        ([OPINION, replace(OPINION, on=DAY, weighed="vägt")], {SUBJECT}, set()),
        ([OPINION, replace(OPINION, on=AFTER, weighed="vägt")], {SUBJECT}, {SUBJECT}),
        ([replace(OPINION, weighed="vägt"), OPINION], {SUBJECT}, {SUBJECT}),
        ([OPINION, replace(OPINION, person=OTHER_GUARDIAN, weighed="vägt")], None, {SUBJECT}),
        ([replace(OPINION, on=AFTER)], set(), set()),
    ],
)
def test_a_no_that_nobody_weighed_is_told_until_somebody_has(
    opinions: list[Happening], asked: set[UUID] | None, unweighed: set[UUID]
) -> None:
    state = on(DAY, *opinions)

    assert state.opinions == ({SUBJECT, OTHER_GUARDIAN} if asked is None else asked)
    assert state.unweighed == unweighed


def test_the_last_list_of_who_is_concerned_counts() -> None:
    both = Concerned(on=BEFORE, organisations=frozenset({SCHOOL, POLICE}))
    one = Concerned(on=DAY, organisations=frozenset({SCHOOL}))

    assert on(BEFORE - A_DAY, both, one).concerned == set()
    assert on(BEFORE, both, one).concerned == {SCHOOL, POLICE}
    assert on(DAY, one, both).concerned == {SCHOOL}
    assert on(DAY, replace(both, on=DAY), one).concerned == {SCHOOL}


def exception(**changes: Any) -> Excepted:
    """Return that a guardian's signature is done without, which nobody has approved yet."""
    made = Excepted(
        id=TERM,
        on=DAY,
        signer=GUARDIAN,
        code="guardian_prevented",
        words="I fjällen",
        decided_by="Karin",
        until=AFTER,
    )
    return replace(made, **changes)


@pytest.mark.parametrize("approved_by", ["", "  "])
def test_a_signature_is_not_done_without_before_somebody_has_approved(approved_by: str) -> None:
    assert not exception().holds_on(DAY)
    assert not exception(approved_by=approved_by).holds_on(DAY)


@pytest.mark.parametrize(
    ("day", "holds"),
    [(BEFORE, False), (DAY, True), (AFTER, True), (AFTER + A_DAY, False)],
)
def test_a_signature_is_done_without_from_the_day_of_the_decision_to_its_last(
    day: date, *, holds: bool
) -> None:
    assert exception(approved_by="Maja").holds_on(day) is holds


def test_the_order_of_a_day_is_that_of_recording_however_the_events_are_read() -> None:
    events = chain([NO, YES])

    (found,) = state_on(reversed(events), BEGUN).consents
    assert found.answer is Answer.GIVEN


def test_the_newest_comparison_is_told_by_its_place_in_the_order() -> None:
    compared: list[Happening] = [YES, Compared(on=BEGUN), YES, Compared(on=DAY), Compared(on=AFTER)]

    assert on(BEGUN - A_DAY, *compared).compared_at == 0
    assert on(BEFORE, *compared).compared_at == 2
    assert on(DAY, *compared).compared_at == 4


# The ends of the calendar.


@pytest.mark.parametrize("day", [date.min, DAY, date.max])
@pytest.mark.parametrize("on_day", [date.min, date.max])
@pytest.mark.parametrize("organisations", [None, frozenset({POLICE}), frozenset()])
def test_the_first_and_the_last_day_there_is_are_days_like_others(
    day: date, on_day: date, organisations: frozenset[UUID] | None
) -> None:
    whole = Given(
        signer=SUBJECT,
        answer=Answer.GIVEN,
        on=on_day,
        valid_from=date.min,
        valid_to=date.max,
        cells=YES.cells,
        own_information=OwnInformation.NONE,
        way=YES.way,
    )
    happenings: list[Happening] = [
        whole,
        replace(whole, valid_from=date.max),
        Withdrawn(signer=SUBJECT, on=on_day, organisations=organisations),
        replace(whole, valid_to=date.min),
        Withdrawn(signer=SUBJECT, on=date.max, organisations=organisations),
    ]

    found = consents_on(day, *happenings)
    assert bool(found) is (on_day <= day)
    assert has_one_answer_each(found, on=day)
