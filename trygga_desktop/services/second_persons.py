"""Who else something is about, said afterwards by whoever wrote it down beside a shared screen."""

from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    SealedMeetingError,
    TamperedError,
)
from trygga_desktop.domain.items import Item, Part
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSecondPersons:
    """Whom an item is about, of which it was only noted that it is about somebody else too.

    `people` are all whom it is about beside whoever was named when it was written. The young person
    alone means that it is about nobody else.
    """

    case_id: UUID
    item_id: UUID
    people: frozenset[UUID]


@use_case(Permission.WORK_IN_CASE)
def name_second_persons(command: NameSecondPersons, *, vault: OpenVault) -> Done[None]:
    """Store whom an item is also about. What it was about already, it stays about.

    Raise NoAccessError for an item that is not there or not ours to open. Raise InvalidInputError
    where nobody is named, or somebody who is not of the case, and for an item of which nothing is
    open, SealedMeetingError for what was noted at a sealed meeting, and TamperedError where
    somebody of the case cannot be read: they would be taken for who was never named.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if work.left_out:
            raise TamperedError
        if not command.people:
            raise InvalidInputError(field="about", flaw="missing")
        if not command.people <= standing.people.keys():
            raise InvalidInputError(field="about", flaw="unknown")
        items = {one.id: one for one in work.items.of_case(command.case_id)}
        item = items.get(command.item_id)
        if item is None or item.part is not Part.CASE:
            raise NoAccessError
        sealed = work.protocols.sealed_meetings(command.case_id)
        if item.noted is not None and item.noted.meeting_id in sealed:
            raise SealedMeetingError
        unnamed = unnamed_in(item, standing)
        if not unnamed:
            raise InvalidInputError(field="item", flaw="order")
        compartment = work.compartments.of_file(command.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        named = replace(item, about=(item.about - unnamed) | command.people)
        work.items.replace(named, compartment, key)
        work.commit(Action.SECOND_PERSONS_NAMED, item.id)
    return Done(None, Changes(items=True, meetings=True))


def unnamed_in(item: Item, standing: Standing) -> frozenset[UUID]:
    """Return who an item is about and is nobody of the case: somebody is yet to say who it is."""
    return item.about - standing.people.keys()
