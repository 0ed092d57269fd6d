"""What may not be raised, and how far a cell is open, while it is written. No widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.consent import Cell, Direction
from trygga_desktop.ui.consent_words import is_too_long

if TYPE_CHECKING:
    from trygga_desktop.services.consents import NewExclusion, NewLimit


@dataclass(slots=True, kw_only=True)
class ExclusionDraft:
    """Something that may not be raised, while it is written."""

    words: str = ""
    categories: set[str] = field(default_factory=set)
    asked_by: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been written."""
        return not self.words.strip() and not self.categories

    @property
    def is_complete(self) -> bool:
        """Return whether it can be added."""
        is_told = bool(self.words.strip()) and not self.is_too_long
        return is_told and bool(self.categories) and self.asked_by is not None

    @property
    def is_too_long(self) -> bool:
        """Return whether there is more of it than can be stored."""
        return is_too_long(self.words.strip())

    def made(self) -> NewExclusion:
        """Return it as the use case takes it."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import NewExclusion  # noqa: PLC0415

        assert self.asked_by is not None  # noqa: S101  asked only of a complete one
        return NewExclusion(
            categories=frozenset(self.categories),
            words=self.words.strip(),
            asked_by=self.asked_by,
        )


@dataclass(slots=True, kw_only=True)
class LimitDraft:
    """How far a cell is open, while it is written."""

    words: str = ""
    organisation: UUID | None = None
    category: str = ""
    direction: Direction = Direction.RECEIVE
    asked_by: UUID | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been written: what is chosen beside it says little alone."""
        return not self.words.strip()

    @property
    def is_complete(self) -> bool:
        """Return whether it can be added."""
        has_cell = self.organisation is not None and bool(self.category)
        is_told = bool(self.words.strip()) and not self.is_too_long
        return is_told and has_cell and self.asked_by is not None

    @property
    def is_too_long(self) -> bool:
        """Return whether there is more of it than can be stored."""
        return is_too_long(self.words.strip())

    def made(self) -> NewLimit:
        """Return it as the use case takes it."""
        from trygga_desktop.services.consents import NewLimit  # noqa: PLC0415  as above

        assert self.organisation is not None  # noqa: S101  asked only of a complete one
        assert self.asked_by is not None  # noqa: S101  as above
        cell = Cell(
            organisation_id=self.organisation,
            category=self.category,
            direction=self.direction,
        )
        return NewLimit(cell=cell, words=self.words.strip(), asked_by=self.asked_by)


class Terms:
    """What stands on the paper besides the cells. `changed` is called after each change.

    `removed` is called with what puts back what was taken off the paper. `throw` puts its words in
    the bin, and returns what takes them out of it.
    """

    def __init__(
        self,
        changed: Callable[[], None],
        removed: Callable[[Callable[[], None]], None],
        throw: Callable[[str], Callable[[], None]],
    ) -> None:
        self.exclusion = ExclusionDraft()
        self.limit = LimitDraft()
        self.exclusions: list[NewExclusion] = []
        self.limits: list[NewLimit] = []
        self._changed = changed
        self._removed = removed
        self._throw = throw

    def tell(self) -> None:
        """Tell that something was filled in."""
        self._changed()

    def add_exclusion(self) -> None:
        """Add what was written to the paper."""
        if self.exclusion.is_complete:
            self.exclusions.append(self.exclusion.made())
            self.exclusion = ExclusionDraft(asked_by=self.exclusion.asked_by)
            self._changed()

    def add_limit(self) -> None:
        """Add what was written to the paper."""
        if self.limit.is_complete:
            self.limits.append(self.limit.made())
            self.limit = LimitDraft(asked_by=self.limit.asked_by)
            self._changed()

    def remove_exclusion(self, place: int) -> None:
        """Take it off the paper again."""
        taken = self.exclusions.pop(place)
        take_out = self._throw(taken.words)

        def put_back() -> None:
            self.exclusions.insert(place, taken)
            self._changed()
            take_out()

        self._changed()
        self._removed(put_back)

    def remove_limit(self, place: int) -> None:
        """Take it off the paper again."""
        taken = self.limits.pop(place)
        take_out = self._throw(taken.words)

        def put_back() -> None:
            self.limits.insert(place, taken)
            self._changed()
            take_out()

        self._changed()
        self._removed(put_back)
