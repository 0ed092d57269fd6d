"""State of finding a protocol from paper alone: the code that was typed, and what it stands for."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.sealed_files import FoundProtocol


class PaperState(StrEnum):
    """How far it has come."""

    NOTHING = "nothing"
    LOOKING = "looking"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    FOUND = "found"
    FAILED = "failed"


class PaperModel(QObject):
    """Looks a control code up among the protocols of the cases that are open to whoever asks.

    `protocol_wanted` follows with what was found when it is to be shown.
    """

    changed = Signal()
    protocol_wanted = Signal(object)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        find_by_code: Callable[[str], Done[FoundProtocol | None]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PaperState.NOTHING
        self.typed = ""
        self.found: FoundProtocol | None = None
        self.trouble: Trouble | None = None
        self._find_by_code = find_by_code
        self._runner = runner

    def type(self, text: str) -> None:
        """Take what was typed; what an earlier code stood for is no answer to it."""
        if text != self.typed:
            self.typed = text
            self._answer(PaperState.NOTHING)

    @Slot()
    def look(self) -> None:
        """Look the code up, if anything was typed."""
        typed, find = self.typed, self._find_by_code
        if not typed.strip() or self.state is PaperState.LOOKING:
            return

        def taken(done: Done[FoundProtocol | None]) -> None:
            if typed == self.typed:
                is_known = done.value is not None
                self._answer(PaperState.FOUND if is_known else PaperState.UNKNOWN, done.value)

        self._answer(PaperState.LOOKING)
        self._runner.run(self, lambda: find(typed), taken, self._fail)

    @Slot()
    def show_protocol(self) -> None:
        """Ask for the page of what was found."""
        if self.found is not None:
            self.protocol_wanted.emit(self.found)

    def _answer(self, state: PaperState, found: FoundProtocol | None = None) -> None:
        self.state, self.found, self.trouble = state, found, None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        if isinstance(error, InvalidInputError):
            self._answer(PaperState.UNREADABLE)
            return
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        self._answer(PaperState.FAILED)
        self.trouble = trouble
        self.changed.emit()
