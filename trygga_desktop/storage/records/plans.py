"""Rows for the plans of cases and the young person's own ratings: they are only ever added."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class PlanRecord(Encrypted, Base):
    """One version of a plan, encrypted in the `case` compartment of its case."""

    __tablename__ = "plan"
    __table_args__ = (under_its_key(), UniqueConstraint("case_id", "number"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    number: Mapped[int]


class RatingRecord(Encrypted, Base):
    """One time that the young person said how it is, encrypted in the `case` compartment."""

    __tablename__ = "rating"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
