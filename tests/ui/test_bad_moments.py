"""What happens in the middle of a meeting that nobody wants: each of it has an answer and a test.

`ANSWERS` names, for each bad moment, the tests that show its answer.
"""

import ast
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import Clock
from tests.people import DAY, item_of, running_meeting, signed_case, wrote
from tests.ui.desks import OpenDesk
from tests.ui.hidden_desk import Back
from tests.ui.meeting_desk import MEETING, Table
from tests.ui.overheard import seen_of
from tests.ui.plain import FOLDER, DraftBox, draft_uses
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.services.agendas import confirm_noted, give_more_time, move_agenda_item
from trygga_desktop.services.consents import withdraw_consent
from trygga_desktop.services.entries import WriteEntry, change_commitment, write_entry
from trygga_desktop.services.meetings import (
    add_agenda_item,
    begin_meeting,
    confirm_duty,
    end_meeting,
    go_to_item,
    invite,
    set_presence,
)
from trygga_desktop.services.plans import agree_plan
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.days import NextForm
from trygga_desktop.ui.screens.meeting.floor import FloorUses
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import readable

TESTS = Path(__file__).parents[1]

ANSWERS = {
    "the projector is unplugged": (
        "ui/test_two_screens.py::test_a_screen_that_is_unplugged_takes_its_window_with_it",
        "ui/test_two_screens.py::test_what_covers_the_one_covers_the_other",
        "ui/test_hidden_screen.py::test_a_screen_that_goes_may_go_on_as_a_mirror_and_so_it_is_asked_again",
    ),
    "the laptop sleeps": (
        "ui/test_session_watch.py::test_the_open_desk_is_locked_by_it",
        "ui/test_bad_moments.py::test_a_computer_that_goes_to_sleep_stores_the_half_sentence_first",
        "ui/test_idle.py::test_sleep_counts_as_time_in_which_nobody_is_there",
    ),
    "the power goes": (
        "services/test_durability.py::test_a_lost_write_ahead_log_is_told",
        "services/test_durability.py::test_a_save_that_a_crash_cut_off_is_no_damage",
        "services/test_durability.py::test_at_each_step_of_a_meeting_everything_is_moved_into_the_file",
    ),
    "the program is killed": (
        "ui/test_endurance_samples.py::test_what_was_told_to_be_saved_survives_a_kill_at_any_key",
        "ui/test_endurance_samples.py::test_what_was_added_in_a_meeting_survives_a_kill_at_any_key",
        "services/test_durability.py::test_no_confirmed_note_is_lost_when_the_program_is_killed",
    ),
    "the disk is full": (
        "ui/test_draft_keeper.py::test_a_full_disk_keeps_the_text_waiting_and_tries_again",
        "ui/test_consultation_screen.py::test_a_full_disk_leaves_what_was_typed_where_it_is",
        "services/test_durability.py::test_a_file_that_cannot_grow_is_told_and_leaves_the_old_state",
    ),
    "the clock jumps": (
        "ui/test_clock_watch.py::test_a_jump_is_logged_once",
        "services/test_questions.py::test_the_day_never_runs_backwards_with_the_clock",
        "services/test_standing.py::test_a_clock_that_was_set_back_brings_no_consent_to_life_again",
    ),
    "a consent ends at midnight": (
        "ui/test_bad_moments.py::test_at_midnight_what_the_consent_covered_is_gone_before_it_is_read",
        "ui/test_meeting_floor.py::test_with_a_new_day_everything_is_decided_anew_and_once",
        "ui/test_room_picture.py::test_the_room_is_decided_anew_at_midnight_while_the_leader_is_elsewhere",
    ),
    "two hundred people": (
        "ui/test_very_much.py::test_of_two_hundred_people_those_in_the_room_come_first_and_one_turns_pages",
        "ui/test_very_much.py::test_the_table_of_two_hundred_is_a_list_that_scrolls",
    ),
    "five hundred items": (
        "ui/test_meeting_screen.py::test_only_the_newest_entries_are_built",
        "ui/test_very_much.py::test_a_search_that_finds_very_much_tells_how_much_more_there_is",
        "ui/test_very_much.py::test_the_review_says_how_much_more_was_decided",
    ),
    "a note of a megabyte": (
        "services/test_entries.py::test_a_note_of_a_megabyte_survives_byte_for_byte",
        "ui/test_bad_moments.py::test_a_megabyte_that_is_pasted_is_kept_whole",
        "ui/test_very_much.py::test_a_note_of_a_megabyte_is_shown_in_part_and_does_not_hold_the_window_up",
    ),
    "a pasted picture": (
        "ui/test_bad_moments.py::test_a_picture_that_is_pasted_leaves_the_text_as_it_was",
        "ui/test_bad_moments.py::test_of_a_pasted_page_the_words_alone_come",
    ),
}


@cache
def names_in(path: str) -> frozenset[str]:
    """Return the tests that a file holds."""
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


@pytest.mark.parametrize("moment", ANSWERS)
def test_each_bad_moment_has_a_test_that_shows_its_answer(moment: str) -> None:
    for one in ANSWERS[moment]:
        path, _, name = one.partition("::")
        assert name in names_in(path), one


def shown(qtbot: QtBot, look: Look, model: MeetingViewModel) -> MeetingView:
    """Show the shared screen of a meeting."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return view


def field_of(view: QWidget) -> QTextEdit:
    """Return where one writes down what is said."""
    found = view.findChild(QTextEdit, "capture text")
    assert isinstance(found, QTextEdit)
    return found


def test_a_picture_that_is_pasted_leaves_the_text_as_it_was(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    field = field_of(shown(qtbot, look, model))
    QTest.keyClicks(field, "Skolan")
    picture = QImage(400, 300, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    held = QMimeData()
    held.setImageData(picture)
    QApplication.clipboard().setMimeData(held)

    field.paste()
    QTest.keyClicks(field, " ringde")

    assert field.toPlainText() == model.capture.text == "Skolan ringde"


def test_of_a_pasted_page_the_words_alone_come(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    field = field_of(shown(qtbot, look, model))
    held = QMimeData()
    held.setHtml('<p>Ring <b>Sara</b><img src="file:///etc/passwd"></p>')
    held.setText("Ring Sara")
    QApplication.clipboard().setMimeData(held)

    field.paste()

    assert model.capture.text == "Ring Sara"
    assert "<img" not in field.toHtml()


def test_a_megabyte_that_is_pasted_is_kept_whole(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    field = field_of(shown(qtbot, look, model))
    text = "Anteckning om skolan.\n" * 50_000
    held = QMimeData()
    held.setText(text)
    QApplication.clipboard().setMimeData(held)
    field.paste()
    model.capture.add()

    (written,) = table.asked
    assert isinstance(written, WriteEntry)
    assert written.text.strip() == text.strip()


def test_a_computer_that_goes_to_sleep_stores_the_half_sentence_first(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    locked: list[object] = []
    window = open_desk(
        meetings=Table().uses(read_leading=Back().read),
        drafts=box.uses,
        restart=locked.append,
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(Table().room.case_id, MEETING)
    model = rooms.current
    assert isinstance(model, MeetingViewModel)
    model.capture.type("Skolan ringde om")

    rooms.lock()

    assert locked == [FOLDER]
    (kept,) = box.drafts.values()
    assert "Skolan ringde om" in readable(kept.kind, kept.text)


def test_at_midnight_what_the_consent_covered_is_gone_before_it_is_read(
    qtbot: QtBot, look: Look, vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault, valid_to=DAY)
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, "Frånvaron har ökat.", organisation_id=family.school)
    go_to_item(meeting_id, item_of(vault, meeting_id, "now_school"), vault=vault)
    model = leading(meeting_id, vault, clock)
    view = shown(qtbot, look, model)
    assert "Frånvaron har ökat." in said(view)
    seen: list[str] = []
    model.changed.connect(lambda: seen.append(said(view)))

    clock.move(hours=24)
    model.look_at_the_day()

    assert seen
    assert not [one for one in seen if "Frånvaron" in one]
    assert model.room is not None
    assert model.room.state is MeetingState.RUNNING
    assert model.room.today == DAY + timedelta(days=1)
    assert "Frånvaron" not in said(view)


def said(view: QWidget) -> str:
    """Return all that can be seen."""
    return " ".join(text for _, text in seen_of(view))


def leading(meeting_id: UUID, vault: OpenVault, clock: Clock) -> MeetingViewModel:
    """Return the model of the shared screen of a meeting in a real vault, loaded."""
    runner = InlineRunner()
    model = MeetingViewModel(
        meeting_id,
        capture=CaptureModel(
            meeting_id,
            write_entry=partial(write_entry, vault=vault),
            agree_plan=partial(agree_plan, vault=vault),
            drafts=draft_uses(),
            runner=runner,
            now=lambda: clock.at,
        ),
        departures=Departures(
            meeting_id, set_presence=partial(set_presence, vault=vault), runner=runner
        ),
        next_form=NextForm(),
        read_meeting=partial(read_meeting, vault=vault),
        change_commitment=partial(change_commitment, vault=vault),
        set_presence=partial(set_presence, vault=vault),
        confirm_duty=partial(confirm_duty, vault=vault),
        begin_meeting=partial(begin_meeting, vault=vault),
        go_to_item=partial(go_to_item, vault=vault),
        end_meeting=partial(end_meeting, vault=vault),
        floor=FloorUses(
            add_agenda_item=partial(add_agenda_item, vault=vault),
            give_more_time=partial(give_more_time, vault=vault),
            move_agenda_item=partial(move_agenda_item, vault=vault),
            confirm_noted=partial(confirm_noted, vault=vault),
            withdraw_consent=partial(withdraw_consent, vault=vault),
        ),
        invite=partial(invite, vault=vault),
        agree_plan=partial(agree_plan, vault=vault),
        drafts=draft_uses(),
        runner=runner,
        now=lambda: clock.at,
    )
    model.load()
    return model
