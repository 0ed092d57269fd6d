"""The unlock screen: calm when wrong, quick when right."""

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import FOLDER, PASSPHRASE, make_services, raising, seen
from trygga_desktop.domain import errors
from trygga_desktop.services.access import Unlock, VaultSeen
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.unlock.view import UnlockView
from trygga_desktop.ui.screens.unlock.view_model import UnlockState, UnlockViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


def make(unlock: Any = None, **more: Any) -> UnlockViewModel:
    """Return the screen of a vault with two users."""
    wrong = raising(errors.WrongPassphraseError(4))
    return UnlockViewModel(seen(FOLDER), unlock or wrong, InlineRunner(), **more)


def show(qtbot: QtBot, look: Look, model: UnlockViewModel, screens: int = 1) -> UnlockView:
    """Return the shown screen."""
    view = UnlockView(model, look, make_services(screen_count=lambda: screens))
    qtbot.addWidget(view)
    view.show()
    return view


def secret(view: UnlockView) -> SecretInput:
    """Return the field for the passphrase."""
    found = view.findChild(SecretInput, "passphrase")
    assert isinstance(found, SecretInput)
    return found


def unlock_button(view: UnlockView) -> Button:
    """Return the primary button."""
    return next(one for one in view.findChildren(Button) if "Lås" in one.text())


def test_a_wrong_passphrase_says_what_to_check_and_how_long_to_wait(
    qtbot: QtBot, look: Look
) -> None:
    model = make()
    view = show(qtbot, look, model)
    secret(view).setText(PASSPHRASE)

    qtbot.keyClick(secret(view), Qt.Key.Key_Return)

    texts = [label.text() for label in view.findChildren(PlainLabel) if label.isVisible()]
    assert any("stämmer inte" in text for text in texts)
    assert any("om 4 sekunder" in text and "Inget raderas" in text for text in texts)
    assert not unlock_button(view).isEnabled()
    assert secret(view).text() == PASSPHRASE


def test_the_wait_runs_down_to_a_new_try(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    model.submit(PASSPHRASE)

    for _ in range(3):
        model.tick()
    texts = [label.text() for label in view.findChildren(PlainLabel)]
    assert any("om 1 sekund." in text for text in texts)
    model.tick()

    assert unlock_button(view).isEnabled()
    assert any("igen nu" in label.text() for label in view.findChildren(PlainLabel))


def test_nothing_is_tried_while_one_must_wait() -> None:
    tried = []

    def unlock(command: Unlock) -> None:
        tried.append(command.login)
        raise errors.WrongPassphraseError(4)

    model = make(unlock)
    model.submit(PASSPHRASE)
    model.submit(PASSPHRASE)

    assert tried == ["ke"]


@pytest.mark.parametrize("passphrase", ["", None])
def test_nothing_is_tried_without_a_passphrase_or_a_name(passphrase: str | None) -> None:
    model = make(raising(AssertionError("must not be tried")))
    if passphrase is None:
        model.choose_other()

    model.submit(passphrase or "")

    assert model.state is UnlockState.READY


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (errors.DamagedVaultError(), ProblemKind.DAMAGED_VAULT),
        (errors.OlderThanConfirmedError(2), ProblemKind.OLDER_THAN_CONFIRMED),
        (OSError(28, "full"), ProblemKind.DISK_FULL),
    ],
)
def test_other_trouble_is_handed_on(qtbot: QtBot, error: Exception, kind: ProblemKind) -> None:
    model = make(raising(error))

    with qtbot.waitSignal(model.failed, timeout=0) as told:
        model.submit(PASSPHRASE)

    assert told.args[0].kind is kind


def test_the_right_passphrase_opens_the_vault(qtbot: QtBot) -> None:
    commands = []
    vault = SimpleNamespace(name="Trygga unga")

    def unlock(command: Unlock) -> SimpleNamespace:
        commands.append(command)
        return vault

    model = make(unlock, accept_older=True)
    with qtbot.waitSignal(model.unlocked, timeout=0) as opened:
        model.submit(PASSPHRASE)

    assert opened.args == [vault]
    assert commands == [Unlock(folder=FOLDER, login="ke", passphrase=PASSPHRASE, accept_older=True)]


def test_the_model_keeps_no_passphrase() -> None:
    model = make()

    model.submit(PASSPHRASE)

    assert PASSPHRASE not in repr(vars(model))


def test_one_chooses_who_one_is(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    tiles = view.findChildren(ChoiceCard)

    tiles[1].click()

    assert model.login == "pn"
    assert view.focusWidget() is secret(view)


def test_someone_else_types_a_name(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    field = view.findChild(TextInput, "login")
    assert isinstance(field, TextInput)
    assert not field.isVisible()

    view.findChildren(ChoiceCard)[-1].click()
    field.setText(" xy ")

    assert field.isVisible()
    assert model.login == "xy"


def test_a_vault_that_tells_no_names_asks_for_one(qtbot: QtBot, look: Look) -> None:
    vault = VaultSeen(folder=FOLDER, name="Trygga unga", logins=())
    model = UnlockViewModel(vault, raising(AssertionError()), InlineRunner())
    view = show(qtbot, look, model)

    assert view.first_focus.objectName() == "login"
    assert not model.may_try


def test_hostile_names_are_marked(qtbot: QtBot, look: Look) -> None:
    vault = VaultSeen(folder=FOLDER, name="<b>\u202ex", logins=("a\0",))
    view = show(qtbot, look, UnlockViewModel(vault, raising(AssertionError()), InlineRunner()))

    names = [widget.accessibleName() for widget in view.findChildren(QWidget)]
    assert "Valv: <b>[U+202E]x" in names
    assert "A[U+0000]" in names


def test_two_screens_hide_the_eye_and_say_so(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make(), screens=2)

    assert secret(view).eye.isHidden()
    assert "flera skärmar" in secret(view).accessibleDescription()


def test_caps_lock_is_noticed(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make())

    qtbot.keyClick(secret(view), "K")
    assert secret(view).accessibleDescription() == "Caps Lock är på."
    qtbot.keyClick(secret(view), "k")
    assert secret(view).accessibleDescription() == ""


def test_the_ways_out_lead_on(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    links = {one.text(): one for one in view.findChildren(Button)}

    with qtbot.waitSignal(model.recover_wanted, timeout=0):
        links["Jag kommer inte ihåg lösenfrasen"].click()
    with qtbot.waitSignal(model.other_vault_wanted, timeout=0):
        links["Byt valv"].click()
