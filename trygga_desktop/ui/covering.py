"""Leaves nothing standing over or beside a window that is being covered."""

from PySide6.QtWidgets import QApplication, QWidget

_COVERS_ITSELF = "covers itself"


def covers_itself(window: QWidget) -> None:
    """Note that a window knows itself when to show nothing, and stays when another is covered."""
    window.setProperty(_COVERS_ITSELF, True)


def close_others(kept: QWidget) -> None:
    """Close every other window: dialogs, lists, menus, and what hangs on them."""
    while (popup := QApplication.activePopupWidget()) is not None:
        # The innermost first: a menu would open the one below it again.
        _close(popup)
        if popup is QApplication.activePopupWidget():
            break
    for other in QApplication.topLevelWidgets():
        if other is not kept and other.isVisible() and not other.property(_COVERS_ITSELF):
            _close(other)


def _close(window: QWidget) -> None:
    window.close()
    # Whatever a dialog thinks of being closed.
    window.hide()
