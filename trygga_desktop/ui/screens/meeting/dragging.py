"""A list of the meeting whose rows are moved by mouse as well."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from trygga_desktop.ui.key_anywhere import KeyAnywhere
from trygga_desktop.ui.screens.meeting.lists import RowList
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_LINE = 4
_SCROLL_EVERY = 40


@dataclass(slots=True)
class _Drag:
    """A row that was pressed, and `to` which place it would come, None before it is dragged."""

    row: int
    begun: QPoint
    at: QPoint
    to: int | None = None
    is_given_up: bool = False


class DraggedRowList(RowList):
    """A row that is dragged is put where a line shows, by `moved`; no click comes of that.

    `may_move` tells whether the row at one place may go to another; to no other place it goes.
    Escape, another button, a cover, and other rows than those it was taken from leave it where it
    was.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        may_move: Callable[[int, int], bool],
        *,
        parent: QWidget | None = None,
    ) -> None:
        # Qt tells of changes before all is there.
        self._drag: _Drag | None = None
        super().__init__(name, parent=parent)
        self._look = look
        self._may_move = may_move
        self._escape = KeyAnywhere(("Escape",), self)
        self._escape.pressed.connect(self._give_up)
        self._beyond = QTimer(self)
        self._beyond.setInterval(_SCROLL_EVERY)
        self._beyond.timeout.connect(self._go_on)
        # Another item may stand in its row now.
        self.rows.dataChanged.connect(self._give_up)
        self.rows.modelReset.connect(self._give_up)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which row may be dragged from here."""
        if self._drag is not None and event.buttons() & ~event.button():
            # Another button while the first one is held.
            self._give_up()
            return
        super().mousePressEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._drag = (
            _Drag(row=index.row(), begun=at, at=at) if index.isValid() and is_left else None
        )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where the row would come, once the mouse has gone further than a hand trembles."""
        drag = self._drag
        if drag is None:
            super().mouseMoveEvent(event)
            return
        drag.at = event.position().toPoint()
        moved = (drag.at - drag.begun).manhattanLength()
        if drag.is_given_up or (drag.to is None and moved < QApplication.startDragDistance()):
            return
        application = QApplication.instance()
        if drag.to is None and application is not None:
            # The keys are where one writes: Escape is heard wherever they are.
            application.installEventFilter(self._escape)
        self._go_on()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the row where it was dragged to; without a drag it is a click."""
        drag = self._drag
        if drag is not None and event.button() != Qt.MouseButton.LeftButton:
            return
        self._drag = None
        self._come_to_rest()
        if drag is None or (drag.to is None and not drag.is_given_up):
            super().mouseReleaseEvent(event)
            return
        QListView.mouseReleaseEvent(self, event)
        if drag.to is not None and not drag.is_given_up and drag.to != drag.row:
            self.moved.emit(drag.row, drag.to - drag.row)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave where it was what is dragged while a cover comes down."""
        super().hideEvent(event)
        self._give_up()

    def changeEvent(self, event: QEvent) -> None:
        """Leave where it was what is dragged in a list that takes nothing any more."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._give_up()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at which the row would come to lie."""
        super().paintEvent(event)
        drag = self._drag
        if drag is None or drag.is_given_up or drag.to is None or drag.to == drag.row:
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

    @Slot()
    def _go_on(self) -> None:
        """Show where the row would come; beyond an edge the list goes on for as long as that."""
        drag = self._drag
        if drag is None or drag.is_given_up:
            return
        bar, height = self.verticalScrollBar(), drag.at.y()
        is_above, is_below = height < 0, height > self.viewport().height()
        if is_above or is_below:
            bar.setValue(bar.value() + bar.singleStep() * (-1 if is_above else 1))
            self._beyond.start()
        else:
            self._beyond.stop()
        before = self._gap_at(height)
        to = before if before <= drag.row else before - 1
        may = to != drag.row and self._may_move(drag.row, to)
        drag.to = to if may else drag.row
        shape = Qt.CursorShape.ClosedHandCursor if may else Qt.CursorShape.ForbiddenCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def _gap_at(self, height: int) -> int:
        """Return before which row a height lies."""
        for row in range(self.rows.rowCount()):
            if height <= self.visualRect(self.rows.index(row)).center().y():
                return row
        return self.rows.rowCount()

    @Slot()
    def _give_up(self) -> None:
        """Leave what is dragged where it was; to let go of the mouse does nothing more then."""
        if self._drag is not None:
            self._drag.is_given_up = True
            self._come_to_rest()

    def _come_to_rest(self) -> None:
        self._beyond.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self._escape)
        self.viewport().unsetCursor()
        self.viewport().update()
