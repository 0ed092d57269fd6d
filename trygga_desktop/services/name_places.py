"""Where a case says somebody's name beside their own record, and the alias in its place."""

from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import SealedMeetingError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import called_anew
from trygga_desktop.domain.name_finding import NameFinder
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.services.standing import Standing
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlaces:
    """In how many places of a case a protected name still stands, where the alias cannot come.

    `texts` are words of somebody's with one of the names in them, which others may be called too;
    `sealed` are meetings whose protocol is sealed, `tied` versions of plans, agreements, consents
    and what was promised at sealed meetings, which never change.
    """

    texts: int = 0
    sealed: int = 0
    tied: int = 0


def put_name(
    work: UnitOfWork, opened: OpenedCase, person_id: UUID, before: Person, now: Person
) -> None:
    """Call a person as they are called now wherever the case repeats it; nothing is committed.

    Meetings to come call them so in any case. Of somebody who is protected no whole name and no
    number stays in what was written, but in what is sealed, or tied to the log as it was. A case
    about somebody with a new identity does not lead to one about the old.
    """
    is_protected = now.protection is not Protection.NONE
    for meeting, version in work.meetings.of_case(opened.case.id):
        if is_protected or not meeting.is_over:
            changed = called_anew(meeting, {person_id: now.shown_name})
            if is_protected:
                changed = NameFinder(before).replaced(changed, now.alias)
            if changed != meeting:
                with suppress(SealedMeetingError):
                    work.meetings.replace(opened.case.id, changed, row_version=version)
    if is_protected:
        finder = NameFinder(before)
        _put_into_commitments(work, opened.case.id, finder, now.alias)
        _put_into_items(work, opened.case.id, finder, now.alias)
        is_new = now.protection is Protection.FICTITIOUS_IDENTITY and person_id == opened.subject_id
        _put_into_case(work, opened, finder, now.alias, leads_on=not is_new)


def find_places(
    work: UnitOfWork, standing: Standing, person_id: UUID, person: Person
) -> NamePlaces:
    """Count where the name of somebody still stands whose identity is protected."""
    case, finder = standing.opened.case, NameFinder(person)
    sealed = work.protocols.sealed_meetings(case.id)
    items = [one for one in work.items.of_case(case.id) if one.part is Part.CASE]
    meetings = [one for one, _ in work.meetings.of_case(case.id)]
    named = {
        one.id
        for one in meetings
        if one.id in sealed
        and (finder.stands_in(one) or any(each.person_id == person_id for each in one.participants))
    }
    said = {one.noted.meeting_id for one in items if one.noted and finder.stands_in(one)}
    open_items = [one for one in items if one.noted is None or one.noted.meeting_id not in sealed]
    texts: list[object] = [one for one in open_items if _may_change(one)]
    texts += [case.intake, *case.steps, *case.stages]
    tied: list[object] = [one for one, _ in work.plans.of_case(case.id)]
    tied += [*case.agreements, *case.looks, *([] if case.review is None else [case.review])]
    tied += [*case.rounds, *(one for one, _ in work.commitments.of_case(case.id))]
    tied += [one for one in open_items if not _may_change(one)]
    tied += standing.chain.events
    return NamePlaces(
        texts=sum(map(finder.stands_in, texts)),
        sealed=len(named | (said & sealed)),
        tied=sum(map(finder.stands_in, tied)),
    )


def _put_into_commitments(work: UnitOfWork, case_id: UUID, finder: NameFinder, alias: str) -> None:
    for commitment, version in work.commitments.of_case(case_id):
        changed = finder.replaced(commitment, alias)
        if changed != commitment:
            with suppress(SealedMeetingError):
                work.commitments.replace(case_id, changed, row_version=version)


def _put_into_items(work: UnitOfWork, case_id: UUID, finder: NameFinder, alias: str) -> None:
    compartment = work.compartments.of_file(case_id)[CompartmentKind.CASE]
    key = work.compartments.key(compartment)
    for item in work.items.of_case(case_id):
        if _may_change(item) and (changed := finder.replaced(item, alias)) != item:
            with suppress(SealedMeetingError):
                work.items.replace(changed, compartment, key)


def _may_change(item: Item) -> bool:
    # The words of a goal that was agreed on are compared with those of the plan.
    return item.part is Part.CASE and item.kind is not ItemKind.PLAN_LINE


def _put_into_case(
    work: UnitOfWork, opened: OpenedCase, finder: NameFinder, alias: str, *, leads_on: bool
) -> None:
    case = opened.case
    changed = replace(
        case,
        intake=finder.replaced(case.intake, alias),
        steps=finder.replaced(case.steps, alias),
        stages=finder.replaced(case.stages, alias),
        earlier_id=case.earlier_id if leads_on else None,
    )
    if changed != case:
        compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        work.cases.replace(replace(opened, case=changed), compartment, key)
