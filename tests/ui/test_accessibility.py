"""Every screen can be seen, heard and used by keyboard, at every text size."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import faults, unnamed
from tests.ui.desks import OpenDesk, frame
from tests.ui.every_screen import SCREENS
from tests.ui.plain import HeldRunner, make_look
from tests.ui.screens import Screen
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName
from trygga_desktop.ui.widgets.labels import PlainLabel

SIZES = (
    ((1366, 768), 1.0),
    ((1920, 1080), 1.0),
    ((960, 540), 1.0),
    ((1366, 768), 1.5),
    ((1366, 768), 2.0),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("size", "scale"), SIZES, ids=lambda value: str(value).replace(" ", ""))
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_nobody_stumbles(  # noqa: PLR0913, PLR0917  fixtures and parameters
    qtbot: QtBot,
    qapp: QApplication,
    screen: Screen,
    size: tuple[int, int],
    scale: float,
    language: str,
) -> None:
    frame = screen.build(make_look(qapp, language=language, scale=scale))
    qtbot.addWidget(frame)
    frame.resize(*size)
    frame.show()
    qapp.processEvents()

    assert faults(frame) == []


@pytest.mark.parametrize("theme", TOKENS)
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_theme_draws_every_screen(
    qtbot: QtBot, qapp: QApplication, screen: Screen, theme: ThemeName
) -> None:
    frame = screen.build(make_look(qapp, theme=theme))
    qtbot.addWidget(frame)
    frame.resize(1366, 768)

    picture = frame.grab().toImage()

    # The corner is the page's, or the bar's of a screen that has the whole window.
    grounds = {TOKENS[theme].bg, TOKENS[theme].nav}
    corner = picture.pixelColor(picture.width() - 4, 4).name()
    assert corner.upper() in grounds
    assert unnamed(frame) == []


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
