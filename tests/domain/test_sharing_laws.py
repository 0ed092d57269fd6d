"""Laws of the sharing decision, over generated cases: taking away never opens anything."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.facts import (
    ATTENDANCE,
    AUTHOR,
    BOARD,
    DAY,
    GIVEN,
    GUARDIAN,
    INTERPRETER,
    OFFICER,
    POLICE,
    POLICE_OFFICER,
    REPORTER,
    SCHOOL,
    SECOND,
    STRANGER,
    SUBJECT,
    SUPPORT,
)
from trygga_desktop.domain.bars import BAR_REASONS, Bar, BarScope
from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Consent,
    Direction,
    Exclusion,
    Limit,
    OwnInformation,
)
from trygga_desktop.domain.items import Item, Marking, Part, RecordedMarking
from trygga_desktop.domain.reasons import Reason, place_in_order
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Recipient,
    Stage,
    decide,
    decide_for_room,
)

PERSONS = st.sampled_from([SUBJECT, GUARDIAN, SECOND, REPORTER])
ORGANISATIONS = st.sampled_from([BOARD, SCHOOL, POLICE])
CATEGORIES = st.sampled_from(["attendance", "health"])
CLOSING = (Reason.PHASE_NOT_OPEN, Reason.CASE_PAUSED, Reason.CASE_CLOSED)
SIGNERS = (SUBJECT, GUARDIAN, SECOND)
WORDS = [UUID(int=n) for n in range(80, 84)]
DAYS = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
# Mostly open, so that the laws are tried where something could be lost.
MOSTLY = st.sampled_from([True, True, True, True, False])

CELLS = st.builds(
    Cell,
    organisation_id=ORGANISATIONS,
    category=CATEGORIES,
    direction=st.sampled_from(Direction),
)
ALL_CELLS = frozenset(
    Cell(organisation_id=organisation, category=category, direction=direction)
    for organisation in (BOARD, SCHOOL, POLICE)
    for category in ("attendance", "health", "contact", "plan")
    for direction in Direction
)
BARS = st.builds(
    Bar,
    id=st.uuids(),
    reason=st.sampled_from(sorted(BAR_REASONS)),
    against=PERSONS | ORGANISATIONS,
    scope=st.sampled_from(BarScope),
    categories=st.frozensets(CATEGORIES),
)
EXCLUSIONS = st.builds(Exclusion, id=st.sampled_from(WORDS[::2]), category=CATEGORIES)
LIMITS = st.builds(Limit, id=st.sampled_from(WORDS[1::2]), cell=CELLS)
ALL_FINE = (
    RecordedMarking(about_id=WORDS[0], answer=Marking.DOES_NOT_TOUCH),
    RecordedMarking(about_id=WORDS[1], answer=Marking.INSIDE),
)
MARKINGS = st.lists(
    st.builds(RecordedMarking, about_id=st.sampled_from(WORDS), answer=st.sampled_from(Marking)),
    max_size=4,
    unique_by=lambda marking: marking.about_id,
).map(tuple)
# Half of the questions hang on consent alone: that is where something could be opened.
ANY_ITEM = st.builds(
    replace,
    st.just(ATTENDANCE),
    part=st.sampled_from([Part.CASE, Part.CASE, Part.CASE, Part.GUARDED, Part.NOTES]),
    origin_id=ORGANISATIONS,
    category=CATEGORIES,
    about=st.frozensets(PERSONS, max_size=2) | st.just(frozenset({SUBJECT})),
    reporter_ids=st.just(frozenset()) | st.frozensets(PERSONS, max_size=1),
    markings=MARKINGS,
    said_by=st.none() | PERSONS,
    at_table=st.booleans(),
)
ITEMS = ANY_ITEM | st.builds(
    replace,
    st.just(ATTENDANCE),
    markings=st.just(ALL_FINE) | MARKINGS,
)
ANY_RECIPIENT = st.builds(
    Recipient,
    id=st.just(OFFICER),
    organisation_id=st.none() | ORGANISATIONS,
    person_id=st.none() | PERSONS,
    user_id=st.none() | st.sampled_from([AUTHOR, OFFICER]),
    named_reader=st.booleans(),
    barred=MOSTLY.map(lambda usual: not usual),
    acknowledged=MOSTLY,
    alone=st.booleans(),
    interprets=MOSTLY.map(lambda usual: not usual),
    supports=MOSTLY.map(lambda usual: not usual),
)
RECIPIENTS = ANY_RECIPIENT | st.sampled_from([POLICE_OFFICER, INTERPRETER, SUPPORT])


@st.composite
def consents(draw: st.DrawFn, signer: UUID) -> Consent:
    """One answer: a yes in force, or anything at all."""
    is_usual = draw(MOSTLY)
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return Consent(
        id=draw(st.uuids()),
        signer=signer,
        answer=Answer.GIVEN if is_usual else draw(st.sampled_from(Answer)),
        cells=ALL_CELLS if is_usual else draw(st.frozensets(CELLS)),
        valid_from=min(first, DAY) if is_usual else first,
        valid_to=max(last, DAY) if is_usual else last,
        withdrawn_on=None if is_usual else draw(st.none() | DAYS),
        limits=tuple(draw(st.lists(LIMITS, max_size=1))),
        exclusions=tuple(draw(st.lists(EXCLUSIONS, max_size=1))),
        own_information=draw(st.sampled_from(OwnInformation)),
    )


@st.composite
def circumstances(draw: st.DrawFn) -> Circumstances:
    """A case on the day, with at most one answer in force of each signer."""
    told: list[Consent] = []
    for signer in SIGNERS:
        some = draw(st.lists(consents(signer), min_size=1, max_size=2) | st.just([]))
        in_force = [consent for consent in some if consent.holds_on(DAY)]
        told += [consent for consent in some if consent not in in_force[1:]]
    case = replace(
        GIVEN,
        subject_age=draw(st.sampled_from([None, 11, 17, 18])),
        guardians=draw(st.frozensets(PERSONS, max_size=2)),
        required=draw(st.frozensets(st.sampled_from(SIGNERS), max_size=2)),
        consents=tuple(told),
        bars=tuple(draw(st.lists(BARS, max_size=1))),
        opinion_of=draw(st.sampled_from([frozenset(), frozenset({SUBJECT})])),
        opinions=draw(st.sampled_from([frozenset({SUBJECT}), frozenset()])),
        concerned=draw(st.sampled_from([frozenset(), frozenset({frozenset({SCHOOL})})])),
    )
    return case if draw(MOSTLY) else draw(st.sampled_from(closed(case)))


@st.composite
def with_one_consent(draw: st.DrawFn) -> tuple[Circumstances, int]:
    """A case with consents, and the place of one of them."""
    case = draw(circumstances().filter(lambda case: bool(case.consents)))
    return case, draw(st.integers(0, len(case.consents) - 1))


def closed(case: Circumstances) -> tuple[Circumstances, ...]:
    """Return the case in each of the ways in which sharing stops."""
    return (
        replace(case, chain=ChainStanding.BROKEN),
        replace(case, confirmation=Confirmation.UNCONFIRMED),
        replace(case, stage=Stage.ANONYMOUS),
    )


def halted(case: Circumstances) -> tuple[Circumstances, ...]:
    """Return the case in each of the ways in which it is closed for consent."""
    return (
        *(
            replace(case, closed_by=reason, pause_follows=follows)
            for reason in CLOSING
            for follows in (False, True)
        ),
        replace(case, opinion_of=case.opinion_of | {SECOND}),
        replace(case, opinions=frozenset()),
        replace(case, unweighed=case.unweighed | {SUBJECT}),
        replace(case, concerned=case.concerned | {frozenset({POLICE})}),
    )


def exchanged(case: Circumstances, place: int, *new: Consent) -> Circumstances:
    """Return the case with the consent at that place exchanged, or taken away."""
    return replace(case, consents=case.consents[:place] + new + case.consents[place + 1 :])


def never_opens(
    before: Circumstances, after: Circumstances, item: Item, recipient: Recipient
) -> bool:
    """Tell whether whoever saw nothing before sees nothing afterwards."""
    was, became = decide(item, recipient, before), decide(item, recipient, after)
    return was.allowed or not became.allowed


@given(ITEMS, RECIPIENTS, with_one_consent())
def test_removing_a_consent_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int]
) -> None:
    case, place = picked

    assert never_opens(case, exchanged(case, place), item, recipient)


@given(ITEMS, RECIPIENTS, with_one_consent())
def test_withdrawing_a_consent_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int]
) -> None:
    case, place = picked
    consent = case.consents[place]
    earlier = DAY if consent.withdrawn_on is None else min(DAY, consent.withdrawn_on)

    withdrawn = exchanged(case, place, replace(consent, withdrawn_on=earlier))

    assert never_opens(case, withdrawn, item, recipient)


@given(ITEMS, RECIPIENTS, with_one_consent(), st.frozensets(CELLS))
def test_narrowing_a_consent_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int], taken: frozenset[Cell]
) -> None:
    case, place = picked
    consent = case.consents[place]

    narrower = exchanged(case, place, replace(consent, cells=consent.cells - taken))

    assert never_opens(case, narrower, item, recipient)


@given(ITEMS, RECIPIENTS, with_one_consent())
def test_a_no_in_place_of_a_yes_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int]
) -> None:
    case, place = picked

    refused = exchanged(case, place, replace(case.consents[place], answer=Answer.REFUSED))

    assert never_opens(case, refused, item, recipient)


@given(ITEMS, RECIPIENTS, with_one_consent(), EXCLUSIONS)
def test_adding_an_exclusion_never_opens_anything(
    item: Item,
    recipient: Recipient,
    picked: tuple[Circumstances, int],
    exclusion: Exclusion,
) -> None:
    case, place = picked
    consent = case.consents[place]

    stricter = replace(consent, exclusions=(*consent.exclusions, exclusion))

    assert never_opens(case, exchanged(case, place, stricter), item, recipient)


@given(ITEMS, RECIPIENTS, with_one_consent(), LIMITS)
def test_adding_a_limit_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int], limit: Limit
) -> None:
    case, place = picked
    consent = case.consents[place]

    stricter = replace(consent, limits=(*consent.limits, limit))

    assert never_opens(case, exchanged(case, place, stricter), item, recipient)


@given(ITEMS, RECIPIENTS, circumstances(), st.integers(0, 3))
def test_leaving_a_marking_out_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances, place: int
) -> None:
    fewer = replace(item, markings=item.markings[:place] + item.markings[place + 1 :])

    if not decide(item, recipient, case).allowed:
        assert not decide(fewer, recipient, case).allowed


@given(ITEMS.filter(lambda item: bool(item.about)), RECIPIENTS, circumstances(), PERSONS)
def test_being_about_one_more_person_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances, person: UUID
) -> None:
    about_more = replace(item, about=item.about | {person})

    if not decide(item, recipient, case).allowed:
        assert not decide(about_more, recipient, case).allowed


@given(ITEMS, RECIPIENTS, circumstances())
def test_not_knowing_the_age_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    assert never_opens(case, replace(case, subject_age=None), item, recipient)


@given(ITEMS, RECIPIENTS, circumstances())
def test_what_lies_in_the_case_is_about_the_young_person_whether_said_or_not(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    said = replace(item, about=item.about | {SUBJECT}) if item.about else item

    assert decide(item, recipient, case) == decide(said, recipient, case)


@given(ITEMS, st.lists(RECIPIENTS, min_size=1, max_size=3), RECIPIENTS, circumstances())
def test_adding_a_person_to_the_room_never_opens_anything(
    item: Item, room: list[Recipient], one_more: Recipient, case: Circumstances
) -> None:
    # A room with nobody but interpreters is an empty one.
    is_empty = all(one.only_interprets for one in room)

    if not is_empty and not decide_for_room(item, room, case).allowed:
        assert not decide_for_room(item, [*room, one_more], case).allowed


@given(ITEMS, st.lists(RECIPIENTS, max_size=3), circumstances())
def test_an_interpreter_never_shows_a_room_more_and_takes_nothing_from_what_can_be_shown(
    item: Item, room: list[Recipient], case: Circumstances
) -> None:
    without = decide_for_room(item, room, case).allowed
    together = decide_for_room(item, [*room, INTERPRETER], case).allowed
    alone = decide(item, INTERPRETER, case).allowed

    assert together is (without and alone)


@given(ITEMS, circumstances(), st.builds(replace, st.just(SUPPORT), acknowledged=MOSTLY))
def test_a_support_person_sees_exactly_what_the_young_person_sees(
    item: Item, case: Circumstances, support: Recipient
) -> None:
    subject = replace(support, supports=False, person_id=SUBJECT)
    shown, hers = decide(item, support, case), decide(item, subject, case)

    assert shown.allowed is hers.allowed
    assert shown.allowed or shown == hers


@given(ITEMS, RECIPIENTS, circumstances())
def test_interpreting_or_supporting_opens_nothing_to_who_has_a_place_in_the_case(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    if not recipient.is_guest:
        plain = replace(recipient, interprets=False, supports=False)
        assert decide(item, recipient, case) == decide(item, plain, case)


@given(ITEMS, RECIPIENTS, circumstances(), BARS)
def test_adding_a_bar_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances, bar: Bar
) -> None:
    assert never_opens(case, replace(case, bars=(*case.bars, bar)), item, recipient)


@given(ITEMS, ANY_RECIPIENT, circumstances(), BARS)
def test_nothing_reaches_whom_it_is_barred_from(
    item: Item, recipient: Recipient, case: Circumstances, bar: Bar
) -> None:
    barred = replace(case, bars=(*case.bars, bar))

    if bar.closes(item.category):
        for mine in (
            replace(recipient, person_id=bar.against),
            replace(recipient, organisation_id=bar.against),
        ):
            assert not decide(item, mine, barred).allowed


@given(ITEMS, RECIPIENTS, circumstances())
def test_closing_the_case_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    assert all(never_opens(case, one, item, recipient) for one in halted(case))


@given(ITEMS, RECIPIENTS, circumstances())
def test_nothing_rests_on_consent_in_a_closed_case(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    for reason in CLOSING:
        decision = decide(item, recipient, replace(case, closed_by=reason))
        assert decision.reason is not Reason.CONSENT_COVERS


@given(ITEMS, RECIPIENTS, with_one_consent())
def test_taking_a_tick_away_never_opens_anything(
    item: Item, recipient: Recipient, picked: tuple[Circumstances, int]
) -> None:
    case, place = picked
    unticked = replace(case.consents[place], own_information=OwnInformation.NONE)

    assert never_opens(case, exchanged(case, place, unticked), item, recipient)


@given(ITEMS, RECIPIENTS, circumstances())
def test_not_having_been_said_at_the_table_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    if not decide(item, recipient, case).allowed:
        assert not decide(replace(item, at_table=False), recipient, case).allowed


@given(ITEMS, st.lists(RECIPIENTS, min_size=1, max_size=3), circumstances())
def test_a_room_sees_what_each_of_them_may_see_in_company(
    item: Item, room: list[Recipient], case: Circumstances
) -> None:
    each = [decide(item, replace(one, alone=False), case).allowed for one in room]
    has_company = not all(one.only_interprets for one in room)

    assert decide_for_room(item, room, case).allowed is (has_company and all(each))


@given(ITEMS, RECIPIENTS, circumstances())
def test_company_never_opens_anything(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    if not decide(item, recipient, case).allowed:
        assert not decide_for_room(item, [recipient], case).allowed


@given(ITEMS, circumstances())
def test_a_room_with_nobody_always_sees_nothing(item: Item, case: Circumstances) -> None:
    assert not decide_for_room(item, [], case).allowed


@given(ITEMS, RECIPIENTS, circumstances())
def test_an_unknown_organisation_or_category_is_never_shared(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    present = replace(recipient, alone=False)
    stranger = replace(recipient, organisation_id=STRANGER)

    assert not decide(replace(item, category="rumour"), present, case).allowed
    assert not decide(replace(item, category=""), present, case).allowed
    assert not decide(replace(item, origin_id=STRANGER), present, case).allowed
    assert not decide(replace(item, origin_id=None), present, case).allowed
    assert not decide(item, stranger, case).allowed


@given(ITEMS, RECIPIENTS, circumstances())
def test_a_broken_chain_an_unconfirmed_restore_or_no_name_closes_every_room(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    assert not any(decide_for_room(item, [recipient], one).allowed for one in closed(case))


@given(ITEMS, RECIPIENTS, circumstances())
def test_the_same_question_has_the_same_answer(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    turned = replace(case, consents=case.consents[::-1])

    assert decide(item, recipient, case) == decide(item, recipient, case)
    assert decide(item, recipient, turned).allowed is decide(item, recipient, case).allowed


@given(ITEMS, RECIPIENTS, circumstances())
def test_the_reasons_are_told_in_order_and_once(
    item: Item, recipient: Recipient, case: Circumstances
) -> None:
    decision = decide(item, recipient, case)
    told = [place_in_order(reason) for reason in (decision.reason, *decision.also)]

    assert told == sorted(set(told))
    assert all(not reason.allows for reason in decision.also)
    assert not (decision.allowed and decision.also)
