"""State of the form for a new case: what is typed, what is thought of it, where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.case import Intake
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.person_typing.form import (
    CaseForm,
    FormField,
    from_draft,
    to_draft,
)
from trygga_desktop.ui.person_typing.reading import PersonTyping
from trygga_desktop.ui.person_typing.similar import SimilarSearch
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.new_case.directory import DirectoryReader
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson, OpenCase, SimilarCase
    from trygga_desktop.services.contacts import DirectoryView


class NewCaseViewModel(PersonTyping):
    """Takes what is typed, keeps it as a draft, warns of a case that is there already, opens it.

    Nothing is thought wrong before `leave_field` was called for it.
    """

    opened = Signal(UUID)
    cancelled = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        *,
        open_case: Callable[[OpenCase], Done[UUID]],
        find_similar: Callable[[NewPerson], Done[tuple[SimilarCase, ...]]],
        read_directory: Callable[[], Done[DirectoryView]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        test_numbers: Callable[[], frozenset[str]],
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(now=now, test_numbers=test_numbers, parent=parent)
        self.trouble: Trouble | None = None
        self.is_working = False
        self.asks_to_discard = False
        place = Place(kind=DraftKind.NEW_CASE)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, new_id=new_id, parent=self)
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._open_case = open_case
        self._runner = runner
        self.directory = DirectoryReader(read_directory, runner, parent=self)
        self._search = SimilarSearch(find_similar, runner, parent=self)
        for part in (self.directory, self._search):
            part.changed.connect(self.changed)
            part.failed.connect(self.failed)

    @property
    def similar(self) -> tuple[SimilarCase, ...]:
        """Return the cases that may be about the same person."""
        return self._search.found

    @property
    def programme(self) -> str:
        """Return the code of the programme that the case will be in."""
        return self.directory.programme_or_usual(self.form.programme)

    @property
    def may_open(self) -> bool:
        """Return whether everything needed is there."""
        return not self.is_working and not self.missing

    @Slot()
    def load(self) -> None:
        """Bring back what an earlier visit left."""
        self.drafts.look_for_earlier()
        self.directory.read()

    def choose_programme(self, code: str) -> None:
        """Choose the programme that the case will be in."""
        self.change(replace(self.form, programme=code))

    def choose_raised_by(self, organisation_id: str) -> None:
        """Choose which organisation raised the case; an empty id means none."""
        self.change(replace(self.form, raised_by=organisation_id))

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store the draft at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def cancel(self) -> None:
        """Leave the form; what is typed stays as a draft."""
        self.leave()
        self.cancelled.emit()

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask before what is typed is thrown away, or go back to the form."""
        self.asks_to_discard = asks
        self.changed.emit()

    def discard(self) -> None:
        """Put what is typed in the bin."""
        self.drafts.throw_away()
        self._clear()
        self.form_replaced.emit()
        self.changed.emit()

    def open(self) -> None:
        """Open the case, once everything is there."""
        if not self.may_open:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.cases import OpenCase  # noqa: PLC0415

        command = OpenCase(
            person=self.person(),
            case_number=self.form.tidy(FormField.CASE_NUMBER),
            registry_number=self.form.tidy(FormField.REGISTRY_NUMBER),
            programme=self.programme,
            intake=self._intake(),
        )
        self.is_working, self.trouble = True, None
        self.changed.emit()
        open_case = self._open_case
        self.drafts.put_to_use(self, lambda: open_case(command), self._case_opened, self._refuse)

    def _case_opened(self, done: Done[UUID]) -> None:
        self.is_working = False
        self._clear()
        self.form_replaced.emit()
        self.changed.emit()
        self.made.emit(done.changes)
        self.opened.emit(done.value)

    def _refuse(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError) and error.field in set(FormField):
            field = FormField(error.field)
            self.refused[field] = error.flaw
            self.left_fields |= {field}
        else:
            trouble = read_error(error)
            if trouble.kind is ProblemKind.NOT_CONFIRMED:
                self.failed.emit(trouble)
            self.trouble = trouble
        self.changed.emit()

    def _clear(self) -> None:
        self.form = CaseForm()
        self.left_fields = frozenset()
        self.refused = {}
        self._search.clear()
        self.trouble = None
        self.asks_to_discard = False

    def was_typed(self) -> None:
        """Keep what is typed now, and take back a warning about somebody else."""
        self.drafts.keep(to_draft(self.form))
        self._search.forget_others(self.person())

    def look_for_others(self) -> None:
        """Look for cases about the same person."""
        self._search.compare(self.person())

    def _take_draft(self, text: str) -> None:
        form = from_draft(text)
        if form is None:
            return
        self.form = form
        self.left_fields = frozenset(field for field in FormField if form.text_in(field))
        self.form_replaced.emit()
        self.changed.emit()
        self._search.compare(self.person())

    def _intake(self) -> Intake:
        form, day = self.form, self.raised_on
        intake = Intake(
            raised_by=self.directory.known_organisation(form.raised_by),
            raised_on=day if isinstance(day, date) else None,
            why=form.tidy(FormField.WHY),
            assessment=form.tidy(FormField.ASSESSMENT),
        )
        # Whoever says something of it and no day means today.
        is_told = intake != Intake() and intake.raised_on is None
        return replace(intake, raised_on=self.today) if is_told else intake
