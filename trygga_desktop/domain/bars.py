"""What a person decided to keep from somebody, whatever a consent says."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.reasons import Reason

BAR_REASONS = frozenset({Reason.GUARDIAN_BARRED, Reason.CHILD_LIMITED, Reason.PROTECTION_LIMIT})
"""The reasons that a bar can have: a guardian is barred, the child limits one, or protection."""


class BarScope(StrEnum):
    """Whether the categories named are those kept back, or the only ones that are not."""

    THESE = "these"
    ALL_BUT_THESE = "all_but_these"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Nothing in those categories reaches this person or organisation.

    A guardian who is barred is told nothing at all: all categories but none.
    """

    id: UUID
    reason: Reason
    against: UUID
    scope: BarScope
    categories: frozenset[str]

    def __post_init__(self) -> None:
        """Refuse a reason that no bar has."""
        if self.reason not in BAR_REASONS:
            raise ValueError("A bar has another reason than bars have.")

    def closes(self, category: str) -> bool:
        """Tell whether information of this category is kept back."""
        return (category in self.categories) is (self.scope is BarScope.THESE)


def bars_against(bars: Collection[Bar], somebody: UUID) -> tuple[Bar, ...]:
    """Return the bars against one person or organisation."""
    return tuple(bar for bar in bars if bar.against == somebody)
