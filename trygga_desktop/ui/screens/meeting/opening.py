"""Before the meeting: the reminder of confidentiality, and who is here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.inviting import InviteRow
from trygga_desktop.ui.screens.meeting.people import PeopleList
from trygga_desktop.ui.screens.meeting.room import (
    is_here,
    must_still_confirm,
    still_expected,
    unconfirmed,
)
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import called, shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark
from trygga_desktop.ui.widgets.page import Page

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
        reminder, people = self._build_reminder(), self._build_people()
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
        """Return what to press next: the meeting begins, or all are here."""
        if self._begin.isEnabled():
            return self._begin
        return self._all if self._all.isEnabled() else self._list

    def follow(self) -> None:
        """Show who is here, and what is still missing."""
        found = self._model.room
        if found is None:
            return
        self._invite.follow()
        # Asked before the rest: a button that is disabled passes its focus on.
        had_focus = self._all.hasFocus() or self._begin.hasFocus()
        self._show_reminder(found)
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
        self._begin.setAccessibleDescription(missing)
        if had_focus:
            self.first_focus.setFocus()

    def tick(self) -> None:
        """Need no time."""

    def _least_height(self, seats: int) -> int:
        rows = seats if self._room.narrow else min(seats, _FEW_ROWS)
        rows = min(rows, 2 * _FEW_ROWS)
        return rows * (self._room.near.theme.px(38) + 2 * self._room.px(5)) + Space.S

    def _build_reminder(self) -> Card:
        near = self._room.near
        _ = near.language.gettext
        card = Card(near)
        card.body.setContentsMargins(Space.XXL, Space.XL, Space.XXL, Space.L)
        card.body.setSpacing(Space.L if self._room.narrow else Space.XL)
        card.body.addStretch(1)
        card.body.addWidget(PlainLabel(near, _("Before we begin"), style=TextStyle.HERO))
        self._sentences: list[PlainLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.L if self._room.narrow else Space.XL)
        grid.setColumnStretch(1, 1)
        for row, icon in enumerate(("message-circle", "eye", "users", "user-round-x")):
            grid.addWidget(Disc(near, icon=icon, tone=Tone.ACCENT, size=42), row, 0)
            sentence = PlainLabel(self._room.voice, style=TextStyle.LEAD)
            grid.addWidget(sentence, row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._sentences.append(sentence)
        card.body.addLayout(grid)
        box = TintedBox(near, Tone.INFO)
        box.row.addWidget(IconMark(near, "user", colour=near.theme.tokens.info, size=22))
        self._young = PlainLabel(self._room.far, style=TextStyle.LARGE)
        box.row.addWidget(self._young, 1)
        card.body.addWidget(box)
        card.body.addStretch(2)
        text2 = near.theme.tokens.text2
        foot = _("Each answers: I have heard and understood. The rest of the reminder is on paper.")
        card.body.addWidget(PlainLabel(near, foot, style=TextStyle.CAPTION, colour=text2))
        return card

    def _show_reminder(self, found: MeetingRoom) -> None:
        _ = self._room.near.language.gettext
        person = called(found, self._room.near.language)
        texts = (
            _("What is said here stays with those who may know it."),
            _("We talk only about what {person} has agreed to, or what the law allows."),
            _("Talk with {person}, not about {person}."),
            _("Do not name other young people."),
        )
        for label, text in zip(self._sentences, texts, strict=True):
            label.show_text(text.format(person=person))
        if found.subject_name:
            young = _(
                "{person}: you are not bound to silence about your own life. Tell whomever you "
                "want."
            ).format(person=person)
        else:
            young = _(
                "You whom this is about are not bound to silence about your own life. Tell "
                "whomever you want."
            )
        self._young.show_text(young)

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
        for part in (self._all, self._missing_line, self._begin):
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
