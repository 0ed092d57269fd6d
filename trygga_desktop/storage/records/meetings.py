"""Rows for who has to do with a case, its consents, its meetings and what was promised there."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class PartyRecord(Encrypted, Base):
    """One person's place in a case, encrypted in its `case` compartment."""

    __tablename__ = "party"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)


class ConsentEventRecord(Encrypted, Base):
    """One link of a case's chain of consent events, encrypted in its `case` compartment."""

    __tablename__ = "consent_event"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    sequence: Mapped[int]


class MeetingRecord(Encrypted, Base):
    """One meeting; lists over all cases need to know when it begins."""

    __tablename__ = "meeting"
    __table_args__ = (under_its_key(),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    starts_at: Mapped[datetime]


class CommitmentRecord(Encrypted, Base):
    """What an action promises; lists over all cases need its days and how far it has come.

    `ask_on` is the day on which one asks how it goes, the last there is where nobody asks, and
    NULL in a row from before it stood beside the ciphertext.
    """

    __tablename__ = "commitment"
    __table_args__ = (
        under_its_key(),
        ForeignKeyConstraint(["id"], ["item.id"], name="fk_commitment_id_item"),
        Index("ix_commitment_due_on", "due_on", "id", "state", "case_id"),
        Index("ix_commitment_ask_on", "ask_on", "id", "state", "case_id"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case.id"), index=True)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(40))
    ask_on: Mapped[date | None]
