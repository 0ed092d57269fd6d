"""A whole program, run as a process of its own, whose vault hangs when it is to be closed.

`python -m tests.ui.hanging_program PLACE lock|close` ends by itself, or a test finds that it does
not. It writes the command of the next process into PLACE, and then cannot start it.
"""

import sys
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import NoReturn, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.desk_screens import ME
from tests.ui.plain import nothing
from trygga_desktop.app import Surroundings, run, usual_now
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.main_window import MainWindow

PATIENCE = 100


def hang() -> NoReturn:
    """Never come back."""
    while True:
        Event().wait()


def main(place: Path, end: str) -> int:
    """Show an open vault, and lock it or close the window as soon as there is one."""

    def lock() -> None:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        larger = next(
            action
            for action in window.actions()
            if "Ctrl++" in [keys.toString() for keys in action.shortcuts()]
        )
        larger.trigger()
        if end == "lock":
            assert window.desk_rooms is not None
            window.desk_rooms.lock()
        else:
            window.close()

    def opened() -> OpenVault:
        QTimer.singleShot(0, lock)
        vault = SimpleNamespace(
            folder=SimpleNamespace(path=place / "x.trygga"),
            municipality="Exempelstad",
            me=ME,
            notices=(),
            saved_at=None,
            tidy=nothing,
            close=hang,
        )
        return cast("OpenVault", vault)

    def start(command: list[str]) -> NoReturn:
        (place / "next").write_text("\n".join(command), encoding="utf-8")
        raise OSError

    given = Surroundings(
        now=usual_now, state_folder=place, settings_folder=place, suggested_folder=place
    )
    return run(given=given, opened=opened, start=start, patience=PATIENCE)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
