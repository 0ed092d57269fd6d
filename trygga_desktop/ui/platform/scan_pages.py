"""The pages of a scan as grey pictures, one after the other: no more of it is ever kept."""

from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter
from PySide6.QtPdf import QPdfDocument

from trygga_desktop.domain.scanning import ScanError, ScanFlaw, ScanKind

MOST_PAGES = 300
"""A longer scan is not looked at: the longest protocol has 250 pages."""

# The longer edge of a page that is drawn: 300 dots per inch of A4.
_LONGEST = 3508
_MOST_POINTS = 80_000_000
_MEGABYTES = 512
_FORMATS = {ScanKind.JPEG: b"jpeg", ScanKind.PNG: b"png"}


def pages_of(data: bytes, kind: ScanKind) -> Iterator[tuple[int, QImage]]:
    """Yield how many pages there are, and each of them. Raise ScanError where that cannot be."""
    if kind is ScanKind.PDF:
        yield from _drawn(data)
    else:
        yield 1, _read(data, kind)


def _drawn(pdf: bytes) -> Iterator[tuple[int, QImage]]:
    document = QPdfDocument()
    buffer = _buffer(pdf)
    document.load(buffer)
    if document.error() is QPdfDocument.Error.IncorrectPassword:
        raise ScanError(ScanFlaw.ENCRYPTED)
    count = document.pageCount()
    if document.status() is not QPdfDocument.Status.Ready or not count:
        raise ScanError(ScanFlaw.UNREADABLE)
    if count > MOST_PAGES:
        raise ScanError(ScanFlaw.TOO_MANY_PAGES)
    for page in range(count):
        yield count, _on_white(document.render(page, _size(document.pagePointSize(page))))


def _size(points: QSizeF) -> QSize:
    """Return how large a page is drawn, whatever it says of its own size."""
    if points.width() <= 0 or points.height() <= 0:
        raise ScanError(ScanFlaw.UNREADABLE)
    share = _LONGEST / max(points.width(), points.height())
    return (points * share).toSize().expandedTo(QSize(1, 1))


def _on_white(drawn: QImage) -> QImage:
    if drawn.isNull():
        raise ScanError(ScanFlaw.UNREADABLE)
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white.convertToFormat(QImage.Format.Format_Grayscale8)


def _read(data: bytes, kind: ScanKind) -> QImage:
    buffer = _buffer(data)
    reader = QImageReader(buffer)
    reader.setAutoDetectImageFormat(True)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    QImageReader.setAllocationLimit(_MEGABYTES)
    if bytes(reader.format().data()) != _FORMATS[kind]:
        raise ScanError(ScanFlaw.UNREADABLE)
    size = reader.size()
    if not size.isValid():
        raise ScanError(ScanFlaw.UNREADABLE)
    if size.width() * size.height() > _MOST_POINTS:
        raise ScanError(ScanFlaw.TOO_LARGE)
    image = reader.read()
    if image.isNull():
        raise ScanError(ScanFlaw.UNREADABLE)
    return _on_white(image)


def _buffer(data: bytes) -> QBuffer:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
