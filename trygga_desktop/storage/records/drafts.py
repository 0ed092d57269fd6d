"""Rows for text that was typed and not yet confirmed."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class DraftRecord(Encrypted, Base):
    """One draft, encrypted in its writer's own `drafts` compartment."""

    __tablename__ = "draft"
    __table_args__ = (under_its_key(), Index("ix_draft_compartment_id", "compartment_id"))

    sequence: Mapped[int]
