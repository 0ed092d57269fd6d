"""Rows for excerpts and their files, who has which copy, and what was said before sealing.

Triggers let them only grow.
"""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class ExcerptRecord(Encrypted, Base):
    """One excerpt as it was given, encrypted in its case's `case` compartment."""

    __tablename__ = "excerpt"
    __table_args__ = (under_its_key(), UniqueConstraint("case_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    protocol_id: Mapped[UUID] = mapped_column(ForeignKey("protocol.id"), index=True)
    sequence: Mapped[int]


class ExcerptFileRecord(Encrypted, Base):
    """The bytes of an excerpt, as they were sealed."""

    __tablename__ = "excerpt_file"
    __table_args__ = (under_its_key(), UniqueConstraint("excerpt_id"))

    excerpt_id: Mapped[UUID] = mapped_column(ForeignKey("excerpt.id"))


class HandoverRecord(Encrypted, Base):
    """One event of the distribution list: a copy given, asked back, come back."""

    __tablename__ = "handover"
    __table_args__ = (under_its_key(), UniqueConstraint("case_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    sequence: Mapped[int]


class ApprovalRecord(Encrypted, Base):
    """One event before sealing: a remark, its answer, an approval, that it was opened again."""

    __tablename__ = "approval"
    __table_args__ = (under_its_key(), UniqueConstraint("case_id", "sequence"))

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"))
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    sequence: Mapped[int]
