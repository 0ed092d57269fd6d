"""Every table, in one place: importing this registers all records."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Connection

from trygga_desktop.storage.base import Base
from trygga_desktop.storage.records import (
    accounts,
    audit,
    cases,
    compartments,
    directory,
    distribution,
    drafts,
    meetings,
    protocols,
)

__all__ = [
    "DIGESTS",
    "accounts",
    "audit",
    "cases",
    "compartments",
    "digest",
    "directory",
    "distribution",
    "drafts",
    "meetings",
    "metadata",
    "protocols",
]

metadata = Base.metadata

DIGESTS: Mapping[str, frozenset[str]] = {
    "0001": frozenset({"3f5ecc03202a2c378b1039b3ed4f5e98c08c2e0132a14e4f70e664c4acf205bd"}),
    "0002": frozenset({"dec83a1ac7d15eae82a7f82f1682a0ec8812c65333b3eccc6302b503c50714b5"}),
    "0003": frozenset({"d43574e0191a415b873fbbf4fd395204dd233c9f81e02e23ebb5d977f160eec9"}),
    "0005": frozenset({"36e2dfe0a198e33733d8b285ca1b5f1622709019b6c0ea8be4c2e39462c17eac"}),
}
"""What `digest` returns after each migration; a test compares it with what they leave.

Another alembic may spell the same schema otherwise: then a digest is added, and none replaced.
"""


def digest(connection: Connection) -> str:
    """Return the digest of every table, index and trigger there is.

    Whoever can open a vault can add a trigger that makes what is saved vanish, or drop one that
    keeps the log from being changed.
    """
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    found = [
        (kind, name, table, " ".join((sql or "").split()))
        for kind, name, table, sql in connection.exec_driver_sql(query)
    ]
    return sha256(repr(found).encode()).hexdigest()
