"""The gate from a conversation without names to the named case: four filters, answered for.

Each filter lets fewer through: the own agency, a conversation without names, who can help, and
only then the name, among those alone (domain.md, section 3: four filters of the situation tables).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.agencies import Agency
from trygga_desktop.domain.ground_use import GroundAnswer, find_misfit, is_answered
from trygga_desktop.domain.grounds import LegalGround, Mode


class Threshold(StrEnum):
    """What tells that one agency alone is not enough."""

    SERIOUS_HARM = "serious_harm"
    SEVERAL_AREAS = "several_areas"
    NOBODY_ALONE = "nobody_alone"


class GateFlaw(StrEnum):
    """What a gate lacks."""

    OWN_AGENCY = "own_agency"
    THRESHOLD = "threshold"
    RECIPIENTS = "recipients"
    GROUND = "ground"
    HOLDER = "holder"
    SCOPE = "scope"
    ANSWERS = "answers"
    DECIDED_BY = "decided_by"
    MOTIVE = "motive"
    FUTURE = "future"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Why a case is spoken of by name from the day `on`, in the order of the four filters.

    `own_agency` is what the agency has tried by itself, `threshold` why that was not enough,
    `recipients` are the organisations that can help and go on with the name. `ground` is a code of
    the catalogue, consent being one; `decided_by` is a name and a position, or who consented. It
    was entered by the user `recorded_by`.
    """

    own_agency: str
    threshold: frozenset[Threshold]
    recipients: frozenset[UUID]
    ground: str
    answers: tuple[GroundAnswer, ...]
    decided_by: str
    motive: str
    on: date
    recorded_by: UUID
    recorded_at: datetime


def find_gate_flaw(
    gate: Gate,
    ground: LegalGround | None,
    *,
    today: date,
    giver: Agency | None,
    recipients: Collection[Agency | None],
) -> GateFlaw | None:
    """Return what is missing before a name may be said; None if all four filters are answered.

    `giver` is the kind of the board, which holds the name, `recipients` are those of who gets it.
    The program never answers a question of weighing; it only sees that somebody has.
    """
    if not gate.own_agency.strip():
        return GateFlaw.OWN_AGENCY
    if not gate.threshold:
        return GateFlaw.THRESHOLD
    if not gate.recipients:
        return GateFlaw.RECIPIENTS
    return _find_flaw_of_ground(gate, ground, today=today, giver=giver, recipients=recipients)


def _find_flaw_of_ground(
    gate: Gate,
    ground: LegalGround | None,
    *,
    today: date,
    giver: Agency | None,
    recipients: Collection[Agency | None],
) -> GateFlaw | None:
    if gate.on > today:
        return GateFlaw.FUTURE
    # A ground that says that nobody can be recognised opens the conversation without the name.
    if ground is None or ground.mode is Mode.OPEN or not ground.can_be_used_on(gate.on):
        return GateFlaw.GROUND
    if find_misfit(ground, giver=giver, recipients=(), category="contact") is not None:
        return GateFlaw.HOLDER
    if find_misfit(ground, giver=giver, recipients=recipients, category="contact") is not None:
        return GateFlaw.SCOPE
    return _find_flaw_of_decision(gate, ground)


def _find_flaw_of_decision(gate: Gate, ground: LegalGround) -> GateFlaw | None:
    answers = {one.condition: one for one in gate.answers}
    if not all(is_answered(one, answers.get(one.code)) for one in ground.conditions):
        return GateFlaw.ANSWERS
    if not gate.decided_by.strip():
        return GateFlaw.DECIDED_BY
    return None if gate.motive.strip() else GateFlaw.MOTIVE
