"""How the program looks: chosen, stored, applied at once."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trygga_desktop.ui.application import Appearance, system_palette
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT


def window_colour(application: QApplication) -> str:
    """Return the ground that Fusion draws on."""
    return application.palette().color(QPalette.ColorRole.Window).name().upper()


def test_the_first_start_is_swedish_and_follows_the_system(appearance: Appearance) -> None:
    assert appearance.look.language.code == "sv"
    assert appearance.settings.theme is ThemeName.SYSTEM
    assert appearance.look.theme.tokens is LIGHT
    assert QLocale().name() == "sv_SE"


def test_the_window_bears_our_mark(qapp: QApplication) -> None:
    assert not qapp.windowIcon().isNull()


@pytest.mark.parametrize(
    ("theme", "tokens"),
    [
        (ThemeName.DARK, DARK),
        (ThemeName.HIGH_CONTRAST, HIGH_CONTRAST),
        (ThemeName.LIGHT, LIGHT),
    ],
)
def test_a_theme_applies_at_once_and_is_stored(  # noqa: PLR0913, PLR0917  fixtures, values
    qtbot: QtBot,
    qapp: QApplication,
    appearance: Appearance,
    settings_file: SettingsFile,
    theme: ThemeName,
    tokens: object,
) -> None:
    with qtbot.waitSignal(appearance.changed, timeout=0):
        appearance.choose_theme(theme)

    assert appearance.look.theme.tokens is tokens
    assert window_colour(qapp) == appearance.look.theme.tokens.bg
    assert settings_file.load().theme is theme


def test_choosing_what_is_chosen_builds_nothing_anew(qtbot: QtBot, appearance: Appearance) -> None:
    with qtbot.assertNotEmitted(appearance.changed):
        appearance.choose_language("sv")
        appearance.choose_text_scale(1.0)


def test_qt_speaks_the_same_language(appearance: Appearance) -> None:
    appearance.choose_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"

    appearance.choose_language("sv")

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Avbryt"


def test_text_grows_and_shrinks_in_steps_and_stops(appearance: Appearance) -> None:
    for _ in range(30):
        appearance.larger_text()
    assert appearance.settings.text_scale == 2.0

    for _ in range(30):
        appearance.smaller_text()
    assert appearance.settings.text_scale == 0.9

    appearance.usual_text()
    assert appearance.settings.text_scale == 1.0


def test_a_change_of_the_system_is_followed_only_when_asked_for(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance
) -> None:
    with qtbot.waitSignal(appearance.changed, timeout=0):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)

    appearance.choose_theme(ThemeName.DARK)
    with qtbot.assertNotEmitted(appearance.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)


def test_the_colours_of_the_system_are_those_of_now_and_not_ours(qapp: QApplication) -> None:
    ours, role = QPalette(), QPalette.ColorRole.Window
    fresh = system_palette(qapp).color(role)
    ours.setColor(role, QColor("#123456"))
    qapp.setPalette(ours)

    assert system_palette(qapp).color(role) == fresh
    assert fresh.name() != "#123456"
