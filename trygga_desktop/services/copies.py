"""The distribution list of a case as it stands: it is asked before something leaves again."""

from contextlib import suppress
from uuid import UUID

from trygga_desktop.domain.audit import HANDOVER_ACTIONS, LEAVING_ACTIONS
from trygga_desktop.domain.errors import TamperedError
from trygga_desktop.domain.excerpts import Copy, GivenExcerpt, list_copies
from trygga_desktop.domain.signatures import SignerState, states_of
from trygga_desktop.services.signature_records import check_records
from trygga_desktop.storage.stores.events import digest_of_event
from trygga_desktop.storage.work import UnitOfWork


def copies_of(work: UnitOfWork, case_id: UUID) -> tuple[Copy, ...]:
    """Return who has which copy of what of a case, of the events that the log tells of.

    Where what is recorded of the signer of an excerpt is not whole, nothing of it is told.
    """
    logged = {*work.audit.digests(HANDOVER_ACTIONS, case_id), *left_with(work, case_id)}
    events = [one for one in work.handovers.of_case(case_id) if digest_of_event(one) in logged]
    excerpts = work.excerpts.of_case(case_id)
    return list_copies(excerpts, events, _signers(work, case_id, excerpts))


def left_with(work: UnitOfWork, case_id: UUID) -> list[bytes]:
    """Return what the log tells of copies that left for somebody by name, of all protocols.

    Where the row of one is damaged, who has copies of it is asked most of all.
    """
    return [
        digest
        for protocol_id in work.protocols.ids_of(case_id)
        for digest in work.audit.digests(LEAVING_ACTIONS, protocol_id)
    ]


def are_signers_whole(work: UnitOfWork, case_id: UUID) -> bool:
    """Return whether all that is recorded of the signers of its excerpts is as the log tells."""
    try:
        for one in work.excerpts.of_case(case_id):
            check_records(work, one)
    except TamperedError:
        return False
    return True


def _signers(
    work: UnitOfWork, case_id: UUID, excerpts: list[GivenExcerpt]
) -> dict[UUID, SignerState]:
    """Return who signs the excerpts of which anything is recorded."""
    recorded = work.signatures.papers(case_id)
    found = {}
    for one in excerpts:
        if one.id not in recorded:
            continue
        with suppress(TamperedError):
            check_records(work, one)
            events = work.signatures.events(one)
            if events:
                (found[one.id],) = states_of([("", one.signer)], events, {})
    return found
