"""State of a copy that was given outside the program: of what, to whom, how and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.excerpts import Way
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen

if TYPE_CHECKING:
    from trygga_desktop.domain.sealing import SealedProtocol
    from trygga_desktop.services.distribution import RecordCopy

_MOST_DIGITS = 6


class CopyField(StrEnum):
    """The fields, by the codes that errors name."""

    TO = "to"
    ON = "on"
    NUMBER = "number"


class CopyForm(TextForm):
    """A copy of a sealed protocol that somebody has been given. `today` stands there at first."""

    def __init__(
        self,
        protocols: tuple[SealedProtocol, ...],
        *,
        today: date,
        parent: QObject | None = None,
    ) -> None:
        super().__init__({CopyField.ON: today.isoformat()}, parent)
        self.protocols = protocols
        self.protocol_id = protocols[0].id
        self.way = Way.BY_HAND
        self._today = today

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep it from being recorded."""
        lacking = [CopyField.TO] if not self.tidy(CopyField.TO) else []
        lacking += [CopyField.ON] if isinstance(self.day, DayFlaw) else []
        lacking += [CopyField.NUMBER] if self.number is None else []
        return tuple(lacking)

    @property
    def day(self) -> date | DayFlaw:
        """Return the day it was given on, or why what stands there is none."""
        day = read_day(self.text_in(CopyField.ON))
        is_to_come = isinstance(day, date) and day > self._today
        return DayFlaw.IN_THE_FUTURE if is_to_come else day

    @property
    def number(self) -> int | None:
        """Return the number on its sheet, 0 where there is none, None for what is no number."""
        typed = self.tidy(CopyField.NUMBER)
        if not typed:
            return 0
        is_number = typed.isascii() and typed.isdecimal() and len(typed) <= _MOST_DIGITS
        return int(typed) if is_number and int(typed) > 0 else None

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        day = self.day
        return day if field == CopyField.ON and isinstance(day, DayFlaw) else None

    def chosen(self) -> Chosen:
        """Return of what it is a copy and how it was given."""
        return {"protocol": [str(self.protocol_id)], "way": [self.way.value]}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as there still is such a choice."""
        known = {str(one.id): one.id for one in self.protocols}
        for one in chosen.get("protocol", ()):
            self.protocol_id = known.get(one, self.protocol_id)
        for one in chosen.get("way", ()):
            self.way = Way(one) if one in set(Way) else self.way

    def choose_protocol(self, protocol_id: object) -> None:
        """Say of what it is a copy."""
        if isinstance(protocol_id, UUID) and protocol_id != self.protocol_id:
            self.protocol_id = protocol_id
            self.refused.pop(CopyField.NUMBER, None)
            self.refused.pop(CopyField.ON, None)
            self.changed.emit()

    def choose_way(self, way: object) -> None:
        """Say how it was given."""
        if isinstance(way, Way) and way is not self.way:
            self.way = way
            self.changed.emit()

    def command(self) -> RecordCopy | None:
        """Return what records it, None while something is missing."""
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.distribution import RecordCopy  # noqa: PLC0415

        day, number = self.day, self.number
        if isinstance(day, DayFlaw) or number is None or not self.may_send:
            return None
        return RecordCopy(
            protocol_id=self.protocol_id,
            to=self.tidy(CopyField.TO),
            way=self.way,
            on=day,
            number=number,
        )
