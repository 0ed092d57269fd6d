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

LONGEST_UNSTORED = 1_200
"""Milliseconds for which whoever types without a pause has nothing stored: never as much as 2 s."""

TRY_AGAIN = 5_000
"""Milliseconds until a draft that could not be stored is tried again."""


class DraftState(StrEnum):
    """Where the text is safe."""

    NONE = "none"
    SAVING = "saving"
    SAVED = "saved"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a draft belongs: what it was going to become, of what, and the case leading there."""

    kind: DraftKind
    subject_id: UUID | None = None
    case_id: UUID | None = None

    def holds(self, draft: Draft) -> bool:
        """Tell whether a draft belongs here and was not thrown away."""
        is_ours = draft.kind is self.kind and draft.subject_id == self.subject_id
        return is_ours and draft.thrown_at is None


def _tell_nobody(_: object) -> None:
    """Need nobody to be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUses:
    """The use cases for drafts.

    `tell` is called by each keeper when it has another state, `tell_thrown` with the id and the
    place of what was just thrown away.
    """

    store: Callable[[StoreDraft], Done[None]]
    read: Callable[[], Done[tuple[Draft, ...]]]
    discard: Callable[[UUID], Done[None]]
    throw: Callable[[UUID], Done[None]]
    bring_back: Callable[[UUID], Done[None]]
    empty_bin: Callable[[], Done[None]]
    tell: Callable[[DraftKeeper], None] = _tell_nobody
    tell_thrown: Callable[[tuple[UUID, Place]], None] = _tell_nobody


class DraftKeeper(QObject):
    """Holds one draft. `found` tells the text of an earlier one, if nothing was typed meanwhile.

    A draft that cannot be stored waits and is tried again; the text stays where it was typed. It is
    told to be saved when all of it is on the disk, and no longer once another key is pressed.
    """

    changed = Signal()
    found = Signal(str)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what a draft is made of
        self,
        uses: DraftUses,
        runner: TaskRunner,
        place: Place,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = DraftState.NONE
        self.saved_at: datetime | None = None
        self.place = place
        self._uses = uses
        self._runner = runner
        self._now = now
        self._new_id = new_id
        self._id: UUID | None = None
        self._text = ""
        # What is on the disk as far as anyone knows, None where that failed.
        self._stored: str | None = ""
        self._under_way = 0
        self._timer = self._single_shot()
        self._longest = self._single_shot()

    @property
    def text(self) -> str:
        """Return what it keeps, on the disk or on the way there."""
        return self._text

    def look_for_earlier(self) -> None:
        """Ask for the draft that an earlier visit left behind."""
        read = self._uses.read
        self._runner.run(self, read, self._take_found, self._not_found)

    def keep(self, text: str) -> None:
        """Store this text soon. An empty one puts in the bin what was stored."""
        # Half characters could not be stored.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if text == self._text:
            return
        self._text = text
        self._timer.start(AFTER_LAST_KEY)
        if not self._longest.isActive():
            self._longest.start(LONGEST_UNSTORED)
        if self.state is not DraftState.WAITING:
            self._tell(DraftState.SAVING)

    @Slot()
    def store_now(self) -> None:
        """Store what is not stored yet."""
        self._rest()
        if self._text == self._stored:
            if self.state is DraftState.SAVING and not self._under_way:
                # Whoever typed has gone back to what is on the disk.
                self._tell(DraftState.SAVED if self._text else DraftState.NONE)
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.drafts import StoreDraft  # noqa: PLC0415

        if self._id is None:
            self._id = self._new_id()
        command = StoreDraft(
            id=self._id,
            kind=self.place.kind,
            text=self._text,
            subject_id=self.place.subject_id,
            case_id=self.place.case_id,
        )
        store = self._uses.store
        saved = partial(self._saved, command.id, command.text)
        failed = partial(self._not_saved, command.id)
        # Noted before the answer, so that leaving right after this does not store it twice.
        self._stored = self._text
        self._tell(DraftState.SAVING)
        self._under_way += 1
        self._runner.run(self, lambda: store(command), saved, failed)

    def discard(self) -> None:
        """Delete the draft: the text was put to use."""
        used = self._let_go()
        if used is not None:
            remove = self._uses.discard
            self._runner.run(self, lambda: remove(used), self._nothing_to_do, self._not_found)

    def throw_away(self) -> None:
        """Put the draft in the bin, as it stands now: somebody does not want it."""
        self.store_now()
        is_something = bool(self._text)
        thrown = self._let_go()
        if thrown is not None and is_something:
            throw = self._uses.throw
            self._runner.run(self, lambda: throw(thrown), self._nothing_to_do, self._not_found)
            self._uses.tell_thrown((thrown, self.place))

    def _let_go(self) -> UUID | None:
        self._rest()
        used, self._id = self._id, None
        self._text = self._stored = ""
        self.saved_at = None
        self._tell(DraftState.NONE)
        return used

    def _take_found(self, done: Done[tuple[Draft, ...]]) -> None:
        ours = [one for one in done.value if self.place.holds(one)]
        if not ours or self._text:
            return
        # The newest comes first. A clock that was set back would say otherwise.
        latest = ours[0]
        self._id = latest.id
        self._text = self._stored = latest.text
        self.saved_at = latest.stored_at
        self._tell(DraftState.SAVED)
        self.found.emit(latest.text)

    def _saved(self, draft_id: UUID, text: str, _: Done[None]) -> None:
        self._under_way -= 1
        if self._id != draft_id or self._text != text:
            # Something else stands there by now, which is not on the disk.
            return
        self.saved_at = self._now()
        self._tell(DraftState.SAVED if text else DraftState.NONE)

    def _not_saved(self, draft_id: UUID, error: Exception) -> None:
        self._under_way -= 1
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        if self._id != draft_id:
            # It was put to use or thrown away meanwhile, and waits for nothing.
            return
        self._stored = None
        self._tell(DraftState.WAITING)
        self._timer.start(TRY_AGAIN)

    def _not_found(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def _nothing_to_do(self, _: Done[None]) -> None:
        """Need nothing from the answer: the draft is gone."""

    def _rest(self) -> None:
        self._timer.stop()
        self._longest.stop()

    def _single_shot(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.store_now)
        return timer

    def _tell(self, state: DraftState) -> None:
        if state is self.state and state is not DraftState.SAVED:
            return
        self.state = state
        self.changed.emit()
        self._uses.tell(self)


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
