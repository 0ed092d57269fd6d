"""What was copied in the program: it goes before others see the screen, or somebody comes."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Copied(QObject):
    """Notes from now on what any window of ours copies, and knows how to forget it.

    What another program copied meanwhile stays. Not every system can say whose the clipboard is, so
    that is noted here; whose it was before nobody knows, and the program itself may have copied it
    before it locked.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours = set(_MODES)
        QGuiApplication.clipboard().changed.connect(self._note)

    @Slot()
    def forget(self) -> None:
        """Empty the clipboard of what was copied here."""
        clipboard = QGuiApplication.clipboard()
        for mode in [one for one in _MODES if one in self._ours]:
            clipboard.clear(mode)
        self._ours.clear()

    def _note(self, mode: QClipboard.Mode) -> None:
        # Whichever part of whichever window had the keys: too much is forgotten rather than too
        # little. While none of them has, it was another program.
        if QGuiApplication.focusWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)
