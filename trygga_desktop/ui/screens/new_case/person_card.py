"""The part of the form that is about the young person."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.identity_number import AskCentury, IdentityNumber
from trygga_desktop.domain.people import Protection
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.screens.new_case.form import FormField
from trygga_desktop.ui.screens.new_case.hints import century_text
from trygga_desktop.ui.screens.new_case.typed_field import TypedField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out

_ONE_COLUMN = 520

_KINDS = (
    Protection.SECRECY_MARKING,
    Protection.PROTECTED_REGISTRATION,
    Protection.FICTITIOUS_IDENTITY,
)


class PersonCard(Card):
    """Name, number, birth date and protection, in the order in which one asks for them.

    `choices_changed` follows when buttons have come or gone between the fields.
    """

    choices_changed = Signal()

    def __init__(self, model: NewCaseViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("The young person"), parent=parent)
        self._model = model
        self._look = look
        self.given_name = TypedField(look, model, FormField.GIVEN_NAME, _("Given name"))
        self._family_name = TypedField(look, model, FormField.FAMILY_NAME, _("Family name"))
        self._number = TypedField(
            look, model, FormField.NUMBER, _("Personal or coordination number")
        )
        self._birth_date = TypedField(look, model, FormField.BIRTH_DATE, _("Birth date"))
        self._alias = TypedField(look, model, FormField.ALIAS, _("Alias"))
        self._kind = self._build_kind()
        self._number_block = self._build_number()
        self._identity = QGridLayout()
        self._guard = QWidget()
        self._guard_grid = QGridLayout(self._guard)
        self._guard_grid.setContentsMargins(0, 0, 0, 0)
        for grid in (self._identity, self._guard_grid):
            grid.setHorizontalSpacing(Space.M)
            grid.setVerticalSpacing(Space.M)
        self.body.addLayout(self._identity)
        self.body.addWidget(self._build_switch())
        self.body.addWidget(self._guard)
        self._columns = 0
        self._arrange(2)
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the fields below each other where two do not fit beside each other."""
        super().resizeEvent(event)
        narrow = self._look.effective(event.size().width()) < _ONE_COLUMN
        self._arrange(1 if narrow else 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        identity = (self.given_name, self._family_name, self._number_block, self._birth_date)
        _place(self._identity, identity, columns)
        _place(self._guard_grid, (self._alias, self._kind_field), columns)

    def _build_number(self) -> QWidget:
        _ = self._look.language.gettext
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._number)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(Space.S)
        self._chips.addStretch(1)
        self._chip_buttons: list[Button] = []
        self._choices: tuple[IdentityNumber, ...] = ()
        column.addLayout(self._chips)
        self._none = Button(
            self._look, _("Has no number"), ButtonKind.LINK, icon="circle-question-mark"
        )
        self._none.setObjectName("has no number")
        self._none.clicked.connect(self._toggle_none)
        column.addWidget(self._none, 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _build_switch(self) -> QWidget:
        _ = self._look.language.gettext
        box = TintedBox(self._look, Tone.MUTE)
        self._switch = CheckBox(
            self._look, _("Protected identity"), checked=self._model.form.is_protected
        )
        self._switch.setObjectName("protected")
        self._switch.toggled.connect(self._protect)
        self._switch_line = PlainLabel(
            self._look,
            _("If you are unsure: turn it on. It is easy to turn on and hard to turn off."),
            style=TextStyle.SECONDARY,
            colour=self._look.theme.tokens.text2,
        )
        self._switch.setAccessibleDescription(self._switch_line.text())
        box.row.addWidget(self._switch, 0)
        box.row.addWidget(self._switch_line, 1, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _build_kind(self) -> ComboBox:
        language = self._look.language
        kind = ComboBox(self._look, [(protection_label(one, language), one) for one in _KINDS])
        kind.setObjectName("kind of protection")
        if self._model.form.is_protected:
            kind.choose(self._model.form.protection)
        kind.activated.connect(self._choose_kind)
        self._kind_field = Field(self._look, language.gettext("Kind of protection"), kind)
        return kind

    @Slot()
    def _toggle_none(self) -> None:
        self._model.say_no_number(has_none=not self._model.form.has_no_number)

    @Slot(bool)
    def _protect(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.protect(self._chosen_kind() if on else Protection.NONE)

    @Slot()
    def _choose_kind(self) -> None:
        self._model.protect(self._chosen_kind())

    def _chosen_kind(self) -> Protection:
        return Protection(self._kind.currentData())

    @Slot()
    def _show(self) -> None:
        _ = self._look.language.gettext
        form = self._model.form
        self._guard.setVisible(form.is_protected)
        if self._switch.isChecked() != form.is_protected:
            self._switch.setChecked(form.is_protected)
        if form.is_protected:
            self._kind.choose(form.protection)
        self._number.input.setEnabled(not form.has_no_number)
        self._none.show_text(_("There is a number") if form.has_no_number else _("Has no number"))
        reading = self._model.reading
        self._show_choices(reading.choices if isinstance(reading, AskCentury) else ())

    def _show_choices(self, choices: tuple[IdentityNumber, ...]) -> None:
        if choices == self._choices:
            return
        self._choices = choices
        take_out(*self._chip_buttons)
        self._chip_buttons = []
        for place, choice in enumerate(choices):
            text = century_text(choice, self._model.today, self._look.language)
            chip = Button(self._look, text, ButtonKind.SECONDARY, small=True)
            chip.setObjectName(f"century {choice.birth_date.year}")
            chip.clicked.connect(partial(self._model.choose_century, choice))
            self._chips.insertWidget(place, chip)
            self._chip_buttons.append(chip)
        self.choices_changed.emit()

    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self.given_name.input,
            self._family_name.input,
            self._number.input,
            *self._chip_buttons,
            self._none,
            self._birth_date.input,
            self._switch,
            self._alias.input,
            self._kind,
        )


def _place(grid: QGridLayout, fields: tuple[QWidget, ...], columns: int) -> None:
    for field in fields:
        grid.removeWidget(field)
    for index, field in enumerate(fields):
        grid.addWidget(field, index // columns, index % columns, Qt.AlignmentFlag.AlignTop)
    for column in range(2):
        grid.setColumnStretch(column, 1 if column < columns else 0)
