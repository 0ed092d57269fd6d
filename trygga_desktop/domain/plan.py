"""The plan of a case: the young person's own goals, areas of life, and who does what until when."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from trygga_desktop.domain.items import Item, ItemKind, Lack, Part, RecordedMarking

LONGEST_LINE = 50_000
"""The longest text in characters that a line of a plan has, its other words each as well."""

MOST_LINES = 5_000
"""The most lines that a plan has."""

PLAN = "plan"
"""The category of what is agreed on."""


class Identified(Protocol):
    """Something that has an id."""

    @property
    def id(self) -> UUID:
        """Return it."""


L = TypeVar("L", bound=Identified)

Until = tuple[date | None, time | None]
"""A last day, and the hour of it where it has one."""


class LineKind(StrEnum):
    """What a line of the plan tells. The order is that in which an area is read."""

    WISH = "wish"
    STATE = "state"
    STRENGTH = "strength"
    NEED = "need"
    INSTRUMENT = "instrument"
    GOAL = "goal"
    ACTION = "action"
    NOTE = "note"


MAY_BE_DUE = frozenset({LineKind.ACTION, LineKind.NOTE})
"""What can have an hour: an action, and a note, which may be one that somebody or a day lacks."""


class Term(StrEnum):
    """How far ahead a goal lies."""

    SHORT = "short"
    LONG = "long"


class PlanStage(StrEnum):
    """How a version of the plan came about."""

    PREPARED = "prepared"
    AGREED = "agreed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One line of a plan, with what decides who may be told of it.

    `area` is a code of `life_areas.toml`, and empty for what the young person wants in all.
    `goal_id` is the goal that an action stands under; `sign` is how one will know that a goal is
    reached. `responsible` does what an action says, for `organisation_id` or, with None, as one of
    the family; `own_part` is what the young person does. A line that was agreed on has the id of
    its commitment, and that says who does it until when; `new_due` and `new_follow_up` are other
    days that the desk proposes for it. `due_at` and `new_due_at` are the hours of those last days,
    where it goes by hours. `replaces` is the commitment that an action is to come in place of. Of
    an assessment instrument the words tell which one it was, `responsible` used it on `due_on`, and
    `sign` tells where the result is kept; what it said stands nowhere. `clashes_with` is the line
    beside which this one stands because both were changed at once. `lacks` tells of a note why it
    is no action.

    `origin_id`, `category`, `about`, `said_by` and `markings` are those of an item.
    """

    id: UUID
    kind: LineKind
    words: str
    area: str = ""
    category: str = PLAN
    origin_id: UUID | None = None
    about: frozenset[UUID] = frozenset()
    said_by: UUID | None = None
    known_on: date | None = None
    markings: tuple[RecordedMarking, ...] = ()
    goal_id: UUID | None = None
    term: Term | None = None
    sign: str = ""
    responsible: str = ""
    organisation_id: UUID | None = None
    party_id: UUID | None = None
    own_part: str = ""
    due_on: date | None = None
    follow_up_on: date | None = None
    new_due: date | None = None
    new_follow_up: date | None = None
    replaces: UUID | None = None
    clashes_with: UUID | None = None
    lacks: Lack | None = None
    due_at: time | None = None
    new_due_at: time | None = None

    @property
    def until(self) -> Until:
        """Return its last day and the hour of it: those that are proposed, if any are."""
        return find_until((self.due_on, self.due_at), (self.new_due, self.new_due_at))

    @property
    def lack(self) -> Lack | None:
        """Return what keeps an action from being agreed on, if anything does."""
        return find_lack(self.kind, self.responsible, self.due_on)

    def is_used_after(self, day: date) -> bool:
        """Tell whether an instrument is said to be used on a day that has not come on this one."""
        used_on = self.due_on if self.kind is LineKind.INSTRUMENT else None
        return used_on is not None and used_on > day

    def in_words_of(self, noted: Item) -> "PlanLine":
        """Return it as an action that was noted already: its words are those that were noted."""
        return replace(
            self,
            kind=LineKind.ACTION,
            words=noted.text,
            category=noted.category,
            origin_id=noted.origin_id,
            about=noted.about,
            said_by=noted.said_by,
            known_on=noted.known_on,
        )

    def as_item(self, case_id: UUID, *, author_id: UUID, on: date) -> Item:
        """Return it as the item that the sharing decision decides about.

        `on` is the day since which it is known where the line does not say.
        """
        is_action = self.kind is LineKind.ACTION
        return Item(
            id=self.id,
            case_id=case_id,
            kind=ItemKind.ACTION if is_action else ItemKind.PLAN_LINE,
            part=Part.CASE,
            author_id=author_id,
            origin_id=self.origin_id,
            category=self.category,
            about=self.about,
            reporter_ids=frozenset(),
            known_on=self.known_on or on,
            text=self.words,
            markings=self.markings,
            said_by=self.said_by,
            area=self.area,
            is_strength=self.kind is LineKind.STRENGTH,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A plan as it was at one time. `number` counts from 1, `made_at` is aware, in UTC.

    `based_on` is the number of the version that it was made from, 0 for none. `meeting_id` is the
    meeting that it was brought to or agreed at, `held_back` what was not taken there, `agreed` the
    lines that it stood behind; None is of an older program, which did not note them. `previous` is
    the digest of the version before it. `salt` is random, so that nobody guesses at words by it.
    """

    id: UUID
    case_id: UUID
    number: int
    stage: PlanStage
    made_at: datetime
    made_by: UUID
    lines: tuple[PlanLine, ...]
    salt: str
    based_on: int = 0
    meeting_id: UUID | None = None
    held_back: frozenset[UUID] = frozenset()
    previous: str = ""
    agreed: frozenset[UUID] | None = None

    def agrees_on(self, line: PlanLine) -> bool:
        """Tell whether a meeting agreed on one of its lines just then, as far as was noted."""
        if self.stage is PlanStage.PREPARED:
            return False
        return self.agreed is None or line.id in self.agreed


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRating:
    """How the young person says that it is, from 1 to 10, by codes of areas of life.

    An area that they said nothing about is left out; what was `taken_back` they never said of that
    day, whatever was recorded of it earlier. `recorded_at` is aware, in UTC; `meeting_id`
    is the meeting it was said at.
    """

    id: UUID
    case_id: UUID
    on: date
    said_by: UUID
    values: Mapping[str, int]
    recorded_at: datetime
    meeting_id: UUID | None = None
    taken_back: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what is not on the scale, or says nothing at all."""
        is_on_scale = all(LOWEST <= one <= HIGHEST for one in self.values.values())
        if not is_on_scale or not (self.values or self.taken_back):
            raise ValueError("A rating is from 1 to 10, of one area at least.")


LOWEST, HIGHEST = 1, 10
"""The two ends of the young person's own scale."""


def latest_ratings(ratings: Iterable[OwnRating]) -> tuple[OwnRating, ...]:
    """Return the ratings by day, for each area of a day the figure that was recorded last.

    A day of which everything was taken back is left out.
    """
    by_day: dict[date, OwnRating] = {}
    for one in sorted(ratings, key=lambda rating: rating.recorded_at):
        earlier = by_day.get(one.on)
        values = {} if earlier is None else dict(earlier.values)
        kept = {area: figure for area, figure in values.items() if area not in one.taken_back}
        by_day[one.on] = replace(one, values=kept | dict(one.values))
    return tuple(by_day[day] for day in sorted(by_day) if by_day[day].values)


def share_of_time(day: date, first: date, last: date) -> float:
    """Return how far between two days a third lies, from 0 to 1; a single day lies at the end."""
    return (day - first).days / (last - first).days if last > first else 1.0


def combine(
    base: Sequence[PlanLine],
    desk: Sequence[PlanLine],
    newest: Sequence[PlanLine],
    *,
    new_id: Callable[[], UUID],
) -> tuple[PlanLine, ...]:
    """Return the lines of the desk and of a version that came about meanwhile, both from `base`.

    What only one of them changed is as that one has it. A line that both changed stands as in the
    newest, and the desk's beside it under an id of its own. Nothing that somebody wrote is lost: a
    line that one took away and the other changed stays.
    """
    before = {one.id: one for one in base}
    other = {one.id: one for one in newest}
    mine = {one.id for one in desk}
    lines: list[PlanLine] = []
    for line in desk:
        theirs, was = other.get(line.id), before.get(line.id)
        if theirs is None:
            # New at the desk, or taken away there and changed here.
            if was is None or was != line:
                lines.append(line)
        elif line in (was, theirs):
            lines.append(theirs)
        elif theirs == was:
            lines.append(line)
        else:
            lines += [theirs, replace(line, id=new_id(), clashes_with=theirs.id)]
    for place, line in enumerate(newest):
        is_kept = before.get(line.id) != line
        if line.id not in mine and is_kept:
            _put_after(lines, line, [one.id for one in newest[:place]])
    return tuple(lines)


def _put_after(lines: list[PlanLine], line: PlanLine, before: Sequence[UUID]) -> None:
    """Put a line behind the last of those that stood before it, or first."""
    wanted = set(before)
    places = [place for place, one in enumerate(lines) if one.id in wanted]
    lines.insert(places[-1] + 1 if places else 0, line)


def put_back(
    lines: Sequence[PlanLine], earlier: Sequence[PlanLine], ids: frozenset[UUID]
) -> tuple[PlanLine, ...]:
    """Return lines with some earlier ones put where they stood: nobody could see to take them."""
    found = list(lines)
    there = {one.id for one in found}
    for place, line in enumerate(earlier):
        if line.id in ids and line.id not in there:
            _put_after(found, line, [one.id for one in earlier[:place]])
    return tuple(found)


def find_lack(kind: LineKind, responsible: str, due_on: date | None) -> Lack | None:
    """Return what keeps an action from being agreed on; a line of another kind lacks nothing."""
    if kind is not LineKind.ACTION:
        return None
    if not responsible.strip():
        return Lack.RESPONSIBLE
    return Lack.DAY if due_on is None else None


def find_until(agreed: Until, proposed: Until) -> Until:
    """Return until when something is to be: a day that is proposed has its own hour or none."""
    return agreed if proposed[0] is None else proposed


def promise_the_same(one: PlanLine, other: PlanLine) -> bool:
    """Tell whether two lines have the same action done by the same people until the same hour."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in (
            *("kind", "words", "sign", "own_part", "category", "about", "said_by"),
            *("responsible", "organisation_id", "party_id", "due_on", "due_at", "follow_up_on"),
        )
    )


def says_the_same(line: Item, noted: Item) -> bool:
    """Tell whether a line of a plan still is what a meeting noted of it, whoever it comes from."""
    return (line.text, line.category, line.about, line.said_by) == (
        noted.text,
        noted.category,
        noted.about,
        noted.said_by,
    )


def words_agreed_on(recorded: Iterable[Item]) -> Mapping[UUID, frozenset[str]]:
    """Return the words in which goals of a plan were agreed on, by the ids of their lines."""
    found: dict[UUID, set[str]] = {}
    for one in recorded:
        if one.kind is ItemKind.PLAN_LINE and one.part is Part.CASE:
            found.setdefault(one.follows or one.id, set()).add(one.text)
    return {line_id: frozenset(words) for line_id, words in found.items()}


def goals_agreed_on(
    versions: Iterable[PlanVersion], words: Mapping[UUID, frozenset[str]]
) -> Mapping[UUID, PlanLine]:
    """Return the goals as they were agreed on last, by their ids, of versions in their order.

    `words` are those that `words_agreed_on` knows: nobody stood behind any others.
    """
    return {
        line.id: line
        for version in versions
        for line in version.lines
        if line.kind is LineKind.GOAL
        and version.agrees_on(line)
        and line.words in words.get(line.id, ())
    }


def with_goals_as_agreed(version: PlanVersion, agreed: Mapping[UUID, PlanLine]) -> PlanVersion:
    """Return a version with its goals as they were agreed on, where they stand, and no others."""
    lines = (
        replace(agreed[line.id], area=line.area) if line.kind is LineKind.GOAL else line
        for line in version.lines
        if line.kind is not LineKind.GOAL or line.id in agreed
    )
    return replace(version, lines=tuple(lines))


def aims_the_same(one: PlanLine, other: PlanLine) -> bool:
    """Tell whether two lines have the same goal, as far ahead, which one knows by the same."""
    names = ("kind", "words", "sign", "term")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def stands_as_agreed(line: PlanLine, agreed: PlanLine) -> bool:
    """Tell whether a line says what a meeting agreed on: nothing else, and nothing proposed.

    What was kept as a note for want of somebody or of a day was not agreed on.
    """
    if agreed.kind is LineKind.GOAL:
        return aims_the_same(line, agreed)
    is_moved = line.new_due is not None or line.new_follow_up is not None
    return agreed.kind is LineKind.ACTION and not is_moved and promise_the_same(line, agreed)


def answers_for(line: PlanLine, of_words: Iterable[RecordedMarking]) -> list[RecordedMarking]:
    """Return which answers about the words of a line say something of all of it.

    What is touched by the words is touched by the line. That nothing is touched says nothing of how
    one will know a goal, or of what the young person does: whoever answered saw neither.
    """
    says_more = bool(line.sign.strip() or line.own_part.strip())
    return [one for one in of_words if one.answer.is_closing or not says_more]


def answers_hold(before: PlanLine, after: PlanLine) -> bool:
    """Tell whether what was answered about a line still says something of it.

    Other words, or the same as somebody else's information, were never asked about.
    """
    return all(
        getattr(before, name) == getattr(after, name)
        for name in ("words", "sign", "own_part", "category", "origin_id", "about", "said_by")
    )


def find_line_flaw(line: PlanLine, areas: frozenset[str]) -> tuple[str, str] | None:
    """Return the field of a line that cannot be stored and what is wrong with it, or None."""
    if any(len(text) > LONGEST_LINE for text in (line.words, line.sign, line.own_part)):
        return "words", "length"
    if len(line.responsible) > LONGEST_NAME:
        return "responsible", "length"
    hours = _find_hour_flaw(line)
    if hours is not None:
        return hours
    return None if line.area in areas | {""} else ("area", "unknown")


def _find_hour_flaw(line: PlanLine) -> tuple[str, str] | None:
    """Return which hour of a line says nothing, and why: it has no day, or nothing is due there."""
    days = {"due_at": line.due_on, "new_due_at": line.new_due}
    for name, day in days.items():
        if getattr(line, name) is None:
            continue
        if day is None:
            return name, "missing"
        if line.kind not in MAY_BE_DUE:
            return name, "order"
    return None


LONGEST_NAME = 200
"""The longest name of somebody responsible, in characters."""


class Difference(StrEnum):
    """How a line stands in two versions."""

    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Compared(Generic[L]):
    """A line in two versions, beside each other; None stands where a version has it not."""

    difference: Difference
    before: L | None
    after: L | None


def compare(
    before: Sequence[L], after: Sequence[L], *, alike: Callable[[L, L], bool]
) -> tuple[Compared[L], ...]:
    """Return the lines of two versions side by side, in the order of the later one.

    What was taken away stands where it stood before. `alike` tells whether two lines of one id say
    the same.
    """
    earlier = {one.id: one for one in before}
    later = {one.id for one in after}
    rows = [
        Compared(Difference.NEW, None, one)
        if (was := earlier.get(one.id)) is None
        else Compared(Difference.SAME if alike(was, one) else Difference.CHANGED, was, one)
        for one in after
    ]
    for place, line in enumerate(before):
        if line.id in later:
            continue
        wanted = {one.id for one in before[:place]}
        places = [
            at
            for at, row in enumerate(rows)
            if (row.before is not None and row.before.id in wanted)
        ]
        rows.insert(places[-1] + 1 if places else 0, Compared(Difference.REMOVED, line, None))
    return tuple(rows)
