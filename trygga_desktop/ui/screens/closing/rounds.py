"""How the work ended before it began again: what was written of that end, to read alone."""

from trygga_desktop.documents.closing import ending_word, outcome_word
from trygga_desktop.services.closing import ClosingView
from trygga_desktop.services.closing_rounds import ToldRound
from trygga_desktop.ui.screens.closing.afterwards import add_look
from trygga_desktop.ui.screens.closing.told import told_text
from trygga_desktop.ui.screens.closing.words import area_name, promise_line
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST = 2_000


def round_card(look: Look, found: ClosingView, one: ToldRound) -> Card:
    """Return one end of the work, after which it began again."""
    language = look.language
    _ = language.gettext
    day = language.date_long(one.ended_on)
    title = _("How the work ended on {date}, before it began again").format(date=day)
    card = Card(look, title)
    card.setObjectName(f"round {one.ended_on.isoformat()}")
    text2 = look.theme.tokens.text2

    def add(text: str, *, below: str, told: str) -> None:
        card.body.addWidget(Divider(look))
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
        card.body.addWidget(PlainLabel(look, below, style=TextStyle.SECONDARY, colour=text2))
        if told:
            card.body.addWidget(told_text(look, told, of=below))

    if one.reviewed_on is not None:
        text = _("Written {date}").format(date=language.date_long(one.reviewed_on))
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    for goal in one.goals:
        words = make_visible(goal.line.item.text, longest=_LONGEST)
        area = area_name(found, goal.line.item.area, language)
        outcome = outcome_word(goal.outcome, language)
        add(words, below=f"{area} · {outcome}", told=goal.evidence)
    for code, said in one.own_words.items():
        below = _("What the young person says of it")
        add(area_name(found, code, language), below=below, told=said)
    for ended in one.ended:
        words = make_visible(ended.line.item.text, longest=_LONGEST)
        word = ending_word(ended.ending, make_visible(ended.handed_to, lines=False), language)
        below = " · ".join(part for part in (promise_line(ended.line, language), word) if part)
        add(words, below=below, told=ended.words)
    for each in one.looks:
        card.body.addWidget(Divider(look))
        add_look(look, card, each)
    return card
