"""Where somebody is on the page, to be found again once it is built anew."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.inputs import TextArea, TextInput
from trygga_desktop.ui.widgets.segments import Segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The name of what has the focus, and in a text where the selection begins and the cursor is.

    The name is empty where nothing on the page has the focus.
    """

    name: str
    anchor: int = 0
    position: int = 0


def place_in(page: QWidget) -> Place:
    """Return where the focus is on a page."""
    focus = focus_in(page)
    if focus is None or focus_in(page.window()) is not focus:
        return Place(name="")
    if isinstance(focus, TextInput):
        position = focus.cursorPosition()
        ends = {focus.selectionStart(), focus.selectionEnd()} if focus.hasSelectedText() else set()
        return Place(
            name=focus.objectName(),
            anchor=next(iter(ends - {position}), position),
            position=position,
        )
    if isinstance(focus, TextArea):
        cursor = focus.textCursor()
        return Place(name=focus.objectName(), anchor=cursor.anchor(), position=cursor.position())
    parent = focus.parentWidget()
    named = parent if isinstance(parent, Segments) else focus
    return Place(name=named.objectName())


def go_to(page: QWidget, place: Place) -> QWidget | None:
    """Put the focus there again, and return what has it now: None where nothing has that name."""
    found = page.findChild(QWidget, place.name) if place.name else None
    if not isinstance(found, QWidget):
        return None
    if isinstance(found, Segments):
        found.focus_current()
        return found
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(found, TextInput):
        found.setCursorPosition(place.position)
        if place.anchor != place.position:
            found.setSelection(place.anchor, place.position - place.anchor)
    elif isinstance(found, TextArea):
        last = found.document().characterCount() - 1
        cursor = found.textCursor()
        cursor.setPosition(min(place.anchor, last))
        cursor.setPosition(min(place.position, last), QTextCursor.MoveMode.KeepAnchor)
        found.setTextCursor(cursor)
    return found
