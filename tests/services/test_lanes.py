"""A case is put into the acute lane and out of it with a reason, and its hours are counted."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.people import DAY, VIKTOR, acute_case, case_with_family, leavers_case, wrote
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.lane import ACUTE, ORDINARY
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.follow_up import FollowUpQuestion, Span, read_follow_up
from trygga_desktop.services.lanes import (
    ChangeStage,
    RecordContact,
    change_stage,
    record_contact,
)
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.overview import (
    CaseOverview,
    ChangePhase,
    HappenedKind,
    change_phase,
    read_overview,
)
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

HOUR = timedelta(hours=1)


def put(vault: OpenVault, case_id: UUID, stage: str = ACUTE, words: str = "Hotad.") -> None:
    change_stage(ChangeStage(case_id=case_id, stage=stage, words=words), vault=vault)


def seen(vault: OpenVault, case_id: UUID) -> CaseOverview:
    return read_overview(case_id, vault=vault).value


def refused(vault: OpenVault, case_id: UUID, **fields: Any) -> tuple[str, str]:
    command = {"case_id": case_id, "stage": ACUTE, "words": "Hotad.", **fields}
    with pytest.raises(InvalidInputError) as error:
        change_stage(ChangeStage(**command), vault=vault)
    return error.value.field, error.value.flaw


def lane_kinds(vault: OpenVault) -> list[tuple[ReminderKind, int]]:
    kinds = {ReminderKind.LANE_OVER, ReminderKind.LANE_RUNS}
    told = [one.reminder for one in read_reminders(vault=vault).value]
    return [(one.kind, one.hours) for one in told if one.kind in kinds]


def test_whoever_cannot_open_a_case_changes_no_stage_of_it(made: MadeVault) -> None:
    vault = made.open()
    case_id = leavers_case(vault)
    vault.close()
    colleague = made.open("pn")
    with pytest.raises(NoAccessError):
        put(colleague, case_id)
    with pytest.raises(NoAccessError):
        record_contact(RecordContact(case_id=case_id), vault=colleague)
    colleague.close()


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"words": " \n "}, ("words", "missing")),
        ({"words": "x" * 2_001}, ("words", "length")),
        ({"stage": "paused"}, ("stage", "order")),
        ({"stage": ORDINARY}, ("stage", "order")),
        ({"stage": ""}, ("stage", "order")),
    ],
)
def test_a_stage_needs_a_reason_and_must_be_one_of_the_programme(
    vault: OpenVault, fields: dict[str, str], flaw: tuple[str, str]
) -> None:
    case_id = leavers_case(vault)
    assert refused(vault, case_id, **fields) == flaw
    assert seen(vault, case_id).stage is None


def test_a_case_is_not_put_where_it_is_nor_anywhere_once_it_is_over(vault: OpenVault) -> None:
    case_id = leavers_case(vault)
    put(vault, case_id)
    assert refused(vault, case_id) == ("stage", "order")
    below = ChangePhase(
        case_id=case_id, phase=Phase.DECLINED, reason="consent_not_given", words="Nej."
    )
    change_phase(below, vault=vault)
    assert refused(vault, case_id, stage="stabilising") == ("stage", "order")
    assert seen(vault, case_id).clock is None
    assert lane_kinds(vault) == []


def test_a_case_of_a_programme_without_hours_has_no_lane(vault: OpenVault) -> None:
    family = case_with_family(vault)
    assert refused(vault, family.case_id) == ("stage", "order")
    assert seen(vault, family.case_id).stage_ways == ()


def test_the_hours_run_from_then_and_home_and_the_case_tell_them(made: MadeVault) -> None:
    vault = made.open()
    case_id = leavers_case(vault)
    assert lane_kinds(vault) == []

    put(vault, case_id)

    clock = seen(vault, case_id).clock
    assert clock is not None
    assert (clock.until - clock.since, clock.met_at) == (24 * HOUR, None)
    assert lane_kinds(vault) == [(ReminderKind.LANE_RUNS, 24)]
    made.clock.at += 5 * HOUR + timedelta(minutes=30)
    assert lane_kinds(vault) == [(ReminderKind.LANE_RUNS, 18)]
    made.clock.at += 20 * HOUR
    assert lane_kinds(vault) == [(ReminderKind.LANE_OVER, 1)]
    vault.close()


def test_the_first_contact_ends_the_hours_and_is_recorded_once(made: MadeVault) -> None:
    vault = made.open()
    case_id = leavers_case(vault)
    with pytest.raises(InvalidInputError, match="stage"):
        record_contact(RecordContact(case_id=case_id), vault=vault)
    put(vault, case_id)
    made.clock.at += HOUR
    since = seen(vault, case_id).stage
    assert since is not None
    for wrong in (since.at - HOUR, since.at + 2 * HOUR, since.at.replace(tzinfo=None)):
        with pytest.raises(InvalidInputError, match="met_at"):
            record_contact(RecordContact(case_id=case_id, met_at=wrong), vault=vault)

    record_contact(RecordContact(case_id=case_id), vault=vault)

    clock = seen(vault, case_id).clock
    assert clock is not None
    assert clock.met_at == since.at + HOUR
    assert lane_kinds(vault) == []
    with pytest.raises(InvalidInputError, match="met_at"):
        record_contact(RecordContact(case_id=case_id), vault=vault)
    vault.close()


def test_a_meeting_that_begins_ends_the_hours(vault: OpenVault) -> None:
    case = acute_case(vault)
    clock = seen(vault, case.case_id).clock
    assert clock is not None
    assert clock.met_at is not None
    assert lane_kinds(vault) == []


def test_every_stage_stays_in_the_history_with_its_reason_and_in_the_log(vault: OpenVault) -> None:
    case_id = leavers_case(vault)
    put(vault, case_id, words="  Hotad i går.  ")
    put(vault, case_id, "stabilising", "Har en lägenhet.")
    put(vault, case_id, words="Hotad på nytt.")

    overview = seen(vault, case_id)

    told = [one for one in overview.timeline if one.kind is HappenedKind.STAGE]
    assert [(one.stage, one.words) for one in told] == [
        (ACUTE, "Hotad i går."),
        ("stabilising", "Har en lägenhet."),
        (ACUTE, "Hotad på nytt."),
    ]
    assert overview.stage_ways == ("stabilising", "independence")
    with vault.work() as work:
        done = [one for one in work.audit.entries() if one.action is Action.STAGE_CHANGED]
    assert [one.subject_id for one in done] == [case_id] * 3


def test_sig_has_a_lane_into_which_a_case_is_put_and_out_of_which_it_is_taken(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault, programme="sig")
    assert seen(vault, family.case_id).stage_ways == (ACUTE,)
    put(vault, family.case_id)
    assert lane_kinds(vault) == [(ReminderKind.LANE_RUNS, 48)]
    put(vault, family.case_id, ORDINARY, "Lugnt nu.")
    assert lane_kinds(vault) == []
    assert seen(vault, family.case_id).clock is None


def test_an_action_is_due_at_an_hour_in_the_acute_stage_alone(vault: OpenVault) -> None:
    case = acute_case(vault)
    hour = time(14, 30)

    def promise(due_on: Any = DAY) -> UUID:
        return wrote(
            vault,
            case.meeting_id,
            "Boende i natt",
            kind=EntryKind.ACTION,
            under="welcome",
            responsible="Maria Lind",
            organisation_id=case.school,
            due_on=due_on,
            due_at=hour,
        ).id

    promised = promise()
    (row,) = read_follow_up(FollowUpQuestion(span=Span.TODAY), vault=vault).value.rows
    assert (row.id, row.progress.due, row.progress.hour) == (promised, DAY, hour)
    with pytest.raises(InvalidInputError, match="due_at"):
        promise(due_on=None)
    put(vault, case.case_id, "stabilising")
    with pytest.raises(InvalidInputError, match="due_at"):
        promise()


def test_a_protected_person_s_lane_names_nobody_at_home(vault: OpenVault) -> None:
    put(vault, leavers_case(vault, VIKTOR))
    (told,) = read_reminders(vault=vault).value
    assert (told.row.title, told.names) == ("NORD-7", ())


def test_the_meeting_that_fits_the_stage_is_proposed(vault: OpenVault) -> None:
    case_id = leavers_case(vault)
    assert read_meetings(case_id, vault=vault).value.proposed == ""
    put(vault, case_id)
    assert read_meetings(case_id, vault=vault).value.proposed == "leavers_acute"
    put(vault, case_id, "stabilising")
    assert read_meetings(case_id, vault=vault).value.proposed == "leavers_follow_up"
