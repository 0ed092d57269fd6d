"""Before the meeting: the reminder of confidentiality, and who is here."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Function
from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.asking import RemoteQuestion
from trygga_desktop.ui.screens.meeting.inviting import InviteRow
from trygga_desktop.ui.screens.meeting.people import PeopleList
from trygga_desktop.ui.screens.meeting.reminder import Reminder
from trygga_desktop.ui.screens.meeting.room import (
    is_here,
    must_still_confirm,
    still_expected,
    unconfirmed,
)
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page import Page

_BOTH = frozenset({Function.CHAIR, Function.SECRETARY})
_PEOPLE = 880
_FEW_ROWS = 6


class OpeningPage(QWidget):
    """Nothing of the case stands here. The meeting begins when all who are here have confirmed."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._room = room
        self._was_read = False
        self._reminder = reminder = Reminder(room)
        people = self._build_people()
        if room.narrow:
            content = QWidget()
            inside = QVBoxLayout(content)
            inside.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
            inside.setSpacing(Space.M)
            inside.addWidget(reminder)
            inside.addWidget(people, 1)
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(Page(content))
            return
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        row.setSpacing(Space.M)
        row.addWidget(reminder, 1)
        people.setFixedWidth(room.px(_PEOPLE))
        row.addWidget(people)

    @property
    def first_focus(self) -> QWidget:
        """Return what to press next: the meeting begins, or all are here.

        Where people stand below the reminder, that is read first.
        """
        if self._room.narrow and not self._was_read:
            return self._reminder
        if self._begin.isEnabled():
            return self._begin
        return self._all if self._all.isEnabled() else self._list

    def follow(self) -> None:
        """Show who is here, and what is still missing."""
        found = self._model.room
        if found is None:
            return
        self._remote.follow()
        self._invite.follow()
        # Asked before the rest: a button that is disabled passes its focus on.
        is_ready = self._reminder.hasFocus() and self._model.may_begin
        had_focus = self._all.hasFocus() or self._begin.hasFocus() or is_ready
        self._was_read = self._was_read or had_focus
        self._reminder.follow(found)
        self._list.follow(found)
        self._list.setMinimumHeight(self._least_height(len(found.seats)))
        _ = self._room.near.language.gettext
        asked = [one for one in found.seats if one.must_confirm]
        done = sum(one.has_confirmed for one in asked)
        self._count.show_text(_("{done} of {all} have confirmed").format(done=done, all=len(asked)))
        is_open = any(must_still_confirm(one) for one in found.seats if is_here(one))
        self._all.setEnabled(bool(still_expected(found)) or is_open)
        if not self._model.is_working:
            # While something is stored it stays as it is, and keeps the focus that it may have.
            self._begin.setEnabled(self._model.may_begin)
        missing = self._missing(found)
        self._missing_line.show_text(missing)
        self._missing_line.setVisible(bool(missing))
        self._one_for_both.setVisible(any(one.functions >= _BOTH for one in found.seats))
        self._begin.setAccessibleDescription(missing)
        if had_focus:
            self.first_focus.setFocus()

    def follow_capture(self) -> None:
        """Need nothing of what is being written: nothing is."""

    def tick(self) -> None:
        """Need no time."""

    def _least_height(self, seats: int) -> int:
        rows = seats if self._room.narrow else min(seats, _FEW_ROWS)
        rows = min(rows, 2 * _FEW_ROWS)
        return rows * (self._room.near.theme.px(38) + 2 * self._room.px(5)) + Space.S

    def _build_people(self) -> Card:
        near, model = self._room.near, self._model
        _ = near.language.gettext
        text2 = near.theme.tokens.text2
        card = Card(near)
        head = QHBoxLayout()
        head.addWidget(
            PlainLabel(near, _("Around the table"), style=TextStyle.STRONG, colour=text2)
        )
        head.addStretch(1)
        self._count = PlainLabel(near, style=TextStyle.CAPTION, colour=text2)
        head.addWidget(self._count)
        card.body.addLayout(head)
        self._list = PeopleList(model, self._room, before=True)
        card.body.addWidget(self._list, 1)
        hint = _("Up and down choose a person, left and right where they are. Enter confirms.")
        card.body.addWidget(PlainLabel(near, hint, style=TextStyle.CAPTION, colour=text2))
        self._remote = RemoteQuestion(model, self._room)
        card.body.addWidget(self._remote)
        self._invite = InviteRow(model, self._room)
        card.body.addWidget(self._invite)
        self._all = Button(near, _("Everyone is here and has confirmed"), icon="users-round")
        self._all.setObjectName("everyone is here")
        self._all.setToolTip("Ctrl+E")
        self._all.across()
        self._all.clicked.connect(model.everyone_is_here)
        self._begin = Button(near, _("Begin the meeting"), ButtonKind.PRIMARY, icon="arrow-right")
        self._begin.setObjectName("begin")
        self._begin.setEnabled(False)
        self._begin.across()
        self._begin.clicked.connect(model.begin)
        self._missing_line = PlainLabel(near, style=TextStyle.MEDIUM, colour=text2)
        warn = near.theme.tokens.warn
        one = _("The same person leads and writes. Let another write, if you can.")
        self._one_for_both = PlainLabel(near, one, style=TextStyle.MEDIUM, colour=warn)
        for part in (self._one_for_both, self._all, self._missing_line, self._begin):
            card.body.addWidget(part)
        return card

    def _missing(self, found: MeetingRoom) -> str:
        language = self._room.near.language
        _ = language.gettext
        if not any(is_here(one) for one in found.seats):
            return _("Nobody is here yet.")
        waiting = unconfirmed(found)
        if len(waiting) == 1:
            return _("{name} has not confirmed yet.").format(name=shown(waiting[0].name))
        if waiting:
            return language.ngettext(
                "{count} of those who are here has not confirmed yet.",
                "{count} of those who are here have not confirmed yet.",
                len(waiting),
            ).format(count=len(waiting))
        return ""
