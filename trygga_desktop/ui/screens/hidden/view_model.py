"""State of the page that tells what is kept from the room of a meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.items import Marking
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.becoming import Becoming
from trygga_desktop.ui.onlookers import Onlookers, OwnEyes, is_never_mirrored
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.hidden.leading import LeadingModel
from trygga_desktop.ui.screens.hidden.promised import told_of
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.entries import MarkItem
    from trygga_desktop.services.leading import Leading
    from trygga_desktop.services.rooms import HiddenEntry, HiddenFromRoom, Question
    from trygga_desktop.services.second_persons import NameSecondPersons

PATIENCE = 400
"""Milliseconds after which a page that is still being read is told to be."""

ENTRIES_AT_A_TIME = 30
"""More would be slow to lay out, and nobody goes through them during a meeting."""


class HiddenState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"
    ASKING = "asking"


def waits(hidden: HiddenEntry) -> bool:
    """Return whether something is asked about an entry that nobody has answered."""
    return asks_whom(hidden) or any(not one.is_answered for one in hidden.questions)


def asks_whom(hidden: HiddenEntry) -> bool:
    """Return whether somebody it is about is yet to be named, and still can be."""
    return hidden.is_about_unnamed and not hidden.is_sealed


class HiddenViewModel(QObject):
    """Reads what is hidden and takes answers. It shows nothing while a second screen is there.

    Where the only screen may be mirrored a person is asked first, and nothing is read before.
    `leading` holds what stands around it, `becoming` asks what became of earlier commitments.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page stands on
        self,
        meeting_id: UUID,
        *,
        read_leading: Callable[[UUID], Done[Leading]],
        mark_item: Callable[[MarkItem], Done[None]],
        name_second_persons: Callable[[NameSecondPersons], Done[None]],
        leading: LeadingModel,
        becoming: Becoming,
        reasons_toml: str,
        screen_count: Callable[[], int],
        runner: TaskRunner,
        now: Callable[[], datetime],
        may_be_mirrored: Callable[[], bool] = is_never_mirrored,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.found: HiddenFromRoom | None = None
        self.trouble: Trouble | None = None
        self.is_answering = False
        self.read_at: datetime | None = None
        self.lacks_tick: UUID | None = None
        self.reasons_toml = reasons_toml
        self.leading = leading
        leading.setParent(self)
        leading.made.connect(self._take_change)
        leading.failed.connect(self.failed)
        self.becoming = becoming
        becoming.setParent(self)
        becoming.changed.connect(self.changed)
        becoming.made.connect(self._take_change)
        becoming.failed.connect(self.failed)
        self._meeting_id = meeting_id
        self._read_leading = read_leading
        self._mark_item = mark_item
        self._name_second_persons = name_second_persons
        self._ticked: dict[UUID, frozenset[UUID]] = {}
        self._eyes = OwnEyes(screen_count=screen_count, may_be_mirrored=may_be_mirrored)
        self._runner = runner
        self._now = now
        self._is_slow = False
        self._has_failed = False
        self._wanted = ENTRIES_AT_A_TIME
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def state(self) -> HiddenState:
        """Return what stands on the page."""
        match self._eyes.onlookers:
            case Onlookers.SOMEBODY:
                return HiddenState.MORE_SCREENS
            case Onlookers.PERHAPS:
                return HiddenState.ASKING
            case _:
                pass
        if self.found is not None:
            return HiddenState.READY
        if self._has_failed:
            return HiddenState.FAILED
        return HiddenState.SLOW if self._is_slow else HiddenState.LOADING

    @property
    def asks_who_looks_on(self) -> bool:
        """Tell whether a person has yet to say who sees the screen."""
        return self._eyes.lacks_answer

    @property
    def entries(self) -> tuple[HiddenEntry, ...]:
        """Return what is kept back, what waits for an answer and then the newest first.

        Nothing while somebody else looks on.
        """
        if self.found is None or self.state is not HiddenState.READY:
            return ()
        newest_first = (*self.found.hidden, *self.found.asked)[::-1]
        return tuple(sorted(newest_first, key=lambda one: not waits(one)))[: self._wanted]

    @property
    def waiting(self) -> int:
        """Return how many wait for an answer, those that are not shown yet too."""
        if self.found is None or self.state is not HiddenState.READY:
            return 0
        return sum(map(waits, (*self.found.hidden, *self.found.asked)))

    @property
    def has_more(self) -> bool:
        """Return whether more is kept back than is shown."""
        if self.found is None:
            return False
        return len(self.found.hidden) + len(self.found.asked) > self._wanted

    @property
    def open_questions(self) -> tuple[tuple[HiddenEntry, Question], ...]:
        """Return what nobody has answered yet, in the order of the page."""
        return tuple(
            (entry, question)
            for entry in self.entries
            for question in entry.questions
            if not question.is_answered
        )

    @Slot()
    def load(self) -> None:
        """Read what is hidden, and bring back a note that an earlier visit left half written.

        Where somebody else may look on nothing is read before a person has said that nobody does.
        """
        if self.state is not HiddenState.ASKING:
            self._read()
            self.leading.drafts.look_for_earlier()

    def nobody_looks_on(self) -> None:
        """Take the answer that nobody else sees the screen, and show what is hidden."""
        if self.state is HiddenState.ASKING:
            self._eyes.nobody_looks_on()
            self.load()
            self.changed.emit()

    def _read(self) -> None:
        if self.state is HiddenState.ASKING:
            return
        self._patience.start()
        read, meeting_id = self._read_leading, self._meeting_id
        self._runner.run(self, lambda: read(meeting_id), self._loaded, self._not_loaded)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that decides what is shown."""
        matters = changes.meetings or changes.items or changes.consents or changes.parties
        if matters and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the page is still being read, if nothing stands there yet."""
        if self.state is HiddenState.LOADING:
            self._is_slow = True
            self.changed.emit()

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes; when it has gone it may be mirrored."""
        self._eyes.screens_changed()
        self.changed.emit()

    def show_more(self) -> None:
        """Show some more of what is kept back."""
        self._wanted += ENTRIES_AT_A_TIME
        self.changed.emit()

    def answer(self, item_id: UUID, question: Question, *, is_free: bool) -> None:
        """Store that an item does not touch an exclusion or is inside a limit, or that it is not.

        With `is_free` nothing stands in the way of it any more.
        """
        from trygga_desktop.services.entries import MarkItem  # noqa: PLC0415  see CaseViewModel

        if self.found is None or self.is_answering or self.state is not HiddenState.READY:
            return
        if question.is_limit:
            answer = Marking.INSIDE if is_free else Marking.OUTSIDE
        else:
            answer = Marking.DOES_NOT_TOUCH if is_free else Marking.TOUCHES
        command = MarkItem(
            case_id=self.found.case_id,
            item_id=item_id,
            about_id=question.about_id,
            answer=answer,
        )
        mark = self._mark_item
        self.is_answering, self.trouble = True, None
        self.changed.emit()
        self._runner.run(self, lambda: mark(command), self._answered, self._refused)

    def ticked(self, item_id: UUID) -> frozenset[UUID]:
        """Return who was ticked as those an item is also about."""
        return self._ticked.get(item_id, frozenset())

    def tick(self, item_id: UUID, person_id: UUID, *, is_about: bool) -> None:
        """Say of one of the case whether an item is about them."""
        others = self.ticked(item_id) - {person_id}
        self._ticked[item_id] = others | {person_id} if is_about else others

    def name_ticked(self, hidden: HiddenEntry) -> None:
        """Store that an entry is about those who are ticked, or ask for a tick."""
        item_id = hidden.entry.item.id
        if self.ticked(item_id):
            self._name(hidden, self.ticked(item_id))
        else:
            self.lacks_tick = item_id
            self.changed.emit()

    def name_nobody_else(self, hidden: HiddenEntry) -> None:
        """Store that an entry is about nobody else after all."""
        if self.found is not None:
            self._name(hidden, frozenset({self.found.subject_id}))

    def _name(self, hidden: HiddenEntry, people: frozenset[UUID]) -> None:
        from trygga_desktop.services.second_persons import (  # noqa: PLC0415  see CaseViewModel
            NameSecondPersons,
        )

        if self.found is None or self.is_answering or self.state is not HiddenState.READY:
            return
        command = NameSecondPersons(
            case_id=self.found.case_id, item_id=hidden.entry.item.id, people=people
        )
        name = self._name_second_persons
        self.is_answering, self.trouble, self.lacks_tick = True, None, None
        self.changed.emit()
        self._runner.run(self, lambda: name(command), self._answered, self._refused)

    def answer_first(self, *, is_free: bool) -> None:
        """Answer the first question that nobody has answered."""
        if self.open_questions:
            entry, question = self.open_questions[0]
            self.answer(entry.entry.item.id, question, is_free=is_free)

    def leave(self) -> None:
        """Store what is typed at once: the page is left, or the vault is being locked."""
        self.leading.store_now()
        self.becoming.leave()

    def go_back(self) -> None:
        """Go back to the meeting."""
        self.leave()
        self.left.emit()

    def _loaded(self, done: Done[Leading]) -> None:
        self._patience.stop()
        self.found, self._has_failed = done.value.hidden, False
        self.read_at = self._now()
        self.leading.follow(done.value)
        self.becoming.offer(told_of(done.value))
        self.changed.emit()

    def _not_loaded(self, error: Exception) -> None:
        self._patience.stop()
        # What can no longer be read must not stay on the screen.
        self.found, self._has_failed = None, True
        self.leading.follow(None)
        self.becoming.offer(None)
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _answered(self, done: Done[None]) -> None:
        self.is_answering = False
        self._take_change(done.changes)

    @Slot(Changes)
    def _take_change(self, changes: Changes) -> None:
        self.made.emit(changes)
        self._read()

    def _refused(self, error: Exception) -> None:
        self.is_answering = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
