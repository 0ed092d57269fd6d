"""State of a protocol before it goes onto paper: for whom it is composed, and where it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from trygga_desktop.domain.audit import Printed
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.sealing import ProtocolKind, ProtocolStep
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import Leaving, LogMissed, News, PagesState, is_named
from trygga_desktop.ui.platform.saving import save_durably
from trygga_desktop.ui.press import PrintPdf, print_in_turn
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.domain.approval import Approver
    from trygga_desktop.services.protocols import (
        ComposedProtocol,
        ComposeProtocol,
        ProtocolRecipient,
    )
    from trygga_desktop.services.sealed_copies import OwnCopy
    from trygga_desktop.services.sealed_files import SealedFile
    from trygga_desktop.services.sealing import SealingState, ToldProtocol
    from trygga_desktop.ui.case_uses import SealUses
    from trygga_desktop.ui.platform.sending import Sending
    from trygga_desktop.ui.screens.protocol.sealing import SealingModel

T = TypeVar("T")

PATIENCE = 400
"""Milliseconds after which pages that are still being made are told to be."""


_BEFORE_SEALING = frozenset({DraftKind.REMARK, DraftKind.COMPLETING})
"""What is written of a draft, and is recorded no more once that is sealed."""


class Audience(StrEnum):
    """For whom the pages are: everyone at the table, the board's file, one person.

    An addendum is one for the board's file. What the meeting agreed on as the plan is shown here
    to be sealed: to everyone at the table, or to the board's file.
    """

    ROOM = "room"
    BOARD = "board"
    PERSON = "person"
    ADDENDUM = "addendum"
    PLAN = "plan"
    PLAN_BOARD = "plan_board"


_KINDS = {
    Audience.ROOM: ProtocolKind.ROOM,
    Audience.BOARD: ProtocolKind.FULL,
    Audience.PLAN: ProtocolKind.PLAN_ROOM,
    Audience.PLAN_BOARD: ProtocolKind.PLAN_FULL,
}


@dataclass(frozen=True, slots=True)
class Target:
    """For whom; with one person's id where it is for them alone, or that of an addendum."""

    audience: Audience
    recipient_id: UUID | None = None

    @property
    def kind(self) -> ProtocolKind | None:
        """Return what is sealed for these readers; a copy for one person never is."""
        return _KINDS.get(self.audience)

    @property
    def is_plan(self) -> bool:
        """Return whether it is the plan that is shown, and not the protocol."""
        return self.audience in {Audience.PLAN, Audience.PLAN_BOARD}


@dataclass(frozen=True, slots=True)
class _Pages:
    """What is shown: the pages, how far sealing has come, and what is sealed of them if so."""

    composed: ComposedProtocol
    state: SealingState
    sealed: ToldProtocol | None


class Way(StrEnum):
    """How pages leave the program."""

    PRINT = "print"
    SAVE = "save"


class ProtocolViewModel(Leaving):
    """Has the pages made, asks once more before they leave, and has that logged before it happens.

    What is allowed may have changed while the pages stood on the screen: then nothing leaves, and
    the new pages are shown instead. What is sealed is shown as it was stored, and never made anew.
    """

    left = Signal()
    excerpts_wanted = Signal(object)
    made = Signal(Changes)
    signatures_wanted = Signal(object)
    kept_wanted = Signal()

    def __init__(  # noqa: PLR0913  the use cases of a protocol
        self,
        meeting_id: UUID,
        *,
        sealing: SealingModel,
        uses: SealUses,
        compose_protocol: Callable[[ComposeProtocol], Done[ComposedProtocol]],
        log_print: Callable[[UUID], Done[None]],
        log_missed: LogMissed,
        log_save: Callable[[UUID], Done[None]],
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        goes_on: DraftKind | None = None,
        target: Target | None = None,
        leads_to_plan: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.state = PagesState.LOADING
        self.target = target or Target(Audience.ROOM)
        self.leads_to_plan = leads_to_plan
        self.composed: ComposedProtocol | None = None
        self.seal = sealing
        self.sealed: ToldProtocol | None = None
        self.language = "sv"
        self.recipients: tuple[ProtocolRecipient, ...] = ()
        self.case_number = ""
        self.meeting_number = 0
        self.left_out = 0
        self.to_confirm: Way | None = None
        self.copy_for = ""
        self.copy_to: UUID | None = None
        self.spent: tuple[int, ...] = ()
        self._confirmed: Way | None = None
        self._meeting_id = meeting_id
        self._uses = uses
        self._compose = compose_protocol
        self._log_print = log_print
        self._log_missed = log_missed
        self._log_save = log_save
        self._goes_on = goes_on
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)
        sealing.setParent(self)
        sealing.changed.connect(self.changed)
        sealing.made.connect(self.made)
        sealing.failed.connect(self.failed)
        sealing.done.connect(self._show_sealed)
        sealing.completed.connect(self._show_completed)
        sealing.not_approved.connect(partial(self._show_new, News.NOT_APPROVED))
        sealing.not_sealed.connect(partial(self._show_new, News.NOT_SEALED))

    @property
    def may_leave(self) -> bool:
        """Return whether there are pages to print or to save."""
        return self.composed is not None and not self.is_leaving and not self.is_kept_back

    @property
    def is_kept_back(self) -> bool:
        """Return whether the pages stay here: once something is sealed nothing unsealed leaves.

        An agreed plan leaves from here sealed alone; as a draft it leaves from the plan.
        """
        return (self.is_sealed or self.target.is_plan) and self.sealed is None

    @property
    def steps(self) -> frozenset[ProtocolStep]:
        """Return what the protocol that is shown has become, nothing where none is."""
        kind, state = self.target.kind, self.seal.state
        if state is None or kind is None or not kind.is_of_meeting:
            return frozenset()
        return state.steps_of(kind)

    @property
    def is_outdated(self) -> bool:
        """Return whether what is sealed says more than its readers may have today."""
        return _is_outdated(self.sealed)

    @property
    def leads_to_protected(self) -> bool:
        """Return whether what is sealed says what is said no more since somebody is protected."""
        return self.sealed is not None and self.sealed.leads_to_protected

    @property
    def is_protected(self) -> bool:
        """Return whether paper of this case can lead to somebody who must not be found."""
        return self.seal.state is not None and self.seal.state.is_protected

    @property
    def recipient(self) -> ProtocolRecipient | None:
        """Return the one person for whom the pages are, if they are for one."""
        wanted = self.target.recipient_id
        return next((one for one in self.recipients if one.id == wanted), None)

    @property
    def copy_recipients(self) -> tuple[ProtocolRecipient, ...]:
        """Return whom a copy of the sealed pages can be for: who may have all of it today."""
        return _may_have(self.sealed, self.recipients)

    @property
    def can_correct(self) -> bool:
        """Return whether what is shown is a sealed protocol: only those have addenda."""
        return self.sealed is not None and self.sealed.protocol.kind.is_of_meeting

    @property
    def addenda(self) -> tuple[ToldProtocol, ...]:
        """Return the addenda to the protocol, in the order of their numbers."""
        state = self.seal.state
        told = () if state is None else state.protocols
        return tuple(one for one in told if one.protocol.is_addendum)

    @property
    def offers_plan(self) -> bool:
        """Return whether the agreed plan stands among the pages: shown, led from, or sealed."""
        state = self.seal.state
        told = () if state is None else state.protocols
        is_sealed = any(one.protocol.kind.is_plan for one in told)
        return self.target.is_plan or self.leads_to_plan or is_sealed

    @property
    def plan_version(self) -> int:
        """Return which version of the plan the meeting agreed on, 0 for none."""
        state = self.seal.state
        return 0 if state is None or state.plan is None else state.plan.version

    @property
    def is_sealed(self) -> bool:
        """Return whether anything of the meeting is sealed."""
        return self.seal.state is not None and self.seal.state.is_sealed

    @Slot()
    def load(self) -> None:
        """Have the pages made for whom they are wanted now."""
        # Pages for somebody else must not stay where they could be printed.
        self.composed = self.sealed = None
        self._unconfirm()
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        target, language = self.target, self.language
        self._runner.run(
            self, self._fetch(), lambda pages: self._take(pages, target, language), self._fail
        )

    def leave(self) -> None:
        """Store what is being typed at once, and print no more what did not reach a printer."""
        super().leave()
        self.seal.leave()

    @Slot()
    def begin_addendum(self) -> None:
        """Let somebody correct the sealed protocol that is shown."""
        if self.can_correct and self.sealed is not None:
            self.seal.begin_addendum(self.sealed)

    @Slot()
    def open_signatures(self) -> None:
        """Show who has signed the sealed protocol that is shown."""
        if self.sealed is not None:
            self.signatures_wanted.emit(self.sealed.protocol.id)

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
        """Have them made for somebody else; once it is sealed, go to a person's own excerpt."""
        if target == self.target or self.is_leaving or self.seal.is_working:
            return
        if target.audience is Audience.PERSON and self.is_sealed:
            chosen = next((one for one in self.recipients if one.id == target.recipient_id), None)
            self.show_excerpts(None if chosen is None else chosen.excerpt_id)
            return
        # What is sealed is what is shown: a panel that was opened beside other pages closes.
        self.seal.cancel()
        self.target = target
        self._forget()
        self.load()

    def choose_language(self, code: str) -> None:
        """Have what is not sealed yet made in another language; what is sealed keeps its own."""
        if code == self.language or self.is_leaving or self.seal.is_working:
            return
        self.seal.cancel()
        self.language = code
        self._forget()
        self.load()

    def may_approve_here(self, role: Approver) -> bool:
        """Return whether whoever approves in this role may read the pages that are shown."""
        match self.target.audience:
            case Audience.ROOM:
                return True
            case Audience.BOARD:
                approvers = [one for one in self.recipients if role in one.approves]
                return any(one.may_read_whole for one in approvers[:1])
            case Audience.PERSON:
                return self.recipient is not None and role in self.recipient.approves
            case Audience.ADDENDUM | Audience.PLAN | Audience.PLAN_BOARD:
                return False

    @property
    def to_type(self) -> str:
        """Return what has to be typed before pages of a protected case leave: whom it is about."""
        state = self.seal.state
        if state is None or not state.is_protected:
            return ""
        return state.called or state.case_number

    def must_confirm(self, way: Way) -> bool:
        """Return whether somebody must first say that the pages leave this way, and ask."""
        if not (self.is_outdated or self.is_protected) or self._confirmed is way:
            return False
        self._forget()
        self.to_confirm = way
        self.changed.emit()
        return True

    def confirm(self, typed: str = "") -> None:
        """Take it that the pages leave this way, this once, if what has to be typed was."""
        if self.to_confirm is not None and is_named(self.to_type, typed):
            self._confirmed = self.to_confirm
            self._forget()
            self.changed.emit()

    @Slot()
    def take_back_confirmation(self) -> None:
        """Ask anew the next time: nothing came of what was confirmed."""
        self._unconfirm()
        self.changed.emit()

    def tell_no_printer(self) -> None:
        """Say that there is no printer; what was confirmed is asked about anew."""
        self._unconfirm()
        super().tell_no_printer()

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages, once the log says so."""
        if self.composed is None or not self.may_leave or self.must_confirm(Way.PRINT):
            return
        pdf, sealed = self.composed.pdf, self.sealed
        if sealed is not None:
            self._print_copies(pdf, sealed, printer)
            return

        printed = self._begin_print(partial(self._log_missed, Printed.DRAFT, self._meeting_id))

        def on_paper(_: object) -> None:
            self._put_logged_on_paper(pdf, printer, printed)

        self._let_go(printed.once(self._log_print), lambda: None, on_paper, self._refused)

    def name_recipient(self, name: str, recipient_id: UUID | None = None) -> None:
        """Take whom the next copy is for, as the sheet beside it says.

        Somebody's own copy, theirs by `recipient_id`, enters the distribution list as it leaves.
        """
        if (name, recipient_id) == (self.copy_for, self.copy_to):
            return
        self.copy_for, self.copy_to = name, recipient_id
        if self._confirmed is not None or self.to_confirm is not None:
            self.take_back_confirmation()

    def _print_copies(self, pdf: bytes, sealed: ToldProtocol, printer: QPrinter) -> None:
        """Print each copy with a sheet of its own, which has its number: pages are not stamped."""
        from trygga_desktop.services.copy_sheets import (  # noqa: PLC0415  the window does not wait
            ComposeCopySheet,
            compose_copy_sheet,
        )

        copies, for_whom, case_number = max(1, printer.copyCount()), self.copy_for, self.case_number
        sheets: list[tuple[int, bytes]] = []
        number_of, now = (
            self._log_of(self._uses.log_printed, self._uses.log_copy_printed),
            self._now,
        )

        def log(protocol_id: UUID) -> None:
            for _ in range(copies):
                number = number_of(protocol_id).value
                command = ComposeCopySheet(
                    protocol=sealed.protocol,
                    case_number=case_number,
                    number=number,
                    recipient=for_whom,
                    pdf=pdf,
                )
                sheets.append((number, compose_copy_sheet(command, now=now())))

        log_failed = self._uses.log_print_failed

        def spend() -> None:
            for number, _ in reversed(sheets):
                log_failed(sealed.protocol.id, number=number)

        def give_up() -> None:
            # Behind the logging, which may be under way.
            self._runner.run(self, spend, lambda _: None, self._refused)

        def on_paper(_: object) -> None:
            if self._still_prints(give_up):
                self._put_copies_on_paper(pdf, sheets, printer, sealed.protocol.id)

        self._gives_up = give_up
        self._let_go(log, lambda: None, on_paper, self._refused)

    def _put_copies_on_paper(
        self,
        pdf: bytes,
        sheets: Sequence[tuple[int, bytes]],
        printer: QPrinter,
        protocol_id: UUID,
    ) -> None:
        first, last = printer.fromPage(), printer.toPage()
        printer.setCopyCount(1)
        prints: list[Callable[[], Sending | None]] = []

        def print_sheet(sheet: bytes) -> Sending | None:
            # Whatever pages of the protocol are wanted, the sheet is one whole page.
            printer.setFromTo(0, 0)
            return self._print_pdf(sheet, printer)

        def print_pages() -> Sending | None:
            printer.setFromTo(first, last)
            return self._print_pdf(pdf, printer)

        def failed(at: int, error: Exception) -> None:
            self.spent = tuple(number for number, _ in sheets[at // 2 :])
            self._log_failure(protocol_id, error)

        for _, sheet in sheets:
            prints += [partial(print_sheet, sheet), print_pages]
        print_in_turn(
            prints,
            waits=self._wait_for_printer,
            done=lambda: self._tell_copies_printed(len(sheets)),
            failed=failed,
        )

    def _log_of(
        self, log: Callable[[UUID], Done[T]], log_own: Callable[[OwnCopy], Done[T]]
    ) -> Callable[[UUID], Done[T]]:
        """Return what has it logged: for somebody by name it enters the list at the same time."""
        recipient_id = self.copy_to
        if recipient_id is None:
            return log
        from trygga_desktop.services.sealed_copies import OwnCopy  # noqa: PLC0415  as above

        return lambda protocol_id: log_own(
            OwnCopy(protocol_id=protocol_id, recipient_id=recipient_id)
        )

    def _tell_copies_printed(self, count: int) -> None:
        if isValid(self):
            self._tell_printed(count)
            self._tell_others()

    def _tell_others(self) -> None:
        if self.copy_to is not None:
            self.made.emit(Changes(meetings=True))

    def _log_failure(self, protocol_id: UUID, error: Exception) -> None:
        """Have the log say of each copy that did not come out that it did not, and tell why."""
        log, spent = self._uses.log_print_failed, self.spent

        def work() -> None:
            for number in reversed(spent):
                log(protocol_id, number=number)

        self._runner.run(self, work, lambda _: self._not_printed(error), self._refused)

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Save the pages as a file, once the log says so; ask first if there is one already."""
        if self.composed is None or not self.may_leave or self.must_confirm(Way.SAVE):
            return
        if not replaces and self._must_ask(file):
            return
        pdf, uses = self.composed.pdf, self._uses

        def saved(_: object) -> None:
            self._tell(News.SAVED, file=file)
            self._tell_others()

        self._let_go(
            self._log_save
            if self.sealed is None
            else self._log_of(uses.log_saved, uses.log_copy_saved),
            lambda: save_durably(file, pdf, replaces=replaces),
            saved,
            lambda error: self._not_saved(error, file),
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def keep(self) -> None:
        """Let nothing leave, and the file that is there stay as it is."""
        # Another name for the same file is still what was confirmed.
        if self.to_replace is None:
            self._unconfirm()
        super().keep()

    def show_excerpts(self, recipient_id: UUID | None = None) -> None:
        """Go to the excerpts of what is sealed, to this recipient's where one is named."""
        if self.is_sealed and not self.is_leaving and not self.seal.is_working:
            self.excerpts_wanted.emit(recipient_id)

    def go_back(self) -> None:
        """Go back to the meetings, or to the plan if that led here."""
        self.left.emit()

    def _let_go(
        self,
        log: Callable[[UUID], object],
        then: Callable[[], None],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask for the pages once more, have it logged, and then do it; nothing if they changed."""
        shown, sealed, fetch = self.composed, self.sealed, self._fetch()
        is_confirmed = self._confirmed is not None and self.is_outdated
        log_confirmed = self._uses.log_confirmed if is_confirmed else None
        about = self._meeting_id if self.sealed is None else self.sealed.protocol.id
        copy_to = None if self.sealed is None else self.copy_to

        def work() -> _Pages | None:
            again = fetch()
            has_changed = shown is None or again.composed.pdf != shown.pdf
            was_sealed = again.sealed is None and again.state.is_sealed
            may_have = {None, *(one.id for one in _may_have(again.sealed, again.state.recipients))}
            has_changed = has_changed or was_sealed or copy_to not in may_have
            if has_changed or _is_outdated(again.sealed) is not _is_outdated(sealed):
                return again
            if log_confirmed is not None:
                log_confirmed(about)
            log(about)
            then()
            return None

        def answered(again: _Pages | None) -> None:
            self.is_leaving = False
            if again is None:
                done(None)
            else:
                self._show_pages(again)
                self._tell(News.CHANGED)

        self._forget()
        self._unconfirm()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, answered, failed)

    def _fetch(self) -> Callable[[], _Pages]:
        """Return what has the pages made, or read as they were sealed; it runs elsewhere."""
        meeting_id, uses = self._meeting_id, self._uses
        command, target = self._command(), self.target
        compose = uses.compose_plan if target.is_plan else self._compose

        def fetch() -> _Pages:
            state = uses.read_sealing(meeting_id).value
            told = told_for(target, state)
            if told is None:
                return _Pages(compose(command).value, state, None)
            return _Pages(
                _as_composed(uses.read_sealed(told.protocol.id).value, state), state, told
            )

        return fetch

    def _command(self) -> ComposeProtocol:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.protocols import (  # noqa: PLC0415
            ComposeProtocol,
            ProtocolAudience,
        )

        is_person = self.target.audience is Audience.PERSON
        for_board = {Audience.BOARD, Audience.ADDENDUM, Audience.PLAN_BOARD}
        is_of_board = self.target.audience in for_board
        return ComposeProtocol(
            meeting_id=self._meeting_id,
            audience=ProtocolAudience.BOARD if is_of_board else ProtocolAudience.ROOM,
            recipient_id=self.target.recipient_id if is_person else None,
            language=self.language,
        )

    def _take(self, pages: _Pages, target: Target, language: str) -> None:
        if (target, language) != (self.target, self.language):
            # Somebody else was chosen meanwhile; theirs are on the way.
            return
        if target.audience is Audience.PERSON and pages.state.is_sealed:
            # It was sealed meanwhile: what one person may have is an excerpt from now on.
            self.target = Target(Audience.ROOM)
            self.seal.take(pages.state)
            self.load()
            return
        self._patience.stop()
        self._show_pages(pages)
        self.state, self.trouble = PagesState.READY, None
        self.changed.emit()
        goes_on, self._goes_on = self._goes_on, None
        if goes_on in _BEFORE_SEALING and pages.state.is_sealed:
            self._tell(News.SEALED_SINCE)
            return
        if goes_on is DraftKind.ADDENDUM:
            self.begin_addendum()
        if goes_on is DraftKind.REMARK:
            self.seal.begin_approval()
        if goes_on is DraftKind.COMPLETING:
            self.seal.begin_completing()

    def _show_pages(self, pages: _Pages) -> None:
        composed = pages.composed
        self.composed, self.sealed = composed, pages.sealed
        self.recipients = composed.recipients
        self.case_number = composed.case_number
        self.meeting_number = composed.meeting_number
        self.left_out = composed.left_out
        self.seal.plan_basis = composed.basis
        self.seal.take(pages.state)

    @Slot(object)
    def _show_sealed(self, protocol_id: UUID) -> None:
        """Read what was sealed just now as it was stored; an addendum is shown itself."""
        self._forget()
        was_corrected = self.sealed is not None
        if was_corrected:
            self.target = Target(Audience.ADDENDUM, protocol_id)
        self.load()

    @Slot()
    def _show_completed(self) -> None:
        """Have the pages made again: an action stands in them that was a note."""
        self._forget()
        self.load()

    def _show_new(self, news: News) -> None:
        """Show how the draft reads now, and say that nothing came of what was asked for."""
        self._forget()
        self._tell(news)
        self.load()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.state = PagesState.FAILED
        self.changed.emit()

    def _unconfirm(self) -> None:
        """Ask anew before pages leave: what is confirmed is these pages, one way, once."""
        self._confirmed = self.to_confirm = None

    def _forget(self) -> None:
        super()._forget()
        self.to_confirm = None
        self.spent = ()


def _may_have(
    sealed: ToldProtocol | None, recipients: Sequence[ProtocolRecipient]
) -> tuple[ProtocolRecipient, ...]:
    """Return who may have all that is sealed, as was read last."""
    if sealed is None:
        return ()
    if sealed.protocol.kind.is_for_table:
        return tuple(recipients) if sealed.is_current else ()
    if sealed.protocol.kind is ProtocolKind.FULL and not sealed.leads_to_protected:
        return tuple(one for one in recipients if one.may_read_whole)
    return tuple(one for one in recipients if one.has_grant)


def _is_outdated(sealed: ToldProtocol | None) -> bool:
    return sealed is not None and not sealed.is_current


def told_for(target: Target, state: SealingState) -> ToldProtocol | None:
    """Return what is sealed for these readers, None where nothing is."""
    for one in state.protocols:
        if target.audience is Audience.ADDENDUM and one.protocol.id == target.recipient_id:
            return one
        if one.protocol.kind is target.kind:
            return one
    return None


def _as_composed(file: SealedFile, state: SealingState) -> ComposedProtocol:
    """Return sealed pages with what stands beside them on the screen."""
    from trygga_desktop.services.protocols import (  # noqa: PLC0415  the first window does not wait
        ComposedProtocol,
        ProtocolAudience,
    )

    return ComposedProtocol(
        pdf=file.pdf,
        file_name=file.file_name,
        audience=ProtocolAudience.BOARD,
        recipient_id=None,
        recipients=state.recipients,
        case_number=state.case_number,
        meeting_number=state.meeting_number,
    )
