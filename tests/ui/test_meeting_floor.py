"""What comes up in a meeting besides what is said: breaks, time, order, consents, who is where."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import (
    move,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    texts_in,
    wrote,
)
from tests.ui.meeting_desk import (
    BEGAN,
    CARRIED,
    DECIDED,
    MEETING,
    SARA,
    Table,
    meeting_room,
    seats,
    without_names,
)
from tests.ui.overheard import copied, held_by, seen_of
from tests.ui.plain import NOW, DraftBox, HeldRunner
from trygga_desktop.domain.drafts import UsedDraft
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, TamperedError
from trygga_desktop.domain.meeting import (
    REMINDER_VERSION,
    Function,
    MeetingState,
    Presence,
    PresenceChange,
)
from trygga_desktop.services.agendas import LONGEST_ITEM, GiveMoreTime, MoveAgendaItem
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import WithdrawConsent
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    Invitation,
    SetPresence,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.rooms import Seat
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.meeting.curtain import BreakCover, Curtain
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.buttons import Button

T = TypeVar("T")


def screen(qtbot: QtBot, model: MeetingViewModel, look: Look) -> MeetingView:
    view = MeetingView(model, look)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    return view


def press(view: QWidget, name: str) -> None:
    button = view.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()


def title_of(view: QWidget) -> QLineEdit:
    field = view.findChild(QLineEdit, "title of an item")
    assert isinstance(field, QLineEdit)
    return field


def said(view: QWidget) -> str:
    return " ".join(text for _, text in seen_of(view))


def told(view: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible()]


def remote(is_alone: bool | None) -> tuple[Seat, ...]:
    first, *others = seats()
    change = PresenceChange(presence=Presence.REMOTE, at=BEGAN, is_alone=is_alone)
    return (replace(first, presence=Presence.REMOTE, changes=(change,)), *others)


# Breaks


def test_a_break_shows_the_clock_when_it_goes_on_and_nothing_else(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = screen(qtbot, model, look)

    model.take_a_break()

    cover = view.findChild(BreakCover)
    assert isinstance(cover, BreakCover)
    words = said(view)
    assert "07:51" in words
    assert "08:01" in words
    assert "Elias" not in words
    model.take_a_break()
    assert view.findChild(BreakCover) is None
    assert "Elias" in said(view)


def test_a_curtain_over_a_break_tells_not_even_the_time(qtbot: QtBot, look: Look) -> None:
    model = Table().open()
    view = screen(qtbot, model, look)
    model.take_a_break()

    model.screens_changed()

    assert isinstance(view.findChild(Curtain), Curtain)
    assert "07:51" not in said(view)


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.HELD])
def test_there_is_a_break_in_a_running_meeting_alone(state: MeetingState) -> None:
    model = Table(meeting_room(state)).open()

    model.take_a_break()

    assert not model.is_covered


# Time and order


def test_behind_a_cover_nobody_gets_more_time_moves_an_item_or_takes_anything_back() -> None:
    table = Table()
    model = table.open()
    model.toggle_curtain()

    model.floor.more_time()
    model.floor.move(table.room.agenda[5].id, 1)
    model.floor.withdraw(SARA)
    model.floor.ask_who_withdraws(asks=True)

    assert table.asked == []
    assert not model.floor.asks_who_withdraws


@pytest.mark.parametrize(("place", "by"), [(6, 1), (5, -1), (4, 1), (3, 1), (1, 1), (0, -1)])
def test_an_item_that_cannot_be_moved_stays_where_it_is_and_nothing_is_said(
    qtbot: QtBot, look: Look, place: int, by: int
) -> None:
    table = Table()
    view = screen(qtbot, table.open(), look)
    before = told(view)
    agenda = view.findChild(RowList, "agenda")
    assert isinstance(agenda, RowList)
    agenda.setFocus()
    agenda.setCurrentIndex(agenda.rows.index(place))

    key = Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up
    QTest.keyClick(agenda, key, Qt.KeyboardModifier.AltModifier)

    assert table.asked == []
    assert told(view) == before


def test_no_item_gets_more_time_than_any_may_have(qtbot: QtBot, look: Look) -> None:
    room = meeting_room()
    longest = tuple(replace(one, minutes=LONGEST_ITEM - 4) for one in room.agenda)
    table = Table(replace(room, agenda=longest))
    view = screen(qtbot, table.open(), look)

    press(view, "five minutes more")

    assert table.asked == []


def test_one_press_gives_the_item_five_minutes_more(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = screen(qtbot, table.open(), look)

    press(view, "five minutes more")

    assert table.asked == [
        GiveMoreTime(meeting_id=table.room.id, agenda_id=table.room.agenda[4].id, minutes=5)
    ]


def test_an_item_is_moved_by_keyboard_alone(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(now=3))
    view = screen(qtbot, table.open(), look)
    agenda = view.findChild(RowList, "agenda")
    assert isinstance(agenda, RowList)
    agenda.setFocus()
    agenda.setCurrentIndex(agenda.rows.index(5))

    QTest.keyClick(agenda, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(agenda, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)

    item = table.room.agenda[5].id
    assert table.asked == [
        MoveAgendaItem(meeting_id=table.room.id, agenda_id=item, by=1),
        MoveAgendaItem(meeting_id=table.room.id, agenda_id=item, by=-1),
    ]


def move_to(agenda: RowList, at: QPoint) -> None:
    """Move a mouse whose left button is held: QTest moves one without any."""
    moving = QMouseEvent(
        QEvent.Type.MouseMove,
        at.toPointF(),
        agenda.viewport().mapToGlobal(at.toPointF()),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(agenda.viewport(), moving)


def drag(
    agenda: RowList, row: int, over: int, *, low: bool = False, is_let_go: bool = True
) -> None:
    """Drag a row over another, to its upper or its lower half."""
    begun = agenda.visualRect(agenda.rows.index(row)).center()
    box = agenda.visualRect(agenda.rows.index(over))
    at = QPoint(box.center().x(), box.bottom() - 2 if low else box.top() + 2)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(agenda.viewport(), left, pos=begun)
    for step in (begun + QPoint(0, 1), at):
        move_to(agenda, step)
    if is_let_go:
        QTest.mouseRelease(agenda.viewport(), left, pos=at)


def agenda_of(view: MeetingView) -> RowList:
    agenda = view.findChild(RowList, "agenda")
    assert isinstance(agenda, RowList)
    return agenda


@pytest.mark.parametrize(
    ("row", "over", "low"), [(5, 3, False), (5, 2, False), (2, 5, True), (5, 5, True), (5, 4, True)]
)
def test_an_item_that_is_dragged_where_it_cannot_go_stays_and_nothing_is_said(
    qtbot: QtBot, look: Look, row: int, over: int, *, low: bool
) -> None:
    table = Table(meeting_room(now=3))
    view = screen(qtbot, table.open(), look)
    before = told(view)

    drag(agenda_of(view), row, over, low=low)

    assert table.asked == []
    assert told(view) == before


def test_an_item_that_is_dragged_with_the_mouse_comes_where_the_line_is(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(now=3))
    view = screen(qtbot, table.open(), look)
    agenda = agenda_of(view)
    untouched = agenda.viewport().grab().toImage()

    drag(agenda, 6, 4, is_let_go=False)
    line = agenda.visualRect(agenda.rows.index(4)).topLeft()
    drawn = agenda.viewport().grab().toImage()
    accent = QColor(look.theme.tokens.accent)
    assert untouched.pixelColor(line + QPoint(60, 0)) != accent
    assert drawn.pixelColor(line + QPoint(60, 0)) == accent
    QTest.mouseRelease(agenda.viewport(), Qt.MouseButton.LeftButton, pos=line)
    drag(agenda, 4, 6, low=True)

    first, last = table.room.agenda[4].id, table.room.agenda[6].id
    assert table.asked == [
        MoveAgendaItem(meeting_id=table.room.id, agenda_id=last, by=-2),
        MoveAgendaItem(meeting_id=table.room.id, agenda_id=first, by=2),
    ]


def press_another_button(view: MeetingView, _: MeetingViewModel, __: Table) -> None:
    QTest.mouseClick(agenda_of(view).viewport(), Qt.MouseButton.RightButton, pos=QPoint(60, 60))


def press_escape(_: MeetingView, __: MeetingViewModel, ___: Table) -> None:
    focus = QApplication.focusWidget()
    assert isinstance(focus, QTextEdit)
    QTest.keyClick(focus, Qt.Key.Key_Escape)


def lose_an_item(_: MeetingView, model: MeetingViewModel, table: Table) -> None:
    table.room = replace(table.room, agenda=table.room.agenda[:-1])
    model.set_presence(table.room.seats[7].id, Presence.HERE)


def change_places(_: MeetingView, model: MeetingViewModel, table: Table) -> None:
    *others, one, other = table.room.agenda
    table.room = replace(table.room, agenda=(*others, other, one))
    model.set_presence(table.room.seats[7].id, Presence.HERE)


def cover_it(_: MeetingView, model: MeetingViewModel, __: Table) -> None:
    model.toggle_curtain()
    QApplication.processEvents()
    model.toggle_curtain()
    QApplication.processEvents()


STOPS: dict[str, Callable[[MeetingView, MeetingViewModel, Table], None]] = {
    "Escape": press_escape,
    "another button": press_another_button,
    "an item is gone": lose_an_item,
    "two items changed places": change_places,
    "a cover came down": cover_it,
}


@pytest.mark.parametrize("stop", STOPS)
def test_what_is_dragged_stays_where_it_was_after(qtbot: QtBot, look: Look, stop: str) -> None:
    table = Table(meeting_room(now=3))
    model = table.open()
    view = screen(qtbot, model, look)
    agenda = agenda_of(view)
    drag(agenda, 6, 4, is_let_go=False)
    shapes = [agenda.viewport().cursor().shape()]

    STOPS[stop](view, model, table)
    table.asked.clear()
    shapes.append(agenda.viewport().cursor().shape())
    QTest.mouseRelease(agenda.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))

    assert table.asked == []
    assert shapes == [Qt.CursorShape.ClosedHandCursor, Qt.CursorShape.ArrowCursor]


def test_an_item_that_was_pressed_is_no_other_one_after_two_changed_places(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(now=3))
    model = table.open()
    view = screen(qtbot, model, look)
    agenda = agenda_of(view)
    at = agenda.visualRect(agenda.rows.index(6)).center()
    QTest.mousePress(agenda.viewport(), Qt.MouseButton.LeftButton, pos=at)

    change_places(view, model, table)
    table.asked.clear()
    move_to(agenda, agenda.visualRect(agenda.rows.index(4)).topLeft())
    QTest.mouseRelease(agenda.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 60))

    assert table.asked == []


def test_a_hand_that_trembles_clicks(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(now=3))
    view = screen(qtbot, table.open(), look)
    agenda = agenda_of(view)
    at = agenda.visualRect(agenda.rows.index(5)).topLeft() + QPoint(60, 2)
    hit: list[int] = []
    agenda.hit.connect(lambda row, _at, _box: hit.append(row))

    QTest.mousePress(agenda.viewport(), Qt.MouseButton.LeftButton, pos=at)
    move_to(agenda, at + QPoint(0, 3))
    QTest.mouseRelease(agenda.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(0, 3))

    assert hit == [5]


def test_a_long_agenda_goes_on_while_an_item_is_held_beyond_its_edge(
    qtbot: QtBot, look: Look
) -> None:
    room = meeting_room(now=3)
    agenda = tuple(
        replace(room.agenda[5], id=UUID(int=5_000 + place)) if place > 4 else room.agenda[place]
        for place in range(40)
    )
    table = Table(replace(room, agenda=agenda))
    view = screen(qtbot, table.open(), look)
    rows = agenda_of(view)
    drag(rows, 5, 6, is_let_go=False)
    bar = rows.verticalScrollBar()
    assert bar.value() < bar.maximum()

    beyond = QPoint(60, rows.viewport().height() + 20)
    move_to(rows, beyond)
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=beyond)

    assert table.asked == [MoveAgendaItem(meeting_id=room.id, agenda_id=agenda[5].id, by=34)]


def test_a_title_that_is_typed_is_not_there_for_whoever_comes_in(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open(drafts=DraftBox().uses)
    view = screen(qtbot, model, look)
    press(view, "new item")
    QTest.keyClicks(title_of(view), "Pappas sjukdom")

    model.set_presence(table.room.seats[7].id, Presence.HERE)

    assert not [one for one in held_by(view) if "Pappas" in one.text]
    title_of(view).undo()
    assert title_of(view).text() == ""
    press(view, "new item")
    assert title_of(view).text() == "Pappas sjukdom"


def test_an_item_without_a_title_is_not_added(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = screen(qtbot, table.open(), look)
    press(view, "new item")
    QTest.keyClicks(title_of(view), "   ")

    press(view, "add an item")

    assert table.asked == []


def test_a_new_item_is_typed_and_added_by_keyboard_alone(qtbot: QtBot, look: Look) -> None:
    box = DraftBox()
    table = Table()
    model = table.open(drafts=box.uses)
    view = screen(qtbot, model, look)
    model.floor.ask_for_item(asks=True)
    assert title_of(view).hasFocus()
    QTest.keyClicks(title_of(view), "Sommarlovet")
    model.leave()
    assert box.texts == ["Sommarlovet"]

    QTest.keyClick(title_of(view), Qt.Key.Key_Return)

    assert table.asked == [
        AddAgendaItem(meeting_id=table.room.id, title="Sommarlovet", category="plan")
    ]
    assert not model.floor.asks_for_item
    assert box.texts == []


@pytest.mark.parametrize(
    ("then", "rest"), [("Sommarlovet Jullovet", "Jullovet"), ("Sommar", "Sommar")]
)
def test_what_is_typed_while_a_title_is_stored_is_kept(
    qtbot: QtBot, look: Look, then: str, rest: str
) -> None:
    box, runner = DraftBox(), HeldRunner()
    table = Table()
    model = table.open(runner, drafts=box.uses)
    runner.work_off()
    view = screen(qtbot, model, look)
    press(view, "new item")
    QTest.keyClicks(title_of(view), "Sommarlovet")
    QTest.keyClick(title_of(view), Qt.Key.Key_Return)

    title_of(view).setText(then)
    title_of(view).textEdited.emit(then)
    model.leave()
    runner.work_off()

    assert [one.title for one in table.asked if isinstance(one, AddAgendaItem)] == ["Sommarlovet"]
    assert model.floor.asks_for_item
    assert title_of(view).text() == rest
    model.leave()
    runner.work_off()
    assert box.texts == [rest]


def test_a_title_that_was_refused_is_kept_with_what_came_after(qtbot: QtBot, look: Look) -> None:
    box, runner = DraftBox(), HeldRunner()
    table = Table()
    model = table.open(runner, drafts=box.uses)
    runner.work_off()
    view = screen(qtbot, model, look)
    press(view, "new item")
    QTest.keyClicks(title_of(view), "Sommarlovet")
    table.failure = DiskFullError()
    QTest.keyClick(title_of(view), Qt.Key.Key_Return)

    QTest.keyClicks(title_of(view), " i skolan")
    runner.work_off()
    model.leave()
    runner.work_off()

    assert title_of(view).text() == "Sommarlovet i skolan"
    assert box.texts == ["Sommarlovet i skolan"]


def test_a_title_goes_out_of_the_draft_with_what_stores_it() -> None:
    box = DraftBox()
    used: list[str] = []

    def use(draft: UsedDraft, record: Callable[[], T], /) -> T:
        used.append(readable(box.drafts[draft.id].kind, box.drafts[draft.id].text))
        return box.use(draft, record)

    model = Table().open(drafts=replace(box.uses, use=use))
    model.floor.ask_for_item(asks=True)
    model.beside.type_item(title="Sommarlovet", category="plan")
    model.leave()

    model.floor.add_item()

    assert (used, box.texts) == (["Sommarlovet"], [])


def test_a_title_that_is_not_wanted_lies_in_the_bin(qtbot: QtBot, look: Look) -> None:
    box = DraftBox()
    view = screen(qtbot, Table().open(drafts=box.uses), look)
    press(view, "new item")
    QTest.keyClicks(title_of(view), "Sommarlovet")

    press(view, "no item")

    assert box.texts == []
    (thrown,) = box.drafts.values()
    assert thrown.thrown_at is not None
    assert title_of(view).text() == ""


# Consents


def test_what_somebody_takes_back_is_gone_before_it_is_stored() -> None:
    runner = HeldRunner()
    model = Table().open(runner)
    runner.work_off()
    assert model.entries

    model.floor.withdraw(SARA)

    assert model.entries == ()
    assert model.room is not None
    assert model.room.carried == ()
    runner.work_off()
    assert model.entries


def test_it_is_taken_back_while_something_else_is_stored() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    model.floor.more_time()

    model.floor.withdraw(SARA)

    assert model.entries == ()
    runner.work_off()
    withdrawn = [one for one in table.asked if isinstance(one, WithdrawConsent)]
    assert [one.signer for one in withdrawn] == [SARA]


def test_what_was_copied_or_undone_is_gone_once_somebody_takes_back(
    qtbot: QtBot, look: Look
) -> None:
    model = Table().open()
    view = screen(qtbot, model, look)
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    field.setFocus()
    QTest.keyClicks(field, "Oroligt hemma.")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert "Oroligt hemma." in [text for _, text in copied()]

    model.floor.withdraw(SARA)

    assert "Oroligt hemma." not in [text for _, text in copied()]
    field.undo()
    assert field.toPlainText() == ""


def test_a_change_of_consents_made_elsewhere_takes_everything_off_at_once() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()

    model.refresh(Changes(consents=True))

    assert model.entries == ()
    assert table.reads == 1
    runner.work_off()
    assert table.reads == 2


def test_whoever_is_at_the_table_takes_back_with_two_presses(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = screen(qtbot, table.open(), look)

    press(view, "somebody takes back")
    words = said(view)
    press(view, f"takes back {SARA}")

    assert "Det gäller genast." in words
    assert "Farmor Provman" not in words
    assert table.asked == [
        WithdrawConsent(case_id=table.room.case_id, signer=SARA, on=table.room.today)
    ]
    assert "Det gäller genast." not in said(view)


def test_of_somebody_who_has_given_no_consent_it_is_said_that_there_is_none_to_take_back(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(failure=InvalidInputError(field="signer", flaw="unknown"))
    model = table.open()
    view = screen(qtbot, model, look)
    shown = model.entries

    press(view, "somebody takes back")
    press(view, f"takes back {SARA}")

    words = " ".join(told(view))
    assert "Det går inte att göra här. Gå till mötesledarens fönster." in words
    assert "samtycke" not in words.casefold()
    assert "mötesledarens fönster" in words
    assert "formuläret" not in words
    assert "E-29" not in words
    assert model.entries == shown


def test_nobody_is_named_there_whose_name_goes_with_whoever_comes(qtbot: QtBot, look: Look) -> None:
    table = Table(failure=InvalidInputError(field="signer", flaw="unknown"))
    model = table.open()
    view = screen(qtbot, model, look)
    model.floor.withdraw(SARA)
    assert "mötesledarens fönster." in " ".join(told(view))
    table.room = replace(table.room, speakers=table.room.speakers[:1])

    model.refresh(Changes(parties=True))

    assert "mötesledarens fönster." not in " ".join(told(view))


def test_what_was_said_of_it_goes_with_the_next_that_is_done(qtbot: QtBot, look: Look) -> None:
    table = Table(failure=InvalidInputError(field="signer", flaw="unknown"))
    model = table.open()
    view = screen(qtbot, model, look)
    model.floor.withdraw(SARA)
    assert "mötesledarens fönster" in " ".join(told(view))
    table.failure = None

    press(view, "five minutes more")

    assert "mötesledarens fönster." not in " ".join(told(view))


def test_a_disk_that_is_full_is_no_missing_consent(qtbot: QtBot, look: Look) -> None:
    table = Table(failure=DiskFullError())
    model = table.open()
    view = screen(qtbot, model, look)

    model.floor.withdraw(SARA)

    assert "mötesledarens fönster." not in " ".join(told(view))
    assert model.trouble is not None


def test_a_consent_is_not_taken_back_by_enter_alone(qtbot: QtBot, look: Look) -> None:
    table = Table()
    view = screen(qtbot, table.open(), look)

    press(view, "somebody takes back")
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Return)

    assert table.asked == []


def test_with_a_new_day_everything_is_decided_anew_and_once() -> None:
    runner = HeldRunner()
    table = Table()
    model = table.open(runner)
    runner.work_off()
    table.now = NOW + timedelta(days=1)

    model.look_at_the_day()

    assert model.entries == ()
    runner.work_off()
    model.look_at_the_day()
    runner.work_off()
    assert table.reads == 2


# Who is where


def test_it_is_asked_who_else_is_where_somebody_remote_is(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(people=remote(None)))
    view = screen(qtbot, table.open(), look)
    assert "Är någon mer i rummet där Elias Demosson är?" in said(view)

    table.room = meeting_room(people=remote(is_alone=True))
    press(view, "nobody else")

    (asked,) = table.asked
    assert isinstance(asked, SetPresence)
    assert (asked.presence, asked.is_alone) == (Presence.REMOTE, True)
    assert "Är någon mer i rummet" not in said(view)


def test_somebody_who_is_there_too_is_written_in(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(people=remote(None)))
    model = table.open()
    view = screen(qtbot, model, look)

    press(view, "somebody is there")

    (asked,) = table.asked
    assert isinstance(asked, SetPresence)
    assert asked.is_alone is False
    assert model.is_inviting


def test_nothing_stays_from_the_moment_that_somebody_is_with_them(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    table = Table(meeting_room(people=remote(None), entries=DECIDED))
    model = table.open(runner)
    runner.work_off()
    view = screen(qtbot, model, look)
    model.capture.type("Oroligt hemma.")
    assert "Elias får en egen grupp" in said(view)

    press(view, "somebody is there")

    assert "Elias får en egen grupp" not in said(view)
    assert "Oroligt" not in said(view)
    assert model.room is not None
    assert texts_in(model.room) == []


def test_who_is_there_is_asked_until_they_are_named_or_gone(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(people=remote(is_alone=False)))
    model = table.open()
    view = screen(qtbot, model, look)
    assert "Vem är där Elias Demosson är?" in said(view)

    press(view, "name who is there")
    model.beside.type_guest("Farmor Provman")
    model.invite()
    press(view, "nobody else")

    invited, answered = table.asked
    seat = table.room.seats[0]
    assert invited == (
        MEETING,
        Invitation(
            functions=frozenset({Function.SUPPORT_PERSON}), name="Farmor Provman", beside=seat.id
        ),
    )
    assert isinstance(answered, SetPresence)
    assert (answered.participant_id, answered.is_alone) == (seat.id, True)


def test_who_comes_besides_is_not_taken_for_somebody_there() -> None:
    table = Table(meeting_room(people=remote(is_alone=False)))
    model = table.open()
    model.floor.name_who_is_with(table.room.seats[0].id)
    model.ask_to_invite(asks=False)

    model.ask_to_invite(asks=True)
    model.beside.type_guest("Tolk Provman")
    model.invite()

    (asked,) = table.asked
    assert isinstance(asked, tuple)
    assert asked[1].beside is None


def test_where_no_name_is_said_it_is_told_that_nobody_is_named(qtbot: QtBot, look: Look) -> None:
    table = Table(replace(without_names(), seats=remote(is_alone=False)))
    view = screen(qtbot, table.open(), look)

    assert "Här sägs inga namn." in said(view)
    assert view.findChild(Button, "name who is there") is None
    press(view, "nobody else")

    (asked,) = table.asked
    assert isinstance(asked, SetPresence)
    assert asked.is_alone is True


def test_nobody_is_asked_about_who_sits_at_the_table(qtbot: QtBot, look: Look) -> None:
    view = screen(qtbot, Table().open(), look)

    assert "Är någon mer i rummet" not in said(view)


def test_it_says_before_the_meeting_that_one_person_leads_and_writes(
    qtbot: QtBot, look: Look
) -> None:
    both = frozenset({Function.CHAIR, Function.SECRETARY})
    people = tuple(
        replace(one, functions=both) if Function.CHAIR in one.functions else one for one in seats()
    )
    planned = MeetingState.PLANNED
    two = screen(qtbot, Table(meeting_room(planned, people=seats())).open(), look)
    one = screen(qtbot, Table(meeting_room(planned, people=people)).open(), look)

    assert "Samma person leder och skriver." not in said(two)
    assert "Samma person leder och skriver." in said(one)


# What was copied


def test_what_was_copied_here_is_gone_before_somebody_comes_in(qtbot: QtBot, look: Look) -> None:
    table = Table(meeting_room(carried=CARRIED))
    model = table.open()
    view = screen(qtbot, model, look)
    field = view.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    field.setFocus()
    QTest.keyClicks(field, "hemligt")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "hemligt" in [text for _, text in copied()]

    model.set_presence(table.room.seats[7].id, Presence.HERE)

    assert "hemligt" not in [text for _, text in copied()]


def test_what_was_copied_while_the_focus_was_beside_the_screen_is_gone_too(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(carried=CARRIED))
    model = table.open()
    frame = QWidget()
    qtbot.addWidget(frame)
    beside = QLineEdit(frame)
    view = MeetingView(model, look)
    view.setParent(frame)
    frame.show()
    frame.activateWindow()
    beside.setFocus()
    QApplication.processEvents()
    QApplication.clipboard().setText("hemligt")

    model.set_presence(table.room.seats[7].id, Presence.HERE)

    assert "hemligt" not in [text for _, text in copied()]


def test_what_was_copied_is_gone_once_the_meeting_cannot_be_read(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    screen(qtbot, model, look)
    QApplication.clipboard().setText("hemligt")
    table.read_failure = TamperedError()

    model.load()

    assert model.room is None
    assert "hemligt" not in [text for _, text in copied()]


def test_own_words_that_the_room_may_not_have_any_more_are_held_by_no_part_of_the_screen(
    qtbot: QtBot, look: Look
) -> None:
    table = Table(meeting_room(carried=CARRIED))
    model = table.open()
    view = screen(qtbot, model, look)
    assert model.own_words is not None
    said = model.own_words.item.text
    assert any(said in one.text for one in held_by(view))

    without = tuple(replace(one, entries=()) for one in table.room.agenda)
    table.room = replace(table.room, agenda=without)
    model.load()

    assert not any(said in one.text for one in held_by(view))


def test_what_another_program_copied_stays(qtbot: QtBot, look: Look) -> None:
    table = Table()
    model = table.open()
    view = screen(qtbot, model, look)
    assert view.isVisible()
    other = QTextEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    QApplication.processEvents()
    # No window of ours has the keys: another program has.
    other.close()
    QApplication.processEvents()
    assert QApplication.focusWindow() is None
    QApplication.clipboard().setText("något annat")

    model.set_presence(table.room.seats[7].id, Presence.HERE)

    assert "något annat" in [text for _, text in copied()]
    QApplication.clipboard().clear()


# With a vault


def test_each_confirmation_tells_which_reminder_was_heard(vault: OpenVault) -> None:
    family = signed_case(vault)
    running_meeting(vault, family)

    (meeting,) = read_meetings(family.case_id, vault=vault).value.meetings

    bound = [one for one in meeting.participants if one.confirmed_at is not None]
    assert {one.confirmed_version for one in bound} == {REMINDER_VERSION}
    assert bound


def test_whether_somebody_remote_is_alone_is_stored_with_their_presence(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    maria = seat_of(vault, meeting_id, "Maria")
    wrote(vault, meeting_id, "Det går bättre.", organisation_id=family.school)
    move(vault, meeting_id, maria, Presence.REMOTE)
    assert seat_of(vault, meeting_id, "Maria").changes[-1].is_alone is None

    answered = SetPresence(
        meeting_id=meeting_id, participant_id=maria.id, presence=Presence.REMOTE, is_alone=True
    )
    set_presence(answered, vault=vault)

    assert seat_of(vault, meeting_id, "Maria").changes[-1].is_alone is True
    assert texts_in(room_of(vault, meeting_id)) == ["Det går bättre."]


def test_the_shared_screen_says_nothing_of_the_items_that_somebody_is_called_to(
    qtbot: QtBot, look: Look
) -> None:
    room = meeting_room()
    to_some = replace(room.seats[4], called_to=frozenset({room.agenda[0].id}))

    def said(seat: Seat) -> list[str]:
        view = screen(qtbot, Table(replace(room, seats=(seat,))).open(), look)
        rows = view.findChild(RowList, "people")
        assert isinstance(rows, RowList)
        return [
            str(rows.rows.index(0).data(role))
            for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        ]

    assert said(to_some) == said(room.seats[4])
