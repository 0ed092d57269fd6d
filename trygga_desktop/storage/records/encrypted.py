"""What every record with encrypted contents has, and the key of its contents."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column


class Encrypted:
    """A row whose contents are encrypted under one generation of one compartment's key."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment_id: Mapped[UUID]
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]


def under_its_key() -> ForeignKeyConstraint:
    """Return the reference to that generation: without it the contents are lost.

    Checked at the commit: a case is encrypted under a compartment of its own, which names it.
    """
    return ForeignKeyConstraint(
        ["compartment_id", "generation"],
        ["generation.compartment_id", "generation.generation"],
        deferrable=True,
        initially="DEFERRED",
    )
