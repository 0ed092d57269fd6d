"""What travels between two vaults: one case's preparation in parts, and how two sides compare."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from trygga_desktop.domain.partners import Address

MOST_BYTES = 16 * 1024 * 1024
"""The longest file that is read as a packet."""

MOST_PARTS = 500
"""So many parts a packet may have."""

MOST_SEEN = 50
"""So many earlier versions of a part are told; of older ones both sides are asked."""

MOST_TEXT = 2_000_000
"""The longest field of a part in characters."""

_MOST_CODE = 200
_VAULT_BYTES = 16
_DIGEST_LENGTH = 32


class PacketFlaw(StrEnum):
    """Why a packet is refused as a whole."""

    NOT_A_PACKET = "not_a_packet"
    TOO_LARGE = "too_large"
    OTHER_VERSION = "other_version"
    FOR_SOMEBODY_ELSE = "for_somebody_else"
    ALTERED = "altered"
    NOT_CERTIFIED = "not_certified"
    RETIRED = "retired"
    TAKEN_BEFORE = "taken_before"
    OLDER = "older"
    OTHER_CASE = "other_case"
    UNREADABLE = "unreadable"


class PartKind(StrEnum):
    """What one part of a packet is."""

    AGENDA = "agenda"
    VOICE = "voice"
    STATEMENT = "statement"
    COMMITMENT = "commitment"
    PLAN_LINE = "plan_line"
    REMOVED_LINE = "removed_line"


FIELDS: Mapping[PartKind, tuple[str, ...]] = {
    PartKind.AGENDA: ("title", "question", "minutes"),
    PartKind.VOICE: ("words", "letter", "told_by", "teller"),
    PartKind.STATEMENT: ("text",),
    PartKind.COMMITMENT: (
        *("text", "responsible", "due_on", "due_at", "follow_up_on"),
        *("state", "reason"),
    ),
    PartKind.PLAN_LINE: (
        *("words", "term", "sign", "own_part"),
        *("responsible", "due_on", "due_at", "follow_up_on"),
    ),
    PartKind.REMOVED_LINE: (),
}
"""What two sides compare of each kind, in the order in which it is told."""

SOMETIMES: Mapping[PartKind, frozenset[str]] = {
    PartKind.COMMITMENT: frozenset({"due_at", "follow_up_on"}),
    PartKind.PLAN_LINE: frozenset({"due_at"}),
}
"""What a part has only where it says something: without it a part is what it always was."""


FORM = 4
"""The newest form of packets.

The second can go without a meeting, and tell of lines that were removed; the third tells on which
day a commitment is followed up; the fourth at which hour a line of the plan is due.
"""

OF_THE_PLAN = frozenset({PartKind.PLAN_LINE, PartKind.REMOVED_LINE})
"""What is taken in as the next version of the plan."""

_OF_A_MEETING = frozenset({PartKind.AGENDA, PartKind.VOICE})


class Whose(StrEnum):
    """Whose information a part is, as its sender sees it."""

    SENDER = "sender"
    RECEIVER = "receiver"
    OTHER = "other"


class StayFlaw(StrEnum):
    """Why a part never travels, whatever the decision says."""

    ABOUT_ANOTHER = "about_another"
    REPORTER = "reporter"
    NOT_RAISED = "not_raised"
    WITHOUT_NAMES = "without_names"


class PartFlaw(StrEnum):
    """Why a part that came cannot be taken in here."""

    ORIGIN_UNKNOWN = "origin_unknown"
    NOT_ALLOWED = "not_allowed"
    UNANSWERED = "unanswered"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"
    BY_HAND = "by_hand"
    TEMPLATE_UNKNOWN = "template_unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a part comes from, which never changes on its way.

    `organisation` and `organisation_kind` name whose it is where that is neither side's; `speaks_*`
    name for whom the responsible person speaks, both empty for somebody of the family. `area` and
    `is_strength` are those of a mapping. `code` is that of the agenda's template, empty where
    somebody wrote the item. `follows` is the item of the agenda, or the goal of the plan, that the
    part stands under.
    """

    whose: Whose
    category: str
    known_on: date
    organisation: str = ""
    organisation_kind: str = ""
    speaks: Whose | None = None
    speaks_name: str = ""
    speaks_kind: str = ""
    by_subject: bool = False
    area: str = ""
    is_strength: bool = False
    kind: str = ""
    code: str = ""
    follows: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that travels. `seen` are digests of what it was when it last travelled, or came."""

    kind: PartKind
    id: UUID
    fields: Mapping[str, str]
    source: Provenance
    seen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a part that has other fields than its kind."""
        sometimes = SOMETIMES.get(self.kind, frozenset())
        if set(self.fields) - sometimes != set(FIELDS[self.kind]) - sometimes:
            raise ValueError("A part has other fields than its kind.")

    @property
    def key(self) -> str:
        """Return what this part is called among all parts of a case."""
        return f"{self.kind} {self.id}"

    @property
    def form(self) -> int:
        """Return the first form of packets that can tell it."""
        if self.kind is PartKind.COMMITMENT and "follow_up_on" in self.fields:
            return 3
        if self.kind is PartKind.PLAN_LINE and "due_at" in self.fields:
            return 4
        return 2 if self.kind is PartKind.REMOVED_LINE else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The meeting that is prepared; `starts_at` is aware, in UTC."""

    id: UUID
    template: str
    starts_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One file for one case, from one user of a vault to one user of another.

    `number` counts the packets of this sender to this receiver about this case. `case_there` is the
    receiver's case where the sender knows it. `name` is the young person's where it may be told,
    `case_number` the sender's own where somebody chose to tell it. `meeting` is the one that is
    prepared, None where the packet is of none.
    """

    id: UUID
    number: int
    made_at: datetime
    sender: Address
    receiver: Address
    case_here: UUID
    case_number: str
    meeting: Prepared | None
    parts: tuple[Part, ...]
    case_there: UUID | None = None
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse two parts under one name, and what has no meeting to belong to."""
        if len({one.key for one in self.parts}) != len(self.parts):
            raise ValueError("A packet has two parts under one name.")
        if self.meeting is None and any(one.kind in _OF_A_MEETING for one in self.parts):
            raise ValueError("A packet of no meeting has parts of one.")

    @property
    def form(self) -> int:
        """Return the first form that can tell it: an older program reads what it can."""
        return max([1 if self.meeting is not None else 2, *(one.form for one in self.parts)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What left with one packet: when, who made it, for which meeting, and how much of what.

    `meeting` is 0 where it was of none. `at` is aware, in UTC. The template's own words are not
    counted: they tell of nobody.
    """

    at: datetime
    by: UUID
    meeting: int
    count: int
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What a vault remembers of the packets of one case with one partner.

    `sent` and `taken` are the numbers of the last packets of either direction. `seen` are, for each
    part, the digests of what was sent, came or was answered, the newest last. `told` is what left,
    the oldest first.
    """

    id: UUID
    partner_id: UUID
    case_there: UUID | None = None
    sent: int = 0
    taken: int = 0
    seen: Mapping[str, tuple[str, ...]]
    told: tuple[Sent, ...] = ()


def line_key(key: str) -> str:
    """Return the key of the line of the plan that a key is about, if it is of one removed."""
    gone = f"{PartKind.REMOVED_LINE} "
    return f"{PartKind.PLAN_LINE} {key.removeprefix(gone)}" if key.startswith(gone) else key


class Change(StrEnum):
    """How a part that came stands to what lies here."""

    NEW = "new"
    SAME = "same"
    THERE = "there"
    HERE = "here"
    BOTH = "both"


def compare(
    *, here: str | None, there: str, seen_here: Collection[str], seen_there: Collection[str]
) -> Change:
    """Return which side changed a part, by digests: what it is now, and was when it travelled.

    Whatever cannot be told for certain is taken as changed on both sides, and asked about.
    """
    if here is None:
        return Change.NEW
    if here == there:
        return Change.SAME
    came_from_here, came_from_there = here in seen_there, there in seen_here
    if came_from_here and not came_from_there:
        return Change.THERE
    if came_from_there and not came_from_here:
        return Change.HERE
    return Change.BOTH


def add_seen(seen: Collection[str], *more: str) -> tuple[str, ...]:
    """Return the digests with some more behind them, each once, as many as are kept."""
    others = [one for one in seen if one not in more]
    return tuple(dict.fromkeys([*others, *more]))[-MOST_SEEN:]


_Choice = TypeVar("_Choice", bound=StrEnum)


def to_plain(packet: Packet) -> dict[str, object]:
    """Return the packet as values that JSON can hold."""
    return {
        "id": str(packet.id),
        "number": packet.number,
        "made_at": packet.made_at.astimezone(UTC).isoformat(),
        "sender": _spell_address(packet.sender),
        "receiver": _spell_address(packet.receiver),
        "case_here": str(packet.case_here),
        "case_there": _spell(packet.case_there),
        "case_number": packet.case_number,
        "name": packet.name,
        "meeting": None if packet.meeting is None else _spell_prepared(packet.meeting),
        "parts": [
            {
                "kind": one.kind.value,
                "id": str(one.id),
                "fields": dict(one.fields),
                "source": _spell_source(one.source),
                "seen": list(one.seen),
            }
            for one in packet.parts
        ],
    }


def from_plain(plain: object) -> Packet:
    """Return the packet that `to_plain` described; anything else raises ValueError."""
    table = _table(
        plain,
        "id number made_at sender receiver case_here case_there case_number name meeting parts",
    )
    parts = _list(table["parts"], most=MOST_PARTS)
    return Packet(
        id=_uuid(table["id"]),
        number=_count(table["number"]),
        made_at=_moment(table["made_at"]),
        sender=_address(table["sender"]),
        receiver=_address(table["receiver"]),
        case_here=_uuid(table["case_here"]),
        case_there=_uuid_or_none(table["case_there"]),
        case_number=_text(table["case_number"], most=_MOST_CODE),
        name=_text(table["name"], most=_MOST_CODE),
        meeting=None if table["meeting"] is None else _prepared(table["meeting"]),
        parts=tuple(_part(one) for one in parts),
    )


def _spell_prepared(meeting: Prepared) -> dict[str, object]:
    return {
        "id": str(meeting.id),
        "template": meeting.template,
        "starts_at": meeting.starts_at.astimezone(UTC).isoformat(),
        "minutes": meeting.minutes,
    }


def _prepared(plain: object) -> Prepared:
    table = _table(plain, "id template starts_at minutes")
    return Prepared(
        id=_uuid(table["id"]),
        template=_text(table["template"], most=_MOST_CODE),
        starts_at=_moment(table["starts_at"]),
        minutes=_count(table["minutes"]),
    )


def _spell_address(address: Address) -> list[str]:
    return [address.vault_id.hex(), str(address.user_id)]


def _spell_source(source: Provenance) -> dict[str, object]:
    return {
        "whose": source.whose.value,
        "category": source.category,
        "known_on": source.known_on.isoformat(),
        "organisation": source.organisation,
        "organisation_kind": source.organisation_kind,
        "speaks": None if source.speaks is None else source.speaks.value,
        "speaks_name": source.speaks_name,
        "speaks_kind": source.speaks_kind,
        "by_subject": source.by_subject,
        "area": source.area,
        "is_strength": source.is_strength,
        "kind": source.kind,
        "code": source.code,
        "follows": _spell(source.follows),
    }


def _spell(some_id: UUID | None) -> str | None:
    return None if some_id is None else str(some_id)


def _part(plain: object) -> Part:
    table = _table(plain, "kind id fields source seen")
    fields = table["fields"]
    if not isinstance(fields, Mapping):
        raise ValueError("The fields of a part are not a table.")  # noqa: TRY004  one error for all
    seen = [_digest(one) for one in _list(table["seen"], most=MOST_SEEN)]
    return Part(
        kind=_choice(PartKind, table["kind"]),
        id=_uuid(table["id"]),
        fields={name: _text(text, most=MOST_TEXT) for name, text in fields.items()},
        source=_source(table["source"]),
        seen=tuple(seen),
    )


def _source(plain: object) -> Provenance:
    table = _table(
        plain,
        "whose category known_on organisation organisation_kind speaks speaks_name speaks_kind"
        " by_subject area is_strength kind code follows",
    )
    codes = {
        name: _text(table[name], most=_MOST_CODE)
        for name in (
            *("category", "organisation", "organisation_kind"),
            *("speaks_name", "speaks_kind", "area", "kind", "code"),
        )
    }
    return Provenance(
        whose=_choice(Whose, table["whose"]),
        known_on=_day(table["known_on"]),
        speaks=None if table["speaks"] is None else _choice(Whose, table["speaks"]),
        by_subject=_flag(table["by_subject"]),
        is_strength=_flag(table["is_strength"]),
        follows=_uuid_or_none(table["follows"]),
        **codes,
    )


# The errors below name no value: what is told about people must not reach a log.


def _table(value: object, names: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping) or set(value) != set(names.split()):
        raise ValueError("A table of a packet has other fields than it should.")
    return value


def _list(value: object, *, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("A list of a packet is none, or too long.")
    return value


def _text(value: object, *, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("A text of a packet is none, or too long.")
    return value


def _choice(choices: type[_Choice], value: object) -> _Choice:
    try:
        return choices(_text(value, most=_MOST_CODE))
    except ValueError:
        raise ValueError("A field of a packet holds no known code.") from None


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("A yes or no of a packet is neither.")  # noqa: TRY004  one error for all
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 < value < 2**31:
        raise ValueError("A number of a packet is none.")
    return value


def _uuid(value: object) -> UUID:
    text = _text(value, most=_MOST_CODE)
    try:
        found = UUID(text)
    except ValueError:
        raise ValueError("An id in a packet is not an id.") from None
    if str(found) != text:
        raise ValueError("An id in a packet is not written as ids are.")
    return found


def _uuid_or_none(value: object) -> UUID | None:
    return None if value is None else _uuid(value)


def _day(value: object) -> date:
    text = _text(value, most=_MOST_CODE)
    found = date.fromisoformat(text)
    if found.isoformat() != text:
        raise ValueError("A day of a packet is not written as days are.")
    return found


def _moment(value: object) -> datetime:
    text = _text(value, most=_MOST_CODE)
    found = datetime.fromisoformat(text)
    if found.tzinfo is not UTC or found.isoformat() != text:
        raise ValueError("A time of a packet is not written as times are.")
    return found


def _address(value: object) -> Address:
    vault, user = (_text(one, most=_MOST_CODE) for one in _pair(value))
    vault_id = bytes.fromhex(vault)
    if len(vault_id) != _VAULT_BYTES or vault_id.hex() != vault:
        raise ValueError("An address in a packet names no vault.")
    return Address(vault_id=vault_id, user_id=_uuid(user))


def _pair(value: object) -> tuple[object, object]:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004  a pair is two
        raise ValueError("An address in a packet is not one.")
    return value[0], value[1]


def _digest(value: object) -> str:
    text = _text(value, most=_DIGEST_LENGTH)
    if len(bytes.fromhex(text)) * 2 != _DIGEST_LENGTH or text.lower() != text:
        raise ValueError("A digest in a packet is none.")
    return text
