"""The use case that records that the paper of an excerpt was signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.excerpts import (
    SALT_LENGTH,
    Copy,
    CopySigned,
    CopyState,
    Handover,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSigned:
    """Somebody has seen the signed paper of an excerpt, and the day that stands on it."""

    case_id: UUID
    copy_id: UUID
    on: date


@use_case(Permission.SEAL_PROTOCOL)
def record_signed(command: RecordSigned, *, vault: OpenVault) -> Done[None]:
    """Store that an excerpt was signed on paper, by whoever it has a line for.

    A later record of the same excerpt takes the place of an earlier one. Raise InvalidInputError
    for a copy that nobody signs or that never left, and for a day before the meeting or to come.
    """
    with vault.work() as work:
        work.cases.find(command.case_id)
        copy = _find(work, command.case_id, command.copy_id)
        meeting, _ = find_meeting(work, copy.meeting_id)
        if command.on > work.at.astimezone(STOCKHOLM).date():
            raise InvalidInputError(field="on", flaw="future")
        if command.on < meeting.starts_at.astimezone(STOCKHOLM).date():
            raise InvalidInputError(field="on", flaw="before")
        event = Handover(
            id=uuid4(),
            case_id=command.case_id,
            meeting_id=copy.meeting_id,
            sequence=work.handovers.next_sequence(command.case_id),
            by=work.keyring.principal,
            at=work.at,
            salt=vault.environment.draw(SALT_LENGTH).hex(),
            signed=CopySigned(copy_id=copy.id, on=command.on),
        )
        work.handovers.add(event)
        work.commit(Action.COPY_SIGNED, command.case_id, digest=digest_of_event(event))
    return Done(None, Changes(meetings=True))


def _find(work: UnitOfWork, case_id: UUID, copy_id: UUID) -> Copy:
    for one in copies_of(work, case_id):
        if one.id == copy_id:
            if not one.signer:
                raise InvalidInputError(field="copy", flaw="no_line")
            if one.state is CopyState.SPOILT:
                raise InvalidInputError(field="copy", flaw=one.state.value)
            return one
    raise InvalidInputError(field="copy", flaw="unknown")
