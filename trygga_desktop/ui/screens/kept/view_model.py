"""State of the page of kept text: what was not recorded, and the bin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import LASTING, Draft, Version
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftUses, place_of
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.domain.case import CaseList

PATIENCE = 400
"""Milliseconds after which text that is still being read is told to be."""


class KeptState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class KeptViewModel(QObject):
    """Lists this user's drafts, shows what stands in one, and empties the bin when told to.

    `place_wanted` carries the place of a draft that somebody wants to go on with.
    """

    changed = Signal()
    left = Signal()
    place_wanted = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        drafts: DraftUses,
        list_cases: Callable[[], Done[CaseList]],
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = KeptState.LOADING
        self.drafts: tuple[Draft, ...] = ()
        self.left_out = 0
        self.numbers: Mapping[UUID, str] = {}
        self.opened: UUID | None = None
        self.version = 0
        self.asks_to_empty = False
        self.trouble: Trouble | None = None
        self.now = now
        self._uses = drafts
        self._list_cases = list_cases
        self._runner = runner
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def unrecorded(self) -> tuple[Draft, ...]:
        """Return what waits to be gone on with, the newest first."""
        return tuple(
            one for one in self.drafts if one.thrown_at is None and one.kind not in LASTING
        )

    @property
    def thrown(self) -> tuple[Draft, ...]:
        """Return what lies in the bin, the newest first."""
        return tuple(one for one in self.drafts if one.thrown_at is not None)

    @property
    def shown(self) -> Draft | None:
        """Return the draft whose text is shown."""
        return next((one for one in self.drafts if one.id == self.opened), None)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Return what the shown draft held, the newest first."""
        one = self.shown
        if one is None:
            return ()
        return (Version(one.text, one.stored_at), *one.versions[::-1])

    @Slot()
    def load(self) -> None:
        """Read what is kept."""
        self._patience.start()
        read, list_cases = self._uses.read, self._list_cases
        self._runner.run(self, lambda: (read(), _numbers(list_cases)), self._loaded, self._fail)

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read, if nothing stands there yet."""
        if self.state is KeptState.LOADING:
            self._enter(KeptState.SLOW)

    def show_text(self, draft_id: UUID) -> None:
        """Show what stands in a draft, or no longer."""
        self.opened = None if self.opened == draft_id else draft_id
        self.version = 0
        self.changed.emit()

    def show_version(self, place: int) -> None:
        """Show what a draft held earlier; 0 is what it holds now."""
        if 0 <= place < len(self.versions):
            self.version = place
            self.changed.emit()

    def go_on(self, draft: Draft) -> None:
        """Go where a draft was being written."""
        self.place_wanted.emit(place_of(draft))

    def throw_away(self, draft: Draft) -> None:
        """Put a draft in the bin."""
        throw, told = self._uses.throw, (draft.id, place_of(draft))
        self._change(lambda: throw(draft.id), partial(self._uses.tell_thrown, told))

    def bring_back(self, draft: Draft) -> None:
        """Take a draft out of the bin."""
        bring_back = self._uses.bring_back
        self._change(lambda: bring_back(draft.id))

    def use_version(self) -> None:
        """Have the shown draft hold again what is shown of it; what it held since is kept too."""
        one, place = self.shown, self.version
        if one is None or not place:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.drafts import StoreDraft  # noqa: PLC0415

        command = StoreDraft(
            id=one.id,
            kind=one.kind,
            text=self.versions[place].text,
            subject_id=one.subject_id,
            case_id=one.case_id,
            keeps_before=True,
        )
        store = self._uses.store
        self.version = 0
        self._change(lambda: store(command))

    def ask_to_empty(self, *, asks: bool) -> None:
        """Ask before the bin is emptied for ever, or ask no more."""
        self.asks_to_empty = asks
        self.changed.emit()

    def empty_bin(self) -> None:
        """Delete for ever what lies in the bin."""
        self.asks_to_empty = False
        self._change(self._uses.empty_bin)

    def go_back(self) -> None:
        """Go back to home."""
        self.left.emit()

    def _change(
        self, work: Callable[[], Done[None]], then: Callable[[], None] | None = None
    ) -> None:
        self.trouble = None

        def changed(done: Done[None]) -> None:
            self.made.emit(done.changes)
            if then is not None:
                then()
            self.load()

        self._runner.run(self, work, changed, self._refused)

    def _loaded(self, both: tuple[Done[tuple[Draft, ...]], Mapping[UUID, str]]) -> None:
        self._patience.stop()
        done, self.numbers = both
        self.drafts, self.left_out, self.trouble = done.value, done.left_out, None
        self._enter(KeptState.READY)

    def _refused(self, error: Exception) -> None:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self._refused(error)
        # What can no longer be read must not stay on the screen.
        self.drafts = ()
        self._enter(KeptState.FAILED)

    def _enter(self, state: KeptState) -> None:
        self.state = state
        self.changed.emit()


def _numbers(list_cases: Callable[[], Done[CaseList]]) -> Mapping[UUID, str]:
    # Imported here: the first window does not wait for the database.
    from trygga_desktop.domain.errors import NoRightError  # noqa: PLC0415

    try:
        return {one.id: one.case_number for one in list_cases().value.rows}
    except NoRightError:
        # Whoever has no cases has drafts of the directory all the same.
        return {}
