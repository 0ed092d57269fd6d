#!/usr/bin/env python3
"""Everything a person does here: demo, run, test, bench, endurance, tour, texts, decide.

Uses the standard library only. The first command sets everything up in `.venv` beside this file;
later ones install nothing.
"""

import argparse
import filecmp
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed"
REQUIREMENTS = ROOT / "requirements-dev.txt"
IS_LINUX = sys.platform.startswith("linux")
HAS_SCREEN = not IS_LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

# What Qt says when a screen is named that does not answer, and when it draws without one.
UNREACHABLE = "could not connect to display"
NOISE = b"This plugin does not support"

# Every branch of these is taken by the tests.
WHOLLY_COVERED = (
    "trygga_desktop/domain/*",
    "trygga_desktop/crypto/*",
    "trygga_desktop/storage/migrate.py",
)

# A file system in memory, and how much of it the tests need.
MEMORY = Path("/dev/shm")  # noqa: S108  each run makes a folder of its own there
ENOUGH_MEMORY = 1 << 30

# Debian's names. The first list is enough to draw off-screen, the second for a real window.
DRAWING = [
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libbrotli1",
]
WINDOW = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
]

DECIDE = """\
Print what is decided of everything that is known in an invented case by the end of a day: for each
item what each person may know of it, with every reason and its sentence from the catalogue, and
what may be shown to all of them together. It reads resources/demo/timeline.toml and
resources/catalogue/, and opens no vault.

The names are the codes of the timeline: a person (elias), an organisation (school), or somebody who
speaks for one (school:henrik). Without names it is those who were at the meeting of that day, and
where there was none, everybody of the case. Everybody counts as having confirmed their duty of
confidentiality. What a person tells counts as given by the board whose case file it is.
"""


def main() -> int:
    """Do what was asked for; return the exit code."""
    asked = parse(sys.argv[1:])
    set_up()
    action: Callable[[argparse.Namespace], int] = asked.action
    return action(asked)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command and its options."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    demo_ = commands.add_parser("demo", help="set everything up and show invented cases")
    demo_.add_argument("--out", help="write vault and pictures here instead of opening a window")
    demo_.set_defaults(action=demo)
    test_ = commands.add_parser("test", help="run every check that CI runs")
    test_.add_argument("--fast", action="store_true", help="without coverage and wheel")
    test_.set_defaults(action=test)
    wheel_ = commands.add_parser("wheel", help="build the wheel, and see that it runs alone")
    wheel_.set_defaults(action=lambda _: check_wheel())
    commands.add_parser("run", help="start the program").set_defaults(action=run)
    tour_ = commands.add_parser("tour", help="pictures of all screens, for looking at")
    tour_.add_argument("--out", default="out")
    tour_.set_defaults(action=tour)
    bench_ = commands.add_parser("bench", help="the benchmark table")
    bench_.add_argument("--cases", default="10000")
    bench_.set_defaults(action=bench)
    endurance_ = commands.add_parser("endurance", help="one long test")
    endurance_.add_argument("name")
    endurance_.add_argument("--count", default="200")
    endurance_.add_argument("--seed", default="4711")
    endurance_.set_defaults(action=endurance)
    texts_ = commands.add_parser("texts", help="bring the catalogue of texts up to date")
    texts_.set_defaults(action=texts)
    decide_ = commands.add_parser(
        "decide",
        help="the decision table of an invented case, to be read beside the law",
        description=DECIDE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    decide_.add_argument("--case", required=True, help="A, B or C")
    decide_.add_argument("--on", required=True, metavar="DAY", help="the day, as 2026-09-17")
    decide_.add_argument("--room", metavar="NAMES", help="such as elias,sara,school:henrik")
    decide_.add_argument("--language", choices=["sv", "en"], default="sv")
    decide_.set_defaults(action=decide)
    return parser.parse_args(arguments)


def demo(asked: argparse.Namespace) -> int:
    """Open the window where there is a screen; otherwise, or with --out, write pictures."""
    if asked.out is None and HAS_SCREEN and can_show_window():
        return python("-m", "trygga_desktop", "demo")
    return python("-m", "trygga_desktop", "demo", "--out", asked.out or "out", offscreen=True)


def run(_: argparse.Namespace) -> int:
    """Start the program."""
    if not HAS_SCREEN:
        print("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    if not HAS_SCREEN or not can_show_window():
        return 2
    return python("-m", "trygga_desktop", "run")


def tour(asked: argparse.Namespace) -> int:
    """Leave pictures of all screens."""
    command = ("-m", "trygga_desktop", "demo", "--out", asked.out, "--only", "screens")
    return python(*command, offscreen=True)


def bench(asked: argparse.Namespace) -> int:
    """Print the benchmark table."""
    return python("-m", "tests.bench", "--cases", asked.cases, offscreen=True)


def endurance(asked: argparse.Namespace) -> int:
    """Run one long test."""
    numbers = ("--count", asked.count, "--seed", asked.seed)
    return python("-m", "tests.endurance", asked.name, *numbers, offscreen=True)


def texts(_: argparse.Namespace) -> int:
    """Extract every text from the program, update the Swedish catalogue and compile it."""
    catalogue = ROOT / "resources" / "i18n" / "sv" / "LC_MESSAGES" / "trygga.po"
    with tempfile.TemporaryDirectory() as place:
        template = Path(place) / "trygga.pot"
        extract = "extract --no-location --sort-output --omit-header"
        update = "update --no-fuzzy-matching --ignore-obsolete -l sv -D trygga"
        for step in (
            [*extract.split(), "-o", str(template), "trygga_desktop"],
            [
                *update.split(),
                "--ignore-pot-creation-date",
                "-i",
                str(template),
                "-o",
                str(catalogue),
            ],
            ["compile", "-l", "sv", "-i", str(catalogue), "-o", str(catalogue.with_suffix(".mo"))],
        ):
            code = python("-m", "babel.messages.frontend", *step)
            if code:
                return code
    return 0


def decide(asked: argparse.Namespace) -> int:
    """Print the decision table of an invented case."""
    question = [f"--case={asked.case}", f"--on={asked.on}", f"--language={asked.language}"]
    room = [] if asked.room is None else [f"--room={asked.room}"]
    return python("-m", "trygga_desktop", "decide", *question, *room)


def test(asked: argparse.Namespace) -> int:
    """Run every check, each to its end, and say at the end which of them failed."""
    with tempfile.TemporaryDirectory() as place:
        return run_checks(Path(place), is_fast=asked.fast)


def run_checks(measured: Path, *, is_fast: bool) -> int:
    """Run the checks; what the tests pass of the program is noted in this folder."""
    quick: list[tuple[str, Callable[[], int]]] = [
        ("Layout of the code", lambda: python("-m", "ruff", "format", "--check", ".")),
        ("Rules of the code", lambda: python("-m", "ruff", "check", ".")),
        ("Types", lambda: python("-m", "mypy")),
        (
            "Layers",
            lambda: python("-c", "from importlinter.cli import lint_imports_command as c; c()"),
        ),
    ]
    if is_fast:
        steps = [*quick, ("Tests", lambda: pytest("-n", "auto"))]
    else:
        # One core is enough for each: the wheel is built while the quick checks run.
        wheel = Beside("wheel")
        steps = [
            *quick,
            ("Wheel", wheel.finish),
            ("Tests", lambda: pytest("-n", "auto", measured=measured)),
            (
                "Every branch of what must not fail",
                lambda: coverage(measured, 100, *WHOLLY_COVERED),
            ),
            ("Coverage", lambda: coverage(measured, 95)),
        ]
    failed = [title for title, step in steps if not passes(title, step)]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passes.")
    print(f"{len(steps) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


class Beside:
    """A command of this file that runs while others do; what it said is printed at its end."""

    def __init__(self, command: str) -> None:
        # It is closed with the process that it is for.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  as above
        self._process = subprocess.Popen(
            [sys.executable, __file__, command], stdout=self._said, stderr=subprocess.STDOUT
        )

    def finish(self) -> int:
        """Wait for its end, and return its exit code."""
        code = self._process.wait()
        with self._said as said:
            said.seek(0)
            print(said.read().decode("utf-8", "replace"), end="", flush=True)
        return code


def passes(title: str, step: Callable[[], int]) -> bool:
    """Run one check under its title and tell how long it took."""
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    code = step()
    print(
        f"-- {title}: {'ok' if code == 0 else 'FAILED'}, {time.monotonic() - started:.0f} s",
        flush=True,
    )
    return code == 0


def pytest(*options: str, measured: Path | None = None) -> int:
    """Run the tests off-screen, and note in that folder what of the program they pass."""
    more = {"TRYGGA_MEASURED": str(measured)} if measured else {}
    # Thousands of vaults are written and thrown away: where there is room, no disk is waited for.
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH_MEMORY:
        more["TMPDIR"] = str(MEMORY)
    return python("-m", "pytest", "-q", *options, offscreen=True, more=more)


def coverage(measured: Path, percent: int, *files: str) -> int:
    """Return 0 if the tests passed so much of these files, or of the whole program."""
    return python("-m", "tests.measuring", str(measured), str(percent), *files)


def check_wheel() -> int:
    """Build the wheel, and see that the demonstration runs from it alone."""
    with tempfile.TemporaryDirectory() as place:
        code = python("-m", "hatchling", "build", "-t", "wheel", "-d", place)
        if code:
            return code
        (wheel,) = Path(place).glob("*.whl")
        unpacked = Path(place) / "unpacked"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        left_out = list(find_left_out(unpacked / "trygga_desktop"))
        print("\n".join(left_out), end="\n" if left_out else "")
        return 1 if left_out else run_demo_from(unpacked, Path(place))


def find_left_out(package: Path) -> Iterator[str]:
    """Yield what is not in an unpacked wheel as it is here."""
    for folder in ("resources", "migrations"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_dir() or "__pycache__" in path.parts:
                continue
            twin = package / f"_{folder}" / path.relative_to(ROOT / folder)
            if not twin.is_file():
                yield f"missing in the wheel: {path.relative_to(ROOT)}"
            elif not filecmp.cmp(path, twin, shallow=False):
                yield f"another in the wheel: {path.relative_to(ROOT)}"


def run_demo_from(unpacked: Path, place: Path) -> int:
    """Run the demonstration with nothing of this checkout; return 0 if it left what it should."""
    environment = os.environ | {"PYTHONPATH": str(unpacked), "QT_QPA_PLATFORM": "offscreen"}
    for arguments in (["--version"], ["demo", "--brief", "--out", "out"]):
        command = [str(PYTHON), "-m", "trygga_desktop", *arguments]
        code = start(command, folder=place, environment=environment)
        if code:
            return code
    wanted = ("demo.trygga/vault.db", "passphrase.txt", "screens/*.png")
    missing = [name for name in wanted if not any((place / "out").glob(name))]
    if missing:
        print(f"the demonstration did not leave {', '.join(missing)}")
    return 1 if missing else 0


def set_up() -> None:
    """Make the environment once; a second time there is nothing to do."""
    if sys.version_info < (3, 11):  # noqa: UP036  said here rather than by a strange error later
        sys.exit("Trygga needs Python 3.11 or later.")
    state = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == state:
        return
    make_environment()
    print("Installing what the program needs ...", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # The file names every package there is. Left to resolve, older pips meet `coverage[toml]`
    # first, take its newest release for it, and stop because that one has no hash.
    command += ["--no-deps", "--require-hashes", "-r", str(REQUIREMENTS)]
    told = problem_with(command)
    if told:
        stop("The packages could not be installed. The first run needs the network.", told)
    told = problem_with([str(PYTHON), "-c", "import PySide6.QtGui"])
    if told and IS_LINUX:
        install_packages(DRAWING, told)
        told = problem_with([str(PYTHON), "-c", "import PySide6.QtGui"])
    if told:
        stop("Qt does not start.", told)
    STAMP.write_text(state, encoding="utf-8")


def make_environment() -> None:
    """Make `.venv`, after installing Debian's part of `venv` where that is what is missing."""
    command = [sys.executable, "-m", "venv", str(VENV)]
    told = problem_with(command)
    if any(sign in told for sign in ("ensurepip is not", "No module named ensurepip")):
        shutil.rmtree(VENV, ignore_errors=True)
        install_packages(["python3-venv"], told)
        told = problem_with(command)
    if told:
        stop(f"Python could not make an environment in {VENV}.", told)


def can_show_window() -> bool:
    """Return whether Qt can show a window here; if not, say why.

    On Debian, as root, what it lacks of the system is installed.
    """
    command = [str(PYTHON), "-c", "from PySide6.QtGui import QGuiApplication as A; A([])"]
    told = problem_with(command)
    # Only a Qt that found all its libraries comes as far as the screen.
    if told and IS_LINUX and UNREACHABLE not in told:
        install_packages(WINDOW, told)
        told = problem_with(command)
    if told:
        unreachable = f"The screen {os.environ.get('DISPLAY', '')} cannot be reached from here."
        print(unreachable if UNREACHABLE in told else told)
    return not told


def install_packages(names: Sequence[str], told: str) -> None:
    """Install Debian packages as root; otherwise say how, and stop.

    `told` is what failed without them. Where there are no such packages, that is all we know.
    """
    if shutil.which("apt-get") is None:
        stop("Something of the system is missing.", told)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
    if os.geteuid() != 0:
        print(
            "Some packages of the system are missing. On Debian and Ubuntu, run this and try again:"
        )
        print(f"  sudo apt-get update && sudo {' '.join(command)}")
        sys.exit(2)
    print(f"Installing {', '.join(names)} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command, "-qq"]):
        told = problem_with(step, environment)
        if told:
            stop(f"{' '.join(step[:2])} did not succeed. It needs the network.", told)


def problem_with(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """Run a step of the setting up in silence; return what it said if it failed, else nothing."""
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    if done.returncode == 0:
        return ""
    told = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
    return told or f"{command[0]} ended with {done.returncode}"


def stop(why: str, told: str) -> NoReturn:
    """End here, with what was said by what failed and with our own words last."""
    print(told, flush=True)
    sys.exit(why)


def python(*arguments: str, offscreen: bool = False, more: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python here, with more in its environment; return its exit code."""
    environment = {**os.environ, **(more or {})}
    if offscreen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return start([str(PYTHON), *arguments], folder=ROOT, environment=environment)


def start(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> int:
    """Run a command; return its exit code.

    What the offscreen platform cannot do, it says each time: that is left out.
    """
    if environment.get("QT_QPA_PLATFORM") != "offscreen":
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:
        for line in process.stderr or ():
            if NOISE not in line:
                sys.stderr.buffer.write(line)
                sys.stderr.buffer.flush()
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
