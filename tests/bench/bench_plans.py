"""A large plan that is opened, and what is due over many cases."""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from tests.bench.bench_vault import fill
from tests.bench.clockwork import Figure, median, timed
from tests.conftest import make_template
from tests.people import (
    DAY,
    arrive,
    case_with_family,
    paper,
    planned_meeting,
    room_of,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.due_calendar import ComposeDueCalendar, compose_due_calendar
from trygga_desktop.services.follow_up import FollowUpQuestion, Span, read_follow_up
from trygga_desktop.services.meetings import begin_meeting
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import AgreePlan, KeepPlan, agree_plan, keep_plan
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

_ACTIONS, _A_CASE = 200, 10
# In every so many cases two meetings were held at which three actions were late.
_MET = 20


def figures(place: Path, *, cases: int) -> Iterator[Figure]:
    """Yield the rows of the table, the lists over so many cases with ten actions each."""
    made = make_template(place)
    vault = made.open()
    case_id = _plan(vault)
    yield Figure(
        f"open a plan with 10 areas and {_ACTIONS} actions, logged first",
        median(lambda: read_plan(case_id, vault=vault), times=9),
    )
    yield from _on_screen()
    ids = fill(vault, cases, programme="sspf")
    # What was filled in is believed once the vault is opened anew.
    vault.close()
    vault = made.open()
    _promise(vault, ids)
    late = FollowUpQuestion()
    counted = f"{cases} cases, {cases * _A_CASE} actions"
    yield Figure(
        f"what is late over {counted}, first time",
        median(lambda: read_follow_up(late, vault=vault), times=1),
    )
    yield Figure(
        f"what is late over {counted}, again",
        median(lambda: read_follow_up(late, vault=vault), times=5),
    )
    theirs = replace(late, responsible="ingen som finns")
    yield Figure(
        f"the same for one who promised nothing, {counted}, first time",
        median(lambda: read_follow_up(theirs, vault=vault), times=1),
    )
    yield Figure(
        f"the same for one who promised nothing, {counted}, again",
        median(lambda: read_follow_up(theirs, vault=vault), times=3),
    )
    family = replace(late, is_family=True)
    yield Figure(
        f"the same of the family, {counted}",
        median(lambda: read_follow_up(family, vault=vault), times=3),
    )
    yield Figure(
        f"reminders of home over {counted}, first time",
        median(lambda: read_reminders(vault=vault), times=1),
    )
    yield timed(
        f"reminders of home over {counted}, again", lambda: read_reminders(vault=vault), times=3
    )
    yield from _after_a_change(vault, ids, counted)
    coming = replace(late, span=Span.COMING)
    yield Figure(
        f"what is coming over {counted}",
        median(lambda: read_follow_up(coming, vault=vault), times=5),
    )
    to_raise = replace(late, span=Span.TO_RAISE)
    found = read_follow_up(to_raise, vault=vault).value.counts[Span.TO_RAISE]
    yield Figure(
        f"what is to be raised over {counted}: {found}",
        median(lambda: read_follow_up(to_raise, vault=vault), times=5),
    )
    calendar = ComposeDueCalendar(question=late)
    yield Figure(
        f"500 reminders for a calendar out of {cases * _A_CASE} actions",
        median(lambda: compose_due_calendar(calendar, vault=vault), times=3),
    )
    vault.close()


def _after_a_change(vault: OpenVault, ids: list[UUID], counted: str) -> Iterator[Figure]:
    """Yield how long the lists take once something became of a promise since the last time."""
    late = FollowUpQuestion()
    theirs = replace(late, responsible="ingen som finns")
    lists: tuple[tuple[str, Callable[[], object]], ...] = (
        ("what is late", lambda: read_follow_up(late, vault=vault)),
        ("late, of one who promised nothing", lambda: read_follow_up(theirs, vault=vault)),
        ("reminders of home", lambda: read_reminders(vault=vault)),
    )
    for number, (what, read) in enumerate(lists):
        taken = []
        for case_id in ids[number * 3 : number * 3 + 3]:
            _begin(vault, case_id)
            taken.append(median(read, times=1))
        yield Figure(f"{what} after a change, {counted}", statistics.median(taken))


def _begin(vault: OpenVault, case_id: UUID) -> None:
    """Tell that somebody has begun with the first thing that was promised in a case."""
    with vault.work() as work:
        one, version = work.commitments.of_case(case_id)[0]
        begun = CommitmentChange(state=CommitmentState.DOING, on=work.today)
        changed = replace(one, changes=(*one.changes, begun))
        work.commitments.replace(case_id, changed, row_version=version)
        work.commit(Action.COMMITMENT_CHANGED, one.id)


def _on_screen() -> Iterator[Figure]:
    """Yield what such a plan takes of the processor on the screen, in a process of its own."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.bench.plan_on_screen"]
    done = subprocess.run(  # noqa: S603  ourselves
        command, check=True, env=environment, capture_output=True, text=True
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    for name, what in (
        ("show", "show 50 goals and 200 actions on the screen"),
        ("enter", "begin a row among them"),
        ("move", "move a row among them"),
        ("letter", "a letter in one of them"),
    ):
        yield Figure(f"{what}, processor alone", float(told[name]))


def _plan(vault: OpenVault) -> UUID:
    """Return a case with a large plan, half of which was agreed on."""
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    areas = [one.code for one in read_plan(family.case_id, vault=vault).value.catalogue.life_areas]
    lines = [
        PlanLine(
            id=uuid4(),
            kind=LineKind.ACTION,
            words=f"Åtgärd {number}, med några ord till om vad som ska göras",
            area=areas[number % len(areas)],
            responsible="Maria Lind",
            organisation_id=family.school,
            due_on=DAY + timedelta(days=number),
        )
        for number in range(_ACTIONS)
    ]
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=tuple(lines)), vault=vault)
    agreed = frozenset(one.id for one in lines[: _ACTIONS // 2])
    basis = read_plan(family.case_id, vault=vault).value.basis
    command = AgreePlan(case_id=family.case_id, meeting_id=meeting_id, basis=basis, agreed=agreed)
    agree_plan(command, vault=vault)
    return family.case_id


def _promise(vault: OpenVault, ids: list[UUID]) -> None:
    """Promise ten things in each case in a few transactions: the table measures use alone."""
    me = vault.keyring.principal
    board = UUID(bytes=vault.trust.vault_id)
    for start in range(0, len(ids), 500):
        with vault.work() as work:
            for place, case_id in enumerate(ids[start : start + 500]):
                if place % _MET == 0:
                    for days in (1, 8):
                        work.meetings.add(case_id, _held(case_id, days))
                compartment = work.compartments.of_file(case_id)[CompartmentKind.CASE]
                key = work.compartments.key(compartment)
                for number in range(_A_CASE):
                    item = Item(
                        id=uuid4(),
                        case_id=case_id,
                        kind=ItemKind.ACTION,
                        part=Part.CASE,
                        author_id=me,
                        origin_id=board,
                        category="plan",
                        about=frozenset({me}),
                        reporter_ids=frozenset(),
                        known_on=DAY,
                        text="Ringa och boka en tid för ett samtal",
                    )
                    work.items.add(item, compartment, key, sequence=work.sequence)
                    work.commitments.add(case_id, _due(item, number))
            work.commit_anew(Action.CASES_LISTED, me)


def _held(case_id: UUID, days_ago: int) -> Meeting:
    starts_at = datetime.combine(DAY - timedelta(days=days_ago), time(14), UTC)
    return Meeting(
        id=uuid4(),
        case_id=case_id,
        number=1,
        template="sspf_family",
        starts_at=starts_at,
        minutes=60,
        state=MeetingState.HELD,
        began_at=starts_at,
    )


def _due(item: Item, number: int) -> Commitment:
    day: date = DAY + timedelta(days=(number - 3) * 7)
    return Commitment(
        id=item.id,
        case_id=item.case_id,
        responsible="Maria Lind",
        organisation_id=item.origin_id,
        due_on=day,
        follow_up_on=day - timedelta(days=5) if number % 2 else None,
    )
