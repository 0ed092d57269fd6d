"""Consent opens a passage only when everyone who must sign allows it on that day."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.domain.facts import (
    ATTENDANCE,
    DAY,
    EXCLUSION,
    GIVE_CELL,
    GIVEN,
    LIMITED,
    NO,
    POLICE,
    RECEIVE_CELL,
    SCHOOL,
    STRANGER,
    SUBJECT,
    TOUCHING_EXCLUSION,
    YES,
    marked,
    signed,
)
from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Consent,
    Consents,
    Direction,
    Limit,
    OwnInformation,
    Passage,
    find_latest_yes,
    find_refusals,
    find_refusals_of_cell,
    has_one_answer_each,
    lets_be_told,
)
from trygga_desktop.domain.items import Item, Marking
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Circumstances

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
SCHOOL_RECEIVES = replace(GIVE_CELL, direction=Direction.RECEIVE)
POLICE_GIVES = replace(RECEIVE_CELL, direction=Direction.GIVE)
SCHOOL_ON_HEALTH = replace(GIVE_CELL, category="health")
POLICE_ON_HEALTH = replace(RECEIVE_CELL, category="health")


def refusals(
    given: Circumstances, item: Item = ATTENDANCE, recipient: UUID | None = POLICE
) -> set[Reason]:
    """Ask whether the police may have the item by consent."""
    return set(find_refusals(item, recipient, given.required_answers))


def with_cells(*cells: Cell) -> Circumstances:
    """Return the circumstances in which the young person allows just these cells."""
    return signed(replace(YES, cells=frozenset(cells)))


def signed_by_young_person(*consents: Consent) -> Circumstances:
    """Return the circumstances with these answers of the young person, in this order."""
    given = signed(None)
    return replace(given, consents=(*consents, *given.consents))


def test_nobody_required_means_no() -> None:
    assert refusals(replace(GIVEN, required=frozenset())) == {Reason.NO_SIGNER}


def test_a_consent_of_someone_who_need_not_sign_opens_nothing() -> None:
    given = replace(GIVEN, required=frozenset({UUID(int=7)}))

    assert refusals(given) == {Reason.CONSENT_MISSING}


@pytest.mark.parametrize(
    ("given", "reasons"),
    [
        (signed(None, None), {Reason.CONSENT_MISSING}),
        (signed(None), {Reason.WAITING_FOR_SIGNATURE}),
        (signed(YES, None), {Reason.WAITING_FOR_SIGNATURE}),
        (signed(NO), {Reason.REFUSED}),
        (signed(NO, None), {Reason.REFUSED, Reason.CONSENT_MISSING}),
        (signed(replace(NO, valid_to=BEFORE)), {Reason.WAITING_FOR_SIGNATURE}),
        (signed(replace(YES, valid_from=AFTER)), {Reason.NOT_YET_VALID}),
        (signed(replace(YES, withdrawn_on=DAY)), {Reason.WITHDRAWN}),
        (signed(replace(YES, withdrawn_on=BEFORE)), {Reason.WITHDRAWN}),
        (signed(replace(YES, valid_to=BEFORE)), {Reason.EXPIRED}),
        (signed(replace(YES, valid_to=BEFORE, withdrawn_on=AFTER)), {Reason.EXPIRED}),
        (signed(replace(YES, valid_from=AFTER, withdrawn_on=AFTER)), {Reason.NOT_YET_VALID}),
        (signed(replace(YES, valid_from=AFTER, withdrawn_on=DAY)), {Reason.WITHDRAWN}),
        (signed(replace(YES, valid_to=BEFORE), None), {Reason.EXPIRED, Reason.CONSENT_MISSING}),
        (with_cells(), {Reason.EMPTY_CONSENT}),
        (with_cells(GIVE_CELL), {Reason.RECIPIENT_NOT_COVERED}),
        (with_cells(RECEIVE_CELL), {Reason.GIVER_NOT_COVERED}),
        (with_cells(GIVE_CELL, POLICE_ON_HEALTH), {Reason.CATEGORY_NOT_COVERED}),
        (with_cells(GIVE_CELL, POLICE_GIVES), {Reason.CATEGORY_NOT_COVERED}),
        (with_cells(RECEIVE_CELL, SCHOOL_RECEIVES), {Reason.DIRECTION_NOT_COVERED}),
        (with_cells(RECEIVE_CELL, SCHOOL_ON_HEALTH), {Reason.DIRECTION_NOT_COVERED}),
        (
            with_cells(SCHOOL_ON_HEALTH, POLICE_ON_HEALTH),
            {Reason.CATEGORY_NOT_COVERED, Reason.DIRECTION_NOT_COVERED},
        ),
        (
            with_cells(replace(GIVE_CELL, organisation_id=STRANGER)),
            {Reason.RECIPIENT_NOT_COVERED, Reason.GIVER_NOT_COVERED},
        ),
    ],
)
def test_one_signer_who_does_not_allow_it_closes_the_passage(
    given: Circumstances, reasons: set[Reason]
) -> None:
    assert refusals(given) == reasons


def test_nobody_outside_the_organisations_receives_by_consent() -> None:
    assert refusals(GIVEN, recipient=None) == {Reason.RECIPIENT_NOT_COVERED}


def test_nothing_of_unknown_origin_passes_by_consent() -> None:
    assert refusals(GIVEN, replace(ATTENDANCE, origin_id=None)) == {Reason.GIVER_NOT_COVERED}


@pytest.mark.parametrize(
    ("item", "reasons"),
    [
        (ATTENDANCE, {Reason.NEEDS_MARKING}),
        (marked(exclusion=Marking.INSIDE), {Reason.NEEDS_MARKING}),
        (marked(limit=Marking.DOES_NOT_TOUCH), {Reason.NEEDS_MARKING}),
        (marked(exclusion=Marking.TOUCHES), {Reason.EXCLUDED}),
        (marked(exclusion=Marking.DOES_NOT_TOUCH), set()),
    ],
)
def test_an_exclusion_is_answered_item_by_item(item: Item, reasons: set[Reason]) -> None:
    given = signed(replace(YES, exclusions=(TOUCHING_EXCLUSION,)))

    assert refusals(given, item) == reasons


@pytest.mark.parametrize("cell", [GIVE_CELL, RECEIVE_CELL])
@pytest.mark.parametrize(
    ("item", "reasons"),
    [
        (ATTENDANCE, {Reason.NEEDS_MARKING}),
        (marked(limit=Marking.DOES_NOT_TOUCH), {Reason.NEEDS_MARKING}),
        (marked(limit=Marking.OUTSIDE), {Reason.OUTSIDE_LIMIT}),
        (marked(limit=Marking.INSIDE), set()),
    ],
)
def test_a_limit_is_answered_item_by_item(cell: Cell, item: Item, reasons: set[Reason]) -> None:
    given = signed(replace(YES, limits=(replace(LIMITED, cell=cell),)))

    assert refusals(given, item) == reasons


def test_every_reason_against_is_kept() -> None:
    given = signed(
        replace(
            YES,
            cells=frozenset({GIVE_CELL}),
            exclusions=(TOUCHING_EXCLUSION,),
            limits=(replace(LIMITED, cell=GIVE_CELL),),
        ),
        None,
    )

    assert refusals(given, marked(exclusion=Marking.TOUCHES)) == {
        Reason.WAITING_FOR_SIGNATURE,
        Reason.RECIPIENT_NOT_COVERED,
        Reason.EXCLUDED,
        Reason.NEEDS_MARKING,
    }


def test_what_is_limited_or_excluded_elsewhere_needs_no_answer() -> None:
    given = signed(
        replace(
            YES,
            exclusions=(replace(TOUCHING_EXCLUSION, id=EXCLUSION, category="health"),),
            limits=(
                Limit(id=UUID(int=51), cell=POLICE_ON_HEALTH),
                Limit(id=UUID(int=52), cell=SCHOOL_RECEIVES),
            ),
        )
    )

    assert refusals(given) == set()


def test_what_a_consent_does_not_say_opens_nothing() -> None:
    bare = Consent(
        id=UUID(int=64),
        signer=SUBJECT,
        answer=Answer.GIVEN,
        cells=frozenset(),
        valid_from=DAY,
        valid_to=DAY,
    )

    assert not lets_be_told(bare, to_family=False)
    assert (bare.programme, bare.withdrawn_on, bare.has_lapsed) == ("", None, False)
    assert Consents(on=DAY, required=frozenset(), answers=()).programme == ""


@pytest.mark.parametrize(
    ("giver", "recipient", "cells"),
    [
        (None, None, set()),
        (SCHOOL, None, {GIVE_CELL}),
        (None, POLICE, {RECEIVE_CELL}),
        (SCHOOL, POLICE, {GIVE_CELL, RECEIVE_CELL}),
    ],
)
def test_a_passage_has_a_cell_for_each_end_that_is_an_organisation(
    giver: UUID | None, recipient: UUID | None, cells: set[Cell]
) -> None:
    passage = Passage(giver_id=giver, recipient_id=recipient, category="attendance")

    assert passage.cells == cells


def test_a_consent_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        replace(YES, valid_to=date(2026, 8, 31))


@pytest.mark.parametrize(
    ("consent", "holds"),
    [
        (replace(YES, valid_from=AFTER), False),
        (replace(YES, valid_to=BEFORE), False),
        (replace(YES, withdrawn_on=DAY), False),
        (replace(YES, withdrawn_on=BEFORE), False),
        (replace(YES, valid_from=DAY), True),
        (replace(YES, valid_to=DAY), True),
        (replace(YES, valid_from=DAY, valid_to=DAY), True),
        (replace(YES, withdrawn_on=AFTER), True),
        (YES, True),
    ],
)
def test_the_last_day_counts_and_the_day_of_withdrawal_does_not(
    consent: Consent, *, holds: bool
) -> None:
    assert consent.holds_on(DAY) is holds


def test_the_reason_comes_from_the_latest_of_the_earlier_consents() -> None:
    old = replace(YES, id=UUID(int=61), valid_to=date(2026, 10, 1))
    newer = replace(YES, valid_from=date(2026, 10, 2), withdrawn_on=BEFORE)

    assert refusals(signed_by_young_person(newer, old)) == {Reason.WITHDRAWN}
    assert refusals(signed_by_young_person(old, newer)) == {Reason.WITHDRAWN}


def test_what_has_begun_is_told_before_what_has_not() -> None:
    ended = replace(YES, id=UUID(int=61), valid_to=BEFORE)
    coming = replace(YES, valid_from=AFTER)

    assert refusals(signed_by_young_person(ended, coming)) == {Reason.EXPIRED}
    assert refusals(signed_by_young_person(coming, ended)) == {Reason.EXPIRED}
    assert refusals(signed_by_young_person(replace(ended, withdrawn_on=BEFORE), coming)) == {
        Reason.WITHDRAWN
    }


def test_what_begins_on_the_day_has_begun() -> None:
    ended = replace(YES, id=UUID(int=61), valid_to=BEFORE)
    begun = replace(YES, valid_from=DAY, withdrawn_on=DAY)

    assert refusals(signed_by_young_person(ended, begun)) == {Reason.WITHDRAWN}


def test_everyone_who_must_sign_has_allowed_it() -> None:
    assert refusals(GIVEN) == set()


def test_a_consent_withdrawn_and_renewed_on_one_day_holds_that_day() -> None:
    withdrawn = replace(YES, withdrawn_on=DAY)
    renewed = replace(YES, id=UUID(int=62), valid_from=DAY)
    given = replace(GIVEN, required=frozenset({SUBJECT}), consents=(withdrawn, renewed))

    assert refusals(given) == set()


def test_each_direction_is_a_cell_of_its_own() -> None:
    given = with_cells(GIVE_CELL, RECEIVE_CELL)
    other_way = replace(ATTENDANCE, origin_id=POLICE)

    assert refusals(given, other_way, SCHOOL) == {
        Reason.CATEGORY_NOT_COVERED,
        Reason.DIRECTION_NOT_COVERED,
    }


def without(*taken: UUID, cells: frozenset[Cell] = frozenset()) -> Circumstances:
    """Return the circumstances in which the young person took these organisations back."""
    return signed(replace(YES, cells=cells, taken_back=frozenset(taken)))


@pytest.mark.parametrize(
    ("given", "recipient", "reasons"),
    [
        (without(POLICE, cells=frozenset({GIVE_CELL})), POLICE, {Reason.WITHDRAWN_PART}),
        (without(SCHOOL, cells=frozenset({RECEIVE_CELL})), POLICE, {Reason.GIVER_NOT_COVERED}),
        (without(SCHOOL, cells=frozenset({GIVE_CELL})), POLICE, {Reason.RECIPIENT_NOT_COVERED}),
        (
            without(SCHOOL, POLICE),
            POLICE,
            {Reason.WITHDRAWN_PART, Reason.GIVER_NOT_COVERED},
        ),
        (
            without(SCHOOL),
            POLICE,
            {Reason.RECIPIENT_NOT_COVERED, Reason.GIVER_NOT_COVERED},
        ),
        (without(), POLICE, {Reason.EMPTY_CONSENT}),
        (without(POLICE, cells=frozenset({GIVE_CELL})), None, {Reason.RECIPIENT_NOT_COVERED}),
    ],
)
def test_a_recipient_who_was_taken_back_is_told_from_one_who_never_was_there(
    given: Circumstances, recipient: UUID | None, reasons: set[Reason]
) -> None:
    assert refusals(given, recipient=recipient) == reasons


@pytest.mark.parametrize(
    ("cell", "given", "reasons"),
    [
        (RECEIVE_CELL, GIVEN, set()),
        (GIVE_CELL, GIVEN, set()),
        (RECEIVE_CELL, without(POLICE, cells=frozenset({GIVE_CELL})), {Reason.WITHDRAWN_PART}),
        (GIVE_CELL, without(SCHOOL, cells=frozenset({RECEIVE_CELL})), {Reason.GIVER_NOT_COVERED}),
        (GIVE_CELL, without(SCHOOL, POLICE), {Reason.GIVER_NOT_COVERED}),
        (RECEIVE_CELL, without(SCHOOL), {Reason.RECIPIENT_NOT_COVERED}),
        (RECEIVE_CELL, without(), {Reason.EMPTY_CONSENT}),
        (POLICE_GIVES, GIVEN, {Reason.DIRECTION_NOT_COVERED}),
        (SCHOOL_RECEIVES, GIVEN, {Reason.CATEGORY_NOT_COVERED}),
        (RECEIVE_CELL, replace(GIVEN, required=frozenset()), {Reason.NO_SIGNER}),
        (RECEIVE_CELL, signed(NO), {Reason.REFUSED}),
        (RECEIVE_CELL, signed(None), {Reason.WAITING_FOR_SIGNATURE}),
        (RECEIVE_CELL, signed(replace(YES, limits=(LIMITED,))), set()),
        (RECEIVE_CELL, signed(replace(YES, exclusions=(TOUCHING_EXCLUSION,))), set()),
    ],
)
def test_a_cell_has_a_reason_of_its_own(
    cell: Cell, given: Circumstances, reasons: set[Reason]
) -> None:
    found = find_refusals_of_cell(cell, given.required_answers)

    assert found == reasons


@pytest.mark.parametrize(
    ("answer", "tick", "agencies", "family"),
    [
        (Answer.GIVEN, OwnInformation.NONE, False, False),
        (Answer.GIVEN, OwnInformation.AGENCIES, True, False),
        (Answer.GIVEN, OwnInformation.AGENCIES_AND_FAMILY, True, True),
        (Answer.REFUSED, OwnInformation.NONE, False, False),
        (Answer.REFUSED, OwnInformation.AGENCIES, False, False),
        (Answer.REFUSED, OwnInformation.AGENCIES_AND_FAMILY, False, False),
    ],
)
def test_the_tick_about_oneself_says_to_whom(
    answer: Answer, tick: OwnInformation, *, agencies: bool, family: bool
) -> None:
    consent = replace(YES, answer=answer, own_information=tick)

    assert lets_be_told(consent, to_family=False) is agencies
    assert lets_be_told(consent, to_family=True) is family


def test_two_answers_count_only_where_both_are_in_force() -> None:
    other = replace(YES, id=UUID(int=63))

    assert has_one_answer_each([], on=DAY)
    assert has_one_answer_each(GIVEN.consents, on=DAY)
    assert not has_one_answer_each([YES, other], on=DAY)
    assert has_one_answer_each([YES, other], on=date.min)
    assert has_one_answer_each([YES, replace(other, withdrawn_on=DAY)], on=DAY)
    assert has_one_answer_each([YES, replace(other, valid_to=BEFORE)], on=DAY)


@pytest.mark.parametrize(
    ("answers", "latest"),
    [
        ([], None),
        ([NO], None),
        ([YES, replace(NO, valid_from=DAY)], YES),
        ([replace(YES, valid_from=AFTER)], replace(YES, valid_from=AFTER)),
        ([YES, replace(YES, valid_from=AFTER)], YES),
        ([YES, replace(YES, valid_from=BEFORE)], replace(YES, valid_from=BEFORE)),
        ([replace(YES, valid_to=BEFORE), YES], YES),
    ],
)
def test_the_latest_yes_is_the_last_that_has_begun(
    answers: list[Consent], latest: Consent | None
) -> None:
    assert find_latest_yes(answers, on=DAY) == latest
    assert find_latest_yes(answers[::-1], on=DAY) == latest


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_consent_can_hold_for_all_days_there_are(day: date) -> None:
    always = replace(YES, valid_from=date.min, valid_to=date.max)

    assert always.holds_on(day)
    assert not replace(always, withdrawn_on=date.min).holds_on(day)
    assert replace(always, withdrawn_on=date.max).holds_on(day) is (day < date.max)
