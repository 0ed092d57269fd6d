"""May this be told? Every item of a case, decided for everyone who could be told it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent_events import ConsentEvent
from trygga_desktop.domain.directory import Directory, Organisation
from trygga_desktop.domain.items import Item, Part
from trygga_desktop.domain.matrix import read_cover
from trygga_desktop.domain.meeting import Meeting, MeetingState, Participant
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.sharing import Decision, Recipient, meet
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import (
    ShownItem,
    controller_of,
    recipients_at,
    show_alone,
    show_case_rows,
    show_to,
    title_of,
)
from trygga_desktop.services.changes import Done
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Somebody, or an organisation as a whole, that may be told, by the name the operator knows.

    `recipient` tells which of the two, and in what capacity.
    """

    id: UUID
    name: str
    recipient: Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Those who can be asked about together, on one day: of the case, or of one meeting.

    `meeting` and `starts_at`, aware and in UTC, are None for everyone of the case; `number` is the
    meeting's. Where `binds_later`, nobody has had to confirm the duty of confidentiality yet: what
    is decided counts on it. `signers` must consent on that day; `missing` are organisations
    concerned that the consents of those who signed leave out; `newcomers` tells since when somebody
    must sign, `in_phase_since` when the case came into its phase.
    """

    meeting: UUID | None
    number: int
    starts_at: datetime | None
    on: date
    listeners: tuple[Listener, ...]
    binds_later: bool
    signers: frozenset[UUID]
    missing: frozenset[UUID]
    newcomers: tuple[tuple[UUID, date], ...]
    in_phase_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """Something of the case, and what is decided of it for each listener of each hearing.

    Of what lies in the guarded `part` the words stand on no list.
    """

    item: ShownItem
    part: Part
    decisions: tuple[tuple[Decision, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuestions:
    """What may be told to whom in a case, for the operator alone.

    The first of the `hearings` is that of the case, as of the day that was asked for or today,
    whichever is later: the date of sharing never runs backwards. Those of meetings are as of the
    day of the meeting. `left_out` counts what of the case did not verify.
    """

    row: CaseRow
    today: date
    subject_id: UUID
    controller_id: UUID
    programme: Programme | None
    organisations: tuple[Organisation, ...]
    people: tuple[ShownParty, ...]
    history: tuple[ConsentEvent, ...]
    hearings: tuple[Hearing, ...]
    items: tuple[AskedItem, ...]
    directory: Directory
    catalogue: Catalogue
    left_out: int = 0


def answer_together(
    asked: AskedItem, hearing: int, of: CaseQuestions, *, chosen: Collection[UUID]
) -> Decision:
    """Return what is decided of an item for a room with these listeners of one hearing."""
    listeners = of.hearings[hearing].listeners
    decided = zip(listeners, asked.decisions[hearing], strict=True)
    return meet([(one.recipient, decision) for one, decision in decided if one.id in chosen])


@use_case(Permission.WORK_IN_CASE)
def read_questions(
    case_id: UUID, on: date | None = None, *, vault: OpenVault
) -> Done[CaseQuestions]:
    """Return what may be told to whom in a case, on a day that is not over yet.

    The reading is in the audit log before anyone sees a word. Raise NoAccessError if the case was
    not granted to us, TamperedError if it was changed.
    """
    with vault.work() as work:
        day = work.today if on is None else max(on, work.today)
        standing = stand(work, vault, work.cases.find(case_id), on=day)
        row = show_case_rows(
            [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
        )[0]
        found = _questions(work, vault, standing, row)
        work.commit(Action.CASE_READ, case_id)
    return Done(found)


def _questions(
    work: UnitOfWork, vault: OpenVault, standing: Standing, row: CaseRow
) -> CaseQuestions:
    meetings = sorted(
        (one for one, _ in work.meetings.of_case(row.id) if not one.is_over),
        key=lambda one: one.starts_at,
    )
    of_meetings = [_at_meeting(work, vault, standing, one) for one in meetings]
    hearings = [(_of_case(work, vault, standing), standing), *of_meetings]
    items = [*work.items.of_case(row.id), *_titles(standing, meetings)]
    shown = show_alone(reversed(items), vault=vault, given=standing.given).items
    known = {one.id: one for one in items}
    controller = controller_of(vault)
    return CaseQuestions(
        row=row,
        today=work.today,
        subject_id=standing.opened.subject_id,
        controller_id=controller,
        programme=standing.programme,
        organisations=_organisations(standing),
        people=people_of(vault, standing),
        history=standing.chain.events,
        hearings=tuple(hearing for hearing, _ in hearings),
        items=tuple(
            AskedItem(
                item=one,
                part=known[one.id].part,
                decisions=tuple(_decided(known[one.id], *each) for each in hearings),
            )
            for one in shown
        ),
        directory=standing.directory,
        catalogue=standing.catalogue,
        left_out=len(work.left_out),
    )


def _decided(item: Item, hearing: Hearing, standing: Standing) -> tuple[Decision, ...]:
    """Return what is decided for each; those who are alike in all that decides are asked once."""
    decided: dict[Recipient, Decision] = {}
    alike = [replace(one.recipient, id=_NOBODY) for one in hearing.listeners]
    for one in alike:
        if one not in decided:
            told = show_to(item, one, given=standing.given)
            allowed = [each.decision for each in told.items]
            (decided[one],) = allowed or [each.decision for each in told.hidden]
    return tuple(decided[one] for one in alike)


def _of_case(work: UnitOfWork, vault: OpenVault, standing: Standing) -> Hearing:
    """Return the family and the organisations of a case, as bound as they would be at a meeting."""
    family = [
        Participant(id=one.party.id, name=one.name, functions=frozenset(), person_id=one.party.id)
        for one in people_of(vault, standing)
        if one.party.contact_id is None and one.party.holds_on(standing.on)
    ]
    organisations = [
        Participant(
            id=one.id,
            name=one.name_on(standing.on),
            functions=frozenset(),
            organisation_id=one.id,
            confirmed_at=work.at,
        )
        for one in _organisations(standing)
    ]
    return _hearing(standing, [*family, *organisations], binds_later=True)


def _at_meeting(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> tuple[Hearing, Standing]:
    """Return who is at a meeting, or is to be, and how the case stands on its day."""
    day = max(work.today, meeting.begins.astimezone(STOCKHOLM).date())
    then = standing if day == standing.on else stand(work, vault, standing.opened, on=day)
    is_planned = meeting.state is MeetingState.PLANNED
    people = [
        # It opens with everyone confirming: whether they will is asked there, and told beside.
        replace(one, confirmed_at=one.confirmed_at or work.at) if is_planned else one
        for one in (meeting.participants if is_planned else meeting.room)
    ]
    return _hearing(then, people, binds_later=is_planned, meeting=meeting), then


def _hearing(
    standing: Standing,
    people: Iterable[Participant],
    *,
    binds_later: bool,
    meeting: Meeting | None = None,
) -> Hearing:
    people = tuple(people)
    recipients = recipients_at(people, family=standing.family_names)
    given = standing.given
    return Hearing(
        meeting=None if meeting is None else meeting.id,
        number=0 if meeting is None else meeting.number,
        starts_at=None if meeting is None else meeting.begins,
        on=standing.on,
        listeners=tuple(
            Listener(id=one.id, name=one.name, recipient=recipient)
            for one, recipient in zip(people, recipients, strict=True)
        ),
        binds_later=binds_later,
        signers=standing.required.signs,
        missing=standing.state.concerned - read_cover(given).organisations,
        newcomers=tuple((one, new.since) for one, new in given.newcomers.items()),
        in_phase_since=standing.step.on,
    )


def _organisations(standing: Standing) -> tuple[Organisation, ...]:
    """Return those of the case, the board first, then in the order of their kinds."""
    controller = standing.given.controller_id
    known = {controller, *standing.given.organisations}
    places = {agency.code: agency.order for agency in standing.catalogue.agencies}
    last = len(places)
    return tuple(
        sorted(
            (one for one in standing.directory.organisations if one.id in known),
            key=lambda one: (one.id != controller, places.get(one.kind, last), one.name),
        )
    )


def _titles(standing: Standing, meetings: Iterable[Meeting]) -> list[Item]:
    """Return the titles that somebody wrote on an agenda: they are items as well."""
    controller = standing.given.controller_id
    return [
        title_of(standing.opened, one, controller=controller)
        for meeting in meetings
        for one in meeting.agenda
        if not one.code
    ]
