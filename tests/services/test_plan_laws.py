"""No commitment is lost between meetings, whatever is moved, split, replaced or closed.

Nor by a packet, by the desk that writes while the meeting decides, by a consent that is taken back,
or by a case that is closed and raised again.

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

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import MadeVault
from tests.people import (
    STARTS_AT,
    Family,
    arrive,
    case_with_family,
    gate,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from tests.services.examples.row import SARA_THERE, certified_sara
from trygga_desktop.crypto.packets import digest_of_part, seal_packet, unseal_packet
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.closing import CommitmentEnding, Ending
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.packets import Whose
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.closing import KeepClosing, keep_closing, read_closing
from trygga_desktop.services.consents import WithdrawConsent, record_consent, withdraw_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.gates import pass_gate
from trygga_desktop.services.meetings import EndMeeting, begin_meeting, end_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.packets import MakePacket, make_packet
from trygga_desktop.services.packets_in import TakeIn, take_in_packet
from trygga_desktop.services.partners import certify_partner, own_keys
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
    be done when the meeting that is held began: how that ends is told at that meeting. `came` are
    the packets from the school's vault, `partner` is whoever sends them.
    """

    vault: OpenVault
    family: Family
    meeting_id: UUID = field(default_factory=uuid4)
    still_open: set[UUID] = field(default_factory=set)
    news: dict[UUID, CommitmentState] = field(default_factory=dict)
    on_table: set[UUID] = field(default_factory=set)
    came: int = 0
    partner: UUID | None = None

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

    def waiting(self) -> dict[UUID, CommitmentState]:
        """Return what the plan tells as still to be done, and how it stands."""
        view = read_plan(self.family.case_id, vault=self.vault).value
        told = {one.id: one.progress.state for one in view.lines if one.progress is not None}
        return {one: state for one, state in told.items() if state.is_open}

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


def write_at_once(told: Told, number: int) -> None:
    """Have the meeting agree on what the desk rewrites, or takes out, at the same time."""
    new = told.action()
    told.keep([*told.lines()[1], new])
    based_on, lines = told.lines()
    told.agree(new.id)
    told.still_open.add(new.id)
    words = "Ringa varje dag"
    at_desk = [one for one in lines if one.id != new.id]
    at_desk += [replace(new, words=words, responsible="Lena Ek")] if number % 2 else []
    command = KeepPlan(case_id=told.family.case_id, based_on=based_on, lines=tuple(at_desk))
    keep_plan(command, vault=told.vault)
    shown = {
        one.item.text: one for one in read_plan(told.family.case_id, vault=told.vault).value.lines
    }
    # Both stand there, and what was agreed on is as it was agreed on.
    assert shown["Ringa"].responsible == "Maria Lind"
    assert number % 2 == 0 or shown[words].responsible == "Lena Ek"


def rest(told: Told, _: int) -> None:
    """Take a consent back, and give it again on the next day: what rests is lost to nobody."""
    case_id, vault = told.family.case_id, told.vault
    phase = read_overview(case_id, vault=vault).value.row.phase
    taken_back = WithdrawConsent(case_id=case_id, signer=told.family.sara, on=told.clock().date())
    withdraw_consent(taken_back, vault=vault)
    assert told.waiting() == dict.fromkeys(told.still_open, CommitmentState.FROZEN)
    told.clock.move(days=1)
    day = told.clock().date()
    record_consent(paper(told.family, signed_on=day, valid_from=day), vault=vault)
    change_phase(ChangePhase(case_id=case_id, phase=phase), vault=vault)


def end_work(told: Told, number: int) -> None:
    """Close the case with one answer, and raise it again with the rest as it was."""
    case_id, vault = told.family.case_id, told.vault
    if read_overview(case_id, vault=vault).value.row.phase is not Phase.PLAN_MEETING:
        change_phase(ChangePhase(case_id=case_id, phase=Phase.PLAN_MEETING), vault=vault)
    change_phase(ChangePhase(case_id=case_id, phase=Phase.CLOSING), vault=vault)
    chosen = told.pick(number)
    if chosen is not None:
        command = KeepClosing(
            case_id=case_id,
            plan_number=read_closing(case_id, vault=vault).value.plan_number,
            goals=(),
            own_words=(),
            endings=(CommitmentEnding(commitment_id=chosen, ending=Ending.DONE, words="Sagt"),),
        )
        keep_closing(command, vault=vault)
        told.end(chosen, CommitmentState.DONE)
    closed = ChangePhase(
        case_id=case_id, phase=Phase.CLOSED, reason="goals_reached", left_open="Flyttade."
    )
    change_phase(closed, vault=vault)
    for phase in (Phase.REFERRAL, Phase.ASSESSMENT):
        change_phase(ChangePhase(case_id=case_id, phase=phase), vault=vault)
    pass_gate(gate(case_id, told.family.board), vault=vault)
    change_phase(ChangePhase(case_id=case_id, phase=Phase.PLAN_MEETING), vault=vault)


def hear_from_school(told: Told, number: int) -> None:
    """Send a commitment to the school's vault, where it is done and something else is promised."""
    case_id, vault, chosen = told.family.case_id, told.vault, told.pick(number)
    if chosen is None:
        return
    if told.partner is None:
        told.partner = certify_partner(certified_sara(told.family.school), vault=vault).value
    asked = MakePacket(
        case_id=case_id, partner_id=told.partner, chosen=frozenset({f"commitment {chosen}"})
    )
    sent = unseal_packet(make_packet(asked, vault=vault).value.data, SARA_THERE.exchange)
    packet = sent.read(own_keys(vault))
    (part,) = packet.parts
    speaks = part.source.speaks
    source = replace(part.source, whose=TURNED[part.source.whose], speaks=speaks and TURNED[speaks])
    done = replace(
        part,
        fields={**part.fields, "state": CommitmentState.DONE.value, "reason": ""},
        source=source,
        seen=(digest_of_part(part),),
    )
    new = replace(
        part,
        id=uuid4(),
        fields={**part.fields, "state": CommitmentState.NOT_STARTED.value, "reason": ""},
        source=replace(source, whose=Whose.SENDER),
        seen=(),
    )
    told.came += 1
    answer = replace(
        packet,
        id=uuid4(),
        number=told.came,
        sender=packet.receiver,
        receiver=packet.sender,
        case_here=UUID(int=9),
        case_there=case_id,
        parts=(done, new),
    )
    data = seal_packet(answer, sender=SARA_THERE.signing, receiver=own_keys(vault))
    accepted = frozenset({done.key, new.key})
    take = TakeIn(
        case_id=case_id, data=data, accepted=accepted, refused=frozenset(), is_same_person=True
    )
    told.clock.move(minutes=1)
    take_in_packet(take, vault=vault)
    # It came when the meeting had begun, and was not on its table.
    assert new.id not in told.begins_with()
    told.end(chosen, CommitmentState.DONE)
    told.still_open.add(new.id)


TURNED = {
    Whose.SENDER: Whose.RECEIVER,
    Whose.RECEIVER: Whose.SENDER,
    Whose.OTHER: Whose.OTHER,
}
STEPS: tuple[Callable[[Told, int], None], ...] = (
    promise,
    plan,
    move,
    exchange,
    split,
    close,
    drop,
    write_at_once,
    hear_from_school,
)
BETWEEN: tuple[Callable[[Told, int], None], ...] = (close, hear_from_school, rest, end_work)
Step = tuple[Callable[[Told, int], None], int]
MOVES = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), min_size=1, max_size=5)
AT_THE_DESK = st.lists(st.tuples(st.sampled_from(BETWEEN), st.integers(0, 20)), max_size=2)
HISTORIES = st.lists(st.tuples(MOVES, AT_THE_DESK), min_size=MEETINGS, max_size=MEETINGS)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(
    history=[
        (
            [(write_at_once, 1), (plan, 0), (hear_from_school, 0)],
            [(rest, 0), (hear_from_school, 1)],
        ),
        ([(write_at_once, 0), (close, 1)], [(end_work, 0)]),
    ]
)
@given(history=HISTORIES)
def test_no_commitment_is_lost_between_meetings_and_how_each_ended_is_told_once(
    template: MadeVault,
    history: list[tuple[list[Step], list[Step]]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        vault = template.copy_to(Path(place)).open()
        family = case_with_family(vault)
        record_consent(paper(family), vault=vault)
        told = Told(vault=vault, family=family)
        for number, (steps, at_desk) in enumerate([*history, ([], [])]):
            starts_at = STARTS_AT + timedelta(days=14 * number)
            told.meeting_id = planned_meeting(vault, family, starts_at=starts_at)
            for seat in room_of(vault, told.meeting_id).seats:
                arrive(vault, told.meeting_id, seat)
            begin_meeting(told.meeting_id, vault=vault)
            told.hear()
            for step, chosen in steps:
                step(told, chosen)
                assert told.waiting().keys() == told.still_open
            end_meeting(EndMeeting(meeting_id=told.meeting_id), vault=vault)
            told.clock.move(days=7)
            told.on_table.clear()
            for step, chosen in at_desk:
                step(told, chosen)
                assert told.waiting().keys() == told.still_open
            told.clock.move(days=7)
        vault.close()
