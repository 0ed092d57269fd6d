"""State of the question who sees the screen, between the table and a page for one's own eyes."""

from PySide6.QtCore import QObject, Signal


class AloneViewModel(QObject):
    """Waits for a person's answer, and reads nothing. `answered` tells that nobody else looks on.

    The answer counts until the meeting is on the screen again.
    """

    answered = Signal()
    left = Signal()

    def nobody_looks_on(self) -> None:
        """Take the answer that nobody else sees the screen, and go on."""
        self.answered.emit()

    def go_back(self) -> None:
        """Go back to the meeting: everyone may see that."""
        self.left.emit()
