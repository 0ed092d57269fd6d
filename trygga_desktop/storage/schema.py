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
    packets,
    plans,
    protocols,
    signatures,
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
    "packets",
    "plans",
    "protocols",
    "signatures",
]

metadata = Base.metadata

DIGESTS: Mapping[str, frozenset[str]] = {
    "0001": frozenset({"3f5ecc03202a2c378b1039b3ed4f5e98c08c2e0132a14e4f70e664c4acf205bd"}),
    "0002": frozenset({"dec83a1ac7d15eae82a7f82f1682a0ec8812c65333b3eccc6302b503c50714b5"}),
    "0003": frozenset({"d43574e0191a415b873fbbf4fd395204dd233c9f81e02e23ebb5d977f160eec9"}),
    "0004": frozenset({"e24c0fad6e17e7106b85d945caa7499ee98681f891e0db07d6506388feeb3460"}),
    "0005": frozenset({"3af251e3fb449f7467fab068c443d6e41bde81386e418dc7151bb25b5279c8b9"}),
    "0006": frozenset({"811a723befbf76af709f79a1a5c83ff365a6a43117651d385f50050b369f9d19"}),
    "0007": frozenset({"ae210d6f913264c5da42f30c9107f6ff4c71adec599e3f740e6904dc99ea9645"}),
    "0008": frozenset({"8a452e974a0eecc416803f332aff0ceb6399407930135990345208bf16a5e72f"}),
    "0009": frozenset({"471470d54d72bb6ac407dc2ad8348c63b29351b5bfebbbbdfe6a29c2dfe493eb"}),
    "0010": frozenset({"7af0dfff9e20523d9406d8faeb177d28d7a677fcbf28927b94fef1acf99d8aab"}),
    "0011": frozenset({"7a3ea019066a1ff4b924c0f5d755a28ca07543e60fbf8e71d0d7712d4e13fb8b"}),
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
