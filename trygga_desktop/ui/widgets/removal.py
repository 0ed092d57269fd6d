"""Taking widgets out of what is shown, at once and for good."""

from PySide6.QtWidgets import QWidget


def take_out(*widgets: QWidget) -> None:
    """Take widgets out now: none, and no secret in one, may wait for the event loop.

    Hidden first. A layout shows what it was given a little later, and a widget without a parent
    would then come up as a window of its own and take the focus with it.
    """
    for widget in widgets:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()
