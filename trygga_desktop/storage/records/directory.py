"""Rows for the contact directory, which everyone with an account may read."""

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records.encrypted import Encrypted, under_its_key


class OrganisationRecord(Encrypted, Base):
    """One organisation, encrypted in the `vault` compartment."""

    __tablename__ = "organisation"
    __table_args__ = (under_its_key(),)


class ContactRecord(Encrypted, Base):
    """One professional, encrypted in the `vault` compartment."""

    __tablename__ = "contact"
    __table_args__ = (under_its_key(),)
