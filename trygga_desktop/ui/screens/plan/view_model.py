"""State of the plan of a case: its outline, what is written in it, and where it goes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.plan import editing
from trygga_desktop.ui.screens.plan.editing import History, Lines, Row, RowKind, line_of, rows_of
from trygga_desktop.ui.screens.plan.written import Written, as_typed, differing, from_typed
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import read_day
from trygga_desktop.ui.typed import read_typed, write_typed
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.services.entries import ChangeCommitment
    from trygga_desktop.services.plan_views import PlanMeeting, PlanView, ShownPlanLine
    from trygga_desktop.services.plans import (
        AgreePlan,
        BringPlan,
        KeepPlan,
        WriteProtectionNeed,
    )

PATIENCE = 400
"""Milliseconds after which a plan that is still being read is told to be."""


class PlanState(StrEnum):
    """What stands where the plan is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Asking(StrEnum):
    """What is asked above the plan before something happens."""

    NOTHING = "nothing"
    LEAVE_OUT = "leave_out"
    AGREED = "agreed"


class Told(StrEnum):
    """What has just happened to the plan."""

    NOTHING = "nothing"
    KEPT = "kept"
    BROUGHT = "brought"
    AGREED = "agreed"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUses:
    """The use cases of the plan."""

    read_plan: Callable[[UUID], Done[PlanView]]
    keep_plan: Callable[[KeepPlan], Done[UUID]]
    bring_plan: Callable[[BringPlan], Done[UUID]]
    agree_plan: Callable[[AgreePlan], Done[UUID]]
    change_commitment: Callable[[ChangeCommitment], Done[None]]
    write_protection: Callable[[WriteProtectionNeed], Done[UUID]]


class PlanViewModel(QObject):
    """Reads the plan, lets it be written, and keeps what is written as a draft until it is stored.

    `changed` follows when something else is shown, `outline_changed` when other rows are. `chosen`
    follows when another row is, with whether the words of that are to be written at once.
    """

    changed = Signal()
    outline_changed = Signal()
    chosen = Signal(bool)
    left = Signal()
    tab_chosen = Signal(object)
    compare_wanted = Signal()
    progress_wanted = Signal()
    papers_wanted = Signal()
    made = Signal(Changes)
    removed = Signal(object)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the screen is made of
        self,
        case_id: UUID,
        *,
        uses: PlanUses,
        drafts: DraftUses,
        runner: TaskRunner,
        screen_count: Callable[[], int],
        now: Callable[[], datetime],
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PlanState.LOADING
        self.view: PlanView | None = None
        self.lines: Lines = ()
        self.shown: dict[UUID, ShownPlanLine] = {}
        self.rows: tuple[Row, ...] = ()
        self.area = ""
        self.at: tuple[RowKind, str, UUID | None] = (RowKind.HEAD, "", None)
        self.tried: frozenset[UUID] = frozenset()
        self.evidence: dict[UUID, str] = {}
        self.days: dict[tuple[UUID, str], str] = {}
        self.protection = ""
        self.instead_of: UUID | None = None
        self.asking = Asking.NOTHING
        self.agreed: frozenset[UUID] = frozenset()
        self.told = Told.NOTHING
        self.trouble: Trouble | None = None
        self.is_working = False
        self._based_on = 0
        self._stored: Lines = ()
        self._case_id = case_id
        self._uses = uses
        self._runner = runner
        self._screen_count = screen_count
        self._new_id = new_id
        self._history = History(past=[], future=[])
        self.drafts = self._keeper(DraftKind.PLAN, drafts, now)
        self.drafts.found.connect(self._take_draft)
        self.protection_drafts = self._keeper(DraftKind.PROTECTION, drafts, now)
        self.protection_drafts.found.connect(self._take_protection)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    def _keeper(
        self, kind: DraftKind, drafts: DraftUses, now: Callable[[], datetime]
    ) -> DraftKeeper:
        place = Place(kind=kind, subject_id=self._case_id, case_id=self._case_id)
        keeper = DraftKeeper(drafts, self._runner, place, now=now, parent=self)
        keeper.failed.connect(self.failed)
        return keeper

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
    def number(self) -> int:
        """Return the number that the next version gets."""
        return 1 + (0 if self.view is None else self.view.number)

    @property
    def next_meeting(self) -> PlanMeeting | None:
        """Return the meeting that the plan can be taken to."""
        meetings = () if self.view is None else self.view.meetings
        return next((one for one in meetings if self.view and one.id == self.view.asked_of), None)

    @property
    def deciding_meeting(self) -> PlanMeeting | None:
        """Return the last meeting that can still note what it agreed on."""
        meetings = () if self.view is None else self.view.meetings
        open_ones = [
            one
            for one in meetings
            if one.state in {MeetingState.RUNNING, MeetingState.HELD} and not one.is_sealed
        ]
        return open_ones[-1] if open_ones else None

    @property
    def kept_back(self) -> tuple[ShownPlanLine, ...]:
        """Return the lines that not everyone at the next meeting may be told."""
        return tuple(
            one
            for line in self.lines
            if (one := self.shown.get(line.id)) is not None
            and one.may_be_raised is False
            and one.is_placed
        )

    @property
    def proposed(self) -> tuple[ShownPlanLine, ...]:
        """Return what a meeting can agree on: what is new, and what is to be otherwise."""
        held_back = frozenset() if self.view is None else self.view.held_back
        return tuple(
            one
            for one in self.shown.values()
            if one.is_placed
            and one.id not in held_back
            and (
                (one.kind in {LineKind.GOAL, LineKind.ACTION} and one.progress is None)
                or one.new_due is not None
                or one.new_follow_up is not None
            )
        )

    @property
    def is_sending(self) -> bool:
        """Return whether something is on its way."""
        return self.is_working

    @Slot()
    def load(self) -> None:
        """Read the plan, and bring back what an earlier visit left written."""
        self._read()
        self.drafts.look_for_earlier()
        self.protection_drafts.look_for_earlier()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        shown = (changes.cases, changes.items, changes.parties, changes.meetings, changes.consents)
        if any(shown) and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the plan is still being read, if nothing stands there yet."""
        if self.state is PlanState.LOADING:
            self._enter(PlanState.SLOW)

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
        found = read_day(text) if text.strip() else None
        if isinstance(found, date) or found is None:
            self.days.pop((line.id, name), None)
            self.change(**{name: found})
        else:
            self.days[line.id, name] = text
        self._keep()

    def day_name(self, *, is_due: bool) -> str:
        """Return which day of the chosen line is written: that of a commitment is a proposal."""
        if self.is_agreed:
            return "new_due" if is_due else "new_follow_up"
        return "due_on" if is_due else "follow_up_on"

    def day_text(self, *, is_due: bool) -> str:
        """Return what stands in the field of a day."""
        line = self.line
        if line is None:
            return ""
        typed = self.days.get((line.id, self.day_name(is_due=is_due)))
        if typed is not None:
            return typed
        day = line.new_due or line.due_on if is_due else line.new_follow_up or line.follow_up_on
        return "" if day is None else day.isoformat()

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

    def answer_tried(self, *, is_tried: bool) -> None:
        """Answer that the chosen line touches no exclusion and passes no limit."""
        if self.line is not None:
            others = self.tried - {self.line.id}
            self.tried = others | {self.line.id} if is_tried else others
            self._keep()
            self.changed.emit()

    def add(self) -> None:
        """Begin a line behind the chosen row, of the same kind."""
        if self.state is not PlanState.READY:
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
        shown = self.shown.get(line.id)
        if shown is not None and not shown.is_placed:
            self.shown[line.id] = replace(shown, is_placed=True)
        self.area = area
        self._write(editing.to_area(self.lines, line, area), at=replace(line, area=area), go=False)

    def remove(self) -> None:
        """Take the chosen line out of the plan; a commitment stays what it is."""
        line = self.line
        if line is None or self._is_loose(line.id):
            return
        place = [_key(one) for one in self.rows].index(self.at)
        self.at = _key(self.rows[place - 1])
        shown, before = self.shown.get(line.id), self.lines
        if shown is not None and shown.progress is not None and shown.progress.state.is_open:
            self.shown[line.id] = replace(shown, is_placed=False)
            self._write(editing.exchange(self.lines, replace(line, area="", goal_id=None)))
        else:
            self._write(editing.without(self.lines, line.id))
        if self.lines == before:
            return
        take_out = self.drafts.throw_words(line.words)

        def put_back() -> None:
            take_out()
            if shown is not None:
                self.shown[line.id] = shown
            self._write(editing.put_back(self.lines, line, before), at=line, go=False)

        self.removed.emit(put_back)

    def paste(self, text: str) -> None:
        """Put each line of a text behind the chosen row."""
        lines, last = editing.pasted(
            self.lines, text, self.row, new_id=self._new_id, subject=self._subject
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
        self._go(self._history.back(self.lines))

    @Slot()
    def redo(self) -> None:
        """Do again what was taken back."""
        self._go(self._history.forth(self.lines))

    @Slot()
    def keep(self) -> None:
        """Store what is written as the next version."""
        if self.state is not PlanState.READY or self.is_working or not self.is_changed:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.plans import KeepPlan  # noqa: PLC0415

        command = KeepPlan(
            case_id=self._case_id,
            based_on=self._based_on,
            lines=self._placed(),
            tried=self.tried,
        )
        keep = self._uses.keep_plan
        self._send(lambda: keep(command), Told.KEPT)

    @Slot()
    def bring(self) -> None:
        """Take the plan to the next meeting, or ask first what is left out of it."""
        if self.kept_back and not self.is_changed:
            self._ask(Asking.LEAVE_OUT)
        else:
            self._bring(frozenset())

    @Slot()
    def bring_rest(self) -> None:
        """Take to the meeting what everyone there may be told."""
        self._bring(frozenset(one.id for one in self.kept_back))

    @Slot()
    def ask_what_was_agreed(self) -> None:
        """Ask which lines the meeting stands behind: all that can be agreed on, to begin with."""
        self.agreed = frozenset(one.id for one in self.proposed)
        self._ask(Asking.AGREED)

    def tick(self, line_id: UUID, *, is_agreed: bool) -> None:
        """Say of one line whether it was agreed on."""
        others = self.agreed - {line_id}
        self.agreed = others | {line_id} if is_agreed else others
        self.changed.emit()

    @Slot()
    def note_agreed(self) -> None:
        """Note what the meeting agreed on."""
        meeting, view = self.deciding_meeting, self.view
        if meeting is None or view is None or not self.agreed or self.is_working:
            return
        from trygga_desktop.services.plans import AgreePlan  # noqa: PLC0415  as above

        command = AgreePlan(
            case_id=self._case_id,
            meeting_id=meeting.id,
            based_on=view.number,
            agreed=self.agreed,
        )
        agree = self._uses.agree_plan
        self._run(lambda: agree(command), Told.AGREED)

    @Slot()
    def ask_nothing(self) -> None:
        """Leave it as it is."""
        self._ask(Asking.NOTHING)

    def type_evidence(self, words: str) -> None:
        """Take how one knows how it went with the chosen commitment."""
        if self.line is not None and words != self.evidence.get(self.line.id, ""):
            self.evidence[self.line.id] = words
            self._keep()

    def change_state(self, state: CommitmentState, reason: str = "") -> None:
        """Store how the chosen commitment went, with how one knows."""
        line = self.line
        if line is None or not self.is_agreed or self.is_working:
            return
        from trygga_desktop.services.entries import ChangeCommitment  # noqa: PLC0415  as above

        command = ChangeCommitment(
            case_id=self._case_id,
            commitment_id=line.id,
            state=state,
            reason=reason,
            evidence=self.evidence.get(line.id, ""),
        )
        change = self._uses.change_commitment
        self._run(lambda: change(command), Told.STATE, spent=line.id)

    @property
    def shows_protection(self) -> bool:
        """Return whether needs of protection are shown: to a named reader, and nobody else."""
        return self.view is not None and self.view.reads_guarded and self._screen_count() <= 1

    def screens_changed(self) -> None:
        """Hide what is guarded when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def type_protection(self, words: str) -> None:
        """Take what somebody needs to be protected."""
        if words != self.protection:
            self.protection = words
            self.protection_drafts.keep(words if words.strip() else "")
            self.changed.emit()

    def change_protection(self, item_id: UUID | None) -> None:
        """Write in place of an earlier need of protection, or a new one."""
        view = self.view
        found = () if view is None else view.protection
        earlier = next((one.text for one in found if one.id == item_id), "")
        self.instead_of = item_id
        if earlier and not self.protection.strip():
            self.type_protection(earlier)
        self.changed.emit()

    @Slot()
    def write_protection(self) -> None:
        """Store what somebody needs to be protected."""
        if not self.protection.strip() or self.is_working:
            return
        from trygga_desktop.services.plans import WriteProtectionNeed  # noqa: PLC0415  as above

        command = WriteProtectionNeed(
            case_id=self._case_id, text=self.protection.strip(), instead_of=self.instead_of
        )
        write = self._uses.write_protection
        self.is_working, self.trouble = True, None
        self.changed.emit()
        self.protection_drafts.put_to_use(
            self, lambda: write(command), self._protected, self._refused
        )

    def leave(self) -> None:
        """Store at once what is written: the screen is left, or the vault is being locked."""
        self.drafts.store_now()
        self.protection_drafts.store_now()

    def go_back(self) -> None:
        """Go back to the cases."""
        self.leave()
        self.left.emit()

    def go_to_tab(self, tab: CaseTab) -> None:
        """Go to another page of the case."""
        self.tab_chosen.emit(tab)

    @property
    def _subject(self) -> UUID:
        return UUID(int=0) if self.view is None else self.view.subject_id

    def _category(self, area: str) -> str:
        areas = () if self.view is None else self.view.catalogue.life_areas
        return next((one.category for one in areas if one.code == area), "")

    def _is_loose(self, line_id: UUID) -> bool:
        shown = self.shown.get(line_id)
        return shown is not None and not shown.is_placed

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
        self._history.note(self.lines, step)
        self.lines = editing.exchange(self.lines, changed)
        self.told = Told.NOTHING
        self._keep()
        self._show_rows()

    def _write(self, lines: Lines, *, at: PlanLine | None = None, go: bool = True) -> None:
        if lines == self.lines or self.is_working:
            return
        self._history.note(self.lines, None)
        self.lines = lines
        self.told = Told.NOTHING
        if at is not None:
            self.at = (RowKind.LINE, at.area, at.id)
        elif self.at[2] is not None:
            now = next((one for one in lines if one.id == self.at[2]), None)
            if now is not None:
                self.at = (RowKind.LINE, now.area, now.id)
        self._keep()
        self._show_rows()
        self.chosen.emit(at is not None and go)

    def _go(self, lines: Lines | None) -> None:
        if lines is None:
            return
        self.lines = lines
        self._keep()
        self._show_rows()
        self.chosen.emit(False)

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

    def _keep(self) -> None:
        has_more = bool(self.days) or any(one.strip() for one in self.evidence.values())
        if not self.is_changed and not has_more:
            self.drafts.keep("")
            return
        written = Written(
            based_on=self._based_on,
            lines=self.lines,
            tried=self.tried,
            evidence=self.evidence,
            days=self.days,
        )
        self.drafts.keep(write_typed(as_typed(written)))

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        written = None if typed is None else from_typed(typed)
        if written is None:
            return
        self.lines, self._based_on = written.lines, written.based_on
        self.tried, self.evidence = written.tried, dict(written.evidence)
        self.days = dict(written.days)
        self._history = History(past=[], future=[])
        self._add_what_was_promised()
        self._show_rows()

    def _add_what_was_promised(self) -> None:
        """Show also what was promised at a meeting since the draft was written."""
        there = {one.id for one in self.lines}
        self.lines += tuple(
            line_of(one) for one in self.shown.values() if one.id not in there and not one.is_placed
        )

    def _take_protection(self, text: str) -> None:
        self.protection = text
        self.changed.emit()

    def _bring(self, without: frozenset[UUID]) -> None:
        meeting = self.next_meeting
        if meeting is None or self.is_working or self.state is not PlanState.READY:
            return
        from trygga_desktop.services.plans import BringPlan  # noqa: PLC0415  as above

        command = BringPlan(
            case_id=self._case_id,
            meeting_id=meeting.id,
            based_on=self._based_on,
            lines=self._placed(),
            tried=self.tried,
            without=without,
        )
        bring = self._uses.bring_plan
        self._send(lambda: bring(command), Told.BROUGHT)

    def _send(self, work: Callable[[], Done[UUID]], told: Told) -> None:
        """Have what is written stored; its draft goes with it."""
        self.is_working, self.trouble = True, None
        self.changed.emit()

        def stored(done: Done[UUID]) -> None:
            self._history = History(past=[], future=[])
            self.tried, self.days = frozenset(), {}
            self._stored = self.lines
            self._after(done, told)

        self.drafts.put_to_use(self, work, stored, self._refused)

    def _run(self, work: Callable[[], Done[Any]], told: Told, *, spent: UUID | None = None) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()

        def stored(done: Done[Any]) -> None:
            if spent is not None:
                self.evidence.pop(spent, None)
                self._keep()
            self._after(done, told)

        self._runner.run(self, work, stored, self._refused)

    def _after(self, done: Done[Any], told: Told) -> None:
        self.is_working = False
        self.told, self.asking = told, Asking.NOTHING
        self.made.emit(done.changes)
        self._read()

    def _protected(self, done: Done[UUID]) -> None:
        self.is_working = False
        self.protection, self.instead_of = "", None
        self.made.emit(done.changes)
        self._read()

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _ask(self, asking: Asking) -> None:
        self.asking, self.told, self.trouble = asking, Told.NOTHING, None
        self.changed.emit()

    def _read(self) -> None:
        if self.state is not PlanState.READY:
            self._enter(PlanState.LOADING)
        self._patience.start()
        read, case_id = self._uses.read_plan, self._case_id
        self._runner.run(self, lambda: read(case_id), self._loaded, self._fail)

    def _loaded(self, done: Done[PlanView]) -> None:
        self._patience.stop()
        view = done.value
        was_changed = self.view is not None and self.is_changed
        was_draft = self.view is None and bool(self.lines)
        self.view = view
        self.shown = {one.id: one for one in view.lines}
        stored = tuple(line_of(one) for one in view.lines)
        self._stored = stored
        if was_changed or was_draft:
            self._add_what_was_promised()
        else:
            self.lines, self._based_on = stored, view.number
        if not self.area and view.catalogue.life_areas:
            codes = [one.code for one in view.catalogue.life_areas]
            used = {one.area for one in self.lines}
            self.area = next((code for code in codes if code in used), codes[0])
        self.state = PlanState.READY
        self._show_rows()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # A case that can no longer be read must not stay on the screen.
        self.view, self.rows = None, ()
        self._enter(PlanState.FAILED)

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: PlanState) -> None:
        self.state = state
        self.changed.emit()


def _key(row: Row) -> tuple[RowKind, str, UUID | None]:
    return row.kind, row.area, None if row.line is None else row.line.id
