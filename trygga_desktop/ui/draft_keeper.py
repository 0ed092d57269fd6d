"""Keeps what is being typed: a little after the last key, and at once when the screen is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from trygga_desktop.domain.drafts import Draft, DraftKind, UsedDraft
from trygga_desktop.i18n import Language
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.unstored import TRY_AGAIN, Unstored

if TYPE_CHECKING:
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.drafts import StoreDraft

T = TypeVar("T")

AFTER_LAST_KEY = 800
"""Milliseconds: longer than the pause between two keys, shorter than a thought."""

LONGEST_UNSTORED = 1_200
"""Milliseconds for which whoever types without a pause has nothing stored: never as much as 2 s."""


class DraftState(StrEnum):
    """Where the text is safe."""

    NONE = "none"
    SAVING = "saving"
    SAVED = "saved"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a draft belongs: what it was going to become, of what, and the case leading there.

    Of several drafts in one place `draft_id` names the one that somebody wants to go on with.
    """

    kind: DraftKind
    subject_id: UUID | None = None
    case_id: UUID | None = None
    draft_id: UUID | None = field(default=None, compare=False)

    def holds(self, draft: Draft) -> bool:
        """Tell whether a draft belongs here and was not thrown away."""
        is_ours = draft.kind is self.kind and draft.subject_id == self.subject_id
        return is_ours and draft.thrown_at is None


def place_of(draft: Draft) -> Place:
    """Return where one goes on with a draft."""
    return Place(
        kind=draft.kind,
        subject_id=draft.subject_id,
        case_id=draft.case_id,
        draft_id=draft.id,
    )


class UseDraft(Protocol):
    """Does what records the text of a draft; the draft goes with the same transaction."""

    def __call__(self, used: UsedDraft, record: Callable[[], T], /) -> T:
        """Return what `record` returns, raise what it raises."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A draft that is being put to use, as it was when that began."""

    id: UUID
    text: str
    rest: str
    is_stored: bool = True


def _tell_nobody(_: object) -> None:
    """Need nobody to be told."""


def _take_out_nothing() -> None:
    """Need nothing to be taken out of the bin."""


def _none_wanted() -> UUID | None:
    """Prefer no draft."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftUses:
    """The use cases for drafts.

    `tell` is called by each keeper when it has another state, `tell_thrown` with the id and the
    place of what lies in the bin now. `wanted` names the draft that somebody asked to go on with,
    of several in one place. `unstored` keeps what could not be stored when its keeper has gone.
    """

    store: Callable[[StoreDraft], Done[None]]
    read: Callable[[], Done[tuple[Draft, ...]]]
    discard: Callable[[UUID], Done[None]]
    use: UseDraft
    throw: Callable[[UUID], Done[None]]
    bring_back: Callable[[UUID], Done[None]]
    empty_bin: Callable[[], Done[None]]
    tell: Callable[[DraftKeeper], None] = _tell_nobody
    tell_thrown: Callable[[tuple[UUID, Place]], None] = _tell_nobody
    wanted: Callable[[], UUID | None] = _none_wanted
    unstored: Unstored | None = None


class DraftKeeper(QObject):
    """Holds one draft. `found` tells the text of an earlier one, if nothing was typed meanwhile.

    A draft that cannot be stored waits and is tried again; the text stays where it was typed. It is
    told to be saved when all of it is on the disk, and no longer once another key is pressed. One
    that `merges` also finds the draft that somebody wants to go on with when it keeps another:
    whoever takes it keeps both from then on.
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
        merges: bool = False,
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
        self._merges = merges
        self._id: UUID | None = None
        self._text = ""
        # What is on the disk as far as anyone knows, None where that failed.
        self._stored: str | None = ""
        self._sent: _Sent | None = None
        # Another draft whose text stands in this one by now.
        self._merged: UUID | None = None
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
        if self._sent is not None and text == self._sent.text:
            # All of it is on its way.
            text = ""
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
        if self._text == self._stored and self._merged is None:
            if self.state is DraftState.SAVING and not self._under_way:
                # Whoever typed has gone back to what is on the disk.
                self._tell(DraftState.SAVED if self._text else DraftState.NONE)
            return
        command, merged, uses = self._command(), self._merged, self._uses

        def work() -> Done[None]:
            done = uses.store(command)
            if merged is not None:
                uses.discard(merged)
            return done

        saved = partial(self._saved, command)
        failed = partial(self._not_saved, command)
        # Noted before the answer, so that leaving right after this does not store it twice.
        self._stored = self._text
        self._tell(DraftState.SAVING)
        self._under_way += 1
        self._runner.run(self._owner, work, saved, failed)

    def put_to_use(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        rest: str = "",
    ) -> None:
        """Run what records the text; the draft goes with it, whatever becomes of the screen.

        Only the `rest` of it stays kept. What was kept since then is in the bin when `done` is
        called.
        """

        def recorded(answer: T) -> None:
            # A form that was closed has let go of it.
            if isValid(self):
                self.used()
                self.keep(rest)
                self.store_now()
            done(answer)

        def refused(error: Exception) -> None:
            if isValid(self):
                self.not_used()
            failed(error)

        self._runner.run(owner, self.used_by(work, rest=rest), recorded, refused)

    def used_by(self, work: Callable[[], T], *, rest: str = "") -> Callable[[], T]:
        """Return the work with the draft put to use in it, but for the `rest`.

        What is kept from here on is another draft, until `used` or `not_used` tells the outcome.
        """
        self.store_now()
        sent = self._id
        if sent is None or not self._text:
            return work
        self._sent = _Sent(id=sent, text=self._text, rest=rest)
        self._id = None
        self._text = self._stored = ""
        use, unstored = self._uses.use, self._uses.unstored
        draft = UsedDraft(id=sent, rest=rest)

        def use_it() -> T:
            answer = use(draft, work)
            if unstored is not None and not rest:
                unstored.spent.add(sent)
            return answer

        return use_it

    def used(self) -> None:
        """Take note that the work is done: only its rest is kept, and what came after it."""
        sent, self._sent = self._sent, None
        if sent is None:
            return
        if self._uses.unstored is not None:
            self._uses.unstored.forget(sent.id)
        if sent.rest:
            self._go_on_with(sent.id, sent.rest, is_stored=sent.is_stored)
        elif not self._text:
            self._rest()
            self.saved_at = None
            self._tell(DraftState.NONE)

    def not_used(self) -> None:
        """Take note that the work was refused: the draft is kept as before, with what came after.

        Who kept only what came after keeps all of it anew.
        """
        sent, self._sent = self._sent, None
        if sent is not None:
            self._go_on_with(sent.id, sent.text, is_stored=sent.is_stored)

    def discard(self) -> None:
        """Delete the draft: its text is kept or was used elsewhere."""
        used = self._let_go()
        if used is not None:
            remove = self._uses.discard
            self._runner.run(self, lambda: remove(used), self._nothing_to_do, self._not_found)

    def throw_away(self) -> None:
        """Put the draft in the bin, as it stands now: somebody does not want it.

        That it lies there is told when it does. Where that fails, the text stays kept as it was.
        """
        if not self._text:
            self.store_now()
            self._let_go()
            return
        is_on_disk = self._text == self._stored and not self._under_way
        command, uses, place = self._command(), self._uses, self.place
        self._let_go()

        def work() -> None:
            if not is_on_disk:
                uses.store(command)
            uses.throw(command.id)

        def told(_: None) -> None:
            uses.tell_thrown((command.id, place))

        def failed(error: Exception) -> None:
            if uses.unstored is not None:
                uses.unstored.take(command, error)
            elif isValid(self):
                self._not_found(error)

        self._runner.run(self._owner, work, told, failed)

    def throw_part(self, text: str) -> None:
        """Put this text in the bin as a draft of its own; who keeps the rest does so apart."""
        part = DraftKeeper(
            self._uses, self._runner, self.place, now=self._now, new_id=self._new_id, parent=self
        )
        part.keep(text)
        part.throw_away()
        part.deleteLater()

    def throw_words(self, words: str) -> Callable[[], None]:
        """Put words that are taken off a form in the bin, as a note of its case.

        As a part of the form they would come back alone, without what stands there now. Return what
        takes them out of the bin, for whoever has put them back on the form: it is stored first.
        """
        if not words.strip():
            return _take_out_nothing
        uses = replace(self._uses, tell_thrown=_tell_nobody)
        case_id = self.place.case_id
        place = Place(kind=DraftKind.NOTE, subject_id=case_id, case_id=case_id)
        note = DraftKeeper(
            uses, self._runner, place, now=self._now, new_id=self._new_id, parent=self
        )
        note.keep(words)
        note_id = note._command().id
        note.throw_away()
        note.deleteLater()

        def take_out() -> None:
            self.store_now()
            owner, discard = self._owner, uses.discard
            self._runner.run(
                owner, lambda: discard(note_id), self._nothing_to_do, self._not_taken_out
            )

        return take_out

    def _not_taken_out(self, _: Exception) -> None:
        """Leave it in the bin: it lies there twice as well as once."""

    @property
    def _owner(self) -> QObject:
        """Return who is told how storing went: it must be known when this keeper has gone too."""
        return self if self._uses.unstored is None else self._uses.unstored

    def _command(self) -> StoreDraft:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.drafts import StoreDraft  # noqa: PLC0415

        if self._id is None:
            self._id = self._new_id()
        return StoreDraft(
            id=self._id,
            kind=self.place.kind,
            text=self._text,
            subject_id=self.place.subject_id,
            case_id=self.place.case_id,
        )

    def _go_on_with(self, draft_id: UUID, text: str, *, is_stored: bool) -> None:
        """Keep that draft again; what came after it becomes a part of it."""
        other, self._id = self._id, draft_id
        self._text = self._text or text
        self._stored = text if is_stored else None
        # Gone only when this one is on the disk with all that stood there.
        self._merged = other
        if self._text != self._stored:
            self._tell(DraftState.SAVING if is_stored else DraftState.WAITING)
            self._timer.start(AFTER_LAST_KEY if is_stored else TRY_AGAIN)
        else:
            self._tell(DraftState.SAVED)

    def _let_go(self) -> UUID | None:
        self._rest()
        used, self._id = self._id, None
        if used is not None and self._uses.unstored is not None:
            self._uses.unstored.forget(used)
        self._text = self._stored = ""
        self.saved_at = None
        self._tell(DraftState.NONE)
        return used

    def _take_found(self, done: Done[tuple[Draft, ...]]) -> None:
        ours = [one for one in done.value if self.place.holds(one)]
        wanted = self._uses.wanted()
        asked = next((one for one in ours if one.id == wanted), None)
        if self._text or self._sent is not None:
            if self._merges and asked is not None and self._may_merge(asked.id):
                self._merged = asked.id
                self.found.emit(asked.text)
            return
        if self._take_back(None if asked is None else asked.id):
            return
        # The newest comes first. A clock that was set back would say otherwise.
        latest = asked or next(iter(ours), None)
        if latest is None:
            return
        self._id = latest.id
        self._text = self._stored = latest.text
        self.saved_at = latest.stored_at
        self._tell(DraftState.SAVED)
        self.found.emit(latest.text)

    def _may_merge(self, draft_id: UUID) -> bool:
        is_busy = self._sent is not None or self._merged is not None
        return not is_busy and draft_id != self._id

    def _take_back(self, only: UUID | None = None) -> bool:
        """Go on with what could not be stored when this place was left, or `only` this draft."""
        place, unstored = self.place, self._uses.unstored
        back = None
        if unstored is not None:
            back = unstored.give_back(place.kind, place.subject_id, only=only)
        if back is None or not back.text:
            return False
        self._id, self._text, self._stored = back.id, back.text, None
        self._tell(DraftState.WAITING)
        self._timer.start(AFTER_LAST_KEY)
        self.found.emit(back.text)
        return True

    def _saved(self, command: StoreDraft, _: Done[None]) -> None:
        if isValid(self):
            self._note_saved(command)
        if self._uses.unstored is not None:
            self._uses.unstored.forget(command.id)

    def _note_saved(self, command: StoreDraft) -> None:
        self._under_way -= 1
        if self._id != command.id or self._text != command.text or self._under_way:
            # Something else stands there by now, or is going to be on the disk in place of this.
            return
        self._merged = None
        self.saved_at = self._now()
        self._tell(DraftState.SAVED if command.text else DraftState.NONE)

    def _not_saved(self, command: StoreDraft, error: Exception) -> None:
        is_alive = isValid(self)
        is_sent = self._sent is not None and self._sent.id == command.id
        if self._uses.unstored is not None and (not is_alive or is_sent or self._id == command.id):
            self._uses.unstored.take(command, error, self)
        if not is_alive:
            return
        self._under_way -= 1
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        if self._sent is not None and is_sent:
            self._sent = replace(self._sent, is_stored=False)
        if self._id != command.id:
            # It is being put to use, or was thrown away meanwhile, and waits for nothing.
            return
        self._stored = None
        self._tell(DraftState.WAITING)
        self._timer.start(TRY_AGAIN)

    def _not_found(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
        elif not self._text and self._sent is None:
            self._take_back()

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
