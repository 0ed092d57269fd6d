"""The program with one printer that leaves files, for a computer that has no other.

Where the system would ask which printer it is to be, a small dialog does. What is sent to it lies
as `printed-N.pdf` in the folder that PRINTED_TO names.
"""

import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from trygga_desktop.ui.platform import printing
from trygga_desktop.ui.platform.sending import Sending

_DRAWN = printing.print_pdf
_NUMBERS = count(1)


def ask_for_printer(
    parent: QWidget, title: str, pages: int, chosen: Callable[[QPrinter], None]
) -> QDialog:
    """Ask as the system would; Enter prints."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog = QMessageBox(parent)
    dialog.setWindowTitle(title)
    dialog.setText(f"{title}: 1-{pages}")
    dialog.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    dialog.setDefaultButton(QMessageBox.StandardButton.Ok)

    def answered(result: int) -> None:
        if result == QMessageBox.StandardButton.Ok:
            chosen(printer)
        dialog.deleteLater()

    dialog.finished.connect(answered)
    QDialog.open(dialog)
    return dialog


def print_pdf(pdf: bytes, printer: QPrinter) -> Sending:
    """Draw the pages as for any printer, each time into a file of its own."""
    folder = Path(os.environ["PRINTED_TO"])
    printer.setOutputFileName(str(folder / f"printed-{next(_NUMBERS)}.pdf"))
    return _DRAWN(pdf, printer)


if __name__ == "__main__":
    printing.ask_for_printer = ask_for_printer
    printing.print_pdf = print_pdf
    # Imported behind the printer: its screens take both from there.
    from trygga_desktop.__main__ import main

    sys.exit(main())
