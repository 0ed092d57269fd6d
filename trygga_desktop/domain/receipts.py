"""Who has received what: the ways by which something reaches somebody, and who was there when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from trygga_desktop.domain.meeting import IN_THE_ROOM, Meeting, Participant


class Route(StrEnum):
    """How something reached somebody, or may have."""

    SCREEN = "screen"
    PROTOCOL_PRINTED = "protocol_printed"
    PROTOCOL_SAVED = "protocol_saved"
    EXCERPT = "excerpt"
    PACKET = "packet"
    OTHER_GROUND = "other_ground"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a meeting through which the same people were in the room, remote ones included.

    `since` and `until` are aware; `participants` are ids of the meeting's own.
    """

    since: datetime
    until: datetime
    participants: frozenset[UUID]


def stretches_of(
    meeting: Meeting, *, until: datetime, cuts: Iterable[datetime] = ()
) -> tuple[Stretch, ...]:
    """Return a meeting in parts: a new one each time that somebody came or went, and at each cut.

    `until` is how far a meeting has come that has not ended. One that has not begun has no parts.
    """
    since = meeting.began_at
    if since is None:
        return ()
    end = max(since, meeting.ended_at or until)
    changes = [change.at for one in meeting.participants for change in one.changes]
    inner = {moment for moment in (*changes, *cuts) if since < moment < end}
    edges = [since, *sorted(inner), end]
    return tuple(
        Stretch(since=begins, until=ends, participants=_room_at(meeting, begins))
        for begins, ends in pairwise(edges)
    )


def _room_at(meeting: Meeting, moment: datetime) -> frozenset[UUID]:
    return frozenset(one.id for one in meeting.participants if _is_there(one, moment))


def _is_there(participant: Participant, moment: datetime) -> bool:
    before = [change for change in participant.changes if change.at <= moment]
    return bool(before) and before[-1].presence in IN_THE_ROOM
