"""Something to begin with, for whom the meeting is about: never a question that must be answered.

It is the same for everyone, so that nothing of a case stands in it.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.rooms import MeetingRoom, ShownAgendaItem
from trygga_desktop.ui.screens.meeting.room import is_here, is_voice
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark

_ICONS = ("heart", "sprout", "refresh-cw")
_ENOUGH = 3
"""Whoever has said so much needs nothing to begin with any more."""


def asks_to_tell(room: MeetingRoom, item: ShownAgendaItem) -> bool:
    """Tell whether the young person is there to be heard now, and has not said much yet."""
    here = any(is_here(one) and one.party_id == room.subject_id for one in room.seats)
    return here and is_voice(item) and len(item.entries) < _ENOUGH


class Prompts(QWidget):
    """Three questions to choose from, where there is room as large as the answers, and quieter."""

    def __init__(self, room: RoomLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        near = room.near
        _ = near.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.S if room.narrow else Space.L)
        if not room.narrow:
            text2 = near.theme.tokens.text2
            head = _("To begin with, if you like. You choose what you tell.")
            column.addWidget(PlainLabel(near, head, colour=text2))
        questions = (
            _("What matters most to you right now?"),
            _("What has become better since last time?"),
            _("What do you want to change?"),
        )
        for icon, question in zip(_ICONS, questions, strict=True):
            column.addLayout(self._row(icon, question))

    def _row(self, icon: str, question: str) -> QHBoxLayout:
        """Return one of them, in one line where the window has no height for more."""
        room, near = self._room, self._room.near
        mark: QWidget
        if room.narrow:
            mark = IconMark(near, icon, colour=near.theme.tokens.info)
            asked = PlainLabel(room.far, question, style=TextStyle.LARGE)
        else:
            mark = Disc(near, icon=icon, tone=Tone.INFO, size=42)
            asked = PlainLabel(room.voice, question, style=TextStyle.LEAD)
        row = QHBoxLayout()
        row.setSpacing(Space.M if room.narrow else Space.L)
        row.addWidget(mark)
        row.addWidget(asked, 1, Qt.AlignmentFlag.AlignVCenter)
        return row
