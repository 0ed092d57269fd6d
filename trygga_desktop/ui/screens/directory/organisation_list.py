"""The organisations as a list: a heading for each kind, a bar beside the chosen one."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.directory.listing import KindHeading, ListRow, plain
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.composed_label import spoken
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_ROW = 56
_HEADING = 36
_ICON = 20
_BAR = 3


class OrganisationListModel(QAbstractListModel):
    """Rows of organisations below the headings of their kinds, which cannot be chosen."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: tuple[ListRow, ...] = ()

    def show_rows(self, rows: tuple[ListRow, ...]) -> None:
        """Show these."""
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_at(self, row: int) -> ListRow:
        """Return what stands in a row."""
        return self._rows[row]

    def place_of(self, organisation_id: UUID) -> int | None:
        """Return where an organisation stands, if it is listed."""
        for place, row in enumerate(self._rows):
            if not isinstance(row, KindHeading) and row.organisation.id == organisation_id:
                return place
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of rows, headings included."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Have arrow keys and clicks pass over the headings."""
        if not index.isValid() or isinstance(self._rows[index.row()], KindHeading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return the text of a row, or the sentence that a screen reader is told."""
        if not index.isValid() or role not in {Role.DisplayRole, Role.AccessibleTextRole}:
            return None
        row = self._rows[index.row()]
        if isinstance(row, KindHeading):
            return row.text
        name = plain(row.organisation.name)
        if role == Role.DisplayRole:
            return name
        return spoken(f"{name}, {second_line(row, self._language)}")


def second_line(row: ListRow, language: Language) -> str:
    """Return what stands below the name: who was found there, or how many there are."""
    if isinstance(row, KindHeading):
        return ""
    if row.organisation.retired:
        return language.gettext("In use no more")
    if row.found:
        return ", ".join(plain(one.name) for one in row.found)
    count = len(row.people)
    if not count:
        return language.gettext("Nobody yet")
    return language.ngettext("{count} person", "{count} people", count).format(count=count)


class OrganisationList(QListView):
    """Arrow keys choose; what is chosen is shown beside the list."""

    organisation_chosen = Signal(object)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(look.theme.font(TextStyle.BODY))
        self.setItemDelegate(_RowDelegate(look, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.rows = OrganisationListModel(look.language, self)
        self.setModel(self.rows)

    def choose(self, organisation_id: UUID | None) -> None:
        """Put the bar beside an organisation, if it is listed."""
        place = None if organisation_id is None else self.rows.place_of(organisation_id)
        index = QModelIndex() if place is None else self.rows.index(place, 0)
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def height_of_rows(self) -> int:
        """Return the height at which every row is shown."""
        heights = (self.sizeHintForRow(row) for row in range(self.rows.rowCount()))
        return sum(heights)

    def currentChanged(  # noqa: N802  Qt's name
        self, current: Index, previous: Index
    ) -> None:
        """Tell which organisation was chosen."""
        super().currentChanged(current, previous)
        row = self.rows.row_at(current.row()) if current.isValid() else None
        if row is not None and not isinstance(row, KindHeading):
            self.organisation_chosen.emit(row.organisation.id)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: OrganisationList) -> None:
        super().__init__(parent)
        self._look = look
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt
        """Return the height of a heading or of a row; the width is that of the list."""
        is_heading = isinstance(self._list.rows.row_at(index.row()), KindHeading)
        return QSize(0, self._look.theme.px(_HEADING if is_heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a heading, or an organisation with the bar of the chosen one."""
        painter.save()
        smooth(painter)
        theme, tokens = self._look.theme, self._look.theme.tokens
        row, box = self._list.rows.row_at(index.row()), QRectF(option.rect)
        if isinstance(row, KindHeading):
            words = box.adjusted(Space.L, theme.px(6), -Space.S, 0)
            label = theme.font(TextStyle.LABEL)
            draw_text(painter, words, row.text, font=label, colour=tokens.text2)
            painter.restore()
            return
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(box, QColor(tokens.accent_soft))
            bar = QRectF(box.left(), box.top(), _BAR, box.height())
            painter.fillRect(bar, QColor(tokens.accent))
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_box(painter, box.adjusted(5, 2, -2, -2), radius=4, edge=tokens.focus, width=2)
        size = theme.px(_ICON)
        icon = QRectF(box.left() + Space.L, box.center().y() - size / 2, size, size)
        colour = tokens.mute if row.organisation.retired else tokens.accent
        theme.paint_icon(painter, row.icon, colour, icon)
        words = box.adjusted(Space.L + size + Space.M, 0, -Space.S, 0)
        half, middle = theme.px(19), box.center().y()
        above = QRectF(words.left(), middle - half, words.width(), half)
        below = QRectF(words.left(), middle, words.width(), theme.px(18))
        ink = tokens.text2 if row.organisation.retired else tokens.text
        name = plain(row.organisation.name)
        draw_text(painter, above, name, font=theme.font(TextStyle.STRONG), colour=ink)
        second = second_line(row, self._look.language)
        secondary = theme.font(TextStyle.SECONDARY)
        draw_text(painter, below, second, font=secondary, colour=tokens.text2)
        painter.restore()
