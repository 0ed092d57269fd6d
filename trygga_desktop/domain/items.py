"""What a case file holds: items, each with the facts that decide who may see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from uuid import UUID


class ItemKind(StrEnum):
    """What sort of thing an item is."""

    STATEMENT = "statement"
    DECISION = "decision"
    ACTION = "action"
    PLAN_LINE = "plan_line"
    FACT = "fact"
    NOTE = "note"
    DISSENT = "dissent"


class Part(StrEnum):
    """The compartment of the case an item lies in."""

    CASE = "case"
    GUARDED = "guarded"
    NOTES = "notes"


class Marking(StrEnum):
    """A person's recorded answer on how an item stands to one limit or one exclusion."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    TOUCHES = "touches"
    DOES_NOT_TOUCH = "does_not_touch"

    @property
    def is_closing(self) -> bool:
        """Tell whether the item is kept from whoever the limit or the exclusion is about."""
        return self in {Marking.OUTSIDE, Marking.TOUCHES}


class Lack(StrEnum):
    """What a note lacked to be the action that it was meant as."""

    RESPONSIBLE = "responsible"
    DAY = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMarking:
    """One answer: the limit or exclusion it is about, and what was answered."""

    about_id: UUID
    answer: Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Where an item was written down: at which meeting, under which item of its agenda."""

    meeting_id: UUID
    agenda_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of information in a case, with what the sharing decision needs to know.

    `origin_id` None and `category` "" mean unknown, and unknown is never shared. `said_by` is the
    person of the case whose own words these are; what somebody tells the board counts as given by
    the board, so that `origin_id` is then the controller's. `at_table` tells that it was said in
    everyone's presence, which needs no consent of the speaker for what is about the speaker.
    An id in `about` that is nobody's of the case is somebody who has not been named yet: nobody has
    let anything be told of them.
    `follows` is the decision that a dissent stands beside, or the action that this one came from.
    `area` is the life area of a mapping, where `is_strength` tells what holds from what is needed.
    `lacks` tells of a note that it was meant as an action.
    """

    id: UUID
    case_id: UUID
    kind: ItemKind
    part: Part
    author_id: UUID
    origin_id: UUID | None
    category: str
    about: frozenset[UUID]
    reporter_ids: frozenset[UUID]
    known_on: date
    text: str
    markings: tuple[RecordedMarking, ...] = ()
    said_by: UUID | None = None
    at_table: bool = False
    noted: Noted | None = None
    follows: UUID | None = None
    area: str = ""
    is_strength: bool = False
    lacks: Lack | None = None

    def __post_init__(self) -> None:
        """Refuse two answers about one limit or exclusion: nobody could say which holds."""
        if len({marking.about_id for marking in self.markings}) != len(self.markings):
            raise ValueError("An item has two markings for one limit or exclusion.")

    def marking_for(self, about_id: UUID) -> Marking | None:
        """Return the answer recorded for that limit or exclusion, or None when there is none."""
        found = (marking.answer for marking in self.markings if marking.about_id == about_id)
        return next(found, None)


_Choice = TypeVar("_Choice", bound=StrEnum)
_PARTS_OF_A_PLACE = 2
_FIELDS = frozenset(
    {
        "kind",
        "part",
        "author_id",
        "origin_id",
        "category",
        "about",
        "reporter_ids",
        "known_on",
        "text",
        "markings",
    }
)
# What items have had since meetings came: an item without them says none of it.
_LATER_FIELDS = frozenset(
    {"said_by", "at_table", "noted", "follows", "area", "is_strength", "lacks"}
)


def to_plain(item: Item) -> dict[str, object]:
    """Return the item as values JSON can hold, without its own id and its case's id."""
    return {
        "kind": item.kind.value,
        "part": item.part.value,
        "author_id": str(item.author_id),
        "origin_id": _spell(item.origin_id),
        "category": item.category,
        "about": sorted(str(person) for person in item.about),
        "reporter_ids": sorted(str(person) for person in item.reporter_ids),
        "known_on": item.known_on.isoformat(),
        "text": item.text,
        "markings": {str(marking.about_id): marking.answer.value for marking in item.markings},
        "said_by": _spell(item.said_by),
        "at_table": item.at_table,
        "noted": None
        if item.noted is None
        else [str(item.noted.meeting_id), str(item.noted.agenda_id)],
        "follows": _spell(item.follows),
        "area": item.area,
        "is_strength": item.is_strength,
        "lacks": None if item.lacks is None else item.lacks.value,
    }


def from_plain(item_id: UUID, case_id: UUID, plain: Mapping[str, object]) -> Item:
    """Return the item `to_plain` described; anything else raises ValueError."""
    if set(plain) - _LATER_FIELDS != _FIELDS:
        raise ValueError("An item has other fields than it should.")
    return Item(
        id=item_id,
        case_id=case_id,
        kind=_choice(ItemKind, plain["kind"]),
        part=_choice(Part, plain["part"]),
        author_id=_uuid(plain["author_id"]),
        origin_id=_uuid_or_none(plain["origin_id"]),
        category=_string(plain["category"]),
        about=_uuids(plain["about"]),
        reporter_ids=_uuids(plain["reporter_ids"]),
        known_on=_date(plain["known_on"]),
        text=_string(plain["text"]),
        markings=_markings(plain["markings"]),
        said_by=_uuid_or_none(plain.get("said_by")),
        at_table=_flag(plain.get("at_table", False)),
        noted=_noted(plain.get("noted")),
        follows=_uuid_or_none(plain.get("follows")),
        area=_string(plain.get("area", "")),
        is_strength=_flag(plain.get("is_strength", False)),
        lacks=_lack(plain.get("lacks")),
    )


# The errors below name no value: what is stored about people must not reach a log.


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("A text field of an item is not text.")  # noqa: TRY004
    return value


def _choice(choices: type[_Choice], value: object) -> _Choice:
    try:
        return choices(_string(value))
    except ValueError:
        raise ValueError("A field of an item holds no known code.") from None


def _uuid(value: object) -> UUID:
    return _uuid_of(_string(value))


# The items of a case name the same few people and meetings over and over.
@lru_cache(maxsize=1024)
def _uuid_of(text: str) -> UUID:
    try:
        found = UUID(text)
    except ValueError:
        raise ValueError("An id in an item is not an id.") from None
    if str(found) != text:
        raise ValueError("An id in an item is not written as ids are.")
    return found


def _uuid_or_none(value: object) -> UUID | None:
    return None if value is None else _uuid(value)


def _spell(some_id: UUID | None) -> str | None:
    return None if some_id is None else str(some_id)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("A yes or no of an item is neither.")  # noqa: TRY004
    return value


def _noted(value: object) -> Noted | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != _PARTS_OF_A_PLACE:
        raise ValueError("The meeting of an item is not a place in one.")
    meeting_id, agenda_id = (_uuid(one) for one in value)
    return Noted(meeting_id=meeting_id, agenda_id=agenda_id)


def _lack(value: object) -> Lack | None:
    return None if value is None else _choice(Lack, value)


def _uuids(value: object) -> frozenset[UUID]:
    if not isinstance(value, list):
        raise ValueError("A list of ids in an item is not a list.")  # noqa: TRY004
    found = [_uuid(entry) for entry in value]
    if len(set(found)) != len(found):
        raise ValueError("A list of ids in an item names one id twice.")
    return frozenset(found)


def _date(value: object) -> date:
    text = _string(value)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError("A date in an item is not a date.") from None
    if found.isoformat() != text:
        raise ValueError("A date in an item is not written as dates are.")
    return found


def _markings(value: object) -> tuple[RecordedMarking, ...]:
    if not isinstance(value, Mapping):
        raise ValueError("The markings of an item are not a table.")  # noqa: TRY004
    return tuple(
        RecordedMarking(about_id=_uuid(about_id), answer=_choice(Marking, answer))
        for about_id, answer in value.items()
    )
