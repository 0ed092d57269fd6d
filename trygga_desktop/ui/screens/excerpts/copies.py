"""Who has which copy of what, as a table: to whom, when and how, and where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.excerpts.words import copy_words, given_words, state_pill
from trygga_desktop.ui.widgets.table_roles import PillValue, ShownText, TableRole

if TYPE_CHECKING:
    from trygga_desktop.services.distribution import ListedCopy

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class CopyTableModel(QAbstractTableModel):
    """One row for each copy, the newest first."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._copies: tuple[ListedCopy, ...] = ()
        self._cells = (self._who_cell, self._given_cell, self._state_cell)

    def show_copies(self, copies: tuple[ListedCopy, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._copies = copies
        self.endResetModel()

    def copy_at(self, row: int) -> UUID | None:
        """Return the copy in a row."""
        return self._copies[row].copy.id if 0 <= row < len(self._copies) else None

    def row_of(self, copy_id: UUID | None) -> int | None:
        """Return where a copy stands."""
        places = (row for row, one in enumerate(self._copies) if one.copy.id == copy_id)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of copies; a table has no child rows."""
        return 0 if parent.isValid() else len(self._copies)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return who, given and state."""
        return 0 if parent.isValid() else len(self._cells)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what the cell shows; column 0 tells a screen reader all of the row."""
        if not index.isValid():
            return None
        one = self._copies[index.row()]
        return self._cells[index.column()](one, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the column titles."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        _ = self._language.gettext
        return (_("Who has it"), _("Given"), _("State"))[section]

    def _who_cell(self, one: ListedCopy, role: int) -> str | ShownText | None:
        language = self._language
        to, of = copy_words(one, language)
        if role != Role.AccessibleTextRole:
            return _told(to, of, role)
        given, way = given_words(one, language)
        return f"{to}, {of}, {given}, {way}, {state_pill(one, language).text}"

    def _given_cell(self, one: ListedCopy, role: int) -> str | ShownText | None:
        given, way = given_words(one, self._language)
        return f"{given}, {way}" if role == Role.AccessibleTextRole else _told(given, way, role)

    def _state_cell(self, one: ListedCopy, role: int) -> str | PillValue | None:
        pill = state_pill(one, self._language)
        if role == TableRole.PILL:
            return pill
        return pill.text if role in {Role.DisplayRole, Role.AccessibleTextRole} else None


def _told(first: str, second: str, role: int) -> str | ShownText | None:
    if role == Role.DisplayRole:
        return first
    return ShownText(second) if role == TableRole.SECOND_LINE else None
