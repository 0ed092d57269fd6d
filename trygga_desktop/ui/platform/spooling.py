"""Hands a file to the system's queue of a printer, byte for byte, and never by a file on disk."""

import os
import shutil
import sys

from PySide6.QtCore import (
    QCoreApplication,
    QObject,
    QProcess,
    QProcessEnvironment,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtPrintSupport import QPrinter

from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw

_PLACES = os.pathsep.join(("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"))
# In seconds. A queue that is there takes a file at once.
_PATIENCE = 15
_SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}
_KEPT = ("HOME", "USER", "LOGNAME", "LANG")


def spool_command(printer: QPrinter) -> list[str] | None:
    """Return what hands a file on its standard input to this printer; None where nothing does."""
    is_native = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
    if sys.platform == "win32" or not is_native or not printer.printerName():
        return None
    program = shutil.which("lp", path=_PLACES)
    if program is None:
        return None
    # The name stands in queues and on displays of printers: it tells of nobody.
    command = [program, "-s", "-d", printer.printerName(), "-t", "Trygga"]
    command += ["-n", str(max(1, printer.copyCount())), "-o", "media=A4"]
    command += ["-o", f"collate={'true' if printer.collateCopies() else 'false'}"]
    if printer.duplex() in _SIDES:
        command += ["-o", f"sides={_SIDES[printer.duplex()]}"]
    if printer.colorMode() is QPrinter.ColorMode.GrayScale:
        command += ["-o", "print-color-mode=monochrome"]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        command += ["-o", "outputorder=reverse"]
    if printer.fromPage():
        command += ["-P", f"{printer.fromPage()}-{max(printer.fromPage(), printer.toPage())}"]
    return command


class Spooling(QObject):
    """A file on its way into a queue, while the window goes on.

    `ended` follows once, with None where the queue took it, or with why it did not. It belongs to
    the program and to no screen: what was sent goes on when its screen is closed.
    """

    ended = Signal(object)

    def __init__(self, command: list[str], pdf: bytes, *, patience: float = _PATIENCE) -> None:
        super().__init__(QCoreApplication.instance())
        self._command, self._pdf, self._is_over = command, pdf, False
        self._process = QProcess(self)
        self._process.setProcessEnvironment(_surroundings())
        self._process.setStandardOutputFile(QProcess.nullDevice())
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.errorOccurred.connect(self._refused)
        self._process.finished.connect(self._finished)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(round(patience * 1_000))
        self._patience.timeout.connect(self.end)
        # Whoever asked for it connects first.
        QTimer.singleShot(0, self._start)

    @Slot()
    def end(self) -> None:
        """Give up: no more of it goes to the queue."""
        self._finish(NotPrintedError(PrintFlaw.NO_ANSWER))

    @Slot()
    def _start(self) -> None:
        if self._is_over:
            return
        self._patience.start()
        self._process.start(self._command[0], self._command[1:])
        self._process.write(self._pdf)
        self._process.closeWriteChannel()

    @Slot(QProcess.ProcessError)
    def _refused(self, error: QProcess.ProcessError) -> None:
        # A program that does not read all of it may have taken it: how it ends tells.
        if error is not QProcess.ProcessError.WriteError:
            self.end()

    @Slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        took_it = status is QProcess.ExitStatus.NormalExit and code == 0
        self._finish(None if took_it else NotPrintedError(PrintFlaw.NO_ANSWER))

    def _finish(self, error: NotPrintedError | None) -> None:
        if self._is_over:
            return
        self._is_over = True
        self._patience.stop()
        self._pdf = b""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
        else:
            self._process.finished.connect(self.deleteLater)
            self._process.kill()
        self.ended.emit(error)


def end_spooling() -> None:
    """Give up all that is on its way into a queue, at once: a lock waits for no printer."""
    program = QCoreApplication.instance()
    for one in [] if program is None else program.findChildren(Spooling):
        one.end()


def _surroundings() -> QProcessEnvironment:
    made = QProcessEnvironment()
    for name in _KEPT:
        if name in os.environ:
            made.insert(name, os.environ[name])
    made.insert("PATH", _PLACES)
    return made
