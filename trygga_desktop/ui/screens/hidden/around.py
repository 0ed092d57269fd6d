"""Puts columns beside each other where there is room for them, else below each other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space

_THREE, _TWO = 1_080, 760
_LEFT, _RIGHT = 330, 280
_ALL, _BOTH_ON_ONE_SIDE = 3, 2


class Around(QWidget):
    """A middle with a column on each side, with both on one side, or with all below each other.

    `placed` follows when they stand in another way, and with them `in_order`.
    """

    placed = Signal()

    def __init__(
        self,
        look: Look,
        middle: QWidget,
        *,
        left: Sequence[QWidget],
        right: Sequence[QWidget],
    ) -> None:
        super().__init__()
        self._theme = look.theme
        self._middle = middle
        self._left, self._right = _column(left), _column(right)
        self._placed = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.L)
        self._place(_ALL)

    @property
    def in_order(self) -> tuple[QWidget, QWidget, QWidget]:
        """Return the columns as one reads them."""
        if self._placed == _ALL:
            return self._left, self._middle, self._right
        return self._middle, self._left, self._right

    def show_sides(self, *, is_shown: bool) -> None:
        """Show the columns at the sides, or the middle alone."""
        self._left.setVisible(is_shown)
        self._right.setVisible(is_shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the width that there is."""
        super().resizeEvent(event)
        width = event.size().width()
        px = self._theme.px
        wide = _BOTH_ON_ONE_SIDE if width >= px(_TWO) else 1
        self._place(_ALL if width >= px(_THREE) else wide)

    def _place(self, columns: int) -> None:
        if columns == self._placed:
            return
        self._placed = columns
        self.placed.emit()
        grid, px = self._grid, self._theme.px
        top = Qt.AlignmentFlag.AlignTop
        for part in (self._middle, self._left, self._right):
            grid.removeWidget(part)
        for column in range(3):
            grid.setColumnStretch(column, 0)
            grid.setColumnMinimumWidth(column, 0)
        widest = 16_777_215
        self._left.setMaximumWidth(px(_LEFT) if columns > 1 else widest)
        right = {_ALL: px(_RIGHT), _BOTH_ON_ONE_SIDE: px(_LEFT)}.get(columns, widest)
        self._right.setMaximumWidth(right)
        if columns == 1:
            for row, part in enumerate((self._middle, self._left, self._right)):
                grid.addWidget(part, row, 0)
            return
        if columns == _ALL:
            grid.addWidget(self._left, 0, 0, top)
            grid.addWidget(self._middle, 0, 1)
            grid.addWidget(self._right, 0, 2, top)
            grid.setColumnMinimumWidth(0, px(_LEFT))
            grid.setColumnStretch(1, 1)
            grid.setColumnMinimumWidth(2, px(_RIGHT))
            return
        grid.addWidget(self._middle, 0, 0, 2, 1)
        grid.addWidget(self._left, 0, 1, top)
        grid.addWidget(self._right, 1, 1, top)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, px(_LEFT))


def _column(parts: Sequence[QWidget]) -> QWidget:
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(Space.L)
    for one in parts:
        rows.addWidget(one)
    rows.addStretch(1)
    return column
