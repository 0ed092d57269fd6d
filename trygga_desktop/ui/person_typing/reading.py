"""What is thought of what is typed of a person: what is right, what is wrong, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

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
from trygga_desktop.domain.people import Protection, find_person_flaws
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.ui.case_words import birth_text
from trygga_desktop.ui.person_typing.form import (
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
    def since(self) -> date | BirthFlaw | None:
        """Return the day from which the protection holds, or why the text is none."""
        return read_day(self.form.text_in(FormField.SINCE), on=self.today)

    @property
    def flaws(self) -> Mapping[FormField, str]:
        """Return what keeps fields from being stored: a code for each, those refused included."""
        found = find_person_flaws(self.person().to_person())
        return {**{FormField(name): flaw for name, flaw in found}, **self.refused}

    @property
    def missing(self) -> tuple[FormField, ...]:
        """Return the fields that keep the form from being sent, in reading order."""
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


class PersonTyping(FormReading):
    """Takes what is typed of a person. Nothing is thought wrong before `leave_field` was called.

    `form_replaced` follows when fields hold something else than what was typed into them.
    """

    changed = Signal()
    form_replaced = Signal()

    def type(self, field: FormField, text: str) -> None:
        """Take what stands in a field."""
        text = _whole(text)
        if text == self.form.text_in(field):
            return
        self.refused.pop(field, None)
        self.left_fields -= {field}
        form = self.form.with_text(field, text)
        if field is FormField.NUMBER:
            form = replace(form, century="", has_no_number=False)
        elif field is FormField.BIRTH_DATE:
            form = replace(form, is_own_birth_date=bool(text))
        self.change(form)

    def leave_field(self, field: FormField) -> None:
        """Think about a field, now that whoever types has gone on."""
        if not self.form.text_in(field) and field not in self.refused:
            return
        self.left_fields |= {field}
        # What was taken for a long number in the making may be a short one now.
        self.change(self.form)
        self.look_for_others()

    def choose_century(self, choice: IdentityNumber) -> None:
        """Take the answer to which of two people the ten digits mean."""
        self.change(replace(self.form, century=choice.digits))

    def say_no_number(self, *, has_none: bool) -> None:
        """Note that this person has no identity number, or may have one after all."""
        self.refused.pop(FormField.NUMBER, None)
        form = self.form.with_text(FormField.NUMBER, "")
        self.change(replace(form, has_no_number=has_none, century=""))
        self.form_replaced.emit()

    def protect(self, protection: Protection) -> None:
        """Choose the kind of protected identity."""
        self.refused.pop(FormField.ALIAS, None)
        self.change(replace(self.form, protection=protection))

    def change(self, form: CaseForm) -> None:
        """Take another form, with the birth date that its number says unless another was typed."""
        self.form = form
        number = self.number
        text = "" if number is None else birth_text(number.birth_date)
        is_filled = not form.is_own_birth_date and text != form.text_in(FormField.BIRTH_DATE)
        if is_filled:
            self.form = form.with_text(FormField.BIRTH_DATE, text)
        self.was_typed()
        if is_filled:
            self.form_replaced.emit()
        self.changed.emit()
        if number is not None:
            self.look_for_others()

    def was_typed(self) -> None:
        """Keep what is typed now."""

    def look_for_others(self) -> None:
        """Look for cases about the same person."""


def _whole(text: str) -> str:
    """Return the text with half characters replaced: nothing could store them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _may_become_longer(text: str) -> bool:
    """Return whether ten digits look like the first ten of twelve."""
    return len(text) == _SHORT and text.isdecimal() and text.startswith(_CENTURIES)
