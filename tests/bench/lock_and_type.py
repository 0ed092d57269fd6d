"""A program of its own for the benchmark: locks the window, or types into it, and tells the time.

`lock PLACE` ends at the unlock screen of the next process, `type PLACE` after the last key.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.conftest import MadeVault, make_template
from tests.endurance.program import find_field, keepers_of, show_program
from tests.people import opened_case
from trygga_desktop.app import end_process, start_process
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.main_window import MainWindow

KEYS = 200
# The next process, which has nothing of ours but the program, and writes down when it was painted.
_SHOWN = """
import os, sys, time
from pathlib import Path
from trygga_desktop import app
place, folder = map(Path, sys.argv[1:])
given = app.Surroundings(
    now=app.usual_now, state_folder=place, settings_folder=place, suggested_folder=place
)
application, window, runner = app.make_window(given, vault=folder)
window.show()
application.processEvents()
window.grab()
(place / "new").write_text(repr(time.monotonic()), encoding="ascii")
(place / "new").rename(place / "shown")
os._exit(0)
"""
_AGAIN = 5


def lock(made: MadeVault, place: Path) -> None:
    """Lock a vault that is open on the screen, and have the next process tell when it is shown."""

    def restart(folder: Path | None) -> None:
        command = [sys.executable, "-c", _SHOWN, str(place), str(folder)]
        end_process(lambda: start_process(command))

    application, window, rooms = _at_note(made, restart)

    def begin() -> None:
        if find_field(window, rooms, "note") is None:
            QTimer.singleShot(_AGAIN, window, begin)
            return
        (place / "locked").write_text(repr(time.monotonic()), encoding="ascii")
        rooms.lock()

    begin()
    application.exec()


def type_keys(made: MadeVault, place: Path) -> None:
    """Type into a note, at first unstored and then stored at each key, and tell what each took."""
    application, window, rooms = _at_note(made, lambda _: None)
    editor = None
    while editor is None:
        application.processEvents()
        editor = find_field(window, rooms, "note")
    # No timer runs in between: what is stored in the first round is nothing.
    for name, stores in (("alone", False), ("stored", True)):
        taken = []
        for number in range(KEYS):
            started = time.perf_counter()
            QTest.keyClicks(editor, "a" if number % 8 else " ")
            QApplication.sendPostedEvents()
            taken.append(time.perf_counter() - started)
            for keeper in keepers_of(window) if stores else ():
                keeper.store_now()
        (place / name).write_text("\n".join(map(repr, taken)), encoding="ascii")
    rooms.close()
    application.processEvents()


def _at_note(
    made: MadeVault, restart: Callable[[Path | None], None]
) -> tuple[Any, MainWindow, DeskRooms]:
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()
    application, window, rooms = show_program(made, restart)
    rooms.go_to_case(case_id)
    return application, window, rooms


if __name__ == "__main__":
    _made = make_template(Path(sys.argv[2]))
    (lock if sys.argv[1] == "lock" else type_keys)(_made, Path(sys.argv[2]))
