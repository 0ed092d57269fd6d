"""What a case comes to on a day: who must sign, what still holds, and what is said where not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.chains import BEGUN, ENDS, NO, YES, chain, signed, taken_back
from tests.domain.facts import (
    ATTENDANCE,
    BOARD,
    DAY,
    GUARDIAN,
    ITEM,
    POLICE,
    POLICE_OFFICER,
    SCHOOL,
    SECOND,
    SUBJECT,
)
from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.circumstances import Derived, Facts, derive
from trygga_desktop.domain.consent_events import (
    Compared,
    Concerned,
    Excepted,
    GroundUsed,
    Happening,
    Opinion,
    View,
)
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.directory import Directory, NameSince, Organisation
from trygga_desktop.domain.ground_use import GroundAnswer, GroundUse
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.programme import PersonDuty
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.reminders import ReminderKind, find_reminders
from trygga_desktop.domain.sharing import ChainStanding, Confirmation, Stage, decide

LONG_AGO = date(2000, 1, 1)
BORN = PartialDate(2009, 5, 14)
BIRTHDAY = date(2027, 5, 14)
MOTHER = Party(id=GUARDIAN, role=PartyRole.GUARDIAN, since=LONG_AGO, custody=Custody.JOINT)
FATHER = replace(MOTHER, id=SECOND)
TEACHER_S_PLACE = Party(
    id=UUID(int=61),
    role=PartyRole.PROFESSIONAL,
    since=LONG_AGO,
    contact_id=UUID(int=62),
    organisation_id=SCHOOL,
)
OFFICER_S_PLACE = replace(TEACHER_S_PLACE, id=UUID(int=63), organisation_id=POLICE)
STAFF = (TEACHER_S_PLACE, OFFICER_S_PLACE)
BOTH = replace(YES, programme="sspf")
PARENT, OTHER = replace(BOTH, signer=GUARDIAN), replace(BOTH, signer=SECOND)
SIGNED = (BOTH, PARENT, OTHER)
SCHOOLING: Item = replace(ATTENDANCE, category="attendance")


def organisation(one: UUID, kind: str) -> Organisation:
    return Organisation(id=one, kind=kind, names=(NameSince(name=kind, since=LONG_AGO),))


DIRECTORY = Directory(
    organisations=(
        organisation(SCHOOL, "school"),
        organisation(POLICE, "police"),
        organisation(BOARD, "social_services"),
        organisation(UUID(int=77), "of_an_older_catalogue"),
    ),
    contacts=(),
)


def facts(happenings: Sequence[Happening] = SIGNED, **changes: Any) -> Facts:
    """Return a case in SSPF whose young person is 17 and has two guardians."""
    made = Facts(
        controller_id=BOARD,
        subject_id=SUBJECT,
        born=BORN,
        parties=(MOTHER, FATHER, *STAFF),
        events=tuple(chain(happenings)),
        chain=ChainStanding.HOLDS,
        restored_at=0,
        step=PhaseStep(phase=Phase.FOLLOW_UP, on=LONG_AGO),
        programme=CATALOGUE.programme("sspf"),
        catalogue=CATALOGUE,
        directory=DIRECTORY,
    )
    return replace(made, **changes)


def told(derived: Derived, item: Item = SCHOOLING) -> tuple[Reason, ...]:
    """Return what the police are told about the item; its category is one of the tests' own."""
    given = replace(derived.given, categories=derived.given.categories | {"attendance"})
    decision = decide(item, POLICE_OFFICER, given)
    return (decision.reason, *decision.also)


def reasons(
    happenings: Sequence[Happening] = SIGNED,
    day: date = DAY,
    item: Item = SCHOOLING,
    **changes: Any,
) -> tuple[Reason, ...]:
    return told(derive(facts(happenings, **changes), day), item)


def test_everyone_who_must_sign_has_signed() -> None:
    derived = derive(facts(), DAY)

    assert derived.required.signs == {SUBJECT, GUARDIAN, SECOND}
    assert told(derived) == (Reason.CONSENT_COVERS,)
    assert (derived.given.stage, derived.given.closed_by) == (Stage.NAMED, None)


def test_a_case_without_a_programme_has_nobody_who_can_consent() -> None:
    derived = derive(facts(programme=None), DAY)

    assert derived.required.signs == frozenset()
    assert derived.given.programme == ""
    assert Reason.NO_SIGNER in told(derived)
    assert find_reminders(facts(programme=None), derived) == ()


def test_a_consent_for_other_work_does_not_count() -> None:
    sig = tuple(replace(one, programme="sig") for one in SIGNED)

    assert reasons(sig) == (Reason.OTHER_PURPOSE,)


def test_a_consent_goes_no_further_back_than_it_says() -> None:
    since = DAY - timedelta(days=10)
    bounded = (replace(BOTH, facts_since=since), PARENT, OTHER)
    older = replace(SCHOOLING, known_on=since - timedelta(days=1))

    assert reasons(bounded, item=older) == (Reason.OLDER_THAN_CONSENT,)
    assert reasons(bounded, item=replace(older, known_on=since)) == (Reason.CONSENT_COVERS,)


def test_a_guardian_who_came_after_the_others_had_signed_is_told_as_new() -> None:
    since = BOTH.valid_from + timedelta(days=1)
    new = replace(FATHER, since=since)

    assert reasons((BOTH, PARENT), parties=(MOTHER, new, *STAFF)) == (Reason.SIGNER_ADDED,)
    # Whoever was there from the beginning is waited for, and so is who came before the others.
    assert reasons((BOTH, PARENT)) == (Reason.WAITING_FOR_SIGNATURE,)
    early = replace(FATHER, since=BOTH.valid_from)
    assert reasons((BOTH, PARENT), parties=(MOTHER, early, *STAFF)) == (
        Reason.WAITING_FOR_SIGNATURE,
    )


def test_who_had_a_place_without_custody_before_is_new_since_the_custody() -> None:
    since = BOTH.valid_from + timedelta(days=1)
    now = replace(FATHER, since=since)
    before = replace(FATHER, custody=Custody.NONE, until=since)

    assert reasons((BOTH, PARENT), parties=(MOTHER, now, before, *STAFF)) == (Reason.SIGNER_ADDED,)


def test_who_replaces_all_guardians_is_new_also_where_no_required_signer_has_signed() -> None:
    gone = replace(MOTHER, until=DAY)
    appointed = Party(
        id=UUID(int=60),
        role=PartyRole.APPOINTED_GUARDIAN,
        since=DAY,
        custody=Custody.SOLE,
    )
    child = PartialDate(2014, 1, 1)

    found = reasons((PARENT,), parties=(gone, appointed, *STAFF), born=child)

    assert Reason.SIGNER_ADDED in found
    assert Reason.CONSENT_MISSING not in found


def test_who_turns_15_must_sign_and_is_told_as_such() -> None:
    fifteen = PartialDate(2011, 10, 1)

    assert reasons((PARENT, OTHER), born=fifteen) == (Reason.TURNED_15,)
    assert reasons((), born=fifteen) == (Reason.CONSENT_MISSING,)
    # Whoever signed on the birthday itself did so when all three had to.
    day_after = PartialDate(2011, BEGUN.month, BEGUN.day + 1)
    assert reasons((PARENT, OTHER), born=day_after) == (Reason.TURNED_15,)
    same_day = PartialDate(2011, BEGUN.month, BEGUN.day)
    assert reasons((PARENT, OTHER), born=same_day) == (Reason.WAITING_FOR_SIGNATURE,)


def test_where_no_age_signs_for_itself_only_the_guardians_are_asked() -> None:
    sspf = CATALOGUE.programme("sspf")
    never = tuple(replace(one, person=PersonDuty.NONE) for one in sspf.signers)

    assert reasons((PARENT,), programme=replace(sspf, signers=never)) == (
        Reason.WAITING_FOR_SIGNATURE,
    )
    assert reasons((PARENT, OTHER), programme=replace(sspf, signers=never)) == (
        Reason.CONSENT_COVERS,
    )


def test_a_no_of_the_newcomer_is_told_as_missing_only_where_others_said_yes() -> None:
    no = replace(NO, signer=GUARDIAN)

    assert reasons((no,), born=PartialDate(2011, 10, 1)) == (
        Reason.REFUSED,
        Reason.CONSENT_MISSING,
    )


def test_what_was_signed_before_18_ends_the_day_before_and_says_why() -> None:
    long = tuple(signed(BOTH.on, BIRTHDAY + timedelta(days=50), yes=one) for one in SIGNED)
    eve = BIRTHDAY - timedelta(days=1)

    assert reasons(long, eve) == (Reason.CONSENT_COVERS,)
    assert reasons(long, BIRTHDAY) == (Reason.TURNED_18,)
    assert {one.valid_to for one in derive(facts(long), DAY).given.consents} == {eve}
    own = signed(BIRTHDAY, BIRTHDAY + timedelta(days=50), yes=BOTH)
    assert reasons((*long, own), BIRTHDAY) == (Reason.CONSENT_COVERS,)


@pytest.mark.parametrize("last", [ENDS, BIRTHDAY - timedelta(days=1)])
def test_what_would_have_ended_before_18_ends_of_itself(last: date) -> None:
    day = BIRTHDAY + timedelta(days=1)

    assert reasons([replace(one, valid_to=last) for one in SIGNED], day) == (Reason.EXPIRED,)


def test_what_was_withdrawn_before_18_was_not_ended_by_the_birthday() -> None:
    long = signed(BOTH.on, BIRTHDAY + timedelta(days=50), yes=BOTH)

    (ended,) = derive(facts((long,)), DAY).given.consents
    (withdrawn,) = derive(facts((long, taken_back(DAY))), DAY).given.consents

    assert (ended.has_lapsed, withdrawn.has_lapsed) == (True, False)


@pytest.mark.parametrize("days", [0, 5])
def test_what_was_to_begin_at_18_or_after_never_does(days: int) -> None:
    later = BIRTHDAY + timedelta(days=days)
    ahead = replace(BOTH, valid_from=later, valid_to=later + timedelta(days=20))

    assert reasons((ahead,), later) == (Reason.CONSENT_MISSING,)


def test_what_begins_on_the_day_before_18_holds_that_day() -> None:
    eve = BIRTHDAY - timedelta(days=1)
    short = [replace(one, valid_from=eve, valid_to=BIRTHDAY) for one in SIGNED]

    assert reasons(short, eve) == (Reason.CONSENT_COVERS,)
    assert reasons(short, BIRTHDAY) == (Reason.TURNED_18,)


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (PartialDate(2009, 5), date(2027, 4, 30)),
        (PartialDate(2009), date(2026, 12, 31)),
        # May have been of age on the day of signing, and may not: that is no consent of an adult.
        (PartialDate(2008, 9), None),
    ],
)
def test_of_a_birthday_that_may_be_any_of_some_days_the_first_ends_what_was_signed(
    born: PartialDate, last: date | None
) -> None:
    long = signed(BOTH.on, BIRTHDAY + timedelta(days=50), yes=BOTH)

    found = {one.valid_to for one in derive(facts((long,), born=born), DAY).given.consents}

    assert found == set() if last is None else {last}


def test_where_adults_do_not_sign_anew_nothing_ends_at_18() -> None:
    kept = replace(CATALOGUE.programme("sspf"), adult_signs_anew=False)
    long = tuple(signed(BOTH.on, BIRTHDAY + timedelta(days=50), yes=one) for one in SIGNED)

    assert reasons(long, BIRTHDAY, programme=kept) == (Reason.CONSENT_COVERS,)


def test_nobody_knows_who_signs_where_nobody_knows_the_age() -> None:
    assert Reason.UNKNOWN_AGE in reasons(born=None)


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (PhaseStep(phase=Phase.ASSESSMENT, on=LONG_AGO), Reason.ANONYMOUS_STAGE),
        (PhaseStep(phase=Phase.REFERRAL, on=LONG_AGO), Reason.PHASE_NOT_OPEN),
        (PhaseStep(phase=Phase.PAUSED, on=LONG_AGO), Reason.CASE_PAUSED),
        (PhaseStep(phase=Phase.CLOSED, on=LONG_AGO), Reason.CASE_CLOSED),
    ],
)
def test_the_phase_of_the_case_closes_it(step: PhaseStep, reason: Reason) -> None:
    assert reasons(step=step)[0] is reason


def test_a_pause_after_the_conversation_without_names_is_still_without() -> None:
    step = PhaseStep(phase=Phase.PAUSED, on=LONG_AGO)
    earlier = (PhaseStep(phase=Phase.ASSESSMENT, on=LONG_AGO),)

    assert reasons(step=step, earlier=earlier)[0] is Reason.ANONYMOUS_STAGE


def test_a_pause_that_follows_from_consent_leaves_it_to_the_consent_to_say_why() -> None:
    step = PhaseStep(phase=Phase.PAUSED, on=LONG_AGO, cause=Cause.FOLLOWS_CONSENT)

    assert reasons((BOTH,), step=step) == (Reason.WAITING_FOR_SIGNATURE,)


def test_after_a_restore_nothing_counts_until_it_was_compared() -> None:
    restored = derive(facts(restored_at=50), DAY)
    assert restored.given.confirmation is Confirmation.UNCONFIRMED
    compared = facts((*SIGNED, Compared(on=DAY)), restored_at=4)
    assert derive(compared, DAY).given.confirmation is Confirmation.CONFIRMED


EXCEPTION = Excepted(
    id=UUID(int=90),
    on=DAY,
    signer=SECOND,
    code="guardian_prevented",
    words="In hospital",
    decided_by="Karin",
    until=DAY + timedelta(days=30),
    approved_by="Maja",
)


@pytest.mark.parametrize(
    ("exception", "expected"),
    [
        (EXCEPTION, Reason.CONSENT_COVERS),
        (replace(EXCEPTION, approved_by=" "), Reason.WAITING_FOR_SIGNATURE),
        (replace(EXCEPTION, until=DAY), Reason.CONSENT_COVERS),
        (
            replace(EXCEPTION, on=DAY - timedelta(days=5), until=DAY - timedelta(days=1)),
            Reason.WAITING_FOR_SIGNATURE,
        ),
        (replace(EXCEPTION, signer=SUBJECT), Reason.WAITING_FOR_SIGNATURE),
        (replace(EXCEPTION, code="board_decision"), Reason.WAITING_FOR_SIGNATURE),
        (replace(EXCEPTION, code="own_consent_from_12"), Reason.WAITING_FOR_SIGNATURE),
        (replace(EXCEPTION, code="of_an_older_catalogue"), Reason.WAITING_FOR_SIGNATURE),
    ],
)
def test_a_guardian_is_done_without_once_that_was_approved_and_as_long_as_it_holds(
    exception: Excepted, expected: Reason
) -> None:
    assert reasons((BOTH, PARENT, exception)) == (expected,)


def test_who_answers_is_not_prevented() -> None:
    no = replace(NO, signer=SECOND, on=DAY, valid_from=DAY)
    assert reasons((BOTH, PARENT, EXCEPTION, no)) == (Reason.REFUSED,)
    back = taken_back(DAY, signer=SECOND)
    assert reasons((*SIGNED, EXCEPTION, back)) == (Reason.WITHDRAWN,)
    # What was over before counts no more than silence.
    ended = replace(OTHER, valid_to=DAY - timedelta(days=1))
    assert reasons((BOTH, PARENT, ended, EXCEPTION)) == (Reason.CONSENT_COVERS,)
    earlier = taken_back(DAY - timedelta(days=1), signer=SECOND)
    assert reasons((*SIGNED, earlier, EXCEPTION)) == (Reason.CONSENT_COVERS,)


def test_a_child_s_no_closes_while_the_child_is_asked_and_does_not_sign() -> None:
    no = Opinion(person=SUBJECT, on=BOTH.on, view=View.DISAGREES, words="No.")

    assert reasons((*SIGNED, no), born=PartialDate(2013, 5, 1)) == (Reason.OPINION_UNWEIGHED,)
    assert reasons((*SIGNED, no)) == (Reason.CONSENT_COVERS,)


def test_who_signs_from_another_age_than_15_is_waited_for() -> None:
    sig = CATALOGUE.programme("sig")
    theirs = tuple(replace(one, programme="sig") for one in (PARENT, OTHER))

    found = reasons(theirs, programme=sig, born=PartialDate(2014, 10, 10))

    assert Reason.WAITING_FOR_SIGNATURE in found
    assert Reason.TURNED_15 not in found


def test_an_exception_told_anew_takes_the_place_of_the_earlier() -> None:
    taken_back = replace(EXCEPTION, approved_by="")

    assert reasons((BOTH, PARENT, EXCEPTION, taken_back)) == (Reason.WAITING_FOR_SIGNATURE,)


USE = GroundUse(
    id=UUID(int=91),
    ground="harm_test",
    giver=SCHOOL,
    category="attendance",
    items=frozenset({ITEM}),
    recipients=frozenset({POLICE}),
    answers=(
        GroundAnswer(condition="holder_decides", holds=True),
        GroundAnswer(condition="harm", words="None."),
        GroundAnswer(condition="least", holds=True),
    ),
    decided_by="Maria",
    motive="None is done.",
    until=DAY,
)


def test_a_decision_on_a_ground_is_judged_by_the_catalogue_of_the_vault() -> None:
    decided = GroundUsed(on=DAY, use=USE)

    assert reasons((decided,)) == (Reason.LEGAL_GROUND,)
    unknown = GroundUsed(on=DAY, use=replace(USE, ground="of_an_older_catalogue"))
    assert reasons((unknown,))[0] is Reason.GROUND_NOT_IN_FORCE


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_ground_must_be_in_force_on_the_day_of_the_decision_and_on_the_day_of_telling(
    days: int,
) -> None:
    day = DAY + timedelta(days=days)
    known = replace(CATALOGUE.legal_ground("harm_test"), valid_from=day, valid_until=day)
    catalogue = replace(CATALOGUE, legal_grounds=(known,))
    decided = GroundUsed(on=DAY, use=USE)

    expected = Reason.LEGAL_GROUND if days == 0 else Reason.GROUND_NOT_IN_FORCE
    assert reasons((decided,), catalogue=catalogue)[0] is expected
    earlier = replace(decided, on=DAY - timedelta(days=1))
    assert reasons((earlier,), catalogue=catalogue)[0] is Reason.GROUND_NOT_IN_FORCE


@pytest.mark.parametrize(
    ("happenings", "parties", "expected"),
    [
        ([], [], set()),
        ([], STAFF, {SCHOOL, POLICE}),
        ([BOTH], [], {SCHOOL, POLICE}),
        ([Concerned(on=DAY, organisations=frozenset({POLICE}))], [], {POLICE}),
        ([GroundUsed(on=DAY, use=USE)], [], {POLICE}),
        ([GroundUsed(on=DAY, use=USE)], [TEACHER_S_PLACE], {SCHOOL, POLICE}),
    ],
)
def test_an_organisation_has_a_place_in_the_case_once_somebody_has_named_it(
    happenings: Sequence[Happening], parties: Sequence[Party], expected: set[UUID]
) -> None:
    derived = derive(facts(happenings, parties=(MOTHER, FATHER, *parties)), DAY)

    assert derived.given.organisations == expected
    assert derived.given.knows(BOARD)


def test_what_a_programme_cannot_do_without_are_those_of_its_kinds_in_the_case() -> None:
    another = organisation(UUID(int=78), "school")
    directory = replace(DIRECTORY, organisations=(*DIRECTORY.organisations, another))
    sspf = CATALOGUE.programme("sspf")
    needy = replace(
        sspf,
        required_agencies=("school", "social_services", "leisure"),
        needs_all_concerned_agencies=False,
    )

    found = derive(facts(programme=needy, directory=directory), DAY).given.concerned

    assert found == {frozenset({SCHOOL}), frozenset({BOARD}), frozenset()}


@pytest.mark.parametrize("agreement", [False, True])
def test_only_a_programme_that_needs_all_wants_to_be_told_who_they_are(*, agreement: bool) -> None:
    plain = replace(
        CATALOGUE.programme("sspf"),
        required_agencies=(),
        needs_all_concerned_agencies=False,
        agreement_with_person=agreement,
    )
    needy = replace(plain, needs_all_concerned_agencies=True)

    assert derive(facts(programme=plain), DAY).given.concerned == frozenset()
    assert derive(facts(programme=needy), DAY).given.concerned == {frozenset()}


@pytest.mark.parametrize(
    ("phase", "kinds"),
    [
        (Phase.FOLLOW_UP, [ReminderKind.SIGNER_WAITING]),
        (Phase.CLOSED, []),
        (Phase.DECLINED, []),
        (Phase.BELOW_THRESHOLD, []),
    ],
)
def test_a_case_that_is_over_reminds_of_nothing(phase: Phase, kinds: list[ReminderKind]) -> None:
    case = facts((BOTH, PARENT), step=PhaseStep(phase=phase, on=LONG_AGO))

    assert [one.kind for one in find_reminders(case, derive(case, DAY))] == kinds


def test_the_worst_is_told_first() -> None:
    ended = replace(PARENT, valid_to=DAY - timedelta(days=1))
    case = facts((replace(BOTH, valid_to=DAY), ended))

    kinds = [one.kind for one in find_reminders(case, derive(case, DAY))]

    assert kinds == [ReminderKind.EXPIRED, ReminderKind.SIGNER_WAITING]


def test_a_paper_that_is_yet_to_begin_is_waited_for() -> None:
    ahead = replace(OTHER, valid_from=DAY + timedelta(days=2))
    case = facts((BOTH, PARENT, ahead))

    (one,) = find_reminders(case, derive(case, DAY))

    assert (one.kind, one.people) == (ReminderKind.SIGNER_WAITING, frozenset({SECOND}))


def test_whom_nobody_may_ask_before_an_exception_is_approved_is_not_named() -> None:
    waits = replace(EXCEPTION, approved_by="")
    case = facts((BOTH, PARENT, waits))

    (one,) = find_reminders(case, derive(case, DAY))

    assert (one.kind, one.people) == (ReminderKind.APPROVAL_WAITING, frozenset())
    approved = facts((BOTH, PARENT, EXCEPTION))
    assert find_reminders(approved, derive(approved, DAY)) == ()


def test_a_birthday_that_nobody_knows_to_the_day_is_told_as_an_end() -> None:
    vague = facts(
        tuple(signed(BOTH.on, date(2026, 12, 20), yes=one) for one in SIGNED),
        born=PartialDate(2009, 1),
    )

    (one,) = find_reminders(vague, derive(vague, DAY))

    assert (one.kind, one.on) == (ReminderKind.EXPIRES, date(2026, 12, 20))
