"""Parts of a small form: they hand on what is typed, and show what is thought of it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.text_form import Hint, TextForm
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel


class FormField(Field):
    """A text of a form, bound to its place in it. With `rows` it has several lines.

    `hint` tells what stands below, for the field and the form as it is then.
    """

    def __init__(  # noqa: PLR0913  what a field is made of
        self,
        look: Look,
        form: TextForm,
        field: str,
        label: str,
        *,
        hint: Callable[[str], Hint],
        rows: int = 0,
    ) -> None:
        text = form.text_in(field)
        self.input: TextInput | TextArea
        if rows:
            self.input = TextArea(look, text=text, rows=rows)
            self.input.textChanged.connect(self._take)
        else:
            self.input = TextInput(look, text=text)
            self.input.textEdited.connect(self._take)
            self.input.editingFinished.connect(self._leave)
        self.input.setObjectName(field)
        super().__init__(look, label, self.input)
        self._form = form
        self._field = field
        self._hint_for = hint
        form.changed.connect(self.show_hint)
        form.replaced.connect(self._replace)
        self.show_hint()

    @Slot()
    def show_hint(self) -> None:
        """Show what is thought of the text. It cannot be changed while the form is on its way."""
        self.input.setReadOnly(self._form.is_working)
        hint = self._hint_for(self._field)
        self.show_state(FieldState(hint.mark), hint.text)

    def _text(self) -> str:
        one = self.input
        return one.text() if isinstance(one, TextInput) else one.toPlainText()

    @Slot()
    def _take(self) -> None:
        self._form.type(self._field, self._text())

    @Slot()
    def _leave(self) -> None:
        self._form.leave_field(self._field)

    @Slot()
    def _replace(self) -> None:
        text = self._form.text_in(self._field)
        if text == self._text():
            return
        if isinstance(self.input, TextInput):
            self.input.setText(text)
            self.input.setCursorPosition(0)
        else:
            self.input.setPlainText(text)


class ChoiceField(Field):
    """A choice of a form: tells which value was chosen."""

    def __init__(  # noqa: PLR0913  what a choice is made of
        self,
        look: Look,
        label: str,
        choices: Sequence[tuple[str, object]],
        *,
        chosen: object,
        name: str,
        choose: Callable[[object], None],
    ) -> None:
        self.combo = ComboBox(look, choices)
        self.combo.setObjectName(name)
        self.combo.choose(chosen)
        self._choose = choose
        self._now: Callable[[], object] | None = None
        super().__init__(look, label, self.combo)
        self.combo.activated.connect(self._tell)

    def follow(self, form: TextForm, chosen: Callable[[], object]) -> "ChoiceField":
        """Show another choice when the form holds one that was not made here; return itself."""
        self._now = chosen
        form.replaced.connect(self._choose_again)
        return self

    @Slot()
    def _choose_again(self) -> None:
        if self._now is not None:
            self.combo.choose(self._now())

    @Slot()
    def _tell(self) -> None:
        self._choose(self.combo.currentData())


class FormFoot(QWidget):
    """What is missing, the way out, and what is done: the last thing in reading order.

    `nothing` is said where nothing is missing and there is still nothing to send.
    """

    def __init__(  # noqa: PLR0913  what a foot is made of
        self,
        look: Look,
        form: TextForm,
        *,
        missing: Callable[[], str],
        text: str,
        send: Callable[[], None],
        cancel_text: str,
        cancel: Callable[[], None],
        kind: ButtonKind = ButtonKind.PRIMARY,
        nothing: str = "",
    ) -> None:
        super().__init__()
        self._language: Language = look.language
        self._form = form
        self._text = text
        self._nothing = nothing
        self._missing_text = missing
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        self._missing.setObjectName("missing")
        self.cancel = Button(look, cancel_text, ButtonKind.GHOST)
        self.cancel.setObjectName("cancel")
        self.cancel.clicked.connect(cancel)
        self.send = Button(look, text, kind)
        self.send.setObjectName("send")
        self.send.clicked.connect(send)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._missing)
        column.addLayout(row)
        form.changed.connect(self.show_state)
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Say what is missing, or that it is on its way."""
        form = self._form
        text = self._missing_text()
        if not text and not form.may_send:
            text = self._nothing
        self._missing.show_text("" if form.is_working else text)
        self._missing.setVisible(bool(self._missing.text()))
        # Disabled while it works, it would lose the focus to what stands beside it.
        self.send.setEnabled(form.may_send or form.is_working)
        self.send.show_text(self._language.gettext("Saving…") if form.is_working else self._text)
        self.send.setAccessibleDescription(self._missing.text())


def side_by_side(first: QWidget, second: QWidget) -> QGridLayout:
    """Return two fields beside each other, alike in width."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.M)
    for place, field in enumerate((first, second)):
        grid.addWidget(field, 0, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(place, 1)
        grid.setColumnMinimumWidth(place, 1)
    return grid


def stops_in(*boxes: QWidget) -> list[QWidget]:
    """Return everything in these that Tab reaches, in the order in which it was made.

    The list that opens below a choice is a window of its own.
    """
    return [
        child
        for box in boxes
        for child in box.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.window() is box.window()
    ]
