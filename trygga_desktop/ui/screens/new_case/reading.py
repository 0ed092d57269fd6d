"""What is thought of the form for a new case: what is right, what is wrong, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import (
    AskCentury,
    IdentityNumber,
    Incomplete,
    NumberReading,
    Valid,
    is_test_number,
    read_number,
)
from trygga_desktop.domain.people import find_person_flaws
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.screens.new_case.form import (
    BirthFlaw,
    CaseForm,
    FormField,
    read_birth_date,
    read_day,
)

if TYPE_CHECKING:
    from trygga_desktop.services.cases import NewPerson

_SHORT = 10
_CENTURIES = ("18", "19", "20")


class FormReading(QObject):
    """What stands in the form, and what follows from it.

    `refused` holds a code for each field that the vault did not take.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        test_numbers: Callable[[], frozenset[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.form = CaseForm()
        self.left_fields: frozenset[FormField] = frozenset()
        self.refused: dict[FormField, str] = {}
        self._now = now
        self._test_numbers = test_numbers

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def reading(self) -> NumberReading:
        """Return what the typed identity number is, a chosen century included."""
        text = self.form.tidy(FormField.NUMBER)
        if FormField.NUMBER not in self.left_fields and _may_become_longer(text):
            return Incomplete(len(text))
        read = read_number(text, on=self.today)
        if isinstance(read, AskCentury):
            chosen = [one for one in read.choices if one.digits == self.form.century]
            return Valid(chosen[0]) if chosen else read
        return read

    @property
    def number(self) -> IdentityNumber | None:
        """Return the identity number, if a right one is given."""
        reading = self.reading
        return reading.number if isinstance(reading, Valid) else None

    @property
    def is_test_number(self) -> bool:
        """Return whether the number is one that was published for tests."""
        return self.number is not None and is_test_number(self.number, self._test_numbers())

    @property
    def birth_date(self) -> PartialDate | BirthFlaw | None:
        """Return the birth date as far as it is given, or why the text is none."""
        return read_birth_date(self.form.text_in(FormField.BIRTH_DATE), on=self.today)

    @property
    def raised_on(self) -> date | BirthFlaw | None:
        """Return the day on which the case was raised, or why the text is none."""
        return read_day(self.form.text_in(FormField.RAISED_ON), on=self.today)

    @property
    def flaws(self) -> Mapping[FormField, str]:
        """Return what keeps fields from being stored: a code for each, those refused included."""
        found = find_person_flaws(self.person().to_person())
        return {**{FormField(name): flaw for name, flaw in found}, **self.refused}

    @property
    def missing(self) -> tuple[FormField, ...]:
        """Return the fields that keep the case from being opened, in reading order."""
        wrong = set(self.flaws)
        if not self.form.has_no_number and self.number is None:
            wrong.add(FormField.NUMBER)
        if isinstance(self.birth_date, BirthFlaw):
            wrong.add(FormField.BIRTH_DATE)
        if isinstance(self.raised_on, BirthFlaw):
            wrong.add(FormField.RAISED_ON)
        return tuple(field for field in FormField if field in wrong)

    def person(self) -> NewPerson:
        """Return the young person as the form has them."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.cases import NewPerson  # noqa: PLC0415

        form, born = self.form, self.birth_date
        return NewPerson(
            given_name=form.tidy(FormField.GIVEN_NAME),
            family_name=form.tidy(FormField.FAMILY_NAME),
            alias=form.tidy(FormField.ALIAS) if form.is_protected else "",
            birth_date=None if isinstance(born, BirthFlaw) else born,
            number=self.number,
            protection=form.protection,
        )


def _may_become_longer(text: str) -> bool:
    """Return whether ten digits look like the first ten of twelve."""
    return len(text) == _SHORT and text.isdecimal() and text.startswith(_CENTURIES)
