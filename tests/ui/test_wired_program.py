"""The program as `app.py` wires it: real use cases and a real vault behind the real window."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.widgets.labels import PlainLabel

T = TypeVar("T")
Enter = Callable[[OpenVault], MainWindow]


@pytest.fixture
def restarted() -> list[Path | None]:
    """The vaults at whose unlock screen the program was to start again."""
    return []


@pytest.fixture
def enter(
    qtbot: QtBot, appearance: Appearance, restarted: list[Path | None], tmp_path: Path
) -> Enter:
    """Show the window of the wired program on a vault that is open."""

    def enter_it(vault: OpenVault) -> MainWindow:
        given = Surroundings(
            now=vault.environment.now,
            state_folder=vault.environment.state_folder,
            settings_folder=tmp_path,
            suggested_folder=tmp_path,
        )
        services = bind_services(given, restarted.append)
        window = MainWindow(services, appearance, InlineRunner())
        qtbot.addWidget(window)
        window.show()
        window.enter_desk(vault)
        return window

    return enter_it


def test_a_place_that_the_system_does_not_answer_about_keeps_nobody_from_the_start(
    vault: OpenVault, tmp_path: Path, restarted: list[Path | None]
) -> None:
    """A drive that fails, or a folder that one may not enter, is among those opened before."""
    given = Surroundings(
        now=vault.environment.now,
        state_folder=vault.environment.state_folder,
        settings_folder=tmp_path,
        suggested_folder=tmp_path,
    )
    asked = bind_services(given, restarted.append).is_there
    # The system answers this one with an error too, whoever asks.
    refused = tmp_path / ("x" * 300) / "X.trygga"

    known = StartViewModel([refused, tmp_path], is_there=asked).known

    assert [one.folder for one in known] == [refused, tmp_path]
    assert known[1].is_there


def current(window: MainWindow, kind: type[T]) -> T:
    """Return the view model of the screen that is shown."""
    rooms = window.desk_rooms
    assert rooms is not None
    assert isinstance(rooms.current, kind)
    return rooms.current


def words_of(window: MainWindow, view: type[QWidget]) -> str:
    """Return everything that labels say on this screen."""
    shown = window.centralWidget()
    assert shown is not None
    found = shown.findChild(view)
    assert isinstance(found, view)
    return " · ".join(label.text() for label in found.findChildren(PlainLabel))


def listed(window: MainWindow) -> str:
    """Return everything that the case list says, read aloud included."""
    table = current(window, HomeViewModel).table
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return " · ".join(
        str(table.index(row, column).data(role))
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        for role in roles
    )


def test_a_published_test_number_is_warned_of(enter: Enter, vault: OpenVault) -> None:
    window = enter(vault)
    assert window.desk_rooms is not None
    window.desk_rooms.go_to_new_case()
    form = current(window, NewCaseViewModel)

    form.type(FormField.NUMBER, "20090514-2394")
    form.leave_field(FormField.NUMBER)

    assert "testnummer" in words_of(window, NewCaseView)


def test_a_case_that_is_opened_is_shown_and_stays(enter: Enter, vault: OpenVault) -> None:
    window = enter(vault)
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.go_to_new_case()
    form = current(window, NewCaseViewModel)
    for field, text in (
        (FormField.GIVEN_NAME, "Åsa"),
        (FormField.FAMILY_NAME, "Örn <b>"),
        (FormField.NUMBER, "20090514-2394"),
    ):
        form.type(field, text)
        form.leave_field(field)

    form.open()

    assert "Åsa Örn <b>" in words_of(window, CaseView)
    rooms.go_home()
    assert "Åsa Örn <b>" in listed(window)


def test_a_lock_lets_go_of_the_vault_and_asks_for_a_new_start(
    enter: Enter, vault: OpenVault, restarted: list[Path | None]
) -> None:
    window = enter(vault)
    assert window.desk_rooms is not None

    window.desk_rooms.lock()

    assert restarted == [vault.folder.path]
    assert not vault.lock.is_locked


def test_the_demonstration_shows_its_three_cases_and_no_name_of_a_protected_one(
    enter: Enter, demo_vault: OpenVault
) -> None:
    shown = listed(enter(demo_vault))

    assert all(name in shown for name in ("Elias Demosson", "Maja Provberg", "NORD-7"))
    assert "Viktor" not in shown
    assert "Testman" not in shown
