"""Lists that are read from afar and stay quick with two hundred rows: drawn, not built."""

from abc import abstractmethod
from math import ceil

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trygga_desktop.ui.theme.fonts import room_above
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius
from trygga_desktop.ui.widgets.painting import draw_box, smooth

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class RowModel(QAbstractListModel):
    """Rows of any kind; each says its name and a sentence for a screen reader."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[object, str], ...] = ()

    def show(self, rows: tuple[tuple[object, str], ...]) -> None:
        """Show these rows, each with its sentence."""
        if rows == self._rows:
            return
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        self._rows = rows
        self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        # A title of two lines may stand where one of one line stood.
        self.layoutChanged.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself, or its sentence."""
        if not index.isValid():
            return None
        row, sentence = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return sentence
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws rows and spreads them over the height there is, between `tight` and `airy` pixels."""

    def __init__(self, look: Look, *, tight: int, airy: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self._tight, self._airy = tight, airy
        self.padding = tight

    @abstractmethod
    def height_of(self, row: object, width: int) -> int:
        """Return the height of a row without its padding."""

    @abstractmethod
    def draw(self, painter: QPainter, row: object, box: QRectF) -> None:
        """Draw a row."""

    def spread(self, heights: list[int], room: int) -> None:
        """Give each row its share of what is left."""
        if heights:
            left = (room - sum(heights)) // (2 * len(heights))
            self.padding = min(self._airy, max(self._tight, left))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high the row is when its words are wrapped."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        return QSize(width, self.height_of(index.data(ROW), width) + 2 * self.padding)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row, and the ring of the focus."""
        painter.save()
        smooth(painter)
        box = QRectF(option.rect)
        self.draw(painter, index.data(ROW), box)
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus = self.look.theme.tokens.focus
            draw_box(painter, box.adjusted(1, 1, -1, -1), radius=Radius.BOX, edge=focus, width=2)
        painter.restore()


_BY = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class RowList(QListView):
    """One stop for Tab; arrow keys move in it, and Enter emits `chosen`.

    Left and right emit `stepped` with -1 or 1, and so do up and down with Alt by `moved`; a click
    tells where in the row it was, by `hit`. A space does nothing: whoever believes that what they
    type is written down types one before long.
    """

    chosen = Signal(int)
    stepped = Signal(int, int)
    moved = Signal(int, int)
    hit = Signal(int, QPointF, QRectF)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("background: transparent; outline: none;")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMinimumHeight(48)
        self._shown: object = None
        self.rows = RowModel(self)
        self.setModel(self.rows)

    def show_rows(self, rows: tuple[tuple[object, str], ...], current: int | None = None) -> None:
        """Show these rows; `current` is the one to keep in view."""
        if (rows, current) == self._shown:
            # A screen follows each key that is pressed in it: nothing need be laid out anew.
            return
        self._shown = (rows, current)
        place = self.currentIndex().row()
        self.rows.show(rows)
        self.spread()
        wanted = place if 0 <= place < len(rows) else 0
        if rows and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(wanted))
        if current is not None and 0 <= current < len(rows):
            self.setCurrentIndex(self.rows.index(current))
            self.scrollTo(self.rows.index(current))

    def height_of_rows(self) -> int:
        """Return the height of all rows as they are spread."""
        return sum(
            self.sizeHintForIndex(self.rows.index(row)).height()
            for row in range(self.rows.rowCount())
        )

    def spread(self) -> None:
        """Share what height there is among the rows."""
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            width = self.viewport().width()
            indexes = [self.rows.index(row) for row in range(self.rows.rowCount())]
            heights = [delegate.height_of(one.data(ROW), width) for one in indexes]
            delegate.spread(heights, self.viewport().height())
            self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the rows anew."""
        super().resizeEvent(event)
        self.spread()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, step with left and right."""
        row, key = self.currentIndex().row(), event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _BY:
            if row >= 0:
                self.moved.emit(row, _BY[key])
            return
        if row >= 0 and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.chosen.emit(row)
                return
        elif row >= 0 and key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.stepped.emit(row, -1 if key == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which row was clicked, and where in it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.hit.emit(index.row(), event.position(), QRectF(self.visualRect(index)))


def text_height(text: str, font: QFont, width: float) -> int:
    """Return the height of a text when it is wrapped to that width."""
    return ceil(_lay_out(text, font, width)[1])


def draw_wrapped(painter: QPainter, box: QRectF, text: str, *, font: QFont, colour: str) -> None:
    """Draw a text of one or more lines in the middle of the height of the box."""
    layout, height = _lay_out(text, font, box.width())
    painter.setPen(QColor(colour))
    layout.draw(painter, QPointF(box.left(), box.top() + max(0.0, (box.height() - height) / 2)))


def _lay_out(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    height = float(room_above(font))
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height
