"""State of the plan of a case: what is read, how it is stored, and where it goes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.phrases import Phrases
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.becoming import Becoming
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.plan.editing import History, line_of
from trygga_desktop.ui.screens.plan.outlining import PlanOutline, day_names
from trygga_desktop.ui.screens.plan.promised import told_of
from trygga_desktop.ui.screens.plan.protecting import Protecting
from trygga_desktop.ui.screens.plan.states import Asking, PlanState, Told
from trygga_desktop.ui.screens.plan.written import Written, as_typed, from_typed
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import read_typed, write_typed
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.domain.plan import PlanLine
    from trygga_desktop.services.entries import ChangeCommitment
    from trygga_desktop.services.plan_teller import ShownPlanLine
    from trygga_desktop.services.plan_views import PlanMeeting, PlanView
    from trygga_desktop.services.plans import (
        AgreePlan,
        BringPlan,
        KeepPlan,
        WriteProtectionNeed,
    )

PATIENCE = 400
"""Milliseconds after which a plan that is still being read is told to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanUses:
    """The use cases of the plan."""

    read_plan: Callable[[UUID], Done[PlanView]]
    keep_plan: Callable[[KeepPlan], Done[UUID]]
    bring_plan: Callable[[BringPlan], Done[UUID]]
    agree_plan: Callable[[AgreePlan], Done[UUID]]
    change_commitment: Callable[[ChangeCommitment], Done[None]]
    write_protection: Callable[[WriteProtectionNeed], Done[UUID]]


class PlanViewModel(PlanOutline):
    """Reads the plan, and keeps what is written as a draft until it is stored."""

    left = Signal()
    tab_chosen = Signal(object)
    compare_wanted = Signal()
    progress_wanted = Signal()
    papers_wanted = Signal()
    sign_wanted = Signal(object)
    packet_wanted = Signal()
    packet_in_wanted = Signal()
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
        phrases: Callable[[], Phrases] = Phrases,
        new_id: Callable[[], UUID] = uuid4,
        asked_about: UUID | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(new_id=new_id, parent=parent)
        self.phrases = phrases
        self.state = PlanState.LOADING
        self.evidence: dict[UUID, str] = {}
        self.asking = Asking.NOTHING
        self.agreed: frozenset[UUID] = frozenset()
        self.told = Told.NOTHING
        self.trouble: Trouble | None = None
        self._based_on = 0
        self._looked_at = ("", UUID(int=0))
        self._asks_what_stays = False
        self._refused_way: Callable[[frozenset[UUID]], None] | None = None
        self._case_id = case_id
        self._uses = uses
        self._runner = runner
        self._screen_count = screen_count
        self.edited.connect(self._keep_draft)
        place = Place(kind=DraftKind.PLAN, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self.protecting = Protecting(
            case_id,
            write=uses.write_protection,
            drafts=drafts,
            runner=runner,
            now=now,
            parent=self,
        )
        self.protecting.changed.connect(self.changed)
        self.protecting.began.connect(self._begin)
        self.protecting.written.connect(self._protected)
        self.protecting.refused.connect(self._refused)
        self.protecting.drafts.failed.connect(self.failed)
        self.becoming = Becoming(
            case_id,
            change_commitment=uses.change_commitment,
            drafts=drafts,
            runner=runner,
            now=now,
            wanted=asked_about,
            parent=self,
        )
        self.becoming.changed.connect(self.changed)
        self.becoming.made.connect(self._became)
        self.becoming.failed.connect(self.failed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def agreed_at(self) -> UUID | None:
        """Return the meeting that agreed on the newest version that one did, None for none."""
        view = self.view
        if view is None:
            return None
        meetings = {one.number: one.id for one in view.meetings}
        found = [meetings.get(one.meeting or 0) for one in view.versions if one.is_agreed]
        return found[-1] if found else None

    @Slot()
    def sign(self) -> None:
        """Go to what the last meeting agreed on, to have it sealed and signed."""
        if self.agreed_at is not None:
            self.sign_wanted.emit(self.agreed_at)

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
        return next((one for one in meetings if self.view and one.id == self.view.deciding), None)

    @property
    def kept_back(self) -> tuple[ShownPlanLine, ...]:
        """Return the lines that not everyone at the next meeting may be told."""
        return tuple(
            one
            for line in self.lines
            if (one := self.shown.get(line.id)) is not None
            and one.may_be_raised is False
            and not self._is_loose(one.id)
        )

    @property
    def proposed(self) -> tuple[ShownPlanLine, ...]:
        """Return what a meeting can agree on: what is new, and what is to be otherwise."""
        agreeable = frozenset() if self.view is None else self.view.agreeable
        return tuple(one for one in self.shown.values() if one.id in agreeable)

    @property
    def not_asked(self) -> int:
        """Return how many lines it cannot agree on, because somebody there may not see them."""
        proposed = [one for one in self.shown.values() if one.is_proposed and one.is_placed]
        return len(proposed) - len(self.proposed)

    @property
    def is_behind(self) -> bool:
        """Return whether the plan got another version while something is being written."""
        return self.view is not None and self.is_changed and self.view.number != self._based_on

    @property
    def told_otherwise(self) -> tuple[PlanLine, ...]:
        """Return the lines that are told as somebody else's information, or of another kind."""
        stored = {one.id: _told_as(one) for one in self._stored}
        return tuple(
            one for one in self.lines if one.id in stored and _told_as(one) != stored[one.id]
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
        self.protecting.drafts.look_for_earlier()

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

    def remove(self) -> None:
        """Take the chosen line out of the plan, and let it be put back for a while."""
        line, before = self.line, self.lines
        super().remove()
        if line is None or self.lines == before:
            return
        take_out = self.drafts.throw_words(line.words)

        def put_back() -> None:
            self.put_back(line, before)
            take_out()

        self.removed.emit(put_back)

    def keep_this(self) -> None:
        """Keep the chosen one of two lines; the words of the other lie in the bin."""
        before = self.lines
        super().keep_this()
        there = {one.id for one in self.lines}
        for one in before:
            if one.id not in there:
                self.drafts.throw_words(one.words)

    @Slot()
    def keep(self) -> None:
        """Store what is written as the next version."""
        if self.state is PlanState.READY and not self.is_working and self.is_changed:
            self._keep_version(frozenset())

    def _keep_version(self, opened: frozenset[UUID]) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.plans import KeepPlan  # noqa: PLC0415

        command = KeepPlan(
            case_id=self._case_id,
            based_on=self._based_on,
            lines=self._placed(),
            tried=self.tried,
            opened=opened,
        )
        keep = self._uses.keep_plan
        self._send(lambda: keep(command), Told.KEPT, self._keep_version)

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
        meeting, view = self.deciding_meeting, self.view
        if meeting is None or view is None:
            return
        self.agreed = frozenset(one.id for one in self.proposed)
        self._looked_at = (view.basis, meeting.id)
        self._ask(Asking.AGREED)

    def tick(self, line_id: UUID, *, is_agreed: bool) -> None:
        """Say of one line whether it was agreed on."""
        others = self.agreed - {line_id}
        self.agreed = others | {line_id} if is_agreed else others
        self.changed.emit()

    @Slot()
    def note_agreed(self) -> None:
        """Note what the meeting agreed on, of the plan as it was when that was asked."""
        if self.asking is not Asking.AGREED or not self.agreed or self.is_working:
            return
        from trygga_desktop.services.plans import AgreePlan  # noqa: PLC0415  as above

        basis, meeting_id = self._looked_at
        command = AgreePlan(
            case_id=self._case_id, meeting_id=meeting_id, basis=basis, agreed=self.agreed
        )
        agree = self._uses.agree_plan
        self._run(lambda: agree(command), Told.AGREED)

    @Slot()
    def send_opened(self) -> None:
        """Store it although more may hear of it: whose information it is has been answered."""
        way, self._refused_way = self._refused_way, None
        if way is not None and not self.is_working:
            way(frozenset(one.id for one in self.told_otherwise))

    @Slot()
    def ask_nothing(self) -> None:
        """Leave it as it is."""
        self._ask(Asking.NOTHING)

    def type_evidence(self, words: str) -> None:
        """Take how one knows how it went with the chosen commitment."""
        if self.line is not None and words != self.evidence.get(self.line.id, ""):
            self.evidence[self.line.id] = words
            self._keep_draft()

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

    @Slot()
    def ask_what_became(self) -> None:
        """Ask in more words what became of the chosen commitment."""
        line = self.line
        if line is not None and self.is_agreed and not self.is_working:
            self.becoming.open(line.id, evidence=self.evidence.get(line.id, ""))

    @Slot(Changes)
    def _became(self, changes: Changes) -> None:
        # What was asked about may be another line than the one that is chosen by now.
        if self.becoming.noted is not None:
            self.evidence.pop(self.becoming.noted, None)
            self._keep_draft()
        self._after(Done(None, changes), Told.STATE)

    @property
    def shows_protection(self) -> bool:
        """Return whether needs of protection are shown: to a named reader, and nobody else."""
        return self.view is not None and self.view.reads_guarded and self._screen_count() <= 1

    def screens_changed(self) -> None:
        """Hide what is guarded when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def leave(self) -> None:
        """Store at once what is written: the screen is left, or the vault is being locked."""
        self.drafts.store_now()
        self.protecting.drafts.store_now()
        self.becoming.leave()

    def go_back(self) -> None:
        """Go back to the cases."""
        self.leave()
        self.left.emit()

    def go_to_tab(self, tab: CaseTab) -> None:
        """Go to another page of the case."""
        self.tab_chosen.emit(tab)

    @Slot()
    def _keep_draft(self) -> None:
        self.told = Told.NOTHING
        if not self.is_changed:
            self.drafts.keep(self._unnoted())
            return
        written = Written(
            based_on=self._based_on,
            lines=self.lines,
            tried=self.tried,
            evidence=self.evidence,
            days=self.days,
            placed=self.placed,
        )
        self.drafts.keep(write_typed(as_typed(written)))

    def _unnoted(self) -> str:
        """Return as a draft what no version of the plan takes, empty where there is nothing of it.

        That is how one knows how something went, and what was typed as a day and is none.
        """
        if not self.days and not any(one.strip() for one in self.evidence.values()):
            return ""
        written = Written(
            based_on=self._based_on, lines=self.lines, evidence=self.evidence, days=self.days
        )
        return write_typed(as_typed(written))

    def _keep_beside_version(self) -> None:
        """Keep what no version takes beside the one that was read, as far as it has a field there.

        What has none any more lies in the bin.
        """
        if not self.drafts.text:
            return
        agreed = {one.id for one in self.shown.values() if one.progress is not None}
        there = {
            (one.id, name) for one in self.lines for name in day_names(is_agreed=one.id in agreed)
        }
        for place in [one for one in self.days if one not in there]:
            self.drafts.throw_words(self.days.pop(place))
        for line_id in [one for one in self.evidence if one not in agreed]:
            self.drafts.throw_words(self.evidence.pop(line_id))
        rest = self._unnoted()
        if rest:
            self.drafts.keep(rest)
        else:
            self.drafts.discard()

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        written = None if typed is None else from_typed(typed)
        if written is None:
            return
        self.lines, self._based_on = written.lines, written.based_on
        self.tried, self.evidence = written.tried, dict(written.evidence)
        self.days, self.placed = dict(written.days), dict(written.placed)
        self._history = History(past=[], future=[])
        self._add_what_was_promised()
        self._show_rows()

    def _bring(self, without: frozenset[UUID], opened: frozenset[UUID] = frozenset()) -> None:
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
            opened=opened,
            without=without,
        )
        bring = self._uses.bring_plan
        self._send(
            lambda: bring(command),
            Told.BROUGHT,
            partial(self._bring, without),
            kept_back=partial(self._keep_and_ask, opened),
        )

    def _keep_and_ask(self, opened: frozenset[UUID]) -> None:
        """Find out what the meeting may not be told, and ask what is left out.

        What is not stored yet becomes a version first: nobody has decided about it.
        """
        self.is_working, self._asks_what_stays = False, True
        if self.is_changed:
            self._keep_version(opened)
        else:
            self._read()

    def _send(
        self,
        work: Callable[[], Done[UUID]],
        told: Told,
        again: Callable[[frozenset[UUID]], None],
        *,
        kept_back: Callable[[], None] | None = None,
    ) -> None:
        """Have what is written stored; its draft goes with it, but for what no version takes.

        `again` sends it once more where it was refused because more could hear of it, `kept_back`
        is for what somebody at the meeting may not be told.
        """
        self._begin()

        def stored(done: Done[UUID]) -> None:
            self._history = History(past=[], future=[])
            self.tried, self.placed = frozenset(), {}
            self._stored = self.lines
            # What was typed since belongs to it.
            self._keep_draft()
            self._after(done, told)

        def refused(error: Exception) -> None:
            flaw = error.flaw if isinstance(error, InvalidInputError) else ""
            if flaw == "opens":
                self.is_working, self._refused_way = False, again
                self._ask(Asking.OPENS)
            elif flaw == "kept_back" and kept_back is not None:
                kept_back()
            else:
                if flaw == "future":
                    self.go_to_use_to_come()
                elif flaw == "order":
                    self.go_to_hour()
                self._refused(error)

        self.drafts.put_to_use(self, work, stored, refused, rest=self._unnoted())

    def _run(self, work: Callable[[], Done[Any]], told: Told, *, spent: UUID | None = None) -> None:
        self._begin()

        def stored(done: Done[Any]) -> None:
            if spent is not None:
                self.evidence.pop(spent, None)
                self._keep_draft()
            self._after(done, told)

        self._runner.run(self, work, stored, self._refused)

    @Slot()
    def _begin(self) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()

    def _after(self, done: Done[Any], told: Told) -> None:
        self.is_working = False
        self.told, self.asking = told, Asking.NOTHING
        self.made.emit(done.changes)
        self._read()

    @Slot(Done)
    def _protected(self, done: Done[UUID]) -> None:
        self.is_working = False
        self.made.emit(done.changes)
        self._read()

    @Slot(Exception)
    def _refused(self, error: Exception) -> None:
        self.is_working, self.asking = False, Asking.NOTHING
        self._asks_what_stays = False
        if not self._told_elsewhere(error):
            self.changed.emit()
        if isinstance(error, ConflictError):
            # It is another than what was looked at, and stands here anew.
            self._read()

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
        self.protecting.known = view.protection
        self.becoming.offer(told_of(view))
        if self.asking is Asking.AGREED and self._looked_at != (view.basis, view.deciding):
            # What was ticked was another plan.
            self.asking, self.told = Asking.NOTHING, Told.LOOK_AGAIN
        if was_changed or was_draft:
            if self.lines == stored:
                # The draft went with what was stored, which is a version by now.
                self._based_on = view.number
            self._add_what_was_promised()
        else:
            self.lines, self._based_on = stored, view.number
            self.placed = {}
            self._keep_beside_version()
        if not self.area and view.catalogue.life_areas:
            codes = [one.code for one in view.catalogue.life_areas]
            used = {one.area for one in self.lines}
            self.area = next((code for code in codes if code in used), codes[0])
        self.state = PlanState.READY
        if self._asks_what_stays:
            self._asks_what_stays = False
            if self.kept_back:
                self.asking, self.told = Asking.LEAVE_OUT, Told.NOTHING
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


def _told_as(line: PlanLine) -> tuple[object, ...]:
    return line.origin_id, line.category, line.said_by
