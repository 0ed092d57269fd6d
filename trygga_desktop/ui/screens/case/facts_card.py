"""Cards with what is known of the young person and of the case."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from trygga_desktop.services.case_files import CaseFile
from trygga_desktop.ui.screens.case.facts import FactLine, Secrecy, person_lines
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark

DETAILS = "protected details"
"""The name of the button that shows or hides what is protected."""


def person_card(look: Look, model: CaseViewModel, file: CaseFile) -> Card:
    """Return who the case is about, with the way to see protected details for a moment."""
    _ = look.language.gettext
    card = lines_card(look, _("The young person"), person_lines(model, look.language))
    change = Button(look, _("Change"), ButtonKind.LINK, small=True)
    change.setObjectName("change details")
    change.setAccessibleName(_("Change who the young person is"))
    change.setToolTip("Ctrl+Shift+I")
    change.clicked.connect(model.want_details)
    card.head.addWidget(change)
    if not file.row.protected or not file.guarded_readable:
        return card
    if model.is_revealed:
        button = Button(look, _("Hide"), ButtonKind.SECONDARY, icon="eye-off", small=True)
        button.clicked.connect(model.hide_details)
    else:
        text = _("Show for 30 seconds")
        button = Button(look, text, ButtonKind.SECONDARY, icon="eye", small=True)
        button.clicked.connect(model.reveal_details)
        button.setEnabled(model.may_reveal)
    button.setObjectName(DETAILS)
    card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    if not model.may_reveal:
        text = _(
            "More than one screen is connected. Protected details are shown only when a single "
            "one is."
        )
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
    return card


def lines_card(look: Look, title: str, lines: Sequence[FactLine]) -> Card:
    """Return a card with labels, and below each what is known."""
    card = Card(look, title)
    text2 = look.theme.tokens.text2
    for line in lines:
        block = QVBoxLayout()
        block.setSpacing(1)
        block.addWidget(PlainLabel(look, line.label, style=TextStyle.SECONDARY, colour=text2))
        block.addLayout(_value(look, line))
        card.body.addLayout(block)
    return card


def _value(look: Look, line: FactLine) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    text2 = look.theme.tokens.text2
    quiet = line.secrecy is not Secrecy.PLAIN
    if quiet:
        icon = "eye-off" if line.secrecy is Secrecy.HIDDEN else "lock"
        mark = IconMark(look, icon, colour=text2, size=16)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    text = PlainLabel(look, line.text, colour=text2 if quiet else "")
    text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    row.addWidget(text, 1)
    return row
