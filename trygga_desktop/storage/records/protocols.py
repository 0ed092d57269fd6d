"""Rows for sealed protocols, which triggers keep from changing, and for their files."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class ProtocolRecord(Encrypted, Base):
    """One sealed protocol or addendum. Its meeting is sealed as soon as the row is there."""

    __tablename__ = "protocol"
    __table_args__ = (under_its_key(), UniqueConstraint("case_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    sequence: Mapped[int]


class ProtocolFileRecord(Encrypted, Base):
    """The bytes of a protocol: as they were sealed, or as they came back with a signature."""

    __tablename__ = "protocol_file"
    __table_args__ = (under_its_key(), UniqueConstraint("protocol_id", "revision"))

    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"))
    revision: Mapped[int]
