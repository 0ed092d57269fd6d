"""What was copied from a screen that others see: it goes when somebody comes, or one leaves."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.widgets.focus import focus_in

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class Copied(QObject):
    """Notes what was copied while the focus was in a screen, and knows how to forget it.

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
        window = self._screen.window()
        focus = focus_in(window)
        is_ours = focus is not None and self._screen.isAncestorOf(focus)
        # One of our windows has the keys, be it a dialog over this one: no other program copied.
        if is_ours and QGuiApplication.focusWindow() is not None:
            self._ours.add(mode)
        else:
            self._ours.discard(mode)
