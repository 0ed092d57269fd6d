"""What a meeting shows the room, and what it keeps from it and why, for the operator alone."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID, uuid5

from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import (
    AgendaItem,
    AgendaState,
    Function,
    Meeting,
    MeetingState,
    NextMeeting,
    Participant,
    Presence,
    PresenceChange,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import PlanLine
from trygga_desktop.domain.pseudonym import Pseudonym
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Circumstances, Decision, Recipient
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import (
    ShownItem,
    fact,
    recipients_at,
    show_alone,
    show_room,
    show_to,
    text_of,
    title_of,
)
from trygga_desktop.services.carried import Age, ages_at, carried_into
from trygga_desktop.services.changes import Done
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.parties import name_of, typed_name
from trygga_desktop.services.plan_proposals import Proposed, ShownProposal, find_proposed
from trygga_desktop.services.ratings import ratings_for
from trygga_desktop.services.second_persons import unnamed_in
from trygga_desktop.services.standing import Standing, as_spoken_of, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_NOBODY = UUID(int=0)
# Codes of `action_status.toml`: they tell of danger, and that a consent has ended.
_FOR_THE_OPERATOR = frozenset({"safety", "consent_stopped"})
_BESIDE = "beside"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCommitment:
    """Who promised it and until when. `reason` is a code of the catalogue, `kind` an agency's.

    Where it comes from an earlier meeting it has an `age`.
    """

    responsible: str
    organisation: str
    due: date
    state: CommitmentState
    is_late: bool
    reason: str = ""
    kind: str = ""
    hour: time | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEntry:
    """Something that was written down, as its audience may see it.

    `who` is the organisation it comes from or the person whose words they are, `kind_of_who` the
    code of that agency's kind, empty for family. Both are empty where the audience sees the words
    and may not know whose they are; where no name is said `who` is, beside the kind of an agency.
    Dissents stand beside their decision.
    """

    item: ShownItem
    who: str
    kind_of_who: str
    commitment: ShownCommitment | None = None
    dissents: tuple["ShownEntry", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgendaItem:
    """One item of the agenda; a title that not everyone may see is empty and `is_private`.

    `proposals` are what was prepared at the desk and waits there to be agreed on, `confirmed` what
    whoever leads has confirmed at the review, by codes of `must_note`. A title that somebody wrote
    is the information of `origin_id`, if that is not the controller; None where it is not shown.
    """

    id: UUID
    code: str
    title: str
    is_private: bool
    category: str
    minutes: int
    question: str
    state: AgendaState
    began_at: datetime | None
    ended_at: datetime | None
    entries: tuple[ShownEntry, ...]
    proposals: tuple[ShownProposal, ...] = ()
    confirmed: frozenset[str] = frozenset()
    origin_id: UUID | None = None
    came_at: datetime | None = None
    used_seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody at the table: on a shared screen no more than their presence is told.

    `apology`, the word that somebody sent, is for the operator alone. `called_to` are the items of
    the agenda that they were asked to come to; None means the whole meeting. Where no name is said
    neither a title nor an organisation's name is told. One that `is_beside` is no seat: it stands
    for whoever is where that person is remote and has not been named.
    """

    id: UUID
    party_id: UUID | None
    name: str
    title: str
    organisation_id: UUID | None
    organisation: str
    kind: str
    functions: frozenset[Function]
    presence: Presence
    has_confirmed: bool
    must_confirm: bool
    changes: tuple[PresenceChange, ...]
    apology: str
    called_to: frozenset[UUID] | None = None
    is_beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose when writing: an organisation, with its kind, or a person."""

    id: UUID
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRoom:
    """A meeting as those in the room may see it; nothing in it tells that something is hidden.

    `carried` are commitments of earlier meetings that were open when the day of this one began, or
    of which it was told since the meeting before how they ended.
    `subject_name` is empty where not everyone may know it. `speakers` are those of the family who
    are at the table, or whose name everyone may know, and `organisations` the board and those with
    somebody at the table. `pseudonym` is there where the meeting is held without the name: then
    this is all that others are told of who it is, and neither a number of the case, a place, nor
    which school or office somebody comes from is told them beside it. `plan_basis` is what the plan
    is looked at as, where something of it waits to be agreed on. While the meeting goes on `goals`
    are those of the plan that were agreed on, and `is_rated` tells that the young person gave
    figures of their own at it. Where it `goes_by_hours` an action can be due at an hour. `in_order`
    are the entries in the order in which they were written down, under whichever item.
    """

    id: UUID
    case_id: UUID
    case_number: str
    number: int
    subject_id: UUID
    subject_name: str
    state: MeetingState
    starts_at: datetime
    minutes: int
    place: str
    began_at: datetime | None
    ended_at: datetime | None
    today: date
    seats: tuple[Seat, ...]
    agenda: tuple[ShownAgendaItem, ...]
    carried: tuple[ShownEntry, ...]
    next_meeting: NextMeeting | None
    organisations: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    categories: tuple[Category, ...]
    catalogue: Catalogue
    is_sealed: bool = False
    pseudonym: Pseudonym | None = None
    plan_basis: str = ""
    goes_by_hours: bool = False
    template: str = ""
    goals: tuple[ShownItem, ...] = ()
    is_rated: bool = False
    in_order: tuple[UUID, ...] = ()

    @property
    def is_without_names(self) -> bool:
        """Return whether the meeting is held without the young person's name."""
        return self.pseudonym is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an item must be asked about, in the words of who asked; never on a shared screen."""

    about_id: UUID
    words: str
    is_limit: bool
    is_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenEntry:
    """An item, or a title that somebody wrote, which the room does not see; for the operator alone.

    `against` names everyone in the room who may not see it, with the decision about each. What is
    answered about something that `is_sealed` changes nothing of its protocol. What is about
    somebody unnamed (`is_about_unnamed`) waits for the operator to say who that is. A commitment
    that `rests` as no consent covers it is shown to nobody, whoever is there.
    """

    agenda_id: UUID | None
    entry: ShownEntry
    against: tuple[tuple[Seat, Decision], ...]
    questions: tuple[Question, ...]
    is_sealed: bool = False
    is_about_unnamed: bool = False
    rests: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenFromRoom:
    """What a meeting keeps from those in its room, for the operator's own window.

    `asked` is what the room sees or nobody hears, and something is still to be answered about.
    `others` are the people of the case beside the young person. `left_out` counts what of the case
    did not verify, and so is shown to nobody.
    """

    meeting_id: UUID
    case_id: UUID
    subject_id: UUID
    subject_name: str
    hidden: tuple[HiddenEntry, ...]
    until: date | None
    others: tuple[Choice, ...] = ()
    left_out: int = 0
    asked: tuple[HiddenEntry, ...] = ()


@use_case(Permission.WORK_IN_CASE)
def read_meeting(meeting_id: UUID, *, vault: OpenVault) -> Done[MeetingRoom]:
    """Return a meeting for a screen that everyone in its room sees.

    An empty room sees no more than the agenda's own titles.
    """
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        room = show_meeting(work, vault, standing, meeting, at_the_table(standing, meeting))
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(room)


@use_case(Permission.WORK_IN_CASE)
def read_hidden(meeting_id: UUID, *, vault: OpenVault) -> Done[HiddenFromRoom]:
    """Return what those in the room of a meeting do not see, and why, for the operator alone."""
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        found = find_hidden(work, vault, standing, meeting)
        work.commit(Action.MEETING_READ, meeting_id)
    return Done(found)


def show_meeting(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    meeting: Meeting,
    audience: Collection[Recipient] | None,
) -> MeetingRoom:
    """Return a meeting for an audience: a room, or with None the operator alone.

    What is guarded is in neither: it is read with the case, and never printed. Who sees what is
    decided as of the standing's day; what is told of it is told as of `day_of` the meeting.
    """
    standing = as_spoken_of(standing, meeting)
    is_told_apart = standing.is_without_names and audience is not None
    day = day_of(meeting, standing.on)
    telling = _Telling(vault, standing, audience, meeting)
    items = [one for one in work.items.of_case(meeting.case_id) if one.part is Part.CASE]
    commitments = _commitments(work, standing, meeting, items, day)
    noted = [one for one in items if one.noted and one.noted.meeting_id == meeting.id]
    earlier = _by_agency(carried_into(work, meeting, items, commitments), commitments)
    if audience is not None:
        # What waits for a consent stays on the operator's list (README of the catalogue, 13).
        earlier = [one for one in earlier if not commitments[one.id].is_resting]
    proposed = find_proposed(work, vault, standing, meeting)
    agenda = tuple(
        replace(
            _agenda_item(telling, one, _under(one.id, noted), commitments),
            proposals=telling.proposals(proposed, one.id),
        )
        if audience is None or one.id not in meeting.unraised
        else _unraised(one)
        for one in meeting.agenda
    )
    shown = {entry.item.id for one in agenda for entry in one.entries}
    return MeetingRoom(
        id=meeting.id,
        case_id=meeting.case_id,
        # By a number, too, what is told here could be put together with the name later on.
        case_number="" if is_told_apart else standing.opened.case.case_number,
        number=meeting.number,
        subject_id=standing.opened.subject_id,
        subject_name=telling.name(standing.opened.subject_id),
        state=meeting.state,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place="" if is_told_apart else meeting.place,
        began_at=meeting.began_at,
        ended_at=meeting.ended_at,
        today=standing.on,
        template=meeting.template,
        seats=tuple(
            _seat(standing, one, day, is_alone=audience is None)
            for one in meeting.participants
            if not is_told_apart or one.organisation_id is not None
        ),
        agenda=agenda,
        in_order=tuple(one.id for one in noted if one.id in shown),
        carried=_aged(
            telling.entries(earlier, commitments),
            ages_at(work, meeting, earlier, commitments, day),
        ),
        next_meeting=meeting.next_meeting
        if meeting.next_meeting is None or not is_told_apart
        else replace(meeting.next_meeting, place=""),
        organisations=_organisations(standing, day, None if audience is None else meeting),
        speakers=_speakers(standing, telling),
        categories=tuple(one for one in standing.catalogue.categories if not one.retired),
        catalogue=standing.catalogue,
        is_sealed=meeting.id in work.protocols.sealed_meetings(meeting.case_id),
        pseudonym=(meeting.pseudonym or standing.pseudonym) if standing.is_without_names else None,
        plan_basis="" if proposed is None else proposed.basis,
        goals=()
        if proposed is None or (audience is not None and proposed.under in meeting.unraised)
        else telling.shown(proposed.goals),
        is_rated=_is_rated(work, standing, meeting, telling),
        goes_by_hours=standing.goes_by_hours,
    )


def _is_rated(work: UnitOfWork, standing: Standing, meeting: Meeting, telling: "_Telling") -> bool:
    """Tell whether the audience may see figures that the young person gave at this meeting."""
    if meeting.state is not MeetingState.RUNNING:
        return False
    found = work.ratings.of_case(meeting.case_id)
    # By day and area: what is put right at the desk later that day is still what was given here.
    given = {
        (one.on, area) for one, _ in found if one.meeting_id == meeting.id for area in one.values
    }
    return any(
        (one.on, area) in given
        for one in ratings_for(work, standing, telling.shown)
        for area in one.values
    )


def day_of(meeting: Meeting, today: date) -> date:
    """Return the day as of which a meeting is told: its own once it was held, else today.

    What became of a promise or of a name later is no part of the meeting that was.
    """
    if meeting.state is not MeetingState.HELD:
        return today
    return meeting.begins.astimezone(STOCKHOLM).date()


def show_entries_alone(
    vault: OpenVault,
    standing: Standing,
    items: Iterable[Item],
    commitments: Mapping[UUID, Commitment],
) -> tuple[ShownEntry, ...]:
    """Return what was written down, for the operator alone."""
    return _Telling(vault, standing, None).entries(items, commitments)


class _Telling:
    """Decides items for one audience and says whose they are.

    Of somebody who is at the meeting the audience knows that they are there, and so their name.
    """

    def __init__(
        self,
        vault: OpenVault,
        standing: Standing,
        audience: Collection[Recipient] | None,
        meeting: Meeting | None = None,
    ) -> None:
        self._vault = vault
        self._standing = standing
        self._audience = None if audience is None else _distinct(audience)
        self._on = standing.on if meeting is None else day_of(meeting, standing.on)
        people = () if meeting is None else meeting.participants
        self._is_apart = audience is not None and standing.is_without_names
        self._at_table = set() if self._is_apart else {one.person_id for one in people}
        self._names_at_table = {one.name for one in people}
        # Many items name the same few people.
        self._told: dict[UUID, str] = {}
        self._speaking: dict[UUID, str] = {}

    def shown(self, items: Iterable[Item]) -> tuple[ShownItem, ...]:
        given = self._standing.given
        if self._audience is None:
            return show_alone(items, vault=self._vault, given=given).items
        decided = self._vault.decided
        return show_room(items, self._audience, given=given, decided=decided).items

    def title(self, item: AgendaItem) -> str:
        """Return a title that somebody wrote, where the audience may see it."""
        controller = self._standing.given.controller_id
        told = title_of(self._standing.opened, item, controller=controller)
        return "".join(map(text_of, self.shown([told])))

    def name(self, person_id: UUID) -> str:
        """Return what somebody of the family is called, where the audience may know it."""
        if person_id not in self._told:
            self._told[person_id] = self._decided_name(person_id)
        return self._told[person_id]

    def _decided_name(self, person_id: UUID) -> str:
        name = text_of(name_of(self._vault, self._standing, person_id))
        if self._audience is None:
            return name
        controller = self._standing.given.controller_id
        opened = self._standing.opened
        told = fact(opened, "contact", name, controller=controller, about=person_id)
        return "".join(map(text_of, self.shown([told])))

    def speaker(self, person_id: UUID) -> str:
        """Return whose words something is."""
        if person_id not in self._at_table:
            return self.name(person_id)
        if person_id not in self._speaking:
            self._speaking[person_id] = text_of(name_of(self._vault, self._standing, person_id))
        return self._speaking[person_id]

    def alone(self, item: Item, commitments: Mapping[UUID, Commitment]) -> ShownEntry | None:
        """Return one item of any kind by itself."""
        shown = next(iter(self.shown([item])), None)
        return None if shown is None else self._entry(shown, commitments, ())

    def entries(
        self, items: Iterable[Item], commitments: Mapping[UUID, Commitment]
    ) -> tuple[ShownEntry, ...]:
        shown = self.shown(items)
        dissents = [one for one in shown if one.kind is ItemKind.DISSENT]
        return tuple(
            self._entry(one, commitments, dissents)
            for one in shown
            if one.kind not in {ItemKind.DISSENT, ItemKind.NOTE}
        )

    def _entry(
        self,
        item: ShownItem,
        commitments: Mapping[UUID, Commitment],
        dissents: Iterable[ShownItem],
    ) -> ShownEntry:
        who, kind = self._who(item)
        commitment = commitments.get(item.id)
        return ShownEntry(
            item=item,
            who=who,
            kind_of_who=kind,
            commitment=None if commitment is None else self._commitment(commitment),
            dissents=tuple(self._entry(one, {}, ()) for one in dissents if one.follows == item.id),
        )

    def _who(self, item: ShownItem) -> tuple[str, str]:
        if item.said_by is not None:
            return self.speaker(item.said_by), ""
        return self._organisation(item.origin_id)

    def _organisation(self, organisation_id: UUID | None) -> tuple[str, str]:
        """Return what an organisation is called and its kind; the kind alone beside no name."""
        name, kind = _called(self._standing, organisation_id, self._on)
        return ("" if self._is_apart else name), kind

    def _commitment(self, commitment: Commitment) -> ShownCommitment:
        last = commitment.changes[-1] if commitment.changes else None
        organisation, kind = self._organisation(commitment.organisation_id)
        return ShownCommitment(
            responsible=self._responsible(
                commitment.responsible, commitment.organisation_id, commitment.party_id
            ),
            organisation=organisation,
            due=commitment.due,
            state=commitment.state,
            is_late=commitment.is_late_on(self._on),
            reason="" if last is None or self._withholds(last.reason) else last.reason,
            kind=kind,
            hour=commitment.hour,
        )

    def _withholds(self, reason: str) -> bool:
        """Tell whether a reason is for the operator: it says what the room is not told of."""
        return self._audience is not None and reason in _FOR_THE_OPERATOR

    def proposals(self, proposed: Proposed | None, agenda_id: UUID) -> tuple[ShownProposal, ...]:
        """Return what waits under an item to be agreed on, as far as the audience may see it."""
        if proposed is None or proposed.under != agenda_id:
            return ()
        return proposed.shown(self.shown(proposed.waiting), who=self._who_promises)

    def _who_promises(self, line: PlanLine) -> tuple[str, str, str]:
        name = self._responsible(line.responsible, line.organisation_id, line.party_id)
        return name, *self._organisation(line.organisation_id)

    def _responsible(self, name: str, organisation_id: UUID | None, party_id: UUID | None) -> str:
        """Return who does it; of the family only whom the audience may know by name."""
        if self._is_apart and name not in self._names_at_table:
            return ""
        if organisation_id is not None:
            return name
        if party_id is not None:
            return self.speaker(party_id)
        if self._audience is None:
            return typed_name(self._vault, self._standing, name)
        if name in self._names_at_table:
            return name
        # Who it is nobody noted: a name that the audience knows anyway gives nothing away.
        return name if name in map(self.name, self._standing.people) else ""


def _distinct(recipients: Iterable[Recipient]) -> list[Recipient]:
    """Return one for all of whom everything is decided alike: who they are decides nothing."""
    return list(dict.fromkeys(replace(one, id=_NOBODY) for one in recipients))


def _commitments(
    work: UnitOfWork, standing: Standing, meeting: Meeting, items: Iterable[Item], day: date
) -> dict[UUID, Commitment]:
    """Return the commitments as they stood on a day.

    What is promised at this meeting does not rest: nothing is to tell the room that a consent ends.
    """
    known = [one.as_of(day) for one, _ in work.commitments.of_case(meeting.case_id)]
    earlier = {
        one.id: one.known_on
        for one in items
        if one.noted is None or one.noted.meeting_id != meeting.id
    }
    return {one.id: one for one in standing.resting.as_they_stand(known, earlier, day)}


def _aged(entries: Iterable[ShownEntry], ages: Mapping[UUID, Age]) -> tuple[ShownEntry, ...]:
    return tuple(
        one
        if one.commitment is None
        else replace(one, commitment=replace(one.commitment, age=ages.get(one.item.id)))
        for one in entries
    )


def _under(agenda_id: UUID, items: Iterable[Item]) -> list[Item]:
    return [one for one in items if one.noted is not None and one.noted.agenda_id == agenda_id]


def _by_agency(items: list[Item], commitments: Mapping[UUID, Commitment]) -> list[Item]:
    """Return promises agency by agency, each where its first one stands."""
    first: dict[UUID | None, int] = {}
    for place, one in enumerate(items):
        first.setdefault(commitments[one.id].organisation_id, place)
    return sorted(items, key=lambda one: first[commitments[one.id].organisation_id])


def _agenda_item(
    telling: _Telling,
    item: AgendaItem,
    noted: Iterable[Item],
    commitments: Mapping[UUID, Commitment],
) -> ShownAgendaItem:
    # The template's own titles say nothing of anyone; what somebody wrote may.
    title = item.title if item.code else telling.title(item)
    return ShownAgendaItem(
        id=item.id,
        code=item.code,
        title=title,
        is_private=not title,
        category=item.category,
        minutes=item.minutes,
        question=item.question,
        state=item.state,
        began_at=item.began_at,
        ended_at=item.ended_at,
        came_at=item.came_at,
        used_seconds=item.used_seconds,
        entries=telling.entries(noted, commitments),
        confirmed=item.confirmed,
        origin_id=item.origin_id if title else None,
    )


def _unraised(item: AgendaItem) -> ShownAgendaItem:
    """Return an item as nobody around the table sees it: the young person wants it not raised."""
    return ShownAgendaItem(
        id=item.id,
        code=item.code,
        title="",
        is_private=True,
        category=item.category,
        minutes=item.minutes,
        question="",
        state=item.state,
        began_at=item.began_at,
        ended_at=item.ended_at,
        came_at=item.came_at,
        used_seconds=item.used_seconds,
        entries=(),
    )


def _seat(standing: Standing, participant: Participant, on: date, *, is_alone: bool) -> Seat:
    organisation, kind = _called(standing, participant.organisation_id, on)
    title = participant.title
    if standing.is_without_names and not is_alone:
        # Which school or office it is may tell where the young person lives, and so may a title
        # that somebody wrote: what is told of anyone is the kind of agency, and what they do here.
        organisation = title = ""
    return Seat(
        id=participant.id,
        party_id=participant.party_id,
        name=participant.name,
        title=title,
        organisation_id=participant.organisation_id,
        organisation=organisation,
        kind=kind,
        functions=participant.functions,
        presence=participant.presence,
        has_confirmed=participant.confirmed_at is not None,
        must_confirm=participant.person_id is None,
        changes=participant.changes,
        apology=participant.apology if is_alone else "",
        called_to=participant.called_to,
    )


def _called(standing: Standing, organisation_id: UUID | None, on: date) -> tuple[str, str]:
    """Return an organisation's name on that day, and its kind."""
    organisation = standing.directory.organisation(organisation_id)
    return ("", "") if organisation is None else (organisation.name_on(on), organisation.kind)


def _organisations(standing: Standing, on: date, room: Meeting | None) -> tuple[Choice, ...]:
    """Return those of the case; to a room no more than those with somebody at its table."""
    known = {standing.given.controller_id, *standing.given.organisations}
    if room is not None:
        at_table = {one.organisation_id for one in room.participants}
        known &= at_table | {standing.given.controller_id}
    called = [(one, *_called(standing, one, on)) for one in known]
    if room is not None and standing.is_without_names:
        called = [(one, "", kind) for one, _, kind in called]
    found = [Choice(id=one, name=name, kind=kind) for one, name, kind in called]
    return tuple(sorted(found, key=lambda one: (one.id != standing.given.controller_id, one.name)))


def _speakers(standing: Standing, telling: _Telling) -> tuple[Choice, ...]:
    # Decided like any name: where none is said, nobody of the family is at the table either.
    subject = standing.opened.subject_id
    others = sorted(standing.people.keys() - {subject})
    named = [(one, telling.speaker(one)) for one in (subject, *others)]
    found = [Choice(id=one, name=name) for one, name in named if name]
    return tuple(sorted(found, key=lambda one: (one.id != subject, one.name)))


@dataclass(frozen=True, slots=True)
class _Table:
    """Those in a room: their seats, each with the place of their like among `recipients`."""

    recipients: Sequence[Recipient]
    seats: Sequence[tuple[Seat, int]]
    given: Circumstances

    def against(self, item: Item) -> tuple[tuple[Seat, Decision], ...]:
        """Return everyone who may not see an item, with the decision about each."""
        told = [show_to(item, one, given=self.given).hidden for one in self.recipients]
        return tuple((seat, told[at][0].decision) for seat, at in self.seats if told[at])

    def against_all(self, reason: Reason) -> tuple[tuple[Seat, Decision], ...]:
        """Return everyone, where something is shown to nobody at the table for one reason."""
        return tuple((seat, Decision(reason=reason)) for seat, _ in self.seats)


def at_the_table(standing: Standing, meeting: Meeting) -> list[Recipient]:
    """Return who the decision asks about in the room of a meeting."""
    return recipients_at((*_room_of(meeting), *_unnamed_in(meeting)), family=standing.family_names)


def _room_of(meeting: Meeting) -> tuple[Participant, ...]:
    """Return who is in the room; of a meeting that was held, everyone who was: it is for them."""
    return meeting.attended if meeting.state is MeetingState.HELD else meeting.room


def _unnamed_in(meeting: Meeting) -> tuple[Participant, ...]:
    """Return who is where somebody remote is and was not named: nothing is shown to them."""
    if meeting.is_over:
        return ()
    nothing = frozenset({Function.OBSERVER})
    return tuple(
        Participant(id=uuid5(one.id, _BESIDE), name=one.name, functions=nothing)
        for one in meeting.room
        if one.is_with_somebody
    )


def _table(standing: Standing, meeting: Meeting) -> _Table:
    everyone = at_the_table(standing, meeting)
    recipients = _distinct(everyone)
    place = {one: at for at, one in enumerate(recipients)}
    day = day_of(meeting, standing.on)
    seats = {one.id: _seat(standing, one, day, is_alone=True) for one in _room_of(meeting)}
    for one in _unnamed_in(meeting):
        seats[one.id] = replace(_seat(standing, one, day, is_alone=True), is_beside=True)
    return _Table(
        recipients,
        [(seats[one.id], place[replace(one, id=_NOBODY)]) for one in everyone],
        standing.given,
    )


def find_hidden(
    work: UnitOfWork, vault: OpenVault, standing: Standing, meeting: Meeting
) -> HiddenFromRoom:
    """Return what those in the room of a meeting do not see, and why."""
    standing = as_spoken_of(standing, meeting)
    table = _table(standing, meeting)
    of_case = [one for one in work.items.of_case(meeting.case_id) if one.part is Part.CASE]
    day = day_of(meeting, standing.on)
    commitments = _commitments(work, standing, meeting, of_case, day)
    carried = {one.id for one in carried_into(work, meeting, of_case, commitments)}
    items = [
        one
        for one in of_case
        if one.id in carried or (one.noted is not None and one.noted.meeting_id == meeting.id)
    ]
    kept_back = {one.id for one in show_room(items, table.recipients, given=standing.given).hidden}
    # An empty room has nobody from whom anything is kept.
    left_out = meeting.unraised if table.seats else frozenset()
    unraised = {one.id for one in items if _agenda_of(one, meeting) in left_out}
    resting = {one for one in carried if table.seats and commitments[one].is_resting}
    telling = _Telling(vault, standing, None, meeting)
    sealed = work.protocols.sealed_meetings(meeting.case_id)
    hidden: list[HiddenEntry] = []
    asked: list[HiddenEntry] = []
    for item in items:
        is_hidden = item.id in kept_back | unraised | resting
        is_asked = not is_hidden and _waits(item, standing, meeting)
        entry = telling.alone(item, commitments) if is_hidden or is_asked else None
        if entry is None:
            continue
        against = table.against(item) if item.id in kept_back else ()
        if item.id in unraised - kept_back:
            against = table.against_all(Reason.EXCLUDED)
        found = HiddenEntry(
            agenda_id=_agenda_of(item, meeting),
            entry=entry,
            against=against,
            questions=_questions(item, standing),
            is_sealed=_is_of(item, sealed),
            is_about_unnamed=bool(unnamed_in(item, standing)),
            rests=item.id in resting,
        )
        (asked if is_asked else hidden).append(found)
    hidden += _kept_proposals(
        telling, meeting, table, find_proposed(work, vault, standing, meeting)
    )
    hidden += _private_titles(telling, standing, meeting, table)
    ends = [
        one.valid_to
        for one in standing.state.consents
        if one.signer in standing.required.signs and one.holds_on(standing.on)
    ]
    return HiddenFromRoom(
        meeting_id=meeting.id,
        case_id=meeting.case_id,
        subject_id=standing.opened.subject_id,
        subject_name=telling.name(standing.opened.subject_id),
        hidden=tuple(hidden),
        until=min(ends, default=None),
        others=tuple(
            one for one in _speakers(standing, telling) if one.id != standing.opened.subject_id
        ),
        left_out=len(work.left_out),
        asked=tuple(asked),
    )


def _waits(item: Item, standing: Standing, meeting: Meeting) -> bool:
    """Return whether something of a meeting waits for an answer, although nobody is kept out now.

    A limit asks of whoever was there, and of whom the item comes from.
    """
    if not _is_of(item, [meeting.id]):
        return False
    there = {one.organisation_id for one in meeting.attended} | {item.origin_id}
    terms = [one.id for one in standing.state.exclusions if item.category in one.categories]
    terms += [
        one.id
        for one in standing.state.limits
        if one.cell.category == item.category and one.cell.organisation_id in there
    ]
    is_open = any(item.marking_for(one) is None for one in terms)
    return is_open or bool(unnamed_in(item, standing))


def _kept_proposals(
    telling: _Telling, meeting: Meeting, table: _Table, proposed: Proposed | None
) -> Iterator[HiddenEntry]:
    """Yield what waits to be agreed on and somebody in the room may not see."""
    if proposed is None or not table.seats:
        return
    is_unraised = proposed.under in meeting.unraised
    for item in proposed.waiting:
        against = table.against(item)
        if is_unraised and not against:
            against = table.against_all(Reason.EXCLUDED)
        entry = telling.alone(item, {}) if against else None
        if entry is not None:
            yield HiddenEntry(agenda_id=proposed.under, entry=entry, against=against, questions=())


def _private_titles(
    telling: _Telling, standing: Standing, meeting: Meeting, table: _Table
) -> Iterator[HiddenEntry]:
    """Yield the titles that stand as private items in the room."""
    controller = standing.given.controller_id
    for one in meeting.agenda:
        title = title_of(standing.opened, one, controller=controller)
        if one.id in meeting.unraised:
            entry = telling.alone(title, {})
            if entry is not None and table.seats:
                yield HiddenEntry(
                    agenda_id=one.id,
                    entry=entry,
                    against=table.against_all(Reason.EXCLUDED),
                    questions=(),
                )
            continue
        if one.code or not show_room([title], table.recipients, given=standing.given).hidden:
            continue
        entry = telling.alone(title, {})
        if entry is not None:
            yield HiddenEntry(
                agenda_id=one.id, entry=entry, against=table.against(title), questions=()
            )


def _agenda_of(item: Item, meeting: Meeting) -> UUID | None:
    noted = item.noted
    return noted.agenda_id if noted is not None and noted.meeting_id == meeting.id else None


def _is_of(item: Item, meetings: Collection[UUID]) -> bool:
    """Return whether an item was noted at one of these meetings."""
    return item.noted is not None and item.noted.meeting_id in meetings


def _questions(item: Item, standing: Standing) -> tuple[Question, ...]:
    asked = [
        Question(
            about_id=one.id,
            words=one.words,
            is_limit=False,
            is_answered=item.marking_for(one.id) is not None,
        )
        for one in standing.state.exclusions
        if item.category in one.categories
    ]
    asked += [
        Question(
            about_id=one.id,
            words=one.words,
            is_limit=True,
            is_answered=item.marking_for(one.id) is not None,
        )
        for one in standing.state.limits
        if one.cell.category == item.category
    ]
    return tuple(asked)
