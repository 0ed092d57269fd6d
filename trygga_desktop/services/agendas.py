"""Use cases that change the agenda while a meeting goes on: time, order, what was confirmed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import AgendaItem, AgendaState, Meeting, may_move
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

LONGEST_ITEM = 240
"""The most minutes that an item of an agenda may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveMoreTime:
    """So many minutes more for one item."""

    meeting_id: UUID
    agenda_id: UUID
    minutes: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAgendaItem:
    """An item that comes so many places later, or earlier where `by` is negative."""

    meeting_id: UUID
    agenda_id: UUID
    by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmNoted:
    """Whoever leads confirms of an item what it was to note, by a code of `must_note`, or not."""

    meeting_id: UUID
    agenda_id: UUID
    code: str
    is_confirmed: bool = True


@use_case(Permission.WORK_IN_CASE)
def give_more_time(command: GiveMoreTime, *, vault: OpenVault) -> Done[None]:
    """Store that an item is to take longer; the meeting itself ends no later for it.

    Raise InvalidInputError for an item that is none of the meeting's, for minutes that are none or
    too many, and for a meeting that is over.
    """

    def give(agenda: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        item = agenda[_place(agenda, command.agenda_id)]
        minutes = item.minutes + command.minutes
        if command.minutes <= 0 or minutes > LONGEST_ITEM:
            raise InvalidInputError(field="minutes", flaw="length")
        changed = replace(item, minutes=minutes)
        return tuple(changed if one.id == item.id else one for one in agenda)

    return _change(command.meeting_id, give, vault)


@use_case(Permission.WORK_IN_CASE)
def move_agenda_item(command: MoveAgendaItem, *, vault: OpenVault) -> Done[None]:
    """Store another order of what is still to come. The young person stays the second to be heard.

    Raise InvalidInputError for an item that is none of the meeting's or has begun, for a place that
    does not lie among those still to come, and for a meeting that is over.
    """

    def move(agenda: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        place = _place(agenda, command.agenda_id)
        to = place + command.by
        if not may_move(agenda, place=place, to=to):
            raise InvalidInputError(field="agenda", flaw="order")
        others = [one for one in agenda if one.id != command.agenda_id]
        return (*others[:to], agenda[place], *others[to:])

    return _change(command.meeting_id, move, vault)


@use_case(Permission.WORK_IN_CASE)
def confirm_noted(command: ConfirmNoted, *, vault: OpenVault) -> Done[None]:
    """Store what was confirmed of an item at the review, or that it was not after all.

    Raise InvalidInputError for an item that is none of the meeting's or that it has not come to,
    for a code that the catalogue does not have, and for a meeting that is over.
    """

    def confirm(agenda: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
        item = agenda[_place(agenda, command.agenda_id)]
        if item.state is AgendaState.COMING:
            raise InvalidInputError(field="agenda", flaw=item.state.value)
        code = frozenset({command.code})
        confirmed = item.confirmed | code if command.is_confirmed else item.confirmed - code
        return tuple(
            replace(one, confirmed=confirmed) if one.id == item.id else one for one in agenda
        )

    with vault.work() as work:
        if command.code not in {one.code for one in catalogue_of(vault, work).must_notes}:
            raise InvalidInputError(field="code", flaw="unknown")
        _store(work, command.meeting_id, confirm)
    return Done(None, Changes(meetings=True))


def _place(agenda: tuple[AgendaItem, ...], agenda_id: UUID) -> int:
    for place, one in enumerate(agenda):
        if one.id == agenda_id:
            return place
    raise InvalidInputError(field="agenda", flaw="unknown")


def _change(
    meeting_id: UUID,
    change: Callable[[tuple[AgendaItem, ...]], tuple[AgendaItem, ...]],
    vault: OpenVault,
) -> Done[None]:
    with vault.work() as work:
        _store(work, meeting_id, change)
    return Done(None, Changes(meetings=True))


def _store(
    work: UnitOfWork,
    meeting_id: UUID,
    change: Callable[[tuple[AgendaItem, ...]], tuple[AgendaItem, ...]],
) -> None:
    meeting, version = find_meeting(work, meeting_id)
    _check_not_over(meeting)
    changed = replace(meeting, agenda=change(meeting.agenda))
    work.meetings.replace(meeting.case_id, changed, row_version=version)
    work.commit(Action.MEETING_CHANGED, meeting_id)


def _check_not_over(meeting: Meeting) -> None:
    if meeting.is_over:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)
