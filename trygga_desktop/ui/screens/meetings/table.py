"""The meetings of a case as a table: when, how far, who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.meetings.words import (
    agencies_words,
    count_words,
    pill_of,
    place_of,
    title_of,
    when_short,
)
from trygga_desktop.ui.widgets.table_roles import PillValue, ShownText, TableRole
from trygga_desktop.ui.widgets.text import isolate

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import CaseMeetings

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

MEETING, STATE, WHO = range(3)


class MeetingTableModel(QAbstractTableModel):
    """One row for each meeting, the newest first."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._found: CaseMeetings | None = None
        self._meetings: tuple[Meeting, ...] = ()
        self.tells_who = False

    def tell_who(self, *, tells: bool) -> None:
        """Show who was there in a column of its own, or leave it out where there is no room."""
        if tells:
            self.beginInsertColumns(QModelIndex(), WHO, WHO)
            self.tells_who = True
            self.endInsertColumns()
        else:
            self.beginRemoveColumns(QModelIndex(), WHO, WHO)
            self.tells_who = False
            self.endRemoveColumns()

    def show_meetings(self, found: CaseMeetings | None) -> None:
        """Show these."""
        self.beginResetModel()
        self._found = found
        self._meetings = () if found is None else found.meetings
        self.endResetModel()

    def meeting_at(self, row: int) -> UUID:
        """Return the meeting in a row."""
        return self._meetings[row].id

    def row_of(self, meeting_id: UUID | None) -> int | None:
        """Return where a meeting stands."""
        places = (row for row, one in enumerate(self._meetings) if one.id == meeting_id)
        return next(places, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return the number of meetings; a table has no child rows."""
        return 0 if parent.isValid() else len(self._meetings)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's signature
        """Return meeting and state, and who where that is told."""
        if parent.isValid():
            return 0
        return WHO + 1 if self.tells_who else WHO

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what the cell shows; column 0 tells a screen reader all of the row."""
        if not index.isValid() or self._found is None:
            return None
        meeting, found = self._meetings[index.row()], self._found
        match index.column():
            case 0:
                return self._meeting_cell(meeting, found, role)
            case 1:
                return self._state_cell(meeting, found, role)
            case _:
                return self._who_cell(meeting, found, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Return the column titles."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        _ = self._language.gettext
        return (_("Meeting"), _("State"), _("Who"))[section]

    def _meeting_cell(
        self, meeting: Meeting, found: CaseMeetings, role: int
    ) -> str | ShownText | None:
        match role:
            case Role.DisplayRole:
                return title_of(meeting, self._language)
            case TableRole.SECOND_LINE:
                return ShownText(when_short(meeting, self._language))
            case Role.AccessibleTextRole:
                return self._sentence(meeting, found)
            case _:
                return None

    def _state_cell(
        self, meeting: Meeting, found: CaseMeetings, role: int
    ) -> str | PillValue | None:
        pill = pill_of(meeting, found, self._language)
        if role == TableRole.PILL:
            return pill
        return pill.text if role in {Role.DisplayRole, Role.AccessibleTextRole} else None

    def _who_cell(self, meeting: Meeting, found: CaseMeetings, role: int) -> str | ShownText | None:
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return count_words(meeting, self._language)
        if role != TableRole.SECOND_LINE:
            return None
        # No more than the row has room for; the card beside names everyone.
        agencies = agencies_words(meeting, found, self._language)
        place = place_of(meeting, found)
        return ShownText(agencies or (isolate(place) if place else ""))

    def _sentence(self, meeting: Meeting, found: CaseMeetings) -> str:
        language = self._language
        parts = [
            title_of(meeting, language),
            when_short(meeting, language),
            pill_of(meeting, found, language).text,
            count_words(meeting, language),
            place_of(meeting, found),
        ]
        return ", ".join(part for part in parts if part)
