"""What will end or is missing in the consents of all cases that one works with, and what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.follow_up import Why
from trygga_desktop.domain.lane import lane_clock
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reminders import OVER, Reminder, ReminderKind, remind_of_lane
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import show_case_rows, text_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.escalation import Raisable, find_raisable
from trygga_desktop.services.later_looks import later_reminders
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.resting import resting_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReminder:
    """One thing to think of in a case; `names` are those whose signatures it is about."""

    row: CaseRow
    reminder: Reminder
    names: tuple[str, ...]


@use_case(Permission.WORK_IN_CASE)
def read_reminders(*, vault: OpenVault) -> Done[tuple[CaseReminder, ...]]:
    """Return what to think of in every case that we can open, the nearest day first.

    A case that cannot be read reminds of nothing; the list of cases tells of it.
    """
    found = []
    with vault.work() as work:
        waiting = work.due.waiting(work.today)
        raisable: dict[UUID, list[Raisable]] = defaultdict(list)
        for found_one in find_raisable(work, vault):
            raisable[found_one.case_id].append(found_one)
        for opened in work.cases.all():
            try:
                standing = stand(work, vault, opened)
            except TamperedError:
                continue
            reminders = [
                *_lane(work, standing),
                *standing.reminders,
                *_to_raise(standing, raisable.get(opened.case.id, [])),
                *_waiting(standing, _awake(work, vault, standing, waiting)),
                *later_reminders(standing),
            ]
            if not reminders:
                continue
            (row,) = show_case_rows(
                [opened], vault=vault, on=work.today, restored_at=work.restored_at
            )
            found += [
                CaseReminder(row=row, reminder=one, names=_names(vault, standing, one.people))
                for one in reminders
            ]
        work.commit_of_cases(Action.REMINDERS_READ, {one.row.id for one in found})
    return Done(tuple(sorted(found, key=_order)))


def _order(one: CaseReminder) -> tuple[bool, date, str]:
    """Order by days, but what goes by hours stands first."""
    is_slow = one.reminder.kind not in {ReminderKind.LANE_OVER, ReminderKind.LANE_RUNS}
    return is_slow, one.reminder.on, one.row.case_number


def _lane(work: UnitOfWork, standing: Standing) -> Iterable[Reminder]:
    """Yield how long there is to meet the young person, in a case that goes by hours."""
    step = standing.opened.case.stage
    if step is None or standing.step.phase in OVER:
        return
    meetings = [one for one, _ in work.meetings.of_case(standing.opened.case.id)]
    clock = lane_clock(standing.programme, step, meetings)
    yield from remind_of_lane(clock, work.at, STOCKHOLM)


def _to_raise(standing: Standing, found: Sequence[Raisable]) -> Iterable[Reminder]:
    """Yield that something is to be raised with whoever the programme names."""
    if found and standing.step.phase not in OVER:
        kind, to = ReminderKind.TO_RAISE, found[0].to.value
        yield Reminder(kind=kind, on=found[0].commitment.due, count=len(found), to=to)


def _waiting(standing: Standing, first: Mapping[Why, date]) -> Iterable[Reminder]:
    """Yield what was promised until today or earlier, and what is to be asked about by now."""
    if standing.step.phase in OVER:
        return
    if Why.DUE in first:
        is_late = first[Why.DUE] < standing.on
        kind = ReminderKind.COMMITMENT_LATE if is_late else ReminderKind.COMMITMENT_DUE
        yield Reminder(kind=kind, on=first[Why.DUE])
    if Why.ASK in first:
        yield Reminder(kind=ReminderKind.FOLLOW_UP_DUE, on=first[Why.ASK])


def _awake(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    waiting: Mapping[UUID, Mapping[Why, date]],
) -> Mapping[Why, date]:
    """Return the first day of each kind of what does not rest, today at the latest.

    Only where somebody signed anything can something rest; there what waits is opened.
    """
    case = standing.opened.case
    first = waiting.get(case.id, {})
    if not first or not case.consent_count:
        return first
    resting = resting_of(work, vault, standing.opened, standing)
    found: dict[Why, date] = {}
    for one in work.due.waiting_in(case.id, standing.on):
        if not resting.rests(one.commitment, standing.on):
            found[one.why] = min(one.on, found.get(one.why, one.on))
    return found


def _names(vault: OpenVault, standing: Standing, people: frozenset[UUID]) -> tuple[str, ...]:
    shown = [name_of(vault, standing, one) for one in standing.people if one in people]
    return tuple(sorted(text_of(one) for one in shown if one is not None))
