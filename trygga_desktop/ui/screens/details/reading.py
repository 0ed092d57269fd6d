"""What is thought of what is typed of a person whom the case knows, and what of it is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import NumberKind, Valid, read_number
from trygga_desktop.domain.people import MOST_NAME, Protection
from trygga_desktop.domain.person_changes import MOST_WHY, NumberChange, PersonChange
from trygga_desktop.ui.person_typing.form import BirthFlaw, CaseForm, FormField
from trygga_desktop.ui.person_typing.reading import PersonTyping
from trygga_desktop.ui.screens.details.form import DetailsForm, difference
from trygga_desktop.ui.typed import NOTHING_TYPED

if TYPE_CHECKING:
    from trygga_desktop.services.details import PersonDetails

_NAMES = (FormField.GIVEN_NAME, FormField.FAMILY_NAME)


class DetailsReading(PersonTyping):
    """Knows the person as they were read (`details`, `base`) and what was typed since.

    Of a protected person the fields of name, number and birth date begin empty: what is left empty
    there stays as it is.
    """

    def _begin(self) -> None:
        self.details: PersonDetails | None = None
        self.base = DetailsForm()
        self.more = DetailsForm()

    @property
    def whole(self) -> DetailsForm:
        """Return everything typed and chosen."""
        return replace(self.more, person=self.form)

    @property
    def is_hidden(self) -> bool:
        """Return whether name and number of the person do not stand in the fields."""
        return self.details is not None and self.details.details is None

    @property
    def is_protected(self) -> bool:
        """Return whether the person is protected, as they were read."""
        return self.details is not None and self.details.protection is not Protection.NONE

    @property
    def is_raised(self) -> bool:
        """Return whether more protection is chosen than the person has."""
        chosen, read = self.form.protection, self.base.person.protection
        return chosen.degree > read.degree

    @property
    def begins_anew(self) -> bool:
        """Return whether the person gets a new identity, of which nothing may lead to the old."""
        return self.is_raised and self.form.protection is Protection.FICTITIOUS_IDENTITY

    @property
    def asks_meaning(self) -> bool:
        """Return whether the number is another one, so that it has to be said what that means."""
        number, details = self.number, self.details
        is_other = number is not None and (
            number.formatted != self.base.person.text_in(FormField.NUMBER)
        )
        had_one = details is not None and details.has_number
        return is_other and had_one and not self.begins_anew

    @property
    def meaning(self) -> NumberChange | None:
        """Return what another number means: a coordination number is followed by a real one."""
        if self.more.meaning is not None:
            return self.more.meaning
        before = read_number(self.base.person.text_in(FormField.NUMBER), on=self.today)
        now = self.number
        is_given = (
            isinstance(before, Valid)
            and now is not None
            and before.number.kind is not NumberKind.PERSONAL
            and now.kind is NumberKind.PERSONAL
        )
        return NumberChange.REPLACED if is_given else None

    @property
    def flaws(self) -> Mapping[FormField, str]:
        """Return what keeps fields from being stored: a code for each, those refused included."""
        form, found = self.form, dict[FormField, str]()
        is_nameless = self.details is not None and self.details.is_nameless
        has_name = any(form.tidy(one) for one in _NAMES)
        may_stay = (self.is_hidden and not self.begins_anew) or is_nameless
        if not has_name and not may_stay:
            found[FormField.GIVEN_NAME] = "missing"
        if (form.is_protected or is_nameless) and not form.tidy(FormField.ALIAS):
            found[FormField.ALIAS] = "missing"
        for one in (*_NAMES, FormField.ALIAS):
            if len(form.tidy(one)) > MOST_NAME:
                found[one] = "length"
        if self.more.is_lowering:
            why = form.tidy(FormField.WHY)
            if not why or len(why) > MOST_WHY:
                found[FormField.WHY] = "length" if why else "missing"
        return {**found, **self.refused}

    @property
    def missing(self) -> tuple[FormField, ...]:
        """Return the fields that keep the form from being sent, in reading order."""
        wrong = set(self.flaws)
        if self._lacks_number or (self.asks_meaning and self.meaning is None):
            wrong.add(FormField.NUMBER)
        if isinstance(self.birth_date, BirthFlaw):
            wrong.add(FormField.BIRTH_DATE)
        if self.form.is_protected and isinstance(self.since, BirthFlaw):
            wrong.add(FormField.SINCE)
        return tuple(field for field in FormField if field in wrong)

    @property
    def _lacks_number(self) -> bool:
        if self.form.has_no_number:
            return False
        is_empty = not self.form.tidy(FormField.NUMBER)
        is_nameless = self.details is not None and self.details.is_nameless
        return self.number is None and not (is_empty and (self.is_hidden or is_nameless))

    @property
    def new(self) -> PersonChange:
        """Return what of the person is new."""
        form, base, born, since = self.form, self.base.person, self.birth_date, self.since
        is_other_since = form.text_in(FormField.SINCE) != base.text_in(FormField.SINCE)
        number_change = self._number_change
        return PersonChange(
            given_name=self._new_text(FormField.GIVEN_NAME),
            family_name=self._new_text(FormField.FAMILY_NAME),
            alias=self._new_text(FormField.ALIAS),
            birth_date=born if isinstance(born, PartialDate) and self._is_other_born else None,
            number=None if number_change is NumberChange.SAME else self.number,
            number_change=number_change,
            protection=form.protection if self.is_raised else None,
            since=since
            if form.is_protected and is_other_since and isinstance(since, date)
            else None,
        )

    @property
    def is_new(self) -> bool:
        """Return whether anything would be stored."""
        return self.new != PersonChange()

    @property
    def is_touched(self) -> bool:
        """Return whether anything was typed or chosen."""
        return difference(self.base, self.whole) != NOTHING_TYPED

    @property
    def _is_other_born(self) -> bool:
        field = FormField.BIRTH_DATE
        return self.form.tidy(field) != self.base.person.text_in(field)

    @property
    def _number_change(self) -> NumberChange:
        details, number = self.details, self.number
        had_one = details is not None and details.has_number
        if self.form.has_no_number:
            return NumberChange.CORRECTED if had_one else NumberChange.SAME
        if number is None or number.formatted == self.base.person.text_in(FormField.NUMBER):
            return NumberChange.SAME
        if not had_one or self.begins_anew:
            return NumberChange.REPLACED
        return self.meaning or NumberChange.SAME

    def _new_text(self, field: FormField) -> str | None:
        text = self.form.tidy(field)
        if text == self.base.person.tidy(field) or (self.is_hidden and not text):
            return None
        return text

    def _protected(self, form: CaseForm, protection: Protection) -> CaseForm:
        """Return the form with a kind of protection, which holds from today if it is another."""
        base = self.base.person
        is_own = form.text_in(FormField.SINCE) not in {
            base.text_in(FormField.SINCE),
            self.today.isoformat(),
        }
        form = replace(form, protection=protection)
        if is_own and form.is_protected:
            return form
        is_other = protection is not base.protection and form.is_protected
        since = self.today.isoformat() if is_other else base.text_in(FormField.SINCE)
        return form.with_text(FormField.SINCE, since)
