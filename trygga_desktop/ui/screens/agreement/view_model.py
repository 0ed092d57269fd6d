"""State of the agreement: its versions, the next one while it is written, and who signed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.agreement import AgreementState
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.agreement.form import (
    AgreementField,
    AgreementForm,
    AnswerField,
    AnswerForm,
)
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import TextForm

if TYPE_CHECKING:
    from trygga_desktop.services.agreements import (
        AgreementView,
        AnswerAgreement,
        KeepAgreement,
        ShownAgreement,
    )

T = TypeVar("T")

PATIENCE = 400
"""Milliseconds after which a case that is still being read is told to be."""


class PageState(StrEnum):
    """What stands where the page is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class AgreementViewModel(QObject):
    """Reads the agreement, keeps what is typed, stores the next version, and who signed.

    `form` is the next version; it `is_writing` once somebody asked for it, from the start where
    there is none yet, or where one was begun. `answer` is there while a side has not answered.
    """

    changed = Signal()
    left = Signal()
    papers_wanted = Signal(int)
    scan_wanted = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the page
        self,
        case_id: UUID,
        *,
        read_agreement: Callable[[UUID], Done[AgreementView]],
        keep_agreement: Callable[[KeepAgreement], Done[UUID]],
        answer_agreement: Callable[[AnswerAgreement], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PageState.LOADING
        self.found: AgreementView | None = None
        self.form: AgreementForm | None = None
        self.answer: AnswerForm | None = None
        self.is_writing = False
        self._chosen = 0
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._read = read_agreement
        self._keep_agreement = keep_agreement
        self._answer_agreement = answer_agreement
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def newest(self) -> ShownAgreement | None:
        """Return the newest version, or None before there is one."""
        return self.found.versions[-1] if self.found is not None and self.found.versions else None

    @property
    def shown(self) -> ShownAgreement | None:
        """Return the version whose lines are shown: the one that was chosen, or the newest."""
        versions = () if self.found is None else self.found.versions
        return next((one for one in versions if one.number == self._chosen), self.newest)

    def choose(self, number: int) -> None:
        """Show the lines of another version."""
        self._chosen, self.is_writing = number, False
        self.changed.emit()

    @property
    def is_sending(self) -> bool:
        """Return whether something is on its way."""
        return any(one is not None and one.is_working for one in (self.form, self.answer))

    @Slot()
    def load(self) -> None:
        """Read the agreement."""
        self._patience.start()
        read, case_id = self._read, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._take, self._fail)

    @Slot()
    def lose_patience(self) -> None:
        """Say that the case is still being read, if nothing stands there yet."""
        if self.state is PageState.LOADING:
            self.state = PageState.SLOW
            self.changed.emit()

    @Slot()
    def begin(self) -> None:
        """Begin the next version."""
        if self.form is not None and not self.is_writing:
            self.is_writing = True
            self.changed.emit()

    def keep(self) -> None:
        """Store the next version."""
        form = self.form
        if form is None or not self.is_writing or not form.may_send:
            return
        command, keep = form.command(self._case_id), self._keep_agreement
        self._send(form, lambda: keep(command))

    def record(self) -> None:
        """Record who signed, or declined to."""
        form = self.answer
        if form is None or not form.may_send:
            return
        command, answer = form.command(self._case_id), self._answer_agreement
        self._send(form, lambda: answer(command))

    def want_papers(self) -> None:
        """Show the pages of the version that is shown."""
        if self.shown is not None:
            self.papers_wanted.emit(self.shown.number)

    @Slot()
    def want_scan(self) -> None:
        """Lead on to the signed paper of the version that is shown."""
        if self.shown is not None:
            self.scan_wanted.emit(self.shown.id)

    def throw_away(self) -> None:
        """Put what is written of the next version into the bin."""
        form = self.form
        if form is None or form.is_working:
            return
        if form.drafts is not None:
            form.drafts.throw_away()
        if self.newest is None:
            self.left.emit()
        elif self.found is not None:
            self._offer(self.found)

    def go_back(self) -> None:
        """Go back to the case; what was typed stays where it is."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        for one in (self.form, self.answer):
            if one is not None and one.drafts is not None:
                one.drafts.store_now()

    def _send(self, form: TextForm, work: Callable[[], Done[T]]) -> None:
        self.trouble = None
        form.begin()
        self.changed.emit()
        form.put_to_use(
            self._runner, self, work, self._stored, lambda error: self._refused(form, error)
        )

    def _take(self, found: AgreementView) -> None:
        self._patience.stop()
        self.found, self.state, self.trouble = found, PageState.READY, None
        self._offer(found)

    def _offer(self, found: AgreementView) -> None:
        self.form = self.answer = None
        self.is_writing, self._chosen = not found.versions, 0
        newest = self.newest
        if found.may_write:
            self.form = AgreementForm(found, self)
            self.form.replaced.connect(self.begin)
            self._keep_with(self.form, DraftKind.AGREEMENT)
            if newest is not None and newest.state is AgreementState.WAITING:
                self.answer = AnswerForm(found, newest, self)
                self._keep_with(self.answer, DraftKind.AGREEMENT_ANSWER)
        self.changed.emit()

    def _keep_with(self, form: TextForm, kind: DraftKind) -> None:
        place = Place(kind=kind, subject_id=self._case_id, case_id=self._case_id)
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        form.keep_with(drafts)

    def _stored(self, done: Done[T]) -> None:
        self.made.emit(done.changes)
        self.load()

    def _refused(self, form: TextForm, error: Exception) -> None:
        known = {*AgreementField, *AnswerField} - {AnswerField.WORDS}
        if isinstance(error, InvalidInputError) and error.field in known:
            form.refuse(error.field, error.flaw)
        elif isinstance(error, InvalidInputError) and error.field == AnswerField.WORDS:
            field = max(form.texts, key=lambda one: len(form.text_in(one)), default="")
            form.refuse(field, error.flaw)
        elif not self._told_elsewhere(form, error) and self.trouble is not None:
            form.fail(self.trouble)
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(None, error):
            return
        self.state = PageState.FAILED
        self.changed.emit()

    def _told_elsewhere(self, form: TextForm | None, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            if form is not None:
                form.is_working = False
            self.failed.emit(self.trouble)
            return True
        return False
