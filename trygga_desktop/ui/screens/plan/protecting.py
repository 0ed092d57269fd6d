"""What somebody needs to be protected, as it is being written: for the guarded part alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.audience import ShownItem
    from trygga_desktop.services.plans import WriteProtectionNeed


class Protecting(QObject):
    """Keeps the words as a draft until they are stored. `known` are the needs that stand there.

    `began` follows when something is on its way, `written` when it is stored.
    """

    changed = Signal()
    began = Signal()
    written = Signal(Done)
    refused = Signal(Exception)

    def __init__(  # noqa: PLR0913  what writing stands on
        self,
        case_id: UUID,
        *,
        write: Callable[[WriteProtectionNeed], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = ""
        self.instead_of: UUID | None = None
        self.known: tuple[ShownItem, ...] = ()
        self._case_id = case_id
        self._write = write
        place = Place(kind=DraftKind.PROTECTION, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take)

    def type(self, words: str) -> None:
        """Take what somebody needs to be protected."""
        if words != self.text:
            self.text = words
            self.drafts.keep(words if words.strip() else "")
            self.changed.emit()

    def change(self, item_id: UUID | None) -> None:
        """Write in place of an earlier need of protection, or a new one."""
        earlier = next((one.text for one in self.known if one.id == item_id), "")
        self.instead_of = item_id
        if earlier and not self.text.strip():
            self.type(earlier)
        self.changed.emit()

    def write(self) -> None:
        """Store it."""
        if not self.text.strip():
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.plans import WriteProtectionNeed  # noqa: PLC0415

        command = WriteProtectionNeed(
            case_id=self._case_id, text=self.text.strip(), instead_of=self.instead_of
        )
        write = self._write
        self.began.emit()
        self.drafts.put_to_use(self, lambda: write(command), self._stored, self.refused.emit)

    def _stored(self, done: Done[UUID]) -> None:
        self.text, self.instead_of = "", None
        self.written.emit(done)

    @Slot(str)
    def _take(self, text: str) -> None:
        self.text = text
        self.changed.emit()
