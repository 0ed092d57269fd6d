"""The lines of the case list that the door let through, so that it decides of none twice a day.

A line follows from the case, from whoever asks, from the day, and from whether sharing is closed
since a restore. What is found here was made of exactly these: once the case was read as anything
else than before, or on another day, its line is made anew.
"""

from collections.abc import Hashable
from uuid import UUID

from trygga_desktop.domain.case import CaseRow

_MOST = 40_000
"""So many lines are remembered, in some 300 bytes each."""


class Listed:
    """Remembers lines while a vault is unlocked and in memory only, of those who asked last."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._asked: Hashable = None
        self._rows: dict[UUID, tuple[object, CaseRow]] = {}

    def __len__(self) -> int:
        """Return how many lines are remembered."""
        return len(self._rows)

    def find(self, made_of: object, case_id: UUID, asked: Hashable) -> CaseRow | None:
        """Return the line that was made of this very object for what was asked, or None."""
        known = self._rows.get(case_id) if self._asked == asked else None
        return known[1] if known is not None and known[0] is made_of else None

    def keep(self, made_of: object, row: CaseRow, asked: Hashable) -> None:
        """Remember a line, what it was made of, and for what was asked."""
        if self._asked != asked or (len(self._rows) >= self._most and row.id not in self._rows):
            self.forget()
            self._asked = asked
        self._rows[row.id] = made_of, row

    def forget(self) -> None:
        """Let go of everything: the vault is locked."""
        self._asked = None
        self._rows.clear()
