"""Laws of the chain of consent events: whatever happened, taking back never opens anything."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.chains import PREVENTED, YES, chain, standing, taken_back
from tests.domain.facts import (
    ATTENDANCE,
    BOARD,
    DAY,
    FRIEND,
    GUARDIAN,
    PARENT,
    POLICE,
    POLICE_OFFICER,
    SCHOOL,
    SCHOOL_TEACHER,
    SECOND,
    SUBJECT,
    YOUNG_PERSON,
)
from trygga_desktop.domain.bars import BAR_REASONS, Bar, BarScope
from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Direction,
    OwnInformation,
    has_one_answer_each,
)
from trygga_desktop.domain.consent_events import (
    Barred,
    Compared,
    Concerned,
    ConsentEvent,
    Excepted,
    Excluded,
    Given,
    Happening,
    Lifted,
    Limited,
    Opinion,
    View,
    Withdrawn,
    state_on,
)
from trygga_desktop.domain.matrix import CellState, read_matrix
from trygga_desktop.domain.sharing import Recipient, decide, decide_for_room

OPEN = {CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON}
ORGANISATIONS = (SCHOOL, POLICE)
CATEGORIES = ("attendance", "health")
ALL_CELLS = frozenset(
    Cell(organisation_id=organisation, category=category, direction=direction)
    for organisation in ORGANISATIONS
    for category in CATEGORIES
    for direction in Direction
)
ASKED = (
    ATTENDANCE,
    replace(ATTENDANCE, about=frozenset({SUBJECT, SECOND})),
    replace(ATTENDANCE, about=frozenset({SUBJECT, GUARDIAN})),
)
ASKING = (POLICE_OFFICER, SCHOOL_TEACHER, PARENT, FRIEND, YOUNG_PERSON)

NEAR = st.integers(-4, 4).map(lambda days: DAY + timedelta(days=days))
DAYS = NEAR | st.sampled_from([date.min, date.max])
SIGNERS = st.sampled_from([SUBJECT, GUARDIAN, SECOND])
IDS = st.sampled_from([UUID(int=number) for number in range(91, 95)])
CELLS = st.sampled_from(sorted(ALL_CELLS))
SOME = st.frozensets(st.sampled_from([*ORGANISATIONS, BOARD]), max_size=2)
# Mostly open, so that the laws are tried where something could be lost.
MOSTLY = st.sampled_from([True, True, True, False])


@st.composite
def answers(draw: st.DrawFn) -> Given:
    """One answer: a whole yes around the day, or anything at all."""
    is_usual = draw(MOSTLY)
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return Given(
        signer=draw(SIGNERS),
        answer=Answer.GIVEN,
        on=draw(DAYS),
        valid_from=min(first, DAY) if is_usual else first,
        valid_to=max(last, DAY) if is_usual else last,
        cells=ALL_CELLS if is_usual else draw(st.frozensets(CELLS)),
        own_information=draw(st.sampled_from(OwnInformation)),
        way=YES.way,
    )


WITHDRAWALS = st.builds(Withdrawn, signer=SIGNERS, on=DAYS, organisations=st.none() | SOME)
REFUSALS = answers().map(lambda one: replace(one, answer=Answer.REFUSED, cells=frozenset()))
EXCLUSIONS = st.builds(
    Excluded,
    id=IDS,
    on=DAYS,
    categories=st.frozensets(st.sampled_from(CATEGORIES)),
    words=st.just("ord"),
    asked_by=SIGNERS,
)
LIMITS = st.builds(Limited, id=IDS, on=DAYS, cell=CELLS, words=st.just("ord"), asked_by=SIGNERS)
BARS = st.builds(
    Barred,
    on=DAYS,
    bar=st.builds(
        Bar,
        id=IDS,
        reason=st.sampled_from(sorted(BAR_REASONS)),
        against=SIGNERS | st.sampled_from(ORGANISATIONS),
        scope=st.sampled_from(BarScope),
        categories=st.frozensets(st.sampled_from(CATEGORIES)),
    ),
    words=st.just("ord"),
)
OTHERS = (
    st.builds(Lifted, what=IDS, on=DAYS)
    | st.builds(
        Opinion,
        person=SIGNERS,
        on=DAYS,
        view=st.sampled_from(View),
        words=st.just("ord"),
        weighed=st.sampled_from(["", "vägt"]),
    )
    | st.builds(Concerned, on=DAYS, organisations=SOME)
    | st.builds(Compared, on=DAYS)
)
# Few ids, so that one is often told anew as when it is approved.
EXCEPTIONS = st.builds(
    Excepted,
    id=IDS,
    on=NEAR,
    signer=st.just(GUARDIAN),
    code=st.just(PREVENTED),
    words=st.just("ord"),
    decided_by=st.just("Karin Ek"),
    until=st.just(date.max),
    approved_by=st.sampled_from(["Maja Lund", "Maja Lund", ""]),
)
PLACES = st.integers(0, 7)
ANYTHING = (
    answers()
    | answers()
    | WITHDRAWALS
    | REFUSALS
    | EXCLUSIONS
    | LIMITS
    | BARS
    | OTHERS
    | EXCEPTIONS
    | EXCEPTIONS
)


@st.composite
def happenings(draw: st.DrawFn) -> list[Happening]:
    """Whatever happened in a case, mostly with the two signatures that it takes among it."""
    some: list[Happening] = draw(st.lists(ANYTHING, max_size=5))
    if draw(MOSTLY):
        for signer in (SUBJECT, GUARDIAN):
            whole = replace(
                YES,
                signer=signer,
                cells=ALL_CELLS,
                on=draw(NEAR.map(lambda day: min(day, DAY))),
                own_information=draw(st.sampled_from(OwnInformation)),
            )
            some.insert(draw(st.integers(0, len(some))), whole)
    return some


@st.composite
def done_without(draw: st.DrawFn) -> list[Happening]:
    """A case in which a guardian who allowed less than the young person is done without."""
    some: list[Happening] = draw(st.lists(ANYTHING, max_size=2))
    young = replace(YES, cells=ALL_CELLS)
    guardian = replace(YES, signer=GUARDIAN, cells=draw(st.frozensets(CELLS)))
    exception = draw(EXCEPTIONS)
    told = [exception]
    if not exception.approved_by:
        told.append(replace(exception, on=draw(NEAR), approved_by="Maja Lund"))
    return [young, guardian, told[0], *some, *told[1:]]


CASES = happenings()


def opened(happened: Sequence[Happening], day: date) -> set[object]:
    """Return everything that is open on a day: each cell, and each item to each recipient."""
    given = standing(happened, day)
    cells = {one.cell for one in read_matrix(ORGANISATIONS, CATEGORIES, given) if one.state in OPEN}
    shown = {
        (item.about, recipient.id)
        for item in ASKED
        for recipient in ASKING
        if decide(item, recipient, given).allowed
    }
    return {*cells, *shown}


def added(happened: Sequence[Happening], what: Happening, place: int) -> list[Happening]:
    """Return what happened with something more, recorded at some place in the order."""
    place = min(place, len(happened))
    return [*happened[:place], what, *happened[place:]]


def after_exceptions(happened: Sequence[Happening], place: int, day: date) -> int:
    """Return the place, or the first one after the newest exception of that day was told first.

    Only an exception that is decided anew after an answer does without whoever gave it.
    """
    told: dict[UUID, int] = {}
    for at, what in enumerate(happened, start=1):
        if isinstance(what, Excepted) and what.on <= day:
            told.setdefault(what.id, at)
    return max([place, *told.values()])


@given(CASES, WITHDRAWALS, PLACES, NEAR)
def test_a_withdrawal_never_opens_anything_wherever_it_stands(
    happened: list[Happening], taken: Withdrawn, place: int, day: date
) -> None:
    place = after_exceptions(happened, place, day)

    assert opened(added(happened, taken, place), day) <= opened(happened, day)


@given(CASES, REFUSALS, PLACES, NEAR)
def test_a_no_never_opens_anything_wherever_it_stands(
    happened: list[Happening], refused: Given, place: int, day: date
) -> None:
    place = after_exceptions(happened, place, day)

    assert opened(added(happened, refused, place), day) <= opened(happened, day)


@given(
    done_without(), WITHDRAWALS.map(lambda one: replace(one, signer=GUARDIAN)) | REFUSALS, PLACES
)
def test_what_a_guardian_who_is_done_without_takes_back_or_refuses_never_opens_anything(
    happened: list[Happening], answer: Withdrawn | Given, place: int
) -> None:
    place = after_exceptions(happened, place, DAY)

    assert opened(added(happened, answer, place), DAY) <= opened(happened, DAY)


@given(CASES, PLACES, st.frozensets(CELLS), NEAR)
def test_narrowing_an_answer_never_opens_anything_wherever_it_stands(
    happened: list[Happening], place: int, taken: frozenset[Cell], day: date
) -> None:
    answered = [at for at, one in enumerate(happened) if isinstance(one, Given)]
    assume(answered)
    at = answered[place % len(answered)]
    what = happened[at]
    assert isinstance(what, Given)
    narrower = [*happened[:at], replace(what, cells=what.cells - taken), *happened[at + 1 :]]

    assert opened(narrower, day) <= opened(happened, day)


@given(CASES, BARS, PLACES, NEAR)
def test_a_bar_never_opens_anything_wherever_it_stands(
    happened: list[Happening], barred: Barred, place: int, day: date
) -> None:
    assert opened(added(happened, barred, place), day) <= opened(happened, day)


@given(CASES, EXCLUSIONS | LIMITS, PLACES, NEAR)
def test_an_exclusion_or_a_limit_never_opens_anything_wherever_it_stands(
    happened: list[Happening], term: Excluded | Limited, place: int, day: date
) -> None:
    assert opened(added(happened, term, place), day) <= opened(happened, day)


@given(CASES, DAYS, DAYS)
def test_no_signer_ever_has_two_answers_on_one_day(
    happened: list[Happening], day: date, asked: date
) -> None:
    consents = state_on(chain(happened), day).consents

    assert has_one_answer_each(consents, on=day)
    assert has_one_answer_each(consents, on=asked)


@given(CASES, DAYS)
def test_a_day_knows_nothing_of_what_came_after_it(happened: list[Happening], day: date) -> None:
    events = chain(happened)

    assert state_on(events, day) == state_on([one for one in events if one.what.on <= day], day)


@given(CASES.flatmap(lambda happened: st.permutations(chain(happened))), DAYS)
def test_the_order_of_recording_is_told_by_the_sequence_alone(
    shuffled: list[ConsentEvent], day: date
) -> None:
    in_order = sorted(shuffled, key=lambda one: one.sequence)

    assert state_on(shuffled, day) == state_on(in_order, day)


@given(CASES, SIGNERS, DAYS, DAYS)
def test_who_takes_everything_back_has_allowed_nothing_that_day_whatever_was_recorded_before(
    happened: list[Happening], signer: UUID, taken_on: date, day: date
) -> None:
    consents = state_on(chain([*happened, taken_back(taken_on, signer=signer)]), taken_on).consents
    mine = [one for one in consents if one.signer == signer and one.answer is Answer.GIVEN]

    assert not any(one.holds_on(taken_on) for one in mine)
    assert not any(one.holds_on(max(taken_on, day)) for one in mine)


@given(CASES, SIGNERS, DAYS, DAYS)
def test_a_withdrawal_that_names_too_early_a_day_closes_what_was_recorded_all_the_same(
    happened: list[Happening], signer: UUID, taken_on: date, day: date
) -> None:
    later = [
        one
        for one in happened
        if not isinstance(one, Given) or one.signer != signer or one.on > taken_on
    ]
    consents = state_on(chain([*later, taken_back(taken_on, signer=signer)]), day).consents
    mine = [one for one in consents if one.signer == signer and one.answer is Answer.GIVEN]

    assert not any(one.holds_on(day) for one in mine)


@given(CASES, SIGNERS, st.sampled_from(ORGANISATIONS), DAYS)
def test_who_takes_an_organisation_back_has_allowed_it_nothing_that_day(
    happened: list[Happening], signer: UUID, organisation: UUID, day: date
) -> None:
    events = chain([*happened, taken_back(day, organisation, signer=signer)])
    cells = {
        cell.organisation_id
        for one in state_on(events, day).consents
        if one.signer == signer and one.holds_on(day)
        for cell in one.cells
    }

    assert organisation not in cells


@given(CASES, EXCLUSIONS | LIMITS | BARS, DAYS)
def test_what_was_said_last_holds(
    happened: list[Happening], term: Excluded | Limited | Barred, day: date
) -> None:
    state = state_on(chain([*happened, replace(term, on=day)]), day)

    found: list[object] = [*state.exclusions, *state.limits, *state.bars]
    assert replace(term, on=day) in found or getattr(term, "bar", None) in found


@given(CASES, DAYS)
def test_a_cell_is_open_only_where_everyone_who_must_sign_has_ticked_it(
    happened: list[Happening], day: date
) -> None:
    given_that_day = standing(happened, day)
    signed = {one.signer: one for one in given_that_day.consents if one.holds_on(day)}

    for cell in read_matrix(ORGANISATIONS, CATEGORIES, given_that_day):
        is_open = all(
            signer in signed and cell.cell in signed[signer].cells
            for signer in given_that_day.required
        )
        assert (cell.state in OPEN) is is_open
        assert (cell.reasons == ()) is is_open


@given(CASES, answers(), PLACES, NEAR)
def test_whoever_need_not_sign_opens_no_cell_and_closes_none(
    happened: list[Happening], answer: Given, place: int, day: date
) -> None:
    others = replace(answer, signer=SECOND)
    before = read_matrix(ORGANISATIONS, CATEGORIES, standing(happened, day))

    after = read_matrix(ORGANISATIONS, CATEGORIES, standing(added(happened, others, place), day))
    assert after == before


@given(CASES, st.lists(st.sampled_from(ASKING), min_size=1), st.sampled_from(ASKING), NEAR)
def test_one_more_participant_is_never_shown_more(
    happened: list[Happening], room: list[Recipient], one_more: Recipient, day: date
) -> None:
    given_that_day = standing(happened, day)

    for item in ASKED:
        if not decide_for_room(item, room, given_that_day).allowed:
            assert not decide_for_room(item, [*room, one_more], given_that_day).allowed
