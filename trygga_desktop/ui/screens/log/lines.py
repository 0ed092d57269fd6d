"""The lines of a log as a table: when, who, what, and whether the line still holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.audit import ActionKind, actions_of
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.log.words import (
    action_words,
    actor_aloud,
    actor_words,
    kind_words,
    not_as_written,
    when_words,
)
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue, ShownText, TableRole
from trygga_desktop.ui.widgets.text import isolate

if TYPE_CHECKING:
    from trygga_desktop.services.logs import LogLine

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

_KIND_OF = {action: kind for kind in ActionKind for action in actions_of(kind)}


class LogColumn(StrEnum):
    """What a column tells."""

    WHEN = "when"
    WHO = "who"
    WHAT = "what"
    MARK = "mark"


_WIDE = (LogColumn.WHEN, LogColumn.WHO, LogColumn.WHAT)
_NARROW = (LogColumn.WHAT,)


class LogTableModel(QAbstractTableModel):
    """One row for each line. A narrow table tells who and when below what.

    There is a column for marks only where a line wears one.
    """

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._actions = action_words(language)
        self._kinds = kind_words(language)
        self._lines: tuple[LogLine, ...] = ()
        # Dates are slow to write, and a table asks for each of them again and again.
        self._when: dict[datetime, str] = {}
        self._is_narrow = False
        self._columns: tuple[LogColumn, ...] = _WIDE

    @property
    def columns(self) -> tuple[LogColumn, ...]:
        """Return what the columns tell, from the left."""
        return self._columns

    def show_lines(self, lines: Sequence[LogLine], *, is_narrow: bool) -> None:
        """Show these. Lines that only came at the end leave those before them as they are."""
        shown = tuple(lines)
        columns = _NARROW if is_narrow else _WIDE
        if not all(one.holds for one in shown):
            columns = (*columns, LogColumn.MARK)
        before = len(self._lines)
        goes_on = shown[:before] == self._lines and 0 < before < len(shown)
        if (columns, is_narrow) == (self._columns, self._is_narrow) and goes_on:
            self.beginInsertRows(QModelIndex(), before, len(shown) - 1)
            self._lines = shown
            self.endInsertRows()
            return
        if (columns, is_narrow, shown) != (self._columns, self._is_narrow, self._lines):
            self.beginResetModel()
            self._columns, self._is_narrow, self._lines = columns, is_narrow, shown
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of lines; a table has no child rows."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return how many columns there is room and need for."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what the cell shows; column 0 tells a screen reader all of the row."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if index.column() == 0 and role == Role.AccessibleTextRole:
            return self._sentence(line)
        match self._columns[index.column()]:
            case LogColumn.WHEN:
                return self._when_cell(line, role)
            case LogColumn.WHO:
                return self._who_cell(line, role)
            case LogColumn.WHAT:
                return self._what_cell(line, role)
            case LogColumn.MARK:
                return self._mark_cell(line, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the column titles."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        _ = self._language.gettext
        titles = {
            LogColumn.WHEN: _("When"),
            LogColumn.WHO: _("Name"),
            LogColumn.WHAT: _("What was done"),
            LogColumn.MARK: _("State"),
        }
        return titles[self._columns[section]]

    def _when_cell(self, line: LogLine, role: int) -> str | None:
        return self._when_of(line) if role in {Role.DisplayRole, Role.AccessibleTextRole} else None

    def _who_cell(self, line: LogLine, role: int) -> str | ShownText | None:
        match role:
            case Role.DisplayRole:
                return ShownText(actor_words(line, self._language))
            case Role.AccessibleTextRole:
                return actor_aloud(line, self._language)
            case _:
                return None

    def _what_cell(self, line: LogLine, role: int) -> str | ShownText | None:
        match role:
            case Role.DisplayRole | Role.AccessibleTextRole:
                return self._actions[line.action]
            case TableRole.SECOND_LINE if self._is_narrow:
                return ShownText(
                    f"{self._when_of(line)} · {isolate(actor_words(line, self._language))}"
                )
            case TableRole.SECOND_LINE:
                return ShownText(self._kinds[_KIND_OF[line.action]])
            case _:
                return None

    def _mark_cell(self, line: LogLine, role: int) -> str | PillValue | None:
        if line.holds:
            return None
        text = not_as_written(self._language)
        if role == TableRole.PILL:
            return PillValue(text, Tone.BAD, "triangle-alert")
        return text if role in {Role.DisplayRole, Role.AccessibleTextRole} else None

    def _when_of(self, line: LogLine) -> str:
        if line.at not in self._when:
            self._when[line.at] = when_words(line, self._language)
        return self._when[line.at]

    def _sentence(self, line: LogLine) -> str:
        language = self._language
        parts = [
            self._when_of(line),
            actor_aloud(line, language),
            self._actions[line.action],
        ]
        if not line.holds:
            parts.append(language.gettext("This line is not what was written"))
        return ", ".join(parts)
