"""Figures that are being entered, as the text of a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from trygga_desktop.ui.typed import Typed, one_of, read_typed, write_typed

_MEETING = "meeting"
_FIGURES = frozenset(map(str, range(1, 11)))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigures:
    """Figures by codes of areas, None where one is left out, and the meeting they were said at."""

    entered: Mapping[str, int | None]
    meeting_id: UUID | None

    def as_text(self) -> str:
        """Return them as the text of a draft."""
        texts = {area: "" if one is None else str(one) for area, one in self.entered.items()}
        chosen = {} if self.meeting_id is None else {_MEETING: [str(self.meeting_id)]}
        return write_typed(Typed(texts=texts, chosen=chosen))

    @classmethod
    def from_text(cls, text: str) -> Self | None:
        """Return what a draft holds, None where it is none of figures; what is no figure is not."""
        typed = read_typed(text)
        if typed is None:
            return None
        try:
            meeting_id = UUID(one_of(typed.chosen, _MEETING))
        except ValueError:
            meeting_id = None
        entered = {
            area: int(one) if one else None
            for area, one in typed.texts.items()
            if not one or one in _FIGURES
        }
        return cls(entered=entered, meeting_id=meeting_id)
