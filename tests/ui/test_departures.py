"""Whoever is said to leave can be left there for a moment, and until then nothing more is shown."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.desks import OpenDesk, settle
from tests.ui.hidden_desk import PEOPLE, Back, no_picture
from tests.ui.meeting_desk import MEETING, Table, meeting_room, seats
from tests.ui.plain import HeldRunner
from trygga_desktop.domain.meeting import MeetingState, Presence
from trygga_desktop.services.meetings import EndMeeting, SetPresence
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.meeting.people import PeopleList
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox


def presence(place: int, there: Presence) -> SetPresence:
    """Return what is stored of somebody at the table."""
    return SetPresence(meeting_id=MEETING, participant_id=seats()[place].id, presence=there)


def shown(qtbot: QtBot, look: Look, model: MeetingViewModel) -> PeopleList:
    """Return the list of people of a meeting that is on the screen."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    settle()
    found = view.findChild(PeopleList)
    assert isinstance(found, PeopleList)
    return found


def end_of_row(people: PeopleList, row: int) -> QPoint:
    """Return where the status of somebody stands."""
    box: QRect = people.visualRect(people.rows.index(row))
    return QPoint(box.right() - 12, box.center().y())


def menu() -> QMenu:
    """Return the list that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def test_a_stray_press_shows_nothing_more_before_it_can_no_longer_be_taken_back(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    people = shown(qtbot, look, model)
    reads = table.reads
    people.setFocus()

    QTest.keyClick(people, Qt.Key.Key_Return)
    told = people.rows.index(0).data()
    assert table.asked == []
    assert table.reads == reads
    assert look.language.gettext("Has left") in told
    assert look.language.gettext("Enter takes that back") in told

    QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=end_of_row(people, 0))
    assert model.departures.is_idle
    assert table.asked == []
    assert QApplication.activePopupWidget() is None

    QTest.keyClick(people, Qt.Key.Key_Return)
    model.departures.store_now()
    assert table.asked == [presence(0, Presence.GONE)]
    assert table.reads == reads + 1
    assert model.departures.is_idle


def test_it_can_be_taken_back_while_it_is_being_stored() -> None:
    table, runner = Table(), HeldRunner()
    model = table.open(runner)
    runner.work_off()
    reads = table.reads
    model.toggle(seats()[0].id)
    model.departures.store_now()
    assert model.departures.is_leaving(seats()[0].id)

    model.toggle(seats()[0].id)
    assert table.reads == reads
    runner.work_off()

    assert table.asked == [presence(0, Presence.GONE), presence(0, Presence.HERE)]
    assert model.departures.is_idle


def test_whoever_comes_meanwhile_is_decided_for_at_once() -> None:
    table = Table()
    model = table.open()
    emptied = []
    model.decided_anew.connect(lambda: emptied.append(list(table.asked)))

    model.toggle(seats()[0].id)
    model.toggle(seats()[7].id)

    assert emptied == [[]]
    assert table.asked == [presence(7, Presence.HERE)]
    model.choose_presence(seats()[0].id, Presence.REMOTE)
    assert table.asked[1:] == [presence(0, Presence.REMOTE)]
    assert model.departures.is_idle


@pytest.mark.parametrize(
    ("word", "there", "is_at_once", "by_key"),
    [
        ("Remote", Presence.REMOTE, True, False),
        ("Waits outside", Presence.OUTSIDE, False, True),
        ("Not here yet", Presence.EXPECTED, False, False),
        ("Has left", Presence.GONE, False, True),
    ],
)
def test_all_places_stand_in_a_list_that_opens_by_mouse_and_by_key(  # noqa: PLR0913
    qtbot: QtBot, look: Look, word: str, there: Presence, *, is_at_once: bool, by_key: bool
) -> None:
    table = Table()
    model = table.open()
    people = shown(qtbot, look, model)
    if by_key:
        people.setFocus()
        people.setCurrentIndex(people.rows.index(1))
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(people, event)
    else:
        QTest.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=end_of_row(people, 1))
    opened = menu()
    assert [one.text() for one in opened.actions() if one.isChecked()] == [
        look.language.gettext("Here")
    ]

    action = next(one for one in opened.actions() if one.text() == look.language.gettext(word))
    action.trigger()
    opened.close()

    stored = [presence(1, there)]
    assert table.asked == (stored if is_at_once else [])
    model.departures.store_now()
    assert table.asked == stored


def test_it_is_stored_before_the_meeting_ends_and_when_its_pages_are_left(
    open_desk: OpenDesk,
) -> None:
    table = Table()
    model = table.open()
    model.toggle(seats()[0].id)
    model.review()
    model.end()
    assert table.asked == [
        presence(0, Presence.GONE),
        EndMeeting(meeting_id=MEETING, next_meeting=None),
    ]

    table = Table()
    window = open_desk(meetings=table.uses(read_leading=Back().read))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    assert isinstance(rooms.current, MeetingViewModel)
    rooms.current.toggle(seats()[0].id)
    rooms.meetings.go_to_hidden(table.room.case_id, MEETING)
    assert table.asked == []
    rooms.go_home()
    assert table.asked == [presence(0, Presence.GONE)]


def test_before_it_begins_nothing_is_put_off() -> None:
    table = Table(replace(meeting_room(), state=MeetingState.PLANNED, agenda=()))
    model = table.open()
    model.choose_presence(seats()[0].id, Presence.ABSENT)
    assert table.asked == [presence(0, Presence.ABSENT)]


def test_the_leaders_window_offers_the_same_moment(qtbot: QtBot, look: Look) -> None:
    back = Back()
    model = back.open()
    view = HiddenView(model, no_picture, look)
    qtbot.addWidget(view)
    view.show()
    settle()
    box = view.findChild(CheckBox, f"here {PEOPLE[0].id}")
    assert isinstance(box, CheckBox)
    box.click()
    settle()
    assert back.done == []

    undo = view.findChild(Button, f"undo {PEOPLE[0].id}")
    assert isinstance(undo, Button)
    undo.click()
    settle()
    again = view.findChild(CheckBox, f"here {PEOPLE[0].id}")
    assert isinstance(again, CheckBox)
    assert again.isChecked()
    assert model.leading.departures.is_idle

    again.click()
    model.leading.departures.store_now()
    assert len(back.done) == 1
