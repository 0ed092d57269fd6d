"""The small picture in the leader's window: what the room sees, and whether it sees anything."""

from PySide6.QtWidgets import QApplication

from tests.ui.desks import OpenDesk
from tests.ui.hidden_desk import Back
from tests.ui.meeting_desk import MEETING, Table
from tests.ui.overheard import everything_of
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.room_picture import RoomPicture


def at_the_leaders_window(open_desk: OpenDesk) -> tuple[MainWindow, RoomPicture]:
    """Return the window, and the picture in it."""
    table = Table()
    window = open_desk(meetings=table.uses(read_leading=Back().read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
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
