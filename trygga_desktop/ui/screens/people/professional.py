"""State of the form for a professional of the directory."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.directory import Contact
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.ui.screens.people.form import (
    MOST_WORDS,
    PeopleField,
)
from trygga_desktop.ui.text_form import (
    DayFlaw,
    TextForm,
    read_day,
)
from trygga_desktop.ui.typed import Chosen, codes_of, id_in

if TYPE_CHECKING:
    from trygga_desktop.services.parties import AddProfessional, CasePeople, ShownParty


class ProfessionalForm(TextForm):
    """One of the directory is chosen, and what they do in this case is said.

    Whoever has a place in the case already is not offered.
    """

    def __init__(self, people: CasePeople, today: date, parent: QObject | None = None) -> None:
        super().__init__({PeopleField.SINCE: today.isoformat()}, parent)
        self.people = people
        self.today = today
        self.words = ""
        self.contact: Contact | None = None
        self.deputy_of: UUID | None = None

    @property
    def offered(self) -> tuple[Contact, ...]:
        """Return those of the directory who can be added."""
        taken = {one.party.contact_id for one in self.people.people if one.party.until is None}
        directory = self.people.directory
        gone = {one.id for one in directory.organisations if one.retired}
        return tuple(
            one
            for one in directory.contacts
            if one.id not in taken and not one.retired and one.organisation_id not in gone
        )

    @property
    def found(self) -> tuple[Contact, ...]:
        """Return those offered whose name, title or organisation has what is searched for."""
        wanted = _folded(self.words).split()
        return tuple(
            one for one in self.offered if all(word in self._searched(one) for word in wanted)
        )

    @property
    def seconds(self) -> tuple[ShownParty, ...]:
        """Return the professionals of the case whose stand-in somebody can be."""
        return tuple(
            one
            for one in self.people.people
            if one.party.role is PartyRole.PROFESSIONAL and one.party.holds_on(self.today)
        )

    @property
    def may_be_family(self) -> bool:
        """Return whether the chosen one has the name of one of the family."""
        return self.contact is not None and self.contact.id in self.people.also_known

    @property
    def since(self) -> date | DayFlaw:
        """Return the day from which they have this place, or why the text is none."""
        return read_day(self.text_in(PeopleField.SINCE))

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        since = self.since
        return since if field == PeopleField.SINCE and isinstance(since, DayFlaw) else None

    @property
    def missing(self) -> tuple[PeopleField, ...]:
        """Return the fields that keep the professional from being added, in reading order."""
        wrong = set(self.refused)
        if self.contact is None:
            wrong.add(PeopleField.CONTACT)
        if len(self.tidy(PeopleField.FUNCTION)) > MOST_WORDS:
            wrong.add(PeopleField.FUNCTION)
        if isinstance(self.since, DayFlaw):
            wrong.add(PeopleField.SINCE)
        return tuple(field for field in PeopleField if field in wrong)

    def take(self, people: CasePeople) -> None:
        """Offer from a directory that was read again."""
        self.people = people
        if self.contact is not None and self.contact not in self.offered:
            self.contact = None
        if self.deputy_of not in {one.party.id for one in self.seconds}:
            self.deputy_of = None
        self.changed.emit()

    def search(self, words: str) -> None:
        """Look for somebody."""
        self.words = words
        self.changed.emit()

    def choose(self, contact: Contact | None) -> None:
        """Choose one of the directory, with their title as what they do here."""
        if contact == self.contact:
            return
        before = "" if self.contact is None else self.contact.title
        self.contact = contact
        self.refused.pop(PeopleField.CONTACT, None)
        if self.text_in(PeopleField.FUNCTION) in {"", before}:
            self.texts[PeopleField.FUNCTION] = "" if contact is None else contact.title
            self.replaced.emit()
        self.changed.emit()

    def stand_in_for(self, party_id: UUID | None) -> None:
        """Say whose stand-in they are, if anyone's."""
        self.deputy_of = party_id
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return who is chosen, and whose stand-in they are."""
        contact = None if self.contact is None else self.contact.id
        return {"contact": codes_of(contact), "deputy_of": codes_of(self.deputy_of)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose whom an earlier visit chose, if they still can be."""
        contact, deputy_of = id_in(chosen, "contact"), id_in(chosen, "deputy_of")
        self.contact = next((one for one in self.offered if one.id == contact), None)
        seconds = {one.party.id for one in self.seconds}
        self.deputy_of = deputy_of if deputy_of in seconds else None

    def command(self, case_id: UUID) -> AddProfessional | None:
        """Return what is to be stored, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.parties import AddProfessional  # noqa: PLC0415

        since = self.since
        if self.missing or self.contact is None or isinstance(since, DayFlaw):
            return None
        return AddProfessional(
            case_id=case_id,
            contact_id=self.contact.id,
            function=self.tidy(PeopleField.FUNCTION),
            deputy_of=self.deputy_of,
            since=since,
        )

    def _searched(self, contact: Contact) -> str:
        organisation = self.people.directory.organisation(contact.organisation_id)
        name = "" if organisation is None else organisation.name
        return _folded(f"{contact.name} {contact.title} {name}")


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
