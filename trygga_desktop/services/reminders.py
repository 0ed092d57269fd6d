"""What will end or is missing in the consents of all cases that one works with, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reminders import OVER, Reminder, ReminderKind
from trygga_desktop.services.audience import show_case_rows, text_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


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
        due = work.due.earliest(work.today)
        for opened in work.cases.all():
            try:
                standing = stand(work, vault, opened)
            except TamperedError:
                continue
            reminders = [*standing.reminders, *_promised(standing, due.get(opened.case.id))]
            if not reminders:
                continue
            (row,) = show_case_rows(
                [opened], vault=vault, on=work.today, restored_at=work.restored_at
            )
            found += [
                CaseReminder(row=row, reminder=one, names=_names(vault, standing, one.people))
                for one in reminders
            ]
        work.commit_shown(Action.REMINDERS_READ, {one.row.id for one in found})
    return Done(tuple(sorted(found, key=lambda one: (one.reminder.on, one.row.case_number))))


def _promised(standing: Standing, due: date | None) -> Iterable[Reminder]:
    """Yield that something was promised until today or earlier, in a case that is not over."""
    if due is None or standing.step.phase in OVER:
        return
    is_late = due < standing.on
    kind = ReminderKind.COMMITMENT_LATE if is_late else ReminderKind.COMMITMENT_DUE
    yield Reminder(kind=kind, on=due)


def _names(vault: OpenVault, standing: Standing, people: frozenset[UUID]) -> tuple[str, ...]:
    shown = [name_of(vault, standing, one) for one in standing.people if one in people]
    return tuple(sorted(text_of(one) for one in shown if one is not None))
