"""What tests of windows share: the application with our style, and a look."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Before Qt is imported: no test needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.desks import OpenDesk, frame, make_desk
from tests.ui.plain import FOLDER, PASSPHRASE, HeldRunner, make_look, make_services, nothing
from trygga_desktop.paths import shipped
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.inputs import SecretInput


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program builds it; pytest-qt uses this one."""
    application = build_application(["trygga"], shipped("resources"))
    application.setCursorFlashTime(0)
    return application


class KeepingBot(QtBot):
    """Keeps the windows of a test until it has ended.

    pytest-qt holds them weakly. A screen that no name holds is taken apart whenever Python
    collects, which may be in the middle of what its model tells it.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._kept: list[QWidget] = []

    def addWidget(  # noqa: N802  Qt's name
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        """Close this window at the end of the test, and hold it until then."""
        self._kept.append(widget)
        super().addWidget(widget, before_close_func=before_close_func)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:  # noqa: ARG001  it must be
    """The hand on the windows of a test."""
    return KeepingBot(request)


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


@pytest.fixture
def open_desk(qtbot: QtBot, appearance: Appearance) -> OpenDesk:
    """Unlock a vault and show its desk."""

    def open_it(
        *,
        restart: Callable[[Path | None], None] = nothing,
        width: int = 1366,
        runner: TaskRunner | None = None,
        services: dict[str, Any] | None = None,
        **changes: Any,
    ) -> MainWindow:
        bound = make_services(
            unlock=lambda *_: object(),
            desk=lambda _: make_desk(**changes),
            restart=restart,
            **(services or {}),
        )
        window = MainWindow(bound, appearance, runner or InlineRunner(), vault=FOLDER)
        qtbot.addWidget(window)
        window.resize(width, 768)
        window.show()
        if isinstance(runner, HeldRunner):
            runner.work_off()
        secret = frame(window).findChild(SecretInput, "passphrase")
        assert isinstance(secret, SecretInput)
        secret.setText(PASSPHRASE)
        secret.returnPressed.emit()
        if isinstance(runner, HeldRunner):
            runner.work_off()
        return window

    return open_it


class Strays(QObject):
    """Notes each widget that becomes a window of its own, where only ours and dialogs may."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look on, and let everything pass."""
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow():
            popup = watched.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup
            if not popup and not isinstance(watched, MainWindow | QDialog | QMenu):
                self.seen.append(f"{type(watched).__name__} {watched.objectName()!r}")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[Strays]:
    """Fail if anything but the main window, a dialog or a popup was shown as a window."""
    filtering = Strays()
    qapp.installEventFilter(filtering)
    yield filtering
    qapp.removeEventFilter(filtering)
    assert filtering.seen == []
