"""What is to be told and to whom: of one holder and one kind, item by item."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.grounds.words import refused_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.form_parts import side_by_side
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_LONGEST_ITEM = 400


class WhatCard(Card):
    """The holder, the kind of information, and a box to tick for each thing there is of it."""

    def __init__(self, model: GroundsViewModel, look: Look, names: ConsentNames) -> None:
        _ = look.language.gettext
        super().__init__(look, _("What is told"), note=_("exactly this, and nothing else like it"))
        self._model = model
        self._look = look
        self._names = names
        self.giver = ComboBox(look, [])
        self.giver.setObjectName("giver")
        self.giver.activated.connect(self._choose_giver)
        self._category = ComboBox(look, [])
        self._category.setObjectName("category")
        self._category.activated.connect(self._choose_category)
        self.body.addLayout(
            side_by_side(
                Field(look, _("Whose information it is"), self.giver),
                Field(look, _("Kind of information"), self._category),
            )
        )
        self._line = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        self.body.addWidget(self._line)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._boxes: dict[UUID, CheckBox] = {}
        self._shown_givers: object = None
        self._shown_categories: object = None
        self._shown_items: object = None
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _choose_giver(self) -> None:
        self._model.choose_giver(self.giver.currentData())

    @Slot()
    def _choose_category(self) -> None:
        self._model.choose_category(str(self._category.currentData()))

    @Slot()
    def _show(self) -> None:
        model, names = self._model, self._names
        if model.givers != self._shown_givers:
            self._shown_givers = model.givers
            _fill(self.giver, self._look, [(names.own_name(one), one) for one in model.givers])
        self.giver.choose(model.form.giver)
        if model.categories != self._shown_categories:
            self._shown_categories = model.categories
            kinds = [(names.category(one), one) for one in model.categories]
            _fill(self._category, self._look, kinds, nothing="")
        self._category.choose(model.form.category)
        self._category.setEnabled(bool(model.categories))
        if model.to_tell != self._shown_items:
            self._shown_items = model.to_tell
            self._show_items()
        for one, box in self._boxes.items():
            _tick(box, checked=one in model.items)
        self._show_line()

    def _show_items(self) -> None:
        take_out(*self._boxes.values())
        self._boxes = {}
        for entry in self._model.to_tell:
            box = CheckBox(self._look, self._text(entry))
            box.setObjectName(f"item {entry.item.id}")
            box.toggled.connect(partial(self._tell, entry.item.id))
            self._list.addWidget(box)
            box.show()
            self._boxes[entry.item.id] = box

    def _show_line(self) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        flaw = model.refused.get("items")
        tokens = self._look.theme.tokens
        text = ""
        if flaw is not None:
            text = refused_text("items", flaw, language)
        elif not model.givers:
            text = _("Nothing has been written down yet that could be told.")
        elif model.form.giver is None or not model.form.category:
            text = _("Choose whose information it is and which kind, and tick each thing.")
        self._line.show_text(text)
        self._line.set_colour(tokens.text2 if flaw is None else tokens.bad)
        self._line.setVisible(bool(text))

    def _text(self, entry: ShownEntry) -> str:
        day = self._look.language.date_long(entry.item.known_on)
        text = make_visible(entry.item.text, lines=False, longest=_LONGEST_ITEM)
        return f"{text} ({day})"

    def _tell(self, item_id: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tick_item(item_id, is_told=checked)


class WhomCard(Card):
    """A box to tick for each organisation of the case that could be told."""

    def __init__(self, model: GroundsViewModel, look: Look, names: ConsentNames) -> None:
        super().__init__(look, look.language.gettext("To whom"))
        self._model = model
        self._look = look
        self._names = names
        self._line = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.bad)
        self.body.addWidget(self._line)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._boxes: dict[UUID, CheckBox] = {}
        self._shown: object = None
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model = self._model
        if model.may_receive != self._shown:
            self._shown = model.may_receive
            take_out(*self._boxes.values())
            self._boxes = {}
            for place, one in enumerate(model.may_receive):
                box = CheckBox(self._look, self._names.own_name(one))
                box.setObjectName(f"recipient {one}")
                box.toggled.connect(partial(self._tell, one))
                self._grid.addWidget(box, place // 2, place % 2)
                box.show()
                self._boxes[one] = box
        for one, box in self._boxes.items():
            _tick(box, checked=one in model.recipients)
        flaw = model.refused.get("recipients")
        text = "" if flaw is None else refused_text("recipients", flaw, self._look.language)
        self._line.show_text(text)
        self._line.setVisible(bool(text))

    def _tell(self, recipient: UUID, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tick_recipient(recipient, is_told=checked)


def _fill(
    combo: ComboBox,
    look: Look,
    choices: list[tuple[str, UUID]] | list[tuple[str, str]],
    nothing: object = None,
) -> None:
    combo.clear()
    combo.addItem(look.language.gettext("Choose"), nothing)
    for text, value in choices:
        combo.addItem(make_visible(text, lines=False, longest=200), value)


def _tick(box: CheckBox, *, checked: bool) -> None:
    box.blockSignals(True)
    box.setChecked(checked)
    box.blockSignals(False)
    box.update()
