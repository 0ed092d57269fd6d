"""The matrix: who may know what, one cell for each organisation and kind of information."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QWidget,
)

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.matrix_drawing import ROW, MatrixCells, MatrixHeads
from trygga_desktop.ui.widgets.matrix_model import Face, Head, Index, MatrixModel

__all__ = ["Face", "Head", "MatrixModel", "MatrixView", "Reach"]

_LOW_ROW, _ROOMY_ROW = 28, 44
_HEAD = 30
_WIDEST_COLUMN = 220


class Reach(StrEnum):
    """What a key or a click takes in: one cell, its column or its row."""

    CELL = "cell"
    COLUMN = "column"
    ROW = "row"


class MatrixView(QTableView):
    """Arrow keys move, and `cell_chosen` follows; Enter or a double click emit `cell_opened`.

    One that is `editable` emits `toggled` with row, column and reach: Space or a click for a cell,
    Shift and Space or the head for a column, Ctrl and Space for a row. It scrolls under its heads.
    """

    cell_chosen = Signal(int, int)
    cell_opened = Signal(int, int)
    toggled = Signal(int, int, object)

    def __init__(
        self, look: Look, name: str, *, editable: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._editable = editable
        self._roomy = False
        self._room = 0
        self.model_ = MatrixModel()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setFont(look.theme.font(TextStyle.LABEL))
        self.setItemDelegate(MatrixCells(look, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalHeader(MatrixHeads(look, Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(MatrixHeads(look, Qt.Orientation.Vertical, self))
        self.setCornerButtonEnabled(False)
        # Fusion draws a button there that cannot be pressed.
        self.setStyleSheet("QTableCornerButton::section { background: transparent; border: none; }")
        self.setModel(self.model_)
        for head, reach in ((self.horizontalHeader(), Reach.COLUMN), (self.verticalHeader(), None)):
            head.setSectionsClickable(editable)
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            if editable:
                toggle = self._toggle_column if reach is Reach.COLUMN else self._toggle_row
                head.sectionClicked.connect(toggle)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.model_.modelReset.connect(self._start)
        self.model_.dataChanged.connect(self._say_what_changed)
        self._start()

    def show_faces(
        self, rows: Sequence[Head], columns: Sequence[Head], faces: Sequence[Sequence[Face]]
    ) -> None:
        """Show these; the cursor stays where it was if that is still there."""
        current = self.currentIndex()
        self.model_.show(rows, columns, faces)
        if not self.currentIndex().isValid() and self.model_.rowCount():
            row = min(max(current.row(), 0), len(rows) - 1)
            column = min(max(current.column(), 0), len(columns) - 1)
            self.setCurrentIndex(self.model_.index(row, column))

    def choose(self, row: int, column: int) -> None:
        """Put the cursor on a cell."""
        self.setCurrentIndex(self.model_.index(row, column))

    def use_room(self, height: int, *, roomy: bool) -> None:
        """Be no higher than that, and have higher rows where there is room for them."""
        if (height, roomy) != (self._room, self._roomy):
            self._room, self._roomy = height, roomy
            self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  Qt's name
        """Tell where the cursor is now."""
        super().currentChanged(current, previous)
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        if current.isValid():
            self.cell_chosen.emit(current.row(), current.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, toggle with Space."""
        index, key = self.currentIndex(), event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            if index.isValid():
                self.cell_opened.emit(index.row(), index.column())
            return
        if key == Qt.Key.Key_Space:
            if self._editable and index.isValid():
                self.toggled.emit(index.row(), index.column(), _reach(event))
            elif index.isValid():
                self.cell_opened.emit(index.row(), index.column())
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle the cell that is clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if self._editable and is_left and index.isValid() and index == self.currentIndex():
            self.toggled.emit(index.row(), index.column(), Reach.CELL)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the cell; in an editable matrix the second click is a click."""
        index = self.indexAt(event.position().toPoint())
        if not self._editable and index.isValid():
            self.cell_opened.emit(index.row(), index.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the columns."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _start(self) -> None:
        if self.model_.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(self.model_.index(0, 0))
        self._fit()

    @Slot()
    def _say_what_changed(self) -> None:
        """Have the cell said aloud that was changed under the cursor."""
        if self.hasFocus():
            index = self.currentIndex()
            said = self.model_.face(index.row(), index.column()).aloud
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _fit(self) -> None:
        columns = self.model_.columnCount()
        across, down = self.horizontalHeader(), self.verticalHeader()
        px = self._look.theme.px
        wide = [down.sectionSizeFromContents(row).width() for row in self._rows()]
        down.setFixedWidth(max(wide, default=0))
        heads = [across.sectionSizeFromContents(column) for column in range(columns)]
        across.setFixedHeight(max([px(_HEAD), *(size.height() for size in heads)]))
        needed = [max(heads[one].width(), self.sizeHintForColumn(one)) for one in self._all()]
        rows = self.model_.rowCount()
        lowest = across.height() + px(_LOW_ROW) * rows
        scrolls_down = bool(self._room) and lowest > self._room
        side_bar = self.verticalScrollBar().sizeHint().width() if scrolls_down else 0
        room = self.width() - down.width() - side_bar
        widths = _shared(room, needed, most=px(_WIDEST_COLUMN))
        for column, width in enumerate(widths):
            across.resizeSection(column, width)
        scrolls = sum(widths) > room
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        above = across.height() + bar
        high = px(_ROOMY_ROW if self._roomy else ROW)
        if self._room and above + high * rows > self._room:
            # Rather lower rows than some that cannot be seen.
            high = px(ROW if above + px(ROW) * rows <= self._room else _LOW_ROW)
        down.setDefaultSectionSize(high)
        height = above + high * rows
        self.setFixedHeight(min(height, self._room) if self._room else height)

    def _rows(self) -> range:
        return range(self.model_.rowCount())

    def _all(self) -> range:
        return range(self.model_.columnCount())

    @Slot(int)
    def _toggle_column(self, column: int) -> None:
        self.choose(max(0, self.currentIndex().row()), column)
        self.toggled.emit(self.currentIndex().row(), column, Reach.COLUMN)

    @Slot(int)
    def _toggle_row(self, row: int) -> None:
        self.choose(row, max(0, self.currentIndex().column()))
        self.toggled.emit(row, self.currentIndex().column(), Reach.ROW)


def _reach(event: QKeyEvent) -> Reach:
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return Reach.COLUMN
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return Reach.ROW
    return Reach.CELL


def _shared(room: int, needed: Sequence[int], *, most: int) -> list[int]:
    """Return the widths of columns: alike where there is room for that, else what each needs."""
    if not needed:
        return []
    widest = max(needed)
    share = room // len(needed)
    if widest <= share:
        return [min(share, max(widest, most))] * len(needed)
    spare = max(0, room - sum(needed)) // len(needed)
    return [one + spare for one in needed]
