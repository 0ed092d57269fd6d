"""Icons: drawings of one colour, taken from a token when they are painted."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer


class IconStore:
    """Reads each drawing once and keeps one renderer per drawing and colour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}

    def paint(self, painter: QPainter, name: str, colour: str, box: QRectF) -> None:
        """Draw the icon into the box, sharp at any scale of the screen."""
        renderer = self._renderers.get((name, colour))
        if renderer is None:
            drawing = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
            coloured = drawing.replace("currentColor", colour).encode()
            renderer = QSvgRenderer(QByteArray(coloured))
            self._renderers[name, colour] = renderer
        renderer.render(painter, box)
