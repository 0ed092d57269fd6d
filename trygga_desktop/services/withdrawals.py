"""What a withdrawal means in a case: what has stopped, who has received what, and the letters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.directory import Directory, Organisation
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.matrix import read_cover
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.domain.withdrawal import (
    Consequence,
    Stop,
    find_consequence,
    find_stops,
    find_uncovered,
)
from trygga_desktop.i18n import load_language
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.changes import Done
from trygga_desktop.services.letters import Letter, letters_of
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.reach import reach_of
from trygga_desktop.services.receipts import Receipt, find_receipts
from trygga_desktop.services.rooms import ShownEntry, show_entries_alone
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_AHEAD = frozenset({MeetingState.PLANNED, MeetingState.RUNNING})


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredSeat:
    """Somebody invited who speaks for an organisation that may be told nothing, and why."""

    name: str
    organisation: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredMeeting:
    """A meeting that is planned or running, with those whom the consents do not cover."""

    id: UUID
    number: int
    starts_at: datetime
    state: MeetingState
    seats: tuple[UncoveredSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What was taken back in a case and what that means, for the operator alone.

    Without `stops` nothing is taken back today. `still_given` are required signers of whose yes
    something is left. `commitments` are open ones that rest, or of organisations that the consents
    do not cover.
    While `chain` is broken nobody can tell what a room could see, and `receipts` tell less than
    was; then, and while `confirmation` is missing, there are no letters. `left_out` counts what of
    the case did not verify.
    """

    row: CaseRow
    today: date
    step: PhaseStep
    consequence: Consequence
    stops: tuple[Stop, ...]
    still_given: frozenset[UUID]
    meetings: tuple[UncoveredMeeting, ...]
    commitments: tuple[ShownEntry, ...]
    receipts: tuple[Receipt, ...]
    letters: tuple[Letter, ...]
    people: tuple[ShownParty, ...]
    organisations: tuple[Organisation, ...]
    directory: Directory
    catalogue: Catalogue
    chain: ChainStanding
    confirmation: Confirmation
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_withdrawal(case_id: UUID, *, vault: OpenVault, language: str = "sv") -> Done[Withdrawal]:
    """Return what was taken back in a case and what that means; logged before anyone sees it.

    The letters are worded in `language`. Raise NoAccessError if the case was not granted to us,
    TamperedError if it was changed.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
        found = _withdrawal(work, vault, standing, row, language)
        work.commit(Action.WITHDRAWAL_READ, case_id)
    return Done(found)


def _withdrawal(
    work: UnitOfWork, vault: OpenVault, standing: Standing, row: CaseRow, language: str
) -> Withdrawal:
    given = standing.given
    stops = find_stops(standing.chain.events, given)
    uncovered = find_uncovered((one.id for one in standing.directory.organisations), given)
    known = {given.controller_id, *given.organisations}
    receipts = find_receipts(work, vault, standing)
    reach = reach_of(work, vault, standing, stops, receipts)
    return Withdrawal(
        row=row,
        today=standing.on,
        step=standing.step,
        consequence=find_consequence(standing.step, rules=standing.catalogue.phases),
        stops=stops,
        still_given=read_cover(given).signed - {one.signer for one in stops if one.is_whole},
        meetings=tuple(_uncovered_meetings(work, standing, uncovered)),
        commitments=_uncovered_commitments(work, vault, standing, uncovered),
        receipts=receipts,
        letters=letters_of(work, vault, standing, reach, load_language(language)),
        people=people_of(vault, standing),
        organisations=tuple(one for one in standing.directory.organisations if one.id in known),
        directory=standing.directory,
        catalogue=standing.catalogue,
        chain=given.chain,
        confirmation=given.confirmation,
        left_out=len(work.left_out),
    )


def _uncovered_meetings(
    work: UnitOfWork, standing: Standing, uncovered: Mapping[UUID, Reason]
) -> Iterable[UncoveredMeeting]:
    meetings = [one for one, _ in work.meetings.of_case(standing.opened.case.id)]
    for meeting in sorted(meetings, key=lambda one: (one.starts_at, one.number)):
        seats = _uncovered_seats(meeting, standing, uncovered)
        if meeting.state in _AHEAD and seats:
            yield UncoveredMeeting(
                id=meeting.id,
                number=meeting.number,
                starts_at=meeting.starts_at,
                state=meeting.state,
                seats=seats,
            )


def _uncovered_seats(
    meeting: Meeting, standing: Standing, uncovered: Mapping[UUID, Reason]
) -> tuple[UncoveredSeat, ...]:
    return tuple(
        UncoveredSeat(
            name=one.name,
            organisation="".join(standing.names_of({one.organisation_id})),
            reason=uncovered[one.organisation_id],
        )
        for one in meeting.participants
        if one.organisation_id is not None and one.organisation_id in uncovered
    )


def _uncovered_commitments(
    work: UnitOfWork, vault: OpenVault, standing: Standing, uncovered: Mapping[UUID, Reason]
) -> tuple[ShownEntry, ...]:
    case_id = standing.opened.case.id
    known = work.items.of_case(case_id)
    commitments = {
        one.id: one
        for one in standing.resting.as_they_stand(
            (one for one, _ in work.commitments.of_case(case_id)),
            {one.id: one.known_on for one in known},
            standing.on,
        )
        if one.state.is_open and (one.organisation_id in uncovered or one.is_resting)
    }
    items = [one for one in known if one.part is Part.CASE and one.id in commitments]
    shown = show_entries_alone(vault, standing, items, commitments)
    return tuple(sorted(shown, key=lambda one: commitments[one.item.id].due))
