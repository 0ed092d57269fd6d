"""Who must sign: asking for it is remembered, and one guardian can be done without for a reason."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import DAY, Family, case_with_family, paper, signed_case
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import Excepted, Requested
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.matrix import CellState
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.signing import ExceptionStatus, SignerStatus
from trygga_desktop.services.consents import (
    ChangeTerms,
    ConsentView,
    SignerAnswer,
    WithdrawConsent,
    change_terms,
    read_consents,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.signers import (
    RecordException,
    RequestConsent,
    record_exception,
    request_consent,
)
from trygga_desktop.services.vault import OpenVault

MONTH = timedelta(days=30)


def exception(family: Family, **changes: Any) -> RecordException:
    """Return that Johan, who lies in hospital, need not sign; a manager has approved it."""
    command = RecordException(
        case_id=family.case_id,
        signer=family.johan,
        code="guardian_prevented",
        on=DAY,
        until=DAY + MONTH,
        words="Ligger på sjukhus och kan inte tillfrågas.",
        decided_by="Karin Ek, samordnare",
        approved_by="Maja Lund, enhetschef",
    )
    return replace(command, **changes)


def view(vault: OpenVault, family: Family, on: date | None = None) -> ConsentView:
    return read_consents(family.case_id, on, vault=vault).value


def told(vault: OpenVault, family: Family, on: date | None = None) -> set[tuple[Reason, ...]]:
    """Return why the cells that the others have opened are closed."""
    cells = view(vault, family, on).cells
    return {
        one.reasons
        for one in cells
        if (one.cell.organisation_id, one.cell.category) == (family.school, "schooling")
    }


def signed_without_johan(vault: OpenVault) -> Family:
    family = case_with_family(vault)
    answers = tuple(one for one in paper(family).answers if one.signer != family.johan)
    record_consent(paper(family, answers=answers), vault=vault)
    return family


def refused(vault: OpenVault, command: Any, use: Any) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        use(command, vault=vault)
    return caught.value.field, caught.value.flaw


def test_who_was_not_granted_the_case_changes_nothing_of_who_signs(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        record_exception(exception(family), vault=vault)
    ask = RequestConsent(case_id=family.case_id, on=DAY, signers=frozenset({family.sara}))
    with pytest.raises(NoAccessError):
        request_consent(ask, vault=vault)
    vault.close()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"words": "  "}, ("words", "missing")),
        ({"words": "x" * 2001}, ("words", "length")),
        ({"decided_by": ""}, ("decided_by", "missing")),
        ({"decided_by": "x" * 201}, ("decided_by", "length")),
        ({"approved_by": "x" * 201}, ("approved_by", "length")),
        ({"approved_by": " karin ek, SAMORDNARE "}, ("approved_by", "taken")),
        ({"approved_by": "Karin  Ek, enhetschef"}, ("approved_by", "taken")),
        ({"approved_by": "karin ek"}, ("approved_by", "taken")),
        ({"approved_by": "Karin Ek (enhetschef)"}, ("approved_by", "taken")),
        ({"approved_by": ", enhetschef"}, ("approved_by", "missing")),
        ({"decided_by": ", samordnare"}, ("decided_by", "missing")),
        ({"until": DAY - timedelta(days=1)}, ("until", "order")),
        ({"on": DAY + timedelta(days=1)}, ("on", "future")),
        ({"code": "because"}, ("code", "unknown")),
        ({"signer": uuid4()}, ("signer", "unknown")),
        ({"id": uuid4()}, ("id", "unknown")),
    ],
)
def test_an_exception_that_is_not_whole_is_refused(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    assert refused(vault, exception(family, **changes), record_exception) == expected
    assert view(vault, family).history == ()


def test_the_young_person_s_own_signature_is_never_done_without(vault: OpenVault) -> None:
    family = case_with_family(vault)
    command = exception(family, signer=family.subject)
    assert refused(vault, command, record_exception) == ("signer", "unknown")


def test_an_exception_counts_once_somebody_else_has_approved_it(vault: OpenVault) -> None:
    family = signed_without_johan(vault)
    assert told(vault, family) == {(Reason.WAITING_FOR_SIGNATURE,)}

    first = record_exception(exception(family, approved_by=""), vault=vault).value
    assert told(vault, family) == {(Reason.WAITING_FOR_SIGNATURE,)}
    assert view(vault, family).signers == {family.subject, family.sara, family.johan}

    again = record_exception(exception(family, id=first), vault=vault).value
    assert again == first
    assert told(vault, family) == {()}
    assert view(vault, family).signers == {family.subject, family.sara}
    # Yesterday nothing had been decided, and after its last day the signature is missed again.
    assert told(vault, family, DAY + MONTH) == {()}
    assert told(vault, family, DAY + MONTH + timedelta(days=1)) == {(Reason.WAITING_FOR_SIGNATURE,)}
    seen = view(vault, family)
    assert [type(one.what) for one in seen.history][-2:] == [Excepted, Excepted]
    assert [one.status for one in seen.signing.exceptions] == [ExceptionStatus.IN_FORCE]
    assert seen.signing.signed == {family.subject, family.sara}
    assert seen.signing.guardians == {family.sara, family.johan}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"on": DAY - timedelta(days=1)}, ("on", "order")),
        ({"approved_by": "Karin Ek, chef"}, ("approved_by", "taken")),
    ],
)
def test_an_approval_by_the_same_person_or_before_the_decision_is_refused(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = signed_without_johan(vault)
    first = record_exception(exception(family, approved_by=""), vault=vault).value
    again = exception(family, id=first, **changes)
    assert refused(vault, again, record_exception) == expected
    assert told(vault, family) == {(Reason.WAITING_FOR_SIGNATURE,)}


def test_an_exception_is_not_told_anew_of_another_guardian(vault: OpenVault) -> None:
    family = signed_without_johan(vault)
    first = record_exception(exception(family, approved_by=""), vault=vault).value
    again = exception(family, id=first, signer=family.sara)
    assert refused(vault, again, record_exception) == ("id", "unknown")


def test_an_exception_can_be_taken_back(vault: OpenVault) -> None:
    family = signed_without_johan(vault)
    made = record_exception(exception(family), vault=vault).value
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, lifted=(made,)), vault=vault)
    assert told(vault, family) == {(Reason.WAITING_FOR_SIGNATURE,)}


def test_where_every_guardian_is_done_without_nobody_has_allowed_anything(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    own = tuple(one for one in paper(family).answers if one.signer == family.subject)
    record_consent(paper(family, answers=own), vault=vault)
    for signer in (family.johan, family.sara):
        record_exception(exception(family, signer=signer), vault=vault)
    assert told(vault, family) == {(Reason.NO_SIGNER,)}
    assert {one.state for one in view(vault, family).cells} == {CellState.NOT_ASKED}


def test_a_guardian_who_answers_all_the_same_counts_again(vault: OpenVault) -> None:
    family = signed_without_johan(vault)
    record_exception(exception(family), vault=vault)
    assert told(vault, family) == {()}
    no = SignerAnswer(signer=family.johan, answer=Answer.REFUSED)
    record_consent(paper(family, answers=(no,)), vault=vault)
    assert told(vault, family) == {(Reason.REFUSED,)}


def test_a_letter_that_is_dated_before_the_exception_and_comes_after_it_opens_nothing(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    record_consent(paper(family, signed_on=DAY - MONTH, valid_from=DAY - MONTH), vault=vault)
    record_exception(exception(family), vault=vault)
    letter = WithdrawConsent(
        case_id=family.case_id, signer=family.johan, on=DAY - timedelta(days=1), organisations=None
    )
    withdraw_consent(letter, vault=vault)

    (found,) = view(vault, family).signing.exceptions
    assert found.status is ExceptionStatus.ANSWERED
    assert told(vault, family) == {(Reason.WITHDRAWN,)}


def test_a_withdrawal_is_not_forgotten_when_the_exception_is_approved_after_it(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    waiting = record_exception(exception(family, approved_by=""), vault=vault).value
    letter = WithdrawConsent(
        case_id=family.case_id, signer=family.johan, on=DAY, organisations=None
    )
    withdraw_consent(letter, vault=vault)
    record_exception(exception(family, id=waiting), vault=vault)

    (found,) = view(vault, family).signing.exceptions
    assert found.status is ExceptionStatus.ANSWERED
    assert told(vault, family) == {(Reason.WITHDRAWN,)}


def test_who_was_asked_is_remembered_and_opens_nothing(vault: OpenVault) -> None:
    family = case_with_family(vault)
    ask = RequestConsent(case_id=family.case_id, on=DAY, signers=frozenset(family.signers))
    request_consent(ask, vault=vault)

    seen = view(vault, family)
    (event,) = seen.history
    assert {(one.status, one.asked_on) for one in seen.signing.signers} == {
        (SignerStatus.NOTHING, DAY)
    }
    assert event.what == Requested(on=DAY, signers=frozenset(family.signers))
    assert told(vault, family) == {(Reason.CONSENT_MISSING,)}


@pytest.mark.parametrize(
    ("signers", "on", "expected"),
    [
        (frozenset(), DAY, ("signers", "missing")),
        (frozenset({UUID(int=9)}), DAY, ("signers", "unknown")),
        (frozenset(), DAY + timedelta(days=1), ("on", "future")),
    ],
)
def test_nobody_and_strangers_cannot_be_asked(
    vault: OpenVault, signers: frozenset[UUID], on: date, expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    command = RequestConsent(case_id=family.case_id, on=on, signers=signers)
    assert refused(vault, command, request_consent) == expected
