"""A decision on another legal ground opens what it names, if the ground carries it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.facts import (
    ATTENDANCE,
    BOARD,
    DAY,
    EXCLUSION,
    FRIEND,
    GIVEN,
    GUARDIAN,
    ITEM,
    OTHER_PARENT,
    POLICE,
    POLICE_OFFICER,
    SCHOOL,
    SCHOOL_TEACHER,
    SECOND,
    YOUNG_PERSON,
    marked,
    signed,
)
from trygga_desktop.domain.agencies import Agency, Duty, LegalKind
from trygga_desktop.domain.consent import Exclusion
from trygga_desktop.domain.ground_use import (
    GroundAnswer,
    GroundUse,
    UsedGround,
    find_flaw,
    find_misfit,
    is_complete,
)
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.domain.items import Marking
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Stage,
    decide,
    decide_for_room,
)

USE = GroundUse(
    id=UUID(int=71),
    ground="harm_test",
    giver=SCHOOL,
    category="attendance",
    items=frozenset({ITEM}),
    recipients=frozenset({POLICE}),
    answers=(
        GroundAnswer(condition="holder_decides", holds=True),
        GroundAnswer(condition="harm", words="Everybody knows it already."),
        GroundAnswer(condition="least", holds=True),
    ),
    decided_by="Maria Lind, head teacher",
    motive="No harm is done.",
    until=DAY + timedelta(days=30),
)
NOTHING_SIGNED = replace(GIVEN, consents=())
OTHER = replace(ATTENDANCE, id=UUID(int=72))


def agency(code: str) -> Agency:
    return next(one for one in CATALOGUE.agencies if one.code == code)


def ground(code: str = "harm_test") -> LegalGround:
    return CATALOGUE.legal_ground(code)


KINDS = {
    SCHOOL: agency("school"),
    POLICE: agency("police"),
    BOARD: agency("social_services"),
}


def used(*uses: UsedGround, given: Circumstances = NOTHING_SIGNED) -> Circumstances:
    """Return the circumstances, without any consent, in which these were decided."""
    return replace(given, grounds=uses)


def flaw(code: str = "harm_test", on: date = DAY, **changes: Any) -> Reason | None:
    use = replace(USE, **{"ground": code, **changes})
    known = next((one for one in CATALOGUE.legal_grounds if one.code == code), None)
    return find_flaw(use, known, decided_on=on, on=DAY, kinds=KINDS)


def test_what_was_decided_is_told_without_consent_to_whom_it_names_and_nobody_else() -> None:
    given = used(UsedGround(use=USE))

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is Reason.LEGAL_GROUND
    third = replace(POLICE_OFFICER, organisation_id=BOARD)
    refused = decide(ATTENDANCE, third, given)
    assert refused.reason is Reason.GROUND_OTHER_SCOPE
    assert Reason.CONSENT_MISSING in refused.also


def test_a_decision_reaches_a_person_whom_it_names_and_no_other_person() -> None:
    given = used(UsedGround(use=replace(USE, recipients=frozenset({SECOND}))))

    assert not decide(ATTENDANCE, OTHER_PARENT, given).allowed
    assert decide(ATTENDANCE, FRIEND, given).reason is Reason.LEGAL_GROUND


def test_a_decision_never_opens_another_item_of_the_same_kind() -> None:
    refused = decide(OTHER, POLICE_OFFICER, used(UsedGround(use=USE)))

    assert refused.reason is Reason.GROUND_OTHER_SCOPE
    assert refused.also == (Reason.CONSENT_MISSING,)


def test_a_decision_never_opens_what_somebody_else_than_its_giver_holds() -> None:
    refused = decide(
        replace(ATTENDANCE, origin_id=BOARD), POLICE_OFFICER, used(UsedGround(use=USE))
    )

    assert refused.reason is Reason.GROUND_OTHER_SCOPE
    assert refused.also == (Reason.CONSENT_MISSING,)


def test_who_may_never_use_a_ground_may_not_although_it_is_for_everyone() -> None:
    clause = replace(ground(), givers=("*",), never_from=("school",))

    found = [
        find_flaw(replace(USE, giver=giver), clause, decided_on=DAY, on=DAY, kinds=KINDS)
        for giver in (SCHOOL, BOARD)
    ]

    assert found == [Reason.GROUND_NOT_FOR_HOLDER, None]


def test_a_decision_about_something_else_is_not_told_of() -> None:
    health = replace(OTHER, category="health")

    assert decide(health, POLICE_OFFICER, used(UsedGround(use=USE))).reason is (
        Reason.CONSENT_MISSING
    )


def test_what_is_like_it_is_told_of_only_to_whom_it_names_and_from_whom_it_names() -> None:
    given = used(UsedGround(use=USE))
    elsewhere = replace(OTHER, origin_id=BOARD)
    third = replace(POLICE_OFFICER, organisation_id=BOARD)

    assert decide(elsewhere, POLICE_OFFICER, given).reason is Reason.CONSENT_MISSING
    assert decide(OTHER, third, given).reason is Reason.CONSENT_MISSING


def test_a_decision_that_does_not_reach_closes_nothing_that_a_consent_opens() -> None:
    narrow = UsedGround(use=replace(USE, recipients=frozenset({BOARD})))

    decision = decide(ATTENDANCE, POLICE_OFFICER, used(narrow, given=GIVEN))

    assert decision.reason is Reason.CONSENT_COVERS
    assert decision.also == ()


@pytest.mark.parametrize(
    ("days", "reason"),
    [(0, Reason.LEGAL_GROUND), (30, Reason.LEGAL_GROUND), (31, Reason.GROUND_EXPIRED)],
)
def test_a_decision_holds_to_the_end_of_its_last_day(days: int, reason: Reason) -> None:
    given = replace(used(UsedGround(use=USE)), on=DAY + timedelta(days=days))

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is reason


@pytest.mark.parametrize(
    "flawed",
    [
        Reason.GROUND_NOT_IN_FORCE,
        Reason.GROUND_INCOMPLETE,
        Reason.GROUND_OTHER_SCOPE,
        Reason.GROUND_NOT_FOR_HOLDER,
    ],
)
def test_a_decision_that_its_ground_does_not_carry_says_so_and_opens_nothing(
    flawed: Reason,
) -> None:
    decision = decide(ATTENDANCE, POLICE_OFFICER, used(UsedGround(use=USE, flaw=flawed)))

    assert (decision.reason, decision.also) == (flawed, (Reason.CONSENT_MISSING,))


def test_one_sound_decision_is_enough_beside_a_flawed_one() -> None:
    both = used(UsedGround(use=USE, flaw=Reason.GROUND_INCOMPLETE), UsedGround(use=USE))

    assert decide(ATTENDANCE, POLICE_OFFICER, both).reason is Reason.LEGAL_GROUND


def test_exclusions_limits_and_second_persons_close_the_path_of_consent_only() -> None:
    touched = replace(marked(exclusion=Marking.TOUCHES), about=frozenset({GUARDIAN}))
    yes, parent = GIVEN.consents
    excluding = replace(yes, exclusions=(Exclusion(id=EXCLUSION, category="attendance"),))
    given = signed(excluding, parent)

    assert not decide(touched, POLICE_OFFICER, given).allowed
    opened = decide(touched, POLICE_OFFICER, replace(given, grounds=(UsedGround(use=USE),)))
    assert opened.reason is Reason.LEGAL_GROUND


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"chain": ChainStanding.BROKEN}, Reason.CHAIN_BROKEN),
    ],
)
def test_no_decision_passes_a_hard_block(changes: dict[str, Any], reason: Reason) -> None:
    given = replace(used(UsedGround(use=USE)), **changes)

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is reason
    barred = replace(POLICE_OFFICER, barred=True)
    assert decide(ATTENDANCE, barred, used(UsedGround(use=USE))).reason is Reason.GUARDIAN_BARRED


@pytest.mark.parametrize(
    "decided",
    [
        UsedGround(use=USE),
        UsedGround(use=USE, flaw=Reason.GROUND_INCOMPLETE, names_nobody=True),
        UsedGround(use=replace(USE, items=frozenset({OTHER.id})), names_nobody=True),
        UsedGround(use=replace(USE, until=DAY - timedelta(days=1)), names_nobody=True),
    ],
)
def test_without_the_name_nothing_is_told_that_nobody_has_found_to_point_out_no_one(
    decided: UsedGround,
) -> None:
    given = replace(used(decided), stage=Stage.ANONYMOUS)

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is Reason.ANONYMOUS_STAGE


def test_without_the_name_a_decision_does_not_lean_on_another_that_does_not_hold() -> None:
    flawed = UsedGround(use=USE, flaw=Reason.GROUND_INCOMPLETE, names_nobody=True)
    given = replace(used(UsedGround(use=USE), flawed), stage=Stage.ANONYMOUS)

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is Reason.ANONYMOUS_STAGE


def test_one_sound_decision_that_it_points_out_nobody_is_enough_beside_others() -> None:
    sound = UsedGround(use=USE, names_nobody=True)
    given = replace(used(UsedGround(use=USE), sound), stage=Stage.ANONYMOUS)

    assert decide(ATTENDANCE, POLICE_OFFICER, given).reason is Reason.NO_IDENTITY


def test_what_points_out_nobody_is_told_without_the_name_but_never_past_another_block() -> None:
    given = replace(used(UsedGround(use=USE, names_nobody=True)), stage=Stage.ANONYMOUS)

    decision = decide(ATTENDANCE, POLICE_OFFICER, given)
    assert (decision.reason, decision.also) == (Reason.NO_IDENTITY, ())
    stranger = replace(POLICE_OFFICER, acknowledged=False)
    refused = decide(ATTENDANCE, stranger, given)
    assert (refused.reason, refused.also) == (Reason.NOT_ACKNOWLEDGED, ())


def test_what_points_out_nobody_is_told_to_whoever_it_came_from_too() -> None:
    teller = replace(POLICE_OFFICER, organisation_id=ATTENDANCE.origin_id)
    own = used(UsedGround(use=USE, names_nobody=True))
    refusals = [
        UsedGround(use=USE),
        UsedGround(use=USE, flaw=Reason.GROUND_INCOMPLETE, names_nobody=True),
        UsedGround(use=replace(USE, items=frozenset({OTHER.id})), names_nobody=True),
        UsedGround(use=replace(USE, until=DAY - timedelta(days=1)), names_nobody=True),
    ]
    for one in refusals:
        given = replace(used(one), stage=Stage.ANONYMOUS)
        assert decide(ATTENDANCE, teller, given).reason is Reason.ANONYMOUS_STAGE

    told = decide(ATTENDANCE, teller, replace(own, stage=Stage.ANONYMOUS))
    assert told.reason is Reason.OWN_INFORMATION
    broken = replace(own, stage=Stage.ANONYMOUS, chain=ChainStanding.BROKEN)
    assert decide(ATTENDANCE, teller, broken).reason is Reason.CHAIN_BROKEN


def test_with_the_name_a_decision_that_it_points_out_nobody_opens_nothing() -> None:
    given = used(UsedGround(use=USE, names_nobody=True))

    decision = decide(ATTENDANCE, POLICE_OFFICER, given)

    assert decision.reason is Reason.GROUND_OTHER_SCOPE
    assert not decide_for_room(ATTENDANCE, [POLICE_OFFICER], given).allowed


def test_in_a_room_the_ground_is_told_where_one_of_them_sees_it_by_that_alone() -> None:
    given = used(UsedGround(use=USE))

    assert decide_for_room(ATTENDANCE, [POLICE_OFFICER, SCHOOL_TEACHER], given).reason is (
        Reason.LEGAL_GROUND
    )
    assert decide_for_room(ATTENDANCE, [POLICE_OFFICER, YOUNG_PERSON], given).reason is (
        Reason.LEGAL_GROUND
    )


@pytest.mark.parametrize(
    ("code", "on", "changes", "expected"),
    [
        ("harm_test", DAY, {}, None),
        ("consent", DAY, {}, Reason.GROUND_NOT_IN_FORCE),
        ("nothing_of_the_kind", DAY, {}, Reason.GROUND_NOT_IN_FORCE),
        ("information_duty_10_15a", date(2025, 11, 30), {}, Reason.GROUND_NOT_IN_FORCE),
        ("youth_crime_prevention", date(2025, 4, 2), {"giver": BOARD}, Reason.GROUND_NOT_IN_FORCE),
        ("youth_crime_prevention_2025", DAY, {}, Reason.GROUND_NOT_FOR_HOLDER),
        ("general_clause", DAY, {"giver": BOARD}, Reason.GROUND_NOT_FOR_HOLDER),
        ("harm_test", DAY, {"giver": UUID(int=5)}, Reason.GROUND_NOT_FOR_HOLDER),
        ("child_concern_report", DAY, {}, Reason.GROUND_OTHER_SCOPE),
        ("harm_test", DAY, {"recipients": frozenset({UUID(int=5)})}, Reason.GROUND_OTHER_SCOPE),
        (
            "harm_test",
            DAY,
            {"recipients": frozenset({POLICE, UUID(int=5)})},
            Reason.GROUND_OTHER_SCOPE,
        ),
        ("suspected_crime", DAY, {"recipients": frozenset({BOARD})}, Reason.GROUND_OTHER_SCOPE),
        (
            "suspected_crime",
            DAY,
            {"recipients": frozenset({POLICE, BOARD})},
            Reason.GROUND_OTHER_SCOPE,
        ),
        ("suspected_crime", DAY, {}, Reason.GROUND_INCOMPLETE),
        ("contact_details_duty", DAY, {}, Reason.GROUND_OTHER_SCOPE),
        ("harm_test", DAY, {"answers": ()}, Reason.GROUND_INCOMPLETE),
        ("school_duty", DAY, {}, Reason.GROUND_INCOMPLETE),
    ],
)
def test_what_is_wrong_with_a_decision_is_told_by_the_first_thing_that_is(
    code: str, on: date, changes: dict[str, Any], expected: Reason | None
) -> None:
    assert flaw(code, on, **changes) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"decided_by": "  "}, False),
        ({"motive": ""}, False),
        ({"motive": "  "}, False),
        ({"answers": USE.answers[1:]}, False),
        (
            {"answers": (GroundAnswer(condition="holder_decides"), *USE.answers[1:])},
            False,
        ),
        (
            {"answers": (GroundAnswer(condition="holder_decides", holds=False), *USE.answers[1:])},
            False,
        ),
        (
            {"answers": (USE.answers[0], GroundAnswer(condition="harm"), USE.answers[2])},
            False,
        ),
        (
            {"answers": (USE.answers[0], replace(USE.answers[1], words="  "), USE.answers[2])},
            False,
        ),
    ],
)
def test_a_decision_is_whole_when_a_person_has_answered_for_everything(
    changes: dict[str, Any], *, expected: bool
) -> None:
    assert is_complete(replace(USE, **changes), ground()) is expected


def test_an_answer_without_words_is_no_answer_where_words_are_asked_for() -> None:
    wordless = GroundAnswer(condition="harm")

    assert wordless.holds is None
    assert not is_complete(
        replace(USE, answers=(USE.answers[0], wordless, USE.answers[2])), ground()
    )


@pytest.mark.parametrize(("holds", "expected"), [(None, False), (False, True), (True, True)])
def test_a_question_that_may_be_answered_either_way_has_to_be_answered(
    holds: bool | None, *, expected: bool
) -> None:
    known = ground()
    either = replace(known.conditions[0], needed=None)
    answers = (GroundAnswer(condition=either.code, holds=holds), *USE.answers[1:])

    asking = replace(known, conditions=(either, *known.conditions[1:]))
    assert is_complete(replace(USE, answers=answers), asking) is expected


@pytest.mark.parametrize("unverified", [False, True])
def test_a_motive_is_needed_where_something_is_weighed_whether_the_ground_is_verified_or_not(
    *, unverified: bool
) -> None:
    weighed = replace(ground(), weighing=True, unverified=unverified)
    silent = replace(USE, motive="")

    assert not is_complete(silent, weighed)
    assert is_complete(silent, replace(weighed, weighing=False))


@pytest.mark.parametrize("others", Duty)
def test_whom_the_others_must_inform_is_on_the_side_of_the_police(others: Duty) -> None:
    found = {
        duty: find_flaw(
            replace(USE, ground="suspected_crime"),
            ground("suspected_crime"),
            decided_on=DAY,
            on=DAY,
            kinds={
                **KINDS,
                POLICE: replace(
                    agency("police"),
                    police_duty=replace(
                        agency("police").police_duty, applies=duty, contact_details=others
                    ),
                ),
            },
        )
        for duty in Duty
    }

    assert found.pop(Duty.RECIPIENT) is Reason.GROUND_INCOMPLETE
    assert set(found.values()) == {Reason.GROUND_OTHER_SCOPE}


AUTHORITIES = {LegalKind.MUNICIPAL_AUTHORITY, LegalKind.STATE_AUTHORITY, LegalKind.REGION}


@pytest.mark.parametrize("kind", LegalKind)
def test_only_authorities_are_public(kind: LegalKind) -> None:
    holder = replace(agency("school"), legal_kind=kind)
    use = replace(USE, ground="necessary_for_own_task")

    found = find_flaw(
        use,
        ground("necessary_for_own_task"),
        decided_on=DAY,
        on=DAY,
        kinds={**KINDS, SCHOOL: holder},
    )

    assert (found is Reason.GROUND_NOT_FOR_HOLDER) is (kind not in AUTHORITIES)


def test_a_condition_that_must_not_hold_has_to_be_answered_with_no() -> None:
    duty = ground("municipal_duty")
    whole = (
        GroundAnswer(condition="needed", holds=True),
        GroundAnswer(condition="exempt", holds=False),
        GroundAnswer(condition="clear", words="It is plain."),
    )

    assert is_complete(replace(USE, answers=whole), duty)
    turned = replace(whole[1], holds=True)
    assert not is_complete(replace(USE, answers=(whole[0], turned, whole[2])), duty)


def test_a_duty_without_weighing_needs_no_motive() -> None:
    duty = ground("state_agency_duty")
    answers = (
        GroundAnswer(condition="needed", holds=True),
        GroundAnswer(condition="exempt", holds=False),
    )

    assert is_complete(replace(USE, answers=answers, motive=""), duty)


@pytest.mark.parametrize(
    ("giver", "recipients", "category", "expected"),
    [
        (None, ["police"], "attendance", Reason.GROUND_NOT_FOR_HOLDER),
        ("social_services", ["police"], "attendance", Reason.GROUND_NOT_FOR_HOLDER),
        ("school", [None], "attendance", Reason.GROUND_OTHER_SCOPE),
        ("school", ["police", "civil_society"], "attendance", Reason.GROUND_OTHER_SCOPE),
        ("school", ["police"], "attendance", None),
        ("school", [], "attendance", None),
    ],
)
def test_a_ground_fits_its_holder_and_all_its_recipients_or_says_why_not(
    giver: str | None, recipients: list[str | None], category: str, expected: Reason | None
) -> None:
    def kind(code: str | None) -> Agency | None:
        return None if code is None else CATALOGUE.agency(code)

    misfit = find_misfit(
        CATALOGUE.legal_ground("general_clause"),
        giver=kind(giver),
        recipients=[kind(one) for one in recipients],
        category=category,
    )
    assert misfit is expected


@pytest.mark.parametrize(
    ("category", "expected"), [("contact", None), ("health", Reason.GROUND_OTHER_SCOPE)]
)
def test_a_ground_for_some_kinds_of_information_fits_no_other(
    category: str, expected: Reason | None
) -> None:
    misfit = find_misfit(
        CATALOGUE.legal_ground("contact_details_duty"),
        giver=CATALOGUE.agency("social_services"),
        recipients=[CATALOGUE.agency("police")],
        category=category,
    )
    assert misfit is expected
