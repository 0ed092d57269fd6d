"""What becomes of pages on their way out of the program, onto paper or into a file. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from unicodedata import normalize

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from trygga_desktop.services.changes import Done
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw
from trygga_desktop.ui.press import PrintPdf, print_in_turn
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class PagesState(StrEnum):
    """What stands where the pages are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class News(StrEnum):
    """What became of the pages last."""

    PRINTING = "printing"
    PRINTED = "printed"
    SAVED = "saved"
    CHANGED = "changed"
    NOT_APPROVED = "not_approved"
    NOT_SEALED = "not_sealed"
    SEALED_SINCE = "sealed_since"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One piece of news: when it came, about how many papers, and the file it is about."""

    news: News
    at: datetime
    count: int = 1
    file: Path | None = None


def is_named(called: str, typed: str) -> bool:
    """Return whether somebody typed what a case is called; neither case nor spaces matter."""

    def bare(text: str) -> str:
        return "".join(normalize("NFC", text).casefold().split())

    return bare(typed) == bare(called)


LogMissed = Callable[..., Done[None]]
"""Has the log say of something `Printed`, and of what that is about, that it did not come out."""

P = ParamSpec("P")
T = TypeVar("T")


class LoggedPrint:
    """A print that the log tells of before it happens; if it did not come out, the log says so.

    `run` has something done behind what is under way, even where the screen has been closed since.
    """

    def __init__(
        self, log_missed: Callable[[], object], run: Callable[[Callable[[], None]], None]
    ) -> None:
        self._log_missed = log_missed
        self._run = run
        self._stands = False

    def once(self, log: Callable[P, T]) -> Callable[P, T]:
        """Return `log`, which has it logged that it is printed, remembered."""

        def logged(*args: P.args, **kwargs: P.kwargs) -> T:
            done = log(*args, **kwargs)
            self._stands = True
            return done

        return logged

    def miss(self) -> None:
        """Have the log say that it did not come out, once, if it says that it was printed."""
        self._run(self._take_back)

    def _take_back(self) -> None:
        if self._stands:
            self._stands = False
            self._log_missed()


class Leaving(QObject):
    """Holds what came of printing and saving. Each heir has it logged before anything leaves.

    `to_replace` is a file that is there already, and about which somebody has to be asked.
    """

    changed = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.trouble: Trouble | None = None
        self.print_flaw: PrintFlaw | None = None
        self.save_flaw: SaveFlaw | None = None
        self.to_replace: Path | None = None
        self.told: Told | None = None
        self.is_leaving = False
        self._gives_up: Callable[[], None] | None = None
        self._print_pdf = print_pdf
        self._runner = runner
        self._now = now

    @property
    def is_printing(self) -> bool:
        """Return whether pages are on their way to a printer."""
        return self.told is not None and self.told.news is News.PRINTING

    def tell_no_printer(self) -> None:
        """Say that there is no printer; nothing was printed and nothing logged."""
        self._forget()
        self.print_flaw = PrintFlaw.NO_PRINTER
        self.changed.emit()

    def leave(self) -> None:
        """Print no more what is logged and on its way, and have the log say so: the page goes."""
        gives_up, self._gives_up = self._gives_up, None
        if gives_up is not None:
            gives_up()

    def keep(self) -> None:
        """Leave the file that is there as it is."""
        self._forget()
        self.changed.emit()

    def _must_ask(self, file: Path) -> bool:
        """Ask first where there is such a file already; return whether it was asked."""
        if not file.exists():
            return False
        self._forget()
        self.to_replace = file
        self.changed.emit()
        return True

    def _begin_print(self, log_missed: Callable[[], object]) -> LoggedPrint:
        """Return what has the log say that a print did not come out: from now on, if one leaves."""

        def run(work: Callable[[], None]) -> None:
            self._runner.run(self, work, lambda _: None, self._refused)

        printed = LoggedPrint(log_missed, run)
        self._gives_up = printed.miss
        return printed

    def _put_logged_on_paper(self, pdf: bytes, printer: QPrinter, printed: LoggedPrint) -> None:
        """Print what is logged by now, unless the page has been left, and have a failure logged."""
        if self._still_prints(printed.miss):
            self._put_on_paper(pdf, printer, printed.miss)

    def _put_on_paper(
        self, pdf: bytes, printer: QPrinter, missed: Callable[[], None] | None = None
    ) -> None:
        """Print a file and tell; `missed` follows a failure, even where nobody is told of it."""

        def failed(_: int, error: Exception) -> None:
            if missed is not None:
                missed()
            self._not_printed(error)

        print_in_turn(
            [lambda: self._print_pdf(pdf, printer)],
            waits=self._wait_for_printer,
            done=self._tell_printed,
            failed=failed,
        )

    def _still_prints(self, gives_up: Callable[[], None]) -> bool:
        """Return whether pages that are logged are still to be printed; tell where they are not.

        From here on they belong to the printer, and go on when the page is left.
        """
        if self._gives_up != gives_up:
            self._not_printed(NotPrintedError(PrintFlaw.NO_ANSWER))
            return False
        self._gives_up = None
        return True

    def _wait_for_printer(self) -> None:
        """Say that it is being printed; nothing else leaves meanwhile."""
        if isValid(self):
            self.is_leaving = True
            self._tell(News.PRINTING)

    def _tell_printed(self, count: int = 1) -> None:
        if isValid(self):
            self.is_leaving = False
            self._tell(News.PRINTED, count=count)

    def _refused(self, error: Exception) -> None:
        self.is_leaving = False
        if not self._told_elsewhere(error):
            self.changed.emit()
            self._look_again()

    def _not_printed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self.is_leaving = False
        if self.is_printing:
            self.told = None
        if not isinstance(error, NotPrintedError):
            self._refused(error)
            return
        self.print_flaw = error.flaw
        self.changed.emit()
        self._look_again()

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
        self._look_again()

    def _look_again(self) -> None:
        """Do what is needed where something did not leave; here, nothing."""

    def _tell(self, news: News, *, count: int = 1, file: Path | None = None) -> None:
        self.told = Told(news=news, at=self._now(), count=count, file=file)
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
