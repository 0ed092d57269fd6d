"""Writing in an outline: where a new line goes, how lines move, and the way back. No Qt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.plan import PLAN, LineKind, PlanLine, Term

if TYPE_CHECKING:
    from trygga_desktop.services.plan_teller import ShownPlanLine

Lines = tuple[PlanLine, ...]

MOST_BACK = 200
"""So many steps can be taken back."""

_TOLD = (LineKind.STATE, LineKind.STRENGTH, LineKind.NEED, LineKind.INSTRUMENT)
_UNDER_GOALS = frozenset({LineKind.ACTION, LineKind.NOTE})
_MARKS = {
    LineKind.WISH: "\N{LEFT DOUBLE QUOTATION MARK}",
    LineKind.STATE: "=",
    LineKind.STRENGTH: "+",
    LineKind.NEED: "-",
    LineKind.INSTRUMENT: "%",
    LineKind.GOAL: "*",
    LineKind.ACTION: "  []",
    LineKind.NOTE: "  #",
}


class RowKind(StrEnum):
    """What a row of the outline is."""

    HEAD = "head"
    LINE = "line"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: the head of an area, a line, or the head of what no area has yet.

    `area` is the code of the area, empty for what the young person wants in all.
    """

    kind: RowKind
    area: str = ""
    line: PlanLine | None = None


def line_of(shown: "ShownPlanLine") -> PlanLine:
    """Return a line as it is written on, from what the door let through."""
    item = shown.item
    return PlanLine(
        id=item.id,
        kind=shown.kind,
        words=item.text,
        area=item.area,
        category=item.category,
        origin_id=item.origin_id,
        about=item.about,
        said_by=item.said_by,
        known_on=item.known_on,
        markings=item.markings,
        goal_id=shown.goal_id,
        term=shown.term,
        sign=shown.sign,
        responsible=shown.responsible,
        organisation_id=shown.organisation_id,
        party_id=shown.party_id,
        own_part=shown.own_part,
        due_on=shown.due_on,
        due_at=shown.due_at,
        follow_up_on=shown.follow_up_on,
        new_due=shown.new_due,
        new_due_at=shown.new_due_at,
        new_follow_up=shown.new_follow_up,
        replaces=shown.replaces,
        clashes_with=shown.clashes_with,
        lacks=shown.lacks,
    )


def rows_of(
    lines: Sequence[PlanLine], areas: Sequence[str], *, loose: frozenset[UUID], chosen: str
) -> tuple[Row, ...]:
    """Return the outline: own goals, then each area that has lines or is chosen, then the loose."""
    placed = [one for one in lines if one.id not in loose]
    rows: list[Row] = []
    for area in ("", *areas):
        of_area = in_order([one for one in placed if one.area == area])
        if of_area or area == chosen or not area:
            rows.append(Row(kind=RowKind.HEAD, area=area))
            rows += [Row(kind=RowKind.LINE, area=area, line=one) for one in of_area]
    rest = [one for one in lines if one.id in loose]
    if rest:
        rows.append(Row(kind=RowKind.LOOSE))
        rows += [Row(kind=RowKind.LINE, line=one) for one in rest]
    return tuple(rows)


def in_order(lines: Sequence[PlanLine]) -> list[PlanLine]:
    """Return the lines of one area as they are read: what is so, then goals with their actions."""
    goals = [one for one in lines if one.kind is LineKind.GOAL]
    known = {one.id for one in goals}
    ordered = [one for one in lines if one.kind is LineKind.WISH]
    for kind in _TOLD:
        ordered += [one for one in lines if one.kind is kind]
    under = [one for one in lines if one.kind in _UNDER_GOALS]
    for goal in goals:
        ordered.append(goal)
        ordered += [one for one in under if one.goal_id == goal.id]
    return ordered + [one for one in under if one.goal_id not in known]


def new_line(
    lines: Lines, after: Row | None, *, line_id: UUID, subject: UUID, category: str
) -> tuple[Lines, PlanLine]:
    """Return the lines with one more behind a row: of the same kind, or what comes first there.

    `category` is that of the area, for what is told of how things are.
    """
    before = None if after is None else after.line
    area = "" if after is None else after.area
    kind = LineKind.GOAL if area else LineKind.WISH
    if before is not None:
        kind = before.kind
    line = _shaped(
        PlanLine(id=line_id, kind=kind, words="", area=area), subject=subject, category=category
    )
    if before is not None:
        line = replace(line, goal_id=before.goal_id, term=before.term)
    return _put_after(lines, line, before), line


def new_action(lines: Lines, under: PlanLine, *, line_id: UUID) -> tuple[Lines, PlanLine]:
    """Return the lines with an action under a goal, or behind another action of it."""
    goal_id = under.id if under.kind is LineKind.GOAL else under.goal_id
    line = PlanLine(id=line_id, kind=LineKind.ACTION, words="", area=under.area, goal_id=goal_id)
    return _put_after(lines, line, under), line


def instead_of(lines: Lines, line: PlanLine, *, line_id: UUID) -> tuple[Lines, PlanLine]:
    """Return the lines with an action that is to come in place of one that was agreed on.

    It has the words of that one, and is told as the same.
    """
    new = replace(
        PlanLine(id=line_id, kind=LineKind.ACTION, words=line.words, area=line.area),
        goal_id=line.goal_id,
        responsible=line.responsible,
        organisation_id=line.organisation_id,
        party_id=line.party_id,
        replaces=line.id,
    )
    new = _told_as(line, new)
    return _put_after(lines, new, line), new


def beside(lines: Lines, line: PlanLine) -> Lines:
    """Return the lines that were written at once with this one, and still stand there."""
    return tuple(one for one in lines if line.id == one.clashes_with or one.id == line.clashes_with)


def kept(lines: Lines, line: PlanLine, agreed: frozenset[UUID]) -> Lines:
    """Return the lines with this one, and without those that were written at once with it.

    One that was agreed on stays, and this is to come in its place. What stood under a goal that
    goes stands under this one.
    """
    others = beside(lines, line)
    now = replace(line, clashes_with=None)
    for one in others:
        if one.id in agreed:
            now = replace(now, replaces=one.id)
    gone = {one.id for one in others if one.id not in agreed}
    goal = line.id if line.kind is LineKind.GOAL else None
    return tuple(
        replace(one, goal_id=goal) if one.goal_id in gone else one
        for one in exchange(lines, now)
        if one.id not in gone
    )


def become(lines: Lines, line: PlanLine, kind: LineKind, *, subject: UUID, category: str) -> Lines:
    """Return the lines with one of another kind, with what that kind is told as.

    Who used an instrument promised nothing, and when it was used is no last day: neither is taken
    along, nor the other way round. What is neither an action nor a note of one has no hour.
    """
    if LineKind.INSTRUMENT in {line.kind, kind}:
        line = replace(line, responsible="", organisation_id=None, party_id=None)
        line = replace(line, due_on=None, follow_up_on=None, sign="", own_part="")
    shaped = _shaped(replace(line, kind=kind), subject=subject, category=category)
    if kind not in _UNDER_GOALS:
        shaped = replace(shaped, goal_id=None, due_at=None)
    if kind is not LineKind.GOAL:
        # What stood under it stands under no goal any more, and stays.
        lines = tuple(
            replace(one, goal_id=None) if one.goal_id == line.id else one for one in lines
        )
    return exchange(lines, shaped)


def move_in(lines: Lines, line: PlanLine, *, subject: UUID, category: str) -> Lines:
    """Return the lines with one moved in: a goal becomes an action under the goal above it."""
    if line.kind is not LineKind.GOAL:
        return lines
    goals = [one for one in lines if one.kind is LineKind.GOAL and one.area == line.area]
    place = goals.index(line)
    if not place:
        return lines
    under = become(lines, line, LineKind.ACTION, subject=subject, category=category)
    moved = next(one for one in under if one.id == line.id)
    return exchange(under, replace(moved, goal_id=goals[place - 1].id))


def move_out(lines: Lines, line: PlanLine, *, subject: UUID, category: str) -> Lines:
    """Return the lines with one moved out: an action becomes a goal of its area."""
    if line.kind not in _UNDER_GOALS:
        return lines
    return become(lines, line, LineKind.GOAL, subject=subject, category=category)


def move(lines: Lines, line: PlanLine, by: int) -> Lines:
    """Return the lines with one moved by so many places among those like it.

    An action at the edge of its goal goes to the next goal of the area.
    """
    like = [one for one in lines if _group(one) == _group(line)]
    place = like.index(line) + by
    if 0 <= place < len(like):
        return _swapped(lines, line, like[place])
    if line.kind not in _UNDER_GOALS:
        return lines
    goals = [one.id for one in lines if one.kind is LineKind.GOAL and one.area == line.area]
    if line.goal_id not in goals:
        return exchange(lines, replace(line, goal_id=goals[-1])) if goals and by < 0 else lines
    at = goals.index(line.goal_id) + by
    return exchange(lines, replace(line, goal_id=goals[at])) if 0 <= at < len(goals) else lines


def to_area(lines: Lines, line: PlanLine, area: str, *, category: str) -> Lines:
    """Return the lines with one put into an area, and a goal with all that stands under it.

    How things are is told from then on as what that area is about, its `category`.
    """
    return tuple(
        replace(
            one,
            area=area,
            goal_id=None if one.id == line.id else one.goal_id,
            category=(category or PLAN) if one.kind in _TOLD else one.category,
        )
        if line.id in {one.id, one.goal_id}
        else one
        for one in lines
    )


def exchange(lines: Lines, line: PlanLine) -> Lines:
    """Return the lines with this one in place of that of its id."""
    return tuple(line if one.id == line.id else one for one in lines)


def without(lines: Lines, line_id: UUID) -> Lines:
    """Return the lines without one; what stood under it stays in its area."""
    return tuple(
        replace(one, goal_id=None) if one.goal_id == line_id else one
        for one in lines
        if one.id != line_id
    )


def put_back(lines: Lines, line: PlanLine, before: Lines) -> Lines:
    """Return the lines with one that was removed, where and over what it stood before."""
    under = {one.id for one in before if one.goal_id == line.id}
    now = tuple(
        replace(one, goal_id=line.id) if one.id in under else one
        for one in lines
        if one.id != line.id
    )
    above = [one.id for one in before[: before.index(line)]]
    place = max((at + 1 for at, one in enumerate(now) if one.id in above), default=0)
    return (*now[:place], line, *now[place:])


def as_text(lines: Iterable[PlanLine]) -> str:
    """Return lines as plain text that can be read anywhere, and pasted back."""
    return "\n".join(f"{_MARKS[one.kind]} {_in_one_line(one.words)}" for one in lines)


def pasted(  # noqa: PLR0913  what a line that was copied may have to be told as
    lines: Lines,
    text: str,
    after: Row | None,
    *,
    new_id: Callable[[], UUID],
    subject: UUID,
    category: str,
    known: Iterable[PlanLine] = (),
) -> tuple[Lines, PlanLine | None]:
    """Return the lines with each line of a text behind a row, and the last of the new ones.

    A mark before the words says what a line is, as `as_text` writes it; without one it is a goal,
    or what the row is. `category` is that of the area, for what is told of how things are. What
    reads as one of the `known` lines is told as what that is, wherever it goes: a copy opens
    nothing.
    """
    copied = {(one.kind, _in_one_line(one.words)): one for one in (*known, *lines)}
    last: PlanLine | None = None
    area = "" if after is None else after.area
    at = None if after is None else after.line
    goal = None
    if at is not None:
        goal = at.id if at.kind is LineKind.GOAL else at.goal_id
    for told in text.splitlines():
        if not told.strip():
            continue
        kind, words = _read_mark(told)
        if kind is None:
            kind = at.kind if at is not None else LineKind.GOAL
        if not area:
            kind = LineKind.WISH
        line = _shaped(
            PlanLine(id=new_id(), kind=kind, words=words, area=area),
            subject=subject,
            category=category,
        )
        source = copied.get((kind, _in_one_line(words)))
        if source is not None:
            line = _told_as(source, line)
        if kind in _UNDER_GOALS:
            line = replace(line, goal_id=goal)
        elif kind is LineKind.GOAL:
            goal = line.id
        lines, at, last = _put_after(lines, line, at), line, line
    return lines, last


@dataclass(frozen=True, slots=True)
class Step:
    """Lines as they were at one time, and which commitments were put into the plan or out of it."""

    lines: Lines
    placed: Mapping[UUID, bool]


@dataclass(slots=True)
class History:
    """What can be taken back, and done again. Keys pressed in one line are one step."""

    past: list[Step]
    future: list[Step]
    last: object = None

    def note(self, before: Step, what: object) -> None:
        """Take note of how it was before something was done; `what` is equal for one step."""
        if what is None or what != self.last:
            self.past = [*self.past, before][-MOST_BACK:]
        self.last, self.future = what, []

    def back(self, now: Step) -> Step | None:
        """Return how it was before, None where nothing can be taken back."""
        if not self.past:
            return None
        self.last = None
        self.future.append(now)
        return self.past.pop()

    def forth(self, now: Step) -> Step | None:
        """Return how it was before the last step back, None where there was none."""
        if not self.future:
            return None
        self.last = None
        self.past.append(now)
        return self.future.pop()


def _shaped(line: PlanLine, *, subject: UUID, category: str) -> PlanLine:
    """Return a line with what it is told as: own words are the young person's."""
    if line.kind is LineKind.WISH:
        return replace(line, category=VOICE, said_by=subject, origin_id=None, area="")
    told = category if line.kind in _TOLD else PLAN
    said_by = None if line.category == VOICE else line.said_by
    term = (line.term or Term.LONG) if line.kind is LineKind.GOAL else None
    return replace(line, category=told or PLAN, said_by=said_by, term=term)


def _told_as(source: PlanLine, line: PlanLine) -> PlanLine:
    """Return a line as the information that another is."""
    return replace(
        line,
        category=source.category,
        origin_id=source.origin_id,
        about=source.about,
        said_by=source.said_by,
    )


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _group(line: PlanLine) -> tuple[object, ...]:
    kind = LineKind.ACTION if line.kind in _UNDER_GOALS else line.kind
    return kind, line.area, line.goal_id


def _swapped(lines: Lines, one: PlanLine, other: PlanLine) -> Lines:
    swapped = {one.id: other, other.id: one}
    return tuple(swapped.get(each.id, each) for each in lines)


def _put_after(lines: Lines, line: PlanLine, before: PlanLine | None) -> Lines:
    ids = [one.id for one in lines]
    at = ids.index(before.id) + 1 if before is not None and before.id in ids else len(lines)
    return (*lines[:at], line, *lines[at:])


def _read_mark(told: str) -> tuple[LineKind | None, str]:
    for kind, mark in _MARKS.items():
        if told.startswith(f"{mark} "):
            return kind, told[len(mark) :].strip()
    return None, told.strip()
