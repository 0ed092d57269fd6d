"""Text that was typed and not yet confirmed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DraftKind(StrEnum):
    """What the text was going to become."""

    NEW_CASE = "new_case"
    NOTE = "note"
    GROUND = "ground"
    ADDENDUM = "addendum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One draft of one user. `stored_at` is aware, in UTC."""

    id: UUID
    kind: DraftKind
    text: str
    stored_at: datetime
    subject_id: UUID | None = None
