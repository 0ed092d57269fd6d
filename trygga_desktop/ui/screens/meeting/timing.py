"""How much time is left of an item of the agenda, as it stands on a wall."""

from datetime import datetime
from typing import NamedTuple

from trygga_desktop.services.rooms import ShownAgendaItem


class Timing(NamedTuple):
    """What is left, or how much too long it has taken; `share` is the part of it that is used."""

    text: str
    is_over: bool
    share: float


def timing_of(item: ShownAgendaItem | None, now: datetime) -> Timing | None:
    """Return how an item stands at this time, None where it has not begun.

    What the meeting spends elsewhere, before it comes back, is no time of this item.
    """
    if item is None or item.began_at is None:
        return None
    planned = item.minutes * 60
    since = item.came_at or item.began_at
    used = item.used_seconds + max(0, int((now - since).total_seconds()))
    minutes, seconds = divmod(abs(planned - used), 60)
    return Timing(
        text=f"{minutes:02}:{seconds:02}",
        is_over=used > planned,
        share=used / planned if planned else 1.0,
    )
