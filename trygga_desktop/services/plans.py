"""Use cases for the plan of a case: what it says, its versions, and what a meeting agrees on.

An action that was agreed on is a commitment with the id of its line. Who does it, until when and
how far it has come stands there and nowhere else; the versions keep how the plan read.
"""

from dataclasses import dataclass, replace
from datetime import date, time
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError, SealedMeetingError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import (
    LineKind,
    PlanLine,
    PlanStage,
    PlanVersion,
    answers_hold,
    find_line_flaw,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import tried
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.plan_agreement import Agreement
from trygga_desktop.services.plan_desk import Desk
from trygga_desktop.services.plan_listeners import everyone_at, kept_from_room
from trygga_desktop.services.plan_versions import digest_of_version, held_back_from
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_CHANGED = Changes(items=True, meetings=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPlan:
    """The plan as the desk leaves it. `based_on` is the number of the version it was made from.

    `tried` are the lines of which the writer answers that they touch no exclusion and pass no
    limit. `opened` are those that are told as something else than before, of which the writer knows
    that more may hear them by that.
    """

    case_id: UUID
    based_on: int
    lines: tuple[PlanLine, ...]
    tried: frozenset[UUID] = frozenset()
    opened: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPlan:
    """The plan as it goes to a meeting. `without` are the lines that are not taken there."""

    case_id: UUID
    meeting_id: UUID
    based_on: int
    lines: tuple[PlanLine, ...]
    tried: frozenset[UUID] = frozenset()
    opened: frozenset[UUID] = frozenset()
    without: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line as the meeting put it, in place of how it came from the desk.

    Of a commitment `due_on` is another last day, and everything else stays as it was agreed on.
    `due_at` is the hour of that day; without one it has the whole of it, whatever the desk wrote.
    Without a `responsible` whoever was named at the desk does it; an empty one is nobody.
    `is_tried` answers that the words touch no exclusion and pass no limit.
    """

    id: UUID
    words: str
    responsible: str | None = None
    organisation_id: UUID | None = None
    party_id: UUID | None = None
    due_on: date | None = None
    is_tried: bool = False
    due_at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreePlan:
    """What a meeting agreed on: the lines of the newest version that it stands behind.

    `basis` is what the plan was looked at as, so that nobody agrees on what they have not seen.
    `changed` is agreed on in other words than those that were looked at.
    """

    case_id: UUID
    meeting_id: UUID
    basis: str
    agreed: frozenset[UUID] = frozenset()
    changed: ChangedLine | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteProtectionNeed:
    """What somebody needs to be protected, for the guarded part, in place of an earlier one."""

    case_id: UUID
    text: str
    instead_of: UUID | None = None


@use_case(Permission.WORK_IN_CASE)
def keep_plan(command: KeepPlan, *, vault: OpenVault) -> Done[UUID]:
    """Store the plan as its next version. A version that came meanwhile is combined with it.

    Of a line that was changed in both, both stand in the new version. What we may not see of the
    plan stays in it. Raise InvalidInputError with the field and its flaw for a line that cannot be
    stored, and with the flaw `opens` for one that somebody could hear only because it is told as
    something else now; ConflictError for a version that there never was.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = Desk(work, vault, standing)
        version = desk.next_version(
            PlanStage.PREPARED,
            desk.joined(
                command.lines,
                command.based_on,
                tried_ids=command.tried,
                opened=command.opened,
            ),
            command.based_on,
        )
        _store(work, version, Action.PLAN_KEPT)
    return Done(version.id, _CHANGED)


@use_case(Permission.WORK_IN_CASE)
def bring_plan(command: BringPlan, *, vault: OpenVault) -> Done[UUID]:
    """Store the plan as it goes to a meeting: with nothing that somebody there may not be told.

    Raise InvalidInputError with the flaw `kept_back` where a line may not be told to everyone who
    is called, and is not among those left out; that is decided as of the day of the meeting. Raise
    it too for a meeting that is over, and for what `keep_plan` refuses.
    """
    with vault.work() as work:
        meeting = _meeting_of(work, command.case_id, command.meeting_id)
        if meeting.is_over:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = Desk(work, vault, standing)
        lines = desk.joined(
            command.lines, command.based_on, tried_ids=command.tried, opened=command.opened
        )
        version = desk.next_version(PlanStage.PREPARED, lines, command.based_on)
        room, then = everyone_at(work, vault, standing, meeting)
        kept_back = kept_from_room(desk.items_of(version), room, then.given)
        if not kept_back <= command.without:
            raise InvalidInputError(field="plan", flaw="kept_back")
        version = replace(
            version,
            meeting_id=meeting.id,
            held_back=command.without & {one.id for one in lines},
        )
        _store(work, version, Action.PLAN_BROUGHT)
    return Done(version.id, _CHANGED)


@use_case(Permission.WORK_IN_CASE)
def agree_plan(command: AgreePlan, *, vault: OpenVault) -> Done[UUID]:
    """Store what a meeting agreed on: actions become commitments, noted in its protocol.

    An action without somebody responsible or a last day is kept as a note. Another last day of a
    commitment is noted there, and what comes in place of one ends it. A commitment that nobody
    speaks of stays as it is. Raise InvalidInputError for a meeting that is not going on or was
    held, for a line that is not there, and with the flaw `kept_back` for one that was held back
    from the meeting or that somebody in its room may not see; ConflictError where the plan is not
    what was looked at; SealedMeetingError where the protocol is sealed.
    """
    with vault.work() as work:
        meeting = _meeting_of(work, command.case_id, command.meeting_id)
        if meeting.state not in {MeetingState.RUNNING, MeetingState.HELD}:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        if meeting.id in work.protocols.sealed_meetings(meeting.case_id):
            # Another day, or a note, would stand in no item that the seal keeps from changing.
            raise SealedMeetingError
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = Desk(work, vault, standing)
        newest = desk.newest
        if newest is None or desk.basis != command.basis:
            raise ConflictError
        agreed = command.agreed
        if command.changed is not None:
            agreed |= {command.changed.id}
        if not agreed <= {one.id for one in newest.lines}:
            raise InvalidInputError(field="agreed", flaw="unknown")
        room, then = everyone_at(work, vault, standing, meeting)
        items = desk.items_of(newest)
        kept_back = kept_from_room((one for one in items if one.id in agreed), room, then.given)
        kept_back |= held_back_from(desk.versions, meeting.id)
        if agreed & kept_back:
            raise InvalidInputError(field="agreed", flaw="kept_back")
        lines = newest.lines
        if command.changed is not None:
            lines = tuple(_as_changed(one, command.changed, desk, standing) for one in lines)
        settling = Agreement(work, standing, meeting, desk.commitments, desk.versions)
        lines = settling.settle(lines, agreed)
        was_agreed = any(one.stage is not PlanStage.PREPARED for one in desk.versions)
        stage = PlanStage.CHANGED if was_agreed else PlanStage.AGREED
        version = desk.next_version(stage, lines, newest.number)
        version = replace(version, meeting_id=meeting.id, agreed=agreed)
        _store(work, version, Action.PLAN_AGREED)
    return Done(version.id, _CHANGED)


@use_case(Permission.WORK_IN_CASE)
def write_protection_need(command: WriteProtectionNeed, *, vault: OpenVault) -> Done[UUID]:
    """Store what somebody needs to be protected, where only named readers see it.

    Raise NoAccessError where the guarded part is not ours to open, InvalidInputError for no text,
    too long a one, and an earlier one that is not there.
    """
    if not command.text.strip():
        raise InvalidInputError(field="text", flaw="missing")
    with vault.work() as work:
        opened = work.cases.find(command.case_id)
        standing = stand(work, vault, opened)
        known = {one.id for one in work.items.of_case(command.case_id) if _is_protection(one)}
        if command.instead_of is not None and command.instead_of not in known:
            raise InvalidInputError(field="instead_of", flaw="unknown")
        line = PlanLine(
            id=uuid4(),
            kind=LineKind.NEED,
            words=command.text,
            area="safety",
            category="protection",
            origin_id=standing.given.controller_id,
            about=frozenset({opened.subject_id}),
        )
        flaw = find_line_flaw(line, frozenset({line.area}))
        if flaw is not None:
            raise InvalidInputError(field="text", flaw="length")
        item = line.as_item(command.case_id, author_id=work.keyring.principal, on=work.today)
        item = replace(item, part=Part.GUARDED, follows=command.instead_of)
        compartment = work.compartments.of_file(command.case_id)[CompartmentKind.GUARDED]
        key = work.compartments.key(compartment)
        work.items.add(item, compartment, key, sequence=work.sequence)
        work.commit(Action.PROTECTION_NEED_WRITTEN, item.id)
    return Done(item.id, Changes(items=True))


def _as_changed(line: PlanLine, changed: ChangedLine, desk: Desk, standing: Standing) -> PlanLine:
    """Return a line as the meeting put it; what was answered of other words says nothing of it."""
    if line.id != changed.id:
        return line
    desk.check_hour(line.id, changed.due_on, changed.due_at, "due_at")
    if line.id in desk.commitments:
        return replace(line, new_due=changed.due_on, new_due_at=changed.due_at)
    if not changed.words.strip():
        raise InvalidInputError(field="words", flaw="missing")
    known = {*standing.given.organisations, standing.given.controller_id, None}
    if changed.organisation_id not in known:
        raise InvalidInputError(field="organisation", flaw="unknown")
    put = replace(line, words=changed.words.strip())
    if line.kind is LineKind.ACTION:
        put = replace(put, due_on=changed.due_on, due_at=changed.due_at)
    if line.kind is LineKind.ACTION and changed.responsible is not None:
        put = replace(
            put,
            responsible=changed.responsible.strip(),
            organisation_id=changed.organisation_id,
            party_id=changed.party_id,
        )
    flaw = find_line_flaw(put, frozenset({put.area}))
    if flaw is not None:
        raise InvalidInputError(field=flaw[0], flaw=flaw[1])
    if changed.is_tried:
        return replace(put, markings=tried(standing, put.category))
    return put if answers_hold(line, put) else replace(put, markings=())


def _store(work: UnitOfWork, version: PlanVersion, action: Action) -> None:
    work.plans.add(version.case_id, version)
    work.commit(action, version.case_id, digest=digest_of_version(version))


def _meeting_of(work: UnitOfWork, case_id: UUID, meeting_id: UUID) -> Meeting:
    meeting, _ = find_meeting(work, meeting_id)
    if meeting.case_id != case_id:
        raise InvalidInputError(field="meeting", flaw="unknown")
    return meeting


def _is_protection(item: Item) -> bool:
    return item.part is Part.GUARDED and item.kind is ItemKind.PLAN_LINE
