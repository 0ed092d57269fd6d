"""Rows for cases, the people in them, what is guarded of those, and what was told or noted."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base


class CaseRecord(Base):
    """One case; the phase stands in the clear because lists over all cases need it."""

    __tablename__ = "case"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    phase: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", deferrable=True, initially="DEFERRED", use_alter=True)
    )
    sequence: Mapped[int]
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]


class PersonRecord(Base):
    """One person of a case, encrypted in the `case` compartment."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]


class GuardedRecord(Base):
    """What only named people may know of a person, encrypted in the `guarded` compartment.

    Everybody has such a row: if only protected people had one, the row would point them out.
    """

    __tablename__ = "guarded"

    id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]


class ItemRecord(Base):
    """One item of a case, encrypted in the compartment it belongs to."""

    __tablename__ = "item"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    compartment_id: Mapped[UUID] = mapped_column(ForeignKey("compartment.id"))
    sequence: Mapped[int]
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]
