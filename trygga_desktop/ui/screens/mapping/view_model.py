"""State of the mapping of a case, and of the statement being written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.mapping.capture import (
    AreaView,
    Capture,
    Missing,
    Teller,
    area_views,
    family_of,
    find_category,
    subject_of,
    tellers,
)
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import read_typed, write_typed
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.domain.agencies import Category
    from trygga_desktop.services.case_files import RecordStatement
    from trygga_desktop.services.overview import CaseOverview
    from trygga_desktop.services.parties import ShownParty

PATIENCE = 400
"""Milliseconds after which a mapping that is still being read is told to be."""


class MappingState(StrEnum):
    """What stands where the mapping is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class MappingViewModel(QObject):
    """Reads what was told in each area of life, and records more of it.

    `replaced` follows when the form holds something else than what was typed into it, `recorded`
    when a statement is stored.
    """

    changed = Signal()
    replaced = Signal()
    recorded = Signal()
    left = Signal()
    tab_chosen = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the screen
        self,
        case_id: UUID,
        *,
        read_overview: Callable[[UUID], Done[CaseOverview]],
        record_statement: Callable[[RecordStatement], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = MappingState.LOADING
        self.overview: CaseOverview | None = None
        self.areas: tuple[AreaView, ...] = ()
        self.area: str | None = None
        self.capture = Capture()
        self.trouble: Trouble | None = None
        self.is_working = False
        self._case_id = case_id
        self._read_overview = read_overview
        self._record_statement = record_statement
        self._runner = runner
        self._now = now
        place = Place(kind=DraftKind.STATEMENT, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def shown_area(self) -> AreaView | None:
        """Return the area that is chosen."""
        return next((one for one in self.areas if one.code == self.area), None)

    @property
    def subject(self) -> ShownParty | None:
        """Return the young person."""
        return None if self.overview is None else subject_of(self.overview)

    @property
    def others(self) -> list[ShownParty]:
        """Return those of the family whom a statement may concern beside the young person."""
        if self.overview is None:
            return []
        return [one for one in family_of(self.overview) if one is not self.subject]

    @property
    def tellers(self) -> tuple[Teller, ...]:
        """Return who may have told something."""
        return () if self.overview is None else tellers(self.overview)

    @property
    def category(self) -> Category | None:
        """Return the category that is chosen."""
        if self.overview is None:
            return None
        return find_category(self.capture.category, self.overview.catalogue)

    @property
    def asks_about_others(self) -> bool:
        """Return whether it has to be answered if somebody else is concerned."""
        return self.category is not None and self.category.second_person_risk

    @property
    def missing(self) -> Missing | None:
        """Return the first thing that is not there yet."""
        return self.capture.missing(self.category, {one.party.id for one in self.others})

    @property
    def may_record(self) -> bool:
        """Return whether everything is there."""
        is_ready = self.state is MappingState.READY and bool(self.capture.area)
        return is_ready and self.missing is None and not self.is_working

    @Slot()
    def load(self) -> None:
        """Read the mapping, and bring back the statement an earlier visit left."""
        self._read()
        self.drafts.look_for_earlier()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        shown = (changes.cases, changes.items, changes.parties, changes.directory)
        if any(shown) and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the mapping is still being read, if nothing stands there yet."""
        if self.state is MappingState.LOADING:
            self._enter(MappingState.SLOW)

    def choose_area(self, code: str) -> None:
        """Show another area of life, and write into it from now on."""
        found = next((one for one in self.areas if one.code == code), None)
        if found is None or code == self.area:
            return
        self.area = code
        if found.area is None:
            # Nothing new is written where no area is known: the form stays where it was.
            self.changed.emit()
        else:
            self._take(area=code, category=found.area.category)
        self.replaced.emit()

    def choose_strength(self, *, is_strength: bool) -> None:
        """Say whether a strength or a need was told."""
        self._take(is_strength=is_strength)

    def type_text(self, text: str) -> None:
        """Take what was told."""
        if text != self.capture.text:
            self._take(text=text)

    def choose_teller(self, teller: Teller | None) -> None:
        """Say who told it."""
        self._take(teller=teller)

    def choose_category(self, code: str) -> None:
        """Choose another category than that of the area. Whom it concerns is asked again."""
        if code != self.capture.category:
            self._take(category=code, concerns_others=None)

    def answer_others(self, *, concerns: bool) -> None:
        """Say whether somebody else is concerned."""
        others = self.capture.others if concerns else frozenset()
        self._take(concerns_others=concerns, others=others)

    def tick(self, person_id: UUID, *, is_about: bool) -> None:
        """Say of one of the family whether they are concerned."""
        others = self.capture.others - {person_id}
        self._take(others=others | {person_id} if is_about else others)

    def record(self) -> None:
        """Record what was told."""
        teller, subject = self.capture.teller, self.subject
        if not self.may_record or teller is None or subject is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.case_files import RecordStatement  # noqa: PLC0415

        capture = self.capture
        known = {one.party.id for one in self.others}
        command = RecordStatement(
            case_id=self._case_id,
            origin_id=teller.organisation_id,
            category=capture.category,
            # What is said of a friend or a parent is about the young person too.
            about=frozenset({subject.party.id, *(capture.others & known)}),
            text=capture.text.strip(),
            area=capture.area,
            is_strength=capture.is_strength,
            said_by=teller.person_id,
        )
        self.is_working, self.trouble = True, None
        self.changed.emit()
        record = self._record_statement
        self.drafts.put_to_use(self, lambda: record(command), self._stored, self._refused)

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store the statement at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def go_back(self) -> None:
        """Go back to the cases."""
        self.leave()
        self.left.emit()

    def go_to_tab(self, tab: CaseTab) -> None:
        """Go to another page of the case."""
        self.tab_chosen.emit(tab)

    def _read(self) -> None:
        if self.state is not MappingState.READY:
            self._enter(MappingState.LOADING)
        self._patience.start()
        read, case_id = self._read_overview, self._case_id
        self._runner.run(self, lambda: read(case_id), self._loaded, self._fail)

    def _loaded(self, done: Done[CaseOverview]) -> None:
        self._patience.stop()
        self.overview = done.value
        self.areas = area_views(done.value)
        if self.capture.teller is not None and self.capture.teller not in self.tellers:
            self.capture = replace(self.capture, teller=None)
        self._enter(MappingState.READY)
        if self.shown_area is None and self.areas:
            self.area = None
            self.choose_area(self.areas[0].code)
        self.replaced.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # A case that can no longer be read must not stay on the screen.
        self.overview, self.areas = None, ()
        self._enter(MappingState.FAILED)

    def _stored(self, done: Done[UUID]) -> None:
        self.is_working = False
        self.capture = self.capture.after_recording()
        self.replaced.emit()
        self.changed.emit()
        self.recorded.emit()
        self.made.emit(done.changes)
        self._read()

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _take(self, **changes: object) -> None:
        self.capture = replace(self.capture, **changes)  # type: ignore[arg-type]  # each is of its field's type
        # What is chosen says little without any words.
        has_words = bool(self.capture.text.strip())
        self.drafts.keep(write_typed(self.capture.typed()) if has_words else "")
        self.changed.emit()

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self.capture = self.capture.with_typed(typed, self.tellers)
        if any(one.code == self.capture.area for one in self.areas):
            self.area = self.capture.area
        self.replaced.emit()
        self.changed.emit()

    def _enter(self, state: MappingState) -> None:
        self.state = state
        self.changed.emit()
