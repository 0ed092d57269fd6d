"""Use cases that plan a meeting and lead it: who is there, and how far the agenda has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import Form, Template, TemplateItem, keeps_ends
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.invitation import find_covered, find_decided
from trygga_desktop.domain.lane import proposed_template
from trygga_desktop.domain.meeting import (
    REMINDER_VERSION,
    AgendaItem,
    AgendaState,
    Function,
    Meeting,
    MeetingState,
    NextMeeting,
    Participant,
    Presence,
    PresenceChange,
    called_anew,
    find_next,
    find_undiscussed,
)
from trygga_desktop.domain.people import aliases_of
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.whole_readers import accounts_with_grant, has_grant
from trygga_desktop.storage.work import UnitOfWork

MOST_TEXT = 200
"""The longest place, name, title or apology in characters that is stored."""

_MOST_MINUTES = 24 * 60
# They have no place of their own in the case, and are named when they are invited.
_GUESTS = frozenset({Function.INTERPRETER, Function.SUPPORT_PERSON, Function.OBSERVER})
# They see what others see, and so nobody does it who sits there in a capacity of their own.
_ONLY_GUESTS = frozenset({Function.INTERPRETER, Function.SUPPORT_PERSON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody to invite: one of the case by `party_id`, or a guest by name.

    `called_to` are codes of the template's items that they are asked to come to; None means the
    whole meeting. A guest who is found to be `beside` somebody remote, whose place at the table it
    is, is in the room from then on, and has confirmed nothing yet.
    """

    functions: frozenset[Function]
    party_id: UUID | None = None
    name: str = ""
    called_to: frozenset[str] | None = None
    beside: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeeting:
    """A meeting as the form holds it; `starts_at` is aware. No `minutes` means the template's.

    The agenda's titles are taken from the template in `language`. `order` are the codes of all its
    items in another order than the template's, empty for that one.
    """

    case_id: UUID
    template: str
    starts_at: datetime
    invited: tuple[Invitation, ...]
    minutes: int | None = None
    place: str = ""
    language: str = "sv"
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPresence:
    """Somebody came, went outside, left, or sent word that they do not come, or that they do.

    `apology` is why not; empty leaves what they said before about this time. Of somebody remote,
    `is_alone` tells whether others are in the room that they are in.
    """

    meeting_id: UUID
    participant_id: UUID
    presence: Presence
    apology: str = ""
    is_alone: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDuty:
    """These have confirmed the duty of confidentiality for this meeting.

    For a support person it is besides the young person's word that they want them there.
    """

    meeting_id: UUID
    participant_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAgendaItem:
    """An item of the agenda that somebody wrote; what its title says is of this category."""

    meeting_id: UUID
    title: str
    category: str
    minutes: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMeeting:
    """The meeting is over, and those present meet again then, if they agreed on a time."""

    meeting_id: UUID
    next_meeting: NextMeeting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMeetings:
    """The meetings of a case, the newest first, and what a new one is planned from."""

    row: CaseRow
    subject_id: UUID
    meetings: tuple[Meeting, ...]
    templates: tuple[Template, ...]
    people: tuple[ShownParty, ...]
    covered: frozenset[UUID]
    catalogue: Catalogue
    sealed: frozenset[UUID] = frozenset()
    left_out: int = 0
    cover_ends: Mapping[UUID, date] = field(default_factory=dict)
    decided: frozenset[UUID] = frozenset()
    with_grant: frozenset[UUID] = frozenset()
    undiscussed: tuple[AgendaItem, ...] = ()
    promised: tuple[tuple[str, int], ...] = ()
    proposed: str = ""


@use_case(Permission.WORK_IN_CASE)
def read_meetings(case_id: UUID, *, vault: OpenVault) -> Done[CaseMeetings]:
    """Return the meetings of a case, for the operator alone.

    `covered` are the organisations that the consents of today let receive anything at all, until
    the end of the day in `cover_ends`, and all of the case where no name is said; `decided` are
    those that a decision on another legal ground tells something, `with_grant` the people of the
    case whom it was granted to, who read and sign the board's own file, and `sealed` the meetings
    of which nothing changes any more. By themselves come the items in `undiscussed`, and the
    commitments that are open, of which `promised` tells for each agency by name how many there are.
    `proposed` is the template that the stage of the case asks for, empty where it is in none.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
        aliases = aliases_of(standing.people)
        meetings = [called_anew(one, aliases) for one, _ in work.meetings.of_case(case_id)]
        covered = find_covered(standing.given)
        found = CaseMeetings(
            row=row,
            subject_id=opened.subject_id,
            meetings=tuple(sorted(meetings, key=lambda one: one.number, reverse=True)),
            templates=_templates(standing),
            people=_who_may_come(vault, standing),
            # Without the name nothing is told for which a consent would have to cover anybody.
            covered=frozenset({*covered, standing.given.controller_id})
            if not standing.is_without_names
            else standing.given.organisations | {standing.given.controller_id},
            catalogue=standing.catalogue,
            sealed=work.protocols.sealed_meetings(case_id),
            left_out=len(work.left_out),
            cover_ends=covered,
            decided=find_decided(standing.given),
            with_grant=_with_grant(work, vault, standing),
            undiscussed=find_undiscussed(meetings),
            promised=_promised(work, standing),
            proposed=""
            if standing.programme is None or opened.case.stage is None
            else proposed_template(standing.programme, opened.case.stage.stage),
        )
        work.commit(Action.MEETINGS_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def plan_meeting(command: PlanMeeting, *, vault: OpenVault) -> Done[UUID]:
    """Store a meeting that is to be, and return its id.

    What somebody had put on the agenda of a meeting before, and none has come to, stands before the
    last item.

    Raise InvalidInputError with the field and its flaw: nobody invited, the same person twice,
    somebody who is not of the case or is beside somebody remote already, a guest without a name,
    somebody of the case who would interpret or support, anybody but professionals where no name is
    said, a template that is not known, a time without a zone; items that are not the template's, or
    none of them, and an order without all of them or with another beginning.
    """
    check_text("place", command.place)
    if command.starts_at.tzinfo is None:
        raise InvalidInputError(field="starts_at", flaw="zone")
    if command.minutes is not None:
        check_minutes(command.minutes)
    if not command.invited:
        raise InvalidInputError(field="invited", flaw="missing")
    if any(one.beside is not None for one in command.invited):
        raise InvalidInputError(field="beside", flaw="unknown")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        template = _template(standing, command.template)
        check_places(standing, command.invited)
        people = {one.party.id: one for one in people_of(vault, standing)}
        known = [one for one, _ in work.meetings.of_case(command.case_id)]
        agenda = _agenda(template, command.order, command.language)
        agenda = _with_undiscussed(agenda, known)
        meeting = Meeting(
            id=uuid4(),
            case_id=command.case_id,
            number=1 + max((one.number for one in known), default=0),
            template=template.code,
            starts_at=command.starts_at,
            minutes=command.minutes or template.minutes,
            place=command.place.strip(),
            participants=participants_of(command.invited, people, agenda),
            agenda=agenda,
        )
        work.meetings.add(command.case_id, meeting)
        work.commit(Action.MEETING_PLANNED, meeting.id)
    return Done(meeting.id, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def invite(meeting_id: UUID, invitation: Invitation, *, vault: OpenVault) -> Done[None]:
    """Store one more who is to come, to all or some items, or who came without being asked.

    Who else is where somebody remote is has to be asked again once one of them is named. Raise
    InvalidInputError for somebody who cannot be, for a place beside somebody who is not remote, and
    for a meeting that is over.
    """

    def add(meeting: Meeting, work: UnitOfWork) -> Meeting:
        _check_not_over(meeting)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        check_places(standing, [invitation], meeting)
        people = {one.party.id: one for one in people_of(vault, standing)}
        new = participants_of([invitation], people, meeting.agenda)
        known = {one.party_id for one in meeting.participants if one.party_id is not None}
        if new[0].party_id in known:
            raise InvalidInputError(field="invited", flaw="taken")
        if invitation.beside is None:
            return replace(meeting, participants=(*meeting.participants, *new))
        remote = PresenceChange(presence=Presence.REMOTE, at=work.at)
        there = {one.id for one in meeting.room if one.presence is Presence.REMOTE}
        if invitation.beside not in there:
            raise InvalidInputError(field="beside", flaw="unknown")
        asked = _with_participants(
            meeting, {invitation.beside}, lambda one: replace(one, changes=(*one.changes, remote))
        )
        (guest,) = new
        together = (*asked.participants, replace(guest, changes=(remote,)))
        return replace(asked, participants=together)

    return _change(vault, meeting_id, add)


@use_case(Permission.WORK_IN_CASE)
def set_presence(command: SetPresence, *, vault: OpenVault) -> Done[None]:
    """Store where somebody is now. From the next picture on the room is another one.

    Raise InvalidInputError for somebody who is not at the table, and for a meeting that is over:
    who was there stays as it was when it ended.
    """
    check_text("apology", command.apology)

    def change(meeting: Meeting, work: UnitOfWork) -> Meeting:
        _check_not_over(meeting)

        def follow(one: Participant) -> Participant:
            is_alone = command.is_alone
            if is_alone is None and command.presence is Presence.REMOTE and one.is_with_somebody:
                # Nobody has said that those others are gone.
                is_alone = False
            changed = PresenceChange(presence=command.presence, at=work.at, is_alone=is_alone)
            # What was said about another time is no reason at this one, and none of who comes.
            is_answered = command.presence is Presence.EXPECTED or one.said_about is not None
            apology = command.apology.strip() or ("" if is_answered else one.apology)
            return replace(one, changes=(*one.changes, changed), apology=apology)

        return _with_participants(meeting, {command.participant_id}, follow)

    return _change(vault, command.meeting_id, change)


@use_case(Permission.WORK_IN_CASE)
def confirm_duty(command: ConfirmDuty, *, vault: OpenVault) -> Done[None]:
    """Store who has confirmed the duty of confidentiality: without it nothing is shown to them.

    Once a meeting was held only those who were there can confirm it. Raise InvalidInputError for
    anybody else, and for a meeting that was called off.
    """

    def change(meeting: Meeting, work: UnitOfWork) -> Meeting:
        if meeting.state is MeetingState.CANCELLED:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        attended = {one.id for one in meeting.attended}
        if meeting.state is MeetingState.HELD and not command.participant_ids <= attended:
            raise InvalidInputError(field="participant", flaw="unknown")

        def confirm(one: Participant) -> Participant:
            return replace(one, confirmed_at=work.at, confirmed_version=REMINDER_VERSION)

        return _with_participants(meeting, command.participant_ids, confirm)

    return _change(vault, command.meeting_id, change)


@use_case(Permission.WORK_IN_CASE)
def begin_meeting(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Begin a meeting with the first item of its agenda.

    What no meeting before has come to, and stands on no other agenda, comes to this one. Where the
    case is spoken of without the name, the meeting is, to its end. Raise InvalidInputError where
    nobody is there, or where it has begun or ended already, and for anybody but professionals at a
    table where no name is said.
    """

    def begin(meeting: Meeting, work: UnitOfWork) -> Meeting:
        if meeting.state is not MeetingState.PLANNED:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        if not meeting.room:
            raise InvalidInputError(field="participants", flaw="missing")
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        pseudonym = None
        if standing.is_without_names:
            if any(one.organisation_id is None for one in meeting.room):
                raise InvalidInputError(field="invited", flaw="named")
            pseudonym = standing.pseudonym
        started = replace(
            meeting, state=MeetingState.RUNNING, began_at=work.at, pseudonym=pseudonym
        )
        known = [one for one, _ in work.meetings.of_case(meeting.case_id)]
        started = replace(started, agenda=_with_undiscussed(started.agenda, known))
        first = next(iter(started.agenda), None)
        return started if first is None else _at_item(started, first.id, work.at)

    done = _change(vault, meeting_id, begin)
    vault.tidy()
    return done


@use_case(Permission.WORK_IN_CASE)
def go_to_item(meeting_id: UUID, agenda_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Go on, or back, to an item of the agenda; the one before is done."""

    def go(meeting: Meeting, work: UnitOfWork) -> Meeting:
        if meeting.state is not MeetingState.RUNNING:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        if agenda_id not in {one.id for one in meeting.agenda}:
            raise InvalidInputError(field="agenda", flaw="unknown")
        return _at_item(meeting, agenda_id, work.at)

    done = _change(vault, meeting_id, go)
    vault.tidy()
    return done


@use_case(Permission.WORK_IN_CASE)
def add_agenda_item(command: AddAgendaItem, *, vault: OpenVault) -> Done[None]:
    """Put an item that somebody wrote at the end of the agenda, where the meeting will come to it.

    It stands before the item that closes the agenda, or behind it once the meeting has come there.

    Raise InvalidInputError for a title that is missing or too long, a category that is not known,
    minutes that are none, or a meeting that is over.
    """
    check_text("title", command.title)
    if not command.title.strip():
        raise InvalidInputError(field="title", flaw="missing")
    check_minutes(command.minutes)

    def add(meeting: Meeting, work: UnitOfWork) -> Meeting:
        _check_not_over(meeting)
        known = {one.code for one in catalogue_of(vault, work).categories if not one.retired}
        if command.category not in known:
            raise InvalidInputError(field="category", flaw="unknown")
        own = AgendaItem(
            id=uuid4(),
            code="",
            title=command.title.strip(),
            category=command.category,
            minutes=command.minutes,
        )
        return replace(meeting, agenda=_with_own(meeting.agenda, own))

    return _change(vault, command.meeting_id, add)


@use_case(Permission.WORK_IN_CASE)
def end_meeting(command: EndMeeting, *, vault: OpenVault) -> Done[None]:
    """End a meeting. Whoever is still there is taken to have stayed to the end.

    What it did not come to stands on the agenda of the next one that is booked already.

    Raise InvalidInputError where it is not running, or the next one has a time without a zone.
    """
    if command.next_meeting is not None:
        check_text("place", command.next_meeting.place)
        if command.next_meeting.starts_at.tzinfo is None:
            raise InvalidInputError(field="next_meeting", flaw="zone")

    def end(meeting: Meeting, work: UnitOfWork) -> Meeting:
        if meeting.state is not MeetingState.RUNNING:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        agenda = tuple(
            one.left(work.at) if one.state is AgendaState.NOW else one for one in meeting.agenda
        )
        held = replace(
            meeting,
            state=MeetingState.HELD,
            ended_at=work.at,
            agenda=agenda,
            next_meeting=command.next_meeting,
        )
        _carry_on(work, held)
        return held

    done = _change(vault, command.meeting_id, end, Action.MEETING_HELD)
    vault.tidy()
    return done


@use_case(Permission.WORK_IN_CASE)
def cancel_meeting(meeting_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Call off a meeting that has not begun."""

    def cancel(meeting: Meeting, _: UnitOfWork) -> Meeting:
        if meeting.state is not MeetingState.PLANNED:
            raise InvalidInputError(field="meeting", flaw=meeting.state.value)
        return replace(meeting, state=MeetingState.CANCELLED)

    return _change(vault, meeting_id, cancel)


def find_meeting(work: UnitOfWork, meeting_id: UUID) -> tuple[Meeting, int]:
    """Return a meeting and the version of its row; who is protected now is called by the alias.

    Raise NoAccessError if it is none of ours, TamperedError if it was changed.
    """
    case_id = work.meetings.case_of(meeting_id)
    if case_id is None:
        raise NoAccessError
    work.cases.find(case_id)
    for meeting, version in work.meetings.of_case(case_id):
        if meeting.id == meeting_id:
            return called_anew(meeting, aliases_of(work.cases.people(case_id))), version
    raise TamperedError


def _change(
    vault: OpenVault,
    meeting_id: UUID,
    change: Callable[[Meeting, UnitOfWork], Meeting],
    action: Action = Action.MEETING_CHANGED,
) -> Done[None]:
    with vault.work() as work:
        meeting, version = find_meeting(work, meeting_id)
        work.meetings.replace(meeting.case_id, change(meeting, work), row_version=version)
        work.commit(action, meeting_id)
    return Done(None, Changes(meetings=True))


def _carry_on(work: UnitOfWork, held: Meeting) -> None:
    """Put what no meeting has come to on the agenda of the next one that is booked."""
    rows = {one.id: (one, version) for one, version in work.meetings.of_case(held.case_id)}
    others = [one for one, _ in rows.values() if one.id != held.id]
    known, booked = [*others, held], find_next(others)
    if booked is not None and find_undiscussed(known):
        carried = replace(booked, agenda=_with_undiscussed(booked.agenda, known))
        work.meetings.replace(held.case_id, carried, row_version=rows[booked.id][1])


def _check_not_over(meeting: Meeting) -> None:
    if meeting.is_over:
        raise InvalidInputError(field="meeting", flaw=meeting.state.value)


def _with_participants(
    meeting: Meeting, ids: Iterable[UUID], change: Callable[[Participant], Participant]
) -> Meeting:
    wanted = set(ids)
    if not wanted <= {one.id for one in meeting.participants}:
        raise InvalidInputError(field="participant", flaw="unknown")
    changed = tuple(change(one) if one.id in wanted else one for one in meeting.participants)
    return replace(meeting, participants=changed)


def _at_item(meeting: Meeting, agenda_id: UUID, at: datetime) -> Meeting:
    def follow(one: AgendaItem) -> AgendaItem:
        if one.id == agenda_id:
            return one.entered(at)
        return one.left(at) if one.state is AgendaState.NOW else one

    return replace(meeting, agenda=tuple(follow(one) for one in meeting.agenda))


def _with_grant(work: UnitOfWork, vault: OpenVault, standing: Standing) -> frozenset[UUID]:
    accounts = accounts_with_grant(work, standing)
    return frozenset(
        one.party.id
        for one in people_of(vault, standing)
        if has_grant(one.party.id, standing, accounts)
    )


def _promised(work: UnitOfWork, standing: Standing) -> tuple[tuple[str, int], ...]:
    """Return how many commitments of each agency are open, by its name; the family's apart."""
    known = [one.as_of(standing.on) for one, _ in work.commitments.of_case(standing.opened.case.id)]
    counts = Counter(one.organisation_id for one in known if one.state.is_open)
    named = {
        "".join(standing.names_of({one})): count for one, count in counts.items() if one is not None
    }
    return tuple(sorted(named.items()))


def _who_may_come(vault: OpenVault, standing: Standing) -> tuple[ShownParty, ...]:
    """Return who can be invited: where no name is said nobody but professionals."""
    people = people_of(vault, standing)
    if not standing.is_without_names:
        return people
    return tuple(one for one in people if one.party.organisation_id is not None)


def _templates(standing: Standing) -> tuple[Template, ...]:
    """Return the programme's templates: where no name is said those without the family, if any."""
    programme = standing.programme
    wanted = () if programme is None else programme.meeting_templates
    found = tuple(one for one in standing.catalogue.templates if one.code in wanted)
    apart = tuple(one for one in found if one.form is Form.PROFESSIONALS_ONLY)
    return apart if standing.is_without_names and apart else found


def _template(standing: Standing, code: str) -> Template:
    for one in standing.catalogue.templates:
        if one.code == code:
            return one
    raise InvalidInputError(field="template", flaw="unknown")


def _with_undiscussed(
    agenda: tuple[AgendaItem, ...], meetings: Iterable[Meeting]
) -> tuple[AgendaItem, ...]:
    """Return an agenda with what no meeting has come to before its last item."""
    carried = tuple(
        replace(one, id=uuid4(), state=AgendaState.COMING) for one in find_undiscussed(meetings)
    )
    return (*agenda[:-1], *carried, *agenda[-1:])


def _with_own(agenda: tuple[AgendaItem, ...], own: AgendaItem) -> tuple[AgendaItem, ...]:
    """Return an agenda with one more item, before what closes it if that is still to come.

    In front of an item that the meeting is at, nobody would ever come to it.
    """
    closing = agenda[-1:]
    is_to_come = all(one.code and one.state is AgendaState.COMING for one in closing)
    return (*agenda[:-1], own, *closing) if is_to_come else (*agenda, own)


def _agenda(template: Template, order: Sequence[str], language: str) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(
            id=uuid4(),
            code=one.code,
            title=one.title.in_language(language),
            category=one.category,
            minutes=one.minutes,
            question=one.question.in_language(language),
        )
        for one in _in_order(template, order)
    )


def _in_order(template: Template, order: Sequence[str]) -> tuple[TemplateItem, ...]:
    items = {one.code: one for one in template.items}
    if not order:
        return template.items
    if not keeps_ends([*items], order, first=template.first_items, last=template.last_items):
        raise InvalidInputError(field="agenda", flaw="order")
    return tuple(items[code] for code in order)


def participants_of(
    invited: Iterable[Invitation],
    people: Mapping[UUID, ShownParty],
    agenda: Iterable[AgendaItem] = (),
) -> tuple[Participant, ...]:
    """Return those who are invited as they sit at the table, each under a new id.

    Raise InvalidInputError with the field and its flaw for somebody who cannot be.
    """
    # What came along from an earlier meeting is no item of the template.
    ids = {one.code: one.id for one in agenda if one.code}
    participants = []
    taken: set[UUID] = set()
    for one in invited:
        if one.party_id is None:
            participants.append(replace(_guest(one), called_to=_called_to(one, ids)))
            continue
        shown = people.get(one.party_id)
        if shown is None:
            raise InvalidInputError(field="invited", flaw="unknown")
        if one.party_id in taken:
            raise InvalidInputError(field="invited", flaw="taken")
        if one.functions & _ONLY_GUESTS:
            raise InvalidInputError(field="functions", flaw="unknown")
        taken.add(one.party_id)
        party = shown.party
        participants.append(
            Participant(
                id=uuid4(),
                name=shown.name,
                functions=one.functions,
                person_id=party.id if party.contact_id is None else None,
                organisation_id=party.organisation_id,
                party_id=party.id,
                title=party.function or party.relation,
                called_to=_called_to(one, ids),
            )
        )
    return tuple(participants)


def _called_to(invitation: Invitation, ids: Mapping[str, UUID]) -> frozenset[UUID] | None:
    """Return the items somebody is asked to come to; who is asked to all comes to the meeting."""
    wanted = invitation.called_to
    if wanted is None or wanted == ids.keys():
        return None
    if not wanted or not wanted <= ids.keys():
        raise InvalidInputError(field="items", flaw="unknown" if wanted else "missing")
    return frozenset(ids[code] for code in wanted)


def _guest(invitation: Invitation) -> Participant:
    check_text("name", invitation.name)
    if not invitation.name.strip():
        raise InvalidInputError(field="name", flaw="missing")
    if not invitation.functions or not invitation.functions <= _GUESTS:
        raise InvalidInputError(field="functions", flaw="unknown")
    return Participant(id=uuid4(), name=invitation.name.strip(), functions=invitation.functions)


def check_places(
    standing: Standing, invited: Iterable[Invitation], meeting: Meeting | None = None
) -> None:
    """Refuse anybody but professionals of the case where it is spoken of without the name.

    Whoever sees the family sit there, or somebody they brought, knows whom it is about. A `meeting`
    that began without the name stays without, whatever the case goes by meanwhile.
    """
    began_without = meeting is not None and meeting.pseudonym is not None
    if not (standing.is_without_names or began_without):
        return
    professionals = {
        one for one, (party, _) in standing.parties.items() if party.organisation_id is not None
    }
    if any(one.party_id not in professionals for one in invited):
        raise InvalidInputError(field="invited", flaw="named")


def check_minutes(minutes: int) -> None:
    """Raise InvalidInputError for a length that no meeting and no item has."""
    if not 0 < minutes <= _MOST_MINUTES:
        raise InvalidInputError(field="minutes", flaw="length")


def check_text(field: str, text: str) -> None:
    """Raise InvalidInputError for a word that is too long to be stored in a field."""
    if len(text) > MOST_TEXT:
        raise InvalidInputError(field=field, flaw="length")
