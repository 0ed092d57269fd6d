"""The distribution list of a case as it stands: it is asked before something leaves again."""

from uuid import UUID

from trygga_desktop.domain.audit import HANDOVER_ACTIONS, LEAVING_ACTIONS
from trygga_desktop.domain.excerpts import Copy, list_copies
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork


def copies_of(work: UnitOfWork, case_id: UUID) -> tuple[Copy, ...]:
    """Return who has which copy of what of a case, of the events that the log tells of."""
    logged = {*work.audit.digests(HANDOVER_ACTIONS, case_id), *left_with(work, case_id)}
    events = [one for one in work.handovers.of_case(case_id) if digest_of_event(one) in logged]
    return list_copies(work.excerpts.of_case(case_id), events)


def left_with(work: UnitOfWork, case_id: UUID) -> list[bytes]:
    """Return what the log tells of copies that left for somebody by name, of all protocols.

    Where the row of one is damaged, who has copies of it is asked most of all.
    """
    return [
        digest
        for protocol_id in work.protocols.ids_of(case_id)
        for digest in work.audit.digests(LEAVING_ACTIONS, protocol_id)
    ]
