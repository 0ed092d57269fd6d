"""One more at the table, who was not invited: an interpreter, somebody to lean on, an observer."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Function
from trygga_desktop.ui.screens.meeting.asking_row import AskingRow
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput

_GUESTS = (Function.SUPPORT_PERSON, Function.INTERPRETER, Function.OBSERVER)
_LONGEST = 200


class InviteRow(AskingRow):
    """A button that opens a line to write a name in."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            asks=lambda: model.is_inviting and not model.is_working,
            give_up=partial(model.ask_to_invite, asks=False),
            parent=parent,
        )
        self._model = model
        self._look = look = room.near
        _ = look.language.gettext
        self._open = Button(look, _("Somebody more"), ButtonKind.GHOST, icon="user-plus")
        self._open.setObjectName("somebody more")
        self._open.start_column()
        self._open.clicked.connect(lambda: model.ask_to_invite(asks=True))
        self._form = QWidget()
        self._name = TextInput(
            look, text=model.beside.guest.name, placeholder=_("Name"), longest=_LONGEST
        )
        self._name.end(False)
        self._name.setObjectName("name of a guest")
        self._name.setAccessibleName(_("The name of somebody who was not invited"))
        self._name.textEdited.connect(self._type)
        self._name.returnPressed.connect(model.invite)
        self._function = ComboBox(look, self._functions(look.language.code))
        self._function.setObjectName("what a guest does")
        self._function.choose(model.beside.guest.function)
        self._function.activated.connect(self._choose)
        self._function.setAccessibleName(_("What they do at the table"))
        self._function.setMinimumWidth(self._function.sizeHint().width())
        self._add = add = Button(look, _("Add them"))
        add.setObjectName("add a guest")
        add.clicked.connect(model.invite)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        cancel.clicked.connect(self._give_up)
        second = QHBoxLayout()
        second.setSpacing(Space.S)
        second.addWidget(self._function)
        second.addWidget(add)
        second.addWidget(cancel)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._name)
        column.addLayout(second)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._form)
        # Asked for before the row was built anew: the focus is where it was, not in the name.
        self._form.setVisible(model.is_inviting)
        model.beside.replaced.connect(self._replace)
        self.follow()

    def follow(self) -> None:
        """Show the line while it is asked for."""
        asks = self._model.is_inviting
        was_open = not self._form.isHidden()
        had_focus = any(one.hasFocus() for one in self.findChildren(QWidget))
        self._form.setVisible(asks)
        self._say_what_follows()
        # A name that is typed here is read by everyone.
        self._open.setVisible(not asks and not self._model.is_without_names)
        if asks and not was_open:
            self._name.setText(self._model.beside.guest.name)
            self._function.choose(self._model.beside.guest.function)
            self._name.setFocus()
        elif was_open and not asks and had_focus:
            self._open.setFocus()

    def _say_what_follows(self) -> None:
        _ = self._look.language.gettext
        is_asked = self._model.guest_is_asked_about
        self._add.show_text(_("The leader's window") if is_asked else _("Add them"))

    def _functions(self, language: str) -> list[tuple[str, object]]:
        found = self._model.room
        if found is None:
            return []
        return [
            (found.catalogue.meeting_role(one).name.in_language(language), one) for one in _GUESTS
        ]

    def _type(self, text: str) -> None:
        self._model.beside.type_guest(text)

    def _choose(self, row: int) -> None:
        self._model.beside.choose_function(Function(self._function.itemData(row)))
        self._say_what_follows()

    @Slot()
    def _replace(self) -> None:
        self._name.setText(self._model.beside.guest.name)
        self._function.choose(self._model.beside.guest.function)
        self._say_what_follows()
