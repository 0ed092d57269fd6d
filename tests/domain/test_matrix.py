"""A cell is open only if every required signer says yes to it and nothing closes the case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.chains import BEGUN, ENDS, NO, YES, signed, standing, taken_back
from tests.domain.facts import (
    BOARD,
    DAY,
    GIVE_CELL,
    GIVEN,
    GUARDIAN,
    LIMITED,
    OTHER_GUARDIAN,
    POLICE,
    RECEIVE_CELL,
    SCHOOL,
    SECOND,
    SUBJECT,
    TOUCHING_EXCLUSION,
)
from trygga_desktop.domain.consent import Direction, Newcomer
from trygga_desktop.domain.consent_events import Given, Happening
from trygga_desktop.domain.matrix import (
    SOON,
    CellState,
    MatrixCell,
    Says,
    SignerSays,
    read_cell,
    read_cover,
    read_matrix,
)
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation

A_DAY = timedelta(days=1)
BEFORE, AFTER = DAY - A_DAY, DAY + A_DAY
PARENTS = replace(YES, signer=GUARDIAN)
POLICE_GIVES = replace(RECEIVE_CELL, direction=Direction.GIVE)
SCHOOL_RECEIVES = replace(GIVE_CELL, direction=Direction.RECEIVE)
LONG = timedelta(days=SOON)


def cell_of(*happenings: Happening, day: date = DAY) -> MatrixCell:
    """Return whether the police may be told of attendance, when these happened."""
    return read_cell(RECEIVE_CELL, standing(happenings, day))


def says_of(*happenings: Happening, day: date = DAY) -> SignerSays:
    """Return what the young person says of that cell."""
    return cell_of(*happenings, day=day).says[0]


@pytest.mark.parametrize(
    ("happenings", "state", "reasons"),
    [
        ([YES, PARENTS], CellState.YES, []),
        ([], CellState.NOT_ASKED, [Reason.CONSENT_MISSING]),
        ([YES], CellState.WAITING, [Reason.WAITING_FOR_SIGNATURE]),
        ([YES, replace(NO, signer=GUARDIAN)], CellState.NO, [Reason.REFUSED]),
        ([NO, replace(NO, signer=GUARDIAN)], CellState.NO, [Reason.REFUSED]),
        ([NO], CellState.NOT_ASKED, [Reason.REFUSED, Reason.CONSENT_MISSING]),
        ([YES, signed(BEGUN, BEFORE, yes=PARENTS)], CellState.EXPIRED, [Reason.EXPIRED]),
        ([YES, replace(PARENTS, valid_from=AFTER)], CellState.WAITING, [Reason.NOT_YET_VALID]),
        ([YES, PARENTS, taken_back(DAY)], CellState.WITHDRAWN, [Reason.WITHDRAWN]),
        (
            [YES, replace(PARENTS, valid_from=AFTER), taken_back(DAY, signer=GUARDIAN)],
            CellState.WITHDRAWN,
            [Reason.WITHDRAWN],
        ),
        ([YES, PARENTS, taken_back(DAY, POLICE)], CellState.WITHDRAWN, [Reason.WITHDRAWN_PART]),
        (
            [YES, PARENTS, taken_back(DAY, POLICE, SCHOOL)],
            CellState.WITHDRAWN,
            [Reason.WITHDRAWN_PART],
        ),
        (
            [replace(YES, cells=frozenset({GIVE_CELL})), PARENTS],
            CellState.NO,
            [Reason.RECIPIENT_NOT_COVERED],
        ),
        (
            [replace(YES, cells=frozenset({GIVE_CELL})), PARENTS, taken_back(DAY, SCHOOL)],
            CellState.NO,
            [Reason.RECIPIENT_NOT_COVERED],
        ),
        (
            [replace(YES, cells=frozenset({POLICE_GIVES})), PARENTS],
            CellState.NO,
            [Reason.CATEGORY_NOT_COVERED],
        ),
        ([replace(YES, cells=frozenset()), PARENTS], CellState.NO, [Reason.EMPTY_CONSENT]),
        (
            [replace(YES, cells=frozenset()), PARENTS, taken_back(DAY, POLICE)],
            CellState.NO,
            [Reason.EMPTY_CONSENT],
        ),
    ],
)
def test_the_worst_answer_closes_the_cell_and_tells_why(
    happenings: Sequence[Happening], state: CellState, reasons: list[Reason]
) -> None:
    cell = cell_of(*happenings)

    assert (cell.cell, cell.state, cell.reasons) == (RECEIVE_CELL, state, tuple(reasons))
    assert (cell.until is not None) is (reasons == [])


@pytest.mark.parametrize(
    ("cells", "happenings", "reasons"),
    [
        ({GIVE_CELL}, [], []),
        ({RECEIVE_CELL}, [], [Reason.GIVER_NOT_COVERED]),
        ({SCHOOL_RECEIVES}, [], [Reason.DIRECTION_NOT_COVERED]),
        ({replace(GIVE_CELL, category="health")}, [], [Reason.DIRECTION_NOT_COVERED]),
        ({GIVE_CELL, RECEIVE_CELL}, [taken_back(DAY, SCHOOL)], [Reason.GIVER_NOT_COVERED]),
        ({GIVE_CELL}, [taken_back(DAY, SCHOOL)], [Reason.GIVER_NOT_COVERED]),
        (set(), [], [Reason.EMPTY_CONSENT]),
    ],
)
def test_giving_is_a_cell_with_reasons_of_its_own(
    cells: set[Any], happenings: list[Happening], reasons: list[Reason]
) -> None:
    yes = replace(YES, cells=frozenset(cells))
    cell = read_cell(GIVE_CELL, standing([yes, PARENTS, *happenings]))

    assert cell.reasons == tuple(reasons)
    assert cell.state is (CellState.NO if reasons else CellState.YES)


YOUNG, PARENT = GIVEN.consents
OTHER_PARENT = replace(PARENT, id=UUID(int=82), signer=OTHER_GUARDIAN)
COMING, OVER = {"valid_from": AFTER}, {"valid_to": BEFORE}
LAPSED = {**OVER, "has_lapsed": True}
PART = {"cells": frozenset({GIVE_CELL}), "taken_back": frozenset({POLICE})}


@pytest.mark.parametrize(
    ("young", "parent", "newcomer", "state", "reasons"),
    [
        (None, {}, Reason.SIGNER_ADDED, CellState.WAITING, [Reason.SIGNER_ADDED]),
        (None, {}, Reason.TURNED_15, CellState.WAITING, [Reason.TURNED_15]),
        ({}, LAPSED, None, CellState.EXPIRED, [Reason.TURNED_18]),
        # The first of these tells more of what is to be done than the second.
        (
            PART,
            None,
            None,
            CellState.WITHDRAWN,
            [Reason.WAITING_FOR_SIGNATURE, Reason.WITHDRAWN_PART],
        ),
        (
            None,
            LAPSED,
            Reason.TURNED_15,
            CellState.WAITING,
            [Reason.TURNED_18, Reason.TURNED_15],
        ),
        (COMING, LAPSED, None, CellState.EXPIRED, [Reason.TURNED_18, Reason.NOT_YET_VALID]),
        (COMING, OVER, None, CellState.WAITING, [Reason.NOT_YET_VALID, Reason.EXPIRED]),
    ],
)
def test_a_closed_cell_is_told_by_what_says_most(
    young: dict[str, Any] | None,
    parent: dict[str, Any] | None,
    newcomer: Reason | None,
    state: CellState,
    reasons: list[Reason],
) -> None:
    answers = (
        None if young is None else replace(YOUNG, **young),
        None if parent is None else replace(PARENT, **parent),
        OTHER_PARENT,
    )
    given = replace(
        GIVEN,
        required=frozenset({SUBJECT, GUARDIAN, OTHER_GUARDIAN}),
        consents=tuple(one for one in answers if one is not None),
        newcomers={} if newcomer is None else {SUBJECT: Newcomer(since=DAY, reason=newcomer)},
    )

    cell = read_cell(RECEIVE_CELL, given)

    assert (cell.state, list(cell.reasons)) == (state, reasons)


def test_what_has_ended_is_told_before_who_was_never_asked() -> None:
    cell = cell_of(signed(BEGUN, BEFORE))

    assert cell.state is CellState.EXPIRED
    assert cell.reasons == (Reason.CONSENT_MISSING, Reason.EXPIRED)


def test_without_anybody_who_must_sign_no_cell_is_open() -> None:
    cell = read_cell(RECEIVE_CELL, replace(GIVEN, required=frozenset()))

    assert (cell.state, cell.reasons) == (CellState.NOT_ASKED, (Reason.NO_SIGNER,))
    assert (cell.says, cell.until) == ((), None)


def test_whoever_need_not_sign_neither_opens_nor_closes_a_cell() -> None:
    others = replace(NO, signer=SECOND)

    assert cell_of(YES, PARENTS, others) == cell_of(YES, PARENTS)
    assert cell_of(YES, replace(PARENTS, signer=SECOND)).state is CellState.WAITING
    assert cell_of(YES, PARENTS, signed(DAY, DAY, yes=replace(YES, signer=SECOND))).until == ENDS


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"subject_age": None}, Reason.UNKNOWN_AGE),
        ({"closed_by": Reason.PHASE_NOT_OPEN}, Reason.PHASE_NOT_OPEN),
        ({"closed_by": Reason.CASE_CLOSED}, Reason.CASE_CLOSED),
        ({"closed_by": Reason.CASE_PAUSED}, Reason.CASE_PAUSED),
        ({"opinion_of": frozenset({SECOND})}, Reason.OPINION_MISSING),
        ({"unweighed": frozenset({SECOND})}, Reason.OPINION_UNWEIGHED),
        ({"concerned": frozenset({frozenset({SCHOOL})})}, Reason.PROGRAMME_NEEDS_ALL),
    ],
)
def test_what_closes_the_case_closes_every_cell(changes: Mapping[str, Any], reason: Reason) -> None:
    closed = replace(GIVEN, **changes)

    for cell in read_matrix([SCHOOL, POLICE], ["attendance", "health"], closed):
        assert reason in cell.reasons
        assert cell.state not in {CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON}
    assert read_cell(RECEIVE_CELL, closed).reasons == (reason,)


def test_a_consent_covers_whom_every_signer_lets_have_something_while_all_of_them_do() -> None:
    begun = replace(PARENTS, valid_from=BEGUN + A_DAY)
    cover = read_cover(standing([YES, replace(begun, cells=frozenset({GIVE_CELL}))]))

    assert (cover.signed, cover.organisations) == (GIVEN.required, frozenset({SCHOOL}))
    assert (cover.valid_from, cover.valid_to) == (BEGUN + A_DAY, ENDS)
    assert not cover.is_closed
    ends = (
        read_cover(standing([signed(BEGUN, DAY), PARENTS])),
        read_cover(standing([YES, PARENTS])),
    )
    assert [one.valid_to for one in ends] == [DAY, ENDS]


@pytest.mark.parametrize(
    "happenings",
    [
        [YES],
        [YES, replace(NO, signer=GUARDIAN)],
        [YES, replace(PARENTS, signer=SECOND)],
        [YES, PARENTS, taken_back(DAY, signer=GUARDIAN)],
        [YES, signed(BEGUN, BEFORE, yes=PARENTS)],
    ],
)
def test_who_has_not_signed_leaves_nobody_covered(happenings: list[Happening]) -> None:
    cover = read_cover(standing(happenings))

    assert (cover.signed, cover.organisations) == (frozenset({SUBJECT}), frozenset())


def test_nothing_is_covered_where_nobody_must_sign() -> None:
    cover = read_cover(replace(GIVEN, required=frozenset()))

    assert (cover.signed, cover.organisations, cover.valid_to) == (frozenset(), frozenset(), None)


@pytest.mark.parametrize(
    "changes",
    [
        {"chain": ChainStanding.BROKEN},
        {"confirmation": Confirmation.UNCONFIRMED},
        {"subject_age": None},
        {"closed_by": Reason.CASE_PAUSED},
        {"opinion_of": frozenset({SECOND})},
        {"concerned": frozenset({frozenset({OTHER_GUARDIAN})})},
    ],
)
def test_what_closes_the_case_closes_what_the_consents_come_to(changes: Mapping[str, Any]) -> None:
    assert read_cover(replace(GIVEN, **changes)).is_closed


def test_a_pause_that_follows_leaves_it_to_the_consents_to_say_why() -> None:
    paused = replace(
        standing([YES, PARENTS, taken_back(DAY)]),
        closed_by=Reason.CASE_PAUSED,
        pause_follows=True,
    )

    assert read_cell(RECEIVE_CELL, paused).reasons == (Reason.WITHDRAWN,)
    decided = read_cell(RECEIVE_CELL, replace(paused, pause_follows=False))
    assert decided.reasons == (Reason.CASE_PAUSED, Reason.WITHDRAWN)
    assert decided.state is CellState.WITHDRAWN
    renewed = replace(GIVEN, closed_by=Reason.CASE_PAUSED, pause_follows=True)
    assert read_cell(RECEIVE_CELL, renewed).reasons == (Reason.CASE_PAUSED,)


def test_a_cell_with_a_limit_is_open_in_part() -> None:
    yes, parents = GIVEN.consents
    limited = replace(GIVEN, consents=(replace(yes, limits=(LIMITED,)), parents))

    assert read_cell(RECEIVE_CELL, limited).state is CellState.LIMITED
    assert read_cell(GIVE_CELL, limited).state is CellState.YES


def test_a_limit_that_is_over_or_on_a_closed_cell_is_not_told() -> None:
    yes, parents = GIVEN.consents
    over = replace(yes, id=UUID(int=81), valid_to=BEFORE, limits=(LIMITED,))
    now = replace(yes, valid_from=DAY)
    without = replace(GIVEN, consents=(over, now, parents))
    closed = replace(GIVEN, consents=(replace(yes, cells=frozenset(), limits=(LIMITED,)), parents))

    assert read_cell(RECEIVE_CELL, without).state is CellState.YES
    assert read_cell(RECEIVE_CELL, closed).state is CellState.NO


def test_an_exclusion_asks_of_items_and_leaves_the_cell_open() -> None:
    yes, parents = GIVEN.consents
    excluding = replace(GIVEN, consents=(replace(yes, exclusions=(TOUCHING_EXCLUSION,)), parents))

    assert read_cell(RECEIVE_CELL, excluding).state is CellState.YES


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (DAY, CellState.EXPIRES_SOON),
        (DAY + LONG, CellState.EXPIRES_SOON),
        (DAY + LONG + A_DAY, CellState.YES),
    ],
)
def test_what_ends_within_the_month_is_told_by_whoever_ends_first(
    ends: date, state: CellState
) -> None:
    for happenings in (
        [YES, signed(BEGUN, ends, yes=PARENTS)],
        [signed(BEGUN, ends), PARENTS],
    ):
        cell = cell_of(*happenings)
        assert (cell.state, cell.until) == (state, ends)


@pytest.mark.parametrize(
    ("happenings", "says", "since", "until"),
    [
        ([YES], Says.YES, BEGUN, ENDS),
        ([replace(YES, cells=frozenset({GIVE_CELL}))], Says.NO, BEGUN, ENDS),
        ([NO], Says.REFUSED, BEGUN, ENDS),
        ([], Says.NOTHING_YET, None, None),
        ([replace(YES, valid_from=AFTER)], Says.NOTHING_YET, None, None),
        ([signed(BEGUN, BEFORE)], Says.EXPIRED, BEGUN, BEFORE),
        ([signed(BEGUN, BEFORE, yes=NO)], Says.NOTHING_YET, None, None),
        ([YES, taken_back(DAY)], Says.WITHDRAWN, BEGUN, DAY),
        ([YES, taken_back(BEFORE)], Says.WITHDRAWN, BEGUN, BEFORE),
        ([replace(YES, valid_from=AFTER), taken_back(DAY)], Says.WITHDRAWN, AFTER, DAY),
        ([YES, taken_back(DAY, POLICE)], Says.WITHDRAWN, BEGUN, DAY),
        ([YES, taken_back(DAY, SCHOOL)], Says.YES, DAY, ENDS),
        ([YES, taken_back(BEFORE, POLICE), taken_back(DAY, SCHOOL)], Says.WITHDRAWN, BEGUN, BEFORE),
        ([YES, taken_back(BEFORE, POLICE), signed(DAY)], Says.YES, DAY, ENDS),
        ([YES, taken_back(DAY), signed(DAY)], Says.YES, DAY, ENDS),
        ([signed(BEGUN, BEFORE), signed(DAY), taken_back(DAY)], Says.WITHDRAWN, DAY, DAY),
        # What was taken back of an earlier paper was given again by the next.
        (
            [YES, taken_back(BEGUN + A_DAY, POLICE), signed(BEFORE), taken_back(DAY, POLICE)],
            Says.WITHDRAWN,
            BEFORE,
            DAY,
        ),
        # What has ended tells more than what is yet to begin, and a no that is over nothing.
        (
            [signed(BEGUN, BEFORE), replace(YES, valid_from=AFTER)],
            Says.EXPIRED,
            BEGUN,
            BEFORE,
        ),
        (
            [
                YES,
                taken_back(BEGUN),
                replace(signed(BEGUN + A_DAY, BEFORE), answer=NO.answer, cells=NO.cells),
            ],
            Says.WITHDRAWN,
            BEGUN,
            BEGUN,
        ),
    ],
)
def test_each_signers_part_in_a_cell_is_told(
    happenings: list[Happening], says: Says, since: date | None, until: date | None
) -> None:
    assert says_of(*happenings) == SignerSays(signer=SUBJECT, says=says, since=since, until=until)


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [YES],
        [NO],
        [signed(BEGUN, BEFORE)],
        [replace(YES, valid_from=AFTER)],
        [YES, taken_back(BEFORE)],
        [signed(BEGUN, BEFORE), taken_back(BEGUN)],
        [signed(BEGUN, BEFORE), replace(signed(AFTER), on=BEFORE)],
        [YES, taken_back(BEGUN), replace(NO, on=BEGUN + A_DAY, valid_to=BEFORE)],
    ],
)
def test_what_a_signer_says_fits_the_reason_of_the_cell(answers: list[Happening]) -> None:
    cell = cell_of(*answers, PARENTS)
    fitting = {
        Says.YES: (),
        Says.REFUSED: (Reason.REFUSED,),
        Says.EXPIRED: (Reason.EXPIRED,),
        Says.WITHDRAWN: (Reason.WITHDRAWN,),
    }
    not_yet = {(Reason.WAITING_FOR_SIGNATURE,), (Reason.NOT_YET_VALID,)}

    says = next(one.says for one in cell.says if one.signer == SUBJECT)
    assert cell.reasons == fitting.get(says, cell.reasons)
    assert says is not Says.NOTHING_YET or cell.reasons in not_yet


@pytest.mark.parametrize(
    ("withdrawn_on", "says", "reason"),
    [
        (BEFORE - A_DAY, Says.WITHDRAWN, Reason.WITHDRAWN),
        (DAY, Says.WITHDRAWN, Reason.WITHDRAWN),
        (AFTER, Says.EXPIRED, Reason.EXPIRED),
    ],
)
def test_what_was_taken_back_and_has_run_out_is_told_as_the_reason_has_it(
    withdrawn_on: date, says: Says, reason: Reason
) -> None:
    yes, parents = GIVEN.consents
    over = replace(yes, valid_to=BEFORE, withdrawn_on=withdrawn_on)
    cell = read_cell(RECEIVE_CELL, replace(GIVEN, consents=(over, parents)))

    assert (cell.says[0].says, cell.reasons) == (says, (reason,))
    assert cell.says[0].until == (BEFORE if says is Says.EXPIRED else withdrawn_on)


def test_signers_are_told_in_one_order() -> None:
    many = frozenset(UUID(int=number) for number in (64, 3, 40, 17, 8))

    told = [one.signer for one in read_cell(RECEIVE_CELL, replace(GIVEN, required=many)).says]

    assert told == sorted(many)


def test_a_matrix_has_both_directions_of_each_organisation_and_category() -> None:
    matrix = read_matrix([SCHOOL, POLICE, BOARD], ["attendance", "health"], GIVEN)
    opened = {one.cell for one in matrix if one.state is CellState.YES}

    assert len(matrix) == len({one.cell for one in matrix}) == 12
    assert opened == {GIVE_CELL, RECEIVE_CELL}


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_matrix_can_be_read_on_the_first_and_the_last_day_there_is(day: date) -> None:
    whole: list[Given] = [
        replace(one, on=date.min, valid_from=date.min, valid_to=date.max) for one in (YES, PARENTS)
    ]
    given: Circumstances = standing(whole, day)

    state = CellState.EXPIRES_SOON if day == date.max else CellState.YES
    assert read_cell(RECEIVE_CELL, given).state is state
