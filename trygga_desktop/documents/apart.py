"""Having a file that a stranger may have made verified in a process of its own.

Whatever the file does to its reader there, the program that asks goes on.
"""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from trygga_desktop.documents.verdict import (
    Outcome,
    Reason,
    Verdict,
    VerdictError,
    read_verdict,
)

LONGEST: Final = 120.0
"""Seconds after which a file has had its time. The process ends its own work before that."""

_MOST_SAID = 1024 * 1024


def verify_apart(
    pdf: bytes,
    asked: str,
    *,
    command: Sequence[str],
    folder: Path,
    longest: float = LONGEST,
) -> Verdict:
    """Return whether these bytes are unchanged since the seal that is asked for, without a record.

    `command` is the one that verifies what it is handed; it works in `folder`, which holds nobody
    else's code. The bytes are written nowhere. A file that takes too long, or breaks whatever reads
    it, is told as one that could not be read.
    """
    # Known on Windows alone: there no window opens for a moment.
    quiet: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603  ourselves
            [*command, "-", "--no-pages", "--seal", asked],
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            timeout=longest,
            check=False,
            creationflags=quiet,
        )
        return read_verdict(done.stdout[:_MOST_SAID].decode("ascii", "replace"))
    except (OSError, subprocess.TimeoutExpired, VerdictError):
        return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_COSTLY)
