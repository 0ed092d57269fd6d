"""Text that could not be stored before the page it was typed on had gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.domain.drafts import DraftKind
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.drafts import StoreDraft

TRY_AGAIN = 5_000
"""Milliseconds until a draft that could not be stored is tried again."""


class Unstored(QObject):
    """One for an open vault: tries again what could not be stored, until it is on the disk.

    What was put to use is `spent` and must not be stored any more; work on the runner notes it.
    """

    changed = Signal()
    failed = Signal(Trouble)

    def __init__(
        self,
        store: Callable[[StoreDraft], Done[None]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.spent: set[UUID] = set()
        self._store = store
        self._runner = runner
        self._waiting: dict[UUID, StoreDraft] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TRY_AGAIN)
        self._timer.timeout.connect(self.try_again)

    @property
    def is_waiting(self) -> bool:
        """Return whether any text is here alone."""
        return bool(self._waiting)

    def take(self, command: StoreDraft, error: Exception) -> None:
        """Keep a text that could not be stored, and that nobody else keeps any more."""
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
        elif command.id not in self.spent:
            self._waiting[command.id] = command
            self._timer.start()
            self.changed.emit()

    def give_back(
        self, kind: DraftKind, subject_id: UUID | None, *, only: UUID | None = None
    ) -> StoreDraft | None:
        """Hand over the newest text that belongs there, to whoever keeps it from now on.

        `only` names the one draft that is wanted.
        """
        for command in reversed(self._waiting.values()):
            is_ours = (command.kind, command.subject_id) == (kind, subject_id)
            if is_ours and only in {None, command.id}:
                self._forget(command)
                return command
        return None

    @Slot()
    def try_again(self) -> None:
        """Try to store everything."""
        for command in tuple(self._waiting.values()):
            work = partial(self._store_unspent, command)
            stored = partial(self._stored, command)
            self._runner.run(self, work, stored, partial(self.take, command))

    def _store_unspent(self, command: StoreDraft) -> None:
        # Given back meanwhile, it is kept there, perhaps with more in it.
        if self._waiting.get(command.id) is command and command.id not in self.spent:
            self._store(command)

    def _stored(self, command: StoreDraft, _: None) -> None:
        self._forget(command)

    def _forget(self, command: StoreDraft) -> None:
        if self._waiting.get(command.id) is command:
            del self._waiting[command.id]
            self.changed.emit()
