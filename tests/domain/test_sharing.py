"""One function decides who may see an item; everything unknown is no."""

from dataclasses import fields, replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.domain.facts import (
    ATTENDANCE,
    AUTHOR,
    BOARD,
    COLLEAGUE,
    DAY,
    FRIEND,
    GIVEN,
    GUARDIAN,
    INTERPRETER,
    NO,
    OPERATOR,
    OTHER_GUARDIAN,
    OTHER_PARENT,
    PARENT,
    POLICE,
    POLICE_OFFICER,
    REPORTER,
    SCHOOL,
    SCHOOL_TEACHER,
    SECOND,
    STRANGER,
    SUBJECT,
    TOUCHING_EXCLUSION,
    YES,
    YOUNG_PERSON,
    marked,
    signed,
)
from trygga_desktop.domain.items import Item, Marking, Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Decision,
    Recipient,
    Stage,
    decide,
    decide_for_room,
)

BROKEN = replace(GIVEN, chain=ChainStanding.BROKEN)
UNCONFIRMED = replace(GIVEN, confirmation=Confirmation.UNCONFIRMED)
ANONYMOUS = replace(GIVEN, stage=Stage.ANONYMOUS)
NOTHING_KNOWN = Circumstances(on=DAY, controller_id=BOARD, subject_id=SUBJECT, subject_age=None)
GUARDED = replace(ATTENDANCE, part=Part.GUARDED)
NOTE = replace(ATTENDANCE, part=Part.NOTES, origin_id=None, category="")
WITH_SECOND = replace(ATTENDANCE, about=frozenset({SUBJECT, SECOND}))
ABOUT_PARENT = replace(ATTENDANCE, about=frozenset({SUBJECT, GUARDIAN}))
ABOUT_OTHER_PARENT = replace(ATTENDANCE, about=frozenset({SUBJECT, OTHER_GUARDIAN}))
WITH_BOTH_PARENTS = replace(GIVEN, guardians=frozenset({GUARDIAN, OTHER_GUARDIAN}))
WITH_REPORTER = replace(ATTENDANCE, reporter_ids=frozenset({REPORTER}))
OF_UNKNOWN_KIND = replace(ATTENDANCE, category="rumour")
NAMED_READER = replace(OPERATOR, named_reader=True)
BARRED_PARENT = replace(PARENT, barred=True)


@pytest.mark.parametrize("part", [Part.GUARDED, Part.NOTES])
@pytest.mark.parametrize("recipient", [SCHOOL_TEACHER, COLLEAGUE, FRIEND, INTERPRETER])
def test_only_what_lies_in_the_case_can_be_somebody_s_own(part: Part, recipient: Recipient) -> None:
    apart = replace(ATTENDANCE, part=part, said_by=SECOND)

    assert Reason.CONSENT_MISSING in decide(apart, recipient, signed(None, None)).also


def test_who_has_more_than_one_right_to_something_of_their_own_is_told_the_nearest() -> None:
    pupil = replace(YOUNG_PERSON, organisation_id=SCHOOL)
    operator = replace(OPERATOR, person_id=SECOND)

    assert decide(replace(ATTENDANCE, said_by=SUBJECT), pupil, GIVEN).reason is (
        Reason.OWN_INFORMATION
    )
    assert decide(replace(ATTENDANCE, said_by=SECOND), operator, GIVEN).reason is (
        Reason.OWN_INFORMATION
    )


def test_the_right_to_the_guarded_part_opens_nothing_else() -> None:
    reader = replace(NAMED_READER, organisation_id=POLICE, acknowledged=True)

    assert decide(ATTENDANCE, reader, signed(None, None)).reason is Reason.CONSENT_MISSING
    assert decide(ATTENDANCE, NAMED_READER, signed(None, None)).reason is Reason.OWN_FILE


def test_what_is_not_said_of_a_recipient_or_of_a_case_opens_nothing() -> None:
    somebody = Recipient(id=AUTHOR, barred=False)
    unsaid = (somebody.named_reader, somebody.acknowledged, somebody.alone, somebody.interprets)
    case = Circumstances(on=DAY, controller_id=BOARD, subject_id=SUBJECT, subject_age=None)

    assert (*unsaid, somebody.supports, somebody.only_interprets) == (False,) * 6
    assert (case.chain, case.confirmation, case.stage, case.closed_by) == (
        ChainStanding.BROKEN,
        Confirmation.UNCONFIRMED,
        Stage.ANONYMOUS,
        Reason.PHASE_NOT_OPEN,
    )
    assert (case.pause_follows, case.programme) == (False, "")


@pytest.mark.parametrize(
    ("item", "recipient", "given", "reason"),
    [
        (OF_UNKNOWN_KIND, POLICE_OFFICER, GIVEN, Reason.UNKNOWN_ITEM),
        (replace(ATTENDANCE, category=""), POLICE_OFFICER, GIVEN, Reason.UNKNOWN_ITEM),
        (
            replace(ATTENDANCE, category=""),
            POLICE_OFFICER,
            replace(GIVEN, categories=frozenset({""})),
            Reason.UNKNOWN_ITEM,
        ),
        (replace(ATTENDANCE, origin_id=None), POLICE_OFFICER, GIVEN, Reason.UNKNOWN_ITEM),
        (replace(ATTENDANCE, origin_id=STRANGER), POLICE_OFFICER, GIVEN, Reason.UNKNOWN_ITEM),
        (replace(ATTENDANCE, about=frozenset()), POLICE_OFFICER, GIVEN, Reason.UNKNOWN_ITEM),
        (OF_UNKNOWN_KIND, SCHOOL_TEACHER, GIVEN, Reason.UNKNOWN_ITEM),
        (
            ATTENDANCE,
            replace(POLICE_OFFICER, organisation_id=None),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (
            ATTENDANCE,
            replace(POLICE_OFFICER, organisation_id=STRANGER),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (
            ATTENDANCE,
            replace(OPERATOR, organisation_id=STRANGER),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (
            ATTENDANCE,
            replace(YOUNG_PERSON, organisation_id=STRANGER),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (
            replace(ATTENDANCE, part=Part.NOTES),
            replace(OPERATOR, organisation_id=STRANGER),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (
            GUARDED,
            replace(NAMED_READER, organisation_id=None),
            GIVEN,
            Reason.UNKNOWN_RECIPIENT,
        ),
        (GUARDED, POLICE_OFFICER, GIVEN, Reason.GUARDED),
        (GUARDED, SCHOOL_TEACHER, GIVEN, Reason.GUARDED),
        (GUARDED, YOUNG_PERSON, GIVEN, Reason.GUARDED),
        (GUARDED, OPERATOR, GIVEN, Reason.GUARDED),
        (GUARDED, replace(NAMED_READER, alone=False), GIVEN, Reason.GUARDED),
        (GUARDED, replace(NAMED_READER, user_id=None), GIVEN, Reason.GUARDED),
        (replace(ATTENDANCE, part=Part.NOTES), SCHOOL_TEACHER, GIVEN, Reason.OWN_NOTE),
        (replace(ATTENDANCE, part=Part.NOTES), COLLEAGUE, GIVEN, Reason.OWN_NOTE),
        (
            replace(ATTENDANCE, part=Part.NOTES),
            replace(OPERATOR, alone=False),
            GIVEN,
            Reason.OWN_NOTE,
        ),
        (ATTENDANCE, POLICE_OFFICER, BROKEN, Reason.CHAIN_BROKEN),
        (ATTENDANCE, SCHOOL_TEACHER, BROKEN, Reason.CHAIN_BROKEN),
        (ATTENDANCE, YOUNG_PERSON, BROKEN, Reason.CHAIN_BROKEN),
        (ATTENDANCE, POLICE_OFFICER, UNCONFIRMED, Reason.RESTORED_UNCONFIRMED),
        (ATTENDANCE, SCHOOL_TEACHER, UNCONFIRMED, Reason.RESTORED_UNCONFIRMED),
        (ATTENDANCE, POLICE_OFFICER, ANONYMOUS, Reason.ANONYMOUS_STAGE),
        (ATTENDANCE, SCHOOL_TEACHER, ANONYMOUS, Reason.ANONYMOUS_STAGE),
        # Nobody's organisation is not where something unknown comes from.
        (
            replace(ATTENDANCE, origin_id=None),
            replace(YOUNG_PERSON, user_id=AUTHOR, alone=True),
            GIVEN,
            Reason.UNKNOWN_ITEM,
        ),
        # A window of one's own spares nobody who looks at what is not theirs.
        (ATTENDANCE, replace(OPERATOR, organisation_id=POLICE), BROKEN, Reason.CHAIN_BROKEN),
        (
            ATTENDANCE,
            replace(OPERATOR, organisation_id=POLICE),
            UNCONFIRMED,
            Reason.RESTORED_UNCONFIRMED,
        ),
        (ATTENDANCE, replace(OPERATOR, organisation_id=POLICE), ANONYMOUS, Reason.ANONYMOUS_STAGE),
        (
            ATTENDANCE,
            replace(POLICE_OFFICER, acknowledged=False),
            GIVEN,
            Reason.NOT_ACKNOWLEDGED,
        ),
        (
            ATTENDANCE,
            replace(SCHOOL_TEACHER, acknowledged=False),
            GIVEN,
            Reason.NOT_ACKNOWLEDGED,
        ),
        (ATTENDANCE, BARRED_PARENT, GIVEN, Reason.GUARDIAN_BARRED),
        (
            ATTENDANCE,
            replace(BARRED_PARENT, organisation_id=SCHOOL),
            GIVEN,
            Reason.GUARDIAN_BARRED,
        ),
        (ATTENDANCE, replace(OPERATOR, barred=True), GIVEN, Reason.GUARDIAN_BARRED),
        (
            replace(ATTENDANCE, about=frozenset({GUARDIAN})),
            BARRED_PARENT,
            GIVEN,
            Reason.GUARDIAN_BARRED,
        ),
    ],
)
def test_a_hard_block_wins_over_every_permit(
    item: Item, recipient: Recipient, given: Circumstances, reason: Reason
) -> None:
    decision = decide(item, recipient, given)

    assert not decision.allowed
    assert decision.reason is reason


@pytest.mark.parametrize(
    ("item", "recipient", "given", "reason"),
    [
        (WITH_SECOND, POLICE_OFFICER, GIVEN, Reason.SECOND_PERSON),
        (WITH_SECOND, YOUNG_PERSON, GIVEN, Reason.SECOND_PERSON),
        (WITH_SECOND, PARENT, GIVEN, Reason.SECOND_PERSON),
        (ABOUT_PARENT, POLICE_OFFICER, GIVEN, Reason.SECOND_PERSON),
        (ABOUT_PARENT, OTHER_PARENT, WITH_BOTH_PARENTS, Reason.SECOND_PERSON),
        (ABOUT_OTHER_PARENT, PARENT, WITH_BOTH_PARENTS, Reason.SECOND_PERSON),
        (
            replace(ATTENDANCE, about=frozenset({SECOND})),
            PARENT,
            GIVEN,
            Reason.SECOND_PERSON,
        ),
        (WITH_REPORTER, POLICE_OFFICER, GIVEN, Reason.REPORTER),
        (WITH_REPORTER, YOUNG_PERSON, GIVEN, Reason.REPORTER),
        (
            replace(ATTENDANCE, reporter_ids=frozenset({SUBJECT})),
            POLICE_OFFICER,
            GIVEN,
            Reason.REPORTER,
        ),
        (ATTENDANCE, PARENT, replace(GIVEN, subject_age=None), Reason.UNKNOWN_AGE),
        (ATTENDANCE, PARENT, replace(GIVEN, subject_age=18), Reason.FORMER_GUARDIAN),
        (ABOUT_PARENT, PARENT, replace(GIVEN, subject_age=18), Reason.FORMER_GUARDIAN),
        (
            replace(ATTENDANCE, about=frozenset({GUARDIAN})),
            PARENT,
            replace(GIVEN, subject_age=18),
            Reason.FORMER_GUARDIAN,
        ),
        (ATTENDANCE, POLICE_OFFICER, replace(GIVEN, subject_age=None), Reason.UNKNOWN_AGE),
        (
            ATTENDANCE,
            PARENT,
            replace(GIVEN, guardians=frozenset()),
            Reason.RECIPIENT_NOT_COVERED,
        ),
        (WITH_SECOND, FRIEND, GIVEN, Reason.RECIPIENT_NOT_COVERED),
        (
            replace(ATTENDANCE, about=frozenset({SECOND})),
            FRIEND,
            GIVEN,
            Reason.RECIPIENT_NOT_COVERED,
        ),
        (
            ATTENDANCE,
            replace(OPERATOR, organisation_id=POLICE, acknowledged=True),
            signed(None, None),
            Reason.CONSENT_MISSING,
        ),
        (
            ATTENDANCE,
            POLICE_OFFICER,
            replace(GIVEN, required=frozenset()),
            Reason.NO_SIGNER,
        ),
        (
            ATTENDANCE,
            POLICE_OFFICER,
            replace(GIVEN, required=frozenset(), subject_age=None),
            Reason.UNKNOWN_AGE,
        ),
        (ATTENDANCE, POLICE_OFFICER, signed(NO), Reason.REFUSED),
        (
            ATTENDANCE,
            POLICE_OFFICER,
            signed(replace(YES, exclusions=(TOUCHING_EXCLUSION,))),
            Reason.NEEDS_MARKING,
        ),
        (
            ATTENDANCE,
            replace(COLLEAGUE, alone=False, acknowledged=True),
            GIVEN,
            Reason.RECIPIENT_NOT_COVERED,
        ),
        (
            ATTENDANCE,
            replace(OPERATOR, user_id=None, acknowledged=True),
            GIVEN,
            Reason.RECIPIENT_NOT_COVERED,
        ),
    ],
)
def test_without_a_basis_the_answer_is_no(
    item: Item, recipient: Recipient, given: Circumstances, reason: Reason
) -> None:
    decision = decide(item, recipient, given)

    assert not decision.allowed
    assert decision.reason is reason


def test_every_reason_against_is_told_in_order() -> None:
    given = replace(BROKEN, required=frozenset(), subject_age=None)
    barred = replace(POLICE_OFFICER, barred=True, acknowledged=False)
    item = replace(WITH_SECOND, reporter_ids=frozenset({REPORTER}))

    assert decide(item, barred, given) == Decision(
        reason=Reason.CHAIN_BROKEN,
        also=(
            Reason.NOT_ACKNOWLEDGED,
            Reason.GUARDIAN_BARRED,
            Reason.SECOND_PERSON,
            Reason.REPORTER,
            Reason.UNKNOWN_AGE,
            Reason.NO_SIGNER,
        ),
    )


def test_nothing_further_is_said_of_what_is_unknown() -> None:
    decision = decide(OF_UNKNOWN_KIND, POLICE_OFFICER, replace(BROKEN, consents=()))

    assert decision == Decision(reason=Reason.UNKNOWN_ITEM, also=(Reason.CHAIN_BROKEN,))


def test_what_comes_from_the_recipient_is_closed_by_the_hard_block_alone() -> None:
    decision = decide(ATTENDANCE, SCHOOL_TEACHER, replace(BROKEN, consents=()))

    assert decision == Decision(reason=Reason.CHAIN_BROKEN)


def test_a_guardian_who_is_told_no_for_age_hears_what_consent_lacks_too() -> None:
    decision = decide(ATTENDANCE, PARENT, replace(GIVEN, subject_age=18))

    assert decision.also == (Reason.RECIPIENT_NOT_COVERED,)


def test_a_former_guardian_can_still_receive_for_an_organisation_that_consent_covers() -> None:
    at_work = replace(PARENT, organisation_id=POLICE)

    decision = decide(ATTENDANCE, at_work, replace(GIVEN, subject_age=18))

    assert decision == Decision(reason=Reason.CONSENT_COVERS)


def test_two_answers_of_one_signer_in_force_are_refused() -> None:
    narrower = replace(YES, id=UUID(int=71), exclusions=(TOUCHING_EXCLUSION,))

    with pytest.raises(ValueError, match="two answers"):
        replace(GIVEN, consents=(YES, narrower))


def test_a_signer_can_have_answers_for_other_days() -> None:
    next_one = replace(
        YES,
        id=UUID(int=72),
        valid_from=YES.valid_to + timedelta(days=1),
        valid_to=YES.valid_to + timedelta(days=90),
    )
    given = replace(GIVEN, consents=(*GIVEN.consents, next_one))

    assert decide(ATTENDANCE, POLICE_OFFICER, given).allowed


@pytest.mark.parametrize(
    ("item", "recipient", "given", "reason"),
    [
        (ATTENDANCE, SCHOOL_TEACHER, signed(NO), Reason.OWN_INFORMATION),
        (WITH_SECOND, SCHOOL_TEACHER, GIVEN, Reason.OWN_INFORMATION),
        (WITH_REPORTER, SCHOOL_TEACHER, GIVEN, Reason.OWN_INFORMATION),
        (NOTE, OPERATOR, GIVEN, Reason.OWN_INFORMATION),
        (ATTENDANCE, COLLEAGUE, signed(None, None), Reason.OWN_FILE),
        (OF_UNKNOWN_KIND, COLLEAGUE, GIVEN, Reason.OWN_FILE),
        (replace(ATTENDANCE, origin_id=BOARD), COLLEAGUE, GIVEN, Reason.OWN_INFORMATION),
        (GUARDED, NAMED_READER, GIVEN, Reason.NAMED_READER),
        (ATTENDANCE, YOUNG_PERSON, signed(None, None), Reason.OWN_PERSON),
        (
            replace(ATTENDANCE, reporter_ids=frozenset({SUBJECT})),
            YOUNG_PERSON,
            GIVEN,
            Reason.OWN_PERSON,
        ),
        (ATTENDANCE, PARENT, signed(None, None), Reason.GUARDIAN_OF_CHILD),
        (ATTENDANCE, PARENT, replace(GIVEN, subject_age=17), Reason.GUARDIAN_OF_CHILD),
        (ABOUT_PARENT, PARENT, GIVEN, Reason.GUARDIAN_OF_CHILD),
        (
            replace(ATTENDANCE, about=frozenset({GUARDIAN})),
            PARENT,
            GIVEN,
            Reason.GUARDIAN_OF_CHILD,
        ),
        (ATTENDANCE, YOUNG_PERSON, replace(GIVEN, subject_age=None), Reason.OWN_PERSON),
        (ATTENDANCE, POLICE_OFFICER, GIVEN, Reason.CONSENT_COVERS),
        (
            marked(exclusion=Marking.DOES_NOT_TOUCH),
            POLICE_OFFICER,
            signed(replace(YES, exclusions=(TOUCHING_EXCLUSION,))),
            Reason.CONSENT_COVERS,
        ),
    ],
)
def test_each_permit_opens_what_it_is_for(
    item: Item, recipient: Recipient, given: Circumstances, reason: Reason
) -> None:
    assert decide(item, recipient, given) == Decision(reason=reason)


@pytest.mark.parametrize("given", [BROKEN, UNCONFIRMED, ANONYMOUS, NOTHING_KNOWN])
@pytest.mark.parametrize(
    ("item", "recipient"),
    [
        (ATTENDANCE, COLLEAGUE),
        (OF_UNKNOWN_KIND, COLLEAGUE),
        (NOTE, OPERATOR),
        (GUARDED, NAMED_READER),
    ],
)
def test_an_operator_alone_keeps_the_own_file_when_sharing_is_closed(
    item: Item, recipient: Recipient, given: Circumstances
) -> None:
    assert decide(item, recipient, given).allowed
    assert not decide_for_room(item, [recipient], given).allowed


def test_a_recipient_is_not_alone_and_has_acknowledged_nothing_unless_said() -> None:
    colleague = Recipient(id=AUTHOR, user_id=AUTHOR, organisation_id=BOARD, barred=False)

    decision = decide(replace(ATTENDANCE, origin_id=BOARD), colleague, GIVEN)

    assert decision == Decision(reason=Reason.NOT_ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        ("chain", Reason.CHAIN_BROKEN),
        ("confirmation", Reason.RESTORED_UNCONFIRMED),
        ("stage", Reason.ANONYMOUS_STAGE),
    ],
)
def test_circumstances_nobody_has_looked_into_close_sharing(left_out: str, reason: Reason) -> None:
    known = {field.name: getattr(GIVEN, field.name) for field in fields(GIVEN)}
    del known[left_out]

    assert decide(ATTENDANCE, SCHOOL_TEACHER, Circumstances(**known)) == Decision(reason=reason)


def test_a_room_with_nobody_sees_nothing() -> None:
    assert not decide_for_room(ATTENDANCE, [], GIVEN).allowed


@pytest.mark.parametrize("item", [GUARDED, NOTE, replace(ATTENDANCE, part=Part.NOTES)])
def test_in_a_room_nobody_is_alone(item: Item) -> None:
    assert not decide_for_room(item, [replace(NAMED_READER, acknowledged=True)], GIVEN).allowed


def test_a_room_sees_only_what_everyone_in_it_may_see() -> None:
    decision = decide_for_room(ATTENDANCE, [POLICE_OFFICER, BARRED_PARENT, FRIEND], GIVEN)

    assert decision == Decision(reason=Reason.GUARDIAN_BARRED, also=(Reason.RECIPIENT_NOT_COVERED,))


@pytest.mark.parametrize(
    ("room", "reason"),
    [
        ([SCHOOL_TEACHER], Reason.OWN_INFORMATION),
        ([SCHOOL_TEACHER, YOUNG_PERSON], Reason.OWN_PERSON),
        ([PARENT, SCHOOL_TEACHER, YOUNG_PERSON], Reason.GUARDIAN_OF_CHILD),
        ([PARENT, POLICE_OFFICER, SCHOOL_TEACHER], Reason.CONSENT_COVERS),
    ],
)
def test_a_room_rests_on_what_its_last_member_needs(room: list[Recipient], reason: Reason) -> None:
    assert decide_for_room(ATTENDANCE, room, GIVEN) == Decision(reason=reason)
