"""The outline of a plan that is being written: which row is chosen, and what is done to lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.plan import LineKind, PlanLine, answers_hold
from trygga_desktop.ui.due_words import with_hour
from trygga_desktop.ui.screens.plan import editing
from trygga_desktop.ui.screens.plan.editing import (
    History,
    Lines,
    Row,
    RowKind,
    Step,
    line_of,
    rows_of,
)
from trygga_desktop.ui.screens.plan.written import differing
from trygga_desktop.ui.text_form import DayFlaw, read_until

if TYPE_CHECKING:
    from trygga_desktop.domain.plan import Until
    from trygga_desktop.domain.words import Words
    from trygga_desktop.services.plan_teller import ShownPlanLine
    from trygga_desktop.services.plan_views import PlanView

_HOURS = {"due_on": "due_at", "new_due": "new_due_at"}


class PlanOutline(QObject):
    """Holds the lines as they are written, and the way back. It stores nothing.

    `changed` follows when something else is shown, `outline_changed` when other rows are. `chosen`
    follows when another row is, with whether the words of that are to be written at once. `edited`
    follows when something else is written. `placed` tells of commitments that were put into the
    plan or taken out of it, and of no others.
    """

    changed = Signal()
    outline_changed = Signal()
    chosen = Signal(bool)
    edited = Signal()

    def __init__(
        self, *, new_id: Callable[[], UUID] = uuid4, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.view: PlanView | None = None
        self.lines: Lines = ()
        self.shown: dict[UUID, ShownPlanLine] = {}
        self.rows: tuple[Row, ...] = ()
        self.area = ""
        self.at: tuple[RowKind, str, UUID | None] = (RowKind.HEAD, "", None)
        self.tried: frozenset[UUID] = frozenset()
        self.days: dict[tuple[UUID, str], str] = {}
        self.placed: dict[UUID, bool] = {}
        self.is_working = False
        self._stored: Lines = ()
        self._new_id = new_id
        self._history = History(past=[], future=[])

    @property
    def row(self) -> Row | None:
        """Return the row that is chosen."""
        return next((one for one in self.rows if _key(one) == self.at), None)

    @property
    def line(self) -> PlanLine | None:
        """Return the line that is chosen."""
        return None if self.row is None else self.row.line

    @property
    def shown_line(self) -> ShownPlanLine | None:
        """Return the chosen line as it was read, None where it is not stored yet."""
        return None if self.line is None else self.shown.get(self.line.id)

    @property
    def is_agreed(self) -> bool:
        """Return whether the chosen line is a commitment: its words are those of the protocol."""
        shown = self.shown_line
        return shown is not None and shown.progress is not None

    @property
    def is_changed(self) -> bool:
        """Return whether something is written that no version has."""
        return differing(self.lines, self._stored) or bool(self.tried)

    @property
    def asks_tried(self) -> bool:
        """Return whether it is to be answered that the chosen line touches no exclusion.

        What was answered of other words, or of somebody else's information, counts no more.
        """
        line, shown = self.line, self.shown_line
        if line is None or shown is None:
            return False
        is_answered = bool(shown.item.markings) and not self.is_agreed
        return shown.must_be_tried or (is_answered and not answers_hold(line_of(shown), line))

    def choose_area(self, code: str) -> None:
        """Show an area in the outline, and go to its head."""
        if code != self.area or self.at[1] != code:
            self.area = code
            self.at = (RowKind.HEAD, code, None)
            self._show_rows()
            self.chosen.emit(False)

    def choose_row(self, place: int) -> None:
        """Go to a row of the outline."""
        if 0 <= place < len(self.rows) and _key(self.rows[place]) != self.at:
            self.at = _key(self.rows[place])
            if self.rows[place].kind is not RowKind.LOOSE and self.rows[place].area:
                self.area = self.rows[place].area
            self._history.last = None
            self.changed.emit()

    def type_words(self, line_id: UUID, words: str) -> None:
        """Take what is written in a line."""
        self._edit(line_id, step=(line_id, "words"), words=words)

    def change(self, **fields: Any) -> None:
        """Take something else about the chosen line."""
        if self.line is not None:
            self._edit(self.line.id, step=(self.line.id, *fields), **fields)

    def type_day(self, text: str, *, is_due: bool) -> None:
        """Take a day of the chosen line; what names none yet is kept as it was typed."""
        line = self.line
        if line is None or self.is_working:
            return
        name = self.day_name(is_due=is_due)
        found = self.read_until(text, is_due=is_due)
        if isinstance(found, DayFlaw):
            self.days[line.id, name] = text
        else:
            self.days.pop((line.id, name), None)
            day, hour = found
            hours = {_HOURS[name]: hour} if is_due else {}
            self.change(**{name: day}, **hours)
        self.edited.emit()

    def read_until(self, text: str, *, is_due: bool) -> Until | DayFlaw:
        """Return the day of the chosen line that a text names, and its hour; nothing names neither.

        An hour says nothing where nothing goes by hours, but for one that stands there already:
        then no day was understood.
        """
        if not text.strip():
            return None, None
        found = read_until(text)
        if isinstance(found, DayFlaw) or found[1] is None:
            return found
        is_known = self.takes_hour or found in self._days_of(self.shown_line)
        return found if is_due and is_known else DayFlaw.UNREADABLE

    @property
    def takes_hour(self) -> bool:
        """Return whether the chosen line can be due at an hour."""
        is_action = self.line is not None and self.line.kind is LineKind.ACTION
        return is_action and self.view is not None and self.view.goes_by_hours

    def _was_due(self, line: PlanLine) -> bool:
        return line.until in self._days_of(self.shown.get(line.id))

    @staticmethod
    def _days_of(shown: ShownPlanLine | None) -> tuple[Until, ...]:
        """Return until when a line is to be done as it was read."""
        return () if shown is None else ((shown.due_on, shown.due_at), shown.until)

    def day_name(self, *, is_due: bool) -> str:
        """Return which day of the chosen line is written: that of a commitment is a proposal."""
        due, follow_up = day_names(is_agreed=self.is_agreed)
        return due if is_due else follow_up

    def day_text(self, *, is_due: bool) -> str:
        """Return what stands in the field of a day."""
        line = self.line
        if line is None:
            return ""
        typed = self.days.get((line.id, self.day_name(is_due=is_due)))
        if typed is not None:
            return typed
        day, hour = line.until if is_due else (line.new_follow_up or line.follow_up_on, None)
        return "" if day is None else with_hour(day.isoformat(), hour)

    def choose_kind(self, kind: LineKind) -> None:
        """Make the chosen line another kind of line."""
        line = self.line
        if line is not None and line.kind is not kind and not self.is_agreed:
            subject, category = self._subject, self._category(line.area)
            self._write(editing.become(self.lines, line, kind, subject=subject, category=category))

    def choose_responsible(self, party_id: UUID | None) -> None:
        """Say who does what the chosen line says: one of the case, or nobody yet."""
        view = self.view
        found = None
        if view is not None:
            found = next((one for one in view.people if one.party.id == party_id), None)
        if found is None:
            self.change(responsible="", organisation_id=None, party_id=None)
        else:
            self.change(
                responsible=found.name,
                organisation_id=found.party.organisation_id,
                party_id=found.party.id,
            )

    def choose_origin(self, origin_id: UUID | None) -> None:
        """Say whose information the chosen line is."""
        self.change(origin_id=origin_id)

    def choose_said(self, *, is_theirs: bool) -> None:
        """Say whether the chosen line is what the young person says of themselves."""
        self.change(said_by=self._subject if is_theirs else None)

    def answer_tried(self, *, is_tried: bool) -> None:
        """Answer that the chosen line touches no exclusion and passes no limit."""
        if self.line is not None:
            others = self.tried - {self.line.id}
            self.tried = others | {self.line.id} if is_tried else others
            self.edited.emit()
            self.changed.emit()

    def add(self) -> None:
        """Begin a line behind the chosen row, of the same kind."""
        if self.view is None:
            return
        row = self.row
        area = "" if row is None else row.area
        lines, line = editing.new_line(
            self.lines,
            row,
            line_id=self._new_id(),
            subject=self._subject,
            category=self._category(area),
        )
        self._write(lines, at=line)

    @property
    def examples(self) -> tuple[Words, ...]:
        """Return goals to begin with, while the chosen area has none and is where one stands."""
        view, row = self.view, self.row
        if view is None or row is None or row.area != self.area:
            return ()
        if any(one.area == self.area and one.kind is LineKind.GOAL for one in self.lines):
            return ()
        areas = view.catalogue.life_areas
        return next((one.example_goals for one in areas if one.code == self.area), ())

    def begin_with(self, words: str) -> None:
        """Begin a goal of the chosen area with these words, which are to be written anew."""
        head = Row(kind=RowKind.HEAD, area=self.area)
        lines, line = editing.new_line(
            self.lines,
            head,
            line_id=self._new_id(),
            subject=self._subject,
            category=self._category(self.area),
        )
        begun = replace(line, words=words)
        self._write(editing.exchange(lines, begun), at=begun)

    def go_to_use_to_come(self) -> None:
        """Go to the first instrument that is said to be used on a day that has not come."""
        view = self.view
        if view is not None:
            self._go_to(next((one for one in self.lines if one.is_used_after(view.today)), None))

    def go_to_hour(self) -> None:
        """Go to the first line with an hour that it never had where nothing goes by hours."""
        new = (one for one in self.lines if one.until[1] is not None and not self._was_due(one))
        self._go_to(next(new, None))

    def add_action(self) -> None:
        """Begin an action under the chosen goal."""
        line = self.line
        if line is None or not line.area:
            return
        lines, new = editing.new_action(self.lines, line, line_id=self._new_id())
        self._write(lines, at=new)

    def put_in_place(self) -> None:
        """Begin an action that is to come in place of the chosen commitment."""
        if self.line is not None and self.is_agreed:
            placed = self.line
            lines, new = editing.instead_of(self.lines, placed, line_id=self._new_id())
            self._write(lines, at=new)

    @property
    def clashes(self) -> bool:
        """Return whether the chosen line stands beside another that was written at once."""
        return self.line is not None and bool(editing.beside(self.lines, self.line))

    def keep_this(self) -> None:
        """Keep the chosen one of two lines that were written at once.

        A commitment stays what it is: what is kept instead is to come in its place.
        """
        line = self.line
        if line is not None:
            agreed = frozenset(one.id for one in self.shown.values() if one.progress is not None)
            self._write(editing.kept(self.lines, line, agreed), at=line, go=False)

    def move(self, by: int) -> None:
        """Move the chosen line by so many places."""
        if self.line is not None:
            self._write(editing.move(self.lines, self.line, by))

    def move_in(self) -> None:
        """Put the chosen goal under the one above it."""
        self._indent(editing.move_in)

    def move_out(self) -> None:
        """Make the chosen action a goal."""
        self._indent(editing.move_out)

    def put_into(self, area: str) -> None:
        """Put the chosen line into an area; what was promised at a meeting comes into the plan."""
        line = self.line
        if line is None:
            return
        placed = {line.id: True} if self._is_loose(line.id) else {}
        self.area = area
        self._write(
            editing.to_area(self.lines, line, area, category=self._category(area)),
            at=replace(line, area=area),
            go=False,
            placed=placed,
        )

    def remove(self) -> None:
        """Take the chosen line out of the plan; a commitment stays what it is."""
        line = self.line
        if line is None or self._is_loose(line.id):
            return
        place = [_key(one) for one in self.rows].index(self.at)
        self.at = _key(self.rows[place - 1])
        shown = self.shown.get(line.id)
        if shown is not None and shown.progress is not None and shown.progress.state.is_open:
            taken_out = replace(line, area="", goal_id=None)
            self._write(editing.exchange(self.lines, taken_out), placed={line.id: False})
        else:
            self._write(editing.without(self.lines, line.id))

    def put_back(self, line: PlanLine, before: Lines) -> None:
        """Put a line back that was removed, where it stood before."""
        placed = {line.id: True} if self._is_loose(line.id) else {}
        now = editing.put_back(self.lines, line, before)
        self._write(now, at=line, go=False, placed=placed)

    def paste(self, text: str) -> None:
        """Put each line of a text behind the chosen row."""
        row = self.row
        lines, last = editing.pasted(
            self.lines,
            text,
            row,
            new_id=self._new_id,
            subject=self._subject,
            category="" if row is None else self._category(row.area),
            # What was cut out is known as well.
            known=self._stored,
        )
        if last is not None:
            self._write(lines, at=last, go=False)

    @property
    def text(self) -> str:
        """Return the chosen line as text: a goal with what is under it, a head with its area."""
        row = self.row
        if row is None:
            return ""
        if row.line is None:
            of_area = [one.line for one in self.rows if one.area == row.area and one.line]
            return editing.as_text(of_area)
        under = [one for one in self.lines if one.goal_id == row.line.id]
        return editing.as_text([row.line, *under])

    @Slot()
    def undo(self) -> None:
        """Take back the last step."""
        self._go(self._history.back(self._step))

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        self._go(self._history.forth(self._step))

    @property
    def _subject(self) -> UUID:
        return UUID(int=0) if self.view is None else self.view.subject_id

    def _category(self, area: str) -> str:
        areas = () if self.view is None else self.view.catalogue.life_areas
        return next((one.category for one in areas if one.code == area), "")

    @property
    def _step(self) -> Step:
        return Step(self.lines, dict(self.placed))

    def _is_loose(self, line_id: UUID) -> bool:
        shown = self.shown.get(line_id)
        return shown is not None and not self.placed.get(line_id, shown.is_placed)

    def _placed(self) -> Lines:
        return tuple(one for one in self.lines if one.words.strip() and not self._is_loose(one.id))

    def _indent(self, how: Callable[..., Lines]) -> None:
        line = self.line
        if line is not None and not self.is_agreed:
            self._write(
                how(self.lines, line, subject=self._subject, category=self._category(line.area))
            )

    def _edit(self, line_id: UUID, *, step: object, **fields: Any) -> None:
        line = next((one for one in self.lines if one.id == line_id), None)
        if line is None:
            return
        changed = replace(line, **fields)
        # What is written while the plan is on its way would be in neither version.
        if changed == line or self.is_working:
            return
        self._history.note(self._step, step)
        self._take(editing.exchange(self.lines, changed))
        self._show_rows()

    def _write(
        self,
        lines: Lines,
        *,
        at: PlanLine | None = None,
        go: bool = True,
        placed: Mapping[UUID, bool] | None = None,
    ) -> None:
        if (lines == self.lines and not placed) or self.is_working:
            return
        self._history.note(self._step, None)
        self.placed |= placed or {}
        self._take(lines)
        if at is not None:
            self.at = (RowKind.LINE, at.area, at.id)
        elif self.at[2] is not None:
            now = next((one for one in lines if one.id == self.at[2]), None)
            if now is not None:
                self.at = (RowKind.LINE, now.area, now.id)
        self._show_rows()
        self.chosen.emit(at is not None and go)

    def _take(self, lines: Lines) -> None:
        """Take lines as they are now; answers about what reads otherwise by that are gone."""
        if self.tried:
            before = {one.id: one for one in self.lines}
            self.tried = frozenset(
                one.id
                for one in lines
                if one.id in self.tried and one.id in before and answers_hold(before[one.id], one)
            )
        self.lines = lines
        self.edited.emit()

    def _go_to(self, line: PlanLine | None) -> None:
        if line is not None:
            self.area, self.at = line.area, (RowKind.LINE, line.area, line.id)
            self._show_rows()
            self.chosen.emit(False)

    def _go(self, step: Step | None) -> None:
        if step is None:
            return
        self.placed = dict(step.placed)
        self._take(step.lines)
        self._add_what_was_promised()
        self._show_rows()
        self.chosen.emit(False)

    def _add_what_was_promised(self) -> None:
        """Show also what was promised at a meeting since this was written."""
        there = {one.id for one in self.lines}
        self.lines += tuple(
            line_of(one) for one in self.shown.values() if one.id not in there and not one.is_placed
        )

    def _show_rows(self) -> None:
        view = self.view
        areas = () if view is None else tuple(one.code for one in view.catalogue.life_areas)
        loose = frozenset(one.id for one in self.lines if self._is_loose(one.id))
        self.rows = rows_of(self.lines, areas, loose=loose, chosen=self.area)
        keys = [_key(one) for one in self.rows]
        if self.at not in keys:
            moved = [key for key in keys if key[2] is not None and key[2] == self.at[2]]
            self.at = moved[0] if moved else keys[0] if keys else self.at
        self.outline_changed.emit()
        self.changed.emit()


def day_names(*, is_agreed: bool) -> tuple[str, str]:
    """Return which days of a line are written: the last one, and the one on which one asks."""
    return ("new_due", "new_follow_up") if is_agreed else ("due_on", "follow_up_on")


def _key(row: Row) -> tuple[RowKind, str, UUID | None]:
    return row.kind, row.area, None if row.line is None else row.line.id
