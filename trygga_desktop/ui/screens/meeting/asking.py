"""Questions about those at the table: who is with somebody remote, who takes something back."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.rooms import Seat
from trygga_desktop.ui.screens.meeting.asking_row import AskingRow
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class RemoteQuestion(QWidget):
    """Asks whether somebody remote is alone, and who is with them, until it has been said."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("remote question")
        self._model = model
        self._look = room.near
        self._asked: object = None
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.follow()

    def follow(self) -> None:
        """Ask of whoever has not been asked; one question at a time, the more urgent first."""
        floor = self._model.floor
        seat = None if floor.asks_who_withdraws else floor.not_asked or floor.with_somebody
        is_named = not self._model.is_without_names
        asked = None if seat is None else (seat.id, seat.name, seat.changes[-1].is_alone, is_named)
        if asked == self._asked:
            return
        self._asked = asked
        take_out(*self._parts)
        self._parts = []
        if seat is None:
            self.hide()
            return
        if self.parentWidget() is not None:
            # Before that it would be a window of its own; it is shown with the page.
            self.show()
        look = self._look
        _ = look.language.gettext
        box = TintedBox(look, Tone.INFO)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        text = self._text(seat)
        words.addWidget(PlainLabel(look, text, style=TextStyle.STRONG))
        nobody = Button(look, _("Nobody else"), small=True)
        nobody.setObjectName("nobody else")
        nobody.clicked.connect(partial(floor.answer_alone, seat.id, is_alone=True))
        ways = [nobody]
        if seat.changes[-1].is_alone is None:
            somebody = Button(look, _("Yes, somebody"), small=True)
            somebody.setObjectName("somebody is there")
            somebody.clicked.connect(partial(floor.answer_alone, seat.id, is_alone=False))
            ways.append(somebody)
        elif is_named:
            name = Button(look, _("Write who it is"), small=True)
            name.setObjectName("name who is there")
            name.clicked.connect(partial(floor.name_who_is_with, seat.id))
            ways.append(name)
        words.addWidget(WrapRow(ways))
        box.row.addLayout(words, 1)
        self._column.addWidget(box)
        self._parts.append(box)

    def _text(self, seat: Seat) -> str:
        _ = self._look.language.gettext
        if seat.changes[-1].is_alone is None:
            told = _("Is anybody else in the room where {name} is?")
        elif self._model.is_without_names:
            told = _("No name is said here. We go on once nobody else is where {name} is.")
        else:
            told = _("Who is where {name} is? We go on once they are named or have left.")
        return told.format(name=shown(seat.name))


class WithdrawRow(AskingRow):
    """A button, and once it is pressed the names of those who can take back what they signed."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            asks=lambda: model.floor.asks_who_withdraws and not model.is_working,
            give_up=partial(model.floor.ask_who_withdraws, asks=False),
            parent=parent,
        )
        self._model = model
        self._look = look = room.near
        self._asked: object = None
        self._is_clicked = False
        self._parts: list[QWidget] = []
        _ = look.language.gettext
        self._open = Button(look, _("Somebody takes back"), ButtonKind.GHOST, icon="undo-2")
        self._open.setObjectName("somebody takes back")
        self._open.setAccessibleName(_("Somebody takes back their consent"))
        self._open.setToolTip("Ctrl+T")
        self._open.start_column()
        self._open.clicked.connect(self._ask)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.follow()

    def follow(self) -> None:
        """Show the names while they are asked for.

        Asked by a key, the focus goes there, to what takes nothing back. It stays where somebody
        writes if that was clicked, or if others can be named meanwhile.
        """
        floor = self._model.floor
        asked = floor.signers if floor.asks_who_withdraws else None
        if asked == self._asked:
            return
        has_begun = self._asked is None and not self._is_clicked
        focused = [one.objectName() for one in self.findChildren(Button) if one.hasFocus()]
        self._open.setVisible(asked is None)
        self._asked = asked
        take_out(*self._parts)
        self._parts = []
        if asked is None:
            return
        look = self._look
        _ = look.language.gettext
        box = TintedBox(look, Tone.INFO)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        told = _("Who takes back their consent? It counts at once.")
        words.addWidget(PlainLabel(look, told, style=TextStyle.STRONG))
        buttons = []
        for one in asked:
            button = Button(look, shown(one.name), small=True)
            button.setObjectName(f"takes back {one.id}")
            button.clicked.connect(partial(floor.withdraw, one.id))
            buttons.append(button)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST, small=True)
        cancel.setObjectName("nobody takes back")
        cancel.clicked.connect(self._give_up)
        words.addWidget(WrapRow([*buttons, cancel]))
        box.row.addLayout(words, 1)
        self._column.addWidget(box)
        self._parts.append(box)
        box.show()
        if has_begun:
            cancel.setFocus()
        elif focused:
            again = [one for one in buttons if one.objectName() in focused]
            (again[0] if again else cancel).setFocus()

    @Slot()
    def _ask(self) -> None:
        self._is_clicked = not self._open.hasFocus()
        self._model.floor.ask_who_withdraws(asks=True)
        self._is_clicked = False
