"""Printing of pages that are in memory: a printer is chosen, and they are drawn onto its paper."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from trygga_desktop.ui.platform.errors import (
    NotPrintedError,
    PrintFlaw,
    UnreadablePagesError,
)
from trygga_desktop.ui.platform.pages import PdfPages
from trygga_desktop.ui.platform.spooling import Spooling, spool_command

_POINTS_PER_INCH = 72
_SHARPEST = 600
"""Dots per inch that are drawn where the file itself cannot be sent: as sharp as office printers.

A page of A4 takes 140 megabytes then, and is let go of before the next.
"""


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


def print_pdf(pdf: bytes, printer: QPrinter) -> Spooling | None:
    """Send the file itself where the system can; otherwise draw its pages, no larger than they are.

    Return what is sent, which goes on by itself; None where the pages are drawn by now. Raise
    NotPrintedError if the printer does not take them.
    """
    info = QPrinterInfo(printer)
    if not info.isNull() and info.state() == QPrinter.PrinterState.Error:
        raise NotPrintedError(PrintFlaw.NO_ANSWER)
    try:
        pages = PdfPages(pdf)
    except UnreadablePagesError as error:
        raise NotPrintedError(PrintFlaw.UNREADABLE) from error
    command = spool_command(printer)
    if command is not None:
        return Spooling(command, pdf)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise NotPrintedError(PrintFlaw.NO_ANSWER)
    try:
        for place, page in enumerate(_wanted(pages, printer)):
            if place and not printer.newPage():
                printer.abort()
                raise NotPrintedError(PrintFlaw.NO_ANSWER)
            _draw(painter, pages, page, printer)
    finally:
        painter.end()
    if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
        raise NotPrintedError(PrintFlaw.NO_ANSWER)
    return None


def _wanted(pages: PdfPages, printer: QPrinter) -> list[int]:
    """Return the pages to draw, in order, as often as the printer does not copy by itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or pages.pageCount()
    wanted = [page - 1 for page in range(first, min(last, pages.pageCount()) + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return wanted * copies
    return [page for page in wanted for _ in range(copies)]


def _draw(painter: QPainter, pages: PdfPages, page: int, printer: QPrinter) -> None:
    paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
    size = pages.pagePointSize(page)
    whole = size * (printer.resolution() / _POINTS_PER_INCH)
    share = min(1.0, paper.width() / whole.width(), paper.height() / whole.height())
    drawn = QSizeF(whole.width() * share, whole.height() * share)
    corner = QPointF(
        paper.left() + (paper.width() - drawn.width()) / 2,
        paper.top() + (paper.height() - drawn.height()) / 2,
    )
    sharpness = min(_SHARPEST, printer.resolution()) / _POINTS_PER_INCH * share
    picture = pages.picture(page, (size * sharpness).toSize())
    painter.drawImage(QRectF(corner, drawn), picture, QRectF(picture.rect()))
