"""The button of a row in a list of people or things."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from trygga_desktop.ui.widgets.buttons import Button


class RowButton(Button):
    """Arrow keys lead to the button of the row above or below: `neighbours`, itself among them."""

    neighbours: Sequence["RowButton"] = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up or down the rows."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or self not in self.neighbours:
            super().keyPressEvent(event)
            return
        place = self.neighbours.index(self) + step
        if 0 <= place < len(self.neighbours):
            self.neighbours[place].setFocus(Qt.FocusReason.OtherFocusReason)
