"""Where what is typed goes after a click: on to where it was being written."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from trygga_desktop.ui.widgets.focus import focus_in


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
        self._is_clicked = False

    def follow(self, box: QWidget | None = None) -> None:
        """Take in whatever has been built in the page, or in a box beside it."""
        box = box or self._page
        for part in box.findChildren(QWidget):
            # Not what is taken in already: its signals would come twice. Nor the rows of a list
            # that opens: they are a window of their own.
            if not takes_clicks(part) or is_text(part) or part.window() is not box.window():
                continue
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(part, QAbstractButton):
                part.pressed.connect(self._note_press)
                # After whatever it does.
                part.clicked.connect(self._end_press)
            elif isinstance(part, QAbstractItemView):
                part.pressed.connect(self.write_on)
            elif isinstance(part, QComboBox):
                part.activated.connect(self._end_choice)

    def while_showing(self, show: Callable[[], None]) -> None:
        """Show the page as it is now. Where what had the focus goes away with that, write on.

        Qt gives it to whatever comes next, the way out of the meeting too.
        """
        focus = focus_in(self._page.window())
        had_focus = focus is not None and self._page.isAncestorOf(focus)
        name = "" if focus is None else focus.objectName()
        show()
        if had_focus and not self._still_shows(focus):
            self._leave_what_came_next(name)

    @Slot()
    def write_on(self) -> None:
        """Put the focus where it is written, unless somebody is writing."""
        focus = QApplication.focusWidget()
        is_writing = focus is not None and is_text(focus) and self._page.isAncestorOf(focus)
        if self._page.isVisible() and not is_writing:
            self._first_text().setFocus()

    @Slot()
    def _note_press(self) -> None:
        self._is_clicked = QApplication.mouseButtons() != Qt.MouseButton.NoButton

    @Slot()
    def _end_press(self) -> None:
        is_clicked, self._is_clicked = self._is_clicked, False
        if is_clicked:
            self.write_on()

    @Slot()
    def _end_choice(self) -> None:
        # By keys one goes on to the next list with Tab: the list, or what was built in its place,
        # has the focus then. An open list is a window of its own.
        if not isinstance(focus_in(self._page.window()), QComboBox):
            self.write_on()

    def _still_shows(self, focus: QWidget | None) -> bool:
        if focus is None or not isValid(focus):
            return False
        return focus.isVisibleTo(self._page) and focus.isEnabled()

    def _leave_what_came_next(self, name: str) -> None:
        focus = focus_in(self._page.window())
        if focus is not None and self._page.isAncestorOf(focus):
            # What is not taken in yet was built now, and took the focus on purpose; so did what
            # stands again where it stood.
            stands_again = bool(name) and focus.objectName() == name
            if stands_again or takes_clicks(focus) or is_text(focus):
                return
        self._first_text().setFocus()


def is_text(widget: QWidget) -> bool:
    """Tell whether that is something to type in."""
    return isinstance(widget, QLineEdit | QTextEdit) and not widget.isReadOnly()


def takes_clicks(widget: QWidget) -> bool:
    """Tell whether a click on it takes the focus."""
    return widget.focusPolicy() & Qt.FocusPolicy.ClickFocus == Qt.FocusPolicy.ClickFocus
