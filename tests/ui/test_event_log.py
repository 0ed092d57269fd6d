"""The file for support holds times, codes and counts, and nothing that anyone typed."""

import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ui.desks import OpenDesk, command
from tests.ui.plain import NOW, raising
from trygga_desktop.domain import errors
from trygga_desktop.ui import event_log
from trygga_desktop.ui.event_log import Event, EventLog
from trygga_desktop.ui.problems import ProblemKind

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 [a-z]+ (-|E-\d\d) \d+")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file is to be, in a folder that is not there yet."""
    return tmp_path / "log" / "events.log"


def test_nothing_but_codes_comes_in(path: Path) -> None:
    log = EventLog(path, lambda: NOW)
    text: Any = "Viktor Testman"

    with pytest.raises(ValueError, match="not a valid"):
        log.note(text)
    with pytest.raises(ValueError, match="not a valid"):
        log.note(Event.PROBLEM, text)

    assert not path.exists()


def test_a_line_tells_when_what_and_how_often(path: Path) -> None:
    log = EventLog(path, lambda: NOW)

    log.note(Event.STARTED)
    for _ in range(2):
        log.note(Event.PROBLEM, ProblemKind.DISK_FULL)

    assert path.read_text(encoding="ascii").splitlines() == [
        "2026-11-26T06:51:00+00:00 started - 1",
        "2026-11-26T06:51:00+00:00 problem E-08 1",
        "2026-11-26T06:51:00+00:00 problem E-08 2",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_reads_it(path: Path) -> None:
    EventLog(path, lambda: NOW).note(Event.STARTED)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    EventLog(in_the_way / "events.log", lambda: NOW).note(Event.STARTED)

    assert in_the_way.read_bytes() == b""


def test_full_files_make_room_and_there_are_never_more_than_five(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "LARGEST", 100)
    log = EventLog(path, lambda: NOW)

    for _ in range(30):
        log.note(Event.STARTED)

    files = sorted(one.name for one in path.parent.iterdir())
    assert files == ["events.1.log", "events.2.log", "events.3.log", "events.4.log", "events.log"]
    assert all(one.stat().st_size <= 100 for one in path.parent.iterdir())
    assert path.read_text(encoding="ascii").endswith(" 30\n")


def test_what_happens_to_a_vault_is_noted_without_a_word_about_it(
    open_desk: OpenDesk, path: Path
) -> None:
    log = EventLog(path, lambda: NOW)
    services = {"note": log.note}
    window = open_desk(services=services)
    command(window, "Ctrl+L").trigger()
    window = open_desk(services=services, list_cases=raising(errors.NotConfirmedError()))

    lines = path.read_text(encoding="ascii").splitlines()

    assert all(LINE.fullmatch(line) for line in lines)
    assert [line.split()[1:3] for line in lines] == [
        ["unlocked", "-"],
        ["locked", "-"],
        ["unlocked", "-"],
        ["problem", "E-25"],
        ["closed", "-"],
    ]


def test_whatever_fails_at_the_desk_is_noted_by_its_code(open_desk: OpenDesk, path: Path) -> None:
    services = {"note": EventLog(path, lambda: NOW).note}
    open_desk(services=services, list_cases=raising(RuntimeError("Viktor Testman")))
    open_desk(services=services, list_cases=raising(errors.NoRightError()))

    lines = path.read_text(encoding="ascii").splitlines()

    assert all(LINE.fullmatch(line) for line in lines)
    codes = [line.split()[2] for line in lines if line.split()[1] == "problem"]
    assert codes[0] == "E-20"
    assert "E-13" in codes
