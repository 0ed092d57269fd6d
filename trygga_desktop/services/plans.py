"""Use cases for the plan of a case: what it says, its versions, and what a meeting agrees on.

An action that was agreed on is a commitment with the id of its line. Who does it, until when and
how far it has come stands there and nowhere else; the versions keep how the plan read.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError, TamperedError
from trygga_desktop.domain.items import Item, ItemKind, Noted, Part, RecordedMarking
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import (
    MOST_LINES,
    LineKind,
    PlanLine,
    PlanStage,
    PlanVersion,
    combine,
    find_line_flaw,
    put_back,
)
from trygga_desktop.services.audience import show_alone, show_room
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import check_told, tried
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.plan_versions import digest_of_version, is_complete, versions_of
from trygga_desktop.services.plan_views import everyone_at
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_COMMITMENTS = "commitments"
_CHANGED = Changes(items=True, meetings=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPlan:
    """The plan as the desk leaves it. `based_on` is the number of the version it was made from.

    `tried` are the lines of which the writer answers that they touch no exclusion and pass no
    limit.
    """

    case_id: UUID
    based_on: int
    lines: tuple[PlanLine, ...]
    tried: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BringPlan:
    """The plan as it goes to a meeting. `without` are the lines that are not taken there."""

    case_id: UUID
    meeting_id: UUID
    based_on: int
    lines: tuple[PlanLine, ...]
    tried: frozenset[UUID] = frozenset()
    without: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreePlan:
    """What a meeting agreed on: the lines of the newest version that it stands behind.

    `based_on` is the number of that version, so that nobody agrees on what they have not seen.
    """

    case_id: UUID
    meeting_id: UUID
    based_on: int
    agreed: frozenset[UUID]


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
    stored, ConflictError for a version that there never was.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = _Desk(work, vault, standing)
        version = desk.next_version(
            PlanStage.PREPARED,
            desk.joined(command.lines, command.based_on, command.tried),
            command.based_on,
        )
        _store(work, version, Action.PLAN_KEPT)
    return Done(version.id, _CHANGED)


@use_case(Permission.WORK_IN_CASE)
def bring_plan(command: BringPlan, *, vault: OpenVault) -> Done[UUID]:
    """Store the plan as it goes to a meeting: with nothing that somebody there may not be told.

    Raise InvalidInputError with the flaw `kept_back` where a line may not be told to everyone who
    is called, and is not among those left out; that is decided as of the day of the meeting. Raise
    it too for a meeting that is over.
    """
    with vault.work() as work:
        meeting = _meeting_of(work, command.case_id, command.meeting_id)
        if meeting.is_over:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = _Desk(work, vault, standing)
        lines = desk.joined(command.lines, command.based_on, command.tried)
        room, then = everyone_at(work, vault, standing, meeting)
        items = desk.items_of(lines)
        kept_back = {one.id for one in show_room(items, room, given=then.given).hidden}
        if not kept_back <= command.without:
            raise InvalidInputError(field="plan", flaw="kept_back")
        version = replace(
            desk.next_version(PlanStage.PREPARED, lines, command.based_on),
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
    held, or a line that is not there or was held back; ConflictError where another version came
    meanwhile; SealedMeetingError where the protocol is sealed.
    """
    with vault.work() as work:
        meeting = _meeting_of(work, command.case_id, command.meeting_id)
        if meeting.state not in {MeetingState.RUNNING, MeetingState.HELD}:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        standing = stand(work, vault, work.cases.find(command.case_id))
        desk = _Desk(work, vault, standing)
        newest = desk.newest
        if newest is None or newest.number != command.based_on:
            raise ConflictError
        kept_back = newest.held_back if newest.meeting_id == meeting.id else frozenset()
        if not command.agreed <= {one.id for one in newest.lines} - kept_back:
            raise InvalidInputError(field="agreed", flaw="unknown")
        lines = _Agreement(work, standing, meeting, desk.commitments).settle(
            newest.lines, command.agreed
        )
        was_agreed = any(one.stage is not PlanStage.PREPARED for one in desk.versions)
        stage = PlanStage.CHANGED if was_agreed else PlanStage.AGREED
        version = replace(desk.next_version(stage, lines, newest.number), meeting_id=meeting.id)
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


class _Desk:
    """The plan of a case as it is, for who writes its next version."""

    def __init__(self, work: UnitOfWork, vault: OpenVault, standing: Standing) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._case_id = standing.opened.case.id
        self.versions = versions_of(work, self._case_id)
        if not is_complete(work, self._case_id, self.versions):
            # Nothing is built on a plan of which a version was taken away.
            raise TamperedError
        self.newest = self.versions[-1] if self.versions else None
        self.commitments = {
            one.id: (one, version) for one, version in work.commitments.of_case(self._case_id)
        }
        items = work.items.of_case(self._case_id)
        self._noted = {one.id: one for one in items if one.id in self.commitments}

    def joined(
        self, lines: Iterable[PlanLine], based_on: int, tried_ids: Collection[UUID]
    ) -> tuple[PlanLine, ...]:
        """Return the lines of the next version: those of the desk, with what it does not show."""
        written = tuple(
            replace(one, markings=self._markings(one, is_tried=one.id in tried_ids))
            for one in self._checked(lines)
        )
        numbers = {one.number: one for one in self.versions}
        base = numbers.get(based_on)
        if based_on and base is None:
            raise ConflictError
        if base is not None:
            shown = show_alone(
                self.items_of(base.lines), vault=self._vault, given=self._standing.given
            )
            unseen = frozenset(one.id for one in shown.hidden)
            written = put_back(written, base.lines, unseen)
        newest = self.newest
        if newest is not None and newest.number != based_on:
            earlier = () if base is None else base.lines
            written = combine(earlier, written, newest.lines, new_id=uuid4)
        return written

    def items_of(self, lines: Iterable[PlanLine]) -> list[Item]:
        """Return the lines as items that can be decided about."""
        author, on = self._work.keyring.principal, self._work.today
        return [one.as_item(self._case_id, author_id=author, on=on) for one in lines]

    def next_version(
        self, stage: PlanStage, lines: tuple[PlanLine, ...], based_on: int
    ) -> PlanVersion:
        """Return the next version, tied to the one before it."""
        newest = self.newest
        return PlanVersion(
            id=uuid4(),
            case_id=self._case_id,
            number=1 if newest is None else newest.number + 1,
            stage=stage,
            made_at=self._work.at,
            made_by=self._work.keyring.principal,
            lines=lines,
            salt=uuid4().hex,
            based_on=based_on,
            previous="" if newest is None else digest_of_version(newest).hex(),
        )

    def _markings(self, line: PlanLine, *, is_tried: bool) -> tuple[RecordedMarking, ...]:
        """Return what was answered about a line: now, or while it was told as the same."""
        if is_tried:
            return tried(self._standing, line.category)
        before = () if self.newest is None else self.newest.lines
        same = (one for one in before if one.id == line.id and one.category == line.category)
        earlier = next(same, None)
        return line.markings if earlier is None else earlier.markings

    def _checked(self, lines: Iterable[PlanLine]) -> Iterable[PlanLine]:
        lines = tuple(lines)
        if len(lines) > MOST_LINES:
            raise InvalidInputError(field="lines", flaw="length")
        if len({one.id for one in lines}) != len(lines):
            raise InvalidInputError(field="lines", flaw="twice")
        standing = self._standing
        areas = frozenset(one.code for one in standing.catalogue.life_areas)
        for line in lines:
            flaw = find_line_flaw(line, areas)
            if flaw is not None:
                raise InvalidInputError(field=flaw[0], flaw=flaw[1])
            if not line.words.strip():
                continue
            check_told(standing, line.category, line.origin_id, line.said_by, line.about)
            known = {*standing.given.organisations, standing.given.controller_id, None}
            if line.organisation_id not in known:
                raise InvalidInputError(field="organisation", flaw="unknown")
            is_agreed = line.id in self._noted
            yield self._as_agreed(line) if is_agreed else self._filled(line)

    def _filled(self, line: PlanLine) -> PlanLine:
        """Return a line that says whose it is and since when: what nobody else tells is ours."""
        standing = self._standing
        return replace(
            line,
            origin_id=line.origin_id or standing.given.controller_id,
            about=line.about or frozenset({standing.opened.subject_id}),
            known_on=line.known_on or standing.on,
            new_due=None,
            new_follow_up=None,
            lacks=None,
        )

    def _as_agreed(self, line: PlanLine) -> PlanLine:
        """Return a line with the words and the people of the commitment that it is already."""
        commitment, _ = self.commitments[line.id]
        noted = self._noted[line.id]
        return replace(
            line.in_words_of(noted),
            responsible=commitment.responsible,
            organisation_id=commitment.organisation_id,
            party_id=commitment.party_id,
            due_on=commitment.due,
            follow_up_on=commitment.follow_up,
            new_due=_another(line.new_due, commitment.due),
            new_follow_up=_another(line.new_follow_up, commitment.follow_up),
            replaces=None,
        )


class _Agreement:
    """Turns lines of a plan into what a meeting notes."""

    def __init__(
        self,
        work: UnitOfWork,
        standing: Standing,
        meeting: Meeting,
        commitments: Mapping[UUID, tuple[Commitment, int]],
    ) -> None:
        self._work = work
        self._standing = standing
        self._meeting = meeting
        self._commitments = dict(commitments)
        self._known = {one.id for one in work.items.of_case(meeting.case_id)}
        compartment = work.compartments.of_file(meeting.case_id)[CompartmentKind.CASE]
        self._compartment, self._key = compartment, work.compartments.key(compartment)
        self._noted = Noted(meeting_id=meeting.id, agenda_id=_agenda_id(meeting))

    def settle(self, lines: Iterable[PlanLine], agreed: Collection[UUID]) -> tuple[PlanLine, ...]:
        """Return the lines as they stand after the meeting, and store what follows from that."""
        settled = tuple(self._settled(one) if one.id in agreed else one for one in lines)
        for old, new in self._replaced(settled, agreed).items():
            self._end(old, new)
        return settled

    def _settled(self, line: PlanLine) -> PlanLine:
        if line.id in self._commitments:
            self._move(line)
            return replace(
                line,
                due_on=line.new_due or line.due_on,
                follow_up_on=line.new_follow_up or line.follow_up_on,
                new_due=None,
                new_follow_up=None,
            )
        if line.lack is not None:
            return replace(line, kind=LineKind.NOTE, lacks=line.lack)
        if line.kind is LineKind.ACTION and line.due_on is not None:
            self._note(line, follows=line.replaces)
            commitment = Commitment(
                id=line.id,
                case_id=self._meeting.case_id,
                responsible=line.responsible.strip(),
                organisation_id=line.organisation_id,
                due_on=line.due_on,
                party_id=line.party_id,
                follow_up_on=line.follow_up_on,
            )
            self._work.commitments.add(self._meeting.case_id, commitment)
        elif line.kind is LineKind.GOAL and line.id not in self._known:
            self._note(line)
        return replace(line, clashes_with=None)

    def _note(self, line: PlanLine, *, follows: UUID | None = None) -> None:
        work = self._work
        item = line.as_item(self._meeting.case_id, author_id=work.keyring.principal, on=work.today)
        # What an agency promises is its own to tell, as whatever it says at a meeting is.
        origin = line.organisation_id if item.kind is ItemKind.ACTION else line.origin_id
        item = replace(
            item,
            origin_id=origin or self._standing.given.controller_id,
            known_on=work.today,
            noted=self._noted,
            follows=follows if follows in self._commitments else None,
            # The mapping lists what has an area; a promise and a goal are no part of it.
            area="",
        )
        work.items.add(item, self._compartment, self._key, sequence=work.sequence)

    def _move(self, line: PlanLine) -> None:
        """Note another last day, or another day to ask, if the plan has one."""
        commitment, version = self._commitments[line.id]
        is_moved = line.new_due is not None or line.new_follow_up is not None
        if not commitment.state.is_open or not is_moved:
            return
        change = CommitmentChange(
            state=commitment.state,
            on=self._work.today,
            new_due=line.new_due,
            new_follow_up=line.new_follow_up,
        )
        self._change(commitment, version, change)

    def _replaced(
        self, lines: Iterable[PlanLine], agreed: Collection[UUID]
    ) -> dict[UUID, list[UUID]]:
        """Return the commitments that something agreed on comes in place of, and what that is."""
        found: dict[UUID, list[UUID]] = {}
        for line in lines:
            is_promise = line.kind is LineKind.ACTION and line.id in agreed
            is_new = line.id not in self._commitments
            if is_promise and is_new and line.replaces in self._commitments:
                found.setdefault(line.replaces, []).append(line.id)
        return found

    def _end(self, old: UUID, new: list[UUID]) -> None:
        commitment, version = self._commitments[old]
        if commitment.state.is_open:
            change = CommitmentChange(
                state=CommitmentState.CHANGED,
                on=self._work.today,
                reason="better_way" if len(new) == 1 else "split",
                successor_id=new[0],
            )
            self._change(commitment, version, change)

    def _change(self, commitment: Commitment, version: int, change: CommitmentChange) -> None:
        changed = replace(commitment, changes=(*commitment.changes, change))
        case_id = self._meeting.case_id
        self._work.commitments.replace(case_id, changed, row_version=version)
        self._commitments[commitment.id] = (changed, version + 1)


def _another(day: date | None, agreed: date | None) -> date | None:
    """Return a day that is proposed, if it is another than the one that was agreed on."""
    return None if day == agreed else day


def _store(work: UnitOfWork, version: PlanVersion, action: Action) -> None:
    work.plans.add(version.case_id, version)
    work.commit(action, version.case_id, digest=digest_of_version(version))


def _meeting_of(work: UnitOfWork, case_id: UUID, meeting_id: UUID) -> Meeting:
    meeting, _ = find_meeting(work, meeting_id)
    if meeting.case_id != case_id:
        raise InvalidInputError(field="meeting", flaw="unknown")
    return meeting


def _agenda_id(meeting: Meeting) -> UUID:
    """Return the item at which promises are made, or the one that the meeting has come to."""
    for one in meeting.agenda:
        if one.code == _COMMITMENTS:
            return one.id
    if meeting.current is not None:
        return meeting.current.id
    if not meeting.agenda:
        raise TamperedError
    return meeting.agenda[-1].id


def _is_protection(item: Item) -> bool:
    return item.part is Part.GUARDED and item.kind is ItemKind.PLAN_LINE
