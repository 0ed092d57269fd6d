"""State of what is said of a draft before it is sealed: remarks, answers, approvals. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.approval import ApprovedOn, Approver
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DraftChangedError, InvalidInputError
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day

if TYPE_CHECKING:
    from trygga_desktop.domain.approval import ApprovalState
    from trygga_desktop.services.sealing import SealingState
    from trygga_desktop.ui.case_uses import SealUses


class RemarkField(StrEnum):
    """The fields of a remark, by the codes that errors name."""

    WHO = "who"
    TEXT = "text"
    ON = "on"


class Saying(StrEnum):
    """What the text is that is being written."""

    REMARK = "remark"
    ANSWER = "answer"
    REOPEN = "reopen"


class RemarkForm(TextForm):
    """A remark and whose it is; an answer to one, or why a draft is opened again.

    Beside it stands on which day somebody approved the draft on paper, `today` at first.
    """

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__({RemarkField.ON: today.isoformat()}, parent)
        self._today = today
        self.saying = Saying.REMARK
        self.answers: UUID | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep it from being stored."""
        wanted = [RemarkField.WHO] if self.saying is Saying.REMARK else []
        return tuple(one for one in (*wanted, RemarkField.TEXT) if not self.tidy(one))

    @property
    def day(self) -> date | DayFlaw:
        """Return the day of an approval on paper, or why what stands there is none."""
        day = read_day(self.text_in(RemarkField.ON))
        is_to_come = isinstance(day, date) and day > self._today
        return DayFlaw.IN_THE_FUTURE if is_to_come else day

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        if field != RemarkField.ON:
            return None
        if self.refused.get(field) == "before":
            return DayFlaw.TOO_LONG_AGO
        day = self.day
        return day if isinstance(day, DayFlaw) else None

    def say(self, saying: Saying, answers: UUID | None = None) -> None:
        """Take what is typed for this."""
        self.saying, self.answers = saying, answers
        self.changed.emit()


class ApprovalModel(QObject):
    """Stores remarks and approvals one at a time, and reads each time how far the draft has come.

    `read_anew` hands over what was read; `outdated` tells that the draft no longer reads as `basis`
    says, which is that of the pages on the screen.
    """

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)
    read_anew = Signal(object)
    outdated = Signal()

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
        self.form: RemarkForm | None = None
        self.trouble: Trouble | None = None
        self.is_working = False
        self.basis = ""
        self._meeting_id = meeting_id
        self._case_id = case_id
        self._uses = uses
        self._drafts = drafts
        self._runner = runner
        self._now = now

    def begin(self, *, is_sealed: bool = False) -> None:
        """Let somebody write a remark; what was begun comes back, unless it `is_sealed`."""
        today = self._now().astimezone(STOCKHOLM).date()
        self.form, self.trouble = RemarkForm(today, self), None
        if is_sealed:
            return
        place = Place(kind=DraftKind.REMARK, subject_id=self._meeting_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        self.form.keep_with(keeper)

    def leave(self) -> None:
        """Store what is being typed at once."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def end(self) -> None:
        """Let go of the form; what was typed stays as a draft."""
        self.leave()
        self.form = None

    def approve(self, role: Approver, how: ApprovedOn) -> None:
        """Store that somebody approved the draft that is shown: on the screen it was today."""
        from trygga_desktop.services.approvals import ApproveDraft  # noqa: PLC0415  as above

        form = self.form
        if self.is_working or form is None:
            return
        day = form.day if how is ApprovedOn.PAPER else self._now().astimezone(STOCKHOLM).date()
        if isinstance(day, DayFlaw):
            form.leave_field(RemarkField.ON)
            return
        command = ApproveDraft(
            meeting_id=self._meeting_id, basis=self.basis, role=role, how=how, on=day
        )
        act = self._uses.approval.approve_draft
        self._begin()
        self._runner.run(self, self._and_read(lambda: act(command)), self._take, self._fail)

    @Slot()
    def send(self) -> None:
        """Store what was written."""
        form = self.form
        if form is None or not form.may_send or self.is_working:
            return
        act = self._act_of(form)
        form.begin()
        self._begin()
        form.put_to_use(self._runner, self, self._and_read(act), self._written, self._fail)

    def _act_of(self, form: RemarkForm) -> Callable[[], Done[Any]]:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.approvals import (  # noqa: PLC0415
            AnswerRemark,
            ReopenDraft,
            WriteRemark,
        )

        uses, meeting_id, text = self._uses.approval, self._meeting_id, form.tidy(RemarkField.TEXT)
        if form.saying is Saying.ANSWER and form.answers is not None:
            answer = AnswerRemark(meeting_id=meeting_id, remark_id=form.answers, text=text)
            return lambda: uses.answer_remark(answer)
        if form.saying is Saying.REOPEN:
            reopened = ReopenDraft(meeting_id=meeting_id, why=text)
            return lambda: uses.reopen_draft(reopened)
        remark = WriteRemark(meeting_id=meeting_id, who=form.tidy(RemarkField.WHO), text=text)
        return lambda: uses.write_remark(remark)

    def _and_read(self, act: Callable[[], Done[Any]]) -> Callable[[], SealingState]:
        read, meeting_id = self._uses.read_sealing, self._meeting_id

        def work() -> SealingState:
            act()
            return read(meeting_id).value

        return work

    def _begin(self) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()

    def _written(self, state: SealingState) -> None:
        self.begin(is_sealed=state.is_sealed)
        self._take(state)

    def _take(self, state: SealingState) -> None:
        self.is_working = False
        self.read_anew.emit(state)
        self.made.emit(Changes(meetings=True))

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, DraftChangedError):
            self.changed.emit()
            self.outdated.emit()
            return
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        form = self.form
        is_of_day = isinstance(error, InvalidInputError) and error.field == RemarkField.ON
        if form is not None and (form.is_working or is_of_day):
            if isinstance(error, InvalidInputError) and error.field in set(RemarkField):
                self.trouble = None
                form.refuse(error.field, error.flaw)
            else:
                form.fail(self.trouble)
        self.changed.emit()


def may_reopen(state: ApprovalState) -> bool:
    """Return whether there is an approval to go back on."""
    return bool(state.approvals) or state.is_outdated


def has_anything_said(state: ApprovalState) -> bool:
    """Return whether anybody has approved, remarked on or opened again what was a draft."""
    return bool(state.remarks or state.approvals or state.reopenings) or state.is_outdated
