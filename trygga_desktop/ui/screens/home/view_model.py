"""State of the first screen of an open vault: its cases, and what must be told after unlock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.case import CaseList, CaseRow
from trygga_desktop.domain.drafts import LASTING, Draft
from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.i18n import Language
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftUses, place_of
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.home.case_table import (
    CaseOrder,
    CaseTableModel,
    ListedCase,
    next_order,
    prepare,
)
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.reminders import CaseReminder
    from trygga_desktop.services.vault import Me, Notice

PATIENCE = 400
"""Milliseconds after which a list that is still loading is told to be."""


class HomeState(StrEnum):
    """What stands where the list is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    NOT_ALLOWED = "not_allowed"


class HomeViewModel(QObject):
    """Loads the cases and narrows the list while one types.

    It also tells of text that was typed and not recorded: `place_wanted` carries where it was being
    written, `kept_wanted` leads to all of it.
    """

    changed = Signal()
    case_chosen = Signal(UUID)
    new_case_wanted = Signal()
    consultation_wanted = Signal()
    failed = Signal(Trouble)
    notices_read = Signal()
    place_wanted = Signal(object)
    kept_wanted = Signal()

    def __init__(  # noqa: PLR0913  what the screen is about
        self,
        *,
        me: Me,
        notices: Sequence[Notice],
        list_cases: Callable[[], Done[CaseList]],
        read_reminders: Callable[[], Done[tuple[CaseReminder, ...]]],
        drafts: DraftUses,
        runner: TaskRunner,
        language: Language,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.me = me
        self.notices = tuple(notices)
        self.now = now
        self.state = HomeState.LOADING
        self.left_out = 0
        self.goes_on_from: date | None = None
        self.reminders: tuple[CaseReminder, ...] = ()
        self.drafts: tuple[Draft, ...] = ()
        self.asks_to_throw = False
        self.filter = ""
        self.trouble: Trouble | None = None
        self.last_opened: UUID | None = None
        self._language = language
        self.table = CaseTableModel(self._language, self)
        self._rows: tuple[CaseRow, ...] = ()
        self._list_cases = list_cases
        self._read_reminders = read_reminders
        self._uses = drafts
        self._runner = runner
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def may_open_case(self) -> bool:
        """Return whether this user's roles allow opening a new case."""
        return allows(self.me.roles, Permission.OPEN_CASE)

    @property
    def is_first_day(self) -> bool:
        """Return whether there are no cases yet, none that were left out either."""
        return self.state is HomeState.READY and not self.table.total and not self.left_out

    def speak(self, language: Language) -> None:
        """Sort and name everything in this language from now on."""
        if language.code != self._language.code:
            self._language = language
            self.table.set_cases(prepare(self._rows, language), language)

    @Slot()
    def load(self) -> None:
        """Load the list; what is shown stays until the answer comes."""
        self._load_list()
        self._runner.run(self, self._uses.read, self._take_drafts, self._no_drafts)

    def _load_list(self) -> None:
        if not allows(self.me.roles, Permission.WORK_IN_CASE):
            self._enter(HomeState.NOT_ALLOWED)
            return
        if self.state is not HomeState.READY:
            self._enter(HomeState.LOADING)
        self._patience.start()
        list_cases, language = self._list_cases, self._language

        def work() -> tuple[CaseList, tuple[ListedCase, ...], Language]:
            found = list_cases().value
            return found, prepare(found.rows, language), language

        self._runner.run(self, work, self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Load again if someone else changed the cases."""
        if (changes.cases or changes.consents or changes.parties) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the list is still on its way, if nothing stands there yet."""
        if self.state is HomeState.LOADING:
            self._enter(HomeState.SLOW)

    @property
    def numbers(self) -> dict[UUID, str]:
        """Return the numbers of the cases, by their ids."""
        return {one.id: one.case_number for one in self._rows}

    def go_on(self) -> None:
        """Go where the newest text was being written."""
        if self.drafts:
            self.place_wanted.emit(place_of(self.drafts[0]))

    def show_kept(self) -> None:
        """Go to all text that was not recorded, and to the bin."""
        self.kept_wanted.emit()

    def ask_to_throw(self, *, asks: bool) -> None:
        """Ask before the text is thrown away, or ask no more."""
        self.asks_to_throw = asks
        self.changed.emit()

    def throw_away(self) -> None:
        """Put the newest text in the bin."""
        if not self.drafts:
            return
        one, self.drafts, self.asks_to_throw = self.drafts[0], self.drafts[1:], False
        throw = self._uses.throw
        uses = self._uses

        def thrown(_: Done[None]) -> None:
            uses.tell_thrown((one.id, place_of(one)))

        def not_thrown(error: Exception) -> None:
            # It lies where it lay.
            self.drafts = (one, *self.drafts)
            self.changed.emit()
            self._no_drafts(error)

        self._runner.run(self, lambda: throw(one.id), thrown, not_thrown)
        self.changed.emit()

    def _take_drafts(self, done: Done[tuple[Draft, ...]]) -> None:
        self.drafts = tuple(
            one for one in done.value if one.thrown_at is None and one.kind not in LASTING
        )
        self.changed.emit()

    def _no_drafts(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def set_filter(self, text: str) -> None:
        """Show only the cases whose words begin like this.

        Of the list that the log tells was read already; nothing else is read or shown.
        """
        self.filter = text
        self.table.set_filter(text)
        self.changed.emit()

    def sort_by(self, order: CaseOrder) -> None:
        """Put the list in this order."""
        if order is not self.table.order:
            self.table.set_order(order)
            self.changed.emit()

    def sort_by_column(self, column: int) -> None:
        """Take the next order that belongs to a column, as for a click on its head."""
        self.sort_by(next_order(column, self.table.order))

    def open_row(self, row: int) -> None:
        """Go to the case in a row of the table."""
        self.last_opened = self.table.case_at(row)
        self.case_chosen.emit(self.last_opened)

    def want_consultation(self) -> None:
        """Ask for the form of a case without a name, if whoever looks may open one."""
        if self.may_open_case:
            self.consultation_wanted.emit()

    def want_new_case(self) -> None:
        """Go to the form for a new case, if this user may."""
        if self.may_open_case:
            self.new_case_wanted.emit()

    def put_notices_away(self) -> None:
        """Take note of what happened before this unlock."""
        self.notices = ()
        self.changed.emit()
        self.notices_read.emit()

    def _loaded(self, answer: tuple[CaseList, tuple[ListedCase, ...], Language]) -> None:
        found, prepared, language = answer
        self._patience.stop()
        self._rows = found.rows
        self.left_out = found.left_out
        self.goes_on_from = found.goes_on_from
        self.trouble = None
        if language.code != self._language.code:
            prepared = prepare(found.rows, self._language)
        self.table.set_cases(prepared, self._language)
        self._enter(HomeState.READY)
        if self._rows:
            # The list does not wait for it: every case has to be opened to know.
            self._runner.run(self, self._read_reminders, self._remind, self._forget)

    def open_case(self, case_id: UUID) -> None:
        """Go to a case that there is a reminder of."""
        self.last_opened = case_id
        self.case_chosen.emit(case_id)

    def _remind(self, done: Done[tuple[CaseReminder, ...]]) -> None:
        self.reminders = done.value
        self.changed.emit()

    def _forget(self, error: Exception) -> None:
        self.reminders = ()
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        self.trouble = trouble
        # The list that stands there may be out of date: better none than a wrong one.
        self._rows = ()
        self.table.set_cases((), self._language)
        self._enter(HomeState.FAILED)

    def _enter(self, state: HomeState) -> None:
        self.state = state
        self.changed.emit()
