"""The rows of the outline as a table: what, who, when, and how it stands."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import LineKind, PlanLine, answers_hold
from trygga_desktop.i18n import Language
from trygga_desktop.services.plan_comparison import say_sign
from trygga_desktop.services.plan_teller import Progress, ShownPlanLine
from trygga_desktop.ui.due_words import due_short, resting_words
from trygga_desktop.ui.screens.plan.editing import Row, RowKind, line_of
from trygga_desktop.ui.screens.plan.words import (
    area_words,
    kind_words,
    state_words,
    term_words,
    who_words,
)
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue, TableRole
from trygga_desktop.ui.widgets.text import make_visible

Index = QModelIndex | QPersistentModelIndex

_LONGEST_INLINE = 300
"""Words that are longer are written beside the outline, where they have lines."""

_LONGEST = 600
"""So much of a line is shown in the outline; all of it stands beside it."""


class Column(IntEnum):
    """The columns of the outline."""

    WHAT = 0
    WHO = 1
    WHEN = 2
    STATE = 3


class OutlineRole(IntEnum):
    """What the outline draws beside text."""

    ROW = Qt.ItemDataRole.UserRole + 11
    CAPTION = Qt.ItemDataRole.UserRole + 12
    BELOW = Qt.ItemDataRole.UserRole + 13


class RowTexts(NamedTuple):
    """What has to find room in a row."""

    words: str = ""
    who: str = ""
    when: str = ""
    caption: str = ""
    below: str = ""


class OutlineModel(QAbstractTableModel):
    """Shows the rows that it was given last. Actions have four columns, all else has one."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._catalogue: Catalogue | None = None
        self._shown: Mapping[UUID, ShownPlanLine] = {}
        self.rows: tuple[Row, ...] = ()
        self._there: frozenset[UUID | None] = frozenset()
        self._is_asked = False

    def show_rows(
        self, rows: Sequence[Row], shown: Mapping[UUID, ShownPlanLine], catalogue: Catalogue
    ) -> Collection[int] | None:
        """Show these rows; return which of them tell something else than before.

        None where there are others than before, or in another order.
        """
        rows = tuple(rows)
        is_same = [_key(one) for one in rows] == [_key(one) for one in self.rows]
        if is_same:
            changed = [
                place
                for place, (now, before) in enumerate(zip(rows, self.rows, strict=True))
                if now != before or _of(now, shown) != _of(before, self._shown)
            ]
            self._take(rows, shown, catalogue)
            if rows:
                last = self.index(len(rows) - 1, Column.STATE)
                self.dataChanged.emit(self.index(0, Column.WHAT), last)
            return changed
        self.beginResetModel()
        self._take(rows, shown, catalogue)
        self.endResetModel()
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let words be written here, unless they stand in a protocol or have no room in a line."""
        flags = super().flags(index)
        line = self.rows[index.row()].line if index.isValid() else None
        if line is None or index.column() != Column.WHAT or self.is_agreed(line.id):
            return flags
        if len(line.words) > _LONGEST_INLINE or "\n" in line.words:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def is_agreed(self, line_id: UUID) -> bool:
        """Return whether a line is a commitment."""
        shown = self._shown.get(line_id)
        return shown is not None and shown.progress is not None

    def read(self, row: int) -> RowTexts:
        """Return the texts that decide how high a row is."""
        told = self.rows[row]
        if told.line is None:
            return RowTexts()
        shown = self._shown.get(told.line.id)
        is_action = told.line.kind is LineKind.ACTION
        return RowTexts(
            words=make_visible(told.line.words, lines=False, longest=_LONGEST),
            who=self._who(told.line, shown) if is_action else "",
            when=self._when(told.line) if is_action else "",
            caption=self._caption(told),
            below=self._below(told),
        )

    def spans(self, row: int) -> bool:
        """Return whether a row is one cell from edge to edge."""
        line = self.rows[row].line
        return line is None or line.kind is not LineKind.ACTION

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, or the sentence that a screen reader says for its row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        is_first = index.column() == Column.WHAT
        answers: Mapping[int, Callable[[], Any]] = {
            OutlineRole.ROW: lambda: row,
            OutlineRole.CAPTION: lambda: self._caption(row),
            OutlineRole.BELOW: lambda: self._below(row),
            TableRole.PILL: lambda: self._pill(row, index),
            Qt.ItemDataRole.DisplayRole: lambda: self._cell(row, index),
            Qt.ItemDataRole.EditRole: lambda: self._cell(row, index),
            Qt.ItemDataRole.AccessibleTextRole: lambda: (
                self._sentence(row) if is_first else self._cell(row, index)
            ),
        }
        return answers[role]() if role in answers else None

    def _pill(self, row: Row, index: Index) -> PillValue | None:
        if row.line is None:
            return self._heard(row) if index.column() == Column.WHAT else None
        if index.column() != Column.STATE:
            return None
        told = state_words(row.line, self._shown.get(row.line.id), self._language)
        return PillValue(told.word, told.tone, told.icon)

    def _heard(self, row: Row) -> PillValue | None:
        """Return whether all of an area may be raised, as the sharing decision has it.

        Before a meeting that is everyone there, otherwise every organisation of the case. Of what
        is not stored yet, or reads otherwise by now, nothing was decided.
        """
        if row.kind is RowKind.LOOSE:
            return None
        decided = [self._may_hear(one) for one in self._under(row) if one.words.strip()]
        kept_back = decided.count(False)
        if kept_back:
            text = self._language.ngettext(
                "{count} may not be raised", "{count} may not be raised", kept_back
            )
            told = text.format(count=self._language.number(kept_back))
            return PillValue(told, Tone.MUTE, "eye-off")
        if decided and None not in decided:
            _ = self._language.gettext
            # Before anybody is called to a meeting nothing was decided for the family.
            told = _("Everyone may see") if self._is_asked else _("Every agency may see")
            return PillValue(told, Tone.OK, "eye")
        return None

    def _under(self, head: Row) -> Iterator[PlanLine]:
        """Yield the lines under a head: what nobody placed has no area either, and its own."""
        under: Row | None = None
        for row in self.rows:
            if row.line is None:
                under = row
            elif under == head:
                yield row.line

    def _may_hear(self, line: PlanLine) -> bool | None:
        shown = self._shown.get(line.id)
        if shown is None or not answers_hold(line_of(shown), line):
            return None
        return shown.may_be_raised if self._is_asked else not shown.closed_to

    def _take(
        self, rows: tuple[Row, ...], shown: Mapping[UUID, ShownPlanLine], catalogue: Catalogue
    ) -> None:
        self.rows, self._shown, self._catalogue = rows, shown, catalogue
        self._there = frozenset(one.line.id for one in rows if one.line is not None)
        self._is_asked = any(one.may_be_raised is not None for one in shown.values())

    def _cell(self, row: Row, index: Index) -> str:
        if row.line is None:
            return self._head(row) if index.column() == Column.WHAT else ""
        line, shown = row.line, self._shown.get(row.line.id)
        match index.column():
            case Column.WHAT:
                return make_visible(line.words, lines=False, longest=_LONGEST)
            case Column.WHO:
                return self._who(line, shown)
            case Column.WHEN:
                return self._when(line)
            case _:
                is_action = line.kind is LineKind.ACTION
                return state_words(line, shown, self._language).word if is_action else ""

    def _who(self, line: PlanLine, shown: ShownPlanLine | None) -> str:
        if self._catalogue is None:
            return ""
        return who_words(line, shown, self._catalogue, self._language)

    def _when(self, line: PlanLine) -> str:
        day, hour = line.until
        return "" if day is None else due_short(day, hour, self._language)

    def _head(self, row: Row) -> str:
        if row.kind is RowKind.LOOSE or self._catalogue is None:
            return self._language.gettext("Promised at meetings, not yet in the plan")
        return area_words(row.area, self._catalogue, self._language)

    def _caption(self, row: Row) -> str:
        line = row.line
        if line is None or line.kind in {LineKind.ACTION, LineKind.WISH}:
            return ""
        word = kind_words(self._language)[line.kind]
        term = "" if line.term is None else term_words(self._language)[line.term]
        return " · ".join(one for one in (word, term) if one)

    def _below(self, row: Row) -> str:
        _ = self._language.gettext
        line = row.line
        if line is None:
            return ""
        shown = self._shown.get(line.id)
        text = ""
        if line.clashes_with in self._there:
            text = _("Was changed in two places at once. The other is the line above.")
        elif line.kind is LineKind.GOAL and line.sign:
            text = _("This is how we know: {sign}").format(sign=_shown(line.sign))
        elif line.kind is LineKind.INSTRUMENT:
            text = self._used(line)
        elif line.replaces is not None:
            text = _("In place of an earlier action")
        elif shown is not None and shown.has_left:
            text = _("{name} has left the case").format(name=_shown(line.responsible))
        elif shown is not None and shown.progress is not None:
            rests = shown.progress.state is CommitmentState.FROZEN
            text = resting_words(self._language) if rests else self._carried(shown.progress)
        return text

    def _used(self, line: PlanLine) -> str:
        """Return when an instrument was used, by whom, and where the result is kept."""
        day = "" if line.due_on is None else self._language.date_long(line.due_on)
        sign = say_sign(line.kind, _shown(line.sign), self._language) if line.sign else ""
        return " · ".join(one for one in (day, _shown(line.responsible), sign) if one)

    def _carried(self, progress: Progress) -> str:
        if not progress.carried or not progress.state.is_open:
            return ""
        text = self._language.ngettext(
            "Came up at {count} meeting",
            "Came up at {count} meetings",
            progress.carried,
        )
        return text.format(count=progress.carried)

    def _sentence(self, row: Row) -> str:
        if row.line is None:
            pill = self._heard(row)
            return self._head(row) if pill is None else f"{self._head(row)}. {pill.text}"
        line, shown = row.line, self._shown.get(row.line.id)
        words = make_visible(line.words, lines=False, longest=_LONGEST)
        parts = [kind_words(self._language)[line.kind], words]
        if line.kind is LineKind.ACTION:
            day, hour = line.until
            parts += [
                self._who(line, shown),
                "" if day is None else self._language.due_long(day, hour),
                state_words(line, shown, self._language).word,
            ]
        parts.append(self._below(row))
        return ". ".join(one for one in parts if one)


def _shown(text: str) -> str:
    return make_visible(text, lines=False, longest=_LONGEST)


def _of(row: Row, shown: Mapping[UUID, ShownPlanLine]) -> ShownPlanLine | None:
    return None if row.line is None else shown.get(row.line.id)


def _key(row: Row) -> tuple[object, ...]:
    line = row.line
    return row.kind, row.area, *(() if line is None else (line.id, line.kind, line.goal_id))
