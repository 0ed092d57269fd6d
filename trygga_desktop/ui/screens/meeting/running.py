"""The meeting itself: agenda, the item, the people, and below them what is being written."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.agenda import AgendaPanel
from trygga_desktop.ui.screens.meeting.asking import RemoteQuestion, WithdrawRow
from trygga_desktop.ui.screens.meeting.capture_bar import CaptureBar
from trygga_desktop.ui.screens.meeting.centre import CentrePanel
from trygga_desktop.ui.screens.meeting.inviting import InviteRow
from trygga_desktop.ui.screens.meeting.people import PeopleList
from trygga_desktop.ui.screens.meeting.room import is_here
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import presence_told, shown
from trygga_desktop.ui.screens.meeting.write_alone import WriteAlone
from trygga_desktop.ui.screens.meeting.write_on import WriteOn
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark

_WIDTH = 380
_IN_PLACE = 350
_MOST_NAMED = 2


class RunningPage(QWidget):
    """Three columns, or two with a strip of people where the window is narrow."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._room = room
        self._shows_people = False
        self._marked: UUID | None = None
        self._asked = (False, False)
        self._agenda = AgendaPanel(model, room)
        self._centre = CentrePanel(model, room)
        self._people = _PeoplePanel(model, room)
        self._capture = CaptureBar(model, room)
        self._writing = WriteOn(self, lambda: self.first_focus)
        self._centre.focus_lost.connect(self._write_on)
        self._centre.rebuilt.connect(self._writing.follow)
        self._strip: _Strip | None = None
        body = QHBoxLayout()
        side = Space.M if room.narrow else Space.L
        body.setContentsMargins(side, side, side, Space.M)
        body.setSpacing(Space.M)
        body.addWidget(self._agenda)
        if room.narrow:
            self._strip = _Strip(model, room)
            self._strip.button.clicked.connect(self._swap)
            middle = QVBoxLayout()
            middle.setSpacing(Space.S)
            middle.addWidget(self._strip)
            middle.addWidget(self._centre, 1)
            body.addWidget(self._people)
            body.addLayout(middle, 1)
            self._people.hide()
        else:
            body.addWidget(self._centre, 1)
            body.addWidget(self._people)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._capture)
        self._alone = WriteAlone(model, room)
        column.addWidget(self._alone)

    @property
    def first_focus(self) -> QWidget:
        """Return the text that is being written."""
        if self._model.is_without_names:
            return self._alone.button
        return self._capture.first_focus

    def follow(self) -> None:
        """Show the meeting as it is now."""
        found = self._model.room
        if found is not None:
            self._writing.while_showing(partial(self._follow, found))
            self._writing.follow()

    def _follow(self, found: MeetingRoom) -> None:
        # Before what is asked there takes the focus: a hidden widget would not keep it.
        self._turn_to_question()
        # The item last: whatever comes or goes beside it has Qt lay out all that is new so far.
        self._centre.follow_ways()
        self._agenda.follow()
        self._people.follow(found)
        if self._strip is not None:
            self._strip.follow(found)
        self._capture.follow()
        # A name that is typed stands on the screen at once, whatever is done to it afterwards.
        self._capture.setVisible(not self._model.is_without_names)
        self._alone.setVisible(self._model.is_without_names)
        self._centre.follow()

    def _turn_to_question(self) -> None:
        """Where there is room for one column, show the one in which something is asked."""
        floor = self._model.floor
        asks_people = floor.asks_who_withdraws or floor.asks_about_remote
        asked = (asks_people, floor.asks_for_item)
        if self._strip is None or asked == self._asked:
            return
        self._asked = asked
        if (asks_people and not self._shows_people) or (floor.asks_for_item and self._shows_people):
            self._swap()

    def follow_capture(self) -> None:
        """Show what is being written, and which decision it is beside."""
        self._writing.while_showing(self._follow_capture)

    def _follow_capture(self) -> None:
        self._capture.follow()
        self._centre.follow_writing()
        if self._model.capture.follows != self._marked:
            self._marked = self._model.capture.follows
            self._centre.follow()

    def write_on_after(self, bar: QWidget) -> None:
        """Have clicks in a bar above leave the focus where it is written, too."""
        self._writing.follow(bar)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Write on where nothing was meant."""
        super().mousePressEvent(event)
        self._writing.write_on()

    def say_about(self) -> None:
        """Open the list of whom else it can be about."""
        if self._capture.isVisible():
            self._capture.say_about()

    def tick(self) -> None:
        """Show how much time is left of the item, and of the meeting."""
        self._agenda.tick()
        self._centre.tick()

    def _write_on(self) -> None:
        self.first_focus.setFocus()

    def _swap(self) -> None:
        """Show all people in place of the agenda, or the agenda again."""
        self._shows_people = not self._shows_people
        self._agenda.setVisible(not self._shows_people)
        self._people.setVisible(self._shows_people)
        if self._strip is not None:
            self._strip.show_way(self._shows_people)


class _PeoplePanel(Card):
    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(room.near, parent=parent)
        look = room.near
        _ = look.language.gettext
        text2 = look.theme.tokens.text2
        self._model = model
        self._look = look
        self.body.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        self.body.setSpacing(Space.S)
        head = QHBoxLayout()
        head.addWidget(
            PlainLabel(look, _("Around the table"), style=TextStyle.STRONG, colour=text2)
        )
        head.addStretch(1)
        self._count = PlainLabel(look, style=TextStyle.CAPTION, colour=text2)
        head.addWidget(self._count)
        self.body.addLayout(head)
        self._list = PeopleList(model, room, before=False)
        self.body.addWidget(self._list, 1)
        self._remote = RemoteQuestion(model, room)
        self._invite = InviteRow(model, room)
        self._withdraw = WithdrawRow(model, room)
        for row in (self._remote, self._invite, self._withdraw):
            self.body.addWidget(row)
        self._told = box = TintedBox(look, Tone.MUTE)
        box.row.addWidget(IconMark(look, "eye", size=16), 0, Qt.AlignmentFlag.AlignTop)
        told = _("The screen shows only what everyone around the table may see.")
        box.row.addWidget(PlainLabel(look, told, style=TextStyle.CAPTION, colour=text2), 1)
        self.body.addWidget(box)
        # In place of the agenda it has no more room than that.
        width = _IN_PLACE if room.narrow else _WIDTH
        self.setFixedWidth(max(room.px(width), look.theme.px(220)))

    def follow(self, found: MeetingRoom) -> None:
        """Show who is here now."""
        self._list.follow(found)
        for row in (self._remote, self._invite, self._withdraw):
            row.follow()
        floor = self._model.floor
        # Where something is asked, that takes the room.
        self._told.setVisible(not floor.asks_about_remote and not floor.asks_who_withdraws)
        is_named = not self._model.is_without_names
        self._invite.setVisible(is_named and not floor.asks_who_withdraws)
        # Nobody of those who have consented is at a table where no name is said.
        self._withdraw.setVisible(is_named)
        self._count.show_text(here_of(found, self._look.language.gettext("{here} of {all} here")))


class _Strip(Card):
    """How many are here, who is not, and the way to all of them."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(room.near, parent=parent)
        self._model = model
        self._look = look = room.near
        self.body.setContentsMargins(Space.L, Space.XS, Space.S, Space.XS)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark(look, "users", size=20))
        self._count = PlainLabel(look, style=TextStyle.STRONG)
        row.addWidget(self._count)
        text2 = look.theme.tokens.text2
        self._others = ElidedLabel(look, style=TextStyle.BODY, colour=text2)
        row.addWidget(self._others, 1)
        self.button = Button(look, "", ButtonKind.GHOST, icon="users", small=True)
        self.button.setObjectName("show everyone")
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.show_way(shows_people=False)

    def show_way(self, shows_people: bool) -> None:  # noqa: FBT001  what the button did
        """Say what the button does next."""
        _ = self._look.language.gettext
        self.button.show_text(_("Show the agenda") if shows_people else _("Show everyone"))

    def follow(self, found: MeetingRoom) -> None:
        """Show who is here now."""
        language = self._look.language
        self._count.show_text(here_of(found, language.gettext("{here} of {all} here")))
        away = [one for one in found.seats if not is_here(one)][:_MOST_NAMED]
        parts = [
            f"{shown(one.name)}: {presence_told(one, found.began_at, language).word}"
            for one in away
        ]
        self._others.show_text(" · ".join(parts))


def here_of(found: MeetingRoom, pattern: str) -> str:
    """Return how many of those at the table are here."""
    here = sum(is_here(one) for one in found.seats)
    return pattern.format(here=here, all=len(found.seats))
