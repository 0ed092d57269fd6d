"""When a commitment that is late is raised with whoever the programme names.

Two rules, of which a programme has the first and may have the second:

    rule       it counts                                 it is to be raised
    meetings   the last meetings in a row at which it    from `overdue_times` of them on
               was late
    hours      from when it became late, while the       within `hours_in_acute_stage`
               case is in the acute stage

What was raised is not raised again for what it was raised for: only meetings held after that count,
and the hours only once it became late after that. What rests waits for a consent, and is nobody's
omission; what was done is over. What the young person and the family promised is not raised: the
rule is about agencies.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from trygga_desktop.domain.commitments import Commitment
from trygga_desktop.domain.programme import Escalation


class EscalationRule(StrEnum):
    """By which rule something is to be raised."""

    MEETINGS = "meetings"
    HOURS = "hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRaise:
    """That a commitment is to be raised. `times` are the meetings in a row at which it was late.

    `by` is until when, where it goes by hours; `late_from` when it became late. Both are aware.
    """

    rule: EscalationRule
    times: int
    late_from: datetime
    by: datetime | None = None


def find_to_raise(  # noqa: PLR0913  what a rule goes by
    commitment: Commitment,
    escalation: Escalation,
    *,
    met_at: Iterable[datetime],
    is_acute: bool,
    now: datetime,
    zone: tzinfo,
) -> ToRaise | None:
    """Return why a commitment is to be raised, or None where it is not.

    `met_at` is when meetings that were held began, without those at which it rested; days and
    hours are those of `zone`.
    """
    if not commitment.state.is_open or commitment.is_resting:
        return None
    if commitment.organisation_id is None:
        return None
    late_from = commitment.late_from(zone)
    raised_at = max((one.at for one in commitment.raised), default=None)
    times = times_late_in_a_row(
        commitment,
        [one for one in met_at if one <= now and (raised_at is None or one > raised_at)],
        zone,
    )
    hours = escalation.hours_in_acute_stage
    is_new = raised_at is None or raised_at < late_from
    if is_acute and hours is not None and late_from <= now and is_new:
        # In UTC: on a day on which clocks change, more or fewer pass than the clock says.
        by = (late_from.astimezone(UTC) + timedelta(hours=hours)).astimezone(zone)
        return ToRaise(rule=EscalationRule.HOURS, times=times, late_from=late_from, by=by)
    if times >= escalation.overdue_times:
        return ToRaise(rule=EscalationRule.MEETINGS, times=times, late_from=late_from)
    return None


def times_late_in_a_row(commitment: Commitment, met_at: Iterable[datetime], zone: tzinfo) -> int:
    """Return at how many of the last meetings in a row it was late, as it stood before each.

    Another last day that a meeting agreed on does not undo that it was late there.
    """
    times = 0
    for moment in sorted(met_at, reverse=True):
        if not _was_late_at(commitment, moment, zone):
            break
        times += 1
    return times


def _was_late_at(commitment: Commitment, moment: datetime, zone: tzinfo) -> bool:
    day, before = moment.astimezone(zone).date(), commitment
    if any(one.on >= day for one in commitment.changes):
        told = tuple(one for one in commitment.changes if one.on < day)
        before = replace(commitment, changes=told)
    is_open = before.state.is_open and not before.is_resting
    return is_open and before.late_from(zone) <= moment
