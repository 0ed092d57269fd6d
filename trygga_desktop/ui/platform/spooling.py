"""Hands a file to the system's queue of a printer, byte for byte, and never by a file on disk."""

import os
import shutil
import sys

from PySide6.QtCore import QProcess, QProcessEnvironment, QTimer, Slot
from PySide6.QtPrintSupport import QPrinter

from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.sending import Sending

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


class Spooling(Sending):
    """A file on its way into a queue."""

    def __init__(self, command: list[str], pdf: bytes, *, patience: float = _PATIENCE) -> None:
        super().__init__()
        self._command, self._pdf = command, pdf
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

    def _begin(self) -> None:
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

    def _let_go(self) -> None:
        self._patience.stop()
        self._pdf = b""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self.deleteLater()
        else:
            self._process.finished.connect(self.deleteLater)
            self._process.kill()


def _surroundings() -> QProcessEnvironment:
    made = QProcessEnvironment()
    for name in _KEPT:
        if name in os.environ:
            made.insert(name, os.environ[name])
    made.insert("PATH", _PLACES)
    return made
