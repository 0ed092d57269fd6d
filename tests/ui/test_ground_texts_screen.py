"""The texts of legal grounds: what waits for a lawyer, and how an administrator confirms one."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import CASE, TODAY
from tests.ui.desk_screens import AUDITOR, desk_frame
from tests.ui.desks import OpenDesk, frame, refusing, shows
from tests.ui.ground_texts_desk import GROUND, Shelf
from tests.ui.grounds_desk import Drawer, choose_care
from tests.ui.plain import HeldRunner, make_look
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoRightError,
    NotConfirmedError,
    TamperedError,
)
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.case_uses import ConsentUses, RuleUses
from trygga_desktop.ui.problems import Trouble, explain
from trygga_desktop.ui.screens.ground_texts.form import ConfirmField, ConfirmForm
from trygga_desktop.ui.screens.ground_texts.view import GroundTextsView
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel, TextsState
from trygga_desktop.ui.screens.grounds.view import GroundsView
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput

SWEDISH = load_language("sv")
MARK = SWEDISH.gettext("To be confirmed by a lawyer")


def opened(qtbot: QtBot, look: Look, shelf: Shelf) -> tuple[GroundTextsViewModel, GroundTextsView]:
    model = shelf.open()
    view = GroundTextsView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    return model, view


def said(view: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def press(view: QWidget, name: str) -> None:
    button = view.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()
    QApplication.processEvents()


def type_into(view: QWidget, name: str, text: str) -> None:
    field = view.findChild(TextInput, name)
    assert isinstance(field, TextInput)
    field.setText(text)
    field.textEdited.emit(text)


def state(model: GroundTextsViewModel) -> TextsState:
    return model.state


def trouble(model: GroundTextsViewModel) -> Trouble | None:
    return model.trouble


def form_of(model: GroundTextsViewModel) -> ConfirmForm | None:
    return model.form


def fill_in(view: QWidget) -> None:
    type_into(view, ConfirmField.BY, "Rut Åkesson, kommunjurist")
    type_into(view, ConfirmField.SOURCE, "SFS 2009:400, 26 kap. 1 §")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (ConfirmField.BY, " "),
        (ConfirmField.SOURCE, ""),
        (ConfirmField.ON, ""),
        (ConfirmField.ON, "i går"),
        (ConfirmField.ON, "2026-02-30"),
        (ConfirmField.ON, "2026-11-27"),
    ],
)
def test_nothing_is_confirmed_while_name_day_or_source_is_missing(
    qtbot: QtBot, look: Look, field: ConfirmField, text: str
) -> None:
    shelf = Shelf()
    model, view = opened(qtbot, look, shelf)
    press(view, f"confirm {GROUND}")
    fill_in(view)
    type_into(view, field, text)

    model.confirm()

    send = view.findChild(Button, "send")
    assert isinstance(send, Button)
    assert not send.isEnabled()
    assert shelf.told == []


def test_a_text_that_was_read_for_the_program_is_not_confirmed_again() -> None:
    model = Shelf().open(ground="school_duty")
    assert model.form is None


def test_a_confirmed_text_loses_its_mark_and_says_who_read_it(qtbot: QtBot, look: Look) -> None:
    shelf = Shelf()
    model, view = opened(qtbot, look, shelf)
    made: list[Changes] = []
    model.made.connect(made.append)
    marks = said(view).count(MARK)
    press(view, f"confirm {GROUND}")
    fill_in(view)
    type_into(view, ConfirmField.ON, "2026-11-20")
    press(view, "send")

    (command,) = shelf.told
    assert command.ground == GROUND
    assert (command.confirmed_by, command.confirmed_on, command.source) == (
        "Rut Åkesson, kommunjurist",
        date(2026, 11, 20),
        "SFS 2009:400, 26 kap. 1 §",
    )
    assert made == [Changes(settings=True)]
    assert form_of(model) is None
    told = said(view)
    assert told.count(MARK) == marks - 1
    assert "SFS 2009:400, 26 kap. 1 §" in told


def test_what_was_confirmed_before_stands_above_the_new_confirmation(
    qtbot: QtBot, look: Look
) -> None:
    _, view = opened(qtbot, look, Shelf())
    for source in ("SFS 2009:400", "SFS 2026:1"):
        press(view, f"confirm {GROUND}")
        fill_in(view)
        type_into(view, ConfirmField.SOURCE, source)
        press(view, "send")
    press(view, f"confirm {GROUND}")
    before = SWEDISH.gettext("Before: {text}").format(text="")
    assert any(
        line.startswith(before) and "SFS 2009:400" in line for line in said(view).split("\n")
    )


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_field_with_the_focus_is_in_view_when_the_form_opens_in_a_low_window(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    look = make_look(qapp, scale=scale)
    model = Shelf().open()
    view = GroundTextsView(model, look)
    whole = desk_frame(look, view, model, room="settings")
    qtbot.addWidget(whole)
    whole.resize(1366, 768)
    whole.show()
    whole.activateWindow()
    QApplication.processEvents()

    press(view, f"confirm {GROUND}")

    field = view.findChild(TextInput, ConfirmField.BY)
    assert isinstance(field, TextInput)
    assert field.hasFocus()
    assert field.visibleRegion().boundingRect() == field.rect()


@pytest.mark.parametrize("is_held", [True, False])
def test_after_confirming_the_focus_is_at_the_next_text_and_not_at_the_way_back(
    qtbot: QtBot, look: Look, *, is_held: bool
) -> None:
    shelf, runner = Shelf(), HeldRunner()
    model = shelf.open(runner if is_held else None)
    view = GroundTextsView(model, look)
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.activateWindow()
    runner.work_off()
    press(view, f"confirm {GROUND}")
    fill_in(view)
    send = view.findChild(Button, "send")
    assert isinstance(send, Button)
    send.setFocus()
    QTest.keyClick(send, Qt.Key.Key_Space)
    runner.work_off()
    QApplication.processEvents()

    assert [one.ground for one in shelf.told] == [GROUND]
    focus = QApplication.focusWidget()
    assert isinstance(focus, Button)
    assert focus.objectName().startswith("confirm ")
    assert focus.objectName() != f"confirm {GROUND}"


@pytest.mark.parametrize(
    ("field", "flaw"),
    [("confirmed_by", "length"), ("confirmed_source", "form"), ("confirmed_on", "future")],
)
def test_what_the_vault_refuses_is_told_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, look: Look, field: str, flaw: str
) -> None:
    model, view = opened(qtbot, look, Shelf(failure=InvalidInputError(field=field, flaw=flaw)))
    press(view, f"confirm {GROUND}")
    fill_in(view)
    press(view, "send")
    form = form_of(model)
    assert form is not None
    assert form.refused == {field: flaw}
    assert form.text_in(ConfirmField.BY) == "Rut Åkesson, kommunjurist"
    assert model.trouble is None


@pytest.mark.parametrize("error", [DiskFullError(), NoRightError(), TamperedError()])
def test_trouble_is_told_and_what_was_typed_stays(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    model, view = opened(qtbot, look, Shelf(failure=error))
    press(view, f"confirm {GROUND}")
    fill_in(view)
    press(view, "send")
    form = form_of(model)
    assert form is not None
    assert form.may_send
    assert model.trouble is not None
    assert explain(model.trouble, SWEDISH).title in said(view)


def test_a_change_that_is_stored_and_not_confirmed_ends_the_desk(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Shelf(failure=NotConfirmedError()))
    told: list[object] = []
    model.failed.connect(told.append)
    press(view, f"confirm {GROUND}")
    fill_in(view)
    press(view, "send")
    assert len(told) == 1


def test_rules_that_cannot_be_believed_are_told_and_can_be_tried_again(
    qtbot: QtBot, look: Look
) -> None:
    shelf = Shelf(read_failure=TamperedError())
    model, view = opened(qtbot, look, shelf)
    assert state(model) is TextsState.FAILED
    assert model.trouble is not None
    told = explain(model.trouble, SWEDISH).happened
    assert told in said(view)
    shelf.read_failure = None
    press(view, "try again")
    assert state(model) is TextsState.READY
    assert MARK in said(view)
    assert trouble(model) is None
    assert told not in said(view)


def test_a_slow_read_is_told_to_be_one(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    model = Shelf().open(runner)
    view = GroundTextsView(model, look)
    qtbot.addWidget(view)
    view.show()
    model.lose_patience()
    assert SWEDISH.gettext("The texts are being read.") in said(view)
    runner.work_off()
    assert state(model) is TextsState.READY


def test_others_changes_are_read_and_what_was_typed_stays(qtbot: QtBot, look: Look) -> None:
    shelf = Shelf()
    model, view = opened(qtbot, look, shelf)
    press(view, f"confirm {GROUND}")
    fill_in(view)
    reads = shelf.reads
    model.refresh(Changes(items=True))
    model.refresh(Changes(settings=True), source=model)
    assert shelf.reads == reads
    model.refresh(Changes(settings=True))
    assert shelf.reads == reads + 1
    field = view.findChild(TextInput, ConfirmField.BY)
    assert isinstance(field, TextInput)
    assert field.text() == "Rut Åkesson, kommunjurist"
    model.cancel()
    assert form_of(model) is None


def rules_of(shelf: Shelf) -> RuleUses:
    return refusing(
        RuleUses, arms=bytes, read_ground_texts=shelf.read, confirm_ground=shelf.confirm
    )


def test_who_is_no_administrator_finds_no_way_to_the_texts(open_desk: OpenDesk) -> None:
    window = open_desk(me=AUDITOR, rules=rules_of(Shelf()))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_settings()
    assert frame(window).findChild(Button, "grounds") is None


def test_an_administrator_comes_to_the_texts_from_the_settings_and_back(
    open_desk: OpenDesk,
) -> None:
    window = open_desk(rules=rules_of(Shelf()))
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_settings()
    press(frame(window), "grounds")
    assert shows(window, GroundTextsView)
    press(frame(window), "back")
    assert shows(window, PreferencesView)


def test_whoever_confirms_from_a_form_comes_back_to_it_as_it_was(open_desk: OpenDesk) -> None:
    drawer, shelf = Drawer(), Shelf()
    uses = refusing(
        ConsentUses,
        read_grounds=drawer.read,
        use_ground=drawer.use,
        change_terms=drawer.change_terms,
    )
    window = open_desk(
        consents=uses,
        rules=rules_of(shelf),
        store_draft=drawer.store,
        read_drafts=drawer.read_drafts,
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_grounds(CASE)
    model = rooms.current
    assert isinstance(model, GroundsViewModel)
    choose_care(model)
    model.choose_ground(GROUND)
    press(frame(window), "confirm text")
    assert shows(window, GroundTextsView)
    fill_in(frame(window))
    press(frame(window), "send")
    assert [one.ground for one in shelf.told] == [GROUND]
    assert shelf.told[0].confirmed_on == TODAY
    press(frame(window), "back")

    again = rooms.current
    assert shows(window, GroundsView)
    assert isinstance(again, GroundsViewModel)
    assert again.is_writing
    assert again.form.ground == GROUND
