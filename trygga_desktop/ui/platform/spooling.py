"""Hands a file to the system's queue of a printer, byte for byte, and never by a file on disk."""

import os
import shutil
import subprocess
import sys

from PySide6.QtPrintSupport import QPrinter

from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw

_PLACES = os.pathsep.join(("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"))
# In seconds. Nothing else is done meanwhile, and a queue that is there takes a file at once.
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


def spool(command: list[str], pdf: bytes) -> None:
    """Hand the file over as it is; raise NotPrintedError if the queue does not take it."""
    surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        subprocess.run(  # noqa: S603  a program of the system, with nothing that people typed
            command,
            input=pdf,
            env={**surroundings, "PATH": _PLACES},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NotPrintedError(PrintFlaw.NO_ANSWER) from error
