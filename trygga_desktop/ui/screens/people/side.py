"""What stands beside the people while no form does: who is asked for consent today."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.agency_words import role_icon
from trygga_desktop.ui.screens.people.lines import place_line, plain
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc


class PersonHead(QWidget):
    """A person in a narrow column: disc, name, and a line below it."""

    def __init__(self, look: Look, icon: str, name: str, line: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        disc = Disc(look, icon=icon, tone=Tone.INFO, size=34)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ComposedLabel(look, plain(name), style=TextStyle.STRONG))
        text2 = look.theme.tokens.text2
        words.addWidget(ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        row.addLayout(words, 1)


def signers_card(model: PeopleViewModel, look: Look) -> Card:
    """Return who is asked for consent today, or what is missing for anyone to be."""
    _ = look.language.gettext
    text2 = look.theme.tokens.text2
    card = Card(look, _("Whose consent is needed today"))
    if not model.signers:
        text = _(
            "Nobody's yet. The programme must be chosen, the birth date known, and the guardians "
            "written down while the young person is under 18."
        )
        card.body.addWidget(PlainLabel(look, text, colour=text2))
    for one in model.signers:
        line = place_line(one, model.today, look.language)
        card.body.addWidget(PersonHead(look, role_icon(one.party.role), one.name, line))
    return card


def advice_card(look: Look) -> Card:
    """Return what is good to know before anyone is added."""
    _ = look.language.gettext
    card = Card(look, _("Good to know"))
    rows = (
        (
            "users",
            _("Professionals come from the directory"),
            _("There they have one name, one phone number and one organisation for all cases."),
        ),
        (
            "shield-user",
            _("Protected identity"),
            _("Lists show the alias only. Name and number lie apart, in the guarded part."),
        ),
        (
            "history",
            _("Nobody is erased"),
            _("Whoever takes part no more stands under Earlier, with the day it ended."),
        ),
    )
    for icon, title, line in rows:
        card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
    return card
