"""The focus is always somewhere one can see, has a name, and stays where it was."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import focusable
from tests.ui.conftest import Strays
from tests.ui.desk_screens import CASES, case_file
from tests.ui.desks import OpenDesk, frame, refusing, settle
from tests.ui.meetings_desk import case_meetings
from tests.ui.overviews import make_overview
from tests.ui.people_desk import case_people
from tests.ui.plain import FOLDER, GROUPS, make_services
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.errors import DamagedVaultError
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.case_uses import CaseUses, MeetingUses, PeopleUses
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.problem.view_model import Exit, WayOn
from trygga_desktop.ui.screens.recover.view_model import RecoverViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.widgets.case_tabs import CaseTab

Go = Callable[[MainWindow], object]

_MOST_CHANGES = 6
"""How many changes of the look one page is put through: each builds it anew."""


def start(window: MainWindow) -> None:
    """Show the first picture."""
    window.vault_rooms.go_to_start()


def create(window: MainWindow, *, steps: int) -> None:
    """Go so many steps into making a vault."""
    window.vault_rooms.go_to_create()
    model = window.vault_rooms.current
    assert isinstance(model, CreateVaultViewModel)
    for step in range(steps):
        if step == 1:
            model.set_municipality("Exempelstad")
            model.set_name("Karin Ek")
        if step == 2:
            model.new_passphrase.type(" ".join(model.new_passphrase.words))
        model.go_on()


def recover(window: MainWindow, *, steps: int) -> None:
    """Go so many steps into getting back in."""
    window.vault_rooms.go_to_recover(FOLDER)
    model = window.vault_rooms.current
    assert isinstance(model, RecoverViewModel)
    if steps:
        model.type_code("-".join(GROUPS))
        model.go_on()


def tell(window: MainWindow) -> None:
    """Show trouble."""
    exits = [Exit(WayOn.CHOOSE_VAULT, lambda: None), Exit(WayOn.TRY_AGAIN, lambda: None)]
    window.vault_rooms.tell(read_error(DamagedVaultError()), exits)


VAULT_ROOMS: dict[str, tuple[Go, str]] = {
    "start": (start, "create vault"),
    "place": (lambda window: create(window, steps=0), "vault name"),
    "you": (lambda window: create(window, steps=1), "municipality"),
    "passphrase": (lambda window: create(window, steps=2), "passphrase"),
    "recovery sheet": (lambda window: create(window, steps=3), "print sheet"),
    "unlock": (lambda window: window.vault_rooms.go_to_unlock(FOLDER), "passphrase"),
    "recover": (lambda window: recover(window, steps=0), "code"),
    "new passphrase": (lambda window: recover(window, steps=1), "passphrase"),
    "problem": (tell, "choose_vault"),
}

USES: dict[str, Any] = {
    "list_cases": lambda: Done(CaseList(rows=CASES)),
    "case": refusing(
        CaseUses,
        read_case=lambda _: Done(case_file()),
        read_overview=lambda _: Done(make_overview()),
    ),
    "people": refusing(PeopleUses, read_people=lambda _: Done(case_people())),
    "meetings": refusing(MeetingUses, read_meetings=lambda _: Done(case_meetings())),
}
DESK_ROOMS: dict[str, tuple[Callable[[Any], object], str]] = {
    "home": (lambda rooms: rooms.go_home(), "cases"),
    "case": (lambda rooms: rooms.go_to_case(CASES[0].id), "note"),
    "people": (lambda rooms: rooms.cases.go_to_tab(CASES[0].id, CaseTab.PEOPLE), "add relative"),
    "meetings": (lambda rooms: rooms.cases.go_to_tab(CASES[0].id, CaseTab.MEETINGS), "meetings"),
    "new case": (lambda rooms: rooms.go_to_new_case(), "given_name"),
    "settings": (lambda rooms: rooms.go_to_settings(), "language"),
}


def open_window(qtbot: QtBot, appearance: Appearance) -> MainWindow:
    """Show the window at its first picture."""
    window = MainWindow(make_services(), appearance, InlineRunner())
    qtbot.addWidget(window)
    window.show()
    settle()
    return window


def focus_name() -> str:
    """Return what has the focus, as far as the system knows."""
    focus = QApplication.focusWidget()
    return "" if focus is None else focus.objectName()


@pytest.mark.parametrize("room", VAULT_ROOMS)
def test_each_vault_screen_has_the_focus_and_no_window_flashes_up(
    qtbot: QtBot, appearance: Appearance, strays: Strays, room: str
) -> None:
    go, name = VAULT_ROOMS[room]
    window = open_window(qtbot, appearance)

    go(window)
    settle()

    assert window.isActiveWindow()
    assert focus_name() == name
    assert strays.seen == []


@pytest.mark.parametrize("room", DESK_ROOMS)
def test_each_desk_screen_has_the_focus_and_no_window_flashes_up(
    open_desk: OpenDesk, strays: Strays, room: str
) -> None:
    go, name = DESK_ROOMS[room]
    window = open_desk(**USES)

    go(window.desk_rooms)
    settle()

    assert window.isActiveWindow()
    assert focus_name() == name
    assert strays.seen == []


@pytest.mark.parametrize("room", VAULT_ROOMS)
def test_a_change_of_look_leaves_the_focus_where_it_was(
    qtbot: QtBot, appearance: Appearance, room: str
) -> None:
    go, _ = VAULT_ROOMS[room]
    window = open_window(qtbot, appearance)
    go(window)
    settle()

    lost = names_that_lose_the_focus(window, appearance)

    assert lost == []


@pytest.mark.parametrize("room", DESK_ROOMS)
def test_a_change_of_look_leaves_the_focus_on_the_desk_where_it_was(
    open_desk: OpenDesk, appearance: Appearance, room: str
) -> None:
    go, _ = DESK_ROOMS[room]
    window = open_desk(**USES)
    go(window.desk_rooms)
    settle()

    assert names_that_lose_the_focus(window, appearance) == []


def names_that_lose_the_focus(window: MainWindow, appearance: Appearance) -> list[str]:
    """Put the focus on things all over the page in turn, change the text size, see where it is."""
    lost = []
    names = [one.objectName() for one in focusable(window)]
    for name in names[:: -(-len(names) // _MOST_CHANGES)] if names else ():
        found = frame(window).findChild(QWidget, name)
        assert isinstance(found, QWidget)
        found.setFocus(Qt.FocusReason.TabFocusReason)
        appearance.choose_text_scale(1.1 if appearance.look.theme.scale == 1.0 else 1.0)
        if focus_name() != name:
            lost.append(f"{name} -> {focus_name()}")
    return lost
