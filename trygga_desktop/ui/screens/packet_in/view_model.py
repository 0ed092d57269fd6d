"""State of a packet that came: what it holds beside what lies here, and what was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import PacketRefusedError
from trygga_desktop.domain.packets import MOST_BYTES, OF_THE_PLAN, Change, PacketFlaw
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import Typed, read_typed, write_typed
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.services.packets_in import Incoming, IncomingPart, TakeIn


_ACCEPTED, _REFUSED, _SAME, _FILE = "accepted", "refused", "same", "file"


class InState(StrEnum):
    """What stands on the page."""

    EMPTY = "empty"
    READING = "reading"
    READY = "ready"
    TAKING = "taking"
    TAKEN = "taken"


class PacketInViewModel(QObject):
    """Looks into a file, and takes in what was accepted. Nothing changes before that.

    `answers` tells for each part that asks for one whether it is accepted. They are kept as a draft
    of this packet, and come back when its file is chosen again.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the page stands on
        self,
        case_id: UUID,
        *,
        read_packet: Callable[[UUID, bytes], Done[Incoming]],
        take_in_plan: Callable[[TakeIn], Done[None]],
        take_in_packet: Callable[[TakeIn], Done[None]],
        reasons_toml: str,
        drafts: DraftUses,
        runner: TaskRunner,
        screen_count: Callable[[], int],
        now: Callable[[], datetime],
        came_from: CaseTab = CaseTab.MEETINGS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.came_from = came_from
        self.state = InState.EMPTY
        self.found: Incoming | None = None
        self.flaw: PacketFlaw | None = None
        self.trouble: Trouble | None = None
        self.answers: dict[str, bool] = {}
        self.is_same_person = False
        self.taken_at: datetime | None = None
        self.accepted = 0
        self.reasons_toml = reasons_toml
        self._case_id = case_id
        self._data = b""
        self._read = read_packet
        self._take_plan = take_in_plan
        self._take = take_in_packet
        self._drafts = drafts
        self._runner = runner
        self._keeper: DraftKeeper | None = None
        self._file_name = ""
        self._screen_count = screen_count
        self._now = now

    @property
    def asked(self) -> tuple[IncomingPart, ...]:
        """Return the parts that ask for an answer."""
        found = () if self.found is None else self.found.parts
        return tuple(one for one in found if one.must_be_answered)

    @property
    def unanswered(self) -> int:
        """Return how many parts still ask for an answer."""
        return sum(one.key not in self.answers for one in self.asked)

    @property
    def needs_person(self) -> bool:
        """Return whether somebody has to say first that both cases are of one person."""
        return self.found is not None and self.found.is_first and not self.is_same_person

    @property
    def is_alone(self) -> bool:
        """Return whether nobody else can look on: only then the parts are shown."""
        return self._screen_count() <= 1

    @property
    def may_take_in(self) -> bool:
        """Return whether everything was answered."""
        is_answered = not self.unanswered and not self.needs_person
        return self.state is InState.READY and self.is_alone and is_answered

    def choose(self, file: Path) -> None:
        """Look into this file."""
        read, case_id = self._read, self._case_id

        def work() -> tuple[bytes, Incoming]:
            with file.open("rb") as opened:
                # One byte more than any packet has: a huge file is refused unread.
                data = opened.read(MOST_BYTES + 1)
            return data, read(case_id, data).value

        self._forget()
        self._file_name = file.name
        self.state = InState.READING
        self.changed.emit()
        self._runner.run(self, work, self._looked, self._refuse)

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Look again if something was changed that the packet was compared with."""
        matters = changes.meetings or changes.items or changes.consents or changes.partners
        if source is not self and matters and self.state is InState.READY:
            self._look_again()

    def _look_again(self) -> None:
        read, case_id, data = self._read, self._case_id, self._data
        self._runner.run(
            self, lambda: (data, read(case_id, data).value), self._looked, self._refuse
        )

    def answer(self, key: str, *, accepts: bool) -> None:
        """Accept a part, or keep what lies here."""
        if self.state is InState.READY and key in {one.key for one in self.asked}:
            self.answers[key] = accepts
            self._keep()
            self.changed.emit()

    def answer_all(self) -> None:
        """Accept every part that nobody has answered, but those that both sides have changed."""
        for one in self.asked:
            if one.change is not Change.BOTH:
                self.answers.setdefault(one.key, True)
        self._keep()
        self.changed.emit()

    def say_same_person(self, *, is_same: bool) -> None:
        """Say that the packet and this case are of one person."""
        if self.state is InState.READY:
            self.is_same_person = is_same
            self._keep()
            self.changed.emit()

    def take_in(self) -> None:
        """Take in what was accepted."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.packets_in import TakeIn  # noqa: PLC0415

        if not self.may_take_in:
            return
        accepted = frozenset(key for key, accepts in self.answers.items() if accepts)
        command = TakeIn(
            case_id=self._case_id,
            data=self._data,
            accepted=accepted,
            refused=frozenset(self.answers) - accepted,
            is_same_person=self.is_same_person,
        )
        take, take_plan = self._take, self._take_plan
        has_lines = any(one.kind in OF_THE_PLAN and one.key in accepted for one in self.asked)
        self.trouble, self.state = None, InState.TAKING
        self.changed.emit()

        def taken(done: Done[None]) -> None:
            self.accepted = len(accepted)
            self.state, self.taken_at = InState.TAKEN, self._now()
            self.changed.emit()
            self.made.emit(done.changes)

        def work() -> Done[None]:
            if has_lines:
                # Each version of the plan has an entry of the log to itself, and comes first: the
                # packet can be taken in until the rest is stored too.
                take_plan(command)
            return take(command)

        if self._keeper is None:
            self._runner.run(self, work, taken, self._not_taken)
        else:
            self._keeper.put_to_use(self, work, taken, self._not_taken)

    def go_back(self) -> None:
        """Go back to the meetings, or to the plan."""
        self.leave()
        self.left.emit()

    def leave(self) -> None:
        """Store what was answered at once: the screen is left, or the vault is being locked."""
        if self._keeper is not None:
            self._keeper.store_now()

    def _looked(self, found: tuple[bytes, Incoming]) -> None:
        self._data, self.found = found
        self.state = InState.READY
        asked = {one.key for one in self.asked}
        self.answers = {key: one for key, one in self.answers.items() if key in asked}
        if self._keeper is None:
            self._begin_to_keep()
        self.changed.emit()

    def _begin_to_keep(self) -> None:
        # What was answered is of this packet alone: that of another one stays as it is.
        packet_id = UUID(bytes=sha256(self._data).digest()[:16])
        place = Place(kind=DraftKind.PACKET, subject_id=packet_id, case_id=self._case_id)
        self._keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now, parent=self)
        self._keeper.failed.connect(self.failed)
        self._keeper.found.connect(self._bring_back)
        self._keeper.look_for_earlier()

    def _keep(self) -> None:
        if self._keeper is None:
            return
        chosen = {
            _ACCEPTED: sorted(key for key, accepts in self.answers.items() if accepts),
            _REFUSED: sorted(key for key, accepts in self.answers.items() if not accepts),
            _SAME: [_SAME] if self.is_same_person else [],
        }
        # The name of the file tells which one is to be chosen again.
        text = write_typed(Typed(texts={_FILE: self._file_name}, chosen=chosen))
        self._keeper.keep(text if self.answers or self.is_same_person else "")

    @Slot(str)
    def _bring_back(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None or self.state is not InState.READY:
            return
        asked = {one.key for one in self.asked}
        for name, accepts in ((_ACCEPTED, True), (_REFUSED, False)):
            self.answers |= {one: accepts for one in typed.chosen.get(name, ()) if one in asked}
        self.is_same_person = bool(typed.chosen.get(_SAME))
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self._forget()
        if isinstance(error, PacketRefusedError):
            self.flaw = error.flaw
        elif self._told_elsewhere(error):
            return
        self.changed.emit()

    def _not_taken(self, error: Exception) -> None:
        self.state = InState.READY
        if isinstance(error, PacketRefusedError):
            self._refuse(error)
        elif not self._told_elsewhere(error):
            self.changed.emit()
            # The lines of the plan may be stored already, and ask for nothing more then.
            self._look_again()

    def _forget(self) -> None:
        self.leave()
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None
        self.state, self.found, self._data = InState.EMPTY, None, b""
        self.flaw = self.trouble = self.taken_at = None
        self.answers, self.is_same_person, self.accepted = {}, False, 0

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
