"""What is said on the page of the end. No widgets."""

from trygga_desktop.documents.closing import ending_word, outcome_word
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.closing import Ending, GoalOutcome
from trygga_desktop.i18n import Language
from trygga_desktop.services.closing import ClosingView
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.ui.screens.closing.form import ending_code
from trygga_desktop.ui.text_form import Hint, Mark, TextForm
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


def hint_of(form: TextForm, field: str, language: Language) -> Hint:
    """Return what stands below a text."""
    _ = language.gettext
    flaw = form.refused.get(field)
    if flaw == "length":
        return Hint(Mark.BAD, _("This is too long. Write it shorter."))
    if flaw is not None:
        return Hint(Mark.BAD, _("This cannot be saved as it stands."))
    return Hint(Mark.PLAIN)


def outcome_choices(language: Language) -> list[tuple[str, object]]:
    """Return what can become of a goal."""
    none: list[tuple[str, object]] = [(outcome_word(None, language), "")]
    return [*none, *((outcome_word(one, language), one.value) for one in GoalOutcome)]


def ending_choices(found: ClosingView, language: Language) -> list[tuple[str, object]]:
    """Return what can become of a commitment, each with what it needs beside it."""
    _ = language.gettext
    catalogue = found.catalogue
    choices: list[tuple[str, object]] = [
        (ending_word(None, "", language), ""),
        (ending_word(Ending.DONE, "", language), ending_code(Ending.DONE)),
    ]
    for ending in (Ending.NOT_POSSIBLE, Ending.NOT_DONE):
        word = ending_word(ending, "", language)
        for reason in catalogue.reasons_for(ending.state):
            text = _("{what}: {why}").format(what=word, why=reason.name.in_language(language.code))
            choices.append((text, ending_code(ending, reason.code)))
    for one in found.organisations:
        name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
        text = ending_word(Ending.HANDED_OVER, name, language)
        choices.append((text, ending_code(Ending.HANDED_OVER, one.id)))
    return choices


def area_name(found: ClosingView, code: str, language: Language) -> str:
    """Return what an area is called."""
    if not code:
        return language.gettext("Agreed on without an area")
    try:
        return found.catalogue.life_area(code).name.in_language(language.code)
    except UnknownCodeError:
        return make_visible(code, lines=False)


def rating_text(found: ClosingView, area: str, language: Language) -> str:
    """Return the young person's own last figure in an area, with its day."""
    _ = language.gettext
    if area not in found.last_ratings:
        return _("No own figure here.")
    day, figure = found.last_ratings[area]
    return _("Own figure {figure} of 10, {date}").format(
        figure=figure, date=language.date_long(day)
    )


def promise_line(line: ShownPlanLine, language: Language) -> str:
    """Return who promised something, and until when."""
    _ = language.gettext
    who = ", ".join(
        make_visible(one, lines=False, longest=LONGEST_NAME)
        for one in (line.responsible, line.organisation)
        if one
    )
    if line.progress is None:
        return who
    due = language.due_long(line.progress.due, line.progress.hour)
    day = _("until {date}").format(date=due)
    return f"{who} · {day}" if who else day


def missing_text(form: TextForm, language: Language) -> str:
    """Return what is still to be chosen or written."""
    _ = language.gettext
    if not form.missing:
        return ""
    return _("Something is written beside what has no answer yet. Choose the answer.")
