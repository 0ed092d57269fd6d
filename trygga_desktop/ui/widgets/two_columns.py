"""Two parts of a page beside each other, or below each other where the page is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space


class TwoColumns(QWidget):
    """One of the two, `fixed`, keeps its width; the other takes the rest.

    Widths are effective ones, as at 100 %. Below `narrow` the second stands under the first.
    With `first_fills` the first is as high as the page, otherwise as high as what it holds.
    """

    def __init__(  # noqa: PLR0913  all but three must be named
        self,
        look: Look,
        first: QWidget,
        second: QWidget,
        *,
        fixed: QWidget,
        width: int,
        narrow: int,
        first_fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._parts = (first, second)
        self._fixed = fixed
        self._width = look.theme.px(width)
        self._narrow_below = narrow
        self._at_top = Qt.AlignmentFlag(0) if first_fills else Qt.AlignmentFlag.AlignTop
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.L)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the second part under the first where there is no room beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < self._narrow_below)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        first, second = self._parts
        for part in self._parts:
            self._grid.removeWidget(part)
        self._fixed.setMinimumWidth(0 if narrow else self._width)
        self._fixed.setMaximumWidth(NO_LIMIT if narrow else self._width)
        self._grid.addWidget(first, 0, 0, self._at_top)
        if narrow:
            self._grid.addWidget(second, 1, 0)
        else:
            self._grid.addWidget(second, 0, 1, Qt.AlignmentFlag.AlignTop)
        wide = 0 if narrow or self._fixed is second else 1
        self._grid.setColumnStretch(wide, 1)
        self._grid.setColumnStretch(1 - wide, 0)
