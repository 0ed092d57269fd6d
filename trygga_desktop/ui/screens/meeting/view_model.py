"""State of a meeting that everyone in its room looks at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.meeting import IN_THE_ROOM, Function, MeetingState, Presence
from trygga_desktop.domain.phrases import Phrases
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses
from trygga_desktop.ui.idle import Pace
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.meeting.beside import Beside
from trygga_desktop.ui.screens.meeting.capture import CaptureModel
from trygga_desktop.ui.screens.meeting.days import NextForm, UnreadableError, read_next
from trygga_desktop.ui.screens.meeting.floor import Floor, FloorUses
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.proposing import Proposing
from trygga_desktop.ui.screens.meeting.room import (
    beside,
    current_item,
    decisions_of,
    emptied,
    is_here,
    must_still_confirm,
    newest_own_words,
    still_expected,
    unconfirmed,
)
from trygga_desktop.ui.screens.meeting.unsettled import nearly_actions
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.entries import ChangeCommitment
    from trygga_desktop.services.meetings import ConfirmDuty, EndMeeting, Invitation, SetPresence
    from trygga_desktop.services.plans import AgreePlan
    from trygga_desktop.services.rooms import MeetingRoom, Seat, ShownAgendaItem, ShownEntry

PATIENCE = 400
"""Milliseconds after which a meeting that is still being read is told to be."""

ENTRIES_AT_A_TIME = 20
"""More would be slow to lay out, and nobody reads them from a wall."""

STEPS_BEFORE = (Presence.HERE, Presence.REMOTE, Presence.ABSENT)
"""What one chooses from for each person before a meeting."""

STEPS_DURING = (Presence.HERE, Presence.REMOTE, Presence.OUTSIDE, Presence.GONE)
"""What becomes of people during a meeting."""

PLACES = (Presence.HERE, Presence.REMOTE, Presence.OUTSIDE, Presence.EXPECTED, Presence.GONE)
"""All that can be chosen from for somebody during a meeting."""

BREAK = timedelta(minutes=10)
"""How long a break is meant to be."""


class Stage(StrEnum):
    """Which page of the meeting is shown."""

    LOADING = "loading"
    SLOW = "slow"
    OPENING = "opening"
    RUNNING = "running"
    REVIEW = "review"
    OVER = "over"
    FAILED = "failed"


class MeetingViewModel(QObject):
    """Reads the meeting for its room, leads it from item to item, and covers the screen.

    `capture` keeps what is being written down, `next_form` when to meet again; both may outlive the
    screen. After each change the meeting is read anew, because whoever comes or goes changes what
    may be shown. `unsettled` tells that it cannot end before what was typed is added or thrown
    away, `decided_anew` that what was copied may not be for everyone in the room any more. `beside`
    holds what is typed besides, `floor` does what comes up on the way, and `proposing` what was
    prepared. `departures` holds who is about to leave. `lacks_decision` tells that somebody wanted
    to disagree in the review and nothing stands there to disagree with.
    """

    changed = Signal()
    decided_anew = Signal()
    unsettled = Signal()
    others_come = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)
    left = Signal()
    hidden_wanted = Signal()
    more_wanted = Signal(UUID)
    guest_wanted = Signal()
    papers_wanted = Signal()
    protocol_wanted = Signal()
    writing_wanted = Signal()

    def __init__(  # noqa: PLR0913  the use cases of a meeting
        self,
        meeting_id: UUID,
        *,
        capture: CaptureModel,
        departures: Departures,
        next_form: NextForm,
        read_meeting: Callable[[UUID], Done[MeetingRoom]],
        change_commitment: Callable[[ChangeCommitment], Done[None]],
        set_presence: Callable[[SetPresence], Done[None]],
        confirm_duty: Callable[[ConfirmDuty], Done[None]],
        begin_meeting: Callable[[UUID], Done[None]],
        go_to_item: Callable[[UUID, UUID], Done[None]],
        end_meeting: Callable[[EndMeeting], Done[None]],
        floor: FloorUses,
        invite: Callable[[UUID, Invitation], Done[None]],
        agree_plan: Callable[[AgreePlan], Done[UUID]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        case_id: UUID | None = None,
        phrases: Callable[[], Phrases] = Phrases,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room: MeetingRoom | None = None
        self.trouble: Trouble | None = None
        self.is_covered = False
        self.break_until: datetime | None = None
        self._is_break = False
        self.is_reviewing = False
        self.lacks_decision = False
        self.is_inviting = False
        self._beside: UUID | None = None
        self.is_working = False
        self.beside = Beside(
            meeting_id,
            next_form,
            drafts=drafts,
            runner=runner,
            now=now,
            case_id=case_id,
            parent=self,
        )
        self.beside.failed.connect(self.failed)
        self.floor = Floor(self, floor)
        self.proposing = Proposing(self, agree_plan)
        self.next_is_unreadable = False
        self.meeting_id = meeting_id
        self.phrases = phrases
        self.now = now
        self.capture = capture
        self.capture.made.connect(self._read)
        self.capture.stale.connect(self._read)
        self.departures = departures
        departures.changed.connect(self.changed)
        departures.made.connect(self._read)
        departures.refused.connect(self._refused)
        self._read_meeting = read_meeting
        self._change_commitment = change_commitment
        self._set_presence = set_presence
        self._confirm_duty = confirm_duty
        self._begin_meeting = begin_meeting
        self._go_to_item = go_to_item
        self._end_meeting = end_meeting
        self._invite = invite
        self._runner = runner
        self._decided_on: date | None = None
        self._is_slow = False
        self._has_failed = False
        self._wanted = ENTRIES_AT_A_TIME
        self._newest_read = 0
        self._wanted_there: Callable[[], None] | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def stage(self) -> Stage:
        """Return which page is shown."""
        if self.room is None:
            if self._has_failed:
                return Stage.FAILED
            return Stage.SLOW if self._is_slow else Stage.LOADING
        if self.room.state is MeetingState.PLANNED:
            return Stage.OPENING
        if self.room.state is MeetingState.RUNNING:
            return Stage.REVIEW if self.is_reviewing else Stage.RUNNING
        return Stage.OVER

    @property
    def is_without_names(self) -> bool:
        """Return whether the meeting is held without the young person's name."""
        return self.room is not None and self.room.pseudonym is not None

    @property
    def item(self) -> ShownAgendaItem | None:
        """Return the item that the meeting has come to."""
        return None if self.room is None else current_item(self.room)

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """Return the newest of what was noted under the item, in the order it was said."""
        return () if self.item is None else self.item.entries[-self._wanted :]

    @property
    def has_older(self) -> bool:
        """Return whether more was noted under the item than is shown."""
        return self.item is not None and len(self.item.entries) > self._wanted

    @property
    def own_words(self) -> ShownEntry | None:
        """Return what the young person said last."""
        return None if self.room is None else newest_own_words(self.room)

    @property
    def is_last_item(self) -> bool:
        """Return whether no item follows."""
        return self.room is not None and beside(self.room, 1) is None

    @property
    def may_begin(self) -> bool:
        """Return whether somebody is there, and everyone there who must has confirmed."""
        room = self.room
        if room is None or room.state is not MeetingState.PLANNED or self.is_working:
            return False
        return any(is_here(one) for one in room.seats) and not unconfirmed(room)

    @property
    def kept_notes(self) -> tuple[ShownEntry, ...]:
        """Return the actions that were kept as notes, as far as the room may see them."""
        room = self.room
        return () if room is None else tuple(entry for _, entry in nearly_actions(room))

    @Slot()
    def load(self) -> None:
        """Read the meeting, and bring back what an earlier visit left half written."""
        self._read()
        self.capture.look_for_earlier()
        self.beside.next_draft.look_for_earlier()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that a meeting shows."""
        matters = changes.meetings or changes.items or changes.consents or changes.parties
        # What these store is read anew when they tell of it.
        if source in {self, self.capture, self.departures}:
            return
        if changes.consents or changes.parties:
            # Whoever has taken something back is not to see it for another moment.
            self.take_away()
        if matters or changes.directory:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the meeting is still being read, if nothing stands there yet."""
        if self.stage is Stage.LOADING:
            self._is_slow = True
            self.changed.emit()

    def choose_presence(self, seat_id: UUID, presence: Presence) -> None:
        """Take where somebody is now; that they leave a running meeting waits for a moment.

        Until then the room shows nothing more. Whoever comes is decided for at once.
        """
        seat = self._seat(seat_id)
        if seat is None or self.is_covered or presence is self.departures.presence_of(seat):
            return
        is_leaving = is_here(seat) and presence not in IN_THE_ROOM
        if is_leaving and self.stage in {Stage.RUNNING, Stage.REVIEW}:
            self.departures.leave(seat, presence)
            return
        self.departures.take_back(seat_id)
        if presence is not seat.presence:
            self.set_presence(seat_id, presence)

    def set_presence(self, seat_id: UUID, presence: Presence) -> None:
        """Store where somebody is now."""
        from trygga_desktop.services.meetings import SetPresence  # noqa: PLC0415  see CaptureModel

        command = SetPresence(meeting_id=self.meeting_id, participant_id=seat_id, presence=presence)
        store = self._set_presence
        self.change(lambda: store(command), lets_in=presence in IN_THE_ROOM)

    def toggle(self, seat_id: UUID) -> None:
        """Have somebody confirm who must, let in who is out, or let go who is here.

        Of whoever is about to leave it takes that back.
        """
        seat = self._seat(seat_id)
        if seat is None:
            return
        if self.departures.is_leaving(seat_id):
            self.departures.take_back(seat_id)
        elif is_here(seat) and must_still_confirm(seat):
            self.confirm([seat_id])
        elif not is_here(seat):
            self.set_presence(seat_id, Presence.HERE)
        elif self.stage is Stage.RUNNING:
            self.choose_presence(seat_id, Presence.GONE)

    def step(self, seat_id: UUID, by: int) -> None:
        """Go to the next or the previous of the places where somebody can be."""
        seat = self._seat(seat_id)
        if seat is None:
            return
        steps = STEPS_BEFORE if self.stage is Stage.OPENING else STEPS_DURING
        presence = self.departures.presence_of(seat)
        if presence not in steps:
            self.choose_presence(seat_id, steps[0])
            return
        place = steps.index(presence) + by
        if 0 <= place < len(steps):
            self.choose_presence(seat_id, steps[place])

    def confirm(self, seat_ids: Sequence[UUID]) -> None:
        """Store that these have confirmed the duty of confidentiality."""
        from trygga_desktop.services.meetings import ConfirmDuty  # noqa: PLC0415

        command = ConfirmDuty(meeting_id=self.meeting_id, participant_ids=frozenset(seat_ids))
        store = self._confirm_duty
        self.change(lambda: store(command))

    def everyone_is_here(self) -> None:
        """Store that all who were expected are here, and that all here have confirmed."""
        from trygga_desktop.services.meetings import ConfirmDuty, SetPresence  # noqa: PLC0415

        room = self.room
        if room is None or self.stage is not Stage.OPENING or self.is_covered:
            return
        coming = [one.id for one in still_expected(room)]
        there = [one for one in room.seats if is_here(one) or one.id in coming]
        binds = frozenset(one.id for one in there if must_still_confirm(one))
        set_presence, confirm_duty = self._set_presence, self._confirm_duty
        meeting_id = self.meeting_id

        def store() -> Done[None]:
            done = Done(None)
            # Confirmed first: at no moment is somebody there who has not.
            if binds:
                done = confirm_duty(ConfirmDuty(meeting_id=meeting_id, participant_ids=binds))
            for seat_id in coming:
                done = set_presence(
                    SetPresence(
                        meeting_id=meeting_id, participant_id=seat_id, presence=Presence.HERE
                    )
                )
            return done

        if coming or binds:
            self.change(store, lets_in=True)

    def ask_to_invite(self, *, asks: bool, beside: UUID | None = None) -> None:
        """Ask for somebody who came without being invited, or ask no more.

        Somebody `beside` a person who is remote is where that person is.
        """
        if asks and self.is_without_names:
            return
        self.is_inviting, self._beside = asks, beside
        self.beside.ask_for_guest(asks=asks)
        self.changed.emit()

    def invite(self) -> None:
        """Store one more who is at the table, and ask no more once that is done."""
        from trygga_desktop.services.meetings import Invitation  # noqa: PLC0415

        guest = self.beside.guest
        name = guest.name.strip()
        if not name or self.is_working:
            return
        if self.guest_is_asked_about:
            self.leave()
            self.guest_wanted.emit()
            return
        functions = frozenset({guest.function})
        invitation = Invitation(functions=functions, name=name, beside=self._beside)
        store, meeting_id = self._invite, self.meeting_id
        draft = self.beside.guest_draft
        self.change(lambda: store(meeting_id, invitation), then=self._guest_invited, uses=draft)

    @property
    def guest_is_asked_about(self) -> bool:
        """Tell whether it is asked first, not on this screen, if whoever is named may come.

        An observer is covered by no consent. Somebody beside a person who is remote has come.
        """
        return self.beside.guest.function is Function.OBSERVER and self._beside is None

    def begin(self) -> None:
        """Begin with the first item."""
        if self.may_begin and not self.is_covered:
            begin, meeting_id = self._begin_meeting, self.meeting_id
            self.change(lambda: begin(meeting_id))

    def go_by(self, step: int) -> None:
        """Go on, or back, by one item; after the last comes the review."""
        if self.stage is not Stage.RUNNING or self.room is None or self.is_covered:
            return
        item = beside(self.room, step)
        if item is not None:
            self.go_to(item.id)
        elif step > 0:
            self.review()

    def go_to(self, agenda_id: UUID) -> None:
        """Go to an item of the agenda."""
        if self.stage is not Stage.RUNNING or self.is_working:
            return
        if self.item is not None and agenda_id == self.item.id:
            return
        self._wanted = ENTRIES_AT_A_TIME
        go, meeting_id = self._go_to_item, self.meeting_id
        self.change(lambda: go(meeting_id, agenda_id))

    def go_and_write(self, agenda_id: UUID, kind: Kind | None = None) -> None:
        """Go from the review to an item that is not settled, to write this sort of thing there."""
        capture = self.capture
        self._go_and(agenda_id, None if kind is None else partial(capture.choose_kind, kind))

    def go_and_complete(self, note: ShownEntry) -> None:
        """Go from the review to a note that was nearly an action, to write the action there."""
        if note.item.noted is not None:
            self._go_and(note.item.noted.agenda_id, partial(self.capture.complete, note))

    def go_and_disagree(self, decision_id: UUID | None = None) -> None:
        """Go from the review to a decision, the newest if none is named, to write a dissent."""
        agenda = () if self.room is None else self.room.agenda
        every = [(item.id, one.item.id) for item in agenda for one in decisions_of(item)[::-1]]
        found = [one for one in every if decision_id in {None, one[1]}]
        if found:
            agenda_id, known = found[-1]
            self._go_and(agenda_id, partial(self.capture.disagree, known))
        elif self.stage is Stage.REVIEW and not self.is_covered:
            self.lacks_decision = True
            self.changed.emit()

    def _go_and(self, agenda_id: UUID, then: Callable[[], None] | None) -> None:
        if self.stage is not Stage.REVIEW or self.is_working or self.is_covered:
            return
        self.back_to_meeting()
        self._wanted_there = then
        if self.item is not None and agenda_id == self.item.id:
            self._do_there()
        else:
            self.go_to(agenda_id)

    def _do_there(self) -> None:
        wanted, self._wanted_there = self._wanted_there, None
        # What is half written stays what it is.
        if wanted is not None and not self.capture.text.strip():
            wanted()

    def show_older(self) -> None:
        """Show some more of what was noted under the item."""
        self._wanted += ENTRIES_AT_A_TIME
        self.changed.emit()

    def change_commitment(
        self, commitment_id: UUID, state: CommitmentState, reason: str = ""
    ) -> None:
        """Store what became of an earlier commitment."""
        from trygga_desktop.services.entries import ChangeCommitment  # noqa: PLC0415

        if self.room is None:
            return
        command = ChangeCommitment(
            case_id=self.room.case_id, commitment_id=commitment_id, state=state, reason=reason
        )
        change = self._change_commitment
        self.change(lambda: change(command))

    def look_at_the_day(self) -> None:
        """Have everything decided anew once the day has changed: consents end with a day."""
        room = self.room
        today = self.now().astimezone(STOCKHOLM).date()
        if room is not None and today > room.today and today != self._decided_on:
            # Asked for once a day: the date of a decision may lag behind a clock that jumped.
            self._decided_on = today
            self.take_away()
            self._read()

    @property
    def pace(self) -> Pace:
        """Return how long nobody need do anything here: long in a running meeting."""
        if self.stage not in {Stage.RUNNING, Stage.REVIEW}:
            return Pace.DESK
        return Pace.BREAK if self.is_covered and self._is_break else Pace.MEETING

    def toggle_curtain(self) -> None:
        """Cover the whole screen at once, or lift the cover."""
        self.is_covered = not self.is_covered
        self._is_break = self.is_covered
        self.break_until = None
        if self.is_covered:
            self.others_come.emit()
        self.changed.emit()

    def take_a_break(self) -> None:
        """Show nothing but the clock, and when the meeting goes on; or go on."""
        if self.is_covered and self.break_until is not None:
            self.uncover()
        elif not self.is_covered and self.stage is Stage.RUNNING:
            self.is_covered = self._is_break = True
            self.break_until = self.now() + BREAK
            self.others_come.emit()
            self.changed.emit()

    def uncover(self) -> None:
        """Show the meeting again."""
        if self.is_covered:
            self.toggle_curtain()

    def cover(self) -> None:
        """Cover the whole screen, although nobody asked for a break."""
        if not self.is_covered or self.break_until is not None:
            self.is_covered, self._is_break, self.break_until = True, False, None
            self.others_come.emit()
            self.changed.emit()

    def screens_changed(self) -> None:
        """Cover everything when a screen comes or goes: somebody may see what they should not."""
        self.cover()

    def review(self) -> None:
        """Go through what is left before the meeting ends."""
        if self.stage is Stage.RUNNING and not self.is_covered:
            self.is_reviewing = True
            self.changed.emit()

    def back_to_meeting(self) -> None:
        """Go on with the meeting after all."""
        self.is_reviewing = self.lacks_decision = False
        self.changed.emit()

    def end(self) -> None:
        """End the meeting, and go on to its protocol."""
        from trygga_desktop.services.meetings import EndMeeting  # noqa: PLC0415

        is_in_review = self.stage is Stage.REVIEW and not self.is_covered
        if self.room is None or not is_in_review or self.is_working:
            return
        if self.capture.is_unfinished:
            self.unsettled.emit()
            return
        try:
            agreed = read_next(self.beside.next_form, self.room.today)
        except UnreadableError:
            self.next_is_unreadable = True
            self.changed.emit()
            return
        self.next_is_unreadable = False
        # Once it is over nobody leaves it any more.
        self.departures.store_now()
        command = EndMeeting(meeting_id=self.meeting_id, next_meeting=agreed)
        end = self._end_meeting
        self.change(lambda: end(command), then=self._ended, uses=self.beside.next_draft)

    def show_hidden(self) -> None:
        """Go to the page of whoever leads the meeting."""
        if not self.is_covered:
            self.leave()
            self.hidden_wanted.emit()

    def tell_more(self, commitment_id: UUID) -> None:
        """Go where more can be said of a commitment than a state: not on this screen."""
        if not self.is_covered and not self.is_without_names:
            self.leave()
            self.more_wanted.emit(commitment_id)

    def write_alone(self) -> None:
        """Go where the leader writes for themselves: without names nothing is typed here."""
        if not self.is_covered and self.is_without_names:
            self.leave()
            self.writing_wanted.emit()

    def show_papers(self) -> None:
        """Go from the review to the pages that people take along."""
        if self.stage is Stage.REVIEW and not self.is_covered:
            self.leave()
            self.papers_wanted.emit()

    def show_protocol(self) -> None:
        """Go on to the protocol of a meeting that was held."""
        self.protocol_wanted.emit()

    def leave(self) -> None:
        """Store what is typed: the screen is left, or the vault is being locked."""
        self.capture.leave()
        self.beside.store_now()

    def go_back(self) -> None:
        """Go back to the meetings of the case."""
        self.leave()
        self.left.emit()

    def _guest_invited(self) -> None:
        self.ask_to_invite(asks=False)

    def _ended(self) -> None:
        self.protocol_wanted.emit()

    def _seat(self, seat_id: UUID) -> Seat | None:
        seats = () if self.room is None else self.room.seats
        return next((one for one in seats if one.id == seat_id), None)

    def take_away(self) -> None:
        """Show nothing that was decided before; what was asked for answers for another room."""
        self._empty()
        if self.room is not None:
            self.changed.emit()

    def _empty(self) -> None:
        self._wanted_there = None
        if self.room is not None:
            self._newest_read += 1
            self.room = emptied(self.room)
            self.capture.follow(self.room)
            self.capture.forget_undone()
            self.decided_anew.emit()

    def _clear_the_table(self) -> None:
        """Take off the screen what was decided for a room without whoever comes in now.

        What is typed goes aside only then: whatever comes of that, the screen is empty.
        """
        self.floor.put_item_aside()
        self._empty()
        self.changed.emit()
        self.capture.put_aside()
        self.others_come.emit()

    @property
    def uses_presence(self) -> Callable[[SetPresence], Done[None]]:
        """Return the use case that stores where somebody is."""
        return self._set_presence

    def change(
        self,
        work: Callable[[], Done[None]],
        then: Callable[[], None] | None = None,
        uses: DraftKeeper | None = None,
        refused: Callable[[Exception], bool] | None = None,
        *,
        lets_in: bool = False,
    ) -> None:
        """Store a change, do what follows from it or from its refusal, and read it all anew.

        What `refused` returns is whether it says itself what was wrong. Where it `lets_in` somebody
        what was decided without them is off the screen before anything else.
        """
        self.is_working, self.trouble = True, None
        self.floor.forget_refusal()
        if lets_in and self.room is not None:
            self._clear_the_table()
        else:
            self.changed.emit()

        def done(answer: Done[None]) -> None:
            self.is_working = False
            self._follow_change(answer.changes)
            if then is not None:
                then()

        def failed(error: Exception) -> None:
            if refused is None or not refused(error):
                self._refused(error)
                return
            self.is_working, self._wanted_there = False, None
            self._read()

        if uses is None:
            self._runner.run(self, work, done, failed)
        else:
            uses.put_to_use(self, work, done, failed)

    def _follow_change(self, changes: Changes) -> None:
        self.made.emit(changes)
        self._read()

    def _refused(self, error: Exception) -> None:
        # What was to be written at an item that was not come to is not written elsewhere.
        self.is_working, self._wanted_there = False, None
        if not self._told_elsewhere(error):
            # What is shown may have been taken away for somebody who has not come after all.
            self._read()

    @Slot()
    def _read(self) -> None:
        self._patience.start()
        self._newest_read += 1
        loaded = partial(self._loaded, self._newest_read)
        read, meeting_id = self._read_meeting, self.meeting_id
        self._runner.run(self, lambda: read(meeting_id), loaded, self._not_loaded)

    def _loaded(self, number: int, done: Done[MeetingRoom]) -> None:
        if number != self._newest_read:
            return
        self._patience.stop()
        self.room, self._has_failed = done.value, False
        self.lacks_decision = False
        self.capture.follow(self.room)
        self._do_there()
        self.changed.emit()

    def _not_loaded(self, error: Exception) -> None:
        self._patience.stop()
        # What can no longer be read must not stay on the screen.
        self.room, self._has_failed = None, True
        self.capture.follow(None)
        self.decided_anew.emit()
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
