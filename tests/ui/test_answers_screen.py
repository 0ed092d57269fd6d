"""Sheets typed in: nothing is lost, one sheet is recorded at a time, all by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import answers_desk
from tests.ui.accessibility import faults
from tests.ui.answers_desk import BOARD, ITEMS, SCHOOL, Inbox
from tests.ui.plain import HeldRunner
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.ui.screens.answers.form import AnswersForm
from trygga_desktop.ui.screens.answers.view import AnswersView
from trygga_desktop.ui.screens.answers.view_model import AnswersState, AnswersViewModel
from trygga_desktop.ui.shortcuts import install
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import TextArea


def opened(qtbot: QtBot, look: Look, model: AnswersViewModel) -> AnswersView:
    """Show the page in a window of its own, with its keys."""
    view = AnswersView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 900)
    view.show()
    install(view, view.commands)
    view.activateWindow()
    view.first_focus.setFocus()
    QApplication.processEvents()
    return view


def form_of(model: AnswersViewModel) -> AnswersForm:
    """Return the form of a meeting that was read."""
    assert model.form is not None
    return model.form


def words(view: QWidget) -> str:
    """Return all that stands on the page."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_a_meeting_that_is_not_ours_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    inbox = Inbox()
    inbox.failure = NoAccessError()
    model = inbox.open()
    view = opened(qtbot, look, model)

    assert model.state is AnswersState.FAILED
    assert "Exempelgymnasiet" not in words(view)
    assert view.findChildren(TextArea) == []


def test_a_sheet_with_nothing_on_it_is_not_recorded(qtbot: QtBot, look: Look) -> None:
    inbox = Inbox()
    model = inbox.open()
    view = opened(qtbot, look, model)
    form_of(model).type(form_of(model).lines[0].field, "  ")

    model.record()

    assert inbox.commands == []
    assert _("Type what stands on one line at least.", look) in words(view)


def test_nothing_is_written_once_the_protocol_is_sealed(qtbot: QtBot, look: Look) -> None:
    model = Inbox(answers_desk.TYPED, is_sealed=True).open()
    view = opened(qtbot, look, model)

    assert view.findChildren(TextArea) == []
    assert _("The protocol is sealed: nothing more is written at the meeting.", look) in words(view)


@pytest.mark.parametrize("error", [DiskFullError(), InvalidInputError(field="text", flaw="length")])
def test_a_refusal_is_told_and_nothing_is_lost(qtbot: QtBot, look: Look, error: Exception) -> None:
    inbox = Inbox()
    model = inbox.open()
    view = opened(qtbot, look, model)
    form = form_of(model)
    form.type(form.lines[0].field, "Matten går framåt.")
    inbox.refusal = error

    model.record()

    assert form.text_in(form.lines[0].field) == "Matten går framåt."
    told = words(view)
    assert (
        _("The disk is full", look) in told
        or _("This is too long. Write it shorter.", look) in told
    )
    inbox.refusal = None
    again = inbox.open()
    assert form_of(again).text_in(form.lines[0].field) == "Matten går framåt."


def test_what_is_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    inbox = Inbox()
    model = inbox.open()
    form_of(model).type(form_of(model).lines[0].field, "Matten")
    inbox.refusal = NotConfirmedError()

    with qtbot.waitSignal(model.failed, timeout=0):
        model.record()


def test_a_sheet_is_typed_and_recorded_by_keys_alone(qtbot: QtBot, look: Look) -> None:
    inbox = Inbox()
    model = inbox.open()
    view = opened(qtbot, look, model)

    QTest.keyClick(view.windowHandle(), Qt.Key.Key_F8)
    assert form_of(model).organisation_id == SCHOOL
    assert view.first_focus.hasFocus()
    QTest.keyClicks(view.first_focus, "Matten.")
    QTest.keyClick(view.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (command,) = inbox.commands
    assert command.organisation_id == SCHOOL
    news = next(one.id for one in ITEMS if one.code == "now_school")
    assert [(one.agenda_id, one.words, one.category) for one in command.answers] == [
        (news, "Matten.", "")
    ]
    assert "Exempelgymnasiet" in words(view)
    assert inbox.drafts.drafts == {}


def test_each_line_goes_to_its_item_and_the_first_four_to_the_one_that_was_chosen() -> None:
    inbox = Inbox()
    model = inbox.open()
    form = form_of(model)
    asked = next(one for one in form.lines if one.agenda_id is not None)
    form.type(asked.field, "Ja.")
    form.type(form.lines[1].field, "Nytt schema.")
    form.choose_item(ITEMS[-1].id)
    form.choose_category("schooling")

    model.record()

    (command,) = inbox.commands
    assert [(one.agenda_id, one.words, one.category) for one in command.answers] == [
        (ITEMS[-1].id, "Nytt schema.", "schooling"),
        (asked.agenda_id, "Ja.", ""),
    ]


def test_what_is_typed_of_another_sheet_stays_when_one_is_recorded() -> None:
    inbox = Inbox()
    model = inbox.open()
    form = form_of(model)
    board = form.lines[0].field
    form.type(board, "Vi har träffat Elias.")
    model.choose(SCHOOL)
    form.type(form.lines[0].field, "Matten.")

    model.record()

    assert [one.organisation_id for one in inbox.commands] == [SCHOOL]
    reopened = inbox.open()
    again = form_of(reopened)
    assert again.text_in(board) == "Vi har träffat Elias."
    again.choose_sheet(SCHOOL)
    assert again.text_in(again.lines[0].field) == ""


def test_what_is_typed_is_kept_and_what_is_thrown_away_lies_in_the_bin() -> None:
    inbox = Inbox()
    model = inbox.open()
    model.choose(SCHOOL)
    form = form_of(model)
    form.type(form.lines[2].field, "Läxhjälp från måndag.")
    form.choose_category("schooling")
    model.go_back()

    again = inbox.open()
    assert form_of(again).organisation_id == SCHOOL
    assert form_of(again).category == "schooling"
    again.throw_away()

    (thrown,) = inbox.drafts.drafts.values()
    assert thrown.thrown_at is not None
    assert form_of(inbox.open()).organisation_id == BOARD


def test_a_slow_meeting_is_told_to_be_opened(qtbot: QtBot, look: Look) -> None:
    model = Inbox().open(HeldRunner())
    view = opened(qtbot, look, model)

    model.lose_patience()

    assert _("The meeting is being opened.", look) in words(view)


@pytest.mark.parametrize("name", ["<b>Skolan</b>", "", "Ö" * 5_000])
def test_hostile_names_stay_text(qtbot: QtBot, look: Look, name: str) -> None:
    inbox = Inbox()
    inbox.names[SCHOOL] = name
    view = opened(qtbot, look, inbox.open())

    assert len(view.findChildren(TextArea)) > 3


def test_the_whole_page_has_no_faults(qtbot: QtBot, look: Look) -> None:
    for _name, build in answers_desk.SCREENS:
        frame = build(look)
        qtbot.addWidget(frame)
        frame.resize(1366, 768)
        frame.show()
        QApplication.processEvents()
        assert faults(frame) == []
