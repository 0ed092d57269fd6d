"""A thin bar: how much is left of a wait."""

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
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Show this much of the bar."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the bar on its ground, which has an edge: in few colours it would be lost."""
        painter = QPainter(self)
        smooth(painter)
        box, tokens = QRectF(self.rect()), self._tokens
        draw_box(painter, box, radius=3, fill=tokens.surface2, edge=tokens.strong)
        box.setWidth(box.width() * self._share)
        draw_box(painter, box, radius=3, fill=tokens.accent)
