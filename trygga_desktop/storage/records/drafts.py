"""Rows for text that was typed and not yet confirmed."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base


class DraftRecord(Base):
    """One draft, encrypted in its writer's own `drafts` compartment."""

    __tablename__ = "draft"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment_id: Mapped[UUID] = mapped_column(ForeignKey("compartment.id"), index=True)
    sequence: Mapped[int]
    generation: Mapped[int]
    row_version: Mapped[int]
    ciphertext: Mapped[bytes]
