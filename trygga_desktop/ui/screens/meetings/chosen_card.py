"""The meeting that is looked at: when and where, what can be done, and who is there."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant
from trygga_desktop.services.meetings import CaseMeetings
from trygga_desktop.ui.screens.meetings.apologies import Apologies, AskAnew
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.meetings.words import (
    icon_of,
    name_of,
    pill_of,
    place_of,
    roles_words,
    template_words,
    times_of,
    title_of,
    when_long,
    who_came,
    word_of,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill

_DISC = 34


class _Fact(NamedTuple):
    icon: str
    text: str


class ChosenCard(Card):
    """Made anew for each meeting that is chosen."""

    def __init__(
        self,
        model: MeetingsViewModel,
        look: Look,
        meeting: Meeting,
        found: CaseMeetings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, title_of(meeting, look.language), parent=parent)
        self._model = model
        self._look = look
        pill = pill_of(meeting, found, look.language)
        self.head.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))
        self.body.addLayout(self._build_facts(meeting, found))
        self._add_actions()
        self._add_people(meeting, found)

    def _build_facts(self, meeting: Meeting, found: CaseMeetings) -> QVBoxLayout:
        language = self._look.language
        _ = language.gettext
        facts = [
            _Fact(icon="calendar", text=when_long(meeting, language)),
            _Fact(icon="clock", text=times_of(meeting, language)),
        ]
        place = place_of(meeting, found)
        if found.row.protected:
            text = _("The meeting place is neither shown nor printed.")
            facts.append(_Fact(icon="map-pin-off", text=text))
        elif place:
            facts.append(_Fact(icon="map-pin", text=place))
        kind = template_words(meeting, found, language)
        if kind:
            facts.append(_Fact(icon="file-text", text=kind))
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        for icon, text in facts:
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            row.addWidget(IconMark(self._look, icon, size=18), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(self._look, text), 1)
            column.addLayout(row)
        return column

    def _add_actions(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.may_open:
            name = _("Open the meeting")
            self._add_button("open the meeting", name, "arrow-right").clicked.connect(
                model.open_chosen
            )
        if model.has_protocol:
            name = _("Show the protocol")
            self._add_button("show the protocol", name, "file-text").clicked.connect(
                model.show_protocol
            )
        if model.has_actions:
            name = _("Actions to take along")
            self._add_button("show the actions", name, "square-check").clicked.connect(
                model.show_papers
            )
        if model.has_papers:
            name = _("Prepare with the young person")
            self._add_button("prepare", name, "quote").clicked.connect(model.prepare)
            name = _("Summons and sheets")
            self._add_button("show the papers", name, "mail").clicked.connect(model.show_papers)
        if model.has_papers or model.has_actions:
            name = _("Type in the sheets")
            self._add_button("type in the sheets", name, "clipboard-list").clicked.connect(
                model.type_in_sheets
            )
            name = _("Send to another vault")
            self._add_button("send packet", name, "log-out").clicked.connect(model.send_packet)
        if model.may_cancel:
            name = _("Change time, place or people")
            self._add_button("change the booking", name, "calendar-clock").clicked.connect(
                model.change_booking
            )
        if model.may_cancel and not model.asks_to_cancel:
            name = _("Call it off")
            button = self._add_button("call off", name, "calendar-x", ButtonKind.DANGER)
            button.clicked.connect(self._ask)

    def _add_button(
        self, key: str, name: str, icon: str, kind: ButtonKind = ButtonKind.SECONDARY
    ) -> Button:
        button = Button(self._look, name, kind, icon=icon)
        button.setObjectName(key)
        button.across()
        self.body.addWidget(button)
        return button

    def _ask(self) -> None:
        self._model.ask_to_cancel(asks=True)

    def _add_people(self, meeting: Meeting, found: CaseMeetings) -> None:
        look = self._look
        _ = look.language.gettext
        people = who_came(meeting)
        if not people:
            return
        self.body.addWidget(Divider(look))
        is_held = meeting.state is MeetingState.HELD
        title = _("Who was there") if is_held else _("Who is invited")
        self.body.addWidget(PlainLabel(look, title, style=TextStyle.STRONG))
        column = QVBoxLayout()
        column.setSpacing(10)
        for one in people:
            column.addWidget(self._person(one, found))
        self.body.addLayout(column)
        if self._model.may_cancel:
            self.body.addWidget(Apologies(self._model, look, people))

    def _person(self, participant: Participant, found: CaseMeetings) -> QWidget:
        look = self._look
        icon, tone = icon_of(participant, found)
        block = QWidget()
        row = QHBoxLayout(block)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(Disc(look, icon=icon, tone=tone, size=_DISC), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(PlainLabel(look, name_of(participant), style=TextStyle.STRONG))
        roles = roles_words(participant, found, look.language)
        text2 = look.theme.tokens.text2
        for line in (roles, word_of(participant, look.language)):
            if line:
                words.addWidget(PlainLabel(look, line, style=TextStyle.SECONDARY, colour=text2))
        if self._model.may_cancel and participant.said_about is not None:
            words.addWidget(AskAnew(self._model, look, participant))
        row.addLayout(words, 1)
        return block
