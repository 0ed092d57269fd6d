"""State of the form for somebody of the family, or close to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import (
    IdentityNumber,
    Incomplete,
    NumberReading,
    Valid,
    read_number,
)
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection, find_person_flaws
from trygga_desktop.ui.case_words import birth_text
from trygga_desktop.ui.screens.people.form import (
    MOST_WORDS,
    PeopleField,
    read_birth,
)
from trygga_desktop.ui.text_form import (
    DayFlaw,
    TextForm,
    read_day,
)
from trygga_desktop.ui.typed import Chosen, code_in

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson
    from trygga_desktop.services.parties import AddRelative

ROLES = (
    PartyRole.GUARDIAN,
    PartyRole.APPOINTED_GUARDIAN,
    PartyRole.TRUSTEE,
    PartyRole.RELATIVE,
)
"""The capacities that somebody of the family can have."""

_SHORT = 10
_CENTURIES = ("18", "19", "20")


class RelativeForm(TextForm):
    """Names are needed; an identity number is not, but one that is typed must be right.

    The birth date is that of the number until another one is typed.
    """

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__({PeopleField.SINCE: today.isoformat()}, parent)
        self.today = today
        self.role = PartyRole.GUARDIAN
        self.custody = Custody.JOINT
        self.protection = Protection.NONE
        self._is_own_birth_date = False

    @property
    def is_guardian(self) -> bool:
        """Return whether whoever is added can have custody."""
        return self.role is not PartyRole.RELATIVE

    @property
    def custodies(self) -> frozenset[Custody]:
        """Return what part of the custody somebody in this capacity can have.

        Of a guardian without any nobody would ask for a consent; a trustee may have another task.
        """
        return frozenset(Custody) - (
            frozenset() if self.role is PartyRole.TRUSTEE else {Custody.NONE}
        )

    @property
    def is_protected(self) -> bool:
        """Return whether their identity is protected."""
        return self.protection is not Protection.NONE

    @property
    def reading(self) -> NumberReading | None:
        """Return what the typed identity number is, None where none is typed."""
        text = self.tidy(PeopleField.NUMBER)
        if not text:
            return None
        is_left = PeopleField.NUMBER in self.left_fields
        if not is_left and len(text) == _SHORT and text.startswith(_CENTURIES):
            # It may be the beginning of a long one.
            return Incomplete(len(text))
        return read_number(text, on=self.today)

    @property
    def number(self) -> IdentityNumber | None:
        """Return the identity number, if a right one is given."""
        reading = self.reading
        return reading.number if isinstance(reading, Valid) else None

    @property
    def born(self) -> PartialDate | DayFlaw | None:
        """Return the birth date as far as it is given, or why the text is none."""
        return read_birth(self.text_in(PeopleField.BIRTH_DATE), on=self.today)

    @property
    def since(self) -> date | DayFlaw:
        """Return the day from which they have this place, or why the text is none."""
        return read_day(self.text_in(PeopleField.SINCE))

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        if field == PeopleField.BIRTH_DATE:
            read: object = self.born
        else:
            read = self.since if field == PeopleField.SINCE else None
        return read if isinstance(read, DayFlaw) else None

    @property
    def flaws(self) -> dict[str, str]:
        """Return what keeps fields from being stored: a code for each, those refused included."""
        found = find_person_flaws(self._person().to_person())
        flaws: dict[str, str] = dict(found)
        if len(self.tidy(PeopleField.RELATION)) > MOST_WORDS:
            flaws[PeopleField.RELATION] = "length"
        return {**flaws, **self.refused}

    @property
    def missing(self) -> tuple[PeopleField, ...]:
        """Return the fields that keep the person from being added, in reading order."""
        wrong = set(self.flaws)
        if self.reading is not None and self.number is None:
            wrong.add(PeopleField.NUMBER)
        if isinstance(self.born, DayFlaw):
            wrong.add(PeopleField.BIRTH_DATE)
        if isinstance(self.since, DayFlaw):
            wrong.add(PeopleField.SINCE)
        return tuple(field for field in PeopleField if field in wrong)

    def type(self, field: str, text: str) -> None:
        """Take what stands in a field."""
        super().type(field, text)
        if field == PeopleField.BIRTH_DATE:
            self._is_own_birth_date = bool(text)
        elif field == PeopleField.NUMBER:
            self._fill_birth_date()

    def leave_field(self, field: str) -> None:
        """Think about a field, now that whoever types has gone on."""
        super().leave_field(field)
        if field == PeopleField.NUMBER:
            self._fill_birth_date()

    def choose_role(self, role: PartyRole) -> None:
        """Say in what capacity they have to do with the case."""
        self.role = role
        if self.custody not in self.custodies:
            self.custody = Custody.JOINT
        self.changed.emit()

    def choose_custody(self, custody: Custody) -> None:
        """Say what part of the custody they have."""
        self.custody = custody
        self.changed.emit()

    def protect(self, protection: Protection) -> None:
        """Choose the kind of protected identity."""
        self.refused.pop(PeopleField.ALIAS, None)
        self.protection = protection
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return capacity, custody and protection, and whether the birth date is its own."""
        own = (PeopleField.BIRTH_DATE,) if self._is_own_birth_date else ()
        return {
            "role": (self.role,),
            "custody": (self.custody,),
            "protection": (self.protection,),
            "own": own,
        }

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        role = code_in(chosen, "role", PartyRole, self.role)
        self.role = role if role in ROLES else self.role
        self.custody = code_in(chosen, "custody", Custody, self.custody)
        self.protection = code_in(chosen, "protection", Protection, self.protection)
        self._is_own_birth_date = bool(chosen.get("own"))

    def command(self, case_id: UUID) -> AddRelative | None:
        """Return what is to be stored, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.parties import AddRelative  # noqa: PLC0415

        since = self.since
        if self.missing or isinstance(since, DayFlaw):
            return None
        return AddRelative(
            case_id=case_id,
            role=self.role,
            person=self._person(),
            custody=self.custody if self.is_guardian else Custody.NONE,
            relation=self.tidy(PeopleField.RELATION),
            since=since,
        )

    def _person(self) -> NewPerson:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.cases import NewPerson  # noqa: PLC0415

        born = self.born
        return NewPerson(
            given_name=self.tidy(PeopleField.GIVEN_NAME),
            family_name=self.tidy(PeopleField.FAMILY_NAME),
            alias=self.tidy(PeopleField.ALIAS) if self.is_protected else "",
            birth_date=None if isinstance(born, DayFlaw) else born,
            number=self.number,
            protection=self.protection,
        )

    def _fill_birth_date(self) -> None:
        number = self.number
        text = "" if number is None else birth_text(number.birth_date)
        if not self._is_own_birth_date and text != self.text_in(PeopleField.BIRTH_DATE):
            self.texts[PeopleField.BIRTH_DATE] = text
            self.replaced.emit()
            self.changed.emit()
