"""The outline: areas, goals and actions in rows that are written, moved and ticked by keys."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.phrases import Phrases
from trygga_desktop.domain.plan import LONGEST_LINE, LineKind
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.ui.screens.plan.editing import Row, RowKind
from trygga_desktop.ui.screens.plan.outline_model import Column, OutlineModel, OutlineRole
from trygga_desktop.ui.screens.plan.words import area_drawing
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.marks import draw_pill, pill_size
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.phrase_keys import PhraseKeys
from trygga_desktop.ui.widgets.table_roles import PillValue, TableRole

Index = QModelIndex | QPersistentModelIndex

_MOST_LINES = 4
_ICON = 18
_FIRST_LEFT = 46
_ACTION_LEFT = 70
_HEAD, _LEAST_ROW = 40, 38
_MOST_KNOWN = 10_000


class OutlineView(QTableView):
    """One stop for Tab. Enter begins a row, F2 or a letter writes in the current one.

    While one writes, Tab moves the row in and Shift+Tab out; Alt and arrows move it up and down.
    The signals say what was asked for; `row_chosen` carries the number of the current row.
    """

    row_chosen = Signal(int)
    words_typed = Signal(object, str)
    begun = Signal()
    moved = Signal(int)
    moved_in = Signal()
    moved_out = Signal()
    removed = Signal()
    copied = Signal()
    cut = Signal()
    pasted = Signal()
    done = Signal()
    state_wanted = Signal()
    words_wanted = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        phrases: Callable[[], Phrases] = Phrases,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.model_ = OutlineModel(look.language, self)
        self.setObjectName("outline")
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.cells = _Cells(look, phrases, self)
        self.cells.typed.connect(self.words_typed)
        self.cells.entered.connect(self.begun)
        self.cells.indented.connect(self.moved_in)
        self.cells.outdented.connect(self.moved_out)
        self._fitted = 0
        self.setItemDelegate(self.cells)
        self.setModel(self.model_)
        self.setMinimumHeight(look.theme.px(320))

    def show_rows(
        self,
        rows: Sequence[Row],
        shown: Mapping[UUID, ShownPlanLine],
        catalogue: Catalogue,
        *,
        current: int,
    ) -> None:
        """Show these rows, with the cursor in one of them."""
        self.cells.catalogue = catalogue
        changed = self.model_.show_rows(rows, shown, catalogue)
        if changed is None:
            self.clearSpans()
            for row in range(len(rows)):
                if self.model_.spans(row):
                    self.setSpan(row, 0, 1, len(Column))
            self._fit()
            self._size_rows()
        else:
            for row in changed:
                self._size_row(row)
        self.go_to(current)

    def go_to(self, row: int) -> None:
        """Put the cursor in a row."""
        if row != self.currentIndex().row() or not self.currentIndex().isValid():
            self.setCurrentIndex(self.model_.index(row, Column.WHAT))

    def write(self) -> None:
        """Begin to write in the current row."""
        index = self.currentIndex()
        if index.isValid() and self._is_written_here:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scrollTo(index)
            self.edit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  Qt's name
        """Stay in the first column: it speaks for its row."""
        if current.column() > 0:
            self.setCurrentIndex(self.model_.index(current.row(), Column.WHAT))
            return
        super().currentChanged(current, previous)
        if current.isValid():
            self.row_chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what keys ask for; letters begin to write."""
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], None] | None:
        """Return what the keys ask for, None where it is Qt's to do."""
        standard = {
            QKeySequence.StandardKey.Copy: self.copied.emit,
            QKeySequence.StandardKey.Cut: self.cut.emit,
            QKeySequence.StandardKey.Paste: self.pasted.emit,
        }
        for wanted, act in standard.items():
            if event.matches(wanted):
                return act
        key, modifier = Qt.Key(event.key()), Qt.KeyboardModifier
        held = event.modifiers() & ~modifier.KeypadModifier
        acts: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_Up, modifier.AltModifier): partial(self.moved.emit, -1),
            (Qt.Key.Key_Down, modifier.AltModifier): partial(self.moved.emit, 1),
            (Qt.Key.Key_Right, modifier.AltModifier): self.moved_in.emit,
            (Qt.Key.Key_D, modifier.ControlModifier): self.done.emit,
            (Qt.Key.Key_Space, modifier.ControlModifier): self.state_wanted.emit,
            (Qt.Key.Key_Return, modifier.NoModifier): self.begun.emit,
            (Qt.Key.Key_Enter, modifier.NoModifier): self.begun.emit,
            (Qt.Key.Key_Delete, modifier.NoModifier): self.removed.emit,
        }
        if key == Qt.Key.Key_F2 and not self._is_written_here:
            return self.words_wanted.emit
        return acts.get((key, held))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the ring of the focus around all of the current one."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        painter = QPainter(self.viewport())
        smooth(painter)
        box = QRectF(self.visualRect(index))
        box.setRight(self.viewport().width())
        ring = box.adjusted(2, 1, -2, -1)
        draw_box(painter, ring, radius=4, edge=self._look.theme.tokens.focus, width=2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the columns."""
        super().resizeEvent(event)
        self._fit()

    @property
    def _is_written_here(self) -> bool:
        return bool(self.model_.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    @Slot()
    def _fit(self) -> None:
        px = self._look.theme.px
        width = self.viewport().width()
        state = max(px(104), min(px(130), width // 5))
        when = px(92)
        who = max(px(90), (width - state - when) * 3 // 10)
        widths = {Column.STATE: state, Column.WHEN: when, Column.WHO: who}
        widths[Column.WHAT] = max(px(120), width - sum(widths.values()))
        if width == self._fitted:
            return
        self._fitted = width
        for column, wide in widths.items():
            self.setColumnWidth(column, wide)
        self._size_rows()

    def _size_rows(self) -> None:
        for row in range(len(self.model_.rows)):
            self._size_row(row)

    def _size_row(self, row: int) -> None:
        height = self.cells.height(row)
        if self.rowHeight(row) != height:
            self.setRowHeight(row, height)


class _Words(TextInput):
    """The words of a row. What is typed goes behind those that stand there."""

    def showEvent(self, event: QShowEvent) -> None:
        """Begin behind the words: Qt marks them all, and the next letter would replace them."""
        super().showEvent(event)
        self.deselect()
        self.end(False)


class _Cells(QStyledItemDelegate):
    """Draws the rows, and writes in one of them."""

    typed = Signal(object, str)
    entered = Signal()
    indented = Signal()
    outdented = Signal()

    def __init__(self, look: Look, phrases: Callable[[], Phrases], parent: OutlineView) -> None:
        super().__init__(parent)
        self._look = look
        self._phrases = phrases
        self._view = parent
        self.catalogue: Catalogue | None = None
        self._heights: dict[tuple[str, int, TextStyle], int] = {}

    def createEditor(  # noqa: N802  Qt's name
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002  Qt's own
        index: Index,
    ) -> QWidget:
        """Return the line to write in."""
        row: Row = index.data(OutlineRole.ROW)
        editor = _Words(self._look, longest=LONGEST_LINE, parent=parent)
        editor.setObjectName("words in the outline")
        editor.setAccessibleName(self._look.language.gettext("Words of the line"))
        if row.line is not None:
            line_id = row.line.id
            editor.textEdited.connect(lambda text: self.typed.emit(line_id, text))
        PhraseKeys(editor, self._phrases, offers=True)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802  Qt's name
        """Put the words into the line, unless somebody is writing there already."""
        row: Row = index.data(OutlineRole.ROW)
        words = "" if row.line is None else row.line.words
        if isinstance(editor, QLineEdit) and editor.text() != words:
            editor.setText(words)

    def setModelData(  # noqa: N802  Qt's name
        self, editor: QWidget, model: QAbstractItemModel, index: Index
    ) -> None:
        """Do nothing: each letter was taken when it was typed."""

    def updateEditorGeometry(  # noqa: N802  Qt's name
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Put the line where the words stand."""
        row: Row = index.data(OutlineRole.ROW)
        box = option.rect
        left = self._left(row) - 10
        height = editor.height()
        # Below the caption, where there is one.
        top = (
            box.bottom() - height
            if index.data(OutlineRole.CAPTION)
            else box.center().y() - (height // 2)
        )
        editor.setGeometry(box.left() + left, top, box.width() - left - Space.S, height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Begin the next row with Enter, move in and out with Tab, and end with Escape."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            act = {
                Qt.Key.Key_Return: self.entered,
                Qt.Key.Key_Enter: self.entered,
                Qt.Key.Key_Tab: self.indented,
                Qt.Key.Key_Backtab: self.outdented,
            }.get(Qt.Key(event.key()))
            is_arrow = event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}
            goes_on = event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} or bool(
                event.modifiers() & Qt.KeyboardModifier.AltModifier
            )
            if act is not None or is_arrow:
                if isinstance(editor, QWidget):
                    self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                if act is not None:
                    act.emit()
                else:
                    self._view.keyPressEvent(event)
                if goes_on and (is_arrow or act in {self.indented, self.outdented}):
                    # The row moved, and its words are written on.
                    self._view.write()
                return True
        return super().eventFilter(editor, event)

    def height(self, row: int) -> int:
        """Return the height at which the words of a row can be read, up to a few lines."""
        px = self._look.theme.px
        told = self._view.model_.rows[row]
        if told.line is None:
            return px(_HEAD)
        texts = self._view.model_.read(row)
        is_action = told.line.kind is LineKind.ACTION
        whole = self._view.viewport().width()
        wide = self._view.columnWidth(Column.WHAT) if is_action else whole
        width = wide - self._left(told) - Space.S
        height = self._measured(texts.words, max(40, width), TextStyle.STRONG)
        height += self._small(texts.caption) + self._small(texts.below)
        for text, column in ((texts.who, Column.WHO), (texts.when, Column.WHEN)):
            if text:
                width = max(40, self._view.columnWidth(column) - Space.S)
                height = max(height, self._measured(text, width, TextStyle.SECONDARY))
        return max(px(_LEAST_ROW), height + px(14))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt's own
        """Return how high the row is."""
        return QSize(0, self.height(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell of a row."""
        painter.save()
        smooth(painter)
        tokens = self._look.theme.tokens
        box = QRectF(option.rect)
        row: Row = index.data(OutlineRole.ROW)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        if row.line is None:
            self._draw_head(painter, box, row, index)
        elif index.column() == Column.WHAT:
            self._draw_line(painter, box, row, index)
        elif index.column() == Column.STATE:
            self._draw_state(painter, box, index)
        else:
            style = TextStyle.SECONDARY
            self._draw_words(painter, box.adjusted(0, 0, -Space.S, 0), index, style, tokens.text2)
        painter.restore()

    def _draw_head(self, painter: QPainter, box: QRectF, row: Row, index: Index) -> None:
        theme = self._look.theme
        tokens = theme.tokens
        if index.row():
            painter.setPen(QPen(QColor(tokens.border)))
            painter.drawLine(box.topLeft(), box.topRight())
        icon = "handshake" if row.kind is RowKind.LOOSE else "quote"
        if row.area and self.catalogue is not None:
            icon = area_drawing(row.area, self.catalogue)
        size = theme.px(_ICON)
        at = QRectF(Space.L, box.center().y() - size / 2, size, size)
        theme.paint_icon(painter, icon, tokens.accent, at)
        words = box.adjusted(theme.px(_FIRST_LEFT), 0, -Space.M, 0)
        font = theme.font(TextStyle.STRONG)
        pill = index.data(TableRole.PILL)
        if isinstance(pill, PillValue):
            # The name of the area comes first where there is no room for both.
            named = QFontMetrics(font).horizontalAdvance(str(index.data()))
            free = words.width() - named - Space.M
            wanted = pill_size(self._look, pill.text, theme.font(TextStyle.LABEL))
            if wanted.width() <= free:
                top = box.center().y() - wanted.height() / 2
                left = words.right() - wanted.width()
                at = QRectF(left, top, wanted.width(), wanted.height())
                draw_pill(painter, at, self._look, pill.text, tone=pill.tone, icon=pill.icon)
        draw_text(painter, words, str(index.data()), font=font, colour=tokens.text)

    def _draw_line(self, painter: QPainter, box: QRectF, row: Row, index: Index) -> None:
        theme, tokens = self._look.theme, self._look.theme.tokens
        left = self._left(row)
        inner = box.adjusted(left, 0, -Space.S, 0)
        caption, below = index.data(OutlineRole.CAPTION), index.data(OutlineRole.BELOW)
        words = self._words(index, int(inner.width()))
        height = words + self._small(caption) + self._small(below)
        top = inner.center().y() - height / 2
        if row.line is not None and row.line.kind is LineKind.ACTION:
            pill = self._view.model_.index(index.row(), Column.STATE).data(TableRole.PILL)
            is_done = isinstance(pill, PillValue) and pill.icon == "check"
            icon, ink = ("circle-check", tokens.ok) if is_done else ("square", tokens.text2)
            size = theme.px(_ICON)
            at = QRectF(left - size - 8, inner.center().y() - size / 2, size, size)
            if icon == "square":
                draw_box(painter, at.adjusted(1, 1, -1, -1), radius=4, edge=ink, width=1.5)
            else:
                theme.paint_icon(painter, icon, ink, at)
        quiet = theme.font(TextStyle.CAPTION)
        if caption:
            place = QRectF(inner.left(), top, inner.width(), self._small(caption))
            draw_text(painter, place, caption, font=quiet, colour=tokens.text2)
            top += self._small(caption)
        is_goal = row.line is not None and row.line.kind in {LineKind.GOAL, LineKind.WISH}
        style = TextStyle.STRONG if is_goal else TextStyle.BODY
        place = QRectF(inner.left(), top, inner.width(), words)
        self._draw_words(painter, place, index, style, tokens.text)
        if below:
            place = QRectF(inner.left(), top + words, inner.width(), self._small(below))
            draw_text(painter, place, below, font=quiet, colour=tokens.text2)

    def _draw_state(self, painter: QPainter, box: QRectF, index: Index) -> None:
        pill = index.data(TableRole.PILL)
        if not isinstance(pill, PillValue):
            return
        size = pill_size(self._look, pill.text, self._look.theme.font(TextStyle.LABEL))
        width = min(box.width() - Space.S, float(size.width()))
        at = QRectF(box.left(), box.center().y() - size.height() / 2, width, size.height())
        draw_pill(painter, at, self._look, pill.text, tone=pill.tone, icon=pill.icon)

    def _draw_words(
        self, painter: QPainter, box: QRectF, index: Index, style: TextStyle, colour: str
    ) -> None:
        text = str(index.data() or "")
        if not text and index.column() == Column.WHAT:
            text, colour = "…", self._look.theme.tokens.text2
        painter.setFont(self._look.theme.font(style))
        painter.setPen(QColor(colour))
        flags = Qt.TextFlag.TextWrapAnywhere if " " not in text else Qt.TextFlag.TextWordWrap
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(flags.value | middle.value), text)

    def _words(self, index: Index, width: int) -> int:
        is_what = index.column() == Column.WHAT
        style = TextStyle.STRONG if is_what else TextStyle.SECONDARY
        return self._measured(str(index.data() or ""), width, style)

    def _measured(self, words: str, width: int, style: TextStyle) -> int:
        """Return how high words are; most were measured before, since few rows change at once."""
        known = self._heights.get((words, width, style))
        if known is not None:
            return known
        metrics = QFontMetrics(self._look.theme.font(style))
        text = words or "x"
        flags = Qt.TextFlag.TextWrapAnywhere if " " not in text else Qt.TextFlag.TextWordWrap
        found = metrics.boundingRect(0, 0, width, 100_000, int(flags.value), text).height()
        if len(self._heights) >= _MOST_KNOWN:
            self._heights.clear()
        height = min(found, metrics.lineSpacing() * _MOST_LINES) + 2
        self._heights[words, width, style] = height
        return height

    def _small(self, text: object) -> int:
        if not text:
            return 0
        return QFontMetrics(self._look.theme.font(TextStyle.CAPTION)).lineSpacing() + 2

    def _left(self, row: Row) -> int:
        is_action = row.line is not None and row.line.kind in {LineKind.ACTION, LineKind.NOTE}
        return self._look.theme.px(_ACTION_LEFT if is_action else _FIRST_LEFT)
