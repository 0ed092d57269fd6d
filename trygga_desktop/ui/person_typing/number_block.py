"""The field for an identity number, with the ways to say whose it is and that there is none."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.identity_number import AskCentury, IdentityNumber
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.hints import century_text
from trygga_desktop.ui.person_typing.reading import PersonTyping
from trygga_desktop.ui.person_typing.typed_field import TypedField
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.removal import take_out


class NumberBlock(QWidget):
    """`choices_changed` follows when buttons have come or gone below the field."""

    choices_changed = Signal()

    def __init__(self, look: Look, model: PersonTyping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._number = TypedField(
            look, model, FormField.NUMBER, _("Personal or coordination number")
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._number)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(Space.S)
        self._chips.addStretch(1)
        self._chip_buttons: list[Button] = []
        self._choices: tuple[IdentityNumber, ...] = ()
        column.addLayout(self._chips)
        self._none = Button(look, _("Has no number"), ButtonKind.LINK, icon="circle-question-mark")
        self._none.setObjectName("has no number")
        self._none.clicked.connect(self._toggle_none)
        column.addWidget(self._none, 0, Qt.AlignmentFlag.AlignLeft)
        model.changed.connect(self._show)
        self._show()

    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return self._number.input, *self._chip_buttons, self._none

    @Slot()
    def _toggle_none(self) -> None:
        self._model.say_no_number(has_none=not self._model.form.has_no_number)

    @Slot()
    def _show(self) -> None:
        _ = self._look.language.gettext
        has_none = self._model.form.has_no_number
        self._number.input.setEnabled(not has_none)
        self._none.show_text(_("There is a number") if has_none else _("Has no number"))
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
