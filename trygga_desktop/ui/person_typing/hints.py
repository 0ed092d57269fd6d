"""What a form says of what is typed of a person, in plain words. Imports no widgets."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, assert_never

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import (
    AskCentury,
    IdentityNumber,
    Incomplete,
    Invalid,
    NumberFlaw,
    NumberKind,
    Valid,
)
from trygga_desktop.i18n import Language
from trygga_desktop.ui.case_words import age_text
from trygga_desktop.ui.person_typing.form import BirthFlaw, FormField
from trygga_desktop.ui.person_typing.reading import FormReading

ADULT = 18
_DIGITS = 12
_LENGTH, _TAKEN = "length", "taken"
# Shorter ones stand in words by chance.
_SHORTEST_NAME = 3


class Mark(StrEnum):
    """What is thought of a text; the values are those of the field's states."""

    PLAIN = "plain"
    TYPING = "typing"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Hint(NamedTuple):
    """A line below a field."""

    mark: Mark
    text: str = ""


def hint_for(field: FormField, model: FormReading, language: Language) -> Hint:
    """Return the line below a field."""
    flaw = model.flaws.get(field)
    if field in model.refused or (flaw == _LENGTH and field in model.left_fields):
        return Hint(Mark.BAD, refusal_text(field, flaw or "", language))
    hints = {
        FormField.NUMBER: _number_hint,
        FormField.BIRTH_DATE: _birth_hint,
        FormField.ALIAS: _alias_hint,
        FormField.CASE_NUMBER: _case_number_hint,
        FormField.RAISED_ON: _raised_hint,
        FormField.SINCE: _since_hint,
    }
    return hints[field](model, language) if field in hints else Hint(Mark.PLAIN)


def refusal_text(field: FormField, flaw: str, language: Language) -> str:
    """Return why a field cannot be stored."""
    _ = language.gettext
    if field is FormField.CASE_NUMBER and flaw == _TAKEN:
        return _("You already have a case with this number. Choose another one.")
    texts: Mapping[str, str] = {
        _LENGTH: _("This is too long. Write less."),
        "former": _("This is the old identity. A new one has another name and another number."),
        "gate": _("The case is spoken of without the name. The name comes through the gate."),
    }
    return texts.get(flaw, _("This cannot be saved as it stands."))


def missing_text(field: FormField, model: FormReading, language: Language) -> str:
    """Return what one field lacks, as a part of a sentence."""
    _ = language.gettext
    flaw = model.flaws.get(field)
    if flaw == _TAKEN:
        return _("the case number is taken.")
    if flaw == _LENGTH:
        return _("a text is too long.")
    if field is FormField.NUMBER:
        return _missing_number(model, language)
    texts: Mapping[FormField, str] = {
        FormField.GIVEN_NAME: _("a name."),
        FormField.BIRTH_DATE: _("the birth date is not right."),
        FormField.ALIAS: _("an alias."),
        FormField.RAISED_ON: _("the day the case was raised is not right."),
        FormField.SINCE: _("the day of the protection is not right."),
    }
    return texts.get(field, _("a text cannot be saved."))


def century_text(choice: IdentityNumber, on: date, language: Language) -> str:
    """Return one of two people that the same ten digits mean."""
    _ = language.gettext
    age = choice.birth_date.age_on(on)
    year = choice.birth_date.year
    if age is None:
        return _("Born in {year}").format(year=year)
    return _("Born in {year}, {age}").format(year=year, age=age_text(age, language))


def _missing_number(model: FormReading, language: Language) -> str:
    _ = language.gettext
    if not model.form.tidy(FormField.NUMBER):
        return _("the number, or that there is none.")
    reading = model.reading
    if isinstance(reading, AskCentury):
        return _("the century of the number.")
    if isinstance(reading, Incomplete):
        return _("the rest of the number.")
    return _("the number is not right.")


def _number_hint(model: FormReading, language: Language) -> Hint:
    _ = language.gettext
    if model.form.has_no_number:
        return Hint(Mark.PLAIN, _("There is no number."))
    if not model.form.tidy(FormField.NUMBER):
        return Hint(Mark.PLAIN, _("12 digits. Hyphens and spaces are fine."))
    return _reading_hint(model, language)


def _reading_hint(model: FormReading, language: Language) -> Hint:
    _ = language.gettext
    reading, is_left = model.reading, FormField.NUMBER in model.left_fields
    match reading:
        case Valid(number):
            if model.is_test_number:
                text = _(
                    "The number is in the tax agency's list of test numbers. Check that it is "
                    "right."
                )
                return Hint(Mark.WARN, text)
            return Hint(Mark.OK, _right_number(number, language))
        case AskCentury():
            return Hint(Mark.WARN, _("Two people can have these ten digits. Which one is it?"))
        case Incomplete():
            return Hint(Mark.WARN if is_left else Mark.TYPING, _count_text(model, language))
        case Invalid(flaw) if is_left:
            return Hint(Mark.BAD, flaw_text(flaw, language))
        case Invalid():
            return Hint(Mark.TYPING, _count_text(model, language))
        case _:
            assert_never(reading)


def _count_text(model: FormReading, language: Language) -> str:
    text = language.gettext("{count} of {all} digits. Hyphens and spaces are fine.")
    digits = sum(one.isdecimal() for one in model.form.text_in(FormField.NUMBER))
    return text.format(count=digits, all=_DIGITS)


def flaw_text(flaw: NumberFlaw, language: Language) -> str:
    """Return why an identity number cannot be right."""
    _ = language.gettext
    texts: Mapping[NumberFlaw, str] = {
        NumberFlaw.WRONG_CONTROL_DIGIT: _(
            "The control digit is not right. Read the number on the paper once more: often two "
            "digits have changed places."
        ),
        NumberFlaw.NO_SUCH_MONTH: _("There is no such month. The digits after the year say it."),
        NumberFlaw.NO_SUCH_DAY: _("There is no such day in that month."),
        NumberFlaw.IN_THE_FUTURE: _("That day has not come yet. Look at the year once more."),
        NumberFlaw.WRONG_LENGTH: _("The number has too many or too few digits. Twelve are right."),
        NumberFlaw.WRONG_SIGN: _(
            "One hyphen may stand before the last four digits. A plus there means that the person "
            "turns 100 this year or is older."
        ),
        NumberFlaw.NO_SUCH_CENTURY: _("A number of twelve digits begins with 18, 19 or 20."),
        NumberFlaw.CONTAINS_LETTER: _(
            "There is a letter among the digits, perhaps O instead of 0."
        ),
        NumberFlaw.BIRTH_NUMBER_ZERO: _("The three digits after the date are never 000."),
    }
    return texts[flaw]


def _right_number(number: IdentityNumber, language: Language) -> str:
    _ = language.gettext
    if number.kind is NumberKind.INTERIM:
        return _("Interim number. It is replaced when there is a real one.")
    if number.kind is NumberKind.PERSONAL:
        return _("The number is right.")
    born, day = number.birth_date, number.digits[6:8]
    if born.month is None:
        return _("Coordination number: the month of birth is not known.")
    if born.day is None:
        return _("Coordination number: the day of birth is not known.")
    return _("Coordination number: day {written} means the {meant}.").format(
        written=day, meant=born.day
    )


def _birth_hint(model: FormReading, language: Language) -> Hint:
    _ = language.gettext
    born = model.birth_date
    example = _("Such as 2009-05-14, or only the year.")
    if born is None:
        return Hint(Mark.PLAIN, example)
    if isinstance(born, PartialDate):
        return Hint(Mark.PLAIN, _age_line(born, model.today, language))
    if FormField.BIRTH_DATE not in model.left_fields:
        return Hint(Mark.TYPING, example)
    texts: Mapping[BirthFlaw, str] = {
        BirthFlaw.UNREADABLE: _("Write year, month and day: 2009-05-14."),
        BirthFlaw.NO_SUCH_DAY: _("There is no such day."),
        BirthFlaw.IN_THE_FUTURE: _("That day has not come yet."),
        BirthFlaw.TOO_LONG_AGO: _("Nobody is that old. Look at the year once more."),
    }
    return Hint(Mark.BAD, texts[born])


def _raised_hint(model: FormReading, language: Language) -> Hint:
    return _day_hint(FormField.RAISED_ON, model.raised_on, model, language)


def _since_hint(model: FormReading, language: Language) -> Hint:
    return _day_hint(FormField.SINCE, model.since, model, language)


def _day_hint(
    field: FormField, day: date | BirthFlaw | None, model: FormReading, language: Language
) -> Hint:
    _ = language.gettext
    if day is None or isinstance(day, date):
        return Hint(Mark.PLAIN)
    if field not in model.left_fields:
        return Hint(Mark.TYPING, _("Such as 2026-02-03."))
    texts: Mapping[BirthFlaw, str] = {
        BirthFlaw.UNREADABLE: _("Write year, month and day: 2026-02-03."),
        BirthFlaw.NO_SUCH_DAY: _("There is no such day."),
        BirthFlaw.IN_THE_FUTURE: _("That day has not come yet."),
        BirthFlaw.TOO_LONG_AGO: _("That is too long ago. Look at the year once more."),
    }
    return Hint(Mark.BAD, texts[day])


def _age_line(born: PartialDate, today: date, language: Language) -> str:
    _ = language.gettext
    age = born.age_on(today)
    if age is None:
        return _("The age is not certain: part of the date is not known.")
    years, adult_on = age_text(age, language), born.turns(ADULT)
    if age < ADULT and adult_on is not None:
        return _("{age}, turns 18 on {day}").format(age=years, day=language.date_long(adult_on))
    return years


def _alias_hint(model: FormReading, language: Language) -> Hint:
    _ = language.gettext
    if _holds_name(FormField.ALIAS, model):
        return Hint(Mark.WARN, _("The alias holds the name. Then it protects nobody."))
    text = _("What lists and titles show instead of the name. Choose one that reveals nothing.")
    return Hint(Mark.PLAIN, text)


def _case_number_hint(model: FormReading, language: Language) -> Hint:
    _ = language.gettext
    if _holds_name(FormField.CASE_NUMBER, model):
        return Hint(Mark.WARN, _("The case number holds the name. It stands on file names."))
    return Hint(Mark.PLAIN)


def _holds_name(field: FormField, model: FormReading) -> bool:
    """Return whether a field that was left tells the name that it stands instead of."""
    if field not in model.left_fields:
        return False
    names = (model.form.tidy(FormField.GIVEN_NAME), model.form.tidy(FormField.FAMILY_NAME))
    text = model.form.text_in(field).casefold()
    return any(len(name) >= _SHORTEST_NAME and name.casefold() in text for name in names)
