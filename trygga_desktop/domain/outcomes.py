"""How commitments and cases end: states, reasons, and what statistics make of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.programme import Keeping
from trygga_desktop.domain.tables import Code, Icon, Key
from trygga_desktop.domain.words import Words


class Outcome(StrEnum):
    """How statistics count the end of a case."""

    GOOD = "good"
    PARTLY = "partly"
    STOPPED = "stopped"
    MOVED_ON = "moved_on"
    OTHER = "other"
    LIMITED = "limited"


class Tone(StrEnum):
    """The colour in which a state is shown, beside its icon and its name."""

    MUTE = "mute"
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Counts(StrEnum):
    """How statistics count a commitment, by agency and never by person."""

    OPEN = "open"
    KEPT = "kept"
    NOT_POSSIBLE = "not_possible"
    NOT_KEPT = "not_kept"
    CHANGED = "changed"
    EXCLUDED = "excluded"


class ReasonGroup(StrEnum):
    """What a reason lays it to: circumstances, the agency, or a change of mind."""

    CIRCUMSTANCES = "circumstances"
    AGENCY = "agency"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReason:
    """Why a case ends. `long_term` tells whether follow-up can be offered afterwards."""

    code: Code
    name: Words
    outcome: Outcome
    keeps: Keeping
    long_term: bool
    ask: Words
    needs_new_consent: bool = False
    needs_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStatus:
    """How far a commitment has come, as it is shown. `reason_group` is asked for a reason."""

    code: CommitmentState
    name: Words
    icon: Icon
    tone: Tone
    is_open: Annotated[bool, Key("open")]
    counts: Counts
    needs_reason: bool
    asks: Words | None = None
    reason_group: ReasonGroup | None = None
    needs_successor: bool = False
    set_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReason:
    """Why a commitment is late, changed or not kept."""

    code: Code
    group: ReasonGroup
    name: Words
