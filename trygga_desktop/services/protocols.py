"""Use cases for the protocol of a meeting: compose it for an audience, print it, save it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trygga_desktop.documents import protocol as document
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.approval import Approver
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError, SealedMeetingError
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.matrix import Cover, read_cover
from trygga_desktop.domain.meeting import Function, Meeting, MeetingState, Participant, Presence
from trygga_desktop.domain.parties import guardians_on
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import SignedDocument
from trygga_desktop.domain.sharing import Recipient
from trygga_desktop.i18n import STOCKHOLM, Language, load_language
from trygga_desktop.services.audience import recipients_at
from trygga_desktop.services.changes import Done
from trygga_desktop.services.hours import with_hour
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.naming import call
from trygga_desktop.services.rooms import (
    MeetingRoom,
    Seat,
    ShownAgendaItem,
    ShownEntry,
    day_of,
    show_meeting,
)
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.whole_readers import (
    accounts_with_grant,
    find_whole_readers,
    has_grant,
)
from trygga_desktop.storage.work import UnitOfWork

_LATE = timedelta(minutes=1)
"""Whoever comes so long after the beginning came late."""


class ProtocolAudience(StrEnum):
    """For whom a protocol is composed."""

    ROOM = "room"
    BOARD = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeProtocol:
    """A protocol for everyone who was at the table, or the board's own; in which language.

    With `recipient_id`, a participant's, it is composed for that one person instead.
    """

    meeting_id: UUID
    audience: ProtocolAudience = ProtocolAudience.ROOM
    recipient_id: UUID | None = None
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolRecipient:
    """Somebody whom a copy can be composed for; or whom the board's own file may be given to.

    `excerpt_id` is the person or the organisation that an excerpt for them is made for, None where
    there is none, and `approves` in which roles they approve the draft. `has_grant` tells that the
    case is open to them: what no decision was asked about, such as an addendum, is for them alone.
    """

    id: UUID
    name: str
    organisation: str
    may_read_whole: bool = False
    has_grant: bool = False
    excerpt_id: UUID | None = None
    approves: frozenset[Approver] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedProtocol:
    """The pages as a PDF, and a neutral name for a file with them: it says nothing of anyone.

    `left_out` counts what of the case did not verify, and so is on no page. Of an agreed plan
    `basis` names all that it says: whoever seals it says with it what was looked at.
    """

    pdf: bytes
    file_name: str
    audience: ProtocolAudience
    recipient_id: UUID | None
    recipients: tuple[ProtocolRecipient, ...]
    case_number: str
    meeting_number: int
    left_out: int = 0
    basis: str = ""


@use_case(Permission.WORK_IN_CASE)
def compose_protocol(command: ComposeProtocol, *, vault: OpenVault) -> Done[ComposedProtocol]:
    """Return the protocol of a meeting as pages, with what its audience may see on this day.

    What it tells is as it was on the meeting's own day. It tells nothing of what is left out: not
    that there is something, nor how much. The same record gives the same bytes. Raise NoAccessError
    for a meeting we cannot open, and InvalidInputError for a recipient who was not there, or who
    interpreted, and so gets no paper.
    """
    language = load_language(command.language)
    with vault.work() as work:
        told = tell_meeting(work, vault, command)
        recipients = recipients_of(work, vault, told.meeting)
        left_out = len(work.left_out)
        work.commit(Action.PROTOCOL_COMPOSED, command.meeting_id)
    meeting, room = told.meeting, told.room
    # Nothing but what is sealed is signed: what stands under another text can never be matched.
    content = replace(told.content, is_draft=True, signers=told.approvers)
    made_at = meeting.ended_at or meeting.starts_at
    pdf = render(
        document.compose(content, language),
        Paper(title=content.meeting_title, language=language, made_at=made_at),
    )
    return Done(
        ComposedProtocol(
            pdf=pdf,
            file_name=file_name(meeting, language),
            audience=command.audience,
            recipient_id=command.recipient_id,
            recipients=recipients,
            case_number=room.case_number,
            meeting_number=meeting.number,
            left_out=left_out,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeeting:
    """A meeting, what of it an audience may see, and what a protocol then says.

    `approvers` are those who can approve these pages on paper while they are a draft.
    """

    meeting: Meeting
    standing: Standing
    room: MeetingRoom
    content: document.ProtocolContent
    approvers: tuple[document.Signer, ...] = ()


def tell_meeting(work: UnitOfWork, vault: OpenVault, command: ComposeProtocol) -> ToldMeeting:
    """Return what the protocol of a meeting says to its audience on this day."""
    meeting, _ = find_meeting(work, command.meeting_id)
    desk = _desk(work, vault, meeting)
    told, language = desk.tell(command), load_language(command.language)
    if _is_for_others(command):
        return replace(told, approvers=_approvers(command, told, language))
    # Whoever signs the board's own file, or approves it, reads it.
    readers = desk.whole_readers(told, command.language)
    signers = _signers(command, told.standing, meeting, told.room, language, readers=readers)
    return replace(
        told,
        content=replace(told.content, signers=signers),
        approvers=_approvers(command, told, language, readers=readers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A meeting as it is told today, `then` being its case as it stood on the meeting's own day."""

    unit: UnitOfWork
    vault: OpenVault
    meeting: Meeting
    standing: Standing
    then: Standing

    def tell(self, command: ComposeProtocol) -> ToldMeeting:
        """Return what it says to an audience; to the board without the lines to sign on."""
        meeting, standing, language = self.meeting, self.standing, load_language(command.language)
        audience = audience_of(command, standing, meeting)
        room = show_meeting(self.unit, self.vault, standing, meeting, audience)
        content = content_of(command, self.vault, standing, self.then, meeting, room, language)
        return ToldMeeting(meeting=meeting, standing=standing, room=room, content=content)

    def whole_readers(self, board: ToldMeeting, language: str) -> frozenset[UUID]:
        """Return who of those that were there may have all that the board's file says."""
        entries = [one for item in board.room.agenda for one in item.entries]
        told = [*entries, *board.room.carried, *(each for one in entries for each in one.dissents)]

        def told_to(participant_id: UUID) -> document.ProtocolContent:
            asked = ComposeProtocol(
                meeting_id=self.meeting.id, recipient_id=participant_id, language=language
            )
            return self.tell(asked).content

        return find_whole_readers(
            self.unit,
            self.standing,
            _readers(self.meeting),
            whole=board.content,
            items={one.item.id for one in told},
            told_to=told_to,
        )


def _desk(work: UnitOfWork, vault: OpenVault, meeting: Meeting) -> _Desk:
    opened = work.cases.find(meeting.case_id)
    standing = as_spoken_of(stand(work, vault, opened), meeting)
    day = day_of(meeting, standing.on)
    then = standing if day == standing.on else stand(work, vault, opened, on=day)
    return _Desk(unit=work, vault=vault, meeting=meeting, standing=standing, then=then)


@use_case(Permission.WORK_IN_CASE)
def log_protocol_printed(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a protocol is printed, before it is sent to the printer.

    Raise SealedMeetingError once the meeting is sealed: then only what is sealed leaves.
    """
    return _log(Action.PROTOCOL_PRINTED, meeting_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_protocol_saved(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a protocol is saved as a file; raise as `log_protocol_printed`."""
    return _log(Action.PROTOCOL_SAVED, meeting_id, vault)


def _log(action: Action, meeting_id: UUID, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        if meeting_id in work.protocols.sealed_meetings(meeting.case_id):
            raise SealedMeetingError
        work.commit(action, meeting_id)
    return Done(None)


def recipients_of(
    work: UnitOfWork, vault: OpenVault, meeting: Meeting
) -> tuple[ProtocolRecipient, ...]:
    """Return everyone whom a copy can be composed for, and who may have the board's own file.

    That is asked anew each time: who opens the case, and what somebody may have, changes.
    """
    whole = ComposeProtocol(meeting_id=meeting.id, audience=ProtocolAudience.BOARD)
    desk = _desk(work, vault, meeting)
    standing, readers = desk.standing, desk.whole_readers(desk.tell(whole), whole.language)
    day = day_of(meeting, standing.on)
    accounts = accounts_with_grant(work, standing)
    found = []
    for one in _readers(meeting):
        organisation = standing.directory.organisation(one.organisation_id)
        called = "" if organisation is None else organisation.name_on(day)
        found.append(
            ProtocolRecipient(
                id=one.id,
                name=one.name,
                organisation=called,
                may_read_whole=one.id in readers,
                has_grant=has_grant(one.party_id, standing, accounts),
                excerpt_id=_excerpt_of(one, standing),
                approves=frozenset(
                    role for role in Approver if Function(role.value) in one.functions
                ),
            )
        )
    return tuple(found)


def _excerpt_of(participant: Participant, standing: Standing) -> UUID | None:
    """Return whom an excerpt is made for: an agency that is not the board, or of the family."""
    if participant.organisation_id is not None:
        is_of_board = participant.organisation_id == standing.given.controller_id
        return None if is_of_board else participant.organisation_id
    guardians = guardians_on((one for one, _ in standing.parties.values()), standing.on)
    has_excerpt = participant.person_id in {standing.opened.subject_id, *guardians}
    return participant.person_id if has_excerpt and not standing.is_without_names else None


def _readers(meeting: Meeting) -> list[Participant]:
    """Return who can get a copy: those who were there for more than to interpret."""
    there = recipients_at(meeting.attended, family={})
    interpret = {one.id for one in there if one.interprets}
    return [one for one in meeting.attended if one.id not in interpret]


def audience_of(
    command: ComposeProtocol, standing: Standing, meeting: Meeting
) -> list[Recipient] | None:
    """Return for whom to decide; None is the operator alone, who reads the board's own file."""
    family = standing.family_names
    if command.recipient_id is not None:
        chosen = [one for one in _readers(meeting) if one.id == command.recipient_id]
        if not chosen:
            raise InvalidInputError(field="recipient", flaw="unknown")
        return recipients_at(chosen, family=family)
    return recipients_at(meeting.attended, family=family) if _is_for_others(command) else None


def file_name(meeting: Meeting, language: Language) -> str:
    """Return a neutral name for a file with the protocol of a meeting."""
    _ = language.gettext
    day = meeting.starts_at.astimezone(STOCKHOLM).date().isoformat()
    return _("protocol-{day}-meeting-{number}.pdf").format(day=day, number=meeting.number)


def content_of(  # noqa: PLR0913, PLR0917  what a protocol is made of
    command: ComposeProtocol,
    vault: OpenVault,
    standing: Standing,
    then: Standing,
    meeting: Meeting,
    room: MeetingRoom,
    language: Language,
) -> document.ProtocolContent:
    """Return what a protocol says of a meeting, of what its audience sees of it."""
    _ = language.gettext
    is_protected = standing.is_protected
    people = {one.id: one for one in meeting.participants}
    upcoming = room.next_meeting
    controller = standing.directory.organisation(standing.given.controller_id)
    board = vault.municipality if controller is None else controller.name_on(then.on)
    there = {one.id for one in meeting.attended}
    present = [one for one in room.seats if one.id in there]
    interpreters = [one for one in present if Function.INTERPRETER in one.functions]
    return document.ProtocolContent(
        organisation=board,
        # Until somebody names the board it is called as the municipality is.
        municipality="" if board == vault.municipality else vault.municipality,
        meeting_title=_("Protocol, meeting {number}").format(number=meeting.number),
        meeting_number=meeting.number,
        registry_number=standing.opened.case.registry_number if room.case_number else "",
        case_number=room.case_number,
        shown_name=room.subject_name if room.pseudonym is None else call(room.pseudonym, language),
        starts_at=meeting.began_at or meeting.starts_at,
        ends_at=meeting.ended_at,
        # Where somebody of the family is protected, paper never says where they are.
        place="" if is_protected else room.place,
        form=_form(meeting),
        chair=_with_function(present, Function.CHAIR),
        secretary=_with_function(present, Function.SECRETARY),
        verifier=_with_function(present, Function.VERIFIER),
        participants=tuple(
            _participant(meeting, people[seat.id], seat, standing, language)
            for seat in room.seats
            if seat not in interpreters
        ),
        interpreters=tuple(document.Interpreter(name=one.name) for one in interpreters),
        consents=_consents(command, standing, then, room),
        carried=tuple(_carried(one, standing, language) for one in room.carried),
        items=tuple(
            _agenda_item(place, one, standing, language)
            for place, one in enumerate(room.agenda, start=1)
        ),
        next_meeting=None
        if upcoming is None
        else document.NextMeeting(
            day=upcoming.starts_at.astimezone(STOCKHOLM).date(),
            starts_at=upcoming.starts_at,
            place="" if is_protected else upcoming.place,
        ),
        signers=_signers(command, standing, meeting, room, language)
        if _is_for_others(command)
        else (),
        arms=write_arms(vault.arms),
        secrecy=_("Confidential: contains information about an individual."),
        is_draft=meeting.state is not MeetingState.HELD,
    )


def agency_words(seat: Seat, standing: Standing, language: Language) -> str:
    """Return whom somebody at the table is there for; where no name is said, what kind that is."""
    return _agency_called(seat.organisation, seat.kind, standing, language)


def _agency_called(name: str, kind: str, standing: Standing, language: Language) -> str:
    """Return what an agency is called; beside no name only what kind of agency it is."""
    kinds = {one.code: one.name for one in standing.catalogue.agencies}
    return name or (kinds[kind].in_language(language.code) if kind in kinds else "")


def _source(entry: ShownEntry, standing: Standing, language: Language) -> str:
    return _agency_called(entry.who, entry.kind_of_who, standing, language)


def _form(meeting: Meeting) -> document.MeetingForm:
    remote = [one.was_remote for one in meeting.attended]
    if remote and all(remote):
        return document.MeetingForm.REMOTE
    return document.MeetingForm.MIXED if any(remote) else document.MeetingForm.IN_ROOM


def _with_function(present: Iterable[Seat], function: Function) -> str:
    found = [seat for seat in present if function in seat.functions]
    return ", ".join(part for part in (found[0].name, found[0].title) if part) if found else ""


def _participant(
    meeting: Meeting, participant: Participant, seat: Seat, standing: Standing, language: Language
) -> document.Participant:
    if participant.was_in_the_room:
        presence = document.Presence.PRESENT
    elif participant.presence is Presence.ABSENT:
        presence = document.Presence.APOLOGIES
    else:
        presence = document.Presence.ABSENT
    return document.Participant(
        name=participant.name,
        role=_roles(seat, standing, language),
        agency=agency_words(seat, standing, language),
        presence=presence,
        is_remote=participant.was_remote,
        came_at=_came_late_at(meeting, participant),
        left_at=participant.left_at,
    )


def _came_late_at(meeting: Meeting, participant: Participant) -> datetime | None:
    """Return when somebody came, None where they were there from the beginning."""
    came, began = participant.came_at, meeting.began_at
    return came if came is not None and began is not None and came - began >= _LATE else None


def _roles(seat: Seat, standing: Standing, language: Language) -> str:
    """Return the title that the readers may know, or what somebody does at the table."""
    if seat.title:
        return seat.title
    first = sorted(seat.functions)[:1]
    names = [
        standing.catalogue.meeting_role(one.value).name.in_language(language.code) for one in first
    ]
    return "".join(names)


def _consents(
    command: ComposeProtocol, standing: Standing, then: Standing, room: MeetingRoom
) -> tuple[document.ConsentLine, ...]:
    """Return the consent that the meeting rested on, with those whom every signer let have some.

    One that closes with the case is none: a paper never promises what the room was refused. Others
    than the board are told of it only while it counts, and where they may know whom it is about and
    are covered by it. Of organisations without a seat at the table they are told nothing.
    """
    cover = _cover(then, standing)
    if cover is None:
        return ()
    agencies = cover.organisations
    if _is_for_others(command):
        now = _cover(standing, standing)
        if now is None or not room.subject_name:
            return ()
        agencies &= now.organisations & {one.id for one in room.organisations}
        reads = {one.organisation_id for one in room.seats if one.id == command.recipient_id}
        if not reads <= agencies | {None, standing.given.controller_id}:
            return ()
    return (
        document.ConsentLine(
            valid_from=cover.valid_from,
            valid_to=cover.valid_to,
            agencies=then.names_of(agencies),
        ),
    )


def _is_for_others(command: ComposeProtocol) -> bool:
    return command.recipient_id is not None or command.audience is not ProtocolAudience.BOARD


def _cover(standing: Standing, today: Standing) -> Cover | None:
    """Return what the consents of a day came to, None where nothing was shared by them."""
    # What somebody went on with after an older file is confirmed for all days at once.
    given = replace(standing.given, confirmation=today.given.confirmation)
    cover = read_cover(given)
    is_signed = cover.valid_from is not None and cover.signed == standing.required.signs
    return cover if is_signed and not cover.is_closed else None


def _carried(entry: ShownEntry, standing: Standing, language: Language) -> document.CarriedAction:
    commitment = entry.commitment
    if commitment is None:
        return document.CarriedAction(text=entry.item.text)
    status = standing.catalogue.status(commitment.state).name.in_language(language.code)
    reasons = [one for one in standing.catalogue.status_reasons if one.code == commitment.reason]
    return document.CarriedAction(
        text=with_hour(entry.item.text, commitment.hour, language),
        person=commitment.responsible,
        agency=_agency_called(commitment.organisation, commitment.kind, standing, language),
        due=commitment.due,
        status=status,
        reason="".join(one.name.in_language(language.code) for one in reasons),
    )


def _agenda_item(
    place: int, item: ShownAgendaItem, standing: Standing, language: Language
) -> document.AgendaItem:
    _ = language.gettext
    decisions = [one for one in item.entries if one.item.kind is ItemKind.DECISION]
    numbers = {one.item.id: f"{place}.{count}" for count, one in enumerate(decisions, start=1)}
    return document.AgendaItem(
        number=str(place),
        title=_("Private item") if item.is_private else item.title,
        entries=tuple(_entry(one, numbers, standing, language) for one in item.entries),
    )


def _entry(
    entry: ShownEntry, numbers: dict[UUID, str], standing: Standing, language: Language
) -> document.Entry:
    commitment = entry.commitment
    if entry.item.kind is ItemKind.DECISION:
        return document.DecisionEntry(
            text=entry.item.text,
            agency=_source(entry, standing, language),
            number=numbers[entry.item.id],
            dissents=_dissents(entry.dissents),
        )
    if commitment is not None:
        return document.ActionEntry(
            text=with_hour(entry.item.text, commitment.hour, language),
            person=commitment.responsible,
            agency=_agency_called(commitment.organisation, commitment.kind, standing, language),
            due=commitment.due,
        )
    if entry.item.category == VOICE and entry.item.said_by is not None and entry.who:
        return document.OwnWordsEntry(text=entry.item.text, who=entry.who)
    return document.StatementEntry(text=entry.item.text, source=_source(entry, standing, language))


def _dissents(entries: Iterable[ShownEntry]) -> tuple[document.Dissent, ...]:
    return tuple(document.Dissent(who=one.who, text=one.item.text) for one in entries)


def _approvers(
    command: ComposeProtocol,
    told: ToldMeeting,
    language: Language,
    *,
    readers: Collection[UUID] | None = None,
) -> tuple[document.Signer, ...]:
    """Return who approves a draft on paper: chair and verifier, once the meeting is over.

    Of the board's own file only its `readers`, and of a copy for one person that one alone.
    """
    meeting, catalogue = told.meeting, told.standing.catalogue
    if meeting.state is not MeetingState.HELD:
        return ()
    seats = {one.id: one for one in told.room.seats}
    found = []
    for role in Approver:
        function = Function(role.value)
        first = next((one.id for one in meeting.attended if function in one.functions), None)
        if first is None or (readers is not None and first not in readers):
            continue
        if first in seats and command.recipient_id in {None, first}:
            seat = seats[first]
            found.append(
                document.Signer(
                    role=catalogue.meeting_role(role.value).name.in_language(language.code),
                    name=seat.name,
                    agency=agency_words(seat, told.standing, language),
                )
            )
    return tuple(found)


def _signers(  # noqa: PLR0913  whose document it is, and who may read it
    command: ComposeProtocol,
    standing: Standing,
    meeting: Meeting,
    room: MeetingRoom,
    language: Language,
    *,
    readers: Collection[UUID] | None = None,
) -> tuple[document.Signer, ...]:
    """Return who signs: those whom the programme wants, as far as they were at the table.

    The board's own file holds more than others may read, and whoever signs it reads it: of those
    who sign the whole protocol only its `readers` do. Everyone else, whoever led the meeting too,
    signs what is composed for them.
    """
    programme = standing.programme
    signs = () if programme is None else programme.protocol_signers
    is_for_others = _is_for_others(command)
    wanted = [one.role for one in signs if is_for_others or one.document is SignedDocument.FULL]
    there = {one.id for one in meeting.attended if readers is None or one.id in readers}
    promised = {
        (entry.commitment.organisation, entry.commitment.kind)
        for item in room.agenda
        for entry in item.entries
        if entry.commitment is not None
    }
    signers: dict[UUID, document.Signer] = {}
    for role in wanted:
        name = standing.catalogue.meeting_role(role).name.in_language(language.code)
        for seat in room.seats:
            is_needed = (
                role != Function.AGENCY_REPRESENTATIVE
                or (
                    seat.organisation,
                    seat.kind,
                )
                in promised
            )
            has_role = role in {one.value for one in seat.functions}
            if seat.id in there and has_role and is_needed and seat.id not in signers:
                signers[seat.id] = document.Signer(
                    role=name, name=seat.name, agency=agency_words(seat, standing, language)
                )
    in_order = tuple(signers.values())
    if command.recipient_id is not None:
        own = signers.get(command.recipient_id)
        return in_order[:1] if own is None else (own,)
    return in_order
