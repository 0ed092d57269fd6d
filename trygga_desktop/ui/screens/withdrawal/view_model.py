"""State of the withdrawal desk: what was taken back, and the letters on their way out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import Leaving, News
from trygga_desktop.ui.platform.saving import save_durably
from trygga_desktop.ui.press import PrintPdf, print_in_turn
from trygga_desktop.ui.screens.withdrawal.missed import MissedLetters, words_of
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.letters import ComposedLetter, ComposeLetter, Letter
    from trygga_desktop.services.withdrawals import Withdrawal

PATIENCE = 400
"""Milliseconds after which a page that is still being read is told to be."""


class DeskState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"


class WithdrawalViewModel(Leaving):
    """Reads what a withdrawal means, and has each letter logged before it leaves the program.

    The log comes first, so that it may tell of a letter that then did not leave: that is kept here,
    and such a letter still waits.

    Nothing is shown while a second screen is there. What the letters say may have changed while
    they stood on the screen: then none leaves, and the new ones are shown instead.
    """

    left = Signal()
    meetings_wanted = Signal()
    case_wanted = Signal()

    def __init__(  # noqa: PLR0913  the use cases of a withdrawal
        self,
        case_id: UUID,
        *,
        read_withdrawal: Callable[[UUID], Done[Withdrawal]],
        compose_letter: Callable[[ComposeLetter], Done[ComposedLetter]],
        log_print: Callable[[UUID, UUID], Done[None]],
        log_failed: Callable[[UUID, UUID], Done[None]],
        log_save: Callable[[UUID, UUID], Done[None]],
        print_pdf: PrintPdf,
        screen_count: Callable[[], int],
        reasons_toml: str,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.state = DeskState.LOADING
        self.found: Withdrawal | None = None
        self.chosen: UUID | None = None
        self.reasons_toml = reasons_toml
        self._case_id = case_id
        self._read = read_withdrawal
        self._compose = compose_letter
        self._log_print = log_print
        self._log_failed = log_failed
        self._log_save = log_save
        self._screen_count = screen_count
        self._unprinted = MissedLetters()
        self._unsaved = MissedLetters()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def letters(self) -> tuple[Letter, ...]:
        """Return the letters, one for each organisation that gets one."""
        return () if self.found is None else self.found.letters

    @property
    def letter(self) -> Letter | None:
        """Return the letter that is shown."""
        return next((one for one in self.letters if one.organisation_id == self.chosen), None)

    @property
    def may_leave(self) -> bool:
        """Return whether there is a letter to print or to save."""
        return self.letter is not None and not self.is_leaving

    @Slot()
    def load(self) -> None:
        """Read what was taken back, unless somebody else may look on."""
        if self.state is DeskState.FAILED:
            self.trouble = None
        if self._screen_count() > 1:
            self.found = None
            # The name of a file is nothing for others either.
            self._forget()
            self._enter(DeskState.MORE_SCREENS)
            return
        if self.state is not DeskState.READY:
            self._enter(DeskState.LOADING)
        self._patience.start()
        read, case_id = self._read, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something changed that it tells of."""
        touches = changes.consents or changes.parties or changes.cases or changes.directory
        if (touches or changes.meetings or changes.items) and source is not self:
            self.load()

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read, if nothing stands there yet."""
        if self.state is DeskState.LOADING:
            self._enter(DeskState.SLOW)

    def choose(self, organisation_id: UUID) -> None:
        """Show the letter to another organisation."""
        if organisation_id != self.chosen and not self.is_leaving:
            self.chosen = organisation_id
            self._forget()
            self.changed.emit()

    def print_on(self, printer: QPrinter) -> None:
        """Print every letter, each once the log says so."""
        if self.is_leaving:
            return
        letters = self.letters
        wanted = [one.organisation_id for one in letters]
        logged: list[UUID] = []
        log_print = self._log_print

        def log(case_id: UUID, one: UUID) -> Done[None]:
            done = log_print(case_id, one)
            logged.append(one)
            return done

        def give_up() -> None:
            self._note_missed(logged)

        def on_paper(composed: list[ComposedLetter]) -> None:
            if self._still_prints(give_up):
                self._put_letters_on_paper(composed, letters, printer)

        def refused(error: Exception) -> None:
            self._miss(wanted, letters)
            self._refused(error)

        self._gives_up = give_up
        self._let_go(wanted, log, _only_compose, on_paper, refused)

    def _put_letters_on_paper(
        self, composed: Sequence[ComposedLetter], letters: Iterable[Letter], printer: QPrinter
    ) -> None:
        ids = [one.organisation_id for one in composed]

        def failed(at: int, error: Exception) -> None:
            for one in ids[:at]:
                self._unprinted.has_left(one)
            self._miss(ids[at:], letters)
            self._note_missed(ids[at:])
            self._not_printed(error)

        def printed() -> None:
            for one in ids:
                self._unprinted.has_left(one)
            if isValid(self):
                self._tell_printed(len(ids))
                self.load()

        print_in_turn(
            [partial(self._print_pdf, one.pdf, printer) for one in composed],
            waits=self._wait_for_printer,
            done=printed,
            failed=failed,
        )

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Save the letter that is shown, once the log says so; ask first if the file is there."""
        letter = self.letter
        if letter is None or self.is_leaving:
            return
        if not replaces and self._must_ask(file):
            return

        def saved(_: object) -> None:
            self._unsaved.has_left(letter.organisation_id)
            self._tell(News.SAVED, file=file)
            self.load()

        def not_saved(error: Exception) -> None:
            self._unsaved.miss([(letter, letter.saved_at)], at=self._now())
            self._not_saved(error, file)

        self._let_go(
            [letter.organisation_id],
            self._log_save,
            lambda one: save_durably(file, one.pdf, replaces=replaces),
            saved,
            not_saved,
        )

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def go_back(self) -> None:
        """Go back to the consents."""
        self.left.emit()

    def go_to_meetings(self) -> None:
        """Go to the meetings, where they can be called off."""
        self.meetings_wanted.emit()

    def go_to_case(self) -> None:
        """Go to the case, which can be closed or go on there."""
        self.case_wanted.emit()

    def _let_go(
        self,
        wanted: list[UUID],
        log: Callable[[UUID, UUID], Done[None]],
        then: Callable[[ComposedLetter], None],
        done: Callable[[list[ComposedLetter]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Ask once more what the letters say, have them logged, and let them go; none if changed.

        All are made before the first is logged: what cannot be made is not told to have left.
        """
        found = self.found
        if found is None or not wanted or self.is_leaving:
            return
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.letters import ComposeLetter  # noqa: PLC0415

        read, compose, case_id = self._read, self._compose, self._case_id

        def work() -> tuple[Withdrawal, list[ComposedLetter]]:
            again = read(case_id).value
            if [*map(words_of, again.letters)] != [*map(words_of, found.letters)]:
                return again, []
            composed = [
                compose(ComposeLetter(case_id=case_id, organisation_id=one)).value for one in wanted
            ]
            for one in wanted:
                log(case_id, one)
            for letter in composed:
                then(letter)
            return again, composed

        def answered(answer: tuple[Withdrawal, list[ComposedLetter]]) -> None:
            again, composed = answer
            self.is_leaving = False
            if composed:
                done(composed)
            elif self._screen_count() > 1:
                self.load()
            else:
                self._take(again)
                self._tell(News.CHANGED)

        self._forget()
        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, answered, failed)

    def _loaded(self, found: Withdrawal) -> None:
        self._patience.stop()
        if self._screen_count() > 1:
            # One came while it was being read.
            self.load()
            return
        self._take(found)
        self._enter(DeskState.READY)

    def _take(self, found: Withdrawal) -> None:
        self.found = replace(found, letters=tuple(map(self._as_it_left, found.letters)))
        ids = [one.organisation_id for one in found.letters]
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else None

    def _note_missed(self, organisations: Collection[UUID]) -> None:
        """Have the log say that these did not come out, behind that they are printed."""
        log, case_id = self._log_failed, self._case_id

        def work() -> None:
            for one in organisations:
                log(case_id, one)

        self._runner.run(self, work, lambda _: None, self._refused)

    def _miss(self, organisations: Collection[UUID], letters: Iterable[Letter]) -> None:
        missed = [(one, one.printed_at) for one in letters if one.organisation_id in organisations]
        self._unprinted.miss(missed, at=self._now())

    def _as_it_left(self, letter: Letter) -> Letter:
        return replace(
            letter,
            printed_at=self._unprinted.left_at(letter, letter.printed_at),
            saved_at=self._unsaved.left_at(letter, letter.saved_at),
        )

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # What can no longer be read must not stay on the screen.
        self.found = None
        self._enter(DeskState.FAILED)

    def _look_again(self) -> None:
        # Some may be logged by now, and what can no longer be read must not stay.
        self.load()

    def _enter(self, state: DeskState) -> None:
        self.state = state
        self.changed.emit()


def _only_compose(_: ComposedLetter) -> None:
    """Do nothing yet: a printer is painted on later."""
