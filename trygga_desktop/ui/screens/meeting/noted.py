"""What was noted under the item that the meeting has come to, and what may be told next."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.screens.meeting.entries import EntryColumn
from trygga_desktop.ui.screens.meeting.prompts import Prompts
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel


class NotedPart(QWidget):
    """What was noted under the item: its title, the way to older entries, and the entries."""

    def __init__(self, room: RoomLook) -> None:
        super().__init__()
        look = room.near
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        self._head = QWidget()
        self._title = PlainLabel(look, style=TextStyle.STRONG, colour=text2)
        self.fold = Button(
            look, _("Since the last meeting"), ButtonKind.GHOST, icon="history", small=True
        )
        self.fold.setObjectName("since the last meeting")
        # Beside what was prepared there is no room for both in one line.
        head = QVBoxLayout(self._head) if room.narrow else QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.older = Button(look, _("Show older"), ButtonKind.GHOST, icon="history")
        self.older.setObjectName("older entries")
        self._entries = EntryColumn(room)
        self.prompts = Prompts(room)
        self._quiet = PlainLabel(look, _("Nothing noted yet."), colour=text2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._head)
        column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._entries)
        column.addWidget(self.prompts)
        column.addWidget(self._quiet)
        column.addStretch(1)

    @property
    def newest(self) -> QWidget | None:
        """Return what was noted last."""
        return self._entries.newest

    def show_title(self, title: str) -> None:
        """Show a title above what was noted, or none."""
        if title != self._title.text():
            self._title.show_text(title)
        self._head.setVisible(bool(title))

    def show_entries(
        self,
        entries: Sequence[ShownEntry],
        *,
        marked: UUID | None,
        has_older: bool,
        asks_to_tell: bool,
    ) -> None:
        """Show these, whether there are older ones, and what the young person may begin with."""
        self._entries.show_entries(entries, marked)
        self._entries.setVisible(bool(entries))
        self.prompts.setVisible(asks_to_tell)
        self._quiet.setVisible(not (entries or has_older or asks_to_tell))
        self.older.setVisible(has_older)
