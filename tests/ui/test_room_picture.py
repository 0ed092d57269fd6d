"""The small picture in the leader's window: what the room sees, and whether it sees anything."""

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.desks import OpenDesk, settle
from tests.ui.hidden_desk import PEOPLE, Back
from tests.ui.meeting_desk import MEETING, Table, meeting_room, without_names
from tests.ui.overheard import everything_of
from tests.ui.plain import NOW, HeldRunner
from tests.ui.tree import tree_of
from trygga_desktop.domain.errors import ConflictError
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.room_picture import RoomPicture
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel


def at_the_leaders_window(open_desk: OpenDesk, typed: str = "") -> tuple[MainWindow, RoomPicture]:
    """Return the window, and the picture in it."""
    table = Table()
    window = open_desk(meetings=table.uses(read_leading=Back().read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    assert isinstance(rooms.current, MeetingViewModel)
    rooms.current.capture.type(typed)
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    QApplication.processEvents()
    (picture,) = window.findChildren(RoomPicture)
    return window, picture


def test_it_holds_what_the_room_sees_and_nothing_of_what_is_hidden(open_desk: OpenDesk) -> None:
    _, picture = at_the_leaders_window(open_desk)
    held = "\n".join(text for _, text in everything_of(picture))

    assert "Fritid och vänner" in held
    assert "Elias har varit borta" not in held
    assert "Pappas sjukdom" not in held


def test_a_screen_reader_says_what_the_picture_is_and_not_what_stands_in_it(
    open_desk: OpenDesk,
) -> None:
    window, picture = at_the_leaders_window(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None

    def told() -> list[str]:
        return [line.strip() for line in tree_of(picture)][1:]

    shown = ["StaticText: Visas", "StaticText: En liten bild av det rummet ser. Visas."]
    covered = ["StaticText: Täckt", "StaticText: En liten bild av det rummet ser. Täckt."]
    assert told() == shown

    rooms.audience.model.cover()
    QApplication.processEvents()
    assert told() == covered


def test_it_is_drawn_and_follows_the_cover(open_desk: OpenDesk) -> None:
    window, picture = at_the_leaders_window(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None
    before = picture.grab().toImage()
    rooms.audience.model.cover()
    QApplication.processEvents()

    assert picture.grab().toImage() != before
    held = "\n".join(text for _, text in everything_of(picture))
    assert "Täckt" in held
    assert "Fritid och vänner" not in held


@pytest.mark.parametrize("comes", [True, False], ids=["somebody comes", "somebody takes back"])
def test_nothing_stays_before_the_room_that_was_decided_without_what_changes_now(
    open_desk: OpenDesk, comes: bool
) -> None:
    runner, table = HeldRunner(), Table()
    window = open_desk(runner=runner, meetings=table.uses(read_leading=Back().read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    runner.work_off()
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    runner.work_off()
    settle()
    hidden = rooms.current
    assert isinstance(hidden, HiddenViewModel)
    room = rooms.audience.model.room
    assert room is not None
    assert any(one.entries for one in room.agenda)

    if comes:
        hidden.leading.set_here(PEOPLE[-1].id, is_here=True)
    else:
        hidden.leading.withdraw(UUID(int=92))
    meanwhile = rooms.audience.model.room
    table.failure = ConflictError()
    runner.work_off()

    assert meanwhile is not None
    assert not any(one.entries for one in meanwhile.agenda)
    # It was refused: the room sees what it saw.
    assert rooms.audience.model.room == room


def test_without_names_the_room_reads_the_kind_of_agency_while_the_leader_is_elsewhere(
    open_desk: OpenDesk,
) -> None:
    table = Table(without_names())
    window = open_desk(meetings=table.uses(read_leading=Back().read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    settle()
    rooms.audience.model.refresh(Changes(meetings=True))

    room = rooms.audience.model.room
    assert room is not None
    assert "Polismyndigheten" in {one.organisation for one in room.seats}


def test_the_room_stays_covered_while_a_cover_of_the_meeting_lies_below_that_of_the_window(
    open_desk: OpenDesk,
) -> None:
    window, _ = at_the_leaders_window(open_desk)
    rooms = window.desk_rooms
    assert rooms is not None
    QTest.keyClick(window, Qt.Key.Key_F9)
    rooms.meetings.go_to_meeting(meeting_room().case_id, MEETING)
    settle()
    meeting = rooms.current
    assert isinstance(meeting, MeetingViewModel)
    meeting.screens_changed()

    QTest.keyClick(window, Qt.Key.Key_F9)
    assert (meeting.is_covered, rooms.audience.model.is_covered) == (True, True)

    QTest.keyClick(window, Qt.Key.Key_F9)
    assert (meeting.is_covered, rooms.audience.model.is_covered) == (False, False)


def test_the_room_follows_the_screen_that_the_leader_came_back_to(open_desk: OpenDesk) -> None:
    window, _ = at_the_leaders_window(open_desk)
    rooms, table = window.desk_rooms, Table()
    assert rooms is not None
    for _ in range(2):
        rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    settle()
    meeting = rooms.current
    assert isinstance(meeting, MeetingViewModel)

    meeting.cover()

    assert rooms.audience.model.is_covered


def test_the_room_is_decided_anew_at_midnight_while_the_leader_is_elsewhere(
    open_desk: OpenDesk,
) -> None:
    times, table = [NOW], Table()
    window = open_desk(
        meetings=table.uses(read_leading=Back().read), services={"now": lambda: times[-1]}
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    settle()
    before = table.reads
    rooms.audience.model.look_at_the_day()
    same_day = table.reads
    times.append(NOW + timedelta(days=1))
    rooms.audience.model.look_at_the_day()
    rooms.audience.model.look_at_the_day()

    assert (same_day, table.reads) == (before, before + 1)


def test_whoever_comes_while_the_leader_is_elsewhere_finds_no_text_that_was_being_typed(
    open_desk: OpenDesk,
) -> None:
    window, _ = at_the_leaders_window(open_desk, typed="Halvskrivet om Elias")
    rooms = window.desk_rooms
    assert rooms is not None
    hidden = rooms.current
    assert isinstance(hidden, HiddenViewModel)
    hidden.leading.set_here(PEOPLE[-1].id, is_here=True)
    hidden.go_back()

    meeting = rooms.current
    assert isinstance(meeting, MeetingViewModel)
    assert meeting.capture.text == ""
    assert meeting.capture.has_aside
