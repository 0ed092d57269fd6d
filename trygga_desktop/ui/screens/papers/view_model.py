"""State of the papers of a meeting: whose is shown, and where each one went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.audit import Printed
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import Leaving, LogMissed, News, PagesState
from trygga_desktop.ui.platform.saving import save_durably
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.papers import (
        Addressee,
        ComposeCalendar,
        ComposedPaper,
        ComposePaper,
        MeetingPapers,
    )

PATIENCE = 400
"""Milliseconds after which pages that are still being made are told to be."""


class Kind(StrEnum):
    """What kind of paper it is."""

    SUMMONS = "summons"
    SHEET = "sheet"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Target:
    """Which paper, and for which participant."""

    kind: Kind
    participant_id: UUID


def _kinds_for(one: Addressee) -> Iterator[Kind]:
    """Yield what papers there are for somebody."""
    if one.summons:
        yield Kind.SUMMONS
    if one.sheet:
        yield Kind.SHEET
    if one.actions:
        yield Kind.ACTIONS


class Form(StrEnum):
    """What a paper is saved as, by how the name of such a file ends."""

    PDF = "pdf"
    CALENDAR = "ics"


class PapersViewModel(Leaving):
    """Has a paper made, asks once more before it leaves, and has that logged before it happens.

    What may be told may have changed while the paper stood on the screen: then it does not leave,
    and the new one is shown instead.
    """

    left = Signal()

    def __init__(  # noqa: PLR0913  the use cases of the papers
        self,
        meeting_id: UUID,
        *,
        read_papers: Callable[[UUID], Done[MeetingPapers]],
        compose_paper: Callable[[ComposePaper], Done[ComposedPaper]],
        compose_calendar: Callable[[ComposeCalendar], Done[bytes]],
        log_print: Callable[[UUID], Done[None]],
        log_missed: LogMissed,
        log_save: Callable[[UUID], Done[None]],
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.state = PagesState.LOADING
        self.found: MeetingPapers | None = None
        self.target: Target | None = None
        self.composed: ComposedPaper | None = None
        self.form = Form.PDF
        self._meeting_id = meeting_id
        self._read = read_papers
        self._compose = compose_paper
        self._compose_calendar = compose_calendar
        self._log_print = log_print
        self._log_missed = log_missed
        self._log_save = log_save
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def targets(self) -> tuple[Target, ...]:
        """Return every paper there is: a summons for each and a sheet for each agency.

        Once the meeting has begun it is what each has promised.
        """
        everyone = () if self.found is None else self.found.addressees
        return tuple(Target(kind, one.id) for one in everyone for kind in _kinds_for(one))

    @property
    def may_leave(self) -> bool:
        """Return whether there is a paper to print or to save."""
        return self.composed is not None and not self.is_leaving

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return what the chosen paper can be saved as: a sheet has nothing for a calendar."""
        is_summons = self.target is not None and self.target.kind is Kind.SUMMONS
        return tuple(Form) if is_summons else (Form.PDF,)

    def file_name(self, form: Form) -> str:
        """Return a neutral name for a file; empty while there is no paper."""
        if self.composed is None:
            return ""
        return str(PurePath(self.composed.file_name).with_suffix(f".{form.value}"))

    @Slot()
    def load(self) -> None:
        """Read whom there are papers for, and have the chosen one made."""
        # A paper that may not be right any more must not stay where it could be printed.
        self.composed = None
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        read, meeting_id = self._read, self._meeting_id
        self._runner.run(self, lambda: read(meeting_id).value, self._take, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something that papers tell of was changed."""
        if source is not self and (
            changes.meetings or changes.items or changes.consents or changes.parties
        ):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the paper is still being made."""
        if self.state is PagesState.LOADING:
            self.state = PagesState.SLOW
            self.changed.emit()

    def choose(self, target: Target) -> None:
        """Show another paper."""
        if target == self.target or self.is_leaving or self.found is None:
            return
        self.target = target
        self._forget()
        self._make()

    def print_on(self, printer: QPrinter) -> None:
        """Print the paper, once the log says so."""
        if self.composed is None or self.is_leaving:
            return
        pdf = self.composed.pdf
        printed = self._begin_print(partial(self._log_missed, Printed.PAPER, self._meeting_id))
        self._let_go(
            printed.once(self._log_print),
            lambda _: None,
            lambda: self._put_logged_on_paper(pdf, printer, printed),
            self._refused,
        )

    def save_to(self, file: Path, *, form: Form = Form.PDF, replaces: bool = False) -> None:
        """Save the paper as a file, once the log says so; ask first if there is one already."""
        if self.composed is None or self.is_leaving or form not in self.forms:
            return
        self.form = form
        if not replaces and self._must_ask(file):
            return
        self._let_go(
            self._log_save,
            lambda content: save_durably(file, content, replaces=replaces),
            lambda: self._tell(News.SAVED, file=file),
            lambda error: self._not_saved(error, file),
            form=form,
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, form=self.form, replaces=True)

    def go_back(self) -> None:
        """Go back to the meetings."""
        self.left.emit()

    def _make(self) -> None:
        command, target = self._command(), self.target
        if command is None:
            self._patience.stop()
            self.state = PagesState.READY
            self.changed.emit()
            return
        self.composed = None
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        compose = self._compose

        def made(paper: ComposedPaper) -> None:
            # Somebody else's may have been chosen meanwhile; that one is on the way.
            if target == self.target:
                self._patience.stop()
                self.composed = paper
                self.state, self.trouble = PagesState.READY, None
                self.changed.emit()

        self._runner.run(self, lambda: compose(command).value, made, self._fail)

    def _let_go(
        self,
        log: Callable[[UUID], Done[None]],
        then: Callable[[bytes], None],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
        *,
        form: Form = Form.PDF,
    ) -> None:
        """Ask for the paper once more, have it logged, and then do it; nothing if it changed."""
        shown, meeting_id = self.composed, self._meeting_id
        compose, command = self._compose, self._command()
        if command is None:
            return
        make = self._maker(command, form)

        def work() -> ComposedPaper | None:
            again = compose(command).value
            if shown is None or again.pdf != shown.pdf:
                return again
            content = make(again)
            log(meeting_id)
            then(content)
            return None

        def answered(again: ComposedPaper | None) -> None:
            self.is_leaving = False
            if again is None:
                done()
            else:
                self.composed = again
                self._tell(News.CHANGED)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, answered, failed)

    def _maker(self, command: ComposePaper, form: Form) -> Callable[[ComposedPaper], bytes]:
        """Return what makes the file of a paper that was asked for once more."""
        if form is Form.PDF:
            return lambda paper: paper.pdf
        # Imported here: as below.
        from trygga_desktop.services.papers import ComposeCalendar  # noqa: PLC0415

        compose = self._compose_calendar
        called = ComposeCalendar(
            meeting_id=command.meeting_id, participant_id=command.participant_id
        )
        return lambda _: compose(called).value

    def _command(self) -> ComposePaper | None:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.papers import ComposePaper, PaperKind  # noqa: PLC0415

        if self.target is None:
            return None
        return ComposePaper(
            meeting_id=self._meeting_id,
            kind=PaperKind(self.target.kind),
            participant_id=self.target.participant_id,
        )

    def _take(self, found: MeetingPapers) -> None:
        self.found = found
        if self.target not in self.targets:
            # What somebody promised is for them alone, and others may still look on.
            self.target = None if found.has_begun else next(iter(self.targets), None)
        self._make()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.composed = None
        self.state = PagesState.FAILED
        self.changed.emit()
