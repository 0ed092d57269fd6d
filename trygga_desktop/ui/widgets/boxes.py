"""Boxes that hold other widgets: cards and lines between rows."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_ROUND_CORNER = 6
"""How far a tinted row must stay from the lower edge of a card, not to stick out of its corners."""


class Card(QFrame):
    """A surface with an edge. Put widgets into `body`; rows of a list go to the edge."""

    def __init__(
        self,
        look: Look,
        title: str = "",
        *,
        note: str = "",
        rows_to_edge: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self.body = QVBoxLayout(self)
        if rows_to_edge:
            self.body.setContentsMargins(1, Space.L, 1, _ROUND_CORNER)
        else:
            self.body.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self.body.setSpacing(Space.M)
        self.head = QHBoxLayout()
        self.head.setSpacing(Space.S)
        if title:
            inner = Space.L - 1 if rows_to_edge else 0
            self.head.setContentsMargins(inner, 0, inner, 0)
            self.head.addWidget(PlainLabel(look, title, style=TextStyle.SUBTITLE))
            if note:
                colour = self._tokens.text2
                self.note = PlainLabel(look, note, style=TextStyle.SECONDARY, colour=colour)
                self.head.addWidget(self.note)
            self.head.addStretch(1)
            self.body.addLayout(self.head)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the surface and its edge."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._tokens
        fill, edge = tokens.surface, tokens.border
        draw_box(painter, QRectF(self.rect()), radius=Radius.CARD, fill=fill, edge=edge)


class TintedBox(QFrame):
    """A box in the soft colour of a tone. Its height is that of what it holds."""

    def __init__(self, look: Look, tone: Tone, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        self._tone = tone
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, Space.M - 2, 14, Space.M - 2)
        self.row.setSpacing(Space.M)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def fit(self) -> None:
        """Be as high as the words that stand in it now."""
        self.setMaximumHeight(self.row.totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow with the text only: a banner beside a stretching field would become a wall."""
        super().resizeEvent(event)
        self.setMaximumHeight(self.row.totalHeightForWidth(event.size().width()))
        if self.height() != event.size().height():
            # Before the box is shown nothing tells the layout that it became lower just now.
            self.row.setGeometry(self.rect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the tint, with an edge where the theme asks for one."""
        painter = QPainter(self)
        smooth(painter)
        ink, soft = self._tokens.tint(self._tone)
        edge = ink if self._tokens.outlined else ""
        draw_box(painter, QRectF(self.rect()), radius=Radius.BOX, fill=soft, edge=edge)


class Divider(QWidget):
    """A thin line between rows."""

    def __init__(self, look: Look, *, colour: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor(colour or look.theme.tokens.border)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), self._colour)
