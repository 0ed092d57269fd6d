"""Draws pages onto a printer that takes no file, on a thread of its own while the window goes on.

Qt lets one thread other than the window's use a `QPrinter`, a `QPainter` and a `QPdfDocument`, as
long as it is the only one. A thread alone is not enough: PySide6 6.12 holds Python's lock in
`QPainter.begin`, `QPrinter.newPage` and `QPainter.end`, and with it the window and even what ends
the program at a lock, for as long as a driver takes to answer or to ask for a file. It lets go of
that lock in `QTextDocument.print_`, which calls all three. So the pages are those of a text
document with a layout of ours, whose only work is to draw them.

`QPainter.drawImage` holds the lock too: a page of A4 at 600 dots per inch took 1 second at a time.
It is drawn in strips, of which one takes a twentieth of a second and 5 megabytes instead of 140.
Between two of them the window has its turn, and a page that is being looked at as well: Qt draws
one PDF at a time. A process of its own would stand for nothing at all, but could not be handed what
was set in the driver's own dialog, such as that the printer waits for a code.
"""

from collections.abc import Callable
from threading import Event, Thread

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Signal, Slot
from PySide6.QtGui import QAbstractTextDocumentLayout, QPainter, QTextBlock, QTextDocument
from PySide6.QtPrintSupport import QPrinter
from shiboken6 import isValid

from trygga_desktop.ui.platform.errors import (
    NotPrintedError,
    PrintFlaw,
    UnreadablePagesError,
)
from trygga_desktop.ui.platform.pages import PdfPages
from trygga_desktop.ui.platform.sending import Sending

_POINTS_PER_INCH = 72
_SHARPEST = 600
"""Dots per inch that are drawn: as sharp as office printers."""

_STRIP = 256
"""Rows of dots that are drawn at once."""


class Drawing(Sending):
    """Pages on their way to a printer, which nobody else may use until it has `ended`.

    There is no patience here: a printer that is a file asks somebody where it is to lie.
    """

    _drawn = Signal(object)

    def __init__(self, pdf: bytes, printer: QPrinter) -> None:
        super().__init__()
        self._pdf = pdf
        self._printer: QPrinter | None = printer
        self._is_given_up = Event()
        # Never waited for by Python's own end: a printer that hangs would hold that up.
        self._thread = Thread(target=self._draw, name="printer", daemon=True)
        self._drawn.connect(self._came_out)

    def has_let_go(self, patience: float) -> bool:
        """Return whether the thread has ended, waiting at most so many seconds for it."""
        if self._thread.ident is not None:
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _begin(self) -> None:
        self._thread.start()

    def _draw(self) -> None:
        error: Exception | None = None
        try:
            self._draw_on_printer()
        except Exception as caught:
            # What it was raised from stays here: pages end on the thread that drew them.
            error = caught.with_traceback(None)
        if isValid(self):
            self._drawn.emit(error)

    def _draw_on_printer(self) -> None:
        # Nothing here holds the printer any longer than the drawing: it goes where it was made.
        if self._printer is not None:
            draw_pages(self._pdf, self._printer, is_given_up=self._is_given_up.is_set)

    @Slot(object)
    def _came_out(self, error: Exception | None) -> None:
        self._finish(error)
        self._printer = None
        self.deleteLater()

    def _let_go(self) -> None:
        # The thread notices before its next strip, and is followed by `_came_out`.
        self._is_given_up.set()
        self._pdf = b""
        if self._thread.ident is None:
            self._printer = None
            self.deleteLater()


def draw_pages(
    pdf: bytes, printer: QPrinter, *, is_given_up: Callable[[], bool] = lambda: False
) -> None:
    """Draw the pages that are wanted of a printer, no larger than they are, on this thread.

    Raise NotPrintedError unless it took all of them.
    """
    try:
        pages = PdfPages(pdf)
    except UnreadablePagesError as error:
        raise NotPrintedError(PrintFlaw.UNREADABLE) from error
    wanted = _wanted(pages, printer)
    first, last = printer.fromPage(), printer.toPage()
    printer.setFullPage(True)
    document = QTextDocument()
    # One of it is one of the printer's own dots then.
    document.setPageSize(QSizeF(printer.width(), printer.height()))
    layout = _Layout(document, pages, wanted, printer, is_given_up)
    document.setDocumentLayout(layout)
    # Which pages are wanted is settled: here they are all of them.
    printer.setFromTo(0, 0)
    try:
        document.print_(printer)
    finally:
        printer.setFromTo(first, last)
    if layout.error is not None:
        raise layout.error
    ended_badly = printer.printerState() in {
        QPrinter.PrinterState.Error,
        QPrinter.PrinterState.Aborted,
    }
    if ended_badly or layout.drawn < len(wanted):
        raise NotPrintedError(PrintFlaw.NO_ANSWER)


class _Layout(QAbstractTextDocumentLayout):
    """Draws one page of a PDF wherever Qt prints one of the text document.

    What is raised while it draws would be lost in Qt: it stands in `error`, and no page follows.
    """

    def __init__(
        self,
        document: QTextDocument,
        pages: PdfPages,
        wanted: list[int],
        printer: QPrinter,
        is_given_up: Callable[[], bool],
    ) -> None:
        super().__init__(document)
        self.drawn = 0
        self.error: Exception | None = None
        self._pages, self._wanted = pages, wanted
        self._printer = printer
        self._is_given_up = is_given_up
        self._at = 0

    def pageCount(self) -> int:  # noqa: N802  Qt's name
        return len(self._wanted)

    def documentSize(self) -> QSizeF:  # noqa: N802  Qt's name
        return QSizeF(self._printer.width(), self._printer.height() * len(self._wanted))

    def draw(self, painter: QPainter, _: QAbstractTextDocumentLayout.PaintContext) -> None:
        page, self._at = self._wanted[self._at], self._at + 1
        # Qt has moved it up by the pages before.
        painter.resetTransform()
        try:
            is_whole = self.error is None and self._draw_page(painter, page)
        except Exception as error:
            self.error, is_whole = error, False
        self.drawn += is_whole

    def _draw_page(self, painter: QPainter, page: int) -> bool:
        """Return whether all of the page was drawn."""
        printer = self._printer
        paper = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        size = self._pages.pagePointSize(page)
        whole = size * (printer.resolution() / _POINTS_PER_INCH)
        share = min(1.0, paper.width() / whole.width(), paper.height() / whole.height())
        drawn = QSizeF(whole.width() * share, whole.height() * share)
        corner = QPointF(
            paper.left() + (paper.width() - drawn.width()) / 2,
            paper.top() + (paper.height() - drawn.height()) / 2,
        )
        sharpness = min(_SHARPEST, printer.resolution()) / _POINTS_PER_INCH * share
        dots = (size * sharpness).toSize()
        place = QRect(corner.toPoint(), drawn.toSize())
        for top in range(0, dots.height(), _STRIP):
            if self._is_given_up():
                printer.abort()
                return False
            rows = range(top, min(top + _STRIP, dots.height()))
            picture = self._pages.strip(page, dots, rows)
            painter.drawImage(_part_of(place, rows, dots), picture, picture.rect())
        return True

    # What follows is asked for by a text that is laid out, and never by one that is printed.

    def hitTest(self, _: object, __: object) -> int:  # noqa: N802  Qt's name
        return -1

    def frameBoundingRect(self, _: object) -> QRectF:  # noqa: N802  Qt's name
        return QRectF()

    def blockBoundingRect(self, _: QTextBlock) -> QRectF:  # noqa: N802  Qt's name
        return QRectF()

    def documentChanged(self, *_: int) -> None:  # noqa: N802  Qt's name
        """Take nothing from it."""


def _part_of(place: QRect, rows: range, dots: QSize) -> QRect:
    """Return where these rows lie, in whole dots of the printer: no seam between two strips."""
    begin = place.top() + place.height() * rows.start // dots.height()
    end = place.top() + place.height() * rows.stop // dots.height()
    return QRect(place.left(), begin, place.width(), end - begin)


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
