"""The case list as a table: filtered and sorted by keys that are worked out once."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.case import CaseRow, Phase
from trygga_desktop.i18n import Language, SortKey
from trygga_desktop.ui.case_words import phase_label, who_aloud, who_line
from trygga_desktop.ui.widgets.table_roles import ShownText, TableRole
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

CASE, PHASE, OPENED = range(3)

_KEPT = frozenset("åäö")
_PHASES = {phase: place for place, phase in enumerate(Phase)}


class CaseOrder(StrEnum):
    """What the list can be sorted by."""

    NAME = "name"
    NUMBER = "number"
    PHASE = "phase"
    NEWEST = "newest"
    OLDEST = "oldest"


_CYCLES = {
    CASE: (CaseOrder.NAME, CaseOrder.NUMBER),
    PHASE: (CaseOrder.PHASE,),
    OPENED: (CaseOrder.NEWEST, CaseOrder.OLDEST),
}


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A row with what it is found by: each of its words after a space."""

    row: CaseRow
    words: str
    by_title: SortKey


def prepare(rows: Sequence[CaseRow], language: Language) -> tuple[ListedCase, ...]:
    """Work out the keys of all rows; slow enough for 10,000 that it is done off the screen."""
    return tuple(
        ListedCase(
            row,
            "".join(f" {word}" for word in find_words(f"{row.case_number} {row.title}")),
            language.sort_key(row.title),
        )
        for row in rows
    )


def find_words(text: str) -> list[str]:
    """Return the words of a text as they are compared: å, ä and ö are letters, é is an e."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return "".join(map(_plain, folded)).split()


def next_order(column: int, current: CaseOrder) -> CaseOrder:
    """Return the order that a click on the head of a column leads to."""
    cycle = _CYCLES[column]
    if current not in cycle:
        return cycle[0]
    return cycle[(cycle.index(current) + 1) % len(cycle)]


class CaseTableModel(QAbstractTableModel):
    """The cases that the filter leaves, in the chosen order."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._all: tuple[ListedCase, ...] = ()
        self._shown: list[ListedCase] = []
        self._order = CaseOrder.NAME
        self._wanted: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return how many cases there are, shown or not."""
        return len(self._all)

    @property
    def order(self) -> CaseOrder:
        """Return what the rows are sorted by."""
        return self._order

    def set_cases(self, cases: tuple[ListedCase, ...], language: Language) -> None:
        """Show these cases, prepared in this language."""
        self._language = language
        self._all = self._sorted(cases)
        self._reset()

    def set_order(self, order: CaseOrder) -> None:
        """Sort by this."""
        self._order = order
        self._all = self._sorted(self._all)
        self._reset()

    def set_filter(self, text: str) -> None:
        """Leave the cases in which each word of the text begins a word."""
        wanted = tuple(f" {word}" for word in find_words(text))
        if wanted != self._wanted:
            self._wanted = wanted
            self._reset()

    def case_at(self, row: int) -> UUID:
        """Return the case in a row."""
        return self._shown[row].row.id

    def row_of(self, case_id: UUID) -> int | None:
        """Return where a case stands, if the filter leaves it."""
        places = (row for row, one in enumerate(self._shown) if one.row.id == case_id)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of cases shown; a table has no child rows."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return three: case, phase, opened."""
        return 0 if parent.isValid() else len(_CYCLES)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what the cell shows; column 0 tells a screen reader all of the row."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()].row, index.column()
        if column == CASE:
            return self._case_cell(row, role)
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            if column == PHASE:
                return phase_label(row.phase, self._language)
            return self._language.date_long(row.opened_on)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the column titles."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        _ = self._language.gettext
        return (_("Case"), _("Phase"), _("Opened"))[section]

    def _case_cell(self, row: CaseRow, role: int) -> str | ShownText | None:
        match role:
            case Role.DisplayRole:
                return row.case_number
            case TableRole.SECOND_LINE:
                return who_line(row, self._language)
            case Role.AccessibleTextRole:
                return self._sentence(row)
            case _:
                return None

    def _sentence(self, row: CaseRow) -> str:
        language = self._language
        return language.gettext("{number}, {who}, {phase}, opened on {day}").format(
            number=make_visible(row.case_number, lines=False, longest=LONGEST_NAME),
            who=who_aloud(row, language),
            phase=phase_label(row.phase, language),
            day=language.date_long(row.opened_on),
        )

    def _sorted(self, cases: tuple[ListedCase, ...]) -> tuple[ListedCase, ...]:
        language = self._language
        by_title = sorted(cases, key=lambda one: one.by_title)
        # Sorting keeps the order of equals, so that each other order goes by title within.
        match self._order:
            case CaseOrder.NAME:
                pass
            case CaseOrder.NUMBER:
                by_title.sort(key=lambda one: language.sort_key(one.row.case_number))
            case CaseOrder.PHASE:
                by_title.sort(key=lambda one: _PHASES[one.row.phase])
            case CaseOrder.NEWEST:
                by_title.sort(key=lambda one: -one.row.opened_on.toordinal())
            case CaseOrder.OLDEST:
                by_title.sort(key=lambda one: one.row.opened_on)
        return tuple(by_title)

    def _reset(self) -> None:
        wanted = self._wanted
        self.beginResetModel()
        self._shown = [one for one in self._all if all(word in one.words for word in wanted)]
        self.endResetModel()


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    if character in _KEPT:
        return character
    parts = unicodedata.normalize("NFD", character)
    return "".join(c if c.isalnum() else " " for c in parts if not unicodedata.combining(c))
