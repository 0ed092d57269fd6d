"""The card that tells how the consents have changed, the newest first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.consents.past import PastLine
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.removal import take_out

_AT_FIRST = 6
_THREE, _TWO = 900, 560


class PastCard(Card):
    """Nothing in it is ever overwritten. As many columns as there is room for."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("How the consents have changed"), parent=parent)
        self._look = look
        self._lines: tuple[PastLine, ...] = ()
        self._parts: list[QWidget] = []
        self._columns = 0
        self._is_whole = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.XL)
        self._grid.setVerticalSpacing(Space.M)
        self.body.addLayout(self._grid)
        self._more = Button(look, _("Show everything"), ButtonKind.GHOST)
        self._more.setObjectName("show everything")
        self._more.clicked.connect(self._show_whole)
        self._more.start_column()
        self._more.hide()
        self.hide()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: Sequence[PastLine]) -> None:
        """Tell this."""
        self.setVisible(bool(lines))
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        take_out(*self._parts)
        shown = self._lines if self._is_whole else self._lines[:_AT_FIRST]
        self._parts = [self._part(line) for line in shown]
        self._columns = 0
        self._more.setVisible(len(shown) < len(self._lines))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _show_whole(self) -> None:
        self._is_whole = True
        lines, self._lines = self._lines, ()
        self.show_lines(lines)

    def _arrange(self) -> None:
        width = self._look.effective(self.width())
        columns = 3 if width >= _THREE else 2 if width >= _TWO else 1
        if columns == self._columns:
            return
        self._columns = columns
        for part in self._parts:
            self._grid.removeWidget(part)
        for place, part in enumerate(self._parts):
            row, column = divmod(place, columns)
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _part(self, line: PastLine) -> QWidget:
        look = self._look
        text2 = look.theme.tokens.text2
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        disc = Disc(look, icon=line.icon, tone=Tone.INFO, size=28)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(look, line.day, style=TextStyle.CAPTION, colour=text2))
        words.addWidget(PlainLabel(look, line.title, style=TextStyle.STRONG))
        if line.line:
            words.addWidget(PlainLabel(look, line.line, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(words, 1)
        return part
