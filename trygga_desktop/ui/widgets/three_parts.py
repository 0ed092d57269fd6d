"""Areas, what stands in one of them, and the form, beside or below each other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space

_THREE, _TWO = 1060, 640
_LIST, _FORM = 264, 340
_AT_TOP = Qt.AlignmentFlag.AlignTop


class ThreeParts(QWidget):
    """Three columns; where there is less room the form stands below what it adds to.

    With `fills` they are as high as the highest of them, instead of as high as what is in them.
    """

    def __init__(
        self, look: Look, *, areas: QWidget, told: QWidget, form: QWidget, fills: bool = False
    ) -> None:
        super().__init__()
        self._fills = fills
        self._look = look
        self._parts = (areas, told, form)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.L)
        self._count = 0
        self._arrange(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns as there is room for."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        self._arrange(3 if width >= _THREE else 2 if width >= _TWO else 1)

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        areas, _, form = self._parts
        for part in self._parts:
            self._grid.removeWidget(part)
        px = self._look.theme.px
        areas.setMaximumWidth(NO_LIMIT if count == 1 else px(_LIST))
        areas.setMinimumWidth(0 if count == 1 else px(_LIST))
        is_beside = count == len(self._parts)
        form.setMaximumWidth(px(_FORM) if is_beside else NO_LIMIT)
        form.setMinimumWidth(px(_FORM) if is_beside else 0)
        places = {
            1: ((0, 0, 1), (1, 0, 1), (2, 0, 1)),
            2: ((0, 0, 2), (0, 1, 1), (1, 1, 1)),
            3: ((0, 0, 1), (0, 1, 1), (0, 2, 1)),
        }
        for part, (row, column, rows) in zip(self._parts, places[count], strict=True):
            if self._fills:
                self._grid.addWidget(part, row, column, rows, 1)
            else:
                self._grid.addWidget(part, row, column, rows, 1, _AT_TOP)
        for column in range(3):
            wide = 0 if count == 1 else 1
            self._grid.setColumnStretch(column, 1 if column == wide else 0)
