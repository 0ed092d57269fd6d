"""When a paper was signed, and how long it holds. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from trygga_desktop.domain.consent_events import Circumstance, Way
from trygga_desktop.domain.dates import months_after
from trygga_desktop.ui.consent_words import read_day

if TYPE_CHECKING:
    from trygga_desktop.domain.programme import Programme

_SHORT = 3


class DayFlaw(StrEnum):
    """Why a day of the paper cannot be stored."""

    NO_DAY = "no_day"
    FUTURE = "future"
    ORDER = "order"
    LENGTH = "length"


class DayField(StrEnum):
    """The days of a paper: how far back it goes may stay open."""

    SIGNED_ON = "signed_on"
    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"
    FACTS_SINCE = "facts_since"


class Validity:
    """Days are kept as they are typed. `changed` is called after each change."""

    def __init__(
        self, programme: Programme | None, today: date, changed: Callable[[], None]
    ) -> None:
        self._changed = changed
        self._programme = programme
        self._today = today
        self.way = Way.PAPER
        self.months: int | None = None if programme is None else programme.consent_months_default
        self.typed = {
            DayField.SIGNED_ON: today.isoformat(),
            DayField.VALID_FROM: today.isoformat(),
            DayField.VALID_TO: today.isoformat(),
            DayField.FACTS_SINCE: "",
        }
        self.circumstance = Circumstance()
        self._follow()

    @property
    def signed_on(self) -> date | None:
        """Return the day of the signature, if one is typed."""
        return read_day(self.typed[DayField.SIGNED_ON])

    @property
    def valid_from(self) -> date | None:
        """Return the first day, if one is typed."""
        return read_day(self.typed[DayField.VALID_FROM])

    @property
    def valid_to(self) -> date | None:
        """Return the last day, if one is typed."""
        return read_day(self.typed[DayField.VALID_TO])

    @property
    def facts_since(self) -> date | None:
        """Return the day from which on what is known may be told, if it is not all of it."""
        return read_day(self.typed[DayField.FACTS_SINCE])

    @property
    def presets(self) -> tuple[int, ...]:
        """Return the lengths in months that are offered: a short one, the usual, the longest."""
        programme = self._programme
        if programme is None or self.way is Way.ORAL:
            return ()
        offered = {_SHORT, programme.consent_months_default, programme.consent_months_max}
        return tuple(sorted(one for one in offered if one <= programme.consent_months_max))

    @property
    def may_be_oral(self) -> bool:
        """Return whether the programme takes what was said and is not signed yet."""
        return self._programme is not None and self._programme.oral_consent.allowed

    @property
    def latest(self) -> date | None:
        """Return the last day that the programme lets it hold."""
        # A signature has to follow what was said, so its days count from when it was.
        start = self.signed_on if self.way is Way.ORAL else self.valid_from
        if self._programme is None or start is None:
            return None
        if self.way is Way.ORAL:
            days = start.toordinal() + self._programme.oral_consent.max_days
            return date.fromordinal(min(days, date.max.toordinal()))
        return _months_on(start, self._programme.consent_months_max)

    def type_day(self, where: DayField, text: str) -> None:
        """Take what is typed; days that were proposed follow, those that were typed stay."""
        followed = self.typed[DayField.VALID_FROM] == self.typed[DayField.SIGNED_ON]
        self.typed[where] = text
        if where is DayField.SIGNED_ON and followed:
            self.typed[DayField.VALID_FROM] = text
        if where is DayField.VALID_TO:
            self.months = None
        else:
            self._follow()
        self._changed()

    def choose_months(self, months: int) -> None:
        """Let it hold for so many months."""
        self.months = months
        self._follow()
        self._changed()

    def choose_way(self, way: Way) -> None:
        """Say how the answer was given: what was only said holds for a shorter time."""
        self.way = way
        if way is Way.PAPER and self._programme is not None:
            self.months = self._programme.consent_months_default
        self._follow()
        self._changed()

    def describe(self, circumstance: Circumstance) -> None:
        """Say how the paper was signed."""
        self.circumstance = circumstance
        self._changed()

    def flaws(self) -> dict[DayField, DayFlaw]:
        """Return what is wrong with the days."""
        found: dict[DayField, DayFlaw] = {
            where: DayFlaw.NO_DAY
            for where, text in self.typed.items()
            if read_day(text) is None and (text.strip() or where is not DayField.FACTS_SINCE)
        }
        signed, start, end, latest = self.signed_on, self.valid_from, self.valid_to, self.latest
        if signed is not None and signed > self._today:
            found[DayField.SIGNED_ON] = DayFlaw.FUTURE
        if signed is not None and start is not None and start < signed:
            found[DayField.VALID_FROM] = DayFlaw.ORDER
        elif self._is_far_ahead(signed, start):
            found[DayField.VALID_FROM] = DayFlaw.LENGTH
        since = self.facts_since
        if since is not None and start is not None and since > start:
            found[DayField.FACTS_SINCE] = DayFlaw.ORDER
        if start is not None and end is not None and end < start:
            found[DayField.VALID_TO] = DayFlaw.ORDER
        elif end is not None and latest is not None and end > latest:
            found[DayField.VALID_TO] = DayFlaw.LENGTH
        return found

    def _is_far_ahead(self, signed: date | None, start: date | None) -> bool:
        if signed is None or start is None or self._programme is None:
            return False
        return start > _months_on(signed, self._programme.consent_months_max)

    def _follow(self) -> None:
        start = self.valid_from
        if start is None:
            return
        if self.way is Way.ORAL:
            end = self.latest
        else:
            end = None if self.months is None else _months_on(start, self.months)
            if end is not None and self.latest is not None:
                end = min(end, self.latest)
        if end is not None:
            self.typed[DayField.VALID_TO] = end.isoformat()


def _months_on(start: date, months: int) -> date:
    try:
        return months_after(start, months)
    except ValueError:
        return date.max
