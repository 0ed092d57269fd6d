"""The one window: from the first picture to the vault, by keyboard, without a name in its title."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import FOLDER, PASSPHRASE, HeldRunner, make_services, raising, seen
from trygga_desktop.domain import errors
from trygga_desktop.services.access import VaultSeen
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.create_vault.view import CreateVaultView
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.screens.recover.view import RecoverView
from trygga_desktop.ui.screens.start.view import StartView
from trygga_desktop.ui.screens.unlock.view import UnlockView
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import SecretInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.vault_foot import VaultFoot
from trygga_desktop.ui.widgets.vault_frame import VaultFrame

Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, appearance: Appearance) -> Open:
    """Open the window with these use cases."""

    def open_it(*, vault: Path | None = None, **services: Any) -> MainWindow:
        window = MainWindow(make_services(**services), appearance, InlineRunner(), vault=vault)
        qtbot.addWidget(window)
        window.show()
        return window

    return open_it


def frame(window: MainWindow) -> QWidget:
    """Return the frame that the window shows."""
    found = window.centralWidget()
    assert found is not None
    return found


def shows(window: MainWindow, kind: type[QWidget]) -> bool:
    """Return whether the window shows a screen of this kind."""
    return isinstance(frame(window).findChild(kind), kind)


def foot_of(window: MainWindow) -> VaultFoot:
    """Return the foot of the frame."""
    found = frame(window).findChild(VaultFoot)
    assert isinstance(found, VaultFoot)
    return found


def press(window: MainWindow, text: str) -> None:
    """Press the button with these words."""
    next(one for one in frame(window).findChildren(Button) if one.text() == text).click()


def try_passphrase(window: MainWindow) -> None:
    """Type a passphrase and unlock."""
    secret = frame(window).findChild(SecretInput, "passphrase")
    assert isinstance(secret, SecretInput)
    secret.setText(PASSPHRASE)
    press(window, "Lås upp")


def command(window: MainWindow, text: str) -> QAction:
    """Return the action with this name."""
    return next(action for action in window.actions() if action.text() == text)


@pytest.mark.parametrize(
    ("screen", "fills_it"),
    [((1366, 728), True), ((1280, 1024), True), ((1920, 1040), False)],
)
def test_the_window_never_hangs_over_the_edge_of_its_screen(
    open_window: Open, screen: tuple[int, int], *, fills_it: bool
) -> None:
    window = open_window()

    window.show_within(QSize(*screen))

    assert window.isMaximized() is fills_it


def test_the_first_picture_offers_ways_in(open_window: Open) -> None:
    window = open_window()

    assert shows(window, StartView)
    assert window.windowTitle() == "Trygga"
    assert isinstance(window.focusWidget(), Button)


@pytest.mark.parametrize(
    ("button", "screen"),
    [("Skapa valv", CreateVaultView), ("Återställ", RecoverView)],
)
def test_each_way_in_leads_there_and_back(
    open_window: Open, button: str, screen: type[QWidget]
) -> None:
    window = open_window()

    press(window, button)
    assert shows(window, screen)
    press(window, "Tillbaka")

    assert shows(window, StartView)


def test_after_a_lock_the_vault_is_asked_for_again(open_window: Open) -> None:
    window = open_window(vault=FOLDER)

    assert shows(window, UnlockView)
    assert window.focusWidget().objectName() == "passphrase"


def test_a_folder_that_is_no_vault_is_told_and_forgotten(
    open_window: Open, appearance: Appearance
) -> None:
    appearance.remember_vault(FOLDER)

    window = open_window(vault=FOLDER, look=raising(errors.NotAVaultError()))

    assert shows(window, ProblemView)
    assert appearance.settings.vaults == ()
    press(window, "Välj ett annat valv")
    assert shows(window, StartView)


def test_a_vault_that_is_not_there_stays_in_the_list_which_says_so(
    open_window: Open, appearance: Appearance
) -> None:
    appearance.remember_vault(FOLDER)

    window = open_window(
        vault=FOLDER, look=raising(errors.NoFolderError()), is_there=lambda _: False
    )

    assert shows(window, ProblemView)
    assert appearance.settings.vaults == (FOLDER,)
    press(window, "Välj ett annat valv")
    assert shows(window, StartView)
    told = [one.text() for one in window.findChildren(PlainLabel)]
    assert any(str(FOLDER.parent) in one and "\n" in one for one in told)


@pytest.mark.parametrize(
    ("error", "button", "screen"),
    [
        (errors.DamagedSlotError(), "Använd återställningskoden", RecoverView),
        (errors.DamagedVaultError(), "Välj ett annat valv", StartView),
        (errors.VaultInUseError(), "Försök igen", UnlockView),
        (errors.OlderThanConfirmedError(2), "Välj ett annat valv", StartView),
        (errors.FolderCopiedBackError(), "Fortsätt med den här filen", UnlockView),
        (errors.MissingLogError(2), "Försök igen", UnlockView),
        (errors.MissingAnchorError(), "Försök igen", UnlockView),
        (errors.MixedPagesError(), "Fortsätt med den här filen", UnlockView),
        (errors.MissingDatabaseError(), "Försök igen", UnlockView),
        (RuntimeError(), "Försök igen", UnlockView),
    ],
)
def test_trouble_at_unlock_has_its_own_ways_on(
    open_window: Open, error: Exception, button: str, screen: type[QWidget]
) -> None:
    window = open_window(vault=FOLDER, unlock=raising(error))

    try_passphrase(window)
    assert shows(window, ProblemView)
    press(window, button)

    assert shows(window, screen)


def test_an_older_file_is_opened_only_after_it_was_accepted(open_window: Open) -> None:
    commands = []

    def unlock(command: Any, _: object) -> None:
        commands.append(command.accept_older)
        raise errors.OlderThanConfirmedError(2)

    window = open_window(vault=FOLDER, unlock=unlock)
    try_passphrase(window)
    press(window, "Fortsätt med den här filen")
    try_passphrase(window)

    assert commands == [False, True]


def test_a_forgotten_passphrase_leads_to_the_code(open_window: Open) -> None:
    window = open_window(vault=FOLDER)

    press(window, "Jag kommer inte ihåg lösenfrasen")

    assert shows(window, RecoverView)


@pytest.mark.parametrize(
    ("name", "scale"),
    [("Större text", 1.1), ("Mindre text", 0.9), ("Vanlig textstorlek", 1.0)],
)
def test_keys_change_the_text_size(
    open_window: Open, appearance: Appearance, name: str, scale: float
) -> None:
    window = open_window()

    command(window, name).trigger()

    assert appearance.look.theme.scale == scale
    assert shows(window, StartView)


def test_every_key_has_one_meaning_and_a_name(open_window: Open) -> None:
    window = open_window()

    keys = [key.toString() for action in window.actions() for key in action.shortcuts()]

    assert len(keys) == len(set(keys))
    assert all(keys)
    assert all(action.text() for action in window.actions())


def test_a_key_that_is_held_does_its_work_once_unless_it_is_for_the_text_size(
    open_window: Open,
) -> None:
    window = open_window()

    repeated = {action.text() for action in window.actions() if action.autoRepeat()}

    assert repeated == {"Större text", "Mindre text"}


def test_the_list_of_keys_names_each_of_them(open_window: Open) -> None:
    window = open_window()

    command(window, "Visa kortkommandon").trigger()

    dialog = window.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.windowTitle() == "Trygga"
    names = [label.accessibleName() for label in dialog.findChildren(QWidget)]
    assert all(one.text in names for one in window.commands)
    dialog.accept()


def test_the_next_region_takes_the_focus_and_they_come_round(open_window: Open) -> None:
    window = open_window(vault=FOLDER)
    first = window.focusWidget()
    foot = foot_of(window)

    command(window, "Nästa del av fönstret").trigger()
    assert foot.isAncestorOf(window.focusWidget())
    command(window, "Nästa del av fönstret").trigger()

    assert not foot.isAncestorOf(window.focusWidget())
    assert first is not None


def test_a_change_of_language_keeps_place_and_focus(
    open_window: Open, appearance: Appearance
) -> None:
    window = open_window(vault=FOLDER)

    appearance.choose_language("en")

    assert shows(window, UnlockView)
    assert window.focusWidget().objectName() == "passphrase"
    assert any(one.text() == "Unlock" for one in frame(window).findChildren(Button))


def test_the_foot_changes_language_theme_and_text_size(
    open_window: Open, appearance: Appearance
) -> None:
    window = open_window()
    foot = foot_of(window)
    actions = {action.text(): action for action in foot.findChildren(QAction)}

    actions["Mörkt"].trigger()

    assert appearance.settings.theme is ThemeName.DARK
    assert {"Svenska", "English", "150\u00a0%"} <= set(actions)


def test_a_change_of_screens_reaches_the_screen_shown(open_window: Open) -> None:
    screens = 1
    window = open_window(vault=FOLDER, screen_count=lambda: screens)
    secret = frame(window).findChild(SecretInput, "passphrase")
    assert isinstance(secret, SecretInput)
    assert not secret.eye.isHidden()

    screens = 2
    window.screens_changed()

    assert secret.eye.isHidden()


def test_the_menu_of_the_foot_opens_without_stopping_the_program(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window()
    button = next(
        one
        for one in foot_of(window).findChildren(Button)
        if one.accessibleName() == "Språk: Svenska"
    )

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    menu = button.findChild(QWidget)
    assert menu is not None
    assert menu.isVisible()
    menu.close()


def held_window(
    qtbot: QtBot, appearance: Appearance, *, vault: Path | None = None, **services: Any
) -> tuple[MainWindow, HeldRunner]:
    """Open the window of a program whose disk is slow."""
    runner = HeldRunner()
    window = MainWindow(make_services(**services), appearance, runner, vault=vault)
    qtbot.addWidget(window)
    window.show()
    return window, runner


def test_a_frame_stands_there_until_the_vault_has_been_looked_at(
    qtbot: QtBot, appearance: Appearance
) -> None:
    window, runner = held_window(qtbot, appearance, vault=FOLDER)

    assert isinstance(window.centralWidget(), VaultFrame)
    assert not shows(window, UnlockView)
    appearance.choose_text_scale(1.5)
    runner.work_off()

    assert shows(window, UnlockView)


@pytest.mark.parametrize("look", [seen, raising(errors.NotAVaultError())])
def test_a_late_answer_takes_nobody_away_from_another_screen(
    qtbot: QtBot, appearance: Appearance, look: Callable[[Path], VaultSeen]
) -> None:
    window, runner = held_window(qtbot, appearance, look=look)
    window.vault_rooms.go_to_unlock(FOLDER)

    window.vault_rooms.go_to_create()
    runner.work_off()

    assert shows(window, CreateVaultView)


def test_a_vault_that_opens_after_all_is_closed_again(qtbot: QtBot, appearance: Appearance) -> None:
    closed: list[str] = []
    vault = SimpleNamespace(close=lambda: closed.append("closed"))
    window, runner = held_window(qtbot, appearance, vault=FOLDER, unlock=lambda *_: vault)
    runner.work_off()
    try_passphrase(window)

    press(window, "Byt valv")
    runner.work_off()

    assert shows(window, StartView)
    assert closed == ["closed"]


def test_damaged_keys_are_tried_again_first_and_the_code_is_offered(open_window: Open) -> None:
    window = open_window(vault=FOLDER, look=raising(errors.DamagedKeysError()))

    focus = window.focusWidget()
    assert isinstance(focus, Button)
    assert focus.text() == "Försök igen"
    press(window, "Använd återställningskoden")

    assert shows(window, RecoverView)
