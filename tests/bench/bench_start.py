"""The first window, beside a bare one of PySide6, each in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.clockwork import Figure, median

_BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.resize(1366, 768)
window.show()
app.processEvents()
window.grab()
import os; os._exit(0)
"""
_OURS = """
import os, tempfile
from pathlib import Path
from trygga_desktop import app
place = Path(tempfile.mkdtemp())
given = app.Surroundings(
    now=app.usual_now, state_folder=place, settings_folder=place, suggested_folder=place
)
application, window, runner = app.make_window(given, vault=None)
window.show()
application.processEvents()
window.grab()
os._exit(0)
"""


def figures() -> Iterator[Figure]:
    """Yield the time from starting Python to the first painted window."""
    yield Figure(
        "start to the first window",
        median(lambda: _run(_OURS), times=7),
        "bare PySide6 window",
        median(lambda: _run(_BARE), times=7),
    )


def _run(source: str) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", source], check=True, env=environment)  # noqa: S603  ours
