"""Every screen can be seen, heard and used by keyboard, at every text size."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.accessibility import faults, unnamed
from tests.ui.desk_screens import DESK_SCREENS
from tests.ui.plain import make_look
from tests.ui.screens import VAULT_SCREENS, Screen
from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.theme.theme import TOKENS, ThemeName

SCREENS = (*VAULT_SCREENS, *DESK_SCREENS)

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

    ground = TOKENS[theme].bg
    corner = picture.pixelColor(picture.width() - 4, 4).name()
    assert corner.upper() == ground
    assert unnamed(frame) == []
