"""The log of a case says who did what in it and when; reading it leaves a line of its own."""

from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import case_of, grant_to, without_triggers
from tests.people import ELIAS, MAJA, opened_case
from trygga_desktop.domain.audit import Action, ActionKind
from trygga_desktop.domain.errors import NoAccessError, NoRightError
from trygga_desktop.services import logs
from trygga_desktop.services.case_files import read_case
from trygga_desktop.services.cases import find_similar, list_cases
from trygga_desktop.services.logs import CaseLog, LogQuestion, read_log
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault


@pytest.fixture
def case_id(made: MadeVault) -> UUID:
    return case_of(made)


def asked(vault: OpenVault, case_id: UUID, **of: Any) -> CaseLog:
    return read_log(LogQuestion(case_id=case_id, **of), vault=vault).value


def actions(log: CaseLog) -> list[Action]:
    return [one.action for one in log.lines]


def test_nobody_reads_the_log_of_a_case_that_is_closed_to_them(
    made: MadeVault, case_id: UUID
) -> None:
    petra = made.open("pn")
    with pytest.raises(NoAccessError):
        asked(petra, case_id)
    petra.close()
    auditor = made.open("at")
    with pytest.raises(NoRightError):
        asked(auditor, case_id)
    auditor.close()


def test_it_tells_of_the_case_and_all_that_lies_in_it_newest_first(
    made: MadeVault, case_id: UUID
) -> None:
    vault = made.open()
    other = opened_case(vault, ELIAS)
    read_case(other, vault=vault)

    told = asked(vault, case_id)

    assert actions(told) == [Action.NOTE_WRITTEN, Action.STATEMENT_RECORDED, Action.CASE_OPENED]
    assert {one.actor for one in told.lines} == {"Karin Ek"}
    assert all(one.holds for one in told.lines)
    assert actions(asked(vault, case_id))[0] is Action.LOG_READ
    vault.close()


def test_a_case_that_was_not_shown_has_nothing_of_it_in_its_log(
    made: MadeVault, case_id: UUID
) -> None:
    grant_to(made, case_id, "pn")
    vault = made.open()
    hidden = opened_case(vault, ELIAS)
    vault.close()
    petra = made.open("pn")
    list_cases(vault=petra)
    read_reminders(vault=petra)
    petra.close()

    vault = made.open()
    assert Action.CASES_LISTED not in actions(asked(vault, hidden))
    assert Action.CASES_LISTED in actions(asked(vault, case_id))
    vault.close()


def test_each_list_hit_and_reminder_that_showed_a_case_stands_in_its_log(
    made: MadeVault, case_id: UUID
) -> None:
    vault = made.open()
    list_cases(vault=vault)
    list_cases(vault=vault)
    other = opened_case(vault, MAJA)
    for _ in range(3):
        list_cases(vault=vault)
        assert [one.id for one in find_similar(MAJA, vault=vault).value] == [other]
    shown = {one.row.id for one in read_reminders(vault=vault).value}

    mine, theirs = actions(asked(vault, case_id)), actions(asked(vault, other))

    assert mine.count(Action.CASES_LISTED) == 5
    assert theirs.count(Action.CASES_LISTED) == 3
    assert (mine + theirs).count(Action.CASES_COMPARED) == 3
    assert theirs.count(Action.CASES_COMPARED) == 3
    assert (Action.REMINDERS_READ in mine, Action.REMINDERS_READ in theirs) == (
        case_id in shown,
        other in shown,
    )
    assert all(one.holds for one in asked(vault, other).lines)
    vault.close()


def test_a_list_that_shows_the_same_cases_again_is_told_by_a_short_entry(
    made: MadeVault, case_id: UUID
) -> None:
    vault = made.open()
    for _ in range(4):
        list_cases(vault=vault)

    with vault.work() as work:
        listed = [one for one in work.audit.entries() if one.action is Action.CASES_LISTED]

    assert [case_id.bytes in one.digest for one in listed] == [True, False, False, False]
    assert [one.digest for one in listed[1:]] == [b"", b"", b""]
    assert len({one.subject_id for one in listed[1:]}) == 1
    vault.close()


def test_it_can_be_asked_for_one_person_and_for_one_kind(made: MadeVault, case_id: UUID) -> None:
    petra_id = grant_to(made, case_id, "pn")
    petra = made.open("pn")
    read_case(case_id, vault=petra)
    petra.close()
    vault = made.open()

    assert actions(asked(vault, case_id, actor_id=petra_id)) == [Action.CASE_READ]
    assert actions(asked(vault, case_id, kind=ActionKind.ACCESS)) == [Action.CASE_GRANTED]
    assert actions(asked(vault, case_id, actor_id=petra_id, kind=ActionKind.ACCESS)) == []
    assert petra_id in dict(asked(vault, case_id).actors)
    vault.close()


def test_what_does_not_fit_on_a_page_is_asked_for_by_the_last_line(
    made: MadeVault, case_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "PAGE", 2)
    vault = made.open()

    first = asked(vault, case_id)
    rest = asked(vault, case_id, before=first.lines[-1].sequence)

    assert (len(first.lines), first.has_more) == (2, True)
    assert actions(rest) == [Action.CASE_OPENED]
    assert not rest.has_more
    vault.close()


def test_a_line_that_was_changed_or_signed_by_another_says_so(
    made: MadeVault, case_id: UUID
) -> None:
    vault = made.open()
    note, statement, _ = asked(vault, case_id).lines
    without_triggers(
        made,
        f"UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE sequence = {note.sequence}",
        f"UPDATE audit SET signature = zeroblob(64) WHERE sequence = {statement.sequence}",
    )

    held = {one.action: one.holds for one in asked(vault, case_id).lines}

    assert held[Action.NOTE_WRITTEN] is held[Action.STATEMENT_RECORDED] is False
    assert held[Action.CASE_OPENED] is True
    vault.close()


def test_a_line_that_cannot_be_read_hides_no_other(made: MadeVault, case_id: UUID) -> None:
    vault = made.open()
    without_triggers(made, f"UPDATE audit SET action = 'x' WHERE subject_id = '{case_id.hex}'")

    assert actions(asked(vault, case_id)) == [Action.NOTE_WRITTEN, Action.STATEMENT_RECORDED]
    vault.close()
