"""What the form for a new case tells, is about whom it is about and stands where one looks."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import RIGHT, SIMILAR
from tests.ui.desks import settle
from tests.ui.new_case_desk import make_form_model
from tests.ui.plain import HeldRunner, make_look
from trygga_desktop.domain.errors import DiskFullError
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.page import Page, bring_into_view
from trygga_desktop.ui.widgets.trouble_banner import words_of


def held_model() -> tuple[NewCaseViewModel, HeldRunner]:
    """Return a form whose vault is slow, and who keeps it waiting."""
    runner = HeldRunner()
    return make_form_model(similar=[SIMILAR], runner=runner), runner


def fill(model: NewCaseViewModel) -> None:
    """Type a person whose number is right."""
    for field, text in RIGHT.items():
        model.type(field, text)
        model.leave_field(field)


def button(view: QWidget, name: str) -> Button:
    """Return the button of this name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def test_a_warning_goes_with_the_person_it_was_about() -> None:
    model = make_form_model(RIGHT, similar=[SIMILAR])
    told = [model.similar]

    model.say_no_number(has_none=True)
    told.append(model.similar)
    model.type(FormField.GIVEN_NAME, "Annan")
    told.append(model.similar)

    assert told == [(SIMILAR,), (), ()]


def test_a_late_answer_about_someone_else_warns_of_nobody() -> None:
    model, runner = held_model()
    model.type(FormField.NUMBER, RIGHT[FormField.NUMBER])

    model.type(FormField.NUMBER, "2009")
    runner.work_off()

    assert model.similar == ()


@pytest.mark.parametrize("error", [DiskFullError(), None])
def test_what_is_told_above_comes_into_view_from_below(
    qtbot: QtBot, qapp: QApplication, error: Exception | None
) -> None:
    model = make_form_model(RIGHT, error=error)
    model.leave()
    page = Page(NewCaseView(model, make_look(qapp, scale=1.5)))
    qtbot.addWidget(page)
    page.resize(1200, 500)
    page.show()
    below = button(page, "discard" if error is None else "open the case")
    below.setFocus()
    bring_into_view(below)
    settle()

    below.click()
    settle()

    told = page.findChild(QWidget, "banner")
    assert isinstance(told, QWidget)
    top = told.mapTo(page.viewport(), QPoint(0, 0)).y()
    assert 0 <= top <= page.viewport().height() - told.height()
    if error is None:
        assert focus_in(page) is button(page, "keep")
    else:
        assert "E-08" in words_of(told)


def test_the_button_keeps_the_focus_while_the_case_is_opened(qtbot: QtBot, look: Look) -> None:
    model, runner = held_model()
    fill(model)
    view = NewCaseView(model, look)
    qtbot.addWidget(view)
    view.show()
    runner.work_off()
    open_it = button(view, "open the case")
    open_it.setFocus()

    open_it.click()
    waiting = len(runner.waiting)
    open_it.click()

    assert focus_in(view) is open_it
    assert len(runner.waiting) == waiting
