"""Who is about to leave: a slip of the hand shows the room nothing more for a few seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from trygga_desktop.domain.meeting import IN_THE_ROOM, Presence
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import SetPresence
    from trygga_desktop.services.rooms import Seat

TAKEN_BACK_WITHIN = 6_000
"""Milliseconds in which it can be taken back that somebody left."""


class Departures(QObject):
    """Holds for one meeting who is about to leave its room, and stores it when the time is over.

    Until then whoever it is counts as there, and everything is decided for them too. It outlives
    the pages of the meeting. `refused` tells that it could not be stored.
    """

    changed = Signal()
    made = Signal(Changes)
    refused = Signal(object)
    failed = Signal(Trouble)

    def __init__(
        self,
        meeting_id: UUID,
        *,
        set_presence: Callable[[SetPresence], Done[None]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._meeting_id = meeting_id
        self._set_presence = set_presence
        self._runner = runner
        self._to: dict[UUID, Presence] = {}
        self._from: dict[UUID, Presence] = {}
        # One for each seat, kept: a timer that is taken apart later can outlive whom it belongs to.
        self._timers: dict[UUID, QTimer] = {}
        self._waiting: set[UUID] = set()
        self._storing = 0

    @property
    def is_idle(self) -> bool:
        """Tell whether nobody is about to leave, and nothing of that is being stored."""
        return not self._to and not self._storing

    def presence_of(self, seat: Seat) -> Presence:
        """Return where somebody is, or is about to be."""
        return self._to.get(seat.id, seat.presence)

    def is_leaving(self, seat_id: UUID) -> bool:
        """Tell whether somebody is about to leave."""
        return seat_id in self._to

    def leave(self, seat: Seat, presence: Presence) -> None:
        """Have somebody who is in the room be elsewhere in a few seconds."""
        if seat.presence not in IN_THE_ROOM or presence in IN_THE_ROOM:
            return
        self._stop(seat.id)
        self._to[seat.id], self._from[seat.id] = presence, seat.presence
        self._timer_of(seat.id).start()
        self._waiting.add(seat.id)
        self.changed.emit()

    def take_back(self, seat_id: UUID) -> None:
        """Leave somebody where they are after all, also while it is being stored.

        That they are back is stored right behind that they left: nothing is read between.
        """
        if seat_id not in self._to:
            return
        is_on_its_way = seat_id not in self._waiting
        self._stop(seat_id)
        del self._to[seat_id]
        if is_on_its_way:
            self._send(seat_id, self._from[seat_id])
        self.changed.emit()

    def store_now(self) -> None:
        """Store who leaves without waiting: the meeting ends or is left, or the vault closes."""
        for seat_id in tuple(self._waiting):
            self._store(seat_id)

    def _store(self, seat_id: UUID) -> None:
        self._stop(seat_id)
        self._send(seat_id, self._to[seat_id])

    def _send(self, seat_id: UUID, presence: Presence) -> None:
        from trygga_desktop.services.meetings import SetPresence  # noqa: PLC0415  see CaptureModel

        command = SetPresence(
            meeting_id=self._meeting_id, participant_id=seat_id, presence=presence
        )
        store = self._set_presence
        self._storing += 1
        done, not_done = partial(self._done, seat_id), partial(self._not_done, seat_id)
        self._runner.run(self, lambda: store(command), done, not_done)

    def _stop(self, seat_id: UUID) -> None:
        if seat_id in self._waiting:
            self._waiting.remove(seat_id)
            self._timers[seat_id].stop()

    def _timer_of(self, seat_id: UUID) -> QTimer:
        if seat_id not in self._timers:
            timer = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(TAKEN_BACK_WITHIN)
            timer.timeout.connect(partial(self._store, seat_id))
            self._timers[seat_id] = timer
        return self._timers[seat_id]

    def _forget(self, seat_id: UUID) -> None:
        self._storing -= 1
        # Whoever was said to leave anew meanwhile is waited for anew.
        if seat_id not in self._waiting:
            self._to.pop(seat_id, None)

    def _done(self, seat_id: UUID, done: Done[None]) -> None:
        self._forget(seat_id)
        self.made.emit(done.changes)
        self.changed.emit()

    def _not_done(self, seat_id: UUID, error: Exception) -> None:
        self._forget(seat_id)
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
            return
        self.refused.emit(error)
        self.changed.emit()
