"""Text that could not be stored before the page it was typed on had gone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

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

    Whoever keeps a text tries that again for as long as they live, and only then does this. What
    was put to use is `spent` and must not be stored any more; work on the runner notes it.
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
        self._keepers: dict[UUID, QObject] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TRY_AGAIN)
        self._timer.timeout.connect(self.try_again)

    @property
    def is_waiting(self) -> bool:
        """Return whether any text is here alone."""
        return bool(self._waiting)

    def take(self, command: StoreDraft, error: Exception, keeper: QObject | None = None) -> None:
        """Keep a text that could not be stored; `keeper` is who tries it again while alive."""
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
        elif command.id not in self.spent:
            self._waiting[command.id] = command
            if keeper is not None:
                self._keepers[command.id] = keeper
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
            if is_ours and only in {None, command.id} and not self._is_kept(command):
                self.forget(command.id)
                return command
        return None

    @Slot()
    def try_again(self) -> None:
        """Try to store everything."""
        if self._waiting:
            self._timer.start()
        alone = (one for one in self._waiting.values() if not self._is_kept(one))
        for command in tuple(alone):
            work = partial(self._store_unspent, command)
            stored = partial(self._stored, command)
            self._runner.run(self, work, stored, partial(self.take, command))

    def forget(self, draft_id: UUID) -> None:
        """Let go of a text: it is on the disk, was used, or is kept elsewhere."""
        self._keepers.pop(draft_id, None)
        if self._waiting.pop(draft_id, None) is not None:
            self.changed.emit()

    def _is_kept(self, command: StoreDraft) -> bool:
        keeper = self._keepers.get(command.id)
        return keeper is not None and isValid(keeper)

    def _store_unspent(self, command: StoreDraft) -> None:
        # Given back meanwhile, it is kept there, perhaps with more in it.
        if self._waiting.get(command.id) is command and command.id not in self.spent:
            self._store(command)

    def _stored(self, command: StoreDraft, _: None) -> None:
        if self._waiting.get(command.id) is command:
            self.forget(command.id)
