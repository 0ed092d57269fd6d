"""What follows from a plan that a meeting has agreed on: commitments, and notes in its protocol."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import COMMITMENTS
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.items import Item, ItemKind, Noted
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.plan import (
    LineKind,
    PlanLine,
    PlanVersion,
    aims_the_same,
    goals_agreed_on,
    words_agreed_on,
)
from trygga_desktop.services.standing import Standing
from trygga_desktop.storage.work import UnitOfWork


class Agreement:
    """Turns lines of a plan into what a meeting notes."""

    def __init__(
        self,
        work: UnitOfWork,
        standing: Standing,
        meeting: Meeting,
        commitments: Mapping[UUID, tuple[Commitment, int]],
        versions: Iterable[PlanVersion],
    ) -> None:
        self._work = work
        self._standing = standing
        self._meeting = meeting
        self._commitments = dict(commitments)
        items = work.items.of_case(meeting.case_id)
        self._agreed_words = words_agreed_on(items)
        self._agreed_goals = goals_agreed_on(versions, self._agreed_words)
        self._noted_here = words_agreed_on(
            one for one in items if one.noted is not None and one.noted.meeting_id == meeting.id
        )
        compartment = work.compartments.of_file(meeting.case_id)[CompartmentKind.CASE]
        self._compartment, self._key = compartment, work.compartments.key(compartment)
        self._noted = Noted(meeting_id=meeting.id, agenda_id=place_of_promises(meeting))

    def settle(self, lines: Iterable[PlanLine], agreed: Collection[UUID]) -> tuple[PlanLine, ...]:
        """Return the lines as they stand after the meeting, and store what follows from that."""
        settled = tuple(self._settled(one) if one.id in agreed else one for one in lines)
        for old, new in self._replaced(settled, agreed).items():
            self._end(old, new)
        return settled

    def _settled(self, line: PlanLine) -> PlanLine:
        if line.id in self._commitments:
            self._move(line)
            due_on, due_at = line.until
            return replace(
                line,
                due_on=due_on,
                due_at=due_at,
                follow_up_on=line.new_follow_up or line.follow_up_on,
                new_due=None,
                new_due_at=None,
                new_follow_up=None,
            )
        if line.lack is not None:
            return replace(line, kind=LineKind.NOTE, lacks=line.lack)
        if line.kind is LineKind.ACTION and line.due_on is not None:
            replaced = line.replaces if line.replaces in self._commitments else None
            noted = self._note(line, follows=replaced)
            commitment = Commitment(
                id=line.id,
                case_id=self._meeting.case_id,
                responsible=line.responsible.strip(),
                organisation_id=line.organisation_id,
                due_on=line.due_on,
                due_at=line.due_at,
                party_id=line.party_id,
                follow_up_on=line.follow_up_on,
            )
            self._work.commitments.add(self._meeting.case_id, commitment)
            # From now on it is told as what it was noted as.
            line = replace(line, origin_id=noted.origin_id, known_on=noted.known_on)
        elif line.kind is LineKind.GOAL:
            self._note_goal(line)
        return replace(line, clashes_with=None)

    def _note_goal(self, line: PlanLine) -> None:
        """Note a goal, and one that is another than was agreed on before once more.

        In one protocol it stands once in the same words, whatever else is said of it.
        """
        before = self._agreed_goals.get(line.id)
        if line.id not in self._agreed_words:
            self._note(line)
        elif line.words in self._noted_here.get(line.id, ()):
            return
        elif before is None or not aims_the_same(line, before):
            self._note(replace(line, id=uuid4()), follows=line.id)

    def _note(self, line: PlanLine, *, follows: UUID | None = None) -> Item:
        work = self._work
        item = line.as_item(self._meeting.case_id, author_id=work.keyring.principal, on=work.today)
        # What an agency promises is its own to tell, as whatever it says at a meeting is.
        origin = line.organisation_id if item.kind is ItemKind.ACTION else line.origin_id
        item = replace(
            item,
            origin_id=origin or self._standing.given.controller_id,
            known_on=work.today,
            noted=self._noted,
            follows=follows,
            # The mapping lists what has an area; a promise and a goal are no part of it.
            area="",
        )
        work.items.add(item, self._compartment, self._key, sequence=work.sequence)
        return item

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
            new_due_at=line.new_due_at,
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


def place_of_promises(meeting: Meeting) -> UUID:
    """Return the item at which promises are made, or the one that the meeting has come to."""
    for one in meeting.agenda:
        if one.code == COMMITMENTS:
            return one.id
    if meeting.current is not None:
        return meeting.current.id
    if not meeting.agenda:
        raise TamperedError
    return meeting.agenda[-1].id
