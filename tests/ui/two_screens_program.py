"""The program on two screens, as one would use it in a meeting; it prints what each of them shows.

In a process of its own: what screens there are is settled when Qt starts.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QTextEdit, QWidget

from tests.ui.desks import make_desk, settle
from tests.ui.hidden_desk import Back
from tests.ui.meeting_desk import MEETING, Table, meeting_room
from tests.ui.overheard import held_by, seen_of
from tests.ui.plain import make_services
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.paths import shipped
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.idle import IdleWatch
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screen_question import ScreenAnswer, ScreenQuestion
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.tasks import InlineRunner

TYPED = "Halvskrivet om skolan"


class Tried:
    """The window of the leader, what stands on each screen, and what came of it so far."""

    def __init__(self, place: Path) -> None:
        self.application = build_application(["trygga"], shipped("resources"))
        icons = shipped("resources") / "icons"
        appearance = Appearance(self.application, SettingsFile(place / "view.ini"), icons)
        appearance.choose_language("sv")
        self.table = Table(meeting_room(MeetingState.PLANNED))
        desk = make_desk(meetings=self.table.uses(read_leading=Back().read))
        self.locked: list[object] = []
        services = make_services(
            desk=lambda _: desk,
            screen_count=lambda: len(self.application.screens()),
            restart=self.locked.append,
        )
        self.window = MainWindow(services, appearance, InlineRunner())
        self.window.show()
        self.window.enter_desk(_no_vault())
        self.found: dict[str, object] = {}

    @property
    def audience(self) -> QWidget | None:
        """Return what stands on the second screen."""
        second = self.application.screens()[1].geometry()
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        return next((one for one in shown if second.contains(one.geometry())), None)

    @property
    def meeting(self) -> MeetingViewModel:
        """Return the meeting that the leader has before them."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        assert isinstance(rooms.current, MeetingViewModel)
        return rooms.current

    def note(self, name: str) -> None:
        """Keep what both screens show by now."""
        settle()
        audience = self.audience
        self.found[name] = {
            "leader": [text for _, text in seen_of(self.window)],
            "room": [] if audience is None else [text for _, text in seen_of(audience)],
            "held": [] if audience is None else [text for _, text in held_by(audience)],
            "is_open": audience is not None,
        }

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        """Press a key as the system would."""
        QTest.keyClick(self.window.windowHandle(), key, held)

    def move_window_to(self, place: int) -> None:
        """Move the leader's window to another screen, as with the mouse."""
        self.window.setGeometry(self.application.screens()[place].geometry())
        settle()

    def answer(self, answer: ScreenAnswer) -> None:
        """Answer what is asked when a screen comes."""
        settle()
        question = self.window.findChild(ScreenQuestion)
        assert isinstance(question, ScreenQuestion)
        question.chosen.emit(answer)


def _no_vault() -> OpenVault:
    """Return what stands for a vault: this desk asks nothing of it."""
    return object.__new__(OpenVault)


def hold_the_meeting(tried: Tried) -> None:
    """Go from the desk into the meeting, and cover it in both ways."""
    window, table = tried.window, tried.table
    rooms = window.desk_rooms
    assert rooms is not None
    tried.note("home")
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    tried.note("opening")
    table.room = meeting_room()
    tried.meeting.refresh(Changes(meetings=True))
    field = window.findChild(QTextEdit, "capture text")
    assert isinstance(field, QTextEdit)
    QTest.keyClicks(field, TYPED)
    tried.note("running")
    audience = tried.audience
    assert audience is not None
    tried.found["focusable"] = [
        type(one).__name__
        for one in audience.findChildren(QWidget)
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    tried.found["title"] = audience.windowTitle()
    tried.found["fills"] = audience.geometry() == tried.application.screens()[1].geometry()
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.note("curtain")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    tried.note("break")
    tried.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("emptied at the table")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("filled at the table")


def look_behind(tried: Tried) -> None:
    """Go to the leader's page and back, and move it onto the screen of the room."""
    window, table = tried.window, tried.table
    rooms = window.desk_rooms
    assert rooms is not None
    tried.meeting.show_hidden()
    tried.note("leader's page")
    tried.found["pace at the leader's page"] = rooms.pace().name
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.note("leader's page covered")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.note("leader's page again")
    watch = rooms.findChild(IdleWatch)
    assert isinstance(watch, IdleWatch)
    watch.curtain_wanted.emit()
    tried.note("leader's page left alone")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("emptied by key")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("filled by key")
    rooms.audience.close()
    # As the system does when a window is gone.
    window.activateWindow()
    rooms.follow_screens()
    tried.note("closed by hand")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("opened by key")
    toggle = window.findChild(QPushButton, "toggle room")
    assert isinstance(toggle, QPushButton)
    toggle.click()
    tried.note("emptied by button")
    toggle.click()
    freeze_the_screen(tried, toggle)
    tried.move_window_to(1)
    tried.note("leader's page on the shared screen")
    tried.move_window_to(0)
    lose_what_was_frozen(tried)
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    tried.note("lost and back at the table")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.meeting.show_hidden()
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    rooms.meetings.go_to_meeting(table.room.case_id, MEETING)
    tried.note("left empty all along")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)


def freeze_the_screen(tried: Tried, toggle: QPushButton) -> None:
    """Keep what the room sees while the meeting goes on, and have somebody come meanwhile."""
    window, table = tried.window, tried.table
    rooms = window.desk_rooms
    assert rooms is not None
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    # What was said stays where it was said; only the item is another one.
    before, after = meeting_room().agenda, meeting_room(now=5).agenda
    table.room = replace(
        meeting_room(),
        agenda=tuple(
            replace(then, entries=now.entries) for now, then in zip(before, after, strict=True)
        ),
    )
    rooms.audience.model.refresh(Changes(meetings=True))
    tried.note("frozen")
    freeze = window.findChild(QPushButton, "freeze room")
    assert isinstance(freeze, QPushButton)
    freeze.click()
    tried.note("changed meanwhile")
    freeze.click()
    rooms.audience.model.take_away()
    tried.note("frozen while somebody comes")
    rooms.audience.model.refresh(Changes(meetings=True))
    tried.note("frozen and somebody has come")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    tried.note("shown to whoever came")
    lose_what_was_frozen(tried)
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    tried.note("lost and shown by the key of freezing")
    lose_what_was_frozen(tried)
    freeze.click()
    tried.note("lost and shown by button")
    lose_what_was_frozen(tried)
    tried.found["buttons where it was lost"] = [
        one.objectName() for one in (toggle, freeze) if one.isVisible()
    ]
    # Read anew it is no more than this room may see, by whichever way it is shown.
    rooms.audience.model.take_away()
    freeze.click()
    tried.note("lost and shown before it was read")
    rooms.audience.model.refresh(Changes(meetings=True))


def lose_what_was_frozen(tried: Tried) -> None:
    """Freeze what the room sees, and take it away while it is."""
    rooms = tried.window.desk_rooms
    assert rooms is not None
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.ControlModifier)
    rooms.audience.model.take_away()
    rooms.audience.model.refresh(Changes(meetings=True))


def plug_and_unplug(tried: Tried) -> None:
    """Have the screen come and go, and answer what is asked."""
    window, projector = tried.window, tried.application.screens()[1]
    rooms = window.desk_rooms
    assert rooms is not None
    window.screen_added(projector)
    tried.note("asked")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    tried.note("still asked")
    tried.answer(ScreenAnswer.LEAVE_EMPTY)
    tried.note("left empty")
    window.screen_added(projector)
    tried.answer(ScreenAnswer.SHOW_MEETING)
    tried.note("shown")
    window.screen_removed(projector)
    tried.note("unplugged")
    tried.press(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    rooms.audience.show_on(projector, is_empty=False)
    tried.meeting.go_back()
    tried.note("left")
    window.screen_added(projector)
    tried.note("asked at home")
    tried.answer(ScreenAnswer.LOCK)
    tried.found["locked"] = len(tried.locked)


if __name__ == "__main__":
    found = Tried(Path(sys.argv[1]))
    hold_the_meeting(found)
    look_behind(found)
    plug_and_unplug(found)
    sys.stdout.write(json.dumps(found.found))
    sys.stdout.flush()
