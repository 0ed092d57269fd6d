"""A list as a table: rows of two lines, a bar beside the chosen one, no grid."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.marks import draw_pill, pill_size
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.table_roles import PillValue, ShownText, TableRole
from trygga_desktop.ui.widgets.text import make_visible

Index = QModelIndex | QPersistentModelIndex


class DataTable(QTableView):
    """Rows are chosen as a whole. Enter or a double click emits `row_opened` with its row number.

    Tab leaves the table. Connect the model with `show_model`, which also puts the cursor on the
    first row: screen readers say nothing in a table without a current cell.
    """

    row_opened = Signal(int)

    def __init__(self, look: Look, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = look.theme
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setFont(theme.font(TextStyle.BODY))
        self.setItemDelegate(_RowDelegate(look, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(60))
        head = self.horizontalHeader()
        head.setFont(theme.font(TextStyle.LABEL))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setFixedHeight(theme.px(36))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._open)

    def show_model(self, model: QAbstractItemModel, *, stretch: tuple[int, ...] = (0,)) -> None:
        """Show the model; the columns in `stretch` share what the others leave."""
        self.setModel(model)
        head = self.horizontalHeader()
        for column in range(model.columnCount()):
            stretched = column in stretch
            mode = head.ResizeMode.Stretch if stretched else head.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, mode)
        model.modelReset.connect(self.go_to_first)
        model.layoutChanged.connect(self.updateGeometry)
        self.go_to_first()

    def go_to_first(self) -> None:
        """Put the cursor on the first row, so that arrows and screen readers have a place."""
        model = self.model()
        if model.rowCount() and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index(0, 0))
        self.updateGeometry()

    def height_of_rows(self, at_most: int) -> int:
        """Return the height of the header and this many rows, or of all if there are fewer."""
        model = self.model()
        rows = min(at_most, model.rowCount())
        return self.horizontalHeader().height() + rows * self.verticalHeader().defaultSectionSize()

    def currentChanged(  # noqa: N802  Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Stay in the first column: it speaks for its row, and wears the ring of the focus."""
        if current.column() > 0:
            self.setCurrentIndex(self.model().index(current.row(), 0))
            # The row one came from is passed over below.
            self.viewport().update()
            return
        super().currentChanged(current, previous)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_opened.emit(index.row())


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, the line to the next row, and the bar of a chosen row at its left end."""
        painter.save()
        smooth(painter)
        tokens = self._look.theme.tokens
        box = QRectF(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
            if index.column() == 0:
                bar = QRectF(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, QColor(tokens.accent))
        if index.row() < index.model().rowCount() - 1:
            line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
            painter.fillRect(line, QColor(tokens.border))
        if state & QStyle.StateFlag.State_HasFocus:
            ring = box.adjusted(5, 2, -2, -3)
            draw_box(painter, ring, radius=4, edge=tokens.focus, width=2)
        self._draw_content(painter, box.adjusted(Space.L, 0, -Space.S, -1), index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt
        """Return the width of the longest line of the cell."""
        theme = self._look.theme
        pill = index.data(TableRole.PILL)
        if isinstance(pill, PillValue):
            width = pill_size(self._look, pill.text, theme.font(TextStyle.LABEL)).width()
            return QSize(width + Space.L + Space.S, theme.px(60))
        first, second = _lines(index)
        strong = QFontMetrics(theme.font(TextStyle.STRONG)).horizontalAdvance(first)
        below = QFontMetrics(theme.font(TextStyle.SECONDARY)).horizontalAdvance(second)
        return QSize(max(strong, below) + Space.L + Space.S + 4, theme.px(60))

    def _draw_content(self, painter: QPainter, room: QRectF, index: Index) -> None:
        theme = self._look.theme
        pill = index.data(TableRole.PILL)
        if isinstance(pill, PillValue):
            size = pill_size(self._look, pill.text, theme.font(TextStyle.LABEL))
            top = room.center().y() - size.height() / 2
            width = min(room.width(), float(size.width()))
            box = QRectF(room.left(), top, width, size.height())
            draw_pill(painter, box, self._look, pill.text, tone=pill.tone, icon=pill.icon)
            return
        first, second = _lines(index)
        strong = bool(index.data(TableRole.STRONG)) or bool(second)
        style = TextStyle.STRONG if strong else TextStyle.BODY
        if not second:
            self._draw_line(painter, room, first, style, theme.tokens.text)
            return
        half, middle = theme.px(19), room.center().y()
        above = QRectF(room.left(), middle - half, room.width(), half)
        below = QRectF(room.left(), middle, room.width(), theme.px(18))
        self._draw_line(painter, above, first, style, theme.tokens.text)
        self._draw_line(painter, below, second, TextStyle.SECONDARY, theme.tokens.text2)

    def _draw_line(
        self, painter: QPainter, box: QRectF, text: str, style: TextStyle, colour: str
    ) -> None:
        draw_text(painter, box, text, font=self._look.theme.font(style), colour=colour)


def _lines(index: Index) -> tuple[str, str]:
    first = index.data(Qt.ItemDataRole.DisplayRole)
    second = index.data(TableRole.SECOND_LINE)
    return _one_line(first), _one_line(second)


def _one_line(value: object) -> str:
    if isinstance(value, ShownText):
        return value.text
    return make_visible(value, lines=False, longest=300) if isinstance(value, str) else ""
