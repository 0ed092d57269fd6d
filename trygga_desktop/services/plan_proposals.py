"""What was prepared at the desk and waits for a meeting that is going on to agree on it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.items import Item, Lack
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.audience import ShownItem
from trygga_desktop.services.plan_agreement import place_of_promises
from trygga_desktop.services.plan_teller import Teller
from trygga_desktop.services.plan_versions import basis_of, brought_to, is_complete, versions_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProposal:
    """A line of the plan that the meeting can agree on, as its audience may see it.

    `responsible` is empty where nobody is named, and where the audience may not know the name;
    `lack` tells of an action why it can be kept as a note only. Of a commitment that is to be
    otherwise `was_due` is the day that was agreed on before, and `was_follow_up` the day on which
    it was to be asked about, where there was one. `due_at` and `was_due_at` are the hours of those
    last days, where it goes by hours. `has_left` tells that whoever is named has no place in the
    case any more: it is for the operator's own window.
    """

    item: ShownItem
    kind: LineKind
    responsible: str = ""
    organisation: str = ""
    kind_of_organisation: str = ""
    organisation_id: UUID | None = None
    due_on: date | None = None
    was_due: date | None = None
    follow_up: date | None = None
    was_follow_up: date | None = None
    sign: str = ""
    own_part: str = ""
    lack: Lack | None = None
    has_left: bool = False
    due_at: time | None = None
    was_due_at: time | None = None

    @property
    def id(self) -> UUID:
        """Return the id of the line."""
        return self.item.id

    @property
    def is_moved(self) -> bool:
        """Tell whether it is a commitment already, which is to have other days."""
        return self.was_due is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What waits for the meeting, not decided for anybody yet; `under` is an item of its agenda.

    `basis` is what the plan is looked at as. Of `left` lines whoever is responsible has left the
    case. `goals` are those that were agreed on and stand in the plan by now.
    """

    under: UUID
    lines: tuple[PlanLine, ...]
    waiting: tuple[Item, ...]
    basis: str
    left: frozenset[UUID] = frozenset()
    goals: tuple[Item, ...] = ()

    def shown(
        self,
        shown: Iterable[ShownItem],
        *,
        who: Callable[[PlanLine], tuple[str, str, str]],
    ) -> tuple[ShownProposal, ...]:
        """Return what of it was let through. `who` answers name, organisation and its kind."""
        lines = {one.id: one for one in self.lines}
        proposals = (_proposal(one, lines[one.id], who(lines[one.id])) for one in shown)
        # Who left is told of nobody whose name the audience may not know.
        return tuple(
            replace(one, has_left=one.id in self.left and bool(one.responsible))
            for one in proposals
        )


def find_proposed(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> Proposed | None:
    """Return what was taken to a meeting that is going on and is not agreed on, and what goals are.

    A line that was changed at the desk since stands there as it is now. None where there is no
    plan; nothing is told of one of which a version was taken away.
    """
    if meeting.state is not MeetingState.RUNNING or not meeting.agenda:
        return None
    versions = versions_of(work, meeting.case_id)
    if not versions or not is_complete(work, meeting.case_id, versions):
        return None
    newest, brought = versions[-1], brought_to(versions, meeting.id)
    taken = frozenset() if brought is None else {one.id for one in brought.lines}
    held_back = frozenset() if brought is None else brought.held_back
    teller = Teller(work, vault, standing, versions=versions)
    ids = teller.proposed(newest)
    lines = tuple(
        _as_it_stands(one, teller.commitments.get(one.id))
        for one in newest.lines
        if one.id in ids & (taken - held_back) and not _rests(teller.commitments.get(one.id))
    )
    wanted = {one.id for one in lines}
    goals = {one.id for one in newest.lines if one.kind is LineKind.GOAL} - ids - held_back
    items = teller.as_items(newest)
    return Proposed(
        under=place_of_promises(meeting),
        lines=lines,
        waiting=tuple(one for one in items if one.id in wanted),
        basis="" if brought is None else basis_of(newest, teller.rows),
        left=frozenset(one.id for one in lines if teller.has_left(one.party_id)),
        goals=tuple(one for one in items if one.id in goals),
    )


def _rests(commitment: Commitment | None) -> bool:
    """Tell whether it waits for a consent: then it stays on the operator's list."""
    return commitment is not None and commitment.is_resting


def _as_it_stands(line: PlanLine, commitment: Commitment | None) -> PlanLine:
    """Return a line with the days that hold by now, which may have come after it was kept."""
    if commitment is None:
        return line
    return replace(
        line,
        due_on=commitment.due,
        due_at=commitment.hour,
        follow_up_on=commitment.follow_up,
    )


def _proposal(item: ShownItem, line: PlanLine, who: tuple[str, str, str]) -> ShownProposal:
    name, organisation, kind = who
    is_moved = line.new_due is not None or line.new_follow_up is not None
    due_on, due_at = line.until
    return ShownProposal(
        item=item,
        kind=line.kind,
        responsible=name,
        organisation=organisation,
        kind_of_organisation=kind,
        organisation_id=line.organisation_id,
        due_on=due_on,
        due_at=due_at,
        was_due=line.due_on if is_moved else None,
        was_due_at=line.due_at if is_moved else None,
        follow_up=line.new_follow_up or line.follow_up_on,
        was_follow_up=line.follow_up_on if is_moved else None,
        sign=line.sign,
        own_part=line.own_part,
        lack=line.lack,
    )
