"""On Windows, what resource limits are elsewhere: a job object, of which no process gets out.

A process puts itself into one before it reads anything: so much memory and time, and no process
beside it. Whoever started it ties it by another one, which ends it when they end.
"""

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS = 9
_PROCESS_TIME = 0x0000_0002
_ACTIVE_PROCESS = 0x0000_0008
_PROCESS_MEMORY = 0x0000_0100
_DIE_ON_UNHANDLED_EXCEPTION = 0x0000_0400
_KILL_ON_JOB_CLOSE = 0x0000_2000
_TERMINATE, _SET_QUOTA = 0x0001, 0x0100
# Windows counts time in tenths of a microsecond.
_A_SECOND = 10_000_000


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class Limits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


class Kernel:
    """What is called of `kernel32`. A handle of 0 and an answer of 0 mean no."""

    def __init__(self, library: Any) -> None:
        handle, number, flag = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int
        for name, answer, arguments in (
            ("CreateJobObjectW", handle, (ctypes.c_void_p, ctypes.c_wchar_p)),
            ("SetInformationJobObject", flag, (handle, flag, ctypes.c_void_p, number)),
            ("AssignProcessToJobObject", flag, (handle, handle)),
            ("GetCurrentProcess", handle, ()),
            ("OpenProcess", handle, (number, flag, number)),
            ("CloseHandle", flag, (handle,)),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = answer, arguments
        self._library = library

    def job(self, limits: Limits) -> int:
        """Return a handle to a new job object with these limits, 0 where there is none."""
        job = self._library.CreateJobObjectW(None, None) or 0
        told, size = ctypes.byref(limits), ctypes.sizeof(limits)
        set_limits = self._library.SetInformationJobObject
        if job and not set_limits(job, _EXTENDED_LIMITS, told, size):
            self.close(job)
            return 0
        return int(job)

    def assign(self, job: int, process: int) -> bool:
        """Put a process into a job object."""
        return bool(self._library.AssignProcessToJobObject(job, process))

    def this_process(self) -> int:
        """Return a handle to this process, which need not be closed."""
        return int(self._library.GetCurrentProcess())

    def open(self, process_id: int) -> int:
        """Return a handle to another process, with which it can be put into a job object."""
        return int(self._library.OpenProcess(_TERMINATE | _SET_QUOTA, 0, process_id) or 0)

    def close(self, handle: int) -> None:
        """Let go of a handle."""
        self._library.CloseHandle(handle)


def windows() -> Kernel | None:
    """Return what bounds processes on Windows, None on any other system."""
    if sys.platform == "win32":
        return Kernel(ctypes.WinDLL("kernel32", use_last_error=True))
    return None


def bound_itself(kernel: Kernel, *, seconds: int, memory: int) -> bool:
    """Give this process so much time and memory, and no other process; return whether it holds.

    It holds as long as the process lives: the handle is never closed.
    """
    limits = Limits()
    basic = limits.BasicLimitInformation
    basic.LimitFlags = (
        _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
    )
    basic.PerProcessUserTimeLimit = seconds * _A_SECOND
    basic.ActiveProcessLimit = 1
    limits.ProcessMemoryLimit = memory
    job = kernel.job(limits)
    return job != 0 and kernel.assign(job, kernel.this_process())


class Leash:
    """Ties one process at a time: it ends when it is let go, or when this process ends."""

    def __init__(self, kernel: Kernel | None) -> None:
        self._kernel = kernel
        self._job = 0

    def tie(self, process_id: int) -> bool:
        """Tie a process, letting go of the one before; return whether it holds."""
        self.let_go()
        kernel = self._kernel
        if kernel is None:
            return False
        limits = Limits()
        limits.BasicLimitInformation.LimitFlags = _KILL_ON_JOB_CLOSE
        self._job = kernel.job(limits)
        process = kernel.open(process_id) if self._job else 0
        if not process:
            self.let_go()
            return False
        is_tied = kernel.assign(self._job, process)
        kernel.close(process)
        return is_tied

    def let_go(self) -> None:
        """End the process that is tied, if there is one."""
        job, self._job = self._job, 0
        if job and self._kernel is not None:
            self._kernel.close(job)
