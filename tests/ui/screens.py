"""Every screen in the states worth walking through, each by a name."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.ui.plain import FOLDER, GROUPS, PASSPHRASE, make_services, nothing, raising, seen
from trygga_desktop.domain import errors
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.create_vault.view import CreateVaultView
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.screens.problem.view_model import Exit, ProblemViewModel, WayOn
from trygga_desktop.ui.screens.recover.view import RecoverView
from trygga_desktop.ui.screens.recover.view_model import RecoverViewModel
from trygga_desktop.ui.screens.start.view import StartView
from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.screens.unlock.view import UnlockView
from trygga_desktop.ui.screens.unlock.view_model import UnlockViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.widgets.vault_foot import VaultFoot
from trygga_desktop.ui.widgets.vault_frame import VaultFrame, VaultPanel


class Screen(NamedTuple):
    """A screen in one state: its name, and how to build its whole frame in a look."""

    name: str
    build: Callable[[Look], QWidget]


def vault_frame(look: Look, view: QWidget, panel: VaultPanel, widest: int = 720) -> VaultFrame:
    """Return the frame around a view."""
    foot = VaultFoot(look, theme=ThemeName.SYSTEM, version="0.1")
    return VaultFrame(look, panel=panel, page=view, foot=foot, widest=widest)


def start(look: Look) -> QWidget:
    """The first start on a computer."""
    model = StartViewModel([], is_there=lambda _: True)
    view = StartView(model, look)
    return _kept(vault_frame(look, view, view.panel, 760), model)


def start_known(look: Look) -> QWidget:
    """A start where two vaults are known."""
    model = StartViewModel([FOLDER, FOLDER.with_name("Övning.trygga")], is_there=lambda _: True)
    view = StartView(model, look)
    return _kept(vault_frame(look, view, view.panel, 760), model)


def make_create_model(step: str = "place", *, screens: int = 1) -> CreateVaultViewModel:
    """Return a vault in the making, at this step."""
    services = make_services(screen_count=lambda: screens)
    model = CreateVaultViewModel(
        services, InlineRunner(), vault_name="Trygga unga", print_pdf=nothing
    )
    for name, enter in (
        ("you", lambda: None),
        ("passphrase", lambda: _introduce(model)),
        ("recovery", lambda: _choose_words(model)),
        ("done", lambda: answer_sheet(model)),
    ):
        if step == "place":
            break
        enter()
        model.go_on()
        if name == step:
            break
    return model


def unlock(look: Look, *, wrong: bool = False, other: bool = False, older: bool = False) -> QWidget:
    """The unlock screen."""
    services = make_services(unlock=raising(errors.WrongPassphraseError(4)))
    model = UnlockViewModel(seen(FOLDER), services.unlock, InlineRunner(), accept_older=older)
    if other:
        model.choose_other()
        model.type_login("xy")
    view = UnlockView(model, look, services)
    if wrong:
        model.submit(PASSPHRASE)
    return _kept(vault_frame(look, view, view.panel, 520), model)


def recover(look: Look, step: str) -> QWidget:
    """Getting back in."""
    services = make_services()
    if step == "wrong":
        services = make_services(check_recovery_code=raising(errors.WrongRecoveryCodeError()))
    folder = None if step == "empty" else FOLDER
    model = RecoverViewModel(services, InlineRunner(), folder=folder)
    if step in {"passphrase", "done", "wrong"}:
        model.type_code("-".join(GROUPS))
        model.go_on()
    if step == "done":
        model.new_passphrase.begin()
        model.new_passphrase.type(PASSPHRASE)
        model.go_on()
    view = RecoverView(model, look, services)
    return _kept(vault_frame(look, view, view.panel), model)


def problem(look: Look, error: Exception, *ways: WayOn, report: bool = False) -> QWidget:
    """What is told when something is wrong."""
    model = ProblemViewModel(read_error(error), [Exit(way, _go_nowhere) for way in ways])
    view = ProblemView(model, look)
    if report:
        model.show_report()
    return _kept(vault_frame(look, view, view.panel), model)


def create_sheet(look: Look, then: Callable[[CreateVaultViewModel], object]) -> QWidget:
    """Making a vault, at the recovery sheet, after something was done with it."""
    model = make_create_model("recovery")
    then(model)
    view = CreateVaultView(model, look, make_services())
    return _kept(vault_frame(look, view, view.panel), model)


def create(look: Look, step: str, *, screens: int = 1, own: bool = False) -> QWidget:
    """Making a vault."""
    model = make_create_model(step, screens=screens)
    if own:
        model.new_passphrase.choose_own()
        model.new_passphrase.type("kort fras")
    view = CreateVaultView(model, look, make_services(screen_count=lambda: screens))
    return _kept(vault_frame(look, view, view.panel), model)


VAULT_SCREENS = (
    Screen("start", start),
    Screen("start-known", start_known),
    Screen("create-place", lambda look: create(look, "place")),
    Screen("create-you", lambda look: create(look, "you")),
    Screen("create-passphrase", lambda look: create(look, "passphrase")),
    Screen("create-passphrase-own", lambda look: create(look, "passphrase", own=True)),
    Screen("create-passphrase-two-screens", lambda look: create(look, "passphrase", screens=2)),
    Screen("create-recovery", lambda look: create(look, "recovery")),
    Screen("create-recovery-void", lambda look: create_sheet(look, _print_and_write)),
    Screen("create-recovery-printed", lambda look: create_sheet(look, print_sheet)),
    Screen(
        "create-recovery-no-printer",
        lambda look: create_sheet(look, lambda model: model.sheet.tell_no_printer()),
    ),
    Screen(
        "create-recovery-file", lambda look: create_sheet(look, lambda model: model.sheet.warn())
    ),
    Screen(
        "create-recovery-by-hand",
        lambda look: create_sheet(look, lambda model: model.sheet.write_by_hand()),
    ),
    Screen("create-done", lambda look: create(look, "done")),
    Screen("unlock", unlock),
    Screen("unlock-wrong", lambda look: unlock(look, wrong=True)),
    Screen("unlock-other", lambda look: unlock(look, other=True)),
    Screen("unlock-older", lambda look: unlock(look, older=True)),
    Screen("recover-empty", lambda look: recover(look, "empty")),
    Screen("recover-code", lambda look: recover(look, "code")),
    Screen("recover-wrong", lambda look: recover(look, "wrong")),
    Screen("recover-passphrase", lambda look: recover(look, "passphrase")),
    Screen("recover-done", lambda look: recover(look, "done")),
    Screen(
        "problem-damaged",
        lambda look: problem(look, errors.DamagedVaultError(), WayOn.CHOOSE_VAULT, WayOn.TRY_AGAIN),
    ),
    Screen(
        "problem-older",
        lambda look: problem(
            look, errors.OlderThanConfirmedError(3), WayOn.CHOOSE_VAULT, WayOn.GO_ON
        ),
    ),
    Screen(
        "problem-log",
        lambda look: problem(
            look,
            errors.MissingLogError(3),
            WayOn.TRY_AGAIN,
            WayOn.CHOOSE_VAULT,
            WayOn.GO_ON,
        ),
    ),
    Screen(
        "problem-pages",
        lambda look: problem(look, errors.MixedPagesError(), WayOn.CHOOSE_VAULT, WayOn.GO_ON),
    ),
    Screen(
        "problem-report",
        lambda look: problem(look, RuntimeError(), WayOn.TRY_AGAIN, report=True),
    ),
)


def _kept(frame: QWidget, model: QObject) -> QWidget:
    # The frame owns the view model here; in the program a room does.
    model.setParent(frame)
    return frame


def _introduce(model: CreateVaultViewModel) -> None:
    model.set_municipality("Exempelstad")
    model.set_name("Karin Ek")


def _choose_words(model: CreateVaultViewModel) -> None:
    model.new_passphrase.say_alone()
    model.new_passphrase.begin()
    model.new_passphrase.type(" ".join(model.new_passphrase.words))


def answer_sheet(model: CreateVaultViewModel) -> None:
    """Print the sheet, and read back what is asked for."""
    print_sheet(model)
    for group in model.sheet.asked:
        model.sheet.answer(group, GROUPS[group])


def print_sheet(model: CreateVaultViewModel) -> None:
    """Print the sheet, on nothing."""
    model.sheet.print_on(QPrinter(), language="sv")


def _print_and_write(model: CreateVaultViewModel) -> None:
    print_sheet(model)
    model.sheet.write_by_hand()


def _go_nowhere() -> None:
    """Stay: the walk only looks."""
