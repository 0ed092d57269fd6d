"""What a plan shows whoever has the vault open, alone, and what of it a meeting may be told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.follow_up import days_old, times_carried
from trygga_desktop.domain.items import Item, ItemKind, Lack, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LineKind, PlanLine, PlanStage, PlanVersion, Term
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import (
    ShownItem,
    recipients_at,
    show_alone,
    show_case_rows,
    show_room,
    show_to,
    text_of,
)
from trygga_desktop.services.changes import Done
from trygga_desktop.services.entries import tried
from trygga_desktop.services.parties import ShownParty, name_of, people_of
from trygga_desktop.services.plan_versions import is_complete, versions_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How a commitment is going. `reason` is a code of the catalogue, `evidence` how one knows.

    `age` are days since it was agreed on, `carried` the meetings after that at which it still was
    to be done. `due` is the last day as it stands now, and `hour` its hour where it has one.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPlanLine:
    """A line of the plan as the operator may see it, alone.

    `progress` is there once it is a commitment. `is_placed` is missing where it was promised at a
    meeting and nobody has put it into the plan yet. `has_left` tells that whoever is responsible
    has no place in the case any more. `closed_to` are the organisations of the case that may not be
    told it, and `may_be_raised` whether everyone at the meeting asked about may be: None where
    there is no such meeting.
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
    follow_up_on: date | None = None
    new_due: date | None = None
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

    @property
    def id(self) -> UUID:
        """Return the id of the line."""
        return self.item.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation of the case, with the code of its kind."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """A meeting of the case that a plan can have to do with."""

    id: UUID
    number: int
    state: MeetingState
    starts_at: datetime
    is_sealed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVersion:
    """A version of the plan: when, by whom, and for which meeting it was made."""

    number: int
    stage: PlanStage
    made_at: datetime
    made_by: str
    meeting: int | None
    held_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan of a case, for the operator alone.

    `number` is that of the newest version, 0 while there is none. `asked_of` is the meeting that
    `may_be_raised` is answered for. `protection` is empty where the guarded part is not ours, which
    `reads_guarded` tells. `left_out` counts what did not verify, and `is_complete` is missing where
    a version was taken away. `unseen` counts the lines that we may not see ourselves.
    """

    row: CaseRow
    subject_id: UUID
    subject_name: str
    number: int
    lines: tuple[ShownPlanLine, ...]
    versions: tuple[ToldVersion, ...]
    people: tuple[ShownParty, ...]
    organisations: tuple[Organisation, ...]
    controller_id: UUID
    meetings: tuple[PlanMeeting, ...]
    asked_of: UUID | None
    held_back: frozenset[UUID]
    protection: tuple[ShownItem, ...]
    reads_guarded: bool
    catalogue: Catalogue
    today: date
    unseen: int = 0
    is_complete: bool = True
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPair:
    """Two versions of a plan, for the operator alone."""

    row: CaseRow
    versions: tuple[ToldVersion, ...]
    before: tuple[ShownPlanLine, ...]
    after: tuple[ShownPlanLine, ...]
    numbers: tuple[int, int]
    catalogue: Catalogue
    today: date
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_plan(case_id: UUID, *, vault: OpenVault) -> Done[PlanView]:
    """Return the plan of a case; the reading is in the audit log before anyone sees a word.

    Every open commitment of the case is in it, whether or not somebody put it into the plan.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        view = _view(work, vault, standing)
        work.commit(Action.PLAN_READ, case_id)
    return Done(view)


@use_case(Permission.WORK_IN_CASE)
def read_versions(
    case_id: UUID, before: int = 0, after: int = 0, *, vault: OpenVault
) -> Done[PlanPair]:
    """Return two versions by their numbers; 0 means the newest, and the one before the other.

    A number that there is none of gives an empty version.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        versions = versions_of(work, case_id)
        teller = Teller(work, vault, standing)
        known = {one.number: one for one in versions}
        last = after or max(known, default=0)
        first = before or last - 1
        pair = PlanPair(
            row=_row(work, vault, standing),
            versions=_told_versions(work, case_id, versions),
            before=teller.lines_of(known.get(first), now=False),
            after=teller.lines_of(known.get(last), now=False),
            numbers=(first, last),
            catalogue=standing.catalogue,
            today=standing.on,
            left_out=len(work.left_out),
        )
        work.commit(Action.PLAN_READ, case_id)
    return Done(pair)


def everyone_at(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> tuple[list[Recipient], Standing]:
    """Return who hears what a meeting is told, and how the case stands on its day.

    Before it begins these are all who are called, as bound as they will be once they are there.
    """
    day = max(work.today, meeting.begins.astimezone(STOCKHOLM).date())
    then = standing if day == standing.on else stand(work, vault, standing.opened, on=day)
    is_planned = meeting.state is MeetingState.PLANNED
    people = [
        replace(one, confirmed_at=one.confirmed_at or work.at) if is_planned else one
        for one in (meeting.participants if is_planned else meeting.room)
    ]
    return recipients_at(people, family=then.family_names), then


class Teller:
    """Shows lines of a plan to an audience: the operator alone, or with None nobody else."""

    def __init__(
        self,
        work: UnitOfWork,
        vault: OpenVault,
        standing: Standing,
        audience: Collection[Recipient] | None = None,
    ) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._audience = audience
        self._case_id = standing.opened.case.id
        self.commitments = {one.id: one for one, _ in work.commitments.of_case(self._case_id)}
        self.meetings = [one for one, _ in work.meetings.of_case(self._case_id)]
        self.recorded = work.items.of_case(self._case_id)
        self._noted = {one.id: one for one in self.recorded}
        self._met_on = [
            one.begins.astimezone(STOCKHOLM).date()
            for one in self.meetings
            if one.state is MeetingState.HELD
        ]
        self.unseen = 0

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
            self._line(shown[one.id], one, now=now) for one in version.lines if one.id in shown
        )

    def unplaced(self, placed: Collection[UUID]) -> tuple[ShownPlanLine, ...]:
        """Return the commitments that the plan does not name and that still are to be done."""
        return self.promised(
            one.id
            for one in self.commitments.values()
            if one.id not in placed and one.state.is_open
        )

    def promised(self, ids: Iterable[UUID]) -> tuple[ShownPlanLine, ...]:
        """Return these commitments, in the order in which they were noted."""
        wanted = {one for one in ids if one in self.commitments}
        items = [one for one in self.recorded if one.id in wanted and one.part is Part.CASE]
        return tuple(self._promised(one) for one in self.shown(items))

    def as_items(self, version: PlanVersion) -> list[Item]:
        """Return the lines of a version as items; what a meeting noted is decided as it did."""
        on = version.made_at.astimezone(STOCKHOLM).date()
        items = []
        for line in version.lines:
            item = line.as_item(self._case_id, author_id=version.made_by, on=on)
            noted = self._noted.get(line.id)
            if noted is not None:
                item = replace(item, origin_id=noted.origin_id, markings=noted.markings)
            items.append(item)
        return items

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
            follow_up_on=line.follow_up_on,
            new_due=line.new_due,
            new_follow_up=line.new_follow_up,
            replaces=line.replaces,
            clashes_with=line.clashes_with,
            lacks=line.lacks,
        )
        return self._with_progress(told, commitment if now else None)

    def _promised(self, item: ShownItem) -> ShownPlanLine:
        commitment = self.commitments[item.id]
        told = ShownPlanLine(
            item=item,
            kind=LineKind.ACTION,
            responsible=self._responsible(
                commitment.responsible, commitment.organisation_id, commitment.party_id
            ),
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
            has_left=self._has_left(line),
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
        )

    def _agreed_on(self, commitment_id: UUID) -> date:
        noted = self._noted.get(commitment_id)
        return self._standing.on if noted is None else noted.known_on

    def _responsible(self, name: str, organisation_id: UUID | None, party_id: UUID | None) -> str:
        """Return who does it; of the family whom the operator may know by name."""
        if organisation_id is not None or party_id is None:
            return name
        return text_of(name_of(self._vault, self._standing, party_id)) or name

    def _has_left(self, line: ShownPlanLine) -> bool:
        if line.party_id is None:
            return False
        party = self._standing.parties.get(line.party_id)
        if party is None:
            return line.party_id != self._standing.opened.subject_id
        return not party[0].holds_on(self._standing.on)


def _is_past(commitment: Commitment, now: datetime) -> bool:
    """Tell whether the hour is over by which something was still to be done."""
    return (
        commitment.hour is not None
        and commitment.state.is_open
        and commitment.late_from(STOCKHOLM) <= now
    )


def _view(work: UnitOfWork, vault: OpenVault, standing: Standing) -> PlanView:
    case_id = standing.opened.case.id
    versions = versions_of(work, case_id)
    newest = versions[-1] if versions else None
    teller = Teller(work, vault, standing)
    lines = teller.lines_of(newest)
    placed = {one.id for one in (() if newest is None else newest.lines)}
    lines = (*lines, *teller.unplaced(placed))
    asked_of = _asked_of(teller.meetings)
    organisations = _organisations(standing)
    if lines:
        items = {one.id: one for one in (*teller.recorded, *_of(teller, newest))}
        lines = _judged(work, vault, standing, lines, items, organisations, asked_of)
    protection = [
        one
        for one in teller.recorded
        if one.part is Part.GUARDED and one.kind is ItemKind.PLAN_LINE
    ]
    gone = {one.follows for one in protection}
    parts = work.compartments.of_file(case_id)
    sealed = work.protocols.sealed_meetings(case_id)
    return PlanView(
        row=_row(work, vault, standing),
        subject_id=standing.opened.subject_id,
        subject_name=text_of(name_of(vault, standing, standing.opened.subject_id)),
        number=0 if newest is None else newest.number,
        lines=lines,
        versions=_told_versions(work, case_id, versions),
        people=people_of(vault, standing),
        organisations=organisations,
        controller_id=standing.given.controller_id,
        meetings=tuple(
            PlanMeeting(
                id=one.id,
                number=one.number,
                state=one.state,
                starts_at=one.begins,
                is_sealed=one.id in sealed,
            )
            for one in sorted(teller.meetings, key=lambda one: one.number)
        ),
        asked_of=None if asked_of is None else asked_of.id,
        held_back=frozenset() if newest is None else newest.held_back,
        protection=teller.shown(one for one in protection if one.id not in gone),
        reads_guarded=parts[CompartmentKind.GUARDED].id in _readable(work, case_id),
        catalogue=standing.catalogue,
        today=standing.on,
        unseen=teller.unseen,
        is_complete=is_complete(work, case_id, versions),
        left_out=len(work.left_out),
    )


def _of(teller: Teller, version: PlanVersion | None) -> list[Item]:
    return [] if version is None else teller.as_items(version)


def _is_protection(item: Item) -> bool:
    return item.part is Part.GUARDED and item.kind is ItemKind.PLAN_LINE


def _readable(work: UnitOfWork, case_id: UUID) -> set[UUID]:
    return {compartment_id for compartment_id, _ in work.compartments.keys_of(case_id)}


def _judged(  # noqa: PLR0913, PLR0917  what the answers are about
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    lines: Sequence[ShownPlanLine],
    items: Mapping[UUID, Item],
    organisations: Iterable[Organisation],
    asked_of: Meeting | None,
) -> tuple[ShownPlanLine, ...]:
    """Return the lines with who may be told of them, and whether a meeting may.

    Lines that are alike in all that decides are asked about once.
    """
    listeners = _as_at_a_meeting(work, standing, organisations)
    room, then = (
        ([], standing) if asked_of is None else everyone_at(work, vault, standing, asked_of)
    )
    answers: dict[Item, tuple[frozenset[UUID], bool | None]] = {}
    judged = []
    for line in lines:
        alike = _alike(items[line.id], standing)
        if alike not in answers:
            closed = frozenset(
                organisation
                for organisation, recipient in listeners
                if show_to(alike, recipient, given=standing.given).hidden
            )
            may = None
            if asked_of is not None:
                may = not show_room([alike], room, given=then.given).hidden
            answers[alike] = closed, may
        closed_to, may_be_raised = answers[alike]
        judged.append(replace(line, closed_to=closed_to, may_be_raised=may_be_raised))
    return tuple(judged)


def _alike(item: Item, standing: Standing) -> Item:
    """Return an item with what decides about it alone; one that a decision names stays itself."""
    if any(item.id in one.use.items for one in standing.given.grounds):
        return item
    return replace(item, id=_NOBODY, text="", area="", is_strength=False, noted=None, follows=None)


def _as_at_a_meeting(
    work: UnitOfWork, standing: Standing, organisations: Iterable[Organisation]
) -> list[tuple[UUID, Recipient]]:
    """Return the organisations of the case, as bound as they would be at a meeting."""
    others = [one for one in organisations if one.id != standing.given.controller_id]
    people = [
        Participant(
            id=one.id,
            name=one.name,
            functions=frozenset(),
            organisation_id=one.id,
            confirmed_at=work.at,
        )
        for one in others
    ]
    recipients = recipients_at(people, family=standing.family_names)
    return [(one.id, recipient) for one, recipient in zip(others, recipients, strict=True)]


def _organisations(standing: Standing) -> tuple[Organisation, ...]:
    """Return those of the case, the board first, then in the order of their kinds."""
    controller = standing.given.controller_id
    known = {controller, *standing.given.organisations}
    places = {agency.code: agency.order for agency in standing.catalogue.agencies}
    last = len(places)
    found = [
        Organisation(id=one.id, name=one.name_on(standing.on), kind=one.kind)
        for one in standing.directory.organisations
        if one.id in known
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (one.id != controller, places.get(one.kind, last), one.name),
        )
    )


def _asked_of(meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting that goes on, or the next one that is planned."""
    waiting = [one for one in meetings if not one.is_over]
    is_planned = MeetingState.PLANNED
    return min(waiting, key=lambda one: (one.state is is_planned, one.starts_at), default=None)


def _told_versions(
    work: UnitOfWork, case_id: UUID, versions: Iterable[PlanVersion]
) -> tuple[ToldVersion, ...]:
    names = {one.id: one.name for one in work.accounts.all(work.roster)}
    numbers = {one.id: one.number for one, _ in work.meetings.of_case(case_id)}
    return tuple(
        ToldVersion(
            number=one.number,
            stage=one.stage,
            made_at=one.made_at,
            made_by=names.get(one.made_by, ""),
            meeting=None if one.meeting_id is None else numbers.get(one.meeting_id),
            held_back=len(one.held_back),
        )
        for one in versions
    )


def _row(work: UnitOfWork, vault: OpenVault, standing: Standing) -> CaseRow:
    return show_case_rows(
        [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
    )[0]
