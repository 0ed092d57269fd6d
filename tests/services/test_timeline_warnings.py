"""What the invented cases warn of when a day of their timeline comes.

The tests that the three stories name (domain.md 7.5), and where they are:

| story | test | where |
| --- | --- | --- |
| A | intersection | test_timeline: the_matrix_is_open…; domain/test_consent_laws |
| A | expiry | test_timeline: the_matrix_is_open… (1 September); domain/test_consent |
| A | category hide | test_timeline: each_room_sees…, each_participant_is_told… |
| A | re-scope | test_timeline: the_matrix_is_open… (3 September), each_question… (A4-6) |
| A | reminder 30 days | here; test_reminders: the_end_of_a_consent_is_told_from_a_month… |
| A | turns 18 | here; test_consents: who_comes_of_age_signs_anew…; test_reminders |
| B | partial and total withdrawal | test_timeline: the_matrix…, each_question…; test_withdrawals |
| B | freeze | test_timeline: what_was_open_stands_on_the_next_agenda… |
| B | legal-ground log | test_grounds; documents/test_receipt |
| B | closing code | here; test_overview: only_closing_needs_a_reason_and_keeps_it |
| B | per-guardian copies | test_timeline: a_copy_for_one_participant…; test_protocols |
| C | alias | here; test_rooms: a_protected_young_person_is_called_by_their_alias |
| C | no address in print | test_papers; test_protocols |
| C | deputy | test_parties: a_deputy_is_told…; ui/test_new_meeting_screen |
| C | id-type change | not there: nothing replaces a number yet |
| C | all-agency rule | test_standing: where_all_concerned…; test_timeline: the_matrix_is_open… |
| C | calendar text without name | test_papers: a_calendar_holds_no_name… |

A warning that is given while somebody writes, plans or withdraws is tested with its screen.
"""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from tests.conftest import Clock, make_template
from tests.story.checking import Told, check_warnings
from trygga_desktop.domain.case import Phase
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.paths import shipped
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.overview import read_overview
from trygga_desktop.story.tables import Table, read_timeline
from trygga_desktop.story.teller import Story

_BEGINS_AT = datetime(2026, 1, 12, 7, 0, tzinfo=STOCKHOLM)
_EVENING = time(21, 0)
# Elias's consent has run out before his birthday and nobody has renewed it: home reminds of that.
# What was late on 9 April was given a new day at the meeting of that day.
_SAID_OTHERWISE = {
    "2026-04-09: action_late about A1-act3",
    "2027-04-14: birthday_18_30 about elias",
    "2027-05-07: birthday_18_7 about elias",
    "2027-05-14: turned_18 about elias",
}


@pytest.fixture(scope="module")
def timeline() -> Table:
    """The timeline of the invented cases."""
    return read_timeline(shipped("resources") / "demo" / "timeline.toml")


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_each_day_gives_the_warnings_of_the_timeline(
    timeline: Table, tmp_path: Path, code: str
) -> None:
    made = make_template(tmp_path, Clock(_BEGINS_AT))
    vault = made.open()
    case = next(one for one in timeline["case"] if one["code"] == code)
    story = Story({**timeline, "case": [case]}, vault, made.clock)
    missing: list[str] = []
    for day in sorted({one["date"] for one in case["warning"]}):
        evening = datetime.combine(day, _EVENING, STOCKHOLM)
        story.tell(evening + timedelta(hours=1))
        made.clock.at = max(made.clock.at, evening)
        missing += check_warnings(Told(case, story.cases[code], vault), day)
    assert set(missing) == (_SAID_OTHERWISE if code == "A" else set())


def test_the_closed_case_keeps_why_it_ended_and_the_protected_one_is_called_by_the_alias(
    timeline: Table, tmp_path: Path
) -> None:
    made = make_template(tmp_path, Clock(_BEGINS_AT))
    vault = made.open()
    story = Story(timeline, vault, made.clock)
    story.tell(datetime(2026, 11, 26, tzinfo=STOCKHOLM))
    step = read_overview(story.cases["B"].id, vault=vault).value.step
    assert (step.phase, step.reason) == (Phase.CLOSED, "consent_withdrawn")
    titles = {one.id: one.title for one in list_cases(vault=vault).value.rows}
    assert titles[story.cases["C"].id] == "NORD-7"
