"""State of the excerpts of a meeting: whose is shown, and who has been given what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import ExcerptChangedError, InvalidInputError, NotForThemError
from trygga_desktop.domain.excerpts import Cause, Way
from trygga_desktop.i18n import LANGUAGES, STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.leaving import News, PagesState, is_named
from trygga_desktop.ui.platform.saving import NotSavedError, save_durably, save_in_folder
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.problems import Trouble, read_error
from trygga_desktop.ui.screens.excerpts.chosen_copy import ChosenCopy, Listing
from trygga_desktop.ui.screens.excerpts.giving import CopyField, CopyForm
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.domain.sealing import SealedProtocol
    from trygga_desktop.services.distribution import Distribution, ListedCopy
    from trygga_desktop.services.excerpts import (
        ComposedExcerpt,
        ExcerptDesk,
        ExcerptFile,
        GiveExcerpt,
    )
    from trygga_desktop.services.reduction import ExcerptRecipient
    from trygga_desktop.ui.case_uses import ExcerptUses

PATIENCE = 400
"""Milliseconds after which pages that are still being made are told to be."""


class Exit(StrEnum):
    """How an excerpt leaves the program."""

    PRINT = "print"
    SAVE = "save"
    EXPORT = "export"


class ExcerptsViewModel(ChosenCopy):
    """Has an excerpt made to look at, and gives it; what changed meanwhile does not leave.

    Giving it seals and stores it and writes it into the log, before anything is printed or saved.
    Where somebody is protected it is asked once more before that, each time. `unread` tells why
    there are no pages, `unlisted` why nobody knows who has what: the other is there all the same.
    """

    left = Signal()
    made = Signal(Changes)

    def __init__(  # noqa: PLR0913  what the screen stands on
        self,
        case_id: UUID,
        meeting_id: UUID,
        *,
        uses: ExcerptUses,
        drafts: DraftUses,
        reasons_toml: str,
        may_give: bool,
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        goes_on: bool = False,
        chosen_id: UUID | None = None,
        copy_id: UUID | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(
            case_id,
            uses=uses,
            may_give=may_give,
            print_pdf=print_pdf,
            runner=runner,
            now=now,
            parent=parent,
        )
        self.state = PagesState.LOADING
        self.unread: Trouble | None = None
        self.unlisted: Trouble | None = None
        self.desk: ExcerptDesk | None = None
        self.composed: ComposedExcerpt | None = None
        self.chosen_id = chosen_id
        self.copy_id = copy_id
        self.shows_list = copy_id is not None
        self.way = Way.BY_HAND
        self.is_reminded = False
        self.language = next(iter(LANGUAGES))
        self.reasons_toml = reasons_toml
        self.to_confirm: Exit | None = None
        self.giving: CopyForm | None = None
        self._confirmed: Exit | None = None
        self._given: ExcerptFile | None = None
        self._meeting_id = meeting_id
        self._drafts = drafts
        self._goes_on = goes_on
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def recipients(self) -> tuple[ExcerptRecipient, ...]:
        """Return whom an excerpt can be made for."""
        return () if self.desk is None else self.desk.recipients

    @property
    def recipient(self) -> ExcerptRecipient | None:
        """Return the one whose excerpt is shown."""
        return next((one for one in self.recipients if one.id == self.chosen_id), None)

    @property
    def may_leave(self) -> bool:
        """Return whether there is an excerpt that this user may give."""
        is_there = self.composed is not None and self.composed.is_for_them
        return self.may_give and is_there and not self.is_leaving

    @property
    def to_export(self) -> tuple[UUID, ...]:
        """Return the excerpts of this meeting, given as files, that their recipients may have."""
        return tuple(
            one.copy.excerpt_id
            for one in reversed(self._as_files)
            if one.copy.excerpt_id is not None and not one.is_due_back
        )

    @property
    def not_exported(self) -> int:
        """Return how many excerpts of this meeting should come back, and go into no folder."""
        return sum(one.is_due_back for one in self._as_files)

    @property
    def may_note(self) -> bool:
        """Return whether there is something that somebody can have been given a copy of."""
        return self.may_give and bool(self._protocols) and not self.is_leaving

    @property
    def _as_files(self) -> tuple[ListedCopy, ...]:
        return tuple(
            one
            for one in self.copies
            if one.copy.excerpt_id is not None
            and one.copy.meeting_id == self._meeting_id
            and one.copy.way is Way.AS_FILE
            and one.copy.state.is_out
        )

    @property
    def _protocols(self) -> tuple[SealedProtocol, ...]:
        """Return what is sealed of this meeting: first what everyone at the table may have."""
        known = () if self.distribution is None else self.distribution.protocols
        of_meeting = [one for one in known if one.meeting_id == self._meeting_id]
        return tuple(sorted(of_meeting, key=lambda one: (one.kind != "room", one.sequence)))

    @Slot()
    def load(self) -> None:
        """Read whom excerpts are for and who has what, and have the chosen one made."""
        # Pages that may not be right any more must not stay where they could be given.
        self.composed = None
        self.seen = None
        self.unread = self.unlisted = None
        self._unconfirm()
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        uses, case_id, meeting_id = self._uses, self._case_id, self._meeting_id
        # By itself: this is the only way to the list, and a protocol that cannot be read is when
        # somebody needs to know who has it.
        self._runner.run(
            self,
            lambda: uses.read_distribution(case_id).value,
            self._take_list,
            self._list_failed,
        )
        self._runner.run(self, lambda: uses.read_excerpts(meeting_id).value, self._take, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something that excerpts tell of was changed."""
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

    def choose(self, recipient_id: UUID) -> None:
        """Show somebody else's."""
        if self.is_leaving or (recipient_id == self.chosen_id and not self.shows_list):
            return
        self.cancel_giving()
        self.shows_list = False
        self.seen = None
        self.chosen_id = recipient_id
        self.is_reminded = False
        self.language = next(iter(LANGUAGES))
        self._unconfirm()
        self._forget()
        self._make()

    def show_list(self) -> None:
        """Show who has been given what."""
        if self.is_leaving or (self.shows_list and self.seen is None):
            return
        self.shows_list = True
        self.seen = None
        self._unconfirm()
        self._forget()
        self.changed.emit()

    def choose_copy(self, copy_id: UUID | None) -> None:
        """Choose one line of the list."""
        if copy_id != self.copy_id:
            self.copy_id = copy_id
            self.changed.emit()

    def choose_language(self, code: str) -> None:
        """Say in which language the program's own words stand in it."""
        if code != self.language and code in LANGUAGES and not self.is_leaving:
            self.language = code
            self._unconfirm()
            self._forget()
            self._make()

    def choose_way(self, way: Way) -> None:
        """Say how the paper gets to its recipient."""
        if way is not self.way and not self.is_leaving:
            self.way = way
            self._unconfirm()
            self.changed.emit()

    def remind(self, *, is_reminded: bool) -> None:
        """Say that whoever takes it was reminded of the duty of confidentiality."""
        if is_reminded is not self.is_reminded and not self.is_leaving:
            self.is_reminded = is_reminded
            self._unconfirm()
            self._forget()
            self._make()

    @property
    def to_type(self) -> str:
        """Return what has to be typed before anything leaves: whom it is about."""
        told = self.distribution if self.to_confirm is Exit.EXPORT else self.desk
        return "" if told is None else told.called or told.case_number

    def must_confirm(self, way_out: Exit) -> bool:
        """Return whether somebody has to say once more that it leaves this way, and ask."""
        # What goes into a folder comes from the list, which is read also where the desk cannot be.
        told = self.distribution if way_out is Exit.EXPORT else self.desk
        if told is None or not told.is_protected or self._confirmed is way_out:
            return False
        self._forget()
        self.to_confirm = way_out
        self.changed.emit()
        return True

    def confirm(self, typed: str = "") -> None:
        """Take it that it leaves this way, this once, if it is typed whom it is about."""
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
        """Give the excerpt on paper: sealed, stored and logged first, then printed."""
        command = self._command(self.way)
        if command is None or self.must_confirm(Exit.PRINT):
            return

        logged: list[ExcerptFile] = []
        report, case_id = self._uses.report_spoilt, self._case_id

        def spoil() -> None:
            for one in logged:
                report(case_id, one.excerpt.id)

        def give_up() -> None:
            # Behind the giving, which may be under way.
            self._runner.run(self, spoil, lambda _: None, self._refused)

        def on_paper(given: ExcerptFile) -> None:
            self._given = None
            if self._still_prints(give_up):
                # A copy with a number is on paper once: another one is given, and counted, anew.
                printer.setCopyCount(1)
                self._put_on_paper(given.pdf, printer, partial(self._report_spoilt, given))

        self._gives_up = give_up
        self._give(command, logged.append, on_paper, self._refused)

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Give the excerpt as a file: sealed, stored and logged first, then saved.

        Where nobody chose another name than was offered, it gets that of its control code.
        """
        command, composed = self._command(Way.AS_FILE), self.composed
        if command is None or composed is None or self.must_confirm(Exit.SAVE):
            return
        is_offered = file.name == composed.file_name
        if not replaces and not is_offered and self._must_ask(file):
            return

        def place(given: ExcerptFile) -> Path:
            return file.with_name(given.file_name) if is_offered else file

        self._give(
            command,
            lambda given: save_durably(place(given), given.pdf, replaces=replaces),
            lambda given: self._tell(News.SAVED, file=place(given)),
            lambda error: self._not_saved(error, file),
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def export_to(self, folder: Path) -> None:
        """Save the excerpts that were given as files into a folder, with their checksums."""
        if not self.to_export or self.is_leaving or self.must_confirm(Exit.EXPORT):
            return
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.excerpts import ExportExcerpts  # noqa: PLC0415

        command = ExportExcerpts(meeting_id=self._meeting_id, excerpt_ids=self.to_export)
        export = self._uses.export_excerpts

        # One of its own: nothing that lies there is in the way, and nothing else among them.
        place = folder / f"{self._now().astimezone(STOCKHOLM):%Y-%m-%d-%H%M%S}"

        def work() -> int:
            files = export(command).value
            save_in_folder(place, files)
            return len(files)

        def saved(count: int) -> None:
            self.is_leaving = False
            self._tell(News.SAVED, count=count, file=place)

        self._begin_leaving()
        self._runner.run(self, work, saved, self._not_exported)

    def _not_exported(self, error: Exception) -> None:
        """Tell why no folder was made; there is none to be replaced."""
        self.is_leaving = False
        if isinstance(error, NotSavedError):
            self.save_flaw = error.flaw
            self.changed.emit()
            return
        self._refused(error)

    @Slot()
    def begin_giving(self) -> None:
        """Let somebody write down a copy that was given elsewhere; what was begun comes back."""
        if not self.may_note or self.giving is not None:
            return
        self.seen = None
        today = self._now().astimezone(STOCKHOLM).date()
        form = CopyForm(self._protocols, today=today, parent=self)
        place = Place(kind=DraftKind.COPY, subject_id=self._meeting_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        keeper.failed.connect(self.failed)
        form.keep_with(keeper)
        self._unconfirm()
        self._forget()
        self.giving, self.shows_list = form, True
        # What is noted now need not come back: among what should it would not be seen.
        self.listing = Listing.ALL
        self.changed.emit()

    @Slot()
    def cancel_giving(self) -> None:
        """Record nothing. What was written of a copy stays as a draft."""
        form = self.giving
        if form is None or form.is_working:
            return
        self._store_typed()
        self.giving = None
        self.changed.emit()

    def leave(self) -> None:
        """Store what is being typed at once, and print no more what did not reach a printer."""
        super().leave()
        self._store_typed()

    def _store_typed(self) -> None:
        if self.giving is not None and self.giving.drafts is not None:
            self.giving.drafts.store_now()

    @Slot()
    def record_giving(self) -> None:
        """Record the copy that was written down."""
        form = self.giving
        command = None if form is None else form.command()
        if form is None or command is None:
            return
        record = self._uses.record_copy

        def recorded(done: Done[UUID]) -> None:
            self.giving, self.copy_id = None, done.value
            self._read_anew()

        form.begin()
        form.put_to_use(self._runner, self, lambda: record(command), recorded, self._not_recorded)

    def _not_recorded(self, error: Exception) -> None:
        form = self.giving
        if form is None or self._told_elsewhere(error):
            return
        self.trouble = None
        if isinstance(error, InvalidInputError) and error.field in set(CopyField):
            form.refuse(error.field, error.flaw)
        else:
            form.fail(read_error(error))
            self.changed.emit()

    def ask_back(self, cause: Cause) -> None:
        """Note that the chosen copy was asked back."""
        from trygga_desktop.services.distribution import AskBack  # noqa: PLC0415  as above

        copy = self.copy
        if copy is not None:
            command = AskBack(case_id=self._case_id, copy_id=copy.copy.id, cause=cause)
            self._write(lambda: self._uses.ask_back(command))

    def take_back(self, *, is_destroyed: bool) -> None:
        """Note that the chosen copy came back, or is destroyed."""
        from trygga_desktop.services.distribution import TakeBack  # noqa: PLC0415  as above

        copy = self.copy
        if copy is not None:
            command = TakeBack(
                case_id=self._case_id, copy_id=copy.copy.id, is_destroyed=is_destroyed
            )
            self._write(lambda: self._uses.take_back(command))

    def note_spoilt(self) -> None:
        """Note that the chosen copy did not come out whole: its number is spent."""
        copy = self.copy
        if copy is not None:
            case_id, copy_id = self._case_id, copy.copy.id
            self._write(lambda: self._uses.report_spoilt(case_id, copy_id))

    def correct(self) -> None:
        """Note that what was noted last of the chosen copy was wrong."""
        copy = self.copy
        if copy is not None:
            case_id, copy_id = self._case_id, copy.copy.id
            self._write(lambda: self._uses.correct_copy(case_id, copy_id))

    def keep(self) -> None:
        """Let nothing leave."""
        self._unconfirm()
        super().keep()

    def go_back(self) -> None:
        """Go back to the protocol."""
        self.left.emit()

    def _make(self) -> None:
        # Imported here: as above.
        from trygga_desktop.services.excerpts import ComposeExcerpt  # noqa: PLC0415

        wanted = (self.chosen_id, self.is_reminded, self.language)
        if self.chosen_id is None:
            self._patience.stop()
            self.state = PagesState.READY
            self.changed.emit()
            return
        command = ComposeExcerpt(
            meeting_id=self._meeting_id,
            recipient_id=self.chosen_id,
            is_reminded=self.is_reminded,
            language=self.language,
        )
        compose = self._uses.compose_excerpt
        self.composed = self.unread = None
        self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()

        def made(composed: ComposedExcerpt) -> None:
            # Somebody else's may have been chosen meanwhile; that one is on the way.
            if wanted == (self.chosen_id, self.is_reminded, self.language):
                self._patience.stop()
                self.composed = composed
                self.state, self.trouble = PagesState.READY, None
                self.changed.emit()

        self._runner.run(self, lambda: compose(command).value, made, self._fail)

    def _command(self, way: Way) -> GiveExcerpt | None:
        # Imported here: as above.
        from trygga_desktop.services.excerpts import GiveExcerpt  # noqa: PLC0415

        composed = self.composed
        if composed is None or not self.may_leave or self.chosen_id is None:
            return None
        return GiveExcerpt(
            meeting_id=self._meeting_id,
            recipient_id=self.chosen_id,
            basis=composed.basis,
            way=way,
            is_reminded=self.is_reminded,
            language=self.language,
        )

    def _give(
        self,
        command: GiveExcerpt,
        then: Callable[[ExcerptFile], None],
        done: Callable[[ExcerptFile], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Have it sealed, stored and logged, and then let it leave."""
        give = self._uses.give_excerpt

        def work() -> ExcerptFile:
            given = give(command)
            self._given = given.value
            then(given.value)
            return given.value

        def answered(given: ExcerptFile) -> None:
            self.is_leaving = False
            done(given)
            self._given = None
            self._read_anew()

        self._begin_leaving()
        self._runner.run(self, work, answered, failed)

    def _begin_leaving(self) -> None:
        self._forget()
        self._given = None
        self._unconfirm()
        self.is_leaving = True
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ExcerptChangedError | NotForThemError):
            self.is_leaving = False
            self._tell(News.CHANGED)
            self.load()
            return
        super()._refused(error)

    def _look_again(self) -> None:
        given, self._given = self._given, None
        if given is not None:
            self._report_spoilt(given)

    def _report_spoilt(self, given: ExcerptFile) -> None:
        """Note that the copy which did not leave is spoilt: its number is spent."""
        report, case_id, copy_id = self._uses.report_spoilt, self._case_id, given.excerpt.id
        self._runner.run(
            self,
            lambda: report(case_id, copy_id).value,
            lambda _: self._read_anew(),
            self._refused,
        )

    def _write(self, act: Callable[[], object]) -> None:
        """Store what became of a copy, and read the list again."""
        if self.is_leaving:
            return
        self._begin_leaving()

        def stored(_: object) -> None:
            self.is_leaving = False
            self._read_anew()

        self._runner.run(self, act, stored, self._refused)

    @Slot()
    def _read_anew(self) -> None:
        self.made.emit(Changes(meetings=True))
        self.load()

    def _take_list(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self._choose_listed()
        self.changed.emit()
        goes_on, self._goes_on = self._goes_on, False
        if goes_on:
            self.begin_giving()

    def _list_failed(self, error: Exception) -> None:
        if self._told_elsewhere(error):
            return
        # What was read earlier may not be all by now: it does not stand there as if it were.
        self.distribution = None
        self.unlisted, self.trouble = self.trouble, None
        self.changed.emit()

    def _take(self, desk: ExcerptDesk) -> None:
        self.desk = desk
        if self.recipient is None:
            self.chosen_id = next((one.id for one in self.recipients), None)
        self._make()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.composed = None
        self.state = PagesState.FAILED
        # Whatever becomes of a copy meanwhile, there are still no pages.
        self.unread, self.trouble = self.trouble, None
        self.changed.emit()

    def _unconfirm(self) -> None:
        """Ask anew before anything leaves: what is confirmed is one paper, one way, once."""
        self._confirmed = self.to_confirm = None

    def _forget(self) -> None:
        super()._forget()
        self.to_confirm = None
