"""What will end or is missing in the consents of a case, told in time to do something about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.circumstances import Derived, Facts
from trygga_desktop.domain.consent import find_latest_yes
from trygga_desktop.domain.consent_events import Given, Way
from trygga_desktop.domain.lane import LaneClock
from trygga_desktop.domain.matrix import SOON, read_cover
from trygga_desktop.domain.programme import ADULT
from trygga_desktop.domain.signing import ExceptionStatus, exception_status

OVER = frozenset({Phase.CLOSED, Phase.DECLINED, Phase.BELOW_THRESHOLD})
"""The phases in which nothing is to be thought of any more."""


class ReminderKind(StrEnum):
    """What is to be thought of. The order is that of telling: what is worst comes first."""

    LANE_OVER = "lane_over"
    LANE_RUNS = "lane_runs"
    CAME_OF_AGE = "came_of_age"
    EXPIRED = "expired"
    SIGNER_WAITING = "signer_waiting"
    APPROVAL_WAITING = "approval_waiting"
    SIGNATURE_DUE = "signature_due"
    COMES_OF_AGE = "comes_of_age"
    EXPIRES = "expires"
    TO_RAISE = "to_raise"
    COMMITMENT_LATE = "commitment_late"
    COMMITMENT_DUE = "commitment_due"
    FOLLOW_UP_DUE = "follow_up_due"
    LONG_TERM_ENDED = "long_term_ended"
    LONG_TERM_DUE = "long_term_due"
    LONG_TERM_DONE = "long_term_done"
    RAISED_AGAIN = "raised_again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to think of. `on` is the day it is about, `people` whose signatures it is about.

    For what ends it is the last day that still counts, for a birthday the day itself. In the acute
    lane `hours` are those that are left, or by which it is too late, and `at` the hour of `on`.
    `count` are the commitments that are to be raised, `to` the code of whom they are raised with.
    """

    kind: ReminderKind
    on: date
    people: frozenset[UUID] = frozenset()
    hours: int = 0
    at: time | None = None
    count: int = 0
    to: str = ""


def remind_of_lane(clock: LaneClock | None, now: datetime, zone: tzinfo) -> Iterable[Reminder]:
    """Yield how many hours are left to meet the young person, while nobody did."""
    if clock is None or clock.met_at is not None:
        return
    left = clock.left(now)
    until = clock.until.astimezone(zone)
    yield Reminder(
        kind=ReminderKind.LANE_OVER if left < timedelta(0) else ReminderKind.LANE_RUNS,
        on=until.date(),
        at=until.time(),
        hours=abs(left) // timedelta(hours=1),
    )


def find_reminders(facts: Facts, derived: Derived) -> tuple[Reminder, ...]:
    """Return what to think of in a case on the day that was derived, the worst first.

    It is told as many days ahead as the programme's `reminder_days` say, and until it is done. A
    case that is over reminds of nothing, and neither does one in which nobody was asked yet.
    """
    if facts.step.phase in OVER or facts.programme is None:
        return ()
    found = [*_missing(facts, derived), *_unsigned(facts, derived), *_coming(facts, derived)]
    order = list(ReminderKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.on)))


def _missing(facts: Facts, derived: Derived) -> Iterable[Reminder]:
    given = derived.given
    cover = read_cover(given)
    pending = _pending(facts, derived)
    ended: dict[tuple[ReminderKind, date], set[UUID]] = {}
    waiting = set()
    for signer in given.required - cover.signed:
        answers = [one for one in given.consents if one.signer == signer]
        if any(one.holds_on(given.on) for one in answers):
            # A no is an answer, and nobody is asked again for it.
            continue
        latest = find_latest_yes(answers, on=given.on)
        if latest is None or latest.valid_from > given.on:
            waiting.add(signer)
        elif not latest.is_withdrawn_on(given.on):
            kind = ReminderKind.CAME_OF_AGE if latest.has_lapsed else ReminderKind.EXPIRED
            ended.setdefault((kind, latest.valid_to), set()).add(signer)
    for (kind, last), signers in ended.items():
        yield Reminder(kind=kind, on=last, people=frozenset(signers))
    if waiting & pending:
        # Nobody is named: that somebody may not be asked can be why the exception is wanted.
        yield Reminder(kind=ReminderKind.APPROVAL_WAITING, on=given.on)
    if waiting - pending and (cover.signed or ended):
        people = frozenset(waiting - pending)
        yield Reminder(kind=ReminderKind.SIGNER_WAITING, on=given.on, people=people)


def _pending(facts: Facts, derived: Derived) -> frozenset[UUID]:
    """Return whose signature is to be done without once a second person approves."""
    given, opening = derived.given, facts.catalogue.opening_exceptions
    return frozenset(
        one.signer
        for one in derived.state.exceptions
        if exception_status(one, given.consents, facts.events, opening=opening, on=given.on)
        is ExceptionStatus.WAITING
    )


def _unsigned(facts: Facts, derived: Derived) -> Iterable[Reminder]:
    """Yield what was said and has to be signed: oral answers that are still in force."""
    in_force = {one.id: one for one in derived.given.consents if one.holds_on(derived.given.on)}
    said: dict[date, set[UUID]] = {}
    for event in facts.events:
        what = event.what
        if isinstance(what, Given) and what.way is Way.ORAL and event.id in in_force:
            said.setdefault(in_force[event.id].valid_to, set()).add(what.signer)
    for last, signers in said.items():
        yield Reminder(kind=ReminderKind.SIGNATURE_DUE, on=last, people=frozenset(signers))


def _coming(facts: Facts, derived: Derived) -> Iterable[Reminder]:
    given = derived.given
    cover = read_cover(given)
    if cover.valid_to is None or cover.signed != given.required:
        return
    days = () if facts.programme is None else facts.programme.reminder_days
    if cover.valid_to - given.on > timedelta(days=max(days, default=SOON)):
        return
    birthday = None if facts.born is None else facts.born.turns(ADULT)
    next_day = cover.valid_to + timedelta(days=1)
    if birthday == next_day:
        yield Reminder(
            kind=ReminderKind.COMES_OF_AGE, on=next_day, people=frozenset({facts.subject_id})
        )
    else:
        yield Reminder(kind=ReminderKind.EXPIRES, on=cover.valid_to, people=given.required)
