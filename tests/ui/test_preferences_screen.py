"""The settings: what is typed there is seen by nobody else, and trouble says its code."""

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desk_screens import ME
from tests.ui.plain import HeldRunner, make_services, raising
from trygga_desktop.domain import errors
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.screens.preferences.view_model import (
    PassphraseState,
    PreferencesViewModel,
)
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import SecretInput
from trygga_desktop.ui.widgets.trouble_banner import words_of

OLD = "min gamla fras om regn"


def make(
    services: Services, runner: TaskRunner | None = None, error: Exception | None = None
) -> PreferencesViewModel:
    """Return the settings of Karin Ek."""
    return PreferencesViewModel(
        services=services,
        me=ME,
        municipality=lambda: "Exempelstad",
        change_passphrase=raising(error) if error else lambda _: Done(None),
        runner=runner or InlineRunner(),
        theme=lambda: ThemeName.LIGHT,
    )


def ask(qtbot: QtBot, look: Look, model: PreferencesViewModel, services: Services) -> QWidget:
    """Show the settings with the passphrase being changed, and everything typed."""
    view = PreferencesView(model, look, services)
    qtbot.addWidget(view)
    view.show()
    model.begin()
    old_field(view).setText(OLD)
    model.new_passphrase.type(" ".join(model.new_passphrase.words))
    return view


def old_field(view: QWidget) -> SecretInput:
    """Return the field for the passphrase one has."""
    found = view.findChild(SecretInput, "old passphrase")
    assert isinstance(found, SecretInput)
    return found


def change_button(view: QWidget) -> Button:
    """Return the button that changes it."""
    found = view.findChild(Button, "change")
    assert isinstance(found, Button)
    return found


def test_a_second_screen_hides_the_old_passphrase(qtbot: QtBot, look: Look) -> None:
    screens = 1
    services = make_services(screen_count=lambda: screens)
    model = make(services)
    view = ask(qtbot, look, model, services)
    old_field(view).eye.setChecked(True)
    assert old_field(view).echoMode() is QLineEdit.EchoMode.Normal

    screens = 2
    model.screens_changed()

    assert old_field(view).echoMode() is QLineEdit.EchoMode.Password
    assert old_field(view).eye.isHidden()


def test_leaving_the_settings_lets_go_of_the_new_passphrase(qtbot: QtBot, look: Look) -> None:
    services = make_services()
    model = make(services)
    view = ask(qtbot, look, model, services)

    model.leave()

    assert model.new_passphrase.words == ()
    assert model.state is PassphraseState.AT_REST
    assert view.findChild(SecretInput, "old passphrase") is None


@pytest.mark.parametrize(
    ("error", "code"), [(errors.DiskFullError(), "E-08"), (errors.CannotWriteError(), "E-09")]
)
def test_trouble_is_told_once_with_its_code(
    qtbot: QtBot, look: Look, error: Exception, code: str
) -> None:
    services = make_services()
    model = make(services, error=error)
    view = ask(qtbot, look, model, services)

    model.submit(OLD)
    told = view.findChild(QWidget, "banner")
    model.changed.emit()

    assert isinstance(told, QWidget)
    assert code in words_of(told)
    assert view.findChild(QWidget, "banner") is told


def test_the_button_keeps_the_focus_while_it_works(qtbot: QtBot, look: Look) -> None:
    services, runner = make_services(), HeldRunner()
    model = make(services, runner, errors.WrongPassphraseError())
    view = ask(qtbot, look, model, services)
    change_button(view).setFocus()

    change_button(view).click()
    change_button(view).click()

    assert focus_in(view) is change_button(view)
    assert len(runner.waiting) == 1
    runner.work_off()
    assert focus_in(view) is change_button(view)
    assert model.is_old_wrong
