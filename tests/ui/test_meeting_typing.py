"""Whatever is done in a meeting by mouse or by keys, what is typed afterwards is written down."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import SUBJECT
from tests.ui.meeting_desk import (
    BEGAN,
    SARA,
    Table,
    meeting_room,
    seats,
    shown,
    shown_asking,
    shown_asking_remote,
    shown_prepared,
)
from trygga_desktop.domain.meeting import Presence, PresenceChange
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.meetings import SetPresence
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.running import RunningPage
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.write_on import is_text, takes_clicks
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import ComboBox

NONE = Qt.FocusPolicy.NoFocus
TAB = Qt.FocusPolicy.TabFocus
CONTROL = Qt.KeyboardModifier.ControlModifier


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


WAYS = (
    "kind decision",
    "kind statement",
    "add entry",
    "five minutes more",
    "next item",
    "previous item",
    "does not agree",
)


def click(view: QWidget, name: str) -> None:
    """Click in the middle of whatever has this name."""
    found = view.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def assert_typing_is_written(table: Table, model: MeetingViewModel, view: QWidget) -> None:
    """Type, and see it in the bar: nothing else has come of it."""
    asked = list(table.asked)
    type_on(view, "vi ses nu")
    assert model.capture.text.endswith("vi ses nu")
    assert table.asked == asked


@pytest.mark.parametrize("name", WAYS)
def test_what_is_typed_after_a_click_is_written_and_presses_nothing(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, (1920, 1080))

    click(view, name)

    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("name", ["agenda", "people"])
def test_what_is_typed_after_a_click_on_a_row_is_written(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)

    click_end_of(rows_of(view, name), 2)
    for menu in rows_of(view, name).findChildren(QMenu):
        menu.close()

    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("clicked", ["five minutes more", "item title"])
def test_a_click_brings_the_focus_back_to_where_it_is_written(
    qtbot: QtBot, look: Look, clicked: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, (1920, 1080))
    rows_of(view, "people").setFocus(Qt.FocusReason.TabFocusReason)

    click(view, clicked)

    assert_typing_is_written(table, model, view)


def test_what_is_typed_after_a_list_was_opened_by_mouse_changes_no_choice(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    whose = view.findChild(ComboBox, "whose")
    assert isinstance(whose, ComboBox)

    QTest.mouseClick(whose, Qt.MouseButton.LeftButton)
    # Qt takes no click in a list for a moment after it has opened.
    before = whose.currentIndex()
    QTest.keyClick(whose.view(), Qt.Key.Key_Down)
    QTest.keyClick(whose.view(), Qt.Key.Key_Return)
    QApplication.processEvents()

    assert_typing_is_written(table, model, view)
    assert model.capture.whose == whose.itemData(before + 1)


def test_a_title_that_is_being_typed_keeps_the_focus(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, (1920, 1080))
    model.floor.ask_for_item(asks=True)

    click(view, "five minutes more")
    type_on(view, "sommar lov")

    assert model.beside.item.title == "sommar lov"
    assert model.capture.text == ""


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (960, 600)])
@pytest.mark.parametrize("shown", [shown, shown_prepared, shown_asking, shown_asking_remote])
def test_nothing_but_a_text_takes_the_focus_by_a_click_and_tab_reaches_it_all(
    qtbot: QtBot, look: Look, size: tuple[int, int], shown: Callable[[Look], QWidget]
) -> None:
    view = shown(look)
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    QApplication.processEvents()
    page = view.findChild(RunningPage)
    assert isinstance(page, RunningPage)
    parts = [one for one in page.findChildren(QWidget) if one.focusPolicy() != NONE]

    taking = [one for one in parts if takes_clicks(one) and one.window() is page.window()]

    assert [one for one in taking if not is_text(one)] == []
    assert any(is_text(one) for one in taking)
    assert all(one.focusPolicy() & TAB == TAB for one in parts)


# What asked something, and is there no more


def press(view: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key where the keys are."""
    QTest.keyClick(view.windowHandle(), key, modifier or Qt.KeyboardModifier.NoModifier)
    QApplication.processEvents()


def focus(view: QWidget, name: str) -> None:
    """Have the focus there, as Tab does."""
    found = view.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    found.setFocus(Qt.FocusReason.TabFocusReason)


@pytest.mark.parametrize("size", [(1366, 768), (960, 600)])
@pytest.mark.parametrize("name", ["nobody takes back", f"takes back {SARA}"])
def test_what_is_typed_after_it_was_asked_who_takes_back_is_written(
    qtbot: QtBot, look: Look, name: str, size: tuple[int, int]
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, size)
    press(view, Qt.Key.Key_T, CONTROL)
    assert view.focusWidget().objectName() == "nobody takes back"
    focus(view, name)

    press(view, Qt.Key.Key_Space)

    assert not model.floor.asks_who_withdraws
    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("size", [(1366, 768), (960, 600)])
def test_escape_asks_no_more_who_takes_back_and_what_is_typed_then_is_written(
    qtbot: QtBot, look: Look, size: tuple[int, int]
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, size)
    press(view, Qt.Key.Key_T, CONTROL)
    focus(view, f"takes back {SARA}")

    press(view, Qt.Key.Key_Escape)

    assert not model.floor.asks_who_withdraws
    assert table.asked == []
    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("name", ["title of an item", "category of an item", "add an item"])
def test_escape_wants_no_item_and_what_is_typed_then_is_written(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    press(view, Qt.Key.Key_I, CONTROL)
    type_on(view, "sommarlov")
    focus(view, name)

    press(view, Qt.Key.Key_Escape)

    assert not model.floor.asks_for_item
    assert table.asked == []
    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("name", ["name of a guest", "what a guest does", "add a guest"])
def test_escape_wants_nobody_more_and_a_second_one_changes_nothing(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.ask_to_invite(asks=True)
    type_on(view, "anna")
    focus(view, name)

    press(view, Qt.Key.Key_Escape)
    press(view, Qt.Key.Key_Escape)

    assert not model.is_inviting
    assert model.beside.guest.name == ""
    assert_typing_is_written(table, model, view)


def test_escape_where_nothing_is_asked_throws_no_title_away_that_was_put_aside(
    qtbot: QtBot, look: Look
) -> None:
    model = Table().open()
    view = opened(qtbot, look, model)
    press(view, Qt.Key.Key_I, CONTROL)
    type_on(view, "sommarlov")
    model.floor.put_item_aside()
    model.changed.emit()
    focus(view, "new item")

    press(view, Qt.Key.Key_Escape)

    assert model.beside.item.title == "sommarlov"


def test_whoever_is_asked_by_mouse_who_takes_back_writes_on(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, (1920, 1080))

    click(view, "somebody takes back")

    assert model.floor.asks_who_withdraws
    assert_typing_is_written(table, model, view)


def test_whoever_comes_while_it_is_asked_who_takes_back_moves_no_focus(
    qtbot: QtBot, look: Look
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    press(view, Qt.Key.Key_T, CONTROL)
    table.room = replace(table.room, speakers=table.room.speakers[:1])
    focus(view, f"takes back {SUBJECT}")

    model.refresh(Changes(meetings=True))
    again = view.focusWidget().objectName()
    view.first_focus.setFocus()
    table.room = meeting_room()
    model.refresh(Changes(meetings=True))

    assert again == f"takes back {SUBJECT}"
    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("is_clicked", [True, False])
def test_what_is_typed_after_somebody_remote_was_asked_about_is_written(
    qtbot: QtBot, look: Look, *, is_clicked: bool
) -> None:
    first, *others = seats()
    asked = PresenceChange(presence=Presence.REMOTE, at=BEGAN, is_alone=None)
    table = Table(
        meeting_room(people=[replace(first, presence=Presence.REMOTE, changes=(asked,)), *others])
    )
    model = table.open()
    view = opened(qtbot, look, model)
    table.room = meeting_room()

    if is_clicked:
        click(view, "nobody else")
    else:
        focus(view, "nobody else")
        press(view, Qt.Key.Key_Space)

    assert [one.is_alone for one in table.asked if isinstance(one, SetPresence)] == [True]
    assert_typing_is_written(table, model, view)


@pytest.mark.parametrize("name", ["add an item", "no item"])
@pytest.mark.parametrize("is_clicked", [True, False])
def test_what_is_typed_after_an_item_was_asked_for_is_written(
    qtbot: QtBot, look: Look, name: str, *, is_clicked: bool
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    press(view, Qt.Key.Key_I, CONTROL)
    type_on(view, "sommarlov")

    if is_clicked:
        click(view, name)
    else:
        focus(view, name)
        press(view, Qt.Key.Key_Space)

    assert not model.floor.asks_for_item
    assert_typing_is_written(table, model, view)


def test_what_is_typed_after_somebody_was_written_in_is_written(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    click(view, "somebody more")
    type_on(view, "tolk")

    press(view, Qt.Key.Key_Return)

    assert not model.is_inviting
    assert_typing_is_written(table, model, view)


def test_where_there_is_one_column_a_new_title_is_typed_at_once(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model, (960, 600))
    click(view, "show everyone")

    press(view, Qt.Key.Key_I, CONTROL)
    type_on(view, "sommarlov")

    assert model.beside.item.title == "sommarlov"


@pytest.mark.parametrize("name", ["due", "responsible"])
def test_what_is_typed_once_a_part_of_the_bar_is_gone_is_written(
    qtbot: QtBot, look: Look, name: str
) -> None:
    table = Table()
    model = table.open()
    view = opened(qtbot, look, model)
    model.capture.choose_kind(Kind.ACTION)
    focus(view, name)

    model.capture.choose_kind(Kind.NOTE)

    assert_typing_is_written(table, model, view)


def test_what_is_typed_once_there_is_no_way_back_is_written(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(now=1))
    model = table.open()
    view = opened(qtbot, look, model)
    focus(view, "previous item")
    table.room = meeting_room(now=0)

    press(view, Qt.Key.Key_Space)

    assert_typing_is_written(table, model, view)
