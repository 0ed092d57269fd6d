"""What an administrator types to confirm the text of a ground. No widgets."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from PySide6.QtCore import QObject

from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day

if TYPE_CHECKING:
    from trygga_desktop.services.catalogues import ConfirmGround


# A name space of its own (RFC 9562, 5.5): the same ground has the same id in every vault.
_GROUNDS = UUID("5b1f4f0c-5d0e-4f57-9d2b-8a6f6f1f3c11")


class ConfirmField(StrEnum):
    """The fields, in reading order, by the codes that errors name."""

    BY = "confirmed_by"
    ON = "confirmed_on"
    SOURCE = "confirmed_source"


class ConfirmForm(TextForm):
    """Who has read the text of one ground, on which day, and where it stands."""

    def __init__(self, ground: str, *, today: date, parent: QObject | None = None) -> None:
        super().__init__({ConfirmField.ON: today.isoformat()}, parent)
        self.ground = ground
        self._today = today

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep the form from being sent, in reading order."""
        return tuple(one for one in ConfirmField if not self._is_there(one))

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in the field of the day is none, or is still to come."""
        if field != ConfirmField.ON:
            return None
        day = read_day(self.text_in(field))
        if isinstance(day, DayFlaw):
            return day
        return DayFlaw.IN_THE_FUTURE if day > self._today else None

    def command(self) -> ConfirmGround:
        """Return it as the use case takes it; asked only where nothing is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.catalogues import ConfirmGround  # noqa: PLC0415

        day = read_day(self.text_in(ConfirmField.ON))
        assert isinstance(day, date)  # noqa: S101  nothing is missing
        return ConfirmGround(
            ground=self.ground,
            confirmed_by=self.tidy(ConfirmField.BY),
            confirmed_on=day,
            source=self.tidy(ConfirmField.SOURCE),
        )

    @property
    def subject_id(self) -> UUID:
        """Return what a draft of it belongs to."""
        return subject_of(self.ground)

    def _is_there(self, field: str) -> bool:
        return bool(self.tidy(field)) and self.day_flaw(field) is None


def subject_of(ground: str) -> UUID:
    """Return the id under which what is typed about a ground is kept."""
    return uuid5(_GROUNDS, ground)
