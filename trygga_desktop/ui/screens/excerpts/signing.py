"""State of what is noted of the signed paper of an excerpt: the day that stands on it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.excerpts import Copy
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day

if TYPE_CHECKING:
    from trygga_desktop.services.signed_excerpts import RecordSigned


class SignedField(StrEnum):
    """The one field, by the name that it has on the screen."""

    ON = "day on the paper"


class SignedForm(TextForm):
    """Today stands there at first: there is nothing to lose that a draft would have to keep."""

    def __init__(
        self, case_id: UUID, copy: Copy, *, today: date, parent: QObject | None = None
    ) -> None:
        super().__init__({SignedField.ON: today.isoformat()}, parent)
        self.copy = copy
        self._case_id = case_id
        self._today = today

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the field if no day stands in it that can be."""
        return (SignedField.ON,) if isinstance(self.day, DayFlaw) else ()

    @property
    def day(self) -> date | DayFlaw:
        """Return the day, or why what stands there is none."""
        day = read_day(self.text_in(SignedField.ON))
        is_to_come = isinstance(day, date) and day > self._today
        return DayFlaw.IN_THE_FUTURE if is_to_come else day

    def day_flaw(self, field: str) -> DayFlaw | None:  # noqa: ARG002  there is one
        """Return why what stands in the field is no day."""
        day = self.day
        return day if isinstance(day, DayFlaw) else None

    def command(self) -> RecordSigned | None:
        """Return what records it, None while something is missing."""
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.signed_excerpts import RecordSigned  # noqa: PLC0415

        day, copy = self.day, self.copy
        if isinstance(day, DayFlaw) or not self.may_send:
            return None
        return RecordSigned(case_id=self._case_id, copy_id=copy.id, on=day)
