"""The curtain falls from any state, over whatever is open, and on every page of an open vault."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QMenu, QTextEdit, QWidget

from tests.ui.desks import OpenDesk, settle, shows
from tests.ui.hidden_desk import Back
from tests.ui.meeting_desk import MEETING, Table
from tests.ui.overheard import seen_of
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.meeting.curtain import Curtain
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel

CASE = Table().room.case_id


@pytest.fixture
def window(open_desk: OpenDesk) -> MainWindow:
    """The shared screen of a meeting."""
    shown = open_desk(meetings=Table().uses(read_leading=Back().read))
    rooms = shown.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(CASE, MEETING)
    shown.activateWindow()
    settle()
    return shown


def press(window: MainWindow, key: Qt.Key = Qt.Key.Key_F9) -> None:
    """Press a key as the system would tell of it, whatever is open."""
    above = QApplication.activeModalWidget() or window
    QTest.keyClick(above.windowHandle(), key)
    settle()


def field(window: MainWindow) -> QTextEdit:
    found = window.findChild(QTextEdit, "capture text")
    assert isinstance(found, QTextEdit)
    return found


def others(window: MainWindow) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def said(window: MainWindow) -> str:
    return " ".join(text for _, text in seen_of(window))


def open_a_list(window: MainWindow) -> None:
    next(one for one in window.findChildren(QComboBox) if one.isVisible()).showPopup()


def open_a_menu(window: MainWindow) -> None:
    at = QPoint(5, 5)
    view = field(window).viewport()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(view, QContextMenuEvent(reason, at, view.mapToGlobal(at)))


def open_a_menu_in_a_menu(window: MainWindow) -> None:
    menu = QMenu(window)
    inner = menu.addMenu("Mer")
    inner.addAction("Ännu mer")
    menu.popup(QPoint(5, 5))
    inner.popup(QPoint(9, 9))


def open_a_dialog(window: MainWindow) -> None:
    window.show_shortcuts()


def open_a_window_that_will_not_close(window: MainWindow) -> None:
    class Stubborn(QDialog):
        def reject(self) -> None:
            """Stay."""

    dialog = Stubborn(window)
    dialog.open()


@pytest.mark.parametrize(
    "open_it",
    [
        open_a_list,
        open_a_menu,
        open_a_menu_in_a_menu,
        open_a_dialog,
        open_a_window_that_will_not_close,
    ],
)
def test_one_key_covers_the_screen_whatever_is_open(window: MainWindow, open_it: object) -> None:
    assert callable(open_it)
    open_it(window)
    settle()
    assert others(window)

    press(window)

    assert others(window) == []
    assert shows(window, Curtain)
    assert "Elias" not in said(window)


def test_the_same_key_lifts_it_and_one_goes_on_where_one_was(window: MainWindow) -> None:
    press(window)

    press(window)

    assert not shows(window, Curtain)
    assert "Elias" in said(window)
    assert window.focusWidget() is field(window)


def test_a_key_that_is_held_covers_once(window: MainWindow) -> None:
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_F9)
    settle()

    assert shows(window, Curtain)


def test_the_leaders_page_is_covered_by_the_same_key(window: MainWindow) -> None:
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_hidden(CASE, MEETING)
    settle()
    assert "Elias" in said(window)

    press(window)

    assert window.findChild(Curtain)
    assert "Elias" not in said(window)
    press(window)
    assert window.findChild(Curtain) is None
    assert "Elias" in said(window)


def test_no_page_comes_up_under_a_cover(open_desk: OpenDesk) -> None:
    window = open_desk()
    press(window)

    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_home()
    settle()

    home = window.findChild(HomeView)
    assert isinstance(home, HomeView)
    assert not home.isVisible()
    assert isinstance(window.focusWidget(), Curtain)
    press(window)
    assert home.isVisible()


def test_behind_a_cover_no_key_but_its_own_and_the_lock_does_anything(open_desk: OpenDesk) -> None:
    restarts: list[object] = []
    window = open_desk(restart=restarts.append)
    press(window)

    for key in (Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_Tab):
        press(window, key)

    assert others(window) == []
    assert isinstance(window.focusWidget(), Curtain)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert restarts


def test_nothing_of_the_page_before_is_left_in_the_window_of_a_meeting(window: MainWindow) -> None:
    assert window.findChild(HomeView) is None
    rooms = window.desk_rooms
    assert rooms is not None
    assert isinstance(rooms.current, MeetingViewModel)
