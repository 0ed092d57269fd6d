"""Rows for compartments, the keys they had, and who was granted them."""

from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base


class CompartmentRecord(Base):
    """A part of a case, or of the vault, with keys of its own."""

    __tablename__ = "compartment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    # Checked at the commit: a case is encrypted under a compartment that must be there before it.
    case_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("case.id", deferrable=True, initially="DEFERRED", use_alter=True), index=True
    )
    user_id: Mapped[UUID | None]


class GenerationRecord(Base):
    """The maker's signed commitment to one key of a compartment."""

    __tablename__ = "generation"

    compartment_id: Mapped[UUID] = mapped_column(ForeignKey("compartment.id"), primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_by: Mapped[UUID]
    commitment: Mapped[bytes]
    proof: Mapped[bytes]
    signature: Mapped[bytes]


class GrantRecord(Base):
    """A compartment's key, wrapped to one principal; the signature says who gave it."""

    __tablename__ = "grant"
    __table_args__ = (
        ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
        ),
    )

    compartment_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    principal_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    granted_by: Mapped[UUID]
    wrapped: Mapped[bytes]
    proof: Mapped[bytes]
    signature: Mapped[bytes]


class KeptRecord(Base):
    """A key that one user has accepted, under that user's own symmetric key.

    It is written when a grant has been checked, and 50 times quicker to open. Not even colleagues
    who share a group's key can write one that opens.
    """

    __tablename__ = "kept"
    __table_args__ = (
        ForeignKeyConstraint(
            ["compartment_id", "generation"],
            ["generation.compartment_id", "generation.generation"],
        ),
    )

    compartment_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    ciphertext: Mapped[bytes]
