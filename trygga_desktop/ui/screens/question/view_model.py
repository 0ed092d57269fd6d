"""State of the page that asks whether something may be told: what, to whom, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.questions import AskedItem, CaseQuestions, Hearing

PATIENCE = 400
"""Milliseconds after which a page that is still being read is told to be."""


class QuestionState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"


class QuestionViewModel(QObject):
    """Reads what may be told to whom, once; choosing asks nothing more of the vault.

    `on` is the day that the page one came from looks at, None for today. It shows nothing while a
    second screen is there.
    """

    changed = Signal()
    left = Signal()
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page stands on
        self,
        case_id: UUID,
        on: date | None,
        *,
        read_questions: Callable[[UUID, date | None], Done[CaseQuestions]],
        reasons_toml: str,
        screen_count: Callable[[], int],
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.found: CaseQuestions | None = None
        self.trouble: Trouble | None = None
        self.words = ""
        self.chosen_item: UUID | None = None
        self.hearing = 0
        self.may_copy_sensitive = False
        self.has_copied = False
        self.reasons_toml = reasons_toml
        self._chosen: dict[UUID | None, frozenset[UUID]] = {}
        self._case_id = case_id
        self._on = on
        self._read_questions = read_questions
        self._screen_count = screen_count
        self._runner = runner
        self._now = now
        self._is_slow = False
        self._has_failed = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def state(self) -> QuestionState:
        """Return what stands on the page."""
        if self._screen_count() > 1:
            return QuestionState.MORE_SCREENS
        if self.found is not None:
            return QuestionState.READY
        if self._has_failed:
            return QuestionState.FAILED
        return QuestionState.SLOW if self._is_slow else QuestionState.LOADING

    @property
    def asked_day_is_over(self) -> bool:
        """Return whether the page one came from looks at a day of which nothing is decided now."""
        today = self._now().astimezone(STOCKHOLM).date()
        return self._on is not None and self._on < today

    @property
    def hearings(self) -> tuple[Hearing, ...]:
        """Return whom one can ask about together, the case before its meetings."""
        return () if self.found is None else self.found.hearings

    @property
    def current(self) -> Hearing | None:
        """Return those among whom one chooses."""
        return self.hearings[self.hearing] if self.hearings else None

    @property
    def asked(self) -> AskedItem | None:
        """Return the item that is asked about."""
        items = () if self.found is None else self.found.items
        return next((one for one in items if one.item.id == self.chosen_item), None)

    @property
    def chosen(self) -> frozenset[UUID]:
        """Return who is to hear it: all of a meeting, nobody of the case, until one chooses."""
        hearing = self.current
        if hearing is None:
            return frozenset()
        everyone = frozenset(one.id for one in hearing.listeners)
        at_first = frozenset[UUID]() if hearing.meeting is None else everyone
        return self._chosen.get(hearing.meeting, at_first) & everyone

    @Slot()
    def load(self) -> None:
        """Read what may be told to whom."""
        self._patience.start()
        read, case_id, on = self._read_questions, self._case_id, self._on
        self._runner.run(self, lambda: read(case_id, on), self._loaded, self._not_loaded)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that decides what may be told."""
        touches = changes.consents or changes.parties or changes.cases or changes.directory
        if (touches or changes.items or changes.meetings) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the page is still being read, if nothing stands there yet."""
        if self.state is QuestionState.LOADING:
            self._is_slow = True
            self.changed.emit()

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def search(self, words: str) -> None:
        """Narrow the list to items with these words."""
        if words != self.words:
            self.words = words
            self.changed.emit()

    def ask_about(self, item_id: UUID | None) -> None:
        """Ask about this item."""
        if item_id != self.chosen_item:
            self.chosen_item = item_id
            self._answer_anew()

    def choose_hearing(self, place: int) -> None:
        """Ask about those of the case, or of one of its meetings."""
        if 0 <= place < len(self.hearings) and place != self.hearing:
            self.hearing = place
            self._answer_anew()

    def let_hear(self, listener_id: UUID, *, hears: bool) -> None:
        """Choose somebody who is to hear it, or leave them out."""
        hearing = self.current
        if hearing is None or (listener_id in self.chosen) is hears:
            return
        self._chosen[hearing.meeting] = self.chosen ^ {listener_id}
        self._answer_anew()

    def copy(self, *, is_sensitive: bool) -> bool:
        """Tell whether the answer may be copied now: what shows a situation asks once more."""
        if self.state is not QuestionState.READY:
            return False
        if is_sensitive and not self.may_copy_sensitive:
            self.may_copy_sensitive = True
            self.changed.emit()
            return False
        self.may_copy_sensitive, self.has_copied = False, True
        self.changed.emit()
        return True

    def go_back(self) -> None:
        """Go back to the page one came from."""
        self.left.emit()

    def _answer_anew(self) -> None:
        self.may_copy_sensitive = self.has_copied = False
        self.changed.emit()

    def _loaded(self, done: Done[CaseQuestions]) -> None:
        self._patience.stop()
        # A meeting may have begun or ended since: one stays with it while it is there.
        is_first, before = self.found is None, self.current
        self.found, self._has_failed, self.trouble = done.value, False, None
        self.hearing = self._place_of(None if before is None else before.meeting)
        if is_first and self._on is None and len(self.hearings) > 1:
            # Whoever asks without a day in mind most often asks for the meeting that comes next.
            self.hearing = self._next_meeting(done.value.today)
        if self.asked is None:
            self.chosen_item = done.value.items[0].item.id if done.value.items else None
        self._answer_anew()

    def _next_meeting(self, today: date) -> int:
        """Return the place of what is held now or comes next, and of the case without either.

        A meeting of an earlier day is mostly one that nobody ended: it comes last, if at all.
        """
        meetings = [(place, one) for place, one in enumerate(self.hearings) if one.meeting]
        opened = [place for place, one in meetings if not one.binds_later]
        coming = [
            place
            for place, one in meetings
            if one.starts_at is not None and one.starts_at.astimezone(STOCKHOLM).date() >= today
        ]
        held = [place for place in opened if place in coming]
        return next(iter((*held, *coming, *opened)), 0)

    def _place_of(self, meeting: UUID | None) -> int:
        places = [place for place, one in enumerate(self.hearings) if one.meeting == meeting]
        return places[0] if places else 0

    def _not_loaded(self, error: Exception) -> None:
        self._patience.stop()
        # What can no longer be read must not stay on the screen.
        self.found, self._has_failed = None, True
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
        else:
            self.changed.emit()
