"""The unlock screen: calm when wrong, quick when right."""

from collections.abc import Callable
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.desks import settle
from tests.ui.plain import (
    FOLDER,
    PASSPHRASE,
    HeldRunner,
    make_look,
    make_services,
    raising,
    seen,
)
from tests.ui.screens import vault_frame
from trygga_desktop.domain import errors
from trygga_desktop.services.access import Unlock, VaultSeen
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.unlock.view import UnlockView
from trygga_desktop.ui.screens.unlock.view_model import UnlockState, UnlockViewModel
from trygga_desktop.ui.tasks import InlineRunner, ThreadRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.focus import focus_in
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

    def unlock(command: Unlock, _: object) -> None:
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

    def unlock(command: Unlock, _: object) -> SimpleNamespace:
        commands.append(command)
        return vault

    model = make(unlock, accept_older=True)
    with qtbot.waitSignal(model.unlocked, timeout=0) as opened:
        model.submit(PASSPHRASE)

    assert opened.args == [vault]
    assert commands == [Unlock(folder=FOLDER, login="ke", passphrase=PASSPHRASE, accept_older=True)]


def test_a_vault_that_is_brought_up_to_date_first_says_so(qtbot: QtBot, look: Look) -> None:
    shown: list[str] = []

    def told() -> bool:
        texts = [one.text() for one in view.findChildren(PlainLabel) if one.isVisible()]
        return any("görs i ordning" in text for text in texts)

    def unlock(_: Unlock, tell: Callable[[], None]) -> None:
        assert not told()
        tell()
        assert told()
        assert not model.may_try
        shown.append(unlock_button(view).text())
        raise errors.WrongPassphraseError(4)

    model = make(unlock)
    view = show(qtbot, look, model)
    model.submit(PASSPHRASE)

    assert shown == ["Låser upp…"]
    assert not told()


def test_it_is_told_from_the_thread_on_which_the_vault_is_unlocked(qtbot: QtBot) -> None:
    go_on, runner = Event(), ThreadRunner()
    vault: Any = SimpleNamespace(name="Trygga unga")

    def unlock(_: Unlock, tell: Callable[[], None]) -> Any:
        tell()
        go_on.wait()
        return vault

    model = UnlockViewModel(seen(FOLDER), unlock, runner)
    model.submit(PASSPHRASE)
    try:
        qtbot.waitUntil(lambda: model.state is UnlockState.UPGRADING)
    finally:
        go_on.set()

    with qtbot.waitSignal(model.unlocked) as opened:
        pass
    runner.shut_down()
    assert opened.args == [vault]


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


def test_a_wait_that_runs_says_the_error_once(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    model.submit("fel")
    wrong = secret(view).accessibleDescription()
    told = []

    for _ in range(3):
        model.tick()
        told.append(secret(view).accessibleDescription())
        qtbot.keyClick(secret(view), "k")
        told.append(secret(view).accessibleDescription())

    assert "stämmer inte" in wrong
    assert set(told) == {wrong}


def test_caps_lock_is_told_over_a_wrong_passphrase_and_then_no_more(
    qtbot: QtBot, look: Look
) -> None:
    model = make()
    view = show(qtbot, look, model)
    model.submit("fel")

    qtbot.keyClick(secret(view), "K")
    model.tick()
    assert secret(view).accessibleDescription() == "Caps Lock är på."
    qtbot.keyClick(secret(view), "k")

    assert "stämmer inte" in secret(view).accessibleDescription()


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_nothing_jumps_when_the_passphrase_is_wrong(
    qtbot: QtBot, qapp: QApplication, scale: float
) -> None:
    model = make()
    view = UnlockView(model, make_look(qapp, scale=scale), make_services())
    frame = vault_frame(make_look(qapp, scale=scale), view, view.panel, 520)
    qtbot.addWidget(frame)
    frame.resize(1366, 1000)
    frame.show()
    settle()
    before = secret(view).mapTo(frame, QPoint(0, 0))
    height = view.height()

    model.submit("fel")
    settle()

    assert secret(view).mapTo(frame, QPoint(0, 0)) == before
    assert view.height() == height


@pytest.mark.parametrize(("seconds", "name"), [(4, "passphrase"), (0, "unlock")])
def test_enter_on_the_button_never_lands_on_another_one(
    qtbot: QtBot, look: Look, seconds: int, name: str
) -> None:
    runner = HeldRunner()
    unlock = raising(errors.WrongPassphraseError(seconds))
    model = UnlockViewModel(seen(FOLDER), unlock, runner)
    view = show(qtbot, look, model)
    secret(view).setText(PASSPHRASE)
    unlock_button(view).setFocus()

    qtbot.keyClick(unlock_button(view), Qt.Key.Key_Return)
    qtbot.keyClick(unlock_button(view), Qt.Key.Key_Return)
    while_checking = focus_in(view)
    waiting = len(runner.waiting)
    runner.work_off()

    assert while_checking is unlock_button(view)
    assert waiting == 1
    focus = focus_in(view)
    assert focus is not None
    assert focus.objectName() == name


def test_a_vault_that_opens_after_the_screen_was_left_is_closed(qtbot: QtBot) -> None:
    runner, closed = HeldRunner(), list[str]()
    vault: Any = SimpleNamespace(close=lambda: closed.append("closed"))
    model = UnlockViewModel(seen(FOLDER), lambda *_: vault, runner)
    model.submit(PASSPHRASE)

    model.leave()
    with qtbot.assertNotEmitted(model.unlocked):
        runner.work_off()
    settle()

    assert closed == ["closed"]
    assert not isValid(model)


def test_a_wrong_passphrase_after_the_screen_was_left_is_told_nobody(qtbot: QtBot) -> None:
    runner = HeldRunner()
    model = UnlockViewModel(seen(FOLDER), raising(errors.DiskFullError()), runner)
    model.submit(PASSPHRASE)

    model.leave()
    with qtbot.assertNotEmitted(model.failed):
        runner.work_off()
    settle()

    assert not isValid(model)
