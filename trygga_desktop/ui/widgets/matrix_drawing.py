"""How the matrix is drawn: heads without lines, cells of icon, word and tint."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius
from trygga_desktop.ui.widgets.matrix_model import Index, MatrixRole
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

ROW = 32
"""How high a row is where room is scarce, at 100 %."""

_WIDEST_WORD = 180
_WIDEST_ROW_HEAD = 320
_GAP_X, _GAP_Y = 3, 2
_ICON, _ASIDE = 16, 15
_SIDE, _BETWEEN = 8, 6


class MatrixHeads(QHeaderView):
    """Heads without lines; that of the cursor's row or column is strong."""

    def __init__(self, look: Look, orientation: Qt.Orientation, table: QTableView) -> None:
        super().__init__(orientation, table)
        self._look = look
        self._table = table
        self.setHighlightSections(False)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:  # noqa: N802, N803  Qt's names
        """Return the room for the words: over a column they may stand in two lines."""
        theme = self._look.theme
        metrics = QFontMetrics(theme.font(TextStyle.STRONG))
        text = self._text(logicalIndex)
        if self.orientation() is Qt.Orientation.Vertical:
            wide = min(metrics.horizontalAdvance(text), theme.px(_WIDEST_ROW_HEAD))
            return QSize(wide + 2 * _SIDE, theme.px(ROW))
        lines = _two_lines(text, metrics)
        wide = min(max(map(metrics.horizontalAdvance, lines)), theme.px(_WIDEST_WORD))
        high = metrics.lineSpacing() * len(lines) + 2 * _SIDE
        return QSize(wide + 2 * _SIDE, high)

    def paintSection(self, painter: QPainter, rect: QRectF, logicalIndex: int) -> None:  # type: ignore[override]  # noqa: N802, N803  Qt's names; the stubs say QRect
        """Draw the words."""
        painter.save()
        smooth(painter)
        theme = self._look.theme
        is_across = self.orientation() is Qt.Orientation.Horizontal
        current = self._table.currentIndex()
        is_here = (current.column() if is_across else current.row()) == logicalIndex
        style = TextStyle.LABEL if is_across else TextStyle.MEDIUM
        if is_here and not is_across:
            style = TextStyle.STRONG
        colour = theme.tokens.accent if is_here else theme.tokens.text2
        if not is_across and not is_here:
            colour = theme.tokens.text
        font = theme.font(style)
        box = QRectF(rect)
        if not is_across:
            words = box.adjusted(0, 0, -_SIDE, 0)
            draw_text(painter, words, self._text(logicalIndex), font=font, colour=colour)
            painter.restore()
            return
        lines = _two_lines(self._text(logicalIndex), QFontMetrics(font))
        spacing = QFontMetrics(font).lineSpacing()
        top = box.center().y() - spacing * len(lines) / 2
        middle = Qt.AlignmentFlag.AlignHCenter
        for place, line in enumerate(lines):
            at = QRectF(box.left() + 2, top + place * spacing, box.width() - 4, spacing)
            draw_text(painter, at, line, font=font, colour=colour, align=middle)
        painter.restore()

    def _text(self, section: int) -> str:
        found = self._table.model().headerData(section, self.orientation())
        return found if isinstance(found, str) else ""


def _two_lines(text: str, metrics: QFontMetrics) -> tuple[str, ...]:
    """Return the text in the two lines that are narrowest, or in one if it has one word."""
    words = text.split(" ")
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not splits:
        return (text,)
    best = min(splits, key=lambda lines: max(map(metrics.horizontalAdvance, lines)))
    # Two lines for a few letters would only be harder to read.
    short = metrics.averageCharWidth() * 13
    return (text,) if metrics.horizontalAdvance(text) <= short else best


class MatrixCells(QStyledItemDelegate):
    """Draws a cell as a tinted box, and a ring around the one at hand."""

    def __init__(self, look: Look, table: QTableView) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt
        """Return the room for icon, word and what stands aside."""
        theme = self._look.theme
        face = index.data(MatrixRole.FACE)
        words = QFontMetrics(theme.font(TextStyle.LABEL)).horizontalAdvance(face.word)
        aside = 2 * (theme.px(_ASIDE) + _BETWEEN) if face.aside else 0
        width = words + theme.px(_ICON) + _BETWEEN + aside + 2 * (_SIDE + _GAP_X) + 2
        return QSize(width, theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the tint, the icon, the word and, around the cell at hand, a ring."""
        face = index.data(MatrixRole.FACE)
        painter.save()
        smooth(painter)
        theme = self._look.theme
        tokens = theme.tokens
        box = QRectF(option.rect).adjusted(_GAP_X, _GAP_Y, -_GAP_X, -_GAP_Y)
        ink, soft = tokens.tint(face.tone)
        edge = tokens.strong if face.dashed else ink if tokens.outlined else ""
        fill = tokens.surface if face.dashed else soft
        draw_box(painter, box, radius=Radius.CONTROL, fill=fill, edge=edge, dashed=face.dashed)
        if index == self._table.currentIndex():
            ring = tokens.focus if self._table.hasFocus() else tokens.accent
            draw_box(painter, box, radius=Radius.CONTROL, edge=ring, width=2)
        font = theme.font(TextStyle.LABEL)
        icon, aside = theme.px(_ICON), theme.px(_ASIDE)
        words = QFontMetrics(font).horizontalAdvance(face.word)
        left = box.center().x() - (icon + _BETWEEN + words) / 2
        theme.paint_icon(
            painter, face.icon, ink, QRectF(left, box.center().y() - icon / 2, icon, icon)
        )
        room = QRectF(left + icon + _BETWEEN, box.top(), words + 2, box.height())
        draw_text(painter, room, face.word, font=font, colour=ink)
        if face.aside:
            at = QRectF(box.right() - _SIDE - aside, box.center().y() - aside / 2, aside, aside)
            theme.paint_icon(painter, face.aside, tokens.text2, at)
        painter.restore()
