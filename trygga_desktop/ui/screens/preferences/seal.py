"""State of the vault's seal: whether another one is asked for, and by what it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.press import PrintPdf, print_in_turn
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.seals import SealOfVault


class SealModel(QObject):
    """Tells the seal in force, prints its fingerprint, and asks before a new one is made."""

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the card tells and does
        self,
        *,
        make_seal: Callable[[], Done[SealOfVault]],
        seal: Callable[[], str],
        compose_sheet: Callable[[str], bytes],
        runner: TaskRunner,
        may_make: bool = True,
        print_pdf: PrintPdf = print_pdf,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.may_make = may_make
        self.print_flaw: PrintFlaw | None = None
        self._seal, self._compose_sheet, self._print_pdf = seal, compose_sheet, print_pdf
        self.is_asking = False
        self.is_working = False
        self.words = ""
        self.trouble: Trouble | None = None
        self._make_seal = make_seal
        self._runner = runner

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of the seal in force in 64 hex digits, or nothing."""
        return self._seal()

    @Slot()
    def ask(self) -> None:
        """Say what a new seal means, and ask."""
        if self.may_make:
            self._forget()
            self.is_asking = True
            self.changed.emit()

    def print_on(self, printer: QPrinter, *, language: str) -> None:
        """Print a sheet with the fingerprint."""
        if self.is_working or not self.fingerprint:
            return
        compose = self._compose_sheet

        def failed(_: int, error: Exception) -> None:
            if not isValid(self):
                return
            if not isinstance(error, NotPrintedError):
                self._fail(error)
                return
            self.is_working = False
            self.print_flaw = error.flaw
            self.changed.emit()

        def on_paper(pdf: bytes) -> None:
            print_in_turn(
                [lambda: self._print_pdf(pdf, printer)],
                waits=lambda: None,
                done=self._printed,
                failed=failed,
            )

        self._forget()
        self.is_working = True
        self.changed.emit()
        self._runner.run(self, lambda: compose(language), on_paper, self._fail)

    def _printed(self) -> None:
        if isValid(self):
            self.is_working = False
            self.changed.emit()

    def tell_no_printer(self) -> None:
        """Say that there is no printer."""
        self._forget()
        self.print_flaw = PrintFlaw.NO_PRINTER
        self.changed.emit()

    def _forget(self) -> None:
        self.words, self.trouble, self.print_flaw = "", None, None

    @Slot()
    def cancel(self) -> None:
        """Leave the seal as it is."""
        if not self.is_working:
            self.is_asking = False
            self.changed.emit()

    @Slot()
    def make(self) -> None:
        """Make the new seal; only after having asked."""
        if self.is_asking and not self.is_working:
            self.is_working, self.trouble = True, None
            self.changed.emit()
            self._runner.run(self, self._make_seal, self._made, self._fail)

    def _made(self, done: Done[SealOfVault]) -> None:
        self.is_working = self.is_asking = False
        self.words = done.value.words
        self.changed.emit()
        self.made.emit(done.changes)

    def _fail(self, error: Exception) -> None:
        self.is_working = self.is_asking = False
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()
