"""No commitment is lost between meetings, whatever is moved, split, replaced or closed.

What is open comes up at each, and of what has ended each is told once, as it ended.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import MadeVault
from tests.people import (
    STARTS_AT,
    Family,
    arrive,
    case_with_family,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import EndMeeting, begin_meeting, end_meeting
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import AgreePlan, KeepPlan, agree_plan, keep_plan
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.vault import OpenVault

EXAMPLES = int(os.environ.get("TRYGGA_EXAMPLES", "2"))
MEETINGS = 3


@dataclass
class Told:
    """A case that is told on, and what is still to be done in it.

    `news` is how something ended of which no meeting has heard yet, `on_table` what was still to
    be done when the meeting that is held began: how that ends is told at that meeting.
    """

    vault: OpenVault
    family: Family
    meeting_id: UUID = field(default_factory=uuid4)
    still_open: set[UUID] = field(default_factory=set)
    news: dict[UUID, CommitmentState] = field(default_factory=dict)
    on_table: set[UUID] = field(default_factory=set)

    @property
    def clock(self) -> Any:
        """Return the clock that the vault goes by."""
        return self.vault.environment.now

    def lines(self) -> tuple[int, list[PlanLine]]:
        """Return the newest version's number, and its lines as the desk has them."""
        view = read_plan(self.family.case_id, vault=self.vault).value
        return view.number, [
            PlanLine(
                id=one.id,
                kind=one.kind,
                words=one.item.text,
                area=one.item.area,
                category=one.item.category,
                responsible=one.responsible,
                organisation_id=one.organisation_id,
                due_on=one.due_on,
            )
            for one in view.lines
            if one.is_placed
        ]

    def keep(self, lines: list[PlanLine]) -> None:
        """Keep the plan with these lines."""
        number, _ = self.lines()
        command = KeepPlan(case_id=self.family.case_id, based_on=number, lines=tuple(lines))
        keep_plan(command, vault=self.vault)

    def agree(self, *ids: UUID) -> None:
        """Have the meeting agree on lines."""
        command = AgreePlan(
            case_id=self.family.case_id,
            meeting_id=self.meeting_id,
            basis=read_plan(self.family.case_id, vault=self.vault).value.basis,
            agreed=frozenset(ids),
        )
        agree_plan(command, vault=self.vault)

    def action(self, **fields: Any) -> PlanLine:
        """Return something that the school is to do in a week."""
        return PlanLine(
            id=uuid4(),
            kind=LineKind.ACTION,
            words="Ringa",
            area="school",
            responsible="Maria Lind",
            organisation_id=self.family.school,
            due_on=self.clock().date() + timedelta(days=7),
            **fields,
        )

    def end(self, chosen: UUID, state: CommitmentState) -> None:
        """Remember how something ended."""
        self.still_open.remove(chosen)
        if chosen in self.on_table:
            assert self.begins_with()[chosen] is state
        else:
            self.news[chosen] = state

    def hear(self) -> None:
        """Have the meeting hear what became of everything, and nothing twice."""
        begun = self.begins_with()
        assert {one for one, state in begun.items() if state.is_open} == self.still_open
        assert {one: state for one, state in begun.items() if not state.is_open} == self.news
        self.news, self.on_table = {}, set(self.still_open)

    def begins_with(self) -> dict[UUID, CommitmentState]:
        """Return how everything stands that the meeting begins with, hidden or not."""
        hidden = read_hidden(self.meeting_id, vault=self.vault).value.hidden
        entries = [
            *room_of(self.vault, self.meeting_id).carried,
            *(one.entry for one in hidden if one.agenda_id is None),
        ]
        return {one.item.id: one.commitment.state for one in entries if one.commitment is not None}

    def pick(self, number: int) -> UUID | None:
        """Return one of those that are still to be done."""
        waiting = sorted(self.still_open)
        return waiting[number % len(waiting)] if waiting else None


def promise(told: Told, _: int) -> None:
    """Promise something at the meeting, with no plan."""
    written = wrote(
        told.vault,
        told.meeting_id,
        "Skriva",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=told.family.school,
        due_on=told.clock().date() + timedelta(days=7),
    )
    told.still_open.add(written.id)


def plan(told: Told, _: int) -> None:
    """Write something into the plan, and agree on it."""
    new = told.action()
    told.keep([*told.lines()[1], new])
    told.agree(new.id)
    told.still_open.add(new.id)


def move(told: Told, number: int) -> None:
    """Agree on another last day."""
    chosen = told.pick(number)
    if chosen is None:
        return
    lines = {one.id: one for one in told.lines()[1]}
    later = told.clock().date() + timedelta(days=30 + number)
    base = lines.get(chosen, PlanLine(id=chosen, kind=LineKind.ACTION, words="x"))
    told.keep([*(lines | {chosen: replace(base, new_due=later)}).values()])
    told.agree(chosen)


def exchange(told: Told, number: int, parts: int = 1) -> None:
    """Agree on something in place of a commitment."""
    chosen = told.pick(number)
    if chosen is None:
        return
    new = [told.action(replaces=chosen) for _ in range(parts)]
    told.keep([*told.lines()[1], *new])
    told.agree(*(one.id for one in new))
    told.end(chosen, CommitmentState.CHANGED)
    told.still_open |= {one.id for one in new}


def split(told: Told, number: int) -> None:
    """Agree on two things in place of one."""
    exchange(told, number, parts=2)


def close(told: Told, number: int) -> None:
    """Say that something is done, or could not be."""
    chosen = told.pick(number)
    if chosen is None:
        return
    states = (
        (CommitmentState.DONE, ""),
        (CommitmentState.NOT_DONE, "no_time"),
        (CommitmentState.NOT_POSSIBLE, "queue"),
    )
    state, reason = states[number % len(states)]
    command = ChangeCommitment(
        case_id=told.family.case_id, commitment_id=chosen, state=state, reason=reason
    )
    change_commitment(command, vault=told.vault)
    told.end(chosen, state)


def drop(told: Told, number: int) -> None:
    """Take everything but one line out of the plan."""
    told.keep(told.lines()[1][number % 3 : number % 3 + 1])


STEPS: tuple[Callable[[Told, int], None], ...] = (
    promise,
    plan,
    move,
    exchange,
    split,
    close,
    drop,
)
MOVES = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), min_size=1, max_size=5)
AT_THE_DESK = st.lists(st.integers(0, 20), max_size=2)
HISTORIES = st.lists(st.tuples(MOVES, AT_THE_DESK), min_size=MEETINGS, max_size=MEETINGS)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=HISTORIES)
def test_no_commitment_is_lost_between_meetings_and_how_each_ended_is_told_once(
    template: MadeVault,
    history: list[tuple[list[tuple[Callable[[Told, int], None], int]], list[int]]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        vault = template.copy_to(Path(place)).open()
        family = case_with_family(vault)
        record_consent(paper(family), vault=vault)
        told = Told(vault=vault, family=family)
        for number, (steps, closed_after) in enumerate([*history, ([], [])]):
            starts_at = STARTS_AT + timedelta(days=14 * number)
            told.meeting_id = planned_meeting(vault, family, starts_at=starts_at)
            for seat in room_of(vault, told.meeting_id).seats:
                arrive(vault, told.meeting_id, seat)
            begin_meeting(told.meeting_id, vault=vault)
            told.hear()
            for step, chosen in steps:
                step(told, chosen)
                view = read_plan(family.case_id, vault=vault).value
                waiting = {
                    one.id
                    for one in view.lines
                    if one.progress is not None and one.progress.state.is_open
                }
                assert waiting == told.still_open
            end_meeting(EndMeeting(meeting_id=told.meeting_id), vault=vault)
            told.clock.move(days=7)
            told.on_table.clear()
            for chosen in closed_after:
                close(told, chosen)
            told.clock.move(days=7)
        vault.close()
