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
from trygga_desktop.ui.screens.meeting.room import emptied, told_in
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.rooms import MeetingRoom


class AudienceModel(QObject):
    """Shows what the leader's screen shows of the meeting; while the leader is elsewhere, it reads.

    It holds what the door let through for the room and nothing else: not what is being typed, not
    who is at the table. `is_kept_empty` covers it whatever the leader does. A frozen one keeps what
    it shows while the leader looks something up, as long as all of that may be shown: when it may
    not, it is covered, and `lost_its_picture` until the leader shows the meeting there again or is
    back at the table. What stands there then is what may be shown by then.
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
        self.lost_its_picture = False
        self._frozen: MeetingRoom | None = None
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
        return self._is_covered or self.is_kept_empty or self.lost_its_picture or has_nothing

    @property
    def is_running(self) -> bool:
        """Return whether the room is in a meeting that goes on."""
        return self.room is not None and self.room.state is MeetingState.RUNNING

    @property
    def shown(self) -> MeetingRoom | None:
        """Return the meeting as the room sees it: as it is, or as it was when it was frozen."""
        return self.room if self._frozen is None else self._frozen

    @property
    def is_frozen(self) -> bool:
        """Return whether the room sees what it saw a while ago."""
        return self._frozen is not None

    def freeze(self, *, is_frozen: bool) -> None:
        """Keep what the room sees as it is, or show it as the meeting goes on."""
        self._frozen = self.room if is_frozen and not self.is_covered else None
        self.lost_its_picture = False
        self.changed.emit()

    def follow(self, leader: MeetingViewModel) -> None:
        """Show from now on what this screen shows; it is at the table that nothing is frozen."""
        self._frozen, self.lost_its_picture = None, False
        if self._leader is not None:
            # The screen before goes only once the next one stands there.
            self._leader.destroyed.disconnect(self._lose)
        self._leader = leader
        leader.changed.connect(self._take)
        leader.destroyed.connect(self._lose)
        self._take()

    def let_go(self) -> None:
        """Show nothing any more: the meeting was left."""
        self._lose()
        self.room = self._frozen = None
        self._is_covered, self.lost_its_picture = True, False
        self._newest_read += 1
        self.changed.emit()

    def keep_empty(self, *, is_empty: bool) -> None:
        """Cover it whatever the leader does, or no longer."""
        self.is_kept_empty, self.lost_its_picture = is_empty, False
        self.changed.emit()

    def cover(self) -> None:
        """Show nothing until the leader has uncovered the meeting."""
        self._is_covered = True
        self.changed.emit()

    def uncover(self) -> None:
        """Show the meeting again, unless its leader still covers it."""
        self._is_covered = self._leader is not None and self._leader.is_covered
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
            self._put(emptied(self.room))

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
                self._put(done.value)

        def failed(_: Exception) -> None:
            # What can no longer be read must not stay on the screen.
            self.let_go()

        self._runner.run(self, lambda: read(meeting_id), loaded, failed)

    def _put(self, room: MeetingRoom | None) -> None:
        """Take the meeting as it was decided now, and let go of a picture that tells more."""
        self.room = room
        told = frozenset() if room is None else told_in(room)
        if self._frozen is not None and not told_in(self._frozen) <= told:
            # On a screen that is empty on purpose nothing is lost.
            self._frozen, self.lost_its_picture = None, not self.is_kept_empty
        self.changed.emit()

    @Slot()
    def _take(self) -> None:
        if self._leader is not None:
            self._newest_read += 1
            self._is_covered = self._leader.is_covered
            self.break_until = self._leader.break_until
            self._put(self._leader.room)

    @Slot()
    def _lose(self) -> None:
        self._leader = None
