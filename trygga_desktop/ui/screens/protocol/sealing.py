"""State of the sealing of a protocol: what is left to settle, and an addendum being written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DraftChangedError, InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.protocol.approval import ApprovalModel, Saying, has_anything_said
from trygga_desktop.ui.screens.protocol.completing import CompletingModel
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen

if TYPE_CHECKING:
    from trygga_desktop.domain.sealing import ProtocolKind
    from trygga_desktop.services.sealing import SealingState, ToldEntry, ToldProtocol
    from trygga_desktop.ui.case_uses import SealUses


class Panel(StrEnum):
    """What stands beside the pages instead of the ways out."""

    NONE = "none"
    SEAL = "seal"
    ADDENDUM = "addendum"
    APPROVAL = "approval"
    COMPLETING = "completing"


class AddendumField(StrEnum):
    """The fields of an addendum, by the codes that errors name."""

    CONCERNS = "concerns"
    TEXT = "text"


_ABOUT = "about"


class AddendumForm(TextForm):
    """What is corrected, whom or what it concerns, and which of the `entries` it corrects."""

    def __init__(self, entries: Sequence[ToldEntry], parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.entries = tuple(entries)
        self.about: UUID | None = None

    def choose(self, about: UUID | None) -> None:
        """Say which entry it corrects, None where it is none in particular."""
        self.about = about
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return which entry it corrects."""
        return {} if self.about is None else {_ABOUT: [str(self.about)]}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose the entry that an earlier visit chose, where it is still told."""
        known = (one.id for one in self.entries if str(one.id) in chosen.get(_ABOUT, ()))
        self.about = next(known, None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the field that keeps it from being sealed."""
        return () if self.tidy(AddendumField.TEXT) else (AddendumField.TEXT,)


class SealingModel(QObject):
    """Opens one panel at a time. `done` names the protocol that was sealed just now.

    `plan_basis` names what the pages of the agreed plan say that are shown, if those are.
    `not_approved` and `not_sealed` tell that the draft no longer reads as on the screen, so that
    nothing was done.
    """

    changed = Signal()
    done = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)
    meeting_wanted = Signal()
    hidden_wanted = Signal()
    people_wanted = Signal()
    not_approved = Signal()
    not_sealed = Signal()
    completed = Signal()

    def __init__(  # noqa: PLR0913  what sealing stands on
        self,
        meeting_id: UUID,
        *,
        case_id: UUID,
        uses: SealUses,
        drafts: DraftUses,
        may_seal: bool,
        may_make_seal: bool,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.panel = Panel.NONE
        self.state: SealingState | None = None
        self.trouble: Trouble | None = None
        self.is_working = False
        self.may_seal = may_seal
        self.may_make_seal = may_make_seal
        self.form: AddendumForm | None = None
        self.plan_basis = ""
        self.approval = ApprovalModel(
            meeting_id,
            case_id=case_id,
            uses=uses,
            drafts=drafts,
            runner=runner,
            now=now,
            parent=self,
        )
        self.approval.changed.connect(self.changed)
        self.approval.made.connect(self.made)
        self.approval.failed.connect(self.failed)
        self.approval.read_anew.connect(self._take_anew)
        self.approval.outdated.connect(self.not_approved)
        self.completing = CompletingModel(
            meeting_id,
            case_id=case_id,
            uses=uses,
            drafts=drafts,
            runner=runner,
            now=now,
            parent=self,
        )
        self.completing.changed.connect(self.changed)
        self.completing.failed.connect(self.failed)
        self.completing.completed.connect(self._completed)
        self._corrects: UUID | None = None
        self._meeting_id = meeting_id
        self._case_id = case_id
        self._uses = uses
        self._drafts = drafts
        self._runner = runner
        self._now = now

    def can_seal(self, kind: ProtocolKind | None) -> bool:
        """Return whether nothing is in the way of sealing the pages for these readers."""
        state = self.state
        if state is None or state.is_barred(kind):
            return False
        return state.has_seal and not self.is_working

    @property
    def may_see_approval(self) -> bool:
        """Return whether there is a draft to approve, or something was said of what is sealed."""
        state = self.state
        return state is not None and (not state.is_sealed or has_anything_said(state.approval))

    def take(self, state: SealingState) -> None:
        """Take how far the protocol has come whose pages are shown from now on."""
        self.approval.basis = state.basis
        self._take_anew(state)

    @Slot(object)
    def _take_anew(self, state: SealingState) -> None:
        """Take how far it has come; the pages are those that were there before."""
        self.state = state
        self.changed.emit()

    @Slot()
    def begin_seal(self) -> None:
        """Say what sealing means, and what is left to settle."""
        if self.may_seal and self.state is not None:
            self._open(Panel.SEAL)

    @Slot()
    def begin_approval(self) -> None:
        """Show who has approved the draft and what was remarked; what was begun comes back.

        Once it is sealed that can be read on, and nothing more be said.
        """
        if not self.may_see_approval or self.state is None or self.panel is Panel.APPROVAL:
            return
        self.approval.begin(is_sealed=self.state.is_sealed)
        self._open(Panel.APPROVAL)

    @Slot()
    def begin_completing(self) -> None:
        """Ask who does an action that was kept as a note, and until when."""
        if self.state is None or self.state.is_sealed or self.panel is Panel.COMPLETING:
            return
        if self.completing.begin(self.state):
            self._open(Panel.COMPLETING)

    @Slot(Changes)
    def _completed(self, changes: Changes) -> None:
        """Go back to what is left; the pages are made again, for they say something else now."""
        self._open(Panel.SEAL if self.may_seal else Panel.NONE)
        self.made.emit(changes)
        self.completed.emit()

    def say(self, saying: Saying, answers: UUID | None = None) -> None:
        """Have the text that is written be a remark, an answer to one, or a reason."""
        if self.approval.form is not None and not self.approval.is_working:
            self.approval.form.say(saying, answers)
            self.changed.emit()

    def begin_addendum(self, told: ToldProtocol) -> None:
        """Let somebody write what corrects a sealed protocol; what was begun comes back."""
        if not self.may_seal or self.panel is Panel.ADDENDUM:
            return
        self._corrects = told.protocol.id
        entries = () if self.state is None else self.state.entries
        self.form = AddendumForm(entries, parent=self)
        place = Place(kind=DraftKind.ADDENDUM, subject_id=self._meeting_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)
        self._open(Panel.ADDENDUM)

    @Slot()
    def cancel(self) -> None:
        """Close the panel. What was written stays as a draft; what is being sealed stays open."""
        self.leave()
        if self.is_working or self.approval.is_working or self.completing.is_working:
            return
        if self.panel is not Panel.NONE:
            self._open(Panel.NONE)

    def leave(self) -> None:
        """Store what is being typed at once."""
        self.approval.leave()
        self.completing.leave()
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def seal(self, kind: ProtocolKind, language: str = "sv") -> None:
        """Seal the pages for these readers, in the language in which they are shown."""
        if not self.can_seal(kind):
            return
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.plan_sealing import SealPlan  # noqa: PLC0415  as above
        from trygga_desktop.services.sealing import SealProtocol  # noqa: PLC0415  as above

        if kind.is_plan:
            agreed = SealPlan(
                meeting_id=self._meeting_id, basis=self.plan_basis, kind=kind, language=language
            )
            seal_plan = self._uses.seal_plan
            self._run(lambda: seal_plan(agreed), self._sealed)
            return

        command = SealProtocol(
            meeting_id=self._meeting_id, basis=self.approval.basis, kind=kind, language=language
        )
        seal = self._uses.seal_protocol
        self._run(lambda: seal(command), self._sealed)

    @Slot()
    def write_addendum(self) -> None:
        """Seal what was written as an addendum."""
        form, corrects = self.form, self._corrects
        if form is None or corrects is None or not form.may_send or self.is_working:
            return
        from trygga_desktop.services.addenda import AddAddendum  # noqa: PLC0415  as above

        command = AddAddendum(
            protocol_id=corrects,
            text=form.tidy(AddendumField.TEXT),
            concerns=form.tidy(AddendumField.CONCERNS),
            about=frozenset() if form.about is None else frozenset({form.about}),
        )
        add = self._uses.add_addendum
        form.begin()
        self._begin()
        form.put_to_use(self._runner, self, lambda: add(command), self._sealed, self._fail)

    @Slot()
    def make_seal(self) -> None:
        """Make a seal for a vault that has none."""
        make, read, meeting_id = self._uses.make_seal, self._uses.read_sealing, self._meeting_id

        def work() -> SealingState:
            make()
            return read(meeting_id).value

        def taken(state: SealingState) -> None:
            self.is_working = False
            self._take_anew(state)

        if self.may_make_seal and not self.is_working:
            self._begin()
            self._runner.run(self, work, taken, self._fail)

    def _run(self, work: Callable[[], Done[UUID]], then: Callable[[Done[UUID]], None]) -> None:
        self._begin()
        self._runner.run(self, work, then, self._fail)

    def _begin(self) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()

    def _sealed(self, done: Done[UUID]) -> None:
        self.is_working = False
        self._open(Panel.NONE)
        self.made.emit(done.changes)
        self.done.emit(done.value)

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, DraftChangedError):
            self.changed.emit()
            self.not_sealed.emit()
            return
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        if self.form is not None:
            is_field = isinstance(error, InvalidInputError) and error.field in set(AddendumField)
            if isinstance(error, InvalidInputError) and is_field:
                self.trouble = None
                self.form.refuse(error.field, error.flaw)
            else:
                self.form.fail(self.trouble)
        self.changed.emit()

    def _open(self, panel: Panel) -> None:
        self.panel, self.trouble = panel, None
        if panel is not Panel.ADDENDUM:
            self.form = None
        if panel is not Panel.APPROVAL:
            self.approval.end()
        if panel is not Panel.COMPLETING:
            self.completing.end()
        self.changed.emit()
