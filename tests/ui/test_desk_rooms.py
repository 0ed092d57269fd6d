"""The rooms of an open vault: rail, saved line, lock; the title never bears a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTextEdit, QToolButton

from tests.ui.consents_desk import Papers
from tests.ui.desks import ME, OpenDesk, command, frame, refusing, settle, shows
from tests.ui.grounds_desk import Drawer
from tests.ui.hidden_desk import Back
from tests.ui.meeting_desk import MEETING, Table, meeting_room
from tests.ui.plain import FOLDER, HeldRunner, draft_uses
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.services.entries import EntryKind, WriteEntry
from trygga_desktop.services.vault import Notice, NoticeKind
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.case_uses import ConsentUses
from trygga_desktop.ui.desk_rail import HOME
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.consents.view import ConsentsView
from trygga_desktop.ui.screens.grounds.form import TextField
from trygga_desktop.ui.screens.grounds.view import GroundsView
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.meeting.curtain import Curtain
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.view import MeetingView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.desk_frame import StatusLine
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.mirror_question import MirrorQuestion
from trygga_desktop.ui.widgets.rail import NARROW_RAIL, WIDE_RAIL, Rail

CASE = UUID(int=11)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEADS_AWAY = (
    (Qt.Key.Key_Home, ALT),
    (Qt.Key.Key_K, CONTROL | SHIFT),
    (Qt.Key.Key_F, CONTROL | SHIFT),
    (Qt.Key.Key_G, CONTROL | SHIFT),
    (Qt.Key.Key_N, CONTROL),
    (Qt.Key.Key_Comma, CONTROL),
)


def at_meeting(open_desk: OpenDesk, table: Table | None = None, **changes: object) -> MainWindow:
    """Show the shared screen of a meeting."""
    window = open_desk(meetings=(table or Table()).uses(read_leading=Back().read), **changes)
    go_to_meeting(window)
    window.activateWindow()
    settle()
    return window


def go_to_meeting(window: MainWindow) -> None:
    """Go to the shared screen of the meeting."""
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_meeting(CASE, MEETING)


def go_to_hidden(window: MainWindow) -> None:
    """Go to the page of whoever leads the meeting."""
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.meetings.go_to_hidden(CASE, MEETING)


def meeting_of(window: MainWindow) -> MeetingViewModel:
    """Return the state of the meeting that is shown."""
    rooms = window.desk_rooms
    assert rooms is not None
    model = rooms.current
    assert isinstance(model, MeetingViewModel)
    return model


def press(
    window: MainWindow,
    key: Qt.Key,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a key as the window system would."""
    QTest.keyClick(window.windowHandle(), key, held)
    QApplication.processEvents()


def rail_of(window: MainWindow) -> Rail:
    """Return the rail."""
    found = frame(window).findChild(Rail)
    assert isinstance(found, Rail)
    return found


def choose(window: MainWindow, text: str) -> None:
    """Press this room or action on the rail."""
    next(one for one in rail_of(window).findChildren(QToolButton) if one.text() == text).click()


def test_unlocking_leads_home(open_desk: OpenDesk, appearance: Appearance) -> None:
    window = open_desk()

    assert shows(window, HomeView)
    assert window.windowTitle() == "Trygga"
    assert appearance.settings.vaults == (FOLDER,)


def test_the_rail_has_only_rooms_that_exist(open_desk: OpenDesk) -> None:
    window = open_desk()

    texts = [one.text() for one in rail_of(window).findChildren(QToolButton)]

    assert texts == ["Hem", "Åtaganden", "Kontakter", "Kontroll", "Inställningar", "Lås nu"]


def test_the_rail_leads_to_its_rooms(open_desk: OpenDesk) -> None:
    window = open_desk()

    choose(window, "Inställningar")
    assert shows(window, PreferencesView)
    here = [one.accessibleName() for one in rail_of(window).findChildren(QToolButton)]
    assert "Inställningar, du är här" in here
    choose(window, "Hem")

    assert shows(window, HomeView)


@pytest.mark.parametrize(("width", "rail"), [(1366, NARROW_RAIL), (1500, WIDE_RAIL)])
def test_a_wide_window_has_words_beside_the_icons(
    open_desk: OpenDesk, width: int, rail: int
) -> None:
    assert rail_of(open_desk(width=width)).width() == rail


def test_the_rail_follows_the_width_of_the_window(open_desk: OpenDesk) -> None:
    window = open_desk(width=1366)

    window.resize(1600, 900)
    assert rail_of(window).width() == WIDE_RAIL
    window.resize(1000, 700)

    assert rail_of(window).width() == NARROW_RAIL
    assert shows(window, HomeView)


def test_the_status_line_tells_when_something_was_saved(open_desk: OpenDesk) -> None:
    window = open_desk()

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    texts = [label.text() for label in line.findChildren(PlainLabel)]

    assert texts == ["Krypterat på den här datorn", "Sparat 07:51"]


def test_the_status_line_says_nothing_it_does_not_know(open_desk: OpenDesk) -> None:
    def never() -> datetime | None:
        return None

    window = open_desk(saved_at=never)

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    assert [one.text() for one in line.findChildren(PlainLabel) if one.isVisible()] == [
        "Krypterat på den här datorn"
    ]


def test_whoever_may_not_open_cases_has_no_key_for_it(open_desk: OpenDesk) -> None:
    auditor = replace(ME, roles=frozenset({Role.AUDITOR}))

    window = open_desk(me=auditor)

    keys = [one.toString() for action in window.actions() for one in action.shortcuts()]
    assert "Ctrl+N" not in keys
    assert "Ctrl+L" in keys


def test_every_key_has_one_meaning_in_each_room(open_desk: OpenDesk) -> None:
    window = open_desk()
    for go in ("Alt+Home", "Ctrl+N", "Ctrl+,"):
        command(window, go).trigger()

        keys = [one.toString() for action in window.actions() for one in action.shortcuts()]

        assert len(keys) == len(set(keys)), keys


def test_a_change_of_look_keeps_the_room(open_desk: OpenDesk, appearance: Appearance) -> None:
    window = open_desk()
    choose(window, "Inställningar")

    appearance.choose_language("en")
    appearance.larger_text()

    assert shows(window, PreferencesView)
    assert [one.text() for one in rail_of(window).findChildren(QToolButton)] == [
        "Home",
        "Commitments",
        "Contacts",
        "Verify",
        "Settings",
        "Lock now",
    ]


def test_what_was_put_away_does_not_come_back(open_desk: OpenDesk) -> None:
    notice = Notice(kind=NoticeKind.FAILED_UNLOCKS, count=3)
    window = open_desk(notices=(notice,))
    read = frame(window).findChild(Button, "notices read")
    assert isinstance(read, Button)

    read.click()
    command(window, "Ctrl+,").trigger()
    command(window, "Alt+Home").trigger()

    assert frame(window).findChild(Button, "notices read") is None


def test_the_list_of_test_numbers_is_read_once_and_only_for_a_right_number(
    open_desk: OpenDesk,
) -> None:
    reads: list[str] = []

    def read() -> frozenset[str]:
        reads.append("read")
        return frozenset()

    window = open_desk(services={"test_numbers": read})
    rooms = window.desk_rooms
    assert rooms is not None
    for _ in range(2):
        rooms.go_to_new_case()
        assert len(reads) <= 1
        model = rooms.current
        assert isinstance(model, NewCaseViewModel)
        model.type(FormField.NUMBER, "20090514-2394")

    assert reads == ["read"]


@pytest.mark.parametrize("is_covered", [False, True])
def test_no_key_shows_other_cases_on_the_screen_of_a_meeting(
    open_desk: OpenDesk, *, is_covered: bool
) -> None:
    window = at_meeting(open_desk)
    if is_covered:
        press(window, Qt.Key.Key_F9)

    for key, held in LEADS_AWAY:
        press(window, key, held)

        assert isinstance(frame(window), MeetingView), key
        assert shows(window, Curtain) is is_covered


def test_a_key_leads_from_the_consents_to_other_grounds_and_back(open_desk: OpenDesk) -> None:
    papers, drawer = Papers(), Drawer()
    uses = refusing(
        ConsentUses,
        read_consents=papers.read,
        read_grounds=drawer.read,
        use_ground=drawer.use,
        change_terms=drawer.change_terms,
    )
    window = open_desk(consents=uses, drafts=drawer.drafts.uses)
    window.activateWindow()
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_tab(CASE, CaseTab.CONSENTS)

    press(window, Qt.Key.Key_G, CONTROL | SHIFT)
    assert shows(window, GroundsView)
    press(window, Qt.Key.Key_N, CONTROL | SHIFT)
    model = rooms.current
    assert isinstance(model, GroundsViewModel)
    model.type(TextField.MOTIVE, "Nätterna")
    press(window, Qt.Key.Key_Left, ALT)
    press(window, Qt.Key.Key_Left, ALT)

    assert shows(window, ConsentsView)
    assert [one.kind for one in drawer.drafts.drafts.values()] == [DraftKind.GROUND]


def test_the_list_of_keys_in_a_meeting_names_only_what_can_be_done_there(
    open_desk: OpenDesk,
) -> None:
    window = at_meeting(open_desk)

    keys = {key for one in window.commands for key in one.keys}

    assert {"F9", "Ctrl+L", "F1", "F6", "Ctrl++"} <= keys
    assert keys.isdisjoint({"Alt+Home", "Ctrl+Shift+K", "Ctrl+N", "Ctrl+,"})


def test_behind_the_curtain_no_key_but_its_own_does_anything(
    open_desk: OpenDesk, appearance: Appearance
) -> None:
    table = Table()
    window = at_meeting(open_desk, table)
    press(window, Qt.Key.Key_F9)

    for key in (Qt.Key.Key_F1, Qt.Key.Key_F4, Qt.Key.Key_F6, Qt.Key.Key_F8, Qt.Key.Key_Tab):
        press(window, key)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_1, Qt.Key.Key_Return):
        press(window, key, CONTROL)
    press(window, Qt.Key.Key_Left, ALT)

    assert window.findChild(QDialog) is None
    assert appearance.look.theme.scale == 1.0
    assert table.asked == []
    assert shows(window, Curtain)
    press(window, Qt.Key.Key_F9)
    assert not shows(window, Curtain)


def test_what_happens_behind_the_curtain_does_not_take_the_keys_back(open_desk: OpenDesk) -> None:
    table = Table(meeting_room(MeetingState.PLANNED))
    window = at_meeting(open_desk, table)
    press(window, Qt.Key.Key_F9)
    table.room = meeting_room()

    meeting_of(window).refresh(Changes(meetings=True))
    press(window, Qt.Key.Key_X)
    press(window, Qt.Key.Key_F1)

    assert isinstance(window.focusWidget(), Curtain)
    assert window.findChild(QDialog) is None
    assert meeting_of(window).capture.text == ""


def test_one_can_lock_behind_the_curtain(open_desk: OpenDesk) -> None:
    restarts: list[object] = []
    window = at_meeting(open_desk, restart=restarts.append)
    press(window, Qt.Key.Key_F9)

    press(window, Qt.Key.Key_L, CONTROL)

    assert restarts == [FOLDER]


def test_a_list_of_keys_does_not_stay_above_the_curtain(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)
    press(window, Qt.Key.Key_F1)
    dialog = window.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()

    window.screens_changed()
    settle()

    assert shows(window, Curtain)
    assert window.findChild(QDialog) is None


def test_other_cases_can_be_reached_again_once_the_meeting_is_left(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)

    go_to_hidden(window)
    press(window, Qt.Key.Key_Home, ALT)

    assert shows(window, HomeView)


def test_the_keys_of_a_meeting_work_after_the_text_has_become_larger(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)

    press(window, Qt.Key.Key_Plus, CONTROL)
    settle()
    press(window, Qt.Key.Key_2, CONTROL)

    assert meeting_of(window).capture.kind is Kind.ACTION
    assert window.focusWidget().objectName() == "capture text"


def test_no_page_for_ones_own_eyes_stands_where_everyone_saw_the_meeting_before_one_is_asked(
    open_desk: OpenDesk,
) -> None:
    window = at_meeting(open_desk)

    def show_papers(model: MeetingViewModel) -> None:
        model.review()
        model.show_papers()

    ways: tuple[Callable[[MeetingViewModel], object], ...] = (
        MeetingViewModel.show_hidden,
        MeetingViewModel.show_protocol,
        show_papers,
        MeetingViewModel.go_back,
    )
    for leave in ways:
        leave(meeting_of(window))
        settle()
        assert shows(window, MirrorQuestion)
        assert frame(window).findChild(Rail) is None
        keys = {key.toString() for action in window.actions() for key in action.shortcuts()}
        assert not {"Alt+Home", "Ctrl+Shift+A"} & keys
        assert window.focusWidget().objectName() == "others see it"

        press(window, Qt.Key.Key_Return)
        settle()
        assert isinstance(frame(window), MeetingView)

    meeting_of(window).go_back()
    settle()
    answer = frame(window).findChild(Button, "nobody else sees it")
    assert isinstance(answer, Button)
    answer.click()
    settle()
    assert not shows(window, MirrorQuestion)
    assert isinstance(rail_of(window), Rail)


def test_nothing_leads_past_the_question_when_it_is_asked_anew(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)
    meeting_of(window).show_hidden()
    rooms = window.desk_rooms
    assert rooms is not None
    asking = rooms.current
    assert isinstance(asking, AloneViewModel)
    asking.nobody_looks_on()
    settle()
    thrown = (UUID(int=7), Place(kind=DraftKind.NOTE, subject_id=CASE, case_id=CASE))
    rooms.drafts.offer_undo(thrown)
    window.screens_changed()
    settle()
    assert shows(window, MirrorQuestion)
    assert not rooms.drafts.can_undo
    rooms._offer_undo(thrown)  # noqa: SLF001  what a slow disk answers late
    assert not rooms.drafts.can_undo

    rail_of(window).chosen.emit(HOME)
    press(window, Qt.Key.Key_Home, ALT)
    settle()
    assert shows(window, MirrorQuestion)

    answer = frame(window).findChild(Button, "nobody else sees it")
    assert isinstance(answer, Button)
    answer.click()
    press(window, Qt.Key.Key_Home, ALT)
    settle()
    assert shows(window, HomeView)


def test_nothing_leads_on_from_the_leaders_page_while_more_screens_may_show_it(
    open_desk: OpenDesk,
) -> None:
    window = at_meeting(open_desk, services={"screen_count": lambda: 2})
    meeting_of(window).show_hidden()
    settle()
    assert shows(window, HiddenView)

    rail_of(window).chosen.emit(HOME)
    press(window, Qt.Key.Key_Home, ALT)
    settle()
    assert shows(window, HiddenView)

    press(window, Qt.Key.Key_Left, ALT)
    settle()
    assert isinstance(frame(window), MeetingView)


def test_no_key_of_the_leaders_page_writes_something_in_the_meeting(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)
    # These do the same on both.
    back = {"Alt+Left", "F8"}

    meeting = frame(window)
    assert isinstance(meeting, MeetingView)
    written = {key for one in meeting.commands for key in one.keys} - back
    go_to_hidden(window)
    hidden = frame(window).findChild(HiddenView)
    assert isinstance(hidden, HiddenView)
    answered = {key for one in hidden.commands for key in one.keys} - back

    assert answered
    assert written.isdisjoint(answered)


def test_what_is_half_written_comes_back_whole_from_the_leaders_page(open_desk: OpenDesk) -> None:
    table = Table()
    window = at_meeting(open_desk, table)
    capture = meeting_of(window).capture
    capture.choose_kind(Kind.ACTION)
    capture.type("Skicka tider")
    capture.choose_responsible(table.room.seats[6].id)
    capture.type_due("4/12")
    capture.choose_category("leisure")
    meeting_of(window).beside.next_form.day = "14/1"

    go_to_hidden(window)
    settle()
    assert shows(window, HiddenView)
    go_to_meeting(window)
    settle()

    again = meeting_of(window)
    field = frame(window).findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == "Skicka tider"
    assert (again.capture.kind, again.capture.responsible, again.capture.due) == (
        Kind.ACTION,
        table.room.seats[6].id,
        "4/12",
    )
    assert again.capture.category == "leisure"
    assert again.beside.next_form.day == "14/1"


def test_own_words_are_not_a_note_after_the_leaders_page(open_desk: OpenDesk) -> None:
    table = Table()
    window = at_meeting(open_desk, table)
    meeting_of(window).capture.choose_kind(Kind.OWN_WORDS)
    meeting_of(window).capture.type("Jag vill boxas.")

    go_to_hidden(window)
    settle()
    go_to_meeting(window)
    meeting_of(window).capture.add()

    (written,) = table.asked
    assert isinstance(written, WriteEntry)
    assert written.kind is EntryKind.OWN_WORDS
    assert written.said_by is not None


def test_what_is_stored_while_the_leaders_page_is_shown_does_not_come_back(
    open_desk: OpenDesk,
) -> None:
    runner = HeldRunner()
    table = Table()
    stored: list[str] = []
    discarded: list[UUID] = []

    def store(draft: StoreDraft) -> Done[None]:
        stored.append(readable(draft.kind, draft.text))
        return Done(None)

    def discard(draft_id: UUID) -> Done[None]:
        discarded.append(draft_id)
        return Done(None)

    window = at_meeting(
        open_desk, table, runner=runner, drafts=draft_uses(store=store, discard=discard)
    )
    runner.work_off()
    meeting_of(window).capture.type("Skolan ringde.")
    meeting_of(window).capture.add()
    go_to_hidden(window)
    settle()

    runner.work_off()
    go_to_meeting(window)
    runner.work_off()

    assert len(table.asked) == 1
    assert (stored, len(discarded)) == (["Skolan ringde."], 1)
    assert meeting_of(window).capture.text == ""


def test_nothing_half_written_asks_a_vault_that_was_locked(open_desk: OpenDesk) -> None:
    window = at_meeting(open_desk)
    capture = meeting_of(window).capture
    gone: list[str] = []
    capture.destroyed.connect(lambda: gone.append("gone"))

    press(window, Qt.Key.Key_L, CONTROL)
    settle()

    assert gone == ["gone"]
