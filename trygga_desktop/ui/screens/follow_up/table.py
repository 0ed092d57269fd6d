"""Commitments in a table: what, in which case, who, on which day, and how they stand."""

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.follow_up import Why
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.due_words import with_hour
from trygga_desktop.ui.widgets.table_roles import TableRole
from trygga_desktop.ui.widgets.text import make_visible

if TYPE_CHECKING:
    from trygga_desktop.domain.escalation import ToRaise
    from trygga_desktop.services.follow_up import FollowUpRow

Index = QModelIndex | QPersistentModelIndex

_LONGEST = 200


class Column(IntEnum):
    """The columns of the table."""

    WHAT = 0
    WHO = 1
    WHEN = 2


class FollowUpTable(QAbstractTableModel):
    """Shows the commitments that it was given last."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._rows: tuple[FollowUpRow, ...] = ()

    def show_rows(self, rows: Sequence["FollowUpRow"]) -> None:
        """Show these."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many commitments there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return what a column is called."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        _ = self._language.gettext
        return (_("What"), _("Who"), _("When"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or the sentence about its row."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == TableRole.SECOND_LINE:
            return self._below(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column == Column.WHAT:
            return self._sentence(row)
        return None

    def _text(self, row: "FollowUpRow", column: int) -> str:
        if column == Column.WHAT:
            return make_visible(row.item.text, lines=False, longest=_LONGEST)
        if column == Column.WHO:
            return make_visible(row.responsible, lines=False, longest=_LONGEST)
        return self._when(row)

    def _below(self, row: "FollowUpRow", column: int) -> str:
        _ = self._language.gettext
        if column == Column.WHAT:
            return make_visible(row.row.title, lines=False, longest=_LONGEST)
        if column == Column.WHO:
            if row.has_left:
                return _("has left the case")
            return make_visible(row.organisation, lines=False, longest=_LONGEST)
        return self._state(row)

    def _when(self, row: "FollowUpRow", *, is_long: bool = False) -> str:
        text = self._language.date_long(row.on) if is_long else self._language.date_short(row.on)
        return with_hour(text, row.progress.hour if row.why is Why.DUE else None)

    def _state(self, row: "FollowUpRow") -> str:
        _ = self._language.gettext
        rests = row.progress.state is CommitmentState.FROZEN
        if row.why is Why.ASK and not rests:
            due = with_hour(self._language.date_short(row.progress.due), row.progress.hour)
            return _("Follow up, due {day}").format(day=due)
        state = _("Under way") if row.progress.state is CommitmentState.DOING else _("Not begun")
        if rests:
            state = _("Rests, no consent")
        told = _("Late") if row.progress.is_late else state
        if row.to_raise is not None:
            return self._to_raise(row.to_raise)
        if row.raised is not None:
            day = self._language.date_short(row.raised.at.astimezone(STOCKHOLM).date())
            return _("{state}, raised {day}").format(state=told, day=day)
        if not row.progress.carried:
            return told
        text = self._language.ngettext(
            "come up {count} time", "come up {count} times", row.progress.carried
        )
        return f"{told}, {text.format(count=row.progress.carried)}"

    def _to_raise(self, why: "ToRaise") -> str:
        """Return by which rule it is to be raised."""
        if why.by is not None:
            text = self._language.gettext("To be raised by {time}")
            return text.format(time=self._language.date_time(why.by))
        text = self._language.ngettext(
            "Late at {count} meeting in a row", "Late at {count} meetings in a row", why.times
        )
        return text.format(count=self._language.number(why.times))

    def _sentence(self, row: "FollowUpRow") -> str:
        parts = [
            self._text(row, Column.WHAT),
            self._below(row, Column.WHAT),
            self._text(row, Column.WHO),
            self._below(row, Column.WHO),
            self._when(row, is_long=True),
            self._state(row),
        ]
        return ". ".join(one for one in parts if one)
