"""What the invented cases show to each audience on each date is what their timeline expects.

The timeline was checked against the rules; where it differed, the product's copy says what was
mended (`resources/demo/README.md`).
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from tests.conftest import environment
from tests.story.checking import (
    Told,
    check_carried,
    check_effective,
    check_participants,
    check_questions,
    check_rooms,
)
from trygga_desktop.domain.agreement import AgreementState
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.long_term import LongTermBar
from trygga_desktop.services.agreements import read_agreement
from trygga_desktop.services.closing import read_closing
from trygga_desktop.services.later_looks import NoteLaterLook, note_later_look
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.rooms import MeetingRoom

if TYPE_CHECKING:
    from trygga_desktop.demo import Demo

LAST_DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def cases(
    demo_template: "Demo", tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Told]]:
    """The three cases, with case A's meeting 5 held."""
    from trygga_desktop.demo import STARTS_AT, DemoClock  # noqa: PLC0415  brings the windows

    place = tmp_path_factory.mktemp("timeline") / "demo"
    shutil.copytree(demo_template.folder.parent, place)
    clock = DemoClock(STARTS_AT.replace(hour=15, minute=0))
    demo = replace(
        demo_template,
        folder=place / demo_template.folder.name,
        clock=clock,
        environment=environment(clock, place / "state"),
    )
    vault = demo.open()
    story = demo.story(vault)
    story.begin("A", "A5")
    story.speak("A", "A5")
    story.end("A", "A5")
    yield {
        case["code"]: Told(case, story.cases[case["code"]], vault) for case in demo.timeline["case"]
    }
    vault.close()


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_each_participant_is_told_what_the_timeline_says_and_why(
    cases: Mapping[str, Told], code: str
) -> None:
    assert list(check_participants(cases[code], LAST_DAY)) == []


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_each_room_sees_what_the_timeline_says(cases: Mapping[str, Told], code: str) -> None:
    assert list(check_rooms(cases[code], LAST_DAY)) == []


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_the_matrix_is_open_where_the_timeline_says(cases: Mapping[str, Told], code: str) -> None:
    assert list(check_effective(cases[code], LAST_DAY)) == []


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_each_question_of_the_timeline_has_its_answer(cases: Mapping[str, Told], code: str) -> None:
    assert list(check_questions(cases[code], LAST_DAY)) == []


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_the_meeting_screen_and_the_protocol_show_what_everyone_present_may_see(
    cases: Mapping[str, Told], code: str
) -> None:
    told = cases[code]
    for meeting in told.case["meeting"]:
        everyone = [told.recipient(who) for who in meeting["present"]]
        shown = _texts(told.shown(meeting, everyone))
        for one in meeting.get("statement", ()):
            # Where somebody was outside for an item, it is not for all who were there.
            expected = one["room"] and "left" not in one
            assert (one["text"] in shown) is expected, one["id"]


@pytest.mark.parametrize("code", ["A", "B", "C"])
def test_a_copy_for_one_participant_shows_what_that_one_may_see(
    cases: Mapping[str, Told], code: str
) -> None:
    told = cases[code]
    for meeting in told.case["meeting"]:
        for who in meeting["present"]:
            shown = _texts(told.shown(meeting, [told.recipient(who)]))
            for one in meeting.get("statement", ()):
                if who in {*one["shown_to"], *one["hidden_from"]}:
                    assert (one["text"] in shown) is (who in one["shown_to"]), (one["id"], who)


def test_what_was_open_stands_on_the_next_agenda_unless_it_may_not_be_shown(
    cases: Mapping[str, Told],
) -> None:
    for told in cases.values():
        assert list(check_carried(told, LAST_DAY)) == []


def test_no_time_of_a_meeting_moves_when_the_clocks_change(cases: Mapping[str, Told]) -> None:
    told = cases["A"]
    with told.vault.work() as work:
        starts = {one.number: one.starts_at for one, _ in work.meetings.of_case(told.ids.id)}
    assert starts[1] == datetime.fromisoformat("2026-02-26T15:00:00+01:00")
    assert starts[2] == datetime.fromisoformat("2026-04-09T15:00:00+02:00")


def _texts(room: MeetingRoom) -> set[Any]:
    return {entry.item.text for item in room.agenda for entry in item.entries}


def test_a_case_that_ended_with_a_withdrawal_is_not_followed_up_and_says_why(
    cases: Mapping[str, Told],
) -> None:
    told = cases["B"]
    found = read_closing(told.ids.id, vault=told.vault).value
    assert found.row.phase is Phase.CLOSED
    assert found.looks == ()
    assert {LongTermBar.REASON, LongTermBar.WITHDRAWN} <= set(found.bars)
    # What was promised is still there, and somebody said why it has no answer.
    assert found.open_commitments
    assert found.step.left_open
    look = NoteLaterLook(case_id=told.ids.id, due_on=LAST_DAY, words="x", values={})
    with pytest.raises(InvalidInputError):
        note_later_look(look, vault=told.vault)


def test_the_agreement_of_whoever_leaves_is_signed_by_both_and_bears_the_alias(
    cases: Mapping[str, Told],
) -> None:
    told = cases["C"]
    view = read_agreement(told.ids.id, vault=told.vault).value
    (version,) = view.versions
    assert version.state is AgreementState.IN_FORCE
    assert {one.on for one in version.answers} == {date(2026, 1, 15)}
    command = ComposePlan(case_id=told.ids.id, paper=PlanPaper.AGREEMENT)
    pdf = compose_plan(command, vault=told.vault).value.pdf
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert "NORD-7" in text
    assert not [word for word in ("Viktor", "Testman", "199902") if word in text]
