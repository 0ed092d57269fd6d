"""The shared screen of a meeting, from a key or a tick to the paint that follows it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

# Before Qt is imported: nothing here needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from tests.bench.clockwork import Figure, timed
from tests.conftest import make_template
from tests.endurance.program import appearance_in
from tests.people import (
    CATEGORIES,
    case_with_family,
    cells,
    organisation,
    paper,
    professional,
    running_meeting,
)
from tests.ui.plain import HeldRunner
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.domain.meeting import Presence
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.rooms import read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel

_TOLD = [one for one in CATEGORIES if one != "own_words"]
_TEXT = "Det som sades på mötet, med några ord till. " * 3


def figures(place: Path) -> Iterator[Figure]:
    """Yield the rows of the table."""
    application, appearance = appearance_in(place)
    vault = make_template(place).open()
    case = _Case(vault)
    given = Surroundings(
        now=vault.environment.now,
        state_folder=vault.environment.state_folder,
        settings_folder=place,
        suggested_folder=place,
    )
    services = bind_services(given, lambda _: None)
    runner = HeldRunner()
    window = MainWindow(services, appearance, runner)
    window.resize(1920, 1080)
    window.show()
    window.enter_desk(vault)
    for people, items in ((12, 60), (30, 500)):
        meeting_id = case.meeting(people=people, items=items)
        room = _Room(application, window, runner)
        room.go_to(case.family.case_id, meeting_id)
        yield from _rows(room, people=people, items=items)
    window.close()
    runner.work_off()
    vault.close()


class _Room:
    """The window, and what it takes until everything that was asked for is on the screen."""

    def __init__(self, application: QApplication, window: MainWindow, runner: HeldRunner) -> None:
        self._application = application
        self._runner = runner
        self.window = window

    @property
    def model(self) -> MeetingViewModel:
        """Return the meeting that is shown."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        assert isinstance(rooms.current, MeetingViewModel)
        return rooms.current

    @property
    def field(self) -> QTextEdit:
        """Return where one writes."""
        found = self.window.findChild(QTextEdit, "capture text")
        assert isinstance(found, QTextEdit)
        return found

    def go_to(self, case_id: UUID, meeting_id: UUID) -> None:
        """Show this meeting."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        rooms.meetings.go_to_meeting(case_id, meeting_id)
        self.settle()

    def say_that_nobody_else_sees_it(self) -> None:
        """Answer the question that stands before the leader's window."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        assert isinstance(rooms.current, AloneViewModel)
        rooms.current.nobody_looks_on()

    def leave_the_leaders_window(self) -> None:
        """Show the meeting again."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        assert isinstance(rooms.current, HiddenViewModel)
        rooms.current.go_back()

    def settle(self) -> None:
        """Store and read what was asked for, and paint it."""
        self._runner.work_off()
        # No event loop runs that would do it: pages that were left would go on reading.
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._application.processEvents()

    def paint(self) -> None:
        """Paint what has changed, and leave what is to be stored for later."""
        self._application.processEvents()

    def press(self, key: Qt.Key) -> None:
        """Press a key as the system would."""
        QTest.keyClick(self.window.windowHandle(), key)


def _rows(room: _Room, *, people: int, items: int) -> Iterator[Figure]:
    size = f"{people} people, {items} items"
    field: QWidget = room.field

    def write() -> None:
        QTest.keyClicks(field, "a")
        room.paint()

    yield timed(f"a key in the capture bar to its paint, {size}", write, times=61)
    room.model.capture.throw_away()
    room.settle()
    seat = room.model.room.seats[-1].id if room.model.room is not None else UUID(int=0)
    places = (Presence.OUTSIDE, Presence.HERE)

    def tick(number: list[int]) -> None:
        number[0] += 1
        room.model.set_presence(seat, places[number[0] % 2])
        room.settle()

    yield timed(
        f"a tick of presence to the recomputed screen, {size}", partial(tick, [0]), times=15
    )
    yield timed(f"the next item or back, {size}", _next_item(room), times=9, each=2)
    yield timed(f"the curtain, down or up, {size}", _curtain(room), times=15)
    if room.model.is_covered:
        # An odd number of times leaves it down, and nothing is opened behind it.
        room.model.toggle_curtain()
    yield timed(f"the leader's window and back, {size}", _behind(room), times=5)


def _next_item(room: _Room) -> Callable[[], None]:
    def go() -> None:
        for step in (1, -1):
            room.model.go_by(step)
            room.settle()

    return go


def _behind(room: _Room) -> Callable[[], None]:
    """Return what opens the leader's window, with all that is hidden, and leaves it again."""

    def look() -> None:
        room.model.show_hidden()
        room.settle()
        room.say_that_nobody_else_sees_it()
        room.settle()
        room.leave_the_leaders_window()
        room.settle()

    return look


def _curtain(room: _Room) -> Callable[[], None]:
    def draw() -> None:
        room.press(Qt.Key.Key_F9)
        room.paint()

    return draw


class _Case:
    """A case in which a consent opens everything between as many agencies as there are kinds."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self.family = case_with_family(vault)
        with vault.work() as work:
            kinds = [one.code for one in catalogue_of(vault, work).agencies]
        self._agencies = [organisation(vault, kind, f"Verksamhet {kind}") for kind in kinds]
        self._called = [
            professional(vault, self.family.case_id, one, f"Person {number}", "handläggare")
            for number, one in enumerate(self._agencies)
        ]
        allowed = cells((self.family.board, self.family.school, *self._agencies))
        answers = paper(self.family).answers
        given = tuple(replace(one, cells=allowed) for one in answers)
        record_consent(paper(self.family, answers=given), vault=vault)

    def meeting(self, *, people: int, items: int) -> UUID:
        """Return a running meeting of that size, where agency after agency has said something."""
        family, vault = self.family, self._vault
        seated = (*family.signers, family.karin, family.maria)
        called = self._called[: people - len(seated)]
        meeting_id = running_meeting(vault, family, *seated, *called)
        agenda = read_meeting(meeting_id, vault=vault).value.agenda
        for number in range(items):
            entry = WriteEntry(
                meeting_id=meeting_id,
                agenda_id=agenda[number % len(agenda)].id,
                kind=EntryKind.STATEMENT,
                text=f"{number} {_TEXT}",
                organisation_id=self._agencies[number % len(called)],
                category=_TOLD[number % len(_TOLD)],
            )
            write_entry(entry, vault=vault)
        return meeting_id
