"""When, where, how long, after which template, and who leads, writes and verifies."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.domain.meeting import Function
from trygga_desktop.ui.screens.new_meeting.form import ROLES, MeetingField
from trygga_desktop.ui.screens.new_meeting.inputs import CountedInput, FieldGrid
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.when import step_day, step_minutes, step_time
from trygga_desktop.ui.screens.new_meeting.words import hint_for, name_of, role_hint, role_label
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput

_COLUMNS = ((0, 1), (400, 2), (820, 4))
_LONGEST_PLACE = 200
_QUARTER = 15
_MINUTES = 5


class FieldsCard(Card):
    """Bound to the form of the view model, both ways."""

    def __init__(
        self, model: NewMeetingViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent=parent)
        self._model = model
        self._look = look
        self._offered: object = None
        self._templates: object = None
        _ = look.language.gettext
        self.template = ComboBox(look, [])
        self.template.setObjectName(MeetingField.TEMPLATE)
        self.template.activated.connect(self._choose_template)
        self._inputs = self._build_inputs()
        self._fields = {
            field: self._field(field, label)
            for field, label in (
                (MeetingField.DAY, _("Day")),
                (MeetingField.TIME, _("Time")),
                (MeetingField.MINUTES, _("Minutes")),
                (MeetingField.PLACE, _("Place")),
            )
        }
        self._roles = {function: self._build_role(function) for function in ROLES}
        self._role_fields = {
            function: Field(look, role_label(function, look.language), box)
            for function, box in self._roles.items()
        }
        fields = [
            Field(look, _("Template"), self.template),
            *self._fields.values(),
            *self._role_fields.values(),
        ]
        self.body.addWidget(FieldGrid(look, fields, columns=_COLUMNS))
        model.changed.connect(self._show)
        model.form_replaced.connect(self._replace)
        self._show()

    @property
    def first(self) -> QWidget:
        """Return where one begins: a booked meeting keeps its template."""
        return self._inputs[MeetingField.DAY] if self._model.is_booked else self.template

    @property
    def in_order(self) -> list[QWidget]:
        """Return what Tab goes through, as one reads it."""
        return [self.template, *self._inputs.values(), *self._roles.values()]

    def _build_inputs(self) -> dict[MeetingField, TextInput]:
        look, model = self._look, self._model
        day = CountedInput(
            look,
            lambda text, steps: step_day(text, steps, today=model.today),
            placeholder="2026-11-26",
        )
        time = CountedInput(
            look, lambda text, steps: step_time(text, steps * _QUARTER), placeholder="15:00"
        )
        minutes = CountedInput(
            look, lambda text, steps: step_minutes(text, steps * _MINUTES), placeholder="60"
        )
        place = TextInput(look, longest=_LONGEST_PLACE)
        inputs = {
            MeetingField.DAY: day,
            MeetingField.TIME: time,
            MeetingField.MINUTES: minutes,
            MeetingField.PLACE: place,
        }
        for field, one in inputs.items():
            one.setObjectName(field)
            one.setText(model.form.text_in(field))
            one.setCursorPosition(0)
            one.textEdited.connect(partial(model.type, field))
            one.editingFinished.connect(partial(model.leave_field, field))
        return inputs

    def _field(self, field: MeetingField, label: str) -> Field:
        return Field(self._look, label, self._inputs[field])

    def _build_role(self, function: Function) -> ComboBox:
        box = ComboBox(self._look, [])
        box.setObjectName(function)
        box.activated.connect(partial(self._give_role, function))
        return box

    def _choose_template(self, place: int) -> None:
        self._model.choose_template(str(self.template.itemData(place)))

    def _give_role(self, function: Function, place: int) -> None:
        held = self._roles[function].itemData(place)
        self._model.give_role(function, held if isinstance(held, UUID) else None)

    @Slot()
    def _replace(self) -> None:
        for field, one in self._inputs.items():
            text = self._model.form.text_in(field)
            if text != one.text():
                one.setText(text)
                one.setCursorPosition(0)

    @Slot()
    def _show(self) -> None:
        model, language = self._model, self._look.language
        self._offer()
        self.template.choose(model.form.template)
        # The agenda of a booked meeting is there already, with what was prepared for it.
        self.template.setEnabled(not model.is_booked)
        self._inputs[MeetingField.PLACE].setEnabled(not model.is_protected)
        for field, widget in self._fields.items():
            hint = hint_for(field, model, language)
            widget.show_state(hint.state, hint.text)
        for function, box in self._roles.items():
            box.choose(model.form.roles.get(function))
            hint = role_hint(function, model, language)
            self._role_fields[function].show_state(hint.state, hint.text)

    def _offer(self) -> None:
        """Fill the lists that one chooses from, where there is something new to choose."""
        model, language = self._model, self._look.language
        templates = () if model.found is None else model.found.templates
        if templates != self._templates:
            self._templates = templates
            self._fill(
                self.template,
                [(one.name.in_language(language.code), one.code) for one in templates],
            )
        offered = tuple((one.shown.party.id, one.shown.name) for one in model.professionals)
        if offered != self._offered:
            self._offered = offered
            nobody: tuple[str, object] = (language.gettext("Nobody yet"), None)
            names: list[tuple[str, object]] = [
                (name_of(one), one.shown.party.id) for one in model.professionals
            ]
            for box in self._roles.values():
                self._fill(box, [nobody, *names])

    def _fill(self, box: ComboBox, choices: list[tuple[str, object]]) -> None:
        blocked = QSignalBlocker(box)
        box.clear()
        for text, value in choices:
            box.addItem(text, value)
        blocked.unblock()
        box.updateGeometry()
