"""Back into a vault with the code from the paper."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import out_of_order, tab_round
from tests.ui.desks import settle
from tests.ui.plain import FOLDER, GROUPS, WORDS, make_services, raising
from tests.ui.screens import vault_frame
from trygga_desktop.domain import errors
from trygga_desktop.domain.passphrase import PassphraseFlaw
from trygga_desktop.services.recovery import Recover
from trygga_desktop.ui.new_passphrase import flaw_text
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.screens.recover.view import RecoverView
from trygga_desktop.ui.screens.recover.view_model import RecoverStep, RecoverViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.new_passphrase import NumberedBox

CODE = "-".join(GROUPS)


def make(*, known: bool = True, **services: Any) -> RecoverViewModel:
    """Return the first step."""
    return RecoverViewModel(
        make_services(**services), InlineRunner(), folder=FOLDER if known else None
    )


def show(qtbot: QtBot, look: Look, model: RecoverViewModel) -> RecoverView:
    """Return the shown screen."""
    view = RecoverView(model, look, make_services())
    qtbot.addWidget(view)
    view.show()
    return view


def code_field(view: RecoverView) -> TextInput:
    """Return the field for the code."""
    found = view.findChild(TextInput, "code")
    assert isinstance(found, TextInput)
    return found


def taking(commands: list[Recover]) -> Callable[[Recover], int]:
    """Return a use case that takes commands and gives everything back."""

    def recover(command: Recover) -> int:
        commands.append(command)
        return 0

    return recover


def choose_words(model: RecoverViewModel) -> None:
    """Draw words and type them."""
    model.new_passphrase.begin()
    model.new_passphrase.type(" ".join(model.new_passphrase.words))


@pytest.mark.parametrize("code", ["", GROUPS[0], "-".join(GROUPS[:11]), "-" * 60])
def test_an_unfinished_code_is_not_tried(code: str) -> None:
    model = make(check_recovery_code=raising(AssertionError("must not be tried")))

    model.type_code(code)
    model.go_on()

    assert model.step is RecoverStep.CODE
    assert model.trouble is None


def test_a_wrong_code_is_told_at_its_field(qtbot: QtBot, look: Look) -> None:
    model = make(check_recovery_code=raising(errors.WrongRecoveryCodeError()))
    view = show(qtbot, look, model)
    code_field(view).setText(CODE)

    model.go_on()

    assert model.step is RecoverStep.CODE
    assert "felskriven" in code_field(view).accessibleDescription()
    assert code_field(view).text() == CODE
    code_field(view).setText(CODE[:-1])
    assert "felskriven" not in code_field(view).accessibleDescription()


def test_a_folder_that_is_no_vault_is_told(qtbot: QtBot, look: Look) -> None:
    model = make(look=raising(errors.NotAVaultError()))
    view = show(qtbot, look, model)

    assert model.trouble is not None
    assert model.trouble.kind is ProblemKind.NOT_A_VAULT
    assert view.findChild(QWidget, "banner") is not None
    model.type_code(CODE)
    assert not model.may_go_on


def test_without_a_folder_one_is_asked_for(qtbot: QtBot, look: Look) -> None:
    model = make(known=False)
    view = show(qtbot, look, model)
    assert not model.may_go_on

    view.findChildren(Button)[0].click()
    dialog = view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(FOLDER))

    assert model.folder == FOLDER
    assert model.logins == ("ke", "pn")


def test_groups_are_counted_while_typed(qtbot: QtBot, look: Look) -> None:
    view = show(qtbot, look, make())

    code_field(view).setText("7f3k 20qm h7q")
    assert code_field(view).accessibleDescription() == "2 av 12 grupper"
    code_field(view).setText(CODE)
    assert "tolv grupper" in code_field(view).accessibleDescription()


def test_the_chosen_user_gets_the_new_passphrase(qtbot: QtBot, look: Look) -> None:
    commands: list[Recover] = []
    model = make(recover=taking(commands))
    view = show(qtbot, look, model)
    view.findChildren(ChoiceCard)[1].click()
    code_field(view).setText(CODE)

    model.go_on()
    choose_words(model)
    chosen = model.new_passphrase.passphrase
    model.go_on()

    assert commands == [Recover(folder=FOLDER, code=CODE, login="pn", passphrase=chosen)]
    assert model.step is RecoverStep.DONE
    with qtbot.waitSignal(model.finished, timeout=0) as finished:
        view.findChildren(Button)[-1].click()
    assert finished.args == [FOLDER, "pn"]


def test_nothing_secret_is_left_at_the_end(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = show(qtbot, look, model)
    model.type_code(CODE)
    model.go_on()
    choose_words(model)

    model.go_on()

    everything = repr(vars(model)) + repr(vars(model.new_passphrase))
    assert not any(secret in everything for secret in (*WORDS, *GROUPS))
    assert not view.findChildren(NumberedBox)


def test_a_failure_is_told_and_can_be_tried_again(qtbot: QtBot, look: Look) -> None:
    model = make(recover=raising(errors.VaultInUseError(machine="SOC-014")))
    view = show(qtbot, look, model)
    model.type_code(CODE)
    model.go_on()
    choose_words(model)

    model.go_on()

    assert model.step is RecoverStep.PASSPHRASE
    assert view.findChild(QWidget, "banner") is not None
    assert model.may_go_on


def test_back_leads_back_and_at_last_out(qtbot: QtBot) -> None:
    model = make()
    model.type_code(CODE)
    model.go_on()
    model.new_passphrase.begin()

    model.go_back()
    assert model.step is RecoverStep.CODE
    assert model.new_passphrase.words == ()
    with qtbot.waitSignal(model.left, timeout=0):
        model.go_back()

    assert model.code == ""


def to_the_passphrase(model: RecoverViewModel) -> None:
    """Type the right code."""
    model.type_code(CODE)
    model.go_on()


def test_the_code_cannot_be_read_on_a_second_screen(qtbot: QtBot, look: Look) -> None:
    screens = 2
    services = make_services(screen_count=lambda: screens)
    model = RecoverViewModel(services, InlineRunner(), folder=FOLDER)
    view = RecoverView(model, look, services)
    qtbot.addWidget(view)

    assert code_field(view).echoMode() is QLineEdit.EchoMode.Password
    assert "flera skärmar" in code_field(view).accessibleDescription()
    screens = 1
    model.screens_changed()
    assert code_field(view).echoMode() is QLineEdit.EchoMode.Normal
    screens = 2
    model.screens_changed()

    assert code_field(view).echoMode() is QLineEdit.EchoMode.Password


def test_a_passphrase_that_the_vault_refuses_says_why_at_its_field(
    qtbot: QtBot, look: Look
) -> None:
    refused: list[Exception] = [errors.WeakPassphraseError(PassphraseFlaw.CONTEXT_WORD)]

    def recover(_: Recover) -> None:
        if refused:
            raise refused.pop()

    model = make(recover=recover)
    view = show(qtbot, look, model)
    to_the_passphrase(model)
    model.new_passphrase.choose_own()
    model.new_passphrase.type("exempelstad havre regn")
    model.new_passphrase.repeat("exempelstad havre regn")

    model.go_on()

    field = view.findChild(SecretInput, "passphrase")
    assert isinstance(field, SecretInput)
    assert flaw_text(PassphraseFlaw.CONTEXT_WORD, look.language) == field.accessibleDescription()
    assert view.findChild(QWidget, "banner") is None
    assert not model.may_go_on
    field.setText("havre och regn om natten")
    model.new_passphrase.repeat("havre och regn om natten")
    model.go_on()
    assert model.step is RecoverStep.DONE


def test_words_that_the_vault_refuses_are_drawn_anew(qtbot: QtBot, look: Look) -> None:
    refuse = raising(errors.WeakPassphraseError(PassphraseFlaw.CONTEXT_WORD))
    model = make(recover=refuse)
    view = show(qtbot, look, model)
    to_the_passphrase(model)
    choose_words(model)

    model.go_on()
    choose_words(model)
    assert not model.may_go_on
    assert view.findChild(QWidget, "banner") is not None
    model.new_passphrase.draw()
    choose_words(model)

    assert model.may_go_on


@pytest.mark.parametrize(
    "error", [errors.OlderThanConfirmedError(2), errors.FolderCopiedBackError()]
)
def test_an_older_file_is_gone_on_with_only_when_one_says_so(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    commands: list[Recover] = []

    def recover(command: Recover) -> int:
        commands.append(command)
        if not command.accept_older:
            raise error
        return 0

    model = make(recover=recover)
    view = show(qtbot, look, model)
    to_the_passphrase(model)
    choose_words(model)

    model.go_on()
    settle()
    go_on = view.findChild(Button, "go on")
    assert isinstance(go_on, Button)
    assert focus_in(view) is not go_on
    go_on.click()

    assert [one.accept_older for one in commands] == [False, True]
    assert model.step is RecoverStep.DONE


def test_another_folder_is_not_taken_as_older_beforehand() -> None:
    commands: list[Recover] = []
    model = make(recover=taking(commands))
    to_the_passphrase(model)
    model.go_on_with_older()
    model.go_back()

    model.choose_folder(FOLDER)
    to_the_passphrase(model)
    choose_words(model)
    model.go_on()

    assert [one.accept_older for one in commands] == [False]


@pytest.mark.parametrize(
    ("known", "words"),
    [(True, "Skriv hela koden: tolv grupper."), (False, "Välj valvets mapp först.")],
)
def test_what_is_missing_stands_beside_the_button(
    qtbot: QtBot, look: Look, *, known: bool, words: str
) -> None:
    view = show(qtbot, look, make(known=known))

    next_button = view.findChild(Button, "next")
    assert isinstance(next_button, Button)
    assert not next_button.isEnabled()
    assert next_button.accessibleDescription() == words


def test_tab_goes_on_from_an_own_passphrase_to_the_buttons(qtbot: QtBot, look: Look) -> None:
    model = make()
    view = RecoverView(model, look, make_services())
    frame = vault_frame(look, view, view.panel)
    qtbot.addWidget(frame)
    frame.show()
    to_the_passphrase(model)
    settle()

    model.new_passphrase.choose_own()
    settle()

    assert out_of_order(frame, tab_round(frame)) == []


@pytest.mark.parametrize(("width", "shown"), [(900, True), (1400, False)])
def test_what_it_changes_is_told_in_a_narrow_window_too(
    qtbot: QtBot, look: Look, width: int, *, shown: bool
) -> None:
    view = RecoverView(make(), look, make_services())
    frame = vault_frame(look, view, view.panel)
    qtbot.addWidget(frame)
    frame.resize(width, 900)
    frame.show()
    settle()

    notes = [one for one in frame.findChildren(PlainLabel) if one.text() == view.panel.note]

    assert [one.isVisible() for one in notes].count(True) == 1
    assert frame.panel.isAncestorOf(next(one for one in notes if one.isVisible())) is not shown


def test_what_could_not_be_given_back_is_told(qtbot: QtBot, look: Look) -> None:
    model = make(recover=lambda _: 2)
    view = show(qtbot, look, model)
    to_the_passphrase(model)
    choose_words(model)

    model.go_on()

    words = " ".join(label.text() for label in view.findChildren(PlainLabel))
    assert model.step is RecoverStep.DONE
    assert "2 delar av valvet" in words
