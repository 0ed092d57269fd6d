"""What a withdrawal stops: since when, for whom, and what becomes of the case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Consent,
    Direction,
    find_latest_yes,
    find_refusals_of_cell,
)
from trygga_desktop.domain.consent_events import ConsentEvent, Withdrawn
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
    """Something that a required signer took back and has not given again.

    It counts from the day `on`; nothing was shared any more from `recorded_at` (aware, in UTC),
    when it was recorded. `organisations` are those that it no longer covers, `rest` those that the
    signer still says yes to: none where everything `is_whole`. `steps` are the ids of the events by
    which it was taken back bit by bit, that of `event_id` the last.
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

    What was given again, what was replaced by a new answer, and what somebody took back whose
    consent is not needed stops nothing between the agencies.
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


def find_covered(given: Circumstances) -> frozenset[UUID]:
    """Return the organisations that the required signers together let have or tell something.

    Each of them must have said yes to the same, for the work of the case's programme. What else
    closes the case, as its phase, is not asked: whom the signers agreed on, they agreed on.
    """
    answers = given.answers_of(given.required)
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


def _stops_of(signer: UUID, events: Sequence[ConsentEvent], given: Circumstances) -> Iterable[Stop]:
    answers = [one for one in given.consents if one.signer == signer]
    in_force = next((one for one in answers if one.holds_on(given.on)), None)
    if in_force is None:
        last = find_latest_yes(answers, on=given.on)
        if last is None or not last.is_withdrawn_on(given.on):
            return
        event = _taken_back_by(last, None, events)
        if event is not None:
            yield _stop(
                event,
                signer,
                organisations=_covered(last) | last.taken_back,
                steps=_steps_to(event, last, events),
            )
        return
    if in_force.answer is not Answer.GIVEN:
        return
    yield from _parts_of(in_force, events)


def _parts_of(consent: Consent, events: Sequence[ConsentEvent]) -> Iterable[Stop]:
    """Yield what was taken back of an answer in force: each time by itself, or all as one."""
    rest = _covered(consent)
    taken: dict[UUID, tuple[ConsentEvent, set[UUID]]] = {}
    for organisation in sorted(consent.taken_back):
        event = _taken_back_by(consent, organisation, events)
        if event is not None:
            taken.setdefault(event.id, (event, set()))[1].add(organisation)
    if not rest and taken:
        newest = max((event for event, _ in taken.values()), key=lambda event: event.sequence)
        yield _stop(
            newest,
            consent.signer,
            organisations=consent.taken_back,
            steps=_steps_to(newest, consent, events),
        )
        return
    for event, organisations in taken.values():
        yield _stop(event, consent.signer, organisations=frozenset(organisations), rest=rest)


def _taken_back_by(
    consent: Consent, organisation: UUID | None, events: Sequence[ConsentEvent]
) -> ConsentEvent | None:
    """Return the first event by which the signer took that back after giving it.

    With a day that lies before the paper it stands where it was recorded, so that the day of the
    event is not asked for.
    """
    given_at = next((one.sequence for one in events if one.id == consent.id), 0)
    fitting = [
        event
        for event in events
        if isinstance(event.what, Withdrawn)
        and event.what.signer == consent.signer
        and (
            event.what.organisations is None
            if organisation is None
            else organisation in (event.what.organisations or ())
        )
    ]
    later = [event for event in fitting if event.sequence > given_at]
    return next(iter(later or fitting[-1:]), None)


def _stop(
    event: ConsentEvent,
    signer: UUID,
    *,
    organisations: frozenset[UUID],
    rest: frozenset[UUID] = frozenset(),
    steps: tuple[UUID, ...] = (),
) -> Stop:
    return Stop(
        event_id=event.id,
        signer=signer,
        on=event.what.on,
        recorded_at=event.recorded_at,
        organisations=organisations,
        rest=rest,
        steps=steps or (event.id,),
    )


def _steps_to(
    last: ConsentEvent, consent: Consent, events: Sequence[ConsentEvent]
) -> tuple[UUID, ...]:
    """Return by which events the signer took the answer back, up to the last one."""
    given_at = next((one.sequence for one in events if one.id == consent.id), 0)
    return tuple(
        one.id
        for one in events
        if isinstance(one.what, Withdrawn)
        and one.what.signer == consent.signer
        and (given_at < one.sequence <= last.sequence or one.id == last.id)
    )


def _covered(consent: Consent) -> frozenset[UUID]:
    return frozenset(cell.organisation_id for cell in consent.cells)
