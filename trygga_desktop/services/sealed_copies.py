"""Use cases for somebody's own copy of a sealed protocol: it enters the list before it leaves.

Whether they may have all of it is asked at that moment, and not when the pages were shown.
"""

from dataclasses import dataclass
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.excerpts import (
    SALT_LENGTH,
    CopyGiven,
    CopyState,
    Handover,
    Spoilt,
    Way,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sealing import SealedProtocol
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.copies import copies_of
from trygga_desktop.services.currency import currency_of, may_read
from trygga_desktop.services.meetings import find_meeting
from trygga_desktop.services.protocols import ProtocolRecipient, recipients_of
from trygga_desktop.services.sealed_files import find_protocol, printed_copies
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCopy:
    """Of which sealed protocol a copy leaves, and for whom of those who were at the table."""

    protocol_id: UUID
    recipient_id: UUID


@use_case(Permission.WORK_IN_CASE)
def log_copy_printed(command: OwnCopy, *, vault: OpenVault) -> Done[int]:
    """Write down that somebody's copy is printed, before it is sent; return which one it is.

    It stands in the distribution list from then on, with its number and whom it is for. Raise
    InvalidInputError for somebody who was not there, or who may not have all that it says today.
    """
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        number = 1 + printed_copies(work, protocol)
        _give(work, vault, protocol, command, Way.BY_HAND, number=number)
    return Done(number, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def log_copy_saved(command: OwnCopy, *, vault: OpenVault) -> Done[None]:
    """Write down that somebody's copy is saved as a file, before it is; as `log_copy_printed`."""
    with vault.work() as work:
        protocol = find_protocol(work, command.protocol_id)
        _give(work, vault, protocol, command, Way.AS_FILE)
    return Done(None, Changes(meetings=True))


@use_case(Permission.WORK_IN_CASE)
def log_print_failed(protocol_id: UUID, *, number: int = 0, vault: OpenVault) -> Done[None]:
    """Write into the log that the printer did not take one of the copies that were logged.

    Printing stops there, so that so many copies from the newest back did not come out. With its
    `number`, somebody's own copy is spoilt in the distribution list.
    """
    with vault.work() as work:
        protocol = find_protocol(work, protocol_id)
        for one in copies_of(work, protocol.case_id):
            is_it = one.excerpt_id is None and one.protocol_id == protocol_id
            if number and is_it and one.number == number and one.state is CopyState.OUT:
                event = _event(work, vault, protocol, spoilt=Spoilt(copy_id=one.id))
                digest = digest_of_event(event)
                work.commit(Action.COPY_SPOILT, protocol.case_id, digest=digest)
                return Done(None, Changes(meetings=True))
        work.commit(Action.PRINT_FAILED, protocol_id)
    return Done(None)


def _give(  # noqa: PLR0913  to whom what is given, and how
    work: UnitOfWork,
    vault: OpenVault,
    protocol: SealedProtocol,
    command: OwnCopy,
    way: Way,
    *,
    number: int = 0,
) -> None:
    reader = _reader(work, vault, protocol, command.recipient_id)
    given = CopyGiven(
        protocol_id=protocol.id,
        to=reader.name,
        way=way,
        on=work.today,
        number=number,
        recipient_id=reader.id,
    )
    event = _event(work, vault, protocol, given=given)
    action = Action.COPY_SAVED if way is Way.AS_FILE else Action.COPY_PRINTED
    work.commit(action, protocol.id, digest=digest_of_event(event))


def _reader(
    work: UnitOfWork, vault: OpenVault, protocol: SealedProtocol, recipient_id: UUID
) -> ProtocolRecipient:
    meeting, _ = find_meeting(work, protocol.meeting_id)
    for one in recipients_of(work, vault, meeting):
        if one.id == recipient_id:
            currency = currency_of(work, vault, protocol)
            if protocol.kind.is_for_table:
                may = currency.is_current
            else:
                may = may_read(protocol, one, currency)
            if not may:
                raise InvalidInputError(field="recipient", flaw="not_all")
            return one
    raise InvalidInputError(field="recipient", flaw="unknown")


def _event(
    work: UnitOfWork,
    vault: OpenVault,
    protocol: SealedProtocol,
    *,
    given: CopyGiven | None = None,
    spoilt: Spoilt | None = None,
) -> Handover:
    event = Handover(
        id=uuid4(),
        case_id=protocol.case_id,
        meeting_id=protocol.meeting_id,
        sequence=work.handovers.next_sequence(protocol.case_id),
        by=work.keyring.principal,
        at=work.at,
        salt=vault.environment.draw(SALT_LENGTH).hex(),
        given=given,
        spoilt=spoilt,
    )
    work.handovers.add(event)
    return event
