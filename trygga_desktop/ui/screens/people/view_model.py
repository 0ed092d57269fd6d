"""State of the people of a case, and of the one form that may stand beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.people.form import (
    PeopleField,
)
from trygga_desktop.ui.screens.people.place import PlaceForm, Question
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import (
    TextForm,
)

if TYPE_CHECKING:
    from trygga_desktop.services.consents import RecordBar
    from trygga_desktop.services.parties import (
        AddProfessional,
        AddRelative,
        CasePeople,
        ChangeParty,
        ShownParty,
    )

PATIENCE = 400
"""Milliseconds after which people who are still being read are told to be."""


class PeopleState(StrEnum):
    """What stands where the people are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class PeopleViewModel(QObject):
    """Reads the people of a case and stores what the form beside them says.

    A form that is put away by another one keeps what was typed, until it is cancelled. `resume` is
    the form in which something was being typed when the page was left.
    """

    changed = Signal()
    left = Signal()
    tab_chosen = Signal(object)
    directory_wanted = Signal()
    details_wanted = Signal(object)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the people of a case
        self,
        case_id: UUID,
        *,
        read_people: Callable[[UUID], Done[CasePeople]],
        add_relative: Callable[[AddRelative], Done[UUID]],
        add_professional: Callable[[AddProfessional], Done[UUID]],
        change_party: Callable[[ChangeParty], Done[None]],
        record_bar: Callable[[RecordBar], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        resume: Place | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PeopleState.LOADING
        self.people: CasePeople | None = None
        self.trouble: Trouble | None = None
        self.form: TextForm | None = None
        self._case_id = case_id
        self._read_people = read_people
        self._add_relative = add_relative
        self._add_professional = add_professional
        self._change_party = change_party
        self._record_bar = record_bar
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._resume = resume
        self._forms: dict[Place, TextForm] = {}
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def present(self) -> tuple[ShownParty, ...]:
        """Return those who have their place today or will have it."""
        if self.people is None:
            return ()
        until = self.today
        return tuple(
            one for one in self.people.people if one.party.until is None or one.party.until > until
        )

    @property
    def former(self) -> tuple[ShownParty, ...]:
        """Return those who had a place and have it no more."""
        if self.people is None:
            return ()
        present = self.present
        return tuple(one for one in self.people.people if one not in present)

    @property
    def signers(self) -> tuple[ShownParty, ...]:
        """Return those who are asked for their consent today."""
        return tuple(one for one in self.present if one.is_signer or one.is_asked)

    @Slot()
    def load(self) -> None:
        """Read the people."""
        if self.state is not PeopleState.READY:
            self._enter(PeopleState.LOADING)
        self._patience.start()
        read, case_id = self._read_people, self._case_id
        self._runner.run(self, lambda: read(case_id), self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that stands here."""
        shown = (changes.cases, changes.parties, changes.consents, changes.directory)
        if any(shown) and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the people are still being read, if nothing stands there yet."""
        if self.state is PeopleState.LOADING:
            self._enter(PeopleState.SLOW)

    def go_back(self) -> None:
        """Go back to the cases."""
        self.left.emit()

    def go_to_tab(self, tab: object) -> None:
        """Go to another page of the case."""
        self.tab_chosen.emit(tab)

    def go_to_directory(self) -> None:
        """Go to the contact directory, where new professionals are written down."""
        self.directory_wanted.emit()

    def begin_relative(self) -> None:
        """Show the form for somebody of the family."""
        place = Place(kind=DraftKind.RELATIVE, subject_id=self._case_id, case_id=self._case_id)
        self._show_form(place, partial(RelativeForm, self.today))

    def begin_professional(self) -> None:
        """Show the form for a professional of the directory."""
        if self.people is not None:
            people, case_id = self.people, self._case_id
            place = Place(kind=DraftKind.PROFESSIONAL, subject_id=case_id, case_id=case_id)
            self._show_form(place, partial(ProfessionalForm, people, self.today))

    def go_to_details(self, person_id: UUID) -> None:
        """Go to who somebody of the family is: names, number, protection."""
        self.leave()
        self.details_wanted.emit(person_id)

    def begin_change(self, party_id: UUID) -> None:
        """Show what can be changed about somebody's place; the young person has none."""
        shown = self._find(party_id)
        if shown is not None and shown.party.role is PartyRole.SUBJECT_PERSON:
            self.go_to_details(party_id)
        elif shown is not None:
            place = Place(kind=DraftKind.PLACE, subject_id=party_id, case_id=self._case_id)
            self._show_form(place, partial(PlaceForm, shown, self.today))

    def cancel(self) -> None:
        """Put the form away; what was typed into it goes into the bin."""
        form = self.form
        if form is not None and not form.is_working:
            if form.drafts is not None:
                form.drafts.throw_away()
            self._close_form(form)

    def leave(self) -> None:
        """Store what is being typed: the screen is left, or the vault is being locked."""
        for form in self._forms.values():
            if form.drafts is not None:
                form.drafts.store_now()

    def send(self) -> None:
        """Store what the form says, once everything is there."""
        form, case_id = self.form, self._case_id
        match form:
            case RelativeForm():
                add_relative, relative = self._add_relative, form.command(case_id)
                if relative is not None:
                    self._run(form, lambda: add_relative(relative))
            case ProfessionalForm():
                add_professional, professional = self._add_professional, form.command(case_id)
                if professional is not None:
                    self._run(form, lambda: add_professional(professional))
            case PlaceForm(question=Question.BAR):
                record_bar, bar = self._record_bar, form.bar_command(case_id)
                if bar is not None:
                    self._run(form, lambda: record_bar(bar))
            case PlaceForm():
                change_party, change = self._change_party, form.change_command(case_id)
                if change is not None:
                    self._run(form, lambda: change_party(change))
            case _:
                pass

    def _show_form(self, place: Place, make: Callable[[], TextForm]) -> None:
        if place not in self._forms:
            form = make()
            form.setParent(self)
            self._forms[place] = form
            drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
            drafts.failed.connect(self.failed)
            form.keep_with(drafts)
        self.form = self._forms[place]
        self.changed.emit()

    def _go_on(self, place: Place) -> None:
        """Show the form in which something was being typed."""
        match place:
            case Place(kind=DraftKind.RELATIVE):
                self.begin_relative()
            case Place(kind=DraftKind.PROFESSIONAL):
                self.begin_professional()
            case Place(kind=DraftKind.PLACE, subject_id=UUID() as party_id):
                self.begin_change(party_id)
            case _:
                pass

    def _close_form(self, form: TextForm) -> None:
        self._forms = {key: one for key, one in self._forms.items() if one is not form}
        if self.form is form:
            self.form = None
        self.changed.emit()
        form.deleteLater()

    def _run(self, form: TextForm, work: Callable[[], Done[UUID] | Done[None]]) -> None:
        if form.is_working:
            return
        form.begin()
        stored, refused = partial(self._stored, form), partial(self._refused, form)
        form.put_to_use(self._runner, self, work, stored, refused)

    def _stored(self, form: TextForm, done: Done[UUID] | Done[None]) -> None:
        self._close_form(form)
        self.made.emit(done.changes)
        self.load()

    def _refused(self, form: TextForm, error: Exception) -> None:
        if isinstance(error, InvalidInputError) and error.field in set(PeopleField):
            form.refuse(PeopleField(error.field), error.flaw)
            return
        trouble = read_error(error)
        form.fail(trouble)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def _loaded(self, done: Done[CasePeople]) -> None:
        self._patience.stop()
        self.people, self.trouble = done.value, None
        for form in list(self._forms.values()):
            if isinstance(form, ProfessionalForm):
                form.take(done.value)
            elif isinstance(form, PlaceForm):
                self._take_place(form)
        self._enter(PeopleState.READY)
        if self._resume is not None:
            place, self._resume = self._resume, None
            self._go_on(place)

    def _take_place(self, form: PlaceForm) -> None:
        shown = self._find(form.shown.party.id)
        if shown is None:
            self._close_form(form)
        else:
            form.take(shown)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        # People who can no longer be read must not stay on the screen.
        self.people, self.form = None, None
        self._forms = {}
        self._enter(PeopleState.FAILED)

    def _find(self, party_id: UUID) -> ShownParty | None:
        people = () if self.people is None else self.people.people
        return next((one for one in people if one.party.id == party_id), None)

    def _enter(self, state: PeopleState) -> None:
        self.state = state
        self.changed.emit()
