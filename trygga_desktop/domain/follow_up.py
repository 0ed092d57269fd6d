"""How a commitment is followed: how old it is, how often it came up again, when it is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.commitments import Commitment

SOON = timedelta(days=14)
"""How far ahead a commitment is told to be coming."""


class Why(StrEnum):
    """Why a day of an open commitment is one to think of."""

    DUE = "due"
    ASK = "ask"


class Stop(NamedTuple):
    """A day of a commitment in a list over all cases, which is in the order of these.

    One that both is to be done and asked about has two.
    """

    on: date
    id: UUID
    why: Why


class DueState(StrEnum):
    """Where the last day of an open commitment lies."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    LATER = "later"


def due_state(due: date, today: date) -> DueState:
    """Return where a last day lies, seen from today."""
    if due < today:
        return DueState.OVERDUE
    if due == today:
        return DueState.DUE
    return DueState.COMING if due - today <= SOON else DueState.LATER


def days_old(agreed_on: date, today: date) -> int:
    """Return how many days ago something was agreed on; nothing is younger than a day not begun."""
    return max(0, (today - agreed_on).days)


def times_carried(commitment: Commitment, agreed_on: date, met_on: Iterable[date]) -> int:
    """Return at how many meetings after that of its own it still was to be done."""
    return sum(day > agreed_on and commitment.was_open_on(day) for day in met_on)
