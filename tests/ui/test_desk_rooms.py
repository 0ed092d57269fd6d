"""The rooms of an open vault: rail, saved line, lock; the title never bears a name."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QToolButton

from tests.ui.desks import ME, OpenDesk, command, frame, shows
from tests.ui.plain import FOLDER
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.vault import Notice, NoticeKind
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.home.view import HomeView
from trygga_desktop.ui.screens.new_case.form import FormField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.preferences.view import PreferencesView
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.desk_frame import StatusLine
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.rail import NARROW_RAIL, WIDE_RAIL, Rail


def rail_of(window: MainWindow) -> Rail:
    """Return the rail."""
    found = frame(window).findChild(Rail)
    assert isinstance(found, Rail)
    return found


def choose(window: MainWindow, text: str) -> None:
    """Press this room or action on the rail."""
    next(one for one in rail_of(window).findChildren(QToolButton) if one.text() == text).click()


def test_unlocking_leads_home(open_desk: OpenDesk, appearance: Appearance) -> None:
    window = open_desk()

    assert shows(window, HomeView)
    assert window.windowTitle() == "Trygga"
    assert appearance.settings.vaults == (FOLDER,)


def test_the_rail_has_only_rooms_that_exist(open_desk: OpenDesk) -> None:
    window = open_desk()

    texts = [one.text() for one in rail_of(window).findChildren(QToolButton)]

    assert texts == ["Hem", "Kontakter", "Inställningar", "Lås nu"]


def test_the_rail_leads_to_its_rooms(open_desk: OpenDesk) -> None:
    window = open_desk()

    choose(window, "Inställningar")
    assert shows(window, PreferencesView)
    here = [one.accessibleName() for one in rail_of(window).findChildren(QToolButton)]
    assert "Inställningar, du är här" in here
    choose(window, "Hem")

    assert shows(window, HomeView)


@pytest.mark.parametrize(("width", "rail"), [(1366, NARROW_RAIL), (1500, WIDE_RAIL)])
def test_a_wide_window_has_words_beside_the_icons(
    open_desk: OpenDesk, width: int, rail: int
) -> None:
    assert rail_of(open_desk(width=width)).width() == rail


def test_the_rail_follows_the_width_of_the_window(open_desk: OpenDesk) -> None:
    window = open_desk(width=1366)

    window.resize(1600, 900)
    assert rail_of(window).width() == WIDE_RAIL
    window.resize(1000, 700)

    assert rail_of(window).width() == NARROW_RAIL
    assert shows(window, HomeView)


def test_the_status_line_tells_when_something_was_saved(open_desk: OpenDesk) -> None:
    window = open_desk()

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    texts = [label.text() for label in line.findChildren(PlainLabel)]

    assert texts == ["Krypterat på den här datorn", "Sparat 07:51"]


def test_the_status_line_says_nothing_it_does_not_know(open_desk: OpenDesk) -> None:
    def never() -> datetime | None:
        return None

    window = open_desk(saved_at=never)

    line = frame(window).findChild(StatusLine)
    assert isinstance(line, StatusLine)
    assert [one.text() for one in line.findChildren(PlainLabel) if one.isVisible()] == [
        "Krypterat på den här datorn"
    ]


def test_whoever_may_not_open_cases_has_no_key_for_it(open_desk: OpenDesk) -> None:
    auditor = replace(ME, roles=frozenset({Role.AUDITOR}))

    window = open_desk(me=auditor)

    keys = [one.toString() for action in window.actions() for one in action.shortcuts()]
    assert "Ctrl+N" not in keys
    assert "Ctrl+L" in keys


def test_every_key_has_one_meaning_in_each_room(open_desk: OpenDesk) -> None:
    window = open_desk()
    for go in ("Alt+Home", "Ctrl+N", "Ctrl+,"):
        command(window, go).trigger()

        keys = [one.toString() for action in window.actions() for one in action.shortcuts()]

        assert len(keys) == len(set(keys)), keys


def test_a_change_of_look_keeps_the_room(open_desk: OpenDesk, appearance: Appearance) -> None:
    window = open_desk()
    choose(window, "Inställningar")

    appearance.choose_language("en")
    appearance.larger_text()

    assert shows(window, PreferencesView)
    assert [one.text() for one in rail_of(window).findChildren(QToolButton)] == [
        "Home",
        "Contacts",
        "Settings",
        "Lock now",
    ]


def test_what_was_put_away_does_not_come_back(open_desk: OpenDesk) -> None:
    notice = Notice(kind=NoticeKind.FAILED_UNLOCKS, count=3)
    window = open_desk(notices=(notice,))
    read = frame(window).findChild(Button, "notices read")
    assert isinstance(read, Button)

    read.click()
    command(window, "Ctrl+,").trigger()
    command(window, "Alt+Home").trigger()

    assert frame(window).findChild(Button, "notices read") is None


def test_the_list_of_test_numbers_is_read_once_and_only_for_a_right_number(
    open_desk: OpenDesk,
) -> None:
    reads: list[str] = []

    def read() -> frozenset[str]:
        reads.append("read")
        return frozenset()

    window = open_desk(services={"test_numbers": read})
    rooms = window.desk_rooms
    assert rooms is not None
    for _ in range(2):
        rooms.go_to_new_case()
        assert len(reads) <= 1
        model = rooms.current
        assert isinstance(model, NewCaseViewModel)
        model.type(FormField.NUMBER, "20090514-2394")

    assert reads == ["read"]
