"""Inputs of the form: lines that arrow keys count on, and a grid that follows the width."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.inputs import TextInput

Step = Callable[[str, int], str]
"""What a text becomes that many steps on; a large step counts as `LARGE`."""

LARGE = 7


class CountedInput(TextInput):
    """A line that Up and Down count on, with Shift in larger steps."""

    def __init__(self, look: Look, step: Step, *, text: str = "", placeholder: str = "") -> None:
        super().__init__(look, text=text, placeholder=placeholder, longest=40)
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count on."""
        ways = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() not in ways:
            super().keyPressEvent(event)
            return
        is_large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        text = self._step(self.text(), ways[Qt.Key(event.key())] * (LARGE if is_large else 1))
        self.setText(text)
        # As if it had been typed: whoever listens to that takes it.
        self.textEdited.emit(text)


class FieldGrid(QWidget):
    """Fields in rows of as many as there is room for, all of one width."""

    def __init__(
        self,
        look: Look,
        fields: Sequence[QWidget],
        *,
        columns: Sequence[tuple[int, int]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._fields = fields
        self._columns = columns
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        self._arrange(columns[0][1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more fields into a row, or fewer."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        fitting = [count for least, count in self._columns if width >= least]
        self._arrange(fitting[-1] if fitting else 1)

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        for column in range(self._count):
            self._grid.setColumnStretch(column, 0)
        self._count = count
        for one in self._fields:
            self._grid.removeWidget(one)
        for place, one in enumerate(self._fields):
            self._grid.addWidget(one, place // count, place % count, Qt.AlignmentFlag.AlignTop)
        for column in range(count):
            # What is chosen in the first one has the longest words.
            self._grid.setColumnStretch(column, 4 if column else 5)
