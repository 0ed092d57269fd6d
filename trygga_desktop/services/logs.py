"""Use cases about the log: who did what in a case, and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action, ActionKind, Entry, actions_of
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

PAGE = 200
"""So many entries are read at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuestion:
    """Which entries of a case are asked for; None stands for all.

    `before` is the sequence of an entry, and asks for those that came before it.
    """

    case_id: UUID
    actor_id: UUID | None = None
    kind: ActionKind | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One entry. `at` is aware, in UTC; `actor` is a user's name, empty where nobody is known.

    `holds` tells whether the entry fits the one before it and is signed by who it names.
    """

    sequence: int
    at: datetime
    actor_id: UUID
    actor: str
    action: Action
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLog:
    """Entries of a case, the newest first. `has_more` tells that earlier ones were left out.

    `actors` are all users of the vault by their names, whether they did anything or not.
    """

    row: CaseRow
    catalogue: Catalogue
    lines: tuple[LogLine, ...]
    actors: tuple[tuple[UUID, str], ...]
    has_more: bool


@use_case(Permission.WORK_IN_CASE)
def read_log(question: LogQuestion, *, vault: OpenVault) -> Done[CaseLog]:
    """Return what was done in a case, newest first; that it was read is logged before.

    Raise NoAccessError for a case that we cannot open.
    """
    with vault.work() as work:
        opened = work.cases.find(question.case_id)
        names = {one.id: one.name for one in work.accounts.all(work.roster)}
        actions = None if question.kind is None else actions_of(question.kind)
        found = work.audit.of_case(
            question.case_id,
            actor_id=question.actor_id,
            actions=actions,
            before=question.before,
            most=PAGE + 1,
        )
        (row,) = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)
        log = CaseLog(
            row=row,
            catalogue=catalogue_of(vault, work),
            lines=tuple(_line(one, work, names) for one in found[:PAGE]),
            actors=tuple(sorted(names.items(), key=lambda one: one[1])),
            has_more=len(found) > PAGE,
        )
        work.commit(Action.LOG_READ, question.case_id)
    return Done(log)


def _line(entry: Entry, work: UnitOfWork, names: dict[UUID, str]) -> LogLine:
    return LogLine(
        sequence=entry.sequence,
        at=entry.at,
        actor_id=entry.actor_id,
        actor=names.get(entry.actor_id, ""),
        action=entry.action,
        holds=work.audit.holds(entry, work.trust),
    )
