"""Hold today's meeting of the demonstration by keys alone, under a real window manager.

    python -m tests.endurance.keyboard --out DIR [--only NAME ...]

It starts the program as people do, with the vault of the demonstration, under Xvfb with openbox,
presses nothing but keys, and leaves a picture after each step. It needs Xvfb, openbox, xdotool,
setxkbmap and the import of ImageMagick; what the pictures show is for people to look at.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from trygga_desktop.demo import make_demo

NEEDED = ("Xvfb", "openbox", "xdotool", "setxkbmap", "import")

_FIND_IT = ("search", "--onlyvisible", "--name", "Trygga")
_LONGEST = 20.0
_PATIENCE = 8.0
_UNLOCKING = _WORKING = 180.0
_LOOK_EVERY = 0.4
_LOOKS = 2
_AT_REST = 0.5
"""The share of the time that a program which waits for a key takes or would take at most."""

_SECOND = 1_000_000_000
_CHUNK = 4_096
_FEW, _SOME, _MOST = 24, 160, 400
"""Parts of a picture that differ where a cursor blinks, where the time of an item goes on, and
where another page stands."""

_MAXIMISED = """<openbox_config xmlns="http://openbox.org/3.4/rc"><applications>
<application type="normal"><maximized>yes</maximized></application>
</applications></openbox_config>"""
"""What the manager is told: the window fills the screen, dialogs do not."""

_AFTERNOON = 7 * 3_600
"""Seconds from the morning of the demonstration to shortly before its meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A screen, and how the program looks on it.

    `back` is how many steps back from the text that is being written the people at the table are;
    where the window is narrow they stand there once something was asked of them.
    """

    name: str
    size: tuple[int, int]
    theme: str = "light"
    text: float = 1.0
    factor: int = 1
    language: str = "sv"
    back: int = 4


SIGHTS = (
    Sight(name="1366-light", size=(1366, 768)),
    Sight(name="1920-dark", size=(1920, 1080), theme="dark"),
    Sight(name="1920-light", size=(1920, 1080)),
    Sight(name="1366-dark", size=(1366, 768), theme="dark"),
    Sight(name="1366-contrast", size=(1366, 768), theme="hc"),
    Sight(name="2732-200", size=(2732, 1536), factor=2),
    Sight(name="1366-text150", size=(1366, 768), text=1.5, back=10),
)

# What is pressed, and what the picture after it is called.
STEPS: tuple[tuple[str, Sequence[str]], ...] = (
    ("filter", ("key ctrl+f", "type Elias")),
    ("case", ("key Tab", "key Tab", "key Tab", "key Tab", "key Return")),
    ("opening", ("key F5",)),
    ("everyone-here", ("key ctrl+e",)),
    ("begun", ("key space",)),
    ("voice", ("key F8",)),
    ("own-words", ("key ctrl+4", "type Jag vill vara ledare för de yngre.", "key ctrl+Return")),
    ("next", ("key F8",)),
    ("writing", ("key ctrl+3", "type Platsen vid parkeringen är fortfarande stokig.")),
    ("noted", ("key ctrl+Return",)),
    ("decision", ("key ctrl+1", "type Elias får en egen grupp på onsdagar.")),
    ("who-decides", ("key Tab", "key Down", "key ctrl+Return")),
    ("disagrees", ("key F4", "type Det känns för sent på kvällen.", "key ctrl+Return")),
    ("more-time", ("key F7",)),
    ("curtain", ("key F9",)),
    ("uncovered", ("key F9",)),
    ("break", ("key ctrl+b",)),
    ("after-break", ("key ctrl+b",)),
    ("asked-who-withdraws", ("key ctrl+t",)),
    ("nobody-does", ("key Escape",)),
    ("leaves", ("people", "key End", "key Return")),
    ("gone", ("wait 7",)),
    ("comes-back", ("key Return",)),
    ("asked-for-item", ("key ctrl+i",)),
    ("new-item", ("type Sommarjobb", "key Return")),
    ("shortcuts", ("key F1",)),
    ("closed", ("key Escape",)),
    ("item-4", ("key F8",)),
    ("item-5", ("key F8",)),
    ("item-6", ("key F8",)),
    ("item-7", ("key F8",)),
    ("review", ("key F8",)),
    ("asked-who-looks-on", ("key ctrl+Return",)),
    ("protocol", ("key Tab", "key space")),
)


class Hand:
    """Presses keys on a display, and takes pictures of it."""

    def __init__(self, out: Path, sight: Sight, display: str, *, process: int) -> None:
        self._out = out
        self._sight = sight
        self._display = display
        self._process = process
        self._count = 0
        self._last = b""

    def press(self, what: str) -> None:
        """Press a key, type a text, wait so many seconds, or go back to the people."""
        if what == "people":
            for _ in range(self._sight.back):
                self.press("key shift+Tab")
            return
        kind, _, rest = what.partition(" ")
        if kind == "wait":
            time.sleep(float(rest))
        elif kind == "key":
            _run(self._display, "xdotool", "key", "--clearmodifiers", rest)
        else:
            _run(self._display, "xdotool", "type", "--clearmodifiers", "--delay", "25", rest)
        # Qt answers a key when its turn comes; two must not be taken for one.
        time.sleep(0.15)

    def unlock(self, passphrase: str) -> None:
        """Open the vault, whose passphrase costs what it costs, on a busy computer more."""
        self.look("unlock", patience=_UNLOCKING)
        self.press("wait 2")
        # The first key with Shift would come without it.
        self.press("key shift")
        self.press(f"type {passphrase}")
        self.press("key Return")
        self.look("home", patience=_UNLOCKING, least=_MOST)

    def look(self, name: str, *, patience: float = _PATIENCE, least: int = _FEW) -> Path:
        """Wait so many seconds at most until the picture rests, keep it, and return where.

        Before that more than `least` parts of it must have changed. While the program works it is
        waited for, as people would.
        """
        picture = self._rest(patience, least)
        self._count += 1
        kept = self._out / f"{self._sight.name}-{self._count:02}-{name}.png"
        QImage.fromData(picture).save(str(kept))
        return kept

    def _rest(self, patience: float, least: int) -> bytes:
        """Return the picture once it is another than the last, and has been the same for a while.

        A computer with much else to do answers late.
        """
        begun = time.monotonic()
        before, same, took = _picture(self._display), 0, _wanted_by(self._process)
        looked_at, is_working = time.monotonic(), True
        while time.monotonic() < begun + (_WORKING if is_working else patience):
            time.sleep(_LOOK_EVERY)
            after = _picture(self._display)
            now, wanted = time.monotonic(), _wanted_by(self._process)
            is_working = wanted - took > _AT_REST * (now - looked_at)
            looked_at, took = now, wanted
            has_changed = _differ(self._last, after) > least
            rests = has_changed and not is_working and _differ(before, after) <= _SOME
            same = same + 1 if rests else 0
            if same >= _LOOKS:
                break
            before = after
        self._last = before
        return before


def main() -> int:
    """Hold the meeting once for each way of looking at it; return 0 when all of them are done."""
    parser = argparse.ArgumentParser(prog="tests.endurance.keyboard", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", help="ways of looking, by their names")
    asked = parser.parse_args()
    missing = [one for one in NEEDED if shutil.which(one) is None]
    if missing:
        print(f"missing: {', '.join(missing)}")
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.mkdir()
        demo = make_demo(made, made / "state")
        for sight in SIGHTS:
            if asked.only is None or sight.name in asked.only:
                place = Path(folder) / sight.name
                shutil.copytree(made, place)
                hold(place, demo.passphrase, asked.out, sight)
                print(f"{sight.name}: held", flush=True)
    return 0


def hold(place: Path, passphrase: str, out: Path, sight: Sight) -> None:
    """Hold the meeting on a screen of its own."""
    set_view(place, sight)
    with (
        screen(place, sight) as display,
        program(place, sight, display, after=_AFTERNOON) as process,
    ):
        hand = Hand(out, sight, display, process=process)
        hand.unlock(passphrase)
        for name, keys in STEPS:
            for one in keys:
                hand.press(one)
            hand.look(name)


def set_view(place: Path, sight: Sight) -> None:
    """Have the program look as it is to look."""
    lines = (
        "[view]",
        f"language = {sight.language}",
        f"theme = {sight.theme}",
        f"text_scale = {sight.text}",
    )
    (place / "view.ini").write_text("\n".join(lines) + "\n", "utf-8")


@contextmanager
def screen(place: Path, sight: Sight) -> Iterator[str]:
    """Have a display with a window manager, and yield what it is called: one that nobody has."""
    width, height = sight.size
    size = f"{width}x{height}x24"
    told, tells = os.pipe()
    screen = subprocess.Popen(  # noqa: S603  ours
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"],  # noqa: S607  found before
        stderr=subprocess.DEVNULL,
        pass_fds=(tells,),
    )
    os.close(tells)
    manager = None
    try:
        with os.fdopen(told) as number:
            display = f":{number.readline().strip()}"
        rules = place / "openbox.xml"
        rules.write_text(_MAXIMISED, "utf-8")
        manager = subprocess.Popen(  # noqa: S603  ours
            ["openbox", "--config-file", str(rules)],  # noqa: S607  found before
            env=_environment(display),
            stderr=subprocess.DEVNULL,
        )
        # Only a window manager answers this.
        _wait_for(lambda: _run(display, "xdotool", "get_num_desktops"))
        # A letter that the keyboard lacks is lost where the computer is busy: it is lent a key for
        # a moment.
        _run(display, "setxkbmap", "se")
        yield display
    finally:
        for one in (manager, screen):
            if one is not None:
                one.terminate()
                one.wait()


@contextmanager
def program(
    place: Path, sight: Sight, display: str, *, after: float, module: str = "trygga_desktop"
) -> Iterator[int]:
    """Have the program's window on the display, so many seconds after the demonstration began.

    Yield the number of its process.
    """
    began = time.time() - after
    arguments = ["demo", "--place", str(place), "--began", str(began)]
    vault = ["--vault", str(place / "demo.trygga")]
    running = subprocess.Popen(  # noqa: S603  ourselves
        [sys.executable, "-m", module, *arguments, *vault],
        env=_environment(display)
        | {"QT_SCALE_FACTOR": str(sight.factor), "QT_QPA_PLATFORM": "xcb"},
    )
    try:
        # While the manager makes it fill the screen, it may be gone again for a moment.
        _wait_for(lambda: _run(display, "xdotool", *_FIND_IT, "windowactivate"))
        yield running.pid
    finally:
        running.terminate()
        with suppress(subprocess.TimeoutExpired):
            running.wait(_LONGEST)
        running.kill()
        running.wait()


def _wait_for(look: Callable[[], object]) -> None:
    until = time.monotonic() + 2 * _LONGEST
    while time.monotonic() < until:
        with suppress(subprocess.CalledProcessError):
            look()
            return
        time.sleep(_LOOK_EVERY)
    raise TimeoutError("nothing came up on the display")


def _run(display: str, *command: str) -> bytes:
    done = subprocess.run(  # noqa: S603  the names above
        command, env=_environment(display), check=True, capture_output=True
    )
    return done.stdout


def _picture(display: str) -> bytes:
    # Not xwd: what stands over the window of the program is black in its pictures of the whole.
    return _run(display, "import", "-silent", "-window", "root", "ppm:-")


def _wanted_by(process: int) -> float:
    """Return how long a program and what it started have run, or waited for others to let them."""
    threads = Path(f"/proc/{process}/task")
    total = 0.0
    # A thread may end while it is asked.
    with suppress(OSError):
        for each in threads.iterdir():
            ran, waited, _ = (each / "schedstat").read_text("utf-8").split()
            total += (int(ran) + int(waited)) / _SECOND
            started = (each / "children").read_text("utf-8").split()
            total += sum(_wanted_by(int(one)) for one in started)
    return total


def _differ(one: bytes, other: bytes) -> int:
    places = range(0, max(len(one), len(other)), _CHUNK)
    return sum(one[at : at + _CHUNK] != other[at : at + _CHUNK] for at in places)


def _environment(display: str) -> dict[str, str]:
    return os.environ | {"DISPLAY": display}


if __name__ == "__main__":
    sys.exit(main())
