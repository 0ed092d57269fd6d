"""What was copied from a screen that others see: it goes when somebody comes, or one leaves."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Copied(QObject):
    """Notes what any window of ours copied while a screen was shown, and knows how to forget it.

    What another program copied stays. Not every system can say whose the clipboard is, so that is
    noted here.
    """

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        self._ours: set[QClipboard.Mode] = set()
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
        if self._screen.isVisible() and QGuiApplication.focusWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)
