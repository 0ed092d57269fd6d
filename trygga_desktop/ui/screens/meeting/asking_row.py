"""What asks for something on the screen that everyone sees, and how it is put away by a key."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class AskingRow(QWidget):
    """A row that asks for something: Escape in it does what its button for giving up does.

    Of what was typed nothing is lost by that. What is asked for already stays as it is.
    """

    def __init__(
        self,
        *,
        asks: Callable[[], bool],
        give_up: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._asks = asks
        self._give_up = give_up

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask no more, if it does; what else is pressed is for whatever it stands in."""
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.key() == Qt.Key.Key_Escape and is_plain and self._asks():
            self._give_up()
            return
        super().keyPressEvent(event)
