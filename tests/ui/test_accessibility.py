"""Every screen can be seen, heard and used by keyboard, at every text size."""

import os
from collections import Counter
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.endurance.sights import EVERYTHING
from tests.ui.accessibility import faults, focusable, unnamed
from tests.ui.conftest import Strays
from tests.ui.desks import OpenDesk, frame
from tests.ui.every_screen import SCREENS
from tests.ui.plain import HeldRunner, make_look
from tests.ui.screens import Screen
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName
from trygga_desktop.ui.widgets.labels import PlainLabel

BIG, USUAL, SMALL = (1920, 1080), (1366, 768), (960, 540)


class Sight(NamedTuple):
    """How somebody has set up the program, and the windows that are looked at with that."""

    language: str
    scale: float
    theme: ThemeName
    sizes: tuple[tuple[int, int], ...] = (USUAL,)


SIGHTS = (
    Sight("sv", 1.0, ThemeName.LIGHT, (USUAL, BIG, SMALL)),
    Sight("sv", 1.5, ThemeName.DARK),
    Sight("sv", 2.0, ThemeName.LIGHT),
    Sight("en", 1.0, ThemeName.DARK, (USUAL, BIG, SMALL)),
    Sight("en", 1.5, ThemeName.LIGHT),
    Sight("en", 2.0, ThemeName.HIGH_CONTRAST),
)
"""Each size in each language. Colours break nothing that a size breaks: each theme comes once."""

LOOKS = [
    (screen, sight)
    for number, screen in enumerate(SCREENS)
    for place, sight in enumerate(SIGHTS)
    if place in {0, 1 + number % (len(SIGHTS) - 1)} or EVERYTHING in os.environ
]
"""Each screen as most people see it, and in turn as one of the others do: all of them would take a
third of the time of all tests. `dev.py endurance sights` looks at each screen in each way."""

WINDOWS = {(1.0, USUAL), (1.0, BIG), (1.0, SMALL), (1.5, USUAL), (2.0, USUAL)}


def test_each_size_is_looked_at_in_each_language_and_each_theme_somewhere() -> None:
    seen = {(one.language, one.scale, size) for one in SIGHTS for size in one.sizes}

    assert seen == {(language, *window) for language in LANGUAGES for window in WINDOWS}
    assert {one.theme for one in SIGHTS} == TOKENS.keys()


def test_each_way_of_looking_comes_to_its_part_of_the_screens() -> None:
    times = Counter(SIGHTS.index(sight) for _, sight in LOOKS)

    assert times.keys() == set(range(len(SIGHTS)))
    assert times[0] == len(SCREENS)
    assert min(times.values()) >= len(SCREENS) // (len(SIGHTS) - 1)


@pytest.mark.parametrize(
    ("screen", "sight"),
    LOOKS,
    ids=[f"{screen.name} {one.language} {one.scale} {one.theme}" for screen, one in LOOKS],
)
def test_nobody_stumbles(
    qtbot: QtBot, qapp: QApplication, strays: Strays, screen: Screen, sight: Sight
) -> None:
    look = make_look(qapp, language=sight.language, scale=sight.scale, theme=sight.theme)
    frame = screen.build(look)
    assert strays.seen == []
    qapp.removeEventFilter(strays)
    qtbot.addWidget(frame)
    found = {}
    for size in sight.sizes:
        frame.resize(*size)
        frame.show()
        qapp.processEvents()
        found[size] = faults(frame)

    assert {size: told for size, told in found.items() if told} == {}
    assert unnamed(frame) == []
    names = Counter(one.objectName() for one in focusable(frame))
    assert [name for name, count in names.items() if count > 1 or not name] == []
    # The corner is the page's, or the bar's of a screen that has the whole window.
    picture = frame.grab().toImage()
    grounds = {TOKENS[sight.theme].bg, TOKENS[sight.theme].nav}
    assert picture.pixelColor(picture.width() - 4, 4).name().upper() in grounds


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nobody_stumbles_in_the_list_of_keys(
    open_desk: OpenDesk, appearance: Appearance, scale: float, language: str
) -> None:
    appearance.choose_language(language)
    appearance.choose_text_scale(scale)
    window = open_desk()

    window.show_shortcuts()

    dialog = window.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    QApplication.processEvents()
    assert faults(dialog) == []
    assert dialog.width() <= 1366
    assert dialog.height() <= 768


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nobody_stumbles_over_the_cover_while_the_vault_is_locked(
    open_desk: OpenDesk, appearance: Appearance, theme: ThemeName, scale: float
) -> None:
    appearance.choose_theme(theme)
    appearance.choose_text_scale(scale)
    runner = HeldRunner()
    window = open_desk(runner=runner)
    assert window.desk_rooms is not None

    window.desk_rooms.lock()

    cover = frame(window)
    assert isinstance(cover, PlainLabel)
    assert cover.text() == "Låser…"
    assert faults(window) == []
    runner.work_off()
