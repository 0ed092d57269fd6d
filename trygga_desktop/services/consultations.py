"""Use cases for speaking of a young person without the name: begin, tell something.

What is told there comes to others only once a person has found that nobody can be recognised by it.
The program warns of words that may point somebody out, and never answers that itself.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow, Intake, Phase
from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent_events import GroundUsed
from trygga_desktop.domain.directory import Organisation
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.gate import Gate
from trygga_desktop.domain.ground_use import GroundAnswer, GroundUse, is_complete
from trygga_desktop.domain.grounds import LegalGround, Mode
from trygga_desktop.domain.items import Item, ItemKind, Noted, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.people import Person
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym
from trygga_desktop.domain.recognising import Known, points_out
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.cases import NewPerson, OpenCase, store_case
from trygga_desktop.services.chains import append_events
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.services.entries import EntryKind, check_text, check_told
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.rooms import ShownEntry, show_entries_alone
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

NOBODY_KNOWN = "no_identity"
"""The ground of the catalogue on which something is told without names."""

HOLDS_FOR = timedelta(days=90)
"""For so long what was told without names can be spoken of: then somebody is to try it anew."""

_LONGEST_NAME = 200

_KINDS = {EntryKind.STATEMENT: ItemKind.STATEMENT, EntryKind.DECISION: ItemKind.DECISION}
"""What is told without names. Who promises something, or disagrees, is somebody with a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginConsultation:
    """A case of which nobody has told the name: an alias and an age band stand for it.

    An empty case number asks for a random one. Others are never told it.
    """

    alias: str
    age_band: AgeBand
    programme: str
    case_number: str = ""
    intake: Intake | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TellWithoutNames:
    """Something an organisation tells, and the answers on whether anyone can be recognised by it.

    `decided_by` is the name and position of who answered. While a meeting of the case runs it is
    noted there, under the item that the meeting has come to. It is something said, or a decision
    that the organisation takes.
    """

    case_id: UUID
    origin_id: UUID
    category: str
    text: str
    answers: tuple[GroundAnswer, ...]
    decided_by: str
    motive: str
    kind: EntryKind = EntryKind.STATEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEntry:
    """Something that was told. `is_tried` tells that somebody found nobody recognised by it."""

    entry: ShownEntry
    is_tried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """A case that is spoken of without the name, for the operator alone.

    `pseudonym` is what others are told instead. `known` is what nobody is to say, to warn of and
    never to show. `has_name` tells whether somebody has told who it is. `grounds` are those on
    which the name may be told, consent among them; `trial` is the one on which something is told
    without it. `gate` is why the case goes by name now, None while it does not. `goes_on_from` is
    the conversation from which one can go on by name. `age` is only known where the birth date is.
    """

    row: CaseRow
    pseudonym: Pseudonym
    is_without_names: bool
    has_name: bool
    known: Known
    told: tuple[ToldEntry, ...]
    professionals: tuple[ShownParty, ...]
    organisations: tuple[Organisation, ...]
    controller_id: UUID
    categories: tuple[Category, ...]
    grounds: tuple[LegalGround, ...]
    trial: LegalGround | None
    gate: Gate | None
    age: int | None
    meeting: Meeting | None
    catalogue: Catalogue
    today: date
    left_out: int = 0
    goes_on_from: UUID | None = None

    @property
    def still_without_names(self) -> bool:
        """Return whether a meeting goes on without the name although the case goes by it now."""
        return not self.is_without_names and _is_apart(self.meeting)

    @property
    def takes_words(self) -> bool:
        """Return whether something can be told without the name now."""
        return self.is_without_names or self.still_without_names


@use_case(Permission.OPEN_CASE)
def begin_consultation(command: BeginConsultation, *, vault: OpenVault) -> Done[UUID]:
    """Store a case without any name, in the phase without names, and return its id.

    Raise InvalidInputError with the field and its flaw: an alias that is missing or too long, or
    that gives somebody away by being initials, a number or the like, and a programme that is
    missing or not known.
    """
    if not command.programme:
        raise InvalidInputError(field="programme", flaw="missing")
    if points_out(command.alias, Known()):
        raise InvalidInputError(field="alias", flaw="tells")
    person = Person(
        given_name="", family_name="", alias=command.alias.strip(), age_band=command.age_band
    )
    opened = OpenCase(
        person=NewPerson(given_name="", family_name=""),
        case_number=command.case_number,
        programme=command.programme,
        intake=command.intake,
    )
    with vault.work() as work:
        case_id = store_case(work, vault, opened, person, [Phase.REFERRAL, Phase.ASSESSMENT])
        work.commit(Action.CASE_OPENED, case_id, digest=work.compartments.digest(case_id))
    return Done(case_id, Changes(cases=True))


@use_case(Permission.WORK_IN_CASE)
def read_consultation(case_id: UUID, *, vault: OpenVault) -> Done[Consultation]:
    """Return a case that is, or was, spoken of without the name, for the operator alone."""
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        (row,) = show_case_rows([opened], vault=vault, on=standing.on, restored_at=work.restored_at)
        known = {standing.given.controller_id, *standing.given.organisations}
        meeting = _meeting(work, case_id)
        found = Consultation(
            row=row,
            pseudonym=_called_at(meeting) or standing.pseudonym,
            is_without_names=standing.is_without_names,
            has_name=bool(standing.people[opened.subject_id].full_name) or row.protected,
            known=standing.known,
            told=_told(work, vault, standing),
            professionals=tuple(
                one
                for one in people_of(vault, standing)
                if one.party.organisation_id is not None and one.party.until is None
            ),
            organisations=tuple(one for one in standing.directory.organisations if one.id in known),
            controller_id=standing.given.controller_id,
            categories=tuple(one for one in standing.catalogue.categories if not one.retired),
            grounds=tuple(
                one
                for one in standing.catalogue.legal_grounds
                if one.mode is not Mode.OPEN and one.can_be_used_on(standing.on)
            ),
            trial=_trial(standing.catalogue),
            gate=next((one.gate for one in reversed(opened.case.steps) if one.gate), None),
            age=standing.given.subject_age,
            meeting=meeting,
            catalogue=standing.catalogue,
            today=standing.on,
            left_out=len(work.left_out),
            goes_on_from=None if standing.is_without_names else _last_apart(work, case_id),
        )
        work.commit(Action.CASE_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def tell_without_names(command: TellWithoutNames, *, vault: OpenVault) -> Done[UUID]:
    """Store what is told, and that somebody found that nobody can be recognised by it.

    From then on the organisations of the case see it where the case is spoken of without the name,
    and nowhere else. A meeting that began without the name takes it to its end, whatever the case
    goes by meanwhile. Raise InvalidInputError for a text that is empty or too long, an organisation
    or a category that is not known, nobody to tell it to, an answer, a motive or who decided that
    is missing, a fact that is not as it must be, a kind of entry that is neither told nor decided,
    and a case that is spoken of by name.
    """
    check_text(command.text)
    _check_decision(command)
    with vault.work() as work:
        opened = work.cases.find(command.case_id)
        meeting = _running(work, command.case_id)
        standing = stand(work, vault, opened)
        if not standing.is_without_names and not _is_apart(meeting):
            raise InvalidInputError(field="phase", flaw="named")
        check_told(standing, command.category, command.origin_id, None, frozenset())
        item = Item(
            id=uuid4(),
            case_id=command.case_id,
            kind=_KINDS[command.kind],
            part=Part.CASE,
            author_id=vault.keyring.principal,
            origin_id=command.origin_id,
            category=command.category,
            about=frozenset({opened.subject_id}),
            reporter_ids=frozenset(),
            known_on=work.today,
            text=command.text,
            noted=_noted(meeting),
        )
        use = _use(command, item, standing)
        compartment = work.compartments.of_file(command.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        work.items.add(item, compartment, key, sequence=work.sequence)
        append_events(
            work, vault, standing, [GroundUsed(on=work.today, use=use)], Action.GROUND_USED
        )
    return Done(item.id, Changes(items=True, meetings=True, consents=True))


def _check_decision(command: TellWithoutNames) -> None:
    if command.kind not in _KINDS:
        raise InvalidInputError(field="kind", flaw="unknown")
    for field, text, longest in (
        ("decided_by", command.decided_by, _LONGEST_NAME),
        ("motive", command.motive, MOST_WORDS),
    ):
        if not text.strip():
            raise InvalidInputError(field=field, flaw="missing")
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    if any(len(one.words) > MOST_WORDS for one in command.answers):
        raise InvalidInputError(field="answers", flaw="length")


def _use(command: TellWithoutNames, item: Item, standing: Standing) -> GroundUse:
    ground = _trial(standing.catalogue)
    if ground is None or not ground.can_be_used_on(standing.on):
        raise InvalidInputError(field="ground", flaw="expired")
    everyone = standing.given.organisations | {standing.given.controller_id}
    recipients = everyone - {command.origin_id}
    if not recipients:
        raise InvalidInputError(field="recipients", flaw="missing")
    use = GroundUse(
        id=uuid4(),
        ground=ground.code,
        giver=command.origin_id,
        category=item.category,
        items=frozenset({item.id}),
        recipients=recipients,
        answers=command.answers,
        decided_by=command.decided_by.strip(),
        motive=command.motive.strip(),
        until=standing.on + HOLDS_FOR,
    )
    if not is_complete(use, ground):
        raise InvalidInputError(field="answers", flaw="missing")
    return use


def _trial(catalogue: Catalogue) -> LegalGround | None:
    try:
        return catalogue.legal_ground(NOBODY_KNOWN)
    except UnknownCodeError:
        return None


def _told(work: UnitOfWork, vault: OpenVault, standing: Standing) -> tuple[ToldEntry, ...]:
    """Return what was told in the case, the newest first."""
    items = [
        one
        for one in work.items.of_case(standing.opened.case.id)
        if one.part is Part.CASE and one.kind in _KINDS.values() and not one.area
    ]
    tried = _tried(standing)
    return tuple(
        ToldEntry(entry=one, is_tried=one.item.id in tried)
        for one in reversed(show_entries_alone(vault, standing, items, {}))
    )


def _tried(standing: Standing) -> Collection[UUID]:
    return {
        item
        for one in standing.given.grounds
        if one.names_nobody and one.flaw is None and standing.on <= one.use.until
        for item in one.use.items
    }


def _meeting(work: UnitOfWork, case_id: UUID) -> Meeting | None:
    """Return the meeting that runs, or the next that is to be."""
    running = _running(work, case_id)
    if running is not None:
        return running
    planned = [
        one for one, _ in work.meetings.of_case(case_id) if one.state is MeetingState.PLANNED
    ]
    return min(planned, key=lambda one: one.starts_at, default=None)


def _running(work: UnitOfWork, case_id: UUID) -> Meeting | None:
    meetings = [one for one, _ in work.meetings.of_case(case_id)]
    return next((one for one in meetings if one.state is MeetingState.RUNNING), None)


def _last_apart(work: UnitOfWork, case_id: UUID) -> UUID | None:
    """Return the newest meeting of a case, if that was, or is, a conversation without the name."""
    known = [one for one, _ in work.meetings.of_case(case_id)]
    told = [one for one in known if one.state is not MeetingState.CANCELLED]
    newest = max(told, key=lambda one: one.number, default=None)
    return None if newest is None or newest.pseudonym is None else newest.id


def _called_at(meeting: Meeting | None) -> Pseudonym | None:
    """Return what the young person is called at a meeting that began without the name."""
    return None if meeting is None else meeting.pseudonym


def _is_apart(meeting: Meeting | None) -> bool:
    """Return whether a meeting runs that began without the name."""
    if meeting is None or meeting.state is not MeetingState.RUNNING:
        return False
    return meeting.pseudonym is not None


def _noted(meeting: Meeting | None) -> Noted | None:
    if meeting is None or meeting.current is None:
        return None
    return Noted(meeting_id=meeting.id, agenda_id=meeting.current.id)
