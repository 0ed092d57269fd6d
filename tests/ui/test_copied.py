"""What was copied from a page for one's own eyes is gone before everyone sees the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from tests.people import Family, running_meeting, signed_case
from tests.ui.overheard import copied
from tests.ui.plain import HeldRunner
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.alone.view_model import AloneViewModel
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel

OWN = "Min egen anteckning"


class Program:
    """The program with a vault and a meeting, at its page for the leader's eyes alone."""

    def __init__(self, vault: OpenVault, place: Path, appearance: Appearance) -> None:
        given = Surroundings(
            now=vault.environment.now,
            state_folder=vault.environment.state_folder,
            settings_folder=place,
            suggested_folder=place,
        )
        self._runner = HeldRunner()
        self.window = MainWindow(bind_services(given, lambda _: None), appearance, self._runner)
        self.window.show()
        self.window.enter_desk(vault)
        self.settle()
        self.family: Family = signed_case(vault)
        self.meeting_id = running_meeting(vault, self.family)

    def settle(self) -> None:
        """Do all that waits."""
        self._runner.work_off()
        self.window.activateWindow()
        QApplication.processEvents()

    def go_to_meeting(self) -> None:
        """Show the screen of everyone."""
        assert self.window.desk_rooms is not None
        self.window.desk_rooms.meetings.go_to_meeting(self.family.case_id, self.meeting_id)
        self.settle()

    def go_behind(self) -> HiddenViewModel:
        """Go to the leader's page, where nobody else looks on."""
        rooms = self.window.desk_rooms
        assert rooms is not None
        meeting = rooms.current
        assert isinstance(meeting, MeetingViewModel)
        meeting.show_hidden()
        self.settle()
        asking: object = rooms.current
        assert isinstance(asking, AloneViewModel | HiddenViewModel)
        asking.nobody_looks_on()
        self.settle()
        hidden: object = rooms.current
        assert isinstance(hidden, HiddenViewModel)
        return hidden

    def field(self, name: str) -> QTextEdit:
        """Return what is typed in."""
        found = self.window.findChild(QTextEdit, name)
        assert isinstance(found, QTextEdit)
        return found

    def copy(self, name: str) -> None:
        """Copy all that is typed there."""
        self.field(name).setFocus()
        self.field(name).selectAll()
        QTest.keyClick(self.field(name), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def program(
    vault: OpenVault, tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> Iterator[Program]:
    """The program, with the clipboard empty before and after."""
    QApplication.clipboard().clear()
    made = Program(vault, tmp_path, appearance)
    qtbot.addWidget(made.window)
    yield made
    made.window.close()
    made.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.clipboard().clear()


def test_an_own_note_that_was_copied_cannot_be_pasted_where_everyone_sees_it(
    program: Program,
) -> None:
    program.go_to_meeting()
    hidden = program.go_behind()
    program.field("note").setPlainText(OWN)
    program.copy("note")
    assert OWN in [text for _, text in copied()]

    hidden.go_back()
    program.settle()
    field = program.field("capture text")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert OWN not in [text for _, text in copied()]
    assert field.toPlainText() == ""


def test_what_was_copied_before_the_meeting_is_gone_once_it_is_shown(program: Program) -> None:
    QApplication.clipboard().setText(OWN)

    program.go_to_meeting()

    assert OWN not in [text for _, text in copied()]


def test_what_lay_there_when_the_program_began_is_gone_too(
    vault: OpenVault, tmp_path: Path, appearance: Appearance, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText(OWN)
    program = Program(vault, tmp_path, appearance)
    qtbot.addWidget(program.window)

    program.go_to_meeting()

    assert OWN not in [text for _, text in copied()]


def test_what_another_program_copied_meanwhile_can_be_pasted_in_the_meeting(
    program: Program,
) -> None:
    other = QTextEdit()
    other.show()
    other.activateWindow()
    QApplication.processEvents()
    # No window of ours has the keys once this is gone: another program has.
    other.close()
    QApplication.processEvents()
    assert QApplication.focusWindow() is None
    QApplication.clipboard().setText("ur ett mejl")

    program.go_to_meeting()
    field = program.field("capture text")
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert field.toPlainText() == "ur ett mejl"
