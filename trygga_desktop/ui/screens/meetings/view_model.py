"""State of the meetings of a case: which there are, which one is looked at, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.meeting import Meeting, MeetingState, Presence
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.meetings.absence import AbsenceForm
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import CaseMeetings, SetPresence

PATIENCE = 400
"""Milliseconds after which meetings that are still being read are told to be."""

_OPEN = frozenset({MeetingState.PLANNED, MeetingState.RUNNING})
_HAS_BEGUN = frozenset({MeetingState.RUNNING, MeetingState.HELD})


class MeetingsState(StrEnum):
    """What stands where the meetings are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class MeetingsViewModel(QObject):
    """Reads the meetings of a case. The one that comes next is chosen to begin with.

    With `asks_of` it is that one, and the form is open in which somebody is said not to come to it.
    `absence` is that form while it is open.
    """

    changed = Signal()
    left = Signal()
    tab_chosen = Signal(object)
    plan_wanted = Signal()
    booking_wanted = Signal(object)
    meeting_chosen = Signal(object)
    protocol_wanted = Signal(object)
    papers_wanted = Signal(object)
    voice_wanted = Signal(object)
    answers_wanted = Signal(object)
    packet_out_wanted = Signal(object)
    packet_in_wanted = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the tab
        self,
        case_id: UUID,
        *,
        read_meetings: Callable[[UUID], Done[CaseMeetings]],
        cancel_meeting: Callable[[UUID], Done[None]],
        set_presence: Callable[[SetPresence], Done[None]],
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        asks_of: UUID | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = MeetingsState.LOADING
        self.found: CaseMeetings | None = None
        self.chosen_id: UUID | None = None
        self.absence: AbsenceForm | None = None
        self.asks_to_cancel = False
        self.is_working = False
        self.trouble: Trouble | None = None
        self._case_id = case_id
        self._read_meetings = read_meetings
        self._cancel_meeting = cancel_meeting
        self._set_presence = set_presence
        self._drafts = drafts
        self._asks_of = asks_of
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings, the newest first."""
        return () if self.found is None else self.found.meetings

    @property
    def chosen(self) -> Meeting | None:
        """Return the meeting that is looked at."""
        return next((one for one in self.meetings if one.id == self.chosen_id), None)

    @property
    def may_open(self) -> bool:
        """Return whether the chosen meeting can be led: it has not ended."""
        return self.chosen is not None and self.chosen.state in _OPEN

    @property
    def has_protocol(self) -> bool:
        """Return whether there is a protocol of the chosen meeting to look at."""
        return self.chosen is not None and self.chosen.state in _HAS_BEGUN

    @property
    def may_cancel(self) -> bool:
        """Return whether the chosen meeting can be called off: it has not begun."""
        return self.chosen is not None and self.chosen.state is MeetingState.PLANNED

    @property
    def has_papers(self) -> bool:
        """Return whether anybody is still to be called to the chosen meeting."""
        return self.chosen is not None and self.chosen.state is MeetingState.PLANNED

    @property
    def has_actions(self) -> bool:
        """Return whether the chosen meeting has begun, so that something may be promised there."""
        return self.chosen is not None and self.chosen.state in _HAS_BEGUN

    @Slot()
    def load(self) -> None:
        """Read the meetings."""
        if self.state is not MeetingsState.READY:
            self._enter(MeetingsState.LOADING)
        self._patience.start()
        read, case_id = self._read_meetings, self._case_id
        self._runner.run(self, lambda: read(case_id).value, self._take, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that stands here."""
        if source is not self and (changes.meetings or changes.parties or changes.cases):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that the meetings are still being read, if nothing stands there yet."""
        if self.state is MeetingsState.LOADING:
            self._enter(MeetingsState.SLOW)

    def choose(self, meeting_id: UUID) -> None:
        """Look at this meeting."""
        if meeting_id != self.chosen_id:
            self._close_absence()
            self.chosen_id, self.asks_to_cancel, self.trouble = meeting_id, False, None
            self.changed.emit()

    def plan(self) -> None:
        """Go to the form for a new meeting."""
        self.plan_wanted.emit()

    def change_booking(self) -> None:
        """Go to where the meeting that is looked at is booked anew, while it has not begun."""
        if self.may_cancel:
            self.booking_wanted.emit(self.chosen_id)

    def open_chosen(self) -> None:
        """Go to the meeting that is looked at, or to its protocol where it is over."""
        if self.may_open:
            self.meeting_chosen.emit(self.chosen_id)
        elif self.has_protocol:
            self.show_protocol()

    def show_protocol(self) -> None:
        """Go to the protocol of the meeting that is looked at."""
        if self.has_protocol:
            self.protocol_wanted.emit(self.chosen_id)

    def show_papers(self) -> None:
        """Go to the summons and sheets of the meeting, or to what was promised at it."""
        if self.has_papers or self.has_actions:
            self.papers_wanted.emit(self.chosen_id)

    def type_in_sheets(self) -> None:
        """Go to what agencies wrote on their sheets for the meeting that is looked at."""
        if self.has_papers or self.has_actions:
            self.answers_wanted.emit(self.chosen_id)

    def prepare(self) -> None:
        """Go to what the young person says before the meeting that is looked at."""
        if self.has_papers:
            self.voice_wanted.emit(self.chosen_id)

    def send_packet(self) -> None:
        """Go to what of the meeting that is looked at can be sent to another vault."""
        if self.has_papers:
            self.packet_out_wanted.emit(self.chosen_id)

    def take_packet(self) -> None:
        """Go to where a packet from another vault is taken in."""
        if self.found is not None:
            self.packet_in_wanted.emit()

    def ask_to_cancel(self, *, asks: bool) -> None:
        """Ask whether the meeting is really to be called off, or let it be."""
        self.asks_to_cancel = asks and self.may_cancel
        self.changed.emit()

    def cancel(self) -> None:
        """Call the chosen meeting off."""
        meeting = self.chosen
        if meeting is None or not self.may_cancel or self.is_working:
            return
        self.is_working, self.trouble = True, None
        self.changed.emit()
        call_off = partial(self._cancel_meeting, meeting.id)
        self._runner.run(self, call_off, self._stored, self._refused)

    def ask_who_is_absent(self) -> None:
        """Open the form in which somebody is said not to come, with what an earlier visit left."""
        if self.absence is None and self.may_cancel and self.chosen_id is not None:
            self.absence = AbsenceForm(
                self._case_id,
                self.chosen_id,
                drafts=self._drafts,
                runner=self._runner,
                now=self._now,
                parent=self,
            )
            self.absence.failed.connect(self.failed)

    def note_absence(self, participant_id: UUID, word: str) -> None:
        """Store what the form says: that somebody does not come, and the word they sent."""
        form = self.absence
        if form is not None and not form.lacks_words:
            self._note(participant_id, Presence.ABSENT, word, form.drafts)

    def leave(self) -> None:
        """Store at once what was typed: the screen is left, or the vault is being locked."""
        if self.absence is not None:
            self.absence.drafts.store_now()

    def note_absent(self, participant_id: UUID, word: str) -> None:
        """Store that somebody sent word that they do not come to the chosen meeting."""
        self._note(participant_id, Presence.ABSENT, word)

    def note_coming(self, participant_id: UUID) -> None:
        """Store that somebody who could not come at the time before comes at this one."""
        self._note(participant_id, Presence.EXPECTED, "")

    def go_to_tab(self, tab: object) -> None:
        """Go to another tab of the case."""
        self.tab_chosen.emit(tab)

    def go_back(self) -> None:
        """Go back to all cases."""
        self.left.emit()

    def _note(
        self,
        participant_id: UUID,
        presence: Presence,
        word: str,
        uses: DraftKeeper | None = None,
    ) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.meetings import SetPresence  # noqa: PLC0415

        meeting = self.chosen
        if meeting is None or not self.may_cancel or self.is_working:
            return
        self.is_working, self.trouble = True, None
        self.changed.emit()
        command = SetPresence(
            meeting_id=meeting.id,
            participant_id=participant_id,
            presence=presence,
            apology=word,
        )
        store = partial(self._set_presence, command)
        if uses is None:
            self._runner.run(self, store, self._stored, self._refused)
        else:
            uses.put_to_use(self, store, partial(self._noted, self.absence), self._refused)

    def _noted(self, form: AbsenceForm | None, done: Done[None]) -> None:
        if form is self.absence:
            self._close_absence()
        self._stored(done)

    def _close_absence(self) -> None:
        form, self.absence = self.absence, None
        if form is not None:
            form.drafts.store_now()
            form.deleteLater()

    def _take(self, found: CaseMeetings) -> None:
        self._patience.stop()
        self.found = found
        if self.chosen is None:
            first = _next(found.meetings, self._now())
            self.chosen_id = None if first is None else first.id
        self._open_what_was_left()
        if not self.may_cancel:
            self._close_absence()
        self.asks_to_cancel = self.asks_to_cancel and self.may_cancel
        self._enter(MeetingsState.READY)

    def _open_what_was_left(self) -> None:
        asked, self._asks_of = self._asks_of, None
        if asked is not None and any(one.id == asked for one in self.meetings):
            self.chosen_id = asked
            self.ask_who_is_absent()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # What can no longer be read must not stay on the screen.
        self.found = None
        self._enter(MeetingsState.FAILED)

    def _stored(self, done: Done[None]) -> None:
        self.is_working = self.asks_to_cancel = False
        self.made.emit(done.changes)
        self.load()

    def _refused(self, error: Exception) -> None:
        self.is_working = self.asks_to_cancel = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: MeetingsState) -> None:
        self.state = state
        if state is not MeetingsState.FAILED:
            # A refused change stays told until something else is done.
            self.trouble = self.trouble if state is MeetingsState.READY else None
        self.changed.emit()


def _next(meetings: tuple[Meeting, ...], now: datetime) -> Meeting | None:
    """Return what one most likely came for: what runs, what comes next, what was last."""
    running = [one for one in meetings if one.state is MeetingState.RUNNING]
    planned = [one for one in meetings if one.state is MeetingState.PLANNED]
    coming = sorted((one for one in planned if one.starts_at >= now), key=lambda one: one.starts_at)
    return next(iter([*running, *coming, *planned, *meetings]), None)
