"""Where what is typed goes after a click: on to where it was being written."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QTextEdit, QWidget


class WriteOn(QObject):
    """Has a click on anything of the `page` but a text leave the focus in the text that has it.

    Without one that has it, the focus goes to `first_text`. Tab still reaches everything, and what
    takes the focus on purpose keeps it. Nobody who leads a meeting looks where the focus is, and a
    space that was meant for a note must not press what was clicked last.
    """

    def __init__(self, page: QWidget, first_text: Callable[[], QWidget]) -> None:
        super().__init__(page)
        self._page = page
        self._first_text = first_text

    def follow(self, box: QWidget | None = None) -> None:
        """Take in whatever has been built in the page, or in a box beside it."""
        for part in (box or self._page).findChildren(QWidget):
            policy = part.focusPolicy()
            if policy == Qt.FocusPolicy.NoFocus or is_text(part):
                continue
            if policy & Qt.FocusPolicy.ClickFocus == Qt.FocusPolicy.ClickFocus:
                part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            # Once more does no harm. What scrolls is clicked in the part of it that does.
            pressed = part.viewport() if isinstance(part, QAbstractScrollArea) else part
            pressed.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write on, before whatever is pressed does what it does."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.write_on()
        return super().eventFilter(watched, event)

    def write_on(self) -> None:
        """Put the focus where it is written, unless somebody is writing."""
        focus = QApplication.focusWidget()
        if not (is_text(focus) and self._page.isAncestorOf(focus)):
            self._first_text().setFocus()


def is_text(widget: QWidget | None) -> bool:
    """Tell whether that is something to type in."""
    return isinstance(widget, QLineEdit | QTextEdit) and not widget.isReadOnly()
