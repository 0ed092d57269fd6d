"""State of an action that was kept as a note, while it gets who does it and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen, codes_of, id_in

if TYPE_CHECKING:
    from trygga_desktop.services.parties import ShownParty
    from trygga_desktop.services.sealing import SealingState
    from trygga_desktop.services.unfinished import CompleteAction, Unfinished, UnfinishedAction
    from trygga_desktop.ui.case_uses import SealUses


class CompletingField(StrEnum):
    """What an action gets, by the codes that errors name."""

    PARTY = "party_id"
    DUE = "due_on"


class CompletingForm(TextForm):
    """Which action, who does it, and until when. It begins with what was said at the meeting."""

    def __init__(self, unfinished: Unfinished, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.unfinished = unfinished
        self.item_id = unfinished.actions[0].id
        self.party_id: UUID | None = None
        self._begin_with(self.action)

    @property
    def action(self) -> UnfinishedAction:
        """Return the action that is being completed."""
        return next(one for one in self.unfinished.actions if one.id == self.item_id)

    @property
    def people(self) -> tuple[ShownParty, ...]:
        """Return who can do it."""
        return self.unfinished.people

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what keeps it from being completed, in reading order."""
        wrong = set(self.refused)
        if self.party_id is None:
            wrong.add(CompletingField.PARTY)
        if self.day_flaw(CompletingField.DUE) is not None:
            wrong.add(CompletingField.DUE)
        return tuple(one for one in CompletingField if one in wrong)

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why the last day is none."""
        day = read_day(self.text_in(field))
        return day if field == CompletingField.DUE and isinstance(day, DayFlaw) else None

    def choose_action(self, item_id: object) -> None:
        """Complete another one."""
        if isinstance(item_id, UUID) and item_id != self.item_id:
            self.item_id = item_id
            self._begin_with(self.action)
            self.replaced.emit()
            self.changed.emit()

    def choose_who(self, party_id: object) -> None:
        """Say who does it."""
        self.party_id = party_id if isinstance(party_id, UUID) else None
        self.refused.pop(CompletingField.PARTY, None)
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return what is chosen beside the day."""
        return {"action": codes_of(self.item_id), "who": codes_of(self.party_id)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as it is still there."""
        action, who = id_in(chosen, "action"), id_in(chosen, "who")
        if action is None or action not in {one.id for one in self.unfinished.actions}:
            # It was completed elsewhere: its person and its day are not those of another one.
            self._begin_with(self.action)
            return
        self.item_id = action
        self.party_id = who if who in {one.party.id for one in self.people} else None

    def command(self, meeting_id: UUID) -> CompleteAction | None:
        """Return what is stored, None while something is missing."""
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.unfinished import CompleteAction  # noqa: PLC0415

        day = read_day(self.text_in(CompletingField.DUE))
        if not self.may_send or self.party_id is None or not isinstance(day, date):
            return None
        return CompleteAction(
            meeting_id=meeting_id, item_id=self.item_id, party_id=self.party_id, due_on=day
        )

    def _begin_with(self, action: UnfinishedAction) -> None:
        said = [one.party.id for one in self.people if one.name == action.responsible]
        self.party_id = said[0] if len(said) == 1 else None
        self.texts[CompletingField.DUE] = action.due


class CompletingModel(QObject):
    """Stores one completed action at a time. `completed` follows each: the draft has changed."""

    changed = Signal()
    completed = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what it stands on
        self,
        meeting_id: UUID,
        *,
        case_id: UUID,
        uses: SealUses,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form: CompletingForm | None = None
        self.trouble: Trouble | None = None
        self._meeting_id = meeting_id
        self._case_id = case_id
        self._uses = uses
        self._drafts = drafts
        self._runner = runner
        self._now = now

    @property
    def is_working(self) -> bool:
        """Return whether something is on its way."""
        return self.form is not None and self.form.is_working

    def begin(self, state: SealingState) -> bool:
        """Ask about the first action that lacks something; return whether there is one."""
        self.trouble = None
        if not state.unfinished.actions:
            return False
        self.form = CompletingForm(state.unfinished, self)
        place = Place(kind=DraftKind.COMPLETING, subject_id=self._meeting_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)
        return True

    def leave(self) -> None:
        """Store what is being typed at once."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def end(self) -> None:
        """Let go of the form; what was typed stays as a draft."""
        self.leave()
        self.form = None

    @Slot()
    def send(self) -> None:
        """Complete the action."""
        form = self.form
        command = None if form is None else form.command(self._meeting_id)
        if form is None or command is None:
            return
        complete = self._uses.complete_action
        self.trouble = None
        form.begin()
        form.put_to_use(self._runner, self, lambda: complete(command), self._done, self._fail)

    def _done(self, done: Done[None]) -> None:
        self.form = None
        self.completed.emit(done.changes)

    def _fail(self, error: Exception) -> None:
        form = self.form
        if form is None:
            return
        if isinstance(error, InvalidInputError) and error.field in set(CompletingField):
            form.refuse(error.field, error.flaw)
            return
        self.trouble = read_error(error)
        form.fail(self.trouble)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()
