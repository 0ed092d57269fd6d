"""Use cases for what is written down at a meeting: statements, decisions, actions, own words."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.excerpts import SALT_LENGTH, Handover, MarkedLater
from trygga_desktop.domain.items import (
    Item,
    ItemKind,
    Lack,
    Marking,
    Noted,
    Part,
    RecordedMarking,
)
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import LONGEST_LINE
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork

MOST_TEXT_OF_ENTRY = 2_000_000
"""The longest entry in characters: more than anyone says at a meeting."""

_OF_EXCLUSIONS = frozenset({Marking.TOUCHES, Marking.DOES_NOT_TOUCH})
_OF_LIMITS = frozenset({Marking.INSIDE, Marking.OUTSIDE})
_PLAN = "plan"


class EntryKind(StrEnum):
    """What sort of thing is written down."""

    STATEMENT = "statement"
    DECISION = "decision"
    ACTION = "action"
    OWN_WORDS = "own_words"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteEntry:
    """Something that was said, decided or promised under one item of the agenda.

    `organisation_id` is whom it comes from, who decides, or whom the responsible person speaks
    for; own words are told to the board, and come from no other. `said_by` is the person of the
    family whose words they are. `about` is whom it is about; nobody named means the young person.
    What is also `about_unnamed` is about somebody who was not named where the room could read it.
    An empty category is the agenda item's, or the plan's for a decision and an action, and for what
    nobody of the family says where the young person is heard: own words are `said_by` somebody.
    A dissent stands under the item of the decision that it `follows`; an action follows the note
    that it was kept as for want of who or when. `is_tried` is the one key by which the writer
    answers that no exclusion is touched and no limit passed. What was said to the board before the
    meeting, or by somebody who is not in the room, is not `at_table`. What shows who has been in
    touch `reveals_reporter`, whom nobody names. What `is_guarded` goes into the guarded part, which
    no room ever sees. In the acute lane an action may be due at an hour, `due_at`, of its last day.
    """

    meeting_id: UUID
    agenda_id: UUID
    kind: EntryKind
    text: str
    organisation_id: UUID | None = None
    said_by: UUID | None = None
    about: frozenset[UUID] = frozenset()
    about_unnamed: bool = False
    category: str = ""
    responsible: str = ""
    due_on: date | None = None
    due_at: time | None = None
    follows: UUID | None = None
    is_tried: bool = False
    at_table: bool = True
    reveals_reporter: bool = False
    is_guarded: bool = False


class KeptAs(StrEnum):
    """What an entry was stored as: an action that lacks who or when is kept as a note.

    What was said of the other stands behind its words.
    """

    AS_WRITTEN = "as_written"
    NOTE_WITHOUT_RESPONSIBLE = "note_without_responsible"
    NOTE_WITHOUT_DATE = "note_without_date"


_LACKS = {
    KeptAs.NOTE_WITHOUT_RESPONSIBLE: Lack.RESPONSIBLE,
    KeptAs.NOTE_WITHOUT_DATE: Lack.DAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was stored.

    `must_be_tried` tells that its category asks a question that nobody has answered yet, or that
    somebody it is about is yet to be named: until then consent shows the item to nobody.
    """

    id: UUID
    kept_as: KeptAs
    must_be_tried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItem:
    """An answer on how an item stands to one exclusion or limit."""

    case_id: UUID
    item_id: UUID
    about_id: UUID
    answer: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCommitment:
    """What became of a commitment; another last day may be agreed on.

    `successor_id` is the commitment that came in its place, where the state asks for one.
    `evidence` is how one knows, for the operator alone; another day to ask may be agreed on.
    `new_due_at` is the hour of the new last day, in a case that goes by hours. What is over may
    have been so since an earlier day, `happened_on`. `told_by` is the place in the case of whoever
    said it, where that is noted.
    """

    case_id: UUID
    commitment_id: UUID
    state: CommitmentState
    reason: str = ""
    new_due: date | None = None
    successor_id: UUID | None = None
    evidence: str = ""
    new_follow_up: date | None = None
    new_due_at: time | None = None
    happened_on: date | None = None
    told_by: UUID | None = None


@use_case(Permission.WORK_IN_CASE)
def write_entry(command: WriteEntry, *, vault: OpenVault) -> Done[Written]:
    """Store what was said, decided or promised.

    Raise InvalidInputError with the field and its flaw: no text, a decision that no agency takes,
    own words of nobody, also by their category alone, a dissent from no decision of the meeting, an
    action that is guarded, an hour in a case that does not go by hours, a category, organisation or
    person that is not known.
    """
    check_text(command.text)
    with vault.work() as work:
        meeting, _ = find_meeting(work, command.meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        check_hour(standing, command.due_on, command.due_at, "due_at")
        item, kept_as, must_be_tried = _item(command, meeting, standing, work)
        kind = CompartmentKind.GUARDED if command.is_guarded else CompartmentKind.CASE
        compartment = work.compartments.of_file(meeting.case_id)[kind]
        key = work.compartments.key(compartment)
        work.items.add(item, compartment, key, sequence=work.sequence)
        if command.kind is EntryKind.ACTION:
            _complete(work, command)
        if item.kind is ItemKind.ACTION and command.due_on is not None:
            commitment = Commitment(
                id=item.id,
                case_id=meeting.case_id,
                responsible=command.responsible.strip(),
                organisation_id=command.organisation_id,
                due_on=command.due_on,
                due_at=command.due_at,
                party_id=_party_of(command, meeting),
            )
            work.commitments.add(meeting.case_id, commitment)
        work.commit(Action.ENTRY_WRITTEN, item.id)
    written = Written(id=item.id, kept_as=kept_as, must_be_tried=must_be_tried)
    return Done(written, Changes(items=True, meetings=True))


@use_case(Permission.WORK_IN_CASE)
def mark_item(command: MarkItem, *, vault: OpenVault) -> Done[None]:
    """Store a person's answer on how an item stands to an exclusion or a limit.

    Of a sealed meeting nothing changes: the answer about what was noted there is a row of its own.

    Raise NoAccessError for an item that is not there or not ours to open, InvalidInputError for a
    question that nobody asked, or an answer to another one.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        state = standing.state
        answers = {one.id: _OF_EXCLUSIONS for one in state.exclusions}
        answers |= {one.id: _OF_LIMITS for one in state.limits}
        if command.about_id not in answers:
            raise InvalidInputError(field="about", flaw="unknown")
        if command.answer not in answers[command.about_id]:
            raise InvalidInputError(field="answer", flaw="unknown")
        items = {one.id: one for one in work.items.of_case(command.case_id)}
        item = items.get(command.item_id)
        if item is None or item.part is not Part.CASE:
            raise NoAccessError
        if item.noted is not None and item.noted.meeting_id in work.protocols.sealed_meetings(
            command.case_id
        ):
            _mark_later(work, vault, command, item.noted.meeting_id)
            return Done(None, Changes(items=True, meetings=True))
        others = tuple(one for one in item.markings if one.about_id != command.about_id)
        answer = RecordedMarking(about_id=command.about_id, answer=command.answer)
        compartment = work.compartments.of_file(command.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(compartment)
        work.items.replace(replace(item, markings=(*others, answer)), compartment, key)
        work.commit(Action.ITEM_MARKED, item.id)
    return Done(None, Changes(items=True, meetings=True))


def _complete(work: UnitOfWork, command: WriteEntry) -> None:
    """Have a note lack nothing any more that the action which follows it stands for now."""
    case_id = work.meetings.case_of(command.meeting_id)
    items = [] if case_id is None or command.follows is None else work.items.of_case(case_id)
    for one in items:
        is_here = one.noted is not None and one.noted.meeting_id == command.meeting_id
        if one.id == command.follows and is_here and one.lacks is not None and case_id is not None:
            compartment = work.compartments.of_file(case_id)[CompartmentKind.CASE]
            key = work.compartments.key(compartment)
            work.items.replace(replace(one, lacks=None), compartment, key)


def _mark_later(work: UnitOfWork, vault: OpenVault, command: MarkItem, meeting_id: UUID) -> None:
    marked = MarkedLater(item_id=command.item_id, about_id=command.about_id, answer=command.answer)
    event = Handover(
        id=uuid4(),
        case_id=command.case_id,
        meeting_id=meeting_id,
        sequence=work.handovers.next_sequence(command.case_id),
        by=work.keyring.principal,
        at=work.at,
        salt=vault.environment.draw(SALT_LENGTH).hex(),
        marked=marked,
    )
    work.handovers.add(event)
    work.commit(Action.MARKED_LATER, command.case_id, digest=digest_of_event(event))


@use_case(Permission.WORK_IN_CASE)
def change_commitment(command: ChangeCommitment, *, vault: OpenVault) -> Done[None]:
    """Store what became of a commitment.

    Raise InvalidInputError for one that is not of the case, for a state that only the program sets,
    where the catalogue asks for a reason and none of those it knows is given, or where it asks for
    a successor and no other commitment of the case is given. Raise it too for evidence that is
    longer than any line of a plan, for another last day of what is over, for an earlier day of what
    is not, or one that is to come or before it was promised, and for a teller who has no place in
    the case.
    """
    if len(command.evidence) > LONGEST_LINE:
        raise InvalidInputError(field="evidence", flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        rows = {
            one.id: (one, version) for one, version in work.commitments.of_case(command.case_id)
        }
        if command.commitment_id not in rows:
            raise InvalidInputError(field="commitment", flaw="unknown")
        check_state(command, standing.catalogue)
        check_hour(standing, command.new_due, command.new_due_at, "new_due_at")
        _check_successor(command, standing.catalogue, rows.keys() - {command.commitment_id})
        _check_days(command, work)
        _check_teller(command, standing)
        commitment, version = rows[command.commitment_id]
        change = CommitmentChange(
            state=command.state,
            on=work.today,
            reason=command.reason,
            new_due=command.new_due,
            successor_id=command.successor_id,
            evidence=command.evidence.strip(),
            new_follow_up=command.new_follow_up,
            new_due_at=command.new_due_at,
            happened_on=None if command.happened_on == work.today else command.happened_on,
            told_by=command.told_by,
        )
        changed = replace(commitment, changes=(*commitment.changes, change))
        work.commitments.replace(command.case_id, changed, row_version=version)
        work.commit(Action.COMMITMENT_CHANGED, commitment.id)
    return Done(None, Changes(items=True, meetings=True))


def check_text(text: str) -> None:
    """Raise InvalidInputError for a text that says nothing, or is longer than any entry."""
    if not text.strip():
        raise InvalidInputError(field="text", flaw="missing")
    if len(text) > MOST_TEXT_OF_ENTRY:
        raise InvalidInputError(field="text", flaw="length")


def check_hour(standing: Standing, day: date | None, hour: time | None, field: str) -> None:
    """Refuse an hour without its day, or in a case that does not go by hours."""
    if hour is None:
        return
    if day is None:
        raise InvalidInputError(field=field, flaw="missing")
    if not standing.goes_by_hours:
        raise InvalidInputError(field=field, flaw="order")


def check_state(command: ChangeCommitment, catalogue: Catalogue) -> None:
    """Refuse what no person sets, and a reason of another state; what is only late may give any."""
    if catalogue.status(command.state).set_by:
        raise InvalidInputError(field="state", flaw="unknown")
    if not catalogue.status(command.state).needs_reason:
        fitting = catalogue.status_reasons
    elif command.reason:
        fitting = catalogue.reasons_for(command.state)
    else:
        raise InvalidInputError(field="reason", flaw="missing")
    if command.reason and command.reason not in {one.code for one in fitting}:
        raise InvalidInputError(field="reason", flaw="unknown")


def check_told(
    standing: Standing,
    category: str,
    organisation_id: UUID | None,
    said_by: UUID | None,
    about: Collection[UUID],
) -> None:
    """Raise InvalidInputError for what would come from, or be about, nobody known in the case."""
    known = standing.given.organisations | {standing.given.controller_id}
    if organisation_id is not None and organisation_id not in known:
        raise InvalidInputError(field="organisation", flaw="unknown")
    people = standing.people.keys()
    if said_by is not None and said_by not in people:
        raise InvalidInputError(field="said_by", flaw="unknown")
    if not people >= set(about):
        raise InvalidInputError(field="about", flaw="unknown")
    if category not in standing.given.categories:
        raise InvalidInputError(field="category", flaw="unknown")


def origin_of(
    standing: Standing, category: str, organisation_id: UUID | None, said_by: UUID | None
) -> UUID:
    """Return whose information it is; what is nobody else's, own words too, is the board's."""
    is_own = said_by is not None and category == VOICE
    return standing.given.controller_id if is_own or organisation_id is None else organisation_id


def tried(standing: Standing, category: str) -> tuple[RecordedMarking, ...]:
    """Return the answers that nothing stands in the way, to all that a category asks."""
    state = standing.state
    touches = [one.id for one in state.exclusions if category in one.categories]
    passes = [one.id for one in state.limits if one.cell.category == category]
    return (
        *(RecordedMarking(about_id=one, answer=Marking.DOES_NOT_TOUCH) for one in touches),
        *(RecordedMarking(about_id=one, answer=Marking.INSIDE) for one in passes),
    )


def _item(
    command: WriteEntry,
    meeting: Meeting,
    standing: Standing,
    work: UnitOfWork,
) -> tuple[Item, KeptAs, bool]:
    agenda = {one.id: one for one in meeting.agenda}
    if command.agenda_id not in agenda:
        raise InvalidInputError(field="agenda", flaw="unknown")
    category = _category(command, agenda[command.agenda_id].category)
    check_told(standing, category, command.organisation_id, command.said_by, command.about)
    _check(command)
    if category == VOICE and command.said_by is None:
        raise InvalidInputError(field="category", flaw="unknown")
    noted = _noted(command, work)
    kind, kept_as = _kind(command)
    asked = tried(standing, category)
    item = Item(
        id=uuid4(),
        case_id=meeting.case_id,
        kind=kind,
        part=Part.GUARDED if command.is_guarded else Part.CASE,
        author_id=work.keyring.principal,
        origin_id=origin_of(standing, category, command.organisation_id, command.said_by),
        category=category,
        about=_about(command, standing),
        reporter_ids=frozenset({uuid4()}) if command.reveals_reporter else frozenset(),
        known_on=work.today,
        text=_text(command, kept_as),
        markings=asked if command.is_tried else (),
        said_by=command.said_by,
        at_table=command.at_table and _is_at_table(command.said_by, meeting),
        noted=noted,
        follows=command.follows,
        lacks=_LACKS.get(kept_as),
    )
    is_asked = bool(asked) and not command.is_tried
    return item, kept_as, is_asked or command.about_unnamed


def _about(command: WriteEntry, standing: Standing) -> frozenset[UUID]:
    """Return whom it is about; an id that is nobody's of the case is whoever is yet to be named."""
    about = command.about or frozenset({standing.opened.subject_id})
    return about | {uuid4()} if command.about_unnamed else about


def _check(command: WriteEntry) -> None:
    # A commitment lies in the case, and would tell of what is guarded.
    if command.kind is EntryKind.ACTION and command.is_guarded:
        raise InvalidInputError(field="kind", flaw="guarded")
    if command.kind is EntryKind.DECISION and command.organisation_id is None:
        raise InvalidInputError(field="organisation", flaw="missing")
    is_somebody_s = command.said_by is not None or (
        command.kind is EntryKind.DISSENT and command.organisation_id is not None
    )
    if command.kind in {EntryKind.OWN_WORDS, EntryKind.DISSENT} and not is_somebody_s:
        raise InvalidInputError(field="said_by", flaw="missing")
    if command.kind is EntryKind.DISSENT and command.follows is None:
        raise InvalidInputError(field="follows", flaw="missing")


def _party_of(command: WriteEntry, meeting: Meeting) -> UUID | None:
    """Return the place in the case of whoever does it, if only one at the table is called so."""
    name, organisation_id = command.responsible.strip(), command.organisation_id
    found = {
        one.party_id
        for one in meeting.participants
        if one.name.strip() == name and one.organisation_id == organisation_id
    }
    return found.pop() if len(found) == 1 else None


def _check_successor(
    command: ChangeCommitment, catalogue: Catalogue, others: Collection[UUID]
) -> None:
    is_needed = catalogue.status(command.state).needs_successor
    if is_needed and command.successor_id is None:
        raise InvalidInputError(field="successor", flaw="missing")
    if command.successor_id is not None and not (is_needed and command.successor_id in others):
        raise InvalidInputError(field="successor", flaw="unknown")


def _check_days(command: ChangeCommitment, work: UnitOfWork) -> None:
    is_open = command.state.is_open
    if command.new_due is not None and not is_open:
        raise InvalidInputError(field="new_due", flaw="order")
    day = command.happened_on
    if day is None:
        return
    if is_open:
        raise InvalidInputError(field="happened_on", flaw="order")
    if day > work.today:
        raise InvalidInputError(field="happened_on", flaw="future")
    items = work.items.of_case(command.case_id)
    since = next((one.known_on for one in items if one.id == command.commitment_id), day)
    if day < since:
        raise InvalidInputError(field="happened_on", flaw="before")


def _check_teller(command: ChangeCommitment, standing: Standing) -> None:
    known = {*standing.parties, standing.opened.subject_id}
    if command.told_by is not None and command.told_by not in known:
        raise InvalidInputError(field="told_by", flaw="unknown")


def _noted(command: WriteEntry, work: UnitOfWork) -> Noted:
    """Return where an entry stands: a dissent beside its decision, wherever it was typed."""
    here = Noted(meeting_id=command.meeting_id, agenda_id=command.agenda_id)
    if command.follows is None:
        return here
    case_id = work.meetings.case_of(command.meeting_id)
    items = [] if case_id is None else work.items.of_case(case_id)
    followed = next((one for one in items if one.id == command.follows), None)
    if followed is None or followed.noted is None:
        raise InvalidInputError(field="follows", flaw="unknown")
    if command.kind is not EntryKind.DISSENT:
        return here
    is_decision = followed.kind is ItemKind.DECISION
    if not is_decision or followed.noted.meeting_id != command.meeting_id:
        raise InvalidInputError(field="follows", flaw="unknown")
    return followed.noted


def _is_at_table(person_id: UUID | None, meeting: Meeting) -> bool:
    is_running = meeting.state is MeetingState.RUNNING
    return is_running and person_id in {one.person_id for one in meeting.room} - {None}


def _text(command: WriteEntry, kept_as: KeptAs) -> str:
    """Return the words; a note keeps what it was that made it nearly an action."""
    if kept_as is KeptAs.AS_WRITTEN:
        return command.text
    day = "" if command.due_on is None else command.due_on.isoformat()
    day += "" if command.due_at is None else f" {command.due_at:%H:%M}"
    told = ", ".join(one for one in (command.responsible.strip(), day) if one)
    return f"{command.text} ({told})" if told else command.text


def _kind(command: WriteEntry) -> tuple[ItemKind, KeptAs]:
    match command.kind:
        case EntryKind.DECISION:
            return ItemKind.DECISION, KeptAs.AS_WRITTEN
        case EntryKind.DISSENT:
            return ItemKind.DISSENT, KeptAs.AS_WRITTEN
        case EntryKind.ACTION if not command.responsible.strip():
            return ItemKind.STATEMENT, KeptAs.NOTE_WITHOUT_RESPONSIBLE
        case EntryKind.ACTION if command.due_on is None:
            return ItemKind.STATEMENT, KeptAs.NOTE_WITHOUT_DATE
        case EntryKind.ACTION:
            return ItemKind.ACTION, KeptAs.AS_WRITTEN
        case _:
            return ItemKind.STATEMENT, KeptAs.AS_WRITTEN


def _category(command: WriteEntry, of_agenda: str) -> str:
    if command.kind is EntryKind.OWN_WORDS:
        return VOICE
    if command.kind in {EntryKind.DECISION, EntryKind.ACTION, EntryKind.DISSENT}:
        return command.category or _PLAN
    if of_agenda == VOICE and command.said_by is None:
        return command.category or _PLAN
    return command.category or of_agenda
