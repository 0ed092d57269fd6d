"""What the forms say of what is typed, in plain words. Imports no widgets."""

from collections.abc import Callable, Mapping

from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.identity_number import (
    AskCentury,
    Incomplete,
    Invalid,
    NumberFlaw,
    Valid,
)
from trygga_desktop.i18n import Language
from trygga_desktop.ui.case_words import age_text
from trygga_desktop.ui.screens.people.form import (
    MOST_REASON,
    PeopleField,
)
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.text_form import (
    DayFlaw,
    Hint,
    Mark,
    TextForm,
)

# Shorter ones stand in words by chance.
_SHORTEST_NAME = 3


def hint_for(field: str, form: TextForm, language: Language) -> Hint:
    """Return the line below a field."""
    if field in form.refused:
        return Hint(Mark.BAD, _refusal(form.refused[field], language))
    if field == PeopleField.WORDS and len(form.tidy(field)) > MOST_REASON:
        text = language.gettext("The text may have at most {count} characters.")
        return Hint(Mark.BAD, text.format(count=language.number(MOST_REASON)))
    if field in form.left_fields and field in form.missing:
        told = _flaw_text(field, form, language)
        if told:
            return Hint(Mark.BAD, told)
    return _advice(field, form, language)


def missing_text(form: TextForm, language: Language) -> str:
    """Return what keeps a form from being sent, empty where nothing does."""
    _ = language.gettext
    missing = form.missing
    if not missing:
        return ""
    texts: dict[str, str] = {
        PeopleField.CONTACT: _("a person from the directory."),
        PeopleField.GIVEN_NAME: _("a name."),
        PeopleField.NUMBER: _("the number is not right."),
        PeopleField.BIRTH_DATE: _("the birth date is not right."),
        PeopleField.ALIAS: _("an alias."),
        PeopleField.SINCE: _("the day is not right."),
        PeopleField.UNTIL: _("the day is not right."),
        PeopleField.WORDS: _("the reason."),
    }
    if len(form.tidy(PeopleField.WORDS)) > MOST_REASON:
        del texts[PeopleField.WORDS]
    first = texts.get(missing[0], _("a text is too long."))
    return language.ngettext(
        "One thing left: {first}", "{count} things left. First: {first}", len(missing)
    ).format(count=len(missing), first=first)


def _flaw_text(field: str, form: TextForm, language: Language) -> str:
    flaw = form.day_flaw(field)
    if flaw is not None:
        return _day_flaw(flaw, language)
    if field == PeopleField.UNTIL:
        return _refusal("order", language)
    is_number = field == PeopleField.NUMBER
    return "" if is_number or not form.tidy(field) else _refusal("length", language)


def _refusal(flaw: str, language: Language) -> str:
    _ = language.gettext
    texts: Mapping[str, str] = {
        "length": _("This is too long. Write less."),
        "order": _("That is before the day from which they take part."),
        "taken": _("This person has a place in the case already."),
        "missing": _("Something must stand here."),
    }
    return texts.get(flaw, _("This cannot be saved as it stands."))


def _day_flaw(flaw: DayFlaw, language: Language) -> str:
    _ = language.gettext
    texts: Mapping[DayFlaw, str] = {
        DayFlaw.UNREADABLE: _("Write year, month and day: 2009-05-14."),
        DayFlaw.NO_SUCH_DAY: _("There is no such day."),
        DayFlaw.IN_THE_FUTURE: _("That day has not come yet."),
        DayFlaw.TOO_LONG_AGO: _("Nobody is that old. Look at the year once more."),
    }
    return texts[flaw]


def _advice(field: str, form: TextForm, language: Language) -> Hint:
    _ = language.gettext
    if isinstance(form, RelativeForm) and field in _OF_RELATIVES:
        return _OF_RELATIVES[field](form, language)
    texts: Mapping[str, str] = {
        PeopleField.RELATION: _("Such as mother, grandfather or contact family."),
        PeopleField.UNTIL: _("The first day without them. What was before that stays."),
        PeopleField.WORDS: _(
            "Who decided it, and why. Only those who may open the case read this."
        ),
    }
    return Hint(Mark.PLAIN, texts.get(field, ""))


def _birth_hint(form: RelativeForm, language: Language) -> Hint:
    born = form.born
    if not isinstance(born, PartialDate):
        return Hint(Mark.PLAIN, language.gettext("Such as 2009-05-14, or only the year."))
    age = born.age_on(form.today)
    return Hint(Mark.PLAIN, "" if age is None else age_text(age, language))


def _since_hint(form: RelativeForm, language: Language) -> Hint:
    text = language.gettext("Custody counts from this day.")
    return Hint(Mark.PLAIN, text if form.is_guardian else "")


def _number_hint(form: RelativeForm, language: Language) -> Hint:
    _ = language.gettext
    reading, is_left = form.reading, PeopleField.NUMBER in form.left_fields
    typing = Hint(Mark.TYPING, _("12 digits. Hyphens and spaces are fine."))
    match reading:
        case None:
            return Hint(Mark.PLAIN, _("May be left empty."))
        case Valid():
            return Hint(Mark.OK, _("The number is right."))
        case AskCentury():
            return Hint(Mark.WARN, _("Two people can have these ten digits. Write all twelve."))
        case Incomplete() if is_left:
            return Hint(Mark.WARN, _("The number has too few digits. Twelve are right."))
        case Invalid(flaw) if is_left:
            return Hint(Mark.BAD, _number_flaw(flaw, language))
        case _:
            return typing


def _number_flaw(flaw: NumberFlaw, language: Language) -> str:
    _ = language.gettext
    texts: Mapping[NumberFlaw, str] = {
        NumberFlaw.WRONG_CONTROL_DIGIT: _(
            "The control digit is not right. Read the number on the paper once more: often two "
            "digits have changed places."
        ),
        NumberFlaw.IN_THE_FUTURE: _("That day has not come yet. Look at the year once more."),
        NumberFlaw.CONTAINS_LETTER: _(
            "There is a letter among the digits, perhaps O instead of 0."
        ),
    }
    return texts.get(flaw, _("There is no such number. Read it on the paper once more."))


def _alias_hint(form: RelativeForm, language: Language) -> Hint:
    _ = language.gettext
    names = (form.tidy(PeopleField.GIVEN_NAME), form.tidy(PeopleField.FAMILY_NAME))
    alias = form.tidy(PeopleField.ALIAS).casefold()
    is_left = PeopleField.ALIAS in form.left_fields
    if is_left and any(len(one) >= _SHORTEST_NAME and one.casefold() in alias for one in names):
        return Hint(Mark.WARN, _("The alias holds the name. Then it protects nobody."))
    text = _("What lists and titles show instead of the name. Choose one that reveals nothing.")
    return Hint(Mark.PLAIN, text)


_OF_RELATIVES: Mapping[str, Callable[[RelativeForm, Language], Hint]] = {
    PeopleField.NUMBER: _number_hint,
    PeopleField.BIRTH_DATE: _birth_hint,
    PeopleField.ALIAS: _alias_hint,
    PeopleField.SINCE: _since_hint,
}
