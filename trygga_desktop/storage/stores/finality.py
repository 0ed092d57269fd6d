"""Knows which meetings are sealed. Nothing that belongs to those is written any more."""

from uuid import UUID

from sqlalchemy import Connection, exists, func, select

from trygga_desktop.domain.audit import SEAL_ACTIONS
from trygga_desktop.domain.errors import SealedMeetingError
from trygga_desktop.storage.records.audit import AuditRecord
from trygga_desktop.storage.records.cases import ItemRecord
from trygga_desktop.storage.records.protocols import ProtocolRecord


def is_sealed(connection: Connection, meeting_id: UUID | None) -> bool:
    """Return whether there is a sealed protocol of a meeting, or the log says that there was."""
    if meeting_id is None:
        return False
    found = select(exists().where(ProtocolRecord.meeting_id == meeting_id))
    logged = select(
        exists().where(
            AuditRecord.action.in_(SEAL_ACTIONS),
            # Where `Tie` spells the meeting.
            func.substr(AuditRecord.digest, -16) == meeting_id.bytes,
        )
    )
    return bool(connection.scalar(found) or connection.scalar(logged))


def is_of_sealed(connection: Connection, item_id: UUID) -> bool:
    """Return whether an item belongs to a sealed meeting."""
    meeting_id = connection.scalar(select(ItemRecord.meeting_id).where(ItemRecord.id == item_id))
    return is_sealed(connection, meeting_id)


def refuse_sealed(connection: Connection, *meeting_ids: UUID | None) -> None:
    """Raise SealedMeetingError if one of the meetings is sealed."""
    if any(is_sealed(connection, one) for one in meeting_ids):
        raise SealedMeetingError
