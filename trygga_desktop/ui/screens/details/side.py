"""Beside the form: what a protection brings with it, where the name still stands, and lowering."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.domain.people import Protection
from trygga_desktop.services.details import PersonDetails, ShownLowering
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.side import protected_card
from trygga_desktop.ui.person_typing.typed_field import TypedArea
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.details.words import (
    lower_kinds,
    lowering_text,
    place_lines,
    plain,
    side_rows,
    why_hint,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark


def holds_card(model: DetailsViewModel, look: Look, details: PersonDetails) -> Card:
    """Return what holds for a protected person, or what would hold for one who is not."""
    _ = look.language.gettext
    chosen, rows = model.form.protection, side_rows(details, look.language)
    if chosen is Protection.NONE:
        title = _("What protection brings")
        return protected_card(look, Protection.SECRECY_MARKING, title, rows)
    holds = model.is_protected and not model.is_raised
    title = _("What holds now") if holds else _("What will hold")
    return protected_card(look, chosen, title, rows)


def places_card(look: Look, details: PersonDetails) -> Card | None:
    """Return where the name still stands, None where it stands nowhere."""
    places = details.places
    lines = () if places is None else place_lines(places, look.language)
    if not lines:
        return None
    card = Card(look, look.language.gettext("Where the name still stands"))
    card.setObjectName("places")
    for line in lines:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        mark = IconMark(look, "file-text", colour=look.theme.tokens.text2, size=16)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY), 1)
        card.body.addLayout(row)
    return card


class LoweringCard(Card):
    """The way to less protection: it takes one who asks, and another who confirms."""

    def __init__(
        self,
        model: DetailsViewModel,
        look: Look,
        details: PersonDetails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, look.language.gettext("Less protection"), parent=parent)
        self.setObjectName("lowering")
        self._model = model
        self._look = look
        self._stops: list[QWidget] = []
        if details.lowering is not None:
            self._build_asked(details.lowering)
        elif model.more.is_lowering:
            self._build_form(details)
        else:
            self._build_way()

    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return tuple(self._stops)

    def _build_way(self) -> None:
        look = self._look
        _ = look.language.gettext
        self.body.addWidget(
            self._quiet(_("One asks for it, and somebody else who can open this confirms it."))
        )
        button = Button(look, _("Ask for less protection"), ButtonKind.SECONDARY, icon="shield")
        button.setObjectName("ask to lower")
        button.clicked.connect(partial(self._model.lower, on=True))
        self._add(button)

    def _build_form(self, details: PersonDetails) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        kinds = lower_kinds(details.protection)
        kind = ComboBox(look, [(protection_label(one, look.language), one) for one in kinds])
        kind.setObjectName("kind to lower to")
        kind.choose(model.more.to)
        kind.activated.connect(partial(self._choose, kind))
        self.body.addWidget(Field(look, _("What would hold then"), kind))
        area = TypedArea(look, model, FormField.WHY, _("Why"), rows=3)
        self.body.addWidget(area)
        self._hint = self._quiet("")
        self.body.addWidget(self._hint)
        self._ask = Button(look, _("Ask for it"), ButtonKind.SECONDARY)
        self._ask.setObjectName("really ask to lower")
        self._ask.clicked.connect(model.ask)
        back = Button(look, _("Go back"), ButtonKind.GHOST)
        back.setObjectName("leave protection")
        back.clicked.connect(partial(model.lower, on=False))
        self._stops += [kind, area.input]
        self._add_row(self._ask, back)
        model.changed.connect(self._show)
        self._show()

    def _build_asked(self, lowering: ShownLowering) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        self.body.addWidget(ComposedLabel(look, lowering_text(lowering, look.language)))
        self.body.addWidget(ComposedLabel(look, plain(lowering.why)))
        if lowering.is_mine:
            text = _("Take it back")
            drop = Button(look, text, ButtonKind.SECONDARY, icon="undo-2")
            drop.setObjectName("take back")
            drop.clicked.connect(partial(model.answer, confirms=False))
            self._add(drop)
            return
        confirm = Button(look, _("Confirm"), ButtonKind.SECONDARY, icon="check")
        confirm.setObjectName("confirm lowering")
        confirm.clicked.connect(partial(model.answer, confirms=True))
        refuse = Button(look, _("Refuse"), ButtonKind.GHOST)
        refuse.setObjectName("refuse lowering")
        refuse.clicked.connect(partial(model.answer, confirms=False))
        self._add_row(confirm, refuse)

    def _add(self, button: Button) -> None:
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._stops.append(button)

    def _add_row(self, *buttons: Button) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for one in buttons:
            row.addWidget(one)
            self._stops.append(one)
        row.addStretch(1)
        self.body.addLayout(row)

    def _quiet(self, text: str) -> PlainLabel:
        text2 = self._look.theme.tokens.text2
        return PlainLabel(self._look, text, style=TextStyle.SECONDARY, colour=text2)

    def _choose(self, kind: ComboBox, _: int) -> None:
        self._model.lower_to(Protection(kind.currentData()))

    @Slot()
    def _show(self) -> None:
        self._ask.setEnabled(self._model.may_ask or self._model.is_working)
        self._hint.show_text(why_hint(self._model, self._look.language))
