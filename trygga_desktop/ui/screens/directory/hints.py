"""What the forms of the directory say of what is typed, in plain words. Imports no widgets."""

from collections.abc import Mapping

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.directory.forms import DirectoryField, OrganisationForm
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark, TextForm


def hint_for(field: str, form: TextForm, language: Language) -> Hint:
    """Return the line below a field."""
    if field in form.refused:
        return Hint(Mark.BAD, refusal_text(form.refused[field], language))
    if field in form.left_fields and field in form.missing:
        return Hint(Mark.BAD, _flaw_text(field, form, language))
    return _advice(field, form, language)


def missing_text(form: TextForm, language: Language) -> str:
    """Return what keeps a form from being sent, empty where nothing does."""
    _ = language.gettext
    missing = form.missing
    if not missing:
        return ""
    field = missing[0]
    if form.refused.get(field) == "taken":
        first = _("the name is taken.")
    elif field in form.refused:
        first = _("a text cannot be saved.")
    elif field == DirectoryField.NAME and not form.tidy(field):
        first = _("a name.")
    elif field == DirectoryField.SINCE:
        first = _("the day is not right.")
    else:
        first = _("a text is too long.")
    return language.ngettext(
        "One thing left: {first}", "{count} things left. First: {first}", len(missing)
    ).format(count=len(missing), first=first)


def refusal_text(flaw: str, language: Language) -> str:
    """Return why a field cannot be stored."""
    _ = language.gettext
    texts: Mapping[str, str] = {
        "length": _("This is too long. Write less."),
        "missing": _("Something must stand here."),
        "order": _("That is before the day from which the present name holds."),
        "taken": _("There is an organisation of this kind with this name already."),
        "unknown": _("There is no such kind of organisation any more. Choose another one."),
    }
    return texts.get(flaw, _("This cannot be saved as it stands."))


def _flaw_text(field: str, form: TextForm, language: Language) -> str:
    _ = language.gettext
    flaw = form.day_flaw(field)
    if flaw is DayFlaw.NO_SUCH_DAY:
        return _("There is no such day.")
    if flaw is not None:
        return _("Write year, month and day: 2009-05-14.")
    if field == DirectoryField.SINCE:
        return refusal_text("order", language)
    return refusal_text("length" if form.tidy(field) else "missing", language)


def _advice(field: str, form: TextForm, language: Language) -> Hint:
    _ = language.gettext
    if field == DirectoryField.SINCE:
        return Hint(Mark.PLAIN, _("What was written earlier keeps the old name."))
    if field == DirectoryField.NAME and isinstance(form, OrganisationForm):
        return Hint(Mark.PLAIN, _("As it is written in protocols."))
    if field == DirectoryField.TITLE:
        return Hint(Mark.PLAIN, _("Such as headteacher or youth worker."))
    return Hint(Mark.PLAIN)
