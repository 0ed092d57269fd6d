"""Having a file verified in a process of its own: whatever it does there, the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QIODevice, QObject, QProcess, QTimer

if TYPE_CHECKING:
    from trygga_desktop.documents.verdict import Verdict

LONGEST = 120_000
"""Milliseconds after which a file has had its time; the longest protocol takes a twelfth of it.

The process has an end to its own work before that: this one is for a computer that is busy.
"""

_MOST_SAID = 1024 * 1024
"""Bytes of an answer. With a hundred signatures it is a third as long."""
_PATIENCE_TO_END = 1_000


class VerifyFlaw(StrEnum):
    """Why there is no verdict."""

    TOO_LONG = "too_long"
    BROKE_OFF = "broke_off"


class Verifier(Protocol):
    """Has one file verified at a time. Neither callback follows once it was stopped."""

    def start(
        self, file: Path, done: Callable[[Verdict], None], failed: Callable[[VerifyFlaw], None]
    ) -> None:
        """Begin; what was begun before is stopped."""

    def stop(self) -> None:
        """Let go of what is being verified."""


class ProcessVerifier(QObject):
    """Runs `command` with the file behind it, and reads a verdict from what it says.

    The process works in `folder`, which holds nobody else's code, and is ended after `longest`
    milliseconds.
    """

    def __init__(self, command: Sequence[str], *, folder: Path, longest: int = LONGEST) -> None:
        super().__init__()
        self._folder = folder
        self._command = tuple(command)
        self._process: QProcess | None = None
        self._done: Callable[[Verdict], None] = _need_nothing
        self._failed: Callable[[VerifyFlaw], None] = _need_nothing
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(longest)
        self._timer.timeout.connect(self._lose_patience)

    def start(
        self, file: Path, done: Callable[[Verdict], None], failed: Callable[[VerifyFlaw], None]
    ) -> None:
        """Begin; what was begun before is stopped."""
        self.stop()
        self._done, self._failed = done, failed
        process = QProcess(self)
        program, *arguments = self._command
        process.setProgram(program)
        # A whole path is never taken for an option.
        process.setArguments([*arguments, str(file.absolute())])
        process.setWorkingDirectory(str(self._folder))
        process.setStandardInputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._read)
        process.errorOccurred.connect(self._notice)
        self._process = process
        self._timer.start()
        process.start(QIODevice.OpenModeFlag.ReadOnly)

    def stop(self) -> None:
        """End the process, if there is one."""
        self._timer.stop()
        self._done = self._failed = _need_nothing
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._read)
        process.errorOccurred.disconnect(self._notice)
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_PATIENCE_TO_END)
        process.deleteLater()

    def _read(self) -> None:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.documents.verdict import VerdictError, read_verdict  # noqa: PLC0415

        if self._process is None:
            return
        said = bytes(self._process.read(_MOST_SAID).data())
        try:
            verdict = read_verdict(said.decode("ascii", "replace"))
        except VerdictError:
            self._give_up(VerifyFlaw.BROKE_OFF)
            return
        done = self._done
        self.stop()
        done(verdict)

    def _notice(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            # Nothing else follows then.
            self._give_up(VerifyFlaw.BROKE_OFF)

    def _lose_patience(self) -> None:
        self._give_up(VerifyFlaw.TOO_LONG)

    def _give_up(self, flaw: VerifyFlaw) -> None:
        failed = self._failed
        self.stop()
        failed(flaw)


def _need_nothing(_: object) -> None:
    """Take an answer that nobody waits for."""
