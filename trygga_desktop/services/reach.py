"""Whom a withdrawal concerns: whom all had said yes to before it, and who received something."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from trygga_desktop.domain.consent_events import ConsentEvent
from trygga_desktop.domain.receipts import Route
from trygga_desktop.domain.withdrawal import Stop, find_covered, first_day_of
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.receipts import Receipt
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom the stops concern.

    `circles` are, beside each stop, the organisations that every required signer had said yes to
    just before it, and so knew of each other; a stop that came bit by bit has a circle for each.
    `received` are those that something reached on a screen or in an excerpt.
    """

    circles: tuple[tuple[Stop, frozenset[UUID]], ...]
    received: frozenset[UUID]

    @property
    def organisations(self) -> frozenset[UUID]:
        """Return whom to tell. One that only received something is told of itself alone."""
        is_whole = any(stop.is_whole for stop, _ in self.circles)
        stopped = {one for stop, _ in self.circles for one in stop.organisations}
        circles = [circle for stop, circle in self.circles if self._stops_something(stop, circle)]
        return frozenset().union(*circles) | (
            self.received if is_whole else self.received & stopped
        )

    def stopped_for(self, recipient: UUID) -> tuple[tuple[Stop, frozenset[UUID]], ...]:
        """Return of which organisations each stop may be told to this one."""
        return tuple(
            (stop, stop.organisations & ((circle if recipient in circle else set()) | {recipient}))
            for stop, circle in self.circles
        )

    @staticmethod
    def _stops_something(stop: Stop, circle: frozenset[UUID]) -> bool:
        return stop.is_whole or bool(stop.organisations & circle)


def reach_of(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    stops: Sequence[Stop],
    receipts: Iterable[Receipt],
) -> Reach:
    """Return whom these stops concern."""
    events = {one.id: one for one in standing.chain.events}
    return Reach(
        circles=tuple(
            (stop, _circle(work, vault, standing, events[step]))
            for stop in stops
            for step in stop.steps
        ),
        received=frozenset(
            one.organisation_id
            for one in receipts
            if one.route in {Route.SCREEN, Route.EXCERPT, Route.PACKET}
            and one.organisation_id is not None
            and any(time.count for time in one.times)
        ),
    )


def _circle(
    work: UnitOfWork, vault: OpenVault, standing: Standing, event: ConsentEvent
) -> frozenset[UUID]:
    covered: set[UUID] = set()
    for day, known_by, before in _just_before(event):
        then = stand(work, vault, standing.opened, on=day, known_by=known_by, before=before)
        covered |= find_covered(then.given)
    return frozenset(covered)


def _just_before(event: ConsentEvent) -> Iterator[tuple[date, datetime, int | None]]:
    """Yield the days and moments just before: it may be dated earlier or later than recorded."""
    recorded_on = event.recorded_at.astimezone(STOCKHOLM).date()
    first_day = first_day_of(event)
    yield recorded_on, event.recorded_at, event.sequence
    if first_day < recorded_on:
        yield first_day, event.recorded_at, event.sequence
    elif first_day > recorded_on:
        last = first_day - timedelta(days=1)
        yield last, datetime.combine(first_day, time(), tzinfo=STOCKHOLM), None
