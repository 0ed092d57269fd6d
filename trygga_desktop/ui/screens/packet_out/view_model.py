"""State of a packet that is made: for whom, which parts, and where its file went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.errors import PacketRefusedError
from trygga_desktop.domain.packets import PacketFlaw
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.leaving import PagesState
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw, save_durably
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.packets import (
        MadePacket,
        MakePacket,
        Outgoing,
        OutgoingPart,
        Receiver,
    )

PATIENCE = 400
"""Milliseconds after which what is still being read is told to be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A packet that was saved: which one, when, and where."""

    number: int
    at: datetime
    file: Path


class PacketOutViewModel(QObject):
    """Reads what may be sent to a receiver, and has the chosen parts made a file.

    What may leave is decided once more when the file is made, and logged before it is written.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page stands on
        self,
        case_id: UUID,
        meeting_id: UUID | None,
        *,
        read_outgoing: Callable[[UUID, UUID | None, UUID | None], Done[Outgoing]],
        make_packet: Callable[[MakePacket], Done[MadePacket]],
        reasons_toml: str,
        runner: TaskRunner,
        screen_count: Callable[[], int],
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PagesState.LOADING
        self.found: Outgoing | None = None
        self.chosen: frozenset[str] = frozenset()
        self.tells_number = False
        self.trouble: Trouble | None = None
        self.flaw: PacketFlaw | None = None
        self.save_flaw: SaveFlaw | None = None
        self.to_replace: Path | None = None
        self.saved: Saved | None = None
        self.is_leaving = False
        self.reasons_toml = reasons_toml
        self._case_id = case_id
        self._meeting_id = meeting_id
        self._receiver: UUID | None = None
        self._read = read_outgoing
        self._make = make_packet
        self._runner = runner
        self._screen_count = screen_count
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def is_of_plan(self) -> bool:
        """Return whether it is the plan that is sent, and no meeting prepared."""
        return self._meeting_id is None

    @property
    def receiver(self) -> Receiver | None:
        """Return for whom the packet is."""
        found = self.found
        everyone = () if found is None else found.receivers
        wanted = None if found is None else found.receiver
        return next((one for one in everyone if one.id == wanted), None)

    @property
    def leaving(self) -> tuple[OutgoingPart, ...]:
        """Return the parts that may be chosen."""
        return () if self.found is None else tuple(one for one in self.found.parts if one.may_leave)

    @property
    def staying(self) -> tuple[OutgoingPart, ...]:
        """Return the parts that stay here, for the operator alone."""
        found = () if self.found is None else self.found.parts
        return tuple(one for one in found if not one.may_leave)

    @property
    def is_alone(self) -> bool:
        """Return whether nobody else can look on: only then the parts are shown."""
        return self._screen_count() <= 1

    @property
    def may_save(self) -> bool:
        """Return whether there is anything to make a packet of."""
        is_ready = self.receiver is not None and bool(self.chosen)
        return is_ready and self.is_alone and not self.is_leaving

    @property
    def file_name(self) -> str:
        """Return a name for the file that names nobody."""
        number = 1 if self.found is None else self.found.sent + 1
        return f"paket-{number}.trygga-packet"

    @Slot()
    def load(self) -> None:
        """Read what may be sent to the receiver that is chosen."""
        if self.found is None:
            self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        read, asked = self._read, (self._case_id, self._meeting_id, self._receiver)
        self._runner.run(self, lambda: read(*asked).value, self._take, self._fail)

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if something that decides what may be sent was changed."""
        matters = changes.meetings or changes.items or changes.consents or changes.parties
        if source is not self and (matters or changes.partners):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read."""
        if self.state is PagesState.LOADING:
            self.state = PagesState.SLOW
            self.changed.emit()

    def choose_receiver(self, receiver: UUID) -> None:
        """Look at what may be sent to somebody else."""
        if self.receiver is None or receiver == self.receiver.id or self.is_leaving:
            return
        self._receiver = receiver
        self._forget()
        # What was decided for one must not stand there for another.
        self.found, self.chosen, self.tells_number = None, frozenset(), False
        self.load()

    def tell_number(self, *, tells: bool) -> None:
        """Have the receiver see the number of the case, or not."""
        if not self.is_leaving:
            self.tells_number = tells
            self.changed.emit()

    def choose(self, key: str, *, leaves: bool) -> None:
        """Take a part into the packet, or out of it."""
        if self.is_leaving or key not in {one.key for one in self.leaving}:
            return
        self.chosen = self.chosen | {key} if leaves else self.chosen - {key}
        self.changed.emit()

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Make the packet and save it as a file; ask first if there is one already."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.packets import MakePacket  # noqa: PLC0415

        receiver = self.receiver
        if receiver is None or not self.may_save:
            return
        self._forget()
        if not replaces and file.exists():
            self.to_replace = file
            self.changed.emit()
            return
        command = MakePacket(
            case_id=self._case_id,
            meeting_id=self._meeting_id,
            partner_id=receiver.id,
            chosen=self.chosen,
            tells_number=self.tells_number,
        )
        make = self._make

        def work() -> tuple[MadePacket, Changes]:
            done = make(command)
            save_durably(file, done.value.data, replaces=replaces)
            return done.value, done.changes

        def saved(found: tuple[MadePacket, Changes]) -> None:
            packet, changes = found
            self.is_leaving = False
            self.saved = Saved(number=packet.number, at=self._now(), file=file)
            self.made.emit(changes)
            self.load()

        self.is_leaving = True
        self.changed.emit()
        self._runner.run(self, work, saved, lambda error: self._refused(error, file))

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def keep(self) -> None:
        """Leave the file that is there as it is."""
        self._forget()
        self.changed.emit()

    def go_back(self) -> None:
        """Go back to the meetings, or to the plan."""
        self.left.emit()

    def _take(self, found: Outgoing) -> None:
        self._patience.stop()
        known = frozenset() if self.found is None else {one.key for one in self.leaving}
        self.found, self.state = found, PagesState.READY
        may = {one.key for one in self.leaving}
        # What is new to the receiver is chosen to begin with; what was taken out stays out.
        new = {one.key for one in self.leaving if one.is_new}
        self.chosen = frozenset((self.chosen & may) | (new - known))
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        self.found, self.chosen = None, frozenset()
        self.state = PagesState.FAILED
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _refused(self, error: Exception, file: Path) -> None:
        self.is_leaving = False
        if isinstance(error, PacketRefusedError):
            self.flaw = error.flaw
        elif isinstance(error, NotSavedError):
            if error.flaw is SaveFlaw.TAKEN:
                self.to_replace = file
            else:
                self.save_flaw = error.flaw
        elif self._told_elsewhere(error):
            return
        self.changed.emit()
        # What may leave may have changed, or the packet was counted and its file not written.
        self.load()

    def _forget(self) -> None:
        self.trouble = self.flaw = self.save_flaw = None
        self.to_replace = self.saved = None

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
