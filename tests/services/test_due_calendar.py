"""What is due can be put into a calendar, which says of no case, no person and no task."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.conftest import MadeVault
from tests.people import DAY, acute_case
from tests.services.test_follow_up import promised
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services import due_calendar
from trygga_desktop.services.due_calendar import (
    ComposeDueCalendar,
    DueCalendar,
    compose_due_calendar,
)
from trygga_desktop.services.follow_up import FollowUpQuestion
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.vault import OpenVault


def composed(vault: OpenVault, **fields: Any) -> DueCalendar:
    command = ComposeDueCalendar(question=FollowUpQuestion(**fields))
    return compose_due_calendar(command, vault=vault).value


def days(found: DueCalendar) -> list[Any]:
    return [one.decoded("dtstart") for one in Calendar.from_ical(found.content).walk("VEVENT")]


def test_whoever_cannot_open_a_case_has_nothing_of_it_in_a_calendar(made: MadeVault) -> None:
    vault = made.open()
    promised(vault)
    vault.close()
    colleague = made.open("pn")
    with pytest.raises(InvalidInputError, match="commitment"):
        composed(colleague)
    colleague.close()


def test_it_holds_what_is_due_from_today_on_and_no_word_of_it(vault: OpenVault) -> None:
    family, _ = promised(vault)

    found = composed(vault)

    assert days(found) == [DAY, DAY + timedelta(days=5), DAY + timedelta(days=60)]
    assert (found.count, found.is_cut) == (3, False)
    with vault.work() as work:
        number = work.cases.find(family.case_id).case.case_number
        newest = list(work.audit.entries())[-1]
    text = found.content.decode().replace("\r\n ", "")
    for told in ("Elias", "Maria", "I dag", "Snart", "Ekbacken", number):
        assert told not in text
    summaries = {str(one["summary"]) for one in Calendar.from_ical(text).walk("VEVENT")}
    assert summaries == {"Trygga: åtagande att göra"}
    assert newest.action is Action.PAPER_COMPOSED
    log = read_log(LogQuestion(case_id=family.case_id), vault=vault).value
    assert newest.sequence in {line.sequence for line in log.lines}


def test_it_is_for_one_agency_one_person_or_ones_own_cases(vault: OpenVault) -> None:
    family, _ = promised(vault)
    acute_case(vault)
    assert composed(vault, organisation_id=family.school, responsible="maria").count == 3
    assert composed(vault, is_own=True).count == 3
    for nobody in ({"responsible": "ingen"}, {"organisation_id": family.police}):
        with pytest.raises(InvalidInputError, match="commitment"):
            composed(vault, **nobody)


def test_a_very_long_list_is_cut_and_says_so(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised(vault)
    monkeypatch.setattr(due_calendar, "MOST_ENTRIES", 2)
    found = composed(vault)
    assert (found.count, found.is_cut) == (2, True)
    assert days(found) == [DAY, DAY + timedelta(days=5)]
