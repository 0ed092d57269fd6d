"""Rows for scans of signed paper and for who signed, which triggers keep from changing.

A paper is a protocol, an excerpt or an agreement of the case; which of them, its id tells.
"""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class ScanRecord(Encrypted, Base):
    """One scan of a signed paper: what is known of it, and its bytes as they came."""

    __tablename__ = "scan"
    __table_args__ = (under_its_key(), UniqueConstraint("paper_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    paper_id: Mapped[UUID]
    sequence: Mapped[int]


class SignatureRecord(Encrypted, Base):
    """What somebody recorded of one signer of a paper."""

    __tablename__ = "signature"
    __table_args__ = (under_its_key(), UniqueConstraint("paper_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    paper_id: Mapped[UUID]
    sequence: Mapped[int]
