"""How a link of the audit chain is spelled out, tied to the one before, and signed."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from trygga_desktop.crypto.signing import Statement
from trygga_desktop.domain.audit import Entry, Mark

START = Mark(0, bytes(32))
# No clock of ours says so: a later day would end every consent and could never be taken back.
LAST_YEAR = 2200
_FORMAT = b"trygga-audit-1"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def link_after(previous: bytes, entry: Entry) -> bytes:
    """Return the hash of an entry's own fields and of all before it."""
    return link(previous, _spell(entry))


def link(previous: bytes, fields: bytes) -> bytes:
    """Return the hash of the fields of an entry, spelled out, and of all before it."""
    return sha256(_FORMAT + previous + fields).digest()


def spell_tie(entry: Entry) -> bytes:
    """Return all that an entry says, and its link, for the digest of what ties the log."""
    return _spell(entry) + entry.hash


def spell(  # noqa: PLR0913, PLR0917  the fields of an entry, in their order
    sequence: int, at: int, actor: bytes, subject: bytes, action: bytes, digest: bytes
) -> bytes:
    """Return the fields of an entry as they are hashed; `at` in microseconds since 1970, UTC.

    Made of bytes, not of canonical JSON: a long chain is walked in seconds.
    """
    return b"".join(
        (
            sequence.to_bytes(8, "big"),
            at.to_bytes(8, "big", signed=True),
            actor,
            subject,
            len(action).to_bytes(1, "big"),
            action,
            digest,
        )
    )


def entry_statement(link: bytes) -> Statement:
    """Return what the actor of an entry signs."""
    return ("trygga-audit-entry-1", link.hex())


def _spell(entry: Entry) -> bytes:
    return spell(
        entry.sequence,
        (entry.at - _EPOCH) // _MICROSECOND,
        entry.actor_id.bytes,
        entry.subject_id.bytes,
        entry.action.encode(),
        entry.digest,
    )
