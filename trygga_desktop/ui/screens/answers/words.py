"""What is said where sheets are typed in. No widgets."""

from trygga_desktop.documents.preparation import question_text
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.answers.form import AnswersForm, Line
from trygga_desktop.ui.text_form import Hint, Mark
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


def label_of(line: Line, language: Language) -> str:
    """Return the question of a line, as it stands on the paper."""
    if line.own is not None:
        return question_text(line.own, language)
    return make_visible(line.question, lines=False)


def hint_of(form: AnswersForm, line: Line, language: Language) -> Hint:
    """Return what stands below a line."""
    _ = language.gettext
    flaw = form.refused.get(line.field)
    if flaw == "length":
        return Hint(Mark.BAD, _("This is too long. Write it shorter."))
    if flaw is not None:
        return Hint(Mark.BAD, _("This cannot be saved as it stands."))
    if line.own is None:
        title = make_visible(line.title, lines=False, longest=LONGEST_NAME)
        return Hint(Mark.PLAIN, _("Stands at: {item}").format(item=title) if title else "")
    return Hint(Mark.PLAIN)


def missing_text(form: AnswersForm, language: Language) -> str:
    """Return what is still to be filled in."""
    if form.lines and form.missing:
        return language.gettext("Type what stands on one line at least.")
    return ""


def sheet_name(name: str, language: Language) -> str:
    """Return what a sheet is called."""
    shown = make_visible(name, lines=False, longest=LONGEST_NAME)
    return shown or language.gettext("An agency without a name")
