"""Beside the matrix: those who are asked and do not sign, and the way to what they think now."""

from functools import partial

from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel


def opinions_card(model: ConsentsViewModel, look: Look, names: ConsentNames) -> Card | None:
    """Return a button for each who is asked: minds change. None where nobody is."""
    _ = look.language.gettext
    if not model.asked:
        return None
    card = Card(look, _("Opinions"))
    card.setObjectName("opinions")
    text = _("An opinion can change. What was said before stays in the list below.")
    text2 = look.theme.tokens.text2
    card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    for one in model.asked:
        name = names.person(one)
        ask = Button(look, _("What {name} thinks").format(name=name), icon="message-circle")
        ask.setObjectName(f"opinion of {one}")
        ask.setEnabled(model.may_record)
        ask.clicked.connect(partial(model.change_opinion, one))
        ask.across()
        card.body.addWidget(ask)
    return card
