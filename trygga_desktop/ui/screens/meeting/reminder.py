"""The reminder of confidentiality, read aloud before anything of the case is shown."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.domain.meeting import REMINDER_VERSION
from trygga_desktop.services.rooms import MeetingRoom
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.words import called
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_ICONS = ("message-circle", "eye", "users", "user-round-x")


class Reminder(Card):
    """Four sentences, and one to the young person. Nothing of the case stands in it.

    Where it fills the window it takes the focus, so that the meeting begins with it.
    """

    def __init__(
        self, room: RoomLook, found: MeetingRoom | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(room.near, parent=parent)
        self._room = room
        self.setObjectName("reminder")
        if room.narrow:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        near = room.near
        _ = near.language.gettext
        gap = Space.L if room.narrow else Space.XL
        self.body.setContentsMargins(Space.XXL, Space.XL, Space.XXL, Space.L)
        self.body.setSpacing(gap)
        self.body.addStretch(1)
        self._title = PlainLabel(near, _("Before we begin"), style=TextStyle.HERO)
        self.body.addWidget(self._title)
        self._sentences: list[PlainLabel] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(gap)
        grid.setColumnStretch(1, 1)
        for row, icon in enumerate(_ICONS):
            grid.addWidget(Disc(near, icon=icon, tone=Tone.ACCENT, size=42), row, 0)
            sentence = PlainLabel(room.voice, style=TextStyle.LEAD)
            grid.addWidget(sentence, row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._sentences.append(sentence)
        self.body.addLayout(grid)
        box = TintedBox(near, Tone.INFO)
        box.row.addWidget(IconMark(near, "user", colour=near.theme.tokens.info, size=22))
        self._young = PlainLabel(room.far, style=TextStyle.LARGE)
        box.row.addWidget(self._young, 1)
        self.body.addWidget(box)
        self.body.addStretch(2)
        text2 = near.theme.tokens.text2
        self._foot = PlainLabel(near, style=TextStyle.CAPTION, colour=text2)
        self.body.addWidget(self._foot)
        if found is not None:
            self.follow(found)

    def follow(self, found: MeetingRoom) -> None:
        """Call the young person as everyone in the room may."""
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
        foot = _("Each answers: I have heard and understood. The rest of the reminder is on paper.")
        version = _("Version {version}.").format(version=REMINDER_VERSION)
        self._foot.show_text(f"{foot} {version}")
        if self._room.narrow:
            # Said as one where it takes the focus; else each is come by, and once is enough.
            told = (self._title, *self._sentences, self._young)
            self.setAccessibleName(" ".join(one.text() for one in told))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, and a ring around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            smooth(painter)
            focus = self._room.near.theme.tokens.focus
            draw_box(painter, QRectF(self.rect()), radius=Radius.CARD, edge=focus, width=2)
