"""Use cases for how the young person says that it is, and for how it went from meeting to meeting.

The figures are theirs: nothing is reckoned from them, and nobody is compared with anybody.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import HIGHEST, LOWEST, OwnRating, latest_ratings
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import ShownItem, show_alone, show_case_rows, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_NOT_POSSIBLE = frozenset({CommitmentState.NOT_POSSIBLE, CommitmentState.NOT_DONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRating:
    """How the young person says that it is, from 1 to 10, by areas of life.

    At a meeting it counts for the day of that. An area they said nothing about is left out, and of
    one that is `taken_back` nothing that was recorded of that day counts.
    """

    case_id: UUID
    values: Mapping[str, int]
    meeting_id: UUID | None = None
    on: date | None = None
    taken_back: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRating:
    """One time that the young person said how it is; `values` are by codes of areas."""

    item: ShownItem
    on: date
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTally:
    """How many actions stood how at the end of a meeting's day."""

    meeting_id: UUID
    number: int
    on: date
    done: int
    doing: int
    not_possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProgress:
    """How it went, for the operator alone. `meetings` are those at which a rating can be told.

    `done` are the days on which actions of the plan were done, by codes of areas.
    """

    row: CaseRow
    subject_name: str
    ratings: tuple[ShownRating, ...]
    tallies: tuple[MeetingTally, ...]
    meetings: tuple[tuple[UUID, int, date], ...]
    catalogue: Catalogue
    today: date
    left_out: int = 0
    done: Mapping[str, tuple[date, ...]] = field(default_factory=dict)

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and the last day that there is anything to draw of."""
        days = {one.on for one in self.ratings}.union(*self.done.values())
        return min(days, default=self.today), max(days, default=self.today)


@use_case(Permission.WORK_IN_CASE)
def record_rating(command: RecordRating, *, vault: OpenVault) -> Done[UUID]:
    """Store what the young person said. Of one area and day what was recorded last counts.

    Raise InvalidInputError for an area that is none, a figure off the scale, nothing at all, a day
    that has not come, and a meeting of another case or that was not held yet.
    """
    with vault.work() as work:
        opened = work.cases.find(command.case_id)
        standing = stand(work, vault, opened)
        areas = {one.code for one in standing.catalogue.life_areas}
        told = command.values.keys() | command.taken_back
        if not told or not areas >= told:
            raise InvalidInputError(field="area", flaw="unknown" if told else "missing")
        if not all(LOWEST <= one <= HIGHEST for one in command.values.values()):
            raise InvalidInputError(field="rating", flaw="range")
        rating = OwnRating(
            id=uuid4(),
            case_id=command.case_id,
            on=_day(work, command),
            said_by=opened.subject_id,
            values=dict(command.values),
            recorded_at=work.at,
            meeting_id=command.meeting_id,
            taken_back=command.taken_back - command.values.keys(),
        )
        work.ratings.add(command.case_id, rating)
        work.commit(Action.RATING_RECORDED, rating.id)
    return Done(rating.id, Changes(items=True))


@use_case(Permission.WORK_IN_CASE)
def read_progress(case_id: UUID, *, vault: OpenVault) -> Done[CaseProgress]:
    """Return the ratings and the actions of a case; the reading is in the audit log first."""
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        found = progress_of(work, vault, standing)
        work.commit(Action.PLAN_READ, case_id)
    return Done(found)


def progress_of(work: UnitOfWork, vault: OpenVault, standing: Standing) -> CaseProgress:
    """Return how it went in a case, for the operator alone."""
    case_id = standing.opened.case.id
    (row,) = show_case_rows(
        [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
    )
    meetings = sorted((one for one, _ in work.meetings.of_case(case_id)), key=_number)
    met = [one for one in meetings if one.state in {MeetingState.RUNNING, MeetingState.HELD}]
    noted = {one.id: one for one in work.items.of_case(case_id)}
    promised = [
        (one, noted[one.id].known_on)
        for one, _ in work.commitments.of_case(case_id)
        if one.id in noted
    ]

    def show(items: Iterable[Item]) -> tuple[ShownItem, ...]:
        return show_alone(items, vault=vault, given=standing.given).items

    return CaseProgress(
        row=row,
        subject_name=text_of(name_of(vault, standing, standing.opened.subject_id)),
        ratings=ratings_for(work, standing, show),
        tallies=tuple(_tally(one, promised) for one in met),
        meetings=tuple((one.id, one.number, _day_of(one)) for one in met),
        catalogue=standing.catalogue,
        today=standing.on,
        left_out=len(work.left_out),
        done=_done(work, standing, noted.values(), show),
    )


def _done(
    work: UnitOfWork,
    standing: Standing,
    noted: Iterable[Item],
    show: Callable[[Iterable[Item]], tuple[ShownItem, ...]],
) -> Mapping[str, tuple[date, ...]]:
    """Return when actions were done, by the area that a plan has them in."""
    case_id = standing.opened.case.id
    areas = {
        line.id: line.area
        for version in versions_of(work, case_id)
        for line in version.lines
        if line.area
    }
    ended = {
        one.id: one.ended_on
        for one, _ in work.commitments.of_case(case_id)
        if one.state is CommitmentState.DONE
    }
    found: dict[str, list[date]] = {}
    for shown in show([one for one in noted if one.id in ended and one.id in areas]):
        day = ended[shown.id]
        if day is not None:
            found.setdefault(areas[shown.id], []).append(day)
    return {area: tuple(sorted(days)) for area, days in found.items()}


def ratings_for(
    work: UnitOfWork, standing: Standing, show: Callable[[Iterable[Item]], Iterable[ShownItem]]
) -> tuple[ShownRating, ...]:
    """Return the ratings of a case by day; `show` asks the door for whoever is told them."""
    found = work.ratings.of_case(standing.opened.case.id)
    ratings = {one.id: one for one in latest_ratings(one for one, _ in found)}
    shown = show([_as_item(one, standing) for one in ratings.values()])
    return tuple(
        ShownRating(item=one, on=ratings[one.id].on, values=ratings[one.id].values) for one in shown
    )


def _day(work: UnitOfWork, command: RecordRating) -> date:
    if command.meeting_id is None:
        day = command.on or work.today
        if day > work.today:
            raise InvalidInputError(field="on", flaw="future")
        return day
    for meeting, _ in work.meetings.of_case(command.case_id):
        if meeting.id == command.meeting_id:
            if meeting.state not in {MeetingState.RUNNING, MeetingState.HELD}:
                raise InvalidInputError(field="meeting", flaw=meeting.state.value)
            return _day_of(meeting)
    raise InvalidInputError(field="meeting", flaw="unknown")


def _as_item(rating: OwnRating, standing: Standing) -> Item:
    """Return a rating as what it is: the young person's own words, told to the board."""
    return Item(
        id=rating.id,
        case_id=rating.case_id,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=standing.given.controller_id,
        origin_id=standing.given.controller_id,
        category=VOICE,
        about=frozenset({rating.said_by}),
        reporter_ids=frozenset(),
        known_on=rating.on,
        text="",
        said_by=rating.said_by,
    )


def _tally(meeting: Meeting, promised: Iterable[tuple[Commitment, date]]) -> MeetingTally:
    day = _day_of(meeting)
    tally = MeetingTally(
        meeting_id=meeting.id, number=meeting.number, on=day, done=0, doing=0, not_possible=0
    )
    for commitment, since in promised:
        if since > day:
            continue
        state = commitment.as_of(day).state
        if state is CommitmentState.DONE:
            tally = replace(tally, done=tally.done + 1)
        elif state in _NOT_POSSIBLE:
            tally = replace(tally, not_possible=tally.not_possible + 1)
        elif state.is_open:
            tally = replace(tally, doing=tally.doing + 1)
    return tally


def _day_of(meeting: Meeting) -> date:
    return meeting.begins.astimezone(STOCKHOLM).date()


def _number(meeting: Meeting) -> int:
    return meeting.number
