"""Spreads what a use case changed to the screens that are open."""

from PySide6.QtCore import QObject, Signal

from trygga_desktop.services.changes import Changes


class Refresh(QObject):
    """One for the desk. Screens connect to `changed` and decide themselves whether to reload.

    Whoever made the change passes itself as `source`: a screen that knows of its own change need
    not load it again.
    """

    changed = Signal(Changes, object)

    def spread(self, changes: Changes, *, source: object = None) -> None:
        """Tell everyone what is new."""
        self.changed.emit(changes, source)
