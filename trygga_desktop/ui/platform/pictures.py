"""Pictures that people choose, drawn anew: nothing but their points goes on from here."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageReader, QPainter

from trygga_desktop.domain.picture import LARGEST_EDGE, PictureError, write_picture

_MOST_BYTES = 10 * 1024 * 1024
_MOST_POINTS = 40_000_000
_MEGABYTES = 256
_FORMATS = frozenset({b"png", b"jpeg"})


class PictureFlaw(StrEnum):
    """Why a file is not taken as a picture."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    OTHER_FORM = "other_form"


class NoPictureError(Exception):
    """The file is not taken."""

    def __init__(self, flaw: PictureFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def draw_anew(path: Path) -> bytes:
    """Return the picture in a PNG or JPEG file in the form of those on paper, on white.

    Raise NoPictureError for any other file, and for one that would take too much memory.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NoPictureError(PictureFlaw.UNREADABLE) from error
    if len(data) > _MOST_BYTES:
        raise NoPictureError(PictureFlaw.TOO_LARGE)
    return _encoded(_on_white(_read(data)))


def _read(data: bytes) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    # By what lies in the file, never by its name; and nothing that is a program, as SVG can be.
    reader.setAutoDetectImageFormat(True)
    reader.setDecideFormatFromContent(True)
    QImageReader.setAllocationLimit(_MEGABYTES)
    if bytes(reader.format().data()) not in _FORMATS:
        raise NoPictureError(PictureFlaw.OTHER_FORM)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_POINTS:
        raise NoPictureError(PictureFlaw.TOO_LARGE)
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        raise NoPictureError(PictureFlaw.UNREADABLE)
    return image


def _on_white(image: QImage) -> QImage:
    if image.colorSpace().isValid():
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    if max(image.width(), image.height()) > LARGEST_EDGE:
        edge = QSize(LARGEST_EDGE, LARGEST_EDGE)
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(edge, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    drawn = QImage(image.size().expandedTo(QSize(1, 1)), QImage.Format.Format_RGB888)
    drawn.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(drawn)
    painter.drawImage(0, 0, image)
    painter.end()
    return drawn


def _encoded(image: QImage) -> bytes:
    width, height = image.width(), image.height()
    bits: Any = image.constBits()
    data, line = bytes(bits), image.bytesPerLine()
    # Qt rounds each line up to four bytes.
    points = b"".join(data[y * line : y * line + 3 * width] for y in range(height))
    try:
        return write_picture(points, width=width, height=height)
    except PictureError as error:
        raise NoPictureError(PictureFlaw.UNREADABLE) from error
