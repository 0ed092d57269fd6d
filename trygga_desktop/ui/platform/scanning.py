"""Having a scan read in a process of its own: whatever it does there, the window goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer

from trygga_desktop.domain.scanning import ScanError, ScanFlaw, ScanKind
from trygga_desktop.ui.platform.job_object import Kernel, Leash
from trygga_desktop.ui.platform.scan_lines import Listener, ReadPage

LONGEST = 60_000
"""Milliseconds that one page may take; it takes a hundredth of it."""

_PATIENCE_TO_END = 1_000


class Scanner(Protocol):
    """Has one scan read at a time. No callback follows once it was stopped."""

    def start(
        self,
        data: bytes,
        kind: ScanKind,
        *,
        page: Callable[[ReadPage], None],
        done: Callable[[], None],
        failed: Callable[[ScanFlaw], None],
    ) -> None:
        """Begin; what was begun before is stopped. `page` follows for each page that was read."""

    def stop(self) -> None:
        """Let go of what is being read."""


class ProcessScanner(QObject):
    """Runs `command` with the kind of the scan behind it, and the scan on its standard input.

    The process works in `folder`, which holds nobody else's code, and is ended when a page takes
    more than `longest` milliseconds. With the `kernel` of Windows it ends when this process does.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        longest: int = LONGEST,
        kernel: Kernel | None = None,
    ) -> None:
        super().__init__()
        self._leash = Leash(kernel)
        self._folder = folder
        self._command = tuple(command)
        self._process: QProcess | None = None
        self._listener = Listener()
        self._page: Callable[[ReadPage], None] = _need_nothing
        self._done: Callable[[], None] = _do_nothing
        self._failed: Callable[[ScanFlaw], None] = _need_nothing
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(longest)
        self._timer.timeout.connect(self._lose_patience)

    def start(
        self,
        data: bytes,
        kind: ScanKind,
        *,
        page: Callable[[ReadPage], None],
        done: Callable[[], None],
        failed: Callable[[ScanFlaw], None],
    ) -> None:
        """Begin; what was begun before is stopped."""
        self.stop()
        self._page, self._done, self._failed = page, done, failed
        self._listener = Listener()
        process = QProcess(self)
        program, *arguments = self._command
        process.setProgram(program)
        process.setArguments([*arguments, kind.value])
        process.setWorkingDirectory(str(self._folder))
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._notice)
        process.started.connect(self._tie)
        self._process = process
        self._timer.start()
        process.start()
        process.write(QByteArray(data))
        process.closeWriteChannel()

    def stop(self) -> None:
        """End the process, if there is one."""
        self._timer.stop()
        self._page = self._failed = _need_nothing
        self._done = _do_nothing
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._hear)
        process.finished.disconnect(self._end)
        process.errorOccurred.disconnect(self._notice)
        if process.state() is not QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished(_PATIENCE_TO_END)
        self._leash.let_go()
        process.deleteLater()

    def _tie(self) -> None:
        """Have it end with this process, where the system can: elsewhere it does so by itself."""
        if self._process is not None:
            self._leash.tie(self._process.processId())

    def _hear(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            for read in self._listener.hear(bytes(process.readAllStandardOutput().data())):
                self._timer.start()
                self._page(read)
        except ScanError as error:
            self._give_up(error.flaw)

    def _end(self) -> None:
        self._hear()
        if self._process is None:
            return
        if not self._listener.is_done:
            self._give_up(ScanFlaw.BROKE_OFF)
            return
        done = self._done
        self.stop()
        done()

    def _notice(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            # Nothing else follows then.
            self._give_up(ScanFlaw.BROKE_OFF)

    def _lose_patience(self) -> None:
        self._give_up(ScanFlaw.TOO_LONG)

    def _give_up(self, flaw: ScanFlaw) -> None:
        failed = self._failed
        self.stop()
        failed(flaw)


def _need_nothing(_: object) -> None:
    """Take an answer that nobody waits for."""


def _do_nothing() -> None:
    """Let an end pass that nobody waits for."""
