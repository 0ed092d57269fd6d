"""Beside the form: the provision, who decides and until when, and the duty to inform the police."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.agencies import Agency
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.ui.consent_words import read_day
from trygga_desktop.ui.ground_words import confirmed_text, unverified_pill
from trygga_desktop.ui.screens.grounds.form import LONGEST_DECIDER, TextField
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.grounds.words import (
    decider_length,
    duty_line,
    duty_text,
    in_force_text,
    mode_text,
    refused_text,
    sides_text,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out

_TOP = Qt.AlignmentFlag.AlignTop
_LEFT = Qt.AlignmentFlag.AlignLeft


def about_card(look: Look) -> Card:
    """Return what such a decision does and does not do."""
    _ = look.language.gettext
    card = Card(look, _("What a decision does"))
    for icon, title, line in (
        (
            "scale",
            _("It opens just what it names"),
            _("To those it names, and never a whole kind of information."),
        ),
        (
            "timer",
            _("It ends"),
            _("With its last day, or on the day on which it is taken back."),
        ),
        (
            "eye-off",
            _("The room is told nothing of it"),
            _("That something is shown without consent stands only in your own window."),
        ),
    ):
        card.body.addWidget(IconRow(look, icon=icon, title=title, line=line))
    return card


class ProvisionCard(Card):
    """The ground that is chosen: what it says, from whom, to whom, and how sure its text is."""

    def __init__(self, model: GroundsViewModel, look: Look) -> None:
        super().__init__(look, look.language.gettext("The provision"))
        self.setObjectName("provision")
        self._model = model
        self._look = look
        self._inside: QWidget | None = None
        self._shown: object = self
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model = self._model
        if model.ground == self._shown:
            return
        self._shown = model.ground
        if self._inside is not None:
            take_out(self._inside)
        self._inside = self._nothing() if model.ground is None else self._told(model.ground)
        self.body.addWidget(self._inside)
        self._inside.show()

    def _nothing(self) -> QWidget:
        look = self._look
        text = look.language.gettext(
            "Once a ground is chosen, its text, from whom and to whom it is, stand here."
        )
        return PlainLabel(look, text, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)

    def _told(self, ground: LegalGround) -> QWidget:
        look, language = self._look, self._look.language
        _ = language.gettext
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        if not ground.is_verified:
            column.addWidget(unverified_pill(look), 0, _LEFT)
        column.addWidget(PlainLabel(look, ground.provision, style=TextStyle.STRONG))
        column.addWidget(PlainLabel(look, ground.explanation.in_language(language.code)))
        column.addLayout(self._facts(ground))
        text2 = look.theme.tokens.text2
        confirmed = confirmed_text(ground, language)
        if confirmed:
            column.addWidget(PlainLabel(look, confirmed, style=TextStyle.SECONDARY, colour=text2))
        if not ground.is_verified:
            text = _("The wording is not confirmed here. Read the law itself, or ask a lawyer.")
            column.addWidget(banner(look, text, tone=Tone.WARN, icon="info"))
            if self._model.may_confirm:
                confirm = Button(look, _("Confirm the text"), icon="scale", small=True)
                confirm.setObjectName("confirm text")
                confirm.clicked.connect(self._model.want_confirmation)
                column.addWidget(confirm, 0, _LEFT)
        return inside

    def _facts(self, ground: LegalGround) -> QGridLayout:
        look, language = self._look, self._look.language
        _ = language.gettext
        found = self._model.found
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        if found is None:
            return grid
        rows = (
            (_("Told by"), sides_text(ground.givers, found.catalogue, language)),
            (_("Told to"), sides_text(ground.recipients, found.catalogue, language)),
            (_("Covers"), _("item by item, never a whole kind of information")),
            (_("What it means"), mode_text(ground.mode, language)),
            (_("In force"), in_force_text(ground, language)),
        )
        text2 = look.theme.tokens.text2
        for row, (head, text) in enumerate(rows):
            label = PlainLabel(look, head, style=TextStyle.SECONDARY, colour=text2)
            grid.addWidget(label, row, 0, _TOP)
            grid.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY), row, 1, _TOP)
        return grid


class DecisionCard(Card):
    """Who decides, on which day, and until when it holds."""

    def __init__(self, model: GroundsViewModel, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("The decision"))
        self._model = model
        self._look = look
        labels = {
            TextField.DECIDED_BY: _("Who decides, name and position"),
            TextField.ON: _("Decided on"),
            TextField.UNTIL: _("Holds until"),
        }
        self._inputs: dict[TextField, TextInput] = {}
        self._fields: dict[TextField, Field] = {}
        days = QGridLayout()
        days.setHorizontalSpacing(Space.M)
        for where, label in labels.items():
            is_day = where is not TextField.DECIDED_BY
            longest = 10 if is_day else LONGEST_DECIDER
            field = TextInput(look, longest=longest, placeholder="2026-12-10" if is_day else "")
            field.setObjectName(where)
            field.textEdited.connect(partial(model.type, where))
            self._inputs[where] = field
            self._fields[where] = Field(look, label, field)
            if is_day:
                place = days.count()
                days.addWidget(self._fields[where], 0, place, _TOP)
                days.setColumnStretch(place, 1)
            else:
                self.body.addWidget(self._fields[where])
        self.body.addLayout(days)
        text = _("Trygga never answers for you. It opens just what you choose to those you choose.")
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        model.changed.connect(self._show)
        model.replaced.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        form = self._model.form
        for where, field in self._inputs.items():
            if field.text() != form.text_in(where):
                field.setText(form.text_in(where))
                field.setCursorPosition(0)
            self._judge(where)

    def _judge(self, where: TextField) -> None:
        model, language = self._model, self._look.language
        _ = language.gettext
        text = model.form.text_in(where)
        flaw = model.refused.get(where)
        hint = ""
        if flaw is not None:
            hint = refused_text(where, flaw, language)
        elif where is TextField.DECIDED_BY:
            hint = decider_length(language) if len(text) > LONGEST_DECIDER else ""
        elif text.strip():
            hint = self._day_flaw(where, text)
        self._fields[where].show_state(FieldState.BAD if hint else FieldState.PLAIN, hint)

    def _day_flaw(self, where: TextField, text: str) -> str:
        _ = self._look.language.gettext
        day, today = read_day(text), self._model.today
        if day is None:
            return _("Write the day as 2026-11-26.")
        if where is TextField.ON and day > today:
            return _("That day has not come yet.")
        if where is TextField.UNTIL and day < today:
            return _("That day is over.")
        return ""


class DutyCard(Card):
    """That there can be a duty to inform the police, whatever anybody consents to."""

    def __init__(self, model: GroundsViewModel, look: Look) -> None:
        super().__init__(look, look.language.gettext("A duty to inform the police"))
        self.setObjectName("duty")
        self._model = model
        self._look = look
        _ = look.language.gettext
        text = _(
            "Some who hold information must tell the police, on request or on their own, whatever "
            "anyone has consented to (act 2025:170). Contact details can be demanded of every "
            "authority. That is not decided here, and not by Trygga."
        )
        self.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY))
        self._told = PlainLabel(look, style=TextStyle.STRONG)
        self._note = PlainLabel(look, style=TextStyle.SECONDARY)
        self._provision = PlainLabel(
            look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2
        )
        for one in (self._told, self._note, self._provision):
            self.body.addWidget(one)
        model.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        agency: Agency | None = model.giver_kind if model.is_writing else None
        name = "" if agency is None else agency.name.in_language(language.code)
        line = duty_line(agency, language) if model.is_writing else ""
        self._told.show_text(f"{name}: {line}" if name else line)
        self._note.show_text(duty_text(agency, language))
        self._provision.show_text("" if agency is None else agency.police_duty.provision)
        for one in (self._told, self._note, self._provision):
            one.setVisible(bool(one.text()))
