"""What will end or is missing in the consents of all cases that one works with."""

from dataclasses import dataclass
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reminders import Reminder
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
        for opened in work.cases.all():
            try:
                standing = stand(work, vault, opened)
            except TamperedError:
                continue
            if not standing.reminders:
                continue
            (row,) = show_case_rows(
                [opened], vault=vault, on=work.today, restored_at=work.restored_at
            )
            found += [
                CaseReminder(row=row, reminder=one, names=_names(vault, standing, one.people))
                for one in standing.reminders
            ]
        work.commit(Action.REMINDERS_READ, vault.keyring.principal)
    return Done(tuple(sorted(found, key=lambda one: (one.reminder.on, one.row.case_number))))


def _names(vault: OpenVault, standing: Standing, people: frozenset[UUID]) -> tuple[str, ...]:
    shown = [name_of(vault, standing, one) for one in standing.people if one in people]
    return tuple(sorted(text_of(one) for one in shown if one is not None))
