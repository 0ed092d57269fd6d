"""The gate: the four filters one below the other, and who it is where nobody has told that."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.services.consultations import Consultation
from trygga_desktop.ui.screens.consultation.form import Field, GateForm
from trygga_desktop.ui.screens.consultation.questions import Questions
from trygga_desktop.ui.screens.consultation.view_model import ConsultationViewModel
from trygga_desktop.ui.screens.consultation.words import gate_missing, hint_of, threshold_words
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.form_parts import (
    ChoiceField,
    FormField,
    FormFoot,
    side_by_side,
    stops_in,
)
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_HEIGHT = 64


class ThresholdCard(Card):
    """What tells that one agency alone is not enough: ticked during the conversation."""

    def __init__(self, form: GateForm, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Is the threshold reached?"))
        self._form = form
        self._boxes: dict[Threshold, CheckBox] = {}
        self.body.setSpacing(Space.XS)
        for code, text in threshold_words(look.language).items():
            box = CheckBox(look, text, checked=code in form.threshold)
            box.setObjectName(f"threshold {code}")
            box.toggled.connect(partial(self._tick, code))
            self._boxes[code] = box
            self.body.addWidget(box)
        form.replaced.connect(self._replace)

    def _tick(self, code: Threshold, holds: bool) -> None:  # noqa: FBT001  Qt's signal
        self._form.tick(code, holds=holds)

    @Slot()
    def _replace(self) -> None:
        for code, box in self._boxes.items():
            box.setChecked(code in self._form.threshold)


class GateCard(QWidget):
    """Nothing is opened before every filter is answered, and nothing is answered beforehand."""

    def __init__(
        self, model: ConsultationViewModel, form: GateForm, found: Consultation, look: Look
    ) -> None:
        super().__init__()
        self._form = form
        self._found = found
        self._look = look
        self._questions: QWidget | None = None
        self._asked: LegalGround | None = None
        language = look.language
        _ = language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        own = Card(look, _("1. The own agency"))
        self._own = self._field(
            Field.OWN_AGENCY, _("What has the own agency tried, and why was it not enough?"), rows=2
        )
        own.body.addWidget(self._own)
        column.addWidget(own)
        column.addWidget(self._who_card())
        self._ground_card = Card(look, _("3. On which ground may the name be told?"))
        self._combo = self._ground_choice()
        self._ground_card.body.addWidget(self._combo)
        self._asking = QVBoxLayout()
        self._ground_card.body.addLayout(self._asking)
        self._decided = self._field(Field.DECIDED_BY, _("Who has decided or consented?"))
        on = self._field(Field.ON, _("On which day?"))
        self._ground_card.body.addLayout(side_by_side(self._decided, on))
        self._ground_card.body.addWidget(
            self._field(Field.MOTIVE, _("Why? In your own words"), rows=2)
        )
        column.addWidget(self._ground_card)
        last = Card(look, _("4. Who it is"))
        if form.needs_name:
            given = self._field(Field.GIVEN_NAME, _("Given name"))
            family = self._field(Field.FAMILY_NAME, _("Family name"))
            last.body.addLayout(side_by_side(given, family))
            last.body.addWidget(self._field(Field.BORN, _("Day of birth")))
        else:
            text = _("The case has the name. Others see it only as far as consent or law allows.")
            last.body.addWidget(PlainLabel(look, text))
        last.body.addWidget(
            FormFoot(
                look,
                form,
                missing=lambda: gate_missing(form, language),
                text=_("Go on with names"),
                send=model.pass_gate,
                cancel_text=_("Back"),
                cancel=model.go_back,
            )
        )
        column.addWidget(last)
        form.changed.connect(self._show)
        form.replaced.connect(self._replace)
        self._show()

    @property
    def first_focus(self) -> QWidget:
        """Return the first filter."""
        return self._own.input

    def _field(self, field: Field, label: str, rows: int = 0) -> FormField:
        look, form = self._look, self._form
        made = FormField(
            look,
            form,
            field,
            label,
            hint=lambda name: hint_of(form, name, look.language),
            rows=rows,
        )
        if rows:
            made.input.setFixedHeight(look.theme.px(_HEIGHT))
        return made

    def _who_card(self) -> Card:
        look, form = self._look, self._form
        _ = look.language.gettext
        card = Card(look, _("2. Who can help?"))
        text = _("Only these go on with the name. The others are told no more.")
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        self._boxes: dict[object, CheckBox] = {}
        card.body.setSpacing(Space.XS)
        for one in self._found.organisations:
            name = make_visible(one.name, lines=False)
            box = CheckBox(look, name.replace("&", "&&"), checked=one.id in form.recipients)
            box.setAccessibleName(name)
            box.setObjectName(f"recipient {one.id}")
            box.toggled.connect(partial(self._send_to, one.id))
            self._boxes[one.id] = box
            card.body.addWidget(box)
        return card

    def _send_to(self, organisation_id: object, goes_on: bool) -> None:  # noqa: FBT001  Qt's signal
        ids = {one.id for one in self._found.organisations if one.id == organisation_id}
        for one in ids:
            self._form.send_to(one, goes_on=goes_on)

    def _ground_choice(self) -> ChoiceField:
        look, form = self._look, self._form
        language = look.language
        _ = language.gettext
        grounds = {one.code: one for one in self._found.grounds}
        names = [(one.title.in_language(language.code), one.code) for one in grounds.values()]
        choices: list[tuple[str, object]] = [(_("Choose"), ""), *names]
        return ChoiceField(
            look,
            _("Consent or legal ground"),
            choices,
            chosen="" if form.ground is None else form.ground.code,
            name="ground",
            choose=lambda code: form.choose_ground(grounds.get(str(code))),
        ).follow(form, lambda: "" if form.ground is None else form.ground.code)

    @Slot()
    def _show(self) -> None:
        """Ask what the chosen ground asks."""
        form = self._form
        self._combo.combo.choose("" if form.ground is None else form.ground.code)
        if form.ground == self._asked:
            return
        self._asked = form.ground
        if self._questions is not None:
            take_out(self._questions)
            self._questions = None
        if form.ground is not None:
            self._questions = Questions(self._look, form, form.ground)
            self._asking.addWidget(self._questions)
            stops = stops_in(self._questions)
            keep_tab_order(self._combo.combo, *stops, self._decided.input)

    @Slot()
    def _replace(self) -> None:
        for organisation_id, box in self._boxes.items():
            box.setChecked(organisation_id in self._form.recipients)
