"""In place of what is written down: where no name is said, it is written out of others' sight."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark

_HEIGHT = 64


class WriteAlone(QWidget):
    """Says why nothing is typed here, and leads to the page of whoever leads the meeting."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = room.near
        _ = look.language.gettext
        self._theme = look.theme
        self.setMinimumHeight(look.theme.px(_HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark(look, "venetian-mask"), 0, Qt.AlignmentFlag.AlignVCenter)
        text = _("We talk without names. What is written down comes here once it has been read.")
        row.addWidget(PlainLabel(look, text, style=TextStyle.MEDIUM), 1)
        self.button = Button(look, _("Write"), icon="pen-line")
        self.button.setObjectName("write alone")
        self.button.setToolTip("Ctrl+Enter")
        self.button.clicked.connect(model.write_alone)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground that what is written down has."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.border))
