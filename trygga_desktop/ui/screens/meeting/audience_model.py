"""State of the second screen: the meeting as everyone in its room may see it, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.screens.meeting.room import emptied
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.rooms import MeetingRoom


class AudienceModel(QObject):
    """Shows what the leader's screen shows of the meeting; while the leader is elsewhere, it reads.

    It holds what the door let through for the room and nothing else: not what is being typed, not
    who is at the table. `is_kept_empty` covers it whatever the leader does.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        read_meeting: Callable[[UUID], Done[MeetingRoom]],
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.room: MeetingRoom | None = None
        self.break_until: datetime | None = None
        self.is_kept_empty = False
        self.now = now
        self._read_meeting = read_meeting
        self._runner = runner
        self._leader: MeetingViewModel | None = None
        self._is_covered = True
        self._newest_read = 0
        self._decided_on: date | None = None

    @property
    def is_covered(self) -> bool:
        """Return whether nothing of the meeting is shown."""
        has_nothing = self.room is None or self.room.state in {
            MeetingState.HELD,
            MeetingState.CANCELLED,
        }
        return self._is_covered or self.is_kept_empty or has_nothing

    @property
    def is_running(self) -> bool:
        """Return whether the room is in a meeting that goes on."""
        return self.room is not None and self.room.state is MeetingState.RUNNING

    def follow(self, leader: MeetingViewModel) -> None:
        """Show from now on what this screen shows."""
        self._leader = leader
        leader.changed.connect(self._take)
        leader.destroyed.connect(self._lose)
        self._take()

    def let_go(self) -> None:
        """Show nothing any more: the meeting was left."""
        self._lose()
        self.room, self._is_covered = None, True
        self._newest_read += 1
        self.changed.emit()

    def keep_empty(self, *, is_empty: bool) -> None:
        """Cover it whatever the leader does, or no longer."""
        self.is_kept_empty = is_empty
        self.changed.emit()

    def cover(self) -> None:
        """Show nothing until the leader has uncovered the meeting."""
        self._is_covered = True
        self.changed.emit()

    def uncover(self) -> None:
        """Show the meeting again."""
        self._is_covered = False
        self.changed.emit()

    def refresh(self, changes: Changes, source: object = None) -> None:  # noqa: ARG002  see Hall
        """Read again what somebody changed while the leader's screen is not there to tell."""
        if self._leader is not None or self.room is None:
            return
        if changes.consents or changes.parties:
            # Whoever has taken something back is not to see it for another moment.
            self.take_away()
        if changes.meetings or changes.items or changes.consents or changes.parties:
            self._read(self.room.id)

    @Slot()
    def take_away(self) -> None:
        """Show nothing that was decided before: the room is another one until it is read again."""
        if self.room is not None:
            # What was asked for already answers for the room before.
            self._newest_read += 1
            self.room = emptied(self.room)
            self.changed.emit()

    def look_at_the_day(self) -> None:
        """Have everything decided anew once the day has changed: consents end with a day.

        The leader's screen does so itself while it is there.
        """
        room = self.room
        today = self.now().astimezone(STOCKHOLM).date()
        is_new = room is not None and today > room.today and today != self._decided_on
        if room is not None and is_new and self._leader is None:
            # Asked for once a day: the date of a decision may lag behind a clock that jumped.
            self._decided_on = today
            self.take_away()
            self._read(room.id)

    def _read(self, meeting_id: UUID) -> None:
        self._newest_read += 1
        number, read = self._newest_read, self._read_meeting

        def loaded(done: Done[MeetingRoom]) -> None:
            if number == self._newest_read:
                self.room = done.value
                self.changed.emit()

        def failed(_: Exception) -> None:
            # What can no longer be read must not stay on the screen.
            self.let_go()

        self._runner.run(self, lambda: read(meeting_id), loaded, failed)

    @Slot()
    def _take(self) -> None:
        if self._leader is not None:
            self._newest_read += 1
            self.room = self._leader.room
            self._is_covered = self._leader.is_covered
            self.break_until = self._leader.break_until
            self.changed.emit()

    @Slot()
    def _lose(self) -> None:
        self._leader = None
