"""Types canaries at the window of the wired program, throws them away, prints and saves."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

# Before Qt is imported: nothing here needs a screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import MadeVault
from tests.endurance.planting import Planter
from tests.endurance.program import FIELDS, find_field
from tests.ui.crawling import WAYS, Crawler, enter, print_protocol, save_protocol
from trygga_desktop.app import usual_surroundings
from trygga_desktop.paths import shipped
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.problems import read_error
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.kept.view_model import KeptViewModel
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.widgets.buttons import Button


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a user leaves on the computer without having exported it; `thrown` texts were typed."""

    clipboard: str
    log: Path
    thrown: int


def work_at_window(made: MadeVault, planter: Planter, exported: Path) -> Seen:
    """Go through every screen with canaries typed into it, and end with an unforeseen error.

    `exported` takes what is printed and saved. Its home is that of the process.
    """
    given = replace(usual_surroundings(), now=made.environment.now)
    assert given.log_file is not None
    application = build_application(["trygga"], shipped("resources"))
    settings = SettingsFile(given.settings_folder / "view.ini")
    appearance = Appearance(application, settings, shipped("resources") / "icons")
    on = enter(made.open(), appearance, given, exported)
    appearance.larger_text()
    for go in WAYS.values():
        go(on)
        application.processEvents()
    _type_everywhere(on, planter)
    thrown = _throw_half(on)
    on.rooms.go_home()
    on.current(HomeViewModel).set_filter(planter.canary())
    WAYS["protocol"](on)
    save_protocol(on)
    print_protocol(on)
    on.rooms.close_and_tell(read_error(RuntimeError(planter.canary())))
    for button in on.window.findChildren(Button):
        if button.objectName() in {"show report", "copy report"}:
            button.click()
    board = QGuiApplication.clipboard()
    held = [board.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)]
    on.window.close()
    return Seen(clipboard="\n".join(held), log=given.log_file, thrown=thrown)


def _type_everywhere(on: Crawler, planter: Planter) -> None:
    """Type into a field of each kind of form, and leave it half written."""
    # No meeting has begun here to write in.
    for one in (field for name, field in FIELDS.items() if name != "meeting"):
        one.go(on.rooms, on.case_id)
        editor = None
        while editor is None:
            # A form that was closed is opened by looking for its field.
            editor = find_field(on.window, on.rooms, one.name)
            QApplication.processEvents()
        QTest.keyClicks(editor, planter.canary())
        editor.selectAll()
        on.rooms.leave()


def _throw_half(on: Crawler) -> int:
    """Throw every other text away; return how many."""
    WAYS["kept"](on)
    model = on.current(KeptViewModel)
    thrown = list(model.unrecorded)[::2]
    for one in thrown:
        model.show_text(one.id)
        model.throw_away(one)
    return len(thrown)
