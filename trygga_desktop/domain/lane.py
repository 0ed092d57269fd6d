"""The acute lane: which stages a case goes through, and how many hours are left to meet somebody.

In the acute stage it goes by hours, from the moment at which the case came into it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from trygga_desktop.domain.case import StageStep
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.programme import Programme

ACUTE = "acute"
"""The stage in which it goes by hours. A programme without stages has this one, or none."""

ORDINARY = ""
"""The stage of a case that never was in one, or was taken out of the acute lane."""

_ACUTE_TEMPLATES = frozenset({"leavers_acute"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneClock:
    """Until when somebody is to have met the young person, and when somebody did; aware, in UTC."""

    since: datetime
    until: datetime
    met_at: datetime | None

    def left(self, now: datetime) -> timedelta:
        """Return how long there still is, below nothing where it is too late."""
        return self.until - now


def has_lane(programme: Programme) -> bool:
    """Tell whether cases of a programme can go by hours."""
    return programme.urgent_lane_hours > 0


def stages_of(programme: Programme) -> tuple[str, ...]:
    """Return the codes of the stages that cases of a programme go through, the first one first."""
    if programme.stages:
        return tuple(one.code for one in programme.stages)
    return (ACUTE,) if has_lane(programme) else ()


def next_stages(programme: Programme, stage: str) -> tuple[str, ...]:
    """Return the stages that a case may come into from this one: any other, also one it has left.

    Where the programme has no stages a case is put into the acute lane and taken out again.
    """
    known = stages_of(programme)
    ways = known if programme.stages or not known else (*known, ORDINARY)
    return tuple(one for one in ways if one != stage)


def is_acute(programme: Programme | None, stage: str) -> bool:
    """Tell whether a case of this programme goes by hours."""
    return programme is not None and has_lane(programme) and stage == ACUTE


def lane_clock(
    programme: Programme | None, step: StageStep | None, meetings: Iterable[Meeting]
) -> LaneClock | None:
    """Return how long there is to meet the young person, None where a case does not go by hours.

    The first contact that somebody recorded counts, or the first meeting that began since.
    """
    if programme is None or step is None or not is_acute(programme, step.stage):
        return None
    begun = [
        one.began_at
        for one in meetings
        if one.began_at is not None
        and one.state is not MeetingState.CANCELLED
        and one.began_at >= step.at
    ]
    met = [*begun, *(() if step.met_at is None else (step.met_at,))]
    return LaneClock(
        since=step.at,
        until=step.at + timedelta(hours=programme.urgent_lane_hours),
        met_at=min(met, default=None),
    )


def proposed_template(programme: Programme, stage: str) -> str:
    """Return which meeting comes next by the stage: the acute one in that stage alone."""
    acute = [one for one in programme.meeting_templates if one in _ACUTE_TEMPLATES]
    if stage in {ACUTE, ORDINARY} and acute:
        return acute[0]
    others = [one for one in programme.meeting_templates if one not in _ACUTE_TEMPLATES]
    return (others or list(programme.meeting_templates))[0]
