"""What was prepared at the desk: the meeting agrees on each, puts it otherwise, or leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.services.changes import Done
from trygga_desktop.ui.screens.meeting.room import proposals_in

if TYPE_CHECKING:
    from trygga_desktop.services.plan_proposals import ShownProposal
    from trygga_desktop.services.plans import AgreePlan
    from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel


MOST_AT_A_TIME = 20
"""More would be slow to lay out; what is decided makes room for the next."""


class Proposing(QObject):
    """Acts on the meeting of `model`. One proposal is marked: the keys are about that.

    What is left stays in the plan for another time; only this screen remembers it.
    """

    def __init__(
        self, model: MeetingViewModel, agree_plan: Callable[[AgreePlan], Done[UUID]]
    ) -> None:
        super().__init__(model)
        self.left: frozenset[UUID] = frozenset()
        self._model = model
        self._agree_plan = agree_plan
        self._marked: UUID | None = None

    @property
    def all(self) -> tuple[ShownProposal, ...]:
        """Return everything that waits, as far as the room may see it."""
        room = self._model.room
        return () if room is None else proposals_in(room)

    @property
    def undecided(self) -> tuple[ShownProposal, ...]:
        """Return what was neither agreed on nor left."""
        return tuple(one for one in self.all if one.id not in self.left)

    @property
    def here(self) -> tuple[ShownProposal, ...]:
        """Return what stands there of what waits under the item at hand, and was not left.

        Nobody agrees on more than that: the rest was not before the room yet.
        """
        return self._not_left[:MOST_AT_A_TIME]

    @property
    def following(self) -> int:
        """Return how much comes after that."""
        return len(self._not_left) - len(self.here)

    @property
    def left_here(self) -> int:
        """Return how much of what waits under the item was left."""
        item = self._model.item
        return 0 if item is None else len(item.proposals) - len(self._not_left)

    @property
    def _not_left(self) -> tuple[ShownProposal, ...]:
        item = self._model.item
        found = () if item is None else item.proposals
        return tuple(one for one in found if one.id not in self.left)

    @property
    def marked(self) -> ShownProposal | None:
        """Return what the keys are about: what was marked, or the first."""
        here = self.here
        found = next((one for one in here if one.id == self._marked), None)
        return found or next(iter(here), None)

    def mark(self, line_id: UUID) -> None:
        """Have the keys be about this one."""
        if line_id != self._marked:
            self._marked = line_id
            self._model.changed.emit()

    def mark_next(self, by: int) -> None:
        """Have the keys be about the next one, or the one before."""
        ids = [one.id for one in self.here]
        marked = self.marked
        if marked is not None:
            place = ids.index(marked.id) + by
            self.mark(ids[max(0, min(len(ids) - 1, place))])

    def agree(self) -> None:
        """Store that the meeting agreed on the marked one; what lacks who or when is a note."""
        if self.marked is not None:
            self._agree({self.marked.id})

    def agree_all(self) -> None:
        """Store that the meeting agreed on all that stands there."""
        self._agree({one.id for one in self.here})

    def put_otherwise(self) -> None:
        """Write the marked one as the meeting wants it; a commitment has its words already."""
        marked = self.marked
        if marked is not None and self._may_act and not marked.is_moved:
            self._model.capture.put_otherwise(marked)

    def leave(self) -> None:
        """Leave the marked one for another time."""
        marked = self.marked
        if marked is None or not self._may_act:
            return
        ids = [one.id for one in self.here]
        place = ids.index(marked.id)
        after = [*ids[place + 1 :], *ids[:place]]
        self._marked = after[0] if after else None
        self.left |= {marked.id}
        self._model.changed.emit()

    def take_up(self) -> None:
        """Take up after all what was left."""
        if self._may_act:
            self.left = frozenset()
            self._model.changed.emit()

    def _agree(self, ids: set[UUID]) -> None:
        from trygga_desktop.services.plans import AgreePlan  # noqa: PLC0415  see CaptureModel

        room = self._model.room
        if room is None or not ids or not self._may_act:
            return
        command = AgreePlan(
            case_id=room.case_id,
            meeting_id=room.id,
            basis=room.plan_basis,
            agreed=frozenset(ids),
        )
        agree = self._agree_plan

        def store() -> Done[None]:
            return Done(None, agree(command).changes)

        self._model.change(store)

    @property
    def _may_act(self) -> bool:
        return not self._model.is_covered and not self._model.is_working
