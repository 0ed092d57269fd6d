"""What is due over all cases is listed by last day, for one agency or one person, and in parts."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.hostile import connect
from tests.people import (
    DAY,
    ELIAS,
    MAJA,
    VIKTOR,
    arrive,
    begun,
    case_with_family,
    opened_case,
    paper,
    planned_meeting,
    relative,
    room_of,
    wrote,
)
from tests.services.test_plan_agreeing import agreement, kept, promise, ready
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.services import follow_up
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.details import ChangeDetails, change_details, read_details
from trygga_desktop.services.due_calendar import ComposeDueCalendar, compose_due_calendar
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.follow_up import (
    FollowUpList,
    FollowUpQuestion,
    Span,
    read_follow_up,
)
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.meetings import begin_meeting, read_meetings
from trygga_desktop.services.plans import agree_plan
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores import case_rows, due

DAYS = {"Sen": -1, "I dag": 0, "Snart": 5, "Sedan": 60}


def promised(vault: OpenVault, person: NewPerson = ELIAS) -> tuple[Any, dict[str, UUID]]:
    """Return a case with a promise of the school in each span, and one of the family."""
    family = case_with_family(vault, person)
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    ids = {
        text: wrote(
            vault,
            meeting_id,
            text,
            kind=EntryKind.ACTION,
            responsible="Maria Lind",
            organisation_id=family.school,
            due_on=DAY + timedelta(days=days),
        ).id
        for text, days in DAYS.items()
    }
    ids["Hemma"] = wrote(
        vault,
        meeting_id,
        "Hemma",
        kind=EntryKind.ACTION,
        responsible="Sara",
        due_on=DAY - timedelta(days=2),
    ).id
    return family, ids


def listed(vault: OpenVault, **fields: Any) -> FollowUpList:
    return read_follow_up(FollowUpQuestion(**fields), vault=vault).value


def texts(found: FollowUpList) -> list[str]:
    return [one.item.text for one in found.rows]


def test_whoever_cannot_open_a_case_finds_none_of_its_commitments(made: MadeVault) -> None:
    vault = made.open()
    promised(vault)
    vault.close()
    colleague = made.open("pn")
    found = listed(colleague)
    colleague.close()
    assert (found.rows, set(found.counts.values())) == ((), {0})
    assert found.left_out == 0


def test_typing_a_name_does_not_tell_whose_an_alias_is(vault: OpenVault) -> None:
    family, _ = promised(vault)
    relative(vault, family.case_id, VIKTOR)
    (meeting,) = read_meetings(family.case_id, vault=vault).value.meetings
    wrote(
        vault,
        meeting.id,
        "Ringa skolan",
        kind=EntryKind.ACTION,
        responsible="Viktor Testman",
        due_on=DAY,
    )
    theirs = {"span": Span.TODAY, "is_family": True}

    assert [one.responsible for one in listed(vault, **theirs).rows] == ["NORD-7"]
    asked = FollowUpQuestion(responsible="viktor", is_family=True)
    assert listed(vault, **theirs, responsible="viktor").rows == ()
    with pytest.raises(InvalidInputError) as refused:
        compose_due_calendar(ComposeDueCalendar(question=asked), vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("commitment", "missing")


def test_that_there_is_more_behind_an_alias_is_not_told_either(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_up, "MOST_ROWS", 1)
    family, _ = promised(vault)
    relative(vault, family.case_id, VIKTOR)
    (meeting,) = read_meetings(family.case_id, vault=vault).value.meetings
    kind, name = EntryKind.ACTION, "Viktor Testman"
    for text in ("Ringa", "Skriva"):
        wrote(vault, meeting.id, text, kind=kind, responsible=name, due_on=DAY)

    found = listed(vault, span=Span.TODAY, responsible="viktor")

    assert (found.rows, found.more, found.unseen) == ((), None, 0)


def test_whoever_has_another_name_by_now_is_found_by_the_one_before(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    own = replace(
        promise(family),
        responsible="Elias Demosson",
        organisation_id=None,
        party_id=family.subject,
        due_on=DAY,
    )
    begun(vault, meeting_id)
    view = kept(vault, family, own)
    agree_plan(agreement(family, meeting_id, view, own.id), vault=vault)
    read = read_details(family.case_id, family.subject, vault=vault).value
    change = ChangeDetails(
        case_id=family.case_id,
        person_id=family.subject,
        version=read.version,
        change=PersonChange(given_name="Elis"),
    )
    change_details(change, vault=vault)

    found = listed(vault, span=Span.TODAY, responsible="elias")

    assert [one.responsible for one in found.rows] == ["Elis Demosson"]


def test_a_case_that_was_just_granted_is_counted_before_anything_else_of_it_is_read(
    made: MadeVault,
) -> None:
    vault = made.open()
    family, _ = promised(vault)
    petra = made.secrets("pn").principal
    grant_case(GrantCase(case_id=family.case_id, principal_id=petra), vault=vault)
    vault.close()

    theirs = made.open("pn")
    found = listed(theirs)
    theirs.close()

    assert list(found.counts.values()) == [2, 1, 1, 1, 0]
    assert texts(found) == ["Hemma", "Sen"]


@pytest.mark.parametrize("few", [0, 1, 100])
def test_the_same_is_listed_whether_keys_are_asked_for_one_by_one_or_all_at_once(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    for person in (ELIAS, MAJA):
        promised(vault, person)
    monkeypatch.setattr(case_rows, "_FEW", few)

    assert texts(listed(vault)) == ["Hemma", "Hemma", "Sen", "Sen"]
    assert list(listed(vault).counts.values()) == [4, 2, 2, 2, 0]


def test_commitments_are_listed_by_their_last_days_and_counted(vault: OpenVault) -> None:
    family, ids = promised(vault)
    assert texts(listed(vault)) == ["Hemma", "Sen"]
    assert texts(listed(vault, span=Span.TODAY)) == ["I dag"]
    assert texts(listed(vault, span=Span.COMING)) == ["Snart"]
    assert texts(listed(vault, span=Span.LATER)) == ["Sedan"]
    assert list(listed(vault).counts.values()) == [2, 1, 1, 1, 0]

    change_commitment(
        ChangeCommitment(
            case_id=family.case_id, commitment_id=ids["Sen"], state=CommitmentState.DONE
        ),
        vault=vault,
    )
    assert texts(listed(vault)) == ["Hemma"]


def test_they_are_listed_for_one_agency_for_the_family_and_for_one_person(
    vault: OpenVault,
) -> None:
    family, _ = promised(vault)
    assert texts(listed(vault, organisation_id=family.school)) == ["Sen"]
    assert texts(listed(vault, is_family=True)) == ["Hemma"]
    assert texts(listed(vault, responsible="maria")) == ["Sen"]
    assert texts(listed(vault, responsible="ingen")) == []


def test_a_long_list_comes_in_parts_and_none_is_left_out(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised(vault)
    monkeypatch.setattr(follow_up, "MOST_ROWS", 1)
    first = listed(vault)
    assert (texts(first), first.more is not None) == (["Hemma"], True)
    second = listed(vault, after=first.more)
    assert (texts(second), second.more) == (["Sen"], None)


NARROWED: tuple[dict[str, Any], ...] = (
    {"responsible": "maria"},
    {"responsible": "ingen som finns"},
    {"responsible": "a"},
    {"is_family": True},
    {"is_family": True, "responsible": "sara"},
    {"responsible": "maria", "is_own": True},
)


@pytest.mark.parametrize("walked", [0, 1, 2])
def test_the_same_is_listed_however_soon_all_of_it_is_looked_through(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, walked: int
) -> None:
    def pages(**fields: Any) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        after = None
        while True:
            page = listed(vault, after=after, **fields)
            found += [(one.item.text, one.row.title) for one in page.rows]
            after = page.more
            if after is None:
                return found

    def everything() -> list[list[tuple[str, str]]]:
        return [
            pages(span=span, **fields)
            for span in (Span.OVERDUE, Span.TODAY, Span.COMING, Span.LATER)
            for fields in NARROWED
        ]

    for person in (ELIAS, MAJA):
        promised(vault, person)
    by_walking = everything()
    assert max(map(len, by_walking)) > 1
    monkeypatch.setattr(follow_up, "MOST_ROWS", 1)
    monkeypatch.setattr(due, "_WALKED", walked)

    assert everything() == by_walking
    assert everything() == by_walking


def test_what_became_of_a_promise_shows_in_a_list_that_was_looked_through_before(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_WALKED", 0)
    family, ids = promised(vault)
    promised(vault, MAJA)
    assert texts(listed(vault, responsible="maria")) == ["Sen", "Sen"]
    assert texts(listed(vault, responsible="maria", span=Span.COMING)) == ["Snart", "Snart"]
    doing, done = CommitmentState.DOING, CommitmentState.DONE
    later = DAY + timedelta(days=5)

    for state, new_due, left, coming in ((doing, later, 1, 3), (done, None, 1, 2)):
        command = ChangeCommitment(
            case_id=family.case_id, commitment_id=ids["Sen"], state=state, new_due=new_due
        )
        change_commitment(command, vault=vault)
        assert len(listed(vault, responsible="maria").rows) == left
        assert len(listed(vault, responsible="maria", span=Span.COMING).rows) == coming


def test_a_promise_that_another_program_changed_is_counted_as_left_out_of_a_search_by_name(
    made: MadeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_WALKED", 0)
    vault = made.open()
    _, ids = promised(vault)
    found = listed(vault, responsible="maria")
    assert (texts(found), found.left_out) == (["Sen"], 0)
    nobody = listed(vault, responsible="ingen")
    assert (nobody.rows, nobody.left_out) == ((), 0)

    database = connect(made.folder / "vault.db", made.file_key)
    database.execute(f"UPDATE commitment SET row_version = 9 WHERE id = '{ids['Sen'].hex}'")
    database.close()

    for name in ("maria", "ingen", "maria"):
        found = listed(vault, responsible=name)
        assert (found.rows, found.left_out) == ((), 1)
    vault.close()


def test_nothing_is_found_by_a_name_in_a_case_that_was_taken_away(
    made: MadeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_WALKED", 0)
    vault = made.open()
    family, _ = promised(vault)
    assert texts(listed(vault, responsible="maria")) == ["Sen"]
    database = connect(made.folder / "vault.db", made.file_key)
    mine = f"SELECT id FROM compartment WHERE case_id = '{family.case_id.hex}'"
    for table in ("kept", '"grant"'):
        database.execute(f"DELETE FROM {table} WHERE compartment_id IN ({mine})")
    database.close()

    found = listed(vault, responsible="maria")

    assert (found.rows, set(found.counts.values()), found.left_out) == ((), {0}, 0)
    vault.close()


def test_nothing_is_found_by_a_name_in_a_case_that_is_over(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "_WALKED", 0)
    family, _ = promised(vault)
    assert texts(listed(vault, responsible="maria")) == ["Sen"]
    with vault.work() as work:
        opened = work.cases.find(family.case_id)
        part = work.compartments.of_file(family.case_id)[CompartmentKind.CASE]
        over = replace(opened, case=replace(opened.case, phase=Phase.CLOSED))
        work.cases.replace(over, part, work.compartments.key(part))
        work.commit(Action.MEETING_CHANGED, family.case_id)

    assert listed(vault, responsible="maria").rows == ()


def test_that_it_was_shown_stands_in_the_log_of_each_case(vault: OpenVault) -> None:
    families = [promised(vault, person)[0] for person in (ELIAS, MAJA)]
    other = opened_case(vault, VIKTOR)
    with vault.work() as work:
        before = len(list(work.audit.entries()))

    listed(vault)

    with vault.work() as work:
        (entry,) = list(work.audit.entries())[before:]
        work.audit.verify(vault.trust, each_signature=True)
    assert entry.action is Action.FOLLOW_UP_READ
    logs = [
        read_log(LogQuestion(case_id=one), vault=vault).value.lines
        for one in (*(family.case_id for family in families), other)
    ]
    told = [entry.sequence in {line.sequence for line in lines} for lines in logs]
    assert told == [True, True, False]


def test_a_list_that_shows_nothing_stands_in_the_log_all_the_same(vault: OpenVault) -> None:
    listed(vault)
    with vault.work() as work:
        newest = list(work.audit.entries())[-1]
    assert (newest.action, newest.subject_id) == (Action.FOLLOW_UP_READ, vault.keyring.principal)


def test_what_is_tied_to_something_is_not_entered_for_several_at_once(vault: OpenVault) -> None:
    with vault.work() as work, pytest.raises(ValueError, match="tied"):
        work.commit_of_cases(Action.PHASE_CHANGED, [vault.keyring.principal])
