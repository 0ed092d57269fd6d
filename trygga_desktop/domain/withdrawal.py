"""What a withdrawal stops: since when, for whom, and what becomes of the case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.consent import Cell, Direction, find_refusals_of_cell
from trygga_desktop.domain.consent_events import ConsentEvent, Given, Withdrawn, happened_by
from trygga_desktop.domain.matrix import read_cell
from trygga_desktop.domain.programme import PhaseRule, agencies_may_share
from trygga_desktop.domain.reasons import Reason, place_in_order
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation


class Consequence(StrEnum):
    """What becomes of the case while something is taken back."""

    PAUSED = "paused"
    GOES_ON = "goes_on"
    SHARES_NOTHING = "shares_nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Something that a required signer took back, or said no to, and has not given again.

    It counts from the day `on`; nothing was shared any more from `recorded_at` (aware, in UTC),
    when it was recorded. `organisations` are those that it no longer covers, `rest` those beside
    the controller that the signer still says yes to: none where everything `is_whole`. `steps` are
    the ids of the events by which it was taken back bit by bit, that of `event_id` the last.
    """

    event_id: UUID
    signer: UUID
    on: date
    recorded_at: datetime
    organisations: frozenset[UUID]
    rest: frozenset[UUID] = frozenset()
    steps: tuple[UUID, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is left of what the signer said yes to."""
        return not self.rest


def find_stops(events: Sequence[ConsentEvent], given: Circumstances) -> tuple[Stop, ...]:
    """Return what the signers of the day have taken back by then, in the order of recording.

    A no after a yes takes it back, and so does a yes to fewer. What was given again, and what
    somebody took back whose consent is not needed, stops nothing between the agencies.
    """
    found = [stop for signer in given.required for stop in _stops_of(signer, events, given)]
    places = {event.id: place for place, event in enumerate(events)}
    return tuple(sorted(found, key=lambda stop: (places[stop.event_id], stop.signer)))


def find_consequence(step: PhaseStep, *, rules: Collection[PhaseRule]) -> Consequence:
    """Return what became of the case, by its phase: the programme decided it on that day."""
    if step.phase is Phase.PAUSED and step.cause is Cause.FOLLOWS_CONSENT:
        return Consequence.PAUSED
    if agencies_may_share(step.phase, rules=rules):
        return Consequence.GOES_ON
    return Consequence.SHARES_NOTHING


def find_uncovered(organisations: Iterable[UUID], given: Circumstances) -> Mapping[UUID, Reason]:
    """Return which of these may be told nothing at all by consent, each with the reason told first.

    A reason that stands against every category is told rather than one against some of them. The
    controller needs no consent for its own file.
    """
    found = {}
    for one in set(organisations) - {given.controller_id}:
        against = [
            frozenset(read_cell(cell, given).reasons)
            for category in sorted(given.categories)
            for cell in [Cell(organisation_id=one, category=category, direction=Direction.RECEIVE)]
        ]
        closed = _closed(given)
        if against and (closed or all(against)):
            everywhere = frozenset.intersection(*against)
            reasons = closed or everywhere or frozenset.union(*against)
            found[one] = min(reasons, key=place_in_order)
    return found


def consents_count(given: Circumstances) -> bool:
    """Tell whether the consents are as they were left, and confirmed after a restore."""
    return not _closed(given)


def find_covered(given: Circumstances) -> frozenset[UUID]:
    """Return the organisations that the required signers together let have or tell something.

    Each of them must have said yes to the same, for the work of the case's programme. What else
    closes the case, as its phase, is not asked: whom the signers agreed on, they agreed on.
    """
    answers = given.required_answers
    return frozenset(
        organisation
        for organisation in given.organisations
        if any(
            not find_refusals_of_cell(
                Cell(organisation_id=organisation, category=category, direction=direction), answers
            )
            for category in given.categories
            for direction in Direction
        )
    )


def _closed(given: Circumstances) -> frozenset[Reason]:
    """Return why nothing counts that stands in the consents, whatever they say."""
    closed = set()
    if given.chain is not ChainStanding.HOLDS:
        closed.add(Reason.CHAIN_BROKEN)
    if given.confirmation is not Confirmation.CONFIRMED:
        closed.add(Reason.RESTORED_UNCONFIRMED)
    return frozenset(closed)


@dataclass(slots=True)
class _Told:
    """What one signer has said yes to so far, and what of it was lost by which event."""

    held: frozenset[UUID] = frozenset()
    until: date = date.min
    lost: dict[UUID, ConsentEvent] = field(default_factory=dict)

    def answer(self, event: ConsentEvent, given: Given, *, day: date) -> None:
        """Take up a new answer. Only a yes that has begun gives back what was lost."""
        covered = frozenset(cell.organisation_id for cell in given.cells)
        if given.valid_from > day:
            self.held |= covered
            self.until = max(self.until, given.valid_to)
            return
        if given.valid_from <= self.until:
            self._lose(self.held - covered, event)
        for one in covered:
            self.lost.pop(one, None)
        self.held, self.until = covered, given.valid_to

    def take_back(self, event: ConsentEvent, taken: Withdrawn) -> None:
        """Lose what is taken back, unless it had ended before."""
        if taken.on <= self.until:
            wanted = self.held if taken.organisations is None else self.held & taken.organisations
            self._lose(wanted, event)
            self.held -= wanted

    def _lose(self, organisations: Iterable[UUID], event: ConsentEvent) -> None:
        for one in organisations:
            self.lost.setdefault(one, event)


def _stops_of(signer: UUID, events: Sequence[ConsentEvent], given: Circumstances) -> Iterable[Stop]:
    """Yield what a signer has stopped: each time by itself, or all as one where nothing is left."""
    told = _Told()
    for event in happened_by(events, given.on):
        match event.what:
            case Given() as answer if answer.signer == signer:
                told.answer(event, answer, day=given.on)
            case Withdrawn() as taken if taken.signer == signer:
                told.take_back(event, taken)
            case _:
                pass
    by_event: dict[UUID, tuple[ConsentEvent, set[UUID]]] = {}
    for organisation, event in told.lost.items():
        by_event.setdefault(event.id, (event, set()))[1].add(organisation)
    steps = sorted(by_event.values(), key=lambda step: step[0].sequence)
    # Its own file the controller has anyway: who has left it alone has stopped everything.
    rest = told.held - frozenset(told.lost) - {given.controller_id}
    if steps and not rest:
        steps = [(steps[-1][0], set(told.lost))]
    for event, organisations in steps:
        yield Stop(
            event_id=event.id,
            signer=signer,
            on=first_day_of(event),
            recorded_at=event.recorded_at,
            organisations=frozenset(organisations),
            rest=rest,
            steps=(event.id,) if rest else tuple(by_event),
        )


def first_day_of(event: ConsentEvent) -> date:
    """Return from which day on an answer, or what was taken back, counts."""
    return event.what.valid_from if isinstance(event.what, Given) else event.what.on
