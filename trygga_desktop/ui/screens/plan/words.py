"""What the parts of a plan are called, and how its lines stand."""

from collections.abc import Mapping
from typing import NamedTuple

from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.plan import LineKind, PlanLine, Term
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.plan_views import ToldVersion
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.area_row import drawn_icon
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


class StateWords(NamedTuple):
    """A status in an icon, a word and a tone."""

    icon: str
    word: str
    tone: Tone


def one_line(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a text from people as part of a line."""
    return make_visible(text, lines=False, longest=longest)


def kind_words(language: Language) -> Mapping[LineKind, str]:
    """Return what kinds of lines are called."""
    _ = language.gettext
    return {
        LineKind.WISH: _("What I want"),
        LineKind.STATE: _("How it is now"),
        LineKind.STRENGTH: _("Strength"),
        LineKind.NEED: _("Need"),
        LineKind.INSTRUMENT: _("Assessment instrument"),
        LineKind.GOAL: _("Goal"),
        LineKind.ACTION: _("Action"),
        LineKind.NOTE: _("Note"),
    }


def term_words(language: Language) -> Mapping[Term, str]:
    """Return how far ahead a goal lies."""
    _ = language.gettext
    return {Term.SHORT: _("Short term"), Term.LONG: _("Long term")}


def area_words(code: str, catalogue: Catalogue, language: Language) -> str:
    """Return what an area is called; no area is what the young person wants in all."""
    if not code:
        return language.gettext("What I want myself")
    try:
        return catalogue.life_area(code).name.in_language(language.code)
    except UnknownCodeError:
        return one_line(code)


def area_drawing(code: str, catalogue: Catalogue) -> str:
    """Return the icon of an area."""
    try:
        return drawn_icon(catalogue.life_area(code).icon)
    except UnknownCodeError:
        return drawn_icon("")


def state_words(line: PlanLine, shown: ShownPlanLine | None, language: Language) -> StateWords:
    """Return how an action stands: proposed until it is agreed on, then as its commitment does."""
    _ = language.gettext
    progress = None if shown is None else shown.progress
    if progress is None:
        if line.kind is LineKind.NOTE:
            return StateWords("minus", _("Note"), Tone.MUTE)
        if line.lack is not None:
            return StateWords("circle-dashed", lack_words(line.lack, language), Tone.WARN)
        return StateWords("pencil", _("Proposed"), Tone.INFO)
    if progress.is_late:
        return StateWords("clock", _("Late"), Tone.WARN)
    return {
        CommitmentState.NOT_STARTED: StateWords("circle", _("Not begun"), Tone.MUTE),
        CommitmentState.DOING: StateWords("circle-play", _("Under way"), Tone.INFO),
        CommitmentState.DONE: StateWords("check", _("Done"), Tone.OK),
        CommitmentState.NOT_POSSIBLE: StateWords("circle-slash", _("Not possible"), Tone.MUTE),
        CommitmentState.NOT_DONE: StateWords("circle-slash", _("Did not happen"), Tone.MUTE),
        CommitmentState.CHANGED: StateWords("git-compare-arrows", _("Changed"), Tone.MUTE),
        CommitmentState.FROZEN: StateWords("pause", _("Rests"), Tone.MUTE),
    }[progress.state]


def lack_words(lack: Lack, language: Language) -> str:
    """Return what an action lacks to be agreed on."""
    _ = language.gettext
    return {Lack.RESPONSIBLE: _("Who?"), Lack.DAY: _("When?")}[lack]


def who_words(
    line: PlanLine, shown: ShownPlanLine | None, catalogue: Catalogue, language: Language
) -> str:
    """Return who does it, and for what kind of organisation."""
    kind = "" if shown is None else shown.kind_of_organisation
    whom = ""
    if kind and line.organisation_id is not None:
        try:
            whom = catalogue.agency(kind).short.in_language(language.code).lower()
        except UnknownCodeError:
            whom = "" if shown is None else shown.organisation
    return ", ".join(one_line(one) for one in (line.responsible, whom) if one)


def sealed_words(version: ToldVersion, language: Language) -> str:
    """Return which version was sealed as a document of its own, and when."""
    if version.sealed_at is None:
        return ""
    day = language.date_long(version.sealed_at.astimezone(STOCKHOLM).date())
    text = language.gettext("Version {number} sealed {date}")
    return text.format(number=version.number, date=day)
