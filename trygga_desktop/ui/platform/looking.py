"""What is seen on the picture of a page: its squares, which way is up, and where its lines lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Any

import zxingcpp
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from trygga_desktop.domain.scanning import (
    COLUMNS,
    ROWS,
    PageLook,
    Payload,
    ScannedPage,
    read_payload,
)

WIDTH, HEIGHT = 210, 297
"""Millimetres of a page: A4."""
SQUARE_LEFT, SQUARE_TOP, SQUARE_SIDE = 24.0, 270.706, 15.0
"""Millimetres: where the square stands on every page, from its upper left corner, and its side."""

_GREY = QImage.Format.Format_Grayscale8
# Points per millimetre: of the picture that people look at, and of the one that is measured.
_SHARP, _PLAIN = 4, 2
_COARSE = 5.0
# Degrees that a square may be thought to stand otherwise than it does.
_TILTS = tuple(step / 4 for step in range(-7, 8))
# A photo may be taken from the side; a scanner shows right angles.
_SKEWED = 0.04
_DARKER, _BLANK = 40, 0.0006


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What was seen on a page, and its picture, upright where it is known which way that is."""

    page: ScannedPage
    picture: QImage


@dataclass(frozen=True, slots=True)
class _Square:
    """A square that was read, and what brings a place in millimetres to its place on the image."""

    payload: Payload
    placing: QTransform

    @property
    def per_millimetre(self) -> float:
        return sqrt(abs(self.placing.determinant()))


def look_at(image: QImage, place: int) -> SeenPage:
    """Return what is seen on a grey image of one page, the `place`-th of a scan."""
    squares = _squares(image)
    smaller, share = _smaller(image, squares)
    if squares:
        placing = squares[0].placing * QTransform.fromScale(share, share)
        ways = [placing]
    else:
        ways = list(_ways(smaller))
    pictures = [_placed(smaller, one) for one in ways]
    measured = [_straight(one, is_placed=bool(squares)) for one in pictures]
    per_millimetre = (
        squares[0].per_millimetre if squares else max(image.width(), image.height()) / HEIGHT
    )
    page = ScannedPage(
        place=place,
        payloads=tuple(dict.fromkeys(one.payload for one in squares)),
        looks=tuple(_look(one) for one in measured),
        is_blank=not squares and _is_blank(measured[0]),
        is_coarse=per_millimetre < _COARSE,
    )
    return SeenPage(page, pictures[0])


def grey_bytes(image: QImage) -> bytes:
    """Return the points of a grey image, row by row: Qt rounds each row up to four bytes."""
    bits: Any = image.constBits()
    data, line, width = bytes(bits), image.bytesPerLine(), image.width()
    if line == width:
        return data
    return b"".join(data[y * line : y * line + width] for y in range(image.height()))


def _squares(image: QImage) -> list[_Square]:
    found = list(_read_squares(image, 1.0))
    if not found:
        # Noise of the size of a point is gone in a smaller image, and a coarse one reads larger.
        for share in (0.5, 2.0):
            if max(image.width(), image.height()) * share > 2 * ROWS * _SHARP * 4:
                continue
            found = list(_read_squares(_resized(image, share), share))
            if found:
                break
    return found


def _read_squares(image: QImage, share: float) -> Iterable[_Square]:
    for one in zxingcpp.read_barcodes(image, formats=_CODES):
        payload = read_payload(one.text)
        if payload is not None:
            back = QTransform.fromScale(1 / share, 1 / share)
            yield _Square(payload, _placing(one.position) * back)


def _placing(position: Any) -> QTransform:
    """Return what brings millimetres of the page onto the image, by the corners of the square."""
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    first, second, third, fourth = (QPointF(one.x, one.y) for one in corners)
    along = (second - first + third - fourth) / (2 * SQUARE_SIDE)
    down = (fourth - first + third - second) / (2 * SQUARE_SIDE)
    turned = QPointF(-along.y(), along.x())
    if (down - turned).manhattanLength() < _SKEWED * 2 * along.manhattanLength():
        # Corners are read to a whole point; right angles halve what that does.
        down = (down + turned) / 2
        along = QPointF(down.y(), -down.x())
    middle = (first + second + third + fourth) / 4
    half = SQUARE_SIDE / 2
    placed = QTransform(along.x(), along.y(), down.x(), down.y(), middle.x(), middle.y())
    return QTransform.fromTranslate(-SQUARE_LEFT - half, -SQUARE_TOP - half) * placed


def _ways(image: QImage) -> Iterable[QTransform]:
    """Yield the two ways in which a page may lie on an image that shows nothing else."""
    wide, high = float(image.width()), float(image.height())
    if wide <= high:
        upright = QTransform.fromScale(wide / WIDTH, high / HEIGHT)
    else:
        upright = QTransform(0, high / WIDTH, -wide / HEIGHT, 0, wide, 0)
    yield upright
    yield upright * QTransform(-1, 0, 0, -1, wide, high)


def _smaller(image: QImage, squares: list[_Square]) -> tuple[QImage, float]:
    """Return the image no sharper than it is needed, and by how much it was made smaller."""
    per_millimetre = (
        squares[0].per_millimetre if squares else max(image.width(), image.height()) / HEIGHT
    )
    share = min(1.0, _SHARP * 1.25 / max(per_millimetre, 0.1))
    return (image, 1.0) if share == 1.0 else (_resized(image, share), share)


def _resized(image: QImage, share: float) -> QImage:
    size = QSize(max(1, round(image.width() * share)), max(1, round(image.height() * share)))
    return image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH)


def _placed(image: QImage, placing: QTransform) -> QImage:
    """Return the whole page, drawn where it lies on the image."""
    back, is_possible = placing.inverted()
    size = QSize(WIDTH * _SHARP, HEIGHT * _SHARP)
    transform = back * QTransform.fromScale(_SHARP, _SHARP) if is_possible else QTransform()
    return _drawn(image, transform, size)


def _straight(picture: QImage, *, is_placed: bool) -> QImage:
    """Return a page turned until its lines of text lie level, about its square if it has one."""
    share = _PLAIN / _SHARP
    plain = _resized(picture, share)
    about = QPointF(SQUARE_LEFT, SQUARE_TOP) if is_placed else QPointF(WIDTH / 2, HEIGHT / 2)
    about *= _PLAIN
    turned = []
    for tilt in _TILTS:
        turning = QTransform.fromTranslate(about.x(), about.y())
        turning.rotate(tilt)
        turning.translate(-about.x(), -about.y())
        turned.append(_drawn(plain, turning, plain.size()))
    return max(turned, key=_levelness)


def _levelness(image: QImage) -> int:
    """Return how sharply lines of text part from what is between them."""
    one = QSize(1, image.height())
    rows = grey_bytes(image.scaled(one, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH))
    return sum((a - b) ** 2 for a, b in zip(rows, rows[2:], strict=False))


def _look(image: QImage) -> PageLook:
    cells = QSize(COLUMNS, ROWS)
    small = image.scaled(cells, Qt.AspectRatioMode.IgnoreAspectRatio, _SMOOTH)
    return PageLook(grey_bytes(small).translate(_DARKNESS))


def _is_blank(image: QImage) -> bool:
    points = grey_bytes(image)
    paper = max(range(256), key=points.count)
    dark = sum(points.count(one) for one in range(max(0, paper - _DARKER)))
    return dark < _BLANK * len(points)


def _drawn(image: QImage, transform: QTransform, size: QSize) -> QImage:
    drawn = QImage(size, _GREY)
    drawn.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(transform)
    painter.drawImage(0, 0, image)
    painter.end()
    return drawn


_CODES = zxingcpp.barcode_formats_from_str("QRCode")
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_DARKNESS = bytes(255 - one for one in range(256))
