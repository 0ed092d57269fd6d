"""Sleep, a locked screen and another user lock the vault: told by logind, on a bus of our own."""

import gc
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.house.source import ROOT
from tests.ui.desks import OpenDesk, frame
from tests.ui.plain import FOLDER
from trygga_desktop.i18n import load_language
from trygga_desktop.ui.lock_times import LockTimes
from trygga_desktop.ui.platform.session import SessionWatch, watch_session
from trygga_desktop.ui.screens.preferences.about import lock_text
from trygga_desktop.ui.widgets.labels import PlainLabel

DAEMON = shutil.which("dbus-daemon")

pytestmark = pytest.mark.skipif(
    DAEMON is None or not sys.platform.startswith("linux"),
    reason="there is no dbus-daemon to run a bus of one's own with",
)

Say = Callable[[str], None]
Ask = Callable[[str], str]


def line_of(pipe: IO[str] | None) -> str:
    """Return the next line of a process."""
    assert pipe is not None
    return pipe.readline().strip()


@pytest.fixture
def address() -> Iterator[str]:
    """A bus of its own."""
    assert DAEMON is not None
    command = [DAEMON, "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(  # noqa: S603  the system's own
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as daemon:
        yield line_of(daemon.stdout)
        daemon.kill()


@pytest.fixture
def manner() -> str:
    """How logind is disposed; a test may say otherwise."""
    return "willing"


@pytest.fixture
def ask(address: str, manner: str) -> Iterator[Ask]:
    """Give logind on that bus a word, and return its answer."""
    command = [sys.executable, "-m", "tests.ui.login_daemon", address, manner]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  our own module
        command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT
    ) as logind:
        assert line_of(logind.stdout) == "ready"

        def give(word: str) -> str:
            assert logind.stdin is not None
            print(word, file=logind.stdin, flush=True)
            return line_of(logind.stdout)

        yield give
        assert logind.stdin is not None
        logind.stdin.close()


@pytest.fixture
def say(ask: Ask) -> Say:
    """Have logind say something on that bus."""

    def tell(word: str) -> None:
        assert ask(word) == word

    return tell


@pytest.fixture
def watch(address: str, say: Say, request: pytest.FixtureRequest) -> Iterator[SessionWatch]:
    """What notices it, on the same bus."""
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  needs a library of the system

    assert say is not None
    name = request.node.name
    owner = QObject()
    yield SessionWatch(QDBusConnection.connectToBus(address, name), owner)
    QDBusConnection.disconnectFromBus(name)


def test_where_nobody_answers_nothing_is_promised(
    address: str, request: pytest.FixtureRequest
) -> None:
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  as above

    watch = SessionWatch(QDBusConnection.connectToBus(address, request.node.name))

    assert not watch.is_told
    assert not watch.hears


@pytest.mark.parametrize("manner", ["refusing"])
def test_where_sleep_does_not_wait_nothing_is_promised_and_what_is_told_still_locks(
    qtbot: QtBot, watch: SessionWatch, ask: Ask
) -> None:
    assert ask("delays") == "0"
    assert watch.is_told
    assert not watch.hears

    with qtbot.waitSignal(watch.must_lock):
        ask("sleep")


def test_sleep_waits_for_as_long_as_somebody_watches(
    address: str, ask: Ask, request: pytest.FixtureRequest
) -> None:
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  as above

    assert ask("delays") == "0"
    watch = SessionWatch(QDBusConnection.connectToBus(address, request.node.name))
    assert watch.hears
    assert ask("delays") == "1"

    del watch
    gc.collect()

    assert ask("delays") == "0"


@pytest.mark.parametrize("word", ["sleep", "lock", "away", "hint"])
def test_the_vault_locks_when_somebody_leaves(
    qtbot: QtBot, watch: SessionWatch, say: Say, word: str
) -> None:
    assert watch.hears

    with qtbot.waitSignal(watch.must_lock):
        say(word)


def test_waking_up_and_other_news_lock_nothing(qtbot: QtBot, watch: SessionWatch, say: Say) -> None:
    told: list[str] = []
    watch.must_lock.connect(partial(told.append, "lock"))

    with qtbot.waitSignal(watch.must_lock):
        for word in ("wake", "other", "sleep"):
            say(word)

    assert told == ["lock"]


def test_the_open_desk_is_locked_by_it(
    qtbot: QtBot, open_desk: OpenDesk, watch: SessionWatch, say: Say
) -> None:
    locked: list[object] = []
    open_desk(restart=locked.append, services={"watch_session": lambda: watch})

    with qtbot.waitSignal(watch.must_lock):
        say("sleep")

    assert locked == [FOLDER]


@pytest.mark.parametrize(("manner", "hears"), [("refusing", False), ("willing", True)])
def test_the_settings_promise_only_what_logind_grants(
    open_desk: OpenDesk, watch: SessionWatch, *, hears: bool
) -> None:
    window = open_desk(services={"watch_session": lambda: watch})
    assert window.desk_rooms is not None
    window.desk_rooms.go_to_settings()

    words = [one.text() for one in frame(window).findChildren(PlainLabel)]
    assert lock_text(LockTimes(), load_language("sv"), hears=hears) in words


def test_another_system_than_linux_notices_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert watch_session() is None


def test_what_is_not_noticed_is_said() -> None:
    english = load_language("en")

    assert "does not notice" in lock_text(LockTimes(), english, hears=False)
    assert "sleeps" in lock_text(LockTimes(), english, hears=True)
    assert "5 minutes" in lock_text(LockTimes(), english, hears=True)
