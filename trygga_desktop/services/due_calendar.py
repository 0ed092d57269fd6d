"""A use case for reminders in somebody's own calendar: when something is due, and nothing of it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID, uuid4, uuid5

from trygga_desktop.documents import calendar
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.follow_up import Why
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.i18n import Language, load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.follow_up import FollowUpQuestion, asks_for, may_be_found, own_cases
from trygga_desktop.services.plan_teller import Teller
from trygga_desktop.services.resting import RestingOf, resting_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.due import DueDay
from trygga_desktop.storage.work import UnitOfWork

MOST_ENTRIES = 500
"""So many entries one file holds: those that are due first."""

_ASKED_ABOUT = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeDueCalendar:
    """What is due from today on, of whom the question is about, in which language."""

    question: FollowUpQuestion
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCalendar:
    """An iCalendar file, how many entries it has, and whether there are more than it holds."""

    content: bytes
    file_name: str
    count: int
    is_cut: bool


@use_case(Permission.WORK_IN_CASE)
def compose_due_calendar(command: ComposeDueCalendar, *, vault: OpenVault) -> Done[DueCalendar]:
    """Return the last days, and those on which one asks how it goes, as entries for a calendar.

    They say of no case, no person and no task.

    Calendars are shared: like that of a summons it has no case number. What rests for want of a
    consent is not due. Each case of which there is an entry is in the audit log first. Raise
    InvalidInputError where nothing is due.
    """
    language = load_language(command.language)
    question = command.question
    with vault.work() as work:
        own = own_cases(work, vault) if question.is_own else None
        found: list[calendar.DueEntry] = []
        cases: set[UUID] = set()
        is_cut = False
        days = work.due.days(work.today, date.max, within=own, asked=asks_for(question))
        for day in _named(work, vault, _awake(work, vault, days), question):
            if len(found) == MOST_ENTRIES:
                is_cut = True
                break
            found.append(_entry(day, language))
            cases.add(day.case_id)
        if not found:
            raise InvalidInputError(field="commitment", flaw="missing")
        made_at = work.at
        work.commit_of_cases(Action.PAPER_COMPOSED, cases)
    return Done(
        DueCalendar(
            content=calendar.write_due(found, made_at=made_at, file_id=uuid4()),
            file_name=language.gettext("commitments-due.ics"),
            count=len(found),
            is_cut=is_cut,
        )
    )


def _named(
    work: UnitOfWork, vault: OpenVault, days: Iterator[DueDay], question: FollowUpQuestion
) -> Iterator[DueDay]:
    """Yield the days of those who are called so where they are told of, not only in what is kept.

    An organisation's people are told by their names, which were asked about before.
    """
    known: dict[UUID, tuple[Teller, Standing]] = {}
    for day in days:
        case_id, one = day.case_id, day.commitment
        if question.responsible and one.organisation_id is None:
            if case_id not in known:
                standing = stand(work, vault, work.cases.find(case_id))
                known[case_id] = Teller(work, vault, standing), standing
            teller, standing = known[case_id]
            if not may_be_found(teller.responsible_of(one), standing.people, question):
                continue
        yield day


def _entry(day: DueDay, language: Language) -> calendar.DueEntry:
    _ = language.gettext
    one = day.commitment
    if day.why is Why.DUE:
        summary = _("Trygga: commitment due")
        return calendar.DueEntry(id=one.id, on=day.on, hour=one.hour, summary=summary)
    # Made from a random id it is as random, and the same in every file.
    summary = _("Trygga: ask how it goes")
    return calendar.DueEntry(id=uuid5(one.id, _ASKED_ABOUT), on=day.on, summary=summary)


def _awake(work: UnitOfWork, vault: OpenVault, days: Iterator[DueDay]) -> Iterator[DueDay]:
    """Yield the days of what does not rest today; of a case that cannot be read nothing is due.

    The cases are read as many at once as there are entries in a file.
    """
    known: dict[UUID, RestingOf] = {}
    while some := list(islice(days, MOST_ENTRIES + 1)):
        for opened in work.cases.some({one.case_id for one in some} - known.keys()):
            with suppress(TamperedError):
                known[opened.case.id] = resting_of(work, vault, opened)
        for day in some:
            resting = known.get(day.case_id)
            if resting is not None and not resting.rests(day.commitment, work.today):
                yield day
