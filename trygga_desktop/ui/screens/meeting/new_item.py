"""An item that comes up on the way: its title, and what kind of information that tells."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.meeting.asking_row import AskingRow
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_LONGEST = 200


class NewItemRow(AskingRow):
    """A button that opens two fields. Whatever is typed goes off the screen when somebody comes."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            asks=lambda: model.floor.asks_for_item and not model.is_working,
            give_up=partial(model.floor.ask_for_item, asks=False),
            parent=parent,
        )
        self._model = model
        self._language = room.near.language
        look = room.near
        _ = look.language.gettext
        floor = model.floor
        self._open = Button(look, _("New item"), ButtonKind.GHOST, icon="plus")
        self._open.setObjectName("new item")
        self._open.setToolTip("Ctrl+I")
        self._open.start_column()
        self._open.clicked.connect(partial(floor.ask_for_item, asks=True))
        self._form = QWidget()
        self._title = TextInput(look, placeholder=_("What is it about?"), longest=_LONGEST)
        self._title.setObjectName("title of an item")
        self._title.setAccessibleName(_("The title of a new item"))
        self._title.textEdited.connect(self._type)
        self._title.returnPressed.connect(floor.add_item)
        self._category = ComboBox(look, [])
        self._category.setObjectName("category of an item")
        self._category.setAccessibleName(_("What kind of information its title tells"))
        self._category.activated.connect(self._type)
        add = Button(look, _("Add it"), small=True)
        add.setObjectName("add an item")
        add.clicked.connect(floor.add_item)
        cancel = Button(look, _("Cancel"), ButtonKind.GHOST, small=True)
        cancel.setObjectName("no item")
        cancel.clicked.connect(self._give_up)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for part in (self._title, self._category, WrapRow([add, cancel])):
            column.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._form)
        # Asked for before the row was built anew: the focus is where it was, not in the title.
        self._form.setVisible(floor.asks_for_item)
        model.beside.replaced.connect(self._replace)
        self._replace()
        self.follow()

    def follow(self) -> None:
        """Show the fields while an item is asked for, and nothing of what was typed after that."""
        asks = self._model.floor.asks_for_item
        was_open = not self._form.isHidden()
        self._form.setVisible(asks)
        # A title that is typed here would be read by everyone.
        self._open.setVisible(not asks and not self._model.is_without_names)
        if asks != was_open:
            self._replace()
        if asks and not was_open:
            self._title.setFocus()

    def _type(self) -> None:
        self._model.beside.type_item(
            title=self._title.text(), category=str(self._category.currentData())
        )

    @Slot()
    def _replace(self) -> None:
        item, asks = self._model.beside.item, self._model.floor.asks_for_item
        found = self._model.room
        if found is not None and not self._category.count():
            for one in found.categories:
                self._category.addItem(one.name.in_language(self._language.code), one.code)
        self._category.choose(item.category)
        title = item.title if asks else ""
        if self._title.text() != title:
            # This empties what could be undone as well.
            self._title.setText(title)
