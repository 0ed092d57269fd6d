"""The stage of a case and its hours stand on its overview, and change there with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.case_desk import acute_overview, make_case_model
from tests.ui.overviews import make_overview
from tests.ui.plain import NOW
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.domain.lane import ACUTE, LaneClock
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.screens.case.stage import MOST_WORDS, StageMissing
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.stage_words import clock_line, stage_label
from trygga_desktop.ui.theme.look import Look

HOUR = timedelta(hours=1)
SWEDISH = load_language("sv")


def button(view: QWidget, name: str) -> QPushButton:
    """Return a button of the screen by its name."""
    found = view.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def seen(view: QWidget) -> set[str]:
    """Return what can be read on the screen."""
    return {one.text() for one in view.findChildren(QLabel) if one.isVisible()}


def refusing(error: Exception) -> Any:
    def refuse(_: Any) -> Done[None]:
        raise error

    return refuse


def keeping(asked: list[Any]) -> Any:
    def keep(command: Any) -> Done[None]:
        asked.append(command)
        return Done(None, Changes(cases=True))

    return keep


def test_what_could_not_be_stored_stays_where_it_was_typed() -> None:
    model = make_case_model(overview=acute_overview(), change_stage=refusing(DiskFullError()))
    model.stage.open()
    model.stage.choose("stabilising")
    model.stage.type_words("Har en lägenhet.")
    model.stage.go_on()
    assert model.stage.trouble is not None
    assert (model.stage.is_open, model.stage.words) == (True, "Har en lägenhet.")


def test_what_was_stored_and_not_confirmed_is_told_elsewhere(qtbot: QtBot) -> None:
    model = make_case_model(overview=acute_overview(), record_contact=refusing(NotConfirmedError()))
    with qtbot.waitSignal(model.failed):
        model.stage.record_contact()


def test_nothing_goes_on_without_a_stage_and_a_reason(qtbot: QtBot, look: Look) -> None:
    asked: list[Any] = []
    model = make_case_model(
        overview=acute_overview(),
        change_stage=keeping(asked),
    )
    view = CaseView(model, look)
    qtbot.addWidget(view)
    store = button(view, "store stage")
    model.stage.open()
    said = [model.stage.missing]
    model.stage.choose("stabilising")
    said.append(model.stage.missing)
    model.stage.type_words("x" * (MOST_WORDS + 1))
    said.append(model.stage.missing)
    model.stage.go_on()
    assert said == [StageMissing.STAGE, StageMissing.WORDS, StageMissing.LENGTH]
    assert (asked, store.isEnabled()) == ([], False)

    field = view.findChild(QTextEdit, "stage words")
    assert isinstance(field, QTextEdit)
    field.setPlainText("  Har en lägenhet. ")
    store.click()

    assert [(one.stage, one.words) for one in asked] == [("stabilising", "Har en lägenhet.")]
    assert not model.stage.is_open


def test_the_only_stage_there_is_is_chosen_at_once() -> None:
    model = make_case_model(overview=make_overview(stage_ways=(ACUTE,)))
    model.stage.open()
    assert model.stage.stage == ACUTE


def test_a_case_of_a_programme_without_stages_shows_no_card(qtbot: QtBot, look: Look) -> None:
    view = CaseView(make_case_model(), look)
    qtbot.addWidget(view)
    view.show()
    assert not button(view, "change stage").isVisible()


def test_the_first_contact_is_recorded_with_one_press_while_nobody_met(
    qtbot: QtBot, look: Look
) -> None:
    asked: list[Any] = []
    model = make_case_model(
        overview=acute_overview(),
        record_contact=keeping(asked),
    )
    view = CaseView(model, look)
    qtbot.addWidget(view)
    button(view, "first contact").click()
    assert [one.met_at for one in asked] == [None]
    clock = LaneClock(since=NOW - HOUR, until=NOW + HOUR, met_at=NOW)
    assert not make_case_model(overview=acute_overview(clock=clock)).stage.may_record_contact


def test_a_first_contact_that_could_not_be_stored_is_told_beside_its_button(
    qtbot: QtBot, look: Look
) -> None:
    model = make_case_model(overview=acute_overview(), record_contact=refusing(DiskFullError()))
    view = CaseView(model, look)
    qtbot.addWidget(view)
    view.show()
    before = seen(view)
    button(view, "first contact").click()
    assert model.stage.trouble is not None
    qtbot.waitUntil(lambda: bool(seen(view) - before))


@pytest.mark.parametrize(
    ("left", "met", "said"),
    [
        (19 * HOUR + timedelta(minutes=59), False, "19 timmar kvar."),
        (timedelta(minutes=59), False, "Mindre än en timme kvar."),
        (-timedelta(minutes=1), False, "Tiden har gått ut."),
        (-3 * HOUR, False, "Mer än 3 timmar för sent."),
        (-3 * HOUR, True, "Första kontakt"),
    ],
)
def test_the_hours_are_told_in_words(left: timedelta, met: bool, said: str) -> None:
    clock = LaneClock(since=NOW - 5 * HOUR, until=NOW + left, met_at=NOW if met else None)
    assert clock_line(clock, NOW, SWEDISH).startswith(said)


def test_a_stage_is_called_what_the_programme_calls_it() -> None:
    programme = acute_overview().programme
    assert [stage_label(one, programme, SWEDISH) for one in (ACUTE, "independence", "")] == [
        "Akut",
        "Egen väg",
        "Ordinarie takt",
    ]
    assert stage_label(ACUTE, None, SWEDISH) == "Akut skede"
