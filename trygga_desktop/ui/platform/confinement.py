"""Shuts a process in that reads what strangers made: so much time and memory, no file, no network.

What the system knows no bound for, whoever started the process ends after a while: on macOS that is
memory, which it lets grow whatever the limit says.
"""

import ctypes
import os
import platform
import signal
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NoReturn

from trygga_desktop.ui.platform.job_object import bound_itself, windows

# So long may a process compute, and so much may it hold: a hundred pages take half of it.
_MOST_SECONDS = 180
_MOST_MEMORY = 2 * 1024**3

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
# Of a filter of system calls: load a word, jump if equal, jump if not less, answer.
_LOAD, _IS, _FROM, _ANSWER = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
_NUMBER_AT, _MACHINE_AT = 0, 4
# By the name of the machine: its mark, and the numbers of the calls that reach a network or start
# another program (socket, connect, socketpair, execve, execveat, io_uring_setup).
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322, 425)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281, 425)),
}
_OF_ANOTHER_WORLD = 0x40000000
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork")


def confine() -> None:
    """Take from this process what it needs for nothing. It cannot be given back."""
    _bound_effort()
    if sys.platform.startswith("linux"):
        _end_with_parent()
        _refuse_calls()
    sys.addaudithook(_refuse)


def _bound_effort() -> None:
    kernel = windows()
    if kernel is not None:
        bound_itself(kernel, seconds=_MOST_SECONDS, memory=_MOST_MEMORY)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  Windows has none

    # What draws pages reserves far more room than it takes: what it takes is bounded.
    for kind, most in (
        (resource.RLIMIT_CPU, _MOST_SECONDS),
        (resource.RLIMIT_DATA, _MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def _end_with_parent() -> None:
    """Let the system end this process when the one that started it ends, as it does at a lock."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() == 1:
        # It ended before the system was told.
        os._exit(1)


def _refuse_calls() -> None:
    """Have the system refuse the calls of a network: what a picture makes of us cannot call out."""
    if platform.machine() not in _MACHINES:
        return
    rules = list(_filter(*_MACHINES[platform.machine()]))
    held = ctypes.create_string_buffer(b"".join(rules))
    program = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(held))
    prctl = ctypes.CDLL(None).prctl
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
        prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.c_char_p(program), 0, 0)


def _filter(machine: int, calls: Sequence[int]) -> list[bytes]:
    last = len(calls)
    return [
        _rule(_LOAD, _MACHINE_AT),
        _rule(_IS, machine, no=last + 3),
        _rule(_LOAD, _NUMBER_AT),
        _rule(_FROM, _OF_ANOTHER_WORLD, yes=last + 1),
        *(_rule(_IS, one, yes=last - at) for at, one in enumerate(calls)),
        _rule(_ANSWER, _ALLOW),
        _rule(_ANSWER, _REFUSE),
    ]


def _rule(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    """Refuse in words of Python's what the system might let pass."""
    if event.startswith(_FORBIDDEN):
        _say_no()


def _say_no() -> NoReturn:
    raise PermissionError("This process reads pages, and does nothing else.")
