"""Keeps what is being typed: a little after the last key, and at once when the screen is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.i18n import Language
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.drafts import StoreDraft

AFTER_LAST_KEY = 800
"""Milliseconds: longer than the pause between two keys, shorter than a thought."""

TRY_AGAIN = 5_000
"""Milliseconds until a draft that could not be stored is tried again."""


class DraftState(StrEnum):
    """Where the text is safe."""

    NONE = "none"
    SAVING = "saving"
    SAVED = "saved"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUses:
    """The use cases for drafts."""

    store: Callable[[StoreDraft], Done[None]]
    read: Callable[[], Done[tuple[Draft, ...]]]
    discard: Callable[[UUID], Done[None]]


class DraftKeeper(QObject):
    """Holds one draft. `found` tells the text of an earlier one, if nothing was typed meanwhile.

    A draft that cannot be stored waits and is tried again; the text stays where it was typed.
    """

    changed = Signal()
    found = Signal(str)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a draft is made of
        self,
        uses: DraftUses,
        runner: TaskRunner,
        *,
        kind: DraftKind,
        subject_id: UUID | None = None,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = DraftState.NONE
        self.saved_at: datetime | None = None
        self._uses = uses
        self._runner = runner
        self._kind = kind
        self._subject_id = subject_id
        self._now = now
        self._new_id = new_id
        self._id: UUID | None = None
        self._text = ""
        self._stored = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.store_now)

    def look_for_earlier(self) -> None:
        """Ask for the draft that an earlier visit left behind."""
        read = self._uses.read
        self._runner.run(self, read, self._take_found, self._not_found)

    def keep(self, text: str) -> None:
        """Store this text soon. An empty one removes the draft."""
        if text == self._text:
            return
        self._text = text
        self._timer.start(AFTER_LAST_KEY)

    @Slot()
    def store_now(self) -> None:
        """Store what is not stored yet."""
        self._timer.stop()
        if self._text == self._stored:
            return
        if not self._text:
            self.discard()
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.drafts import StoreDraft  # noqa: PLC0415

        if self._id is None:
            self._id = self._new_id()
        command = StoreDraft(
            id=self._id, kind=self._kind, text=self._text, subject_id=self._subject_id
        )
        store = self._uses.store
        failed = partial(self._not_saved, command.id, self._stored)
        # Noted before the answer, so that leaving right after this does not store it twice.
        self._stored = self._text
        self._tell(DraftState.SAVING)
        self._runner.run(self, lambda: store(command), partial(self._saved, command.id), failed)

    def discard(self) -> None:
        """Remove the draft: the text was put to use, or is not wanted."""
        self._timer.stop()
        used, self._id = self._id, None
        self._text = self._stored = ""
        self.saved_at = None
        self._tell(DraftState.NONE)
        if used is not None:
            remove = self._uses.discard
            self._runner.run(self, lambda: remove(used), self._nothing_to_do, self._not_found)

    def _take_found(self, done: Done[tuple[Draft, ...]]) -> None:
        ours = [
            one
            for one in done.value
            if one.kind is self._kind and one.subject_id == self._subject_id
        ]
        if not ours or self._text:
            return
        # The newest comes first. A clock that was set back would say otherwise.
        latest = ours[0]
        self._id = latest.id
        self._text = self._stored = latest.text
        self.saved_at = latest.stored_at
        self._tell(DraftState.SAVED)
        self.found.emit(latest.text)

    def _saved(self, draft_id: UUID, _: Done[None]) -> None:
        if self._id != draft_id:
            return
        self.saved_at = self._now()
        self._tell(DraftState.SAVED)

    def _not_saved(self, draft_id: UUID, before: str, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        if self._id != draft_id:
            # It was put to use or thrown away meanwhile, and waits for nothing.
            return
        self._stored = before
        self._tell(DraftState.WAITING)
        self._timer.start(TRY_AGAIN)

    def _not_found(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def _nothing_to_do(self, _: Done[None]) -> None:
        """Need nothing from the answer: the draft is gone."""

    def _tell(self, state: DraftState) -> None:
        self.state = state
        self.changed.emit()


def sign_text(drafts: DraftKeeper, language: Language, *, saved: str) -> str:
    """Return where what is typed is kept; `saved` is the translated sentence with its {time}."""
    _ = language.gettext
    match drafts.state:
        case DraftState.NONE:
            return ""
        case DraftState.SAVING:
            return _("Saving…")
        case DraftState.WAITING:
            return _("Waiting for the disk. Leave the window open: your text is only here.")
        case DraftState.SAVED:
            time = "" if drafts.saved_at is None else language.time(drafts.saved_at)
            return saved.format(time=time)
