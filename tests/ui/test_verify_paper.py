"""A protocol is found from paper alone, by the control code that stands on each of its pages."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.services.sealing_desk import held_meeting, sealed_of
from tests.ui.desks import settle
from tests.ui.plain import HeldRunner
from tests.ui.verify_desk import CODE, FOUND, Cabinet, looked_up
from trygga_desktop.app import make_verifier
from trygga_desktop.binding import bind_desk
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.sealed_files import FoundProtocol
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.verify.paper import PaperModel, PaperState
from trygga_desktop.ui.screens.verify.view import VerifyView
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


def paper_of(model: VerifyViewModel) -> PaperModel:
    assert model.paper is not None
    return model.paper


def shown(qtbot: QtBot, look: Look, model: VerifyViewModel) -> VerifyView:
    view = VerifyView(model, look)
    qtbot.addWidget(view)
    view.show()
    settle()
    return view


def said(view: QWidget) -> str:
    return " ".join(one.text() for one in view.findChildren(PlainLabel) if one.isVisibleTo(view))


def show_button(view: QWidget) -> Button | None:
    found = view.findChild(Button, "show what was found")
    return found if isinstance(found, Button) else None


def test_before_a_vault_is_open_no_code_is_asked_for(qtbot: QtBot, look: Look) -> None:
    view = shown(qtbot, look, VerifyViewModel(make_verifier()))

    assert view.findChild(TextInput, "control code") is None


@pytest.mark.parametrize(
    ("code", "state"),
    [("", PaperState.NOTHING), ("T9VZ", PaperState.UNREADABLE), (CODE, PaperState.UNKNOWN)],
)
def test_what_stands_for_nothing_shows_nothing(
    qtbot: QtBot, look: Look, code: str, state: PaperState
) -> None:
    model = looked_up(Cabinet({}), code)
    view = shown(qtbot, look, model)

    assert paper_of(model).state is state
    assert paper_of(model).found is None
    assert show_button(view) is None


def test_a_stored_file_that_is_another_is_told_before_it_is_looked_at(
    qtbot: QtBot, look: Look
) -> None:
    model = looked_up(Cabinet({CODE: replace(FOUND, is_same=False)}), CODE)
    view = shown(qtbot, look, model)

    text = "What is stored is not what was sealed. Do not hand it out."
    assert look.language.gettext(text) in said(view)


def test_a_code_is_typed_and_the_protocol_it_stands_for_is_shown(qtbot: QtBot, look: Look) -> None:
    cabinet = Cabinet()
    model = cabinet.model()
    view = shown(qtbot, look, model)
    wanted: list[FoundProtocol] = []
    paper_of(model).protocol_wanted.connect(wanted.append)
    field = view.findChild(TextInput, "control code")
    assert isinstance(field, TextInput)

    QTest.keyClicks(field, CODE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()

    assert "DEMO-2026-001" in said(view)
    button = show_button(view)
    assert button is not None
    button.click()
    assert wanted == [FOUND]
    assert cabinet.asked == [CODE]


def test_the_code_of_an_excerpt_tells_whose_it_is_and_leads_to_the_excerpts(
    qtbot: QtBot, look: Look
) -> None:
    excerpt = replace(FOUND, kind=None, recipient="<b>Exempelgymnasiet", copy=2)
    view = shown(qtbot, look, looked_up(Cabinet({CODE: excerpt}), CODE))

    assert "<b>Exempelgymnasiet" in said(view)
    button = show_button(view)
    assert button is not None
    assert button.text() == look.language.gettext("Show the excerpts")


def test_the_code_of_a_plan_leads_to_the_plan_and_not_to_a_protocol(
    qtbot: QtBot, look: Look
) -> None:
    plan = replace(FOUND, kind=ProtocolKind.PLAN_ROOM)
    button = show_button(shown(qtbot, look, looked_up(Cabinet({CODE: plan}), CODE)))

    assert button is not None
    assert button.text() == look.language.gettext("Show the plan")


def test_another_code_takes_away_what_the_first_one_stood_for(qtbot: QtBot, look: Look) -> None:
    model = looked_up(Cabinet(), CODE)
    view = shown(qtbot, look, model)

    paper_of(model).type("T9VZ-BQFY")

    assert paper_of(model).state is PaperState.NOTHING
    assert show_button(view) is None


def test_an_answer_that_comes_after_another_code_was_typed_is_not_shown() -> None:
    runner = HeldRunner()
    model = Cabinet().model(runner)
    paper_of(model).type(CODE)
    paper_of(model).look()
    paper_of(model).type("T9VZ")
    runner.work_off()

    assert paper_of(model).found is None


def test_a_disk_that_is_full_is_told_and_nothing_is_shown(qtbot: QtBot, look: Look) -> None:
    model = looked_up(Cabinet(failure=DiskFullError()), CODE)
    view = shown(qtbot, look, model)

    assert paper_of(model).state is PaperState.FAILED
    assert paper_of(model).trouble is not None
    assert show_button(view) is None


def test_what_is_stored_and_not_confirmed_ends_the_desk(qtbot: QtBot) -> None:
    model = Cabinet(failure=NotConfirmedError()).model()
    paper_of(model).type(CODE)

    with qtbot.waitSignal(model.failed):
        paper_of(model).look()


def test_the_code_of_a_real_protocol_finds_it_and_is_in_the_log(vault: OpenVault) -> None:
    held = held_meeting(vault)
    sealed = sealed_of(vault, held).protocol
    find = bind_desk(vault).meetings.sealing.find_by_code
    model = PaperModel(find_by_code=find, runner=InlineRunner())

    model.type(sealed.control_code.replace("-", " ").lower())
    model.look()

    assert model.found is not None
    assert model.found.protocol_id == sealed.id
    assert model.found.is_same
    with vault.work() as work:
        newest = max(work.audit.entries(), key=lambda one: one.sequence)
    assert (newest.action, newest.subject_id) == (Action.CODE_LOOKED_UP, sealed.id)
