"""What a plan shows whoever has the vault open, alone, and what of it a meeting may be told."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import PlanStage, PlanVersion
from trygga_desktop.services.audience import (
    ShownItem,
    show_case_rows,
    text_of,
)
from trygga_desktop.services.changes import Done
from trygga_desktop.services.parties import ShownParty, name_of, people_of
from trygga_desktop.services.plan_listeners import (
    Organisation,
    everyone_at,
    judge,
    kept_from_room,
    organisations_of,
)
from trygga_desktop.services.plan_teller import ShownPlanLine, Teller
from trygga_desktop.services.plan_versions import (
    agreed_between,
    basis_of,
    held_back_from,
    is_complete,
    versions_of,
)
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


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
    """A version of the plan: when, by whom, and for which meeting it was made.

    `sealed_at` is when it was first sealed as a document of its own, None where it was not.
    """

    number: int
    stage: PlanStage
    made_at: datetime
    made_by: str
    meeting: int | None
    held_back: int
    sealed_at: datetime | None = None

    @property
    def is_agreed(self) -> bool:
        """Tell whether a meeting agreed on it."""
        return self.stage is not PlanStage.PREPARED and self.meeting is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """The plan of a case, for the operator alone.

    `number` is that of the newest version, 0 while there is none. `asked_of` is the meeting that
    `may_be_raised` is answered for. `deciding` is the last meeting that can still note what it
    agreed on, and `agreeable` what is proposed that it can agree on: nothing that was held back
    from it, or that somebody in its room may not see. `basis` is what the plan is looked at as.
    `goes_by_hours` tells that an action can be due at an hour. `protection` is empty where the
    guarded part is not ours, which `reads_guarded` tells. `left_out` counts what did not verify,
    and `is_complete` is missing where a version was taken away. `unseen` counts the lines that we
    may not see ourselves.
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
    deciding: UUID | None
    agreeable: frozenset[UUID]
    basis: str
    protection: tuple[ShownItem, ...]
    reads_guarded: bool
    catalogue: Catalogue
    today: date
    goes_by_hours: bool = False
    unseen: int = 0
    is_complete: bool = True
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPair:
    """Two versions of a plan, for the operator alone. `agreed` are lines agreed on in between."""

    row: CaseRow
    versions: tuple[ToldVersion, ...]
    before: tuple[ShownPlanLine, ...]
    after: tuple[ShownPlanLine, ...]
    numbers: tuple[int, int]
    agreed: frozenset[UUID]
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
        teller = Teller(work, vault, standing, versions=versions)
        known = {one.number: one for one in versions}
        last = after or max(known, default=0)
        first = before or last - 1
        pair = PlanPair(
            row=_row(work, vault, standing),
            versions=_told_versions(work, case_id, versions),
            before=teller.lines_of(known.get(first), now=False),
            after=teller.lines_of(known.get(last), now=False),
            numbers=(first, last),
            agreed=agreed_between(versions, first, last),
            catalogue=standing.catalogue,
            today=standing.on,
            left_out=len(work.left_out),
        )
        work.commit(Action.PLAN_READ, case_id)
    return Done(pair)


def _view(work: UnitOfWork, vault: OpenVault, standing: Standing) -> PlanView:
    case_id = standing.opened.case.id
    versions = versions_of(work, case_id)
    newest = versions[-1] if versions else None
    teller = Teller(work, vault, standing, versions=versions)
    lines = teller.lines_of(newest)
    placed = {one.id for one in (() if newest is None else newest.lines)}
    lines = (*lines, *teller.unplaced(placed))
    asked_of = _asked_of(teller.meetings)
    organisations = organisations_of(standing)
    items = {one.id: one for one in (*teller.recorded, *_of(teller, newest))}
    if lines:
        lines = judge(work, vault, standing, lines, items, organisations, asked_of)
    protection = [
        one
        for one in teller.recorded
        if one.part is Part.GUARDED and one.kind is ItemKind.PLAN_LINE
    ]
    gone = {one.follows for one in protection}
    parts = work.compartments.of_file(case_id)
    sealed = work.protocols.sealed_meetings(case_id)
    deciding = _deciding(teller.meetings, sealed)
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
        deciding=None if deciding is None else deciding.id,
        agreeable=frozenset()
        if deciding is None
        else _agreeable(work, vault, standing, deciding, lines, items, versions),
        basis=basis_of(newest, teller.rows),
        protection=teller.shown(one for one in protection if one.id not in gone),
        reads_guarded=parts[CompartmentKind.GUARDED].id in _readable(work, case_id),
        catalogue=standing.catalogue,
        today=standing.on,
        goes_by_hours=standing.goes_by_hours,
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


def _asked_of(meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting that goes on, or the next one that is planned."""
    waiting = [one for one in meetings if not one.is_over]
    is_planned = MeetingState.PLANNED
    return min(waiting, key=lambda one: (one.state is is_planned, one.starts_at), default=None)


def _deciding(meetings: Iterable[Meeting], sealed: Collection[UUID]) -> Meeting | None:
    """Return the last meeting that can still note what it agreed on."""
    states = {MeetingState.RUNNING, MeetingState.HELD}
    waiting = [one for one in meetings if one.state in states and one.id not in sealed]
    return max(waiting, key=lambda one: one.number, default=None)


def _agreeable(  # noqa: PLR0913, PLR0917  what the answer is about
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    lines: Iterable[ShownPlanLine],
    items: Mapping[UUID, Item],
    versions: Sequence[PlanVersion],
) -> frozenset[UUID]:
    proposed = frozenset(one.id for one in lines if one.is_proposed)
    room, then = everyone_at(work, vault, standing, meeting)
    kept_back = kept_from_room((items[one] for one in proposed), room, then.given)
    return proposed - kept_back - held_back_from(versions, meeting.id)


def _told_versions(
    work: UnitOfWork, case_id: UUID, versions: Iterable[PlanVersion]
) -> tuple[ToldVersion, ...]:
    names = {one.id: one.name for one in work.accounts.all(work.roster)}
    numbers = {one.id: one.number for one, _ in work.meetings.of_case(case_id)}
    sealed: dict[int, datetime] = {}
    for each in work.protocols.of_case(case_id):
        sealed.setdefault(each.plan_version, each.sealed_at)
    return tuple(
        ToldVersion(
            number=one.number,
            stage=one.stage,
            made_at=one.made_at,
            made_by=names.get(one.made_by, ""),
            meeting=None if one.meeting_id is None else numbers.get(one.meeting_id),
            held_back=len(one.held_back),
            sealed_at=sealed.get(one.number),
        )
        for one in versions
    )


def _row(work: UnitOfWork, vault: OpenVault, standing: Standing) -> CaseRow:
    return show_case_rows(
        [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
    )[0]
