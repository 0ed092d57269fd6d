"""What ends or is missing is told in time, and of no case that is not ours."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import DAY, LAST_DAY, Family, case_with_family, paper, signed_case
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import Way
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services.consents import (
    SignerAnswer,
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

BIRTHDAY = date(2027, 5, 14)


def told(vault: OpenVault) -> list[tuple[ReminderKind, date, tuple[str, ...]]]:
    found = read_reminders(vault=vault).value
    return [(one.reminder.kind, one.reminder.on, one.names) for one in found]


def all_names() -> tuple[str, ...]:
    return ("Elias Demosson", "Johan Demosson", "Sara Demosson")


def test_of_a_case_that_was_not_granted_nobody_is_reminded(made: MadeVault, clock: Clock) -> None:
    vault = made.open()
    signed_case(vault)
    vault.close()
    clock.move(days=140)
    vault = made.open("pn")
    assert told(vault) == []
    vault.close()


def move_to(clock: Clock, day: date) -> None:
    clock.move(days=(day - DAY).days)


@pytest.mark.parametrize("days", [30, 7, 0])
def test_the_end_of_a_consent_is_told_from_a_month_before_it(
    vault: OpenVault, clock: Clock, days: int
) -> None:
    signed_case(vault)
    assert told(vault) == []
    move_to(clock, LAST_DAY - timedelta(days=days))
    assert told(vault) == [(ReminderKind.EXPIRES, LAST_DAY, all_names())]


def test_the_day_before_that_month_nothing_is_told(vault: OpenVault, clock: Clock) -> None:
    signed_case(vault)
    move_to(clock, LAST_DAY - timedelta(days=31))
    assert told(vault) == []


def test_what_has_ended_is_told_until_it_is_renewed(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    day = LAST_DAY + timedelta(days=1)
    move_to(clock, day)
    assert told(vault) == [(ReminderKind.EXPIRED, LAST_DAY, all_names())]

    anew = paper(family, signed_on=day, valid_from=day, valid_to=BIRTHDAY + timedelta(days=60))
    record_consent(anew, vault=vault)
    # It runs beyond the birthday, and can only hold until then.
    assert [kind for kind, _, _ in told(vault)] == [ReminderKind.COMES_OF_AGE]


def test_who_comes_of_age_is_told_of_before_and_after(vault: OpenVault, clock: Clock) -> None:
    signed_case(vault, valid_to=BIRTHDAY + timedelta(days=12))
    move_to(clock, BIRTHDAY - timedelta(days=32))
    assert told(vault) == []
    clock.move(days=1)
    assert told(vault) == [(ReminderKind.COMES_OF_AGE, BIRTHDAY, ("Elias Demosson",))]
    clock.move(days=31)
    eve = BIRTHDAY - timedelta(days=1)
    assert told(vault) == [(ReminderKind.CAME_OF_AGE, eve, ("Elias Demosson",))]


def answers(family: Family, *signers: UUID) -> tuple[SignerAnswer, ...]:
    return tuple(one for one in paper(family).answers if one.signer in signers)


def test_who_has_not_signed_is_waited_for_once_somebody_has(vault: OpenVault) -> None:
    family = case_with_family(vault)
    assert told(vault) == []
    record_consent(paper(family, answers=answers(family, family.sara)), vault=vault)
    waited_for = ("Elias Demosson", "Johan Demosson")
    assert told(vault) == [(ReminderKind.SIGNER_WAITING, DAY, waited_for)]


def test_nobody_who_said_no_is_asked_again(vault: OpenVault) -> None:
    family = case_with_family(vault)
    no = SignerAnswer(signer=family.johan, answer=Answer.REFUSED)
    given = (*answers(family, family.sara, family.subject), no)
    record_consent(paper(family, answers=given), vault=vault)
    assert told(vault) == []


def test_what_was_taken_back_reminds_nobody(vault: OpenVault) -> None:
    family = signed_case(vault)
    back = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(back, vault=vault)
    assert told(vault) == []


def test_what_was_said_has_to_be_signed(vault: OpenVault) -> None:
    family = case_with_family(vault)
    last = DAY + timedelta(days=14)
    record_consent(paper(family, way=Way.ORAL, valid_to=last), vault=vault)
    kinds = dict.fromkeys([ReminderKind.SIGNATURE_DUE, ReminderKind.EXPIRES])
    assert told(vault) == [(kind, last, all_names()) for kind in kinds]


def test_a_case_that_is_over_reminds_of_nothing(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    move_to(clock, LAST_DAY)
    close: dict[str, Any] = {"reason": "goals_reached"}
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.CLOSED, **close), vault=vault)
    assert told(vault) == []
