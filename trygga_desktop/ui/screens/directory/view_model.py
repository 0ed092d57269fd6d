"""State of the contact directory: what is searched for, what is chosen, the form at hand."""

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
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.directory.forms import (
    ContactForm,
    DirectoryField,
    OrganisationForm,
)
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import TextForm

if TYPE_CHECKING:
    from trygga_desktop.domain.directory import Contact, Organisation
    from trygga_desktop.services.contacts import DirectoryView as FoundDirectory
    from trygga_desktop.services.contacts import SaveContact, SaveOrganisation

PATIENCE = 400
"""Milliseconds after which a directory that is still being read is told to be."""


class DirectoryState(StrEnum):
    """What stands where the directory is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class DirectoryViewModel(QObject):
    """Reads the directory, keeps which organisation is chosen, and stores what a form says.

    `trouble` is what kept the directory from being read, or somebody from being retired; that of
    a form stands in the form. `is_held` tells that a form with something in it kept one from
    going elsewhere, as long as it is there. `resume` is the form in which something was being typed
    when the page was left.
    """

    changed = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the directory
        self,
        *,
        read_directory: Callable[[], Done[FoundDirectory]],
        save_organisation: Callable[[SaveOrganisation], Done[UUID]],
        save_contact: Callable[[SaveContact], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        resume: Place | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = DirectoryState.LOADING
        self.found: FoundDirectory | None = None
        self.trouble: Trouble | None = None
        self.words = ""
        self.with_retired = False
        self.form: OrganisationForm | ContactForm | None = None
        self.is_held = False
        self._chosen: UUID | None = None
        self._read_directory = read_directory
        self._save_organisation = save_organisation
        self._save_contact = save_contact
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._resume = resume
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def chosen(self) -> Organisation | None:
        """Return the organisation that is shown."""
        return None if self.found is None else self.found.directory.organisation(self._chosen)

    @property
    def is_own(self) -> bool:
        """Return whether the vault belongs to the chosen organisation."""
        return self.found is not None and self._chosen == self.found.controller_id

    @property
    def retired_count(self) -> int:
        """Return how many organisations and people are in use no more."""
        if self.found is None:
            return 0
        directory = self.found.directory
        organisations = sum(one.retired for one in directory.organisations)
        return organisations + sum(one.retired for one in directory.contacts)

    @Slot()
    def load(self) -> None:
        """Read the directory."""
        if self.state is not DirectoryState.READY:
            self._enter(DirectoryState.LOADING)
        self._patience.start()
        self._runner.run(self, self._read_directory, self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed the directory."""
        if changes.directory and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the directory is still being read, if nothing stands there yet."""
        if self.state is DirectoryState.LOADING:
            self._enter(DirectoryState.SLOW)

    def search(self, words: str) -> None:
        """List only what has these words, of the directory that the log tells was read."""
        if words != self.words:
            self.words = words
            self.changed.emit()

    def show_retired(self, *, with_retired: bool) -> None:
        """List what is in use no more, or leave it out."""
        self.with_retired = with_retired
        self.changed.emit()

    def choose(self, organisation_id: UUID) -> None:
        """Show an organisation. A form that has something in it stays, and its organisation."""
        if organisation_id != self._chosen and not self._holds():
            self._chosen = organisation_id
            self._put_away()
            self.changed.emit()

    def begin_organisation(self) -> None:
        """Show the form for a new organisation."""
        if self.found is not None and self._may_begin():
            kind = (
                self.found.catalogue.agencies[0].code if self.chosen is None else (self.chosen.kind)
            )
            place = Place(kind=DraftKind.ORGANISATION)
            self._begin(OrganisationForm(kind, self.today, parent=self), place)

    def change_organisation(self) -> None:
        """Show the form for the chosen organisation."""
        if self.chosen is not None and self._may_begin():
            one = self.chosen
            place = Place(kind=DraftKind.ORGANISATION, subject_id=one.id)
            self._begin(OrganisationForm(one.kind, self.today, before=one, parent=self), place)

    def begin_contact(self) -> None:
        """Show the form for a new professional of the chosen organisation, if none is open."""
        one = self.chosen
        if one is not None and not one.retired and self.form is None:
            place = Place(kind=DraftKind.CONTACT, subject_id=one.id)
            self._begin(ContactForm(one.id, parent=self), place)

    def change_contact(self, contact_id: UUID) -> None:
        """Show the form for a professional."""
        contact = None if self.found is None else self.found.directory.contact(contact_id)
        if contact is not None and self._may_begin():
            place = Place(kind=DraftKind.CONTACT, subject_id=contact_id)
            form = ContactForm(contact.organisation_id, before=contact, parent=self)
            self._begin(form, place)

    def cancel(self) -> None:
        """Put the form away; what was typed into it goes into the bin."""
        if self.form is not None and not self.form.is_working:
            if self.form.drafts is not None:
                self.form.drafts.throw_away()
            self._put_away()
            self.changed.emit()

    def leave(self) -> None:
        """Store what is being typed: the screen is left, or the vault is being locked."""
        if self.form is not None and self.form.drafts is not None:
            self.form.drafts.store_now()

    def send(self) -> None:
        """Store what the form says, once everything is there."""
        match self.form:
            case OrganisationForm() as form:
                save_organisation, organisation = self._save_organisation, form.command()
                if organisation is not None:
                    self._run(form, lambda: save_organisation(organisation))
            case ContactForm() as form:
                save_contact, contact = self._save_contact, form.command()
                if contact is not None:
                    self._run(form, lambda: save_contact(contact))
            case _:
                pass

    def retire_organisation(self, *, retired: bool) -> None:
        """Take the chosen organisation out of use, or back into it. Our own always is in use."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.contacts import SaveOrganisation  # noqa: PLC0415

        one = self.chosen
        if one is None or self.is_own or self._holds():
            return
        command = SaveOrganisation(kind=one.kind, name=one.name, id=one.id, retired=retired)
        save = self._save_organisation
        self._run_aside(lambda: save(command))

    def retire_contact(self, contact: Contact, *, retired: bool) -> None:
        """Take a professional out of use, or back into it."""
        if self._holds():
            return
        # Others may have changed what stood there when the form was opened.
        now = None if self.found is None else self.found.directory.contact(contact.id)
        contact = contact if now is None else now
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.contacts import SaveContact  # noqa: PLC0415

        command = SaveContact(
            name=contact.name,
            organisation_id=contact.organisation_id,
            id=contact.id,
            title=contact.title,
            phone=contact.phone,
            email=contact.email,
            retired=retired,
        )
        save = self._save_contact
        self._run_aside(lambda: save(command))

    def _may_begin(self) -> bool:
        """Return whether another form may come: what is filled in must be answered first."""
        return self.form is None or not (self.form.is_working or self.form.has_edits)

    def _holds(self) -> bool:
        """Return whether the form keeps one from going elsewhere, and have that told."""
        if not self._may_begin():
            self.is_held = True
            self.changed.emit()
            return True
        return False

    def _begin(self, form: OrganisationForm | ContactForm, place: Place) -> None:
        self._put_away()
        self.trouble = None
        self.form = form
        drafts = DraftKeeper(self._drafts, self._runner, place, now=self._now)
        drafts.failed.connect(self.failed)
        form.keep_with(drafts)
        self.changed.emit()

    def _go_on(self, place: Place) -> None:
        """Show the form in which something was being typed."""
        if self.found is None:
            return
        directory, subject = self.found.directory, place.subject_id
        contact = None if subject is None else directory.contact(subject)
        if contact is not None:
            self._chosen = contact.organisation_id
            self.change_contact(contact.id)
            return
        self._chosen = subject or self._chosen
        if place.kind is DraftKind.CONTACT:
            self.begin_contact()
        elif subject is None:
            self.begin_organisation()
        else:
            self.change_organisation()

    def _put_away(self) -> None:
        if self.form is not None and not self.form.is_working:
            self.leave()
            self.form.deleteLater()
            self.form = None
            self.is_held = False

    def _run(self, form: TextForm, work: Callable[[], Done[UUID]]) -> None:
        form.begin()
        stored, refused = partial(self._stored, form), partial(self._refused, form)
        form.put_to_use(self._runner, self, work, stored, refused)

    def _run_aside(self, work: Callable[[], Done[UUID]]) -> None:
        self.trouble = None
        self._runner.run(self, work, self._retired, self._not_retired)

    def _stored(self, form: TextForm, done: Done[UUID]) -> None:
        form.is_working = False
        if isinstance(form, OrganisationForm):
            self._chosen = done.value
            if form.before is None:
                # What was searched for would hide what has just come.
                self.words = ""
        if self.form is form:
            self._put_away()
        self.changed.emit()
        self.made.emit(done.changes)
        self.load()

    def _refused(self, form: TextForm, error: Exception) -> None:
        if isinstance(error, InvalidInputError) and error.field in set(DirectoryField):
            form.refuse(DirectoryField(error.field), error.flaw)
            return
        trouble = read_error(error)
        form.fail(trouble)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)

    def _retired(self, done: Done[UUID]) -> None:
        self._put_away()
        self.changed.emit()
        self.made.emit(done.changes)
        self.load()

    def _not_retired(self, error: Exception) -> None:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()

    def _loaded(self, done: Done[FoundDirectory]) -> None:
        self._patience.stop()
        self.found, self.trouble = done.value, None
        if self.chosen is None:
            self._chosen = done.value.controller_id
        self._enter(DirectoryState.READY)
        if self._resume is not None:
            place, self._resume = self._resume, None
            self._go_on(place)

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.found = None
        self._put_away()
        self._enter(DirectoryState.FAILED)

    def _enter(self, state: DirectoryState) -> None:
        self.state = state
        self.changed.emit()
