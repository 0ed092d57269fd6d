"""Own words, ticks about oneself, bars, guests at the table, and what closes the whole case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.facts import (
    ATTENDANCE,
    BOARD,
    COLLEAGUE,
    DAY,
    FRIEND,
    GIVE_CELL,
    GIVEN,
    GUARDIAN,
    GUARDIANS_YES,
    INTERPRETER,
    NO,
    OTHER_GUARDIAN,
    OTHER_PARENT,
    PARENT,
    POLICE,
    POLICE_OFFICER,
    RECEIVE_CELL,
    REPORTER,
    SCHOOL,
    SCHOOL_TEACHER,
    SECOND,
    STRANGER,
    SUBJECT,
    SUPPORT,
    TOUCHING_EXCLUSION,
    YES,
    YOUNG_PERSON,
    marked,
    signed,
)
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.consent import Answer, Cell, Consent, Direction, OwnInformation
from trygga_desktop.domain.items import Item, Marking, Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Decision,
    Recipient,
    Stage,
    decide,
    decide_for_room,
    find_closures,
)

BEFORE = DAY - timedelta(days=1)
WITH_SECOND = replace(ATTENDANCE, about=frozenset({SUBJECT, SECOND}))
WITH_PARENT = replace(ATTENDANCE, about=frozenset({SUBJECT, GUARDIAN}))
OWN_WORDS = replace(ATTENDANCE, origin_id=BOARD, said_by=SUBJECT)
GUARDED = replace(ATTENDANCE, part=Part.GUARDED)
NOTE = replace(ATTENDANCE, part=Part.NOTES)
OF_UNKNOWN_KIND = replace(ATTENDANCE, category="rumour")
BROKEN = replace(GIVEN, chain=ChainStanding.BROKEN)
TWO_GUARDIANS = replace(GIVEN, guardians=frozenset({GUARDIAN, OTHER_GUARDIAN}))
CASE_CODES = frozenset({"attendance", "health", "contact", "plan"})
LEAST = frozenset(
    Cell(organisation_id=SCHOOL, category=category, direction=direction)
    for category in ("contact", "plan")
    for direction in Direction
)


def bar(
    reason: Reason,
    against: UUID,
    *categories: str,
    scope: BarScope = BarScope.THESE,
) -> Bar:
    """Return a bar against somebody."""
    return Bar(
        id=UUID(int=61),
        reason=reason,
        against=against,
        scope=scope,
        categories=frozenset(categories),
    )


def told(decision: Decision) -> tuple[Reason, ...]:
    """Return every reason in the order in which they are told."""
    return (decision.reason, *decision.also)


def ticked(consent: Consent, tick: OwnInformation) -> Circumstances:
    """Return the case with this consent, on which its signer ticked that."""
    others = [one for one in GIVEN.consents if one.signer != consent.signer]
    return replace(TWO_GUARDIANS, consents=(*others, replace(consent, own_information=tick)))


# What a person said.


@pytest.mark.parametrize(
    ("item", "recipient", "reason"),
    [
        (OWN_WORDS, YOUNG_PERSON, Reason.OWN_PERSON),
        (replace(OWN_WORDS, about=frozenset({SUBJECT, SECOND})), YOUNG_PERSON, None),
        (replace(OWN_WORDS, about=frozenset({SECOND})), YOUNG_PERSON, None),
        (replace(OWN_WORDS, reporter_ids=frozenset({REPORTER})), YOUNG_PERSON, Reason.OWN_PERSON),
        (replace(OWN_WORDS, said_by=SECOND), FRIEND, None),
        (replace(OWN_WORDS, said_by=SECOND, about=frozenset({GUARDIAN})), FRIEND, None),
        (replace(OWN_WORDS, said_by=SECOND, reporter_ids=frozenset({REPORTER})), FRIEND, None),
        (replace(OWN_WORDS, said_by=GUARDIAN), PARENT, None),
    ],
)
def test_a_person_hears_their_own_words(
    item: Item, recipient: Recipient, reason: Reason | None
) -> None:
    for given in (GIVEN, signed(NO)):
        decision = decide(item, recipient, given)
        assert decision == Decision(reason=reason or Reason.OWN_INFORMATION)


@pytest.mark.parametrize(
    ("item", "recipient", "given", "reason"),
    [
        (OWN_WORDS, FRIEND, GIVEN, Reason.RECIPIENT_NOT_COVERED),
        (replace(OWN_WORDS, said_by=None), FRIEND, GIVEN, Reason.RECIPIENT_NOT_COVERED),
        (OWN_WORDS, POLICE_OFFICER, GIVEN, Reason.GIVER_NOT_COVERED),
        (replace(OWN_WORDS, said_by=GUARDIAN), POLICE_OFFICER, GIVEN, Reason.GIVER_NOT_COVERED),
        (replace(OWN_WORDS, part=Part.GUARDED), YOUNG_PERSON, GIVEN, Reason.GUARDED),
        (replace(OWN_WORDS, part=Part.NOTES), YOUNG_PERSON, GIVEN, Reason.OWN_NOTE),
        (OWN_WORDS, replace(YOUNG_PERSON, barred=True), GIVEN, Reason.GUARDIAN_BARRED),
        (OWN_WORDS, YOUNG_PERSON, BROKEN, Reason.CHAIN_BROKEN),
        (replace(OWN_WORDS, category="rumour"), YOUNG_PERSON, GIVEN, Reason.UNKNOWN_ITEM),
    ],
)
def test_own_words_open_nothing_to_others_and_no_hard_block(
    item: Item, recipient: Recipient, given: Circumstances, reason: Reason
) -> None:
    decision = decide(item, recipient, given)

    assert not decision.allowed
    assert decision.reason is reason


# What is about somebody else.


@pytest.mark.parametrize(
    ("tick", "recipient", "allowed"),
    [
        (OwnInformation.NONE, POLICE_OFFICER, False),
        (OwnInformation.NONE, YOUNG_PERSON, False),
        (OwnInformation.NONE, OTHER_PARENT, False),
        (OwnInformation.AGENCIES, POLICE_OFFICER, True),
        (OwnInformation.AGENCIES, YOUNG_PERSON, False),
        (OwnInformation.AGENCIES, OTHER_PARENT, False),
        (OwnInformation.AGENCIES_AND_FAMILY, POLICE_OFFICER, True),
        (OwnInformation.AGENCIES_AND_FAMILY, YOUNG_PERSON, True),
        (OwnInformation.AGENCIES_AND_FAMILY, OTHER_PARENT, True),
    ],
)
@pytest.mark.parametrize(
    ("item", "consent"),
    [
        (WITH_PARENT, GUARDIANS_YES),
        (WITH_SECOND, replace(YES, id=UUID(int=35), signer=SECOND)),
        (
            replace(ATTENDANCE, about=frozenset({SECOND})),
            replace(YES, id=UUID(int=35), signer=SECOND),
        ),
    ],
)
def test_the_tick_about_oneself_opens_to_whom_it_says(
    item: Item, consent: Consent, tick: OwnInformation, recipient: Recipient, *, allowed: bool
) -> None:
    decision = decide(item, recipient, ticked(consent, tick))

    assert decision.allowed is allowed
    assert allowed or told(decision) == (Reason.SECOND_PERSON,)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": Answer.REFUSED, "cells": frozenset()},
        {"valid_to": BEFORE},
        {"withdrawn_on": DAY},
        {"signer": STRANGER},
    ],
)
@pytest.mark.parametrize("recipient", [POLICE_OFFICER, YOUNG_PERSON])
def test_a_tick_on_what_is_no_yes_in_force_opens_nothing(
    changes: Mapping[str, Any], recipient: Recipient
) -> None:
    seconds = replace(YES, id=UUID(int=35), signer=SECOND)
    given = ticked(replace(seconds, **changes), OwnInformation.AGENCIES_AND_FAMILY)

    assert told(decide(WITH_SECOND, recipient, given)) == (Reason.SECOND_PERSON,)


@pytest.mark.parametrize(
    ("changes", "item", "allowed"),
    [
        ({"cells": frozenset({GIVE_CELL})}, WITH_SECOND, False),
        ({"cells": frozenset({RECEIVE_CELL})}, WITH_SECOND, False),
        ({"cells": frozenset()}, WITH_SECOND, False),
        ({"exclusions": (TOUCHING_EXCLUSION,)}, WITH_SECOND, False),
        (
            {"exclusions": (TOUCHING_EXCLUSION,)},
            replace(WITH_SECOND, markings=marked(exclusion=Marking.DOES_NOT_TOUCH).markings),
            True,
        ),
    ],
)
def test_who_need_not_sign_must_have_allowed_the_passage_too(
    changes: Mapping[str, Any], item: Item, *, allowed: bool
) -> None:
    seconds = replace(YES, id=UUID(int=35), signer=SECOND, **changes)
    given = ticked(seconds, OwnInformation.AGENCIES_AND_FAMILY)

    assert decide(item, POLICE_OFFICER, given).allowed is allowed
    # No passage leads to the family: there the tick is all that was asked.
    assert decide(item, YOUNG_PERSON, given) == Decision(reason=Reason.OWN_PERSON)


def test_of_who_must_sign_the_passage_is_asked_once() -> None:
    narrow = replace(GUARDIANS_YES, cells=frozenset({GIVE_CELL}))
    given = ticked(narrow, OwnInformation.AGENCIES)

    assert told(decide(WITH_PARENT, POLICE_OFFICER, given)) == (Reason.RECIPIENT_NOT_COVERED,)


def test_a_guardian_who_need_not_sign_any_more_is_a_second_person_like_others() -> None:
    grown = replace(
        ticked(replace(GUARDIANS_YES, cells=frozenset()), OwnInformation.AGENCIES),
        subject_age=18,
        required=frozenset({SUBJECT}),
    )

    assert told(decide(WITH_PARENT, POLICE_OFFICER, grown)) == (Reason.SECOND_PERSON,)
    assert decide(ATTENDANCE, POLICE_OFFICER, grown).allowed


@pytest.mark.parametrize(
    ("changes", "allowed"),
    [
        ({"said_by": SECOND, "at_table": True}, True),
        ({"said_by": SECOND}, False),
        ({"said_by": SUBJECT, "at_table": True}, False),
        ({"said_by": None, "at_table": True}, False),
        ({"said_by": SECOND, "at_table": True, "about": frozenset({SECOND, REPORTER})}, False),
    ],
)
def test_what_somebody_says_of_themself_at_the_table_needs_no_tick(
    changes: Mapping[str, Any], *, allowed: bool
) -> None:
    decision = decide(replace(WITH_SECOND, **changes), POLICE_OFFICER, GIVEN)

    assert decision.allowed is allowed
    assert allowed or told(decision) == (Reason.SECOND_PERSON,)


def test_each_second_person_is_asked() -> None:
    both = replace(ATTENDANCE, about=frozenset({SECOND, GUARDIAN}))
    seconds = replace(YES, id=UUID(int=35), signer=SECOND, own_information=OwnInformation.AGENCIES)
    parents = replace(GUARDIANS_YES, own_information=OwnInformation.AGENCIES)
    young = replace(GIVEN, consents=(YES, seconds, GUARDIANS_YES))

    assert told(decide(both, POLICE_OFFICER, young)) == (Reason.SECOND_PERSON,)
    everyone = replace(GIVEN, consents=(YES, seconds, parents))
    assert decide(both, POLICE_OFFICER, everyone) == Decision(reason=Reason.CONSENT_COVERS)


# Bars.


@pytest.mark.parametrize(
    "reason", [Reason.GUARDIAN_BARRED, Reason.CHILD_LIMITED, Reason.PROTECTION_LIMIT]
)
@pytest.mark.parametrize(
    ("recipient", "against"),
    [
        (PARENT, GUARDIAN),
        (YOUNG_PERSON, SUBJECT),
        (FRIEND, SECOND),
        (POLICE_OFFICER, POLICE),
        # Their own information, and the own file.
        (SCHOOL_TEACHER, SCHOOL),
        (COLLEAGUE, BOARD),
        (SUPPORT, SUBJECT),
    ],
)
@pytest.mark.parametrize(
    ("categories", "scope", "closes"),
    [
        (("attendance",), BarScope.THESE, True),
        (("attendance", "health"), BarScope.THESE, True),
        (("health",), BarScope.THESE, False),
        ((), BarScope.THESE, False),
        ((), BarScope.ALL_BUT_THESE, True),
        (("health",), BarScope.ALL_BUT_THESE, True),
        (("attendance",), BarScope.ALL_BUT_THESE, False),
    ],
)
def test_a_bar_wins_over_every_permit_in_its_categories(  # noqa: PLR0913  a table
    reason: Reason,
    recipient: Recipient,
    against: UUID,
    categories: tuple[str, ...],
    scope: BarScope,
    *,
    closes: bool,
) -> None:
    barred = replace(GIVEN, bars=(bar(reason, against, *categories, scope=scope),))
    decision = decide(ATTENDANCE, recipient, barred)

    if closes:
        assert decision.reason is reason
    else:
        assert decision == decide(ATTENDANCE, recipient, GIVEN)


def test_a_bar_against_somebody_else_closes_nothing() -> None:
    others = replace(
        GIVEN,
        bars=tuple(
            bar(Reason.CHILD_LIMITED, one, scope=BarScope.ALL_BUT_THESE)
            for one in (STRANGER, SECOND, SCHOOL)
        ),
    )

    for recipient in (POLICE_OFFICER, PARENT, YOUNG_PERSON, INTERPRETER, SUPPORT):
        assert decide(ATTENDANCE, recipient, others).allowed


def test_the_bars_are_told_after_the_other_blocks_and_before_the_second_person() -> None:
    every = [Reason.PROTECTION_LIMIT, Reason.CHILD_LIMITED, Reason.GUARDIAN_BARRED]
    barred = replace(BROKEN, bars=tuple(bar(one, POLICE, "attendance") for one in every))
    officer = replace(POLICE_OFFICER, acknowledged=False)

    assert told(decide(WITH_SECOND, officer, barred)) == (
        Reason.CHAIN_BROKEN,
        Reason.NOT_ACKNOWLEDGED,
        Reason.GUARDIAN_BARRED,
        Reason.CHILD_LIMITED,
        Reason.PROTECTION_LIMIT,
        Reason.SECOND_PERSON,
    )


# What closes the case.

CLOSURES: list[tuple[Mapping[str, Any], Reason]] = [
    ({"subject_age": None}, Reason.UNKNOWN_AGE),
    ({"closed_by": Reason.CASE_CLOSED}, Reason.CASE_CLOSED),
    ({"closed_by": Reason.CASE_PAUSED}, Reason.CASE_PAUSED),
    ({"closed_by": Reason.PHASE_NOT_OPEN}, Reason.PHASE_NOT_OPEN),
    ({"concerned": frozenset({frozenset({SCHOOL})})}, Reason.PROGRAMME_NEEDS_ALL),
    ({"opinion_of": frozenset({SECOND})}, Reason.OPINION_MISSING),
    (
        {"opinion_of": frozenset({SECOND, SUBJECT}), "opinions": frozenset({SECOND})},
        Reason.OPINION_MISSING,
    ),
    ({"unweighed": frozenset({SUBJECT})}, Reason.OPINION_UNWEIGHED),
]


@pytest.mark.parametrize(("changes", "reason"), CLOSURES)
def test_what_closes_the_case_closes_consent_and_nothing_else(
    changes: Mapping[str, Any], reason: Reason
) -> None:
    closed = replace(GIVEN, **changes)

    assert decide(ATTENDANCE, POLICE_OFFICER, closed) == Decision(reason=reason)
    for recipient in (SCHOOL_TEACHER, YOUNG_PERSON, COLLEAGUE, SUPPORT, INTERPRETER):
        assert decide(ATTENDANCE, recipient, closed).allowed


@pytest.mark.parametrize(
    "changes",
    [
        {"closed_by": None},
        {"opinion_of": frozenset({SECOND}), "opinions": frozenset({SECOND})},
        {"opinions": frozenset({SECOND, GUARDIAN})},
        {"concerned": frozenset()},
        {"pause_follows": True},
    ],
)
def test_nothing_is_closed_where_nothing_is_missing(changes: Mapping[str, Any]) -> None:
    assert decide(ATTENDANCE, POLICE_OFFICER, replace(GIVEN, **changes)).allowed


def test_a_case_of_which_the_phase_is_not_known_is_not_open() -> None:
    assert (
        Circumstances(on=DAY, controller_id=BOARD, subject_id=SUBJECT, subject_age=16).closed_by
        is Reason.PHASE_NOT_OPEN
    )


@pytest.mark.parametrize("phase", [Reason.CASE_CLOSED, Reason.CASE_PAUSED, Reason.PHASE_NOT_OPEN])
def test_what_closes_the_case_is_told_in_order(phase: Reason) -> None:
    given = replace(
        signed(NO, None),
        subject_age=None,
        closed_by=phase,
        concerned=frozenset({frozenset({SCHOOL})}),
        opinion_of=frozenset({SECOND}),
        unweighed=frozenset({SUBJECT}),
    )
    others = replace(given, consents=(GUARDIANS_YES, replace(NO, valid_from=DAY)))
    reported = replace(ATTENDANCE, reporter_ids=frozenset({REPORTER}))

    assert told(decide(reported, POLICE_OFFICER, others)) == (
        Reason.REPORTER,
        Reason.UNKNOWN_AGE,
        phase,
        Reason.PROGRAMME_NEEDS_ALL,
        Reason.OPINION_MISSING,
        Reason.OPINION_UNWEIGHED,
        Reason.REFUSED,
    )
    grown = replace(others, subject_age=18)
    assert told(decide(ATTENDANCE, PARENT, grown))[:3] == (
        Reason.FORMER_GUARDIAN,
        phase,
        Reason.PROGRAMME_NEEDS_ALL,
    )


def test_a_pause_that_follows_from_the_consents_leaves_it_to_them_to_say_why() -> None:
    paused = replace(
        signed(replace(YES, withdrawn_on=DAY)), closed_by=Reason.CASE_PAUSED, pause_follows=True
    )

    assert told(decide(ATTENDANCE, POLICE_OFFICER, paused)) == (Reason.WITHDRAWN,)
    decided = replace(paused, pause_follows=False)
    assert told(decide(ATTENDANCE, POLICE_OFFICER, decided)) == (
        Reason.CASE_PAUSED,
        Reason.WITHDRAWN,
    )


def test_a_pause_that_follows_still_closes_when_the_consents_hold_again() -> None:
    paused = replace(GIVEN, closed_by=Reason.CASE_PAUSED, pause_follows=True)

    assert decide(ATTENDANCE, POLICE_OFFICER, paused) == Decision(reason=Reason.CASE_PAUSED)


@pytest.mark.parametrize(
    ("young", "parents", "left_out"),
    [
        (YES.cells | LEAST, YES.cells | LEAST, False),
        (YES.cells | LEAST, YES.cells, True),
        (YES.cells, YES.cells | LEAST, True),
        (YES.cells | LEAST - {min(LEAST)}, YES.cells | LEAST, True),
        (YES.cells | LEAST - {max(LEAST)}, YES.cells | LEAST, True),
    ],
)
def test_every_signature_covers_the_least_of_each_organisation_concerned(
    young: frozenset[Cell], parents: frozenset[Cell], *, left_out: bool
) -> None:
    given = replace(
        GIVEN,
        categories=CASE_CODES,
        concerned=frozenset({frozenset({SCHOOL})}),
        consents=(replace(YES, cells=young), replace(GUARDIANS_YES, cells=parents)),
    )
    decision = decide(ATTENDANCE, POLICE_OFFICER, given)

    assert decision.allowed is not left_out
    assert not left_out or told(decision) == (Reason.PROGRAMME_NEEDS_ALL,)
    # What is covered for one organisation is not for another.
    others = replace(given, concerned=frozenset({frozenset({SCHOOL}), frozenset({POLICE})}))
    assert told(decide(ATTENDANCE, POLICE_OFFICER, others)) == (Reason.PROGRAMME_NEEDS_ALL,)


@pytest.mark.parametrize(
    ("group", "left_out"),
    [
        (frozenset[UUID](), True),
        (frozenset({POLICE}), True),
        (frozenset({SCHOOL, POLICE}), False),
        (frozenset({SCHOOL}), False),
    ],
)
def test_of_each_group_one_must_be_covered_and_of_an_unknown_one_nobody_is(
    group: frozenset[UUID], *, left_out: bool
) -> None:
    consents = tuple(replace(one, cells=YES.cells | LEAST) for one in (YES, GUARDIANS_YES))
    given = replace(GIVEN, categories=CASE_CODES, consents=consents, concerned=frozenset({group}))

    assert decide(ATTENDANCE, POLICE_OFFICER, given).allowed is not left_out


@pytest.mark.parametrize(
    ("consents", "reasons"),
    [
        ((), {Reason.CONSENT_MISSING}),
        ((NO, replace(GUARDIANS_YES, cells=LEAST | YES.cells)), {Reason.REFUSED}),
        ((replace(YES, valid_to=BEFORE),), {Reason.EXPIRED, Reason.CONSENT_MISSING}),
        (
            (replace(YES, signer=SECOND), replace(YES, cells=LEAST | YES.cells)),
            {Reason.WAITING_FOR_SIGNATURE},
        ),
    ],
)
def test_who_has_not_signed_leaves_nobody_out(
    consents: tuple[Consent, ...], reasons: set[Reason]
) -> None:
    given = replace(GIVEN, consents=consents, concerned=frozenset({frozenset({SCHOOL})}))

    assert set(told(decide(ATTENDANCE, POLICE_OFFICER, given))) == reasons


def test_before_anybody_has_signed_nobody_is_left_out_of_a_list_that_nobody_has_made() -> None:
    given = replace(GIVEN, consents=(), concerned=frozenset({frozenset[UUID]()}))

    assert told(decide(ATTENDANCE, POLICE_OFFICER, given)) == (Reason.CONSENT_MISSING,)


def test_the_least_and_no_more_is_enough_to_be_covered() -> None:
    consents = tuple(replace(one, cells=LEAST) for one in (YES, GUARDIANS_YES))
    given = replace(GIVEN, consents=consents, concerned=frozenset({frozenset({SCHOOL})}))

    assert find_closures(given, refusals=frozenset()) == frozenset()


def test_an_organisation_that_was_taken_back_is_told_before_what_was_never_ticked() -> None:
    narrowed = replace(YES, cells=frozenset({GIVE_CELL}), taken_back=frozenset({POLICE}))
    never = replace(GUARDIANS_YES, cells=frozenset({RECEIVE_CELL}))

    assert told(decide(ATTENDANCE, POLICE_OFFICER, signed(narrowed, never))) == (
        Reason.WITHDRAWN_PART,
        Reason.GIVER_NOT_COVERED,
    )
    empty = replace(GUARDIANS_YES, cells=frozenset())
    assert told(decide(ATTENDANCE, POLICE_OFFICER, signed(narrowed, empty))) == (
        Reason.EMPTY_CONSENT,
        Reason.WITHDRAWN_PART,
    )


# Guests at the table.


@pytest.mark.parametrize(
    "item",
    [
        ATTENDANCE,
        WITH_SECOND,
        replace(ATTENDANCE, reporter_ids=frozenset({REPORTER})),
        OWN_WORDS,
    ],
)
def test_an_interpreter_who_has_confirmed_hears_what_is_said(item: Item) -> None:
    for given in (GIVEN, signed(None, None), replace(GIVEN, closed_by=Reason.CASE_CLOSED)):
        assert decide(item, INTERPRETER, given) == Decision(reason=Reason.INTERPRETS)


@pytest.mark.parametrize(
    ("item", "interpreter", "given", "reason"),
    [
        (ATTENDANCE, replace(INTERPRETER, acknowledged=False), GIVEN, Reason.NOT_ACKNOWLEDGED),
        (ATTENDANCE, replace(INTERPRETER, interprets=False), GIVEN, Reason.UNKNOWN_RECIPIENT),
        (ATTENDANCE, replace(INTERPRETER, barred=True), GIVEN, Reason.GUARDIAN_BARRED),
        (GUARDED, INTERPRETER, GIVEN, Reason.GUARDED),
        (NOTE, INTERPRETER, GIVEN, Reason.OWN_NOTE),
        (OF_UNKNOWN_KIND, INTERPRETER, GIVEN, Reason.UNKNOWN_ITEM),
        (ATTENDANCE, INTERPRETER, BROKEN, Reason.CHAIN_BROKEN),
        (ATTENDANCE, INTERPRETER, replace(GIVEN, stage=Stage.ANONYMOUS), Reason.ANONYMOUS_STAGE),
    ],
)
def test_a_hard_block_holds_for_an_interpreter_too(
    item: Item, interpreter: Recipient, given: Circumstances, reason: Reason
) -> None:
    decision = decide(item, interpreter, given)

    assert not decision.allowed
    assert decision.reason is reason


@pytest.mark.parametrize("recipient", [POLICE_OFFICER, FRIEND, PARENT, YOUNG_PERSON])
@pytest.mark.parametrize("item", [ATTENDANCE, WITH_SECOND])
@pytest.mark.parametrize("given", [GIVEN, signed(NO)])
def test_whoever_has_a_place_in_the_case_sees_no_more_for_what_else_they_do(
    recipient: Recipient, item: Item, given: Circumstances
) -> None:
    as_before = decide(item, recipient, given)

    assert decide(item, replace(recipient, interprets=True), given) == as_before
    assert decide(item, replace(recipient, supports=True), given) == as_before
    assert decide(item, replace(recipient, interprets=True, supports=True), given) == as_before


@pytest.mark.parametrize("room", [[], [INTERPRETER], [INTERPRETER, INTERPRETER]])
def test_where_nobody_is_interpreted_for_nothing_is_shown(room: list[Recipient]) -> None:
    decision = decide_for_room(ATTENDANCE, room, GIVEN)

    assert decision == Decision(reason=Reason.UNKNOWN_RECIPIENT)


@pytest.mark.parametrize(
    ("company", "reason"),
    [
        (SCHOOL_TEACHER, Reason.INTERPRETS),
        (POLICE_OFFICER, Reason.CONSENT_COVERS),
        (YOUNG_PERSON, Reason.INTERPRETS),
        (PARENT, Reason.INTERPRETS),
        (SUPPORT, Reason.CHOSEN_SUPPORT),
    ],
)
def test_an_interpreter_sits_in_the_room_of_others(company: Recipient, reason: Reason) -> None:
    assert decide_for_room(ATTENDANCE, [INTERPRETER, company], GIVEN).reason is reason
    waiting = replace(INTERPRETER, acknowledged=False)
    assert told(decide_for_room(ATTENDANCE, [waiting, company], GIVEN)) == (
        Reason.NOT_ACKNOWLEDGED,
    )


def test_whom_the_young_person_brought_sees_what_the_young_person_sees() -> None:
    assert decide(ATTENDANCE, SUPPORT, GIVEN) == Decision(reason=Reason.CHOSEN_SUPPORT)
    assert told(decide(WITH_SECOND, SUPPORT, GIVEN)) == (Reason.SECOND_PERSON,)
    assert decide(OWN_WORDS, SUPPORT, GIVEN).allowed
    # Interpreting as well takes nothing from it: somebody is there who is interpreted for.
    room = [replace(SUPPORT, interprets=True)]
    assert decide_for_room(ATTENDANCE, room, GIVEN) == Decision(reason=Reason.CHOSEN_SUPPORT)


@pytest.mark.parametrize(
    ("item", "support", "reason"),
    [
        (ATTENDANCE, replace(SUPPORT, supports=False), Reason.UNKNOWN_RECIPIENT),
        (ATTENDANCE, replace(SUPPORT, acknowledged=False), Reason.NOT_ACKNOWLEDGED),
        (ATTENDANCE, replace(SUPPORT, barred=True), Reason.GUARDIAN_BARRED),
        (GUARDED, SUPPORT, Reason.GUARDED),
        (NOTE, SUPPORT, Reason.OWN_NOTE),
        (WITH_SECOND, replace(SUPPORT, interprets=True), Reason.SECOND_PERSON),
        (NOTE, replace(SUPPORT, user_id=ATTENDANCE.author_id, alone=True), Reason.OWN_NOTE),
    ],
)
def test_nothing_else_is_opened_to_whom_the_young_person_brought(
    item: Item, support: Recipient, reason: Reason
) -> None:
    assert told(decide(item, support, GIVEN)) == (reason,)


def test_who_is_called_as_somebody_barred_may_be_that_person_and_is_told_no_more() -> None:
    bar = Bar(
        id=UUID(int=95),
        reason=Reason.GUARDIAN_BARRED,
        against=GUARDIAN,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
    )
    given = replace(GIVEN, bars=(bar,))
    namesake = replace(SCHOOL_TEACHER, namesakes=frozenset({GUARDIAN}))

    assert decide(ATTENDANCE, namesake, given).reason is Reason.GUARDIAN_BARRED
    assert decide(ATTENDANCE, namesake, GIVEN).reason is Reason.OWN_INFORMATION
    other = replace(SCHOOL_TEACHER, namesakes=frozenset({SUBJECT}))
    assert decide(ATTENDANCE, other, given).reason is Reason.OWN_INFORMATION
