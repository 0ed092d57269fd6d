"""What comes after the end: the days on which somebody asks again, or why nobody may."""

from collections.abc import Callable
from functools import partial

from trygga_desktop.documents.closing import later_word
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.plan import HIGHEST, LOWEST
from trygga_desktop.services.closing import ClosingView
from trygga_desktop.services.later_looks import ShownLook
from trygga_desktop.ui.ending_words import bars_text
from trygga_desktop.ui.screens.closing.form import LOOK, LookForm
from trygga_desktop.ui.screens.closing.told import told_text
from trygga_desktop.ui.screens.closing.words import hint_of
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, side_by_side
from trygga_desktop.ui.widgets.labels import PlainLabel

_ROWS = 4
_HEIGHT = 120


def afterwards_card(
    look: Look, found: ClosingView, form: LookForm | None, keep: Callable[[Field], None]
) -> Card:
    """Return the days after the end and what was found, with the form on a day that is due.

    `keep` is told of each field that was made.
    """
    language = look.language
    _ = language.gettext
    card = Card(look, _("Afterwards"))
    card.setObjectName("afterwards")
    text2 = look.theme.tokens.text2
    is_asking = found.step.phase is Phase.LONG_TERM_FOLLOW_UP
    if form is not None:
        _add_form(look, card, found, form, keep)
    if found.bars and (is_asking or not found.looks):
        text = bars_text(found.bars, found.reason, language)
        card.body.addWidget(banner(look, text, tone=Tone.MUTE, icon="info"))
    elif not found.looks:
        months = () if found.programme is None else found.programme.long_term_follow_up_months
        listed = language.list_words([language.number(one) for one in months])
        text = _("Somebody may ask how it is after {months} months: choose long-term follow-up.")
        text = text.format(months=listed)
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    elif is_asking and all(one.noted_on is not None or one.is_passed for one in found.looks):
        text = _("All days have been asked about. Close the case on its first page.")
        card.body.addWidget(banner(look, text, tone=Tone.OK, icon="circle-check"))
    for place, one in enumerate(found.looks):
        if place:
            card.body.addWidget(Divider(look))
        add_look(look, card, one)
    return card


def add_look(look: Look, card: Card, one: ShownLook) -> None:
    """Add a day after the end to a card, and what was found on it."""
    language = look.language
    day = language.date_long(one.due_on)
    card.body.addWidget(PlainLabel(look, day, style=TextStyle.STRONG))
    if one.noted_on is None:
        text = later_word(language, is_passed=one.is_passed)
    else:
        text = language.gettext("Noted {date}").format(date=language.date_long(one.noted_on))
    text2 = look.theme.tokens.text2
    card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    if one.words:
        card.body.addWidget(told_text(look, one.words, of=text))


def _add_form(
    look: Look, card: Card, found: ClosingView, form: LookForm, keep: Callable[[Field], None]
) -> None:
    language = look.language
    _ = language.gettext
    text = _("To be asked on {date}").format(date=language.date_long(form.due_on))
    card.body.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
    words = FormField(
        look,
        form,
        LOOK,
        _("What was found"),
        hint=lambda field: hint_of(form, field, language),
        rows=_ROWS,
    )
    words.input.setMaximumHeight(look.theme.px(_HEIGHT))
    keep(words)
    card.body.addWidget(words)
    note = _("How it is, says the young person, from 1 to 10. What is left out stays out.")
    text2 = look.theme.tokens.text2
    card.body.addWidget(PlainLabel(look, note, style=TextStyle.SECONDARY, colour=text2))
    fields = [
        _figure_field(look, form, one.code, one.name.in_language(language.code))
        for one in found.catalogue.life_areas
    ]
    for one in fields:
        keep(one)
    for first, second in zip(fields[::2], fields[1::2], strict=False):
        card.body.addLayout(side_by_side(first, second))
    if len(fields) % 2:
        card.body.addWidget(fields[-1])
    card.body.addWidget(Divider(look))


def _figure_field(look: Look, form: LookForm, area: str, name: str) -> ChoiceField:
    figures = [(str(one), one) for one in range(LOWEST, HIGHEST + 1)]
    choices: list[tuple[str, object]] = [(look.language.gettext("Left out"), None), *figures]
    return ChoiceField(
        look,
        name,
        choices,
        chosen=form.figures.get(area),
        name=f"figure {area}",
        choose=partial(_rate, form, area),
    ).follow(form, lambda: form.figures.get(area))


def _rate(form: LookForm, area: str, figure: object) -> None:
    form.rate(area, figure if isinstance(figure, int) else None)
