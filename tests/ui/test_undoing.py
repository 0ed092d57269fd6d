"""What was typed can be undone and done again, whatever keeps it meanwhile."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.case_desk import make_case_model
from tests.ui.desks import OpenDesk, command, refusing, settle
from tests.ui.meetings_desk import CASE, case_meetings
from tests.ui.new_meeting_desk import HELD
from tests.ui.people_desk import People
from tests.ui.plain import DraftBox, in_bin
from trygga_desktop.domain.meeting import Function
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.case_uses import MeetingUses
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.people.form import PeopleField
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.floating_bar import FloatingBar
from trygga_desktop.ui.widgets.inputs import TextArea, TextInput

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def text_of(editor: QLineEdit | QTextEdit) -> str:
    """Return what stands in an editor."""
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def undo(editor: QLineEdit | QTextEdit) -> str:
    """Undo by key, and return what stands there then."""
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL)
    return text_of(editor)


def redo(editor: QLineEdit | QTextEdit) -> str:
    """Do again by key, and return what stands there then."""
    QTest.keyClick(editor, Qt.Key.Key_Z, CTRL_SHIFT)
    return text_of(editor)


@pytest.mark.parametrize("kind", [TextInput, TextArea])
def test_every_editor_undoes_and_does_again(
    qtbot: QtBot, look: Look, kind: type[TextInput] | type[TextArea]
) -> None:
    editor = kind(look)
    qtbot.addWidget(editor)
    editor.show()
    QTest.keyClicks(editor, "text")

    assert undo(editor) == ""
    assert redo(editor) == "text"


def test_storing_a_draft_leaves_what_can_be_undone(qtbot: QtBot, look: Look) -> None:
    model = make_case_model()
    view = CaseView(model, look)
    qtbot.addWidget(view)
    view.show()
    note = view.findChild(QTextEdit, "note")
    assert isinstance(note, QTextEdit)
    QTest.keyClicks(note, "Skolan")
    model.leave()

    assert undo(note) == model.note == ""
    assert redo(note) == model.note == "Skolan"


def test_what_is_undone_after_a_draft_was_given_back_is_what_was_typed_since(
    qtbot: QtBot, look: Look
) -> None:
    box = DraftBox()
    first = make_case_model(drafts=box.uses)
    first.type_note("Skolan ringde.")
    first.leave()
    view = CaseView(make_case_model(drafts=box.uses), look)
    qtbot.addWidget(view)
    view.show()
    note = view.findChild(QTextEdit, "note")
    assert isinstance(note, QTextEdit)
    note.moveCursor(note.textCursor().MoveOperation.End)
    QTest.keyClicks(note, "igen")

    assert undo(note) == "Skolan ringde."
    assert undo(note) == "Skolan ringde."
    assert redo(note) == "Skolan ringde.igen"


def test_a_field_of_a_form_undoes_while_its_form_is_kept(qtbot: QtBot, look: Look) -> None:
    model = People().open()
    view = PeopleView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.begin_relative()
    name = view.findChild(QLineEdit, PeopleField.GIVEN_NAME)
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "Asa")
    model.leave()

    assert undo(name) == ""
    assert redo(name) == "Asa"
    assert model.form is not None
    assert model.form.text_in(PeopleField.GIVEN_NAME) == "Asa"


def removed_guest(open_desk: OpenDesk, **desk: Any) -> tuple[MainWindow, NewMeetingViewModel]:
    """Show the form for a meeting in which a guest was just taken away."""
    uses = refusing(MeetingUses, read_meetings=lambda _: Done(case_meetings(HELD)))
    window = open_desk(meetings=uses, **desk)
    assert window.desk_rooms is not None
    window.desk_rooms.cases.go_to_new_meeting(CASE)
    model = window.desk_rooms.current
    assert isinstance(model, NewMeetingViewModel)
    model.add_guest(Function.INTERPRETER, "Amina")
    model.remove_guest(0)
    return window, model


def test_what_was_removed_from_a_form_is_put_back_by_key_and_named_to_nobody(
    open_desk: OpenDesk,
) -> None:
    window, model = removed_guest(open_desk)
    bar = window.findChild(FloatingBar)
    assert isinstance(bar, FloatingBar)
    told = bar.words.text()

    command(window, "Ctrl+Shift+U").trigger()
    settle()

    assert [one.name for one in model.form.guests] == ["Amina"]
    assert told == "Borttaget."
    assert window.findChild(FloatingBar) is None


def test_what_was_removed_from_a_form_lies_in_the_bin_when_it_is_not_put_back(
    open_desk: OpenDesk,
) -> None:
    box = DraftBox()
    window, model = removed_guest(open_desk, drafts=box.uses)
    assert in_bin(box) == ["Amina"]

    command(window, "Ctrl+Shift+U").trigger()
    settle()

    assert [one.name for one in model.form.guests] == ["Amina"]
    assert in_bin(box) == []


def test_what_was_removed_is_not_put_back_into_a_form_that_was_left(open_desk: OpenDesk) -> None:
    window, model = removed_guest(open_desk)
    assert window.desk_rooms is not None

    window.desk_rooms.go_home()
    window.desk_rooms.drafts.undo()
    settle()

    assert model.form.guests == ()
    assert window.findChild(FloatingBar) is None


def test_after_ten_seconds_what_was_removed_is_offered_no_more(open_desk: OpenDesk) -> None:
    window, model = removed_guest(open_desk)
    assert window.desk_rooms is not None

    window.desk_rooms.drafts.forget_thrown()
    window.desk_rooms.drafts.undo()

    assert model.form.guests == ()
    assert not window.desk_rooms.drafts.can_undo
