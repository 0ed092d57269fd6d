"""State of the recovery sheet: where the code is by now, and whether it can be read there.

A code is on the screen at most once, and only for whoever writes it down by hand: that code is
drawn for it, and none that was shown comes back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from trygga_desktop.ui.platform.errors import NotPrintedError, PrintFlaw
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw, save_durably
from trygga_desktop.ui.press import PrintPdf, print_in_turn
from trygga_desktop.ui.problems import Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.use_cases import Services

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from trygga_desktop.services.founding import PreparedVault

GROUPS_ASKED = 2


class SheetPlace(StrEnum):
    """Where the code is outside this program."""

    NOWHERE = "nowhere"
    PRINTED = "printed"
    SAVED = "saved"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class VaultWords:
    """What the sheet says of the vault."""

    municipality: str
    vault_name: str


class RecoverySheet(QObject):
    """Has the sheet printed or saved, or shows the code once, and asks two groups of it back.

    `changed` follows small changes, `turned` when something else is to be shown.
    """

    changed = Signal()
    turned = Signal()

    def __init__(
        self,
        services: Services,
        runner: TaskRunner,
        *,
        print_pdf: PrintPdf,
        words: Callable[[], VaultWords],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.prepared: PreparedVault | None = None
        self.groups: tuple[str, ...] = ()
        self.asked: tuple[int, ...] = ()
        self.answers: dict[int, str] = {}
        self.place = SheetPlace.NOWHERE
        self.since: datetime | None = None
        self.is_showing = False
        self.is_working = False
        self.is_warning = False
        self.is_earlier_void = False
        self.print_flaw: PrintFlaw | None = None
        self.save_flaw: SaveFlaw | None = None
        self.trouble: Trouble | None = None
        self._services = services
        self._runner = runner
        self._print_pdf = print_pdf
        self._words = words
        self._made_for: VaultWords | None = None

    @property
    def may_show_code(self) -> bool:
        """Return whether the code would be on one screen only."""
        return self._services.screen_count() <= 1

    @property
    def is_outside(self) -> bool:
        """Return whether the code is anywhere but here."""
        return self.place is not SheetPlace.NOWHERE

    @property
    def may_go_on(self) -> bool:
        """Return whether the code that is shown may be left, or the sheet was read back."""
        if self.is_showing:
            return self.may_show_code
        is_read = all(self.is_answer_right(group) for group in self.asked)
        return self.is_outside and is_read and not self.is_working

    def is_answer_right(self, group: int) -> bool:
        """Return whether what was typed for this group of the code is what stands on paper."""
        return bool(self.groups) and _tidy(self.answers.get(group, "")) == self.groups[group]

    def prepare(self) -> None:
        """Draw a code, unless there is one for this vault that nobody has seen here.

        A sheet with other names on it would be taken for that of another vault.
        """
        if self.prepared is None or self._made_for != self._words():
            self._draw()

    def forget(self) -> None:
        """Let go of the code and of what was typed."""
        self._let_go()
        self.is_earlier_void = False

    def _let_go(self) -> None:
        # What lies on paper somewhere opens nothing any more, and somebody must be told.
        self.is_earlier_void = self.is_earlier_void or self.is_outside
        self.prepared = self._made_for = None
        self.groups, self.asked, self.answers = (), (), {}
        self.place, self.since, self.is_showing = SheetPlace.NOWHERE, None, False
        self._clear()

    def answer(self, group: int, text: str) -> None:
        """Take what was typed for one group of the code."""
        self.answers[group] = text
        self.changed.emit()

    def print_on(self, printer: QPrinter, *, language: str) -> None:
        """Print the sheet."""
        prepared = self.prepared

        def is_wanted() -> bool:
            # A code that was let go of meanwhile is on no paper that counts.
            return isValid(self) and self.prepared is prepared

        def failed(_: int, error: Exception) -> None:
            if is_wanted():
                self._fail(error)

        def printed() -> None:
            if is_wanted():
                self._is_out(SheetPlace.PRINTED)

        def on_paper(pdf: bytes) -> None:
            print_in_turn(
                [lambda: self._print_pdf(pdf, printer)],
                waits=lambda: None,
                done=printed,
                failed=failed,
            )

        self._compose(language, lambda pdf: pdf, on_paper)

    def tell_no_printer(self) -> None:
        """Say that there is no printer, and what can be done without one."""
        self._clear()
        self.print_flaw = PrintFlaw.NO_PRINTER
        self.turned.emit()

    def warn(self) -> None:
        """Say what a file means, before a place for it is chosen."""
        self._clear()
        self.is_warning = True
        self.turned.emit()

    def give_up(self) -> None:
        """Save no file."""
        self._clear()
        self.turned.emit()

    def save_to(self, file: Path, *, language: str) -> None:
        """Save the sheet as a file; what is there already is kept."""

        def save(pdf: bytes) -> bytes:
            save_durably(file, pdf)
            return b""

        self._compose(language, save, lambda _: self._is_out(SheetPlace.SAVED))

    def write_by_hand(self) -> None:
        """Show a code, for once: a new one. A sheet that was printed before is void."""
        self._draw(is_shown=True)

    def stop_showing(self) -> None:
        """Take the code away without its having been written down: it is used for nothing."""
        self._draw()

    def wrote(self) -> None:
        """Take the code away: it is on paper now."""
        if self.is_showing and self.may_show_code:
            self.is_showing = False
            self._is_out(SheetPlace.WRITTEN)

    def _draw(self, *, is_shown: bool = False) -> None:
        prepare, words = self._services.prepare_vault, self._words()

        def drawn(prepared: PreparedVault) -> None:
            self.is_working = False
            self._take(prepared, words)
            self.is_showing = is_shown
            self.turned.emit()

        self._let_go()
        self.is_working = True
        self.turned.emit()
        # The key of the seal takes a while to draw.
        self._runner.run(self, lambda: prepare(words.municipality), drawn, self._fail)

    def _take(self, prepared: PreparedVault, words: VaultWords) -> None:
        self.prepared, self._made_for = prepared, words
        self.groups = tuple(prepared.recovery_code.split("-"))
        rest = list(range(len(self.groups)))
        drawn = [rest.pop(self._services.choose(len(rest))) for _ in range(GROUPS_ASKED)]
        self.asked, self.answers = tuple(sorted(drawn)), {}

    def _compose(
        self, language: str, then: Callable[[bytes], bytes], done: Callable[[bytes], None]
    ) -> None:
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.recovery_sheets import ComposeSheet  # noqa: PLC0415

        if self.prepared is None or self.is_working:
            return
        words, compose = self._words(), self._services.compose_sheet
        command = ComposeSheet(
            prepared=self.prepared,
            municipality=words.municipality,
            vault_name=words.vault_name,
            language=language,
        )
        self._clear()
        self.is_working = True
        self.turned.emit()
        self._runner.run(self, lambda: then(compose(command)), done, self._fail)

    def _is_out(self, place: SheetPlace) -> None:
        self.is_working = False
        self.place, self.since = place, self._services.now()
        self.turned.emit()

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, NotPrintedError):
            self.print_flaw = error.flaw
        elif isinstance(error, NotSavedError):
            self.save_flaw = error.flaw
        else:
            self.trouble = read_error(error)
        self.turned.emit()

    def _clear(self) -> None:
        self.is_warning = False
        self.print_flaw = self.save_flaw = self.trouble = None


def _tidy(group: str) -> str:
    return group.strip().upper()
