"""The bar at the top: a title that tells nothing, what the screen shows, the clock, the curtain."""

from datetime import timedelta

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from trygga_desktop.services.naming import call
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel, Stage
from trygga_desktop.ui.screens.meeting.words import shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import ElidedLabel, PlainLabel
from trygga_desktop.ui.widgets.marks import Pill


class Bar(QWidget):
    """Dark, and the same whatever is hidden."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._room = room
        look = room.nav
        _ = look.language.gettext
        self.setFixedHeight(look.theme.px(36) + (Space.M if room.narrow else Space.L))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.L, 0)
        row.setSpacing(Space.S if room.narrow else Space.M)
        self.back = self._button(_("Meetings"), icon="arrow-left", kind=ButtonKind.GHOST)
        self.back.setObjectName("back")
        self.back.clicked.connect(model.go_back)
        row.addWidget(self.back)
        self._title = PlainLabel(look, style=TextStyle.SUBTITLE)
        row.addWidget(self._title)
        shared = _("Shared mode") if room.narrow else _("Shared mode: only what everyone may see")
        row.addWidget(Pill(room.near, shared, tone=Tone.OK, icon="eye"))
        self._called = ElidedLabel(look, style=TextStyle.SUBTITLE)
        self._called.setObjectName("called")
        # No button becomes narrower than its words for it.
        self._called.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        # As much room as there is: the rest is for what stands beside it.
        row.addWidget(self._called, 1000)
        row.addStretch(1)
        self._clock = PlainLabel(look, style=TextStyle.SUBTITLE)
        row.addWidget(self._clock)
        self._ends = PlainLabel(look, style=TextStyle.BODY, colour=look.theme.tokens.text2)
        row.addWidget(self._ends)
        self._ends.setVisible(not room.narrow)
        self._hidden = self._button(_("The leader's window"), icon="lock")
        self._hidden.setObjectName("leader's page")
        self._hidden.clicked.connect(model.show_hidden)
        self._end = self._button(_("End the meeting"), icon="flag")
        self._end.setObjectName("to the review")
        self._end.clicked.connect(model.review)
        curtain = self._button(_("Curtain") + "  F9", icon="blinds")
        curtain.setObjectName("curtain")
        curtain.clicked.connect(model.toggle_curtain)
        for button in (self._hidden, self._end, curtain):
            row.addWidget(button)

    def follow(self) -> None:
        """Show the number of the meeting, and what can be done at this stage."""
        found, language = self._model.room, self._room.nav.language
        _ = language.gettext
        title = "" if found is None else _("Meeting {number}").format(number=found.number)
        self._title.show_text(title)
        pseudonym = None if found is None else found.pseudonym
        self._called.show_text("" if pseudonym is None else shown(call(pseudonym, language)))
        self._called.setVisible(pseudonym is not None)
        stage = self._model.stage
        # What waits for an answer is answered there, up to the end of the review.
        self._hidden.setVisible(stage in {Stage.RUNNING, Stage.OPENING, Stage.REVIEW})
        self._end.setVisible(stage is Stage.RUNNING)
        if found is not None:
            ends_at = found.starts_at + timedelta(minutes=found.minutes)
            self._ends.show_text(_("Ends {time}").format(time=language.time(ends_at)))
        self.tick()

    def tick(self) -> None:
        """Show what time it is."""
        self._clock.show_text(self._room.nav.language.time(self._model.now()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the dark ground."""
        QPainter(self).fillRect(self.rect(), QColor(self._room.nav.theme.tokens.nav))

    def _button(self, text: str, icon: str, kind: ButtonKind = ButtonKind.SECONDARY) -> Button:
        # Where there is no room for words, screen readers still say the name.
        button = Button(self._room.nav, "" if self._room.tight else text, kind, icon=icon)
        button.setAccessibleName(text)
        return button
