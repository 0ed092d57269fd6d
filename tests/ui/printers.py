"""Printers of real paper's kind: a file that is a pipe, which takes nothing until it is told to."""

import sys
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Self

# Before anybody waits for ever it takes what there is without being told.
_LATE = """
import select, sys
select.select([sys.stdin], [], [], 20)
print(len(open(sys.argv[1], "rb").read()))
"""


class PipeReader:
    """A printer behind a pipe, which answers no sooner than it is told to take what is printed."""

    def __init__(self, pipe: Path) -> None:
        command = [sys.executable, "-c", _LATE, str(pipe)]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, text=True)  # noqa: S603  ourselves

    def take(self) -> int:
        """Take what is printed, and return how many bytes it was."""
        taken, _ = self._process.communicate("now")
        return int(taken)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
