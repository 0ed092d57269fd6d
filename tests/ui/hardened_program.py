"""Hardens itself as the program does, and says what came of it."""

import os
import stat
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from trygga_desktop.hardening import harden

_PR_GET_DUMPABLE = 3
_NOT_TO_BE_LEFT = ("PYTHON", "QT_PLUGIN", "LD_", "DYLD_", "OPENSSL_")


def main() -> int:
    """Print whether it can be dumped, how a new file is, and which names are left to the next."""
    import ctypes  # noqa: PLC0415  Linux only
    import resource  # noqa: PLC0415  as above

    harden()
    with TemporaryDirectory() as place:
        file = Path(place) / "new"
        file.touch()
        mode = stat.S_IMODE(file.stat().st_mode)
    dumpable = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0)
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    left = sorted(one for one in os.environ if one.startswith(_NOT_TO_BE_LEFT))
    sys.stdout.write(f"{dumpable} {limits} {mode:o} {left} {os.environ['QT_QPA_PLATFORM']}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
