"""What is due or to be asked about over all cases: by day, agency and who is responsible."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from itertools import islice
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import Raised
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.escalation import ToRaise
from trygga_desktop.domain.follow_up import SOON, Stop, Why
from trygga_desktop.domain.people import Person, aliases_of
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import ShownItem, show_case_rows
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Done
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.escalation import Raisable, find_raisable
from trygga_desktop.services.plan_listeners import Organisation
from trygga_desktop.services.plan_teller import Progress, ShownPlanLine, Teller
from trygga_desktop.services.standing import stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.due import DueDay, Promised, promised_of
from trygga_desktop.storage.work import UnitOfWork

MOST_ROWS = 30
"""So many commitments are shown at once; more are asked for behind the last of them."""


class Span(StrEnum):
    """Which days are asked about, or what is to be raised by the rule of its programme."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    LATER = "later"
    TO_RAISE = "to_raise"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpQuestion:
    """Which commitments: of one organisation, of somebody by a part of the name, or of all.

    `is_family` asks for what the young person and the family promised, `is_own` for the cases that
    whoever asks is responsible for. `after` is that behind which to go on.
    """

    span: Span = Span.OVERDUE
    organisation_id: UUID | None = None
    is_family: bool = False
    is_own: bool = False
    responsible: str = ""
    after: Stop | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """A day of a commitment with its case, for the operator alone.

    `why` tells whether it is the last day or that on which one asks how it goes. `to_raise` is why
    it is to be raised, and `raised` how it was raised last.
    """

    on: date
    why: Why
    row: CaseRow
    item: ShownItem
    responsible: str
    organisation: str
    kind: str
    progress: Progress
    has_left: bool
    to_raise: ToRaise | None = None
    raised: Raised | None = None

    @property
    def id(self) -> UUID:
        """Return the id of the commitment."""
        return self.item.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpList:
    """What was asked for, in order of days, and how many days there are in each span.

    `more` is what to ask behind for the next of them, None where there are no more. What we may
    not see ourselves is counted in `unseen`, and what did not verify in `left_out`.
    """

    rows: tuple[FollowUpRow, ...]
    counts: Mapping[Span, int]
    organisations: tuple[Organisation, ...]
    more: Stop | None
    catalogue: Catalogue
    today: date
    unseen: int = 0
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_follow_up(question: FollowUpQuestion, *, vault: OpenVault) -> Done[FollowUpList]:
    """Return open commitments over all cases; each case shown is in the audit log first.

    A case that cannot be read has none; the list of cases tells of it.
    """
    with vault.work() as work:
        spans = _days(work.today)
        counts = work.due.counts(list(spans.values()))
        raisable = find_raisable(work, vault)
        own = own_cases(work, vault) if question.is_own else None
        asked = (
            (_raised_day(one) for one in raisable if _is_behind(one, question.after))
            if question.span is Span.TO_RAISE
            else work.due.days(
                *spans[question.span],
                after=question.after,
                within=own,
                asked=asks_for(question),
            )
        )
        why = {one.commitment.id: one.told for one in raisable}
        days = iter(asked)
        rows, unseen, more = _page(work, vault, question, days, own, why)
        while more is not None and not rows:
            # That there would be something behind an alias is told neither by a page without rows.
            rows, unseen, more = _page(work, vault, question, days, own, why)
        found = FollowUpList(
            rows=rows,
            counts={**dict(zip(spans, counts, strict=True)), Span.TO_RAISE: len(raisable)},
            organisations=_organisations(work, vault),
            more=more,
            catalogue=catalogue_of(vault, work),
            today=work.today,
            unseen=unseen,
            left_out=len(work.left_out),
        )
        work.commit_of_cases(Action.FOLLOW_UP_READ, {one.row.id for one in rows})
    return Done(found)


def _days(today: date) -> dict[Span, tuple[date, date]]:
    day = timedelta(days=1)
    return {
        Span.OVERDUE: (date.min, today - day),
        Span.TODAY: (today, today),
        Span.COMING: (today + day, today + SOON),
        Span.LATER: (today + SOON + day, date.max),
    }


def own_cases(work: UnitOfWork, vault: OpenVault) -> frozenset[UUID]:
    """Return the cases that whoever has the vault open is responsible for."""
    me = vault.keyring.principal
    return frozenset(one.case.id for one in work.cases.all() if one.case.responsible == me)


def _raised_day(one: Raisable) -> DueDay:
    return DueDay(
        case_id=one.case_id, commitment=one.commitment, on=one.commitment.due, why=Why.DUE
    )


def _is_behind(one: Raisable, after: Stop | None) -> bool:
    return after is None or _raised_day(one).stop > after


def _page(  # noqa: PLR0913, PLR0917  what is asked for, and what is told of it
    work: UnitOfWork,
    vault: OpenVault,
    question: FollowUpQuestion,
    days: Iterator[DueDay],
    own: frozenset[UUID] | None,
    why: Mapping[UUID, ToRaise],
) -> tuple[tuple[FollowUpRow, ...], int, Stop | None]:
    """Return the next rows, how many may not be seen, and what to ask behind for more."""
    asked = (
        one
        for one in days
        if (own is None or one.case_id in own) and is_asked(promised_of(one.commitment), question)
    )
    found = list(islice(asked, MOST_ROWS))
    following = next(asked, None) if len(found) == MOST_ROWS else None
    rows, unseen = _rows(work, vault, found, why, question)
    # How many of a name are closed tells that there are such.
    return (
        rows,
        0 if question.responsible.strip() else unseen,
        None if following is None else found[-1].stop,
    )


def asks_for(question: FollowUpQuestion) -> Callable[[Promised], bool] | None:
    """Return what tells by what is stored whether the question is about who promised something.

    None is a question about everyone. Before anything of it is told, `may_be_found` is asked about
    the name that it is told by.
    """
    if question.is_family or question.organisation_id is not None or question.responsible.strip():
        return partial(is_asked, question=question)
    return None


def is_asked(promised: Promised, question: FollowUpQuestion) -> bool:
    """Tell whether the question is about who promised something, by what is stored of it."""
    if question.is_family and promised.organisation_id is not None:
        return False
    if question.organisation_id not in {None, promised.organisation_id}:
        return False
    return is_named(promised.responsible, question)


def is_named(responsible: str, question: FollowUpQuestion) -> bool:
    """Tell whether somebody is called as the question says."""
    return question.responsible.casefold().strip() in responsible.casefold()


def may_be_found(
    responsible: str, people: Mapping[UUID, Person], question: FollowUpQuestion
) -> bool:
    """Tell whether somebody of a case may be found by the name that was typed.

    Whose an alias is is not to be found out by typing names; whoever has another name by now is
    found by the one before.
    """
    is_told = bool(responsible) and responsible not in aliases_of(people).values()
    return is_told or is_named(responsible, question)


def _rows(
    work: UnitOfWork,
    vault: OpenVault,
    wanted: list[DueDay],
    why: Mapping[UUID, ToRaise],
    question: FollowUpQuestion,
) -> tuple[tuple[FollowUpRow, ...], int]:
    """Return the days as the door lets their commitments through, in the order they came in."""
    told: dict[UUID, tuple[CaseRow, ShownPlanLine, Progress]] = {}
    unseen = 0
    cases = list(dict.fromkeys(one.case_id for one in wanted))
    work.read_ahead(cases)
    work.items.read_ahead(cases)
    opened = {one.case.id: one for one in work.cases.some(cases)}
    for case_id in cases:
        ids = {one.commitment.id for one in wanted if one.case_id == case_id}
        try:
            standing = stand(work, vault, opened.get(case_id) or work.cases.find(case_id))
        except TamperedError:
            work.left_out.add(case_id)
            continue
        (row,) = show_case_rows(
            [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
        )
        teller = Teller(work, vault, standing)
        lines = teller.promised(ids)
        unseen += len(ids) - len(lines)
        lines = tuple(
            one for one in lines if may_be_found(one.responsible, standing.people, question)
        )
        told |= {one.id: (row, one, one.progress) for one in lines if one.progress is not None}
    return (
        tuple(
            _row(one, *told[one.commitment.id], why.get(one.commitment.id))
            for one in wanted
            if one.commitment.id in told
        ),
        unseen,
    )


def _row(
    day: DueDay, row: CaseRow, line: ShownPlanLine, progress: Progress, to_raise: ToRaise | None
) -> FollowUpRow:
    raised = day.commitment.raised
    return FollowUpRow(
        on=day.on,
        why=day.why,
        row=row,
        item=line.item,
        responsible=line.responsible,
        organisation=line.organisation,
        kind=line.kind_of_organisation,
        progress=progress,
        has_left=line.has_left,
        to_raise=to_raise if day.why is Why.DUE else None,
        raised=raised[-1] if raised and day.why is Why.DUE else None,
    )


def _organisations(work: UnitOfWork, vault: OpenVault) -> tuple[Organisation, ...]:
    found = [
        Organisation(id=one.id, name=one.name_on(work.today), kind=one.kind)
        for one in directory_of(vault, work).organisations
    ]
    return tuple(sorted(found, key=lambda one: one.name))
