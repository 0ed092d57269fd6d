"""A small line that says where what is typed is kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


class SavedSign(QWidget):
    """A tick and when it was saved, or an hourglass and what it waits for."""

    def __init__(self, look: Look, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._icon = IconMark(look, "check", size=14)
        self.line = PlainLabel(look, style=TextStyle.CAPTION, colour=self._tokens.text2)
        row.addWidget(self._icon, 0, middle)
        row.addWidget(self.line, 1, middle)
        self.show_sign("")

    def show_sign(self, text: str, *, waiting: bool = False) -> None:
        """Say this; empty says nothing."""
        icon, colour = ("hourglass", self._tokens.warn) if waiting else ("check", self._tokens.ok)
        self._icon.show_icon(icon, colour)
        self._icon.setVisible(bool(text))
        self.line.show_text(text)
        self.line.setVisible(bool(text))
