"""State of the form for a new meeting: what is chosen and typed, and whether it can be planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.agenda import Template
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Function, Meeting, MeetingState, Participant
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.new_meeting.booked import (
    Booked,
    as_booked,
    find_booked,
    form_of,
    functions_of,
    to_ask_anew,
    without_a_place,
)
from trygga_desktop.ui.screens.new_meeting.form import ROLES, Guest, MeetingField, MeetingForm
from trygga_desktop.ui.screens.new_meeting.guard import Guard, Way, ask_about, ask_about_guest
from trygga_desktop.ui.screens.new_meeting.people import (
    GUARDED,
    Doubt,
    Invitee,
    invitees_of,
    usual_presence,
)
from trygga_desktop.ui.screens.new_meeting.plan import Plan
from trygga_desktop.ui.screens.new_meeting.when import day_text, time_text
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import NOTHING_TYPED, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import CaseMeetings, Invitation, PlanMeeting
    from trygga_desktop.services.rebooking import ChangeBooking

PATIENCE = 400
"""Milliseconds after which a case that is still being read is told to be."""

FOLLOW_UP = "follow_up"
"""The template that fits once a meeting has been held."""


class FormState(StrEnum):
    """What stands where the form is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    OVER = "over"


class NewMeetingViewModel(QObject):
    """Begins with what was agreed at the last meeting, and takes what is typed.

    With a `booked` meeting it begins with that one, whose template and agenda stay. It is over once
    that has begun or was called off.

    Nothing is thought wrong before `leave_field` was called for it. `form_replaced` follows when
    fields hold something else than what was typed into them. `guest_name` is that of a guest who
    was not added yet.
    """

    changed = Signal()
    form_replaced = Signal()
    left = Signal()
    planned = Signal(object)
    consent_wanted = Signal()
    ground_wanted = Signal()
    made = Signal(Changes)
    removed = Signal(object)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        case_id: UUID,
        *,
        read_meetings: Callable[[UUID], Done[CaseMeetings]],
        plan_meeting: Callable[[PlanMeeting], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        booked: Booked | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = FormState.LOADING
        self.found: CaseMeetings | None = None
        self.form = MeetingForm()
        self.left_fields: frozenset[MeetingField] = frozenset()
        self.trouble: Trouble | None = None
        self.is_working = False
        self.guest_name = ""
        self.guard: Guard | None = None
        subject_id = case_id if booked is None else booked.meeting_id
        place = Place(kind=DraftKind.MEETING, subject_id=subject_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._at_first = NOTHING_TYPED
        self._own_length = False
        self._came_for: dict[Function, UUID] = {}
        self._case_id = case_id
        self._read_meetings = read_meetings
        self._plan_meeting = plan_meeting
        self._booked = booked
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def is_booked(self) -> bool:
        """Return whether a meeting that is booked is being changed."""
        return self._booked is not None

    @property
    def meeting(self) -> Meeting | None:
        """Return the booked meeting that is being changed."""
        if self._booked is None or self.found is None:
            return None
        return find_booked(self.found.meetings, self._booked.meeting_id)

    @property
    def without_a_place(self) -> tuple[Participant, ...]:
        """Return who was invited and cannot come any more: they have left the case by then."""
        meeting = self.meeting
        return () if meeting is None else without_a_place(meeting, self.invitees)

    @property
    def to_ask_anew(self) -> tuple[Participant, ...]:
        """Return who said of another time that they do not come, and is to be asked about this."""
        meeting, moment = self.meeting, self.form.moment
        if meeting is None or moment is None:
            return ()
        guests = {one.name for one in self.form.guests}
        return to_ask_anew(meeting, moment.at, self.form.present, guests)

    @property
    def number(self) -> int:
        """Return which meeting of the case this will be."""
        if self.meeting is not None:
            return self.meeting.number
        meetings = () if self.found is None else self.found.meetings
        return 1 + max((one.number for one in meetings), default=0)

    @property
    def is_protected(self) -> bool:
        """Return whether the place is neither shown nor printed."""
        return self.found is not None and self.found.row.protected

    @property
    def template(self) -> Template | None:
        """Return the template that is chosen; of a booked meeting what it has of it."""
        templates = () if self.found is None else self.found.templates
        chosen = next((one for one in templates if one.code == self.form.template), None)
        meeting = self.meeting
        return chosen if chosen is None or meeting is None else as_booked(chosen, meeting)

    @property
    def invitees(self) -> tuple[Invitee, ...]:
        """Return who can be invited on the day that is chosen."""
        if self.found is None:
            return ()
        moment = self.form.moment
        return invitees_of(self.found, self.today if moment is None else moment.at.date())

    @property
    def professionals(self) -> tuple[Invitee, ...]:
        """Return who can lead, write or verify."""
        return tuple(one for one in self.invitees if not one.is_family)

    @property
    def invited(self) -> tuple[Invitee, ...]:
        """Return who of the case is to come."""
        return tuple(one for one in self.invitees if one.shown.party.id in self.form.present)

    @property
    def doubtful(self) -> tuple[Invitee, ...]:
        """Return those who are to come although the room can then be shown next to nothing."""
        closing = GUARDED | {Doubt.BARRED}
        return tuple(one for one in self.invited if one.doubt in closing)

    @property
    def stopped(self) -> tuple[Invitee, ...]:
        """Return those who are to come, no consent covers, and nobody has answered about."""
        return tuple(
            one
            for one in self.invited
            if one.doubt in GUARDED
            and one.shown.party.id not in self.form.parts
            and not (one.is_decided and one.shown.party.id in self.form.decided)
        )

    @property
    def observers(self) -> int:
        """Return how many come who listen, whom no consent names."""
        return sum(one.function is Function.OBSERVER for one in self.form.guests)

    @property
    def agenda(self) -> Plan | None:
        """Return the agenda as it is planned so far."""
        template, moment = self.template, self.form.moment
        if template is None:
            return None
        return Plan(
            template=template,
            order=self.form.order,
            invited=self.invited,
            parts=self.form.parts,
            guests=self.form.guests,
            carried=self.carried_minutes,
            starts_at=None if moment is None else moment.at,
        )

    @property
    def carried_minutes(self) -> int:
        """Return how long what comes along from the meeting before takes."""
        if self.meeting is not None:
            return sum(one.minutes for one in self.meeting.agenda if not one.code)
        return 0 if self.found is None else sum(one.minutes for one in self.found.undiscussed)

    @property
    def missing_roles(self) -> tuple[str, ...]:
        """Return the roles that the template needs and nobody has, by their codes."""
        if self.template is None:
            return ()
        held = {str(function) for one in self.invited for function in one.functions}
        held |= {str(one) for one in self.form.roles}
        return tuple(code for code in self.template.needs_roles if code not in held)

    @property
    def is_in_the_past(self) -> bool:
        """Return whether the meeting would have begun already."""
        moment = self.form.moment
        return moment is not None and moment.at < self._now()

    @property
    def missing(self) -> tuple[MeetingField, ...]:
        """Return what is still to be done, in order."""
        missing = self.form.missing
        if not self.invited and not self.form.guests and MeetingField.PEOPLE not in missing:
            # They have no place in the case any more on the day that was chosen.
            return (*missing, MeetingField.PEOPLE)
        is_asked = self.guard is not None and self.guard.guest is not None
        is_stopped = self.stopped or not all(one.is_covered for one in self.form.guests)
        return (*missing, MeetingField.GUARD) if is_asked or is_stopped else missing

    @property
    def may_plan(self) -> bool:
        """Return whether everything is there."""
        return self.found is not None and not self.missing and not self.is_working

    @Slot()
    def load(self) -> None:
        """Read what a meeting is planned from."""
        self._patience.start()
        read, case_id = self._read_meetings, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._take, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if who can be invited may have changed; what is chosen stays."""
        if source is not self and (changes.parties or changes.consents or changes.meetings):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the case is still being read, if nothing stands there yet."""
        if self.state is FormState.LOADING:
            self.state = FormState.SLOW
            self.changed.emit()

    def choose_template(self, code: str) -> None:
        """Take another template, with its length and with those who usually come."""
        if self.found is None or self.is_booked or code == self.form.template:
            return
        self._take_template(code)
        self._keep()
        self.form_replaced.emit()
        self.changed.emit()

    def type(self, field: MeetingField, text: str) -> None:
        """Take what stands in a field."""
        if text != self.form.text_in(field):
            self._own_length = self._own_length or field is MeetingField.MINUTES
            self._change(self.form.with_text(field, text))

    def type_guest(self, name: str) -> None:
        """Take the name of a guest as it is typed."""
        self.guest_name = name
        self._keep()

    def leave_field(self, field: MeetingField) -> None:
        """Think about what stands in a field, now that nobody is typing in it."""
        if field not in self.left_fields:
            self.left_fields |= {field}
            self.changed.emit()

    def give_role(self, function: Function, party_id: UUID | None) -> None:
        """Have somebody lead, write or verify, who is then invited too; or nobody.

        Of somebody whom no consent covers it is asked first, and they have the role only after it.
        Whoever came for the role alone does not when another has it: on the way down a list with
        the arrow keys one passes people by.
        """
        if party_id is not None and self._stops(party_id):
            self.ask_about(party_id)
            return
        came = self._came_for.pop(function, None)
        if party_id is not None and (party_id not in self.form.present or came == party_id):
            self._came_for[function] = party_id
        form = self.form.with_role(function, party_id)
        if came is not None and came not in form.roles.values():
            form = form.with_presence(came, present=False)
        self._change(form)

    def invite(self, party_id: UUID, *, comes: bool) -> None:
        """Have somebody come, or not; whom no consent covers is asked about first."""
        if comes and self._stops(party_id):
            self.ask_about(party_id)
            return
        if self.guard is not None and self.guard.party_id == party_id:
            self.guard = None
        self._came_for = {one: held for one, held in self._came_for.items() if held != party_id}
        self._change(self.form.with_presence(party_id, present=comes))

    def ask_about(self, party_id: UUID) -> None:
        """Ask what is to be done about somebody; nothing is sent to anybody meanwhile."""
        one = self._invitee(party_id)
        if one is not None:
            self.guard = ask_about(one, self.form.parts.get(party_id))
            self.changed.emit()

    def choose_way(self, way: Way) -> None:
        """Take another answer to the question."""
        if self.guard is not None and way is not self.guard.way:
            self.guard = replace(self.guard, way=way)
            self.changed.emit()

    def tick_item(self, code: str, *, comes: bool) -> None:
        """Have whom the question is about come to an item, or not."""
        if self.guard is not None:
            items = self.guard.items | {code} if comes else self.guard.items - {code}
            self.guard = replace(self.guard, items=items)
            self.changed.emit()

    def close_guard(self) -> None:
        """Leave everything as it was before the question."""
        if self.guard is not None:
            self.guard = None
            self.changed.emit()

    def answer_guard(self) -> None:
        """Do what was answered, or go on to where it is done; what stands here is kept."""
        guard = self.guard
        if guard is None or not guard.is_answered:
            return
        self.guard = None
        self._answer(guard)
        self.changed.emit()
        if guard.way is Way.CONSENT:
            self.drafts.store_now()
            self.consent_wanted.emit()
        elif guard.way is Way.GROUND and not guard.is_decided:
            self.drafts.store_now()
            self.ground_wanted.emit()

    def _answer(self, guard: Guard) -> None:
        if guard.guest is not None:
            self._answer_guest(guard, guard.guest)
        if guard.party_id is None:
            return
        party_id, form = guard.party_id, self.form
        match guard.way:
            case Way.ITEMS:
                form = form.with_presence(party_id, present=True).with_part(party_id, guard.items)
            case Way.WHOLE:
                form = form.with_part(party_id, None)
            case Way.GROUND if guard.is_decided:
                form = form.with_presence(party_id, present=True).with_part(party_id, None)
                form = replace(form, decided=form.decided | {party_id})
            case _:
                form = form.with_presence(party_id, present=False)
        self._change(form)

    def _answer_guest(self, guard: Guard, guest: Guest) -> None:
        """Have an observer come to some items, or not at all; their name stays while one asks."""
        if guard.way is Way.ITEMS:
            self.guest_name = "" if guard.place is None else self.guest_name
            self._put_guest(replace(guest, items=guard.items), guard.place)
        elif guard.way is Way.LEAVE_OUT and guard.place is None:
            self.guest_name = ""
            self._keep()
        elif guard.place is not None:
            self.remove_guest(guard.place)

    def _put_guest(self, guest: Guest, place: int | None) -> None:
        guests = self.form.guests
        at = len(guests) if place is None else place
        self._change(replace(self.form, guests=(*guests[:at], guest, *guests[at + 1 :])))

    def turn_order(self) -> None:
        """Order the agenda so that people leave and join least; if it is, as in the template."""
        agenda = self.agenda
        if agenda is not None and (agenda.better or self.form.order):
            self._change(replace(self.form, order=agenda.better))

    def add_guest(self, function: Function, name: str) -> bool:
        """Invite somebody by name; return whether that is done. An observer is asked about."""
        guest = Guest(function, name.strip())
        if not guest.name:
            return False
        if not guest.is_covered:
            self.guard = ask_about_guest(guest, None)
            self.changed.emit()
            return False
        self.guest_name = ""
        self._put_guest(guest, None)
        return True

    def ask_about_guest(self, place: int) -> None:
        """Ask what is to be done about an observer who stands in the list already."""
        self.guard = ask_about_guest(self.form.guests[place], place)
        self.changed.emit()

    def remove_guest(self, place: int) -> None:
        """Take back the invitation of a guest."""
        guests = self.form.guests
        if self.guard is not None and self.guard.guest is not None:
            self.guard = None
        self._change(replace(self.form, guests=(*guests[:place], *guests[place + 1 :])))
        take_out = self.drafts.throw_words(guests[place].name)

        def put_back() -> None:
            now = self.form.guests
            self._change(replace(self.form, guests=(*now[:place], guests[place], *now[place:])))
            take_out()

        self.removed.emit(put_back)

    def plan(self) -> None:
        """Plan the meeting."""
        moment, minutes = self.form.moment, self.form.minutes
        if not self.may_plan or moment is None or minutes is None:
            self.left_fields = frozenset(MeetingField)
            self.changed.emit()
            return
        # In UTC: of a time that comes twice, no other zone says which one it is.
        store = self._store_at(moment.at.astimezone(UTC), minutes)
        self.is_working, self.trouble = True, None
        self.changed.emit()
        self.drafts.put_to_use(self, store, self._planned, self._refused)

    def _store_at(self, starts_at: datetime, minutes: int) -> Callable[[], Done[UUID] | Done[None]]:
        if self._booked is None:
            return partial(self._plan_meeting, self._new_at(starts_at, minutes))
        change = self._change_to(self._booked.meeting_id, starts_at, minutes)
        return partial(self._booked.change_booking, change)

    def _new_at(self, starts_at: datetime, minutes: int) -> PlanMeeting:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.meetings import PlanMeeting  # noqa: PLC0415

        return PlanMeeting(
            case_id=self._case_id,
            template=self.form.template,
            starts_at=starts_at,
            invited=self._invitations(),
            minutes=minutes,
            place=self._place,
            order=() if self.agenda is None else self.agenda.codes,
        )

    def _change_to(self, meeting_id: UUID, starts_at: datetime, minutes: int) -> ChangeBooking:
        from trygga_desktop.services.rebooking import ChangeBooking  # noqa: PLC0415  as above

        meeting = self.meeting
        codes = [] if meeting is None else [one.code for one in meeting.agenda if one.code]
        order = () if self.agenda is None else self.agenda.codes
        return ChangeBooking(
            meeting_id=meeting_id,
            starts_at=starts_at,
            minutes=minutes,
            invited=self._invitations(),
            place=self._place,
            # A template that has other items since orders those of this meeting no more.
            order=order if sorted(order) == sorted(codes) else (),
        )

    @property
    def _place(self) -> str:
        return "" if self.is_protected else self.form.text_in(MeetingField.PLACE).strip()

    def cancel(self) -> None:
        """Go back to the meetings; nothing is planned, and what was typed goes into the bin.

        What can be used no more was not thrown away by anybody: it stays where it is kept.
        """
        if self.state is not FormState.OVER:
            self.drafts.throw_away()
        self.left.emit()

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store what is typed at once: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def _invitations(self) -> tuple[Invitation, ...]:
        from trygga_desktop.services.meetings import Invitation  # noqa: PLC0415  as above

        roles = self.form.roles
        of_the_case = [
            Invitation(
                functions=functions_of(one, self.meeting)
                | {function for function, held in roles.items() if held == one.shown.party.id}
                or one.functions,
                party_id=one.shown.party.id,
                called_to=self.form.parts.get(one.shown.party.id),
            )
            for one in self.invited
        ]
        guests = [
            Invitation(functions=frozenset({one.function}), name=one.name, called_to=one.items)
            for one in self.form.guests
        ]
        return (*of_the_case, *guests)

    def _invitee(self, party_id: UUID) -> Invitee | None:
        return next((one for one in self.invitees if one.shown.party.id == party_id), None)

    def _stops(self, party_id: UUID) -> bool:
        one = self._invitee(party_id)
        is_new = party_id not in self.form.present
        return is_new and one is not None and one.doubt in GUARDED

    def _take(self, found: CaseMeetings) -> None:
        self._patience.stop()
        is_first = self.found is None
        self.found = found
        if self.is_booked and self.meeting is None:
            self.found = None
            self.state = FormState.OVER
            self.changed.emit()
            return
        self.state, self.trouble = FormState.READY, None
        if is_first:
            self._begin(found)
            self._at_first = self.form.typed()
            self.form_replaced.emit()
        self.changed.emit()
        if is_first:
            self.drafts.look_for_earlier()

    def _begin(self, found: CaseMeetings) -> None:
        """Fill in how it is booked, or what was agreed at the last meeting and who led it."""
        if self.meeting is not None:
            self._own_length = True
            # Who has a place in the case is asked of the day of the meeting.
            day = self.meeting.starts_at.astimezone(STOCKHOLM).date()
            invitees = invitees_of(found, day)
            self.form = form_of(self.meeting, invitees, is_protected=self.is_protected)
            return
        held = next((one for one in found.meetings if one.state is MeetingState.HELD), None)
        codes = [one.code for one in found.templates]
        first = FOLLOW_UP if held is not None and FOLLOW_UP in codes else next(iter(codes), "")
        if found.proposed in codes:
            first = found.proposed
        if held is not None:
            self._take_agreed(held)
        self._take_template(first)
        if held is None:
            return
        there = {one.shown.party.id for one in self.professionals if one.doubt is None}
        for function in ROLES:
            last = held.with_function(function)
            if last is not None and last.party_id in there:
                self.form = self.form.with_role(function, last.party_id)

    def _take_agreed(self, held: Meeting) -> None:
        agreed = held.next_meeting
        begins = (held.starts_at if agreed is None else agreed.starts_at).astimezone(STOCKHOLM)
        self.form = self.form.with_text(MeetingField.TIME, time_text(begins.time()))
        if agreed is not None and agreed.starts_at > self._now():
            self.form = self.form.with_text(MeetingField.DAY, day_text(begins.date()))
        place = held.place if agreed is None else agreed.place
        if place and not self.is_protected:
            self.form = self.form.with_text(MeetingField.PLACE, place)

    def _take_template(self, code: str) -> None:
        self.form = replace(self.form, template=code)
        template = self.template
        if template is None:
            return
        if not self._own_length:
            self.form = self.form.with_text(MeetingField.MINUTES, str(template.minutes))
        self.form = self.form.within([one.code for one in template.items])
        usual = usual_presence(self.invitees, template.form)
        present = {one.shown.party.id for one in usual}
        came = self._came_for.items()
        self._came_for = {one: held for one, held in came if held not in present}
        self.form = replace(self.form, present=frozenset(present | set(self.form.roles.values())))
        self._order_anew()

    def _change(self, form: MeetingForm) -> None:
        if form == self.form:
            return
        is_other = form.comings != self.form.comings
        self.form = form
        if is_other:
            self._order_anew()
        self._keep()
        self.changed.emit()

    def _order_anew(self) -> None:
        """Order the agenda for those who come to some items only; `turn_order` undoes it.

        A booked one was sent out in its order, and keeps it while no other is better.
        """
        if not self.is_booked:
            self.form = replace(self.form, order=())
        agenda = self.agenda
        if agenda is not None and agenda.better:
            self.form = replace(self.form, order=agenda.better)

    def _keep(self) -> None:
        typed = self.form.typed(self.guest_name)
        self.drafts.keep("" if typed == self._at_first else write_typed(typed))

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        form = self.form.with_typed(typed)
        codes = () if self.found is None else self.found.templates
        if self.meeting is not None:
            form = replace(form, template=self.meeting.template)
        elif form.template not in {one.code for one in codes}:
            form = replace(form, template=self.form.template).within(())
        if self.is_protected:
            form = form.with_text(MeetingField.PLACE, "")
        self.form, self.guest_name = form, typed.texts.get("guest", "")
        self._own_length = True
        self.form_replaced.emit()
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.found = None
        self.state = FormState.FAILED
        self.changed.emit()

    def _planned(self, done: Done[UUID] | Done[None]) -> None:
        self.is_working = False
        self.made.emit(done.changes)
        self.planned.emit(done.value)

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError):
            # What is wrong is marked, as far as the form has a place for it.
            self.left_fields = frozenset(MeetingField)
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
