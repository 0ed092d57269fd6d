"""The rooms of an open vault: rail, saved line, lock; the title never bears a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.plain import FOLDER, NOW, PASSPHRASE, make_services, nothing, raising
from trygga_desktop.domain import errors
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.drafts import Draft
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.vault import Me
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.new_case.view import NewCaseView
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.screens.problem.view import ProblemView
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.use_cases import Desk
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.desk_frame import StatusLine
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.rail import NARROW_RAIL, WIDE_RAIL, Rail

ME = Me(
    id=UUID(int=1),
    login="ke",
    name="Karin Ek",
    roles=frozenset({Role.ADMINISTRATOR, Role.COORDINATOR}),
)
Open = Callable[..., MainWindow]


def no_drafts() -> Done[tuple[Draft, ...]]:
    """Answer that nothing was being typed."""
    return Done(())


def make_desk(**changes: Any) -> Desk:
    """Return the use cases of an empty vault, with these in their place."""
    desk = Desk(
        folder=FOLDER,
        name="Trygga unga",
        municipality="Exempelstad",
        me=ME,
        notices=(),
        saved_at=lambda: NOW,
        list_cases=lambda: Done(CaseList(rows=())),
        read_case=raising(errors.NoAccessError()),
        open_case=lambda _: Done(UUID(int=7), Changes(cases=True)),
        find_similar=lambda _: Done(()),
        write_note=raising(errors.NoAccessError()),
        change_passphrase=lambda _: Done(None),
        store_draft=lambda _: Done(None),
        read_drafts=no_drafts,
        discard_draft=lambda _: Done(None),
        close=nothing,
    )
    return replace(desk, **changes)


@pytest.fixture
def open_desk(qtbot: QtBot, appearance: Appearance) -> Open:
    """Unlock a vault and show its desk."""

    def open_it(
        *, restart: Callable[[Path | None], None] = nothing, width: int = 1366, **changes: Any
    ) -> MainWindow:
        services = make_services(
            unlock=lambda _: object(), desk=lambda _: make_desk(**changes), restart=restart
        )
        window = MainWindow(services, appearance, InlineRunner(), vault=FOLDER)
        qtbot.addWidget(window)
        window.resize(width, 768)
        window.show()
        secret = frame(window).findChild(SecretInput, "passphrase")
        assert isinstance(secret, SecretInput)
        secret.setText(PASSPHRASE)
        secret.returnPressed.emit()
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


def rail_of(window: MainWindow) -> Rail:
    """Return the rail."""
    found = frame(window).findChild(Rail)
    assert isinstance(found, Rail)
    return found


def choose(window: MainWindow, text: str) -> None:
    """Press this room or action on the rail."""
    next(one for one in rail_of(window).findChildren(QToolButton) if one.text() == text).click()


def command(window: MainWindow, key: str) -> QAction:
    """Return the action of these keys."""
    return next(
        action
        for action in window.actions()
        if key in [sequence.toString() for sequence in action.shortcuts()]
    )


def test_unlocking_leads_home(open_desk: Open, appearance: Appearance) -> None:
    window = open_desk()

    assert shows(window, HomeView)
    assert window.windowTitle() == "Trygga"
    assert appearance.settings.vaults == (FOLDER,)


def test_the_rail_has_only_rooms_that_exist(open_desk: Open) -> None:
    window = open_desk()

    texts = [one.text() for one in rail_of(window).findChildren(QToolButton)]

    assert texts == ["Hem", "Inställningar", "Lås nu"]


def test_the_rail_leads_to_its_rooms(open_desk: Open) -> None:
    window = open_desk()

    choose(window, "Inställningar")
    assert shows(window, PreferencesView)
    here = [one.accessibleName() for one in rail_of(window).findChildren(QToolButton)]
    assert "Inställningar, du är här" in here
    choose(window, "Hem")

    assert shows(window, HomeView)


@pytest.mark.parametrize(("width", "rail"), [(1366, NARROW_RAIL), (1500, WIDE_RAIL)])
def test_a_wide_window_has_words_beside_the_icons(open_desk: Open, width: int, rail: int) -> None:
    assert rail_of(open_desk(width=width)).width() == rail


def test_the_rail_follows_the_width_of_the_window(open_desk: Open) -> None:
    window = open_desk(width=1366)

    window.resize(1600, 900)
    assert rail_of(window).width() == WIDE_RAIL
    window.resize(1000, 700)

    assert rail_of(window).width() == NARROW_RAIL
    assert shows(window, HomeView)


def test_the_status_line_tells_when_something_was_saved(open_desk: Open) -> None:
    window = open_desk()

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    texts = [label.text() for label in line.findChildren(PlainLabel)]

    assert texts == ["Krypterat på den här datorn", "Sparat 07:51"]


def test_the_status_line_says_nothing_it_does_not_know(open_desk: Open) -> None:
    def never() -> datetime | None:
        return None

    window = open_desk(saved_at=never)

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    assert [one.text() for one in line.findChildren(PlainLabel) if one.isVisible()] == [
        "Krypterat på den här datorn"
    ]


def test_locking_closes_the_vault_and_starts_again_at_its_unlock_screen(open_desk: Open) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    command(window, "Ctrl+L").trigger()

    assert order == ["closed", FOLDER]


def test_locking_stores_what_is_being_typed_first(qtbot: QtBot, open_desk: Open) -> None:
    order: list[object] = []

    def store(draft: Any) -> Done[None]:
        order.append(draft.text)
        return Done(None)

    window = open_desk(
        restart=order.append, close=lambda: order.append("closed"), store_draft=store
    )
    command(window, "Ctrl+N").trigger()
    assert shows(window, NewCaseView)
    qtbot.keyClicks(frame(window).findChildren(TextInput)[0], "Demosson")

    choose(window, "Lås nu")

    assert "Demosson" in str(order[0])
    assert order[1:] == ["closed", FOLDER]


def test_what_was_shown_is_gone_before_the_vault_is_closed(open_desk: Open) -> None:
    shown_while_closing = []
    windows: list[MainWindow] = []

    def close() -> None:
        shown_while_closing.append(shows(windows[0], HomeView))

    windows.append(open_desk(close=close))
    command(windows[0], "Ctrl+L").trigger()

    assert shown_while_closing[:1] == [False]


def test_a_vault_that_cannot_be_closed_is_locked_all_the_same(open_desk: Open) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append, close=raising(errors.DiskFullError()))

    command(window, "Ctrl+L").trigger()

    assert locked == [FOLDER]


def test_closing_the_window_closes_the_vault(open_desk: Open) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    window.close()

    assert order == ["closed"]


def test_a_vault_is_closed_only_once(open_desk: Open) -> None:
    order: list[object] = []
    window = open_desk(restart=order.append, close=lambda: order.append("closed"))

    command(window, "Ctrl+L").trigger()
    window.close()

    assert order == ["closed", FOLDER]


def test_whoever_may_not_open_cases_has_no_key_for_it(open_desk: Open) -> None:
    auditor = replace(ME, roles=frozenset({Role.AUDITOR}))

    window = open_desk(me=auditor)

    keys = [one.toString() for action in window.actions() for one in action.shortcuts()]
    assert "Ctrl+N" not in keys
    assert "Ctrl+L" in keys


def test_a_change_that_was_not_confirmed_locks(open_desk: Open) -> None:
    locked: list[object] = []
    window = open_desk(restart=locked.append, list_cases=raising(errors.NotConfirmedError()))

    assert shows(window, ProblemView)
    next(one for one in frame(window).findChildren(Button) if "Lås" in one.text()).click()

    assert locked == [FOLDER]


def test_every_key_has_one_meaning_in_each_room(open_desk: Open) -> None:
    window = open_desk()
    for go in ("Alt+Home", "Ctrl+N", "Ctrl+,"):
        command(window, go).trigger()

        keys = [one.toString() for action in window.actions() for one in action.shortcuts()]

        assert len(keys) == len(set(keys)), keys


def test_a_change_of_look_keeps_the_room(open_desk: Open, appearance: Appearance) -> None:
    window = open_desk()
    choose(window, "Inställningar")

    appearance.choose_language("en")
    appearance.larger_text()

    assert shows(window, PreferencesView)
    assert [one.text() for one in rail_of(window).findChildren(QToolButton)] == [
        "Home",
        "Settings",
        "Lock now",
    ]
