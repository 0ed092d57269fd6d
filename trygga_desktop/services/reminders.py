"""What will end or is missing in the consents of all cases that one works with, and what is due."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow, Phase
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.follow_up import Why
from trygga_desktop.domain.lane import lane_clock
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reminders import OVER, Reminder, ReminderKind, remind_of_lane
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import show_case_rows, text_of
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.escalation import Raisable, find_raisable
from trygga_desktop.services.later_looks import later_reminders
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.resting import resting_of
from trygga_desktop.services.standing import Standing, find_programme, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork

# Of so many cases what tells how they stand is read at once.
_AT_ONCE = 500


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
    found: list[tuple[OpenedCase, Reminder, tuple[str, ...]]] = []
    with vault.work() as work:
        today = work.today
        waiting = work.due.waiting(today)
        raisable: dict[UUID, list[Raisable]] = defaultdict(list)
        for found_one in find_raisable(work, vault):
            raisable[found_one.case_id].append(found_one)
        for opened, standing in _standing(work, vault):
            case_id = opened.case.id
            reminders = [
                *_lane(work, vault, opened),
                *(() if standing is None else standing.reminders),
                *_to_raise(raisable.get(case_id, [])),
                *_waiting(_awake(work, vault, opened, standing, waiting.get(case_id, {})), today),
                *(() if standing is None else later_reminders(standing)),
            ]
            found += [(opened, one, _names(vault, standing, one.people)) for one in reminders]
        cases = {opened.case.id: opened for opened, _, _ in found}
        shown = show_case_rows(
            list(cases.values()), vault=vault, on=today, restored_at=work.restored_at
        )
        rows = dict(zip(cases, shown, strict=True))
        work.commit_of_cases(Action.REMINDERS_READ, cases.keys())
    told = [
        CaseReminder(row=rows[opened.case.id], reminder=one, names=names)
        for opened, one, names in found
    ]
    return Done(tuple(sorted(told, key=_order)))


def _order(one: CaseReminder) -> tuple[bool, date, str]:
    """Order by days, but what goes by hours stands first."""
    is_slow = one.reminder.kind not in {ReminderKind.LANE_OVER, ReminderKind.LANE_RUNS}
    return is_slow, one.reminder.on, one.row.case_number


def _standing(work: UnitOfWork, vault: OpenVault) -> Iterable[tuple[OpenedCase, Standing | None]]:
    """Yield the cases that remind of anything, and how each stands, where that has a say.

    Without any event in the chain of its consents nobody was asked, and nothing of it can end.
    """
    asked, today = work.consents.cases(), work.today
    cases = [(one, one.case.phase_on(today).phase) for one in work.cases.all()]
    going_on = [(one, phase) for one, phase in cases if phase not in OVER]
    whole = [
        one.case.id
        for one, phase in going_on
        if one.case.consent_count or one.case.id in asked or phase is Phase.LONG_TERM_FOLLOW_UP
    ]
    ahead = {
        one: whole[start : start + _AT_ONCE]
        for start in range(0, len(whole), _AT_ONCE)
        for one in whole[start : start + 1]
    }
    known = frozenset(whole)
    for opened, _ in going_on:
        case_id = opened.case.id
        if case_id in ahead:
            work.read_ahead(ahead[case_id])
        if case_id not in known:
            yield opened, None
            continue
        try:
            yield opened, stand(work, vault, opened)
        except TamperedError:
            continue


def _lane(work: UnitOfWork, vault: OpenVault, opened: OpenedCase) -> Iterable[Reminder]:
    """Yield how long there is to meet the young person, in a case that goes by hours."""
    step = opened.case.stage
    if step is None:
        return
    meetings = [one for one, _ in work.meetings.of_case(opened.case.id)]
    programme = find_programme(catalogue_of(vault, work), opened.case.programme)
    yield from remind_of_lane(lane_clock(programme, step, meetings), work.at, STOCKHOLM)


def _to_raise(found: Sequence[Raisable]) -> Iterable[Reminder]:
    """Yield that something is to be raised with whoever the programme names."""
    if found:
        kind, to = ReminderKind.TO_RAISE, found[0].to.value
        yield Reminder(kind=kind, on=found[0].commitment.due, count=len(found), to=to)


def _waiting(first: Mapping[Why, date], today: date) -> Iterable[Reminder]:
    """Yield what was promised until today or earlier, and what is to be asked about by now."""
    if Why.DUE in first:
        is_late = first[Why.DUE] < today
        kind = ReminderKind.COMMITMENT_LATE if is_late else ReminderKind.COMMITMENT_DUE
        yield Reminder(kind=kind, on=first[Why.DUE])
    if Why.ASK in first:
        yield Reminder(kind=ReminderKind.FOLLOW_UP_DUE, on=first[Why.ASK])


def _awake(
    work: UnitOfWork,
    vault: OpenVault,
    opened: OpenedCase,
    standing: Standing | None,
    first: Mapping[Why, date],
) -> Mapping[Why, date]:
    """Return the first day of each kind of what does not rest, today at the latest.

    Only where somebody signed anything can something rest; there what waits is opened.
    """
    if not first or not opened.case.consent_count:
        return first
    resting = resting_of(work, vault, opened, standing)
    found: dict[Why, date] = {}
    for one in work.due.waiting_in(opened.case.id, work.today):
        if not resting.rests(one.commitment, work.today):
            found[one.why] = min(one.on, found.get(one.why, one.on))
    return found


def _names(vault: OpenVault, standing: Standing | None, people: frozenset[UUID]) -> tuple[str, ...]:
    if standing is None:
        return ()
    shown = [name_of(vault, standing, one) for one in standing.people if one in people]
    return tuple(sorted(text_of(one) for one in shown if one is not None))
