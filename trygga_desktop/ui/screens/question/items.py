"""The items of a case as a list that narrows while one types."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.items import ItemKind, Part
from trygga_desktop.i18n import Language
from trygga_desktop.ui.widgets.table_roles import TableRole
from trygga_desktop.ui.widgets.text import make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.questions import AskedItem
    from trygga_desktop.ui.consent_words import ConsentNames

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_FIRST_WORDS = 200
_WHOLE = 600


class ItemTableModel(QAbstractTableModel):
    """One row for each item: its first words, and below them its category, origin and day."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: tuple[AskedItem, ...] = ()
        self._names: ConsentNames | None = None

    def show_items(self, rows: Sequence[AskedItem], names: ConsentNames) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows, self._names = tuple(rows), names
        self.endResetModel()

    def item_at(self, row: int) -> UUID:
        """Return the item in a row."""
        return self._rows[row].item.id

    def row_of(self, item_id: UUID | None) -> int | None:
        """Return where an item stands."""
        places = (row for row, one in enumerate(self._rows) if one.item.id == item_id)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of items; a table has no child rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the one column there is."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what the row shows, or all of it for a screen reader."""
        if not index.isValid() or self._names is None:
            return None
        asked = self._rows[index.row()]
        first = first_words(asked, self._language)
        second = second_line(asked, self._names, self._language)
        match role:
            case Role.DisplayRole:
                return first
            case TableRole.SECOND_LINE:
                return second
            case Role.AccessibleTextRole:
                return f"{first}, {second}"
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the column title."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal or section:
            return None
        return self._language.gettext("What is noted")


def first_words(asked: AskedItem, language: Language) -> str:
    """Return how an item begins. What is guarded stands on no list, only that it is there."""
    if asked.part is Part.GUARDED:
        return language.gettext("Something in the guarded part")
    return make_visible(asked.item.text, lines=False, longest=_FIRST_WORDS) or "?"


def whole_words(asked: AskedItem, language: Language) -> str:
    """Return what is asked about, as it stands beside the answer."""
    if asked.part is Part.GUARDED:
        return first_words(asked, language)
    return make_visible(asked.item.text, longest=_WHOLE) or "?"


def second_line(asked: AskedItem, names: ConsentNames, language: Language) -> str:
    """Return category, origin and day of an item."""
    item = asked.item
    kind = _kind(item.kind, language) if item.kind in _OTHER_KINDS else ""
    who = "" if item.origin_id is None else names.organisation(item.origin_id)
    if item.said_by is not None:
        who = names.person(item.said_by)
    category = names.category(item.category) if item.category else ""
    parts = (kind, category, who, language.date_short(item.known_on))
    return " · ".join(one for one in parts if one)


def find_items(
    items: Sequence[AskedItem], words: str, names: ConsentNames, language: Language
) -> tuple[AskedItem, ...]:
    """Return the items in which all the words are found, in their order."""
    wanted = _folded(words).split()
    if not wanted:
        return tuple(items)
    return tuple(
        one for one in items if all(word in _searched(one, names, language) for word in wanted)
    )


_OTHER_KINDS = frozenset({ItemKind.DECISION, ItemKind.ACTION, ItemKind.DISSENT, ItemKind.NOTE})


def _kind(kind: ItemKind, language: Language) -> str:
    _ = language.gettext
    return {
        ItemKind.DECISION: _("Decision"),
        ItemKind.ACTION: _("Action"),
        ItemKind.DISSENT: _("Does not agree"),
        ItemKind.NOTE: _("Working note"),
    }[kind]


def _searched(one: AskedItem, names: ConsentNames, language: Language) -> str:
    # Whoever searches by words learns nothing of what is guarded.
    text = "" if one.part is Part.GUARDED else one.item.text
    return _folded(f"{text} {second_line(one, names, language)}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
