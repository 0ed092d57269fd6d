"""A meeting: who is there, what is on its agenda, how far it has come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.pseudonym import Pseudonym


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"


class Presence(StrEnum):
    """Where somebody who was invited is. Whoever is remote is in the room as much as others."""

    EXPECTED = "expected"
    HERE = "here"
    REMOTE = "remote"
    OUTSIDE = "outside"
    GONE = "gone"
    ABSENT = "absent"


REMINDER_VERSION = "1"
"""The version of the reminder of confidentiality; another wording is another version."""

IN_THE_ROOM = frozenset({Presence.HERE, Presence.REMOTE})
"""Who hears and sees what the room hears and sees."""


class Function(StrEnum):
    """What somebody does at the table. Codes are those of `roles.toml`, table `meeting_role`."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    VERIFIER = "verifier"
    SUBJECT_PERSON = "subject_person"
    GUARDIAN = "guardian"
    AGENCY_REPRESENTATIVE = "agency_representative"
    DEPUTY = "deputy"
    INTERPRETER = "interpreter"
    SUPPORT_PERSON = "support_person"
    OBSERVER = "observer"


class AgendaState(StrEnum):
    """How far one item of the agenda has come."""

    COMING = "coming"
    NOW = "now"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChange:
    """Somebody came, left, or sent word; `at` is aware, in UTC.

    Whoever is remote is asked whether they are alone there, but for those who are at the table by
    name themselves; None means that nobody has asked yet. Where the meeting got another time after
    they had sent word, they are expected again, and `moved_from` is the time the word was about.
    """

    presence: Presence
    at: datetime
    is_alone: bool | None = None
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody who is or was to be at the table, in one capacity.

    Family has `person_id`, a professional `organisation_id`; an interpreter and a support person
    have neither. `name` is kept as it was on that day. `party_id` is their place in the case, if
    they have one. `confirmed_at` is when they confirmed the duty of confidentiality, as the version
    `confirmed_version` of the reminder words it; for a support person also that the young person
    wants them there. `apology` is the word they sent. `called_to` are the items of the agenda that
    they are asked to come to; None means the whole meeting.
    """

    id: UUID
    name: str
    functions: frozenset[Function]
    person_id: UUID | None = None
    organisation_id: UUID | None = None
    party_id: UUID | None = None
    title: str = ""
    changes: tuple[PresenceChange, ...] = ()
    confirmed_at: datetime | None = None
    confirmed_version: str = ""
    apology: str = ""
    called_to: frozenset[UUID] | None = None

    def __post_init__(self) -> None:
        """Refuse somebody who sits there for a family and for an organisation at once."""
        if self.person_id is not None and self.organisation_id is not None:
            raise ValueError("A participant sits at the table in two capacities.")

    @property
    def presence(self) -> Presence:
        """Return where they are now."""
        return self.changes[-1].presence if self.changes else Presence.EXPECTED

    @property
    def said_about(self) -> datetime | None:
        """Return the time their word is about that they do not come, until they are asked anew.

        None where they have sent none, or have answered about the time of the meeting.
        """
        return self.changes[-1].moved_from if self.changes else None

    @property
    def is_in_the_room(self) -> bool:
        """Tell whether they hear and see what the room does."""
        return self.presence in IN_THE_ROOM

    @property
    def is_with_somebody(self) -> bool:
        """Tell whether others are where they are remote who are not at the table by name."""
        return self.presence is Presence.REMOTE and self.changes[-1].is_alone is False

    @property
    def was_in_the_room(self) -> bool:
        """Tell whether they were there at any time."""
        return any(one.presence in IN_THE_ROOM for one in self.changes)

    @property
    def came_at(self) -> datetime | None:
        """Return when they first were in the room, None where they never were."""
        return next((one.at for one in self.changes if one.presence in IN_THE_ROOM), None)

    @property
    def left_at(self) -> datetime | None:
        """Return when they left for good, None where they did not."""
        is_gone = self.was_in_the_room and self.presence is Presence.GONE
        return self.changes[-1].at if is_gone else None

    @property
    def was_remote(self) -> bool:
        """Tell whether they took part from elsewhere at any time."""
        return any(one.presence is Presence.REMOTE for one in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of an agenda. `code` is the template's, and empty where somebody wrote it.

    A title that somebody wrote is about the young person, in `category`, and shown as any item is.
    It is the information of `origin_id`, which came with a packet; None is the controller.
    `confirmed` is what whoever leads has confirmed of it at the review, by codes of `must_note`.
    `began_at` is when the meeting first came to it, `came_at` when it last did, and `used_seconds`
    the time that it took before that; a meeting from before this was kept has `began_at` alone.
    """

    id: UUID
    code: str
    title: str
    category: str
    minutes: int
    question: str = ""
    state: AgendaState = AgendaState.COMING
    began_at: datetime | None = None
    ended_at: datetime | None = None
    origin_id: UUID | None = None
    confirmed: frozenset[str] = frozenset()
    came_at: datetime | None = None
    used_seconds: int = 0

    def entered(self, at: datetime) -> Self:
        """Return it with the meeting at it from then on."""
        if self.state is AgendaState.NOW:
            return self
        used = self.used_seconds
        if self.came_at is None:
            used = _seconds(self.began_at, self.ended_at)
        return replace(
            self,
            state=AgendaState.NOW,
            began_at=self.began_at or at,
            came_at=at,
            used_seconds=used,
            ended_at=None,
        )

    def left(self, at: datetime) -> Self:
        """Return it with the meeting gone on from it at that time."""
        used = self.used_seconds + _seconds(self.came_at or self.began_at, at)
        return replace(self, state=AgendaState.DONE, ended_at=at, used_seconds=used)


def _seconds(since: datetime | None, until: datetime | None) -> int:
    """Return how long that was; nothing where a clock was put back meanwhile."""
    if since is None or until is None:
        return 0
    return max(0, int((until - since).total_seconds()))


class OnAgenda(Protocol):
    """What decides where an item may stand."""

    @property
    def state(self) -> AgendaState:
        """How far it has come."""

    @property
    def category(self) -> str:
        """What is told under it."""


def may_move(agenda: Sequence[OnAgenda], *, place: int, to: int) -> bool:
    """Tell whether the item at one place may go to another: among those still to come.

    The young person stays the second to be heard.
    """
    if place == to or not 0 <= to < len(agenda):
        return False
    between = agenda[min(place, to) : max(place, to) + 1]
    if any(one.state is not AgendaState.COMING for one in between):
        return False
    is_voice_second = [one.category for one in agenda[1:2]] == [VOICE]
    return not is_voice_second or min(place, to) > 1


class ToldBy(StrEnum):
    """How the words of the young person come to the meeting."""

    SELF = "self"
    SOMEBODY = "somebody"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What the young person said before a meeting, on the day `on`.

    `words_id` and `letter_id` are the items that hold their own words. `not_raised` is, in their
    words, what the meeting must not come to, `unraised` are the items of the agenda that it is not
    to come to in front of anybody. `teller` is who speaks for them, where somebody does.
    """

    words_id: UUID
    told_by: ToldBy
    on: date
    letter_id: UUID | None = None
    teller: str = ""
    not_raised: str = ""
    unraised: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """When those present agreed to meet again; `starts_at` is aware, in UTC."""

    starts_at: datetime
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of a case. Times are aware, in UTC; `place` is empty where it is not told.

    `pseudonym` is what the young person was called at a meeting that began without the name. It
    stays without to its end, and in its protocol.
    """

    id: UUID
    case_id: UUID
    number: int
    template: str
    starts_at: datetime
    minutes: int
    place: str = ""
    state: MeetingState = MeetingState.PLANNED
    participants: tuple[Participant, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    began_at: datetime | None = None
    ended_at: datetime | None = None
    next_meeting: NextMeeting | None = None
    voice: Voice | None = None
    pseudonym: Pseudonym | None = None

    @property
    def begins(self) -> datetime:
        """Return when it began, or when it is to begin."""
        return self.began_at or self.starts_at

    @property
    def is_over(self) -> bool:
        """Tell whether it was held or called off."""
        return self.state in {MeetingState.HELD, MeetingState.CANCELLED}

    @property
    def unraised(self) -> frozenset[UUID]:
        """Return the items that the young person does not want raised, while it is not over."""
        return frozenset() if self.voice is None or self.is_over else self.voice.unraised

    @property
    def room(self) -> tuple[Participant, ...]:
        """Return who is in the room now, remote ones included."""
        return tuple(one for one in self.participants if one.is_in_the_room)

    @property
    def attended(self) -> tuple[Participant, ...]:
        """Return who was in the room at any time."""
        return tuple(one for one in self.participants if one.was_in_the_room)

    @property
    def current(self) -> AgendaItem | None:
        """Return the item that the meeting has come to."""
        return next((one for one in self.agenda if one.state is AgendaState.NOW), None)

    def with_function(self, function: Function) -> Participant | None:
        """Return the first participant who does this at the table."""
        return next((one for one in self.participants if function in one.functions), None)


def moved(one: Participant, *, before: datetime, after: datetime, at: datetime) -> Participant:
    """Return somebody who was to come to a meeting that has another time from `at` on.

    A word that they do not come was about the time before, so that they are expected until they
    are asked anew. It holds again where the meeting gets that time back before anybody has asked.
    """
    if before == after:
        return one
    if one.said_about == after:
        return replace(one, changes=one.changes[:-1])
    if one.presence is not Presence.ABSENT:
        return one
    asked = PresenceChange(presence=Presence.EXPECTED, at=at, moved_from=before)
    return replace(one, changes=(*one.changes, asked))


class RoleFlaw(StrEnum):
    """What is odd about who does what at a meeting."""

    NOBODY_INVITED = "nobody_invited"
    NO_CHAIR = "no_chair"
    NO_SECRETARY = "no_secretary"
    CHAIR_IS_SECRETARY = "chair_is_secretary"


def called_anew(meeting: Meeting, names: Mapping[UUID, str]) -> Meeting:
    """Return a meeting whose participants of the family are called by these names now."""
    participants = tuple(
        one
        if one.person_id is None or one.person_id not in names
        else replace(one, name=names[one.person_id])
        for one in meeting.participants
    )
    return replace(meeting, participants=participants)


def find_role_flaws(participants: Iterable[Participant]) -> tuple[RoleFlaw, ...]:
    """Return what to point out before a meeting begins: whoever leads does not write as well."""
    functions = [one.functions for one in participants]
    if not functions:
        return (RoleFlaw.NOBODY_INVITED,)
    flaws = []
    if not any(Function.CHAIR in one for one in functions):
        flaws.append(RoleFlaw.NO_CHAIR)
    if not any(Function.SECRETARY in one for one in functions):
        flaws.append(RoleFlaw.NO_SECRETARY)
    if any({Function.CHAIR, Function.SECRETARY} <= one for one in functions):
        flaws.append(RoleFlaw.CHAIR_IS_SECRETARY)
    return tuple(flaws)


def find_undiscussed(meetings: Iterable[Meeting]) -> tuple[AgendaItem, ...]:
    """Return what somebody had put on an agenda, and no meeting has come to.

    What stands on the agenda of a meeting that is not over waits there. The template's own items
    come again with their template.
    """
    every = tuple(meetings)
    held = (one for one in every if one.state is MeetingState.HELD)
    left: dict[tuple[object, ...], AgendaItem] = {}
    for meeting in sorted(held, key=lambda one: (one.begins, one.number)):
        for item in meeting.agenda:
            left.pop(_title_of(item), None)
            if not item.code and item.began_at is None:
                left[_title_of(item)] = item
    waiting = {_title_of(item) for one in every if not one.is_over for item in one.agenda}
    return tuple(item for title, item in left.items() if title not in waiting)


def _title_of(item: AgendaItem) -> tuple[object, ...]:
    """Return by what an item is known again at another meeting."""
    return item.code, item.title, item.category, item.origin_id


def find_next(meetings: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting that is to be held next, if any is booked."""
    planned = (one for one in meetings if one.state is MeetingState.PLANNED)
    return min(planned, key=lambda one: (one.starts_at, one.number), default=None)


def find_unfinished(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Return what a meeting did not come to, and what it was at when it ended."""
    return tuple(
        one
        for one in meeting.agenda
        if one.began_at is None or (one.ended_at is not None and one.ended_at == meeting.ended_at)
    )
