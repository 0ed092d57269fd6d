"""The part of the form that is about the young person."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.domain.people import Protection
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.number_block import NumberBlock
from trygga_desktop.ui.person_typing.typed_field import TypedField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel

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
        self._number_block = NumberBlock(look, model)
        self._number_block.choices_changed.connect(self.choices_changed)
        self._birth_date = TypedField(look, model, FormField.BIRTH_DATE, _("Birth date"))
        self._alias = TypedField(look, model, FormField.ALIAS, _("Alias"))
        self._kind = self._build_kind()
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

    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            self.given_name.input,
            self._family_name.input,
            *self._number_block.in_order(),
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
