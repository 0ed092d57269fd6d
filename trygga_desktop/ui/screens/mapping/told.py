"""What stands in one area of life: what was asked, what holds, what is needed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.areas import LifeArea
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.agency_words import agency_icon
from trygga_desktop.ui.screens.mapping.areas import area_icon, area_name
from trygga_desktop.ui.screens.mapping.capture import AreaView, find_category
from trygga_desktop.ui.screens.mapping.view_model import MappingViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

_AT_TOP = Qt.AlignmentFlag.AlignTop


def area_card(look: Look, model: MappingViewModel, view: AreaView) -> Card:
    """Return an area with its questions, its strengths, and then its needs."""
    language = look.language
    _ = language.gettext
    tokens = look.theme.tokens
    card = Card(look)
    card.setObjectName("area")
    head = QHBoxLayout()
    head.setSpacing(Space.M)
    head.addWidget(Disc(look, icon=area_icon(view), tone=Tone.ACCENT, size=40), 0, _AT_TOP)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(PlainLabel(look, area_name(view, language), style=TextStyle.SUBTITLE_LARGE))
    if view.area is not None:
        text = view.area.description.in_language(language.code)
        words.addWidget(PlainLabel(look, text, colour=tokens.text2))
    head.addLayout(words, 1)
    card.body.addLayout(head)
    if view.area is not None:
        card.body.addWidget(_questions(look, view.area))
    strengths, needs = _("Strengths"), _("Needs")
    card.body.addLayout(_entries(look, model, strengths, view.strengths, Tone.OK, "sprout"))
    card.body.addLayout(_entries(look, model, needs, view.needs, Tone.INFO, "signpost"))
    return card


def _questions(look: Look, area: LifeArea) -> TintedBox:
    """Return what one may ask: the young person, and those who work with them."""
    language = look.language
    _ = language.gettext
    box = TintedBox(look, Tone.MUTE)
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XL)
    grid.setVerticalSpacing(Space.XS)
    heads = (_("To the young person"), _("To professionals"))
    for column, (head, asked) in enumerate(
        zip(heads, (area.young, area.professional), strict=True)
    ):
        grid.setColumnStretch(column, 1)
        grid.addWidget(PlainLabel(look, head, style=TextStyle.LABEL), 0, column, _AT_TOP)
        for row, words in enumerate((asked.strengths, asked.needs), 1):
            text = words.in_language(language.code)
            label = PlainLabel(look, text, style=TextStyle.SECONDARY)
            grid.addWidget(label, row, column, _AT_TOP)
    box.row.addLayout(grid, 1)
    return box


def _entries(  # noqa: PLR0913, PLR0917  what a list is made of
    look: Look,
    model: MappingViewModel,
    title: str,
    entries: Sequence[ShownEntry],
    tone: Tone,
    icon: str,
) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.S)
    head = QHBoxLayout()
    head.setSpacing(Space.S)
    head.addWidget(IconMark(look, icon, colour=look.theme.tokens.tint(tone).ink))
    head.addWidget(PlainLabel(look, title, style=TextStyle.STRONG), 1)
    column.addLayout(head)
    for entry in entries:
        column.addWidget(_entry(look, model, entry))
    if not entries:
        text = look.language.gettext("Nothing has been noted.")
        column.addWidget(PlainLabel(look, text, colour=look.theme.tokens.text2))
    return column


def _entry(look: Look, model: MappingViewModel, entry: ShownEntry) -> QWidget:
    """Return what was told. The young person's own words stand in a tint of their own."""
    subject, overview = model.subject, model.overview
    language, text2 = look.language, look.theme.tokens.text2
    is_own = subject is not None and entry.item.said_by == subject.party.id
    box = TintedBox(look, Tone.INFO if is_own else Tone.MUTE)
    icon = "users"
    if is_own:
        icon = "quote"
    elif overview is not None and entry.kind_of_who:
        icon = agency_icon(entry.kind_of_who, overview.catalogue)
    tone = Tone.INFO if is_own else Tone.MUTE
    box.row.addWidget(IconMark(look, icon, colour=look.theme.tokens.tint(tone).ink), 0, _AT_TOP)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(PlainLabel(look, entry.item.text))
    who = entry.who or language.gettext("The board")
    day = language.date_long(entry.item.known_on)
    catalogue = None if overview is None else overview.catalogue
    category = _category(entry.item.category, catalogue, language.code)
    line = " · ".join(one for one in (_said(who), category, day) if one)
    words.addWidget(ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
    names = _names(entry, model.others)
    if names:
        about = language.gettext("Also about {names}").format(names=language.list_words(names))
        words.addWidget(ComposedLabel(look, about, style=TextStyle.SECONDARY, colour=text2))
    box.row.addLayout(words, 1)
    return box


def _category(code: str, catalogue: Catalogue | None, language: str) -> str:
    found = None if catalogue is None else find_category(code, catalogue)
    return "" if found is None else found.name.in_language(language)


def _names(entry: ShownEntry, others: Sequence[ShownParty]) -> list[str]:
    return [_said(one.name) for one in others if one.party.id in entry.item.about]


def _said(text: str) -> str:
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME))
