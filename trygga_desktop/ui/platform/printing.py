"""Printing of pages that are in memory: a printer is chosen, and they are sent to it."""

from collections.abc import Callable

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from trygga_desktop.ui.platform.drawing import Drawing
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw, UnreadablePagesError
from trygga_desktop.ui.platform.pages import PdfPages
from trygga_desktop.ui.platform.sending import Sending
from trygga_desktop.ui.platform.spooling import Spooling, spool_command


def ask_for_printer(
    parent: QWidget, title: str, pages: int, chosen: Callable[[QPrinter], None]
) -> QDialog | None:
    """Open the system's print dialog and return it; None where there is no printer to choose.

    It blocks nothing. `chosen` follows with the printer when somebody presses Print.
    """
    if not QPrinterInfo.availablePrinterNames():
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    # The name stands in queues and on displays of printers: it tells of nobody.
    printer.setDocName("Trygga")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, on=True)
    dialog.setMinMax(1, pages)

    def answered(result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            chosen(printer)
        dialog.deleteLater()

    dialog.finished.connect(answered)
    # Qt's own `open` of this class wants a receiver.
    QDialog.open(dialog)
    return dialog


def print_pdf(pdf: bytes, printer: QPrinter) -> Sending:
    """Send the file itself where the system can; otherwise draw its pages, no larger than they are.

    Return what is sent, which goes on by itself beside the window. Raise NotPrintedError for what
    is known before that not to be printed.
    """
    info = QPrinterInfo(printer)
    if not info.isNull() and info.state() == QPrinter.PrinterState.Error:
        raise NotPrintedError(PrintFlaw.NO_ANSWER)
    try:
        PdfPages(pdf)
    except UnreadablePagesError as error:
        raise NotPrintedError(PrintFlaw.UNREADABLE) from error
    command = spool_command(printer)
    return Drawing(pdf, printer) if command is None else Spooling(command, pdf)
