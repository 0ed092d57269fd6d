"""The young person's own words, in sight under every item."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.labels import ElidedLabel, ShortLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_ROWS = 2


class OwnWordsStrip(QWidget):
    """The beginning of what was said last; whole it stands under its own item."""

    def __init__(self, room: RoomLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        near = room.near
        self._tokens = near.theme.tokens
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S + 2, Space.L, Space.S + 2)
        row.setSpacing(Space.M)
        row.addWidget(IconMark(near, "quote", colour=self._tokens.info, size=24))
        way = QBoxLayout.Direction
        # Where the window is narrow there is no height for more than one line.
        words = QBoxLayout(way.LeftToRight if room.narrow else way.TopToBottom)
        words.setSpacing(Space.M if room.narrow else 1)
        self._head = ElidedLabel(near, style=TextStyle.CAPTION_STRONG, colour=self._tokens.info)
        rows, look = (1, near) if room.narrow else (_ROWS, room.far)
        self._said = ShortLabel(look, rows=rows, style=TextStyle.LEAD)
        words.addWidget(self._head, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self._said, 1)
        row.addLayout(words, 1)
        # As high as its words at the width that it gets: a fixed height would be that of a hint.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, head: str, said: str) -> None:
        """Show these words."""
        self._head.show_text(head)
        self._said.show_text(said)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the tint, with an edge where the theme asks for one."""
        painter = QPainter(self)
        smooth(painter)
        tokens = self._tokens
        edge = tokens.info if tokens.outlined else ""
        box = QRectF(self.rect())
        draw_box(painter, box, radius=Radius.BOX, fill=tokens.info_soft, edge=edge)
