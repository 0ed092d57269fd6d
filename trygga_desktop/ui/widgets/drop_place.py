"""Where files are dropped."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius
from trygga_desktop.ui.widgets.painting import smooth


class DropPlace(QWidget):
    """A place with a dashed edge, which says that something can be dropped here."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self._is_over = False

    def show_over(self, *, is_over: bool) -> None:
        """Show whether something is held over it."""
        self._is_over = is_over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the edge."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._tokens
        colour = tokens.accent if self._is_over else tokens.strong
        painter.setPen(QPen(QColor(colour), 2 if self._is_over else 1, Qt.PenStyle.DashLine))
        box = self.rect().adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, Radius.BOX, Radius.BOX)
