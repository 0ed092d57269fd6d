"""The organisations around a young person."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation of one kind; a case can hold two of the same kind.

    `kind` is a code of the catalogue, such as "school" or "police".
    """

    id: UUID
    kind: str
    name: str

    def __post_init__(self) -> None:
        """Refuse an organisation nobody could name or place."""
        if not (self.kind.strip() and self.name.strip()):
            raise ValueError("An organisation needs a kind and a name.")
