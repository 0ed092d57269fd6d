"""Whatever is done in a meeting by mouse or by keys, what is typed afterwards is written down."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.meeting_desk import Table, meeting_room, seats
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.services.meetings import SetPresence
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look


def opened(
    qtbot: QtBot, look: Look, model: MeetingViewModel, size: tuple[int, int] = (1366, 768)
) -> MeetingView:
    """Show the meeting in a window of its own, with its keys and the focus where it begins."""
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    QApplication.processEvents()
    view.first_focus.setFocus()
    return view


def type_on(view: QWidget, text: str) -> None:
    """Type as people do: into whatever has the keys. Small letters and spaces alone."""
    for letter in text:
        QTest.keyClick(view.windowHandle(), Qt.Key(ord(letter.upper())))
        QApplication.processEvents()


def rows_of(view: QWidget, name: str) -> RowList:
    found = view.findChild(RowList, name)
    assert isinstance(found, RowList)
    return found


def click_end_of(rows: RowList, place: int) -> None:
    """Click at the right end of a row."""
    box = rows.visualRect(rows.rows.index(place))
    at = QPoint(box.right() - 20, box.center().y())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QApplication.processEvents()


def test_nobody_leaves_through_what_is_typed_after_they_were_ticked_present(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    people = list(seats())
    late = people[7]
    people[7] = replace(late, presence=Presence.HERE)
    click_end_of(rows_of(view, "people"), 7)
    (menu,) = rows_of(view, "people").findChildren(QMenu)
    here = menu.actionGeometry(menu.actions()[0]).center()

    table.room = meeting_room(people=people)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=here)
    QApplication.processEvents()
    type_on(view, "peter kom")

    assert not model.departures.is_leaving(late.id)
    assert [one.presence for one in table.asked if isinstance(one, SetPresence)] == [Presence.HERE]
    assert model.capture.text == "peter kom"


def test_nobody_leaves_and_no_item_begins_through_a_space(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)

    for name in ("people", "agenda"):
        rows_of(view, name).setFocus()
        QTest.keyClick(view.windowHandle(), Qt.Key.Key_Space)

    assert not any(model.departures.is_leaving(one.id) for one in seats())
    assert table.asked == []
    rows_of(view, "people").setFocus()
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Return)
    assert model.departures.is_leaving(seats()[0].id)
