"""The cards that list people: one row for each, with what can be changed about them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.screens.people.lines import (
    PersonLines,
    groups_of,
    lines_of,
)
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill
from trygga_desktop.ui.widgets.row_button import RowButton
from trygga_desktop.ui.widgets.text import isolate
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_DISC = 40
_NARROW = 620


class PersonRow(QWidget):
    """Disc, name, lines; pills and the button at the right, or below where it is narrow."""

    def __init__(
        self, look: Look, lines: PersonLines, *, tone: Tone, button: RowButton | None
    ) -> None:
        super().__init__()
        self._look = look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.L - 1, Space.S, Space.L - 1, Space.S)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        disc = Disc(look, icon=lines.icon, tone=tone, size=_DISC)
        self._grid.addWidget(disc, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._words = self._build_words(lines)
        pills = [Pill(look, one.text, tone=one.tone, icon=one.icon) for one in lines.pills]
        self._pills = WrapRow(pills, gap=Space.XS)
        self._has_pills = bool(lines.pills)
        self._button = button
        self._narrow: bool | None = None
        self._arrange(narrow=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the pills below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        middle = Qt.AlignmentFlag.AlignVCenter
        self._grid.removeWidget(self._words)
        self._grid.removeWidget(self._pills)
        self._grid.addWidget(self._words, 0, 1, middle)
        if narrow:
            self._grid.addWidget(self._pills, 1, 1, 1, 3)
        else:
            self._grid.addWidget(self._pills, 0, 2, middle)
        self._pills.setVisible(self._has_pills)
        if self._button is not None:
            self._grid.removeWidget(self._button)
            self._grid.addWidget(self._button, 0, 3, middle)

    def _build_words(self, lines: PersonLines) -> QWidget:
        look, text2 = self._look, self._look.theme.tokens.text2
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        name = isolate(lines.name)
        if lines.apart:
            # Two of one name: what tells them apart is as heavy as the name.
            name = f"{name} ({isolate(lines.apart)})"
        column.addWidget(ComposedLabel(look, name, style=TextStyle.STRONG))
        for line in lines.lines:
            column.addWidget(ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        if lines.note:
            row = QHBoxLayout()
            row.setSpacing(6)
            mark = IconMark(look, "info", size=16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            note = PlainLabel(look, lines.note, style=TextStyle.SECONDARY, colour=text2)
            row.addWidget(note, 1)
            column.addLayout(row)
        return words


class PeopleCard(Card):
    """Rows of people, each with a button where something can be changed about them."""

    def __init__(self, model: PeopleViewModel, look: Look, title: str, note: str = "") -> None:
        super().__init__(look, title, note=note, rows_to_edge=True)
        self.body.setSpacing(0)
        self.head.setContentsMargins(Space.L - 1, 0, Space.L - 1, Space.S)
        self._model = model
        self._look = look
        self.buttons: list[RowButton] = []

    def add_way(self, text: str, name: str, run: Callable[[], None]) -> None:
        """Put a button into the head that adds somebody, unless a form is open already."""
        if self._model.form is not None:
            return
        button = Button(self._look, text, ButtonKind.SECONDARY, icon="user-plus", small=True)
        button.setObjectName(name)
        button.clicked.connect(run)
        self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_heading(self, icon: str, text: str, *, first: bool) -> None:
        """Begin a group."""
        look = self._look
        if not first:
            self.body.addWidget(Divider(look))
        line = QHBoxLayout()
        line.setContentsMargins(Space.L - 1, Space.M, Space.L - 1, 0)
        line.setSpacing(Space.S)
        colour = look.theme.tokens.text2
        line.addWidget(IconMark(look, icon, colour=colour, size=16))
        line.addWidget(PlainLabel(look, text, style=TextStyle.LABEL, colour=colour), 1)
        self.body.addLayout(line)

    def add_people(
        self, people: Sequence[ShownParty], *, tone: Tone, changeable: bool = True
    ) -> None:
        """Add a row for each of these."""
        found = self._model.people
        if found is None:
            return
        for place, one in enumerate(people):
            if place:
                self.body.addWidget(Divider(self._look))
            lines = lines_of(one, found, self._model.today, self._look.language)
            button = self._button(one, lines.name) if changeable else None
            self.body.addWidget(PersonRow(self._look, lines, tone=tone, button=button))

    def _button(self, one: ShownParty, name: str) -> RowButton:
        _ = self._look.language.gettext
        button = RowButton(self._look, _("Change"), ButtonKind.SECONDARY, small=True)
        is_subject = one.party.role is PartyRole.SUBJECT_PERSON
        told = _("Change who {name} is") if is_subject else _("Change what holds for {name}")
        text = told.format(name=name)
        button.setAccessibleName(text)
        button.setObjectName(f"change {one.party.id}")
        button.clicked.connect(partial(self._model.begin_change, one.party.id))
        self.buttons.append(button)
        return button


def family_card(model: PeopleViewModel, look: Look, family: Sequence[ShownParty]) -> PeopleCard:
    """Return the young person, those with custody, and others close to them."""
    _ = look.language.gettext
    card = PeopleCard(model, look, _("Family and relatives"))
    card.add_way(_("Add a relative"), "add relative", model.begin_relative)
    card.add_people(family, tone=Tone.INFO)
    return card


def professionals_card(
    model: PeopleViewModel, look: Look, people: Sequence[ShownParty], empty: Callable[[], QWidget]
) -> PeopleCard:
    """Return the professionals by kind of agency, or what stands there while there is none."""
    _ = look.language.gettext
    card = PeopleCard(model, look, _("Professionals"))
    card.add_way(_("Add a professional"), "add professional", model.begin_professional)
    groups = (
        () if model.people is None else groups_of(people, model.people.catalogue, look.language)
    )
    for place, group in enumerate(groups):
        card.add_heading(group.icon, group.title, first=place == 0)
        card.add_people(group.people, tone=Tone.ACCENT)
    if not groups:
        card.body.addWidget(empty())
    return card


def former_card(model: PeopleViewModel, look: Look, people: Sequence[ShownParty]) -> PeopleCard:
    """Return those who had a place in the case and have it no more."""
    _ = look.language.gettext
    card = PeopleCard(model, look, _("Earlier"))
    card.add_people(people, tone=Tone.MUTE, changeable=False)
    return card
