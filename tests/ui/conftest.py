"""What tests of windows share: the application with our style, and a look."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before Qt is imported: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from tests.ui.plain import make_look
from trygga_desktop.paths import shipped
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.theme.look import Look


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program builds it; pytest-qt uses this one."""
    application = build_application(["trygga"], shipped("resources"))
    application.setCursorFlashTime(0)
    return application


@pytest.fixture(autouse=True)
def _nothing_left_over(qapp: QApplication) -> None:
    """Delete the windows of earlier tests, which Qt does only once its event loop runs again."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def settings_file(tmp_path: Path) -> SettingsFile:
    """View settings in a file of the test."""
    return SettingsFile(tmp_path / "view" / "view.ini")


@pytest.fixture
def appearance(qapp: QApplication, settings_file: SettingsFile) -> Iterator[Appearance]:
    """How the program looks at its first start."""
    made = Appearance(qapp, settings_file, shipped("resources") / "icons")
    yield made
    # With it goes its translator, which would speak in the next test.
    delete(made)


@pytest.fixture
def look(qapp: QApplication) -> Look:
    """Light, Swedish, 100 %."""
    return make_look(qapp)
