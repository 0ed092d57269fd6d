"""From a lock to the unlock screen, and what a key costs while all that is typed is stored."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.clockwork import Figure

_LOCKS = 5
_PATIENCE = 30.0
_AGAIN = 0.01


def figures() -> Iterator[Figure]:
    """Yield how long a lock takes, and the median and the slowest of many keys."""
    yield Figure(
        "lock to the unlock screen of the next process",
        statistics.median(_lock() for _ in range(_LOCKS)),
    )
    alone, stored = _type()
    yield Figure(
        "a key in a note that is stored at each key",
        statistics.median(stored),
        "stored at none",
        statistics.median(alone),
    )
    yield Figure(f"the slowest of {len(stored)} such keys", max(stored), "of these", max(alone))


def _lock() -> float:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _run("lock", place)
        shown = place / "shown"
        until = time.monotonic() + _PATIENCE
        # The next process is nobody's child any more, so nothing tells of its end.
        while not shown.exists():
            if time.monotonic() > until:
                raise TimeoutError("no unlock screen came")
            time.sleep(_AGAIN)
        return float(shown.read_text("ascii")) - float((place / "locked").read_text("ascii"))


def _type() -> tuple[list[float], list[float]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _run("type", place)
        alone, stored = (
            [float(one) for one in (place / name).read_text("ascii").split()]
            for name in ("alone", "stored")
        )
        return alone, stored


def _run(what: str, place: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.bench.lock_and_type", what, str(place)]
    subprocess.run(command, check=True, env=environment)  # noqa: S603  ourselves
