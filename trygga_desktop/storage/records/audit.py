"""Rows of the audit chain, which triggers keep from changing, and how far the vault has come."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base


class ProgressRecord(Base):
    """The one row that every transaction advances."""

    __tablename__ = "progress"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    head: Mapped[bytes]


class AuditRecord(Base):
    """One link: its hash covers its own fields and the hash before it; its actor signs it."""

    __tablename__ = "audit"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[UUID]
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    digest: Mapped[bytes]
    hash: Mapped[bytes]
    signature: Mapped[bytes]
