"""The form for a new meeting on the desk, without a vault."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.meetings_desk import (
    CASE,
    ELIAS,
    JONAS,
    KARIN,
    MEETINGS,
    MIRJA,
    PEOPLE,
    PETRA,
    case_meetings,
    catalogue,
    meeting,
)
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.meeting import AgendaItem, Function, Meeting, MeetingState
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import CaseMeetings, PlanMeeting
from trygga_desktop.services.rebooking import ChangeBooking
from trygga_desktop.ui.screens.new_meeting.booked import Booked
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.guard import Way
from trygga_desktop.ui.screens.new_meeting.view import NewMeetingView
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

PLANNED = UUID(int=777)
HELD = MEETINGS[2:]
"""The meetings that are over: a new one is number 5."""


class Planner:
    """Stands for the vault: takes commands, and fails when told to."""

    def __init__(self, found: CaseMeetings | None = None) -> None:
        self.found = case_meetings(HELD) if found is None else found
        self.commands: list[PlanMeeting] = []
        self.changes: list[ChangeBooking] = []
        self.failure: Exception | None = None
        self.drafts = DraftBox()
        self.refusal: Exception | None = None

    def read(self, _: UUID) -> Done[CaseMeetings]:
        """Return what a meeting is planned from, or fail."""
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def plan(self, command: PlanMeeting) -> Done[UUID]:
        """Take a meeting, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)
        return Done(PLANNED, Changes(meetings=True))

    def change(self, command: ChangeBooking) -> Done[None]:
        """Take a booking as it is from now on, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.changes.append(command)
        return Done(None, Changes(meetings=True))

    def open(
        self, runner: TaskRunner | None = None, *, booked: UUID | None = None
    ) -> NewMeetingViewModel:
        """Return the form's model, loaded; that of a meeting which is booked with its id."""
        model = NewMeetingViewModel(
            CASE,
            read_meetings=self.read,
            plan_meeting=self.plan,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            booked=None
            if booked is None
            else Booked(meeting_id=booked, change_booking=self.change),
        )
        model.load()
        return model


def fill(model: NewMeetingViewModel, day: str = "2026-11-26", time: str = "15:00") -> None:
    """Type when the meeting is, and go on to the next field."""
    for field, text in ((MeetingField.DAY, day), (MeetingField.TIME, time)):
        model.type(field, text)
        model.leave_field(field)
    model.form_replaced.emit()


def shown(look: Look, found: CaseMeetings | None = None) -> QWidget:
    """Return the frame of the desk around a form that is nearly done."""
    return _shown(look, fill, found)


def shown_empty(look: Look) -> QWidget:
    """Return the same before anything was typed."""
    return _shown(look, lambda _: None)


def shown_guarded(look: Look) -> QWidget:
    """Return the same with somebody whom the consent does not cover, and with odd roles."""

    def tell(model: NewMeetingViewModel) -> None:
        fill(model, time="14.30")
        model.type(MeetingField.MINUTES, "45")
        model.ask_about(JONAS.party.id)
        model.choose_way(Way.ITEMS)
        for one in () if model.agenda is None else model.agenda.codes:
            model.tick_item(one, comes=one != "new")
        model.answer_guard()
        model.invite(MIRJA.party.id, comes=True)
        model.give_role(Function.SECRETARY, KARIN.party.id)
        model.add_guest(Function.INTERPRETER, "Amina Hassan")
        model.form_replaced.emit()

    return _shown(look, tell)


def shown_protected(look: Look) -> QWidget:
    """Return the same for somebody with a protected identity, at a time that does not exist."""
    nord = replace(ELIAS, name="NORD-7", is_protected=True)
    found = case_meetings((), row=CASES[2], people=(nord, KARIN, PETRA))
    return _shown(look, lambda model: fill(model, "2027-03-28", "02:30"), found)


def shown_booked(look: Look) -> QWidget:
    """Return the form for a meeting that is booked, to which somebody came who has left since."""
    gone = replace(MIRJA, party=replace(MIRJA.party, until=NOW.date()))
    booked = meeting(5, MEETINGS[1].starts_at, MeetingState.PLANNED, people=(*PEOPLE[:-1], gone))
    found = case_meetings((with_agenda(booked), *HELD), people=(*PEOPLE[:-1], gone))
    model = Planner(found).open(booked=booked.id)
    return desk_frame(look, NewMeetingView(model, look), model)


def with_agenda(booked: Meeting) -> Meeting:
    """Return a meeting with its template's agenda, and before the last what somebody wrote."""
    template = next(one for one in catalogue().templates if one.code == booked.template)
    items = [
        AgendaItem(
            id=UUID(int=9000 + place),
            code=one.code,
            title=one.title.in_language("sv"),
            category=one.category,
            minutes=one.minutes,
        )
        for place, one in enumerate(template.items)
    ]
    own = AgendaItem(id=UUID(int=9100), code="", title="Resa", category="leisure", minutes=5)
    return replace(booked, agenda=(*items[:-1], own, *items[-1:]))


def _shown(
    look: Look,
    tell: Callable[[NewMeetingViewModel], None],
    found: CaseMeetings | None = None,
) -> QWidget:
    model = Planner(found).open()
    tell(model)
    return desk_frame(look, NewMeetingView(model, look), model)
