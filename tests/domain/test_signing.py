"""How far the signatures have come: where each signer stands, and what an exception comes to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.domain.catalogue_tables import CATALOGUE
from tests.domain.chains import BEGUN, ENDS, NO, YES, chain, taken_back
from tests.domain.facts import DAY, GIVEN, GUARDIAN, OTHER_GUARDIAN, SUBJECT
from trygga_desktop.domain.consent_events import Excepted, Happening, Requested, Way, state_on
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.sharing import Circumstances
from trygga_desktop.domain.signing import (
    ExceptionStatus,
    SignerStanding,
    SignerStatus,
    Signing,
    exception_status,
    names_one_person,
    names_somebody,
    read_signing,
)

SSPF = CATALOGUE.programme("sspf")
OPENING = CATALOGUE.opening_exceptions
WEEK = timedelta(days=7)
EXCEPTION = Excepted(
    id=UUID(int=90),
    on=DAY - WEEK,
    signer=OTHER_GUARDIAN,
    code="guardian_prevented",
    words="In hospital",
    decided_by="Karin Ek, coordinator",
    until=DAY + WEEK,
    approved_by="Maja Lund, head of unit",
)
ASKED = Requested(on=DAY - WEEK, signers=frozenset({SUBJECT}))


def read(
    happened: Sequence[Happening],
    *,
    on: date = DAY,
    programme: Programme | None = SSPF,
    given: Circumstances = GIVEN,
) -> Signing:
    events = chain(happened)
    state = state_on(events, on)
    given = replace(
        given,
        on=on,
        consents=state.consents,
        guardians=frozenset({GUARDIAN, OTHER_GUARDIAN}),
    )
    return read_signing(given, state, events, programme=programme, opening=OPENING)


def young(happened: Sequence[Happening], on: date = DAY) -> SignerStanding:
    """Return where the young person stands."""
    (found,) = [one for one in read(happened, on=on).signers if one.signer == SUBJECT]
    return found


@pytest.mark.parametrize(
    ("happened", "status", "on"),
    [
        ((), SignerStatus.NOTHING, None),
        ((YES,), SignerStatus.SIGNED, ENDS),
        ((replace(YES, way=Way.ORAL),), SignerStatus.SAID, ENDS),
        ((NO,), SignerStatus.REFUSED, BEGUN),
        ((replace(YES, programme="sig"),), SignerStatus.OTHER_WORK, ENDS),
        ((YES, taken_back(DAY)), SignerStatus.WITHDRAWN, DAY),
        ((replace(YES, valid_to=DAY - WEEK),), SignerStatus.ENDED, DAY - WEEK),
        ((replace(YES, valid_from=DAY + WEEK),), SignerStatus.TO_COME, DAY + WEEK),
        ((YES, replace(NO, on=DAY, valid_from=DAY)), SignerStatus.REFUSED, DAY),
        # Somebody else's answer is not theirs.
        ((replace(YES, signer=GUARDIAN),), SignerStatus.NOTHING, None),
    ],
)
def test_a_signer_stands_where_the_last_answer_left_them(
    happened: Sequence[Happening], status: SignerStatus, on: date | None
) -> None:
    found = young(happened)
    assert (found.status, found.on) == (status, on)


def test_what_lapsed_at_eighteen_is_told_apart_from_what_ended() -> None:
    state = state_on(chain((replace(YES, valid_to=DAY - WEEK),)), DAY)
    lapsed = replace(GIVEN, consents=tuple(replace(one, has_lapsed=True) for one in state.consents))

    found = read_signing(lapsed, state, (), programme=SSPF, opening=OPENING)

    (status,) = {one.status for one in found.signers if one.signer == SUBJECT}
    assert status is SignerStatus.LAPSED


def test_nobody_was_asked_who_was_asked_only_later_or_not_at_all() -> None:
    assert young(()).asked_on is None
    assert young((ASKED,), on=ASKED.on - timedelta(days=1)).asked_on is None
    assert young((replace(ASKED, signers=frozenset({GUARDIAN})),)).asked_on is None


def test_whoever_answers_was_asked_no_more() -> None:
    assert young((ASKED,)).asked_on == ASKED.on
    answer = replace(YES, on=DAY)
    assert young((ASKED, answer)).asked_on is None
    assert young((ASKED, replace(NO, on=DAY))).asked_on is None
    assert young((YES, ASKED, taken_back(DAY))).asked_on is None


def test_whoever_is_asked_again_is_waited_for_again() -> None:
    again = replace(ASKED, on=DAY)
    assert young((YES, ASKED, again)).asked_on == DAY
    # Within a day the order of recording decides.
    same_day = replace(YES, on=ASKED.on)
    assert young((ASKED, same_day)).asked_on is None
    assert young((same_day, ASKED)).asked_on == ASKED.on


def test_only_a_yes_that_counts_is_among_those_who_have_signed() -> None:
    said = replace(YES, signer=GUARDIAN, way=Way.ORAL)
    assert read((YES, said)).signed == {SUBJECT, GUARDIAN}
    assert read((YES, replace(NO, signer=GUARDIAN))).signed == {SUBJECT}
    assert read((replace(YES, programme="sig"),)).signed == frozenset()


@pytest.mark.parametrize(
    ("exception", "status"),
    [
        (replace(EXCEPTION, approved_by=" "), ExceptionStatus.WAITING),
        (replace(EXCEPTION, code="board_decision"), ExceptionStatus.APART),
        (replace(EXCEPTION, code="of_an_older_catalogue"), ExceptionStatus.APART),
        (replace(EXCEPTION, until=DAY - timedelta(days=1)), ExceptionStatus.ENDED),
        (replace(EXCEPTION, on=DAY + timedelta(days=1)), ExceptionStatus.ENDED),
        (replace(EXCEPTION, until=DAY), ExceptionStatus.IN_FORCE),
        (replace(EXCEPTION, on=DAY), ExceptionStatus.IN_FORCE),
    ],
)
def test_an_exception_is_in_force_when_approved_within_its_days_and_about_sharing(
    exception: Excepted, status: ExceptionStatus
) -> None:
    events = chain((exception,))
    assert exception_status(exception, (), events, opening=OPENING, on=DAY) is status


@pytest.mark.parametrize("approved_by", ["", EXCEPTION.approved_by])
def test_a_guardian_who_answers_is_not_done_without_approved_or_not(approved_by: str) -> None:
    no = replace(NO, signer=OTHER_GUARDIAN, on=DAY, valid_from=DAY)
    exception = replace(EXCEPTION, approved_by=approved_by)
    (found,) = read((exception, no)).exceptions
    assert found.status is ExceptionStatus.ANSWERED


TOLD = EXCEPTION.on
OLD_YES = replace(YES, signer=OTHER_GUARDIAN)
UNAPPROVED = replace(EXCEPTION, approved_by="")
APPROVED_LATER = replace(EXCEPTION, on=DAY - timedelta(days=2))
LETTER = taken_back(DAY - timedelta(days=4), signer=OTHER_GUARDIAN)


@pytest.mark.parametrize(
    "happened",
    [
        # Dated before the exception, and recorded after it.
        (OLD_YES, EXCEPTION, taken_back(TOLD - WEEK, signer=OTHER_GUARDIAN)),
        (OLD_YES, EXCEPTION, taken_back(TOLD, signer=OTHER_GUARDIAN)),
        (OLD_YES, EXCEPTION, taken_back(DAY, signer=OTHER_GUARDIAN)),
        # Recorded before the exception, and dated after it.
        (OLD_YES, LETTER, EXCEPTION),
        # There was nothing to take back: that is an answer all the same.
        (EXCEPTION, LETTER),
        # Told first before the letter, and approved after it.
        (OLD_YES, UNAPPROVED, LETTER, APPROVED_LATER),
        (UNAPPROVED, LETTER, APPROVED_LATER),
        (UNAPPROVED, replace(OLD_YES, on=TOLD, valid_to=TOLD), APPROVED_LATER),
    ],
)
def test_whoever_took_back_or_answered_since_an_exception_was_told_is_not_prevented(
    happened: Sequence[Happening],
) -> None:
    (found,) = read(happened).exceptions
    assert found.status is ExceptionStatus.ANSWERED


def test_an_exception_that_is_decided_anew_after_a_withdrawal_is_in_force() -> None:
    anew = replace(APPROVED_LATER, id=UUID(int=91))
    found = read((OLD_YES, EXCEPTION, LETTER, anew)).exceptions
    assert [one.status for one in found] == [ExceptionStatus.ANSWERED, ExceptionStatus.IN_FORCE]


def test_somebody_else_s_withdrawal_leaves_an_exception_as_it_is() -> None:
    (found,) = read((YES, EXCEPTION, taken_back(DAY), taken_back(DAY, signer=GUARDIAN))).exceptions
    assert found.status is ExceptionStatus.IN_FORCE


def test_an_exception_of_somebody_who_need_not_sign_anyway_is_not_told() -> None:
    stranger = replace(EXCEPTION, signer=UUID(int=77))
    assert read((stranger,)).exceptions == ()
    grown = replace(GIVEN, subject_age=18)
    assert read((EXCEPTION,), given=grown) == replace(
        read((), given=grown), exceptions=(), guardians=frozenset()
    )


@pytest.mark.parametrize(
    ("programme", "age"), [(None, 16), (SSPF, None), (SSPF, -1), (SSPF, 18), (SSPF, 200)]
)
def test_no_guardian_can_be_done_without_where_none_is_asked(
    programme: Programme | None, age: int | None
) -> None:
    given = replace(GIVEN, subject_age=age)
    assert read((), programme=programme, given=given).guardians == frozenset()


def test_both_guardians_are_asked_while_the_young_person_is_under_age() -> None:
    assert read(()).guardians == {GUARDIAN, OTHER_GUARDIAN}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Karin Ek, coordinator", " karin  EK , head of unit", True),
        ("Karin Ek", "Karin Ek, head of unit", True),
        ("Karin Ek, coordinator", "Maja Lund, coordinator", False),
        ("Karin Ek", "Karin Eklund", False),
        ("Åsa Ek (chef)", "Åsa Ek", True),
        ("Åsa Ek [chef]", "ÅSA EK", True),
        ("Åsa Ek \u2013 chef", "Åsa Ek", True),
        ("Åsa Ek\u2014chef", "Åsa Ek", True),
        ("Åsa Ek - chef", "Åsa Ek", True),
        ("Åsa Ek -chef", "Åsa Ek", True),
        ("\u00c5sa Ek", "A\u030asa Ek", True),
        ("Åsa\u00a0Ek", "Åsa Ek", True),
        ("Anna-Karin Ek", "Anna Ek", False),
        ("Anna-Karin Ek", "Anna-Maria Ek", False),
    ],
)
def test_a_position_makes_no_second_person(one: str, other: str, *, same: bool) -> None:
    assert names_one_person(one, other) is same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", False),
        (" , chef", False),
        ("(chef)", False),
        ("- chef", False),
        ("\u2013", False),
        ("12, chef", False),
        ("Åsa", True),
        ("Åsa Ek, chef", True),
    ],
)
def test_a_position_alone_names_nobody(text: str, *, names: bool) -> None:
    assert names_somebody(text) is names
