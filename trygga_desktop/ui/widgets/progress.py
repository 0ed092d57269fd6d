"""A thin bar: how much of a wait is over, or that something is going on."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.painting import draw_box, smooth


class ThinBar(QWidget):
    """Shows a share from 0 to 1. The words beside it say the same."""

    def __init__(self, look: Look, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self._share = 0.0
        self.setFixedHeight(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Show this much of the bar."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the bar on its ground."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect())
        draw_box(painter, box, radius=2, fill=self._tokens.border)
        box.setWidth(box.width() * self._share)
        draw_box(painter, box, radius=2, fill=self._tokens.accent)
