"""The problem screen shows the safest way, and the report before it is copied."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.plain import make_look
from trygga_desktop.domain import errors
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.screens.problem.view_model import Exit, ProblemViewModel, WayOn
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel


def make(taken: list[WayOn], *ways: WayOn) -> ProblemViewModel:
    """Return the screen of an older file with these ways on."""
    exits = [Exit(way, lambda way=way: taken.append(way)) for way in ways]  # type: ignore[misc]
    return ProblemViewModel(read_error(errors.OlderThanConfirmedError(3)), exits)


def show(qtbot: QtBot, look: Look, model: ProblemViewModel) -> ProblemView:
    """Return the shown screen."""
    view = ProblemView(model, look)
    qtbot.addWidget(view)
    view.show()
    return view


def test_the_safest_way_has_the_focus_and_comes_last(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make([], WayOn.CHOOSE_VAULT, WayOn.GO_ON))

    texts = [button.text() for button in view.findChildren(Button)]

    assert isinstance(view.first_focus, Button)
    assert view.first_focus.text() == "Välj ett annat valv"
    assert texts.index("Fortsätt med den här filen") < texts.index("Välj ett annat valv")


@pytest.mark.parametrize("way", WayOn)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_way_leads_where_it_says(
    qtbot: QtBot, qapp: QApplication, way: WayOn, language: str
) -> None:
    taken: list[WayOn] = []
    view = show(qtbot, make_look(qapp, language=language), make(taken, way))

    assert isinstance(view.first_focus, Button)
    view.first_focus.click()

    assert taken == [way]
    assert view.first_focus.text()


def test_the_three_parts_and_the_code_are_there(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make([], WayOn.CHOOSE_VAULT))

    texts = [label.text() for label in view.findChildren(PlainLabel)]

    for part in ("Vad har hänt", "Det här är säkert", "Gör så här", "Felkod E-04"):
        assert part in texts
    assert any("3 sparade ändringar" in text for text in texts)


def test_the_report_is_shown_before_it_can_be_copied(qtbot: QtBot, look: Look) -> None:
    model = make([], WayOn.CHOOSE_VAULT)
    view = show(qtbot, look, model)
    copy = next(one for one in view.findChildren(Button) if one.text() == "Kopiera")
    assert not copy.isVisible()

    next(one for one in view.findChildren(Button) if one.text() == "Visa felrapporten").click()
    assert copy.isVisible()
    report = view.findChild(TextArea)
    assert isinstance(report, TextArea)
    assert report.toPlainText() == model.trouble.report
    copy.click()

    assert QGuiApplication.clipboard().text() == model.trouble.report
