"""The pages of a document that is in memory: never in a file of their own."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument, QPdfDocumentRenderOptions

from trygga_desktop.ui.platform.errors import UnreadablePagesError


class PdfPages(QPdfDocument):
    """A PDF from bytes, which it keeps: Qt reads pages from them when they are drawn."""

    def __init__(self, pdf: bytes, parent: QObject | None = None) -> None:
        super().__init__()
        if parent is not None:
            self.setParent(parent)
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.load(self._buffer)
        if self.status() is not QPdfDocument.Status.Ready or not self.pageCount():
            raise UnreadablePagesError

    def picture(self, page: int, size: QSize) -> QImage:
        """Return a page as a picture of that size, on white."""
        return _on_white(self.render(page, size))

    def strip(self, page: int, size: QSize, rows: range) -> QImage:
        """Return these rows of the picture that a page of that size is."""
        options = QPdfDocumentRenderOptions()
        options.setScaledSize(size)
        # Qt 6.12 takes the last row and column for the end behind them, and would draw all of it
        # smaller by that much: so one of each is asked for that has no room in the picture.
        options.setScaledClipRect(QRect(0, rows.start, size.width() + 1, len(rows) + 1))
        return _on_white(self.render(page, QSize(size.width(), len(rows)), options))

    def text_of(self, page: int) -> str:
        """Return the words of a page, for those who do not see it."""
        return self.getAllText(page).text()


def _on_white(drawn: QImage) -> QImage:
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white
