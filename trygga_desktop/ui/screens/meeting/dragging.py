"""A list of the meeting whose rows are moved by mouse as well."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_LINE = 4


@dataclass(slots=True)
class _Drag:
    """A row that was pressed, and `to` which place it would come, None before it is dragged."""

    row: int
    begun: QPoint
    to: int | None = None
    is_given_up: bool = False


class DraggedRowList(RowList):
    """A row that is dragged is put where a line shows, by `moved`; no click comes of that.

    `may_move` tells whether the row at one place may go to another; to no other place it goes.
    Escape, and other rows than those it was taken from, leave it where it was.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        may_move: Callable[[int, int], bool],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent=parent)
        self._look = look
        self._may_move = may_move
        self._drag: _Drag | None = None
        self.rows.dataChanged.connect(self._give_up)
        self.rows.modelReset.connect(self._give_up)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which row may be dragged from here."""
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._drag = _Drag(row=index.row(), begun=at) if index.isValid() and is_left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the row would come, once the mouse has gone further than a hand trembles."""
        drag, at = self._drag, event.position().toPoint()
        if drag is None:
            super().mouseMoveEvent(event)
            return
        moved = (at - drag.begun).manhattanLength()
        if drag.is_given_up or (drag.to is None and moved < QApplication.startDragDistance()):
            return
        self._bring_into_view(at.y())
        before = self._gap_at(at.y())
        to = before if before <= drag.row else before - 1
        may = to != drag.row and self._may_move(drag.row, to)
        drag.to = to if may else drag.row
        shape = Qt.CursorShape.ClosedHandCursor if may else Qt.CursorShape.ForbiddenCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the row where it was dragged to; without a drag it is a click."""
        drag, self._drag = self._drag, None
        self.viewport().unsetCursor()
        self.viewport().update()
        if drag is None or drag.to is None:
            super().mouseReleaseEvent(event)
            return
        QListView.mouseReleaseEvent(self, event)
        if drag.to != drag.row:
            self.moved.emit(drag.row, drag.to - drag.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape what is dragged where it was."""
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._give_up()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at which the row would come to lie."""
        super().paintEvent(event)
        drag = self._drag
        if drag is None or drag.to is None or drag.to == drag.row:
            return
        row, to = drag.row, drag.to
        beside = self.visualRect(self.rows.index(to))
        middle = min(
            max(beside.bottom() + 1 if to > row else beside.top(), _LINE // 2),
            self.viewport().height() - _LINE // 2,
        )
        painter = QPainter(self.viewport())
        smooth(painter)
        line = QRectF(0, middle - _LINE / 2, self.viewport().width(), _LINE)
        draw_box(painter, line, radius=_LINE // 2, fill=self._look.theme.tokens.accent)
        painter.end()

    def _gap_at(self, height: int) -> int:
        """Return before which row a height lies."""
        for row in range(self.rows.rowCount()):
            if height <= self.visualRect(self.rows.index(row)).center().y():
                return row
        return self.rows.rowCount()

    def _bring_into_view(self, height: int) -> None:
        bar = self.verticalScrollBar()
        if height < 0:
            bar.setValue(bar.value() - bar.singleStep())
        elif height > self.viewport().height():
            bar.setValue(bar.value() + bar.singleStep())

    @Slot()
    def _give_up(self) -> None:
        """Leave what is dragged where it was; to let go of the mouse does nothing more then."""
        if self._drag is not None and self._drag.to is not None:
            self._drag.to, self._drag.is_given_up = self._drag.row, True
            self.viewport().unsetCursor()
            self.viewport().update()
