"""Where the focus is inside a widget, and where Tab takes it."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_in(widget: QWidget) -> QWidget | None:
    """Return what had the focus last inside the widget; Qt's own stubs leave out None."""
    return widget.focusWidget()


def keep_tab_order(*parts: QWidget | Sequence[QWidget]) -> None:
    """Have Tab go through these in order; a sequence stands for all that its boxes hold.

    Qt puts what is made late at the end, wherever it stands on the screen.
    """
    chain: list[QWidget] = []
    for part in parts:
        chain += [part] if isinstance(part, QWidget) else _reachable(part)
    for before, after in pairwise(chain):
        QWidget.setTabOrder(before, after)


def _reachable(boxes: Sequence[QWidget]) -> list[QWidget]:
    return [
        child
        for box in boxes
        for child in box.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        # The list of a combo box is a window of its own.
        and child.window() is box.window()
    ]
