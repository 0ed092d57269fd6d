"""Every table, in one place: importing this registers all records."""

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records import accounts, audit, cases, compartments, drafts

__all__ = ["accounts", "audit", "cases", "compartments", "drafts", "metadata"]

metadata = Base.metadata
