"""Rows for scans of signed paper and for who signed, which triggers keep from changing."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class ScanRecord(Encrypted, Base):
    """One scan of a signed protocol: what is known of it, and its bytes as they came."""

    __tablename__ = "scan"
    __table_args__ = (under_its_key(), UniqueConstraint("protocol_id", "sequence"))

    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"))
    sequence: Mapped[int]


class SignatureRecord(Encrypted, Base):
    """What somebody recorded of one signer of a protocol."""

    __tablename__ = "signature"
    __table_args__ = (under_its_key(), UniqueConstraint("protocol_id", "sequence"))

    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"))
    sequence: Mapped[int]
