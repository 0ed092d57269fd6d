"""At the right: the letters to the agencies, ready to print, and what to do now."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.withdrawal.view_model import WithdrawalViewModel
from trygga_desktop.ui.screens.withdrawal.words import DeskWords
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.form_parts import ChoiceField
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


def letters_card(
    look: Look,
    model: WithdrawalViewModel,
    words: DeskWords,
    *,
    print_all: Callable[[], None],
    save: Callable[[], None],
) -> Card:
    """Return the letter that is chosen, and the ways on which letters leave the program."""
    language = look.language
    _ = language.gettext
    card = Card(look, _("The letters"))
    card.setObjectName("letters")
    letter, count = model.letter, len(model.letters)
    if letter is None:
        card.body.addWidget(PlainLabel(look, words.no_letters(), colour=look.theme.tokens.text2))
        return card
    choices = [
        (make_visible(one.organisation, lines=False, longest=LONGEST_NAME), one.organisation_id)
        for one in model.letters
    ]

    def choose(value: object) -> None:
        if isinstance(value, UUID):
            model.choose(value)

    field = ChoiceField(
        look,
        _("Letter to"),
        choices,
        chosen=letter.organisation_id,
        name="letter to",
        choose=choose,
    )
    card.body.addWidget(field)
    pill = words.letter_pill(letter)
    card.body.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
    card.body.addWidget(_sheet(look, (*letter.opening, *letter.requests, letter.ending)))
    note = _("The letters name neither who withdrew nor why.")
    card.body.addWidget(IconRow(look, icon="info", title=note, line=_("One for each receiver.")))
    text = language.ngettext("Print {count} letter", "Print {count} letters", count)
    printing = Button(look, text.format(count=count), ButtonKind.PRIMARY, icon="printer")
    printing.setObjectName("print")
    printing.setToolTip("Ctrl+P")
    printing.clicked.connect(print_all)
    saving = Button(look, _("Save this one as PDF"), icon="download")
    saving.setObjectName("save")
    saving.setToolTip("Ctrl+S")
    saving.clicked.connect(save)
    for button in (printing, saving):
        button.across()
        card.body.addWidget(button)
    return card


def now_card(look: Look, model: WithdrawalViewModel, words: DeskWords) -> Card:
    """Return what follows, and the pages where it is done."""
    _ = look.language.gettext
    card = Card(look, _("What happens now?"))
    card.setObjectName("now")
    for text in words.what_now():
        card.body.addWidget(PlainLabel(look, text))
    for name, title, icon, go in (
        ("the meetings", _("Go to the meetings"), "calendar", model.go_to_meetings),
        ("the case", _("Go to the case"), "folder-open", model.go_to_case),
    ):
        button = Button(look, title, icon=icon)
        button.setObjectName(name)
        button.across()
        button.clicked.connect(go)
        card.body.addWidget(button)
    return card


def _sheet(look: Look, sentences: tuple[str, ...]) -> QWidget:
    box = TintedBox(look, Tone.MUTE)
    box.setObjectName("sheet")
    column = QVBoxLayout()
    column.setSpacing(Space.S)
    for sentence in sentences:
        column.addWidget(PlainLabel(look, sentence, style=TextStyle.SECONDARY))
    box.row.addLayout(column, 1)
    return box
