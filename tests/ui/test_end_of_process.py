"""Only the end of a process clears its memory: a lock ends it, whatever hangs or fails."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QObject

from tests.house.source import ROOT
from trygga_desktop.__main__ import parse
from trygga_desktop.app import restart_command, start_process, usual_surroundings
from trygga_desktop.demo import STARTS_AT, DemoClock, again_arguments, clock_after_lock
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.tasks import ThreadRunner

FOLDER = Path("/home/ke/Trygga unga.trygga")
LONGEST = 60


def end_of(place: Path, how: str) -> subprocess.CompletedProcess[str]:
    """Run a program whose vault hangs, and wait for its end."""
    return subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "tests.ui.hanging_program", str(place), how],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


def test_a_lock_ends_the_process_while_work_hangs_and_nothing_can_be_started(
    tmp_path: Path,
) -> None:
    ended = end_of(tmp_path, "lock")

    assert ended.returncode == 1
    command = (tmp_path / "next").read_text(encoding="utf-8").splitlines()
    assert command[1:] == ["-m", "trygga_desktop", "run", "--vault", str(tmp_path / "x.trygga")]


def test_a_closed_window_ends_the_process_while_work_hangs(tmp_path: Path) -> None:
    ended = end_of(tmp_path, "close")

    assert ended.returncode == 0, ended.stderr
    assert not (tmp_path / "next").exists()


def test_how_it_looks_is_kept_in_the_folder_of_the_settings(tmp_path: Path) -> None:
    end_of(tmp_path, "close")

    assert SettingsFile(tmp_path / "view.ini").load().text_scale == 1.1


def test_a_runner_waits_no_longer_than_it_is_told() -> None:
    runner, owner, go_on = ThreadRunner(), QObject(), Event()
    runner.run(owner, go_on.wait, print, print)

    assert not runner.shut_down(patience=0.01)
    go_on.set()

    assert runner.shut_down(patience=LONGEST)


def test_a_runner_without_work_is_done_at_once() -> None:
    assert ThreadRunner().shut_down(patience=0)


def test_no_variable_of_the_user_leads_to_another_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = usual_surroundings().policy_file
    for name in ("XDG_CONFIG_DIRS", "XDG_CONFIG_HOME", "HOME", "WIN_PD_OVERRIDE_COMMON_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path))

    assert usual_surroundings().policy_file == before
    assert before is not None
    assert before.parts[-2:] == ("Trygga", "policy.ini")


def test_the_next_process_begins_at_the_vault() -> None:
    command = restart_command(("run",), FOLDER)

    assert command == [sys.executable, "-m", "trygga_desktop", "run", "--vault", str(FOLDER)]
    assert parse(command[3:]).vault == FOLDER


def test_the_next_process_runs_no_code_from_where_this_one_was_started(planted: Path) -> None:
    asked = ("verify", str(planted.with_name("protokoll.pdf")))

    process = start_process(restart_command(asked, None))

    # It could not be read, because there is none: the program itself has answered.
    assert process.wait(LONGEST) == 2
    assert not planted.exists()


def test_the_next_process_finds_a_vault_that_was_named_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    command = restart_command(("run",), Path("Trygga unga.trygga"))

    assert parse(command[3:]).vault == tmp_path / "Trygga unga.trygga"


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert restart_command(("run",), None) == [sys.executable, "run"]


def test_a_locked_demonstration_comes_back_to_its_own_vault_and_settings(tmp_path: Path) -> None:
    vault = tmp_path / "demo.trygga"

    asked = parse(restart_command(again_arguments(tmp_path, 1000.5), vault)[3:])

    assert (asked.command, asked.place, asked.began) == ("demo", tmp_path, 1000.5)
    assert asked.vault == vault


def test_the_time_of_a_demonstration_goes_on_over_a_lock() -> None:
    assert clock_after_lock(began=1000.0, now=1090.0).at == STARTS_AT + timedelta(seconds=90)
    assert isinstance(clock_after_lock(began=1000.0, now=900.0), DemoClock)
    assert clock_after_lock(began=1000.0, now=900.0).at == STARTS_AT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
def test_no_dump_no_other_eye_and_no_foreign_code_gets_at_the_process() -> None:
    foreign = {
        "PYTHONINSPECT": "",
        "PYTHONPATH": str(ROOT),
        "QT_PLUGIN_PATH": "/x",
        "LD_LIBRARY_PATH": "/x",
        "DYLD_LIBRARY_PATH": "/x",
        "DYLD_FRAMEWORK_PATH": "/x",
        "OPENSSL_CONF": os.devnull,
        "OPENSSL_MODULES": "/x",
    }

    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.hardened_program"],
        cwd=ROOT,
        env=os.environ | foreign | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=True,
    )

    assert ended.stdout.strip() == "0 (0, 0) 600 [] offscreen"
