"""Rows for cases, the people in them, what is guarded of those, and what was told or noted."""

from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class CaseRecord(Encrypted, Base):
    """One case; the phase stands in the clear because lists over all cases need it."""

    __tablename__ = "case"
    __table_args__ = (under_its_key(),)

    phase: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", deferrable=True, initially="DEFERRED", use_alter=True)
    )
    sequence: Mapped[int]


class PersonRecord(Encrypted, Base):
    """One person of a case, encrypted in the `case` compartment."""

    __tablename__ = "person"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)


class GuardedRecord(Encrypted, Base):
    """What only named people may know of a person, encrypted in the `guarded` compartment.

    Everybody has such a row, under the person's id: if only protected people had one, the row
    would point them out.
    """

    __tablename__ = "guarded"
    __table_args__ = (
        under_its_key(),
        ForeignKeyConstraint(["id"], ["person.id"], name="fk_guarded_id_person"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)


class ItemRecord(Encrypted, Base):
    """One item of a case, encrypted in the compartment it belongs to.

    The meeting it was written down at stands in the clear: once that is sealed, triggers keep the
    row from changing.
    """

    __tablename__ = "item"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    sequence: Mapped[int]
    meeting_id: Mapped[UUID | None] = mapped_column(index=True)
