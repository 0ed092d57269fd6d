"""A row that tells one thing: an icon, a title, a line below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


class IconRow(QWidget):
    """The icon stands beside the title; a button, if there is one, at the right."""

    def __init__(  # noqa: PLR0913  what a row is made of
        self,
        look: Look,
        *,
        icon: str,
        title: str,
        line: str,
        colour: str = "",
        button: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tokens = look.theme.tokens
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        mark = IconMark(look, icon, colour=colour or tokens.accent)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
        words.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=tokens.text2))
        row.addLayout(words, 1)
        if button is not None:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
