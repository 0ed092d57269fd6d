"""Tells the lines of a plan to an audience, as the door lets them through."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.follow_up import days_old, times_carried
from trygga_desktop.domain.items import Item, Lack, Part
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.plan import (
    LineKind,
    PlanLine,
    PlanVersion,
    Term,
    Until,
    aims_the_same,
    find_lack,
    find_until,
    goals_agreed_on,
    with_goals_as_agreed,
    words_agreed_on,
)
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import ShownItem, fact, show_alone, show_room, text_of
from trygga_desktop.services.entries import tried
from trygga_desktop.services.parties import name_of, typed_name
from trygga_desktop.services.plan_items import LineItems
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a commitment is going. `reason` is a code of the catalogue, `evidence` how one knows.

    `age` are days since it was agreed on, `carried` the meetings after that at which it still was
    to be done. `due` is the last day as it stands now, and `hour` its hour where it has one. What
    is over has been so since `ended_on`; `told_by` is the place in the case of whoever said it.
    """

    state: CommitmentState
    due: date
    follow_up: date | None
    is_late: bool
    age: int
    carried: int
    reason: str = ""
    evidence: str = ""
    hour: time | None = None
    ended_on: date | None = None
    told_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlanLine:
    """A line of the plan as the operator may see it, alone.

    `progress` is there once it is a commitment. `is_placed` is missing where it was promised at a
    meeting and nobody has put it into the plan yet. `has_left` tells that whoever is responsible
    has no place in the case any more. `due_at` is the hour of `due_on`, `new_due_at` of `new_due`.
    `closed_to` are the organisations of the case that may not be told it, and `may_be_raised`
    whether everyone at the meeting asked about may be: None where there is no such meeting. What
    `is_proposed` a meeting can agree on: it is new, or is to be otherwise than what was agreed on
    before.
    """

    item: ShownItem
    kind: LineKind
    term: Term | None = None
    sign: str = ""
    goal_id: UUID | None = None
    responsible: str = ""
    organisation_id: UUID | None = None
    organisation: str = ""
    kind_of_organisation: str = ""
    party_id: UUID | None = None
    own_part: str = ""
    due_on: date | None = None
    due_at: time | None = None
    follow_up_on: date | None = None
    new_due: date | None = None
    new_due_at: time | None = None
    new_follow_up: date | None = None
    replaces: UUID | None = None
    clashes_with: UUID | None = None
    lacks: Lack | None = None
    progress: Progress | None = None
    is_placed: bool = True
    has_left: bool = False
    closed_to: frozenset[UUID] = frozenset()
    may_be_raised: bool | None = None
    must_be_tried: bool = False
    is_proposed: bool = False

    @property
    def until(self) -> Until:
        """Return its last day and the hour of it: those that are proposed, if any are."""
        return find_until((self.due_on, self.due_at), (self.new_due, self.new_due_at))

    @property
    def lack(self) -> Lack | None:
        """Return what keeps an action from being agreed on, if anything does."""
        return find_lack(self.kind, self.responsible, self.due_on)

    @property
    def id(self) -> UUID:
        """Return the id of the line."""
        return self.item.id


class Teller:
    """Shows lines of a plan to an audience: the operator alone, or with None nobody else.

    `versions` are all those of the plan; None has them read where they are asked for.
    """

    def __init__(
        self,
        work: UnitOfWork,
        vault: OpenVault,
        standing: Standing,
        audience: Collection[Recipient] | None = None,
        *,
        versions: Sequence[PlanVersion] | None = None,
    ) -> None:
        self._versions = versions
        self._work = work
        self._vault = vault
        self._standing = standing
        self._audience = audience
        self._case_id = standing.opened.case.id
        found = work.commitments.of_case(self._case_id)
        self.rows = {one.id: version for one, version in found}
        self.meetings = [one for one, _ in work.meetings.of_case(self._case_id)]
        self.recorded = work.items.of_case(self._case_id)
        self._noted = {one.id: one for one in self.recorded}
        self.commitments = {
            one.id: one
            for one in standing.resting.as_they_stand(
                (one for one, _ in found), self._promised_on, standing.on
            )
        }
        self._met_on = [
            one.begins.astimezone(STOCKHOLM).date()
            for one in self.meetings
            if one.state is MeetingState.HELD
        ]
        self.unseen = 0

    @property
    def _promised_on(self) -> dict[UUID, date]:
        return {one.id: one.known_on for one in self.recorded}

    def lines_of(
        self, version: PlanVersion | None, *, now: bool = True
    ) -> tuple[ShownPlanLine, ...]:
        """Return the lines of a version; with `now`, as their commitments stand today."""
        if version is None:
            return ()
        items = self.as_items(version)
        shown = {one.id: one for one in self.shown(items)}
        self.unseen += len(items) - len(shown)
        return tuple(
            self._line(shown[one.id], self._with_hour(one, version), now=now)
            for one in version.lines
            if one.id in shown
        )

    def _with_hour(self, line: PlanLine, version: PlanVersion) -> PlanLine:
        """Return a line of a version with the hour of its commitment then.

        An older program noted it there alone. Before it was agreed on there was none to note, and
        where a version notes hours of the line itself, none is the whole day.
        """
        commitment = self.commitments.get(line.id)
        if commitment is None or line.id in self._with_own_hours:
            return line
        if all(hour is None for _, hour in commitment.days):
            return line
        if version.number < self._agreed_in.get(line.id, 0):
            return line
        then = commitment.as_of(version.made_at.astimezone(STOCKHOLM).date())
        return replace(line, due_at=then.hour_on(line.due_on))

    @cached_property
    def _with_own_hours(self) -> frozenset[UUID]:
        """Return the lines of which some version notes an hour."""
        return frozenset(
            line.id
            for version in self._all_versions
            for line in version.lines
            if line.due_at is not None or line.new_due_at is not None
        )

    @cached_property
    def _agreed_in(self) -> Mapping[UUID, int]:
        """Return the first version in which each line was agreed on, by their ids."""
        found: dict[UUID, int] = {}
        for version in self._all_versions:
            for line in version.lines:
                if version.agrees_on(line):
                    found.setdefault(line.id, version.number)
        return found

    def unplaced(self, placed: Collection[UUID]) -> tuple[ShownPlanLine, ...]:
        """Return the commitments that the plan does not name: what is to be done, then the rest.

        One that another came in place of is told by that other.
        """
        loose = [one for one in self.commitments.values() if one.id not in placed]
        to_do = [one.id for one in loose if one.state.is_open]
        ended = [
            one.id
            for one in loose
            if not one.state.is_open and one.state is not CommitmentState.CHANGED
        ]
        return (*self.promised(to_do), *self.promised(ended))

    def promised(self, ids: Iterable[UUID]) -> tuple[ShownPlanLine, ...]:
        """Return these commitments, in the order in which they were noted."""
        wanted = {one for one in ids if one in self.commitments}
        items = [one for one in self.recorded if one.id in wanted and one.part is Part.CASE]
        return tuple(self._promised(one) for one in self.shown(items))

    def as_items(self, version: PlanVersion) -> list[Item]:
        """Return the lines of a version as items, each with every answer that is about all of it.

        What a meeting noted is decided as it did. A line that reads otherwise since then is decided
        as what it is now.
        """
        on = version.made_at.astimezone(STOCKHOLM).date()
        author = version.made_by
        return [self._items.of(line, author_id=author, on=on) for line in version.lines]

    @cached_property
    def _items(self) -> LineItems:
        return LineItems(
            self._case_id,
            recorded=self.recorded,
            promised=self.commitments.keys(),
            newest=next(iter(self._all_versions[-1:]), None),
        )

    @cached_property
    def _all_versions(self) -> Sequence[PlanVersion]:
        known = self._versions
        return versions_of(self._work, self._case_id) if known is None else known

    @cached_property
    def _agreed_goals(self) -> Mapping[UUID, PlanLine]:
        return goals_agreed_on(self._all_versions, words_agreed_on(self.recorded))

    def with_goals_as_agreed(self, version: PlanVersion) -> PlanVersion:
        """Return a version with the goals that meetings agreed on, as they did, and no others."""
        return with_goals_as_agreed(version, self._agreed_goals)

    def shown(self, items: Iterable[Item]) -> tuple[ShownItem, ...]:
        """Return what of it the audience may see."""
        given = self._standing.given
        if self._audience is None:
            return show_alone(items, vault=self._vault, given=given).items
        return show_room(items, self._audience, given=given).items

    def _line(self, item: ShownItem, line: PlanLine, *, now: bool) -> ShownPlanLine:
        commitment = self.commitments.get(line.id)
        told = ShownPlanLine(
            item=item,
            kind=line.kind,
            term=line.term,
            sign=line.sign,
            goal_id=line.goal_id,
            responsible=self._responsible(line.responsible, line.organisation_id, line.party_id),
            organisation_id=line.organisation_id,
            party_id=line.party_id,
            own_part=line.own_part,
            due_on=line.due_on,
            due_at=line.due_at,
            follow_up_on=line.follow_up_on,
            new_due=line.new_due,
            new_due_at=line.new_due_at,
            new_follow_up=line.new_follow_up,
            replaces=line.replaces,
            clashes_with=line.clashes_with,
            lacks=line.lacks,
            is_proposed=self._is_proposed(line),
        )
        return self._with_progress(told, commitment if now else None)

    def proposed(self, version: PlanVersion) -> frozenset[UUID]:
        """Return which lines of a version a meeting can agree on."""
        return frozenset(one.id for one in version.lines if self._is_proposed(one))

    def _is_proposed(self, line: PlanLine) -> bool:
        commitment = self.commitments.get(line.id)
        if commitment is not None:
            is_moved = line.new_due is not None or line.new_follow_up is not None
            return commitment.state.is_open and is_moved
        if line.kind is LineKind.GOAL:
            agreed = self._agreed_goals.get(line.id)
            return agreed is None or not aims_the_same(line, agreed)
        return line.kind is LineKind.ACTION

    def _promised(self, item: ShownItem) -> ShownPlanLine:
        commitment = self.commitments[item.id]
        told = ShownPlanLine(
            item=item,
            kind=LineKind.ACTION,
            responsible=self.responsible_of(commitment),
            organisation_id=commitment.organisation_id,
            party_id=commitment.party_id,
            due_on=commitment.due,
            follow_up_on=commitment.follow_up,
            is_placed=False,
        )
        return self._with_progress(told, commitment)

    def _with_progress(self, line: ShownPlanLine, commitment: Commitment | None) -> ShownPlanLine:
        standing = self._standing
        known = standing.directory.organisation(line.organisation_id)
        line = replace(
            line,
            organisation="" if known is None else known.name_on(standing.on),
            kind_of_organisation="" if known is None else known.kind,
            has_left=self.has_left(line.party_id),
            must_be_tried=any(
                one.about_id not in {answer.about_id for answer in line.item.markings}
                for one in tried(standing, line.item.category)
            ),
        )
        if commitment is None:
            return line
        return replace(
            line,
            due_on=commitment.due,
            due_at=commitment.hour,
            follow_up_on=commitment.follow_up,
            progress=self.progress(commitment),
        )

    def progress(self, commitment: Commitment) -> Progress:
        """Return how a commitment is going; how one knows is for the operator alone."""
        on = self._standing.on
        last = commitment.changes[-1] if commitment.changes else None
        agreed_on = self._agreed_on(commitment.id)
        return Progress(
            state=commitment.state,
            due=commitment.due,
            follow_up=commitment.follow_up,
            is_late=commitment.is_late_on(on) or _is_past(commitment, self._work.at),
            age=days_old(agreed_on, on),
            carried=times_carried(commitment, agreed_on, self._met_on),
            reason="" if last is None else last.reason,
            evidence=commitment.evidence if self._audience is None else "",
            hour=commitment.hour,
            ended_on=commitment.ended_on,
            told_by=None if last is None or self._audience is not None else last.told_by,
        )

    def _agreed_on(self, commitment_id: UUID) -> date:
        noted = self._noted.get(commitment_id)
        return self._standing.on if noted is None else noted.known_on

    def responsible_of(self, commitment: Commitment) -> str:
        """Return who does it, by the name that the audience may know."""
        return self._responsible(
            commitment.responsible, commitment.organisation_id, commitment.party_id
        )

    def _responsible(self, name: str, organisation_id: UUID | None, party_id: UUID | None) -> str:
        """Return who does it; of the family whom the audience may know by name."""
        if organisation_id is not None:
            return name
        if self._audience is None:
            if party_id is None:
                return typed_name(self._vault, self._standing, name)
            return text_of(name_of(self._vault, self._standing, party_id)) or name
        # Who it is nobody noted: a name that the audience knows anyway gives nothing away.
        known = {one: self._known_name(one) for one in self._standing.people}
        if party_id is not None:
            return known.get(party_id, "")
        return name if name in known.values() else ""

    def _known_name(self, person_id: UUID) -> str:
        """Return what one of the family is called, where the audience may know it."""
        name = text_of(name_of(self._vault, self._standing, person_id))
        controller = self._standing.given.controller_id
        opened = self._standing.opened
        told = fact(opened, "contact", name, controller=controller, about=person_id)
        return "".join(map(text_of, self.shown([told])))

    def has_left(self, party_id: UUID | None) -> bool:
        """Tell whether somebody has no place in the case any more."""
        if party_id is None:
            return False
        party = self._standing.parties.get(party_id)
        if party is None:
            return party_id != self._standing.opened.subject_id
        return not party[0].holds_on(self._standing.on)


def _is_past(commitment: Commitment, now: datetime) -> bool:
    """Tell whether the hour is over by which something was still to be done."""
    return (
        commitment.hour is not None
        and commitment.state.is_open
        and not commitment.is_resting
        and commitment.late_from(STOCKHOLM) <= now
    )
