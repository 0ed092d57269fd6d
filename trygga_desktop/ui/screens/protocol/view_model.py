"""State of a protocol before it goes onto paper: for whom it is composed, and where it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw, save_durably
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.protocols import (
        ComposedProtocol,
        ComposeProtocol,
        ProtocolRecipient,
    )

PATIENCE = 400
"""Milliseconds after which pages that are still being made are told to be."""


class PagesState(StrEnum):
    """What stands where the pages are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Audience(StrEnum):
    """For whom the pages are composed: everyone at the table, the board's file, one person."""

    ROOM = "room"
    BOARD = "board"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Target:
    """For whom; with one person's id where it is for them alone."""

    audience: Audience
    recipient_id: UUID | None = None


class News(StrEnum):
    """What became of the pages last."""

    PRINTED = "printed"
    SAVED = "saved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of news, when it came, and the file it is about."""

    news: News
    at: datetime
    file: Path | None = None


class ProtocolViewModel(QObject):
    """Has the pages made, asks once more before they leave, and has that logged before it happens.

    What is allowed may have changed while the pages stood on the screen: then nothing leaves, and
    the new pages are shown instead.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of a protocol
        self,
        meeting_id: UUID,
        *,
        compose_protocol: Callable[[ComposeProtocol], Done[ComposedProtocol]],
        log_print: Callable[[UUID], Done[None]],
        log_save: Callable[[UUID], Done[None]],
        print_pdf: Callable[[bytes, QPrinter], None],
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PagesState.LOADING
        self.target = Target(Audience.ROOM)
        self.composed: ComposedProtocol | None = None
        self.recipients: tuple[ProtocolRecipient, ...] = ()
        self.case_number = ""
        self.meeting_number = 0
        self.left_out = 0
        self.trouble: Trouble | None = None
        self.print_flaw: PrintFlaw | None = None
        self.save_flaw: SaveFlaw | None = None
        self.to_replace: Path | None = None
        self.told: Told | None = None
        self.is_leaving = False
        self._meeting_id = meeting_id
        self._compose = compose_protocol
        self._log_print = log_print
        self._log_save = log_save
        self._print_pdf = print_pdf
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def may_leave(self) -> bool:
        """Return whether there are pages to print or to save."""
        return self.composed is not None and not self.is_leaving

    @property
    def recipient(self) -> ProtocolRecipient | None:
        """Return the one person for whom the pages are, if they are for one."""
        wanted = self.target.recipient_id
        return next((one for one in self.recipients if one.id == wanted), None)

    @Slot()
    def load(self) -> None:
        """Have the pages made for whom they are wanted now."""
        # Pages for somebody else must not stay where they could be printed.
        self.composed = None
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        compose, command, target = self._compose, self._command(), self.target
        self._runner.run(
            self,
            lambda: compose(command).value,
            lambda composed: self._take(composed, target),
            self._fail,
        )

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Have the pages made again if something they tell of was changed."""
        if source is not self and (
            changes.meetings or changes.items or changes.consents or changes.parties
        ):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the pages are still being made."""
        if self.state is PagesState.LOADING:
            self.state = PagesState.SLOW
            self.changed.emit()

    def choose(self, target: Target) -> None:
        """Have them made for somebody else."""
        if target == self.target or self.is_leaving:
            return
        self.target = target
        self._forget()
        self.load()

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages, once the log says so."""
        if self.composed is None or self.is_leaving:
            return
        pdf, print_pdf = self.composed.pdf, self._print_pdf

        def on_paper(_: object) -> None:
            # On this thread, because Qt's printers want to be painted on where they were made.
            try:
                print_pdf(pdf, printer)
            except Exception as error:
                self._not_printed(error)
            else:
                self._tell(News.PRINTED)

        self._let_go(self._log_print, lambda: None, on_paper, self._refused)

    def tell_no_printer(self) -> None:
        """Say that there is no printer; nothing was printed and nothing logged."""
        self._forget()
        self.print_flaw = PrintFlaw.NO_PRINTER
        self.changed.emit()

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Save the pages as a file, once the log says so; ask first if there is one already."""
        if self.composed is None or self.is_leaving:
            return
        if file.exists() and not replaces:
            self._forget()
            self.to_replace = file
            self.changed.emit()
            return
        pdf = self.composed.pdf
        self._let_go(
            self._log_save,
            lambda: save_durably(file, pdf, replaces=replaces),
            lambda _: self._tell(News.SAVED, file),
            lambda error: self._not_saved(error, file),
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def keep(self) -> None:
        """Leave the file that is there as it is."""
        self._forget()
        self.changed.emit()

    def go_back(self) -> None:
        """Go back to the meetings."""
        self.left.emit()

    def _let_go(
        self,
        log: Callable[[UUID], Done[None]],
        then: Callable[[], None],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask for the pages once more, have it logged, and then do it; nothing if they changed."""
        shown, meeting_id = self.composed, self._meeting_id
        compose, command = self._compose, self._command()

        def work() -> ComposedProtocol | None:
            again = compose(command).value
            if shown is None or again.pdf != shown.pdf:
                return again
            log(meeting_id)
            then()
            return None

        def answered(again: ComposedProtocol | None) -> None:
            self.is_leaving = False
            if again is None:
                done(None)
            else:
                self.composed, self.left_out = again, again.left_out
                self._tell(News.CHANGED)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, answered, failed)

    def _command(self) -> ComposeProtocol:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.protocols import (  # noqa: PLC0415
            ComposeProtocol,
            ProtocolAudience,
        )

        audience = (
            ProtocolAudience.BOARD
            if self.target.audience is Audience.BOARD
            else ProtocolAudience.ROOM
        )
        return ComposeProtocol(
            meeting_id=self._meeting_id,
            audience=audience,
            recipient_id=self.target.recipient_id,
        )

    def _take(self, composed: ComposedProtocol, target: Target) -> None:
        if target != self.target:
            # Somebody else was chosen meanwhile; theirs are on the way.
            return
        self._patience.stop()
        self.composed = composed
        self.recipients = composed.recipients
        self.case_number = composed.case_number
        self.meeting_number = composed.meeting_number
        self.left_out = composed.left_out
        self.state, self.trouble = PagesState.READY, None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.state = PagesState.FAILED
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.is_leaving = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _not_printed(self, error: Exception) -> None:
        if isinstance(error, NotPrintedError):
            self.print_flaw = error.flaw
            self.changed.emit()
        else:
            self._refused(error)

    def _not_saved(self, error: Exception, file: Path) -> None:
        self.is_leaving = False
        if not isinstance(error, NotSavedError):
            self._refused(error)
            return
        if error.flaw is SaveFlaw.TAKEN:
            self.to_replace = file
        else:
            self.save_flaw = error.flaw
        self.changed.emit()

    def _tell(self, news: News, file: Path | None = None) -> None:
        self.told = Told(news, self._now(), file)
        self.changed.emit()

    def _forget(self) -> None:
        self.trouble = self.print_flaw = self.save_flaw = None
        self.to_replace = self.told = None

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
