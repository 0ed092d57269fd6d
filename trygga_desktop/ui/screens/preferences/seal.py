"""State of the vault's seal: whether another one is asked for, and by what it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.seals import SealOfVault


class SealModel(QObject):
    """Asks once more before a new seal is made."""

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        make_seal: Callable[[], Done[SealOfVault]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_asking = False
        self.is_working = False
        self.words = ""
        self.trouble: Trouble | None = None
        self._make_seal = make_seal
        self._runner = runner

    @Slot()
    def ask(self) -> None:
        """Say what a new seal means, and ask."""
        self.is_asking, self.words, self.trouble = True, "", None
        self.changed.emit()

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
