"""State of a reason that is written about a signer, and of the day on paper that was only seen."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from PySide6.QtCore import QObject

from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen


class Ask(StrEnum):
    """What somebody is about to record of a signer, with a reason."""

    DECLINE = "decline"
    TAKE_BACK = "take_back"
    PAPER = "paper"


class ReasonField(StrEnum):
    """The fields of a reason, by the codes that errors name; paper that was seen has a day too."""

    REASON = "reason"
    DAY = "day"


class ReasonForm(TextForm):
    """Why somebody does not sign, or why what was recorded of them was wrong.

    Or why there is no scan of the paper that they have signed, and on which day of `days` they did.

    A draft that is gone on with says of whom it is; otherwise whoever opens the form does.
    """

    def __init__(
        self,
        ask: Ask,
        signer: int,
        *,
        follows: bool,
        days: tuple[date, date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__({ReasonField.DAY: days[0].isoformat()}, parent)
        self._days = days
        self.ask = ask
        self.signer = signer
        self._follows = follows

    def chosen(self) -> Chosen:
        """Return of whom it is, and what is recorded, once anything is written."""
        written = bool(self.text_in(ReasonField.REASON)) or self.has_own_day
        return {"ask": [self.ask.value], "signer": [str(self.signer)]} if written else {}

    def take_chosen(self, chosen: Chosen) -> None:
        """Go on with what the draft is about."""
        asks, signers = chosen.get("ask", ()), chosen.get("signer", ())
        if self._follows and len(asks) == len(signers) == 1 and asks[0] in set(Ask):
            signer = signers[0]
            if signer.isascii() and signer.isdecimal():
                self.ask, self.signer = Ask(asks[0]), int(signer)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep it from being recorded."""
        lacking = [] if self.tidy(ReasonField.REASON) else [ReasonField.REASON]
        if self.ask is Ask.PAPER and isinstance(self.day, DayFlaw):
            lacking.append(ReasonField.DAY)
        return tuple(lacking)

    @property
    def has_own_day(self) -> bool:
        """Return whether another day was typed than the one that stood there at first."""
        return self.text_in(ReasonField.DAY) != self._days[0].isoformat()

    @property
    def day(self) -> date | DayFlaw:
        """Return the day that stands on the paper, or why what stands there is none."""
        first, last = self._days
        day = read_day(self.text_in(ReasonField.DAY))
        if isinstance(day, DayFlaw):
            return day
        if day > last:
            return DayFlaw.IN_THE_FUTURE
        return DayFlaw.TOO_LONG_AGO if day < first else day

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        day = self.day
        is_asked = field == ReasonField.DAY and self.ask is Ask.PAPER
        return day if is_asked and isinstance(day, DayFlaw) else None
