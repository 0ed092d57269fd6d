"""A key that works wherever the focus is: in a dialog, in a popup, in a menu."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class KeyAnywhere(QObject):
    """Filters the events of the application and tells when one of its keys is pressed.

    A shortcut would not do: Qt leaves those out under a modal dialog.
    """

    pressed = Signal()

    def __init__(self, keys: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys = [QKeySequence(key) for key in keys]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002  Qt's signature
        """Take the key before anyone else does, and keep its shortcut from running too."""
        # Every event of the program comes by, and asking for its type takes longer than this.
        if not isinstance(event, QKeyEvent):
            return False
        kind = event.type()
        if kind not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}:
            return False
        if not self._is_ours(event):
            return False
        event.accept()
        if kind is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self.pressed.emit()
        return True

    def _is_ours(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~_KEYPAD
        return QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))) in self._keys
