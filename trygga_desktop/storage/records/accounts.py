"""Rows for the roster, the keys of groups, users' names and the settings of the vault."""

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class RosterRecord(Base):
    """One signed version of the roster. Old ones stay: the chain of signatures needs them."""

    __tablename__ = "roster"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]
    signature: Mapped[bytes]


class MembershipRecord(Base):
    """A group's private key of one generation, wrapped to one member."""

    __tablename__ = "membership"

    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
    wrapped: Mapped[bytes]


class AccountRecord(Encrypted, Base):
    """One user's name and sign-in name, encrypted in the `vault` compartment."""

    __tablename__ = "account"
    __table_args__ = (under_its_key(),)


class SettingRecord(Encrypted, Base):
    """A setting of the vault, such as its rule data, encrypted in the `vault` compartment."""

    __tablename__ = "setting"
    __table_args__ = (under_its_key(),)
