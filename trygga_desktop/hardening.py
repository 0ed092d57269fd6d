"""Keeps a process that may hold keys to itself. It imports no Qt: the command line needs it too."""

import os
import sys

_PR_SET_DUMPABLE = 4
_PYTHON = "PYTHON"
_LOADING = frozenset(
    {
        "LD_PRELOAD",
        "LD_AUDIT",
        "LD_LIBRARY_PATH",
        "DYLD_INSERT_LIBRARIES",
        "DYLD_LIBRARY_PATH",
        "DYLD_FRAMEWORK_PATH",
        "OPENSSL_CONF",
        "OPENSSL_MODULES",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "QT_QPA_GENERIC_PLUGINS",
        "QT_LOGGING_CONF",
        "QT_LOGGING_RULES",
        "QML_IMPORT_PATH",
        "QML2_IMPORT_PATH",
    }
)


def harden() -> None:
    """Keep what this process writes to its user alone, and its memory to itself.

    No core dump, no other process of the same user, and no library or code that the surroundings
    name for the next process, may get at it.
    """
    os.umask(0o077)
    for name in [one for one in os.environ if one in _LOADING or one.startswith(_PYTHON)]:
        # What the next process must not take its code from, nor go on living by.
        del os.environ[name]
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        import ctypes  # noqa: PLC0415  as above

        # Nor may another program of the same user look into this one.
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
