"""A case: about one young person, in one phase at a time."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Phase(StrEnum):
    """How far a case has come. Codes are those of `programmes.toml`, table `phase`."""

    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    INFORMATION_AND_CONSENT = "information_and_consent"
    MAPPING = "mapping"
    PLAN_MEETING = "plan_meeting"
    FOLLOW_UP = "follow_up"
    CLOSING = "closing"
    LONG_TERM_FOLLOW_UP = "long_term_follow_up"
    PAUSED = "paused"
    DECLINED = "declined"
    BELOW_THRESHOLD = "below_threshold"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is stored of a case itself; `opened_on` is a day in Europe/Stockholm."""

    id: UUID
    phase: Phase
    case_number: str
    registry_number: str
    opened_on: date
    row_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One line of the case list, for the operator's own window.

    `title` is the name, or the alias where the person is protected; then `age` is not told.
    """

    id: UUID
    case_number: str
    title: str
    protected: bool
    age: int | None
    phase: Phase
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """The cases this user can open, and how many more did not verify and were left out."""

    rows: tuple[CaseRow, ...]
    left_out: int = 0
