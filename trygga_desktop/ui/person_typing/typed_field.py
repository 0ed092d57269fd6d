"""Fields of the form: they hand on what is typed, and show what is thought of it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.hints import hint_for
from trygga_desktop.ui.person_typing.reading import PersonTyping
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import TextArea, TextInput


class TypedField(Field):
    """One line of the form, bound to its place in the view model."""

    def __init__(  # noqa: PLR0913  what a field is
        self,
        look: Look,
        model: PersonTyping,
        field: FormField,
        label: str,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.input = TextInput(look, text=model.form.text_in(field), placeholder=placeholder)
        self.input.setObjectName(field)
        super().__init__(look, label, self.input, parent=parent)
        self._model = model
        self._field = field
        self._language = look.language
        self.input.textEdited.connect(self._type)
        self.input.editingFinished.connect(self._leave)
        model.changed.connect(self.show_hint)
        model.form_replaced.connect(self._replace)
        self.show_hint()

    @Slot()
    def show_hint(self) -> None:
        """Show what is thought of the text."""
        hint = hint_for(self._field, self._model, self._language)
        self.show_state(FieldState(hint.mark), hint.text)

    @Slot(str)
    def _type(self, text: str) -> None:
        self._model.type(self._field, text)

    @Slot()
    def _leave(self) -> None:
        self._model.leave_field(self._field)

    @Slot()
    def _replace(self) -> None:
        text = self._model.form.text_in(self._field)
        if text != self.input.text():
            self.input.setText(text)
            self.input.setCursorPosition(0)


class TypedArea(Field):
    """Several lines of the form, bound to their place in the view model."""

    def __init__(  # noqa: PLR0913  what a field is
        self,
        look: Look,
        model: PersonTyping,
        field: FormField,
        label: str,
        *,
        rows: int,
        parent: QWidget | None = None,
    ) -> None:
        self.input = TextArea(look, text=model.form.text_in(field), rows=rows)
        self.input.setMaximumHeight(self.input.minimumHeight() + Space.XL)
        self.input.setObjectName(field)
        super().__init__(look, label, self.input, parent=parent)
        self._model = model
        self._field = field
        self._language = look.language
        self.input.textChanged.connect(self._type)
        model.changed.connect(self.show_hint)
        model.form_replaced.connect(self._replace)
        self.show_hint()

    @Slot()
    def show_hint(self) -> None:
        """Show what is thought of the text."""
        hint = hint_for(self._field, self._model, self._language)
        self.show_state(FieldState(hint.mark), hint.text)

    @Slot()
    def _type(self) -> None:
        self._model.type(self._field, self.input.toPlainText())

    @Slot()
    def _replace(self) -> None:
        text = self._model.form.text_in(self._field)
        if text != self.input.toPlainText():
            self.input.setPlainText(text)
