"""Rows for what a vault remembers of the packets of its cases."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class ExchangeRecord(Encrypted, Base):
    """The packets of one case with one partner, encrypted in the case's `case` compartment."""

    __tablename__ = "exchange"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
