"""What is asked of Windows to bound the process that reads scans: noted, and not Windows itself."""

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from trygga_desktop.domain.scanning import ScanKind
from trygga_desktop.ui.platform.job_object import Kernel, Leash, Limits, bound_itself, windows
from trygga_desktop.ui.platform.scanning import ProcessScanner

_JOB, _ME, _OTHER = 17, 2**64 - 1, 23


class Noted:
    """A library that notes what is asked of it, and says no to what it `refuses`."""

    def __init__(self, refuses: str = "") -> None:
        self.asked: list[tuple[object, ...]] = []
        self.limits: list[Limits] = []
        answers = {
            "CreateJobObjectW": _JOB,
            "SetInformationJobObject": 1,
            "AssignProcessToJobObject": 1,
            "GetCurrentProcess": _ME,
            "OpenProcess": _OTHER,
            "CloseHandle": 1,
        }
        functions = {
            name: self._function(name, 0 if name == refuses else answer)
            for name, answer in answers.items()
        }
        self.kernel = Kernel(SimpleNamespace(**functions))

    def _function(self, name: str, answer: int) -> Callable[..., int]:
        def called(*arguments: Any) -> int:
            if name == "SetInformationJobObject":
                job, kind, limits, size = arguments
                held = ctypes.cast(limits, ctypes.POINTER(Limits)).contents
                self.limits.append(Limits.from_buffer_copy(held))
                arguments = (job, kind, size)
            self.asked.append((name, *arguments))
            return answer

        return called

    def count(self, name: str) -> int:
        """Return how often something was asked."""
        return sum(one[0] == name for one in self.asked)


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the size where pointers have 64")
def test_the_limits_lie_in_memory_as_windows_reads_them() -> None:
    assert ctypes.sizeof(Limits) == 144
    assert Limits.IoInfo.offset == 64
    assert Limits.ProcessMemoryLimit.offset == 112


def test_a_process_bounds_its_own_time_and_memory_and_starts_no_other() -> None:
    noted = Noted()
    assert bound_itself(noted.kernel, seconds=180, memory=2**31)

    (limits,) = noted.limits
    basic = limits.BasicLimitInformation
    assert basic.LimitFlags == 0x2 | 0x8 | 0x100 | 0x400
    assert basic.PerProcessUserTimeLimit == 1_800_000_000
    assert basic.ActiveProcessLimit == 1
    assert limits.ProcessMemoryLimit == 2**31
    assert noted.asked == [
        ("CreateJobObjectW", None, None),
        ("SetInformationJobObject", _JOB, 9, ctypes.sizeof(Limits)),
        ("GetCurrentProcess",),
        ("AssignProcessToJobObject", _JOB, _ME),
    ]


@pytest.mark.parametrize(
    "name", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
)
def test_what_windows_refuses_is_told(name: str) -> None:
    assert not bound_itself(Noted(name).kernel, seconds=1, memory=1)


def test_a_leash_ends_a_process_when_it_is_let_go_and_holds_no_handle_of_it() -> None:
    noted = Noted()
    leash = Leash(noted.kernel)
    assert leash.tie(4711)
    assert [one.BasicLimitInformation.LimitFlags for one in noted.limits] == [0x2000]
    assert noted.asked[2:] == [
        ("OpenProcess", 0x1 | 0x100, 0, 4711),
        ("AssignProcessToJobObject", _JOB, _OTHER),
        ("CloseHandle", _OTHER),
    ]
    leash.let_go()
    leash.let_go()
    assert noted.asked[5:] == [("CloseHandle", _JOB)]


@pytest.mark.parametrize("name", ["CreateJobObjectW", "SetInformationJobObject", "OpenProcess"])
def test_a_leash_that_does_not_hold_leaves_no_handle_behind(name: str) -> None:
    noted = Noted(name)
    leash = Leash(noted.kernel)
    assert not leash.tie(4711)
    assert noted.count("CloseHandle") == (0 if name == "CreateJobObjectW" else 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has one")
def test_elsewhere_there_is_no_such_thing() -> None:
    assert windows() is None
    leash = Leash(None)
    assert not leash.tie(4711)
    leash.let_go()


def test_the_process_that_reads_a_scan_is_tied_as_soon_as_it_runs(
    qtbot: QtBot, tmp_path: Path
) -> None:
    noted = Noted()
    wait = [sys.executable, "-c", "import sys; sys.stdin.buffer.read()"]
    scanner = ProcessScanner(wait, folder=tmp_path, kernel=noted.kernel)
    failed: list[object] = []
    scanner.start(b"x", ScanKind.PNG, page=failed.append, done=lambda: None, failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert noted.count("OpenProcess") == 1
    assert noted.asked[-1] == ("CloseHandle", _JOB)
