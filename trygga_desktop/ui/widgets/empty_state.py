"""What stands where a list is empty: one sentence, and the way to the first entry."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc


class EmptyState(QWidget):
    """Disc, title, sentence, buttons, all in the middle."""

    def __init__(  # noqa: PLR0913  what an empty place is made of
        self,
        look: Look,
        *,
        icon: str,
        title: str,
        text: str,
        buttons: tuple[Button, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.XXL, Space.L, Space.XXL)
        column.setSpacing(Space.S)
        column.addWidget(Disc(look, icon=icon, tone=Tone.ACCENT, size=64), 0, middle)
        column.addSpacing(Space.XS)
        heading = PlainLabel(look, title, style=TextStyle.SUBTITLE)
        heading.setAlignment(middle)
        column.addWidget(heading)
        words = PlainLabel(look, text, colour=look.theme.tokens.text2)
        words.setAlignment(middle)
        words.setMaximumWidth(look.theme.px(420))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(words, 100)
        line.addStretch(1)
        column.addLayout(line)
        if buttons:
            column.addSpacing(Space.XS)
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
